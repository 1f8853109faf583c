//! Reading a DMARC record with the place and the likely meaning of every slip (RFC 9989 §4.7, §4.8).
//!
//! Two readings of one text: [`Parsed::record`] is what a receiver makes of it, [`Parsed::repaired`] is
//! what its author most likely meant.

use super::parsed::{Parsed, Slip, SlipKind, Tag, TagKind, VERSION};
use super::record::{AlignmentMode, FailureOptions, Policy, Psd, Record};
use super::uri::parse_list;
use crate::tag_list::{Segment, Span, closest, is_invisible, is_wsp, segments, slips};

/// The tags of RFC 9989 §4.7.
const KNOWN: [&str; 11] = ["v", "p", "sp", "np", "adkim", "aspf", "fo", "psd", "t", "rua", "ruf"];
/// The tags of RFC 7489 that RFC 9989 has removed.
const REMOVED: [&str; 3] = ["pct", "rf", "ri"];

/// Whether a TXT record is, or was clearly meant to be, a DMARC record.
///
/// True for `v=dmarc1`, `"v=DMARC1; …"`, `DMARC1; p=none`, `p=none; v=DMARC1` and `p=reject; rua=mailto:…`; false for
/// anything of another purpose that happens to stand at the same name.
pub fn looks_like_dmarc(text: &str) -> bool {
    let start = text.trim_start_matches(|c| is_invisible(c) || is_quote(c));
    let mut others = 0;
    for (i, segment) in segments(start).take(64).enumerate() {
        let value = segment.value.clone().map_or("", |v| &start[v]);
        let name = &start[segment.name.clone()];
        if i == 0 && segment.value.is_none() && starts_with_version(name) {
            return true;
        }
        // `v: DMARC1`, `v DMARC1`, `vDMARC1`
        let bare = name.get(1..).filter(|_| name.starts_with(['v', 'V']) && segment.value.is_none());
        if i == 0 && bare.is_some_and(|b| starts_with_version(b.trim_start_matches([':', ' ', '-']))) {
            return true;
        }
        match name.to_ascii_lowercase().as_str() {
            "v" => return is_version(value),
            "p" | "sp" | "np" if Policy::from_word(value).is_some() => others += 1,
            "rua" | "ruf" if value.contains('@') => others += 1,
            "adkim" | "aspf" | "fo" => others += 1,
            _ if i == 0 && starts_with_version(name) => return true,
            _ => {}
        }
    }
    others >= 2
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\\' | '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '«' | '»')
}

fn starts_with_version(text: &str) -> bool {
    text.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("dmarc"))
}

/// `DMARC1` and what a hurried hand makes of it.
fn is_version(value: &str) -> bool {
    if starts_with_version(value) {
        return true;
    }
    let word: String = value.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
    word.starts_with(['D', 'd'])
        && slips(&word.to_ascii_uppercase(), VERSION) <= 2
        && !word.eq_ignore_ascii_case("DKIM1")
}

/// Reads a record. Never fails: what a receiver ignores is told by `record` and `slips`.
pub fn parse(text: &str) -> Parsed {
    let mut reader = Reader {
        out: Parsed {
            text: text.to_owned(),
            record: None,
            tags: Vec::new(),
            rua: Vec::new(),
            ruf: Vec::new(),
            slips: Vec::new(),
        },
        record: Record::default(),
        seen: Vec::new(),
    };
    reader.read(text);
    reader.out
}

struct Reader {
    out: Parsed,
    record: Record,
    /// Known and removed tags so far.
    seen: Vec<String>,
}

impl Reader {
    fn slip(&mut self, kind: SlipKind, span: Span, tag: Option<&str>, suggestion: Option<String>) {
        self.out.slips.push(Slip { kind, span, tag: tag.map(str::to_owned), suggestion });
    }

    fn read(&mut self, text: &str) {
        let start = text.len() - text.trim_start_matches(|c| is_invisible(c) || is_quote(c)).len();
        let mut end = text.len();
        if start > 0 {
            let quoted = text[..start].contains(is_quote);
            if quoted {
                end = start.max(text.trim_end_matches(|c| is_invisible(c) || is_quote(c)).len());
            }
            let kind = if quoted { SlipKind::Quoted } else { SlipKind::LeadingBlank };
            self.slip(kind, 0..start, None, Some(String::new()));
        }
        // Offsets stay those of the whole text: the scanner is given everything up to `end`.
        let scanned = &text[..end];
        let pieces: Vec<Segment> = segments(&scanned[start..]).map(|s| shift(s, start)).collect();
        let first = pieces.iter().position(|s| !s.is_empty());
        let Some(first) = first else {
            self.slip(SlipKind::VersionMissing, start..end, Some("v"), None);
            return;
        };
        let mut rest = first + 1;
        match self.version(scanned, &pieces, first) {
            VersionAt::First => {}
            VersionAt::Elsewhere => rest = first,
            VersionAt::Nowhere => {}
        }
        // RFC 9989 §4.7: v comes first, nothing before it.
        if first > 0 && self.out.slips.is_empty() {
            self.slip(SlipKind::VersionNotFirst, 0..pieces[first].span.start, Some("v"), Some(String::new()));
        }
        for piece in &pieces[rest..] {
            self.piece(scanned, piece);
        }
        if self.out.ignored_because().is_none() {
            self.out.record = Some(std::mem::take(&mut self.record));
        }
    }

    /// Judges the version tag and everything that is glued to it.
    fn version(&mut self, text: &str, pieces: &[Segment], first: usize) -> VersionAt {
        let piece = &pieces[first];
        let name = &text[piece.name.clone()];
        let Some(value_span) = piece.value.clone().filter(|_| name.eq_ignore_ascii_case("v")) else {
            let later = pieces[first..].iter().find(|s| {
                text[s.name.clone()].eq_ignore_ascii_case("v") && s.value.clone().is_some_and(|v| is_version(&text[v]))
            });
            if let Some(later) = later {
                self.slip(SlipKind::VersionNotFirst, later.span.clone(), Some("v"), None);
                return VersionAt::Elsewhere;
            }
            // `DMARC1; p=none`, `v:DMARC1; p=none`, `vDMARC1`
            let bare = name.trim_start_matches(['v', 'V']).trim_start_matches([':', ' ', '-', '\t']);
            if starts_with_version(bare) {
                self.slip(SlipKind::VersionTypo, piece.span.clone(), Some("v"), Some(format!("v={VERSION}")));
                let at =
                    piece.span.end - text[piece.span.clone()].trim_start_matches(['v', 'V', ':', ' ', '-', '\t']).len();
                self.glued(text, at + version_len(&text[at..piece.span.end])..piece.span.end);
                return VersionAt::Nowhere;
            }
            self.slip(SlipKind::VersionMissing, piece.name.clone(), Some("v"), None);
            return VersionAt::Elsewhere;
        };
        let value = &text[value_span.clone()];
        let usable = value == VERSION;
        self.out.tags.push(Tag {
            name: "v".into(),
            kind: TagKind::Known,
            span: piece.span.clone(),
            name_span: piece.name.clone(),
            value_span: value_span.clone(),
            usable,
            meant: Some(VERSION.into()),
        });
        self.seen.push("v".into());
        if usable {
            return VersionAt::First;
        }
        if !is_version(value) {
            self.slip(SlipKind::VersionMissing, value_span, Some("v"), None);
            return VersionAt::First;
        }
        // The version itself, and what stands between it and the next semicolon.
        let word = version_len(value);
        let word_span = value_span.start..value_span.start + word;
        let right = &text[word_span.clone()] == VERSION;
        let miscased = text[word_span.clone()].eq_ignore_ascii_case(VERSION);
        if right {
            let tail = &value[word..];
            let separator = tail.len() - tail.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).len();
            let glued = tail.contains('=');
            let kind = if glued { SlipKind::VersionSeparator } else { SlipKind::VersionTypo };
            let span = word_span.end..word_span.end + separator;
            let (span, suggestion) = match (glued, separator) {
                (true, 0) => (word_span.clone(), format!("{VERSION};")),
                (true, _) => (span, "; ".to_owned()),
                (false, _) => (value_span.clone(), VERSION.to_owned()),
            };
            self.slip(kind, span, Some("v"), Some(suggestion));
        } else {
            let kind = if miscased { SlipKind::VersionMiscased } else { SlipKind::VersionTypo };
            self.slip(kind, word_span.clone(), Some("v"), Some(VERSION.to_owned()));
        }
        self.glued(text, word_span.end..value_span.end);
        VersionAt::First
    }

    /// Tags that hang on the version without a semicolon: only a guess finds them.
    fn glued(&mut self, text: &str, span: Span) {
        let tail = &text[span.clone()];
        let skip = tail.len() - tail.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).len();
        for part in cut_glued(text, span.start + skip..span.end) {
            self.guess(text, part);
        }
    }

    fn guess(&mut self, text: &str, span: Span) {
        for piece in segments(&text[span.clone()]).map(|s| shift(s, span.start)) {
            if piece.value.is_some() {
                let slips = std::mem::take(&mut self.out.slips);
                let record = std::mem::take(&mut self.record);
                self.tag(text, &piece, false);
                self.out.slips = slips;
                self.record = record;
            }
        }
    }

    fn piece(&mut self, text: &str, piece: &Segment) {
        if piece.is_empty() {
            if let Some(end) = piece.end {
                self.slip(SlipKind::EmptyTag, end..end + 1, None, Some(String::new()));
            }
            return;
        }
        let whole = &text[piece.span.clone()];
        // A destination behind a semicolon: the list went on (RFC 9989 §4.7 wants commas).
        let list = self.out.tags.last().map(|t| t.name.clone()).filter(|n| n == "rua" || n == "ruf");
        let scheme = whole.get(..7).is_some_and(|s| s.eq_ignore_ascii_case("mailto:"));
        if let Some(list) = list.filter(|_| scheme || (piece.value.is_none() && whole.contains('@'))) {
            let (_, meant) = parse_list(text, piece.span.clone(), &mut Vec::new());
            self.slip(SlipKind::UriSemicolon, piece.span.clone(), Some(&list), meant.as_ref().map(|m| format!(",{m}")));
            if let (Some(tag), Some(meant)) = (self.out.tags.last_mut(), meant) {
                tag.meant = Some(match &tag.meant {
                    Some(before) => format!("{before},{meant}"),
                    None => meant,
                });
            }
            return;
        }
        if piece.value.is_none() {
            return self.no_equals(text, piece);
        }
        let parts = cut_glued(text, piece.span.clone());
        if parts.len() < 2 {
            return self.tag(text, piece, true);
        }
        self.run_together(text, piece, &parts);
    }

    /// `p=reject rua=mailto:…`: receivers take everything for the value of the first tag.
    fn run_together(&mut self, text: &str, piece: &Segment, parts: &[Span]) {
        let slips_before = self.out.slips.len();
        let tags_before = self.out.tags.len();
        self.tag(text, piece, true);
        self.out.slips.truncate(slips_before);
        let name = text[piece.name.clone()].to_ascii_lowercase();
        let value = piece.value.clone().unwrap_or(piece.span.clone());
        let mut pieces: Vec<String> = Vec::new();
        for part in parts {
            pieces.push(text[part.clone()].to_owned());
        }
        let fixed = pieces.join("; ");
        let suggestion = fixed.get(value.start - piece.span.start..).map(str::to_owned);
        self.slip(SlipKind::MissingSeparator, value, Some(&name), suggestion);
        // What was meant by the first tag ends where the second begins.
        let mut probe = Reader { out: empty(text), record: Record::default(), seen: Vec::new() };
        probe.guess(text, parts[0].clone());
        if let (Some(tag), Some(meant)) = (self.out.tags.get_mut(tags_before), probe.out.tags.first()) {
            tag.meant.clone_from(&meant.meant);
            tag.usable &= !KNOWN.contains(&tag.name.as_str());
        }
        for part in &parts[1..] {
            self.guess(text, part.clone());
        }
    }

    /// `p:reject`, `p reject`, `reject`.
    fn no_equals(&mut self, text: &str, piece: &Segment) {
        let whole = &text[piece.span.clone()];
        let cut = whole.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(whole.len());
        let name = whole[..cut].to_ascii_lowercase();
        let known = KNOWN.contains(&name.as_str()) || REMOVED.contains(&name.as_str());
        let value = whole[cut..].trim_start_matches(|c: char| is_wsp(c) || matches!(c, ':' | '-' | '.' | ','));
        if known && !value.is_empty() {
            let value_span = piece.span.end - value.len()..piece.span.end;
            let name_span = piece.span.start..piece.span.start + cut;
            let meant = Segment { span: piece.span.clone(), name: name_span, value: Some(value_span), end: piece.end };
            let before = self.out.tags.len();
            let slips = std::mem::take(&mut self.out.slips);
            let record = std::mem::take(&mut self.record);
            self.tag(text, &meant, false);
            self.out.slips = slips;
            self.record = record;
            let suggestion = self.out.tags.get(before).and_then(|t| t.meant.as_ref()).map(|m| format!("{name}={m}"));
            self.slip(SlipKind::MissingEquals, piece.span.clone(), Some(&name), suggestion);
        } else {
            let suggestion =
                Policy::from_word(whole).filter(|_| !self.seen.iter().any(|s| s == "p")).map(|p| format!("p={p}"));
            let tag = if suggestion.is_some() { Some("p") } else { known.then_some(name.as_str()) };
            self.slip(SlipKind::MissingEquals, piece.span.clone(), tag, suggestion);
        }
    }

    /// A `name=value`. With `real` false it is a guess: noted among the tags, never in the record.
    fn tag(&mut self, text: &str, piece: &Segment, real: bool) {
        let Some(value_span) = piece.value.clone() else { return };
        let value = &text[value_span.clone()];
        let name = text[piece.name.clone()].to_ascii_lowercase();
        let kind = match name.as_str() {
            n if KNOWN.contains(&n) => TagKind::Known,
            n if REMOVED.contains(&n) => TagKind::Removed,
            _ => TagKind::Unknown,
        };
        let mut tag = Tag {
            name: name.clone(),
            kind,
            span: piece.span.clone(),
            name_span: piece.name.clone(),
            value_span: value_span.clone(),
            usable: false,
            meant: None,
        };
        // RFC 9989 §4.7: a tag name is letters.
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
            let clean: String = name.chars().filter(|c| !is_invisible(*c) && !is_quote(*c)).collect();
            let known = KNOWN.contains(&clean.as_str());
            self.slip(
                SlipKind::TagName,
                piece.name.clone(),
                known.then_some(clean.as_str()),
                known.then(|| clean.clone()),
            );
            if known && clean != "v" {
                tag.name.clone_from(&clean);
                tag.meant = Some(value.to_owned());
                self.out.tags.push(tag);
            }
            return;
        }
        // A guess takes no name away from a tag that receivers see.
        if kind != TagKind::Unknown && real {
            if self.seen.contains(&name) {
                // RFC 9989 says nothing of doubles: the first one counts, the others are syntax errors.
                self.slip(SlipKind::Duplicate, piece.span.clone(), Some(&name), Some(String::new()));
                self.out.tags.push(tag);
                return;
            }
            self.seen.push(name.clone());
        }
        if value.is_empty() {
            self.slip(SlipKind::ValueEmpty, piece.span.clone(), Some(&name), None);
            if matches!(name.as_str(), "p" | "sp" | "np") {
                self.record.policy_unusable = true;
            }
            self.out.tags.push(tag);
            return;
        }
        let before = self.out.slips.len();
        let (usable, meant) = self.value(text, &name, value_span);
        for slip in &mut self.out.slips[before..] {
            slip.tag.get_or_insert_with(|| name.clone());
        }
        tag.usable = usable && real;
        tag.meant = meant;
        self.out.tags.push(tag);
    }

    /// Reads the value of a tag: whether it is usable, and how it was meant.
    fn value(&mut self, text: &str, name: &str, span: Span) -> (bool, Option<String>) {
        let value = &text[span.clone()];
        if name == "rua" || name == "ruf" {
            let (found, meant) = parse_list(text, span, &mut self.out.slips);
            let valid = found.iter().filter_map(|d| d.destination.clone()).collect::<Vec<_>>();
            let usable = !valid.is_empty();
            if name == "rua" {
                (self.out.rua, self.record.rua) = (found, valid);
            } else {
                (self.out.ruf, self.record.ruf) = (found, valid);
            }
            return (usable, meant);
        }
        let words: &[&str] = match name {
            "p" | "sp" | "np" => &Policy::WORDS,
            "adkim" | "aspf" => &["r", "s"],
            "psd" => &["y", "n", "u"],
            "t" => &["y", "n"],
            "fo" => return self.failure_options(value, span),
            _ => {
                let printable = value.bytes().all(|b| (0x20..0x7f).contains(&b));
                if !printable {
                    self.slip(SlipKind::NonAscii, span, None, None);
                    return (false, None);
                }
                self.record.others.push((name.to_owned(), value.to_owned()));
                return (true, Some(value.to_owned()));
            }
        };
        if let Some(word) = words.iter().find(|w| w.eq_ignore_ascii_case(value)) {
            match name {
                "p" => self.record.policy = Policy::from_word(word),
                "sp" => self.record.subdomain_policy = Policy::from_word(word),
                "np" => self.record.nonexistent_policy = Policy::from_word(word),
                "adkim" => self.record.adkim = AlignmentMode::from_word(word),
                "aspf" => self.record.aspf = AlignmentMode::from_word(word),
                "psd" => self.record.psd = Psd::from_word(word),
                _ => self.record.testing = Some(*word == "y"),
            }
            return (true, Some(value.to_owned()));
        }
        let meant = likely_word(value, words);
        let policy = matches!(name, "p" | "sp" | "np");
        if policy {
            self.record.policy_unusable = true;
        }
        let kind = match () {
            () if !value.is_ascii() => SlipKind::NonAscii,
            () if policy => SlipKind::PolicyInvalid,
            () => SlipKind::ValueInvalid,
        };
        self.slip(kind, span, Some(name), meant.map(str::to_owned));
        (false, meant.map(str::to_owned))
    }

    /// `fo`: `0` or `1`, `d`, `s`, between colons.
    fn failure_options(&mut self, value: &str, span: Span) -> (bool, Option<String>) {
        let mut fo = FailureOptions { any: false, all: false, dkim: false, spf: false };
        let mut bad = false;
        for word in value.split(|c: char| matches!(c, ':' | ',' | '/') || is_wsp(c)).filter(|w| !w.is_empty()) {
            match word {
                "0" => fo.all = true,
                "1" => fo.any = true,
                "d" | "D" => fo.dkim = true,
                "s" | "S" => fo.spf = true,
                _ => bad = true,
            }
        }
        let strict = value.split(':').all(|w| matches!(w.trim_matches(is_wsp), "0" | "1" | "d" | "D" | "s" | "S"));
        // RFC 9989 §4.8: 0 and 1 exclude each other; RFC 7489 §6.3 has allowed both, and 1 asks for more.
        if fo.any && fo.all {
            fo.all = false;
        }
        if strict && !bad {
            self.record.fo = Some(fo);
            return (true, Some(value.to_owned()));
        }
        let any = fo.any || fo.all || fo.dkim || fo.spf;
        let meant = any.then(|| fo.to_string());
        self.slip(SlipKind::ValueInvalid, span, Some("fo"), meant.clone());
        (false, meant)
    }
}

enum VersionAt {
    First,
    Elsewhere,
    Nowhere,
}

fn empty(text: &str) -> Parsed {
    Parsed { text: text.to_owned(), record: None, tags: vec![], rua: vec![], ruf: vec![], slips: vec![] }
}

fn shift(s: Segment, by: usize) -> Segment {
    let move_by = |span: Span| span.start + by..span.end + by;
    Segment { span: move_by(s.span), name: move_by(s.name), value: s.value.map(move_by), end: s.end.map(|e| e + by) }
}

/// How much of a value is the version: `DMARC1`, `dmarc1`, `DMARC 1`, `DMARC2`, `DMARC`.
fn version_len(value: &str) -> usize {
    if value.get(..VERSION.len()).is_some_and(|t| t.eq_ignore_ascii_case(VERSION)) {
        return VERSION.len();
    }
    let letters = value.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(value.len());
    let rest = &value[letters..];
    let digits = rest.trim_start_matches(|c: char| is_invisible(c) || matches!(c, '-' | '_' | '.' | ':'));
    let number = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if number > 0 { value.len() - digits.len() + number } else { letters }
}

/// Cuts a piece where a tag begins without a semicolon before it: behind a blank or a comma stands the name of
/// a tag and an equals sign.
fn cut_glued(text: &str, span: Span) -> Vec<Span> {
    let piece = &text[span.clone()];
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut separator: Option<usize> = None;
    for (i, c) in piece.char_indices() {
        if c == ',' || is_invisible(c) {
            separator.get_or_insert(i);
            continue;
        }
        if let Some(end) = separator.take()
            && end > begin
            && begins_tag(&piece[i..])
            // The blanks around an equals sign separate nothing.
            && !piece[begin..end].ends_with('=')
        {
            parts.push(span.start + begin..span.start + end);
            begin = i;
        }
    }
    parts.push(span.start + begin..span.end);
    parts
}

fn begins_tag(text: &str) -> bool {
    let name = text.bytes().take(6).take_while(u8::is_ascii_alphabetic).count();
    let known = KNOWN.iter().chain(&REMOVED).any(|k| k.eq_ignore_ascii_case(&text[..name]));
    known && text[name..].trim_start_matches(is_wsp).starts_with('=')
}

/// The keyword that a value was meant to be.
fn likely_word<'a>(value: &str, words: &[&'a str]) -> Option<&'a str> {
    let plain = value.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    let alias = match plain.as_str() {
        "strict" => "s",
        "relaxed" | "relax" => "r",
        "yes" | "true" | "on" | "1" => "y",
        "no" | "false" | "off" | "0" => "n",
        "unknown" => "u",
        "monitor" => "none",
        "quarantined" | "quar" => "quarantine",
        "rejected" => "reject",
        other => other,
    };
    words.iter().find(|w| **w == alias).copied().or_else(|| closest(&plain, words))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
