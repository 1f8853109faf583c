//! Where signed messages go.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};


use super::Options;
use super::keyring::Keyring;
use crate::cli::told::{Tell as _, fail, unwritable};
use crate::message::{Location, Source};

/// Where signed messages go.
pub(super) enum Target {
    /// One message: to standard output, or to `--output`.
    Output,
    /// Into the files that they lie in.
    InPlace,
    /// Into a folder, under their names.
    Folder(PathBuf),
}

impl Target {
    /// Refuses what could not be carried out for all messages, before any is touched.
    pub(super) fn new(options: &Options, sources: &[Source], keys: &Keyring) -> anyhow::Result<Self> {
        let mboxes = || sources.iter().filter(|s| matches!(s.location, Location::Mbox { .. }));
        if options.in_place {
            if let Some(source) = sources.iter().find(|s| s.is_spooled()) {
                fail!("error-in-place-no-file", name = source.name());
            }
            if let Some(source) = mboxes().next() {
                fail!("error-in-place-mbox", path = source.path.display().to_string());
            }
            if let Some(source) = sources.iter().find(|s| is_sized(&s.path)) {
                fail!("error-in-place-sized", path = source.path.display().to_string());
            }
            return Ok(Self::InPlace);
        }
        if let Some(several) = several_of_one_mbox(sources) {
            fail!("error-several-in-mbox", path = several.display().to_string());
        }
        let Some(folder) = &options.out_dir else {
            if sources.len() > 1 {
                fail!("error-several-messages", count = sources.len());
            }
            return Ok(Self::Output);
        };
        let kind = fs::metadata(folder).told(|| unwritable(folder.display()))?;
        if !kind.is_dir() {
            fail!("error-no-folder", path = folder.display().to_string());
        }
        let folder = fs::canonicalize(folder).told(|| unwritable(folder.display()))?;
        let mut names = HashMap::with_capacity(sources.len());
        // Whether the folder of a message is the target; messages mostly lie together.
        let mut parents = HashMap::new();
        for source in sources {
            let Some(name) = source.path.file_name().filter(|_| source.path.as_os_str() != "-") else {
                fail!("error-input-no-name");
            };
            if let Some(other) = names.insert(name, source) {
                fail!("error-same-name", first = other.name(), second = source.name());
            }
            let target = folder.join(name);
            // What is not there cannot be a key.
            if fs::symlink_metadata(&target).is_ok() {
                super::super::record::refuse_over_key("--out-dir", &target, keys.files())?;
            }
            let parent = source.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let is_target =
                parents.entry(parent).or_insert_with(|| fs::canonicalize(parent).is_ok_and(|parent| parent == folder));
            if *is_target {
                fail!("error-same-folder", path = source.path.display().to_string());
            }
        }
        Ok(Self::Folder(folder))
    }

    /// The file that a message goes to; a link is followed, so that it stays one.
    pub(super) fn path(&self, source: &Source) -> io::Result<PathBuf> {
        match self {
            Self::Folder(folder) => Ok(folder.join(source.path.file_name().unwrap_or_default())),
            Self::InPlace | Self::Output => fs::canonicalize(&source.path),
        }
    }
}

/// An mbox that more than one of the messages lie in.
fn several_of_one_mbox(sources: &[Source]) -> Option<&Path> {
    let later = |s: &&Source| matches!(s.location, Location::Mbox { number, .. } if number > 1);
    sources.iter().find(later).map(|s| s.path.as_path())
}

/// Whether this is a message of a Maildir whose name holds its size (Maildir++, Dovecot).
fn is_sized(path: &Path) -> bool {
    // A link is followed when the message is written, and its own name says nothing.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().and_then(Path::file_name).and_then(|n| n.to_str());
    let in_maildir = matches!(folder, Some("cur" | "new"));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.split(":2,").next().unwrap_or_default();
    in_maildir && (name.contains(",S=") || name.contains(",W="))
}
