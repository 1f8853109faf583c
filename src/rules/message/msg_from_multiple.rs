//! `msg-from-multiple`: several From fields, or one with addresses of several domains.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-from-multiple",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(9),
    references: &[section("RFC 5322", "3.6"), section("RFC 9989", "11.5")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let facts = message.facts;
    if facts.from_fields > 1 {
        out.add(Draft::new(message.subject()).arg("count", facts.from_fields));
    }
    let domains = facts.author.as_ref().map(|author| author.domains()).unwrap_or_default();
    if domains.len() > 1 {
        let names: Vec<String> = domains.iter().take(10).map(ToString::to_string).collect();
        out.add(Draft::new(message.subject()).detail("detail-domains").arg("domains", names.join(", ")));
    }
}
