//! The facts about one domain.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;

use super::Fact;
use super::transport::{Dnssec, OwnAnswers, SmtpFacts, TlsaFacts};
use crate::config::DomainConfig;
use crate::dkim::keys::PublicKey;
use crate::dmarc::legacy::Legacy;
use crate::dmarc::{Authorisation, Destination, Discovery};
use crate::dns::{Name, Text};
use crate::net::policy::{FetchFault, PolicyFile};
use crate::spf::Tree;

/// Where the facts come from; some faults can be seen in a zone file alone, some only in the DNS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The DNS.
    Dns,
    /// Zone files, and nothing else.
    Zone,
}

/// Where a name stands among the names of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// A registrable domain, or the apex of a zone.
    Apex,
    /// A name below an apex that is used for mail by itself.
    Below(Name),
}

/// What the caller said about the domain.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Selectors that were named, on the command line or in the configuration.
    pub selectors: Vec<String>,
    /// Addresses that were said to send.
    pub addresses: Vec<IpAddr>,
    /// The desired state.
    pub config: Option<DomainConfig>,
    /// The folder that key files of the desired state are relative to.
    pub folder: PathBuf,
}

impl Wishes {
    /// The selectors that somebody named: on the command line, else in the configuration.
    pub fn named_selectors(&self) -> Vec<String> {
        if !self.selectors.is_empty() {
            return self.selectors.clone();
        }
        self.config.iter().flat_map(|config| &config.dkim).map(|key| key.selector.clone()).collect()
    }
}

/// Why a selector was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Somebody named it.
    Named,
    /// It stands in the zone file.
    InZone,
    /// It is typical for a provider that MX or SPF give away.
    Provider,
    /// It stands on the list of well-known selectors.
    WellKnown,
}

/// A selector and what is published under it.
#[derive(Debug, Clone)]
pub struct Selector {
    /// The selector.
    pub selector: String,
    /// `selector._domainkey.domain`.
    pub name: Name,
    /// Why it was asked for.
    pub why: Why,
    /// The TXT records, through aliases.
    pub texts: Fact<Vec<Text>>,
    /// The name that the selector's CNAME points to, where it has one.
    pub alias: Option<Name>,
    /// The name at which the texts stand: the end of the aliases, else the selector's own.
    pub owner: Name,
    /// The public half of the private key that the configuration signs with.
    pub expected_key: Option<PublicKey>,
}

/// DKIM keys, and what was asked to find them.
#[derive(Debug, Clone)]
pub struct DkimFacts {
    /// Whether `_domainkey.domain` exists; absent with "no name" means that no key can.
    pub node: Fact<()>,
    /// What a selector that nobody uses answers: known means a wildcard.
    pub wildcard: Fact<Vec<Text>>,
    /// The target of the CNAME that a selector that nobody uses has, where `_domainkey.domain` has none itself.
    pub wildcard_alias: Option<Name>,
    /// The selectors that were asked for and have records or trouble; the others are only counted.
    pub selectors: Vec<Selector>,
    /// How many selectors were asked for that have nothing.
    pub without_key: Vec<String>,
    /// Key records at names where no verifier looks.
    pub misplaced: Vec<(Name, Text)>,
}

/// A mail exchanger.
#[derive(Debug, Clone)]
pub struct MxHost {
    /// Its preference.
    pub preference: u16,
    /// Its name.
    pub host: Name,
    /// The target of its CNAME, which RFC 5321 §5.1 forbids.
    pub alias: Option<Name>,
    /// Where its aliases end, as far as anybody could follow them.
    pub canonical: Option<Name>,
    /// Its IPv4 addresses.
    pub ipv4: Fact<Vec<Ipv4Addr>>,
    /// Its IPv6 addresses.
    pub ipv6: Fact<Vec<Ipv6Addr>>,
    /// Its TLSA records; `None` where nobody asked (zone files alone).
    pub tlsa: Option<TlsaFacts>,
    /// What its server showed; `None` without `--probe-smtp`.
    pub smtp: Option<Fact<SmtpFacts>>,
}

impl MxHost {
    /// Its addresses, IPv4 first.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        let v4 = self.ipv4.list().iter().map(|a| IpAddr::V4(*a));
        v4.chain(self.ipv6.list().iter().map(|a| IpAddr::V6(*a)))
    }
}

/// An address that sends mail for the domain.
#[derive(Debug, Clone)]
pub struct SendingHost {
    /// The address.
    pub address: IpAddr,
    /// The names that the address has.
    pub names: Fact<Vec<Name>>,
    /// The addresses that those names have, in the same order, of the address's family.
    pub forward: Vec<Fact<Vec<IpAddr>>>,
    /// The TXT records of the first name that leads back, for its own SPF.
    pub helo_texts: Option<(Name, Fact<Vec<Text>>)>,
}

impl SendingHost {
    /// The first name that leads back to the address.
    pub fn confirmed_name(&self) -> Option<&Name> {
        self.names.list().iter().zip(&self.forward).find(|(_, f)| f.list().contains(&self.address)).map(|(n, _)| n)
    }
}

/// A destination of DMARC reports.
#[derive(Debug, Clone)]
pub struct ReportTarget {
    /// The destination as the record names it.
    pub destination: Destination,
    /// Its domain.
    pub host: Name,
    /// Whether it stands in `rua` (else in `ruf`).
    pub aggregate: bool,
    /// Whether it may be sent to (RFC 9990 §4).
    pub permission: Authorisation,
    /// Whether the domain can take mail: an MX that is not null, or an address.
    pub takes_mail: Fact<bool>,
}

/// What a blocklist says of an address or a domain.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The list's id in the data.
    pub list: &'static str,
    /// The address or the domain.
    pub subject: String,
    /// The answer: none where it is not listed.
    pub answer: Fact<Vec<IpAddr>>,
    /// What the list answers to the names that have to be listed (RFC 5782 §5).
    pub test_listed: Vec<Fact<Vec<IpAddr>>>,
    /// What it answers to the names that must not be.
    pub test_clear: Vec<Fact<Vec<IpAddr>>>,
}

/// All that is known of a domain.
#[derive(Debug, Clone)]
pub struct DomainFacts {
    /// The domain.
    pub domain: Name,
    /// Where the facts come from.
    pub origin: Origin,
    /// Where the domain stands.
    pub position: Position,
    /// The registrable domain by the public suffix list; none for a suffix itself.
    pub registrable: Option<Name>,
    /// What the caller said.
    pub wishes: Wishes,
    /// TXT records at the domain.
    pub texts: Fact<Vec<Text>>,
    /// Records of the obsolete type SPF.
    pub type99: Fact<Vec<Text>>,
    /// The SPF tree, where there is one record.
    pub spf: Option<Tree>,
    /// IPv4 addresses of the domain.
    pub ipv4: Fact<Vec<Ipv4Addr>>,
    /// IPv6 addresses of the domain.
    pub ipv6: Fact<Vec<Ipv6Addr>>,
    /// Mail exchangers: preference and name.
    pub mx: Fact<Vec<(u16, Name)>>,
    /// What is known of them (none for a null MX).
    pub mx_hosts: Vec<MxHost>,
    /// DKIM keys.
    pub dkim: DkimFacts,
    /// The DMARC walk and what came of it.
    pub dmarc: Discovery,
    /// What receivers find that go by RFC 7489 and the public suffix list.
    pub legacy: Legacy,
    /// Names of policy records that are aliases, each with the last name that is known of the way.
    pub aliases: Vec<(Name, Name)>,
    /// TXT records at `_dmarc.domain`.
    pub dmarc_texts: Fact<Vec<Text>>,
    /// DMARC records at names where no receiver looks.
    pub dmarc_misplaced: Vec<(Name, Text)>,
    /// Where reports go.
    pub report_targets: Vec<ReportTarget>,
    /// TXT records at `_mta-sts.domain`.
    pub mta_sts: Fact<Vec<Text>>,
    /// The policy file of MTA-STS; `None` where no valid record announces one, or nobody fetches it.
    pub mta_sts_policy: Option<Fact<Result<PolicyFile, FetchFault>>>,
    /// TXT records at `_smtp._tls.domain`.
    pub tls_rpt: Fact<Vec<Text>>,
    /// TXT records at `default._bimi.domain`.
    pub bimi: Fact<Vec<Text>>,
    /// BIMI records under other selectors, where a zone file shows them.
    pub bimi_others: Vec<(Name, Text)>,
    /// The addresses that send.
    pub senders: Vec<SendingHost>,
    /// Whether the zone is signed.
    pub dnssec: Dnssec,
    /// What the zone's own name servers answer, where they were asked.
    pub own_servers: Vec<OwnAnswers>,
    /// What blocklists say of the addresses and the domain; empty where none were asked.
    pub listings: Vec<Listing>,
    /// A bound cut something off.
    pub cut: bool,
}
