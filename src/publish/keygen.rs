//! Key pairs as `keygen` makes them: files and records that belong together, or neither.

use std::path::{Path, PathBuf};

use super::records::{self, DkimOptions, PublishError};
use super::{Record, ZoneRecords, likely_zone};
use crate::dkim::keys::{self, Algorithm, KeyError, KeyFileError, PrivateKey};
use crate::dns::Name;

/// What `keygen` takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeygenOptions {
    /// The domain that signs.
    pub domain: Name,
    /// The selector; `dual` appends `-rsa` and `-ed25519`.
    pub selector: String,
    /// The kind of key, unless `dual`.
    pub algorithm: Algorithm,
    /// Bits of an RSA key.
    pub bits: usize,
    /// Both kinds of keys, each at a selector of its own (RFC 8463 §3 on signing twice).
    pub dual: bool,
    /// The TTL of the records, in seconds.
    pub ttl: u32,
}

/// A key that has been made and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeKey {
    /// Its selector.
    pub selector: String,
    /// Its kind.
    pub algorithm: Algorithm,
    /// Bits of the modulus, or 256.
    pub bits: usize,
    /// Where the private key is.
    pub private_key_file: PathBuf,
}

/// Why no key was made.
#[derive(Debug, thiserror::Error)]
pub enum KeygenError {
    /// The selector.
    #[error(transparent)]
    Option(#[from] PublishError),
    /// The size, or the library.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The file.
    #[error(transparent)]
    File(#[from] KeyFileError),
}

/// Makes one key or two, writes them to `folder` and gives the records to publish.
///
/// # Errors
/// [`KeygenError`]; no file has been written then.
pub fn keygen(options: &KeygenOptions, folder: &Path) -> Result<(Vec<MadeKey>, ZoneRecords), KeygenError> {
    let KeygenOptions { domain, selector, .. } = options;
    let plan: Vec<(String, Algorithm)> = if options.dual {
        [Algorithm::Rsa, Algorithm::Ed25519].map(|a| (format!("{selector}-{a}"), a)).into()
    } else {
        vec![(selector.clone(), options.algorithm)]
    };
    let mut files = Vec::new();
    for (selector, _) in &plan {
        records::key_name(selector, domain)?;
        files.push(keys::key_file_name(selector, domain)?);
    }
    // Before the work, so that a key of 4096 bits is not made for nothing.
    keys::check_absent(folder, &files.iter().map(String::as_str).collect::<Vec<_>>())?;
    let (mut made, mut published) = (Vec::new(), Vec::new());
    for (selector, algorithm) in &plan {
        let key = PrivateKey::generate(*algorithm, options.bits)?;
        published.push(published_record(options, selector, &key.key)?);
        made.push(key);
    }
    let contents: Vec<(String, &str)> = files.into_iter().zip(made.iter().map(|key| key.pem.as_str())).collect();
    let paths = keys::write_key_files(folder, &contents)?;
    let made = plan
        .into_iter()
        .zip(made.iter().zip(paths))
        .map(|((selector, algorithm), (key, private_key_file))| MadeKey {
            selector,
            algorithm,
            bits: key.key.bits(),
            private_key_file,
        })
        .collect();
    Ok((made, ZoneRecords { zone: likely_zone(domain), records: published }))
}

fn published_record(options: &KeygenOptions, selector: &str, key: &PrivateKey) -> Result<Record, PublishError> {
    records::dkim(key.public_key(), selector, &options.domain, DkimOptions::default(), options.ttl)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> KeygenOptions {
        KeygenOptions {
            domain: Name::parse("mail.example.co.uk").unwrap(),
            selector: "s1".into(),
            algorithm: Algorithm::Ed25519,
            bits: 2048,
            dual: true,
            ttl: 3600,
        }
    }

    #[test]
    fn two_keys_belong_to_two_records() {
        let folder = tempfile::tempdir().unwrap();
        let (made, ZoneRecords { zone, records }) = keygen(&options(), folder.path()).unwrap();
        assert_eq!(zone.as_str(), "example.co.uk");
        let seen: Vec<_> = made.iter().map(|k| (&*k.selector, k.algorithm, k.bits)).collect();
        assert_eq!(seen, [("s1-rsa", Algorithm::Rsa, 2048), ("s1-ed25519", Algorithm::Ed25519, 256)]);
        for (key, record) in made.iter().zip(&records) {
            let name = format!("{}._domainkey.mail.example.co.uk", key.selector);
            assert_eq!(record.name.as_str(), name);
            assert!(key.private_key_file.ends_with(format!("{name}.pem")));
            let (read, warnings) = keys::read_key_file(&key.private_key_file, keys::Weak::Refuse).unwrap();
            assert_eq!((read.public_key().record_value(), warnings), (record.value.clone(), vec![]));
        }
    }

    #[test]
    fn nothing_is_written_where_one_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("s1-ed25519._domainkey.mail.example.co.uk.pem"), "old").unwrap();
        assert!(matches!(keygen(&options(), folder.path()), Err(KeygenError::File(KeyFileError::Exists(_)))));
        let bad = KeygenOptions { selector: "../x".into(), ..options() };
        assert!(matches!(keygen(&bad, folder.path()), Err(KeygenError::Option(_))));
        let bad = KeygenOptions { bits: 1024, ..options() };
        assert!(keygen(&bad, folder.path()).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
