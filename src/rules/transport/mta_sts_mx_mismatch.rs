//! `mta-sts-mx-mismatch`: the policy does not cover a mail exchanger of the domain.

use super::{listed, sts};
use crate::dns::Name;
use crate::facts::Fact;
use crate::finding::{Draft, Findings, Severity};
use crate::mta_sts::{Mode, mx_matches};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-mx-mismatch",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::MtaSts, Need::MtaStsPolicy, Need::Mx],
    impact: Impact::Refused(4),
    references: &[section("RFC 8461", "4.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(policy) = sts::policy(domain).filter(|policy| policy.mode != Mode::None) else { return };
    let facts = domain.facts;
    // Without MX records the domain itself takes the mail (RFC 5321 §5.1).
    let hosts: Vec<&Name> = match &facts.mx {
        Fact::Known(list) => list.iter().map(|(_, host)| host).filter(|host| !host.is_root()).collect(),
        Fact::Absent(_) if domain.has_address() => vec![domain.name()],
        _ => return,
    };
    let mut missing: Vec<&str> = Vec::new();
    for host in hosts {
        let covered = policy.mx.iter().any(|pattern| mx_matches(pattern, host));
        if !covered && !missing.contains(&host.as_str()) {
            missing.push(host.as_str());
        }
    }
    if missing.is_empty() {
        return;
    }
    let draft = Draft::new(sts::host(domain))
        .arg("hosts", listed(&missing))
        .arg("patterns", listed(&policy.mx.iter().map(String::as_str).collect::<Vec<_>>()))
        .arg("lines", missing.iter().map(|host| format!("mx: {host}")).collect::<Vec<_>>().join(", "));
    // In mode testing nothing is held back; senders only report.
    out.add(match policy.mode {
        Mode::Testing => draft.severity(Severity::Warning).detail("detail-testing"),
        _ => draft,
    });
}
