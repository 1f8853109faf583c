//! Trust anchors: the keys that every chain of trust begins with (RFC 4033 §2).

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use hickory_resolver::proto::dnssec::rdata::{DNSKEY, DS};
use hickory_resolver::proto::dnssec::{Algorithm, PublicKeyBuf, TrustAnchors};

use super::wire_name;
use crate::dns::{Name, RecordData};
use crate::too_large::TooLarge;
use crate::zonefile::{LoadOptions, Source, ZoneSet};

/// Octets of a file at most: a few keys.
const LARGEST: u64 = 1 << 20;

/// One key that is trusted, or the digest of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Anchor {
    Key(DNSKEY),
    Digest(DS),
}

impl Anchor {
    /// Whether a key of the zone is this one.
    pub(super) fn fits(&self, zone: &Name, key: &DNSKEY) -> bool {
        match self {
            Self::Key(own) => own.public_key() == key.public_key(),
            Self::Digest(digest) => {
                let tag = key.calculate_key_tag().ok();
                tag == Some(digest.key_tag())
                    && wire_name(zone).is_some_and(|zone| digest.covers(&zone, key).unwrap_or(false))
            }
        }
    }
}

/// The trust anchors of a run, by their zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchors(BTreeMap<Name, Vec<Anchor>>);

/// Why a file of trust anchors cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AnchorsError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line is no record.
    #[error("line {line}: {why}; expected DS or DNSKEY records, such as unbound's root.key has")]
    Syntax {
        /// The line, from 1.
        line: u32,
        /// What is wrong with it.
        why: String,
    },
    /// A record is of another type.
    #[error("line {line}: a record of type {rtype} is no trust anchor; expected DS or DNSKEY")]
    Type {
        /// The line, from 1.
        line: u32,
        /// The type.
        rtype: String,
    },
    /// A key signs no zone (RFC 4034 §2.1.1), or has been revoked (RFC 5011 §2.1).
    #[error("line {line}: the key with flags {flags} is no zone key that is in use; expected flags 257 or 256")]
    Flags {
        /// The line, from 1.
        line: u32,
        /// Its flags.
        flags: u16,
    },
    /// There is no record.
    #[error("holds neither DS nor DNSKEY records")]
    Empty,
}

impl Anchors {
    /// The keys of the root, as hickory has them from IANA.
    pub fn root() -> Self {
        let known = TrustAnchors::default();
        let keys = (0..known.len()).filter_map(|at| known.get(at));
        // 257: a zone key, and a secure entry point.
        let keys = keys.map(|key| Anchor::Key(DNSKEY::with_flags(257, key.clone())));
        Self(BTreeMap::from([(Name::root(), keys.collect())]))
    }

    /// Reads a file of DS and DNSKEY records in master file form (RFC 4034 §2.2, §5.3), as unbound's `root.key` is
    /// one and `dig DNSKEY` prints them. Such a file replaces the keys of the root.
    ///
    /// # Errors
    /// [`AnchorsError`]; it names the line.
    pub fn read(path: &Path) -> Result<Self, AnchorsError> {
        let file = fs::File::open(path)?;
        let mut text = Vec::new();
        io::Read::read_to_end(&mut io::Read::take(file, LARGEST + 1), &mut text)?;
        if text.len() as u64 > LARGEST {
            return Err(io::Error::from(TooLarge { most: LARGEST }).into());
        }
        Self::parse(text)
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// As [`Anchors::read`].
    pub fn parse(text: impl Into<Vec<u8>>) -> Result<Self, AnchorsError> {
        let options = LoadOptions { origin: Some(Name::root()), ..LoadOptions::default() };
        let set = ZoneSet::load([Source::memory("", text)], &options);
        if let Some(error) = set.errors().next() {
            return Err(AnchorsError::Syntax { line: error.location.line, why: error.problem.to_string() });
        }
        let mut zones: BTreeMap<Name, Vec<Anchor>> = BTreeMap::new();
        for entry in set.entries() {
            let line = entry.location().line;
            let anchor = match entry.data() {
                Some(RecordData::Ds { key_tag, algorithm, digest_type, digest }) => {
                    Anchor::Digest(DS::new(key_tag, Algorithm::from_u8(algorithm), digest_type.into(), digest))
                }
                // RFC 4034 §2.1.1, RFC 5011 §2.1: the bits Zone Key and REVOKE.
                Some(RecordData::Dnskey { flags, .. }) if flags & 0x0180 != 0x0100 => {
                    return Err(AnchorsError::Flags { line, flags });
                }
                Some(RecordData::Dnskey { flags, algorithm, key, .. }) => {
                    Anchor::Key(DNSKEY::with_flags(flags, PublicKeyBuf::new(key, Algorithm::from_u8(algorithm))))
                }
                _ => return Err(AnchorsError::Type { line, rtype: entry.type_name() }),
            };
            zones.entry(entry.owner().clone()).or_default().push(anchor);
        }
        if zones.is_empty() { Err(AnchorsError::Empty) } else { Ok(Self(zones)) }
    }

    /// The nearest zone at or above a name that has an anchor, and its anchors.
    pub(super) fn above(&self, name: &Name) -> Option<(&Name, &[Anchor])> {
        let mut here = Some(name.clone());
        while let Some(zone) = here {
            if let Some((zone, anchors)) = self.0.get_key_value(&zone) {
                return Some((zone, anchors));
            }
            here = zone.parent();
        }
        None
    }
}

/// Trusts keys that have been verified, as the keys of a zone.
pub(super) fn trust(zone: &Name, keys: &[&DNSKEY]) -> Option<TrustAnchors> {
    let zone = wire_name(zone)?;
    let mut trusted = TrustAnchors::empty();
    for key in keys {
        trusted.insert_with_name(key.public_key(), (&zone).into());
    }
    Some(trusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KSK: &str =
        ". IN DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";

    #[test]
    fn files_of_every_kind_of_tool() {
        let unbound = format!(
            "; autotrust trust anchor file\n;;id: . 1\n{KSK} ;{{id = 1 (ksk), size = 256b}} ;;state=2 [  VALID  ]\n"
        );
        let dig = format!(
            "example.\t3600\tIN\tDNSKEY 257 3 ECDSAP256SHA256 (\n\t{} ) ; KSK\n",
            KSK.rsplit(' ').next().unwrap()
        );
        let digest = "example. DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n";
        for (text, zone) in [(unbound, ""), (dig, "example"), (digest.to_owned(), "example")] {
            let anchors = Anchors::parse(text).unwrap();
            let name = Name::parse("a.example").unwrap();
            let (found, list) = anchors.above(&name).unwrap();
            assert_eq!((found.clone(), list.len()), (Name::parse(zone).unwrap_or(Name::root()), 1));
        }
        let (root, two) = (Anchors::root(), Name::parse("a.example").unwrap());
        assert_eq!(root.above(&two).unwrap().1.len(), 2);
        assert_eq!(Anchors::parse(digest).unwrap().above(&Name::parse("other").unwrap()), None);
    }

    #[test]
    fn what_is_no_anchor_is_named_with_its_line() {
        let told = |text: &str| Anchors::parse(text).unwrap_err().to_string();
        assert!(told("\n. DS 1 8 2 xyz\n").starts_with("line 2: "), "{}", told("\n. DS 1 8 2 xyz\n"));
        assert_eq!(told("; x\n. NS a.\n"), "line 2: a record of type NS is no trust anchor; expected DS or DNSKEY");
        assert_eq!(told(""), "holds neither DS nor DNSKEY records");
        let revoked = KSK.replace("257", "385");
        assert!(told(&revoked).starts_with("line 1: the key with flags 385 is no zone key that is in use"));
        assert!(told("trust-anchors {\n").starts_with("line 1: "));
        assert!(matches!(Anchors::read(Path::new("/")), Err(AnchorsError::Io(_))));
    }
}
