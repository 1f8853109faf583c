//! `msg-date-missing`: no Date field.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-date-missing",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Spam(3),
    references: &[section("RFC 5322", "3.6.1")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    if message.headers.named("date").next().is_none() {
        out.add(Draft::new(message.subject()));
    }
}
