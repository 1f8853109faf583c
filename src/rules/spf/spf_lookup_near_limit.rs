//! `spf-lookup-near-limit`: nine or ten terms that ask the DNS.

use super::own::Own;
use super::spf_lookup_limit::costs;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-lookup-near-limit",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Tidy(6),
    references: &[section("RFC 7208", "4.6.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let (Some(tree), Some(own)) = (&domain.facts.spf, Own::only(domain)) else { return };
    if (9..=10).contains(&tree.dns_lookups) && !tree.truncated {
        out.add(own.about().arg("count", tree.dns_lookups).arg("terms", costs(domain)));
    }
}
