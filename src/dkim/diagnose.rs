//! What changed on the way: which change, undone, makes a failed signature hold again.
//!
//! Nothing here guesses: a change is named only if the hash of what it was before is the signed one.

use std::borrow::Cow;

use aws_lc_rs::digest::Context;
use base64::Engine as _;
use serde::{Deserialize, Serialize};

use super::canonical::{BodyCanonicalizer, Mode};
use super::hash::{HashAlgorithm, chosen_fields, header_data, header_digest};
use super::verify::SignatureResult;
use crate::message::{Field, Headers};

/// Larger bodies are not diagnosed.
pub const MOST_BODY: usize = 32 * 1024 * 1024;
/// A footer has at most so many lines.
const MOST_FOOTER_LINES: usize = 5_000;
/// Octets of header data hashed in search of a change.
const HEADER_BUDGET: usize = 16 * 1024 * 1024;
/// What one verification of a signature costs, in octets hashed.
const VERIFICATION: usize = 8192;
/// A header of which more fields are signed is not diagnosed.
const MOST_CHOSEN: usize = 200;
/// A signature of a longer key is not tried again and again.
const MOST_KEY_BITS: usize = 4096;
/// A line that closes a multipart body has 76 octets at most (RFC 2046 §5.1.1); longer ones are not tried.
const MOST_BOUNDARY: usize = 200;
/// Tags are not looked for in a longer subject.
const MOST_SUBJECT: usize = 16 * 1024;

/// What was done to a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum BodyChange {
    /// Lines were added at the end; without them the body hash is right.
    Footer {
        /// How many lines.
        lines: usize,
        /// Their beginning, lossy, at most 200 characters.
        text: String,
    },
    /// Lines were added at the top.
    Banner {
        /// How many lines.
        lines: usize,
    },
    /// A part was added to a multipart message, before its last boundary.
    PartAdded {
        /// How many lines.
        lines: usize,
    },
    /// The transfer encoding was changed; it was this one.
    Encoding {
        /// `8bit`, `quoted-printable` or `base64`.
        original: String,
    },
    /// Long lines were broken.
    Rewrapped,
    /// `From ` at the start of a line became `>From `.
    MboxQuoting,
    /// Dots at the start of lines were doubled (RFC 5321 §4.5.2).
    DotStuffing,
    /// The hash was made with the other canonicalisation: the signer's fault.
    OtherCanonicalization,
    /// The hash was made over lines that end in LF: the signer's fault.
    BareLineFeeds,
}

/// What was done to the header fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum HeaderChange {
    /// A tag was put into the subject.
    SubjectTag {
        /// The tag as it stands there.
        tag: String,
        /// Fields that were added as well.
        added: Vec<String>,
    },
    /// A field was added that the signature had sealed.
    Added {
        /// Its name.
        name: String,
    },
    /// A field has another value than when it was signed.
    Value {
        /// Its name.
        name: String,
        /// The value that was signed.
        original: String,
    },
    /// Fields were folded anew, which simple canonicalisation does not forgive.
    Refolded,
    /// Signed with the other canonicalisation: the signer's fault.
    OtherCanonicalization,
}

/// What could be found out about a signature.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The change of the body, if the body hash is wrong and the change was found.
    pub body: Option<BodyChange>,
    /// The change of the header, if the signature is wrong and the change was found.
    pub header: Option<HeaderChange>,
    /// Names of fields whose copies in `z=` differ from what is there now.
    pub differs_from_copies: Vec<String>,
    /// The body is larger than [`MOST_BODY`] and was not looked at.
    pub body_too_large: bool,
}

/// Looks for the change that broke a signature.
pub fn diagnose(headers: &Headers, body: &[u8], result: &SignatureResult) -> Diagnosis {
    let mut diagnosis = Diagnosis { body_too_large: body.len() > MOST_BODY, ..Diagnosis::default() };
    if result.body_hash_ok == Some(false) && !diagnosis.body_too_large {
        diagnosis.body = body_change(headers, body, result);
    }
    if result.header_hash_ok == Some(false) {
        diagnosis.differs_from_copies = copies_that_differ(headers, result);
        diagnosis.header = header_change(headers, result);
    }
    diagnosis
}

/// A hash of a body in the making that can be tried at any point.
#[derive(Clone)]
struct Trial<'a> {
    canonicalizer: BodyCanonicalizer,
    context: Context,
    left: u64,
    wanted: &'a [u8],
}

impl<'a> Trial<'a> {
    fn new(mode: Mode, hash: HashAlgorithm, length: Option<u64>, wanted: &'a [u8]) -> Self {
        let canonicalizer = BodyCanonicalizer::new(mode);
        Self { canonicalizer, context: hash.context(), left: length.unwrap_or(u64::MAX), wanted }
    }

    fn update(&mut self, octets: &[u8]) {
        let Self { canonicalizer, context, left, .. } = self;
        canonicalizer.update(octets, |piece| feed(context, left, piece));
    }

    fn holds(self) -> bool {
        let Self { canonicalizer, mut context, mut left, wanted } = self;
        canonicalizer.finish(|piece| feed(&mut context, &mut left, piece));
        context.finish().as_ref() == wanted
    }
}

fn feed(context: &mut Context, left: &mut u64, piece: &[u8]) {
    let count = usize::try_from(*left).unwrap_or(usize::MAX).min(piece.len());
    context.update(&piece[..count]);
    *left -= count as u64;
}

fn body_change(headers: &Headers, body: &[u8], result: &SignatureResult) -> Option<BodyChange> {
    let s = &result.signature;
    let (mode, hash) = (s.canonicalization?.body, s.algorithm?.hash());
    let wanted = s.body_hash.as_slice();
    let begin = |mode| Trial::new(mode, hash, s.body_length, wanted);
    let holds = |octets: &[u8]| {
        let mut trial = begin(mode);
        trial.update(octets);
        trial.holds()
    };
    if let Some(change) = added_lines(body, begin(mode)) {
        return Some(change);
    }
    let other = if mode == Mode::Simple { Mode::Relaxed } else { Mode::Simple };
    let mut trial = begin(other);
    trial.update(body);
    if trial.holds() {
        return Some(BodyChange::OtherCanonicalization);
    }
    if s.body_length.is_none() {
        let mut context = hash.context();
        body.split(|&b| b == b'\r').for_each(|piece| context.update(piece));
        if context.finish().as_ref() == wanted {
            return Some(BodyChange::BareLineFeeds);
        }
    }
    let holds_without = |mark: &[u8], before: &[u8]| {
        let mut trial = begin(mode);
        for line in body.split_inclusive(|&b| b == b'\n') {
            trial.update(line.strip_prefix(mark).filter(|l| l.starts_with(before)).unwrap_or(line));
        }
        trial.holds()
    };
    if holds_without(b">", b"From ") {
        return Some(BodyChange::MboxQuoting);
    }
    if holds_without(b".", b".") {
        return Some(BodyChange::DotStuffing);
    }
    // One candidate at a time is held in memory.
    let wordy = body.len() <= 1024 * 1024;
    if rejoin(body).any(|rejoined| holds(&rejoined)) || wordy && rejoin_words(body).any(|rejoined| holds(&rejoined)) {
        return Some(BodyChange::Rewrapped);
    }
    let encoding = headers.value("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let decoded = match encoding.as_str() {
        "quoted-printable" => Cow::Owned(decode_quoted_printable(body)),
        "base64" => Cow::Owned(super::tags::decode_base64(&String::from_utf8_lossy(body))?),
        _ => Cow::Borrowed(body),
    };
    let found =
        ["8bit", "quoted-printable", "base64"].into_iter().filter(|name| *name != encoding).find(|name| match *name {
            "quoted-printable" => holds(&encode_quoted_printable(&decoded)),
            "base64" => holds(&encode_base64(&decoded)),
            _ => holds(&decoded),
        });
    found.map(|name| BodyChange::Encoding { original: name.to_owned() })
}

/// Footer, added part, banner: the body without its last or first lines.
fn added_lines(body: &[u8], mut trial: Trial<'_>) -> Option<BodyChange> {
    let starts = last_lines(body, MOST_FOOTER_LINES);
    let count = starts.len();
    let line = |i: usize| &body[starts[i]..starts.get(i + 1).copied().unwrap_or(body.len())];
    let closes = |l: &&[u8]| l.len() <= MOST_BOUNDARY && l.starts_with(b"--") && l.trim_ascii_end().ends_with(b"--");
    let closing = (0..count).rev().take(50).map(line).find(closes);
    let whole = trial.clone();
    trial.update(&body[..starts[0]]);
    // The hash goes on from line to line and is tried before each: linear in the body.
    for i in 0..count {
        if trial.clone().holds() {
            // Empty lines at the end count for nothing, so the footer begins after them.
            let first = (i..count).find(|&l| !line(l).trim_ascii().is_empty()).unwrap_or(i);
            let shown = &body[starts[first]..body.len().min(starts[first] + 1000)];
            let text = String::from_utf8_lossy(shown).chars().take(200).collect();
            return Some(BodyChange::Footer { lines: count - first, text });
        }
        if let Some(closing) = closing.filter(|_| line(i).starts_with(b"--")) {
            let mut closed = trial.clone();
            closed.update(closing);
            if closed.holds() {
                return Some(BodyChange::PartAdded { lines: count - i - 1 });
            }
        }
        trial.update(line(i));
    }
    // A banner has to be hashed anew for each try, so few are made.
    if body.len() <= 1024 * 1024 {
        let ends = memchr::memchr_iter(b'\n', body).map(|i| i + 1).filter(|&end| end < body.len());
        for (skipped, end) in ends.take(23).enumerate() {
            let mut rest = whole.clone();
            rest.update(&body[end..]);
            if rest.holds() {
                return Some(BodyChange::Banner { lines: skipped + 1 });
            }
        }
    }
    None
}

/// Where the last lines begin, in order: one at least, `most` at most.
fn last_lines(body: &[u8], most: usize) -> Vec<usize> {
    let before = body.strip_suffix(b"\n").unwrap_or(body);
    let breaks = memchr::memrchr_iter(b'\n', before).map(|i| i + 1);
    let mut starts: Vec<usize> = breaks.chain(std::iter::once(0)).take(most).collect();
    starts.reverse();
    starts
}

/// Undoes the breaking of long lines in the ways relays do it.
fn rejoin(body: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    fn content(line: &[u8]) -> &[u8] {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }
    let lines = move || body.split_inclusive(|&b| b == b'\n');
    let longest = lines().map(|l| content(l).len()).max().unwrap_or(0);
    let join = move |(mark, indent): (&[u8], &[u8])| {
        let mut out = Vec::with_capacity(body.len());
        let mut joined = false;
        for line in lines() {
            let line = if joined { line.strip_prefix(indent).unwrap_or(line) } else { line };
            let text = content(line);
            let full = text.len() + if joined { indent.len() } else { 0 } == longest;
            joined = full && text.ends_with(mark);
            out.extend_from_slice(if joined { &text[..text.len() - mark.len()] } else { line });
        }
        out
    };
    let ways: [(&[u8], &[u8]); 5] = [(b"", b""), (b"", b" "), (b"!", b" "), (b"!", b""), (b"", b"\t")];
    ways.into_iter().take(if longest < 70 { 0 } else { ways.len() }).map(join)
}

/// Undoes the breaking of lines between words: a line goes on in the next one where that one's first word would have
/// been too much for the width, which nobody has noted down.
fn rejoin_words(body: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const WIDTHS: [usize; 10] = [65, 70, 72, 74, 75, 76, 78, 80, 990, 998];
    let text = |line: &'_ [u8]| -> usize { line.trim_ascii_end().len() };
    let longest = body.split(|&b| b == b'\n').map(text).max().unwrap_or(0);
    let usual = WIDTHS.into_iter().filter(move |&width| width > longest);
    let widths = (longest >= 40).then_some(longest).into_iter().chain(usual.take(4));
    widths.map(move |width| {
        let mut out = Vec::with_capacity(body.len());
        let mut lines = body.split_inclusive(|&b| b == b'\n').peekable();
        while let Some(line) = lines.next() {
            let shown = line.trim_ascii_end();
            let next = lines.peek().map_or(0, |next| next.iter().take_while(|b| !b.is_ascii_whitespace()).count());
            if next == 0 || shown.is_empty() || shown.len() + 1 + next <= width {
                out.extend_from_slice(line);
                continue;
            }
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            out.extend_from_slice(line);
            // The blank at the break may have stayed at the end of the line.
            if !line.ends_with(b" ") {
                out.push(b' ');
            }
        }
        out
    })
}

fn decode_quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |b: Option<&u8>| b.and_then(|&b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let mut out = Vec::with_capacity(body.len());
    let mut i = 0;
    while i < body.len() {
        match (&body[i..], digit(body.get(i + 1)), digit(body.get(i + 2))) {
            ([b'=', b'\r', b'\n', ..], ..) => i += 3,
            ([b'=', b'\n', ..], ..) => i += 2,
            ([b'=', ..], Some(high), Some(low)) => {
                out.push(high << 4 | low);
                i += 3;
            }
            _ => {
                out.push(body[i]);
                i += 1;
            }
        }
    }
    out
}

/// As most software writes it: lines of at most 76 characters, upper-case digits (RFC 2045 §6.7).
fn encode_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() * 5 / 4);
    for line in body.split_inclusive(|&b| b == b'\n') {
        let ended = line.ends_with(b"\n");
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let mut column = 0;
        for (i, &b) in text.iter().enumerate() {
            let last = i + 1 == text.len();
            let plain = matches!(b, 33..=60 | 62..=126) || (matches!(b, b' ' | b'\t') && !last);
            let width = if plain { 1 } else { 3 };
            if column + width > if last { 76 } else { 75 } {
                out.extend_from_slice(b"=\r\n");
                column = 0;
            }
            if plain {
                out.push(b)
            } else {
                out.extend_from_slice(format!("={b:02X}").as_bytes())
            }
            column += width;
        }
        if ended {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

fn encode_base64(body: &[u8]) -> Vec<u8> {
    let text = base64::engine::general_purpose::STANDARD.encode(body);
    text.as_bytes().chunks(76).flat_map(|line| line.iter().chain(b"\r\n")).copied().collect()
}

/// The chosen fields of a signature, to be changed and tried.
struct HeaderTrial<'a> {
    headers: &'a Headers,
    result: &'a SignatureResult,
    chosen: Vec<(usize, &'a Field)>,
    /// Octets of the chosen fields and of the signature.
    size: usize,
    budget: usize,
}

/// What is tried instead of the chosen fields as they are.
#[derive(Clone, Copy, Default)]
struct Change<'c> {
    /// A place in the choice, the field that stands there instead, and where its value begins.
    replaced: Option<(usize, &'c [u8], usize)>,
    /// A place in the choice that is left out.
    removed: Option<usize>,
}

impl<'a> HeaderTrial<'a> {
    fn new(headers: &'a Headers, result: &'a SignatureResult, chosen: Vec<(usize, &'a Field)>) -> Self {
        let signature = headers.fields()[result.field].span().len();
        let size = chosen.iter().map(|(_, field)| field.span().len()).sum::<usize>() + signature;
        Self { headers, result, chosen, size, budget: HEADER_BUDGET }
    }

    /// Takes what a try costs off the budget, before it is made; `None` once there is too little left.
    fn charge(&mut self, more: usize) -> Option<()> {
        self.budget = self.budget.checked_sub(self.size + more + VERIFICATION)?;
        Some(())
    }

    /// Whether the signature holds over the changed fields; `None` once the budget is spent, which ends the search.
    fn holds(&mut self, mode: Mode, change: Change<'_>) -> Option<bool> {
        self.charge(change.replaced.map_or(0, |(_, raw, _)| raw.len()))?;
        let headers = self.headers;
        let fields = self.chosen.iter().enumerate().filter(|(i, _)| change.removed != Some(*i));
        let fields = fields.map(|(i, (_, field))| match change.replaced {
            Some((at, raw, value)) if at == i => (raw, value),
            _ => (field.raw(headers), field.value_offset()),
        });
        Some(self.verify(mode, fields))
    }

    /// Whether the signature holds over the fields without their folding.
    fn holds_unfolded(&mut self, mode: Mode) -> Option<bool> {
        self.charge(0)?;
        let unfold = |field: &Field| {
            let raw = field.raw(self.headers).iter().copied().filter(|b| !matches!(b, b'\r' | b'\n'));
            raw.chain(*b"\r\n").collect::<Vec<u8>>()
        };
        let unfolded: Vec<_> = self.chosen.iter().map(|(_, f)| (unfold(f), f.value_offset())).collect();
        Some(self.verify(mode, unfolded.iter().map(|(raw, value)| (raw.as_slice(), *value))))
    }

    fn verify<'f>(&self, mode: Mode, fields: impl Iterator<Item = (&'f [u8], usize)>) -> bool {
        let field = &self.headers.fields()[self.result.field];
        let s = &self.result.signature;
        let (Some(key), Some(algorithm)) = (&self.result.key, s.algorithm) else { return false };
        let offset = field.value_offset();
        let emptied = offset + s.b_span.start..offset + s.b_span.end;
        let data = header_data(mode, fields, field.raw(self.headers), offset, emptied);
        key.verify(algorithm.hash(), &header_digest(algorithm.hash(), &data), &s.signature)
    }

    fn is(&self, i: usize, name: &str) -> bool {
        self.chosen[i].1.is(self.headers, name)
    }

    fn name(&self, i: usize) -> String {
        String::from_utf8_lossy(self.chosen[i].1.name(self.headers)).into_owned()
    }
}

fn header_change(headers: &Headers, result: &SignatureResult) -> Option<HeaderChange> {
    let s = &result.signature;
    let mode = s.canonicalization?.header;
    if result.key.as_ref()?.bits() > MOST_KEY_BITS {
        return None;
    }
    let chosen = chosen_fields(headers, &s.signed_headers, Some(result.field));
    if chosen.len() > MOST_CHOSEN {
        return None;
    }
    let count = chosen.len();
    let mut trial = HeaderTrial::new(headers, result, chosen);
    let other = if mode == Mode::Simple { Mode::Relaxed } else { Mode::Simple };
    if trial.holds(other, Change::default())? {
        return Some(HeaderChange::OtherCanonicalization);
    }
    if mode == Mode::Simple && trial.holds_unfolded(mode)? {
        return Some(HeaderChange::Refolded);
    }
    // A field too many, with or without a tag in the subject.
    let subject = (0..count).find(|&i| trial.is(i, "subject"));
    let tags = subject.map_or(Vec::new(), |i| without_tags(trial.chosen[i].1.value(headers)));
    for i in 0..count.min(100) {
        if trial.holds(mode, Change { removed: Some(i), replaced: None })? {
            return Some(HeaderChange::Added { name: trial.name(i) });
        }
    }
    for (tag, rest) in tags {
        let raw = [b"Subject: ", &rest[..], b"\r\n"].concat();
        let replaced = subject.map(|i| (i, raw.as_slice(), 8));
        if trial.holds(mode, Change { replaced, removed: None })? {
            return Some(HeaderChange::SubjectTag { tag, added: Vec::new() });
        }
        for i in (0..count.min(100)).filter(|&i| Some(i) != subject) {
            if trial.holds(mode, Change { replaced, removed: Some(i) })? {
                return Some(HeaderChange::SubjectTag { tag, added: vec![trial.name(i)] });
            }
        }
    }
    changed_value(&mut trial, mode)
}

/// Values from `z=`, and transfer encodings that relays change.
fn changed_value(trial: &mut HeaderTrial<'_>, mode: Mode) -> Option<HeaderChange> {
    let result = trial.result;
    let copies = result.signature.copied_headers.iter().take(100);
    let copies = copies.map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value)));
    let encodings = ["8bit", "7bit", "quoted-printable", "base64"];
    let encodings = encodings.map(|word| ("Content-Transfer-Encoding", Cow::Borrowed(word)));
    for (name, original) in copies.chain(encodings) {
        for i in (0..trial.chosen.len()).filter(|&i| trial.is(i, name)).collect::<Vec<_>>() {
            let field_name = trial.name(i);
            let raw = format!("{field_name}: {}\r\n", original.trim_matches(['\r', '\n', ' ']));
            let replaced = Some((i, raw.as_bytes(), field_name.len() + 1));
            if trial.holds(mode, Change { replaced, removed: None })? {
                return Some(HeaderChange::Value { name: name.to_owned(), original: original.into_owned() });
            }
        }
    }
    None
}

fn copies_that_differ(headers: &Headers, result: &SignatureResult) -> Vec<String> {
    let compact = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut budget = HEADER_BUDGET;
    let mut names = Vec::new();
    for (name, value) in result.signature.copied_headers.iter().take(100) {
        let value = compact(&String::from_utf8_lossy(value));
        let mut found = false;
        for field in headers.named(name) {
            let Some(left) = budget.checked_sub(field.span().len() + 256) else { return names };
            budget = left;
            if compact(&field.text(headers)) == value {
                found = true;
                break;
            }
        }
        if !found {
            names.push(name.clone());
        }
    }
    names
}

/// The subject without the tags that relays put in front: `[list]`, `***SPAM***`, `(EXTERN)`, `EXTERNAL:`.
fn without_tags(value: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let value = value.trim_ascii();
    if value.len() > MOST_SUBJECT {
        return found;
    }
    // A list may put its tag after `Re:`.
    for skip in [0, value.iter().position(|&b| b == b':').filter(|&i| i < 5).map_or(0, |i| i + 1)] {
        let (lead, mut rest) = value.split_at(skip);
        if skip > 0 {
            rest = rest.trim_ascii_start();
        }
        let start = rest.len();
        for _ in 0..4 {
            let Some(length) = tag_length(rest) else { break };
            let whole = &value[value.len() - start..];
            rest = rest[length..].trim_ascii_start();
            let tag = String::from_utf8_lossy(&whole[..whole.len() - rest.len()]).trim().to_owned();
            let lead: &[u8] = if skip > 0 { &[lead, b" "].concat() } else { b"" };
            found.push((tag, [lead, rest].concat()));
        }
        if skip == 0 && value.iter().position(|&b| b == b':').is_none_or(|i| i >= 5) {
            break;
        }
    }
    found
}

fn tag_length(text: &[u8]) -> Option<usize> {
    let window = &text[..text.len().min(100)];
    let closed_by =
        |close: &[u8], from: usize| memchr::memmem::find(window.get(from..)?, close).map(|i| from + i + close.len());
    match window.first()? {
        b'[' => closed_by(b"]", 1),
        b'(' => closed_by(b")", 1),
        b'{' => closed_by(b"}", 1),
        b'<' => closed_by(b">", 1),
        b'*' => {
            let stars = window.iter().take_while(|&&b| b == b'*').count();
            closed_by(&window[..stars], stars)
        }
        _ => closed_by(b":", 0).filter(|&end| window[..end - 1].iter().all(u8::is_ascii_uppercase) && end > 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_found_from_the_end() {
        for (body, most, starts) in [
            (&b""[..], 5, &[0][..]),
            (b"a", 5, &[0]),
            (b"a\n", 5, &[0]),
            (b"a\nb", 5, &[0, 2]),
            (b"a\r\n\r\nb\r\n", 5, &[0, 3, 5]),
            (b"a\nb\nc\n", 2, &[2, 4]),
        ] {
            assert_eq!(last_lines(body, most), starts, "{body:?}");
        }
    }
}
