//! What an evaluation comes to, and how it is told (RFC 7208 §2.6, §8, §9.1).

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::parse::FaultKind;
use crate::dns::{DnsError, Name, RecordType};

/// The result words of RFC 7208 §2.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpfResult {
    /// No usable domain, or no record.
    None,
    /// The domain says nothing about the client.
    Neutral,
    /// The client may send for the domain.
    Pass,
    /// It may not.
    Fail,
    /// It probably may not.
    Softfail,
    /// The DNS failed for the time being.
    Temperror,
    /// The record is broken.
    Permerror,
}

impl SpfResult {
    /// The word, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Neutral => "neutral",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Softfail => "softfail",
            Self::Temperror => "temperror",
            Self::Permerror => "permerror",
        }
    }
}

impl fmt::Display for SpfResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which identity was checked (RFC 7208 §2.3, §2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Identity {
    /// The envelope sender.
    Mailfrom,
    /// The greeting name, also for the null sender.
    Helo,
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mailfrom => "mailfrom",
            Self::Helo => "helo",
        })
    }
}

/// What came of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The result.
    pub result: SpfResult,
    /// The expanded `exp=` text, on fail only. It comes from a third party (RFC 7208 §6.2).
    pub explanation: Option<String>,
    /// The term that matched, as the record has it; that of the first record or the one that its
    /// `redirect` leads to.
    pub mechanism: Option<String>,
    /// Why there was no match, or what went wrong.
    pub reason: Option<Reason>,
    /// Terms that asked the DNS (RFC 7208 §4.6.4), along the path taken.
    pub dns_lookups: u32,
    /// Questions for terms that led to nothing (RFC 7208 §4.6.4).
    pub void_lookups: u32,
    /// The terms in the order in which they were evaluated.
    pub trace: Vec<TraceEntry>,
    /// Which identity was checked.
    pub identity: Identity,
    /// The domain checked; `None` where the identity holds no usable one.
    pub domain: Option<Name>,
    /// The sender that macros saw: local-part, `@`, domain.
    pub sender: String,
}

/// One evaluated term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceEntry {
    /// Whose record the term is in.
    pub domain: Name,
    /// The term as the record has it.
    pub term: String,
    /// What it came to.
    pub result: TermResult,
    /// How many terms that ask the DNS it cost, those of its children included.
    pub lookups: u32,
    /// The terms of the record that it led to.
    pub children: Vec<TraceEntry>,
}

/// What a term came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermResult {
    /// It matched, and its qualifier says pass.
    Pass,
    /// It matched, and its qualifier says fail.
    Fail,
    /// It matched, and its qualifier says softfail.
    Softfail,
    /// It matched, and its qualifier says neutral; of `redirect` also that nothing matched there.
    Neutral,
    /// It did not match.
    NoMatch,
    /// The DNS failed.
    Temperror,
    /// The record is broken here.
    Permerror,
}

impl From<SpfResult> for TermResult {
    fn from(result: SpfResult) -> Self {
        match result {
            SpfResult::None => Self::NoMatch,
            SpfResult::Neutral => Self::Neutral,
            SpfResult::Pass => Self::Pass,
            SpfResult::Fail => Self::Fail,
            SpfResult::Softfail => Self::Softfail,
            SpfResult::Temperror => Self::Temperror,
            SpfResult::Permerror => Self::Permerror,
        }
    }
}

/// Why a result is what it is, where no term matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "reason")]
pub enum Reason {
    /// The identity holds no domain with more than one label (RFC 7208 §4.3).
    #[error("the identity has no usable domain name")]
    NoDomain,
    /// NXDOMAIN at the domain checked.
    #[error("{domain} does not exist")]
    DomainMissing {
        /// The domain.
        domain: Name,
    },
    /// The domain has no SPF record.
    #[error("{domain} has no SPF record")]
    NoRecord {
        /// The domain.
        domain: Name,
    },
    /// More than one record (RFC 7208 §4.5).
    #[error("{domain} has {count} SPF records")]
    MultipleRecords {
        /// The domain.
        domain: Name,
        /// How many.
        count: usize,
    },
    /// The record does not parse (RFC 7208 §4.6).
    #[error("the record of {domain} is broken at {text:?}: {fault}")]
    Syntax {
        /// Whose record.
        domain: Name,
        /// The text at fault.
        text: String,
        /// What is wrong with it.
        fault: FaultKind,
    },
    /// `include` leads to no record (RFC 7208 §5.2).
    #[error("include leads to {target}, which has no SPF record")]
    IncludeMissing {
        /// Where it leads.
        target: String,
    },
    /// `redirect` leads to no record (RFC 7208 §6.1).
    #[error("redirect leads to {target}, which has no SPF record")]
    RedirectMissing {
        /// Where it leads.
        target: String,
    },
    /// The eleventh term that asks the DNS (RFC 7208 §4.6.4).
    #[error("more than {limit} terms need DNS lookups")]
    TooManyLookups {
        /// The limit.
        limit: u32,
    },
    /// The third question without answer (RFC 7208 §4.6.4).
    #[error("more than {limit} lookups led to nothing")]
    TooManyVoids {
        /// The limit.
        limit: u32,
    },
    /// `mx` with more than ten names (RFC 7208 §4.6.4).
    #[error("{domain} has {count} mail exchangers, more than an mx term may have")]
    TooManyMx {
        /// Whose mail exchangers.
        domain: Name,
        /// How many.
        count: usize,
    },
    /// The bound on the questions of one check.
    #[error("the check needs more than {limit} DNS questions")]
    TooManyQuestions {
        /// The bound.
        limit: u32,
    },
    /// The DNS failed.
    #[error("the {rtype} lookup of {name} failed: {error}")]
    Dns {
        /// The name asked for.
        name: Name,
        /// The type asked for.
        rtype: RecordType,
        /// How it failed.
        error: DnsError,
    },
    /// Neither a mechanism nor `redirect` decided (RFC 7208 §4.7).
    #[error("no term matched")]
    NoMatch,
}

/// Builds the value of a Received-SPF field (RFC 7208 §9.1).
///
/// `ip`, `helo` and `receiver` are those of the check. What the client sent is quoted, and holds
/// no control character; so no field can be smuggled in.
pub fn received_spf(outcome: &Outcome, ip: IpAddr, helo: Option<&str>, receiver: Option<&str>) -> String {
    let ip = ip.to_canonical();
    let domain = outcome.domain.as_ref().map_or("unknown", Name::as_str);
    let host = receiver.unwrap_or("unknown");
    let says = match outcome.result {
        SpfResult::Pass => format!("{host}: domain of {} designates {ip} as permitted sender", outcome.sender),
        SpfResult::Fail | SpfResult::Softfail => {
            format!("{host}: domain of {} does not designate {ip} as permitted sender", outcome.sender)
        }
        SpfResult::Neutral => format!("{host}: {ip} is neither permitted nor denied by domain of {}", outcome.sender),
        SpfResult::None => format!("{host}: {domain} does not provide an SPF record"),
        SpfResult::Temperror | SpfResult::Permerror => format!("{host}: error in processing the record of {domain}"),
    };
    let mut text = format!("{} ({})", outcome.result, comment(&says));
    let mut pair = |key: &str, value: &str| {
        text.push_str(if text.ends_with(')') { " " } else { "; " });
        text.push_str(key);
        text.push('=');
        text.push_str(&quote(value));
    };
    if let Some(receiver) = receiver {
        pair("receiver", receiver);
    }
    pair("client-ip", &ip.to_string());
    if outcome.identity == Identity::Mailfrom {
        pair("envelope-from", &outcome.sender);
    }
    if let Some(helo) = helo {
        pair("helo", helo);
    }
    pair("identity", &outcome.identity.to_string());
    if let Some(mechanism) = &outcome.mechanism {
        pair("mechanism", mechanism);
    } else if outcome.reason == Some(Reason::NoMatch) {
        pair("mechanism", "default");
    }
    if matches!(outcome.result, SpfResult::Temperror | SpfResult::Permerror)
        && let Some(reason) = &outcome.reason
    {
        pair("problem", &reason.to_string());
    }
    text
}

/// The most characters of a foreign text that go into the field.
const MAX_VALUE: usize = 512;

/// A dot-atom as it is, all else as a quoted-string (RFC 7208 §9.1, RFC 5322 §3.2.3, §3.2.4).
fn quote(value: &str) -> String {
    let atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    if value.len() <= MAX_VALUE && value.split('.').all(|part| !part.is_empty() && part.bytes().all(atom)) {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for c in value.chars().take(MAX_VALUE) {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            _ if is_unsafe(c) => out.push('?'),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text within parentheses.
fn comment(value: &str) -> String {
    let safe = |c: char| if is_unsafe(c) || matches!(c, '(' | ')' | '\\') { '?' } else { c };
    value.chars().take(2 * MAX_VALUE).map(safe).collect()
}

/// Control characters, and what turns the direction of text.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
