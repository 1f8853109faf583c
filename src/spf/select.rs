//! Which TXT record is the SPF record (RFC 7208 §4.5), and which ones were meant to be.

use serde::{Deserialize, Serialize};

use super::parse::{is_spf, parse, term};
use super::record::{MECHANISMS, Span};
use super::slips;

/// The SPF records among the joined texts of a TXT answer: the indexes of those that are SPF
/// (RFC 7208 §4.5). One is right; none is the result none, several are permerror.
pub fn select<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Vec<usize> {
    texts.into_iter().enumerate().filter(|(_, text)| is_spf(text.as_ref())).map(|(i, _)| i).collect()
}

/// A text that was clearly meant as an SPF record and is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionSlip {
    /// The bytes where the version went wrong.
    pub span: Span,
    /// The whole record as it should be.
    pub suggestion: String,
    /// The text is a Sender ID record (`spf2.0/…`), which harms nobody beside a real SPF record.
    pub sender_id: bool,
}

/// The longest text that is looked at; no record of this kind is longer.
const MAX_SLIP: usize = 4096;

/// Recognises a TXT text that was meant as SPF but does not begin with `v=spf1` and a blank.
///
/// `None` for SPF records and for texts that have nothing to do with SPF.
pub fn version_slip(text: &str) -> Option<VersionSlip> {
    if is_spf(text) || text.len() > MAX_SLIP {
        return None;
    }
    let junk = |c: char| {
        c.is_whitespace() || "\"'`\\(\u{feff}\u{200b}\u{ab}".contains(c) || ('\u{2018}'..='\u{201f}').contains(&c)
    };
    let begin = text.len() - text.trim_start_matches(junk).len();
    let quoted = text.get(..begin)?.chars().any(|c| !c.is_whitespace() && c != '\u{feff}' && c != '\u{200b}');
    let body = text.get(begin..)?;
    if let Some(rest) = strip_prefix(body, "spf2.0/") {
        let rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
        let suggestion = finish(rest, quoted);
        return Some(VersionSlip { span: begin..text.len() - rest.len(), suggestion, sender_id: true });
    }
    let head = head(body)?;
    let rest = body.get(head.length..)?;
    let tail = rest.trim_start_matches(|c: char| c.is_whitespace() || ";,:.|\"'\\=".contains(c) || junk(c));
    // The terms alone make the difference where the version is not beyond doubt.
    let suggestion = finish(tail, quoted);
    let clear = head.exact || (head.certain && tail.trim_matches(junk).is_empty());
    if !clear && !slips::looks_like_spf(&parse(&suggestion)) {
        return None;
    }
    let span = begin.min(if begin > 0 { 0 } else { begin })..text.len() - tail.len();
    (suggestion != text).then_some(VersionSlip { span, suggestion, sender_id: false })
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.get(..prefix.len()).filter(|h| h.eq_ignore_ascii_case(prefix)).and_then(|_| text.get(prefix.len()..))
}

/// The record with a right version before these terms, and their own slips mended.
fn finish(terms: &str, quoted: bool) -> String {
    let terms = match quoted {
        true => terms.replace(['"', '\\', '\u{201c}', '\u{201d}'], ""),
        false => terms.to_owned(),
    };
    let terms = terms.trim_end_matches(|c: char| c.is_whitespace() || "\"'`)".contains(c));
    let text = if terms.is_empty() { "v=spf1".to_owned() } else { format!("v=spf1 {terms}") };
    parse(&text).corrected(&text).unwrap_or(text)
}

struct Head {
    length: usize,
    /// `v=spf1` itself, whatever follows it.
    exact: bool,
    /// `v=spf` in some spelling: nothing else begins like this.
    certain: bool,
}

/// The version at the start of a text, however it is spelt.
fn head(body: &str) -> Option<Head> {
    if strip_prefix(body, "v=spf1").is_some() {
        let digits = body.bytes().skip(6).take_while(u8::is_ascii_digit).count();
        let point =
            body.get(6..).and_then(|r| r.strip_prefix('.')).map_or("", |r| r.split(' ').next().unwrap_or_default());
        if !point.is_empty() && point.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Head { length: 7 + point.len(), exact: true, certain: true });
        }
        return Some(Head { length: 6 + digits, exact: digits == 0, certain: digits == 0 });
    }
    let skip =
        |text: &str, set: &str, most: usize| text.bytes().take(most).take_while(|b| set.as_bytes().contains(b)).count();
    let mut at = 0;
    let mut versioned = false;
    for word in ["version", "v", "w", "c"] {
        if let Some(rest) = strip_prefix(body, word) {
            let delimiter = skip(rest, " =:-_.;,", 3);
            versioned = rest.get(..delimiter).is_some_and(|d| d.contains(['=', ':'])) && word.starts_with(['v']);
            at = word.len() + delimiter;
            break;
        }
    }
    if at == 0 {
        at = skip(body, "=", 1);
    }
    let word = ["spf", "sfp", "psf", "spff", "sppf", "spv", "sf", "sp"].iter().find_map(|w| {
        let rest = strip_prefix(body.get(at..)?, w)?;
        // "sp" and "sf" alone begin too many words.
        (w.len() > 2 || rest.starts_with('1')).then_some(w.len())
    })?;
    let spelt = at + word;
    let rest = body.get(spelt..)?;
    let delimiter = skip(rest, " =:-_.v", 2);
    let number = |from: usize| {
        let text = rest.get(from..)?;
        let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        if digits > 0 && text.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(from + digits);
        }
        let mut chars = text.chars();
        let like = chars.next().is_some_and(|c| "lI|!i".contains(c));
        (like && !chars.next().is_some_and(|c| c.is_alphanumeric() || c == '=' || c == ':')).then_some(from + 1)
    };
    let numbered = number(delimiter).or_else(|| number(0));
    // Without any number the word must end here, or "spfcheck=…" would be taken for SPF.
    if numbered.is_none() && rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let other =
        numbered.and_then(|n| rest.get(..n)).is_some_and(|n| n.contains(|c: char| c.is_ascii_digit() && c != '1'));
    let certain = versioned && !other && body.get(at..spelt).is_some_and(|w| w.eq_ignore_ascii_case("spf"));
    Some(Head { length: spelt + numbered.unwrap_or(0), exact: false, certain })
}

/// Two whole terms in neighbouring character-strings that lack the blank between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingBlank {
    /// Where in the joined text the blanks belong, in bytes.
    pub positions: Vec<usize>,
    /// The joined text with them.
    pub corrected: String,
}

/// The longest term that is looked at here.
const MAX_TERM: usize = 320;

/// Borders between strings that are looked at; 64 KiB in strings of the usual length have 258.
const MAX_BORDERS: usize = 1000;

/// Finds where the border of two character-strings joins two terms into one (RFC 7208 §3.3).
///
/// `text` is the joined record, `starts` says where each of its strings begins. `None` when
/// every border is right.
pub fn missing_blank(text: &str, starts: &[usize]) -> Option<MissingBlank> {
    let version = text.get(..6).filter(|v| v.eq_ignore_ascii_case("v=spf1"))?;
    let mut positions: Vec<usize> = Vec::new();
    for (i, &at) in starts.iter().enumerate().take(MAX_BORDERS) {
        if at == 0 || at >= text.len() || starts.get(i + 1) == Some(&at) {
            continue;
        }
        let Some((before, after)) = text.split_at_checked(at) else { continue };
        // What is longer than any term is not looked through.
        let from = at.saturating_sub(MAX_TERM + 1);
        let blank = before.as_bytes().get(from..)?.iter().rposition(|&b| b == b' ').map(|b| from + b + 1);
        let begin = blank.unwrap_or(from).max(positions.last().copied().unwrap_or(0));
        let limit = after.len().min(MAX_TERM + 1);
        let end = after.as_bytes().get(..limit)?.iter().position(|&b| b == b' ').unwrap_or(limit);
        let left = begin..at;
        if left.is_empty() || end == 0 || left.len() > MAX_TERM {
            continue;
        }
        let border = starts.iter().skip(i + 1).map(|s| s.saturating_sub(at)).find(|s| *s > 0);
        let whole_left =
            before.get(left.clone()) == Some(version) && left.start == 0 || term(text, left.clone()).is_ok();
        let right = [Some(end), border].into_iter().flatten().find(|&n| {
            n <= end
                && n <= MAX_TERM
                && term(text, at..at + n).is_ok_and(|t| t.directive().is_some() || t.domain_spec().is_some())
        });
        let Some(right) = right.filter(|_| whole_left) else { continue };
        // Where both readings are terms, the border must look like one.
        let token = after.get(..right).unwrap_or_default();
        let name = token.trim_start_matches(['+', '-', '~', '?']);
        let strong = name.contains([':', '='])
            && MECHANISMS
                .iter()
                .chain(&["redirect", "exp"])
                .any(|m| strip_prefix(name, m).is_some_and(|rest| rest.starts_with([':', '='])))
            || (name.len() < token.len() && name.eq_ignore_ascii_case("all"));
        if strong || left.start == 0 || term(text, begin..at + right).is_err() {
            positions.push(at);
        }
    }
    if positions.is_empty() {
        return None;
    }
    let mut corrected = String::with_capacity(text.len() + positions.len());
    let mut from = 0;
    for &at in &positions {
        corrected.push_str(text.get(from..at)?);
        corrected.push(' ');
        from = at;
    }
    corrected.push_str(text.get(from..)?);
    Some(MissingBlank { positions, corrected })
}
