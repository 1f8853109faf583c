//! Reading one message as a stream: the header block whole, the body in chunks (RFC 5322 §2.1).

use std::io::{self, Read};

use super::Headers;

/// What is read at once.
const CHUNK: usize = 64 * 1024;
/// Room for a message of ordinary length.
const FIRST: usize = 8 * 1024;

/// How much of a message is kept in memory at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Octets of the header block.
    pub header_octets: usize,
    /// Number of header fields.
    pub fields: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { header_octets: 8 * 1024 * 1024, fields: 250_000 }
    }
}

/// Why a message cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The source failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The header block is longer than [`Limits::header_octets`].
    #[error("header block longer than {0} octets")]
    HeaderTooLong(usize),
    /// More fields than [`Limits::fields`].
    #[error("more than {0} header fields")]
    TooManyFields(usize),
}

/// The body of a message, as it comes.
#[derive(Debug)]
pub struct Body<R> {
    /// What was read together with the header block.
    ahead: Vec<u8>,
    skipped: usize,
    given: usize,
    /// The reader has come to its end.
    ended: bool,
    reader: R,
    buffer: Vec<u8>,
}

/// Reads the header block of a message and leaves the body to be read.
///
/// An mbox `From ` line before the first field is skipped. The block ends at the first empty line
/// (RFC 5322 §2.1); without one the message has no body (RFC 6376 §3.4.3).
///
/// # Errors
/// [`MessageError`]: the reader's own, or a limit passed.
pub fn read<R: Read>(mut reader: R, limits: Limits) -> Result<(Headers, Body<R>), MessageError> {
    let mut bytes = Vec::with_capacity(FIRST);
    let mut scanned = 0;
    let mut lines = 0;
    let mut ended = false;
    let (head_end, body_start) = loop {
        if ended {
            break (bytes.len(), bytes.len());
        }
        // Most messages come whole with the first piece.
        let count = reader.by_ref().take(CHUNK as u64).read_to_end(&mut bytes)?;
        ended = count < CHUNK;
        if let Some(found) = find_empty_line(&bytes, &mut scanned, &mut lines) {
            break found;
        }
        if bytes.len() > limits.header_octets {
            return Err(MessageError::HeaderTooLong(limits.header_octets));
        }
    };
    if head_end > limits.header_octets {
        return Err(MessageError::HeaderTooLong(limits.header_octets));
    }
    let ahead = bytes.split_off(body_start);
    bytes.truncate(head_end);
    let skipped = mbox_line(&bytes).unwrap_or(0);
    bytes.drain(..skipped);
    if lines > limits.fields && count_fields(&bytes) > limits.fields {
        return Err(MessageError::TooManyFields(limits.fields));
    }
    if bytes.capacity() > FIRST {
        bytes.shrink_to_fit();
    }
    Ok((Headers::parse(bytes), Body { ahead, skipped, given: 0, ended, reader, buffer: Vec::new() }))
}

impl<R> Body<R> {
    /// How many octets before the header block were skipped: those of an mbox `From ` line.
    pub fn skipped(&self) -> usize {
        self.skipped
    }
}

impl<R: Read> Body<R> {
    /// The next piece of the body, never empty; `None` at the end.
    ///
    /// # Errors
    /// The reader's own.
    pub fn next_chunk(&mut self) -> io::Result<Option<&[u8]>> {
        if self.given < self.ahead.len() {
            let piece = &self.ahead[self.given..];
            self.given = self.ahead.len();
            return Ok(Some(piece));
        }
        if self.ended {
            return Ok(None);
        }
        self.buffer.resize(CHUNK, 0);
        let count = read_some(&mut self.reader, &mut self.buffer)?;
        self.ended = count == 0;
        Ok((count > 0).then(|| &self.buffer[..count]))
    }
}

impl<R: Read> Read for Body<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given < self.ahead.len() {
            let count = out.len().min(self.ahead.len() - self.given);
            out[..count].copy_from_slice(&self.ahead[self.given..self.given + count]);
            self.given += count;
            return Ok(count);
        }
        if self.ended { Ok(0) } else { read_some(&mut self.reader, out) }
    }
}

fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Where the header block ends and the body begins; looks at every octet once.
fn find_empty_line(bytes: &[u8], scanned: &mut usize, lines: &mut usize) -> Option<(usize, usize)> {
    // `scanned` is always the start of a line.
    loop {
        let rest = &bytes[*scanned..];
        match rest {
            [b'\n', ..] => return Some((*scanned, *scanned + 1)),
            [b'\r', b'\n', ..] => return Some((*scanned, *scanned + 2)),
            _ => {}
        }
        // A long line that arrives in pieces is looked at again for each piece; pieces are large and the block bounded.
        let end = memchr::memchr(b'\n', rest)?;
        *scanned += end + 1;
        *lines += 1;
    }
}

/// The length of an mbox `From ` line at the start; `From : a@b` is a field.
fn mbox_line(bytes: &[u8]) -> Option<usize> {
    let bytes_after = bytes.strip_prefix(b">").unwrap_or(bytes);
    let rest = bytes_after.strip_prefix(b"From ")?;
    if rest.trim_ascii_start().first() == Some(&b':') {
        return None;
    }
    Some(memchr::memchr(b'\n', bytes).map_or(bytes.len(), |i| i + 1))
}

fn count_fields(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).filter(|i| !matches!(bytes.get(i + 1), Some(b' ' | b'\t'))).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one octet at a time.
    struct Drip<'a>(&'a [u8]);
    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = 1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn both(text: &[u8]) -> (Headers, Vec<u8>) {
        let mut whole = Vec::new();
        let (headers, mut body) = read(text, Limits::default()).unwrap();
        body.read_to_end(&mut whole).unwrap();
        let (again, mut body) = read(Drip(text), Limits::default()).unwrap();
        let mut dripped = Vec::new();
        while let Some(chunk) = body.next_chunk().unwrap() {
            dripped.extend_from_slice(chunk);
        }
        assert_eq!((&headers, &whole), (&again, &dripped));
        (headers, whole)
    }

    #[test]
    fn splits_at_the_first_empty_line() {
        for (text, fields, body) in [
            (&b"A: 1\r\nB: 2\r\n\r\nbody\r\n\r\nx"[..], 2, &b"body\r\n\r\nx"[..]),
            (b"A: 1\nB: 2\n\nbody", 2, b"body"),
            (b"A: 1\r\nB: 2\n\r\nbody", 2, b"body"),
            (b"A: 1\r\n", 1, b""),
            (b"A: 1", 1, b""),
            (b"", 0, b""),
            (b"\r\nbody", 0, b"body"),
            (b"From me Mon Jan  5 10:00:00 2026\nA: 1\n\nb", 1, b"b"),
            (b"From : me\nA: 1\n\nb", 2, b"b"),
            (b"A: 1\r\n \r\nB: 2\r\n\r\nb", 2, b"b"),
        ] {
            let (headers, rest) = both(text);
            assert_eq!((headers.fields().len(), &rest[..]), (fields, body), "{:?}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn limits_hold() {
        let endless = io::repeat(b'a');
        assert!(matches!(read(endless, Limits::default()), Err(MessageError::HeaderTooLong(_))));
        let many = b"a:\n".repeat(300_000);
        assert!(matches!(read(&many[..], Limits::default()), Err(MessageError::TooManyFields(_))));
    }
}
