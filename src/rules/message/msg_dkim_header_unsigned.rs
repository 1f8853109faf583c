//! `msg-dkim-header-unsigned`: a header field that readers see is not signed, or can be added.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-dkim-header-unsigned",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Weakened(5),
    references: &[section("RFC 6376", "5.4"), section("RFC 6376", "8.15")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    // The aligned signatures are the sender's own; where there is none, any that passes.
    let own = message.passing().any(|(_, aligned)| aligned);
    let (mut unsigned, mut addable) = (Vec::new(), Vec::new());
    for (result, _) in message.passing().filter(|(_, aligned)| *aligned || !own) {
        let coverage = &result.coverage;
        // The fields for unsubscribing have a rule of their own.
        for name in coverage.unsigned.iter().filter(|name| !name.starts_with("list-")) {
            push(&mut unsigned, name);
        }
        for name in &coverage.addable {
            push(&mut addable, name);
        }
    }
    addable.retain(|name| !unsigned.contains(name));
    let draft = Draft::new(message.subject());
    let draft = draft.arg("unsigned", unsigned.join(", ")).arg("addable", addable.join(", "));
    match (unsigned.is_empty(), addable.is_empty()) {
        (true, true) => {}
        (false, true) => out.add(draft),
        (true, false) => out.add(draft.detail("detail-addable")),
        (false, false) => out.add(draft.detail("detail-both")),
    }
}

fn push<'a>(list: &mut Vec<&'a str>, name: &'a str) {
    if !list.contains(&name) {
        list.push(name);
    }
}
