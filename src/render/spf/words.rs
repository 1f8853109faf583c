//! Reasons and failures in plain words.

use std::borrow::Cow;

use crate::dns::DnsError;
use crate::locales::{Arg, Args, Catalogue};
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
pub(in crate::render) fn reason(reason: &Reason, catalogue: &Catalogue) -> String {
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
    catalogue.phrase(&error.into())
}
