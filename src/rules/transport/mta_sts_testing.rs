//! `mta-sts-testing`: the policy asks senders to report and to deliver all the same.

use super::sts;
use crate::finding::{Draft, Findings, Severity};
use crate::mta_sts::Mode;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-testing",
    area: Area::Transport,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::MtaSts, Need::MtaStsPolicy],
    impact: Impact::Tidy(3),
    references: &[section("RFC 8461", "5")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if sts::policy(domain).is_some_and(|policy| policy.mode == Mode::Testing) {
        out.add(Draft::new(sts::host(domain)));
    }
}
