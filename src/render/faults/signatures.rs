//! Signatures that are not valid. Their one English sentence comes with the result.

use super::translated;
use crate::dkim::{Crypto, Reason, SignatureResult};
use crate::locales::{Catalogue, Phrase, dates};

/// Why a signature counts for nothing, in the language of the catalogue.
pub fn signature(result: &SignatureResult, catalogue: &Catalogue) -> String {
    let Some(reason) = result.reason else { return result.detail.clone() };
    translated(&phrase(result, reason, catalogue), catalogue).unwrap_or_else(|| result.detail.clone())
}

/// Why a chain of ARC sets does not hold, in the language of the catalogue.
pub fn chain(reason: &str, catalogue: &Catalogue) -> String {
    translated(&Phrase::new("fault-chain"), catalogue).unwrap_or_else(|| reason.to_owned())
}

fn phrase(result: &SignatureResult, reason: Reason, catalogue: &Catalogue) -> Phrase {
    let s = &result.signature;
    let of_key = |id: &'static str| {
        let part = |name: Option<&crate::dns::Name>| name.map(ToString::to_string).unwrap_or_default();
        Phrase::new(id).arg("name", format!("{}._domainkey.{}", part(s.selector.as_ref()), part(s.domain.as_ref())))
    };
    match reason {
        Reason::TooManySignatures => Phrase::new("fault-signature-too-many"),
        Reason::SignatureSyntax => Phrase::new("fault-signature-syntax"),
        Reason::UnsupportedVersion => Phrase::new("fault-signature-version"),
        Reason::UnsupportedAlgorithm => Phrase::new("fault-signature-algorithm"),
        Reason::FromNotSigned => Phrase::new("fault-signature-from"),
        Reason::IdentityMismatch => Phrase::new("fault-signature-identity"),
        Reason::Expired => {
            let expires = i64::try_from(s.expires.unwrap_or_default()).unwrap_or(i64::MAX);
            let changed = result.crypto == Crypto::Invalid;
            let id = if changed { "fault-signature-expired-changed" } else { "fault-signature-expired" };
            Phrase::new(id).arg("time", dates::moment(expires, catalogue.language()))
        }
        Reason::DnsTemperror => of_key("fault-signature-dns"),
        Reason::KeyNotFound => of_key("fault-signature-no-key"),
        Reason::KeySyntax => of_key("fault-signature-key-syntax"),
        Reason::KeyRevoked => of_key("fault-signature-revoked"),
        Reason::KeyTypeMismatch => of_key("fault-signature-key-type"),
        Reason::KeyHashNotAllowed => of_key("fault-signature-key-hash"),
        Reason::KeyServiceNotAllowed => of_key("fault-signature-key-service"),
        Reason::KeyIdentityMismatch => of_key("fault-signature-key-identity"),
        Reason::RsaSha1 => Phrase::new("fault-signature-sha1"),
        Reason::KeyTooShort => {
            Phrase::new("fault-signature-short-key").arg("bits", result.key_bits.unwrap_or_default().to_string())
        }
        Reason::BodyLengthTooLong => Phrase::new("fault-signature-length")
            .arg("signed", s.body_length.unwrap_or_default())
            .arg("length", result.canonical_body_length.unwrap_or_default()),
        Reason::BodyHashMismatch if result.header_hash_ok == Some(true) => Phrase::new("fault-signature-body-alone"),
        Reason::BodyHashMismatch => Phrase::new("fault-signature-body"),
        Reason::SignatureMismatch => Phrase::new("fault-signature-mismatch"),
    }
}
