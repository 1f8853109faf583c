//! Public keys as they stand in `p=` (RFC 6376 §3.6.1, RFC 8463 §4), and what they say of a signature.

use aws_lc_rs::digest::Digest;
use aws_lc_rs::signature::{
    ED25519, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use rsa::pkcs1::der::Decode as _;
use rsa::pkcs8::SubjectPublicKeyInfoRef;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};

use super::hash::HashAlgorithm;

/// RSA keys above this are refused: to verify with them costs too much.
const MOST_BITS: usize = 16_384;
/// Octets of the largest public exponent; 65537 needs three.
const MOST_EXPONENT_OCTETS: usize = 4;

/// A key that signatures can be checked with.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum PublicKey {
    /// RSA: modulus and exponent, big-endian without leading zeros.
    Rsa {
        /// n
        modulus: Vec<u8>,
        /// e
        exponent: Vec<u8>,
    },
    /// Ed25519.
    Ed25519([u8; 32]),
}

/// Why octets are no usable key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Neither SubjectPublicKeyInfo nor RSAPublicKey.
    #[error("the key is no RSA public key in DER")]
    NotRsa,
    /// Ed25519 keys are 32 octets.
    #[error("an Ed25519 key has 32 octets, this one has {0}")]
    Ed25519Length(usize),
    /// An Ed25519 key in SubjectPublicKeyInfo; `p=` takes the bare 32 octets (RFC 8463 §4).
    #[error("the Ed25519 key is wrapped in SubjectPublicKeyInfo, only its last 32 octets belong in p=")]
    Ed25519Wrapped,
    /// An RSA modulus of more than 16384 bits.
    #[error("the RSA key has {0} bits, more than 16384")]
    TooLarge(usize),
    /// An even modulus, or an exponent that is even, 1, or longer than 32 bits.
    #[error("the RSA key has an unusable modulus or exponent")]
    BadNumbers,
}

impl PublicKey {
    /// Reads an RSA key: SubjectPublicKeyInfo as everybody publishes, or RSAPublicKey as RFC 6376 says.
    ///
    /// # Errors
    /// [`KeyError`]; nothing may follow the key.
    pub fn rsa_from_der(der: &[u8]) -> Result<Self, KeyError> {
        let inner = match SubjectPublicKeyInfoRef::from_der(der) {
            Ok(info) if info.algorithm.oid == rsa::pkcs1::ALGORITHM_OID => {
                info.subject_public_key.as_bytes().ok_or(KeyError::NotRsa)?
            }
            Ok(_) => return Err(KeyError::NotRsa),
            Err(_) => der,
        };
        let key = rsa::pkcs1::RsaPublicKey::from_der(inner).map_err(|_| KeyError::NotRsa)?;
        let (modulus, exponent) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
        let bits = bit_length(modulus);
        if bits > MOST_BITS {
            return Err(KeyError::TooLarge(bits));
        }
        let odd = |number: &[u8]| number.last().is_some_and(|b| b & 1 == 1);
        if !odd(modulus) || !odd(exponent) || exponent == [1] || exponent.len() > MOST_EXPONENT_OCTETS || bits < 128 {
            return Err(KeyError::BadNumbers);
        }
        Ok(Self::Rsa { modulus: modulus.to_vec(), exponent: exponent.to_vec() })
    }

    /// Reads an Ed25519 key: the bare 32 octets (RFC 8463 §4).
    ///
    /// # Errors
    /// [`KeyError`], telling a wrapped key apart.
    pub fn ed25519_from_octets(octets: &[u8]) -> Result<Self, KeyError> {
        match <[u8; 32]>::try_from(octets) {
            Ok(key) => Ok(Self::Ed25519(key)),
            Err(_) if SubjectPublicKeyInfoRef::from_der(octets).is_ok() => Err(KeyError::Ed25519Wrapped),
            Err(_) => Err(KeyError::Ed25519Length(octets.len())),
        }
    }

    /// `rsa` or `ed25519`.
    pub fn key_type(&self) -> &'static str {
        match self {
            Self::Rsa { .. } => "rsa",
            Self::Ed25519(_) => "ed25519",
        }
    }

    /// The length of the modulus, or 256.
    pub fn bits(&self) -> usize {
        match self {
            Self::Rsa { modulus, .. } => bit_length(modulus),
            Self::Ed25519(_) => 256,
        }
    }

    /// Whether a signature fits a hash (RSASSA-PKCS1-v1_5; Ed25519 takes the hash as its message, RFC 8463 §3).
    pub fn verify(&self, hash: HashAlgorithm, digest: &Digest, signature: &[u8]) -> bool {
        match self {
            Self::Ed25519(key) => UnparsedPublicKey::new(&ED25519, key).verify(digest.as_ref(), signature).is_ok(),
            Self::Rsa { modulus, exponent } => {
                let parameters = match hash {
                    HashAlgorithm::Sha1 => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
                    HashAlgorithm::Sha256 => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
                };
                if (1024..=8192).contains(&self.bits()) {
                    let key = RsaPublicKeyComponents { n: modulus, e: exponent };
                    let parsed = key.to_parsed_public_key(parameters);
                    return parsed.is_ok_and(|key| key.verify_digest_sig(digest, signature).is_ok());
                }
                // Sizes that the other library refuses: still judged, if only to say so.
                let (n, e) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
                let Ok(key) = RsaPublicKey::new_with_max_size(n, e, MOST_BITS) else { return false };
                let scheme = match hash {
                    HashAlgorithm::Sha1 => Pkcs1v15Sign::new::<sha1::Sha1>(),
                    HashAlgorithm::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
                };
                key.verify(scheme, digest.as_ref(), signature).is_ok()
            }
        }
    }
}

fn bit_length(number: &[u8]) -> usize {
    let number = &number[number.iter().position(|&b| b != 0).unwrap_or(number.len())..];
    number.first().map_or(0, |b| number.len() * 8 - b.leading_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        assert_eq!(bit_length(&[0, 1, 0]), 9);
        assert_eq!(bit_length(&[0x80]), 8);
        assert_eq!(bit_length(&[]), 0);
    }

    #[test]
    fn wrapped_ed25519_is_told_apart() {
        let mut wrapped = vec![0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
        wrapped.extend([7; 32]);
        assert_eq!(PublicKey::ed25519_from_octets(&wrapped), Err(KeyError::Ed25519Wrapped));
        assert_eq!(PublicKey::ed25519_from_octets(&[1; 31]), Err(KeyError::Ed25519Length(31)));
        assert_eq!(PublicKey::rsa_from_der(&wrapped), Err(KeyError::NotRsa));
        assert_eq!(PublicKey::rsa_from_der(b""), Err(KeyError::NotRsa));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(der in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let _ = PublicKey::rsa_from_der(&der);
        }
    }
}
