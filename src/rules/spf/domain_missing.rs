//! `domain-missing`: the DNS has no such domain.

use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "domain-missing",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(9),
    references: &[section("RFC 7208", "4.3"), section("RFC 5321", "2.3.5")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if domain.does_not_exist() {
        out.add(Draft::new(domain.name()));
    }
}
