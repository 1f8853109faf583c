//! Where messages come from: files, mbox files (RFC 4155), Maildir and plain folders.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Limits;
use crate::too_large::TooLarge;

/// One message that can be opened, as often as one likes.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file it lies in.
    pub path: PathBuf,
    /// Which part of the file it is.
    pub location: Location,
    /// The copy of what came through a pipe; it has no name in the file system.
    spool: Option<Arc<File>>,
    /// The file itself, where it is kept open.
    opened: Option<Arc<File>>,
}

/// The part of a file that is a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// All of it.
    Whole,
    /// A message of an mbox: its number from 1, and the octets after its `From ` line.
    Mbox {
        /// Counts from 1.
        number: u64,
        /// Where the message begins in the file.
        start: u64,
        /// Where it ends, the separating empty line left out.
        end: u64,
    },
}

impl Source {
    /// The path, with `#number` for a message of an mbox.
    pub fn name(&self) -> String {
        match self.location {
            Location::Whole => self.path.display().to_string(),
            Location::Mbox { number, .. } => format!("{}#{number}", self.path.display()),
        }
    }

    /// Whether it came through a pipe.
    pub fn is_spooled(&self) -> bool {
        self.spool.is_some()
    }

    /// How many octets there are to read, `From ` line and quoting of an mbox included.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn octets(&self) -> io::Result<u64> {
        Ok(match (self.location, self.spool.as_ref().or(self.opened.as_ref())) {
            (Location::Mbox { start, end, .. }, _) => end.saturating_sub(start),
            (Location::Whole, Some(file)) => file.metadata()?.len(),
            (Location::Whole, None) => fs::metadata(&self.path)?.len(),
        })
    }

    /// Opens the message for reading; the quoting of an mbox (`>From `) is undone.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let kept = self.spool.as_ref().or(self.opened.as_ref());
        if let (Location::Whole, None) = (self.location, kept) {
            return Ok(Box::new(File::open(&self.path)?));
        }
        let file = match kept {
            Some(kept) => kept.clone(),
            None => Arc::new(File::open(&self.path)?),
        };
        Ok(match self.location {
            Location::Whole => Box::new(At { file, at: 0 }),
            Location::Mbox { start, end, .. } => {
                let part = At { file, at: start }.take(end.saturating_sub(start));
                Box::new(MboxBody::new(BufReader::with_capacity(64 * 1024, part)))
            }
        })
    }
}

/// Reads a file at a place of its own: several can read one file without getting into each other's way.
#[derive(Debug)]
struct At {
    file: Arc<File>,
    at: u64,
}

impl Read for At {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(&*self.file, out, self.at)?;
        #[cfg(windows)]
        let count = std::os::windows::fs::FileExt::seek_read(&*self.file, out, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for At {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

/// The messages of a path, one after the other.
#[derive(Debug)]
pub struct Sources {
    files: std::vec::IntoIter<PathBuf>,
    /// Where standard input was written to.
    stdin: Option<Arc<File>>,
    mbox: Option<Mbox>,
    keep_open: bool,
}

/// All messages of a file, an mbox, a Maildir (`cur` and `new`) or a folder, by name.
///
/// Hidden files and folders inside a plain folder are left out. An mbox is scanned as the iterator goes on.
/// What cannot be read twice (a named pipe) is copied to a temporary file without a name.
///
/// # Errors
/// The path cannot be read. What fails later comes out of the iterator.
pub fn sources(path: &Path) -> io::Result<Sources> {
    let mut files = Vec::new();
    if fs::metadata(path)?.is_dir() {
        let maildir = ["cur", "new"].map(|sub| path.join(sub));
        if maildir.iter().any(|sub| sub.is_dir()) {
            for sub in maildir.iter().filter(|sub| sub.is_dir()) {
                list(sub, &mut files)?;
            }
        } else {
            list(path, &mut files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(Sources { files: files.into_iter(), stdin: None, mbox: None, keep_open: false })
}

/// The messages of standard input, which is called `-`: one, or those of an mbox.
///
/// # Errors
/// It cannot be read, or there is no room for a copy.
pub fn standard_input() -> io::Result<Sources> {
    let spool = spool(io::stdin().lock())?;
    Ok(Sources {
        files: vec![PathBuf::from("-")].into_iter(),
        stdin: Some(Arc::new(spool)),
        mbox: None,
        keep_open: false,
    })
}

/// Octets at most of what cannot be read twice and is copied.
const MOST_SPOOLED: u64 = 2 << 30;

/// Copies to a temporary file that has no name and that nobody else can read.
fn spool(from: impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    copy_bounded(from, &mut file, MOST_SPOOLED)?;
    Ok(file)
}

/// Copies at most `most` octets. Of a message whose header has no end, no more than readers of messages look at.
fn copy_bounded(mut from: impl Read, to: &mut impl Write, most: u64) -> io::Result<()> {
    let header = Limits::default().header_octets + 1;
    let mut start = Vec::new();
    from.by_ref().take(header as u64).read_to_end(&mut start)?;
    to.write_all(&start)?;
    let endless = start.len() == header && memchr::memmem::find(&start, b"\n\n").is_none();
    if endless && memchr::memmem::find(&start, b"\n\r\n").is_none() && !looks_like_mbox(&start) {
        return Ok(());
    }
    let room = most.saturating_sub(start.len() as u64);
    if io::copy(&mut from.by_ref().take(room), to)? == room && from.read(&mut [0])? > 0 {
        return Err(TooLarge { most }.into());
    }
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        // Regular files only: a pipe or a device in a folder would block.
        let regular = match entry.file_type()? {
            kind if kind.is_symlink() => fs::metadata(entry.path()).is_ok_and(|m| m.is_file()),
            kind => kind.is_file(),
        };
        if !hidden && regular {
            found.push(entry.path());
        }
    }
    found.sort();
    files.append(&mut found);
    Ok(())
}

/// Whether a file that begins so is an mbox (`From : a@b` is a header field).
pub fn looks_like_mbox(start: &[u8]) -> bool {
    start.strip_prefix(b"From ").is_some_and(|rest| rest.trim_ascii_start().first().is_some_and(|&b| b != b':'))
}

impl Sources {
    /// Each message keeps the file open that it lies in, for as long as it lives: for those who hold few at a time.
    #[must_use]
    pub fn kept_open(self) -> Self {
        Self { keep_open: true, ..self }
    }

    fn begin(&mut self, path: &Path) -> io::Result<Source> {
        let (file, spool) = match self.stdin.take() {
            Some(stdin) => (stdin.clone(), Some(stdin)),
            None => {
                let file = File::open(path)?;
                if file.metadata()?.is_file() {
                    (Arc::new(file), None)
                } else {
                    // A pipe or device cannot be sought in.
                    let spool = Arc::new(spool(file)?);
                    (spool.clone(), Some(spool))
                }
            }
        };
        let opened = (self.keep_open && spool.is_none()).then(|| file.clone());
        self.mbox = Mbox::open(path, file, spool.clone(), opened.clone())?;
        Ok(Source { path: path.to_owned(), location: Location::Whole, spool, opened })
    }
}

impl Iterator for Sources {
    type Item = (PathBuf, io::Result<Source>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mbox) = &mut self.mbox {
                match mbox.next() {
                    Ok(Some(source)) => return Some((mbox.path.clone(), Ok(source))),
                    Ok(None) => self.mbox = None,
                    Err(error) => {
                        let path = mbox.path.clone();
                        self.mbox = None;
                        return Some((path, Err(error)));
                    }
                }
            }
            let path = self.files.next()?;
            let begun = self.begin(&path);
            if begun.is_err() || self.mbox.is_none() {
                return Some((path, begun));
            }
        }
    }
}

/// The scan of an mbox for its `From ` lines.
#[derive(Debug)]
struct Mbox {
    path: PathBuf,
    spool: Option<Arc<File>>,
    opened: Option<Arc<File>>,
    reader: BufReader<At>,
    at: u64,
    number: u64,
    /// Where the next message begins, once its `From ` line was seen.
    start: Option<u64>,
}

impl Mbox {
    fn open(
        path: &Path,
        file: Arc<File>,
        spool: Option<Arc<File>>,
        opened: Option<Arc<File>>,
    ) -> io::Result<Option<Self>> {
        // The buffer of a file that is no mbox stays small.
        let mut start = [0; 64];
        let count = At { file: file.clone(), at: 0 }.read(&mut start)?;
        if !looks_like_mbox(&start[..count]) {
            return Ok(None);
        }
        let reader = BufReader::with_capacity(64 * 1024, At { file, at: 0 });
        let mut mbox = Self { path: path.to_owned(), spool, opened, reader, at: 0, number: 0, start: None };
        mbox.skip_line()?;
        mbox.start = Some(mbox.at);
        Ok(Some(mbox))
    }

    /// The next message. A `From ` line with nothing behind it begins none, unless it is the only one.
    fn next(&mut self) -> io::Result<Option<Source>> {
        loop {
            let part = self.part()?;
            let empty =
                part.as_ref().is_some_and(|p| matches!(p.location, Location::Mbox { start, end, .. } if start == end));
            if !empty || (self.number == 1 && self.start.is_none()) {
                return Ok(part);
            }
        }
    }

    fn part(&mut self) -> io::Result<Option<Source>> {
        let Some(start) = self.start.take() else { return Ok(None) };
        self.number += 1;
        // A separator is a `From ` line after an empty line (RFC 4155 appendix A).
        let mut empty_since = None;
        let end = loop {
            let line_start = self.at;
            let (ahead, count) = self.peek()?;
            let first = &ahead[..count];
            if first.is_empty() {
                // The empty line behind a `From ` line belongs to the box, not to a message.
                break if empty_since == Some(start) { start } else { self.at };
            }
            if first == b"From "
                && let Some(end) = empty_since
            {
                self.skip_line()?;
                self.start = Some(self.at);
                break end;
            }
            let empty = first.starts_with(b"\n") || first.starts_with(b"\r\n");
            self.skip_line()?;
            empty_since = empty.then_some(line_start);
        };
        Ok(Some(Source {
            path: self.path.clone(),
            location: Location::Mbox { number: self.number, start, end: end.max(start) },
            spool: self.spool.clone(),
            opened: self.opened.clone(),
        }))
    }

    /// Up to five octets ahead, also across the edge of the buffer, and how many there are.
    fn peek(&mut self) -> io::Result<([u8; 5], usize)> {
        let mut ahead = [0; 5];
        let have = self.reader.fill_buf()?;
        if let Some(first) = have.first_chunk() {
            return Ok((*first, first.len()));
        }
        let mut count = 0;
        while count < ahead.len() {
            match self.reader.read(&mut ahead[count..])? {
                0 => break,
                read => count += read,
            }
        }
        self.reader.seek(SeekFrom::Start(self.at))?;
        Ok((ahead, count))
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let have = self.reader.fill_buf()?;
            if have.is_empty() {
                return Ok(());
            }
            let (count, done) = memchr::memchr(b'\n', have).map_or((have.len(), false), |i| (i + 1, true));
            self.reader.consume(count);
            self.at += count as u64;
            if done {
                return Ok(());
            }
        }
    }
}

/// Undoes the quoting of an mbox: a line `>From `, `>>From ` … loses one `>` (mboxrd; mboxo for the first).
#[derive(Debug)]
pub struct MboxBody<R> {
    reader: R,
    /// What was looked at and is still to be given.
    held: Vec<u8>,
    given: usize,
    line_start: bool,
}

impl<R: BufRead> MboxBody<R> {
    /// Wraps a reader that stands after a `From ` line.
    pub fn new(reader: R) -> Self {
        Self { reader, held: Vec::new(), given: 0, line_start: true }
    }

    /// Reads the run of `>` at the start of a line and what must follow it; bounded, a longer run is no quote.
    fn look(&mut self) -> io::Result<()> {
        const MOST: usize = 64;
        self.held.clear();
        self.given = 0;
        let mut wanted = b"From ".iter();
        while self.held.len() < MOST {
            let Some(&byte) = self.reader.fill_buf()?.first() else { return Ok(()) };
            let quotes = self.held.iter().all(|&b| b == b'>');
            if quotes && byte == b'>' {
                // one more level
            } else if self.held.first() == Some(&b'>') && wanted.next() == Some(&byte) {
                if byte == b' ' {
                    self.given = 1;
                    return Ok(());
                }
            } else {
                return Ok(());
            }
            self.held.push(byte);
            self.reader.consume(1);
        }
        Ok(())
    }
}

impl<R: BufRead> Read for MboxBody<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        if self.line_start {
            self.line_start = false;
            self.look()?;
        }
        if self.given < self.held.len() {
            let count = out.len().min(self.held.len() - self.given);
            out[..count].copy_from_slice(&self.held[self.given..self.given + count]);
            self.given += count;
            return Ok(count);
        }
        let mut filled = 0;
        // Lines that begin with no `>` are passed on in bulk.
        loop {
            let have = self.reader.fill_buf()?;
            if have.is_empty() || filled == out.len() {
                return Ok(filled);
            }
            let room = &have[..have.len().min(out.len() - filled)];
            let mut count = room.len();
            let mut stop = false;
            for i in memchr::memchr_iter(b'\n', room) {
                if have.get(i + 1).is_none_or(|&b| b == b'>') {
                    count = i + 1;
                    stop = true;
                    break;
                }
            }
            out[filled..filled + count].copy_from_slice(&have[..count]);
            filled += count;
            self.reader.consume(count);
            if stop {
                self.line_start = true;
                return Ok(filled);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &Path) -> Vec<String> {
        sources(path)
            .unwrap()
            .map(|(_, s)| {
                let mut text = String::new();
                s.unwrap().open().unwrap().read_to_string(&mut text).unwrap();
                text
            })
            .collect()
    }

    #[test]
    fn mbox_is_split_and_unquoted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("box");
        let text = "From a Mon Jan  5 10:00:00 2026\nA: 1\n\nx\n>From y\nFrom here\n>>From z\n>Frog\n\nFrom b Mon\nB: 2\n\n\n\nFrom c\nC: 3\n";
        fs::write(&path, text).unwrap();
        assert_eq!(texts(&path), ["A: 1\n\nx\nFrom y\nFrom here\n>From z\n>Frog\n", "B: 2\n\n\n", "C: 3\n"]);
        let names: Vec<_> = sources(&path).unwrap().map(|(_, s)| s.unwrap().name()).collect();
        assert!(names[1].ends_with("box#2"));
    }

    #[test]
    fn separators_without_a_message_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("box");
        fs::write(&path, "From a\n\n".repeat(2000) + "From b\nB: 2\n\nFrom c\n\n").unwrap();
        assert_eq!(texts(&path), ["B: 2\n"]);
        fs::write(&path, "From a\n").unwrap();
        assert_eq!(texts(&path), [""]);
    }

    #[test]
    fn what_comes_through_a_pipe_is_bounded() {
        let header = Limits::default().header_octets as u64;
        let copied = |from: &mut dyn Read, most: u64| {
            let mut to = Vec::new();
            copy_bounded(from, &mut to, most).map(|()| to.len() as u64).map_err(|e| e.kind())
        };
        // No end of the header in sight: as much as the reader needs to say so.
        assert_eq!(copied(&mut io::repeat(0), 1 << 40), Ok(header + 1));
        assert_eq!(copied(&mut (&b"A: 1\n\n"[..]).chain(io::repeat(0)), 20 << 20), Err(io::ErrorKind::FileTooLarge));
        assert_eq!(copied(&mut (&b"From a\n"[..]).chain(io::repeat(0)), 20 << 20), Err(io::ErrorKind::FileTooLarge));
        let mut fits = (&b"A: 1\r\n\r\n"[..]).chain(io::repeat(b'x').take((20 << 20) - 8));
        assert_eq!(copied(&mut fits, 20 << 20), Ok(20 << 20));
    }

    #[test]
    fn quotes_at_buffer_edges() {
        let text = b"a\n>From b\n>>>From c\n>>d\n>From".repeat(3);
        let expected = b"a\nFrom b\n>>From c\n>>d\n>From".repeat(3);
        for capacity in 1..20 {
            let mut out = Vec::new();
            MboxBody::new(BufReader::with_capacity(capacity, &text[..])).read_to_end(&mut out).unwrap();
            assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(&expected), "{capacity}");
        }
    }

    #[test]
    fn folders_in_order() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "B: 1\n").unwrap();
        fs::write(folder.path().join("a"), "A: 1\n").unwrap();
        fs::write(folder.path().join(".c"), "C: 1\n").unwrap();
        assert_eq!(texts(folder.path()), ["A: 1\n", "B: 1\n"]);
        for sub in ["cur", "new", "tmp"] {
            fs::create_dir(folder.path().join(sub)).unwrap();
            fs::write(folder.path().join(sub).join("m"), format!("{sub}: 1\n")).unwrap();
        }
        assert_eq!(texts(folder.path()), ["cur: 1\n", "new: 1\n"]);
    }
}
