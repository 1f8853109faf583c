//! Public keys as they are published (RFC 6376 §3.6.1, RFC 8463 §4).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::der::{self, DerError, Reader, oid, tag};

/// What begins the SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 §4); 32 octets follow.
pub(crate) const ED25519_SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0];

/// The kinds of keys that DKIM knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    Rsa,
    /// PureEdDSA over edwards25519 (RFC 8032).
    Ed25519,
}

impl Algorithm {
    /// The value of `k=` (RFC 6376 §3.6.1, RFC 8463 §4).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::Ed25519 => "ed25519",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown algorithm (rsa and ed25519 are known)")]
pub struct UnknownAlgorithm;

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;
    fn from_str(text: &str) -> Result<Self, UnknownAlgorithm> {
        match text {
            "rsa" => Ok(Self::Rsa),
            "ed25519" => Ok(Self::Ed25519),
            _ => Err(UnknownAlgorithm),
        }
    }
}

/// How an RSA key was wrapped; both are in use (RFC 6376 erratum 3017).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RsaForm {
    /// SubjectPublicKeyInfo (RFC 5280 §4.1), what everybody publishes.
    Spki,
    /// RSAPublicKey (RFC 8017 A.1.1), what RFC 6376 says.
    Pkcs1,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublicKey {
    /// An RSA key.
    Rsa(RsaPublicKey),
    /// The 32 octets of an Ed25519 key.
    Ed25519([u8; 32]),
}

/// Modulus and exponent, big-endian without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RsaPublicKey {
    /// The modulus.
    #[serde(with = "as_base64")]
    pub modulus: Vec<u8>,
    /// The public exponent.
    #[serde(with = "as_base64")]
    pub exponent: Vec<u8>,
    /// How it was found wrapped.
    pub form: RsaForm,
}

impl RsaPublicKey {
    /// Reads SubjectPublicKeyInfo or RSAPublicKey; nothing may follow.
    pub(crate) fn from_der(data: &[u8]) -> Result<Self, DerError> {
        let mut outer = Reader(data);
        let mut key = outer.sequence()?;
        if !outer.is_empty() {
            return Err(DerError::Malformed);
        }
        let mut form = RsaForm::Pkcs1;
        if key.peek() == Some(tag::SEQUENCE) {
            form = RsaForm::Spki;
            let mut algorithm = key.sequence()?;
            if algorithm.take(tag::OID)? != oid::RSA {
                return Err(DerError::Malformed);
            }
            let bits = key.take(tag::BIT_STRING)?;
            if !key.is_empty() || bits.first() != Some(&0) {
                return Err(DerError::Malformed);
            }
            let mut inner = Reader(&bits[1..]);
            key = inner.sequence()?;
            if !inner.is_empty() {
                return Err(DerError::Malformed);
            }
        }
        let (modulus, exponent) = (key.unsigned()?.to_vec(), key.unsigned()?.to_vec());
        if !key.is_empty() || modulus.is_empty() {
            return Err(DerError::Malformed);
        }
        Ok(Self { modulus, exponent, form })
    }

    /// Bits of the modulus.
    pub fn bits(&self) -> usize {
        der::bit_length(&self.modulus)
    }

    /// The public exponent, if it fits 64 bits.
    pub fn small_exponent(&self) -> Option<u64> {
        (self.exponent.len() <= 8).then(|| self.exponent.iter().fold(0, |n, &b| (n << 8) | u64::from(b)))
    }

    /// RSAPublicKey (RFC 8017 A.1.1).
    pub fn to_pkcs1_der(&self) -> Vec<u8> {
        der::element(tag::SEQUENCE, &[der::unsigned(&self.modulus), der::unsigned(&self.exponent)].concat())
    }

    /// SubjectPublicKeyInfo (RFC 5280 §4.1).
    pub fn to_spki_der(&self) -> Vec<u8> {
        let algorithm = der::element(tag::SEQUENCE, &[der::element(tag::OID, oid::RSA), vec![5, 0]].concat());
        let bits = der::element(tag::BIT_STRING, &[vec![0], self.to_pkcs1_der()].concat());
        der::element(tag::SEQUENCE, &[algorithm, bits].concat())
    }
}

impl PublicKey {
    /// The kind of key.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa(_) => Algorithm::Rsa,
            Self::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// Bits: of the modulus, or 256 for Ed25519.
    pub fn bits(&self) -> usize {
        match self {
            Self::Rsa(key) => key.bits(),
            Self::Ed25519(_) => 256,
        }
    }

    /// The octets that `p=` holds: SubjectPublicKeyInfo for RSA, the bare 32 octets for Ed25519 (RFC 8463 §4.2).
    pub fn to_published(&self) -> Vec<u8> {
        match self {
            Self::Rsa(key) => key.to_spki_der(),
            Self::Ed25519(key) => key.to_vec(),
        }
    }

    /// The value of `p=`.
    pub fn to_base64(&self) -> String {
        BASE64.encode(self.to_published())
    }

    /// The plainest key record: `v=DKIM1; k=…; p=…`.
    pub fn record_value(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.algorithm(), self.to_base64())
    }

    /// SHA-256 over what `p=` holds, in hexadecimal; the same for one key however it was wrapped.
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.to_published()).iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Octets as base64 in facts.
mod as_base64 {
    use super::BASE64;
    use base64::Engine as _;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64.encode(octets))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        BASE64.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
