//! The attachments of a mail or of an mbox file, one after the other, without holding the mail (RFC 2045, RFC 2046).

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::fault::Fault;
use super::unpack::{self, Budget, Place, Sink};
use super::{MAX_HEADER, MAX_LEVELS, MAX_LINE, MAX_PARTS};

/// Do these first bytes begin a mail? The first line is a header field (RFC 5322 §2.2).
pub(crate) fn looks_like_mail(head: &[u8]) -> bool {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let name = line.iter().position(|b| *b == b':');
    name.is_some_and(|end| end > 0 && line[..end].iter().all(|b| (33..=126).contains(b) || *b == b' '))
}

/// Hands every part that may be a report to `sink`.
///
/// # Errors
///
/// [`Fault::NoReportInMail`] when there was none, in one mail or in a whole mailbox; else what the mail breaks.
pub(crate) fn walk(
    name: &str,
    input: &mut dyn BufRead,
    mbox: bool,
    budget: &Rc<Budget>,
    sink: &mut dyn Sink,
) -> Result<(), Fault> {
    let mut lines = Lines::new(input, mbox);
    let (mut number, mut found) = (0u64, false);
    if mbox {
        lines.advance()?; // the first From_ line
    }
    loop {
        number += 1;
        let of = if mbox { format!("{name}: message {number}") } else { name.to_owned() };
        match message(&of, &mut lines, budget, sink) {
            Ok(any) => found |= any,
            // In a mailbox the next message is none the worse for it.
            Err(fault) if mbox && !matches!(fault, Fault::Io(..)) => {
                found = true;
                sink.skip(&of, &fault);
                while lines.advance()? {}
            }
            Err(fault) => return Err(fault),
        }
        if !lines.next_message()? {
            break;
        }
    }
    if found { Ok(()) } else { Err(Fault::NoReportInMail) }
}

/// Says whether a part was taken for a report.
fn message(name: &str, lines: &mut Lines<'_>, budget: &Rc<Budget>, sink: &mut dyn Sink) -> Result<bool, Fault> {
    let mut boundaries: Vec<Vec<u8>> = Vec::new();
    let (mut parts, mut nested, mut found) = (0, 0, false);
    loop {
        parts += 1;
        if parts > MAX_PARTS {
            return Err(Fault::TooMany("parts of a mail", MAX_PARTS));
        }
        let header = Header::read(lines, &boundaries)?;
        let mut stop = header.stop;
        if stop.is_none() {
            if header.kind.starts_with("multipart/") && !header.boundary.is_empty() && boundaries.len() < MAX_LEVELS {
                boundaries.push(header.boundary);
            } else if header.kind == "message/rfc822" && header.encoding == Encoding::Identity && nested < MAX_LEVELS {
                nested += 1;
                continue;
            } else {
                let mut body = Body::new(lines, &boundaries, header.encoding);
                let mut head = Vec::new();
                (&mut body).take(512).read_to_end(&mut head)?;
                if header.kind != "text/html" && unpack::may_be_report(&head) {
                    found = true;
                    let of = if header.file.is_empty() { name.to_owned() } else { format!("{name}: {}", header.file) };
                    if let Err(fault) =
                        unpack::document(&of, &mut (&head[..]).chain(&mut body), Place::Mail, budget, sink)
                    {
                        sink.skip(&of, &fault);
                    }
                }
                stop = Some(body.finish()?);
            }
        }
        // Preambles and epilogues are passed over until a part begins.
        loop {
            match stop.take() {
                Some(Stop::End) => return Ok(found),
                Some(Stop::Boundary(level, false)) => {
                    boundaries.truncate(level + 1);
                    break;
                }
                Some(Stop::Boundary(level, true)) => boundaries.truncate(level),
                None => {}
            }
            loop {
                if !lines.advance()? {
                    return Ok(found);
                }
                stop = lines.boundary(&boundaries);
                if stop.is_some() {
                    break;
                }
            }
        }
    }
}

/// Why a part ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// The message is over.
    End,
    /// A delimiter of the multipart at this level; true closes it.
    Boundary(usize, bool),
}

/// The lines of one message, in pieces of bounded length.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    mbox: bool,
    line: Vec<u8>,
    /// `line` begins where a line begins.
    start: bool,
    /// `line` ends where a line ends.
    whole: bool,
    blank: bool,
    ended: bool,
    /// A From_ line was met: another message follows.
    more: bool,
}

impl<'a> Lines<'a> {
    fn new(input: &'a mut dyn BufRead, mbox: bool) -> Self {
        // At the very beginning of a mailbox no blank line is asked, and the From_ line is no separator.
        Lines { input, mbox, line: Vec::new(), start: true, whole: true, blank: false, ended: false, more: false }
    }

    /// The next line, or the next piece of a long one, into `line`; false at the end of the message.
    fn advance(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.start = self.whole;
        self.blank = self.whole && self.line.iter().all(|b| matches!(b, b'\r' | b'\n')) && !self.line.is_empty();
        self.line.clear();
        self.whole = false;
        while self.line.len() < MAX_LINE {
            let buffer = match self.input.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                break;
            }
            let room = &buffer[..buffer.len().min(MAX_LINE - self.line.len())];
            let end = memchr::memchr(b'\n', room).map(|at| at + 1);
            let used = end.unwrap_or(room.len());
            self.line.extend_from_slice(&room[..used]);
            self.input.consume(used);
            if end.is_some() {
                self.whole = true;
                break;
            }
        }
        if self.line.is_empty() {
            self.ended = true;
        } else if self.mbox && self.start && self.blank && self.line.starts_with(b"From ") {
            self.ended = true;
            self.more = true;
        }
        Ok(!self.ended)
    }

    /// Goes on after the end of a message.
    fn next_message(&mut self) -> io::Result<bool> {
        while self.advance()? {}
        self.ended = !std::mem::take(&mut self.more);
        Ok(!self.ended)
    }

    fn is_blank(&self) -> bool {
        self.start && matches!(self.line.as_slice(), b"\n" | b"\r\n")
    }

    /// RFC 2046 §5.1.1: a delimiter is the boundary after two hyphens at the beginning of a line.
    fn boundary(&self, boundaries: &[Vec<u8>]) -> Option<Stop> {
        let rest = self.line.strip_prefix(b"--").filter(|_| self.start)?;
        boundaries.iter().enumerate().rev().find_map(|(level, boundary)| {
            let tail = rest.strip_prefix(boundary.as_slice())?.trim_ascii_end();
            match tail {
                b"" => Some(Stop::Boundary(level, false)),
                b"--" => Some(Stop::Boundary(level, true)),
                _ => None,
            }
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Identity,
    Base64,
    QuotedPrintable,
}

/// What of a part's header matters.
struct Header {
    kind: String,
    boundary: Vec<u8>,
    file: String,
    encoding: Encoding,
    /// The part ended within its header.
    stop: Option<Stop>,
}

impl Header {
    fn read(lines: &mut Lines<'_>, boundaries: &[Vec<u8>]) -> Result<Header, Fault> {
        let mut header = Header {
            kind: "text/plain".into(),
            boundary: Vec::new(),
            file: String::new(),
            encoding: Encoding::Identity,
            stop: None,
        };
        let (mut field, mut size) = (Vec::new(), 0);
        loop {
            if !lines.advance()? {
                header.stop = Some(Stop::End);
            } else if let Some(stop) = lines.boundary(boundaries) {
                header.stop = Some(stop);
            }
            if header.stop.is_some() || lines.is_blank() {
                header.field(&field);
                return Ok(header);
            }
            size += lines.line.len();
            if size > MAX_HEADER {
                return Err(Fault::Size("mail header", MAX_HEADER as u64));
            }
            if lines.start && !lines.line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
                header.field(&field);
                field.clear();
            }
            // Only the fields about content are kept while they are put together.
            let wanted = !field.is_empty() || lines.line.get(..8).is_some_and(|n| n.eq_ignore_ascii_case(b"content-"));
            if wanted && field.len() < 8192 {
                field.extend_from_slice(&lines.line);
            }
        }
    }

    fn field(&mut self, field: &[u8]) {
        let Some(colon) = field.iter().position(|b| *b == b':') else { return };
        let name = String::from_utf8_lossy(&field[..colon]).trim().to_ascii_lowercase();
        let value = String::from_utf8_lossy(&field[colon + 1..]).replace(['\r', '\n'], "");
        match name.as_str() {
            "content-type" => {
                self.kind = value.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
                for (key, value) in parameters(&value) {
                    match key.as_str() {
                        // RFC 2046 §5.1.1: at most 70 characters; a little more is let through.
                        "boundary" if value.len() <= 250 => self.boundary = value.trim_end().as_bytes().to_vec(),
                        "name" if self.file.is_empty() => self.file = value,
                        _ => {}
                    }
                }
            }
            "content-disposition" => {
                if let Some((_, value)) = parameters(&value).into_iter().find(|p| p.0 == "filename" && !p.1.is_empty())
                {
                    self.file = value;
                }
            }
            "content-transfer-encoding" => {
                self.encoding = match value.trim().to_ascii_lowercase().as_str() {
                    "base64" => Encoding::Base64,
                    "quoted-printable" => Encoding::QuotedPrintable,
                    _ => Encoding::Identity,
                }
            }
            _ => {}
        }
    }
}

/// The parameters of a field value: `; name=value`, `; name="va\"lue"` (RFC 2045 §5.1).
fn parameters(value: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = value.split_once(';').map_or("", |(_, rest)| rest);
    while out.len() < 32 {
        let Some((name, after)) = rest.split_once('=') else { break };
        let name = name.rsplit(';').next().unwrap_or(name).trim().to_ascii_lowercase();
        let after = after.trim_start();
        let mut text = String::new();
        if let Some(quoted) = after.strip_prefix('"') {
            let (mut end, mut escaped) = (quoted.len(), false);
            for (at, c) in quoted.char_indices() {
                match c {
                    _ if escaped => {
                        text.push(c);
                        escaped = false;
                    }
                    '\\' => escaped = true,
                    '"' => {
                        end = at + 1;
                        break;
                    }
                    _ => text.push(c),
                }
            }
            rest = &quoted[end..];
        } else {
            let end = after.find(';').unwrap_or(after.len());
            text.push_str(after[..end].trim());
            rest = &after[end..];
        }
        text = text.chars().take(255).collect();
        out.push((name, text));
    }
    out
}

/// The decoded octets of one part.
struct Body<'a, 'b> {
    lines: &'a mut Lines<'b>,
    boundaries: &'a [Vec<u8>],
    encoding: Encoding,
    out: Vec<u8>,
    taken: usize,
    bits: u32,
    digits: u8,
    stop: Option<Stop>,
}

impl<'a, 'b> Body<'a, 'b> {
    fn new(lines: &'a mut Lines<'b>, boundaries: &'a [Vec<u8>], encoding: Encoding) -> Self {
        Body { lines, boundaries, encoding, out: Vec::new(), taken: 0, bits: 0, digits: 0, stop: None }
    }

    /// Passes over the rest.
    fn finish(mut self) -> io::Result<Stop> {
        loop {
            if let Some(stop) = self.stop {
                return Ok(stop);
            }
            self.next_line()?;
        }
    }

    fn next_line(&mut self) -> io::Result<()> {
        self.out.clear();
        self.taken = 0;
        if !self.lines.advance()? {
            self.stop = Some(Stop::End);
        } else if let Some(stop) = self.lines.boundary(self.boundaries) {
            self.stop = Some(stop);
        } else {
            match self.encoding {
                Encoding::Identity => self.out.extend_from_slice(&self.lines.line),
                Encoding::Base64 => self.base64(),
                Encoding::QuotedPrintable => quoted_printable(&self.lines.line, &mut self.out),
            }
        }
        Ok(())
    }

    /// RFC 2045 §6.8: characters outside the alphabet are ignored, padding too.
    fn base64(&mut self) {
        for &byte in &self.lines.line {
            let digit = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                // What follows the padding is a new text.
                b'=' => {
                    self.digits = 0;
                    continue;
                }
                _ => continue,
            };
            self.bits = self.bits << 6 | u32::from(digit);
            self.digits = (self.digits + 1) % 4;
            match self.digits {
                2 => self.out.push((self.bits >> 4) as u8),
                3 => self.out.push((self.bits >> 2) as u8),
                0 => self.out.push(self.bits as u8),
                _ => {}
            }
        }
    }
}

impl Read for Body<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.out.len() {
            if self.stop.is_some() {
                return Ok(0);
            }
            self.next_line()?;
        }
        let n = out.len().min(self.out.len() - self.taken);
        out[..n].copy_from_slice(&self.out[self.taken..self.taken + n]);
        self.taken += n;
        Ok(n)
    }
}

/// RFC 2045 §6.7, a line at a time.
fn quoted_printable(line: &[u8], out: &mut Vec<u8>) {
    let text = line.trim_ascii_end();
    let soft = text.ends_with(b"=");
    let text = if soft { &text[..text.len() - 1] } else { text };
    let hex = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    let mut at = 0;
    while at < text.len() {
        let pair = text.get(at + 1..at + 3).and_then(|p| Some((hex(p[0])?, hex(p[1])?)));
        match pair {
            Some((high, low)) if text[at] == b'=' => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    if !soft && line.ends_with(b"\n") {
        out.push(b'\n');
    }
}
