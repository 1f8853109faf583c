//! Keys and signatures.

use std::path::{Path, PathBuf};

use super::Fault;
use crate::dkim::SignError;
use crate::dkim::keys::{Flaw, KeyError, KeyFileError, KeyFileWarning};
use crate::locales::{Arg, Phrase};

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The folder that is the reason, in brackets.
fn culprit(folder: Option<&PathBuf>) -> Arg {
    let named = |folder: &PathBuf| Phrase::new("fault-key-file-culprit").arg("folder", shown(folder));
    Arg::Phrases(folder.map(named).into_iter().collect())
}

impl Fault for KeyFileError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Read { path, culprit: folder, source } => {
                let id = if folder.is_some() { "fault-key-file-read-below" } else { "fault-key-file-read" };
                Phrase::new(id)
                    .arg("path", shown(path))
                    .arg("source", source.part())
                    .arg("culprit", culprit(folder.as_ref()))
            }
            Self::NotAFile(path) => Phrase::new("fault-key-file-no-file").arg("path", shown(path)),
            Self::TooLarge(path) => Phrase::new("fault-key-file-large").arg("path", shown(path)),
            Self::Key { path, source } => {
                Phrase::new("fault-key-file-key").arg("path", shown(path)).arg("source", source.part())
            }
            Self::Exists(path) => Phrase::new("fault-key-file-exists").arg("path", shown(path)),
            Self::Write { path, culprit: folder, source } => {
                let id = if folder.is_some() { "fault-key-file-write-below" } else { "fault-key-file-write" };
                Phrase::new(id)
                    .arg("path", shown(path))
                    .arg("source", source.part())
                    .arg("culprit", culprit(folder.as_ref()))
            }
            Self::BadName(name) => Phrase::new("fault-key-file-name").arg("name", name),
        }
    }
}

impl Fault for KeyFileWarning {
    fn phrase(&self) -> Phrase {
        let (id, path, mode) = match self {
            Self::Readable { path, mode } => ("fault-key-file-readable", path, mode),
            Self::FolderWritable { path, mode } => ("fault-key-file-folder", path, mode),
        };
        Phrase::new(id).arg("path", shown(path)).arg("mode", format!("{mode:04o}"))
    }
}

impl Fault for KeyError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::NoKey => Phrase::new("fault-key-none"),
            Self::Encrypted => Phrase::new("fault-key-encrypted"),
            Self::Public => Phrase::new("fault-key-public"),
            Self::Certificate => Phrase::new("fault-key-certificate"),
            Self::WrongKind(kind) => Phrase::new("fault-key-kind").arg("kind", *kind),
            Self::OpenSsh => Phrase::new("fault-key-openssh"),
            Self::Malformed(_) => Phrase::new("fault-key-malformed"),
            Self::TooShort(bits) => Phrase::new("fault-key-short").arg("bits", bits.to_string()),
            Self::WeakRsa(bits) => Phrase::new("fault-key-weak").arg("bits", bits.to_string()),
            Self::TooLong(bits) => Phrase::new("fault-key-long").arg("bits", bits.to_string()),
            Self::Flawed(flaw) => Phrase::new("fault-key-flawed").arg("flaw", flaw.part()),
            Self::Inconsistent => Phrase::new("fault-key-inconsistent"),
            Self::Size(bits) => Phrase::new("fault-key-size").arg("bits", bits.to_string()),
            Self::Library => Phrase::new("fault-key-library"),
        }
    }
}

impl Fault for Flaw {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Exponent => Phrase::new("fault-flaw-exponent"),
            Self::EvenModulus => Phrase::new("fault-flaw-even"),
            Self::SmallFactor(factor) => Phrase::new("fault-flaw-factor").arg("factor", *factor),
            Self::ClosePrimes => Phrase::new("fault-flaw-close"),
            Self::Roca => Phrase::new("fault-flaw-roca"),
        }
    }
}

impl Fault for SignError {
    fn phrase(&self) -> Phrase {
        match self {
            Self::FromMissing => Phrase::new("fault-sign-no-from"),
            Self::FromMultiple(count) => Phrase::new("fault-sign-several-from").arg("count", *count),
            Self::LeadingBlank => Phrase::new("fault-sign-blank"),
            Self::FromNotListed => Phrase::new("fault-sign-from-not-listed"),
            Self::HeaderCount(count) => Phrase::new("fault-sign-many-fields").arg("count", *count),
            Self::HeaderName(name) => Phrase::new("fault-sign-field").arg("name", name),
            Self::Domain(text) => Phrase::new("fault-sign-domain").arg("text", text),
            Self::Identity(identity, domain) => {
                Phrase::new("fault-sign-identity").arg("identity", identity).arg("domain", domain)
            }
            Self::Expiry => Phrase::new("fault-sign-expiry"),
            Self::Key(why) => Phrase::new("fault-sign-key").arg("why", why),
        }
    }
}
