//! `mx-unresolvable`: an MX target without any address.

use crate::dmarc::legacy::{is_public_suffix, registrable_domain};
use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::knowledge::providers;
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
    // RFC 7505 §3: a null MX stands alone.
    if let list @ [_, _, ..] = domain.facts.mx.list()
        && let Some((preference, root)) = list.iter().find(|(_, host)| host.is_root())
    {
        let others: Vec<String> =
            list.iter().filter(|(_, host)| !host.is_root()).map(|(_, host)| host.to_string()).collect();
        let value = format!("{preference} {root}");
        let span = value.len() - 1..value.len();
        let draft = Draft::new(domain.name()).record(domain.name(), RecordType::Mx, value).span(span);
        if !others.is_empty() {
            out.add(draft.arg("host", ".").arg("others", others.join(", ")).detail("detail-null").fix("fix-null"));
        }
    }
    for host in &domain.facts.mx_hosts {
        let dead = host.ipv4.is_absent() && host.ipv6.is_absent();
        // An alias and an address in place of a name are faults of their own.
        if !dead || host.alias.is_some() || super::mx_address_literal::literal(domain, &host.host).is_some() {
            continue;
        }
        let draft = super::about_mx(domain, host);
        let draft = if host.ipv4.is_no_name() { draft } else { draft.detail("detail-no-address") };
        if let Some(meant) = foreign(domain, &host.host) {
            let value = format!("{} {meant}", host.preference);
            let draft = draft.detail("detail-foreign").fix("fix-dot").arg("meant", format!("{meant}."));
            out.add(draft.replace(domain.name(), RecordType::Mx, super::mx_value(host), value));
        } else if !super::is_doubled(domain, &host.host) {
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

/// The host elsewhere that a target was meant to be, before a missing final dot put the domain behind it.
fn foreign(domain: &Domain<'_>, host: &Name) -> Option<Name> {
    let meant = Name::parse(super::without_apex(domain, host)?).ok()?;
    let registrable = registrable_domain(&meant)?;
    let real = registrable.parent().is_some_and(|suffix| is_public_suffix(&suffix));
    let likely = meant.is_below(&registrable) && real || providers::by_mx(&meant).is_some();
    (likely && !meant.is_within(super::apex(domain))).then_some(meant)
}
