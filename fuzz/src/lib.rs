//! What the fuzz targets share.

use std::io::{self, Read};
use std::ops::Range;

/// The input as text; what is no UTF-8 is no text.
pub fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// A span lies within its text, on the borders of characters.
pub fn assert_span(text: &str, span: &Range<usize>, what: impl std::fmt::Debug) {
    assert!(text.get(span.clone()).is_some(), "{span:?} does not fit into {} octets: {what:?}", text.len());
}

/// Gives what it holds in pieces whose lengths come from a seed.
pub struct Pieces<'a> {
    rest: &'a [u8],
    state: u32,
}

impl<'a> Pieces<'a> {
    /// Pieces of `data`.
    pub fn new(data: &'a [u8], seed: u8) -> Self {
        Self { rest: data, state: u32::from(seed) | 1 }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // Mostly tiny, now and then a long one.
        let length = match self.state >> 28 {
            0 => 1000,
            n => n as usize,
        };
        let (piece, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        Some(piece)
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let before = self.rest;
        let Some(piece) = self.next() else { return Ok(0) };
        let count = piece.len().min(out.len());
        out[..count].copy_from_slice(&piece[..count]);
        self.rest = &before[count..];
        Ok(count)
    }
}

/// A future that asks nobody outside is done at once.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    futures_util::FutureExt::now_or_never(future).expect("nothing to wait for")
}
