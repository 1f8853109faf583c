//! `msg-display-name-spoof`: a display name with an address of another domain.

use super::MessageView;
use crate::dmarc::legacy::registrable_domain;
use crate::dns::Name;
use crate::finding::{Draft, Findings, Severity};
use crate::message::from::domain_name;
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-display-name-spoof",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Spam(7),
    references: &[section("RFC 5322", "3.4")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let Some(author) = &message.facts.author else { return };
    for mailbox in author.addresses.iter().take(100) {
        let (Some(name), Some(domain)) = (&mailbox.display_name, &mailbox.domain) else { continue };
        let Some(shown) = shown_domains(name).find(|shown| !belongs_together(shown, domain)) else { continue };
        out.add(Draft::new(message.subject()).arg("shown", &shown).arg("domain", domain));
        return;
    }
}

/// The domains of what looks like addresses in a name.
fn shown_domains(name: &str) -> impl Iterator<Item = Name> {
    // The full-width sign looks the same to most readers.
    name.split(['@', '\u{ff20}', '\u{fe6b}']).skip(1).take(20).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(rest.len());
        domain_name(rest[..end].trim_end_matches(['.', '-'])).filter(|name| name.label_count() >= 2)
    })
}

fn belongs_together(a: &Name, b: &Name) -> bool {
    let registrable = |name: &Name| registrable_domain(name).unwrap_or_else(|| name.clone());
    registrable(a) == registrable(b)
}
