//! `mx-missing`: a domain that sends but cannot be answered.

use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mx-missing",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx],
    impact: Impact::Spam(6),
    references: &[section("RFC 5321", "5.1"), section("RFC 7505", "4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let nothing = facts.mx.is_absent() && facts.ipv4.is_absent() && facts.ipv6.is_absent();
    if nothing && domain.sends() && !domain.parked && domain.is_mail_name() && !domain.does_not_exist() {
        out.add(Draft::new(domain.name()));
    }
}
