//! `msg-message-id-missing`: no Message-ID, or none in angle brackets.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-message-id-missing",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Spam(4),
    references: &[section("RFC 5322", "3.6.4")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let draft = Draft::new(message.subject());
    match message.headers.value("message-id") {
        None => out.add(draft),
        Some(id) if id.is_empty() => out.add(draft),
        Some(id) if !(id.starts_with('<') && id.contains('>') && id.len() > 2) => {
            out.add(draft.detail("detail-invalid").arg("id", id.chars().take(100).collect::<String>()));
        }
        Some(_) => {}
    }
}
