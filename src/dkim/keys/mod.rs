//! Key pairs: made, read, written, used to sign (RFC 6376 §3.3, RFC 8301, RFC 8463).
//!
//! Private-key operations run in AWS-LC. RSA keys below 2048 bits, which AWS-LC does not take,
//! go through the `rsa` crate with blinding, and only where the caller allows weak keys.

pub(crate) mod der;
mod file;
mod flaws;
mod pem;
mod public;

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

pub use file::{KeyFileError, KeyFileWarning, check_absent, key_file_name, read_key_file, write_key_files};
pub use flaws::Flaw;
pub(crate) use public::ED25519_SPKI_PREFIX;
pub use public::{Algorithm, PublicKey, RsaForm, RsaPublicKey, UnknownAlgorithm};

/// Sizes that RSA keys are made with.
pub const RSA_SIZES: [usize; 3] = [2048, 3072, 4096];

/// Below this no RSA key signs (RFC 8301 §3.2).
pub const LEAST_RSA_BITS: usize = 1024;

/// Below this an RSA key signs only where the caller allows weak keys (RFC 8301 §3.2).
pub const STRONG_RSA_BITS: usize = 2048;

/// Whether RSA keys of 1024 to 2047 bits may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weak {
    /// They are an error.
    #[default]
    Refuse,
    /// They are used; the caller warns.
    Allow,
}

/// Why there is no private key to be had from a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing that looks like a key.
    #[error("no private key in it; a PEM file (PKCS#1 or PKCS#8) is expected, as `mailauth keygen` writes")]
    NoKey,
    /// Protected by a passphrase.
    #[error("the private key is encrypted; decrypt it first: `openssl pkey -in FILE -out NEWFILE`")]
    Encrypted,
    /// The public half alone.
    #[error("a public key, not the private key; name the file that holds the private key")]
    Public,
    /// A certificate.
    #[error("a certificate, not a private key; name the file that holds the private key")]
    Certificate,
    /// Another kind of key.
    #[error("{0} keys do not sign DKIM; make an RSA or Ed25519 key with `mailauth keygen`")]
    WrongKind(&'static str),
    /// OpenSSH's own format.
    #[error("a key in the format of OpenSSH; convert it (`ssh-keygen -p -m PKCS8`) or make one with `mailauth keygen`")]
    OpenSsh,
    /// The lines of the PEM file or what is between them.
    #[error("the private key does not decode: {0}")]
    Malformed(&'static str),
    /// Below 1024 bits.
    #[error("the RSA key has {0} bits; below 1024 no receiver accepts it, make one of 2048 with `mailauth keygen`")]
    TooShort(usize),
    /// 1024 to 2047 bits.
    #[error("the RSA key has {0} bits; use one of 2048, or allow it with --allow-weak")]
    WeakRsa(usize),
    /// Above what can be used.
    #[error("the RSA key has {0} bits; at most 8192 can be used")]
    TooLong(usize),
    /// A key that others can compute.
    #[error("the RSA key is not safe: {0}; make a new one with `mailauth keygen`")]
    Flawed(Flaw),
    /// The numbers do not belong together.
    #[error("the parts of the private key do not fit together")]
    Inconsistent,
    /// Another size than those that are made.
    #[error("RSA keys are made with 2048, 3072 or 4096 bits, not {0}")]
    Size(usize),
    /// The cryptographic library has failed.
    #[error("the cryptographic library failed")]
    Library,
}

/// A private key.
///
/// Its memory is wiped when it is dropped, and nothing of it is shown by `Debug`.
pub struct PrivateKey {
    inner: Inner,
    public: PublicKey,
}

enum Inner {
    Rsa(RsaKeyPair),
    WeakRsa(Box<rsa::RsaPrivateKey>),
    Ed25519(Ed25519KeyPair),
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({}, {} bits, redacted)", self.algorithm(), self.bits())
    }
}

/// A new key together with the PKCS#8 PEM to be written.
pub struct GeneratedKey {
    /// The key.
    pub key: PrivateKey,
    /// PKCS#8 in PEM, with the line end.
    pub pem: Zeroizing<String>,
}

impl fmt::Debug for GeneratedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

impl PrivateKey {
    /// Makes a key: RSA of 2048, 3072 or 4096 bits, or Ed25519 (`bits` does not matter then).
    ///
    /// # Errors
    /// [`KeyError::Size`] for another size, [`KeyError::Library`] when AWS-LC fails.
    pub fn generate(algorithm: Algorithm, bits: usize) -> Result<GeneratedKey, KeyError> {
        let der = match algorithm {
            Algorithm::Rsa => {
                let size = match bits {
                    2048 => KeySize::Rsa2048,
                    3072 => KeySize::Rsa3072,
                    4096 => KeySize::Rsa4096,
                    _ => return Err(KeyError::Size(bits)),
                };
                let pair = RsaKeyPair::generate(size).map_err(|_| KeyError::Library)?;
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Library)?;
                Zeroizing::new(der.as_ref().to_vec())
            }
            Algorithm::Ed25519 => {
                let pair = Ed25519KeyPair::generate().map_err(|_| KeyError::Library)?;
                let der = pair.to_pkcs8v1().map_err(|_| KeyError::Library)?;
                Zeroizing::new(der.as_ref().to_vec())
            }
        };
        // Read back, so that what is written is known to be readable.
        Ok(GeneratedKey { key: Self::from_pkcs8(&der, Weak::Refuse)?, pem: pem::encode("PRIVATE KEY", &der) })
    }

    /// Reads a private key: PEM or DER, PKCS#1 or PKCS#8, or the bare base64 of an Ed25519 seed.
    ///
    /// Text around the PEM and CRLF line ends do not matter; of several keys the first counts.
    ///
    /// # Errors
    /// [`KeyError`] says what the text holds instead, and what to do.
    pub fn read(data: &[u8], weak: Weak) -> Result<Self, KeyError> {
        match pem::decode(data)? {
            pem::Found::Pkcs8(der) => Self::from_pkcs8(&der, weak),
            pem::Found::Pkcs1(der) => Self::from_pkcs1(&der, weak),
            pem::Found::Seed(seed) => Self::from_seed(&seed),
        }
    }

    fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyError::Library)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| KeyError::Library)?;
        Ok(Self { inner: Inner::Ed25519(pair), public: PublicKey::Ed25519(public) })
    }

    fn from_pkcs8(data: &[u8], weak: Weak) -> Result<Self, KeyError> {
        const MALFORMED: KeyError = KeyError::Malformed("not PKCS#8");
        let read = || -> Result<_, der::DerError> {
            let mut outer = der::Reader(data);
            let mut info = outer.sequence()?;
            info.unsigned()?;
            let kind = info.sequence()?.take(der::tag::OID)?;
            Ok((kind, info.take(der::tag::OCTET_STRING)?, outer.is_empty()))
        };
        let (kind, inner, whole) = read().map_err(|_| MALFORMED)?;
        if !whole {
            return Err(KeyError::Malformed("octets after the key"));
        }
        match kind {
            der::oid::RSA => Self::from_pkcs1(inner, weak),
            der::oid::ED25519 => {
                let pair = Ed25519KeyPair::from_pkcs8(data).map_err(|_| KeyError::Malformed("not an Ed25519 key"))?;
                let public = pair.public_key().as_ref().try_into().map_err(|_| KeyError::Library)?;
                Ok(Self { inner: Inner::Ed25519(pair), public: PublicKey::Ed25519(public) })
            }
            der::oid::RSA_PSS => Err(KeyError::WrongKind("RSA-PSS")),
            der::oid::EC => Err(KeyError::WrongKind("elliptic curve (EC)")),
            _ => Err(KeyError::WrongKind("such")),
        }
    }

    fn from_pkcs1(data: &[u8], weak: Weak) -> Result<Self, KeyError> {
        let read = || -> Result<_, der::DerError> {
            let mut outer = der::Reader(data);
            let mut key = outer.sequence()?;
            let version = key.unsigned()?;
            let (modulus, exponent, _private) = (key.unsigned()?, key.unsigned()?, key.unsigned()?);
            Ok((version, modulus, exponent, key.unsigned()?, key.unsigned()?, outer.is_empty()))
        };
        let (version, modulus, exponent, p, q, whole) = read().map_err(|_| KeyError::Malformed("not PKCS#1"))?;
        if !version.is_empty() {
            return Err(KeyError::Malformed("an RSA key of more than two primes"));
        }
        if !whole {
            return Err(KeyError::Malformed("octets after the key"));
        }
        let public = RsaPublicKey { modulus: modulus.to_vec(), exponent: exponent.to_vec(), form: RsaForm::Spki };
        let bits = public.bits();
        match bits {
            0..LEAST_RSA_BITS => return Err(KeyError::TooShort(bits)),
            LEAST_RSA_BITS..STRONG_RSA_BITS if weak == Weak::Refuse => return Err(KeyError::WeakRsa(bits)),
            8193.. => return Err(KeyError::TooLong(bits)),
            _ => {}
        }
        if let Some(flaw) = flaws::of_public(&public).or_else(|| flaws::of_primes(bits, p, q)) {
            return Err(KeyError::Flawed(flaw));
        }
        let inner = if bits < STRONG_RSA_BITS {
            let key = rsa::RsaPrivateKey::from_pkcs1_der(data).map_err(|_| KeyError::Inconsistent)?;
            Inner::WeakRsa(Box::new(key))
        } else {
            Inner::Rsa(RsaKeyPair::from_der(data).map_err(|_| KeyError::Inconsistent)?)
        };
        Ok(Self { inner, public: PublicKey::Rsa(public) })
    }

    /// The public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// The kind of key.
    pub fn algorithm(&self) -> Algorithm {
        self.public.algorithm()
    }

    /// Bits of the modulus, or 256 for Ed25519.
    pub fn bits(&self) -> usize {
        self.public.bits()
    }

    /// Whether this is an RSA key below 2048 bits, of which the user is to be warned.
    pub fn is_weak(&self) -> bool {
        matches!(self.inner, Inner::WeakRsa(_))
    }

    /// Signs: RSASSA-PKCS1-v1_5 with SHA-256 over `data`, or Ed25519 over SHA-256 of `data` (RFC 8463 §3).
    ///
    /// # Errors
    /// [`KeyError::Library`] when the library fails.
    pub fn sign(&self, data: &[u8]) -> Result<Vec<u8>, KeyError> {
        match &self.inner {
            Inner::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature)
                    .map_err(|_| KeyError::Library)?;
                Ok(signature)
            }
            Inner::WeakRsa(key) => {
                let scheme = rsa::Pkcs1v15Sign::new::<Sha256>();
                key.sign_with_rng(&mut rsa::rand_core::OsRng, scheme, &Sha256::digest(data))
                    .map_err(|_| KeyError::Library)
            }
            // RFC 8463 §3: plain Ed25519 over the 32 octets of the hash.
            Inner::Ed25519(pair) => {
                let signature = pair.try_sign(&Sha256::digest(data)).map_err(|_| KeyError::Library)?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

#[cfg(test)]
mod tests;
