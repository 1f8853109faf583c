//! What becomes of a question to the DNS, as messages.

use super::{Arg, Phrase};
use crate::dns::{DnsError, How, Unavailable};

impl From<&DnsError> for Phrase {
    fn from(error: &DnsError) -> Self {
        Self::new(match error {
            DnsError::NxDomain => "spf-dns-nxdomain",
            DnsError::NoData => "spf-dns-nodata",
            DnsError::ServFail => "spf-dns-servfail",
            DnsError::Refused => "spf-dns-refused",
            DnsError::Rcode(code) => return Self::new("spf-dns-rcode").arg("code", code.to_string()),
            DnsError::Timeout => "spf-dns-timeout",
            DnsError::Malformed => "spf-dns-malformed",
            // A server that is to blame is named.
            DnsError::Server(trouble) => {
                let phrase = Self::new(format!("dns-{}", error.id())).arg("server", trouble.server.as_str());
                return match &trouble.how {
                    How::Certificate(fault) => {
                        phrase.arg("reason", Arg::Message(format!("certificate-{}", fault.id()).into()))
                    }
                    _ => phrase,
                };
            }
            DnsError::Network(why) => return Self::new("spf-dns-network").arg("why", why.to_string()),
            DnsError::Unavailable(Unavailable::Offline) => "spf-dns-offline",
            DnsError::Unavailable(Unavailable::NotRecorded) => "spf-dns-not-recorded",
            DnsError::Unavailable(Unavailable::Cut) => "spf-dns-cut",
            DnsError::Unavailable(Unavailable::Private) => "spf-dns-private",
        })
    }
}

impl From<&DnsError> for Arg {
    fn from(error: &DnsError) -> Self {
        Self::Phrases(vec![error.into()])
    }
}
