//! `spf-all-neutral`: `?all` tells receivers nothing.

use super::own::{Own, is_helper};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Qualifier;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-all-neutral",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Weakened(6),
    references: &[section("RFC 7208", "5.1"), section("RFC 7208", "8.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if domain.parked || is_helper(domain) {
        return;
    }
    let Some(own) = Own::only(domain) else { return };
    let Some((index, Qualifier::Neutral)) = own.record().all() else { return };
    let Some(term) = own.record().terms.get(index) else { return };
    out.add(own.offer(own.draft(&term.span), own.with(&term.span, "~all")));
}
