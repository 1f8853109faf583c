//! Where `$INCLUDE` finds its files.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::problem::IncludeProblem;
use crate::too_large::TooLarge;

/// Octets of a file at most that the user names.
pub const LARGEST: u64 = 256 << 20;

/// A text to read, and where it came from.
#[derive(Debug, Clone)]
pub struct Source {
    /// What locations call it.
    pub name: String,
    /// The octets of the file.
    pub text: Vec<u8>,
    /// The file itself; `None` for standard input and text in memory, which include nothing.
    pub path: Option<PathBuf>,
}

impl Source {
    /// Reads a file, or a pipe to its end; at most 256 MiB.
    ///
    /// # Errors
    /// Whatever reading it comes to; it is too large.
    pub fn read(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let mut text = Vec::new();
        File::open(path)?.take(LARGEST + 1).read_to_end(&mut text)?;
        if text.len() as u64 > LARGEST {
            return Err(TooLarge { most: LARGEST }.into());
        }
        Ok(Self { name: path.display().to_string(), text, path: Some(path.to_owned()) })
    }

    /// Text that is in memory already, such as standard input.
    pub fn memory(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), text: text.into(), path: None }
    }
}

/// Whoever opens the files that `$INCLUDE` names.
pub trait Loader {
    /// Finds `target` as written in the file `including`, for a run that began with the file `root`.
    ///
    /// The `path` of the answer identifies the file: the same file, the same path. At most `limit`
    /// octets are read.
    ///
    /// # Errors
    /// [`IncludeProblem`] says why there is nothing to read.
    fn load(&self, root: &Path, including: &Path, target: &str, limit: u64) -> Result<Source, IncludeProblem>;

    /// The path by which [`Loader::load`] would identify a file that was named by the user.
    fn identify(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}

/// Files on disk, at or below the folder of the file that the user named.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Loader for Disk {
    fn load(&self, root: &Path, including: &Path, target: &str, limit: u64) -> Result<Source, IncludeProblem> {
        let folder = |file: &Path| file.parent().map(Path::to_owned).unwrap_or_default();
        // Relative to the file it stands in, as most tools have it, or to the first file, as BIND's `directory`.
        let mut tries = vec![folder(including).join(target)];
        if folder(including) != folder(root) {
            tries.push(folder(root).join(target));
        }
        let home = self.identify(root);
        let home = home.parent().ok_or(IncludeProblem::Unreadable)?;
        let mut problem = IncludeProblem::Missing;
        for path in tries {
            match path.canonicalize() {
                Ok(real) if !real.starts_with(home) => problem = IncludeProblem::Outside,
                Ok(real) => return read(&path, real, limit),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) => problem = IncludeProblem::Unreadable,
            }
        }
        Err(problem)
    }

    fn identify(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    }
}

fn read(shown: &Path, real: PathBuf, limit: u64) -> Result<Source, IncludeProblem> {
    // Looked at before it is opened: opening a pipe would wait for a writer.
    let is_file = |m: io::Result<std::fs::Metadata>| m.map(|m| m.is_file()).map_err(|_| IncludeProblem::Unreadable);
    if !is_file(std::fs::symlink_metadata(&real))? {
        return Err(IncludeProblem::NotAFile);
    }
    let file = File::open(&real).map_err(|_| IncludeProblem::Unreadable)?;
    if !is_file(file.metadata())? {
        return Err(IncludeProblem::NotAFile);
    }
    let mut text = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut text).map_err(|_| IncludeProblem::Unreadable)?;
    if text.len() as u64 > limit {
        return Err(IncludeProblem::TooLarge);
    }
    Ok(Source { name: shown.display().to_string(), text, path: Some(real) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn includes_stay_below_the_folder() {
        let all = tempfile::tempdir().unwrap();
        let home = all.path().join("home");
        std::fs::create_dir_all(home.join("sub")).unwrap();
        let root = home.join("zone.db");
        for (path, text) in [(root.clone(), "r"), (home.join("sub/a.db"), "a"), (all.path().join("secret"), "s")] {
            std::fs::write(path, text).unwrap();
        }
        std::os::unix::fs::symlink(all.path().join("secret"), home.join("link")).unwrap();
        std::os::unix::fs::symlink(home.join("sub/a.db"), home.join("good")).unwrap();
        let load = |target: &str| Disk.load(&root, &root, target, 10).map(|s| s.text);
        assert_eq!(load("sub/a.db").unwrap(), b"a");
        assert_eq!(load("good").unwrap(), b"a");
        assert_eq!(load("sub/../zone.db").unwrap(), b"r");
        assert_eq!(load(&home.join("sub/a.db").display().to_string()).unwrap(), b"a");
        assert_eq!(load("../secret").unwrap_err(), IncludeProblem::Outside);
        assert_eq!(load("link").unwrap_err(), IncludeProblem::Outside);
        assert_eq!(load("/etc/passwd").unwrap_err(), IncludeProblem::Outside);
        assert_eq!(load("sub").unwrap_err(), IncludeProblem::NotAFile);
        assert_eq!(load("none").unwrap_err(), IncludeProblem::Missing);
        std::fs::write(home.join("big"), [b'x'; 11]).unwrap();
        assert_eq!(load("big").unwrap_err(), IncludeProblem::TooLarge);
    }
}
