//! Reading the file, with errors that name the line and the likely word.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Config;
use crate::dns::Name;

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
    #[error("{path}:{line}:{column}: {message}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong, and what was probably meant.
        message: String,
    },
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
            return Err(unreadable(std::io::Error::other("more than 1 MiB is too much for a configuration")));
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
        let at = |offset: usize, message: String| {
            let before = text.get(..offset).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            ConfigError::Wrong { path: path.to_owned(), line, column, message }
        };
        let config: Self = toml::from_str(text)
            .map_err(|e| at(e.span().map_or(0, |span| span.start), with_suggestion(e.message())))?;
        let ratings = config.rules.0.keys().chain(config.domains.iter().flat_map(|d| d.rules.0.keys()));
        for id in ratings {
            if crate::rules::find(id).is_none() {
                let near = nearest(id, crate::rules::all().map(|rule| rule.id));
                let offset = text.find(id.as_str()).unwrap_or(0);
                return Err(at(offset, format!("there is no rule '{id}'{}", did_you_mean(near))));
            }
        }
        for domain in &config.domains {
            if let Err(error) = Name::parse(&domain.name) {
                let offset = text.find(domain.name.as_str()).unwrap_or(0);
                return Err(at(offset, format!("'{}' is no domain: {error}", domain.name)));
            }
            for id in &domain.providers {
                if crate::knowledge::providers::by_id(id).is_none() {
                    let near = nearest(id, crate::knowledge::providers::all().iter().map(|p| p.id.as_str()));
                    let offset = text.find(&format!("\"{id}\"")).unwrap_or(0);
                    return Err(at(offset, format!("there is no provider '{id}'{}", did_you_mean(near))));
                }
            }
        }
        Ok(config)
    }
}

/// Turns serde's "unknown field `x`, expected one of `a`, `b`" into one suggestion where one is near.
fn with_suggestion(message: &str) -> String {
    let mut ticked = message.split('`').skip(1).step_by(2);
    let Some(word) = ticked.next().filter(|_| message.starts_with("unknown ")) else { return message.to_owned() };
    match nearest(word, ticked) {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message.to_owned(),
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean '{near}'?")).unwrap_or_default()
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
