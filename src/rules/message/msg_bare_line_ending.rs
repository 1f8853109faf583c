//! `msg-bare-line-ending`: a CR or LF that stands alone.

use super::MessageView;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-bare-line-ending",
    area: Area::Message,
    severity: Severity::Warning,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Weakened(7),
    references: &[section("RFC 5322", "2.3"), section("RFC 6376", "5.3")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    let lines = message.facts.lines;
    // A message whose lines all end in LF was stored that way; it travelled with CRLF.
    if lines.bare_lf && lines.crlf {
        out.add(Draft::new(message.subject()));
    } else if lines.bare_cr {
        out.add(Draft::new(message.subject()).detail("detail-cr"));
    }
}
