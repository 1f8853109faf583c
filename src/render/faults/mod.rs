//! Errors in the user's language. Their English stands at the typed errors of the library; here each has the id of
//! its message in the other languages and what goes into it.

mod input;
mod keys;
mod network;
mod publish;
mod signatures;
mod told;

use std::error::Error;
use std::io;
use std::num::{IntErrorKind, ParseIntError};
use std::sync::OnceLock;

pub use signatures::{chain as chain_of_sets, signature};
pub use told::Told;

use crate::locales::{Arg, Catalogue, Language, Phrase};

const GERMAN: &[&str] = &[include_str!("../../locales/de/faults.ftl")];

/// An error with a message in the languages other than English.
pub trait Fault {
    /// The message, and what goes into it.
    fn phrase(&self) -> Phrase;

    /// The message as a part of another one.
    fn part(&self) -> Arg {
        Arg::Phrases(vec![self.phrase()])
    }
}

/// What an error says, in a language; without its causes, unless it names them itself.
pub fn words(error: &(dyn Error + 'static), catalogue: &Catalogue) -> String {
    // An error of the command line may be wrapped into one of the system.
    let inner =
        error.downcast_ref::<io::Error>().and_then(io::Error::get_ref).map(|inner| inner as &(dyn Error + 'static));
    if let Some(told) = error.downcast_ref::<Told>().or_else(|| inner?.downcast_ref()) {
        return catalogue.phrase(&told.phrase);
    }
    phrase(error).and_then(|phrase| translated(&phrase, catalogue)).unwrap_or_else(|| error.to_string())
}

/// A message of these, in a language that has one; the others have the error's own words.
fn translated(phrase: &Phrase, catalogue: &Catalogue) -> Option<String> {
    faults(catalogue.language()).map(|faults| faults.phrase(phrase))
}

/// An error with its causes, each said once: some name their cause already.
pub fn describe(error: &anyhow::Error, catalogue: &Catalogue) -> String {
    chain(error.chain(), catalogue)
}

/// As [`describe`], of an error that is no [`anyhow::Error`].
pub fn chain<'a>(causes: impl Iterator<Item = &'a (dyn Error + 'static)>, catalogue: &Catalogue) -> String {
    let mut text = String::new();
    for cause in causes.map(|cause| words(cause, catalogue)) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// The catalogue of these messages; none for the language of the errors themselves.
fn faults(language: Language) -> Option<&'static Catalogue> {
    static DE: OnceLock<Catalogue> = OnceLock::new();
    match language {
        Language::En => None,
        Language::De => Some(DE.get_or_init(|| Catalogue::read(language, GERMAN))),
    }
}

macro_rules! known {
    ($error:ident: $($kind:ty),* $(,)?) => {
        $(if let Some(error) = $error.downcast_ref::<$kind>() {
            return Some(error.phrase());
        })*
    };
}

/// The message of an error of which there is one.
fn phrase(error: &(dyn Error + 'static)) -> Option<Phrase> {
    known!(error:
        io::Error,
        ParseIntError,
        std::net::AddrParseError,
        std::str::Utf8Error,
        serde_json::Error,
        tokio::task::JoinError,
        crate::config::ConfigError,
        crate::dns::NameError,
        crate::message::MessageError,
        crate::zonefile::Fatal,
        crate::zonefile::FatalKind,
        crate::reports::Fault,
        crate::reports::Omission,
        crate::dkim::keys::KeyError,
        crate::dkim::keys::KeyFileError,
        crate::dkim::keys::KeyFileWarning,
        crate::dkim::keys::Flaw,
        crate::dkim::SignError,
        crate::publish::keygen::KeygenError,
        crate::publish::records::PublishError,
        crate::publish::records::Reason,
        crate::publish::desired::DesiredError,
        crate::publish::FormatError,
        crate::dns::server::SpecError,
        crate::dns::stack::StackError,
        crate::dns::live::SettingsError,
        crate::dns::replay::ReplayError,
        crate::net::guard::ConnectToError,
        crate::dnssec::AnchorsError,
        crate::too_large::TooLarge,
        rustls::pki_types::pem::Error,
        rustls::Error,
    );
    None
}

/// What the system says, in the words of the reader; the rare ones in those of the system.
impl Fault for io::Error {
    fn phrase(&self) -> Phrase {
        if let Some(inner) = self.get_ref() {
            let inner: &(dyn Error + 'static) = inner;
            if let Some(phrase) = phrase(inner) {
                return phrase;
            }
        }
        of_system(self.kind(), &self.to_string())
    }
}

/// What the system says, by its kind; where that tells nothing, its own words.
fn of_system(kind: io::ErrorKind, text: &str) -> Phrase {
    Phrase::new(match kind {
        io::ErrorKind::NotFound => "fault-io-not-found",
        io::ErrorKind::PermissionDenied => "fault-io-permission",
        io::ErrorKind::AlreadyExists => "fault-io-exists",
        io::ErrorKind::IsADirectory => "fault-io-is-a-folder",
        io::ErrorKind::NotADirectory => "fault-io-no-folder",
        io::ErrorKind::StorageFull => "fault-io-full",
        io::ErrorKind::ReadOnlyFilesystem => "fault-io-read-only",
        io::ErrorKind::InvalidData => "fault-io-not-text",
        io::ErrorKind::UnexpectedEof => "fault-io-early-end",
        io::ErrorKind::TimedOut => "fault-io-timeout",
        io::ErrorKind::ConnectionRefused => "fault-io-refused",
        io::ErrorKind::AddrInUse => "fault-io-in-use",
        io::ErrorKind::BrokenPipe => "fault-io-pipe",
        io::ErrorKind::InvalidFilename => "fault-io-name",
        io::ErrorKind::OutOfMemory => "fault-io-memory",
        _ => return Phrase::new("fault-io-other").arg("text", text),
    })
}

impl Fault for ParseIntError {
    fn phrase(&self) -> Phrase {
        Phrase::new(match self.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "fault-number-size",
            _ => "fault-number",
        })
    }
}

impl Fault for std::net::AddrParseError {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-address")
    }
}

impl Fault for std::str::Utf8Error {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-io-not-text")
    }
}

impl Fault for serde_json::Error {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-json").arg("line", self.line()).arg("column", self.column())
    }
}

impl Fault for tokio::task::JoinError {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-task")
    }
}

impl Fault for rustls::pki_types::pem::Error {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Io(error) => error.phrase(),
            _ => Phrase::new("fault-pem"),
        }
    }
}

impl Fault for rustls::Error {
    fn phrase(&self) -> Phrase {
        Phrase::new("fault-certificate").arg("text", self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::locales::inventory;

    /// The ids that stand in the source as string literals.
    fn literals(prefix: &str, folder: &std::path::Path, out: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                literals(prefix, &path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let ids = text.split('"').filter(|piece| piece.starts_with(prefix));
                let plain =
                    |id: &&str| id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && id.len() > prefix.len();
                out.extend(ids.filter(plain).map(str::to_owned));
            }
        }
    }

    fn used(prefix: &str) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        literals(prefix, &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
        out
    }

    #[test]
    fn every_fault_has_its_german_and_every_german_its_fault() {
        let there: BTreeSet<String> = inventory(GERMAN).into_keys().collect();
        assert_eq!(used("fault-"), there);
    }

    #[test]
    fn every_message_of_the_command_line_is_used_and_is_there() {
        let english = include_str!("../../locales/en/errors.ftl");
        let there: BTreeSet<String> = inventory(&[english]).into_keys().collect();
        let used: BTreeSet<String> = ["error-", "usage-"].into_iter().flat_map(used).collect();
        assert_eq!(used, there);
    }

    #[test]
    fn german_says_what_english_says() {
        use anyhow::Context as _;
        let german = |error: anyhow::Error| describe(&error, Catalogue::of(Language::De));
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let unreadable = Phrase::new("error-cannot-read").arg("path", "a.eml");
        let text = german(Told::because(unreadable, Box::new(missing())).into());
        assert_eq!(text, "a.eml kann nicht gelesen werden: Datei oder Ordner nicht gefunden");
        let english = Err::<(), _>(missing()).context("plain context").unwrap_err();
        assert_eq!(german(english), "plain context: Datei oder Ordner nicht gefunden");
        let culprit = crate::dkim::keys::KeyFileError::Read {
            path: "k.pem".into(),
            culprit: Some("/etc/keys".into()),
            source: io::ErrorKind::PermissionDenied.into(),
        };
        assert_eq!(
            german(culprit.into()),
            "k.pem kann nicht gelesen werden: Zugriff verweigert (der Grund ist der Ordner /etc/keys)"
        );
    }
}
