//! `mx-cname`: an MX target that is an alias.

use crate::dns::{DnsError, RecordType, Unavailable};
use crate::facts::{Fact, MxHost};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mx-cname",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Mx],
    impact: Impact::Refused(2),
    references: &[section("RFC 5321", "5.1"), section("RFC 2181", "10.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let aliases: Vec<&MxHost> = domain.facts.mx_hosts.iter().filter(|host| host.alias.is_some()).collect();
    for host in &aliases {
        let Some(alias) = &host.alias else { continue };
        let draft = super::about_mx(domain, host).arg("target", alias);
        let dead = host.ipv4.is_absent() && host.ipv6.is_absent();
        let mut draft = if dead { draft.detail("detail-dead") } else { draft };
        // All at once: one of them alone would leave the fault.
        for other in aliases.iter().filter(|_| aliases.iter().all(|host| real(host).is_some())) {
            let Some(name) = real(other) else { continue };
            let value = format!("{} {name}", other.preference);
            draft = draft.replace(domain.name(), RecordType::Mx, super::mx_value(other), value);
        }
        out.add(draft);
    }
}

/// The name to put in the MX record: the end of the aliases, if mail can go there as far as anybody knows.
fn real(host: &MxHost) -> Option<&crate::dns::Name> {
    let offline = |fact: Option<&DnsError>| matches!(fact, Some(DnsError::Unavailable(Unavailable::Offline)));
    if host.ipv4.known().is_some() || host.ipv6.known().is_some() {
        return host.canonical.as_ref();
    }
    let unseen = offline(Fact::trouble(&host.ipv4)) && offline(Fact::trouble(&host.ipv6));
    host.alias.as_ref().filter(|_| unseen)
}
