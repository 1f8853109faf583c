//! Reading the file, with errors that name the line and the likely word.

use std::path::{Path, PathBuf};

use super::Config;
use crate::dns::{Name, NameError};

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
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        if size > LARGEST {
            return Err(unreadable(std::io::Error::other(format!("{size} octets are too many for a configuration"))));
        }
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
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
        for domain in &config.domains {
            if let Err(error) = Name::parse(&domain.name) {
                let offset = text.find(domain.name.as_str()).unwrap_or(0);
                return Err(at(offset, Slip::Domain { name: domain.name.clone(), error }));
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
}
