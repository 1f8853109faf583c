//! `mta-sts-missing`: no MTA-STS record.

use crate::finding::{Draft, Findings, Severity};
use crate::mta_sts::looks_like_mta_sts;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-missing",
    area: Area::Transport,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::MtaSts],
    impact: Impact::Tidy(6),
    references: &[section("RFC 8461", "3.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if !super::takes_mail(domain) || !super::is_missing(&domain.facts.mta_sts, looks_like_mta_sts) {
        return;
    }
    if let Ok(name) = domain.name().prepend("_mta-sts") {
        out.add(Draft::new(name).arg("domain", domain.name()));
    }
}
