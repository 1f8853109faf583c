//! `msg-line-too-long`: a line of more than 998 octets.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-line-too-long",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Weakened(6),
    references: &[section("RFC 5322", "2.1.1")],
    judge: Judge::Message(judge),
};

/// RFC 5322 §2.1.1, without the CRLF.
const LONGEST: u64 = 998;

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let length = message.facts.lines.longest;
    if length > LONGEST {
        out.add(Draft::new(message.subject()).arg("length", length));
    }
}
