//! The `name=value;` lists of DMARC, MTA-STS, TLS-RPT and BIMI records, cut into pieces with their places.
//!
//! The four grammars differ in what a name or a value may hold, but all of them cut at `;` and at the
//! first `=` and allow blanks around both (RFC 9989 §4.7, RFC 8461 §3.1, RFC 8460 §3).

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Byte offsets into the text of a record.
pub type Span = Range<usize>;

/// A slip in a record and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip<K> {
    /// What slipped.
    pub kind: K,
    /// Where.
    pub span: Span,
    /// What should stand there, where that can be guessed.
    pub suggestion: Option<String>,
}

/// A record that senders drop unless it begins with the version and a semicolon, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed<R, K> {
    /// What senders make of it; `None` where they drop it.
    pub record: Option<R>,
    /// Whether it begins with the version and a semicolon: what does not is no record at all, what does counts among
    /// several.
    pub counts: bool,
    /// The slips in their order.
    pub slips: Vec<Slip<K>>,
    /// The text with every slip put right, where what was meant can be told.
    pub repaired: Option<String>,
}

/// How a record begins that has to begin with a version and a semicolon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// With both.
    Whole,
    /// With the version, but no semicolon at this place; the text would mend it.
    Separator(Span, String),
    /// With something else than the version, up to the end of this place.
    Version(Span),
}

/// How a record begins, and where its fields do (RFC 8461 §3.1, RFC 8460 §3).
pub fn opening(text: &str, version: &str) -> (Opening, usize) {
    let Some(tail) = text.strip_prefix(version) else {
        // Up to the separator, however it was written.
        let stop = text.find([';', ',']).unwrap_or(text.len());
        return (Opening::Version(0..stop), (stop + 1).min(text.len()));
    };
    let at = version.len();
    if tail.starts_with(';') {
        return (Opening::Whole, at + 1);
    }
    let gap = tail.len() - tail.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).len();
    let opening = match gap {
        0 => Opening::Separator(0..at, format!("{version};")),
        _ => Opening::Separator(at..at + gap, "; ".to_owned()),
    };
    (opening, at + gap)
}

/// The version that a record was meant to have: its first characters behind `v=`, in lower case, without blanks,
/// quotes and what nobody sees.
pub fn meant_version(text: &str) -> String {
    let start: String =
        text.chars().filter(|c| !is_invisible(*c) && !matches!(c, '"' | '\'' | '\\')).take(12).collect();
    let start = start.to_ascii_lowercase();
    start.strip_prefix("v=").or(start.strip_prefix("v:")).unwrap_or(&start).to_owned()
}

/// Whether this is a field that a later version of the standard may define (RFC 8461 §3.1, RFC 8460 §3:
/// `sts-ext-name`, `tlsrpt-ext-name` and their values).
pub fn is_extension(name: &str, value: &str) -> bool {
    let named = name.len() <= 32
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    named && !value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic() && b != b'=')
}

/// What stands between two semicolons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Everything between the semicolons, without the blanks around it.
    pub span: Span,
    /// What stands before the `=`; the whole segment where there is none.
    pub name: Span,
    /// What stands behind the first `=`, without blanks around it.
    pub value: Option<Span>,
    /// Where the semicolon stands that ends the segment; `None` for the last one.
    pub end: Option<usize>,
}

impl Segment {
    /// Whether nothing but blanks stands between the semicolons.
    pub fn is_empty(&self) -> bool {
        self.span.is_empty()
    }
}

/// Cuts a record at its semicolons. The empty piece behind a final semicolon is left out.
pub fn segments(text: &str) -> impl Iterator<Item = Segment> + '_ {
    let mut at = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done || at >= text.len() {
            return None;
        }
        let end = text[at..].find(';').map(|i| at + i);
        let stop = end.unwrap_or(text.len());
        let span = trim(text, at..stop);
        done = end.is_none();
        at = stop + 1;
        if end.is_none() && span.is_empty() {
            return None;
        }
        let (name, value) = match text[span.clone()].find('=') {
            Some(i) => (trim(text, span.start..span.start + i), Some(trim(text, span.start + i + 1..span.end))),
            None => (span.clone(), None),
        };
        Some(Segment { span, name, value, end })
    })
}

/// Whether this is WSP of RFC 5234: space or tab.
pub fn is_wsp(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// A span without the WSP at its ends. An empty one stays where the text begins.
pub fn trim(text: &str, span: Span) -> Span {
    let piece = &text[span.clone()];
    let left = piece.len() - piece.trim_start_matches(is_wsp).len();
    if left == piece.len() {
        return span.start..span.start;
    }
    let kept = piece.trim_matches(is_wsp).len();
    span.start + left..span.start + left + kept
}

/// Whether a character is a blank of any kind, or one that nobody sees.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The candidate that a word was most likely meant to be: the nearest one, at most two typing slips away
/// and less than half of the word; a swap of neighbours is one slip.
pub fn closest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    if word.is_empty() || word.len() > 32 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    candidates
        .iter()
        .map(|c| (slips(&word, &c.to_ascii_lowercase()), *c))
        .filter(|(n, c)| *n <= 2 && *n * 2 < c.len().max(word.chars().count()))
        .min_by_key(|(n, _)| *n)
        .map(|(_, c)| c)
}

/// How many typing slips lie between two words (optimal string alignment). For short words only.
pub fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_their_places() {
        let text = "v=X ;  p = a b ;;rua;";
        let found: Vec<_> =
            segments(text).map(|s| (&text[s.name.clone()], s.value.map(|v| &text[v]), s.end.is_some())).collect();
        assert_eq!(found, [("v", Some("X"), true), ("p", Some("a b"), true), ("", None, true), ("rua", None, true)]);
        assert_eq!(segments("").count(), 0);
        assert_eq!(segments("a=; ").count(), 1);
    }

    #[test]
    fn likely_words() {
        let policies = ["none", "quarantine", "reject"];
        for (word, want) in [
            ("rejct", Some("reject")),
            ("quarentine", Some("quarantine")),
            ("Rejetc", Some("reject")),
            ("non", Some("none")),
            ("block", None),
            ("", None),
        ] {
            assert_eq!(closest(word, &policies), want, "{word}");
        }
    }
}
