//! Key files: read with care, written whole and never over another.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KeyError, PrivateKey, Weak};
use crate::dns::Name;

/// No key file is larger.
const MOST_OCTETS: u64 = 64 * 1024;

/// Why a key file was not read or written. Every message names the path.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}{}", blame(.culprit))]
    Read {
        /// The file.
        path: PathBuf,
        /// The folder above it that is the reason, if it is one.
        culprit: Option<PathBuf>,
        /// What the system says.
        source: io::Error,
    },
    /// The file is a folder or a device.
    #[error("{0} is not a file")]
    NotAFile(PathBuf),
    /// The file is too large for a key.
    #[error("{0} is larger than 64 KiB, which no key file is")]
    TooLarge(PathBuf),
    /// What the file holds is no key that can be used.
    #[error("{path}: {source}")]
    Key {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: KeyError,
    },
    /// There is a file of that name already.
    #[error("{0} exists already and is never overwritten; choose another --selector or --out-dir")]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("cannot write {path}: {source}{}", blame(.culprit))]
    Write {
        /// The file.
        path: PathBuf,
        /// The folder that is the reason, if it is one.
        culprit: Option<PathBuf>,
        /// What the system says.
        source: io::Error,
    },
    /// Selector and domain make no file name.
    #[error("{0:?} makes no file name; letters, digits, '-', '_' and '.' do")]
    BadName(String),
}

fn blame(culprit: &Option<PathBuf>) -> String {
    culprit.as_ref().map(|p| format!(" (the folder {} is the reason)", p.display())).unwrap_or_default()
}

/// Something about a key file that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileWarning {
    /// Others can read the private key.
    #[error("{path} can be read by others (mode {mode:04o}); make it 0600: chmod 600 {path}")]
    Readable {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Others can replace the file, because they can write to its folder.
    #[error("the folder {path} can be written by others (mode {mode:04o}), who can then replace the key")]
    FolderWritable {
        /// The folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
}

/// `SELECTOR._domainkey.DOMAIN.pem`.
///
/// # Errors
/// [`KeyFileError::BadName`] if it would not stay a plain file name.
pub fn key_file_name(selector: &str, domain: &Name) -> Result<String, KeyFileError> {
    let name = format!("{selector}._domainkey.{domain}.pem");
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if selector.is_empty() || domain.is_root() || selector.starts_with('.') || !name.bytes().all(plain) {
        return Err(KeyFileError::BadName(name));
    }
    Ok(name)
}

/// Reads a key file, with what its owner should know about it. Symbolic links and pipes are read.
///
/// # Errors
/// [`KeyFileError`], which names the path and, where a folder above it is the reason, that folder.
pub fn read_key_file(path: &Path, weak: Weak) -> Result<(PrivateKey, Vec<KeyFileWarning>), KeyFileError> {
    let fail = |source: io::Error| KeyFileError::Read { path: path.into(), culprit: culprit(path, &source), source };
    let kind = fs::metadata(path).map_err(fail)?;
    if kind.is_dir() {
        return Err(KeyFileError::NotAFile(path.into()));
    }
    let file = File::open(path).map_err(fail)?;
    let metadata = file.metadata().map_err(fail)?;
    // All room at once: growing would leave copies of the key behind.
    let mut data = Zeroizing::new(Vec::with_capacity(MOST_OCTETS as usize + 1));
    file.take(MOST_OCTETS + 1).read_to_end(&mut data).map_err(fail)?;
    if data.len() as u64 > MOST_OCTETS {
        return Err(KeyFileError::TooLarge(path.into()));
    }
    let key = PrivateKey::read(&data, weak).map_err(|source| KeyFileError::Key { path: path.into(), source })?;
    Ok((key, if metadata.is_file() { warnings(path, &metadata) } else { Vec::new() }))
}

/// Checks that none of these files is there yet (not even as a dangling link), before work is done.
///
/// # Errors
/// [`KeyFileError::Exists`] for the first that is; [`KeyFileError::Write`] if the folder is none.
pub fn check_absent(folder: &Path, names: &[&str]) -> Result<(), KeyFileError> {
    for name in names {
        let path = folder.join(name);
        match fs::symlink_metadata(&path) {
            Ok(_) => return Err(KeyFileError::Exists(path)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(KeyFileError::Write { culprit: culprit(&path, &source), path, source }),
        }
    }
    let is_folder = fs::metadata(folder).and_then(|m| match m.is_dir() {
        true => Ok(()),
        false => Err(io::Error::from(io::ErrorKind::NotADirectory)),
    });
    let path = folder.join(names.first().unwrap_or(&""));
    is_folder.map_err(|source| KeyFileError::Write { culprit: culprit(&path, &source), path, source })
}

/// Writes key files into a folder: all of them or none, each whole or not at all, mode 0600,
/// never over an existing file and never through a link. Gives their paths.
///
/// # Errors
/// [`KeyFileError::Exists`] or [`KeyFileError::Write`]; nothing has been left behind then.
pub fn write_key_files(folder: &Path, files: &[(String, &str)]) -> Result<Vec<PathBuf>, KeyFileError> {
    let names: Vec<&str> = files.iter().map(|(name, _)| &**name).collect();
    check_absent(folder, &names)?;
    let mut staged = Vec::with_capacity(files.len());
    for (name, content) in files {
        let path = folder.join(name);
        let file = stage(folder, content).map_err(|source| KeyFileError::Write {
            culprit: culprit(&path, &source).or_else(|| Some(folder.into())),
            path: path.clone(),
            source,
        })?;
        staged.push((file, path));
    }
    let mut written = Vec::with_capacity(files.len());
    for (file, path) in staged {
        match file.persist_noclobber(&path) {
            Ok(_) => written.push(path),
            Err(e) => {
                // Only what this call has made is taken away again.
                written.iter().for_each(|made| drop(fs::remove_file(made)));
                let source = e.error;
                return Err(match source.kind() {
                    io::ErrorKind::AlreadyExists => KeyFileError::Exists(path),
                    _ => KeyFileError::Write { culprit: culprit(&path, &source), path, source },
                });
            }
        }
    }
    // The names themselves must survive a crash too. Where folders cannot be synced, files are still whole.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(written)
}

/// A file of the content under a random name in the folder, created exclusively, on disk.
fn stage(folder: &Path, content: &str) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".mailauth-").suffix(".tmp");
    let mut file = builder.tempfile_in(folder)?;
    #[cfg(unix)]
    {
        // A umask may have taken bits away; nothing may have added any.
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    file.write_all(content.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// The folder above `path` that cannot be entered or is none.
fn culprit(path: &Path, error: &io::Error) -> Option<PathBuf> {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    if !matches!(error.kind(), NotADirectory | NotFound | PermissionDenied) {
        return None;
    }
    let mut folders: Vec<&Path> = path.ancestors().skip(1).filter(|p| !p.as_os_str().is_empty()).collect();
    folders.reverse();
    // A folder can be seen but not entered when looking at a name inside it is denied.
    let blocked = |folder: &Path| match fs::metadata(folder) {
        Ok(metadata) if !metadata.is_dir() => true,
        Ok(_) => fs::metadata(folder.join(".")).is_err_and(|e| e.kind() == PermissionDenied),
        Err(e) => e.kind() == NotFound,
    };
    folders.into_iter().find(|f| blocked(f)).map(Path::to_path_buf)
}

#[cfg(unix)]
fn warnings(path: &Path, metadata: &fs::Metadata) -> Vec<KeyFileWarning> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut out = Vec::new();
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        out.push(KeyFileWarning::Readable { path: path.into(), mode });
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(metadata) = fs::metadata(folder) {
        let mode = metadata.permissions().mode() & 0o7777;
        // With the sticky bit (as in /tmp) others cannot replace what is not theirs.
        if mode & 0o002 != 0 && mode & 0o1000 == 0 {
            out.push(KeyFileWarning::FolderWritable { path: folder.into(), mode });
        }
    }
    out
}

#[cfg(not(unix))]
fn warnings(_path: &Path, _metadata: &fs::Metadata) -> Vec<KeyFileWarning> {
    Vec::new()
}
