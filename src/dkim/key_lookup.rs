//! Finding the key of a signature (RFC 6376 §3.6.2, §6.1.2).

use std::sync::Arc;

use super::key_record::{self, KeyRecord, KeyType, ProblemKind};
use super::public_key::ReadyKey;
use crate::dns::derived::Derived;
use crate::dns::{Answer, DnsError, Name, RecordType, Resolver};

/// At most so many records at one name are tried.
const MOST_RECORDS: usize = 10;

/// What a key record says, as far as a verifier needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The record.
    pub record: KeyRecord,
    /// `p=`: `None` if revoked; else the key, or why it is none that can be used, for people.
    pub material: Option<Result<ReadyKey, String>>,
}

/// What was found at a name: all records that are key records, in the order of the answer.
pub type Found = Result<Vec<Key>, LookupError>;

/// The keys of a run, each read once.
#[derive(Debug, Default)]
pub struct KeyCache(Derived<Found>);

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
    let name = [selector.as_str(), "._domainkey.", domain.as_str()].concat();
    Name::parse(&name)
}

/// Asks for the keys at a name.
pub async fn look_up(resolver: &dyn Resolver, cache: &KeyCache, name: &Name) -> Arc<Found> {
    match resolver.lookup(name, RecordType::Txt).await {
        Err(error) if error.is_absent() => Arc::new(Err(LookupError::NotFound(error))),
        Err(error) => Arc::new(Err(LookupError::Dns(error))),
        Ok(answer) => cache.0.get(name, &answer, read),
    }
}

fn read(answer: &Answer) -> Found {
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

/// Reads a key record as a verifier has to: what RFC 6376 calls void is void.
///
/// # Errors
/// Why the text is no key record, for people.
pub fn parse(text: &str) -> Result<Key, String> {
    let record = match key_record::parse(text) {
        record if record.problems.iter().any(|p| matches!(p.kind, ProblemKind::TagCase(_))) => {
            key_record::parse(&without_capitals(text, &record))
        }
        record => record,
    };
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
        (key_record::Key::Usable(key), None) => Some(ReadyKey::new(key.clone()).map_err(|error| error.to_string())),
        (_, why) => Some(Err(why.unwrap_or_else(|| "p= holds no key".to_owned()))),
    };
    Ok(Key { record, material })
}

/// RFC 6376 §3.2: names of tags are case-sensitive, and a tag that is not known is passed over. All known names are in
/// lower case, so what `lint` takes for a slip says nothing to a verifier: it is cut out.
fn without_capitals(text: &str, record: &KeyRecord) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for tag in &record.tags {
        let (start, end) = (tag.name.span.start, tag.value.span.end);
        let capital = text.get(tag.name.span.clone()).is_some_and(|n| n.bytes().any(|b| b.is_ascii_uppercase()));
        if capital && start >= at && end >= start {
            kept.push_str(text.get(at..start).unwrap_or_default());
            at = end;
        }
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    kept
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_are_not_known_are_passed_over() {
        let p = "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        for extra in ["x=1", "T=y:s", "H=sha1", "S=web; N=note", "V=DKIM2", "K=rsa"] {
            let key = parse(&format!("v=DKIM1; k=ed25519; {extra}; {p}")).unwrap();
            assert!(matches!(key.material, Some(Ok(_))), "{extra}: {:?}", key.material);
            assert!(key.record.testing().is_none() && key.record.allows_hash("sha256"), "{extra}");
            assert!(key.record.allows_email() && key.is_of_type("ed25519"), "{extra}");
        }
        assert_eq!(parse(&format!("v=DKIM1; k=ed25519; {}", p.replace("p=", "P="))), Err("p= is missing".to_owned()));
        assert!(parse(&format!("v=DKIM1; k=ed25519; t=y; t=s; {p}")).is_err());
    }
}
