//! `msg-dkim-unsigned`: no DKIM signature at all.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-dkim-unsigned",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(7),
    references: &[section("RFC 6376", "5"), section("RFC 9989", "5.3")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    if message.facts.signatures.is_empty() {
        out.add(Draft::new(message.subject()));
    }
}
