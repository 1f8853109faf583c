//! The DKIM-Signature field (RFC 6376 §3.5, RFC 8463, RFC 8616).

use std::fmt;
use std::ops::Range;

use base64::Engine as _;
use serde::{Deserialize, Serialize};

use super::canonical::Canonicalization;
use super::hash::HashAlgorithm;
use super::key_lookup::key_name;
use super::tags::{Tag, TagError, TagList, compact, decode_qp};
use crate::dns::Name;

/// A signature algorithm (`a=`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    /// Historic, never valid (RFC 8301 §3.1).
    #[serde(rename = "rsa-sha1")]
    RsaSha1,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[serde(rename = "rsa-sha256")]
    RsaSha256,
    /// Ed25519 over the SHA-256 hash (RFC 8463 §3).
    #[serde(rename = "ed25519-sha256")]
    Ed25519Sha256,
}

impl Algorithm {
    /// Reads the value of `a=`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "rsa-sha1" => Some(Self::RsaSha1),
            "rsa-sha256" => Some(Self::RsaSha256),
            "ed25519-sha256" => Some(Self::Ed25519Sha256),
            _ => None,
        }
    }

    /// Its hash function.
    pub fn hash(self) -> HashAlgorithm {
        if self == Self::RsaSha1 { HashAlgorithm::Sha1 } else { HashAlgorithm::Sha256 }
    }

    /// The type of its keys, as in `k=` of a key record.
    pub fn key_type(self) -> &'static str {
        if self == Self::Ed25519Sha256 { "ed25519" } else { "rsa" }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RsaSha1 => "rsa-sha1",
            Self::RsaSha256 => "rsa-sha256",
            Self::Ed25519Sha256 => "ed25519-sha256",
        })
    }
}

/// Why a signature field cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureError {
    /// No tag list.
    #[error("{0}")]
    Tags(#[from] TagError),
    /// Octets that are no UTF-8.
    #[error("octets that are no UTF-8")]
    NotUtf8,
    /// A required tag is missing.
    #[error("the tag {0}= is missing")]
    Missing(String),
    /// The value of a tag is not what it must be.
    #[error("the value of {0}= is invalid")]
    Invalid(String),
    /// `x=` is not after `t=`.
    #[error("x= is not later than t=")]
    ExpiresBeforeSigned,
    /// `v=` is not 1.
    #[error("version {0} instead of 1")]
    Version(String),
    /// An unknown algorithm.
    #[error("the algorithm {0} is not known")]
    Algorithm(String),
    /// An unknown canonicalisation.
    #[error("the canonicalization {0} is not known")]
    Canonicalization(String),
    /// `h=` does not name From.
    #[error("h= does not name From")]
    FromNotSigned,
    /// The domain of `i=` is neither `d=` nor below it.
    #[error("the domain of i= is not within d=")]
    Identity,
}

/// What a signature field says. A field that could not be read is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signature {
    /// `a=`, if it is one we know.
    pub algorithm: Option<Algorithm>,
    /// `a=` as written.
    pub algorithm_text: Option<String>,
    /// `b=`.
    pub signature: Vec<u8>,
    /// `bh=`.
    pub body_hash: Vec<u8>,
    /// `c=`, if it is one we know.
    pub canonicalization: Option<Canonicalization>,
    /// `d=` as A-labels.
    pub domain: Option<Name>,
    /// `h=`, as written.
    pub signed_headers: Vec<String>,
    /// `i=` as written; `@` and the domain if it is absent.
    pub identity: Option<String>,
    /// The domain of `i=` as A-labels.
    pub identity_domain: Option<Name>,
    /// `l=`; what passes 2^64 is 2^64-1.
    pub body_length: Option<u64>,
    /// `s=` as A-labels.
    pub selector: Option<Name>,
    /// `t=`, Unix seconds.
    pub timestamp: Option<u64>,
    /// `x=`, Unix seconds.
    pub expires: Option<u64>,
    /// `z=`: names and values of copied fields.
    pub copied_headers: Vec<(String, Vec<u8>)>,
    /// Where the value of `b=` lies in the text, blanks around it included.
    pub b_span: Range<usize>,
}

/// A signature that lists more header fields is invalid to us: nobody signs so many, and each costs work.
pub(crate) const MOST_SIGNED: usize = 1000;

/// What kind of field the tags are read from: they differ in a few points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// DKIM-Signature.
    Dkim,
    /// ARC-Message-Signature: no `v=`, `i=` is a number, From need not be signed (RFC 8617 §4.1.2).
    ArcMessage,
    /// ARC-Seal: neither `h=` nor `bh=` nor `c=` (RFC 8617 §4.1.3).
    ArcSeal,
}

impl Signature {
    /// Reads the value of a signature field: what could be read, and the fault that counts, if any.
    ///
    /// Where several hold, the first in the order syntax, version, algorithm, From, identity is given.
    pub fn parse(value: &[u8], kind: Kind) -> (Self, Option<TagList<'_>>, Option<SignatureError>) {
        let Ok(text) = std::str::from_utf8(value) else {
            return (Self::default(), None, Some(SignatureError::NotUtf8));
        };
        match TagList::parse(text) {
            Ok(tags) => {
                let (signature, error) = Self::from_tags(&tags, kind);
                (signature, Some(tags), error)
            }
            Err(error) => (Self::default(), None, Some(error.into())),
        }
    }

    fn from_tags(tags: &TagList<'_>, kind: Kind) -> (Self, Option<SignatureError>) {
        let mut s = Self::default();
        let mut faults = Faults::default();
        let dkim = kind == Kind::Dkim;
        match tags.value("v") {
            Some("1") => {}
            None if !dkim => {}
            None => faults.syntax(SignatureError::Missing("v".into())),
            Some(other) if dkim => faults.version = Some(SignatureError::Version(shorten(other))),
            Some(_) => {}
        }
        if let Some(tag) = faults.required(tags, "a") {
            s.algorithm_text = Some(tag.value.to_owned());
            s.algorithm = Algorithm::parse(tag.value);
            if s.algorithm.is_none() {
                if tag.value.is_empty() {
                    faults.invalid("a");
                }
                faults.algorithm = Some(SignatureError::Algorithm(shorten(tag.value)));
            }
        }
        if let Some(tag) = faults.required(tags, "b") {
            s.b_span = tag.full_value_span.clone();
            s.signature = faults.base64(tag);
        }
        if kind != Kind::ArcSeal {
            if let Some(tag) = faults.required(tags, "bh") {
                s.body_hash = faults.base64(tag);
            }
            s.canonicalization = match tags.get("c") {
                None => Some(Canonicalization::default()),
                Some(tag) => Canonicalization::parse(tag.value),
            };
            if let (None, Some(tag)) = (s.canonicalization, tags.get("c")) {
                let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                if tag.value.split('/').count() > 2 || !tag.value.split('/').all(word) {
                    faults.invalid("c");
                }
                faults.algorithm.get_or_insert(SignatureError::Canonicalization(shorten(tag.value)));
            }
            s.read_headers(tags, kind, &mut faults);
            if let Some(tag) = tags.get("l") {
                let valid = (1..=76).contains(&tag.value.len());
                s.body_length = digits(tag.value).filter(|_| valid);
                if s.body_length.is_none() {
                    faults.invalid("l");
                }
            }
        }
        if let Some(tag) = faults.required(tags, "d") {
            s.domain = domain(tag.value, 2);
            if s.domain.is_none() {
                faults.invalid("d");
            }
        }
        if let Some(tag) = faults.required(tags, "s") {
            s.selector = domain(tag.value, 1);
            if s.selector.is_none() {
                faults.invalid("s");
            }
        }
        if let (Some(domain), Some(selector)) = (&s.domain, &s.selector)
            && key_name(selector, domain).is_err()
        {
            faults.invalid("s");
        }
        if dkim {
            s.read_identity(tags, &mut faults);
        }
        // RFC 6376 §3.5: unknown query methods are ignored, dns/txt is the only one there is.
        if let Some(tag) = tags.get("q")
            && !tag.parts().any(|m| m == "dns/txt" || m == "dns")
        {
            faults.invalid("q");
        }
        for (name, slot) in [("t", &mut s.timestamp), ("x", &mut s.expires)] {
            if let Some(tag) = tags.get(name) {
                *slot = digits(tag.value);
                if slot.is_none() {
                    faults.invalid(name);
                }
            }
        }
        // RFC 6376 §3.5: x= must be greater than t= if both are present.
        if let (Some(t), Some(x)) = (s.timestamp, s.expires)
            && x <= t
            && x != u64::MAX
        {
            faults.syntax(SignatureError::ExpiresBeforeSigned);
        }
        if let Some(tag) = tags.get("z") {
            // Only for diagnosis (RFC 6376 §3.5), so what cannot be read is left out.
            let copy = |copy: &str| {
                let (name, value) = copy.split_once(':')?;
                Some((compact(name), decode_qp(value)?))
            };
            s.copied_headers = tag.value.split('|').take(1000).filter_map(copy).collect();
        }
        (s, faults.first())
    }

    fn read_headers(&mut self, tags: &TagList<'_>, kind: Kind, faults: &mut Faults) {
        let Some(tag) = faults.required(tags, "h") else { return };
        self.signed_headers = tag.parts().take(MOST_SIGNED + 1).map(str::to_owned).collect();
        let valid = |n: &String| !n.is_empty() && n.bytes().all(|b| b.is_ascii_graphic() && b != b':');
        if self.signed_headers.len() > MOST_SIGNED {
            self.signed_headers.truncate(MOST_SIGNED);
            faults.invalid("h");
        } else if !self.signed_headers.iter().all(valid) {
            faults.invalid("h");
        } else if kind == Kind::Dkim && !self.signed_headers.iter().any(|n| n.eq_ignore_ascii_case("from")) {
            // RFC 6376 §5.4: the From field must be signed.
            faults.from = Some(SignatureError::FromNotSigned);
        }
    }

    fn read_identity(&mut self, tags: &TagList<'_>, faults: &mut Faults) {
        match tags.get("i") {
            None => {
                self.identity = self.domain.as_ref().map(|d| format!("@{d}"));
                self.identity_domain = self.domain.clone();
            }
            Some(tag) => {
                let text = compact(tag.value);
                self.identity_domain = text.rsplit_once('@').and_then(|(_, d)| domain(d, 1));
                self.identity = Some(text);
                match (&self.identity_domain, &self.domain) {
                    (None, _) => faults.invalid("i"),
                    // RFC 6376 §6.1.1: i= must be d= or a subdomain of it.
                    (Some(i), Some(d)) if !i.is_within(d) => faults.identity = Some(SignatureError::Identity),
                    _ => {}
                }
            }
        }
    }
}

/// The faults of a field, by the order in which they count.
#[derive(Default)]
struct Faults {
    syntax: Option<SignatureError>,
    version: Option<SignatureError>,
    algorithm: Option<SignatureError>,
    from: Option<SignatureError>,
    identity: Option<SignatureError>,
}

impl Faults {
    fn syntax(&mut self, error: SignatureError) {
        self.syntax.get_or_insert(error);
    }

    fn invalid(&mut self, tag: &str) {
        self.syntax(SignatureError::Invalid(tag.to_owned()));
    }

    fn required<'t, 'a>(&mut self, tags: &'t TagList<'a>, name: &str) -> Option<&'t Tag<'a>> {
        let tag = tags.get(name);
        if tag.is_none() {
            self.syntax(SignatureError::Missing(name.to_owned()));
        }
        tag
    }

    fn base64(&mut self, tag: &Tag<'_>) -> Vec<u8> {
        let octets = tag.base64().unwrap_or_default();
        if octets.is_empty() {
            self.invalid(tag.name);
        }
        octets
    }

    fn first(self) -> Option<SignatureError> {
        // An unknown version or algorithm has its own syntax, so a field of another version is not blamed for it.
        match (self.version, self.syntax) {
            (Some(version), _) => Some(version),
            (None, Some(syntax)) => Some(syntax),
            (None, None) => self.algorithm.or(self.from).or(self.identity),
        }
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Decimal digits; what is too large is the largest number (RFC 6376 §3.5: it must not overflow).
fn digits(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

/// A domain of so many labels at least: letters, digits, hyphens, underscores, or U-labels (RFC 8616 §5).
fn domain(text: &str, labels: usize) -> Option<Name> {
    crate::message::from::domain_name(text).filter(|n| n.label_count() >= labels)
}

/// Writes a signature field's value in lines below 78 columns.
///
/// `pieces` are tags without their `;`; they break at colons and, for `b=` and `bh=`, anywhere. `first` is
/// the length of the field name with its colon.
pub(crate) fn fold(first: usize, pieces: &[String], line_end: &str) -> String {
    const WIDTH: usize = 76;
    let mut out = String::new();
    let mut column = first;
    for (i, piece) in pieces.iter().enumerate() {
        let last = i + 1 == pieces.len();
        let piece = if last { piece.clone() } else { format!("{piece};") };
        let breaks_anywhere = piece.starts_with("b=") || piece.starts_with("bh=");
        let mut rest = piece.as_str();
        let mut begin = true;
        while !rest.is_empty() {
            let lead = usize::from(begin);
            let room = WIDTH.saturating_sub(column + lead);
            let cut = if rest.len() <= room {
                rest.len()
            } else if breaks_anywhere {
                // Not right after the tag's name.
                if begin && room < 12 { 0 } else { room }
            } else {
                let window = &rest.as_bytes()[..room.min(rest.len())];
                memchr::memrchr(b':', window).map_or(0, |i| i + 1)
            };
            let fresh = column <= 1 + lead;
            if cut == 0 && !fresh {
                out.push_str(line_end);
                out.push('\t');
                column = 1;
                // The tab is the blank before the tag.
                let whole = rest.len() < WIDTH;
                if begin && whole {
                    out.push_str(rest);
                    column += rest.len();
                    rest = "";
                }
                begin = false;
                continue;
            }
            // A single word longer than a line stays whole.
            let cut = if cut == 0 { rest.find(':').map_or(rest.len(), |i| i + 1) } else { cut };
            let cut = (cut..=rest.len()).find(|&i| rest.is_char_boundary(i)).unwrap_or(rest.len());
            if begin {
                out.push(' ');
                column += 1;
                begin = false;
            }
            out.push_str(&rest[..cut]);
            column += cut;
            rest = &rest[cut..];
            if !rest.is_empty() {
                out.push_str(line_end);
                out.push('\t');
                column = 1;
            }
        }
    }
    out
}

impl Signature {
    /// The tags as they are written, in order, `b=` last.
    pub fn pieces(&self) -> Vec<String> {
        let base64 = |octets: &[u8]| base64::engine::general_purpose::STANDARD.encode(octets);
        let mut pieces = vec!["v=1".to_owned()];
        if let Some(a) = self.algorithm {
            pieces.push(format!("a={a}"));
        }
        if let Some(c) = self.canonicalization {
            pieces.push(format!("c={c}"));
        }
        if let Some(d) = &self.domain {
            pieces.push(format!("d={d}"));
        }
        if let Some(s) = &self.selector {
            pieces.push(format!("s={s}"));
        }
        if let Some(i) = self.identity.as_ref().filter(|i| self.domain.as_ref().is_none_or(|d| **i != format!("@{d}")))
        {
            pieces.push(format!("i={i}"));
        }
        for (name, value) in [("t", self.timestamp), ("x", self.expires), ("l", self.body_length)] {
            if let Some(value) = value {
                pieces.push(format!("{name}={value}"));
            }
        }
        pieces.push(format!("h={}", self.signed_headers.join(":")));
        pieces.push(format!("bh={}", base64(&self.body_hash)));
        pieces.push(format!("b={}", base64(&self.signature)));
        pieces
    }
}

/// The value of the field on one line; what [`Signature::parse`] reads.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pieces().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "v=1; a=rsa-sha256; c=relaxed; d=Example.DE; s=s1; h=From : To:\r\n subject; bh=YQ==; b= Y\r\n Q ==";

    fn fault(text: &str) -> String {
        Signature::parse(text.as_bytes(), Kind::Dkim).2.map_or(String::new(), |e| e.to_string())
    }

    #[test]
    fn fields_are_read() {
        let (s, _, error) = Signature::parse(GOOD.as_bytes(), Kind::Dkim);
        assert_eq!(error, None);
        assert_eq!(s.canonicalization.unwrap().to_string(), "relaxed/simple");
        assert_eq!(s.signed_headers, ["From", "To", "subject"]);
        assert_eq!(s.identity.as_deref(), Some("@example.de"));
        assert_eq!(s.signature, b"a");
        assert_eq!(&GOOD[s.b_span.clone()], " Y\r\n Q ==");
        let (again, _, error) = Signature::parse(s.to_string().as_bytes(), Kind::Dkim);
        assert_eq!(error, None);
        assert_eq!(Signature { b_span: 0..0, ..again }, Signature { b_span: 0..0, ..s });
    }

    #[test]
    fn faults() {
        for (from, to, expected) in [
            ("v=1", "v=2", "version 2 instead of 1"),
            ("v=1; ", "", "the tag v= is missing"),
            ("a=rsa-sha256", "a=rsa-md5", "the algorithm rsa-md5 is not known"),
            ("c=relaxed", "c=nowsp", "the canonicalization nowsp is not known"),
            ("c=relaxed", "c=relaxed/", "the value of c= is invalid"),
            ("From", "Sender", "h= does not name From"),
            ("s=s1", "s=s1; i=a@other.de", "the domain of i= is not within d="),
            ("s=s1", "s=s1; i=a@x.example.de", ""),
            ("s=s1", "s=s1; i=a", "the value of i= is invalid"),
            ("s=s1", "s=s1; l=", "the value of l= is invalid"),
            ("s=s1", "s=s1; l=-1", "the value of l= is invalid"),
            ("s=s1", "s=s1; l=99999999999999999999999", ""),
            ("s=s1", "s=s1; t=2; x=2", "x= is not later than t="),
            ("s=s1", "s=s1; x=999999999999999999999", ""),
            ("s=s1", "s=s1; s=s1", "duplicate tag"),
            ("d=Example.DE", "d=de", "the value of d= is invalid"),
            ("d=Example.DE", "d=example.de.", "the value of d= is invalid"),
            ("d=Example.DE", "d=exa%00mple.de", "the value of d= is invalid"),
            ("d=Example.DE", "d=bücher.de", ""),
            ("b= Y", "b= !", "the value of b= is invalid"),
            ("bh=YQ==", "bh=", "the value of bh= is invalid"),
            ("s=s1", "s=s1; q=dns/txt:http", ""),
            ("s=s1", "s=s1; q=http", "the value of q= is invalid"),
        ] {
            assert_eq!(fault(&GOOD.replacen(from, to, 1)), expected, "{to}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folded_lines_are_short(names in proptest::collection::vec("[A-Za-z-]{1,30}", 1..60), b in "[A-Za-z0-9+/]{100,700}") {
            let pieces = ["v=1".to_owned(), format!("h={}", names.join(":")), "bh=abc".into(), format!("b={b}")];
            let folded = fold(15, &pieces, "\r\n");
            for (i, line) in folded.split("\r\n").enumerate() {
                proptest::prop_assert!(line.len() + if i == 0 { 15 } else { 0 } < 78, "{line}");
                proptest::prop_assert!(!line.trim().is_empty());
            }
            let tags = TagList::parse(&folded).unwrap();
            let h: Vec<_> = tags.get("h").unwrap().parts().map(str::to_owned).collect();
            proptest::prop_assert_eq!(h, names);
            proptest::prop_assert_eq!(tags.get("b").unwrap().compact(), b);
        }
    }
}
