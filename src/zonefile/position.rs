//! From offsets to files, lines and columns.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// A stretch of a file, as editors count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// The file, as it was named.
    pub file: Arc<str>,
    /// The line of the first character.
    pub line: u32,
    /// The column of the first character.
    pub column: u32,
    /// The line of the last character.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A text of the run: a file, or what one `$GENERATE` made.
#[derive(Debug)]
pub(super) struct Place {
    pub name: Arc<str>,
    /// The offset of the text's first octet among all texts of the run.
    pub base: u32,
    pub text: Arc<Vec<u8>>,
    /// For made text, the directive that made it, as offsets of the run.
    pub made_by: Option<Range<u32>>,
    lines: OnceLock<Lines>,
}

/// The number of the line at each [`BLOCK`]th octet.
#[derive(Debug)]
struct Lines {
    marks: Vec<u32>,
    /// There are carriage returns that no line feed follows.
    bare_cr: bool,
}

const BLOCK: usize = 4096;
const BOM: &[u8] = b"\xef\xbb\xbf";

impl Place {
    pub fn new(name: Arc<str>, base: u32, text: Vec<u8>, made_by: Option<Range<u32>>) -> Self {
        Self { name, base, text: Arc::new(text), made_by, lines: OnceLock::new() }
    }

    /// Where the entries begin: behind a byte order mark.
    pub fn begin(&self) -> usize {
        if self.text.starts_with(BOM) { BOM.len() } else { 0 }
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| {
            let text = &**self.text;
            let bare_cr = memchr::memchr_iter(b'\r', text).any(|i| text.get(i + 1) != Some(&b'\n'));
            let mut line = 1;
            let marks = (0..=text.len() / BLOCK).map(|block| {
                let mark = line;
                line += breaks(text, block * BLOCK..text.len().min((block + 1) * BLOCK), bare_cr);
                mark
            });
            Lines { marks: marks.collect(), bare_cr }
        })
    }

    /// The line of an offset, from 1.
    fn line(&self, at: usize) -> u32 {
        let lines = self.lines();
        let block = (at / BLOCK).min(lines.marks.len().saturating_sub(1));
        let mark = lines.marks.get(block).copied().unwrap_or(1);
        mark + breaks(&self.text, block * BLOCK..at, lines.bare_cr)
    }

    /// Locates stretches that come in order, without reading a line twice.
    pub fn locate_all(&self, stretches: impl IntoIterator<Item = Range<usize>>) -> Vec<Location> {
        let mut cursor = None;
        let mut point = |at: usize| {
            let at = at.min(self.text.len());
            let (line, column) = match cursor {
                Some((seen, line, column)) if seen <= at && breaks(&self.text, seen..at, true) == 0 => {
                    (line, column + characters(&self.text, seen..at))
                }
                _ => {
                    let head = self.text.get(..at).unwrap_or_default();
                    let start = memchr::memrchr2(b'\n', b'\r', head).map_or(self.begin().min(at), |n| n + 1);
                    (self.line(at), 1 + characters(&self.text, start..at))
                }
            };
            cursor = Some((at, line, column));
            (line, column)
        };
        stretches
            .into_iter()
            .map(|stretch| {
                let (line, column) = point(stretch.start);
                let (end_line, end_column) = point(stretch.end);
                Location { file: self.name.clone(), line, column, end_line, end_column }
            })
            .collect()
    }
}

/// How many lines end within the range.
fn breaks(text: &[u8], range: Range<usize>, bare_cr: bool) -> u32 {
    let Some(part) = text.get(range.clone()) else { return 0 };
    let mut count = memchr::memchr_iter(b'\n', part).count();
    if bare_cr {
        count += memchr::memchr_iter(b'\r', part).filter(|i| text.get(range.start + i + 1) != Some(&b'\n')).count();
    }
    count as u32
}

/// How many characters a range holds; an octet that is no UTF-8 counts as one.
fn characters(text: &[u8], range: Range<usize>) -> u32 {
    let part = text.get(range).unwrap_or_default();
    if part.is_ascii() { part.len() as u32 } else { String::from_utf8_lossy(part).chars().count() as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &[u8], range: Range<usize>) -> (u32, u32, u32, u32) {
        let place = Place::new("x".into(), 0, text.to_vec(), None);
        let l = place.locate_all([range]).remove(0);
        (l.line, l.column, l.end_line, l.end_column)
    }

    #[test]
    fn lines_and_columns() {
        assert_eq!(at(b"ab\ncd", 3..5), (2, 1, 2, 3));
        assert_eq!(at(b"ab\r\ncd", 4..6), (2, 1, 2, 3));
        assert_eq!(at(b"ab\rcd", 3..5), (2, 1, 2, 3));
        assert_eq!(at("\u{feff}ab".as_bytes(), 3..5), (1, 1, 1, 3));
        assert_eq!(at("aüb".as_bytes(), 3..4), (1, 3, 1, 4));
        assert_eq!(at(b"a\xfcb", 2..3), (1, 3, 1, 4));
        assert_eq!(at(b"ab\ncd", 1..5), (1, 2, 2, 3));
        assert_eq!(at(b"", 0..9), (1, 1, 1, 1));
        let long = "x\n".repeat(10_000);
        assert_eq!(at(long.as_bytes(), 15_000..15_001), (7501, 1, 7501, 2));
    }
}
