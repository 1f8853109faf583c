//! What receivers and their filters write into the header of a message, and what it means.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("spam_headers.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub field: Vec<SpamField>,
    #[serde(default)]
    pub value: Vec<SpamValue>,
}

/// A header field that a filter writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpamField {
    /// Its name in lower case.
    pub name: String,
    /// Whose it is, as people call it.
    pub filter: String,
    /// How it is read.
    pub reader: Reader,
    /// Whether a document or a sample shows it.
    pub verified: bool,
    /// Which.
    pub source: String,
    /// The day it was looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// How a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// `Yes, score=8.1 required=5.0 tests=A,B`.
    Points,
    /// `YES`, `NO`.
    Flag,
    /// `default: False [3.20 / 15.00]; SYMBOL(1.00)[…]; …`.
    Rspamd,
    /// `CIP:192.0.2.1;SCL:5;SFV:SPM;CAT:SPM;…`.
    Forefront,
    /// `BCL:4;`.
    BulkLevel,
    /// `…;dest:J;…`.
    Mailbox,
    /// A spam confidence level alone.
    Confidence,
    /// `6 (reason); Detail=V3;`.
    Gmx,
    /// `junk:10;V03:…`.
    UnitedInternet,
    /// The same of the filter on the sending side.
    UnitedInternetOut,
    /// `id::time-…/0/0 CLEAN NORMAL`.
    TOnline,
    /// The field is there.
    BulkFolder,
    /// A word.
    Vade,
    /// `rule=notspam policy=…`.
    Proofpoint,
    /// A reputation from -10 to 10.
    Reputation,
    /// The field is there: a script on the sender's web space made the message.
    WebScript,
    /// The field is there: a service put a signature or a disclaimer into the body.
    Rewritten,
    /// The field is there: the message had to wait.
    Greylisted,
    /// Shown as it is.
    Quote,
    /// Not shown: another system's word that was carried along.
    Ignore,
}

/// A word in such a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpamValue {
    /// Which kind of word.
    pub table: String,
    /// The words of this meaning.
    pub values: Vec<String>,
    /// Id of the meaning; names the text `said-<meaning>`.
    pub meaning: String,
    /// What it says of the message, where it is a judgement.
    pub judgement: Option<Judgement>,
    /// Whether a document or a sample shows it.
    pub verified: bool,
    /// Which.
    pub source: String,
    /// The day it was looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// What a filter thinks of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// No spam.
    Clean,
    /// Spam.
    Spam,
}

/// Every field.
pub fn fields() -> &'static [SpamField] {
    &table().field
}

/// Every word.
pub fn values() -> &'static [SpamValue] {
    &table().value
}

/// The field of a name in any case.
pub fn field(name: &[u8]) -> Option<&'static SpamField> {
    fields().iter().find(|f| f.name.as_bytes().eq_ignore_ascii_case(name))
}

/// The meaning of a word; words are compared without case.
pub fn value(table: &str, word: &str) -> Option<&'static SpamValue> {
    let of = || values().iter().filter(|v| v.table == table);
    let class = |pattern: &str| {
        let digits = word.len() == pattern.len() && word.bytes().all(|b| b.is_ascii_digit());
        pattern.strip_suffix("xx").is_some_and(|start| digits && word.starts_with(start))
    };
    of().find(|v| v.values.iter().any(|value| value.eq_ignore_ascii_case(word)))
        .or_else(|| of().find(|v| v.values.iter().any(|value| class(value))))
}

fn table() -> &'static Table {
    TABLE.get_or_init(|| super::load(DATA))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::locales::{Catalogue, Language};

    #[test]
    fn the_table_is_sound_and_has_words() {
        toml::from_str::<Table>(DATA).unwrap();
        let mut seen = HashSet::new();
        for field in fields() {
            assert!(seen.insert(field.name.clone()) && !field.source.is_empty(), "{}", field.name);
            assert_eq!(field.verified, field.source != "unconfirmed", "{}", field.name);
        }
        for row in values() {
            for word in &row.values {
                assert!(seen.insert(format!("{} {word}", row.table)), "{word} twice");
            }
            assert_eq!(row.verified, row.source != "unconfirmed", "{}", row.meaning);
            for language in Language::ALL {
                assert!(Catalogue::of(language).has(&format!("said-{}", row.meaning), None), "{}", row.meaning);
            }
        }
    }

    #[test]
    fn words_are_found() {
        let meaning = |table, word| value(table, word).map(|v| v.meaning.as_str());
        assert_eq!(meaning("sfv", "spm"), Some("sfv-spm"));
        assert_eq!(meaning("compauth", "130"), Some("compauth-arc"));
        assert_eq!(meaning("compauth", "131"), Some("compauth-pass"));
        assert_eq!(meaning("compauth", "1abc"), None);
        assert_eq!(meaning("compauth", "1\u{e9}"), None);
    }
}
