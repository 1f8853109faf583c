//! From the octets of a document to UTF-8, a buffer at a time, with a bound for what a parser may take at once.
//!
//! Reports come in every encoding (XML 1.0 §4.3.3, appendix F): UTF-8 with and without BOM, UTF-16, Latin-1.
//! Octets that are no UTF-8 become U+FFFD instead of ending the report.

use std::io::{self, BufRead, Read};

use super::fault::Fault;

/// How the octets are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Be,
    Utf16Le,
    Windows1252,
}

/// UTF-8 text out of octets in another encoding.
///
/// UTF-8 is handed on from the inner buffer without a copy; everything else goes through `spill`.
pub(crate) struct Text<R> {
    inner: R,
    encoding: Encoding,
    /// So many bytes at the front of the inner buffer are known to be valid UTF-8.
    valid: usize,
    spill: Vec<u8>,
    spilled: usize,
    /// An incomplete unit of the encoding from the end of the previous buffer.
    rest: Vec<u8>,
    left: usize,
    allowance: usize,
}

impl<R: BufRead> Text<R> {
    /// Reads the byte order mark or the XML declaration.
    ///
    /// `head` is what the input begins with, `inner` still holds it. `allowance` is how many bytes may be read,
    /// other than by [`Text::append_to`].
    pub(crate) fn new(mut inner: R, head: &[u8], allowance: usize) -> Result<Self, Fault> {
        let (encoding, mark) = detect(head)?;
        let mut skip = mark;
        while skip > 0 {
            let got = inner.fill_buf()?.len().min(skip);
            if got == 0 {
                break;
            }
            inner.consume(got);
            skip -= got;
        }
        Ok(Text {
            inner,
            encoding,
            valid: 0,
            spill: Vec::new(),
            spilled: 0,
            rest: Vec::new(),
            left: allowance,
            allowance,
        })
    }

    /// Appends what is at hand, without a bound; `false` at the end of the input.
    pub(crate) fn append_to(&mut self, out: &mut String) -> io::Result<bool> {
        self.prepare()?;
        let chunk = if self.spilled < self.spill.len() {
            &self.spill[self.spilled..]
        } else if self.valid > 0 {
            let chunk = self.inner.fill_buf()?;
            &chunk[..self.valid.min(chunk.len())]
        } else {
            return Ok(false);
        };
        // It is UTF-8 already, so nothing is lost.
        out.push_str(&String::from_utf8_lossy(chunk));
        let used = chunk.len();
        self.consume(used);
        Ok(true)
    }

    /// Makes some bytes available, in the inner buffer (`valid`) or in `spill`.
    fn prepare(&mut self) -> io::Result<()> {
        while self.valid == 0 && self.spilled == self.spill.len() {
            self.spill.clear();
            self.spilled = 0;
            let chunk = self.inner.fill_buf()?;
            if chunk.is_empty() {
                if !self.rest.is_empty() {
                    self.rest.clear();
                    self.spill.extend_from_slice("\u{fffd}".as_bytes());
                }
                return Ok(());
            }
            let used = match self.encoding {
                Encoding::Utf8 if self.rest.is_empty() => match std::str::from_utf8(chunk) {
                    Ok(_) => {
                        self.valid = chunk.len();
                        return Ok(());
                    }
                    Err(e) if e.valid_up_to() > 0 => {
                        self.valid = e.valid_up_to();
                        return Ok(());
                    }
                    Err(e) => match e.error_len() {
                        Some(bad) => {
                            self.spill.extend_from_slice("\u{fffd}".as_bytes());
                            bad
                        }
                        None => {
                            self.rest.extend_from_slice(chunk);
                            chunk.len()
                        }
                    },
                },
                Encoding::Utf8 => {
                    // A character is torn by the end of a buffer: a byte at a time until it is whole or wrong.
                    self.rest.push(chunk[0]);
                    match std::str::from_utf8(&self.rest) {
                        Ok(_) => {
                            self.spill.append(&mut self.rest);
                            1
                        }
                        Err(e) if e.error_len().is_none() => 1,
                        Err(_) => {
                            self.rest.clear();
                            self.spill.extend_from_slice("\u{fffd}".as_bytes());
                            0
                        }
                    }
                }
                Encoding::Windows1252 => {
                    let text: String = chunk.iter().map(|&b| windows_1252(b)).collect();
                    self.spill.extend_from_slice(text.as_bytes());
                    chunk.len()
                }
                Encoding::Utf16Be | Encoding::Utf16Le => {
                    utf16(&mut self.rest, chunk, self.encoding == Encoding::Utf16Be, &mut self.spill);
                    chunk.len()
                }
            };
            self.inner.consume(used);
        }
        Ok(())
    }
}

impl<R: BufRead> BufRead for Text<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.prepare()?;
        let buffer = if self.spilled < self.spill.len() {
            &self.spill[self.spilled..]
        } else if self.valid > 0 {
            let chunk = self.inner.fill_buf()?;
            &chunk[..self.valid.min(chunk.len())]
        } else {
            return Ok(&[]);
        };
        if self.left == 0 {
            return Err(Fault::TooLong(self.allowance).into());
        }
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        if self.spilled < self.spill.len() {
            self.spilled = (self.spilled + amount).min(self.spill.len());
        } else {
            self.valid = self.valid.saturating_sub(amount);
            self.inner.consume(amount);
        }
    }
}

impl<R: BufRead> Read for Text<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(out.len());
        out[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

/// The encoding and the length of the byte order mark.
fn detect(head: &[u8]) -> Result<(Encoding, usize), Fault> {
    // XML 1.0 appendix F: the mark beats the declaration, and so does the width of the first characters.
    match head {
        [0xef, 0xbb, 0xbf, ..] => return Ok((Encoding::Utf8, 3)),
        [0xfe, 0xff, ..] => return Ok((Encoding::Utf16Be, 2)),
        [0xff, 0xfe, ..] => return Ok((Encoding::Utf16Le, 2)),
        [0, b'<', 0, ..] | [0, b'{', 0, ..] => return Ok((Encoding::Utf16Be, 0)),
        [b'<', 0, ..] | [b'{', 0, ..] => return Ok((Encoding::Utf16Le, 0)),
        _ => {}
    }
    let Some(name) = declared(head) else { return Ok((Encoding::Utf8, 0)) };
    match name.to_ascii_lowercase().as_str() {
        // Written in one-byte units, so it is no UTF-16 whatever it declares; .NET's string writer does that.
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" | "utf-16" | "utf16" | "unicode" => Ok((Encoding::Utf8, 0)),
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252"
        | "iso-8859-15" => Ok((Encoding::Windows1252, 0)),
        _ => Err(Fault::Encoding(super::fault::clip(&name))),
    }
}

/// The value of `encoding` in an XML declaration.
fn declared(head: &[u8]) -> Option<String> {
    let start = head.iter().position(|b| !b.is_ascii_whitespace())?;
    let head = head.get(start..)?;
    if !head.starts_with(b"<?xml") {
        return None;
    }
    let text = String::from_utf8_lossy(&head[..memchr::memchr(b'>', head)?]).into_owned();
    let rest = text[text.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let value = &rest[1..];
    Some(value[..value.find(quote)?].trim().to_owned())
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Decodes a chunk; `rest` keeps up to three bytes that need the next one.
fn utf16(rest: &mut Vec<u8>, chunk: &[u8], big: bool, out: &mut Vec<u8>) {
    let mut bytes = std::mem::take(rest);
    bytes.extend_from_slice(chunk);
    let pairs = bytes.len() / 2;
    let unit = |i: usize| {
        let pair = [bytes[2 * i], bytes[2 * i + 1]];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    // A leading surrogate at the end waits for its trailing one.
    let whole = if pairs > 0 && (0xd800..0xdc00).contains(&unit(pairs - 1)) { pairs - 1 } else { pairs };
    let mut utf8 = [0; 4];
    for c in char::decode_utf16((0..whole).map(unit)) {
        out.extend_from_slice(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut utf8).as_bytes());
    }
    *rest = bytes.split_off(2 * whole);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn decode(bytes: &[u8], buffer: usize) -> Result<String, Fault> {
        let head = &bytes[..bytes.len().min(200)];
        let mut out = Vec::new();
        Text::new(BufReader::with_capacity(buffer, bytes), head, 1 << 20)?.read_to_end(&mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn every_encoding_at_every_buffer_size() {
        let text = "<a>Grüße 😀 €</a>";
        let utf16 =
            |be: bool| text.encode_utf16().flat_map(move |u| if be { u.to_be_bytes() } else { u.to_le_bytes() });
        for size in 1..12 {
            assert_eq!(decode(text.as_bytes(), size).unwrap(), text);
            assert_eq!(decode(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), size).unwrap(), text);
            assert_eq!(decode(&utf16(true).collect::<Vec<_>>(), size).unwrap(), text);
            assert_eq!(decode(&utf16(false).collect::<Vec<_>>(), size).unwrap(), text);
            assert_eq!(decode(&[0xfe, 0xff].into_iter().chain(utf16(true)).collect::<Vec<_>>(), size).unwrap(), text);
            assert_eq!(decode(b"a\xc3b\xff\xe2\x82", size).unwrap(), "a\u{fffd}b\u{fffd}\u{fffd}");
            let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xfc\x80</a>";
            assert!(decode(latin, size).unwrap().ends_with("<a>ü€</a>"));
        }
    }

    #[test]
    fn names_the_encoding_it_refuses() {
        let fault = decode(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>", 64).unwrap_err();
        assert_eq!(fault, Fault::Encoding("Shift_JIS".into()));
        assert!(decode(b"<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>", 64).is_ok());
    }

    #[test]
    fn reading_is_bounded() {
        let mut text = Text::new(&b"0123456789"[..], b"0123", 4).unwrap();
        let mut out = [0; 4];
        text.read_exact(&mut out).unwrap();
        assert_eq!(Fault::from(text.read_exact(&mut out).unwrap_err()), Fault::TooLong(4));
    }
}
