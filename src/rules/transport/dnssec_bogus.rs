//! `dnssec-bogus`: validating resolvers refuse to answer for the domain.

use crate::facts::Signed;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dnssec-bogus",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Dnssec],
    impact: Impact::Refused(9),
    references: &[section("RFC 4035", "3.2.2"), section("RFC 4035", "5.5")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if let Signed::Bogus(name, rtype) = &domain.facts.dnssec.state {
        out.add(Draft::new(domain.name()).arg("name", name.as_str()).arg("type", rtype.to_string()));
    }
}
