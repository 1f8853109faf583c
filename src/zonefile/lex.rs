//! From octets to tokens: one entry of a master file at a time (RFC 1035 §5.1).

use memchr::{memchr2, memchr3};

/// More tokens than any record can hold: 65,535 octets of rdata are at most as many strings.
const MAX_TOKENS: usize = 66_000;

/// A word or a character-string of an entry; offsets count from the start of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub start: u32,
    /// Past the last octet, and past the closing quote of a quoted string.
    pub end: u32,
    pub quoted: bool,
}

impl Token {
    /// The octets between the quotes, or the word itself; escapes are still in place.
    pub fn inner<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let (start, end) = (self.start as usize, self.end as usize);
        let range = if self.quoted { start + 1..end.saturating_sub(1).max(start + 1) } else { start..end };
        text.get(range).unwrap_or_default()
    }

    /// The octets as they stand in the file, quotes included.
    pub fn raw<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Why the extent of an entry is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    UnterminatedString,
    UnclosedParenthesis,
    StrayParenthesis,
    TooManyTokens,
}

/// What [`Scanner::scan`] found besides the tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// The entry began with a blank: its owner is the previous one.
    pub blank: bool,
    /// Past the last token or closing parenthesis.
    pub last: usize,
    /// Past the end of the entry's first line.
    pub first_line_end: usize,
    /// Where the next entry begins.
    pub next: usize,
    /// The first thing that was wrong, and where.
    pub flaw: Option<(Flaw, usize, usize)>,
}

/// Splits a file into entries, with buffers that are used again for each of them.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    pub tokens: Vec<Token>,
    /// Comments of the entry that speak to this program, without the semicolon.
    pub remarks: Vec<std::ops::Range<usize>>,
}

const PLAIN: u8 = 0;
const BLANK: u8 = 1;
const LINE: u8 = 2;
const OTHER: u8 = 3;
const ESCAPE: u8 = 4;

static CLASS: [u8; 256] = {
    let mut table = [PLAIN; 256];
    table[b' ' as usize] = BLANK;
    table[b'\t' as usize] = BLANK;
    table[b'\n' as usize] = LINE;
    table[b'\r' as usize] = LINE;
    table[b';' as usize] = OTHER;
    table[b'(' as usize] = OTHER;
    table[b')' as usize] = OTHER;
    table[b'"' as usize] = OTHER;
    table[b'\\' as usize] = ESCAPE;
    table
};

impl Scanner {
    /// Reads the entry that begins at `at`.
    ///
    /// With `strict` a parenthesis ends at the next line that does not begin with a blank; that
    /// keeps the work linear in files full of parentheses that never close.
    pub fn scan(&mut self, text: &[u8], at: usize, strict: bool) -> Extent {
        self.tokens.clear();
        self.remarks.clear();
        let mut out = Extent {
            blank: matches!(text.get(at), Some(b' ' | b'\t')),
            last: at,
            first_line_end: 0,
            next: at,
            flaw: None,
        };
        let mut i = at;
        let mut depth = 0_usize;
        let mut opened = at;
        while let Some(&b) = text.get(i) {
            match b {
                b' ' | b'\t' => i += 1,
                b'\n' | b'\r' => {
                    i += if b == b'\r' && text.get(i + 1) == Some(&b'\n') { 2 } else { 1 };
                    if out.first_line_end == 0 {
                        out.first_line_end = i;
                    }
                    if depth == 0 {
                        out.next = i;
                        return out;
                    }
                    if strict && text.get(i).is_some_and(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b')' | b';')) {
                        break;
                    }
                }
                b';' => {
                    let end = line_end(text, i);
                    if text.get(i + 1..end).is_some_and(|c| c.trim_ascii_start().starts_with(b"mailauth:")) {
                        self.remarks.push(i + 1..end);
                    }
                    i = end;
                }
                b'(' => {
                    if depth == 0 {
                        opened = i;
                    }
                    depth += 1;
                    i += 1;
                    out.last = i;
                }
                b')' => {
                    match depth.checked_sub(1) {
                        Some(less) => depth = less,
                        None => out.flaw = out.flaw.or(Some((Flaw::StrayParenthesis, i, i + 1))),
                    }
                    i += 1;
                    out.last = i;
                }
                _ => {
                    let (end, closed) = if b == b'"' { quoted_end(text, i) } else { (word_end(text, i), true) };
                    if !closed {
                        out.flaw = out.flaw.or(Some((Flaw::UnterminatedString, i, end)));
                    }
                    self.push(Token { start: i as u32, end: end as u32, quoted: b == b'"' }, &mut out.flaw);
                    i = end;
                    out.last = i;
                }
            }
        }
        if depth > 0 {
            // A quote that never ends may have swallowed the parenthesis: then the quote is the cause.
            out.flaw = out.flaw.or(Some((Flaw::UnclosedParenthesis, opened, opened + 1)));
        }
        if out.first_line_end == 0 {
            out.first_line_end = i;
        }
        out.next = i;
        out
    }

    fn push(&mut self, token: Token, flaw: &mut Option<(Flaw, usize, usize)>) {
        if self.tokens.len() < MAX_TOKENS {
            self.tokens.push(token);
        } else {
            *flaw = flaw.or(Some((Flaw::TooManyTokens, token.start as usize, token.end as usize)));
        }
    }
}

/// The tokens of a stretch whose extent is known: line ends and parentheses are blanks there.
pub(super) fn tokens(text: &[u8], start: usize, end: usize) -> impl Iterator<Item = Token> + '_ {
    let text = text.get(..end).unwrap_or(text);
    let mut i = start;
    std::iter::from_fn(move || {
        loop {
            let b = *text.get(i)?;
            match b {
                b' ' | b'\t' | b'\n' | b'\r' | b'(' | b')' => i += 1,
                b';' => i = line_end(text, i),
                _ => {
                    let end = if b == b'"' { quoted_end(text, i).0 } else { word_end(text, i) };
                    let token = Token { start: i as u32, end: end as u32, quoted: b == b'"' };
                    i = end;
                    return Some(token);
                }
            }
        }
    })
}

/// Where the line that holds `at` ends, before its line break.
pub(super) fn line_end(text: &[u8], at: usize) -> usize {
    text.get(at..).and_then(|rest| memchr2(b'\n', b'\r', rest)).map_or(text.len(), |n| at + n)
}

/// Past the closing quote of the string that begins at `at`; `false` if the line ends before it.
fn quoted_end(text: &[u8], at: usize) -> (usize, bool) {
    let mut i = at + 1;
    while let Some(n) = text.get(i..).and_then(|rest| memchr3(b'"', b'\\', b'\n', rest)) {
        // A bare CR ends the line as well.
        if let Some(cr) = text.get(i..i + n).and_then(|run| memchr::memchr(b'\r', run)) {
            return (i + cr, false);
        }
        i += n;
        match text.get(i) {
            Some(b'"') => return (i + 1, true),
            Some(b'\\') if !matches!(text.get(i + 1), None | Some(b'\n' | b'\r')) => i += 2,
            Some(b'\\') => return (i + 1, false),
            _ => return (i, false),
        }
    }
    let rest = text.get(i..).unwrap_or_default();
    (memchr::memchr(b'\r', rest).map_or(text.len(), |n| i + n), false)
}

/// Past the word that begins at `at`.
fn word_end(text: &[u8], at: usize) -> usize {
    let mut i = at;
    while let Some(&b) = text.get(i) {
        match CLASS[usize::from(b)] {
            PLAIN => i += 1,
            // An escaped octet belongs to the word, whatever it is; the end of a line cannot be escaped.
            ESCAPE => i += if matches!(text.get(i + 1), None | Some(b'\n' | b'\r')) { 1 } else { 2 },
            _ => break,
        }
    }
    i.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut scanner = Scanner::default();
        let extent = scanner.scan(text.as_bytes(), 0, false);
        let found: Vec<_> =
            scanner.tokens.iter().map(|t| String::from_utf8_lossy(t.raw(text.as_bytes())).into_owned()).collect();
        if extent.flaw.is_none() {
            let again: Vec<_> = tokens(text.as_bytes(), 0, extent.last).collect();
            assert_eq!(again, scanner.tokens, "{text}");
        }
        found
    }

    #[test]
    fn words_and_strings() {
        for (text, want) in [
            ("a b\tc\n", vec!["a", "b", "c"]),
            ("a;b\nc", vec!["a"]),
            ("a\\;b c", vec!["a\\;b", "c"]),
            ("a \"x;y\" z", vec!["a", "\"x;y\"", "z"]),
            ("\"a\"\"b\"c", vec!["\"a\"", "\"b\"", "c"]),
            ("a ( b ; )\n c ) d\ne", vec!["a", "b", "c", "d"]),
            ("a(b)c\r\nd", vec!["a", "b", "c"]),
            ("a\rb", vec!["a"]),
            ("\"a\\\"b\" c", vec!["\"a\\\"b\"", "c"]),
        ] {
            assert_eq!(words(text), want, "{text:?}");
        }
    }

    #[test]
    fn flaws_end_where_the_line_does() {
        for (text, want, next) in [
            ("a \"b\nc", Flaw::UnterminatedString, 5),
            ("a \"b\r\nc", Flaw::UnterminatedString, 6),
            ("a \"b\\\nc", Flaw::UnterminatedString, 6),
            ("a (b\nc", Flaw::UnclosedParenthesis, 6),
            ("a )b\nc", Flaw::StrayParenthesis, 5),
        ] {
            let extent = Scanner::default().scan(text.as_bytes(), 0, false);
            assert_eq!(extent.flaw.map(|f| f.0), Some(want), "{text:?}");
            assert_eq!(extent.next, next, "{text:?}");
        }
    }
}
