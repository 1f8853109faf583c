//! `spf-ptr`: `ptr` is used.

use super::own::{MOST_FINDINGS, Own};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Mechanism;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-ptr",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Weakened(4),
    references: &[section("RFC 7208", "5.5")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::only(domain) else { return };
    let terms = own.reached().filter(|(_, _, mechanism)| matches!(mechanism, Mechanism::Ptr(_)));
    for (term, ..) in terms.take(MOST_FINDINGS) {
        out.add(own.draft(&term.span));
    }
}
