//! `msg-dkim-broken-unknown`: a signature that fails: what broke it cannot be told, or is of another kind.

use super::MessageView;
use super::broken::{self, Kind};
use crate::finding::{Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "msg-dkim-broken-unknown",
    area: Area::Message,
    severity: Severity::Error,
    sources: &[Source::Message],
    rests_on: &[],
    impact: Impact::Refused(7),
    references: &[section("RFC 6376", "6.1.3")],
    judge: Judge::Message(judge),
};

fn judge(message: &MessageView<'_>, out: &mut Findings<'_>) {
    broken::report(message, Kind::Unknown, out);
}
