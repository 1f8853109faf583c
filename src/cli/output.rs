//! Where the result goes: standard output, or a file that is written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// A destination of the result.
#[derive(Debug)]
pub enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A temporary file beside the target, which takes its name at the end.
    Whole {
        /// What is written so far.
        file: BufWriter<tempfile::NamedTempFile>,
        /// The name it will have.
        target: PathBuf,
        /// It must not take another file's place.
        fresh: bool,
    },
    /// A file that grows a line at a time and keeps what it has.
    Appended(File),
}

impl Output {
    /// Opens standard output, or prepares `target`.
    ///
    /// # Errors
    /// The folder of the target cannot be written to.
    pub fn open(target: Option<&Path>) -> anyhow::Result<Self> {
        match target {
            None => Ok(Self::Standard(BufWriter::new(io::stdout()))),
            Some(target) => Self::prepare(target, false),
        }
    }

    /// Prepares `target`, which must not be there yet, neither now nor at the end.
    ///
    /// # Errors
    /// The folder of the target cannot be written to.
    pub fn create(target: &Path) -> anyhow::Result<Self> {
        Self::prepare(target, true)
    }

    fn prepare(target: &Path, fresh: bool) -> anyhow::Result<Self> {
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new()
            .prefix(".mailauth-")
            .tempfile_in(folder)
            .with_context(|| format!("cannot write {}", target.display()))?;
        Ok(Self::Whole { file: BufWriter::new(file), target: target.to_owned(), fresh })
    }

    /// Opens standard output, or `target` to append lines to.
    ///
    /// # Errors
    /// The file cannot be opened for writing.
    pub fn append(target: Option<&Path>) -> anyhow::Result<Self> {
        let Some(target) = target else { return Ok(Self::Standard(BufWriter::new(io::stdout()))) };
        let shown = || format!("cannot write {}", target.display());
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(target).with_context(shown)?;
        cut_torn_line(&mut file).with_context(shown)?;
        Ok(Self::Appended(file))
    }

    /// Makes the result stand: flushes, and gives the file its name.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Standard(mut out) => Ok(out.flush()?),
            Self::Appended(file) => Ok(file.sync_all()?),
            Self::Whole { file, target, fresh } => {
                let named = || format!("cannot write {}", target.display());
                let file = file.into_inner().map_err(io::IntoInnerError::into_error).with_context(named)?;
                file.as_file().sync_all().with_context(named)?;
                set_ordinary_mode(&file, &target).with_context(named)?;
                let kept = if fresh { file.persist_noclobber(&target) } else { file.persist(&target) };
                kept.map_err(|e| e.error).with_context(named)?;
                Ok(())
            }
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
        Some(b'{') => file.set_len(end),
        Some(_) => file.write_all(b"\n"),
        None => Ok(()),
    }
}

/// Temporary files are private; the result gets the mode that the target had, else the usual one.
#[cfg(unix)]
fn set_ordinary_mode(file: &tempfile::NamedTempFile, target: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let mode = match std::fs::metadata(target) {
        Ok(old) => old.mode() & 0o777,
        Err(_) => 0o644,
    };
    file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_ordinary_mode(_: &tempfile::NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}

impl Write for Output {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(buffer),
            Self::Whole { file, .. } => file.write(buffer),
            Self::Appended(file) => file.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::Whole { file, .. } => file.flush(),
            Self::Appended(file) => file.flush(),
        }
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
