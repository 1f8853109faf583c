//! Reading the file, with errors that name the line and the likely word.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{Config, words};
use crate::dns::{Name, NameError};
use crate::too_large::TooLarge;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something in it is wrong.
    #[error("{path}:{line}:{column}: {slip}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong, and what was probably meant.
        slip: Slip,
    },
}

/// What is wrong in a configuration, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Slip {
    /// It is no TOML, or none of the keys, values and types that there are.
    #[error("{message}{}", ticked(.near))]
    Syntax {
        /// What the reader of TOML says.
        message: String,
        /// The known word that is most like the unknown one.
        near: Option<String>,
    },
    /// A rule that does not exist.
    #[error("there is no rule '{id}'{}", quoted(.near))]
    Rule {
        /// What stands there.
        id: String,
        /// The rule that was probably meant.
        near: Option<String>,
    },
    /// A provider that the table does not hold.
    #[error("there is no provider '{id}'{}", quoted(.near))]
    Provider {
        /// What stands there.
        id: String,
        /// The provider that was probably meant.
        near: Option<String>,
    },
    /// A name that is none.
    #[error("'{name}' is no domain: {error}")]
    Domain {
        /// What stands there.
        name: String,
        /// Why it is no name.
        error: NameError,
    },
    /// A domain that has a block already.
    #[error("'{name}' has a block already; one domain has one block")]
    Twice {
        /// The domain.
        name: String,
    },
    /// A value that is none of the words a key takes.
    #[error("{key} {value}: one of {}{}", .known.join(", "), quoted(.near))]
    Word {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: String,
        /// What could stand there.
        known: &'static [&'static str],
        /// The word that was probably meant.
        near: Option<String>,
    },
    /// A mail exchanger that is not preference and host.
    #[error("mx \"{value}\": not preference and host; write \"10 mail.example.de\"")]
    Exchanger {
        /// What stands there.
        value: String,
    },
}

fn ticked(near: &Option<String>) -> String {
    near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

fn quoted(near: &Option<String>) -> String {
    near.as_ref().map(|near| format!("; did you mean '{near}'?")).unwrap_or_default()
}

/// A file larger than this is no configuration.
const LARGEST: u64 = 1 << 20;

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`ConfigError`] names file, line and column.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        // Its size says nothing of a pipe or a device.
        let mut text = String::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(LARGEST + 1).read_to_string(&mut text).map_err(unreadable)?;
        if text.len() as u64 > LARGEST {
            return Err(unreadable(TooLarge { most: LARGEST }.into()));
        }
        let mut config = Self::parse(&text, path)?;
        config.folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(config)
    }

    /// Reads and checks the text of a file; `path` is for the messages.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let at = |offset: usize, slip: Slip| {
            let before = text.get(..offset).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            ConfigError::Wrong { path: path.to_owned(), line, column, slip }
        };
        let config: Self =
            toml::from_str(text).map_err(|e| at(e.span().map_or(0, |span| span.start), syntax(e.message())))?;
        let ratings = config.rules.0.keys().chain(config.domains.iter().flat_map(|d| d.rules.0.keys()));
        for id in ratings {
            if crate::rules::find(id).is_none() {
                let near = nearest(id, crate::rules::all().map(|rule| rule.id));
                let offset = text.find(id.as_str()).unwrap_or(0);
                return Err(at(offset, Slip::Rule { id: id.clone(), near: near.map(str::to_owned) }));
            }
        }
        let mut names = HashSet::new();
        // Domains stand in the order of the file: each is looked for behind the one before.
        let mut from = 0;
        for domain in &config.domains {
            let behind = |from: usize, word: &str| {
                let rest = text.get(from..).and_then(|rest| rest.find(word));
                rest.map_or_else(|| text.find(word).unwrap_or(0), |at| from + at)
            };
            let offset = behind(from, &domain.name);
            let name = Name::parse(&domain.name)
                .map_err(|error| at(offset, Slip::Domain { name: domain.name.clone(), error }))?;
            if !names.insert(name) {
                return Err(at(offset, Slip::Twice { name: domain.name.clone() }));
            }
            from = offset;
            if let Some(wrong) = words::wrong(domain) {
                let quoted = format!("\"{}\"", wrong.value);
                return Err(at(behind(from, &quoted), wrong.slip));
            }
            for id in &domain.providers {
                if crate::knowledge::providers::by_id(id).is_none() {
                    let near = nearest(id, crate::knowledge::providers::all().iter().map(|p| p.id.as_str()));
                    let offset = text.find(&format!("\"{id}\"")).unwrap_or(0);
                    return Err(at(offset, Slip::Provider { id: id.clone(), near: near.map(str::to_owned) }));
                }
            }
        }
        Ok(config)
    }
}

/// Finds in serde's "unknown field `x`, expected one of `a`, `b`" the one that is near, if one is.
fn syntax(message: &str) -> Slip {
    let mut ticked = message.split('`').skip(1).step_by(2);
    let unknown = ticked.next().filter(|_| message.starts_with("unknown "));
    let near = unknown.and_then(|word| nearest(word, ticked)).map(str::to_owned);
    Slip::Syntax { message: message.to_owned(), near }
}

/// The candidate that a word is most like, if it is like any.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(text: &str) -> String {
        Config::parse(text, Path::new("mailauth.toml")).unwrap_err().to_string()
    }

    #[test]
    fn slips_are_named_with_line_and_suggestion() {
        let text = complaint("lang = \"de\"\nfail_on = \"error\"\n");
        assert!(text.starts_with("mailauth.toml:2:1: ") && text.contains("did you mean `fail-on`?"), "{text}");
        let text = complaint("[rules]\nspf-all-softfial = \"ignore\"\n");
        assert!(text.starts_with("mailauth.toml:2:1: ") && text.contains("'spf-all-softfail'"), "{text}");
        let text = complaint("[[domain]]\nname = \"x.de\"\nproviders = [\"ionso\"]\n");
        assert!(text.starts_with("mailauth.toml:3:") && text.contains("'ionos'"), "{text}");
        assert!(complaint("fail-on = 3\n").starts_with("mailauth.toml:1:11: "));
        assert!(complaint("[[domain]]\nname = \"a..b\"\n").contains("empty label"));
        assert!(complaint("[rules]\nspf-missing = \"off\"\n").contains("ignore"));
    }

    #[test]
    fn words_are_named_with_line_and_suggestion() {
        let domain = |rest: &str| complaint(&format!("[[domain]]\nname = \"a.de\"\n{rest}\n"));
        let text = domain("dmarc = { policy = \"rejct\" }");
        assert!(text.starts_with("mailauth.toml:3:20: ") && text.contains("did you mean 'reject'?"), "{text}");
        assert!(domain("spf = { all = \"hard\" }").contains("one of fail, softfail, neutral"));
        assert!(domain("mta-sts = { mode = \"enforced\" }").contains("'enforce'"));
        assert!(domain("dmarc = { adkim = \"strict\" }").contains("one of r, s"));
        assert!(domain("mx = [\"mail.a.de\"]").contains("10 mail.example.de"));
        assert!(domain("parked = \"yes\"").starts_with("mailauth.toml:3:10: "));
        let text = domain("[[domain]]\nname = \"A.de\"");
        assert!(text.starts_with("mailauth.toml:4:9: ") && text.contains("one block"), "{text}");
        // The place is that of the domain at hand, not of another with the same word.
        let text = domain("spf = { terms = [\"none\"] }\n[[domain]]\nname = \"b.de\"\nspf = { all = \"none\" }");
        assert!(text.starts_with("mailauth.toml:6:15: "), "{text}");
    }
}
