//! Domain names as the rest of the crate speaks of them (RFC 1035 §2.3, RFC 5890).

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// An absolute domain name: lower-case A-labels in presentation form, without the final dot.
///
/// The root is the empty string and is shown as `.`. Octets outside the usual set are kept as
/// the escapes of RFC 1035 §5.1 (`\.`, `\032`), so that a name is always printable ASCII.
/// Cloning is cheap.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(Arc<str>);

/// Why a text is no domain name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Two dots in a row, or a dot at the start.
    #[error("empty label")]
    EmptyLabel,
    /// A label of more than 63 octets (RFC 1035 §2.3.4).
    #[error("label longer than 63 octets")]
    LabelTooLong,
    /// More than 253 octets in presentation form, 255 on the wire (RFC 1035 §2.3.4).
    #[error("name longer than 255 octets")]
    NameTooLong,
    /// A backslash that begins no escape.
    #[error("bad escape")]
    BadEscape,
    /// A U-label that IDNA (UTS #46) does not map to an A-label.
    #[error("not a valid internationalised name")]
    BadIdn,
}

impl Name {
    /// The root of the DNS.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Reads presentation form, with or without the final dot, ASCII letters in either case.
    ///
    /// Non-ASCII text is taken as U-labels and converted to A-labels (RFC 8616 §4). Control
    /// characters and blanks become escapes.
    ///
    /// # Errors
    /// [`NameError`] names what is wrong; nothing is ever cut to fit.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        if !text.is_ascii() {
            let ascii = idna::domain_to_ascii(text).map_err(|_| NameError::BadIdn)?;
            return if ascii.is_ascii() { Self::parse(&ascii) } else { Err(NameError::BadIdn) };
        }
        if text.is_empty() || text == "." {
            return Ok(Self::root());
        }
        let plain = |b: u8| b.is_ascii_graphic() && b != b'\\';
        // A dot behind an odd number of backslashes belongs to the label (RFC 1035 §5.1).
        let text = text.strip_suffix('.').filter(|t| trailing_backslashes(t).is_multiple_of(2)).unwrap_or(text);
        if text.bytes().all(plain) {
            let mut labels = 0;
            for label in text.split('.') {
                match label.len() {
                    0 => return Err(NameError::EmptyLabel),
                    1..=63 => labels += label.len() + 1,
                    _ => return Err(NameError::LabelTooLong),
                }
            }
            if labels + 1 > 255 {
                return Err(NameError::NameTooLong);
            }
            if text.bytes().any(|b| b.is_ascii_uppercase()) {
                return Ok(Self(Arc::from(text.to_ascii_lowercase())));
            }
            return Ok(Self(Arc::from(text)));
        }
        Self::from_labels(unescape(text)?.iter().map(Vec::as_slice))
    }

    /// Builds a name from raw labels, leftmost first.
    ///
    /// # Errors
    /// As [`Name::parse`].
    pub fn from_labels<'a>(labels: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, NameError> {
        let mut text = String::new();
        let mut wire = 1;
        for label in labels {
            match label.len() {
                0 => return Err(NameError::EmptyLabel),
                1..=63 => wire += label.len() + 1,
                _ => return Err(NameError::LabelTooLong),
            }
            if !text.is_empty() {
                text.push('.');
            }
            for &b in label {
                match b {
                    b'.' | b'\\' => {
                        text.push('\\');
                        text.push(b as char);
                    }
                    _ if b.is_ascii_graphic() => text.push(b.to_ascii_lowercase() as char),
                    _ => text.push_str(&format!("\\{b:03}")),
                }
            }
        }
        if wire > 255 {
            return Err(NameError::NameTooLong);
        }
        Ok(Self(Arc::from(text)))
    }

    /// The presentation form without the final dot; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The labels in presentation form, leftmost first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        let mut rest = (!self.0.is_empty()).then_some(&*self.0);
        std::iter::from_fn(move || {
            let text = rest?;
            let (label, tail) = cut_label(text);
            rest = tail;
            Some(label)
        })
    }

    /// How many labels the name has; the root has none.
    pub fn label_count(&self) -> usize {
        self.labels().count()
    }

    /// The labels as raw octets, for the wire.
    pub fn raw_labels(&self) -> Vec<Vec<u8>> {
        if self.is_root() { Vec::new() } else { unescape(&self.0).unwrap_or_default() }
    }

    /// The name without its leftmost label; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        if self.is_root() {
            return None;
        }
        let (_, tail) = cut_label(&self.0);
        Some(Self(Arc::from(tail.unwrap_or(""))))
    }

    /// The rightmost `count` labels (all of them if there are fewer).
    pub fn suffix(&self, count: usize) -> Self {
        let mut name = self.clone();
        for _ in count..self.label_count() {
            match name.parent() {
                Some(parent) => name = parent,
                None => break,
            }
        }
        name
    }

    /// The registrable domain by the public suffix list, its private section included; `None` for
    /// a public suffix itself.
    pub fn registrable(&self) -> Option<Self> {
        if self.0.contains('\\') {
            return None;
        }
        // The list is kept in U-labels.
        let text = self.to_unicode();
        let labels = psl::domain_str(&text)?.split('.').count();
        Some(self.suffix(labels))
    }

    /// Whether this name is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        if other.is_root() || self == other {
            return true;
        }
        self.0
            .strip_suffix(&*other.0)
            .and_then(|head| head.strip_suffix('.'))
            .is_some_and(|head| trailing_backslashes(head).is_multiple_of(2))
    }

    /// Whether this name lies below `other`, itself excluded.
    pub fn is_below(&self, other: &Self) -> bool {
        self != other && self.is_within(other)
    }

    /// `prefix.self`; the prefix may hold several labels (`s1._domainkey`).
    ///
    /// # Errors
    /// As [`Name::parse`].
    pub fn prepend(&self, prefix: &str) -> Result<Self, NameError> {
        if self.is_root() {
            return Self::parse(prefix);
        }
        let mut text = String::with_capacity(prefix.len() + 1 + self.0.len());
        text.push_str(prefix);
        text.push('.');
        text.push_str(&self.0);
        // Without escapes the length in presentation form is that on the wire, less two (RFC 1035 §3.1).
        let is_plain = |label: &str| matches!(label.len(), 1..=63) && label.bytes().all(|b| PLAIN[usize::from(b)]);
        if text.len() <= 253 && prefix.split('.').all(is_plain) && !self.0.contains('\\') {
            return Ok(Self(Arc::from(text)));
        }
        Self::parse(&text)
    }

    /// The name with U-labels where they decode, for people (RFC 5891 §4.4).
    pub fn to_unicode(&self) -> String {
        if !self.0.contains("xn--") {
            return self.0.to_string();
        }
        let (text, result) = idna::domain_to_unicode(&self.0);
        if result.is_ok() { text } else { self.0.to_string() }
    }
}

/// Octets that stand for themselves in a name: visible ASCII in lower case, without the backslash.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = b'!';
    while b <= b'~' {
        table[b as usize] = !b.is_ascii_uppercase() && b != b'\\';
        b += 1;
    }
    table
};

fn trailing_backslashes(text: &str) -> usize {
    text.bytes().rev().take_while(|&b| b == b'\\').count()
}

/// The first label of a name in presentation form and what follows its dot.
fn cut_label(text: &str) -> (&str, Option<&str>) {
    let mut escaped = false;
    for (i, b) in text.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'.' => return (&text[..i], Some(&text[i + 1..])),
            _ => {}
        }
    }
    (text, None)
}

fn unescape(text: &str) -> Result<Vec<Vec<u8>>, NameError> {
    let mut labels = vec![Vec::new()];
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        let octet = match b {
            b'.' => {
                labels.push(Vec::new());
                continue;
            }
            b'\\' => match bytes.next().ok_or(NameError::BadEscape)? {
                d @ b'0'..=b'9' => {
                    let mut value = u16::from(d - b'0');
                    for _ in 0..2 {
                        match bytes.next() {
                            Some(d @ b'0'..=b'9') => value = value * 10 + u16::from(d - b'0'),
                            _ => return Err(NameError::BadEscape),
                        }
                    }
                    u8::try_from(value).map_err(|_| NameError::BadEscape)?
                }
                other => other,
            },
            other => other,
        };
        if let Some(label) = labels.last_mut() {
            label.push(octet);
        }
    }
    Ok(labels)
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Name {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Name {
    type Error = NameError;
    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.to_string()
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presentation_form_is_normalised() {
        for (text, want) in [
            ("Example.DE.", "example.de"),
            ("example.de", "example.de"),
            (".", ""),
            ("", ""),
            ("bücher.example", "xn--bcher-kva.example"),
            ("a\\.b.example", "a\\.b.example"),
            ("a\\046b.example", "a\\.b.example"),
            ("\\255.x", "\\255.x"),
            ("a b.x", "a\\032b.x"),
            ("a\\\\.", "a\\\\"),
            ("b.a\\.", "b.a\\."),
        ] {
            assert_eq!(Name::parse(text).unwrap().as_str(), want, "{text}");
        }
    }

    #[test]
    fn bad_names_are_refused() {
        let long = "a".repeat(64);
        let far = ["abcdefg"; 33].join(".");
        for (text, want) in [
            ("a..b", NameError::EmptyLabel),
            (".a", NameError::EmptyLabel),
            ("a..", NameError::EmptyLabel),
            (&*format!("{long}.de"), NameError::LabelTooLong),
            (&*far, NameError::NameTooLong),
            ("a\\2.b", NameError::BadEscape),
            ("a\\999.b", NameError::BadEscape),
        ] {
            assert_eq!(Name::parse(text).unwrap_err(), want, "{text}");
        }
    }

    #[test]
    fn relations() {
        let n = |t: &str| Name::parse(t).unwrap();
        assert!(n("a.b.de").is_within(&n("b.de")));
        assert!(!n("ab.de").is_within(&n("b.de")));
        assert!(!n("a\\.b.de").is_within(&n("b.de")));
        assert!(n("b.de").is_within(&Name::root()));
        assert!(!n("b.de").is_below(&n("b.de")));
        assert_eq!(n("a\\.b.de").labels().collect::<Vec<_>>(), ["a\\.b", "de"]);
        assert_eq!(n("a.b.c.de").suffix(2), n("c.de"));
        assert_eq!(n("de").parent(), Some(Name::root()));
        for prefix in ["_dmarc.x", "A", "ü", "a b", "a\\.b", "a..b", "", ".a", "a."] {
            assert_eq!(n("de").prepend(prefix), Name::parse(&format!("{prefix}.de")), "{prefix}");
        }
        let long = ["abcdefg"; 31].join(".");
        assert!(n("d.e").prepend(&long).is_ok() && n("abc.d").prepend(&long).is_ok());
        assert_eq!(n("abcd.d").prepend(&long), Err(NameError::NameTooLong));
        assert_eq!(n("xn--bcher-kva.example").to_unicode(), "bücher.example");
    }
}
