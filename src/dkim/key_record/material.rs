//! The key itself: base64 and DER, and the ways in which both get damaged.

use std::ops::Range;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use super::super::keys::{ED25519_SPKI_PREFIX, der};
use super::{Algorithm, KeyType, ProblemKind, PublicKey, RsaPublicKey};
use der::{Reader, oid, tag};

/// Reads with or without padding, and does not mind bits left over at the end.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The exponent 65537 as the DER of an integer, which ends nearly every RSA public key.
const USUAL_EXPONENT: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// What `p=` came to.
pub(super) struct Material {
    pub(super) key: Option<PublicKey>,
    /// The one thing that is wrong, and where in the value if not everywhere.
    pub(super) problem: Option<(ProblemKind, Option<Range<usize>>)>,
}

impl Material {
    fn bad(kind: ProblemKind) -> Self {
        Self { key: None, problem: Some((kind, None)) }
    }
}

/// Whether the text holds a private key in PEM.
pub(super) fn contains_pem_private_key(text: &str) -> bool {
    text.match_indices("-----BEGIN ").any(|(i, _)| {
        let label = text[i + 11..].split("-----").next().unwrap_or_default();
        label.len() <= 40 && label.ends_with("PRIVATE KEY")
    })
}

/// Whether a piece without a tag name is the base64 of a key.
pub(super) fn is_bare_key(text: &str) -> bool {
    let bare: String = text.split_ascii_whitespace().collect();
    bare.len() >= 44
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
        && (bare.starts_with("MII") || bare.starts_with("MIG") || bare.starts_with("MCow") || bare.len() == 44)
}

/// Reads the value of `p=`, which is not empty.
pub(super) fn read(value: &str, key_type: &KeyType) -> Material {
    if let Some(body) = pem_body(value) {
        let kind = ProblemKind::PemArmor(body.clone());
        let Material { key, problem } = read(&body, key_type);
        // Worse than the lines around it is what is wrong with the key inside.
        return Material { key, problem: problem.map(|(k, _)| (k, None)).or(Some((kind, None))) };
    }
    let data = match decode(value) {
        Ok(data) => data,
        Err(problem) => return Material { key: None, problem: Some(problem) },
    };
    if is_private(&data.octets) {
        return Material::bad(ProblemKind::PrivateKey);
    }
    let mut material = match key_type {
        KeyType::Known(Algorithm::Rsa) => read_rsa(&data.octets),
        KeyType::Known(Algorithm::Ed25519) => read_ed25519(&data.octets),
        KeyType::Unknown(_) => {
            // The kind is what is wrong; the key inside may still be seen.
            let key = [read_rsa(&data.octets), read_ed25519(&data.octets)].into_iter().find_map(|m| m.key);
            Material { key, problem: None }
        }
    };
    if data.bad_padding && material.problem.is_none() {
        material.problem = Some((ProblemKind::BadPadding, None));
    }
    material
}

struct Decoded {
    octets: Vec<u8>,
    bad_padding: bool,
}

fn decode(value: &str) -> Result<Decoded, (ProblemKind, Option<Range<usize>>)> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    if let Some(start) = value.find(|c| !is_base64(c) && !is_blank(c)) {
        let rest = &value[start..];
        let end = rest.find(|c| is_base64(c) || is_blank(c)).map_or(value.len(), |i| start + i);
        return Err((ProblemKind::BadBase64, Some(start..end)));
    }
    let bare: String = value.chars().filter(|c| !is_blank(*c)).collect();
    let data = bare.trim_end_matches('=');
    let padding = bare.len() - data.len();
    let found = data.len() * 3 / 4;
    if let Some(middle) = data.find('=') {
        // One key after the other, or a piece of one.
        return Err((ProblemKind::Doubled { expected: middle * 3 / 4, found }, None));
    }
    if data.len() % 4 == 1 {
        return Err((ProblemKind::Cut { expected: declared_length(data), found }, None));
    }
    match LENIENT.decode(data) {
        Ok(octets) if !octets.is_empty() => {
            Ok(Decoded { octets, bad_padding: !(data.len() + padding).is_multiple_of(4) || padding > 2 })
        }
        _ => Err((ProblemKind::BadBase64, None)),
    }
}

/// Octets of the key that begins here, by its own word.
fn declared_length(base64: &str) -> Option<usize> {
    let head = LENIENT.decode(base64.get(..8)?).ok()?;
    (head.first() == Some(&tag::SEQUENCE)).then_some(())?;
    der::header(&head).ok().map(|(header, content)| header + content)
}

/// The base64 between the lines of a PEM file that has lost its line breaks.
fn pem_body(value: &str) -> Option<String> {
    let rest = value.trim_start().strip_prefix("-----BEGIN ")?;
    let (_, rest) = rest.split_once("-----")?;
    let body = rest.split("-----").next().unwrap_or_default();
    Some(body.split_ascii_whitespace().collect())
}

/// Whether the octets are PKCS#1 or PKCS#8, or the 64 octets of an Ed25519 pair.
fn is_private(data: &[u8]) -> bool {
    if let Ok(seed) = <&[u8; 64]>::try_from(data) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed[..32]);
        return pair.is_ok_and(|pair| pair.public_key().as_ref() == &data[32..]);
    }
    // A private key is one even if it has been cut: its head tells.
    let Ok((header, _)) = der::header(data) else { return false };
    let mut content = match data.get(header..) {
        Some(content) if data.first() == Some(&tag::SEQUENCE) => Reader(content),
        _ => return false,
    };
    match content.peek() {
        // PKCS#1 and PKCS#8 begin with a version of 0 or 1; the modulus of RSAPublicKey is no such number.
        Some(tag::INTEGER) => content.unsigned().is_ok_and(|version| matches!(version, [] | [1])),
        // EncryptedPrivateKeyInfo (RFC 5958 §3): an algorithm, then an octet string.
        Some(tag::SEQUENCE) => content.sequence().is_ok() && content.peek() == Some(tag::OCTET_STRING),
        _ => false,
    }
}

fn read_rsa(data: &[u8]) -> Material {
    if let Some(key) = wrapped_ed25519(data) {
        return Material { problem: Some((ProblemKind::Ed25519Wrapped(key.record_value()), None)), key: Some(key) };
    }
    if data.first() != Some(&tag::SEQUENCE) {
        if let Ok(key) = <[u8; 32]>::try_from(data) {
            return Material {
                key: Some(PublicKey::Ed25519(key)),
                problem: Some((ProblemKind::KeyTypeMismatch(Algorithm::Ed25519), None)),
            };
        }
        // The head is gone, but the tail is that of an RSA key.
        let cut = data.len() > 64 && data.ends_with(&USUAL_EXPONENT);
        return Material::bad(if cut {
            ProblemKind::Cut { expected: None, found: data.len() }
        } else {
            ProblemKind::NoKey
        });
    }
    match der::header(data) {
        Err(der::DerError::Truncated) => return Material::bad(ProblemKind::Cut { expected: None, found: data.len() }),
        Err(der::DerError::Malformed) => return Material::bad(ProblemKind::NoKey),
        Ok((header, content)) => {
            let expected = header.saturating_add(content);
            if data.len() < expected {
                return Material::bad(ProblemKind::Cut { expected: Some(expected), found: data.len() });
            }
            if data.len() > expected {
                let key = RsaPublicKey::from_der(&data[..expected]).ok().map(PublicKey::Rsa);
                let kind = ProblemKind::Doubled { expected, found: data.len() };
                return Material { key, problem: Some((kind, None)) };
            }
        }
    }
    match RsaPublicKey::from_der(data) {
        Ok(key) => {
            let even = |number: &[u8]| number.last().is_none_or(|b| b & 1 == 0);
            let broken = even(&key.modulus) || even(&key.exponent) || key.exponent == [1];
            Material { key: Some(PublicKey::Rsa(key)), problem: broken.then_some((ProblemKind::BrokenKey, None)) }
        }
        Err(der::DerError::Truncated) => Material::bad(ProblemKind::Cut { expected: None, found: data.len() }),
        Err(der::DerError::Malformed) => Material::bad(ProblemKind::NoKey),
    }
}

fn read_ed25519(data: &[u8]) -> Material {
    if let Ok(key) = <[u8; 32]>::try_from(data) {
        return Material { key: Some(PublicKey::Ed25519(key)), problem: None };
    }
    // RFC 8463 §4.2: the bare key, without any ASN.1.
    if let Some(key) = wrapped_ed25519(data) {
        return Material { problem: Some((ProblemKind::Ed25519Wrapped(key.to_base64()), None)), key: Some(key) };
    }
    let rsa = read_rsa(data);
    if let Some(key @ PublicKey::Rsa(_)) = rsa.key {
        return Material { key: Some(key), problem: Some((ProblemKind::KeyTypeMismatch(Algorithm::Rsa), None)) };
    }
    Material::bad(match data.len() {
        found if found < 32 => ProblemKind::Cut { expected: Some(32), found },
        found if found < 64 => ProblemKind::Doubled { expected: 32, found },
        _ => ProblemKind::NoKey,
    })
}

fn wrapped_ed25519(data: &[u8]) -> Option<PublicKey> {
    let key = data.strip_prefix(&ED25519_SPKI_PREFIX)?;
    debug_assert!(ED25519_SPKI_PREFIX.ends_with(&[oid::ED25519, &[0x03, 0x21, 0]].concat()));
    <[u8; 32]>::try_from(key).ok().map(PublicKey::Ed25519)
}
