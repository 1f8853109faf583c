//! `mx-unresolvable`: an MX target without any address.

use crate::dns::RecordType;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mx-unresolvable",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Mx],
    impact: Impact::Refused(2),
    references: &[section("RFC 5321", "5.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for host in &domain.facts.mx_hosts {
        let dead = host.ipv4.is_absent() && host.ipv6.is_absent();
        // An alias and an address in place of a name are faults of their own.
        if !dead || host.alias.is_some() || super::mx_address_literal::literal(domain, &host.host).is_some() {
            continue;
        }
        let draft = super::about_mx(domain, host);
        let draft = if host.ipv4.is_no_name() { draft } else { draft.detail("detail-no-address") };
        if !super::is_doubled(domain, &host.host) {
            out.add(draft);
        } else if !domain.in_zone_file()
            && let Some(meant) = super::without_apex(domain, &host.host)
        {
            let value = format!("{} {meant}", host.preference);
            let draft = draft.detail("detail-doubled").arg("meant", meant);
            out.add(draft.replace(domain.name(), RecordType::Mx, super::mx_value(host), value));
        }
    }
}
