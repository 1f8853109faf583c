//! `spf-redirect-ignored`: `redirect` beside `all`.

use super::own::Own;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-redirect-ignored",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Spam(5),
    references: &[section("RFC 7208", "6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::only(domain) else { return };
    let (Some((all, _)), Some((term, spec))) = (own.record().all(), own.record().redirect()) else { return };
    let Some(all) = own.record().terms.get(all) else { return };
    out.add(own.draft(&term.span).arg("all", own.token(&all.span)).arg("target", spec.as_str()));
}
