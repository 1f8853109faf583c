//! What is wrong with a certificate, in words.

use crate::locales::Arg;
use crate::net::tls::CertificateFault;

/// The message that says it.
pub(super) fn reason(fault: &CertificateFault) -> Arg {
    Arg::Message(format!("certificate-{}", fault.id()).into())
}
