//! What is wrong with a certificate, in words.

use crate::locales::Arg;
use crate::net::tls::CertificateFault;

/// The message that says it.
pub(super) fn reason(fault: &CertificateFault) -> Arg {
    Arg::Message(
        match fault {
            CertificateFault::Expired => "certificate-expired",
            CertificateFault::NotYetValid => "certificate-not-yet-valid",
            CertificateFault::WrongName(_) => "certificate-wrong-name",
            CertificateFault::Untrusted => "certificate-untrusted",
            CertificateFault::SelfSigned => "certificate-self-signed",
            CertificateFault::Other(_) => "certificate-other",
        }
        .into(),
    )
}
