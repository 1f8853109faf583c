//! Mail servers as the rules see them.

use crate::facts::{MxHost, SmtpFacts};
use crate::rules::domain::Domain;

/// The mail exchangers, each once.
pub(super) fn hosts<'a>(domain: &Domain<'a>) -> impl Iterator<Item = &'a MxHost> {
    let hosts = &domain.facts.mx_hosts;
    hosts
        .iter()
        .enumerate()
        .filter(|(i, host)| !hosts[..*i].iter().any(|other| other.host == host.host))
        .map(|(_, h)| h)
}

/// Those that were looked at.
pub(super) fn probed<'a>(domain: &Domain<'a>) -> impl Iterator<Item = (&'a MxHost, &'a SmtpFacts)> {
    hosts(domain).filter_map(|host| Some((host, host.smtp.as_ref()?.known()?)))
}

/// Whether signed DANE-EE or DANE-TA records meet the certificate.
pub(super) fn is_vouched_for(domain: &Domain<'_>, host: &MxHost, smtp: &SmtpFacts) -> bool {
    let signed = domain.facts.dnssec.trust.is_trusted();
    let tlsa = host.tlsa.as_ref().filter(|tlsa| signed && tlsa.authentic && tlsa.host_authentic);
    let records = tlsa.map_or(&[][..], |tlsa| tlsa.records.list());
    records.iter().any(|record| smtp.meets(record))
}
