//! DNS blocklists: the question, the answer and the health of a list (RFC 5782).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer};

use super::Severity;
use crate::dns::Name;

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("blocklists.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub list: Vec<Blocklist>,
    #[serde(default)]
    pub dead: Vec<DeadList>,
}

/// A blocklist that lives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocklist {
    /// Stable id.
    pub id: String,
    /// The list's own name.
    pub name: String,
    /// The zone that queries end in.
    pub zone: String,
    /// What it lists.
    pub kind: ListKind,
    /// Whether it can be asked for IPv6 addresses.
    #[serde(default)]
    pub ipv6: bool,
    /// Whether it is asked by default.
    pub asked: bool,
    /// The answers that are listings.
    pub codes: Vec<Code>,
    /// The answers that speak of the asker.
    #[serde(default)]
    pub refusals: Vec<Refusal>,
    /// Domains of which at least one has to be listed; empty for address lists.
    #[serde(default)]
    pub test_listed: Vec<String>,
    /// Domains that must not be listed; empty for address lists.
    #[serde(default)]
    pub test_clear: Vec<String>,
    /// Title of the operator's page for removal; `None` where entries can only age out.
    pub removal: Option<String>,
    /// That page's address, where it is known.
    pub removal_url: Option<String>,
    /// What else is worth knowing.
    pub note: Option<String>,
    /// Whether zone and codes were seen in documents.
    pub verified: bool,
    /// Where they were seen.
    pub source: String,
    /// The day they were looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// A list that is gone; to be named, never to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadList {
    /// Stable id.
    pub id: String,
    /// The list's own name.
    pub name: String,
    /// The zone that queries ended in.
    pub zone: String,
    /// The day it ended, as far as known.
    pub since: Option<String>,
    /// Whether a document says so.
    pub verified: bool,
    /// Which.
    pub source: String,
    /// The day it was looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// What a list lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    /// Addresses.
    Ip,
    /// Domains.
    Domain,
}

/// An answer that is a listing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The answer's form.
    pub answer: AnswerForm,
    /// Id within the list; with the list's id it names the text `blocklist-<list>-<code>`.
    pub id: String,
    /// How grave it is.
    pub severity: Severity,
    /// What it means, in English.
    pub meaning: String,
}

/// An answer that speaks of the asker.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The answer's form.
    pub answer: AnswerForm,
    /// Id of the reason; names the text `blocklist-refused-<reason>`.
    pub reason: String,
}

/// Which addresses an entry of the data means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerForm {
    /// The addresses from the first to the last, both included.
    Range(Ipv4Addr, Ipv4Addr),
    /// `127.0.0.x` whose last octet holds this bit.
    Bit(u8),
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Listed; the gravest code first.
    Listed(Vec<&'a Code>),
    /// The list refused the question: nothing is known. The id of the reason.
    Refused(&'a str),
    /// An address outside 127.0.0.0/8: somebody else answers in the list's place.
    Hijacked(IpAddr),
    /// Not listed. Worth something only when the list is [`Health::Sound`] through the same resolver.
    NotListed,
    /// An answer that the data does not know.
    Unknown(IpAddr),
}

/// Whether a list's answers mean anything through the resolver that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health<'a> {
    /// The test points answer as they should.
    Sound,
    /// The list refuses the asker. The id of the reason.
    Refused(&'a str),
    /// Somebody else answers.
    Hijacked(IpAddr),
    /// A test point is wrong: everything or nothing is listed.
    Broken,
}

/// Whom a list is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A sending address.
    Address(IpAddr),
    /// A domain.
    Domain(&'a Name),
}

/// Every living list, in the order of the data.
pub fn all() -> &'static [Blocklist] {
    &table().list
}

/// The lists that are asked by default.
pub fn asked() -> impl Iterator<Item = &'static Blocklist> {
    all().iter().filter(|list| list.asked)
}

/// The lists that are gone.
pub fn dead() -> &'static [DeadList] {
    &table().dead
}

/// The living list with this id.
pub fn by_id(id: &str) -> Option<&'static Blocklist> {
    all().iter().find(|list| list.id == id)
}

/// The living list whose zone is named somewhere in a text, such as a bounce.
pub fn named_in(text: &str) -> Option<&'static Blocklist> {
    let text = text.to_ascii_lowercase();
    all().iter().find(|list| text.contains(&list.zone))
}

/// The dead list whose zone is named somewhere in a text: the receiver's filter is out of date.
pub fn dead_named_in(text: &str) -> Option<&'static DeadList> {
    let text = text.to_ascii_lowercase();
    dead().iter().find(|list| text.contains(&list.zone))
}

/// Reads the addresses of an answer; an empty slice stands for NXDOMAIN or an empty answer.
///
/// Temporary failures are the caller's: they are unknown and never reach this function.
pub fn judge<'a>(list: &'a Blocklist, answer: &[IpAddr]) -> Verdict<'a> {
    if answer.is_empty() {
        return Verdict::NotListed;
    }
    let mut octets = Vec::with_capacity(answer.len());
    for &address in answer {
        // RFC 5782 §2.1: the answer lies in 127.0.0.0/8.
        match address {
            IpAddr::V4(v4) if v4.is_loopback() => octets.push(v4),
            other => return Verdict::Hijacked(other),
        }
    }
    for &address in &octets {
        let known =
            list.refusals.iter().find(|r| matches!(r.answer, AnswerForm::Range(..)) && r.answer.covers(address));
        if let Some(refusal) = known {
            return Verdict::Refused(&refusal.reason);
        }
        // Operators keep 127.255.255.0/24 for errors, and RFC 5782 §5 keeps 127.0.0.1 off every list.
        if address.octets()[..3] == [127, 255, 255] || address == Ipv4Addr::LOCALHOST {
            return Verdict::Refused("unexplained");
        }
    }
    let mut hits: Vec<&Code> =
        list.codes.iter().filter(|code| octets.iter().any(|&address| code.answer.covers(address))).collect();
    if hits.is_empty() {
        return octets.first().map_or(Verdict::NotListed, |&address| Verdict::Unknown(address.into()));
    }
    hits.sort_by_key(|code| std::cmp::Reverse(code.severity));
    Verdict::Listed(hits)
}

/// Judges a list by the answers to its test points, as [`Blocklist::test_points`] names them.
///
/// `listed` are the answers for the points that have to be listed, of which one suffices, `clear` for those that must
/// not be (RFC 5782 §5). A point whose question failed is left out; without any answer for `listed` the list is broken.
pub fn health<'a>(list: &'a Blocklist, listed: &[&[IpAddr]], clear: &[&[IpAddr]]) -> Health<'a> {
    let mut sound = false;
    for answer in listed {
        match judge(list, answer) {
            // The test entry's code need not be one of the published ones.
            Verdict::Listed(_) | Verdict::Unknown(_) => sound = true,
            Verdict::Refused(reason) => return Health::Refused(reason),
            Verdict::Hijacked(address) => return Health::Hijacked(address),
            Verdict::NotListed => {}
        }
    }
    for answer in clear {
        match judge(list, answer) {
            Verdict::NotListed => {}
            Verdict::Refused(reason) if reason != "unexplained" => return Health::Refused(reason),
            Verdict::Hijacked(address) => return Health::Hijacked(address),
            _ => return Health::Broken,
        }
    }
    if sound { Health::Sound } else { Health::Broken }
}

impl Blocklist {
    /// The name to ask for an `A` record (RFC 5782 §2.1, §2.4, §3).
    ///
    /// `None` where the list does not take such a subject: a domain list never sees an address, an address list without
    /// IPv6 no IPv6 address, and a name that would grow beyond the limits of DNS is not asked.
    pub fn query_name(&self, subject: Subject<'_>) -> Option<Name> {
        let prefix = match (self.kind, subject) {
            (ListKind::Ip, Subject::Address(IpAddr::V4(address))) => reversed(address),
            (ListKind::Ip, Subject::Address(IpAddr::V6(address))) => match address.to_ipv4_mapped() {
                Some(mapped) => reversed(mapped),
                None if self.ipv6 => nibbles(address),
                None => return None,
            },
            (ListKind::Domain, Subject::Domain(domain)) if !domain.is_root() => domain.as_str().to_owned(),
            _ => return None,
        };
        Name::parse(&format!("{prefix}.{}", self.zone)).ok()
    }

    /// The names to ask before the list is believed: those that have to be listed, and those that must not be.
    pub fn test_points(&self) -> (Vec<Name>, Vec<Name>) {
        let below = |text: &str| Name::parse(&format!("{text}.{}", self.zone)).ok();
        let names = |points: &[String]| points.iter().filter_map(|point| below(point)).collect();
        match self.kind {
            ListKind::Domain => (names(&self.test_listed), names(&self.test_clear)),
            // RFC 5782 §5.
            ListKind::Ip => (below("2.0.0.127").into_iter().collect(), below("1.0.0.127").into_iter().collect()),
        }
    }
}

impl Verdict<'_> {
    /// How grave a listing is; `None` for everything that is no listing.
    pub fn severity(&self) -> Option<Severity> {
        match self {
            Verdict::Listed(codes) => codes.first().map(|code| code.severity),
            _ => None,
        }
    }
}

impl AnswerForm {
    fn covers(self, address: Ipv4Addr) -> bool {
        match self {
            AnswerForm::Range(first, last) => (first..=last).contains(&address),
            AnswerForm::Bit(bit) => matches!(address.octets(), [127, 0, 0, field] if field & bit != 0),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(bit) = text.strip_prefix("bit ") {
            return bit.parse().ok().filter(|bit: &u8| bit.is_power_of_two()).map(AnswerForm::Bit);
        }
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last): (Ipv4Addr, Ipv4Addr) = (first.parse().ok()?, last.parse().ok()?);
        (first.is_loopback() && last.is_loopback() && first <= last).then_some(AnswerForm::Range(first, last))
    }
}

impl<'de> Deserialize<'de> for AnswerForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("no form of an answer: {text}")))
    }
}

fn table() -> &'static Table {
    TABLE.get_or_init(|| super::load(DATA))
}

fn reversed(address: Ipv4Addr) -> String {
    let [a, b, c, d] = address.octets();
    format!("{d}.{c}.{b}.{a}")
}

fn nibbles(address: Ipv6Addr) -> String {
    let mut text = String::with_capacity(63);
    for octet in address.octets().iter().rev() {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(&format!("{:x}.{:x}", octet & 15, octet >> 4));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn every_code_is_judged_as_the_data_says() {
        for list in all() {
            for code in &list.codes {
                let answers = match code.answer {
                    AnswerForm::Range(first, last) => vec![first, last],
                    AnswerForm::Bit(bit) => vec![Ipv4Addr::new(127, 0, 0, bit)],
                };
                for answer in answers {
                    if list.refusals.iter().any(|r| r.answer.covers(answer)) || answer == Ipv4Addr::LOCALHOST {
                        continue;
                    }
                    let verdict = judge(list, &[answer.into()]);
                    assert_eq!(verdict, Verdict::Listed(vec![code]), "{} {answer}", list.id);
                    assert_eq!(verdict.severity(), Some(code.severity));
                }
            }
            for refusal in &list.refusals {
                let AnswerForm::Range(first, last) = refusal.answer else { panic!("{}", list.id) };
                for answer in [first, last] {
                    let verdict = judge(list, &[answer.into()]);
                    assert_eq!(verdict, Verdict::Refused(&refusal.reason), "{} {answer}", list.id);
                    assert_eq!(verdict.severity(), None);
                }
            }
        }
    }

    #[test]
    fn refusals_and_foreign_answers_are_no_listing_of_any_list() {
        for list in all() {
            for answer in ["127.255.255.1", "127.255.255.252", "127.255.255.254", "127.255.255.255", "127.0.0.1"] {
                assert!(matches!(judge(list, &[ip(answer)]), Verdict::Refused(_)), "{} {answer}", list.id);
                let mixed = [ip("127.0.0.2"), ip(answer)];
                assert!(matches!(judge(list, &mixed), Verdict::Refused(_)), "{} {answer}", list.id);
            }
            for answer in ["192.0.2.1", "128.0.0.2", "2001:db8::2", "::1", "::ffff:127.0.0.2"] {
                assert_eq!(judge(list, &[ip(answer)]), Verdict::Hijacked(ip(answer)), "{} {answer}", list.id);
            }
            assert_eq!(judge(list, &[]), Verdict::NotListed);
            assert_eq!(judge(list, &[ip("127.9.9.9")]), Verdict::Unknown(ip("127.9.9.9")), "{}", list.id);
        }
    }

    #[test]
    fn gravest_code_comes_first() {
        let surbl = by_id("surbl").unwrap();
        let Verdict::Listed(codes) = judge(surbl, &[ip("127.0.0.12")]) else { panic!() };
        assert_eq!(codes.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["phishing", "disposable"]);
        let zen = by_id("spamhaus-zen").unwrap();
        let Verdict::Listed(codes) = judge(zen, &[ip("127.0.0.2"), ip("127.0.0.4"), ip("127.0.0.10")]) else {
            panic!()
        };
        assert_eq!(codes.len(), 3);
    }

    #[test]
    fn queries_are_built_as_the_rfc_says() {
        let zen = by_id("spamhaus-zen").unwrap();
        let ask = |list: &Blocklist, subject| list.query_name(subject).map(|n| n.to_string());
        assert_eq!(ask(zen, Subject::Address(ip("192.0.2.99"))).unwrap(), "99.2.0.192.zen.spamhaus.org");
        assert_eq!(ask(zen, Subject::Address(ip("::ffff:192.0.2.99"))).unwrap(), "99.2.0.192.zen.spamhaus.org");
        assert_eq!(
            ask(zen, Subject::Address(ip("2001:db8:1:2:3:4:567:89ab"))).unwrap(),
            "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.zen.spamhaus.org"
        );
        assert_eq!(ask(by_id("spamcop").unwrap(), Subject::Address(ip("2001:db8::1"))), None);
        let domain = Name::parse("example.de").unwrap();
        let dbl = by_id("spamhaus-dbl").unwrap();
        assert_eq!(ask(dbl, Subject::Domain(&domain)).unwrap(), "example.de.dbl.spamhaus.org");
        assert_eq!(ask(dbl, Subject::Address(ip("192.0.2.1"))), None);
        assert_eq!(ask(zen, Subject::Domain(&domain)), None);
        let long = Name::parse(&vec!["a".repeat(60); 4].join(".")).unwrap();
        assert_eq!(ask(dbl, Subject::Domain(&long)), None);
    }

    #[test]
    fn health_rests_on_the_test_points() {
        let zen = by_id("spamhaus-zen").unwrap();
        let (listed, clear) = zen.test_points();
        assert_eq!(listed[0].as_str(), "2.0.0.127.zen.spamhaus.org");
        assert_eq!(clear[0].as_str(), "1.0.0.127.zen.spamhaus.org");
        let yes: &[IpAddr] = &[ip("127.0.0.2")];
        let refused: &[IpAddr] = &[ip("127.255.255.254")];
        let parked: &[IpAddr] = &[ip("192.0.2.1")];
        assert_eq!(health(zen, &[yes], &[&[]]), Health::Sound);
        assert_eq!(health(zen, &[&[], yes], &[&[]]), Health::Sound);
        assert_eq!(health(zen, &[&[]], &[&[]]), Health::Broken);
        assert_eq!(health(zen, &[], &[]), Health::Broken);
        assert_eq!(health(zen, &[yes], &[yes]), Health::Broken);
        assert_eq!(health(zen, &[yes], &[&[ip("127.0.0.1")]]), Health::Broken);
        assert_eq!(health(zen, &[refused], &[refused]), Health::Refused("public-resolver"));
        assert_eq!(health(zen, &[parked], &[parked]), Health::Hijacked(ip("192.0.2.1")));
    }

    #[test]
    fn only_sound_rows_are_asked() {
        assert!(asked().count() >= 6);
        for list in all() {
            assert!(!list.asked || list.verified, "{}", list.id);
            assert!(!list.zone.contains('<'));
            assert_eq!(list.kind == ListKind::Domain && list.asked, !list.test_listed.is_empty(), "{}", list.id);
            assert!(!list.codes.is_empty() && Name::parse(&list.zone).is_ok());
            assert!(dead().iter().all(|gone| gone.zone != list.zone && gone.id != list.id));
            // Lists that take in neighbours are never an error.
            if list.id.starts_with("uceprotect") {
                assert!(list.codes.iter().all(|code| code.severity < Severity::Error));
            }
        }
        for gone in dead() {
            assert!(gone.since.as_ref().is_none_or(|day| day.parse::<jiff::civil::Date>().is_ok()));
        }
        assert_eq!(dead_named_in("blocked using IX.dnsbl.manitu.net").unwrap().id, "nixspam");
        assert_eq!(named_in("blocked using zen.spamhaus.org").unwrap().id, "spamhaus-zen");
    }
}
