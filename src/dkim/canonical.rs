//! Canonicalisation of header fields and bodies (RFC 6376 §3.4).
//!
//! Bodies pass in chunks of any size; what comes out never depends on where they were cut. A bare LF
//! counts as CRLF (§5.3), a bare CR is an ordinary octet.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a change of blanks matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Nearly nothing may change.
    Simple,
    /// Runs of blanks are alike, and in header fields letter case of names and folding.
    Relaxed,
}

/// The value of `c=`: modes of header and body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Canonicalization {
    /// For the header fields.
    pub header: Mode,
    /// For the body.
    pub body: Mode,
}

impl Default for Canonicalization {
    /// What an absent `c=` means (RFC 6376 §3.5).
    fn default() -> Self {
        Self { header: Mode::Simple, body: Mode::Simple }
    }
}

impl Canonicalization {
    /// relaxed/relaxed
    pub const RELAXED: Self = Self { header: Mode::Relaxed, body: Mode::Relaxed };

    /// Reads `header` or `header/body`; a body that is not named is simple (RFC 6376 §3.5).
    pub fn parse(text: &str) -> Option<Self> {
        let mode = |text: &str| match text {
            "simple" => Some(Mode::Simple),
            "relaxed" => Some(Mode::Relaxed),
            _ => None,
        };
        let (header, body) = text.split_once('/').unwrap_or((text, "simple"));
        Some(Self { header: mode(header)?, body: mode(body)? })
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Simple { "simple" } else { "relaxed" })
    }
}

impl fmt::Display for Canonicalization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.header, self.body)
    }
}

/// Appends one header field in canonical form, with its CRLF (RFC 6376 §3.4.1, §3.4.2).
///
/// `raw` is the field as it stands; `value_start` is where its value begins, after the colon.
pub fn header_field(mode: Mode, raw: &[u8], value_start: usize, out: &mut Vec<u8>) {
    out.reserve(raw.len() + 2);
    let raw = raw.strip_suffix(b"\n").map_or(raw, |r| r.strip_suffix(b"\r").unwrap_or(r));
    match mode {
        Mode::Simple => {
            let mut rest = raw;
            while let Some(i) = memchr::memchr(b'\n', rest) {
                out.extend_from_slice(rest[..i].strip_suffix(b"\r").unwrap_or(&rest[..i]));
                out.extend_from_slice(b"\r\n");
                rest = &rest[i + 1..];
            }
            out.extend_from_slice(rest);
        }
        Mode::Relaxed => {
            let value_start = value_start.min(raw.len());
            let name = raw[..value_start].strip_suffix(b":").unwrap_or(&raw[..value_start]);
            let end = name.iter().rposition(|b| !matches!(b, b' ' | b'\t')).map_or(0, |i| i + 1);
            out.extend(name[..end].iter().map(u8::to_ascii_lowercase));
            out.push(b':');
            let value = &raw[value_start..];
            let begin = out.len();
            let mut blank = false;
            for (i, &b) in value.iter().enumerate() {
                match b {
                    b' ' | b'\t' => blank = true,
                    // Line ends inside a field are folding: a blank follows them.
                    b'\n' => {}
                    b'\r' if value.get(i + 1) == Some(&b'\n') => {}
                    _ => {
                        if blank && out.len() > begin {
                            out.push(b' ');
                        }
                        blank = false;
                        out.push(b);
                    }
                }
            }
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// A body on its way to canonical form (RFC 6376 §3.4.3, §3.4.4).
#[derive(Debug, Clone)]
pub struct BodyCanonicalizer {
    mode: Mode,
    /// Empty lines that count only if something follows.
    empty_lines: u64,
    /// A run of blanks that counts only if the line goes on (relaxed).
    blank: bool,
    /// A CR that may belong to a line end.
    cr: bool,
    /// Something of the current line was given.
    in_line: bool,
    /// Something was given at all.
    any: bool,
    slow: Vec<u8>,
    /// So many octets are looked at line by line before a whole block is tried again.
    by_line: usize,
}

const CRLFS: [u8; 512] = {
    let mut text = [b'\n'; 512];
    let mut i = 0;
    while i < 512 {
        text[i] = b'\r';
        i += 2;
    }
    text
};

impl BodyCanonicalizer {
    /// Begins a body.
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            empty_lines: 0,
            blank: false,
            cr: false,
            in_line: false,
            any: false,
            by_line: 0,
            slow: Vec::with_capacity(128),
        }
    }

    /// Takes the next octets; `out` gets what is certain by now, in pieces.
    pub fn update(&mut self, mut chunk: &[u8], mut out: impl FnMut(&[u8])) {
        // Lines that cross the edge of a chunk, or need a change, go octet by octet; the others are passed on as they
        // are, many at once.
        while !chunk.is_empty() {
            if !self.at_line_start() {
                let end = memchr::memchr(b'\n', chunk).map_or(chunk.len(), |i| i + 1);
                self.octets(&chunk[..end], &mut out);
                chunk = &chunk[end..];
                continue;
            }
            let clean = self.clean_lines(chunk);
            if clean > 0 {
                self.flush_empty_lines(&mut out);
                out(&chunk[..clean]);
                self.any = true;
                chunk = &chunk[clean..];
                continue;
            }
            let end = memchr::memchr(b'\n', chunk).map_or(chunk.len(), |i| i + 1);
            self.octets(&chunk[..end], &mut out);
            chunk = &chunk[end..];
        }
    }

    /// Ends the body.
    pub fn finish(mut self, mut out: impl FnMut(&[u8])) {
        if self.cr {
            self.cr = false;
            self.content(b'\r', &mut out);
        }
        if self.in_line {
            self.slow.extend_from_slice(b"\r\n");
        }
        // RFC 6376 §3.4.3: an empty body becomes CRLF; §3.4.4: or nothing.
        if !self.any && !self.in_line && self.mode == Mode::Simple {
            self.slow.extend_from_slice(b"\r\n");
        }
        if !self.slow.is_empty() {
            out(&self.slow);
        }
    }

    fn at_line_start(&self) -> bool {
        !self.in_line && !self.blank && !self.cr
    }

    /// How many octets from here on are whole lines that stay as they are.
    fn clean_lines(&mut self, chunk: &[u8]) -> usize {
        let mut start = 0;
        if self.mode == Mode::Relaxed {
            // Where nothing at all is in need of a change, as in most of an encoded attachment, lines need not be looked
            // at one by one.
            while self.by_line == 0
                && let Some(block) = chunk.get(start..start + BLOCK)
            {
                match memchr::memrchr(b'\n', block).filter(|_| is_clean(block)) {
                    Some(end) => start += end + 1,
                    // Where one line needs a change, others do.
                    None => self.by_line = 4 * BLOCK,
                }
            }
        }
        let blocks = start;
        while let Some(i) = memchr::memchr(b'\n', &chunk[start..]) {
            let line = &chunk[start..start + i];
            let Some(text) = line.strip_suffix(b"\r") else { break };
            if text.is_empty() || (self.mode == Mode::Relaxed && needs_change(text)) {
                break;
            }
            start += i + 1;
        }
        self.by_line = self.by_line.saturating_sub(start - blocks);
        start
    }

    fn octets(&mut self, octets: &[u8], out: &mut impl FnMut(&[u8])) {
        for &b in octets {
            if self.cr && b != b'\n' {
                self.cr = false;
                self.content(b'\r', out);
            }
            match b {
                b'\r' => self.cr = true,
                b'\n' => self.end_line(),
                b' ' | b'\t' if self.mode == Mode::Relaxed => self.blank = true,
                _ => self.content(b, out),
            }
        }
        if !self.slow.is_empty() {
            out(&self.slow);
            self.slow.clear();
        }
    }

    fn content(&mut self, b: u8, out: &mut impl FnMut(&[u8])) {
        self.flush_empty_lines(out);
        if self.blank {
            self.slow.push(b' ');
            self.blank = false;
        }
        self.slow.push(b);
        self.in_line = true;
        self.any = true;
    }

    fn end_line(&mut self) {
        self.cr = false;
        // RFC 6376 §3.4.4: blanks at the end of a line are ignored, so a line of blanks is empty.
        self.blank = false;
        if self.in_line {
            self.slow.extend_from_slice(b"\r\n");
            self.in_line = false;
        } else {
            self.empty_lines += 1;
        }
    }

    fn flush_empty_lines(&mut self, out: &mut impl FnMut(&[u8])) {
        if self.empty_lines == 0 {
            return;
        }
        if !self.slow.is_empty() {
            out(&self.slow);
            self.slow.clear();
        }
        while self.empty_lines > 0 {
            let count = self.empty_lines.min(256);
            out(&CRLFS[..usize::try_from(count).unwrap_or(256) * 2]);
            self.empty_lines -= count;
        }
    }
}

/// Octets that are looked at together.
const BLOCK: usize = 2048;

/// Whether nothing in whole lines, and perhaps the beginning of one more, is such that relaxed canonicalisation might
/// change it, however it goes on.
fn is_clean(block: &[u8]) -> bool {
    // An empty line at the start, or a line end there that no CR precedes.
    if matches!(block, [b'\r' | b'\n', ..] | []) {
        return false;
    }
    let mut dirty = 0_u8;
    for (&a, &b) in block.iter().zip(&block[1..]) {
        // A blank before another one or before what may be a line end; a bare LF; an empty line.
        dirty |= u8::from(a == b' ') & (u8::from(b == b' ') | u8::from(b == b'\r'));
        dirty |= u8::from(b == b'\n') & u8::from(a != b'\r');
        dirty |= u8::from(a == b'\n') & u8::from(b == b'\r');
        dirty |= u8::from(a == b'\t');
    }
    dirty == 0 && block.last() != Some(&b'\t')
}

/// Whether relaxed canonicalisation changes this line (without its line end).
fn needs_change(line: &[u8]) -> bool {
    let (Some(&last), Some(tail)) = (line.last(), line.get(1..)) else { return false };
    // Without an early exit, so that the compiler may compare many octets at once.
    let mut dirty = u8::from(last == b' ');
    for (&a, &b) in line.iter().zip(tail) {
        dirty |= u8::from(a == b' ') & u8::from(b == b' ');
        dirty |= u8::from(a == b'\t');
    }
    dirty != 0 || last == b'\t'
}

/// The canonical form of a whole body, for small ones.
pub fn body(mode: Mode, octets: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(octets.len() + 2);
    let mut canonicalizer = BodyCanonicalizer::new(mode);
    canonicalizer.update(octets, |piece| whole.extend_from_slice(piece));
    canonicalizer.finish(|piece| whole.extend_from_slice(piece));
    whole
}

#[cfg(test)]
mod tests {
    use super::Mode::{Relaxed, Simple};
    use super::*;

    #[test]
    fn header_examples() {
        // RFC 6376 §3.4.5 and the oddities of the field.
        for (mode, raw, expected) in [
            (Relaxed, "A: X\r\n", "a:X\r\n"),
            (Relaxed, "B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"),
            (Simple, "B : Y\t\r\n\tZ  \r\n", "B : Y\t\r\n\tZ  \r\n"),
            (Simple, "B : Y\t\n\tZ  \n", "B : Y\t\r\n\tZ  \r\n"),
            (Relaxed, "Subject:\r\n wrapped\r\n", "subject:wrapped\r\n"),
            (Relaxed, "X:\r\n \r\n", "x:\r\n"),
            (Relaxed, "X:", "x:\r\n"),
            (Simple, "X: a", "X: a\r\n"),
            (Relaxed, "X: a\u{a0}\u{b} b\r\n", "x:a\u{a0}\u{b} b\r\n"),
        ] {
            let mut out = Vec::new();
            header_field(mode, raw.as_bytes(), raw.find(':').unwrap() + 1, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), expected, "{raw:?}");
        }
    }

    #[test]
    fn body_examples() {
        for (mode, raw, expected) in [
            (Relaxed, " C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"),
            (Simple, " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n"),
            (Simple, "", "\r\n"),
            (Relaxed, "", ""),
            (Simple, "\r\n\r\n", "\r\n"),
            (Relaxed, "\r\n \r\n\t", ""),
            (Simple, "a", "a\r\n"),
            (Relaxed, "a", "a\r\n"),
            (Relaxed, "a  ", "a\r\n"),
            (Simple, "a\n\nb\n\n", "a\r\n\r\nb\r\n"),
            (Relaxed, "\t a\t\tb \r\n", " a b\r\n"),
            (Simple, "a\r\r\nb\r", "a\r\r\nb\r\r\n"),
            (Relaxed, "a \r\r\n \r\nb", "a \r\r\n\r\nb\r\n"),
            (Relaxed, "a\u{a0} \u{c}\r\n", "a\u{a0} \u{c}\r\n"),
            (Relaxed, "\r\n\r\na\r\n", "\r\n\r\na\r\n"),
        ] {
            assert_eq!(String::from_utf8_lossy(&body(mode, raw.as_bytes())), expected, "{mode} {raw:?}");
        }
    }

    #[test]
    fn many_empty_lines() {
        let text = format!("a\r\n{}b\r\n", "\r\n".repeat(1000));
        for mode in [Simple, Relaxed] {
            assert_eq!(body(mode, text.as_bytes()), text.as_bytes());
        }
    }

    /// The rules one after the other, as the RFC writes them.
    fn slowly(mode: Mode, text: &[u8]) -> Vec<u8> {
        let mut lines: Vec<Vec<u8>> = text.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
        let last = lines.len() - 1;
        for (i, line) in lines.iter_mut().enumerate() {
            if i < last && line.last() == Some(&b'\r') {
                line.pop();
            }
            if mode == Relaxed {
                let mut new: Vec<u8> = Vec::new();
                for &b in line.iter() {
                    let b = if b == b'\t' { b' ' } else { b };
                    if b != b' ' || new.last() != Some(&b' ') {
                        new.push(b);
                    }
                }
                if new.last() == Some(&b' ') {
                    new.pop();
                }
                *line = new;
            }
        }
        while lines.last().is_some_and(Vec::is_empty) {
            lines.pop();
        }
        let mut out: Vec<u8> = lines.into_iter().flat_map(|l| [l, b"\r\n".to_vec()].concat()).collect();
        if out.is_empty() && mode == Simple {
            out.extend_from_slice(b"\r\n");
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn blocks_of_clean_lines_do_not_matter(
            kinds in proptest::collection::vec(proptest::sample::select(
                vec!["clean line of some length\r\n", " a b\r\n", "x", "x  y\r\n", "z \r\n", "\t", "\r\n", "\n", "\r"],
            ), 1..12),
            clean in 50_usize..400,
            cut in 0_usize..9000,
        ) {
            let mut text: Vec<u8> = Vec::new();
            for kind in kinds {
                text.extend_from_slice("one line after the other\r\n".repeat(clean).as_bytes());
                text.extend_from_slice(kind.as_bytes());
            }
            let (one, two) = text.split_at(cut.min(text.len()));
            for mode in [Simple, Relaxed] {
                let mut out = Vec::new();
                let mut canonicalizer = BodyCanonicalizer::new(mode);
                canonicalizer.update(one, |piece| out.extend_from_slice(piece));
                canonicalizer.update(two, |piece| out.extend_from_slice(piece));
                canonicalizer.finish(|piece| out.extend_from_slice(piece));
                proptest::prop_assert!(out == slowly(mode, &text));
            }
        }

        #[test]
        fn chunks_do_not_matter(
            text in proptest::collection::vec(proptest::sample::select(b"ab \t\r\n\n\r".to_vec()), 0..60),
            cuts in proptest::collection::vec(0_usize..60, 0..6),
        ) {
            for mode in [Simple, Relaxed] {
                let mut cuts: Vec<usize> = cuts.iter().map(|c| *c.min(&text.len())).collect();
                cuts.extend([0, text.len()]);
                cuts.sort_unstable();
                let mut out = Vec::new();
                let mut canonicalizer = BodyCanonicalizer::new(mode);
                for pair in cuts.windows(2) {
                    canonicalizer.update(&text[pair[0]..pair[1]], |piece| out.extend_from_slice(piece));
                }
                canonicalizer.finish(|piece| out.extend_from_slice(piece));
                proptest::prop_assert_eq!(&out, &slowly(mode, &text));
                // What is canonical stays as it is.
                proptest::prop_assert_eq!(&body(mode, &out), &out);
            }
        }
    }
}
