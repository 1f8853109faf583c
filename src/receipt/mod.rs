//! What a received message tells of its receipt: the way it took, who received it, and what that receiver and its
//! filters wrote down (RFC 8601 §5, RFC 5321 §4.4).
//!
//! Only what stands above the receiver's border is believed: whoever sent the message may have written anything below.

mod filters;
mod results;

use std::net::IpAddr;

use crate::auth_results::{self, TraceField, Trust, judge_trust};
use crate::dmarc::legacy::registrable_domain;
use crate::dns::Name;
use crate::knowledge::receivers;
use crate::knowledge::spam_headers::{self, Judgement};
use crate::locales::Phrase;
use crate::message::hops::{self, Hop};
use crate::message::{Field, Headers};

/// Statements that are kept at most.
const MOST_STATEMENTS: usize = 30;
/// Characters of a field that are read.
const MOST_READ: usize = 16 * 1024;
/// Characters of a field that are shown.
const MOST_SHOWN: usize = 300;

/// What a message tells of its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The stations, the last one first.
    pub hops: Vec<Hop>,
    /// The host that received it, as it called itself.
    pub host: Option<String>,
    /// The id of the receiver, where it is a known one.
    pub receiver: Option<&'static str>,
    /// What the receiver wrote down, from the top.
    pub statements: Vec<Statement>,
    /// The domains whose signatures the receiver found valid.
    pub signed_by: Vec<Name>,
}

/// What one field of the header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Whose word it is: a filter or a host.
    pub by: String,
    /// The field's name.
    pub field: String,
    /// The field's value, shortened.
    pub text: String,
    /// What it means.
    pub words: Vec<Phrase>,
    /// What it says of the message as a whole.
    pub judgement: Option<Judgement>,
}

impl Receipt {
    /// Reads a header; `from` is the domain in From.
    pub fn read(headers: &Headers, from: Option<&Name>) -> Self {
        let hops = hops::hops(headers);
        let mut receipt = Self { host: receiving_host(&hops), hops, ..Self::default() };
        receipt.receiver = receipt.host.as_deref().and_then(receivers::by_host).map(|r| r.id.as_str());
        let end = receipt.border(headers);
        receipt.statements = results(headers, end, &mut receipt, from);
        for field in &headers.fields()[..end] {
            if receipt.statements.len() >= MOST_STATEMENTS {
                break;
            }
            let Some(row) = spam_headers::field(field.name(headers)) else { continue };
            let name = String::from_utf8_lossy(field.name(headers)).into_owned();
            // A field that stands twice counts once, the upper one.
            if receipt.statements.iter().any(|s| s.field.eq_ignore_ascii_case(&name)) {
                continue;
            }
            let value = value_of(field, headers);
            let Some((words, judgement)) = filters::read(row, &value) else { continue };
            let text = shorten(&value);
            receipt.statements.push(Statement { by: row.filter.clone(), field: name, text, words, judgement });
        }
        receipt
    }

    /// When it was received: the time of the topmost Received field.
    pub fn time(headers: &Headers) -> Option<u64> {
        let field = headers.named("received").next()?;
        crate::message::received::Received::parse(&field.text(headers)).time
    }

    /// Whether the receiver took it for spam; `None` where nothing says so or otherwise.
    pub fn judgement(&self) -> Option<Judgement> {
        self.statements.iter().filter_map(|s| s.judgement).max()
    }

    /// Where the fields begin that the receiver did not write: the first Received field of another host, or the one
    /// below that of the border, where the message came in.
    fn border(&self, headers: &Headers) -> usize {
        let mut hops = self.hops.iter();
        let mut crossed = false;
        for (place, field) in headers.fields().iter().enumerate() {
            if !field.is(headers, "received") {
                continue;
            }
            let Some(hop) = hops.next() else { return place };
            if crossed || hop.received.by.as_deref().is_some_and(|by| !self.is_own(by)) {
                return place;
            }
            let local = hop.received.ip.is_some_and(is_local);
            crossed = !local && hop.from().is_some_and(|name| !self.is_own(&name));
        }
        headers.fields().len()
    }

    /// Whether a host is the receiver's: of the same registrable domain, of the same provider, or an internal name.
    fn is_own(&self, host: &str) -> bool {
        let Some(name) = public_name(host) else {
            return host.parse::<IpAddr>().map_or(true, |ip| is_local(ip) || ip.is_ipv6());
        };
        let Some(own) = self.host.as_deref() else { return false };
        let same = public_name(own).is_some_and(|own| same_domain(&own, &name));
        same || self.receiver.is_some_and(|id| receivers::by_host(host).is_some_and(|r| r.id == id))
    }
}

/// The host that wrote the topmost Received field under a name that means something outside.
fn receiving_host(hops: &[Hop]) -> Option<String> {
    let by = || hops.iter().filter_map(|hop| hop.received.by.as_deref());
    by().find(|by| public_name(by).is_some()).or_else(|| by().next()).map(|by| by.trim_end_matches('.').to_owned())
}

/// What the receiver's own Authentication-Results field says.
fn results(headers: &Headers, end: usize, receipt: &mut Receipt, from: Option<&Name>) -> Vec<Statement> {
    let receiver = receipt.host.as_deref().and_then(public_name);
    let receiver = receiver.map(|name| registrable_domain(&name).unwrap_or(name).to_string());
    let mut parsed = Vec::new();
    for field in headers.fields()[..end].iter().filter(|f| f.is(headers, "authentication-results")).take(20) {
        let text = value_of(field, headers);
        let mut results = auth_results::parse(&text);
        // Microsoft leaves the authserv-id out.
        if results.authserv_id.is_none() && receipt.receiver == Some("microsoft") {
            results.authserv_id.clone_from(&receiver);
        }
        parsed.push((text, results));
    }
    let mut chosen = None;
    if receipt.hops.is_empty() {
        // A copy without any trace, as some programs export it: nobody but the reader can have written on top.
        chosen = parsed.first().filter(|_| end > 0);
    } else {
        // All fields up to the border are the receiver's, whatever its machines call themselves.
        let trace: Vec<_> = parsed.iter().map(|(_, results)| TraceField::Results(results)).collect();
        let trusted = judge_trust(&trace, receiver.as_deref());
        if let Some(place) = trusted.iter().position(|t| *t == Trust::Trusted) {
            chosen = parsed.get(place);
        }
    }
    let Some((text, found)) = chosen else { return Vec::new() };
    let by = match (&found.authserv_id, &receipt.host) {
        (Some(id), host) => {
            if host.is_none() {
                receipt.receiver = receivers::by_host(id).map(|r| r.id.as_str());
                receipt.host = Some(id.clone());
            }
            id.clone()
        }
        (None, Some(host)) => host.clone(),
        (None, None) if found.of("compauth").next().is_some() => {
            receipt.receiver = Some("microsoft");
            "Microsoft".to_owned()
        }
        (None, None) => "?".to_owned(),
    };
    receipt.signed_by = results::passed(found);
    let (words, judgement) = results::read(found, from);
    if words.is_empty() {
        return Vec::new();
    }
    vec![Statement { by, field: "Authentication-Results".to_owned(), text: shorten(text), words, judgement }]
}

/// A host name of at least two labels below no internal suffix.
fn public_name(host: &str) -> Option<Name> {
    if host.parse::<IpAddr>().is_ok() {
        return None;
    }
    let name = Name::parse(host).ok().filter(|n| n.label_count() > 1)?;
    let internal = ["local", "lan", "internal", "localdomain", "localhost", "intern", "home", "corp"];
    let last = name.as_str().trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    (!internal.contains(&last)).then_some(name)
}

/// Whether two names have the same registrable domain.
pub fn same_domain(a: &Name, b: &Name) -> bool {
    let registrable = |name: &Name| registrable_domain(name).unwrap_or_else(|| name.clone());
    a == b || registrable(a) == registrable(b)
}

/// Whether an address stays inside a machine or a house.
pub fn is_local(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let shared = v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]);
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified() || shared
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

/// A field's value on one line, blanks as one.
fn value_of(field: &Field, headers: &Headers) -> String {
    let text: String = field.text(headers).chars().take(MOST_READ).collect();
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
