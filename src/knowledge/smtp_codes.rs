//! What an SMTP reply means: codes, enhanced codes and the words of receivers (RFC 5321 §4.2, RFC 3463, RFC 7372).

use std::sync::OnceLock;

use serde::Deserialize;

use super::receivers;

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("smtp_codes.toml");

/// How much of a reply is read; a bounce's text is a few lines, what is longer is no reply.
const MOST_OCTETS: usize = 64 * 1024;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub code: Vec<SmtpCode>,
}

/// A reply and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpCode {
    /// Id of the meaning; names the text `bounce-<meaning>`. Several rows can have one meaning.
    pub meaning: String,
    /// The receiver that speaks so; `None` where anybody may.
    pub receiver: Option<String>,
    /// Enhanced status codes of which one has to be there; empty: none is needed.
    #[serde(default)]
    pub enhanced: Vec<String>,
    /// Sets of words of which one has to be there whole; empty: none is needed.
    #[serde(default)]
    pub words: Vec<Vec<String>>,
    /// Whether the words count only where the receiver is known from elsewhere.
    #[serde(default)]
    pub needs_receiver: bool,
    /// Rules to look at first.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Whether a document or a quoted bounce shows it.
    pub verified: bool,
    /// Which.
    pub source: String,
    /// The day it was looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// A reply as read from the text of a bounce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply<'a> {
    /// The text, perhaps of several lines.
    pub text: &'a str,
    /// The three digits, 4yz or 5yz.
    pub basic: Option<u16>,
    /// The enhanced status code as it stands, `5.7.26`.
    pub enhanced: Option<&'a str>,
    /// Id of the receiver that spoke.
    pub receiver: Option<&'static str>,
}

/// Every row, in the order of the data.
pub fn all() -> &'static [SmtpCode] {
    &TABLE.get_or_init(|| super::load(DATA)).code
}

/// Reads a reply out of the text of a bounce.
///
/// `host` is the host that spoke where the bounce names it apart from the text (`Remote-MTA`, RFC 3464 §2.3.5); it
/// beats what the text says. Takes linear time and reads the first 64 KiB.
pub fn parse<'a>(text: &'a str, host: Option<&str>) -> Reply<'a> {
    let mut end = text.len().min(MOST_OCTETS);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let tokens = || text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    // A reply begins `550 5.7.1` or `550-5.7.1`; a bounce may put `#` or brackets around the code.
    let pieces = || tokens().flat_map(|token| token.split('-'));
    let basic = pieces().find_map(|piece| {
        let digits = piece.len() == 3 && piece.bytes().all(|b| b.is_ascii_digit());
        piece.parse().ok().filter(|code| digits && (400..600).contains(code))
    });
    let enhanced = pieces().map(|piece| piece.trim_end_matches('.')).find(|piece| is_enhanced(piece));
    let named = || tokens().filter(|token| token.contains('.')).find_map(receivers::by_host);
    let receiver = host
        .and_then(receivers::by_host)
        .or_else(|| receivers::by_words(text))
        .or_else(|| if host.is_none() { named() } else { None })
        .map(|receiver| receiver.id.as_str());
    Reply { text, basic, enhanced, receiver }
}

/// The row that fits a reply best.
pub fn find(reply: &Reply<'_>) -> Option<&'static SmtpCode> {
    let text = reply.text.to_ascii_lowercase();
    let mut best: Option<((bool, bool), &SmtpCode)> = None;
    for row in all() {
        let foreign = match (&row.receiver, reply.receiver) {
            (Some(row), Some(receiver)) => row != receiver,
            // Words alone tell who speaks, as `(NOWL)` does; a bare number does not.
            (Some(_), None) => row.words.is_empty() || row.needs_receiver,
            (None, _) => false,
        };
        let coded =
            row.enhanced.is_empty() || reply.enhanced.is_some_and(|code| row.enhanced.iter().any(|c| c == code));
        let worded = row.words.is_empty() || row.words.iter().any(|set| set.iter().all(|word| has_word(&text, word)));
        if foreign || !coded || !worded {
            continue;
        }
        let weight = (!row.words.is_empty(), row.receiver.is_some());
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, row));
        }
    }
    best.map(|(_, row)| row)
}

/// Whether a text has a word, begun where a word can begin; a number at its end must be whole.
fn has_word(text: &str, word: &str) -> bool {
    let alike = |a: Option<u8>, b: Option<u8>| match (a, b) {
        (Some(a), Some(b)) => a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric(),
        _ => false,
    };
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (text[..at].bytes().next_back(), text[at + word.len()..].bytes().next());
        let (first, last) = (word.bytes().next(), word.bytes().next_back());
        let cut_short = last.is_some_and(|b| b.is_ascii_digit()) && after.is_some_and(|b| b.is_ascii_digit());
        !alike(before, first) && !cut_short
    })
}

/// RFC 3463 §2: class 4 or 5, subject and detail of one to three digits.
fn is_enhanced(piece: &str) -> bool {
    let mut parts = piece.split('.');
    let class = parts.next();
    let number = |part: Option<&str>| {
        part.is_some_and(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(class, Some("4" | "5")) && number(parts.next()) && number(parts.next()) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_a_reply_made_from_it() {
        for row in all() {
            let codes: Vec<Option<&str>> = if row.enhanced.is_empty() {
                vec![None]
            } else {
                row.enhanced.iter().map(|c| Some(c.as_str())).collect()
            };
            let none = vec![vec![]];
            let sets = if row.words.is_empty() { &none } else { &row.words };
            for code in codes {
                for set in sets {
                    let text = format!("550 {} {}", code.unwrap_or(""), set.join(" and ").to_uppercase());
                    let receiver = row.receiver.as_deref().and_then(receivers::by_id).map(|r| r.id.as_str());
                    assert_eq!(receiver, row.receiver.as_deref());
                    let reply = Reply { text: &text, basic: Some(550), enhanced: code, receiver };
                    let found = find(&reply).unwrap();
                    assert_eq!(found.meaning, row.meaning, "{text}");
                }
            }
            assert!(!row.enhanced.is_empty() || !row.words.is_empty(), "{}", row.meaning);
            assert!(row.words.iter().flatten().all(|word| *word == word.to_ascii_lowercase()), "{}", row.meaning);
        }
    }

    #[test]
    fn real_replies_are_understood() {
        for (text, host, receiver, basic, enhanced, meaning) in [
            (
                "host gmail-smtp-in.l.google.com[192.0.2.1] said: 550-5.7.26 Your email has been blocked because the sender is unauthenticated. gsmtp",
                None,
                Some("gmail"),
                550,
                Some("5.7.26"),
                "gmail-unauthenticated",
            ),
            (
                "550-5.7.26 The MAIL FROM domain has an SPF record with a hard fail policy (-all) but it fails",
                Some("gmail-smtp-in.l.google.com"),
                Some("gmail"),
                550,
                Some("5.7.26"),
                "gmail-spf-hardfail",
            ),
            (
                "550 5.7.515 Access denied, sending domain EXAMPLE.DE does not meet the required authentication level.",
                None,
                Some("microsoft"),
                550,
                Some("5.7.515"),
                "microsoft-authentication",
            ),
            (
                "554 IP=192.0.2.10 - None/bad reputation. Ask your postmaster for help or to contact tobr@rx.t-online.de for reset. (NOWL)",
                None,
                Some("t-online"),
                554,
                None,
                "t-online-unknown",
            ),
            (
                "554-gmx.net (mxgmx001) Nemesis ESMTP Service not available\n554-No SMTP service\n554-Bad DNS PTR resource record.\n554 For explanation visit https://postmaster.gmx.net/en/case?c=r0601&i=ip&v=192.0.2.10",
                None,
                Some("gmx-webde"),
                554,
                None,
                "gmx-webde-ptr",
            ),
            (
                "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using ix.dnsbl.manitu.net",
                None,
                None,
                554,
                Some("5.7.1"),
                "blocklist-dead",
            ),
            (
                "554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org",
                None,
                None,
                554,
                Some("5.7.1"),
                "blocklist",
            ),
            (
                "550 5.7.27 sender domain has null MX",
                Some("mx.example.net"),
                None,
                550,
                Some("5.7.27"),
                "null-mx-sender",
            ),
            (
                "550 5.7.27 SPF did not pass",
                Some("aspmx.l.google.com"),
                Some("gmail"),
                550,
                Some("5.7.27"),
                "gmail-spf",
            ),
            (
                "450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]",
                None,
                None,
                450,
                Some("4.7.1"),
                "ptr",
            ),
        ] {
            let reply = parse(text, host);
            assert_eq!((reply.receiver, reply.basic, reply.enhanced), (receiver, Some(basic), enhanced), "{text}");
            assert_eq!(find(&reply).map(|row| row.meaning.as_str()), Some(meaning), "{text}");
        }
    }

    #[test]
    fn unknown_replies_stay_unknown() {
        for text in [
            "",
            "421 rate limit reached",
            "550 queue desc-001",
            "550 SC-0012",
            "250 2.0.0 ok",
            "550 5.9.99 what",
            "192.0.2.550 4.4",
            "5.7.26.1",
        ] {
            assert!(find(&parse(text, None)).is_none(), "{text}");
        }
        assert_eq!(parse("version 5.7.26.1 of 10.0.0.1", None).enhanced, None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,200}", host in proptest::option::of("\\PC{0,40}")) {
            let _ = find(&parse(&text, host.as_deref()));
        }
    }
}
