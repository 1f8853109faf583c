//! DMARC aggregate reports (RFC 9990 §3.1, RFC 7489 appendix C) as a stream of XML events.
//!
//! Elements are known by their local name and their parent, in any namespace or none and in any order; unknown ones
//! are passed over. No tree is built: what is kept is the head of the report and the records not yet handed on.

use std::io::BufRead;
use std::net::{IpAddr, Ipv6Addr};

use quick_xml::events::{BytesRef, Event};
use serde::{Deserialize, Serialize};

use super::events::{self, Next};
use super::fault::{Fault, RecordFault};
use super::text::Text;
use super::{DEPTH, RECORDS_AT_ONCE, RECORDS_BEFORE_HEAD, VALUE};

/// What a report says once: who wrote it, over which time, about which policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Head {
    pub(crate) org: String,
    pub(crate) email: String,
    pub(crate) id: String,
    /// Seconds since 1970, `date_range/begin`.
    pub(crate) begin: Option<i64>,
    /// Seconds since 1970, `date_range/end`.
    pub(crate) end: Option<i64>,
    pub(crate) policy: PolicyPublished,
}

/// The policy that a report found published (RFC 9990 §3.1.1.4), as it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPublished {
    /// The policy domain, lower-case A-labels.
    #[serde(skip)]
    pub domain: String,
    /// `p`.
    pub p: Option<String>,
    /// `sp`.
    pub sp: Option<String>,
    /// `np` (RFC 9990).
    pub np: Option<String>,
    /// `adkim`.
    pub adkim: Option<String>,
    /// `aspf`.
    pub aspf: Option<String>,
    /// `fo`.
    pub fo: Option<String>,
    /// `pct` (RFC 7489).
    pub pct: Option<String>,
    /// `testing` (RFC 9990).
    pub testing: Option<String>,
    /// `discovery_method` (RFC 9990).
    pub discovery_method: Option<String>,
}

/// What became of the messages of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Disposition {
    None,
    Pass,
    Quarantine,
    Reject,
    #[default]
    Other,
}

/// What a piece of text of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    HeaderFrom,
    EnvelopeFrom,
    /// `domain TAB selector TAB result`
    Dkim,
    /// `domain TAB result`
    Spf,
    Reason,
}

/// One record. Its texts lie in [`Rows`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// IPv6, or IPv4 mapped into it.
    pub(crate) ip: [u8; 16],
    pub(crate) count: u64,
    /// `policy_evaluated/dkim` is pass: an aligned signature verified.
    pub(crate) dkim: bool,
    /// `policy_evaluated/spf` is pass: SPF passed and is aligned.
    pub(crate) spf: bool,
    pub(crate) disposition: Disposition,
    /// Range in `Rows::parts`.
    parts: (u32, u32),
}

/// Records that wait to be counted, with their texts side by side in one buffer.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    parts: Vec<(Part, u32, u32)>,
    text: String,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Each record with its texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Row, impl Iterator<Item = (Part, &str)> + Clone)> {
        self.rows.iter().map(|row| {
            let parts = self.parts.get(row.parts.0 as usize..row.parts.1 as usize).unwrap_or(&[]);
            let texts =
                parts.iter().map(|&(part, from, to)| (part, self.text.get(from as usize..to as usize).unwrap_or("")));
            (row, texts)
        })
    }

    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.parts.clear();
        self.text.clear();
    }

    /// Bytes that are held, roughly.
    pub(crate) fn weight(&self) -> usize {
        self.rows.len() * size_of::<Row>() + self.parts.len() * size_of::<(Part, u32, u32)>() + self.text.len()
    }

    fn part(&mut self, part: Part, write: impl FnOnce(&mut String)) {
        let from = self.text.len();
        write(&mut self.text);
        if self.text.len() > from {
            self.parts.push((part, from as u32, self.text.len() as u32));
        }
    }
}

/// Takes the records of a report that is too long to be held.
pub(crate) trait RowSink {
    /// Counts the records and leaves `rows` empty.
    fn take(&mut self, head: &Head, rows: &mut Rows) -> Result<(), Fault>;
}

/// A report that was read to its end, less what went to the sink before.
#[derive(Debug)]
pub(crate) struct Feedback {
    pub(crate) head: Head,
    pub(crate) rows: Rows,
    /// Why records were left out, and how many for each reason.
    pub(crate) dropped: Vec<(RecordFault, u64)>,
}

/// Where in the document the parser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Outside,
    Other,
    Feedback,
    Metadata,
    Range,
    Policy,
    Record,
    Row,
    Evaluated,
    Override,
    Identifiers,
    Results,
    Dkim,
    Spf,
    Leaf(Leaf),
}

/// Elements whose text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaf {
    Org,
    Email,
    Id,
    Begin,
    End,
    Domain,
    P,
    Sp,
    Np,
    Adkim,
    Aspf,
    Fo,
    Pct,
    Testing,
    Discovery,
    Ip,
    Count,
    Disposition,
    DkimAligned,
    SpfAligned,
    Reason,
    HeaderFrom,
    EnvelopeFrom,
    AuthDomain,
    Selector,
    Result,
}

impl Node {
    /// The child of this name. RFC 9990 §3.1.1: parent by parent; order is free everywhere.
    fn child(self, name: &[u8]) -> Node {
        use self::Leaf::*;
        use self::Node::{Leaf, *};
        match (self, name) {
            (Outside, b"feedback") => Feedback,
            // Some reporters wrap the report in the schema's element.
            (Outside, b"schema") => Outside,
            (Feedback, b"report_metadata") => Metadata,
            (Feedback, b"policy_published") => Policy,
            (Feedback, b"record") => Record,
            (Metadata, b"org_name") => Leaf(Org),
            (Metadata, b"email") => Leaf(Email),
            (Metadata, b"report_id") => Leaf(Id),
            (Metadata, b"date_range") => Range,
            (Range, b"begin") => Leaf(Begin),
            (Range, b"end") => Leaf(End),
            (Policy, b"domain") => Leaf(Domain),
            (Policy, b"p") => Leaf(P),
            (Policy, b"sp") => Leaf(Sp),
            (Policy, b"np") => Leaf(Np),
            (Policy, b"adkim") => Leaf(Adkim),
            (Policy, b"aspf") => Leaf(Aspf),
            (Policy, b"fo") => Leaf(Fo),
            (Policy, b"pct") => Leaf(Pct),
            (Policy, b"testing") => Leaf(Testing),
            (Policy, b"discovery_method") => Leaf(Discovery),
            (Record, b"row") => Row,
            (Record, b"identifiers" | b"identities") => Identifiers,
            (Record, b"auth_results") => Results,
            (Row, b"source_ip") => Leaf(Ip),
            (Row, b"count") => Leaf(Count),
            (Row, b"policy_evaluated") => Evaluated,
            (Evaluated, b"disposition") => Leaf(Disposition),
            (Evaluated, b"dkim") => Leaf(DkimAligned),
            (Evaluated, b"spf") => Leaf(SpfAligned),
            (Evaluated, b"reason") => Override,
            (Override, b"type") => Leaf(Reason),
            (Identifiers, b"header_from") => Leaf(HeaderFrom),
            (Identifiers, b"envelope_from") => Leaf(EnvelopeFrom),
            (Results, b"dkim") => Dkim,
            (Results, b"spf") => Spf,
            (Dkim | Spf, b"domain") => Leaf(AuthDomain),
            (Dkim, b"selector") => Leaf(Selector),
            (Dkim | Spf, b"result") => Leaf(Result),
            _ => Other,
        }
    }
}

/// Reads one report.
///
/// Records are handed to `sink` whenever there are many of them and the head is complete; the rest comes back.
///
/// # Errors
///
/// The fault that makes the report unusable. What the sink took is then already counted.
pub(crate) fn read<R: BufRead>(input: Text<R>, sink: &mut dyn RowSink) -> Result<Feedback, Fault> {
    let mut parser = Parser::new();
    events::read(input, |event| {
        match event {
            Event::Start(tag) => parser.open(tag.local_name().as_ref().as_bytes())?,
            Event::Empty(tag) => {
                parser.open(tag.local_name().as_ref().as_bytes())?;
                parser.close(sink)?;
            }
            Event::End(_) => parser.close(sink)?,
            Event::Text(text) => parser.text(text.into_inner().as_ref()),
            Event::CData(text) => parser.text(text.into_inner().as_ref()),
            Event::GeneralRef(reference) => parser.reference(&reference)?,
            // Reports have no document type; what entities cost is never found out.
            Event::DocType(_) => return Err(Fault::Doctype),
            Event::Eof if parser.seen => return Err(Fault::Truncated),
            Event::Eof => return Err(Fault::NoFeedback),
            _ => {}
        }
        Ok(match parser.done {
            true => Next::Nothing,
            // White space is passed over in bulk, but not between the pieces of one text: `A &amp; B`.
            false if parser.value.is_empty() => Next::Trimmed,
            false => Next::Whole,
        })
    })?;
    Ok(Feedback { head: parser.head, rows: parser.rows, dropped: parser.dropped })
}

struct Parser {
    stack: Vec<Node>,
    /// The text of the current leaf.
    value: String,
    head: Head,
    /// Both parts of the head have been read.
    metadata: bool,
    policy: bool,
    seen: bool,
    done: bool,
    row: Row,
    ip: Result<[u8; 16], RecordFault>,
    count: Result<u64, RecordFault>,
    domain: String,
    selector: String,
    result: String,
    from: u32,
    rows: Rows,
    dropped: Vec<(RecordFault, u64)>,
}

impl Parser {
    fn new() -> Self {
        Parser {
            stack: Vec::with_capacity(DEPTH),
            value: String::new(),
            head: Head::default(),
            metadata: false,
            policy: false,
            seen: false,
            done: false,
            row: Row::default(),
            ip: Err(RecordFault::NoAddress),
            count: Err(RecordFault::NoCount),
            domain: String::new(),
            selector: String::new(),
            result: String::new(),
            from: 0,
            rows: Rows::default(),
            dropped: Vec::new(),
        }
    }

    fn open(&mut self, name: &[u8]) -> Result<(), Fault> {
        if self.stack.len() >= DEPTH {
            return Err(Fault::Depth(DEPTH));
        }
        let node = self.stack.last().copied().unwrap_or(Node::Outside).child(name);
        match node {
            Node::Feedback => self.seen = true,
            Node::Record => {
                self.row = Row { disposition: Disposition::None, ..Row::default() };
                self.ip = Err(RecordFault::NoAddress);
                self.count = Err(RecordFault::NoCount);
                self.from = self.rows.parts.len() as u32;
            }
            Node::Dkim | Node::Spf => {
                self.domain.clear();
                self.selector.clear();
                self.result.clear();
            }
            _ => {}
        }
        self.value.clear();
        self.stack.push(node);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if matches!(self.stack.last(), Some(Node::Leaf(_))) && self.value.len() < VALUE {
            let mut end = text.len().min(VALUE - self.value.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            self.value.push_str(&text[..end]);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Fault> {
        let mut utf8 = [0; 4];
        if reference.is_char_ref() {
            // A number that is no character (&#0; &#xD800;) is a slip of the writer, not of the report's numbers.
            let c = reference.resolve_char_ref().ok().flatten().unwrap_or(char::REPLACEMENT_CHARACTER);
            self.text(c.encode_utf8(&mut utf8));
            return Ok(());
        }
        let name: &str = reference;
        let text = match name {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "apos" => "'",
            "quot" => "\"",
            _ => return Err(Fault::Entity(name.chars().take(40).collect())),
        };
        self.text(text);
        Ok(())
    }

    fn close(&mut self, sink: &mut dyn RowSink) -> Result<(), Fault> {
        match self.stack.pop() {
            Some(Node::Leaf(leaf)) => {
                self.leaf(leaf);
                self.value.clear();
            }
            Some(Node::Metadata) => self.metadata = true,
            Some(Node::Policy) => self.policy = true,
            Some(Node::Dkim) => {
                let (domain, selector, result) = (&self.domain, &self.selector, &self.result);
                self.rows.part(Part::Dkim, |text| {
                    domain_into(text, domain);
                    text.push('\t');
                    word_into(text, selector);
                    text.push('\t');
                    word_into(text, result);
                });
            }
            Some(Node::Spf) => {
                let (domain, result) = (&self.domain, &self.result);
                self.rows.part(Part::Spf, |text| {
                    domain_into(text, domain);
                    text.push('\t');
                    word_into(text, result);
                });
            }
            Some(Node::Record) => self.record(sink)?,
            Some(Node::Feedback) => self.done = true,
            _ => {}
        }
        Ok(())
    }

    fn record(&mut self, sink: &mut dyn RowSink) -> Result<(), Fault> {
        let to = self.rows.parts.len() as u32;
        match (&self.ip, &self.count) {
            (Ok(ip), Ok(count)) => {
                self.row.ip = *ip;
                self.row.count = *count;
                self.row.parts = (self.from, to);
                self.rows.rows.push(self.row.clone());
            }
            (Err(why), _) | (_, Err(why)) => {
                if let Some(entry) = self.dropped.iter_mut().find(|d| d.0 == *why) {
                    entry.1 += 1;
                } else if self.dropped.len() < 8 {
                    self.dropped.push((why.clone(), 1));
                } else {
                    self.dropped[7].1 += 1;
                }
                self.rows.parts.truncate(self.from as usize);
                self.rows.text.truncate(self.rows.parts.last().map_or(0, |p| p.2 as usize));
            }
        }
        if self.rows.len() >= RECORDS_AT_ONCE || self.rows.weight() >= RECORDS_AT_ONCE * 1024 {
            if self.metadata && self.policy {
                sink.take(&self.head, &mut self.rows)?;
                self.rows.clear();
            } else if self.rows.len() >= RECORDS_BEFORE_HEAD || self.rows.weight() >= RECORDS_BEFORE_HEAD * 512 {
                return Err(Fault::TooMany("records before the head of the report", RECORDS_BEFORE_HEAD));
            }
        }
        Ok(())
    }

    fn leaf(&mut self, leaf: Leaf) {
        let value = self.value.trim();
        let text = || Some(value.to_owned()).filter(|v| !v.is_empty());
        let policy = &mut self.head.policy;
        match leaf {
            Leaf::Org => self.head.org = value.to_owned(),
            Leaf::Email => self.head.email = value.to_owned(),
            Leaf::Id => self.head.id = value.to_owned(),
            Leaf::Begin => self.head.begin = seconds(value),
            Leaf::End => self.head.end = seconds(value),
            Leaf::Domain => {
                policy.domain.clear();
                domain_into(&mut policy.domain, value);
            }
            Leaf::P => policy.p = text(),
            Leaf::Sp => policy.sp = text(),
            Leaf::Np => policy.np = text(),
            Leaf::Adkim => policy.adkim = text(),
            Leaf::Aspf => policy.aspf = text(),
            Leaf::Fo => policy.fo = text(),
            Leaf::Pct => policy.pct = text(),
            Leaf::Testing => policy.testing = text(),
            Leaf::Discovery => policy.discovery_method = text(),
            Leaf::Ip => {
                self.ip = address(value).ok_or_else(|| RecordFault::Address(short(value)));
            }
            Leaf::Count => {
                self.count = value.parse().map_err(|_| RecordFault::Count(short(value)));
            }
            Leaf::Disposition => {
                self.row.disposition = match value {
                    v if v.eq_ignore_ascii_case("none") || v.is_empty() => Disposition::None,
                    v if v.eq_ignore_ascii_case("pass") => Disposition::Pass,
                    v if v.eq_ignore_ascii_case("quarantine") => Disposition::Quarantine,
                    v if v.eq_ignore_ascii_case("reject") => Disposition::Reject,
                    _ => Disposition::Other,
                }
            }
            Leaf::DkimAligned => self.row.dkim = value.eq_ignore_ascii_case("pass"),
            Leaf::SpfAligned => self.row.spf = value.eq_ignore_ascii_case("pass"),
            Leaf::Reason => {
                self.rows.part(Part::Reason, |text| word_into(text, value));
            }
            Leaf::HeaderFrom => self.rows.part(Part::HeaderFrom, |text| domain_into(text, value)),
            Leaf::EnvelopeFrom => self.rows.part(Part::EnvelopeFrom, |text| domain_into(text, value)),
            Leaf::AuthDomain => std::mem::swap(&mut self.domain, &mut self.value),
            Leaf::Selector => std::mem::swap(&mut self.selector, &mut self.value),
            Leaf::Result => std::mem::swap(&mut self.result, &mut self.value),
        }
    }
}

fn short(value: &str) -> String {
    value.chars().take(40).collect()
}

/// Seconds since 1970, within the years that RFC 3339 can write.
pub(crate) fn seconds(value: &str) -> Option<i64> {
    value.parse().ok().or_else(|| super::tls::time(value)).filter(|s| (0..=253_402_300_799).contains(s))
}

/// An address in any form, IPv4 mapped into IPv6; brackets and zones of careless writers are taken off.
fn address(value: &str) -> Option<[u8; 16]> {
    let bare = value.trim_start_matches('[').trim_end_matches(']');
    let bare = bare.split('%').next().unwrap_or(bare);
    let bare = if bare.len() > 5 && bare.get(..5).is_some_and(|p| p.eq_ignore_ascii_case("ipv6:")) {
        &bare[5..]
    } else {
        bare
    };
    match bare.parse().ok()? {
        IpAddr::V4(ip) => Some(ip.to_ipv6_mapped().octets()),
        IpAddr::V6(ip) => Some(ip.octets()),
    }
}

/// The address back from its form in a row: IPv4-mapped ones are IPv4.
pub(crate) fn canonical_ip(octets: [u8; 16]) -> IpAddr {
    Ipv6Addr::from(octets).to_canonical()
}

/// Appends a domain name: lower-case A-labels, without the dot at the end and without a local part.
pub(crate) fn domain_into(out: &mut String, value: &str) {
    let value = value.trim();
    let value = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
    let value = value.trim_end_matches(['.', '>']);
    let mut cut = value.len().min(255);
    while !value.is_char_boundary(cut) {
        cut -= 1;
    }
    let value = &value[..cut];
    if value.bytes().all(|b| matches!(b, b' '..=b'~')) {
        lower_into(out, value);
    } else if value.is_ascii() {
        out.extend(value.bytes().map(|b| if b.is_ascii_control() { '?' } else { char::from(b.to_ascii_lowercase()) }));
    } else if let Ok(ascii) = idna::domain_to_ascii(value) {
        out.push_str(ascii.trim_end_matches('.'));
    } else {
        out.extend(
            value.chars().map(|c| if c.is_ascii() && !c.is_ascii_control() { c.to_ascii_lowercase() } else { '?' }),
        );
    }
}

/// Appends a word of the report: lower case, printable ASCII, at most 64 characters.
fn word_into(out: &mut String, value: &str) {
    let value = value.trim();
    if value.len() <= 64 && value.bytes().all(|b| b.is_ascii_graphic()) {
        return lower_into(out, value);
    }
    out.extend(value.chars().take(64).map(|c| if c.is_ascii_graphic() { c.to_ascii_lowercase() } else { '?' }));
}

fn lower_into(out: &mut String, value: &str) {
    let from = out.len();
    out.push_str(value);
    if let Some(added) = out.get_mut(from..) {
        added.make_ascii_lowercase();
    }
}
