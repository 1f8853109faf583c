//! Reasons and failures in plain words.

use std::borrow::Cow;

use crate::dns::{DnsError, Unavailable};
use crate::locales::{Arg, Args, Catalogue};
use crate::render::unanswered;
use crate::spf::Reason;

/// An argument of a message.
pub(super) fn arg(name: &'static str, value: impl Into<Arg>) -> (Cow<'static, str>, Arg) {
    (Cow::Borrowed(name), value.into())
}

/// A message with arguments.
pub(super) fn say(catalogue: &Catalogue, id: &str, args: Args) -> String {
    catalogue.format(id, None, &args)
}

/// Why a result is what it is.
pub(super) fn reason(reason: &Reason, catalogue: &Catalogue) -> String {
    let (id, args) = match reason {
        Reason::NoDomain => ("spf-reason-no-domain", vec![]),
        Reason::DomainMissing { domain } => ("spf-reason-domain-missing", vec![arg("domain", domain)]),
        Reason::NoRecord { domain } => ("spf-reason-no-record", vec![arg("domain", domain)]),
        Reason::MultipleRecords { domain, count } => {
            ("spf-reason-multiple-records", vec![arg("domain", domain), arg("count", *count)])
        }
        Reason::Syntax { domain, text, .. } => ("spf-reason-syntax", vec![arg("domain", domain), arg("text", text)]),
        Reason::IncludeMissing { target } => ("spf-reason-include-missing", vec![arg("target", target)]),
        Reason::RedirectMissing { target } => ("spf-reason-redirect-missing", vec![arg("target", target)]),
        Reason::TooManyLookups { limit } => ("spf-reason-too-many-lookups", vec![arg("limit", *limit)]),
        Reason::TooManyVoids { limit } => ("spf-reason-too-many-voids", vec![arg("limit", *limit)]),
        Reason::TooManyMx { domain, count } => {
            ("spf-reason-too-many-mx", vec![arg("domain", domain), arg("count", *count)])
        }
        Reason::TooManyQuestions { limit } => ("spf-reason-too-many-questions", vec![arg("limit", *limit)]),
        Reason::Dns { name, rtype, error } => (
            "spf-reason-dns",
            vec![arg("name", name), arg("type", rtype.to_string()), arg("error", failure(error, catalogue))],
        ),
        Reason::NoMatch => ("spf-reason-no-match", vec![]),
    };
    say(catalogue, id, args)
}

/// Why a question has no answer.
pub(super) fn failure(error: &DnsError, catalogue: &Catalogue) -> String {
    let id = match error {
        DnsError::NxDomain => "spf-dns-nxdomain",
        DnsError::NoData => "spf-dns-nodata",
        DnsError::ServFail => "spf-dns-servfail",
        DnsError::Timeout => "spf-dns-timeout",
        DnsError::Unavailable(Unavailable::Offline) => "spf-dns-offline",
        DnsError::Unavailable(Unavailable::NotRecorded) => "spf-dns-not-recorded",
        DnsError::Unavailable(Unavailable::Cut) => "spf-dns-cut",
        DnsError::Unavailable(Unavailable::Private)
        | DnsError::Refused
        | DnsError::Rcode(_)
        | DnsError::Malformed
        | DnsError::Server(_)
        | DnsError::Network(_) => return unanswered::reason(error, catalogue),
    };
    catalogue.text(id)
}
