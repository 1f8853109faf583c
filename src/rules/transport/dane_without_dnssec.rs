//! `dane-without-dnssec`: TLSA records in a zone that is not signed.

use super::smtp;
use crate::dnssec::Security;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dane-without-dnssec",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx, Need::Tlsa],
    impact: Impact::Weakened(3),
    references: &[section("RFC 7672", "2.1.2"), section("RFC 7672", "2.2.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for host in smtp::hosts(domain) {
        let Some(tlsa) = host.tlsa.as_ref().filter(|tlsa| tlsa.records.known().is_some()) else { continue };
        if tlsa.security == Security::Insecure {
            out.add(Draft::new(&tlsa.name).arg("host", host.host.as_str()));
        } else if tlsa.security == Security::Secure
            && tlsa.host_security == Security::Insecure
            && host.addresses().next().is_some()
        {
            out.add(Draft::new(&tlsa.name).detail("detail-host").arg("host", host.host.as_str()));
        }
    }
}
