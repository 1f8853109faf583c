//! The tag list of a key record (RFC 6376 §3.2, §3.6.1).

use std::ops::Range;

use super::material::{self, Material};
use super::{Algorithm, Key, KeyRecord, KeyType, Problem, ProblemKind, Tag, Token};

/// The names of RFC 6376 §3.6.1, and `g` of RFC 4871; each is one letter.
const NAMES: [&str; 8] = ["v", "k", "p", "h", "s", "t", "n", "g"];

/// Reads a text that holds nothing pasted along.
pub(super) fn read(text: &str) -> KeyRecord {
    let mut record = KeyRecord::empty();
    split(text, &mut record);
    fix_case(&mut record);
    check_duplicates(&mut record);
    check_characters(&mut record);
    read_version(&mut record);
    read_key_type(&mut record);
    record.hashes = read_list(&mut record, "h");
    record.services = read_list(&mut record, "s");
    record.flags = read_list(&mut record, "t").unwrap_or_default();
    record.notes = record.tag("n").map(|t| t.value.text.clone());
    read_key(&mut record);
    record.problems.sort_by_key(|p| p.span.start);
    record
}

impl KeyRecord {
    fn problem(&mut self, kind: ProblemKind, span: Range<usize>) {
        self.problems.push(Problem { kind, span });
    }
}

/// Folding white space (RFC 6376 §2.8); other blanks, such as U+00A0, do not belong in a record.
const FWS: [char; 4] = [' ', '\t', '\r', '\n'];

fn token(text: &str, range: Range<usize>) -> Token {
    let piece = &text[range.clone()];
    let inner = piece.trim_matches(FWS);
    let start =
        if inner.is_empty() { range.start } else { range.start + piece.len() - piece.trim_start_matches(FWS).len() };
    Token { text: inner.to_owned(), span: start..start + inner.len() }
}

/// Cuts the text at semicolons and, where those were forgotten, before the next known tag.
fn split(text: &str, record: &mut KeyRecord) {
    let mut start = 0;
    let pieces = text.split(';').count();
    for (i, piece) in text.split(';').enumerate() {
        let range = start..start + piece.len();
        start = range.end + 1;
        if piece.trim_matches(FWS).is_empty() {
            // RFC 6376 §3.2: one semicolon may end the list.
            if i + 1 < pieces {
                let at = range.end.min(text.len());
                record.problem(ProblemKind::EmptyTag, at..(at + 1).min(text.len()));
            }
            continue;
        }
        read_piece(text, range, record);
    }
}

fn read_piece(text: &str, range: Range<usize>, record: &mut KeyRecord) {
    let piece = &text[range.clone()];
    let Some(equals) = piece.find('=') else {
        let whole = token(text, range);
        let kind = if material::is_bare_key(&whole.text) { ProblemKind::KeyWithoutTag } else { ProblemKind::NotATag };
        record.problem(kind, whole.span);
        return;
    };
    let name = token(text, range.start..range.start + equals);
    // RFC 6376 §3.2: tag-name = ALPHA *ALNUMPUNC
    let is_name = name.text.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !is_name {
        let whole = token(text, range);
        let kind = if material::is_bare_key(&whole.text) { ProblemKind::KeyWithoutTag } else { ProblemKind::NotATag };
        record.problem(kind, whole.span);
        return;
    }
    let mut value = range.start + equals + 1..range.end;
    let next = if name.text == "n" { None } else { forgotten_tag(text, value.clone()) };
    if let Some(next) = &next {
        value.end = next.start;
        let found = text[next.start..].split('=').next().unwrap_or_default().trim_matches([' ', '\t', ',', ':']);
        let at = text[next.clone()].find(found).map_or(next.start, |i| next.start + i);
        record.problem(ProblemKind::MissingSemicolon(found.to_owned()), at..at + found.len());
    }
    let mut value = token(text, value);
    if next.is_some() {
        let kept = value.text.trim_end_matches([',', ' ', '\t']).len();
        value.text.truncate(kept);
        value.span.end = value.span.start + kept;
    }
    record.tags.push(Tag { name, value });
    if let Some(next) = next {
        let skip = text[next.clone()].len() - text[next.clone()].trim_start_matches([' ', '\t', ',']).len();
        // Depth is bounded: every step leaves a shorter piece, and no more steps than known tags fit.
        if record.tags.len() < 64 {
            read_piece(text, next.start + skip..next.end, record);
        }
    }
}

/// The rest of a value that begins a known tag after a blank or a comma: `DKIM1 k=rsa`.
fn forgotten_tag(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let piece = &text[value.clone()];
    for (equals, _) in piece.match_indices('=') {
        // All names have one letter, so that looking back costs nothing.
        let before = piece[..equals].trim_end_matches(FWS);
        let Some(name_start) = before.len().checked_sub(2) else { continue };
        let Some(name) = before.get(name_start + 1..) else { continue };
        let apart = matches!(before.as_bytes()[name_start], b' ' | b'\t' | b'\r' | b'\n' | b',');
        let rest = piece[equals + 1..].trim_start_matches(FWS);
        // A single `=` that ends the value is the padding of a base64 that was broken by a blank.
        let padding = rest.is_empty() && name != "p" || rest.starts_with('=');
        if apart && NAMES.contains(&name) && !padding {
            return Some(value.start + name_start..value.end);
        }
    }
    None
}

/// `P=` is another tag than `p=` (RFC 6376 §3.2); here it is taken for what was meant, and said.
fn fix_case(record: &mut KeyRecord) {
    for i in 0..record.tags.len() {
        let lower = record.tags[i].name.text.to_ascii_lowercase();
        let name = &record.tags[i].name;
        if NAMES.contains(&&*lower) && lower != name.text && !record.tags.iter().any(|t| t.name.text == lower) {
            let span = name.span.clone();
            record.tags[i].name.text.clone_from(&lower);
            record.problem(ProblemKind::TagCase(lower), span);
        }
    }
}

fn check_duplicates(record: &mut KeyRecord) {
    let mut seen = std::collections::HashSet::new();
    let twice: Vec<_> = record.tags.iter().filter(|t| !seen.insert(&t.name.text)).map(|t| t.name.clone()).collect();
    for name in twice {
        record.problem(ProblemKind::DuplicateTag(name.text), name.span);
    }
}

/// RFC 6376 §3.2: a value is visible ASCII without `;`, with folding white space.
fn check_characters(record: &mut KeyRecord) {
    let bad = |c: char| !(c.is_ascii_graphic() || matches!(c, ' ' | '\t' | '\r' | '\n'));
    let mut found = Vec::new();
    // What is wrong with v, k and p as a whole is said where they are read.
    for tag in record.tags.iter().filter(|t| !matches!(&*t.name.text, "v" | "k" | "p")) {
        if let Some((i, c)) = tag.value.text.char_indices().find(|(_, c)| bad(*c)) {
            let at = tag.value.span.start + i;
            found.push((ProblemKind::BadCharacter(c), at..at + c.len_utf8()));
        }
    }
    for (kind, span) in found {
        record.problem(kind, span);
    }
}

fn read_version(record: &mut KeyRecord) {
    let Some(index) = record.tags.iter().position(|t| t.name.text == "v") else { return };
    let (tag_span, value) = (record.tags[index].span(), record.tags[index].value.clone());
    // RFC 6376 §3.6.1: if present, v must be first and exactly DKIM1, else the record is discarded.
    if value.text != "DKIM1" {
        let span = if value.span.is_empty() { tag_span } else { value.span };
        record.problem(ProblemKind::BadVersion(value.text), span);
    } else if index > 0 {
        record.problem(ProblemKind::VersionNotFirst, tag_span);
    }
}

fn read_key_type(record: &mut KeyRecord) {
    let Some(tag) = record.tag("k") else { return };
    let (span, value) = (tag.span(), tag.value.clone());
    if value.text.is_empty() {
        record.problem(ProblemKind::EmptyValue("k".into()), span);
        return;
    }
    let lower = value.text.to_ascii_lowercase();
    match lower.parse::<Algorithm>() {
        Ok(algorithm) => {
            record.key_type = KeyType::Known(algorithm);
            if lower != value.text {
                record.problem(ProblemKind::KeyTypeCase(lower), value.span);
            }
        }
        Err(_) => {
            record.key_type = KeyType::Unknown(value.text.clone());
            record.problem(ProblemKind::UnknownKeyType(value.text), value.span);
        }
    }
}

fn read_list(record: &mut KeyRecord, name: &str) -> Option<Vec<Token>> {
    let tag = record.tag(name)?;
    let (span, value) = (tag.span(), tag.value.clone());
    let mut list = Vec::new();
    let mut at = 0;
    for piece in value.text.split(':') {
        let mut item = token(&value.text, at..at + piece.len());
        at += piece.len() + 1;
        item.span = item.span.start + value.span.start..item.span.end + value.span.start;
        if !item.text.is_empty() {
            list.push(item);
        }
    }
    if list.is_empty() {
        record.problem(ProblemKind::EmptyValue(name.to_owned()), span);
        return None;
    }
    Some(list)
}

fn read_key(record: &mut KeyRecord) {
    let Some(tag) = record.tag("p") else {
        // What stands there instead has been said already.
        let said = record.problems.iter().any(|p| p.kind == ProblemKind::KeyWithoutTag)
            || record.tags.is_empty() && record.has_fatal_problem();
        let end = record.tags.last().map_or(0, |t| t.value.span.end);
        let start = record.tags.first().map_or(0, |t| t.name.span.start);
        if !said {
            record.problem(ProblemKind::KeyMissing, start..end);
        }
        return;
    };
    let (value, whole) = (tag.value.clone(), tag.span());
    if value.text.is_empty() {
        record.key = Key::Revoked;
        return;
    }
    let Material { key, problem } = material::read(&value.text, &record.key_type);
    record.key = key.map_or(Key::Unusable, Key::Usable);
    if let Some((kind, span)) = problem {
        let span = match span {
            Some(span) => value.span.start + span.start..value.span.start + span.end,
            None if value.span.is_empty() => whole,
            None => value.span,
        };
        record.problem(kind, span);
    }
}
