//! `msg-unsubscribe-unsigned`: the fields for one-click unsubscribing are not signed.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-unsubscribe-unsigned",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Spam(3),
    references: &[section("RFC 8058", "4")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    if !message.has_one_click() {
        return;
    }
    let covers = |unsigned: &[String]| !unsigned.iter().any(|name| name.starts_with("list-unsubscribe"));
    let mut passing = message.passing().peekable();
    // Without any valid signature something else is wrong.
    if passing.peek().is_some() && !passing.any(|(result, _)| covers(&result.coverage.unsigned)) {
        out.add(Draft::new(message.subject()));
    }
}
