//! The one door to DNS.
//!
//! Everything that asks the DNS asks through [`Resolver`]; who answers (a live server, a zone
//! file, a recording) is decided once, at the start of a run. The kinds of failure stay apart
//! all the way: that a name does not exist is a fact about the domain, that a server did not
//! answer is not.

pub mod ask;
pub mod cache;
pub mod derived;
// Also where tests are built: what only a fuzzer compiles rots unseen.
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
pub mod live;
mod name;
mod record;
pub mod recording;
pub mod replay;
pub mod scope;
pub mod server;
pub mod stack;
mod transport;
mod unaliased;
mod wire;
pub mod zone;

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use serde::{Deserialize, Serialize};

use crate::net::tls::CertificateFault;

pub use name::{Name, NameError};
pub use record::{Answer, Joined, RecordData, RecordType, Text};

/// Aliases followed for one question; resolvers give up at about as many.
const MAX_ALIASES: usize = 16;

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
    /// A server that has a name here could not be asked, or not in full.
    Server(ServerTrouble),
    /// The network failed in another way.
    Network(String),
    /// Nobody was asked.
    Unavailable(Unavailable),
}

/// A server that could not be asked, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerTrouble {
    /// The server, as `--resolver` would name it.
    pub server: String,
    /// What happened.
    pub how: How,
}

/// How a server could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Nobody answers at its address and port.
    Nobody,
    /// An answer did not fit UDP, and TCP was refused.
    TcpRefused,
    /// An answer did not fit UDP, and the server closed the TCP connection.
    TcpClosed,
    /// An answer did not fit UDP, and none came over TCP.
    TcpSilent,
    /// Its certificate does not hold.
    Certificate(CertificateFault),
    /// No TLS connection came about.
    Tls(String),
}

impl How {
    fn id(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::TcpRefused => "tcp-refused",
            Self::TcpClosed => "tcp-closed",
            Self::TcpSilent => "tcp-silent",
            Self::Certificate(_) => "certificate",
            Self::Tls(_) => "tls",
        }
    }
}

impl fmt::Display for ServerTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = &self.server;
        let over_tcp = |f: &mut fmt::Formatter<'_>, what: &str| {
            write!(f, "answer does not fit UDP (more than {} octets), {what} {server}", wire::UDP_PAYLOAD)
        };
        match &self.how {
            How::Nobody => write!(f, "nobody answers at {server}"),
            How::TcpRefused => over_tcp(f, "TCP refused by"),
            How::TcpClosed => over_tcp(f, "TCP closed by"),
            How::TcpSilent => over_tcp(f, "no answer over TCP from"),
            How::Certificate(fault) => write!(f, "{server}: certificate {fault}"),
            How::Tls(why) => write!(f, "{server}: {why}"),
        }
    }
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
    /// The server to be asked is at an address that is no global unicast address.
    Private,
}

impl DnsError {
    /// The DNS has said that there is nothing: NXDOMAIN or no data.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::NxDomain | Self::NoData)
    }

    /// A word for the kind of failure, for messages and programs.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NxDomain => "no-name",
            Self::NoData => "no-data",
            Self::ServFail => "servfail",
            Self::Refused => "refused",
            Self::Rcode(_) => "rcode",
            Self::Timeout => "timeout",
            Self::Malformed => "malformed",
            Self::Server(trouble) => trouble.how.id(),
            Self::Network(_) => "network",
            Self::Unavailable(Unavailable::Offline) => "offline",
            Self::Unavailable(Unavailable::NotRecorded) => "not-recorded",
            Self::Unavailable(Unavailable::Cut) => "cut",
            Self::Unavailable(Unavailable::Private) => "private",
        }
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
            Self::Server(trouble) => write!(f, "network error: {trouble}"),
            Self::Network(why) => write!(f, "network error: {why}"),
            Self::Unavailable(Unavailable::Offline) => f.write_str("not asked (offline)"),
            Self::Unavailable(Unavailable::NotRecorded) => f.write_str("not in the recording"),
            Self::Unavailable(Unavailable::Cut) => f.write_str("not asked (limit reached)"),
            Self::Unavailable(Unavailable::Private) => f.write_str("not asked (address is not public)"),
        }
    }
}

impl std::error::Error for DnsError {}

/// A question that goes another way than to the resolver as usual.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Via {
    /// To the resolver with the CD bit: data that fails DNSSEC validation is handed out as well
    /// (RFC 4035 §3.2.2), which tells it from any other SERVFAIL.
    CheckingDisabled,
    /// To the resolver with the DO bit in place of the AD bit: some servers send every AD bit back as it came,
    /// and only an AD bit that was not in the question is the server's own (RFC 6840 §5.7).
    SignaturesAsked,
    /// To the resolver with the DO and CD bits, for validation here: the answer is the message as it came, signatures
    /// and proofs of absence included ([`Answer::message`]), also where it says that there is nothing.
    WholeMessage,
    /// To one authoritative server of a zone, without asking for recursion.
    Server {
        /// The server's name, which `--connect-to` goes by.
        host: Name,
        /// The address that the DNS has for it.
        address: IpAddr,
    },
}

impl fmt::Display for Via {
    /// `cd`, `do`, `whole`, or `ns1.example.de@192.0.2.1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CheckingDisabled => f.write_str("cd"),
            Self::SignaturesAsked => f.write_str("do"),
            Self::WholeMessage => f.write_str("whole"),
            Self::Server { host, address } => write!(f, "{host}@{address}"),
        }
    }
}

/// A text that is no [`Via`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither `cd`, `do`, `whole` nor `host@address`")]
pub struct BadVia;

impl FromStr for Via {
    type Err = BadVia;
    fn from_str(text: &str) -> Result<Self, BadVia> {
        if text == "cd" {
            return Ok(Self::CheckingDisabled);
        }
        if text == "do" {
            return Ok(Self::SignaturesAsked);
        }
        if text == "whole" {
            return Ok(Self::WholeMessage);
        }
        let (host, address) = text.rsplit_once('@').ok_or(BadVia)?;
        let host = Name::parse(host).map_err(|_| BadVia)?;
        Ok(Self::Server { host, address: address.parse().map_err(|_| BadVia)? })
    }
}

impl TryFrom<String> for Via {
    type Error = BadVia;
    fn try_from(text: String) -> Result<Self, BadVia> {
        text.parse()
    }
}

impl From<Via> for String {
    fn from(via: Via) -> Self {
        via.to_string()
    }
}

/// A whole question: what is asked, and which way it goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    /// The name asked for.
    pub name: Name,
    /// The type asked for.
    pub rtype: RecordType,
    /// `None` is the usual way.
    pub via: Option<Via>,
}

impl Question {
    fn new(name: &Name, rtype: RecordType, via: Option<&Via>) -> Self {
        Self { name: name.clone(), rtype, via: via.cloned() }
    }
}

/// What a question comes to.
pub type Lookup = Result<Arc<Answer>, DnsError>;

/// Whoever answers questions.
///
/// An `Ok` answer holds at least one record of the type asked for; aliases (CNAME) have been
/// followed. [`DnsError::NxDomain`] and [`DnsError::NoData`] speak of the end of the alias chain.
pub trait Resolver: Send + Sync {
    /// Asks for the records of one type at one name.
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup>;

    /// Asks another way than usual. Who has no other way answers [`Unavailable::NotRecorded`].
    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        let _ = (name, rtype, via);
        ready(Err(DnsError::Unavailable(Unavailable::NotRecorded))).boxed()
    }

    /// Takes note of what a question came to without this resolver's answer: who asked did not
    /// wait for it, or did not ask. Of use to those who record.
    fn note(&self, question: &Question, error: &DnsError) {
        let _ = (question, error);
    }
}

/// A resolver that answers for a part of the name space, as zone files do.
pub trait Partial: Resolver {
    /// Whether the name is one of those it answers for.
    fn covers(&self, name: &Name) -> bool;
}

impl<P: Partial + ?Sized> Partial for Arc<P> {
    fn covers(&self, name: &Name) -> bool {
        (**self).covers(name)
    }
}

impl<R: Resolver + ?Sized> Resolver for Arc<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        (**self).lookup(name, rtype)
    }
    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        (**self).lookup_via(name, rtype, via)
    }
    fn note(&self, question: &Question, error: &DnsError) {
        (**self).note(question, error);
    }
}

impl<R: Resolver + ?Sized> Resolver for &R {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        (**self).lookup(name, rtype)
    }
    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        (**self).lookup_via(name, rtype, via)
    }
    fn note(&self, question: &Question, error: &DnsError) {
        (**self).note(question, error);
    }
}

/// Asks the usual way or another: what wrappers pass a question on with.
fn pass_on<'a, R: Resolver + ?Sized>(
    to: &'a R,
    name: &'a Name,
    rtype: RecordType,
    via: Option<&'a Via>,
) -> BoxFuture<'a, Lookup> {
    match via {
        None => to.lookup(name, rtype),
        Some(via) => to.lookup_via(name, rtype, via),
    }
}
