//! `msg-dkim-broken-footer`: a signature that fails: text was added to the body.

use super::MessageView;
use super::broken::{self, Kind};
use crate::finding::{Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-dkim-broken-footer",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(8),
    references: &[section("RFC 6376", "6.1.3")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    broken::report(message, Kind::Footer, out);
}
