//! Finding the key of a signature (RFC 6376 §3.6.2, §6.1.2).

use super::public_key::{KeyError, PublicKey};
use super::tags::TagList;
use crate::dns::{DnsError, Name, RecordType, Resolver};

/// At most so many records at one name are tried.
const MOST_RECORDS: usize = 10;

/// What a key record says, as far as a verifier needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// `k=`
    pub key_type: String,
    /// `h=`: the hash functions allowed; `None` for all.
    pub hashes: Option<Vec<String>>,
    /// `s=` allows mail.
    pub for_email: bool,
    /// `t=y`
    pub testing: bool,
    /// `t=s`
    pub strict: bool,
    /// `p=`: `None` if revoked.
    pub material: Option<Result<PublicKey, KeyMaterialError>>,
}

/// Why `p=` holds no usable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyMaterialError {
    /// No base64.
    #[error("p= is no base64")]
    Base64,
    /// Not a key of its type.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A type of key that nobody knows: such a record is ignored.
    #[error("the type of the key is not known")]
    UnknownType,
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

/// Reads a key record.
///
/// # Errors
/// Why the text is no key record, for people.
pub fn parse(text: &str) -> Result<Key, String> {
    let tags = TagList::parse(text).map_err(|e| e.to_string())?;
    // RFC 6376 §3.6.1: v= must be the first tag and DKIM1, else the record is discarded.
    if let Some(version) = tags.value("v") {
        if version != "DKIM1" {
            return Err("v= is not DKIM1".to_owned());
        }
        if tags.tags.first().is_none_or(|t| t.name != "v") {
            return Err("v= is not the first tag".to_owned());
        }
    }
    let p = tags.get("p").ok_or("p= is missing")?;
    let key_type = tags.value("k").unwrap_or("rsa").to_owned();
    let flag = |flag: &str| tags.get("t").is_some_and(|t| t.parts().any(|f| f == flag));
    let material = if p.value.is_empty() {
        None
    } else {
        Some(match (key_type.as_str(), p.base64()) {
            (_, None) => Err(KeyMaterialError::Base64),
            ("rsa", Some(der)) => PublicKey::rsa_from_der(&der).map_err(Into::into),
            ("ed25519", Some(octets)) => PublicKey::ed25519_from_octets(&octets).map_err(Into::into),
            _ => Err(KeyMaterialError::UnknownType),
        })
    };
    Ok(Key {
        hashes: tags.get("h").map(|t| t.parts().map(str::to_owned).collect()),
        for_email: tags.get("s").is_none_or(|t| t.parts().any(|s| matches!(s, "*" | "email"))),
        testing: flag("y"),
        strict: flag("s"),
        key_type,
        material,
    })
}
