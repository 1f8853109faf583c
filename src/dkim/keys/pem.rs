//! PEM (RFC 7468) and what else private keys are kept in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use zeroize::Zeroizing;

use super::KeyError;
use super::der::{Reader, tag};

/// A private key as it was found.
pub(super) enum Found {
    Pkcs8(Zeroizing<Vec<u8>>),
    Pkcs1(Zeroizing<Vec<u8>>),
    Seed(Zeroizing<[u8; 32]>),
}

const BEGIN: &str = "-----BEGIN ";

/// Finds the private key in the content of a file.
pub(super) fn decode(data: &[u8]) -> Result<Found, KeyError> {
    let Ok(text) = std::str::from_utf8(data) else {
        return from_der(Zeroizing::new(data.to_vec()));
    };
    if !text.contains(BEGIN) {
        return bare(text);
    }
    let mut otherwise = KeyError::NoKey;
    for (at, _) in text.match_indices(BEGIN) {
        let Some((label, rest)) = text[at + BEGIN.len()..].split_once("-----") else { continue };
        match label {
            "PRIVATE KEY" => return block(label, rest).map(Found::Pkcs8),
            "RSA PRIVATE KEY" => return block(label, rest).map(Found::Pkcs1),
            "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Encrypted),
            "EC PRIVATE KEY" => return Err(KeyError::WrongKind("elliptic curve (EC)")),
            "DSA PRIVATE KEY" => return Err(KeyError::WrongKind("DSA")),
            "OPENSSH PRIVATE KEY" => return Err(KeyError::OpenSsh),
            "PUBLIC KEY" | "RSA PUBLIC KEY" => otherwise = KeyError::Public,
            "CERTIFICATE" if otherwise == KeyError::NoKey => otherwise = KeyError::Certificate,
            _ => {}
        }
    }
    Err(otherwise)
}

/// The octets between the lines.
fn block(label: &str, rest: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let end = format!("-----END {label}-----");
    let body = rest.split_once(&*end).ok_or(KeyError::Malformed("its END line is missing"))?.0;
    // RFC 1421 §4.6: header fields, among them that of an encrypted key.
    if body.contains("ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    from_base64(body).ok_or(KeyError::Malformed("not base64"))
}

fn from_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    // Room for all of it at once: growing would leave copies behind.
    let mut packed = Zeroizing::new(String::with_capacity(text.len()));
    packed.extend(text.chars().filter(|c| !c.is_ascii_whitespace()));
    let mut out = Zeroizing::new(vec![0; packed.len() / 4 * 3 + 3]);
    let length = BASE64.decode_slice(packed.as_bytes(), &mut out).ok()?;
    out.truncate(length);
    Some(out)
}

/// Base64 without the lines around it: a whole key, or the seed of an Ed25519 key.
fn bare(text: &str) -> Result<Found, KeyError> {
    if text.trim().is_empty() {
        return Err(KeyError::NoKey);
    }
    let data = from_base64(text).ok_or(KeyError::NoKey)?;
    if let Ok(seed) = <[u8; 32]>::try_from(&**data) {
        return Ok(Found::Seed(Zeroizing::new(seed)));
    }
    from_der(data)
}

fn from_der(data: Zeroizing<Vec<u8>>) -> Result<Found, KeyError> {
    let mut outer = Reader(&data);
    let mut key = outer.sequence().map_err(|_| KeyError::NoKey)?;
    if key.peek() == Some(tag::SEQUENCE) {
        let first = key.sequence();
        return Err(match (first, key.peek()) {
            (Ok(_), Some(tag::OCTET_STRING)) => KeyError::Encrypted,
            (Ok(_), Some(tag::BIT_STRING)) => KeyError::Public,
            (Ok(_), Some(tag::SEQUENCE)) => KeyError::Certificate,
            _ => KeyError::NoKey,
        });
    }
    let version = key.unsigned().map_err(|_| KeyError::NoKey)?;
    match key.peek() {
        Some(tag::SEQUENCE) => Ok(Found::Pkcs8(data)),
        Some(tag::INTEGER) if version.is_empty() => Ok(Found::Pkcs1(data)),
        Some(tag::INTEGER) => Err(KeyError::Public),
        Some(tag::OCTET_STRING) => Err(KeyError::WrongKind("elliptic curve (EC)")),
        _ => Err(KeyError::NoKey),
    }
}

/// PEM with lines of 64 characters (RFC 7468 §2).
pub(super) fn encode(label: &str, der: &[u8]) -> Zeroizing<String> {
    let mut packed = Zeroizing::new(vec![0; der.len().div_ceil(3) * 4]);
    let length = BASE64.encode_slice(der, &mut packed).unwrap_or_default();
    let mut out = Zeroizing::new(String::with_capacity(length + length / 64 + 2 * label.len() + 40));
    out.push_str(BEGIN);
    out.push_str(label);
    out.push_str("-----\n");
    for line in packed[..length].chunks(64) {
        out.extend(line.iter().map(|&b| b as char));
        out.push('\n');
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str("-----\n");
    out
}
