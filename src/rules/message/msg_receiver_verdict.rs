//! `msg-receiver-verdict`: what the receiver and its filters wrote into the header.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-receiver-verdict",
    area: Area::Message,
    severity: Severity::Note,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Spam(0),
    references: &[section("RFC 8601", "5")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    for statement in message.receipt.iter().flat_map(|receipt| &receipt.statements) {
        let by: String = statement.by.chars().take(255).collect();
        let draft = Draft::new(message.subject()).arg("by", by).arg("words", statement.words.clone());
        out.add(draft);
    }
}
