//! `msg-from-missing`: no From field, or none that names an address.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-from-missing",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(9),
    references: &[section("RFC 5322", "3.6"), section("RFC 9989", "11.5")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let draft = Draft::new(message.subject());
    match &message.facts.author {
        None if message.facts.from_fields == 0 => out.add(draft),
        Some(author) if author.domains().is_empty() => {
            let problem = author.fault().map(|fault| fault.to_string()).unwrap_or_default();
            out.add(draft.detail("detail-unusable").arg("problem", problem));
        }
        _ => {}
    }
}
