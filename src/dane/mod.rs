//! DANE for SMTP (RFC 7672, RFC 7671, RFC 6698): which TLSA records are of use, and which match a certificate chain.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256, Sha512};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::dns::RecordData;

/// What the certificate of a record is compared with (RFC 7672 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Usage {
    /// 2, DANE-TA: one that the server's certificate leads to.
    TrustAnchor,
    /// 3, DANE-EE: the server's own; names and expiry are not looked at.
    EndEntity,
}

/// Why a record is of no use to a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Unusable {
    /// Not a TLSA record.
    #[error("not a TLSA record")]
    NotTlsa,
    /// Usage 0 and 1 name the public authorities, which senders do not ask (RFC 7672 §3.1.3).
    #[error("usage 0 and 1 are not for SMTP")]
    PublicUsage,
    /// A usage that is not assigned.
    #[error("unknown usage")]
    Usage,
    /// A selector other than 0 and 1.
    #[error("unknown selector")]
    Selector,
    /// A matching type other than 0, 1 and 2.
    #[error("unknown matching type")]
    Matching,
    /// A digest of another length than its kind has.
    #[error("digest of the wrong length")]
    Length,
    /// No data.
    #[error("no data")]
    Empty,
    /// Full data (matching type 0) that is no certificate or public key.
    #[error("data is no certificate or public key")]
    Data,
}

/// Whether a sender can use a record (RFC 7672 §3.1, RFC 7671 §4).
///
/// # Errors
/// [`Unusable`] says why not.
pub fn usability(record: &RecordData) -> Result<Usage, Unusable> {
    let RecordData::Tlsa { usage, selector, matching, data } = record else { return Err(Unusable::NotTlsa) };
    let usage = match usage {
        // RFC 7672 §3.1.3: SMTP senders treat PKIX-TA and PKIX-EE as unusable.
        0 | 1 => return Err(Unusable::PublicUsage),
        2 => Usage::TrustAnchor,
        3 => Usage::EndEntity,
        _ => return Err(Unusable::Usage),
    };
    if *selector > 1 {
        return Err(Unusable::Selector);
    }
    let length = match matching {
        0 => None,
        1 => Some(32),
        2 => Some(64),
        _ => return Err(Unusable::Matching),
    };
    match length {
        _ if data.is_empty() => Err(Unusable::Empty),
        Some(length) if data.len() != length => Err(Unusable::Length),
        None if *selector == 0 && X509Certificate::from_der(data).is_err() => Err(Unusable::Data),
        // A SubjectPublicKeyInfo is a DER sequence.
        None if *selector == 1 && data.first() != Some(&0x30) => Err(Unusable::Data),
        _ => Ok(usage),
    }
}

/// Whether a record matches one certificate (DER), whatever its usage (RFC 6698 §2.1). An unusable record and a
/// certificate that cannot be read match nothing.
pub fn matches_certificate(record: &RecordData, certificate: &[u8]) -> bool {
    let RecordData::Tlsa { selector, matching, data, .. } = record else { return false };
    if usability(record).is_err() {
        return false;
    }
    let parsed;
    let selected: &[u8] = if *selector == 0 {
        certificate
    } else {
        match X509Certificate::from_der(certificate) {
            Ok((_, read)) => {
                parsed = read;
                parsed.public_key().raw
            }
            Err(_) => return false,
        }
    };
    match matching {
        0 => selected == &data[..],
        1 => Sha256::digest(selected)[..] == data[..],
        _ => Sha512::digest(selected)[..] == data[..],
    }
}

/// The recommended record for a server's own certificate (DER): DANE-EE, its public key, SHA-256 (RFC 7672 §3.1.1).
/// `None` for what is no certificate.
pub fn for_certificate(certificate: &[u8]) -> Option<RecordData> {
    let (_, read) = X509Certificate::from_der(certificate).ok()?;
    let data = Sha256::digest(read.public_key().raw).to_vec();
    Some(RecordData::Tlsa { usage: 3, selector: 1, matching: 1, data })
}

/// Where a record meets the chain that a server sends, its own certificate first: 0 for the server's own.
///
/// DANE-EE looks at the first certificate alone; DANE-TA at those above it, and at the first where it is its own
/// anchor. That the chain leads to the anchor, and the names, are for the caller (RFC 7672 §3.1.1, §3.1.2).
pub fn matches_chain(record: &RecordData, chain: &[impl AsRef<[u8]>]) -> Option<usize> {
    let usage = usability(record).ok()?;
    let depth = match usage {
        Usage::EndEntity => 1,
        Usage::TrustAnchor => chain.len(),
    };
    chain.iter().take(depth).position(|c| matches_certificate(record, c.as_ref()))
}

/// What the TLSA records of a host mean to a sender, given that they are DNSSEC-secure (RFC 7672 §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// No record: TLS as it comes.
    Opportunistic,
    /// Records, but none of use: TLS is mandatory, without authentication.
    Encrypted,
    /// A usable record: TLS with authentication is mandatory.
    Authenticated,
}

/// See [`Requirement`].
pub fn requirement(records: &[RecordData]) -> Requirement {
    let tlsa: Vec<_> = records.iter().map(usability).filter(|u| *u != Err(Unusable::NotTlsa)).collect();
    match tlsa.iter().any(Result::is_ok) {
        _ if tlsa.is_empty() => Requirement::Opportunistic,
        true => Requirement::Authenticated,
        false => Requirement::Encrypted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tlsa(usage: u8, selector: u8, matching: u8, data: &[u8]) -> RecordData {
        RecordData::Tlsa { usage, selector, matching, data: data.to_vec() }
    }

    fn certificate(pem: &str) -> Vec<u8> {
        x509_parser::pem::parse_x509_pem(pem.as_bytes()).unwrap().1.contents
    }

    #[test]
    fn usable_records() {
        for (record, want) in [
            (tlsa(3, 1, 1, &[7; 32]), Ok(Usage::EndEntity)),
            (tlsa(2, 0, 1, &[7; 32]), Ok(Usage::TrustAnchor)),
            (tlsa(3, 1, 2, &[7; 64]), Ok(Usage::EndEntity)),
            (tlsa(3, 1, 2, &[7; 32]), Err(Unusable::Length)),
            (tlsa(3, 1, 1, &[7; 31]), Err(Unusable::Length)),
            (tlsa(0, 0, 1, &[7; 32]), Err(Unusable::PublicUsage)),
            (tlsa(1, 1, 1, &[7; 32]), Err(Unusable::PublicUsage)),
            (tlsa(4, 1, 1, &[7; 32]), Err(Unusable::Usage)),
            (tlsa(3, 2, 1, &[7; 32]), Err(Unusable::Selector)),
            (tlsa(3, 1, 3, &[7; 32]), Err(Unusable::Matching)),
            (tlsa(3, 1, 1, &[]), Err(Unusable::Empty)),
            (tlsa(3, 0, 0, &[7; 32]), Err(Unusable::Data)),
            (tlsa(3, 1, 0, &[7; 32]), Err(Unusable::Data)),
            (RecordData::A([127, 0, 0, 1].into()), Err(Unusable::NotTlsa)),
        ] {
            assert_eq!(usability(&record), want, "{record:?}");
        }
        assert_eq!(requirement(&[]), Requirement::Opportunistic);
        assert_eq!(requirement(&[tlsa(0, 0, 1, &[7; 32])]), Requirement::Encrypted);
        assert_eq!(requirement(&[tlsa(0, 0, 1, &[7; 32]), tlsa(3, 1, 1, &[7; 32])]), Requirement::Authenticated);
    }

    #[test]
    fn matching_a_chain() {
        let leaf = certificate(include_str!("../../testdata/dane/leaf.pem"));
        let anchor = certificate(include_str!("../../testdata/dane/anchor.pem"));
        let key = X509Certificate::from_der(&leaf).unwrap().1.public_key().raw.to_vec();
        let chain = [&leaf, &anchor];
        for (record, want) in [
            (tlsa(3, 0, 0, &leaf), Some(0)),
            (tlsa(3, 1, 0, &key), Some(0)),
            (tlsa(3, 0, 1, &Sha256::digest(&leaf)), Some(0)),
            (tlsa(3, 1, 1, &Sha256::digest(&key)), Some(0)),
            (tlsa(3, 1, 2, &Sha512::digest(&key)), Some(0)),
            (tlsa(2, 0, 1, &Sha256::digest(&anchor)), Some(1)),
            // The server's own certificate alone counts for DANE-EE.
            (tlsa(3, 0, 1, &Sha256::digest(&anchor)), None),
            (tlsa(3, 1, 1, &Sha256::digest(&leaf)), None),
            (tlsa(1, 0, 1, &Sha256::digest(&leaf)), None),
        ] {
            assert_eq!(matches_chain(&record, &chain), want, "{record:?}");
        }
        assert!(!matches_certificate(&tlsa(3, 1, 1, &[7; 32]), b"no certificate"));
        assert_eq!(for_certificate(&leaf), Some(tlsa(3, 1, 1, &Sha256::digest(&key))));
        assert_eq!(for_certificate(b"no certificate"), None);
    }
}
