//! `ptr-missing`: a sending address without a reverse name.

use crate::dns::RecordType;
use crate::dns::ask::reverse_name;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "ptr-missing",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::ReverseNames],
    impact: Impact::Refused(8),
    references: &[section("RFC 1912", "2.1"), section("RFC 8601", "2.7.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for sender in super::senders(domain).filter(|sender| sender.names.is_absent()) {
        let at = reverse_name(sender.address);
        let draft = Draft::new(sender.address).arg("name", &at);
        // A mail exchanger at the same address tells how the host is called.
        let host = domain.facts.mx_hosts.iter().find(|host| match sender.address {
            std::net::IpAddr::V4(v4) => host.ipv4.list().contains(&v4),
            std::net::IpAddr::V6(v6) => host.ipv6.list().contains(&v6),
        });
        let host = host.and_then(|host| host.canonical.as_ref().or(Some(&host.host)));
        out.add(match host {
            Some(host) => draft.publish(at, RecordType::Ptr, host.to_string()),
            None => draft,
        });
    }
}
