//! A domain as the rules see it: the facts, with every record read once.

use std::net::IpAddr;

use crate::dkim::key_record::{self, KeyRecord};
use crate::dmarc;
use crate::dns::{Joined, Name, Text};
use crate::facts::{DomainFacts, Fact, Origin, Position, Selector};
use crate::spf::{self, Mechanism, Qualifier};

/// Sending addresses that are looked at.
const MOST_SENDERS: usize = 20;

/// A domain under judgement.
#[derive(Debug)]
pub struct Domain<'a> {
    /// What is known.
    pub facts: &'a DomainFacts,
    /// SPF at the domain itself.
    pub spf: SpfView,
    /// The keys, one entry a TXT record.
    pub keys: Vec<Key<'a>>,
    /// DMARC at `_dmarc.domain`.
    pub dmarc: DmarcView,
    /// The domain says that it takes no mail (RFC 7505).
    pub null_mx: bool,
    /// The domain has nothing to do with mail, or says so; or that cannot be ruled out, because facts are missing.
    pub parked: bool,
    /// The domain has nothing to do with mail, or says so, and nothing is missing that could tell otherwise.
    pub surely_parked: bool,
}

/// The TXT records at a domain, as far as SPF goes.
#[derive(Debug)]
pub struct SpfView {
    /// Those that receivers take for SPF (RFC 7208 §4.5).
    pub records: Vec<SpfText>,
    /// Those that were meant as SPF and are none, with what is wrong.
    pub mistyped: Vec<(Joined, spf::VersionSlip)>,
}

/// An SPF record, read.
#[derive(Debug)]
pub struct SpfText {
    /// The joined text.
    pub joined: Joined,
    /// What it says.
    pub parsed: spf::Parsed,
    /// Where a blank is missing between two character-strings.
    pub missing_blank: Option<spf::MissingBlank>,
}

/// A key record of a selector.
#[derive(Debug)]
pub struct Key<'a> {
    /// The selector that it stands under.
    pub selector: &'a Selector,
    /// The joined text.
    pub text: String,
    /// What it says.
    pub record: KeyRecord,
}

/// The TXT records at `_dmarc.domain`.
#[derive(Debug)]
pub struct DmarcView {
    /// `_dmarc.domain`.
    pub name: Name,
    /// Those that receivers take for DMARC (RFC 9989 §4.7).
    pub records: Vec<DmarcText>,
    /// Those that were meant as DMARC and that receivers ignore.
    pub ignored: Vec<DmarcText>,
}

/// A DMARC record, read.
#[derive(Debug)]
pub struct DmarcText {
    /// The joined text.
    pub text: String,
    /// What it says.
    pub parsed: dmarc::Parsed,
}

impl<'a> Domain<'a> {
    /// Reads the records of the facts.
    pub fn new(facts: &'a DomainFacts) -> Self {
        let spf = SpfView::new(facts.texts.list());
        let keys: Vec<Key<'a>> = facts
            .dkim
            .selectors
            .iter()
            .flat_map(|selector| {
                distinct(selector.texts.list()).map(move |text| {
                    let text = text.to_text();
                    Key { selector, record: key_record::parse(&text), text }
                })
            })
            .collect();
        let dmarc = DmarcView::new(facts);
        let null_mx = matches!(facts.mx.list(), [(_, host)] if host.is_root());
        let mut domain = Self { facts, spf, keys, dmarc, null_mx, parked: false, surely_parked: false };
        domain.surely_parked = domain.is_parked(true);
        domain.parked = domain.is_parked(false);
        domain
    }

    /// The domain's name.
    pub fn name(&self) -> &'a Name {
        &self.facts.domain
    }

    /// Whether the facts come from zone files alone.
    pub fn in_zone_file(&self) -> bool {
        self.facts.origin == Origin::Zone
    }

    /// Whether mail can be expected at this name at all: not below `arpa`, and not at a name that
    /// begins with `_`, which holds records for others.
    pub fn is_mail_name(&self) -> bool {
        let name = &self.facts.domain;
        let reverse = name.labels().last() == Some("arpa");
        !reverse && !name.labels().next().is_some_and(|label| label.starts_with('_') || label == "*")
    }

    /// Whether the domain lies in the closed network of KIM, which uses neither SPF nor DKIM nor DMARC, and whose
    /// servers have private addresses.
    pub fn is_in_closed_network(&self) -> bool {
        is_in_closed_network(&self.facts.domain)
    }

    /// Whether receivers can use a key for mail: it can be read, is the only one at its selector, and allows
    /// SHA-256 and mail (RFC 6376 §3.6.1, RFC 8301 §3.1).
    pub fn serves_mail(&self, key: &Key<'_>) -> bool {
        let beside = |other: &&Key<'_>| {
            std::ptr::eq(other.selector, key.selector) && key_record::is_key_record_like(&other.text)
        };
        key.record.usable_key().is_some()
            && key.record.allows_hash("sha256")
            && key.record.allows_email()
            && self.keys.iter().filter(beside).count() <= 1
    }

    /// The name at which the records of a policy name stand: where its alias leads, else the name itself.
    pub fn owner_of<'n>(&'n self, name: &'n Name) -> &'n Name {
        self.facts.aliases.iter().find(|(alias, _)| alias == name).map_or(name, |(_, end)| end)
    }

    /// Whether a policy name is an alias, so that nothing can be published at it.
    pub fn is_alias(&self, name: &Name) -> bool {
        self.facts.aliases.iter().any(|(alias, _)| alias == name)
    }

    /// Whether somebody said that the domain sends, or its records say so.
    pub fn sends(&self) -> bool {
        let wishes = &self.facts.wishes;
        !wishes.addresses.is_empty()
            || wishes.config.as_ref().is_some_and(|c| !c.ips.is_empty() || !c.providers.is_empty())
            || self.usable_keys().next().is_some()
            || self.spf.records.iter().any(|r| permits_someone(&r.parsed.record))
    }

    /// The addresses that somebody said send, each once.
    pub fn said_to_send(&self) -> Vec<IpAddr> {
        let mut addresses: Vec<IpAddr> = Vec::new();
        for address in self.facts.wishes.addresses.iter().map(IpAddr::to_canonical).take(MOST_SENDERS) {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        addresses
    }

    /// What the domain's SPF comes to for a client; `None` where there is not exactly one sound record, or where it
    /// cannot be told without a message.
    pub fn spf_coverage(&self, client: IpAddr) -> Option<spf::Coverage> {
        let sound =
            |own: &&SpfText| own.parsed.is_valid() && own.parsed.slips.is_empty() && own.missing_blank.is_none();
        self.the_spf().filter(sound)?;
        // Beyond the limits of RFC 7208 §4.6.4 receivers come to no result.
        let tree = self.facts.spf.as_ref().filter(|tree| tree.dns_lookups <= 10 && tree.void_lookups <= 2)?;
        tree.coverage(client)
    }

    /// Whether the domain is a registrable one, or the apex of a zone.
    pub fn is_apex(&self) -> bool {
        self.facts.position == Position::Apex
    }

    /// Whether the DNS says that the domain does not exist.
    pub fn does_not_exist(&self) -> bool {
        let facts = self.facts;
        // "No such name" speaks of the end of the alias chain.
        let alias = facts.aliases.iter().any(|(name, _)| *name == facts.domain);
        !alias && facts.texts.is_no_name() && facts.ipv4.is_no_name() && facts.mx.is_no_name()
    }

    /// Whether the domain has an address.
    pub fn has_address(&self) -> bool {
        self.facts.ipv4.known().is_some() || self.facts.ipv6.known().is_some()
    }

    /// Whether the domain has mail exchangers that take mail.
    pub fn has_mx(&self) -> bool {
        self.facts.mx.known().is_some() && !self.null_mx
    }

    /// The keys that receivers can use.
    pub fn usable_keys(&self) -> impl Iterator<Item = &Key<'a>> {
        self.keys.iter().filter(|key| key.record.usable_key().is_some())
    }

    /// Whether a selector exists whose key may be there though nobody could see it.
    pub fn has_unseen_key(&self) -> bool {
        self.facts.dkim.selectors.iter().any(|s| s.texts.is_unavailable())
    }

    /// The one SPF record, where there is exactly one.
    pub fn the_spf(&self) -> Option<&SpfText> {
        match &*self.spf.records {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The one DMARC record at the domain itself, where there is exactly one.
    pub fn the_dmarc(&self) -> Option<&DmarcText> {
        match &*self.dmarc.records {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Null MX, `parked` in the configuration, or no sign of mail at all. `surely`: nothing that could speak
    /// against it is unknown.
    fn is_parked(&self, surely: bool) -> bool {
        let facts = self.facts;
        let wishes = &facts.wishes;
        if self.null_mx || wishes.config.as_ref().is_some_and(|c| c.parked) {
            return true;
        }
        // Where nobody can see whether there is mail, as with one record out of a zone, nothing speaks for it.
        let unseen = facts.mx.is_unavailable() && facts.ipv4.is_unavailable() && facts.ipv6.is_unavailable();
        if self.in_zone_file() && unseen {
            return false;
        }
        let none = [facts.mx.known().is_none(), facts.ipv4.known().is_none(), facts.ipv6.known().is_none()];
        let silent = none == [true; 3];
        let unknown = facts.mx.is_unavailable()
            || facts.ipv4.is_unavailable()
            || facts.ipv6.is_unavailable()
            || facts.texts.is_unavailable()
            || facts.dkim.node.is_unavailable();
        let said_to_send = !wishes.addresses.is_empty()
            || wishes.config.as_ref().is_some_and(|c| !c.ips.is_empty() || !c.providers.is_empty());
        let has_key = self.usable_keys().next().is_some() || self.has_unseen_key();
        // A record that cannot be read was meant to permit somebody.
        let permits = self.spf.records.iter().any(|r| !r.parsed.is_valid() || permits_someone(&r.parsed.record));
        silent
            && !(surely && unknown)
            && self.is_apex()
            && self.is_mail_name()
            && !said_to_send
            && !has_key
            && !permits
            && !self.does_not_exist()
    }
}

impl SpfView {
    fn new(texts: &[Text]) -> Self {
        let (mut records, mut mistyped) = (Vec::new(), Vec::new());
        for text in distinct(texts) {
            let joined = text.joined();
            if spf::is_spf(&joined.text) {
                let parsed = spf::parse(&joined.text);
                let missing_blank = spf::missing_blank(&joined.text, &joined.starts);
                records.push(SpfText { parsed, missing_blank, joined });
            } else if let Some(slip) = spf::version_slip(&joined.text) {
                mistyped.push((joined, slip));
            }
        }
        Self { records, mistyped }
    }
}

impl DmarcView {
    fn new(facts: &DomainFacts) -> Self {
        let name = facts.domain.prepend("_dmarc").unwrap_or_else(|_| facts.domain.clone());
        let read = distinct(facts.dmarc_texts.list())
            .map(|text| text.to_text())
            .filter(|text| dmarc::looks_like_dmarc(text))
            .map(|text| DmarcText { parsed: dmarc::parse(&text), text });
        let (records, ignored) = read.partition(|read| read.parsed.record.is_some());
        Self { name, records, ignored }
    }
}

/// Whether a name lies below `kim.telematik`.
pub fn is_in_closed_network(name: &Name) -> bool {
    name.as_str() == "kim.telematik" || name.as_str().ends_with(".kim.telematik")
}

/// Whether some term of a record can make somebody pass.
pub fn permits_someone(record: &spf::Record) -> bool {
    record.redirect().is_some()
        || record.directives().any(|(_, qualifier, mechanism)| {
            qualifier == Qualifier::Pass || (qualifier != Qualifier::Fail && !matches!(mechanism, Mechanism::All))
        })
}

/// Records without their identical copies, which are a fault of their own.
fn distinct(texts: &[Text]) -> impl Iterator<Item = &Text> {
    let mut seen = std::collections::HashSet::new();
    texts.iter().filter(move |text| seen.insert(*text))
}

/// Whether any of these facts is unknown.
pub fn unknown<T>(facts: &[&Fact<T>]) -> bool {
    facts.iter().any(|fact| fact.is_unavailable())
}
