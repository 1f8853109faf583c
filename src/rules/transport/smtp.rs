//! Mail servers as the rules see them.

use crate::dnssec::Security;
use crate::facts::{MxHost, SmtpFacts, TlsaFacts};
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
pub(super) fn is_vouched_for(host: &MxHost, smtp: &SmtpFacts) -> bool {
    let secure = |tlsa: &&TlsaFacts| [&tlsa.security, &tlsa.host_security].iter().all(|s| **s == Security::Secure);
    let tlsa = host.tlsa.as_ref().filter(secure);
    let records = tlsa.map_or(&[][..], |tlsa| tlsa.records.list());
    records.iter().any(|record| smtp.meets(record))
}
