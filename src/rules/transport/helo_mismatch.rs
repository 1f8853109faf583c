//! `helo-mismatch`: a sending server introduces itself with a name that does not lead to its address.

use std::net::IpAddr;

use super::smtp;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "helo-mismatch",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx, Need::Smtp],
    impact: Impact::Spam(3),
    references: &[section("RFC 5321", "4.1.1.1"), section("RFC 5321", "4.1.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let senders: Vec<IpAddr> = domain.facts.senders.iter().map(|sender| sender.address).collect();
    for (host, smtp) in smtp::probed(domain) {
        let Some(greeting) = smtp.probe.greeting.as_deref().filter(|word| is_name_like(word)) else { continue };
        // Only of a server that sends as well does the greeting show the name it sends with.
        let own: Vec<IpAddr> = host.addresses().filter(|address| senders.contains(address)).collect();
        let (Some(address), false) = (own.first(), smtp.greeting_addresses.is_unavailable()) else { continue };
        let leads_there = smtp.greeting_addresses.list().iter().any(|found| own.contains(found));
        if leads_there || literal(greeting).is_some_and(|found| own.contains(&found)) {
            continue;
        }
        let draft = Draft::new(&host.host).arg("name", greeting).arg("address", address.to_string());
        out.add(if smtp.greeting_addresses.is_absent() { draft.detail("detail-no-address") } else { draft });
    }
}

/// Letters, digits, dots, hyphens, or an address in brackets: a firewall's asterisks are no name.
fn is_name_like(word: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'[' | b']' | b':');
    word.bytes().all(fits) && word.bytes().any(|b| b.is_ascii_alphanumeric()) && word.len() <= 255
}

/// `[192.0.2.1]`, `[IPv6:2001:db8::1]` (RFC 5321 §4.1.3).
fn literal(word: &str) -> Option<IpAddr> {
    let inner = word.strip_prefix('[')?.strip_suffix(']')?;
    inner.strip_prefix("IPv6:").unwrap_or(inner).parse().ok()
}
