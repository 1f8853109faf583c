//! DKIM (RFC 6376, 8301, 8463, 8616): keys, signing and verifying.

pub mod canonical;
pub mod diagnose;
pub mod hash;
pub mod key_lookup;
pub mod key_record;
pub mod keys;
pub mod public_key;
pub mod sign;
pub mod signature;
pub mod tags;
pub mod verify;

#[cfg(test)]
mod tests;

pub use canonical::Canonicalization;
pub use public_key::{KeyError, PublicKey};
pub use sign::{SignError, SignOptions, Signer, SigningKey};
pub use signature::{Algorithm, Signature};
pub use verify::{Crypto, Options, Outcome, Reason, SignatureResult, Verifier};
