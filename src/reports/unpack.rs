//! What a file is, by its first bytes, and the way into it: gzip, zip, mail, XML, JSON.
//!
//! Names and media types are not believed (RFC 9990 §4 recommends them, reporters mix them up). Every unpacking is
//! bounded in size, in ratio, in members and in levels.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::{DeflateDecoder, GzDecoder};

use super::fault::{Fault, clip};
use super::feedback::{self, Feedback, RowSink};
use super::text::Text;
use super::tls::{self, TlsReport};
use super::{
    FREE_RATIO_BYTES, MAX_JSON, MAX_PIECE, MAX_RATIO, MAX_TOTAL_RATIO, MAX_UNPACKED, MAX_ZIP, MAX_ZIP_MEMBERS,
};
use super::{mime, zip};

/// Takes what is found.
pub(crate) trait Sink: RowSink {
    /// A whole aggregate report, less what [`RowSink::take`] got.
    fn feedback(&mut self, file: &str, feedback: Feedback);
    /// A whole TLS report.
    fn tls(&mut self, file: &str, report: TlsReport);
    /// Something that is not counted.
    fn skip(&mut self, file: &str, fault: &Fault);
}

/// Where a document lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    File,
    Mail,
    Archive,
}

/// What the packed data of one file has cost so far.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gzip,
    Zip,
    Xml,
    Json,
    Mail,
    Mbox,
}

/// Reads one document and all that is in it.
///
/// # Errors
///
/// The fault of the document itself; faults of its members go to the sink.
pub(crate) fn document(
    name: &str,
    input: &mut dyn Read,
    place: Place,
    budget: &Rc<Budget>,
    sink: &mut dyn Sink,
) -> Result<(), Fault> {
    let mut head = Vec::with_capacity(1024);
    (&mut *input).take(1024).read_to_end(&mut head)?;
    let kind = sniff(&head)?;
    let mut whole = (&head[..]).chain(input);
    match kind {
        Kind::Gzip | Kind::Zip if place == Place::Archive => Err(Fault::NestedArchive),
        Kind::Gzip => {
            let packed = Rc::new(Cell::new(0));
            let counted = Counted { inner: &mut whole, count: Rc::clone(&packed), budget };
            let members = Members(Some(GzDecoder::new(BufReader::with_capacity(32 << 10, counted))));
            document(name, &mut Bounded::new(members, packed, budget), Place::Archive, budget, sink)
        }
        Kind::Zip => {
            let mut data = Vec::new();
            (&mut whole).take(MAX_ZIP + 1).read_to_end(&mut data)?;
            if data.len() as u64 > MAX_ZIP {
                return Err(Fault::Size("zip file", MAX_ZIP));
            }
            budget.packed.set(budget.packed.get() + data.len() as u64);
            zip_file(name, &data, budget, sink)
        }
        Kind::Xml => {
            let text = Text::new(BufReader::with_capacity(64 << 10, whole), &head, MAX_PIECE)?;
            let feedback = feedback::read(text, sink)?;
            sink.feedback(name, feedback);
            Ok(())
        }
        Kind::Json => {
            let mut text = Text::new(BufReader::with_capacity(16 << 10, whole), &head, MAX_JSON)
                .map(|text| BufReader::with_capacity(16 << 10, text))?;
            let report = match tls::read(&mut text) {
                Err(Fault::TooLong(_)) => return Err(Fault::Size("JSON", MAX_JSON as u64)),
                other => other?,
            };
            sink.tls(name, report);
            Ok(())
        }
        Kind::Mail | Kind::Mbox if place == Place::Archive => Err(Fault::NotAReport),
        Kind::Mail | Kind::Mbox => {
            mime::walk(name, &mut BufReader::with_capacity(64 << 10, whole), kind == Kind::Mbox, budget, sink)
        }
    }
}

/// Could these first bytes of a mail's part be a report? HTML could not.
pub(crate) fn may_be_report(head: &[u8]) -> bool {
    match sniff(head) {
        Ok(Kind::Xml) => {
            let text = String::from_utf8_lossy(head).replace('\0', "").to_ascii_lowercase();
            !text.contains("<html")
                && !text.contains("<!doctype html")
                && (text.contains("<?xml") || text.contains("feedback"))
        }
        Ok(Kind::Gzip | Kind::Zip) => true,
        Ok(Kind::Json) => head.contains(&b'"'),
        _ => false,
    }
}

fn sniff(head: &[u8]) -> Result<Kind, Fault> {
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = bare.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bare.len());
    match &bare[start..] {
        // RFC 1952 §2.3.1: the magic of gzip; zip's is that of a local file or of an empty archive's end.
        _ if head.starts_with(&[0x1f, 0x8b]) => Ok(Kind::Gzip),
        _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Ok(Kind::Zip),
        _ if head.starts_with(b"From ") => Ok(Kind::Mbox),
        [] => Err(Fault::Empty),
        [0xfe, 0xff, 0, b'{', ..] | [0xff, 0xfe, b'{', 0, ..] => Ok(Kind::Json),
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [b'<', ..] | [0, b'<', ..] => Ok(Kind::Xml),
        [b'{' | b'[', ..] | [0, b'{', ..] => Ok(Kind::Json),
        _ if mime::looks_like_mail(head) => Ok(Kind::Mail),
        _ => Err(Fault::NotAReport),
    }
}

/// Each member of a zip file is a document of its own.
fn zip_file(name: &str, data: &[u8], budget: &Rc<Budget>, sink: &mut dyn Sink) -> Result<(), Fault> {
    let members = zip::members(data, MAX_ZIP_MEMBERS)?;
    if members.is_empty() {
        return Err(Fault::Empty);
    }
    for member in members {
        let inner = format!("{name}: {}", member.name);
        let done = member.data(data).and_then(|packed| {
            let size = Rc::new(Cell::new(packed.len() as u64));
            if member.deflated {
                document(
                    &inner,
                    &mut Bounded::new(DeflateDecoder::new(packed), size, budget),
                    Place::Archive,
                    budget,
                    sink,
                )
            } else {
                document(&inner, &mut Bounded::new(packed, size, budget), Place::Archive, budget, sink)
            }
        });
        match done {
            Ok(()) => {}
            // The file as a whole is used up.
            Err(fault @ (Fault::Unpacked(_) | Fault::Ratio(_))) => return Err(fault),
            Err(fault) => sink.skip(&inner, &fault),
        }
    }
    Ok(())
}

/// Counts the packed bytes.
struct Counted<'a, R> {
    inner: R,
    count: Rc<Cell<u64>>,
    budget: &'a Budget,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.count.set(self.count.get() + n as u64);
        self.budget.packed.set(self.budget.packed.get() + n as u64);
        Ok(n)
    }
}

/// The members of a gzip file one after the other (RFC 1952 §2.2); what follows them and is no member is ignored.
struct Members<R>(Option<GzDecoder<R>>);

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.0 {
            let n = decoder.read(out).map_err(compressed)?;
            if n > 0 || out.is_empty() {
                return Ok(n);
            }
            let Some(mut rest) = self.0.take().map(GzDecoder::into_inner) else { break };
            if rest.fill_buf()?.first() == Some(&0x1f) {
                self.0 = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

fn compressed(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Fault::Compressed(clip(&error.to_string())).into(),
        _ => error,
    }
}

/// Ends an unpacking that has become too large.
struct Bounded<'a, R> {
    inner: R,
    unpacked: u64,
    packed: Rc<Cell<u64>>,
    budget: &'a Budget,
}

impl<'a, R: Read> Bounded<'a, R> {
    fn new(inner: R, packed: Rc<Cell<u64>>, budget: &'a Budget) -> Self {
        Bounded { inner, unpacked: 0, packed, budget }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out).map_err(compressed)?;
        self.unpacked += n as u64;
        let total = self.budget.unpacked.get() + n as u64;
        self.budget.unpacked.set(total);
        if self.unpacked > MAX_UNPACKED {
            return Err(Fault::Unpacked(MAX_UNPACKED).into());
        }
        if self.unpacked > FREE_RATIO_BYTES && self.unpacked / MAX_RATIO > self.packed.get() {
            return Err(Fault::Ratio(MAX_RATIO).into());
        }
        if total > MAX_UNPACKED && (total - MAX_UNPACKED) / MAX_TOTAL_RATIO > self.budget.packed.get() {
            return Err(Fault::Unpacked(MAX_UNPACKED).into());
        }
        Ok(n)
    }
}
