//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

/// Symbolic links followed at most, as systems do.
const MAX_LINKS: usize = 40;

/// A file in the making.
///
/// A regular file, or one that is not there yet, is written beside its place and takes its name
/// at the end. Where a symbolic link leads to it, the link stays. Anything else (a pipe, a device,
/// `/dev/stdout`) is written as it is.
#[derive(Debug)]
pub struct Whole(Place);

#[derive(Debug)]
enum Place {
    Beside { file: BufWriter<File>, path: TempPath, target: PathBuf, old: Option<fs::Permissions>, fresh: bool },
    Itself(BufWriter<File>),
}

impl Whole {
    /// Begins a file at `target`.
    ///
    /// # Errors
    /// The target is a folder, or nothing can be written to the folder that it is in.
    pub fn create(target: &Path) -> io::Result<Self> {
        let old = match fs::metadata(target) {
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() || is_own_descriptor(target) => {
                return Ok(Self(Place::Itself(open(target)?)));
            }
            Ok(there) => Some(there.permissions()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Self::beside(follow(target)?, old, false)
    }

    /// Begins a file at `target` that takes no other's place, neither now nor at the end.
    ///
    /// # Errors
    /// Something is there, be it a link to nothing, or nothing can be written to the folder.
    pub fn create_new(target: &Path) -> io::Result<Self> {
        match fs::symlink_metadata(target) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::beside(target.to_owned(), None, true),
            Err(error) => Err(error),
        }
    }

    fn beside(target: PathBuf, old: Option<fs::Permissions>, fresh: bool) -> io::Result<Self> {
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".mailauth-");
        #[cfg(unix)]
        if old.is_none() {
            use std::os::unix::fs::PermissionsExt as _;
            // As any new file: the umask takes from it. What replaces a file is private until it has that one's mode.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        // Apart, so that an error of writing does not tell of a file that nobody knows.
        let (file, path) = builder.tempfile_in(folder)?.into_parts();
        Ok(Self(Place::Beside { file: BufWriter::new(file), path, target, old, fresh }))
    }

    /// Puts the file in its place, with the mode of the one that was there.
    ///
    /// # Errors
    /// Those of writing; the place is then as it was before.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Place::Itself(mut file) => file.flush(),
            Place::Beside { file, path, target, old, fresh } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.sync_all()?;
                #[cfg(unix)]
                if let Some(old) = old {
                    file.set_permissions(old)?;
                }
                #[cfg(not(unix))]
                drop(old);
                let kept = if fresh { path.persist_noclobber(&target) } else { path.persist(&target) };
                kept.map_err(|e| e.error)?;
                Ok(())
            }
        }
    }
}

impl Write for Whole {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Place::Beside { file, .. } => file.write(buffer),
            Place::Itself(file) => file.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Place::Beside { file, .. } => file.flush(),
            Place::Itself(file) => file.flush(),
        }
    }
}

/// Whether a path names something that the process has open already, which may be a regular file.
fn is_own_descriptor(path: &Path) -> bool {
    ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"].iter().any(|own| path.starts_with(own))
}

/// Behind what is there: a file that standard output was led to may hold something already.
fn open(target: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::new(OpenOptions::new().append(true).open(target)?))
}

/// Where symbolic links lead, even to nothing.
fn follow(target: &Path) -> io::Result<PathBuf> {
    let mut path = target.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            // No link, or nothing there.
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn write(path: &Path, text: &str) -> io::Result<()> {
        let mut file = Whole::create(path)?;
        file.write_all(text.as_bytes())?;
        file.finish()
    }

    #[test]
    fn files_keep_their_mode_and_new_ones_get_the_usual() {
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().mode() & 0o777;
        fs::write(folder.path().join("usual"), "").unwrap();
        write(&folder.path().join("new"), "x").unwrap();
        assert_eq!(mode("new"), mode("usual"));
        let old = folder.path().join("old");
        fs::write(&old, "before").unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o600)).unwrap();
        // Nothing has changed until the end.
        let mut file = Whole::create(&old).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&old).unwrap(), "before");
        write(&old, "after").unwrap();
        assert_eq!((fs::read_to_string(&old).unwrap().as_str(), mode("old")), ("after", 0o600));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        assert!(Whole::create(folder.path()).is_err());
    }

    #[test]
    fn links_stay_and_what_is_no_file_is_written_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("sub")).unwrap();
        fs::write(at("sub/real"), "before").unwrap();
        symlink("sub/real", at("link")).unwrap();
        symlink("sub/none", at("lost")).unwrap();
        symlink("round", at("round")).unwrap();
        write(&at("link"), "after").unwrap();
        write(&at("lost"), "new").unwrap();
        assert_eq!(fs::read_to_string(at("sub/real")).unwrap(), "after");
        assert_eq!(fs::read_to_string(at("sub/none")).unwrap(), "new");
        assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
        assert!(write(&at("round"), "x").is_err());
        // Not a device: who runs this as root would lose it if it went wrong.
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        if made.is_ok_and(|status| status.success()) {
            let pipe = at("pipe");
            let reader = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
            write(&at("pipe"), "through").unwrap();
            assert_eq!(reader.join().unwrap(), "through");
            assert!(!fs::metadata(at("pipe")).unwrap().is_file());
        }
    }
}
