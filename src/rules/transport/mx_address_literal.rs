//! `mx-address-literal`: an MX target that is an address.

use std::net::IpAddr;

use crate::dns::Name;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mx-address-literal",
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
        if let Some(address) = literal(domain, &host.host) {
            out.add(super::about_mx(domain, host).arg("address", address.to_string()));
        }
    }
}

/// The address that a target is, also where a zone file has made it a name below the apex.
pub(super) fn literal(domain: &Domain<'_>, host: &Name) -> Option<IpAddr> {
    let read = |text: &str| text.trim_start_matches('[').trim_end_matches(']').parse().ok();
    read(host.as_str()).or_else(|| read(super::without_apex(domain, host)?))
}
