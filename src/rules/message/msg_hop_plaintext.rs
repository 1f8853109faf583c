//! `msg-hop-plaintext`: a stretch of the way without TLS.

use super::MessageView;
use crate::dns::Name;
use crate::finding::{Draft, Findings, Severity};
use crate::message::hops::Hop;
use crate::receipt::{is_local, same_domain};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-hop-plaintext",
    area: Area::Message,
    severity: Severity::Note,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Tidy(2),
    references: &[section("RFC 3848", ""), section("RFC 3207", "")],
    judge: Judge::Message(judge),
};

/// Stations that are told of.
const MOST: usize = 3;

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let hops = message.receipt.iter().flat_map(|receipt| &receipt.hops);
    for hop in hops.filter(|hop| hop.tls == Some(false) && leads_outside(hop)).take(MOST) {
        let shown = |text: Option<String>| text.unwrap_or_else(|| "?".to_owned()).chars().take(255).collect::<String>();
        out.add(Draft::new(message.subject()).arg("from", shown(hop.from())).arg("by", shown(hop.received.by.clone())));
    }
}

/// Whether the stretch leads across the internet, as far as the field tells.
fn leads_outside(hop: &Hop) -> bool {
    if let Some(ip) = hop.received.ip {
        return !is_local(ip);
    }
    let name = |text: Option<&str>| text.and_then(|t| Name::parse(t).ok()).filter(|n| n.label_count() > 1);
    let from = hop.from();
    match (name(from.as_deref()), name(hop.received.by.as_deref())) {
        (Some(from), Some(by)) => !same_domain(&from, &by),
        _ => false,
    }
}
