//! `msg-dkim-partial-body`: a signature with `l=`.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-dkim-partial-body",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Weakened(9),
    references: &[section("RFC 6376", "8.2")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    for (result, _) in message.passing() {
        let (Some(signed), Some(all)) = (result.signature.body_length, result.canonical_body_length) else { continue };
        let draft = Draft::new(message.subject()).arg("signed", signed).arg("all", all);
        // What is appended is unsigned either way; here nobody has done it yet.
        out.add(if signed < all { draft } else { draft.severity(Severity::Warning).detail("detail-whole") });
        return;
    }
}
