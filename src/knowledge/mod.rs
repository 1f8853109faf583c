//! What the project knows of the world: providers, selectors, blocklists, receivers and their replies.
//!
//! Each table is a TOML file beside this one whose rows carry a date and a source, so that a receiver that changes its
//! rules is an edit of data. The files are part of the program and are read at their first use only. Words for people
//! are not here: rows have ids, and the texts are Fluent messages (`receivers.ftl`, `bounces.ftl`).

pub mod blocklists;
pub mod conditions;
pub mod pattern;
pub mod providers;
pub mod receivers;
pub mod selectors;
pub mod smtp_codes;
pub mod spam_headers;

use serde::Deserialize as _;
use serde::de::{DeserializeOwned, Deserializer, Error};

pub use crate::finding::Severity;

/// Reads an embedded table.
///
/// The text is part of the program and a test parses it strictly, so a failure cannot be met at run time; were it met,
/// the table would be empty and everything that rests on it unknown.
fn load<T: DeserializeOwned + Default>(text: &str) -> T {
    toml::from_str(text).unwrap_or_default()
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<jiff::civil::Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

#[cfg(test)]
mod tests;
