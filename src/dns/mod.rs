//! The one door to DNS.
//!
//! Everything that asks the DNS asks through [`Resolver`]; who answers (a live server, a zone
//! file, a recording) is decided once, at the start of a run. The kinds of failure stay apart
//! all the way: that a name does not exist is a fact about the domain, that a server did not
//! answer is not.

mod name;
mod record;
pub mod recording;
pub mod zone;

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

pub use name::{Name, NameError};
pub use record::{Answer, Joined, RecordData, RecordType, Text};

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "error", content = "detail")]
pub enum DnsError {
    /// The name does not exist, nor anything below it (RFC 2308 §2.1, RFC 8020).
    NxDomain,
    /// The name exists, but has no record of the type (RFC 2308 §2.2).
    NoData,
    /// SERVFAIL: the resolver could not find out, or DNSSEC validation failed there.
    ServFail,
    /// REFUSED: the server does not want to answer us.
    Refused,
    /// Another response code.
    Rcode(u16),
    /// No answer in time.
    Timeout,
    /// The answer could not be understood.
    Malformed,
    /// The server could not be reached, or an answer did not fit UDP and TCP was refused.
    Network(String),
    /// Nobody was asked.
    Unavailable(Unavailable),
}

/// Why nobody was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unavailable {
    /// `--offline`, or `lint`: the name lies outside the zones at hand.
    Offline,
    /// The recording holds no answer to this question.
    NotRecorded,
    /// A bound of the run was reached (questions of a domain, deadline).
    Cut,
}

impl DnsError {
    /// The DNS has said that there is nothing: NXDOMAIN or no data.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::NxDomain | Self::NoData)
    }

    /// Asking again later may help.
    pub fn is_temporary(&self) -> bool {
        !self.is_absent() && !matches!(self, Self::Unavailable(_))
    }
}

impl fmt::Display for DnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NxDomain => f.write_str("NXDOMAIN"),
            Self::NoData => f.write_str("no data"),
            Self::ServFail => f.write_str("SERVFAIL"),
            Self::Refused => f.write_str("REFUSED"),
            Self::Rcode(code) => write!(f, "response code {code}"),
            Self::Timeout => f.write_str("timeout"),
            Self::Malformed => f.write_str("malformed answer"),
            Self::Network(why) => write!(f, "network error: {why}"),
            Self::Unavailable(Unavailable::Offline) => f.write_str("not asked (offline)"),
            Self::Unavailable(Unavailable::NotRecorded) => f.write_str("not in the recording"),
            Self::Unavailable(Unavailable::Cut) => f.write_str("not asked (limit reached)"),
        }
    }
}

impl std::error::Error for DnsError {}

/// What a question comes to.
pub type Lookup = Result<Arc<Answer>, DnsError>;

/// Whoever answers questions.
///
/// An `Ok` answer holds at least one record of the type asked for; aliases (CNAME) have been
/// followed. [`DnsError::NxDomain`] and [`DnsError::NoData`] speak of the end of the alias chain.
pub trait Resolver: Send + Sync {
    /// Asks for the records of one type at one name.
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup>;
}

impl<R: Resolver + ?Sized> Resolver for Arc<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        (**self).lookup(name, rtype)
    }
}

impl<R: Resolver + ?Sized> Resolver for &R {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        (**self).lookup(name, rtype)
    }
}
