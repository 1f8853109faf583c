//! BIMI (draft-brand-indicators-for-message-identification-12): the TXT record at `SELECTOR._bimi`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dmarc::{escapes_are_whole, is_host, is_uri_octet};
use crate::tag_list::{self, Span, meant_version, segments};

/// A record that receivers use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Record {
    /// `l`: where the logo is; `None` where the domain declines.
    pub location: Option<String>,
    /// `a`: where the mark certificate is.
    pub authority: Option<String>,
    /// `avp`: `brand` or `personal`.
    pub preference: Option<String>,
    /// Further tags, in their order.
    #[serde(default)]
    pub others: Vec<(String, String)>,
}

impl Record {
    /// Neither a logo nor a certificate: the domain wants none shown.
    pub fn is_declined(&self) -> bool {
        self.location.is_none() && self.authority.is_none()
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "v=BIMI1; l={}; a={}",
            self.location.as_deref().unwrap_or(""),
            self.authority.as_deref().unwrap_or("")
        )?;
        if let Some(preference) = &self.preference {
            write!(f, "; avp={preference}")?;
        }
        self.others.iter().try_for_each(|(name, value)| write!(f, "; {name}={value}"))
    }
}

/// What slipped. Nothing is repaired by receivers: each makes the record void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// The record does not begin with `v=BIMI1`.
    Version,
    /// No `l`.
    LocationMissing,
    /// A URI of a scheme other than `https`.
    NotHttps,
    /// A logo that is a picture of another kind than SVG (§4.3).
    NotSvg,
    /// No URI, or more than one.
    UriInvalid,
    /// `avp` is neither `brand` nor `personal`.
    PreferenceInvalid,
    /// A piece that is no `name=value`.
    Field,
    /// A tag a second time.
    Duplicate,
}

/// A slip and its place.
pub type Slip = tag_list::Slip<SlipKind>;

/// A record, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    /// What receivers make of it; `None` where they leave it out.
    pub record: Option<Record>,
    /// The slips in their order.
    pub slips: Vec<Slip>,
    /// The text with every slip put right that can be.
    pub repaired: String,
}

/// Whether a TXT record is, or was clearly meant to be, a BIMI record.
pub fn looks_like_bimi(text: &str) -> bool {
    meant_version(text).starts_with("bimi")
}

/// Reads a record. Never fails.
pub fn parse(text: &str) -> Parsed {
    let mut slips: Vec<Slip> = Vec::new();
    let mut record = Record::default();
    let mut seen: Vec<String> = Vec::new();
    let mut slip = |kind, span: Span, suggestion: Option<String>| slips.push(Slip { kind, span, suggestion });
    for (i, piece) in segments(text).enumerate() {
        let value_span = piece.value.clone().unwrap_or(piece.span.end..piece.span.end);
        let name = text[piece.name.clone()].to_ascii_lowercase();
        let value = &text[value_span.clone()];
        if i == 0 {
            if name != "v" || value != "BIMI1" || text.starts_with([' ', '\t']) {
                slip(SlipKind::Version, 0..piece.span.end, Some("v=BIMI1".into()));
            }
            if name == "v" || piece.value.is_none() {
                continue;
            }
        }
        if piece.is_empty() {
            let end = piece.end.unwrap_or(piece.span.end);
            slip(SlipKind::Field, end..end + 1, Some(String::new()));
            continue;
        }
        if piece.value.is_none() || name.is_empty() {
            slip(SlipKind::Field, piece.span, None);
            continue;
        }
        if matches!(name.as_str(), "v" | "l" | "a" | "avp" | "lps") {
            if seen.contains(&name) {
                slip(SlipKind::Duplicate, piece.span, Some(String::new()));
                continue;
            }
            seen.push(name.clone());
        }
        match name.as_str() {
            "l" | "a" => {
                let (kept, bad) = judge(value);
                if let Some((kind, suggestion)) = bad {
                    slip(kind, value_span, suggestion);
                } else if name == "l" && is_other_picture(value) {
                    slip(SlipKind::NotSvg, value_span, None);
                }
                let slot = if name == "l" { &mut record.location } else { &mut record.authority };
                *slot = kept;
            }
            "avp" => {
                let word = ["brand", "personal"].into_iter().find(|w| w.eq_ignore_ascii_case(value));
                if word.is_none() {
                    let near = crate::tag_list::closest(value, &["brand", "personal"]);
                    slip(SlipKind::PreferenceInvalid, value_span, near.map(str::to_owned));
                }
                record.preference = word.map(str::to_owned);
            }
            _ => record.others.push((name, value.to_owned())),
        }
    }
    if !seen.iter().any(|n| n == "l") {
        slip(SlipKind::LocationMissing, 0..text.len(), None);
    }
    let repaired = record.to_string();
    Parsed { record: slips.is_empty().then_some(record), slips, repaired }
}

/// The URI as it was meant, and what slipped.
fn judge(value: &str) -> (Option<String>, Option<(SlipKind, Option<String>)>) {
    if value.is_empty() {
        return (None, None);
    }
    let Some((scheme, rest)) = value.split_once(':') else {
        let meant =
            (is_host(value.split('/').next().unwrap_or("")) && value.contains('.')).then(|| format!("https://{value}"));
        return (meant.clone(), Some((SlipKind::UriInvalid, meant)));
    };
    let host = rest.strip_prefix("//").unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
    // Commas are reserved for lists and have to be encoded.
    let fits = is_host(host) && rest.bytes().all(|b| is_uri_octet(b) && b != b',') && escapes_are_whole(rest);
    if !scheme.eq_ignore_ascii_case("https") {
        let meant = (scheme.eq_ignore_ascii_case("http") && fits).then(|| format!("https:{rest}"));
        return (meant.clone(), Some((SlipKind::NotHttps, meant)));
    }
    if fits { (Some(value.to_owned()), None) } else { (None, Some((SlipKind::UriInvalid, None))) }
}

/// Whether the name of a logo says that it is no SVG. Other names say nothing.
fn is_other_picture(uri: &str) -> bool {
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|e| {
        matches!(&*e, "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "ico" | "tif" | "tiff" | "pdf")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_that_count() {
        for text in [
            "v=BIMI1; l=https://x.de/logo.svg; a=https://x.de/logo.pem",
            "v=BIMI1;l=https://x.de/logo.svg;",
            "v=BIMI1; l=; a=;",
            "v=BIMI1; l=https://x.de/a%2Cb.svg; avp=personal; lps=a,b; x=y",
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.slips, [], "{text}");
            let record = parsed.record.unwrap();
            assert_eq!(parse(&record.to_string()).record, Some(record), "{text}");
        }
        assert!(parse("v=BIMI1; l=; a=;").record.unwrap().is_declined());
    }

    #[test]
    fn slips_and_their_places() {
        use SlipKind::*;
        for (text, kind, span, suggestion) in [
            ("v=BIMI1; l=http://x.de/logo.svg", NotHttps, "http://x.de/logo.svg", Some("https://x.de/logo.svg")),
            ("v=BIMI1; l=x.de/logo.svg", UriInvalid, "x.de/logo.svg", Some("https://x.de/logo.svg")),
            (
                "v=BIMI1; l=https://x.de/a.svg,https://x.de/b.svg",
                UriInvalid,
                "https://x.de/a.svg,https://x.de/b.svg",
                None,
            ),
            ("v=BIMI1", LocationMissing, "v=BIMI1", None),
            ("v=bimi1; l=", Version, "v=bimi1", Some("v=BIMI1")),
            ("v=BIMI1; l=; l=https://x.de/l.svg", Duplicate, "l=https://x.de/l.svg", Some("")),
            ("v=BIMI1; l=; avp=bran", PreferenceInvalid, "bran", Some("brand")),
            ("v=BIMI1; l=; foo", Field, "foo", None),
        ] {
            let parsed = parse(text);
            let found: Vec<_> =
                parsed.slips.iter().map(|s| (s.kind, &text[s.span.clone()], s.suggestion.as_deref())).collect();
            assert_eq!(found, [(kind, span, suggestion)], "{text}");
            assert_eq!(parsed.record, None, "{text}");
            assert!(looks_like_bimi(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(v=BIMI1[;, ])?[a-zlavp:/,=;ü .%-]{0,50}|\\PC{0,40}") {
            let parsed = parse(&text);
            for slip in parsed.slips {
                prop_assert!(text.get(slip.span).is_some());
            }
        }
    }
}
