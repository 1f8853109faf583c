//! Finding the key of a signature (RFC 6376 §3.6.2, §6.1.2).

use super::key_record::{self, KeyRecord, KeyType, ProblemKind};
use super::public_key::PublicKey;
use crate::dns::{DnsError, Name, RecordType, Resolver};

/// At most so many records at one name are tried.
const MOST_RECORDS: usize = 10;

/// What a key record says, as far as a verifier needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The record.
    pub record: KeyRecord,
    /// `p=`: `None` if revoked; else the key, or why it is none that can be used, for people.
    pub material: Option<Result<PublicKey, String>>,
}

/// Why there is no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookupError {
    /// The DNS has none: NXDOMAIN or no TXT record.
    NotFound(DnsError),
    /// The DNS did not say.
    Dns(DnsError),
    /// TXT records are there, none is a key record; why the first is none.
    Syntax(String),
}

/// The name of a key: `selector._domainkey.domain`.
///
/// # Errors
/// The name would be too long.
pub fn key_name(selector: &Name, domain: &Name) -> Result<Name, crate::dns::NameError> {
    domain.prepend(&format!("{selector}._domainkey"))
}

/// Asks for a key; all records at the name that are key records, in the order of the answer.
///
/// # Errors
/// [`LookupError`]
pub async fn look_up(resolver: &dyn Resolver, name: &Name) -> Result<Vec<Key>, LookupError> {
    match resolver.lookup(name, RecordType::Txt).await {
        Err(error) if error.is_absent() => Err(LookupError::NotFound(error)),
        Err(error) => Err(LookupError::Dns(error)),
        Ok(answer) => {
            let mut keys = Vec::new();
            let mut fault = None;
            // RFC 6376 §6.1.2 lets a verifier pick a record; what is none is dropped, the others are tried in turn.
            for text in answer.texts().take(MOST_RECORDS) {
                match parse(&text.to_text()) {
                    Ok(key) => keys.push(key),
                    Err(why) => drop(fault.get_or_insert(why)),
                }
            }
            match (keys.is_empty(), fault) {
                (false, _) => Ok(keys),
                (true, Some(why)) => Err(LookupError::Syntax(why)),
                (true, None) => Err(LookupError::NotFound(DnsError::NoData)),
            }
        }
    }
}

/// Reads a key record as a verifier has to: what RFC 6376 calls void is void.
///
/// # Errors
/// Why the text is no key record, for people.
pub fn parse(text: &str) -> Result<Key, String> {
    let record = key_record::parse(text);
    let mut unusable = None;
    for problem in record.problems.iter().filter(|p| p.kind.is_fatal()) {
        match (of_material(&problem.kind), words(&problem.kind)) {
            (false, why) => return Err(why),
            (true, why) => drop(unusable.get_or_insert(why)),
        }
    }
    let material = match (&record.key, unusable) {
        (key_record::Key::Missing, _) => return Err("p= is missing".to_owned()),
        (key_record::Key::Revoked, _) => None,
        (key_record::Key::Usable(key), None) => Some(match key.check() {
            Ok(()) => Ok(key.clone()),
            Err(error) => Err(error.to_string()),
        }),
        (_, why) => Some(Err(why.unwrap_or_else(|| "p= holds no key".to_owned()))),
    };
    Ok(Key { record, material })
}

impl Key {
    /// Whether the record is for keys of this type (`rsa`, `ed25519`).
    pub fn is_of_type(&self, wanted: &str) -> bool {
        matches!(&self.record.key_type, KeyType::Known(algorithm) if algorithm.as_str() == wanted)
    }
}

/// Whether a problem is one of the key alone: the record around it still says what it is for.
fn of_material(kind: &ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::UnknownKeyType(_)
            | ProblemKind::BadBase64
            | ProblemKind::PemArmor(_)
            | ProblemKind::NoKey
            | ProblemKind::BrokenKey
            | ProblemKind::KeyTypeMismatch(_)
            | ProblemKind::Ed25519Wrapped(_)
            | ProblemKind::Cut { .. }
            | ProblemKind::Doubled { .. }
            | ProblemKind::PrivateKey
    )
}

/// What is wrong, in a few English words.
fn words(kind: &ProblemKind) -> String {
    let text = match kind {
        ProblemKind::Empty => "it is empty",
        ProblemKind::HostName(_) => "it is a host name, as if for a CNAME",
        ProblemKind::NotATag | ProblemKind::EmptyTag | ProblemKind::EmptyValue(_) => "it is no list of tags",
        ProblemKind::DuplicateTag(name) => return format!("the tag {name}= occurs twice"),
        ProblemKind::TagCase(name) => return format!("the tag {name}= is written in the wrong case"),
        ProblemKind::MissingSemicolon(name) => return format!("a semicolon is missing before {name}="),
        ProblemKind::BadCharacter(_) => "it holds a character that no tag may hold",
        ProblemKind::VersionNotFirst => "v= is not the first tag",
        ProblemKind::BadVersion(_) => "v= is not DKIM1",
        ProblemKind::UnknownKeyType(_) | ProblemKind::KeyTypeCase(_) => "the type of the key is not known",
        ProblemKind::KeyMissing | ProblemKind::KeyWithoutTag => "p= is missing",
        ProblemKind::BadBase64 | ProblemKind::BadPadding => "p= is no base64",
        ProblemKind::PemArmor(_) => "p= holds the lines around a PEM file",
        ProblemKind::NoKey => "p= holds no key of its type",
        ProblemKind::BrokenKey => "the RSA key has an unusable modulus or exponent",
        ProblemKind::KeyTypeMismatch(_) => "the key is of another type than k= says",
        ProblemKind::Ed25519Wrapped(_) => {
            "the Ed25519 key is wrapped in SubjectPublicKeyInfo, only its last 32 octets belong in p="
        }
        ProblemKind::Quoted(_) => "quotes or backslashes stand in it",
        ProblemKind::Cut { .. } => "the key is cut short",
        ProblemKind::Doubled { .. } => "the key goes on after its end",
        ProblemKind::PrivateKey => "p= holds a private key",
    };
    text.to_owned()
}
