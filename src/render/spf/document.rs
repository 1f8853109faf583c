//! The two JSON documents of the contract.

use ipnet::IpNet;
use serde::{Serialize, Serializer};

use crate::dns::DnsError;
use crate::render::Worded;
use crate::rules::domain::Domain;
use crate::spf::{HostAnswer, Node, NodeTerm, Outcome, Params, SpfResult, Target, TraceEntry, received_spf};

/// An evaluation: `mailauth.spf/1`.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct CheckDocument<'a> {
    pub schema: &'static str,
    pub identity: &'a str,
    /// Empty where the identity holds no usable domain.
    pub domain: &'a str,
    pub ip: String,
    pub helo: Option<&'a str>,
    pub result: SpfResult,
    pub explanation: Option<&'a str>,
    pub mechanism: Option<&'a str>,
    pub reason: Option<String>,
    pub dns_lookups: u32,
    pub void_lookups: u32,
    pub trace: &'a [TraceEntry],
    pub received_spf: String,
}

impl<'a> CheckDocument<'a> {
    /// The document of an outcome; `identity` is the sender as it was given.
    pub fn new(outcome: &'a Outcome, identity: &'a str, params: &Params<'a>) -> Self {
        Self {
            schema: "mailauth.spf/1",
            identity,
            domain: outcome.domain.as_ref().map_or("", |name| name.as_str()),
            ip: params.ip.to_string(),
            helo: params.helo,
            result: outcome.result,
            explanation: outcome.explanation.as_deref(),
            mechanism: outcome.mechanism.as_deref(),
            reason: outcome.reason.as_ref().map(ToString::to_string),
            dns_lookups: outcome.dns_lookups,
            void_lookups: outcome.void_lookups,
            trace: &outcome.trace,
            received_spf: received_spf(outcome, params.ip, params.helo, params.receiver),
        }
    }
}

/// The tree of a domain: `mailauth.spf-tree/1`.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct TreeDocument<'a> {
    pub schema: &'static str,
    pub domain: &'a str,
    /// The record; the first one where there are several.
    pub record: Option<&'a str>,
    pub dns_lookups: u32,
    pub void_lookups: u32,
    pub all: Option<&'a str>,
    /// A bound was reached; counts are least values.
    pub truncated: bool,
    pub tree: Option<NodePart<'a>>,
    pub addresses: AddressPart<'a>,
    pub findings: Vec<Worded>,
}

/// What a record permits.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct AddressPart<'a> {
    pub ipv4: u64,
    pub ipv6_64s: u64,
    #[serde(serialize_with = "networks")]
    pub prefixes: &'a [IpNet],
}

/// A record of the tree.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct NodePart<'a> {
    pub domain: &'a str,
    pub record: Option<&'a str>,
    pub error: Option<String>,
    pub circular: bool,
    pub cut: bool,
    pub dns_lookups: u32,
    pub void_lookups: u32,
    pub all: Option<&'a str>,
    pub terms: Vec<TermPart<'a>>,
}

/// A term of a record.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct TermPart<'a> {
    pub term: &'a str,
    pub reached: bool,
    pub lookups: u32,
    pub cumulative_lookups: u32,
    pub void_lookups: u32,
    /// What it stands for depends on the message, or cannot be told without a client.
    pub depends_on_message: bool,
    pub target: Option<&'a Target>,
    #[serde(serialize_with = "networks")]
    pub addresses: &'a [IpNet],
    pub exchangers: Option<usize>,
    pub hosts: Vec<HostPart<'a>>,
    pub error: Option<String>,
    pub child: Option<Box<NodePart<'a>>>,
}

/// A host of an `a` or `mx` term.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct HostPart<'a> {
    pub name: &'a str,
    pub addresses: &'a [std::net::IpAddr],
    pub error: Option<String>,
}

impl<'a> TreeDocument<'a> {
    /// The document of a domain.
    pub fn new(domain: &'a Domain<'a>, findings: Vec<Worded>) -> Self {
        let tree = domain.facts.spf.as_ref();
        Self {
            schema: "mailauth.spf-tree/1",
            domain: domain.name().as_str(),
            record: domain.spf.records.first().map(|record| record.joined.text.as_str()),
            dns_lookups: tree.map_or(0, |t| t.dns_lookups),
            void_lookups: tree.map_or(0, |t| t.void_lookups),
            all: tree.and_then(|t| t.all.as_deref()),
            truncated: tree.is_some_and(|t| t.truncated),
            tree: tree.map(|t| NodePart::new(&t.root)),
            addresses: AddressPart {
                ipv4: tree.map_or(0, |t| t.addresses.ipv4),
                ipv6_64s: tree.map_or(0, |t| t.addresses.ipv6_64s),
                prefixes: tree.map_or(&[], |t| &t.addresses.prefixes),
            },
            findings,
        }
    }
}

impl<'a> NodePart<'a> {
    fn new(node: &'a Node) -> Self {
        Self {
            domain: node.domain.as_str(),
            record: node.records.first().map(String::as_str),
            error: node.failure.as_ref().map(DnsError::to_string),
            circular: node.circular,
            cut: node.cut,
            dns_lookups: node.dns_lookups,
            void_lookups: node.void_lookups,
            all: node.all.as_deref(),
            terms: node.terms.iter().map(TermPart::new).collect(),
        }
    }
}

impl<'a> TermPart<'a> {
    fn new(term: &'a NodeTerm) -> Self {
        Self {
            term: &term.text,
            reached: term.reached,
            lookups: term.cost,
            cumulative_lookups: term.cumulative,
            void_lookups: term.voids,
            depends_on_message: term.unknown,
            target: term.target.as_ref(),
            addresses: &term.addresses,
            exchangers: term.exchangers,
            hosts: term.hosts.iter().map(HostPart::new).collect(),
            error: term.failure.as_ref().map(DnsError::to_string),
            child: term.child.as_deref().map(NodePart::new).map(Box::new),
        }
    }
}

impl<'a> HostPart<'a> {
    fn new(host: &'a HostAnswer) -> Self {
        Self {
            name: host.name.as_str(),
            addresses: &host.addresses,
            error: host.failure.as_ref().map(DnsError::to_string),
        }
    }
}

fn networks<S: Serializer>(nets: &[IpNet], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(nets.iter().map(IpNet::to_string))
}
