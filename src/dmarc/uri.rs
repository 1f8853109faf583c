//! The destinations of reports: `rua` and `ruf` (RFC 9989 §4.7, RFC 3986).

use serde::{Deserialize, Serialize};

use super::parsed::{Slip, SlipKind};
use crate::dns::Name;
use crate::tag_list::{Span, closest, is_invisible, is_wsp, trim};

/// A valid URI that reports are asked to go to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Destination {
    /// The URI as written, without the size suffix of RFC 7489.
    pub uri: String,
    /// The address of a `mailto:` URI, percent-decoded; `None` for a scheme that no receiver supports.
    pub address: Option<String>,
    /// The domain of that address.
    pub host: Option<Name>,
}

/// The obsolete `!10m` behind a URI (RFC 7489 §6.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeSuffix {
    /// Where it stands, with its `!`.
    pub span: Span,
}

/// A piece of a list of URIs with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DestinationAt {
    /// Where the piece stands, size suffix included.
    pub span: Span,
    /// The destination; `None` where the piece is no valid URI.
    pub destination: Option<Destination>,
    /// The size suffix, if there is one.
    pub size: Option<SizeSuffix>,
}

/// Reads a list of URIs. `span` is the value of the tag within `text`.
///
/// Returns the pieces and the value as it was most likely meant.
pub(super) fn parse_list(text: &str, span: Span, slips: &mut Vec<Slip>) -> (Vec<DestinationAt>, Option<String>) {
    let mut found = Vec::new();
    let mut meant: Vec<String> = Vec::new();
    let mut at = span.start;
    for piece in text[span].split(',') {
        let here = trim(text, at..at + piece.len());
        at += piece.len() + 1;
        let mut push = |kind, span: Span, suggestion: Option<String>| {
            slips.push(Slip { kind, span, tag: None, suggestion });
        };
        if here.is_empty() {
            push(SlipKind::UriEmpty, here.clone(), None);
            continue;
        }
        let whole = &text[here.clone()];
        let (bare, size) = cut_size(whole);
        let size = size.then(|| SizeSuffix { span: here.start + bare.len()..here.end });
        let place = here.start..here.start + bare.len();
        match judge(bare) {
            Ok(destination) => {
                if destination.address.is_none() {
                    push(SlipKind::UriScheme, place, None);
                }
                meant.push(whole.to_owned());
                found.push(DestinationAt { span: here, destination: Some(destination), size });
            }
            Err(kind) => {
                let suggestion = repair(bare);
                meant.extend(suggestion.clone());
                push(kind, place, suggestion);
                found.push(DestinationAt { span: here, destination: None, size });
            }
        }
    }
    (found, (!meant.is_empty()).then(|| meant.join(",")))
}

/// Splits off `!10m`: digits with or without a unit behind the last exclamation mark.
fn cut_size(piece: &str) -> (&str, bool) {
    let Some((bare, size)) = piece.rsplit_once('!') else { return (piece, false) };
    let digits = size.strip_suffix(['k', 'm', 'g', 't', 'K', 'M', 'G', 'T']).unwrap_or(size);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) { (bare, true) } else { (piece, false) }
}

fn judge(uri: &str) -> Result<Destination, SlipKind> {
    if !uri.is_ascii() {
        // RFC 8616 §6: addresses in DNS are ASCII.
        return Err(if uri.chars().any(|c| !c.is_ascii() && is_invisible(c)) {
            SlipKind::UriBlank
        } else {
            SlipKind::UriNonAscii
        });
    }
    if uri.contains(is_wsp) {
        return Err(SlipKind::UriBlank);
    }
    let scheme = uri.split_once(':').filter(|(scheme, _)| is_scheme(scheme));
    let Some((scheme, rest)) = scheme else {
        return Err(if uri.contains('@') { SlipKind::UriNoScheme } else { SlipKind::UriInvalid });
    };
    // RFC 9989 §4.7: an exclamation mark has to be percent-encoded.
    if rest.is_empty() || !rest.bytes().all(is_uri_octet) || rest.contains('!') || !escapes_are_whole(rest) {
        return Err(SlipKind::UriInvalid);
    }
    if !scheme.eq_ignore_ascii_case("mailto") {
        // `user:x@host` and `malto:` are syntactically schemes as well; only known ones pass for meant.
        let known = ["https", "http", "tel", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
        if !known && rest.contains('@') {
            return Err(SlipKind::UriInvalid);
        }
        return Ok(Destination { uri: uri.to_owned(), address: None, host: None });
    }
    let address = decode(rest.split('?').next().unwrap_or(rest)).ok_or(SlipKind::UriInvalid)?;
    let host = mail_host(&address).ok_or(SlipKind::UriInvalid)?;
    Ok(Destination { uri: uri.to_owned(), address: Some(address), host: Some(host) })
}

/// The domain of an address that mail can go to by name.
pub(crate) fn mail_host(address: &str) -> Option<Name> {
    let (local, domain) = address.rsplit_once('@')?;
    let quoted = local.len() > 1 && local.starts_with('"') && local.ends_with('"');
    let plain = !local.contains(['@', '"', '(', ')', '<', '>', '[', ']', ':', '\\', ' '])
        && !local.starts_with("//")
        && !local.contains(|c: char| c.is_control());
    if local.is_empty() || !(quoted || plain) || !is_host(domain) {
        return None;
    }
    Name::parse(domain).ok()
}

/// Letters, digits, hyphens and underscores in labels.
pub(crate) fn is_host(domain: &str) -> bool {
    !domain.is_empty()
        && !domain.ends_with('.')
        && domain.split('.').all(|l| {
            !l.is_empty()
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
}

pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// RFC 3986 §2: unreserved, reserved and `%`.
pub(crate) fn is_uri_octet(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b)
}

pub(crate) fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit()))
}

pub(crate) fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('%') {
        out.extend_from_slice(head.as_bytes());
        out.push(u8::from_str_radix(tail.get(..2)?, 16).ok()?);
        rest = tail.get(2..)?;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8(out).ok()
}

/// What a piece was most likely meant to be: a `mailto:` URI of the address in it.
fn repair(piece: &str) -> Option<String> {
    // Several addresses between blanks: a list without its commas.
    let words: Vec<&str> = piece.split(is_invisible).filter(|w| !w.is_empty()).collect();
    let each: Option<Vec<String>> = words.iter().map(|w| repair_one(w)).collect();
    match each {
        Some(all) if !all.is_empty() => Some(all.join(",")),
        _ => repair_one(&words.concat()),
    }
}

fn repair_one(word: &str) -> Option<String> {
    let word = word.trim_matches(['<', '>', '"', '\'', '.', ',']);
    let address = match word.split_once([':', '=']) {
        Some((scheme, rest)) if closest(scheme, &["mailto", "mail", "email"]).is_some() => rest,
        _ => word,
    };
    let address = address.trim_start_matches('/').trim_matches(['<', '>', '"']);
    let (local, domain) = address.rsplit_once('@')?;
    if !local.is_ascii() {
        return None;
    }
    // RFC 8616 §6: a U-label becomes its A-label.
    let domain = if domain.is_ascii() { domain.to_owned() } else { Name::parse(domain).ok()?.to_string() };
    let uri = format!("mailto:{}@{domain}", local.replace('!', "%21"));
    judge(&uri).ok().map(|d| d.uri)
}
