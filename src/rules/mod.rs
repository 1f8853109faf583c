//! The rules: pure functions from facts to findings, one file a rule.
//!
//! A rule is declared once, as a [`Rule`] constant in the file that bears its id. The words stand
//! in the message catalogues under the same id (`.title`, `.why`, `.fix`, `.detail`). `check` and
//! `lint` judge by the same list; where a fact is unknown, a rule stays silent.

pub mod blocklist;
mod dkim;
mod dmarc;
pub mod domain;
pub mod hosting;
pub mod message;
pub mod needs;
mod spf;
mod transport;
pub(crate) mod zone;

use std::fmt;

use crate::finding::{Finding, Findings, Severity};
use crate::zonefile::ZoneSet;
use domain::Domain;
use message::MessageView;

/// A rule: what it is called, how bad it is, what it needs and how it judges.
pub struct Rule {
    /// The stable id: file name, page name, key of the messages.
    pub id: &'static str,
    /// The area it belongs to.
    pub area: Area,
    /// The severity where neither the case nor the configuration says otherwise.
    pub severity: Severity,
    /// What can find it.
    pub sources: &'static [Source],
    /// The facts without which it cannot speak.
    pub rests_on: &'static [Need],
    /// What it does to delivery; `check` puts the worst first.
    pub impact: Impact,
    /// The standards behind it.
    pub references: &'static [Reference],
    /// How it judges.
    pub judge: Judge,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The areas, in the order they are listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Area {
    Spf,
    Dkim,
    Dmarc,
    Transport,
    Zone,
    Message,
}

impl Area {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spf => "spf",
            Self::Dkim => "dkim",
            Self::Dmarc => "dmarc",
            Self::Transport => "transport",
            Self::Zone => "zone",
            Self::Message => "message",
        }
    }
}

/// What a fault does to the mail, and how likely within its class: from 0 to 9, 9 first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Costs no mail today.
    Tidy(u8),
    /// Takes protection or reserve away.
    Weakened(u8),
    /// Filters count it against the sender.
    Spam(u8),
    /// Receivers refuse the mail, or authentication fails outright.
    Refused(u8),
}

/// What can make a rule speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A zone file alone: `lint`.
    Zone,
    /// Answers of the DNS: `check`.
    Dns,
    /// A message: `verify`, `explain`, `sign`.
    Message,
    /// Answers of the DNS, held against the yardstick of `check --profile`: what no standard asks for.
    Profile,
}

/// A group of facts that can be missing for a reason of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// Whether the domain exists; its TXT records.
    Texts,
    /// The SPF records of included domains, and the names that terms look up.
    SpfTree,
    /// The mail exchangers and their addresses.
    Mx,
    /// The keys of selectors that somebody named.
    NamedKeys,
    /// The keys of selectors that were guessed.
    GuessedKeys,
    /// The DMARC records of the walk.
    Dmarc,
    /// The permissions of external report destinations, and whether they take mail.
    ReportTargets,
    /// The reverse names of sending addresses.
    ReverseNames,
    /// MTA-STS record.
    MtaSts,
    /// MTA-STS policy file.
    MtaStsPolicy,
    /// TLS-RPT record.
    TlsRpt,
    /// BIMI record.
    Bimi,
    /// TLSA records of the mail exchangers.
    Tlsa,
    /// Whether the zone is signed.
    Dnssec,
    /// Blocklists.
    Blocklists,
    /// The zone's own name servers.
    OwnServers,
    /// SMTP probes.
    Smtp,
    /// SPF records of sending hosts' own names.
    Helo,
}

/// A section of a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// `RFC 7208`.
    pub document: &'static str,
    /// `4.6.4`; empty for the whole document.
    pub section: &'static str,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.document)?;
        if self.section.is_empty() { Ok(()) } else { write!(f, " §{}", self.section) }
    }
}

/// A section of an RFC, or of another document.
pub const fn section(document: &'static str, section: &'static str) -> Reference {
    Reference { document, section }
}

/// What a rule judges.
#[derive(Debug, Clone, Copy)]
pub enum Judge {
    /// A domain: the facts of `check`, or of `lint` for each mail domain of a zone.
    Domain(fn(&Domain<'_>, &mut Findings<'_>)),
    /// The entries of zone files.
    Zone(fn(&ZoneSet, &mut Findings<'_>)),
    /// A domain in `check`, the entries of zone files in `lint`: for what may concern several domains.
    Either(fn(&Domain<'_>, &mut Findings<'_>), fn(&ZoneSet, &mut Findings<'_>)),
    /// A message: judged where it is verified.
    Message(fn(&MessageView<'_>, &mut Findings<'_>)),
}

impl Rule {
    /// Whether what the rule asks for makes no sense in a closed network.
    fn is_of_the_open_internet(&self) -> bool {
        matches!(self.area, Area::Spf | Area::Dkim | Area::Dmarc)
            || matches!(
                self.id,
                "mx-private-address" | "null-mx-incomplete" | "mx-missing" | "mta-sts-missing" | "tls-rpt-missing"
            )
    }
}

/// Findings of one rule about one domain; a record of a thousand slips is wrong in one way.
const MOST_FINDINGS: usize = 20;

/// All rules, in the order of their areas.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [spf::RULES, dkim::RULES, dmarc::RULES, transport::RULES, zone::RULES, message::RULES]
        .into_iter()
        .flatten()
        .copied()
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// What the rules find in a domain, those that this source can find.
pub fn judge_domain(domain: &Domain<'_>, source: Source) -> Vec<Finding> {
    let mut list = Vec::new();
    let closed = domain.is_in_closed_network();
    for rule in all().filter(|rule| rule.sources.contains(&source) && !(closed && rule.is_of_the_open_internet())) {
        match rule.judge {
            Judge::Domain(judge) => judge(domain, &mut Findings::new(rule, &mut list)),
            Judge::Either(judge, _) if source == Source::Dns => judge(domain, &mut Findings::new(rule, &mut list)),
            _ => {}
        }
    }
    list
}

/// What the rules find in a message.
pub fn judge_message(message: &MessageView<'_>) -> Vec<Finding> {
    let mut list = Vec::new();
    for rule in all() {
        if let Judge::Message(judge) = rule.judge {
            judge(message, &mut Findings::new(rule, &mut list));
        }
    }
    list
}

/// What the rules find in the entries of zone files.
pub fn judge_zone(set: &ZoneSet) -> Vec<Finding> {
    let mut list = Vec::new();
    for rule in all() {
        if let Judge::Zone(judge) | Judge::Either(_, judge) = rule.judge {
            judge(set, &mut Findings::new(rule, &mut list));
        }
    }
    list
}
