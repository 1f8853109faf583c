//! Macro strings and their expansion (RFC 7208 §7).

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::dns::Name;

/// The most octets an explanation may come to; a longer one is dropped.
const MAX_EXPLANATION: usize = 8 * 1024;

/// The longest domain name in presentation form (RFC 7208 §7.3).
const MAX_NAME: usize = 253;

/// A parsed `macro-string` (RFC 7208 §7.1): what it was read from and its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MacroString {
    text: String,
    parts: Vec<Part>,
}

/// One part of a [`MacroString`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself: a range of the macro string.
    Literal(Range<usize>),
    /// `%{…}`.
    Macro(Macro),
    /// `%%`, a percent sign.
    Percent,
    /// `%_`, a blank.
    Blank,
    /// `%-`, the three characters `%20`.
    UrlBlank,
}

/// `%{` letter, digits, `r`, delimiters `}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Macro {
    /// What is inserted.
    pub letter: Letter,
    /// An upper-case letter: the value is percent-encoded.
    pub escape: bool,
    /// How many right-hand parts are kept; `None` keeps all.
    pub keep: Option<u32>,
    /// The parts are reversed.
    pub reverse: bool,
    /// The delimiters given, as a set of bits over [`DELIMITERS`]; 0 when none was.
    delimiters: u8,
}

/// The delimiters of RFC 7208 §7.1.
pub const DELIMITERS: &[u8; 7] = b".-+,/_=";

/// A macro letter (RFC 7208 §7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Letter {
    /// `s`: the sender.
    Sender,
    /// `l`: its local-part.
    Local,
    /// `o`: its domain.
    SenderDomain,
    /// `d`: the domain whose record is evaluated.
    Domain,
    /// `i`: the address of the client, dotted.
    Ip,
    /// `p`: the validated name of the client.
    Validated,
    /// `v`: `in-addr` or `ip6`.
    Version,
    /// `h`: the HELO name.
    Helo,
    /// `c`: the address of the client, readable; in explanations only.
    ReadableIp,
    /// `r`: the host that checks; in explanations only.
    Receiver,
    /// `t`: the time in seconds; in explanations only.
    Time,
}

impl Letter {
    fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte.to_ascii_lowercase() {
            b's' => Self::Sender,
            b'l' => Self::Local,
            b'o' => Self::SenderDomain,
            b'd' => Self::Domain,
            b'i' => Self::Ip,
            b'p' => Self::Validated,
            b'v' => Self::Version,
            b'h' => Self::Helo,
            b'c' => Self::ReadableIp,
            b'r' => Self::Receiver,
            b't' => Self::Time,
            _ => return None,
        })
    }

    /// Whether the letter may stand in an explanation text alone (RFC 7208 §7.2).
    pub fn is_explanation_only(self) -> bool {
        matches!(self, Self::ReadableIp | Self::Receiver | Self::Time)
    }
}

/// What is wrong in a macro string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum MacroErrorKind {
    /// `%` followed by something else than `{`, `%`, `_` or `-`.
    #[error("a percent sign that begins no macro")]
    StrayPercent,
    /// `%{` without `}`.
    #[error("a macro without closing brace")]
    Unterminated,
    /// A letter that names no macro.
    #[error("an unknown macro letter")]
    UnknownLetter,
    /// `c`, `r` or `t` outside an explanation.
    #[error("a macro letter that is allowed in explanations only")]
    ExplanationOnly,
    /// `%{d0}`, or a number beyond reason.
    #[error("a macro that keeps no part")]
    BadDigits,
    /// Something else than delimiters before the brace.
    #[error("a bad delimiter in a macro")]
    BadDelimiter,
    /// A character that no macro string may hold.
    #[error("a character that is not allowed here")]
    BadCharacter,
}

/// A fault in a macro string: where (bytes) and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacroError {
    /// The bytes at fault.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub kind: MacroErrorKind,
}

impl fmt::Display for MacroError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for MacroError {}

/// Where a macro string stands decides what it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the domain-spec of a term: no `c`, `r`, `t`.
    DomainSpec,
    /// The value of an unknown modifier: any letter.
    Modifier,
    /// The text that `exp=` leads to: any letter, and blanks.
    Explanation,
}

impl MacroString {
    /// Reads a macro string (RFC 7208 §7.1).
    ///
    /// # Errors
    /// The first fault, with its place in `text`.
    pub fn parse(text: &str, place: Place) -> Result<Self, MacroError> {
        let bytes = text.as_bytes();
        let mut parts = Vec::new();
        let mut at = 0;
        let mut literal = 0;
        while let Some(&byte) = bytes.get(at) {
            let allowed = byte.is_ascii_graphic() || (byte == b' ' && place == Place::Explanation);
            if !allowed {
                let end = at + text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
                return Err(MacroError { span: at..end, kind: MacroErrorKind::BadCharacter });
            }
            if byte != b'%' {
                at += 1;
                continue;
            }
            if literal < at {
                parts.push(Part::Literal(literal..at));
            }
            match bytes.get(at + 1) {
                Some(b'%') => parts.push(Part::Percent),
                Some(b'_') => parts.push(Part::Blank),
                Some(b'-') => parts.push(Part::UrlBlank),
                Some(b'{') => {
                    let (found, end) = parse_macro(bytes, at, place)?;
                    parts.push(Part::Macro(found));
                    at = end;
                    literal = at;
                    continue;
                }
                next => {
                    let end = at + 1 + usize::from(next.is_some_and(u8::is_ascii));
                    return Err(MacroError { span: at..end, kind: MacroErrorKind::StrayPercent });
                }
            }
            at += 2;
            literal = at;
        }
        if literal < at {
            parts.push(Part::Literal(literal..at));
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The parts, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The macros `%{…}` in it.
    pub fn macros(&self) -> impl Iterator<Item = &Macro> {
        self.parts.iter().filter_map(|p| match p {
            Part::Macro(m) => Some(m),
            _ => None,
        })
    }

    /// Whether a macro of this letter is in it.
    pub fn uses(&self, letter: Letter) -> bool {
        self.macros().any(|m| m.letter == letter)
    }

    /// What the string expands to, cut on the left to whole labels of at most 253 octets together
    /// (RFC 7208 §7.3).
    pub(crate) fn expand_name(&self, context: &Context<'_>) -> String {
        // Only the end can survive, so it is enough to expand from the right.
        let mut pieces = Vec::new();
        let mut length = 0;
        for part in self.parts.iter().rev() {
            let piece = self.expand_part(part, context);
            length += piece.len();
            pieces.push(piece);
            if length > MAX_NAME + 1 {
                break;
            }
        }
        let mut name = String::with_capacity(length);
        name.extend(pieces.iter().rev().map(|p| &**p));
        let shown = name.strip_suffix('.').unwrap_or(&name);
        if shown.len() <= MAX_NAME {
            return shown.to_owned();
        }
        // The dot that ends the last label that goes; without any, nothing can be kept.
        let from = shown.len() - MAX_NAME - 1;
        let dot = shown.bytes().skip(from).position(|b| b == b'.');
        dot.and_then(|d| shown.get(from + d + 1..)).unwrap_or_default().to_owned()
    }

    /// The explanation, `None` when it is not ASCII or goes beyond all measure (RFC 7208 §6.2).
    pub(crate) fn expand_text(&self, context: &Context<'_>) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            text.push_str(&self.expand_part(part, context));
            if text.len() > MAX_EXPLANATION {
                return None;
            }
        }
        text.is_ascii().then_some(text)
    }

    fn expand_part<'a>(&'a self, part: &Part, context: &Context<'a>) -> Cow<'a, str> {
        match part {
            Part::Literal(range) => Cow::Borrowed(self.text.get(range.clone()).unwrap_or_default()),
            Part::Percent => Cow::Borrowed("%"),
            Part::Blank => Cow::Borrowed(" "),
            Part::UrlBlank => Cow::Borrowed("%20"),
            Part::Macro(found) => found.expand(context),
        }
    }
}

impl fmt::Display for MacroString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for MacroString {
    type Error = MacroError;
    fn try_from(text: String) -> Result<Self, MacroError> {
        Self::parse(&text, Place::Explanation)
    }
}

impl From<MacroString> for String {
    fn from(text: MacroString) -> Self {
        text.text
    }
}

/// `%{` stands at `start`; the macro and the byte after its brace.
fn parse_macro(bytes: &[u8], start: usize, place: Place) -> Result<(Macro, usize), MacroError> {
    let fail = |span: Range<usize>, kind| Err(MacroError { span, kind });
    let Some(close) = memchr::memchr(b'}', bytes.get(start..).unwrap_or_default()).map(|c| start + c) else {
        return fail(start..bytes.len(), MacroErrorKind::Unterminated);
    };
    let body = bytes.get(start + 2..close).unwrap_or_default();
    let span = start..close + 1;
    // Another `%` in between: the brace belongs to the next macro.
    if let Some(next) = memchr::memchr(b'%', body) {
        return fail(start..start + 2 + next, MacroErrorKind::Unterminated);
    }
    let Some((&first, rest)) = body.split_first() else { return fail(span, MacroErrorKind::UnknownLetter) };
    let Some(letter) = Letter::from_byte(first) else { return fail(span, MacroErrorKind::UnknownLetter) };
    // RFC 7208 §7.2: c, r and t only in exp text.
    if letter.is_explanation_only() && place == Place::DomainSpec {
        return fail(span, MacroErrorKind::ExplanationOnly);
    }
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (number, rest) = rest.split_at(digits);
    let keep = (digits > 0)
        .then(|| number.iter().fold(0_u32, |n, d| n.saturating_mul(10).saturating_add(u32::from(d - b'0'))));
    // RFC 7208 §7.1: the number must not be zero.
    if keep == Some(0) {
        return fail(span, MacroErrorKind::BadDigits);
    }
    let (reverse, rest) = match rest.split_first() {
        Some((b'r' | b'R', rest)) => (true, rest),
        _ => (false, rest),
    };
    let mut delimiters = 0;
    for byte in rest {
        match DELIMITERS.iter().position(|d| d == byte) {
            Some(bit) => delimiters |= 1 << bit,
            None => return fail(span, MacroErrorKind::BadDelimiter),
        }
    }
    Ok((Macro { letter, escape: first.is_ascii_uppercase(), keep, reverse, delimiters }, close + 1))
}

/// What macros are filled from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub local: &'a str,
    pub sender_domain: &'a str,
    pub domain: &'a str,
    pub ip: IpAddr,
    pub helo: &'a str,
    pub validated: &'a str,
    pub receiver: &'a str,
    pub now: u64,
}

impl Macro {
    fn expand<'a>(&self, context: &Context<'a>) -> Cow<'a, str> {
        let value = self.value(context);
        let plain = self.keep.is_none() && !self.reverse && self.delimiters & !1 == 0;
        let value = if plain { value } else { Cow::Owned(self.transform(&value)) };
        if self.escape { Cow::Owned(escape(&value)) } else { value }
    }

    fn value<'a>(&self, context: &Context<'a>) -> Cow<'a, str> {
        match self.letter {
            Letter::Sender => Cow::Owned(format!("{}@{}", context.local, context.sender_domain)),
            Letter::Local => Cow::Borrowed(context.local),
            Letter::SenderDomain => Cow::Borrowed(context.sender_domain),
            Letter::Domain => Cow::Borrowed(context.domain),
            Letter::Ip => Cow::Owned(dotted(context.ip)),
            Letter::Validated => Cow::Borrowed(context.validated),
            Letter::Version => Cow::Borrowed(if context.ip.is_ipv4() { "in-addr" } else { "ip6" }),
            Letter::Helo => Cow::Borrowed(context.helo),
            Letter::ReadableIp => Cow::Owned(context.ip.to_string()),
            Letter::Receiver => Cow::Borrowed(context.receiver),
            Letter::Time => Cow::Owned(context.now.to_string()),
        }
    }

    /// Splits, reverses, keeps the right-hand parts and joins with dots (RFC 7208 §7.3).
    fn transform(&self, value: &str) -> String {
        let is_delimiter = |c: char| match self.delimiters {
            0 => c == '.',
            set => DELIMITERS.iter().position(|&d| char::from(d) == c).is_some_and(|bit| set & (1 << bit) != 0),
        };
        let mut parts: Vec<&str> = value.split(is_delimiter).collect();
        if self.reverse {
            parts.reverse();
        }
        let keep = self.keep.map_or(parts.len(), |n| usize::try_from(n).unwrap_or(usize::MAX));
        parts.split_off(parts.len().saturating_sub(keep)).join(".")
    }
}

/// `%{i}`: a dotted quad, or the 32 nibbles.
fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let mut text = String::with_capacity(63);
            for octet in ip.octets() {
                for nibble in [octet >> 4, octet & 15] {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push(char::from(if nibble < 10 { b'0' + nibble } else { b'A' + nibble - 10 }));
                }
            }
            text
        }
    }
}

/// Everything outside the unreserved set of RFC 3986 §2.3 as `%XX`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(if nibble < 10 { b'0' + nibble } else { b'A' + nibble - 10 }));
            }
        }
    }
    out
}

/// The DNS name of an expanded text, `None` where it cannot be one.
///
/// Every character stands for itself: a backslash is no escape here.
pub(crate) fn to_name(text: &str) -> Option<Name> {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.is_empty() {
        return None;
    }
    let name = if text.is_ascii() { Name::from_labels(text.split('.').map(str::as_bytes)) } else { Name::parse(text) };
    name.ok().filter(|n| !n.is_root())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn context() -> Context<'static> {
        Context {
            local: "strong-bad",
            sender_domain: "email.example.com",
            domain: "email.example.com",
            ip: "192.0.2.3".parse().unwrap(),
            helo: "mx.example.org",
            validated: "unknown",
            receiver: "mx.receiver.test",
            now: 1_700_000_000,
        }
    }

    fn expand(text: &str) -> String {
        MacroString::parse(text, Place::Explanation).unwrap().expand_text(&context()).unwrap()
    }

    #[test]
    fn examples_of_section_7_4() {
        for (text, want) in [
            ("%{s}", "strong-bad@email.example.com"),
            ("%{o}", "email.example.com"),
            ("%{d}", "email.example.com"),
            ("%{d4}", "email.example.com"),
            ("%{d3}", "email.example.com"),
            ("%{d2}", "example.com"),
            ("%{d1}", "com"),
            ("%{dr}", "com.example.email"),
            ("%{d2r}", "example.email"),
            ("%{l}", "strong-bad"),
            ("%{l-}", "strong.bad"),
            ("%{lr}", "strong-bad"),
            ("%{lr-}", "bad.strong"),
            ("%{l1r-}", "strong"),
            ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
            ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
            ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
            ("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
            ("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
            ("%%%_%-", "% %20"),
            ("%{S}", "strong-bad%40email.example.com"),
            ("%{c} %{R} %{t}", "192.0.2.3 mx.receiver.test 1700000000"),
            ("%{d255}", "email.example.com"),
            ("%{d99999999999}", "email.example.com"),
            ("%{l-.}%{L+-}", "strong.badstrong.bad"),
        ] {
            assert_eq!(expand(text), want, "{text}");
        }
    }

    #[test]
    fn ipv6_goes_by_nibbles() {
        let context = Context { ip: "2001:db8::cb01".parse().unwrap(), ..context() };
        let text = MacroString::parse("%{ir}.%{v}._spf.%{d2}", Place::DomainSpec).unwrap();
        assert_eq!(
            text.expand_text(&context).unwrap(),
            "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6._spf.example.com"
        );
    }

    #[test]
    fn faults_have_their_place() {
        use MacroErrorKind::*;
        for (text, span, kind) in [
            ("a%(ir)", 1..3, StrayPercent),
            ("foo%", 3..4, StrayPercent),
            ("%{d", 0..3, Unterminated),
            ("%{d%{l}", 0..3, Unterminated),
            ("%{x}", 0..4, UnknownLetter),
            ("%{}", 0..3, UnknownLetter),
            ("%{d0}", 0..5, BadDigits),
            ("%{dr2}", 0..6, BadDelimiter),
            ("%{c}.x", 0..4, ExplanationOnly),
            ("a b", 1..2, BadCharacter),
            ("aü", 1..3, BadCharacter),
        ] {
            assert_eq!(MacroString::parse(text, Place::DomainSpec), Err(MacroError { span, kind }), "{text}");
        }
    }

    #[test]
    fn long_names_lose_labels_on_the_left() {
        let long = format!("{}%{{d}}", "abcdefgh.".repeat(40));
        let name = MacroString::parse(&long, Place::DomainSpec).unwrap().expand_name(&context());
        assert!(name.len() <= MAX_NAME && name.len() > MAX_NAME - 9, "{}", name.len());
        assert!(name.starts_with("abcdefgh.") && name.ends_with(".email.example.com"));
        // 253 fit exactly, and a label is never cut in the middle.
        let exact = format!("a.{}", "b".repeat(63)) + &format!(".{}", "c".repeat(62)).repeat(2) + ".%{d}";
        let length = exact.len() - 4 + 17;
        let fill = "x".repeat(MAX_NAME - length - 1);
        let fits = format!("{fill}.{exact}");
        let name = MacroString::parse(&fits, Place::DomainSpec).unwrap().expand_name(&context());
        assert_eq!(name.len(), MAX_NAME);
        assert!(name.starts_with(&fill));
        let over = format!("x{fits}");
        let name = MacroString::parse(&over, Place::DomainSpec).unwrap().expand_name(&context());
        assert!(name.starts_with("a.bbb"));
    }

    proptest! {
        #[test]
        fn no_input_panics(text in "\\PC{0,60}|[%{}a-z0-9.+-]{0,40}") {
            for place in [Place::DomainSpec, Place::Modifier, Place::Explanation] {
                if let Ok(parsed) = MacroString::parse(&text, place) {
                    prop_assert_eq!(parsed.to_string(), text.clone());
                    let name = parsed.expand_name(&context());
                    prop_assert!(name.len() <= MAX_NAME);
                    let _ = (parsed.expand_text(&context()), to_name(&name));
                }
            }
        }
    }
}
