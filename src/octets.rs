//! Octets as recordings hold them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Octets that are saved as text where they are UTF-8, else as `{"base64": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Octets(pub Vec<u8>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Saved<T> {
    Text(T),
    Octets { base64: String },
}

impl std::ops::Deref for Octets {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let saved = match std::str::from_utf8(&self.0) {
            Ok(text) => Saved::Text(text),
            Err(_) => Saved::Octets { base64: BASE64.encode(&self.0) },
        };
        saved.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Saved::<String>::deserialize(deserializer)? {
            Saved::Text(text) => Ok(Self(text.into_bytes())),
            Saved::Octets { base64 } => BASE64.decode(base64).map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// For `#[serde(with = "octets::one")]` on a `Vec<u8>`.
pub(crate) mod one {
    use super::{Deserialize as _, Deserializer, Octets, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        Octets(octets.to_vec()).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Ok(Octets::deserialize(deserializer)?.0)
    }
}

/// For `#[serde(with = "octets::list")]` on a `Vec<Vec<u8>>`.
pub(crate) mod list {
    use super::{Deserialize as _, Deserializer, Octets, Serializer};

    pub(crate) fn serialize<S: Serializer>(list: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(|octets| Octets(octets.clone())))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
        Ok(Vec::<Octets>::deserialize(deserializer)?.into_iter().map(|octets| octets.0).collect())
    }
}
