//! The facts about a domain's transport: DANE, DNSSEC, mail servers, name servers.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Fact;
use crate::dane::{self, Usage};
use crate::dns::server::AdTrust;
use crate::dns::{Name, RecordData, Text};
use crate::dnssec::Security;
use crate::net::smtp::{Offer, Probe};

/// The TLSA records of a mail exchanger (RFC 7672 §2.2.2).
#[derive(Debug, Clone, PartialEq)]
pub struct TlsaFacts {
    /// `_25._tcp.host`.
    pub name: Name,
    /// The records.
    pub records: Fact<Vec<RecordData>>,
    /// What their answer is worth.
    pub security: Security,
    /// What the answers about the host's addresses are worth: senders ask for TLSA records only where they are secure.
    pub host_security: Security,
}

/// What a mail server showed.
#[derive(Debug, Clone, PartialEq)]
pub struct SmtpFacts {
    /// The address that the DNS has for it; where `--connect-to` led instead, that one is not named.
    pub address: Option<IpAddr>,
    /// What it said, and its certificate.
    pub probe: Probe,
    /// The addresses of the name that it greets with; absent where it greets with no name.
    pub greeting_addresses: Fact<Vec<IpAddr>>,
    /// The members of its chain that the chain leads to, under the host's name: what DANE-TA may rest on
    /// (RFC 7672 §3.1.2). Filled only where a TLSA record asks for it.
    pub anchors: Vec<usize>,
}

impl SmtpFacts {
    /// Whether a TLSA record meets the certificates that the server shows.
    pub fn meets(&self, record: &RecordData) -> bool {
        let Offer::Session(session) = &self.probe.tls else { return false };
        match (dane::usability(record), dane::matches_chain(record, &session.chain)) {
            // RFC 7672 §3.1.1: names and expiry are not looked at.
            (Ok(Usage::EndEntity), Some(_)) => true,
            (Ok(Usage::TrustAnchor), Some(at)) => self.anchors.contains(&at),
            _ => false,
        }
    }
}

/// Whether a zone is signed, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dnssec {
    /// What is known.
    pub state: Security,
    /// By whose word; `None` where nothing is known.
    pub by: Option<Word>,
    /// Why the AD bit of the resolver is believed, or that it is not.
    pub trust: AdTrust,
}

impl Default for Dnssec {
    fn default() -> Self {
        Self { state: Security::Indeterminate, by: None, trust: AdTrust::No }
    }
}

/// By whose word the state of a zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// The signatures themselves, validated here.
    Signatures,
    /// The AD bit of a resolver that is believed.
    AdBit,
    /// SERVFAIL turned into an answer when checking was disabled (RFC 4035 §3.2.2).
    CheckingDisabled,
}

/// What one of a zone's own servers answers to a question for TXT records.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAnswer {
    /// The server.
    pub server: Name,
    /// Its address that was asked.
    pub address: IpAddr,
    /// Its answer.
    pub texts: Fact<Vec<Text>>,
}

/// The answers of a zone's own servers about one name.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAnswers {
    /// The name.
    pub name: Name,
    /// One answer a server.
    pub answers: Vec<OwnAnswer>,
}
