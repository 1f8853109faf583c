//! DKIM key records (RFC 6376 §3.6.1, RFC 8301, RFC 8463), read the way a reviewer reads them.
//!
//! [`parse`] never gives up: it takes what it can use and lists everything that is wrong, each
//! [`Problem`] with the octets it is about. What goes wrong in practice is kept apart by
//! [`ProblemClass`]: a typing error, quotes and backslashes pasted along, a key that was cut,
//! a private key in public. An echo of a fault is not listed beside it.

mod material;
mod paste;
mod tags;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use super::keys::{Algorithm, PublicKey, RsaForm, RsaPublicKey};

/// A key record with all that was found wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// The tags in the order of the record; names as written.
    pub tags: Vec<Tag>,
    /// `k=`: the kind of key.
    pub key_type: KeyType,
    /// `p=`: the key.
    pub key: Key,
    /// `h=`: the hash names allowed; `None` allows all.
    pub hashes: Option<Vec<Token>>,
    /// `s=`: the services the key is for; `None` means all.
    pub services: Option<Vec<Token>>,
    /// `t=`: the flags; none without the tag.
    pub flags: Vec<Token>,
    /// `n=`: the note.
    pub notes: Option<String>,
    /// What is wrong, in the order of the record.
    pub problems: Vec<Problem>,
}

/// A piece of the record and where it stands in the text (bytes).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The piece, without the blanks around it.
    pub text: String,
    /// Its place in the text that was parsed.
    pub span: Range<usize>,
}

/// A tag and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The name.
    pub name: Token,
    /// The value, without the blanks around it.
    pub value: Token,
}

impl Tag {
    /// From the name to the end of the value.
    pub fn span(&self) -> Range<usize> {
        self.name.span.start..self.value.span.end
    }
}

/// The value of `k=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyType {
    /// A kind that DKIM defines; RSA when the tag is absent.
    Known(Algorithm),
    /// Another one: receivers ignore the record.
    Unknown(String),
}

/// The value of `p=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// There is no `p=`: no valid key record.
    Missing,
    /// `p=` is empty: the key has been revoked.
    Revoked,
    /// A key that decodes.
    Usable(PublicKey),
    /// Something else; the problems say what.
    Unusable,
}

/// Something wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where, in bytes of the text that was parsed.
    pub span: Range<usize>,
}

/// The rule that a problem belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemClass {
    /// Not a valid key record (`dkim-key-syntax`).
    Syntax,
    /// Presentation pasted into the value (`dkim-key-quoted`).
    Quoted,
    /// Cut or joined wrongly (`dkim-key-split`).
    Split,
    /// A private key in DNS (`dkim-private-key-published`).
    PrivateKey,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The text is empty.
    Empty,
    /// The text is the target of a CNAME record, not a key.
    HostName(String),
    /// A piece that is no `name=value`.
    NotATag,
    /// Nothing between two semicolons, or before the first.
    EmptyTag,
    /// A tag that occurs twice: the whole list is void (RFC 6376 §3.2).
    DuplicateTag(String),
    /// A tag in the wrong case; this is how it is written.
    TagCase(String),
    /// A semicolon is missing before this tag.
    MissingSemicolon(String),
    /// A character that no tag value may hold.
    BadCharacter(char),
    /// `v=` is not the first tag.
    VersionNotFirst,
    /// `v=` is not exactly `DKIM1`.
    BadVersion(String),
    /// `k=` names an unknown kind of key.
    UnknownKeyType(String),
    /// `k=` in another case than RFC 6376 writes it.
    KeyTypeCase(String),
    /// There is no `p=`.
    KeyMissing,
    /// The base64 of a key stands there without `p=`.
    KeyWithoutTag,
    /// Characters in `p=` that are not base64.
    BadBase64,
    /// The `=` at the end are missing or too many.
    BadPadding,
    /// `p=` holds the lines around a PEM file; this is the bare value.
    PemArmor(String),
    /// `p=` decodes, but to no key.
    NoKey,
    /// The key is none that can be used: even modulus, or an exponent that is even or 1.
    BrokenKey,
    /// The key is of another kind than `k=` says.
    KeyTypeMismatch(Algorithm),
    /// An Ed25519 key wrapped in ASN.1; the value should be this (RFC 8463 §4.2).
    Ed25519Wrapped(String),
    /// An empty value where the tag needs one.
    EmptyValue(String),
    /// Quotes, backslashes or parentheses inside the value; without them it would be this.
    Quoted(String),
    /// The key ends early, or has a piece missing; octets that should be there and that are.
    Cut {
        /// Octets the key says it has; `None` where its length cannot be seen.
        expected: Option<usize>,
        /// Octets that are there.
        found: usize,
    },
    /// The key goes on after its end: a piece occurs twice.
    Doubled {
        /// Octets the key says it has.
        expected: usize,
        /// Octets that are there.
        found: usize,
    },
    /// A private key.
    PrivateKey,
}

impl ProblemKind {
    /// The rule it belongs to.
    pub fn class(&self) -> ProblemClass {
        match self {
            Self::Quoted(_) => ProblemClass::Quoted,
            Self::Cut { .. } | Self::Doubled { .. } => ProblemClass::Split,
            Self::PrivateKey => ProblemClass::PrivateKey,
            _ => ProblemClass::Syntax,
        }
    }

    /// Whether receivers cannot use the record because of it. The others are read differently
    /// from one receiver to the next.
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Self::EmptyTag | Self::KeyTypeCase(_) | Self::BadPadding | Self::EmptyValue(_))
    }
}

impl KeyRecord {
    /// The key, if the record as published can be used to verify: it has one and no fatal problem.
    pub fn usable_key(&self) -> Option<&PublicKey> {
        match &self.key {
            Key::Usable(key) if !self.has_fatal_problem() => Some(key),
            _ => None,
        }
    }

    /// Whether something makes the record void.
    pub fn has_fatal_problem(&self) -> bool {
        self.problems.iter().any(|p| p.kind.is_fatal())
    }

    /// The key that was recovered, even if the record around it is void.
    pub fn public_key(&self) -> Option<&PublicKey> {
        match &self.key {
            Key::Usable(key) => Some(key),
            _ => None,
        }
    }

    /// The problems of one rule.
    pub fn problems_of(&self, class: ProblemClass) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |p| p.kind.class() == class)
    }

    /// Whether `p=` is there and empty (RFC 6376 §3.6.1).
    pub fn is_revoked(&self) -> bool {
        self.key == Key::Revoked
    }

    /// Bits of the key that was recovered.
    pub fn bits(&self) -> Option<usize> {
        self.public_key().map(PublicKey::bits)
    }

    /// SHA-256 of the key material, in hexadecimal, to find one key at several names.
    pub fn fingerprint(&self) -> Option<String> {
        self.public_key().map(PublicKey::fingerprint)
    }

    /// The `y` of `t=`: the domain is testing DKIM.
    pub fn testing(&self) -> Option<&Token> {
        self.flags.iter().find(|f| f.text == "y")
    }

    /// The `s` of `t=`: `i=` must be the very domain of `d=`.
    pub fn strict(&self) -> Option<&Token> {
        self.flags.iter().find(|f| f.text == "s")
    }

    /// Whether `h=` allows this hash (`sha256`).
    pub fn allows_hash(&self, hash: &str) -> bool {
        self.hashes.as_ref().is_none_or(|list| list.iter().any(|h| h.text.eq_ignore_ascii_case(hash)))
    }

    /// Whether `h=` lists SHA-1 and nothing else, which RFC 8301 §3.1 forbids.
    pub fn is_sha1_only(&self) -> bool {
        self.hashes.as_ref().is_some_and(|list| list.iter().all(|h| h.text.eq_ignore_ascii_case("sha1")))
    }

    /// Whether `s=` allows mail: it is absent, or lists `*` or `email`.
    pub fn allows_email(&self) -> bool {
        self.services
            .as_ref()
            .is_none_or(|list| list.iter().any(|s| s.text == "*" || s.text.eq_ignore_ascii_case("email")))
    }

    /// The first tag of this name.
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|t| t.name.text == name)
    }
}

/// The canonical form: `v=DKIM1; k=…;` then what is not the default, `p=` last.
impl fmt::Display for KeyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=DKIM1; k=")?;
        match &self.key_type {
            KeyType::Known(algorithm) => algorithm.fmt(f)?,
            KeyType::Unknown(name) => f.write_str(name)?,
        }
        let mut list = |name: &str, tokens: &[Token]| match tokens {
            [] => Ok(()),
            _ => write!(f, "; {name}={}", tokens.iter().map(|t| &*t.text).collect::<Vec<_>>().join(":")),
        };
        list("h", self.hashes.as_deref().unwrap_or_default())?;
        list("s", self.services.as_deref().unwrap_or_default())?;
        list("t", &self.flags)?;
        if let Some(notes) = &self.notes {
            write!(f, "; n={notes}")?;
        }
        match &self.key {
            Key::Missing => Ok(()),
            Key::Revoked => f.write_str("; p="),
            Key::Usable(key) => write!(f, "; p={}", key.to_base64()),
            Key::Unusable => {
                let text = self.tag("p").map_or("", |t| &*t.value.text);
                write!(f, "; p={}", text.split_ascii_whitespace().collect::<String>())
            }
        }
    }
}

/// Reads a key record: the joined strings of one TXT record.
///
/// Takes time and space linear in the text. Spans are byte offsets into `text`.
pub fn parse(text: &str) -> KeyRecord {
    if material::contains_pem_private_key(text) {
        let start = text.find("-----BEGIN ").unwrap_or(0);
        return only(ProblemKind::PrivateKey, start..trimmed(text).end);
    }
    if text.trim().is_empty() {
        return only(ProblemKind::Empty, 0..text.len());
    }
    if let Some(host) = paste::host_name(text) {
        return only(ProblemKind::HostName(host), trimmed(text));
    }
    match paste::clean(text) {
        None => tags::read(text),
        Some(cleaned) => {
            let mut record = tags::read(&cleaned.text);
            let map = |span: &mut Range<usize>| *span = cleaned.original(span);
            for tag in &mut record.tags {
                map(&mut tag.name.span);
                map(&mut tag.value.span);
            }
            let lists = [record.hashes.as_mut(), record.services.as_mut(), Some(&mut record.flags)];
            lists.into_iter().flatten().flatten().for_each(|token| map(&mut token.span));
            record.problems.iter_mut().for_each(|problem| map(&mut problem.span));
            let tidy = cleaned.text.trim().to_owned();
            record.problems.push(Problem { kind: ProblemKind::Quoted(tidy), span: cleaned.first });
            record.problems.sort_by_key(|p| p.span.start);
            record
        }
    }
}

/// Whether a text is plainly meant as a DKIM key record, wherever it stands.
///
/// A revocation counts (`v=DKIM1; p=`), so does a key with pasted quotes; a record of another
/// kind (`v=spf1`, `v=DMARC1`), a host name and a note do not.
pub fn is_key_record_like(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || "\"'\\(".contains(c));
    let version: String = head.chars().filter(|c| !c.is_whitespace() && *c != '\\').take(7).collect();
    if version.eq_ignore_ascii_case("v=DKIM1") || material::contains_pem_private_key(text) {
        return true;
    }
    if head.starts_with(['v', 'V']) && version.as_bytes().get(1) == Some(&b'=') {
        return false;
    }
    let record = parse(text);
    let named = record.tag("k").is_some() && matches!(record.key_type, KeyType::Known(_));
    match record.key {
        Key::Usable(_) => true,
        Key::Revoked => named,
        Key::Unusable => record.tag("p").is_some_and(|p| named || p.value.text.len() >= 100),
        Key::Missing => record.problems.iter().any(|p| p.kind == ProblemKind::KeyWithoutTag),
    }
}

/// Whether the text holds a private key, in PEM or as the base64 of one.
pub fn holds_private_key(text: &str) -> bool {
    parse(text).problems.iter().any(|p| p.kind == ProblemKind::PrivateKey)
}

/// A record of which only this can be said.
fn only(kind: ProblemKind, span: Range<usize>) -> KeyRecord {
    let key = if matches!(kind, ProblemKind::PrivateKey) { Key::Unusable } else { Key::Missing };
    KeyRecord { key, problems: vec![Problem { kind, span }], ..KeyRecord::empty() }
}

impl KeyRecord {
    /// A record without any tag.
    fn empty() -> Self {
        Self {
            tags: Vec::new(),
            key_type: KeyType::Known(Algorithm::Rsa),
            key: Key::Missing,
            hashes: None,
            services: None,
            flags: Vec::new(),
            notes: None,
            problems: Vec::new(),
        }
    }
}

/// Where the text is without the blanks around it.
fn trimmed(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..(start + text.trim().len())
}

#[cfg(test)]
mod tests;
