//! What changed on the way: which change, undone, makes a failed signature hold again.
//!
//! Nothing here guesses: a change is named only if the hash of what it was before is the signed one.

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
        let lf: Vec<u8> = body.iter().copied().filter(|&b| b != b'\r').collect();
        context.update(&lf);
        if context.finish().as_ref() == wanted {
            return Some(BodyChange::BareLineFeeds);
        }
    }
    if holds(&map_lines(body, |line| line.strip_prefix(b">").filter(|l| l.starts_with(b"From ")).unwrap_or(line))) {
        return Some(BodyChange::MboxQuoting);
    }
    if holds(&map_lines(body, |line| line.strip_prefix(b".").filter(|l| l.starts_with(b".")).unwrap_or(line))) {
        return Some(BodyChange::DotStuffing);
    }
    for rejoined in rejoin(body) {
        if holds(&rejoined) {
            return Some(BodyChange::Rewrapped);
        }
    }
    let encoding = headers.value("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let decoded = match encoding.as_str() {
        "quoted-printable" => decode_quoted_printable(body),
        "base64" => super::tags::decode_base64(&String::from_utf8_lossy(body))?,
        _ => body.to_vec(),
    };
    let candidates = [
        ("8bit", decoded.clone()),
        ("quoted-printable", encode_quoted_printable(&decoded)),
        ("base64", encode_base64(&decoded)),
    ];
    let found = candidates.into_iter().find(|(name, octets)| *name != encoding && holds(octets));
    found.map(|(name, _)| BodyChange::Encoding { original: name.to_owned() })
}

/// Footer, added part, banner: the body without its last or first lines.
fn added_lines(body: &[u8], mut trial: Trial<'_>) -> Option<BodyChange> {
    let mut ends: Vec<usize> = memchr::memchr_iter(b'\n', body).map(|i| i + 1).collect();
    if ends.last() != Some(&body.len()) {
        ends.push(body.len());
    }
    let start_of = |line: usize| if line == 0 { 0 } else { ends[line - 1] };
    let line = |i: usize| &body[start_of(i)..ends[i]];
    let closing =
        (0..ends.len()).rev().take(50).map(line).find(|l| l.starts_with(b"--") && l.trim_ascii_end().ends_with(b"--"));
    let first = ends.len().saturating_sub(MOST_FOOTER_LINES);
    let whole = trial.clone();
    trial.update(&body[..start_of(first)]);
    // The hash goes on from line to line and is tried before each: linear in the body.
    for i in first..ends.len() {
        if trial.clone().holds() {
            // Empty lines at the end count for nothing, so the footer begins after them.
            let first = (i..ends.len()).find(|&l| !line(l).trim_ascii().is_empty()).unwrap_or(i);
            let text = String::from_utf8_lossy(&body[start_of(first)..]).chars().take(200).collect();
            return Some(BodyChange::Footer { lines: ends.len() - first, text });
        }
        if let Some(closing) = closing.filter(|_| line(i).starts_with(b"--")) {
            let mut closed = trial.clone();
            closed.update(closing);
            if closed.holds() {
                return Some(BodyChange::PartAdded { lines: ends.len() - i - 1 });
            }
        }
        trial.update(line(i));
    }
    // A banner has to be hashed anew for each try, so few are made.
    if body.len() <= 1024 * 1024 {
        for skipped in 1..ends.len().min(24) {
            let mut rest = whole.clone();
            rest.update(&body[start_of(skipped)..]);
            if rest.holds() {
                return Some(BodyChange::Banner { lines: skipped });
            }
        }
    }
    None
}

fn map_lines<'a>(body: &'a [u8], change: impl Fn(&'a [u8]) -> &'a [u8]) -> Vec<u8> {
    body.split_inclusive(|&b| b == b'\n').flat_map(change).copied().collect()
}

/// Undoes the breaking of long lines in the ways relays do it.
fn rejoin(body: &[u8]) -> Vec<Vec<u8>> {
    fn content(line: &[u8]) -> &[u8] {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }
    let lines = || body.split_inclusive(|&b| b == b'\n');
    let longest = lines().map(|l| content(l).len()).max().unwrap_or(0);
    if longest < 70 {
        return Vec::new();
    }
    let join = |mark: &[u8], indent: &[u8]| {
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
    vec![join(b"", b""), join(b"", b" "), join(b"!", b" "), join(b"!", b""), join(b"", b"\t")]
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
    budget: usize,
}

impl HeaderTrial<'_> {
    /// Whether the signature holds over these fields; `false` once the budget is spent.
    fn holds(&mut self, mode: Mode, fields: &[(Vec<u8>, usize)]) -> bool {
        let field = &self.headers.fields()[self.result.field];
        let s = &self.result.signature;
        let size = fields.iter().map(|(raw, _)| raw.len()).sum::<usize>() + field.span().len();
        let (Some(key), Some(algorithm)) = (&self.result.key, s.algorithm) else { return false };
        if size > self.budget {
            return false;
        }
        // A verification costs about as much as hashing some kilobytes.
        self.budget = self.budget.saturating_sub(size + 8192);
        let offset = field.value_offset();
        let data = header_data(
            mode,
            fields.iter().map(|(raw, value)| (raw.as_slice(), *value)),
            field.raw(self.headers),
            offset,
            offset + s.b_span.start..offset + s.b_span.end,
        );
        key.verify(algorithm.hash(), &header_digest(algorithm.hash(), &data), &s.signature)
    }

    fn present(&self) -> Vec<(Vec<u8>, usize)> {
        self.chosen.iter().map(|(_, f)| (f.raw(self.headers).to_vec(), f.value_offset())).collect()
    }

    fn name(&self, i: usize) -> String {
        String::from_utf8_lossy(self.chosen[i].1.name(self.headers)).into_owned()
    }
}

fn header_change(headers: &Headers, result: &SignatureResult) -> Option<HeaderChange> {
    let s = &result.signature;
    let mode = s.canonicalization?.header;
    let chosen = chosen_fields(headers, &headers.index(), &s.signed_headers, Some(result.field));
    let mut trial = HeaderTrial { headers, result, chosen, budget: HEADER_BUDGET };
    let present = trial.present();
    let other = if mode == Mode::Simple { Mode::Relaxed } else { Mode::Simple };
    if trial.holds(other, &present) {
        return Some(HeaderChange::OtherCanonicalization);
    }
    if mode == Mode::Simple {
        let unfold = |(raw, value): &(Vec<u8>, usize)| {
            let mut raw: Vec<u8> = raw.iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
            raw.extend_from_slice(b"\r\n");
            (raw, *value)
        };
        if trial.holds(mode, &present.iter().map(unfold).collect::<Vec<_>>()) {
            return Some(HeaderChange::Refolded);
        }
    }
    // A field too many, with or without a tag in the subject.
    let subject = (0..present.len()).find(|&i| trial.name(i).eq_ignore_ascii_case("subject"));
    let tags = subject.map_or(Vec::new(), |i| without_tags(trial.chosen[i].1.value(headers)));
    let mut subjects = vec![(String::new(), None)];
    subjects.extend(tags.into_iter().map(|(tag, rest)| (tag, Some(rest))));
    for (tag, rest) in subjects {
        let mut fields = present.clone();
        if let (Some(i), Some(rest)) = (subject, rest) {
            fields[i] = ([b"Subject: ", &rest[..], b"\r\n"].concat(), 8);
            if trial.holds(mode, &fields) {
                return Some(HeaderChange::SubjectTag { tag, added: Vec::new() });
            }
        }
        for i in 0..fields.len().min(100) {
            let name = trial.name(i);
            if name.eq_ignore_ascii_case("subject") && !tag.is_empty() {
                continue;
            }
            let mut fewer = fields.clone();
            fewer.remove(i);
            if trial.holds(mode, &fewer) {
                return Some(if tag.is_empty() {
                    HeaderChange::Added { name }
                } else {
                    HeaderChange::SubjectTag { tag, added: vec![name] }
                });
            }
        }
    }
    changed_value(&mut trial, mode, &present)
}

/// Values from `z=`, and transfer encodings that relays change.
fn changed_value(trial: &mut HeaderTrial<'_>, mode: Mode, present: &[(Vec<u8>, usize)]) -> Option<HeaderChange> {
    let mut candidates: Vec<(String, String)> = trial
        .result
        .signature
        .copied_headers
        .iter()
        .take(100)
        .map(|(name, value)| (name.clone(), String::from_utf8_lossy(value).into_owned()))
        .collect();
    for encoding in ["8bit", "7bit", "quoted-printable", "base64"] {
        candidates.push(("Content-Transfer-Encoding".to_owned(), encoding.to_owned()));
    }
    for (name, original) in candidates {
        for i in 0..present.len() {
            if !trial.name(i).eq_ignore_ascii_case(&name) {
                continue;
            }
            let mut fields = present.to_vec();
            let field_name = trial.name(i);
            let raw = format!("{field_name}: {}\r\n", original.trim_matches(['\r', '\n', ' ']));
            fields[i] = (raw.into_bytes(), field_name.len() + 1);
            if trial.holds(mode, &fields) {
                return Some(HeaderChange::Value { name, original });
            }
        }
    }
    None
}

fn copies_that_differ(headers: &Headers, result: &SignatureResult) -> Vec<String> {
    let compact = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names = Vec::new();
    for (name, value) in result.signature.copied_headers.iter().take(100) {
        let value = compact(&String::from_utf8_lossy(value));
        let mut fields = headers.named(name).peekable();
        if fields.peek().is_none() || !fields.any(|f| compact(&f.text(headers)) == value) {
            names.push(name.clone());
        }
    }
    names
}

/// The subject without the tags that relays put in front: `[list]`, `***SPAM***`, `(EXTERN)`, `EXTERNAL:`.
fn without_tags(value: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let value = value.trim_ascii();
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
