//! `spf-all-softfail`: `~all`; whether that is right depends on the DMARC policy.

use super::own::{Own, is_helper};
use crate::dmarc::Policy;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Qualifier;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-all-softfail",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Tidy(4),
    references: &[section("RFC 7208", "8.5"), section("RFC 9989", "7.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if domain.parked || is_helper(domain) {
        return;
    }
    let Some(own) = Own::only(domain) else { return };
    let Some((index, Qualifier::Softfail)) = own.record().all() else { return };
    let Some(term) = own.record().terms.get(index) else { return };
    let draft = own.draft(&term.span);
    let dmarc = &domain.facts.dmarc;
    let policy = dmarc.policy.as_ref().and_then(|p| Some(p.record.apply_testing(p.policy?)));
    out.add(match policy {
        Some(policy @ (Policy::Quarantine | Policy::Reject)) => {
            draft.arg("policy", policy.as_str()).detail("detail-enforced").fix("fix-enforced")
        }
        None if dmarc.error.is_some() => draft.detail("detail-unknown"),
        _ => draft.fix("fix-weak"),
    });
}
