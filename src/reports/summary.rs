//! The sum of all reports: what `mailauth report --format json` prints, and more.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use super::classify::{Class, Evidence, classify};
use super::fault::Omission;
use super::feedback::{PolicyPublished, canonical_ip};
use super::table::{Entry, Names, Sets};

/// All that the reports say, summed up by domain and sender.
///
/// Serialises as the document `mailauth.report/1`. The senders are kept in one compact list; [`Domain::sources`] and
/// [`Source`] are views of it.
#[derive(Debug, Default)]
pub struct Summary {
    /// Reports that were counted, aggregate and TLS reports together.
    pub reports: u64,
    /// Of these, DMARC aggregate reports.
    pub aggregate_reports: u64,
    /// Of these, TLS reports.
    pub tls_reports: u64,
    /// Reports that had been read before, and are not counted again.
    pub duplicates: u64,
    /// Reports outside the options' domains or time.
    pub filtered: u64,
    /// The time that the reports cover, or `None` where none says.
    pub period: Option<Period>,
    /// TLS reports by domain and kind of policy.
    pub tls: Vec<TlsDomain>,
    /// What was not counted, and why; in the order of the input.
    pub skipped: Vec<Skipped>,
    /// How many more were not counted than `skipped` names.
    pub skipped_more: u64,
    /// More reports than are remembered for finding those that come twice.
    pub duplicates_unchecked: bool,
    pub(crate) domains: Vec<DomainSums>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) names: Names,
    pub(crate) sets: Sets,
}

/// From the first begin to the last end of the reports' ranges, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The earliest begin.
    pub begin: i64,
    /// The latest end.
    pub end: i64,
}

/// Something that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file, and after `: ` what of it.
    pub file: String,
    /// Why, in English.
    pub reason: String,
    /// The same, for who words it in another language; none where the summary was read from JSON.
    #[serde(skip)]
    pub omission: Option<Omission>,
}

impl Skipped {
    pub(crate) fn new(file: &str, omission: Omission) -> Self {
        Self { file: file.to_owned(), reason: omission.to_string(), omission: Some(omission) }
    }
}

/// The TLS reports on one domain under one kind of policy (RFC 8460 §4.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsDomain {
    /// The policy domain.
    pub domain: String,
    /// `sts`, `tlsa`, `no-policy-found`, or what the report says.
    pub policy_type: String,
    /// Sessions that went well.
    pub successful: u64,
    /// Sessions that did not.
    pub failed: u64,
    /// What failed, the most first.
    pub failures: Vec<TlsFailures>,
    /// `failures` does not hold everything.
    pub cut: bool,
}

/// How often one thing failed at one MX.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsFailures {
    /// The result type of RFC 8460 §4.3.
    #[serde(rename = "type")]
    pub kind: String,
    /// `receiving-mx-hostname`.
    pub mx: Option<String>,
    /// Sessions.
    pub count: u64,
}

/// The messages of one day, by the begin of the reports' ranges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Messages.
    pub messages: u64,
    /// Messages that passed DMARC.
    pub pass: u64,
}

/// What is kept of a domain besides its senders.
#[derive(Debug, Clone, Default)]
pub(crate) struct DomainSums {
    pub(crate) name: u32,
    pub(crate) messages: u64,
    pub(crate) pass: u64,
    pub(crate) reporters: BTreeMap<String, u64>,
    pub(crate) days: BTreeMap<i64, Day>,
    pub(crate) cut: bool,
    /// The newest policy, and the order in which it is the newest.
    pub(crate) policy: Option<((i64, i64), PolicyPublished)>,
    /// Range in `Summary::entries`.
    pub(crate) range: (usize, usize),
}

/// The sums of one policy domain.
#[derive(Clone, Copy)]
pub struct Domain<'a> {
    summary: &'a Summary,
    sums: &'a DomainSums,
}

/// One sender's messages under one policy domain.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    summary: &'a Summary,
    entry: &'a Entry,
}

/// One signature's result as the reports give it: raw, not aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DkimResult<'a> {
    /// `d=`
    pub domain: &'a str,
    /// `s=`, or nothing where the report has none.
    pub selector: Option<&'a str>,
    /// `pass`, `fail`, …
    pub result: &'a str,
}

/// SPF's result as the reports give it: raw, not aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SpfResult<'a> {
    /// The domain that was checked.
    pub domain: &'a str,
    /// `pass`, `fail`, …
    pub result: &'a str,
}

/// What became of a sender's messages (RFC 9990 §3.1.1.7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispositions {
    /// Delivered; no policy asked otherwise.
    pub none: u64,
    /// Passed DMARC under an enforcing policy.
    pub pass: u64,
    /// Put aside.
    pub quarantine: u64,
    /// Refused.
    pub reject: u64,
    /// Another word in the report.
    pub other: u64,
}

impl Summary {
    /// The domains by name.
    pub fn domains(&self) -> impl ExactSizeIterator<Item = Domain<'_>> {
        self.domains.iter().map(|sums| Domain { summary: self, sums })
    }

    /// The domain of this name, in lower-case A-labels.
    pub fn domain(&self, name: &str) -> Option<Domain<'_>> {
        self.domains().find(|domain| domain.name() == name)
    }

    fn texts(&self, set: u32) -> impl Iterator<Item = &str> + Clone {
        self.sets.get(set).iter().map(|&name| self.names.get(name))
    }
}

impl<'a> Domain<'a> {
    /// The policy domain, lower-case A-labels.
    pub fn name(&self) -> &'a str {
        self.summary.names.get(self.sums.name)
    }

    /// All messages.
    pub fn messages(&self) -> u64 {
        self.sums.messages
    }

    /// Messages with an aligned pass of DKIM or SPF.
    pub fn pass(&self) -> u64 {
        self.sums.pass
    }

    /// Messages without.
    pub fn fail(&self) -> u64 {
        self.sums.messages - self.sums.pass
    }

    /// The policy in the newest report.
    pub fn policy(&self) -> Option<&'a PolicyPublished> {
        self.sums.policy.as_ref().map(|(_, policy)| policy)
    }

    /// Who reported, with the number of reports, by name.
    pub fn reporters(&self) -> impl Iterator<Item = (&'a str, u64)> {
        self.sums.reporters.iter().map(|(name, n)| (name.as_str(), *n))
    }

    /// The days with messages: days since 1970-01-01 and their sums.
    pub fn days(&self) -> impl ExactSizeIterator<Item = (i64, Day)> {
        self.sums.days.iter().map(|(day, sums)| (*day, *sums))
    }

    /// Reporters or days are not all there were.
    pub fn is_cut(&self) -> bool {
        self.sums.cut
    }

    /// The senders, those with most messages first.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = Source<'a>> + use<'a> {
        let summary = self.summary;
        let entries = summary.entries.get(self.sums.range.0..self.sums.range.1).unwrap_or(&[]);
        entries.iter().map(move |entry| Source { summary, entry })
    }
}

impl<'a> Source<'a> {
    /// The address; IPv4-mapped ones as IPv4.
    pub fn ip(&self) -> IpAddr {
        canonical_ip(self.entry.ip)
    }

    /// All messages.
    pub fn messages(&self) -> u64 {
        self.entry.messages
    }

    /// Messages with an aligned DKIM pass, by `policy_evaluated` (RFC 9990 §3.1.1.8).
    pub fn dkim_aligned(&self) -> u64 {
        self.entry.dkim
    }

    /// Messages with an aligned SPF pass, by `policy_evaluated`.
    pub fn spf_aligned(&self) -> u64 {
        self.entry.spf
    }

    /// Messages with either.
    pub fn pass(&self) -> u64 {
        self.entry.pass
    }

    /// Messages with neither.
    pub fn fail(&self) -> u64 {
        self.entry.messages - self.entry.pass
    }

    /// Messages whose policy was overridden for forwarding.
    pub fn forwarded(&self) -> u64 {
        self.entry.forwarded
    }

    /// What became of the messages.
    pub fn dispositions(&self) -> Dispositions {
        let e = self.entry;
        let known = e.none.saturating_add(e.disposed_pass).saturating_add(e.quarantine).saturating_add(e.reject);
        Dispositions {
            none: e.none,
            pass: e.disposed_pass,
            quarantine: e.quarantine,
            reject: e.reject,
            other: e.messages.saturating_sub(known),
        }
    }

    /// From domains.
    pub fn header_from(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.summary.texts(self.entry.header_from)
    }

    /// Envelope domains.
    pub fn envelope_from(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.summary.texts(self.entry.envelope_from)
    }

    /// The signatures' raw results.
    pub fn dkim(&self) -> impl Iterator<Item = DkimResult<'a>> + Clone + use<'a> {
        self.summary.texts(self.entry.dkim_results).map(|text| {
            let mut parts = text.split('\t');
            let mut next = || parts.next().unwrap_or("");
            let (domain, selector, result) = (next(), next(), next());
            DkimResult { domain, selector: Some(selector).filter(|s| !s.is_empty()), result }
        })
    }

    /// SPF's raw results.
    pub fn spf(&self) -> impl Iterator<Item = SpfResult<'a>> + Clone + use<'a> {
        self.summary.texts(self.entry.spf_results).map(|text| {
            let (domain, result) = text.split_once('\t').unwrap_or((text, ""));
            SpfResult { domain, result }
        })
    }

    /// Why receivers overrode the policy: types of RFC 9990 §3.1.1.9 and RFC 7489.
    pub fn reasons(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.summary.texts(self.entry.reasons)
    }

    /// Who reported this sender.
    pub fn reporters(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        self.summary.texts(self.entry.reporters)
    }

    /// A list above does not hold everything.
    pub fn is_cut(&self) -> bool {
        self.entry.cut
    }

    /// What this sender is, as far as the reports tell: [`classify`].
    pub fn class(&self) -> Class {
        classify(&Evidence {
            domain: self.summary.domains.get(self.entry.domain as usize).map_or("", |d| self.summary.names.get(d.name)),
            messages: self.entry.messages,
            pass: self.entry.pass,
            dkim_aligned: self.entry.dkim,
            spf_aligned: self.entry.spf,
            forwarded: self.entry.forwarded,
            dkim: self.dkim(),
            spf: self.spf(),
        })
    }
}

/// Seconds since 1970 as RFC 3339 in UTC.
pub fn rfc3339(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}

/// A day since 1970 as `YYYY-MM-DD`.
pub fn date(day: i64) -> String {
    rfc3339(day.saturating_mul(86_400)).split('T').next().unwrap_or("").to_owned()
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Period", 2)?;
        s.serialize_field("begin", &rfc3339(self.begin))?;
        s.serialize_field("end", &rfc3339(self.end))?;
        s.end()
    }
}

/// Serialises what an iterator yields, without a list in between.
struct Each<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        for item in (self.0)() {
            seq.serialize_element(&item)?;
        }
        seq.end()
    }
}

/// As [`Each`], for the members of an object.
struct Members<F>(F);

impl<K: Serialize, V: Serialize, I: Iterator<Item = (K, V)>, F: Fn() -> I> Serialize for Members<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in (self.0)() {
            map.serialize_entry(&key, &value)?;
        }
        map.end()
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Summary", 13)?;
        s.serialize_field("schema", "mailauth.report/1")?;
        s.serialize_field("reports", &self.reports)?;
        s.serialize_field("aggregate_reports", &self.aggregate_reports)?;
        s.serialize_field("tls_reports", &self.tls_reports)?;
        s.serialize_field("duplicates", &self.duplicates)?;
        s.serialize_field("duplicates_unchecked", &self.duplicates_unchecked)?;
        s.serialize_field("filtered", &self.filtered)?;
        s.serialize_field("period", &self.period)?;
        s.serialize_field("domains", &Each(|| self.domains()))?;
        s.serialize_field("tls", &self.tls)?;
        s.serialize_field("skipped", &self.skipped)?;
        s.serialize_field("skipped_more", &self.skipped_more)?;
        s.end()
    }
}

impl Serialize for Domain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Domain", 10)?;
        s.serialize_field("domain", self.name())?;
        s.serialize_field("messages", &self.messages())?;
        s.serialize_field("pass", &self.pass())?;
        s.serialize_field("fail", &self.fail())?;
        s.serialize_field("policy", &self.policy())?;
        s.serialize_field("readiness", &self.readiness())?;
        s.serialize_field("reporters", &Members(|| self.reporters()))?;
        s.serialize_field("days", &Members(|| self.days().map(|(day, sums)| (date(day), sums))))?;
        s.serialize_field("sources", &Each(|| self.sources()))?;
        s.serialize_field("cut", &self.is_cut())?;
        s.end()
    }
}

impl Serialize for Source<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut s = serializer.serialize_struct("Source", 15)?;
        s.serialize_field("ip", &self.ip())?;
        s.serialize_field("class", &self.class())?;
        s.serialize_field("messages", &self.messages())?;
        s.serialize_field("pass", &self.pass())?;
        s.serialize_field("dkim_aligned", &self.dkim_aligned())?;
        s.serialize_field("spf_aligned", &self.spf_aligned())?;
        s.serialize_field("forwarded", &self.forwarded())?;
        s.serialize_field("dispositions", &self.dispositions())?;
        s.serialize_field("header_from", &Each(|| self.header_from()))?;
        s.serialize_field("envelope_from", &Each(|| self.envelope_from()))?;
        s.serialize_field("dkim", &Each(|| self.dkim()))?;
        s.serialize_field("spf", &Each(|| self.spf()))?;
        s.serialize_field("reasons", &Each(|| self.reasons()))?;
        s.serialize_field("reporters", &Each(|| self.reporters()))?;
        s.serialize_field("cut", &self.is_cut())?;
        s.end()
    }
}
