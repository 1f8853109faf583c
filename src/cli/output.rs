//! Where the result goes: standard output, or a file that is written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::told::{Tell as _, Told, unwritable};
use serde::de::IgnoredAny;

use crate::locales::Phrase;
use crate::whole::Whole;

/// A destination of the result.
#[derive(Debug)]
pub enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A file that is there at the end, or not at all.
    Whole {
        /// What is written so far.
        file: Whole,
        /// The name it will have.
        target: PathBuf,
    },
    /// A file that grows a line at a time and keeps what it has.
    Appended {
        /// The file, at its end.
        file: File,
        /// Its name.
        target: PathBuf,
    },
}

impl Output {
    /// Opens standard output, or prepares `target`.
    ///
    /// # Errors
    /// The folder of the target cannot be written to.
    pub fn open(target: Option<&Path>) -> anyhow::Result<Self> {
        let Some(target) = target else { return Ok(Self::Standard(BufWriter::new(io::stdout()))) };
        let file = Whole::create(target).told(|| unwritable(target.display()))?;
        Ok(Self::Whole { file, target: target.to_owned() })
    }

    /// Prepares `target`, which must not be there yet, neither now nor at the end.
    ///
    /// # Errors
    /// Something is there, or the folder of the target cannot be written to.
    pub fn create(target: &Path) -> anyhow::Result<Self> {
        let file = Whole::create_new(target).told(|| unwritable(target.display()))?;
        Ok(Self::Whole { file, target: target.to_owned() })
    }

    /// Opens standard output, or `target` to append lines to.
    ///
    /// # Errors
    /// The file cannot be opened for writing.
    pub fn append(target: Option<&Path>) -> anyhow::Result<Self> {
        let Some(target) = target else { return Ok(Self::Standard(BufWriter::new(io::stdout()))) };
        let shown = || unwritable(target.display());
        let mut options = OpenOptions::new();
        // A pipe or a device has no end to look at.
        let regular = std::fs::metadata(target).map_or(true, |there| there.is_file());
        let mut file = options.read(regular).append(true).create(true).open(target).told(shown)?;
        if regular {
            cut_torn_line(&mut file).told(shown)?;
        }
        Ok(Self::Appended { file, target: target.to_owned() })
    }

    /// Makes the result stand: flushes, and gives the file its name.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            mut out @ Self::Standard(_) => Ok(out.flush()?),
            Self::Appended { file, .. } if !file.metadata()?.is_file() => Ok(()),
            Self::Appended { file, target } => {
                file.sync_all().told(|| unwritable(target.display())).map_err(Into::into)
            }
            Self::Whole { file, target } => file.finish().told(|| unwritable(target.display())).map_err(Into::into),
        }
    }
}

/// A run that was killed may have left half an object; what is appended must begin on a line of its own.
fn cut_torn_line(file: &mut File) -> io::Result<()> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut end = length;
    let mut first = None;
    let mut block = [0; 4096];
    while end > 0 {
        let start = end.saturating_sub(block.len() as u64);
        let part = &mut block[..usize::try_from(end - start).unwrap_or(0)];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(part)?;
        let line = part.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        first = part.get(line).copied().or(first);
        end = start + line as u64;
        if line > 0 {
            break;
        }
    }
    match first {
        // Half a result is redone; anything else is not ours to cut.
        Some(b'{') if !is_json(file, end)? => file.set_len(end),
        Some(_) => file.write_all(b"\n"),
        None => Ok(()),
    }
}

/// Whether what stands from here on is one whole JSON value.
fn is_json(file: &mut File, start: u64) -> io::Result<bool> {
    file.seek(SeekFrom::Start(start))?;
    match serde_json::from_reader::<_, IgnoredAny>(BufReader::new(file)) {
        Ok(_) => Ok(true),
        Err(error) if error.is_io() => Err(error.into()),
        Err(_) => Ok(false),
    }
}

impl Output {
    /// An error of writing, with the name of what could not be written.
    fn named<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let what = match self {
                Self::Standard(_) => Phrase::new("error-standard-output"),
                Self::Whole { target, .. } | Self::Appended { target, .. } => unwritable(target.display()),
            };
            io::Error::new(error.kind(), Told::because(what, Box::new(error)))
        })
    }
}

impl Write for Output {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = match self {
            Self::Standard(out) => out.write(buffer),
            Self::Whole { file, .. } => file.write(buffer),
            Self::Appended { file, .. } => file.write(buffer),
        };
        self.named(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = match self {
            Self::Standard(out) => out.flush(),
            Self::Whole { file, .. } => file.flush(),
            Self::Appended { file, .. } => file.flush(),
        };
        self.named(flushed)
    }
}

/// Whether an error means that nobody reads the result any more.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_torn_lines_are_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.ndjson");
        for (before, after) in [
            ("", "new\n"),
            ("{}\n", "{}\nnew\n"),
            ("{}\n{\"a\":", "{}\nnew\n"),
            ("{\"a\":", "new\n"),
            ("{}\n{\"a\":1}", "{}\n{\"a\":1}\nnew\n"),
            ("{}\nwords", "{}\nwords\nnew\n"),
        ] {
            std::fs::write(&path, before).unwrap();
            let mut out = Output::append(Some(&path)).unwrap();
            out.write_all(b"new\n").unwrap();
            out.finish().unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), after, "{before}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn pipes_are_written_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            return;
        }
        for open in [Output::append, Output::open] {
            let from = pipe.clone();
            let reader = std::thread::spawn(move || std::fs::read_to_string(from).unwrap());
            let mut out = open(Some(&pipe)).unwrap();
            out.write_all(b"new\n").unwrap();
            out.finish().unwrap();
            assert_eq!(reader.join().unwrap(), "new\n");
        }
    }
}
