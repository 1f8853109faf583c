//! An error with a message of the catalogues, and what caused it.

use std::error::Error;
use std::fmt;

use crate::locales::{Catalogue, Language, Phrase};

/// An error with a message of the catalogues.
#[derive(Debug)]
pub struct Told {
    /// The message.
    pub phrase: Phrase,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Told {
    /// An error without a cause.
    pub fn new(phrase: Phrase) -> Self {
        Self { phrase, source: None }
    }

    /// An error and its cause.
    pub fn because(phrase: Phrase, source: Box<dyn Error + Send + Sync>) -> Self {
        Self { phrase, source: Some(source) }
    }
}

/// English, as every error says it of itself; [`super::words`] knows the other languages.
impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Catalogue::of(Language::En).phrase(&self.phrase))
    }
}

impl From<Told> for Phrase {
    fn from(told: Told) -> Self {
        told.phrase
    }
}

impl Error for Told {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
