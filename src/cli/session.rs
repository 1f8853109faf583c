//! What a run has besides its own options: language, colours, remarks, where the result goes.

use std::io::{IsTerminal as _, Write as _};
use std::time::{SystemTime, UNIX_EPOCH};

use super::options::{ColorChoice, SharedOptions};
use super::output::Output;
use super::told;
use crate::config::Config;
use crate::locales::{Catalogue, Language};
use crate::render::Style;
use crate::render::{faults, harmless};

/// A run of the program.
#[derive(Debug)]
pub struct Session {
    /// The options that every command shares.
    pub shared: SharedOptions,
    /// The language of the result.
    pub language: Language,
}

impl Session {
    /// A run with these options; `language` is what the environment says.
    pub fn new(shared: SharedOptions, language: Language) -> Self {
        let language = shared.lang.map_or(language, Language::from);
        Self { shared, language }
    }

    /// The same run with what the configuration says of the language; options beat it.
    pub fn configured(&self, config: &Config) -> Self {
        let language = match (self.shared.lang, config.lang) {
            (None, Some(language)) => language,
            _ => self.language,
        };
        Self { shared: self.shared.clone(), language }
    }

    /// The day, in UTC.
    ///
    /// # Errors
    /// The clock is outside the calendar.
    pub fn today(&self) -> anyhow::Result<jiff::civil::Date> {
        let now = i64::try_from(self.now(None))?;
        let stamp = told::Tell::told(jiff::Timestamp::from_second(now), || crate::locales::Phrase::new("error-clock"))?;
        Ok(stamp.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// The messages in the language of the result.
    pub fn catalogue(&self) -> &'static Catalogue {
        Catalogue::of(self.language)
    }

    /// The result's format.
    pub fn format(&self) -> &str {
        &self.shared.format
    }

    /// The style of the result.
    pub fn style(&self) -> Style {
        let colour = match self.shared.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !no_color && self.shared.output.is_none() && std::io::stdout().is_terminal()
            }
        };
        Style { colour }
    }

    /// Opens the place where the result goes.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn output(&self) -> anyhow::Result<Output> {
        Output::open(self.shared.output.as_deref())
    }

    /// Opens the place where results go line by line.
    ///
    /// # Errors
    /// It cannot be written to.
    pub fn appended_output(&self) -> anyhow::Result<Output> {
        Output::append(self.shared.output.as_deref())
    }

    /// The clock, in seconds since 1970, or what stands in for it.
    pub fn now(&self, at: Option<u64>) -> u64 {
        at.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()))
    }

    /// A remark on standard error, unless `--quiet`.
    pub fn remark(&self, text: &str) {
        if !self.shared.quiet {
            self.complain(text);
        }
    }

    /// An error on standard error, with its causes, in the language of the result.
    pub fn complain_of(&self, error: &anyhow::Error) {
        complain(&faults::describe(error, self.catalogue()));
    }

    /// An error about one of several things, named before it.
    pub fn complain_about(&self, name: &str, error: &anyhow::Error) {
        complain(&format!("{name}: {}", faults::describe(error, self.catalogue())));
    }

    /// Something that the user should know, on standard error in any case.
    pub fn warn(&self, warning: &(dyn std::error::Error + 'static)) {
        let text = faults::words(warning, self.catalogue());
        complain(&self.catalogue().format("error-warning", None, &vec![("text".into(), text.into())]));
    }

    /// A complaint on standard error, in any case. Each line of it is made harmless.
    pub fn complain(&self, text: &str) {
        complain(text);
    }
}

/// Writes a complaint to standard error; a closed standard error is no reason to fail.
pub fn complain(text: &str) {
    let mut err = std::io::stderr().lock();
    for (i, line) in text.lines().enumerate() {
        let prefix = if i == 0 { "mailauth: " } else { "  " };
        let _ = writeln!(err, "{prefix}{}", harmless::terminal(line));
    }
}
