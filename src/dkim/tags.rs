//! Tag lists: `a=1; b=2` with the place of every part (RFC 6376 §3.2).

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};

/// Base64 as senders write it: padding may lack, spare bits may be set.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Up to so many tags a name is looked for among them one by one.
const FEW: usize = 32;

/// One `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name, case kept: names are case-sensitive.
    pub name: &'a str,
    /// The value without blanks around it; inner folding is kept.
    pub value: &'a str,
    /// Where the name lies in the text.
    pub name_span: Range<usize>,
    /// Where the value lies in the text.
    pub value_span: Range<usize>,
    /// From after the `=` to the `;` or the end, blanks included.
    pub full_value_span: Range<usize>,
}

/// The tags of a list in their order, unknown ones included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagList<'a> {
    /// The tags; no name occurs twice.
    pub tags: Vec<Tag<'a>>,
}

/// What is wrong with a tag list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum TagErrorKind {
    /// Nothing but blanks.
    #[error("empty tag list")]
    Empty,
    /// `;;`, or `;` at the start.
    #[error("empty tag between semicolons")]
    EmptyTag,
    /// No `=` in a tag.
    #[error("tag without =")]
    MissingEquals,
    /// A name that does not begin with a letter, or holds something else than letters, digits, `_`.
    #[error("invalid tag name")]
    BadName,
    /// A name for the second time: the whole list is void.
    #[error("duplicate tag")]
    Duplicate,
    /// A control character in a value.
    #[error("invalid character in a value")]
    BadValue,
}

/// A fault of a tag list and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind}")]
pub struct TagError {
    /// What is wrong.
    pub kind: TagErrorKind,
    /// Where, in octets of the text.
    pub span: Range<usize>,
}

impl<'a> TagList<'a> {
    /// Reads a tag list. Non-ASCII characters may occur in values (RFC 8616 §5).
    ///
    /// # Errors
    /// The first fault; RFC 6376 §3.2 leaves nothing to be repaired.
    pub fn parse(text: &'a str) -> Result<Self, TagError> {
        // The tags of a signature are about as many.
        let mut list = Self { tags: Vec::with_capacity(12) };
        let mut seen = std::collections::HashSet::new();
        let mut at = 0;
        let mut pieces = text.split(';').peekable();
        while let Some(piece) = pieces.next() {
            let start = at;
            at += piece.len() + 1;
            let error = |kind, span: Range<usize>| Err(TagError { kind, span: start + span.start..start + span.end });
            if piece.bytes().all(is_fws) {
                if list.tags.is_empty() && pieces.peek().is_none() {
                    return error(TagErrorKind::Empty, 0..piece.len());
                }
                // RFC 6376 §3.2: one semicolon may end the list, an empty tag is none of its tags.
                if pieces.peek().is_some() || list.tags.is_empty() {
                    return error(TagErrorKind::EmptyTag, 0..(piece.len() + 1).min(text.len() - start));
                }
                break;
            }
            let Some(equals) = piece.find('=') else {
                return error(TagErrorKind::MissingEquals, trim(piece, 0..piece.len()));
            };
            let name_span = trim(piece, 0..equals);
            let name = &piece[name_span.clone()];
            let valid = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if !valid || !name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
                return error(TagErrorKind::BadName, name_span);
            }
            // RFC 6376 §3.2: tags with duplicate names must not occur, else the entire list is invalid.
            let duplicate = if list.tags.len() < FEW {
                list.tags.iter().any(|t| t.name == name)
            } else {
                if seen.is_empty() {
                    seen.extend(list.tags.iter().map(|t| &text[t.name_span.clone()]));
                }
                !seen.insert(name)
            };
            if duplicate {
                return error(TagErrorKind::Duplicate, name_span);
            }
            let value_span = trim(piece, equals + 1..piece.len());
            let value = &piece[value_span.clone()];
            let plain = value.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t' | b'\r' | b'\n'));
            if !plain
                && let Some((i, c)) =
                    value.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
            {
                return error(TagErrorKind::BadValue, value_span.start + i..value_span.start + i + c.len_utf8());
            }
            let shift = |span: Range<usize>| start + span.start..start + span.end;
            list.tags.push(Tag {
                name,
                value,
                name_span: shift(name_span),
                value_span: shift(value_span),
                full_value_span: shift(equals + 1..piece.len()),
            });
        }
        Ok(list)
    }

    /// The tag of a name.
    pub fn get(&self, name: &str) -> Option<&Tag<'a>> {
        self.tags.iter().find(|t| t.name == name)
    }

    /// The value of a tag.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.get(name).map(|t| t.value)
    }
}

/// `name=value; name=value`, folding inside values kept.
impl std::fmt::Display for TagList<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, tag) in self.tags.iter().enumerate() {
            write!(f, "{}{}={}", if i == 0 { "" } else { "; " }, tag.name, tag.value)?;
        }
        Ok(())
    }
}

impl<'a> Tag<'a> {
    /// The value without any blanks.
    pub fn compact(&self) -> String {
        compact(self.value)
    }

    /// The parts of a colon-separated value, blanks around them removed.
    pub fn parts(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value.split(':').map(|p| p.trim_matches(|c: char| c.is_ascii() && is_fws(c as u8)))
    }

    /// The value as base64, blanks ignored; `None` if it is none.
    pub fn base64(&self) -> Option<Vec<u8>> {
        decode_base64(self.value)
    }
}

/// A text without blanks and line breaks.
pub fn compact(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    text.split(FWS).for_each(|piece| compact.push_str(piece));
    compact
}

/// Decodes base64 in which blanks may stand (RFC 6376 §2.10); missing padding is forgiven.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut compact = Vec::with_capacity(text.len());
    text.as_bytes().split(|&b| is_fws(b)).for_each(|piece| compact.extend_from_slice(piece));
    BASE64.decode(compact).ok()
}

/// Decodes dkim-quoted-printable (RFC 6376 §2.11); `None` if an `=` begins no octet.
pub fn decode_qp(text: &str) -> Option<Vec<u8>> {
    let text = compact(text);
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'=' {
            let digit = |b: Option<&u8>| b.and_then(|&b| char::from(b).to_digit(16));
            let octet = digit(bytes.get(i + 1))? * 16 + digit(bytes.get(i + 2))?;
            out.push(u8::try_from(octet).ok()?);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    Some(out)
}

/// Encodes dkim-quoted-printable (RFC 6376 §2.11).
pub fn encode_qp(octets: &[u8]) -> String {
    let mut out = String::with_capacity(octets.len());
    for &b in octets {
        if matches!(b, 0x21..=0x3a | 0x3c | 0x3e..=0x7e) && b != b'|' {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("={b:02X}"));
        }
    }
    out
}

const FWS: [char; 4] = [' ', '\t', '\r', '\n'];

fn is_fws(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

fn trim(text: &str, span: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (span.start, span.end);
    while start < end && is_fws(bytes[start]) {
        start += 1;
    }
    while end > start && is_fws(bytes[end - 1]) {
        end -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        let list = TagList::parse(" v=1; a = rsa-sha256 ;\r\n\tb=ab\r\n cd; e=; ").unwrap();
        let pairs: Vec<_> = list.tags.iter().map(|t| (t.name, t.value)).collect();
        assert_eq!(pairs, [("v", "1"), ("a", "rsa-sha256"), ("b", "ab\r\n cd"), ("e", "")]);
        assert_eq!(list.get("b").unwrap().compact(), "abcd");
        for (text, kind, span) in [
            ("", TagErrorKind::Empty, 0..0),
            (" \t", TagErrorKind::Empty, 0..2),
            (";", TagErrorKind::EmptyTag, 0..1),
            ("a=1;; b=2", TagErrorKind::EmptyTag, 4..5),
            ("a=1;;", TagErrorKind::EmptyTag, 4..5),
            ("a=1; b", TagErrorKind::MissingEquals, 5..6),
            ("1a=1", TagErrorKind::BadName, 0..2),
            ("a b=1", TagErrorKind::BadName, 0..3),
            ("=1", TagErrorKind::BadName, 0..0),
            ("a=1; b=2; a=3", TagErrorKind::Duplicate, 10..11),
            ("a=x\0y", TagErrorKind::BadValue, 3..4),
        ] {
            assert_eq!(TagList::parse(text), Err(TagError { kind, span }), "{text:?}");
        }
        assert!(TagList::parse("a=1; A=2").is_ok());
    }

    proptest::proptest! {
        #[test]
        fn spans_point_at_their_text(text in "[ab=;\\r\\n \u{e4}_1]{0,30}") {
            if let Ok(list) = TagList::parse(&text) {
                for tag in &list.tags {
                    proptest::prop_assert_eq!(&text[tag.name_span.clone()], tag.name);
                    proptest::prop_assert_eq!(&text[tag.value_span.clone()], tag.value);
                }
                let printed = list.to_string();
                let again = TagList::parse(&printed).unwrap();
                proptest::prop_assert_eq!(list.to_string(), again.to_string());
            }
        }

        #[test]
        fn quoted_printable_is_undone(octets in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..50)) {
            proptest::prop_assert_eq!(decode_qp(&encode_qp(&octets)), Some(octets));
        }
    }
}
