//! What public keys say of a signature (RFC 6376 §3.3, RFC 8463 §3).

use aws_lc_rs::digest::Digest;
use aws_lc_rs::signature::{
    ED25519, ParsedPublicKey, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RsaPublicKeyComponents, UnparsedPublicKey,
};
use rsa::{BigUint, Pkcs1v15Sign};

use super::hash::HashAlgorithm;
pub use super::keys::PublicKey;

/// RSA keys above this are refused: to verify with them costs too much.
const MOST_BITS: usize = 16_384;
/// Below this a modulus cannot even hold a hash.
const LEAST_BITS: usize = 128;
/// Octets of the largest public exponent; 65537 needs three.
const MOST_EXPONENT_OCTETS: usize = 4;

/// Sizes that AWS-LC takes.
const SIZES: std::ops::RangeInclusive<usize> = 1024..=8192;

/// Why a key is not verified with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// An RSA modulus of more than 16384 bits.
    #[error("the RSA key has {0} bits, more than 16384")]
    TooLarge(usize),
    /// An even or tiny modulus, or an exponent that is even, 1, or longer than 32 bits.
    #[error("the RSA key has an unusable modulus or exponent")]
    BadNumbers,
}

/// A public key made ready to check many signatures with.
#[derive(Debug, Clone)]
pub struct ReadyKey {
    key: PublicKey,
    /// For RSA with SHA-256, what nearly all signatures are made with.
    rsa_sha256: Option<ParsedPublicKey>,
}

impl PartialEq for ReadyKey {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for ReadyKey {}

impl ReadyKey {
    /// Makes a key ready.
    ///
    /// # Errors
    /// [`KeyError`]
    pub fn new(key: PublicKey) -> Result<Self, KeyError> {
        key.check()?;
        let rsa_sha256 = match &key {
            PublicKey::Rsa(rsa) if SIZES.contains(&rsa.bits()) => {
                let components = RsaPublicKeyComponents { n: &rsa.modulus, e: &rsa.exponent };
                components.to_parsed_public_key(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY).ok()
            }
            _ => None,
        };
        Ok(Self { key, rsa_sha256 })
    }

    /// The key.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// As [`PublicKey::verify`].
    pub fn verify(&self, hash: HashAlgorithm, digest: &Digest, signature: &[u8]) -> bool {
        match (&self.rsa_sha256, hash) {
            (Some(key), HashAlgorithm::Sha256) => key.verify_digest_sig(digest, signature).is_ok(),
            _ => self.key.verify(hash, digest, signature),
        }
    }
}

impl PublicKey {
    /// Whether signatures can be checked with the key at a bearable cost.
    ///
    /// # Errors
    /// [`KeyError`]
    pub fn check(&self) -> Result<(), KeyError> {
        let Self::Rsa(key) = self else { return Ok(()) };
        let odd = |number: &[u8]| number.last().is_some_and(|b| b & 1 == 1);
        let exponent = &key.exponent;
        if key.bits() > MOST_BITS {
            return Err(KeyError::TooLarge(key.bits()));
        }
        let usable = odd(&key.modulus) && odd(exponent) && *exponent != [1] && exponent.len() <= MOST_EXPONENT_OCTETS;
        if usable && key.bits() >= LEAST_BITS { Ok(()) } else { Err(KeyError::BadNumbers) }
    }

    /// Whether a signature fits a hash (RSASSA-PKCS1-v1_5; Ed25519 takes the hash as its message, RFC 8463 §3).
    pub fn verify(&self, hash: HashAlgorithm, digest: &Digest, signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(digest.as_ref(), signature).is_ok(),
            Self::Rsa(_) if self.check().is_err() => false,
            Self::Rsa(key) => {
                let parameters = match hash {
                    HashAlgorithm::Sha1 => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
                    HashAlgorithm::Sha256 => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
                };
                if SIZES.contains(&key.bits()) {
                    let key = RsaPublicKeyComponents { n: &key.modulus, e: &key.exponent };
                    let parsed = key.to_parsed_public_key(parameters);
                    return parsed.is_ok_and(|key| key.verify_digest_sig(digest, signature).is_ok());
                }
                // Sizes that the other library refuses: still judged, if only to say so.
                let (n, e) = (BigUint::from_bytes_be(&key.modulus), BigUint::from_bytes_be(&key.exponent));
                let Ok(key) = rsa::RsaPublicKey::new_with_max_size(n, e, MOST_BITS) else { return false };
                let scheme = match hash {
                    HashAlgorithm::Sha1 => Pkcs1v15Sign::new::<sha1::Sha1>(),
                    HashAlgorithm::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
                };
                key.verify(scheme, digest.as_ref(), signature).is_ok()
            }
        }
    }
}
