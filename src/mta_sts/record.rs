//! The TXT record (RFC 8461 §3.1).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::tag_list::{self, Opening, Span, is_extension, meant_version, opening, segments};

/// What a record begins with.
const VERSION: &str = "v=STSv1";

/// A record that senders use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// Changes with every change of the policy; 1 to 32 letters and digits without an order.
    pub id: String,
    /// Further fields, in their order.
    #[serde(default)]
    pub extensions: Vec<(String, String)>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v=STSv1; id={};", self.id)?;
        self.extensions.iter().try_for_each(|(name, value)| write!(f, " {name}={value};"))
    }
}

/// What slipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// The record does not begin with `v=STSv1;`, so senders drop it.
    Version,
    /// No semicolon behind the version.
    Separator,
    /// No `id`.
    IdMissing,
    /// `id` holds something other than letters and digits, or nothing.
    IdInvalid,
    /// `id` is longer than 32.
    IdTooLong,
    /// A field that is no `name=value` of the grammar.
    Field,
    /// A second `id`.
    Duplicate,
}

/// A slip and its place. Each makes the record void: senders then know of no policy (RFC 8461 §3.1).
pub type Slip = tag_list::Slip<SlipKind>;

/// A record, read.
pub type Parsed = tag_list::Parsed<Record, SlipKind>;

/// Whether a TXT record is, or was clearly meant to be, an MTA-STS record.
pub fn looks_like_mta_sts(text: &str) -> bool {
    let value = meant_version(text);
    value.starts_with("sts") || value.starts_with("mta-sts") || value.starts_with("mtasts")
}

/// The record that senders use among the TXT records at `_mta-sts`: exactly one that begins with `v=STSv1;`, and
/// that one without a slip (RFC 8461 §3.1). A record twice over counts once.
pub fn published(texts: impl Iterator<Item = String>) -> Option<Record> {
    let mut counting: Vec<String> = texts.filter(|text| text.starts_with("v=STSv1;")).collect();
    counting.dedup();
    match &*counting {
        [one] => parse(one).record,
        _ => None,
    }
}

/// Reads a record. Never fails.
pub fn parse(text: &str) -> Parsed {
    let (opening, body) = opening(text, VERSION);
    let mut out = Parsed { record: None, counts: opening == Opening::Whole, slips: Vec::new(), repaired: None };
    let mut record = Record { id: String::new(), extensions: Vec::new() };
    let mut id: Option<String> = None;
    match opening {
        Opening::Whole => {}
        Opening::Separator(span, put) => {
            out.slips.push(Slip { kind: SlipKind::Separator, span, suggestion: Some(put) });
        }
        Opening::Version(span) => {
            out.slips.push(Slip { kind: SlipKind::Version, span, suggestion: Some(VERSION.into()) });
        }
    }
    for piece in segments(&text[body..]) {
        let at = |s: &Span| s.start + body..s.end + body;
        let mut slip = |kind, span: Span, suggestion| out.slips.push(Slip { kind, span, suggestion });
        if piece.is_empty() {
            // Two semicolons in a row are none of the grammar.
            let end = piece.end.unwrap_or(piece.span.end) + body;
            slip(SlipKind::Field, end..end + 1, Some(String::new()));
            continue;
        }
        let name = &text[at(&piece.name)];
        let Some(value_span) = piece.value.as_ref().map(at) else {
            slip(SlipKind::Field, at(&piece.span), None);
            continue;
        };
        let value = &text[value_span.clone()];
        if name == "id" {
            if id.is_some() {
                slip(SlipKind::Duplicate, at(&piece.span), Some(String::new()));
                continue;
            }
            // RFC 8461 §3.1: 1 to 32 letters and digits.
            let kept: String = value.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
            let suggestion = (!kept.is_empty()).then(|| kept.clone());
            let whole = if value.is_empty() { at(&piece.span) } else { value_span };
            if value.is_empty() || !value.bytes().all(|b| b.is_ascii_alphanumeric()) {
                slip(SlipKind::IdInvalid, whole, suggestion);
            } else if value.len() > 32 {
                slip(SlipKind::IdTooLong, whole, suggestion);
            }
            id = Some(kept);
            continue;
        }
        if is_extension(name, value) && !name.eq_ignore_ascii_case("id") {
            record.extensions.push((name.to_owned(), value.to_owned()));
        } else if name.eq_ignore_ascii_case("id") {
            slip(SlipKind::Field, at(&piece.name), Some("id".into()));
            id.get_or_insert_with(|| value.chars().filter(char::is_ascii_alphanumeric).take(32).collect());
        } else {
            slip(SlipKind::Field, at(&piece.span), None);
        }
    }
    if id.is_none() {
        out.slips.push(Slip { kind: SlipKind::IdMissing, span: 0..text.len(), suggestion: None });
    }
    if let Some(id) = id.filter(|i| !i.is_empty()) {
        record.id = id;
        out.repaired = Some(record.to_string());
        if out.slips.is_empty() {
            out.record = Some(record);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_that_count() {
        for text in [
            "v=STSv1; id=20260401",
            "v=STSv1;id=20260401000000Z;",
            "v=STSv1 ; id=1".replace(" ;", ";").as_str(),
            "v=STSv1; x_y.z-1=abc; id = a1 ;",
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.slips, [], "{text}");
            let record = parsed.record.unwrap();
            assert_eq!(parse(&record.to_string()).record, Some(record), "{text}");
        }
    }

    #[test]
    fn slips_and_their_places() {
        use SlipKind::*;
        for (text, kind, span, suggestion, repaired) in [
            ("v=STSv1; id=2026-01-01", IdInvalid, "2026-01-01", Some("20260101"), Some("v=STSv1; id=20260101;")),
            ("v=STSv1; id=", IdInvalid, "id=", None, None),
            ("v=STSv1;", IdMissing, "v=STSv1;", None, None),
            ("v=STSv1", Separator, "v=STSv1", Some("v=STSv1;"), None),
            ("v=STSv1 id=1", Separator, " ", Some("; "), Some("v=STSv1; id=1;")),
            ("v=STSv1, id=1", Separator, ", ", Some("; "), Some("v=STSv1; id=1;")),
            ("v=STSv1 ; id=1", Separator, " ; ", Some("; "), Some("v=STSv1; id=1;")),
            ("v=stsv1; id=1", Version, "v=stsv1", Some("v=STSv1"), Some("v=STSv1; id=1;")),
            ("v=STS1; id=1", Version, "v=STS1", Some("v=STSv1"), Some("v=STSv1; id=1;")),
            (" v=STSv1; id=1", Version, " v=STSv1", Some("v=STSv1"), Some("v=STSv1; id=1;")),
            ("v=STSv1; id=1; id=2", Duplicate, "id=2", Some(""), Some("v=STSv1; id=1;")),
            ("v=STSv1; ID=1", Field, "ID", Some("id"), Some("v=STSv1; id=1;")),
            ("v=STSv1; id=1; foo", Field, "foo", None, Some("v=STSv1; id=1;")),
            (
                "v=STSv1; id=1234567890123456789012345678901234",
                IdTooLong,
                "1234567890123456789012345678901234",
                Some("12345678901234567890123456789012"),
                Some("v=STSv1; id=12345678901234567890123456789012;"),
            ),
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.record, None, "{text}");
            let slip = &parsed.slips[0];
            assert_eq!(
                (slip.kind, &text[slip.span.clone()], slip.suggestion.as_deref()),
                (kind, span, suggestion),
                "{text}"
            );
            assert_eq!(parsed.repaired.as_deref(), repaired, "{text}");
            assert!(looks_like_mta_sts(text), "{text}");
        }
        assert!(!looks_like_mta_sts("v=spf1 -all"));
    }

    #[test]
    fn exactly_one_record_counts() {
        let id = |texts: &[&str]| published(texts.iter().map(|t| (*t).to_owned())).map(|r| r.id);
        assert_eq!(id(&["v=STSv1; id=1"]).as_deref(), Some("1"));
        assert_eq!(id(&["x", "v=STSv1; id=1", "v=STSv1 id=2"]).as_deref(), Some("1"));
        assert_eq!(id(&["v=STSv1; id=1", "v=STSv1; id=1"]).as_deref(), Some("1"));
        assert_eq!(id(&["v=STSv1; id=1", "v=STSv1; id=2"]), None);
        assert_eq!(id(&["v=STSv1; id=1-2"]), None);
        assert_eq!(id(&[]), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(v=STSv1[;, ])?[a-zSTv1=;ü -]{0,50}|\\PC{0,40}") {
            let parsed = parse(&text);
            for slip in parsed.slips {
                prop_assert!(text.get(slip.span).is_some());
            }
            if let Some(repaired) = parsed.repaired {
                prop_assert!(parse(&repaired).record.is_some());
            }
        }
    }
}
