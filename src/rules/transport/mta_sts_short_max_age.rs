//! `mta-sts-short-max-age`: senders forget the policy within a day.

use super::sts;
use crate::finding::{Draft, Findings, Severity};
use crate::mta_sts::Mode;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-short-max-age",
    area: Area::Transport,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::MtaSts, Need::MtaStsPolicy],
    impact: Impact::Tidy(3),
    references: &[section("RFC 8461", "3.2")],
    judge: Judge::Domain(judge),
};

/// A day, in seconds: below it, an attacker has to wait only until the next night.
const SHORT: u64 = 86_400;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    // While it is set up, a short time is right; `none` with a short time is how a policy is taken back.
    let policy = sts::policy(domain).filter(|policy| policy.mode == Mode::Enforce && policy.max_age < SHORT);
    if let Some(policy) = policy {
        out.add(Draft::new(sts::host(domain)).arg("seconds", policy.max_age));
    }
}
