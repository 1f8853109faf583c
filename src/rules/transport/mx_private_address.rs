//! `mx-private-address`: an MX target that the world cannot reach.

use std::net::IpAddr;

use crate::finding::{Findings, Severity};
use crate::net::guard::is_global_unicast;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mx-private-address",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Mx],
    impact: Impact::Refused(2),
    references: &[section("RFC 5321", "5.1"), section("RFC 1918", "3"), section("RFC 6890", "2.2.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for host in &domain.facts.mx_hosts {
        let ipv4 = host.ipv4.list().iter().copied().map(IpAddr::V4);
        let ipv6 = host.ipv6.list().iter().copied().map(IpAddr::V6);
        let private: Vec<String> = ipv4.chain(ipv6).filter(|a| !is_global_unicast(*a)).map(|a| a.to_string()).collect();
        if !private.is_empty() {
            out.add(super::about_mx(domain, host).arg("addresses", private.join(", ")));
        }
    }
}
