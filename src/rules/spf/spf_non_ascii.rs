//! `spf-non-ascii`: characters outside ASCII.

use super::own::{Own, tamed};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-non-ascii",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "3.1"), section("RFC 5890", "2.3.2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for own in Own::each(domain) {
        let mut faults = own.parsed.errors.iter().filter(|fault| fault.kind.is_non_ascii());
        let Some(fault) = faults.next() else { continue };
        let shown = own.token(&fault.span).trim().to_owned();
        let meant = fault.suggestion.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let draft = own.draft(&fault.span).arg("found", &shown);
        let draft = match (shown.is_empty(), meant.is_empty()) {
            (true, _) => draft.detail("detail-blank"),
            (false, true) => draft,
            (false, false) => draft.arg("meant", meant).detail("detail-meant"),
        };
        out.add(own.offer(draft, own.parsed.corrected(&own.text).map(tamed)));
    }
}
