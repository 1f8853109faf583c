//! TLS-RPT (RFC 8460): the TXT record at `_smtp._tls`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dmarc::{decode, escapes_are_whole, is_host, is_uri_octet, mail_host};
use crate::tag_list::{self, Opening, Span, is_extension, is_invisible, meant_version, opening, segments, trim};

/// What a record begins with.
const VERSION: &str = "v=TLSRPTv1";

/// A record that senders use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// Where reports go: `mailto:` and `https:` URIs.
    pub rua: Vec<String>,
    /// Further fields, in their order.
    #[serde(default)]
    pub extensions: Vec<(String, String)>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v=TLSRPTv1; rua={}", self.rua.join(","))?;
        self.extensions.iter().try_for_each(|(name, value)| write!(f, "; {name}={value}"))
    }
}

/// What slipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// The record does not begin with `v=TLSRPTv1;`, so senders drop it.
    Version,
    /// No semicolon behind the version.
    Separator,
    /// No `rua`, or an empty one.
    RuaMissing,
    /// A plain address without `mailto:`.
    UriNoScheme,
    /// A scheme other than `mailto` and `https`.
    UriScheme,
    /// No URI.
    UriInvalid,
    /// A semicolon between two URIs in place of a comma.
    UriSemicolon,
    /// A field that is no `name=value` of the grammar.
    Field,
    /// A second `rua`.
    Duplicate,
}

/// A slip and its place.
pub type Slip = tag_list::Slip<SlipKind>;

/// A record, read.
pub type Parsed = tag_list::Parsed<Record, SlipKind>;

/// Whether a TXT record is, or was clearly meant to be, a TLS-RPT record.
pub fn looks_like_tls_rpt(text: &str) -> bool {
    meant_version(text).starts_with("tls")
}

/// Reads a record. Never fails.
pub fn parse(text: &str) -> Parsed {
    let (opening, body) = opening(text, VERSION);
    let mut out = Parsed { record: None, counts: opening == Opening::Whole, slips: Vec::new(), repaired: None };
    let mut slips = Vec::new();
    let mut slip = |kind, span: Span, suggestion: Option<String>| slips.push(Slip { kind, span, suggestion });
    match opening {
        Opening::Whole => {}
        Opening::Separator(span, put) => slip(SlipKind::Separator, span, Some(put)),
        Opening::Version(span) => slip(SlipKind::Version, span, Some(VERSION.into())),
    }
    let mut record = Record { rua: Vec::new(), extensions: Vec::new() };
    let mut meant = Vec::new();
    let (mut seen, mut in_rua, mut told) = (false, false, false);
    for piece in segments(&text[body..]) {
        let at = |s: &Span| s.start + body..s.end + body;
        if piece.is_empty() {
            let end = piece.end.unwrap_or(piece.span.end) + body;
            slip(SlipKind::Field, end..end + 1, Some(String::new()));
            continue;
        }
        let whole = &text[at(&piece.span)];
        if in_rua && (whole.starts_with("mailto:") || whole.starts_with("https:")) {
            slip(SlipKind::UriSemicolon, at(&piece.span), Some(format!(",{whole}")));
            meant.extend(judge(whole).err().map_or(Some(whole.to_owned()), |(_, better)| better));
            continue;
        }
        in_rua = false;
        let name = &text[at(&piece.name)];
        let Some(value_span) = piece.value.as_ref().map(at) else {
            slip(SlipKind::Field, at(&piece.span), None);
            continue;
        };
        let value = &text[value_span.clone()];
        if name.eq_ignore_ascii_case("rua") {
            if seen {
                slip(SlipKind::Duplicate, at(&piece.span), Some(String::new()));
                continue;
            }
            (seen, in_rua) = (true, true);
            if name != "rua" {
                // RFC 8460 §3: the name is case-sensitive.
                slip(SlipKind::Field, at(&piece.name), Some("rua".into()));
            }
            if value.is_empty() {
                slip(SlipKind::RuaMissing, at(&piece.span), None);
                told = true;
                continue;
            }
            let mut from = value_span.start;
            for part in value.split(',') {
                let here = trim(text, from..from + part.len());
                from += part.len() + 1;
                let uri = &text[here.clone()];
                match judge(uri) {
                    Ok(()) => {
                        record.rua.push(uri.to_owned());
                        meant.push(uri.to_owned());
                    }
                    Err((kind, better)) => {
                        meant.extend(better.clone());
                        slip(kind, here, better);
                    }
                }
            }
            continue;
        }
        if is_extension(name, value) {
            record.extensions.push((name.to_owned(), value.to_owned()));
        } else {
            slip(SlipKind::Field, at(&piece.span), None);
        }
    }
    if !seen && !told {
        slip(SlipKind::RuaMissing, 0..text.len(), None);
    }
    out.slips = slips;
    if !meant.is_empty() {
        out.repaired = Some(Record { rua: meant, extensions: record.extensions.clone() }.to_string());
    }
    // One usable destination is enough for reports to flow.
    let void = |k: SlipKind| !matches!(k, SlipKind::UriNoScheme | SlipKind::UriScheme | SlipKind::UriInvalid);
    if !record.rua.is_empty() && !out.slips.iter().any(|s| void(s.kind)) {
        out.record = Some(record);
    }
    out
}

/// Whether a URI is a destination; otherwise what slipped, and the URI as it was meant.
fn judge(uri: &str) -> Result<(), (SlipKind, Option<String>)> {
    let words: String = uri.chars().filter(|c| !is_invisible(*c) && !matches!(c, '<' | '>' | '"')).collect();
    let address = words.rsplit_once([':', '/']).map_or(words.as_str(), |(_, a)| a);
    // RFC 8460 §3: `!` is percent-encoded, as `,` and `;` are, which cannot stand here.
    let encoded = address.replace('!', "%21");
    let better_address = || is_mailbox(&encoded).then(|| format!("mailto:{encoded}"));
    let Some((scheme, rest)) = uri.split_once(':') else {
        let kind = if uri.contains('@') { SlipKind::UriNoScheme } else { SlipKind::UriInvalid };
        return Err((kind, better_address()));
    };
    let legal = is_legal(uri);
    let fits = match scheme.to_ascii_lowercase().as_str() {
        "mailto" => is_mailbox(rest),
        "https" => {
            let host = rest.strip_prefix("//").unwrap_or("").split(['/', '?', '#']).next().unwrap_or("");
            is_host(host.split(':').next().unwrap_or(""))
        }
        _ => {
            let better = rest.strip_prefix("//").filter(|_| scheme == "http").map(|r| format!("https://{r}"));
            return Err((SlipKind::UriScheme, better.or_else(better_address)));
        }
    };
    if legal && fits { Ok(()) } else { Err((SlipKind::UriInvalid, better_address())) }
}

/// Octets of a URI; `,`, `!` and `;` only percent-encoded (RFC 8460 §3).
fn is_legal(text: &str) -> bool {
    text.bytes().all(is_uri_octet) && !text.contains('!') && escapes_are_whole(text)
}

/// What may stand behind `mailto:`.
fn is_mailbox(rest: &str) -> bool {
    is_legal(rest) && decode(rest.split('?').next().unwrap_or(rest)).is_some_and(|a| mail_host(&a).is_some())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_that_count() {
        for text in [
            "v=TLSRPTv1; rua=mailto:tls@x.de",
            "v=TLSRPTv1;rua=mailto:a@x.de,https://r.x.de/v1?x=1;",
            "v=TLSRPTv1; rua = mailto:a%2Cb@x.de , mailto:c@x.de; ext=1",
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.slips, [], "{text}");
            let record = parsed.record.unwrap();
            assert_eq!(parse(&record.to_string()).record, Some(record), "{text}");
        }
    }

    #[test]
    fn a_repair_needs_no_repair() {
        let repaired = parse("v=TLSRPTv1; rua=!a@\u{15}x.de,mailto:b%zz@x.de").repaired.unwrap();
        assert_eq!(repaired, "v=TLSRPTv1; rua=mailto:%21a@x.de");
        assert_eq!(parse(&repaired).slips, []);
    }

    #[test]
    fn slips_and_their_places() {
        use SlipKind::*;
        let good = Some("v=TLSRPTv1; rua=mailto:a@x.de");
        for (text, kind, span, suggestion, repaired) in [
            ("v=TLSRPTv1; rua=a@x.de", UriNoScheme, "a@x.de", Some("mailto:a@x.de"), good),
            ("v=TLSRPTv1; rua=mailto: a@x.de", UriInvalid, "mailto: a@x.de", Some("mailto:a@x.de"), good),
            (
                "v=TLSRPTv1; rua=http://x.de/a",
                UriScheme,
                "http://x.de/a",
                Some("https://x.de/a"),
                Some("v=TLSRPTv1; rua=https://x.de/a"),
            ),
            ("v=TLSRPTv1; rua=", RuaMissing, "rua=", None, None),
            ("v=TLSRPTv1;", RuaMissing, "v=TLSRPTv1;", None, None),
            ("v=TLSRPTv1", Separator, "v=TLSRPTv1", Some("v=TLSRPTv1;"), None),
            ("v=TLSRPTv1 rua=mailto:a@x.de", Separator, " ", Some("; "), good),
            ("v=TLSRPT1; rua=mailto:a@x.de", Version, "v=TLSRPT1", Some("v=TLSRPTv1"), good),
            ("v=tlsrptv1; rua=mailto:a@x.de", Version, "v=tlsrptv1", Some("v=TLSRPTv1"), good),
            ("v=TLSRPTv1; RUA=mailto:a@x.de", Field, "RUA", Some("rua"), good),
            ("v=TLSRPTv1; rua=mailto:a@x.de; rua=mailto:b@x.de", Duplicate, "rua=mailto:b@x.de", Some(""), good),
            (
                "v=TLSRPTv1; rua=mailto:a@x.de; mailto:b@x.de",
                UriSemicolon,
                "mailto:b@x.de",
                Some(",mailto:b@x.de"),
                Some("v=TLSRPTv1; rua=mailto:a@x.de,mailto:b@x.de"),
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
            assert!(looks_like_tls_rpt(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(v=TLSRPTv1[;, ])?[ru]?(rua=)?[a-zMT:@/,=;ü !%.-]{0,50}|\\PC{0,40}") {
            for slip in parse(&text).slips {
                prop_assert!(text.get(slip.span).is_some());
            }
        }
    }
}
