//! Which keys sign a message: those of the call, or those of the configuration by the domain in From.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};


use super::Options;
use crate::cli::Session;
use crate::cli::told::{Tell as _, fail, option, told};
use crate::config::Config;
use crate::dkim::keys::{PrivateKey, STRONG_RSA_BITS, Weak, read_key_file};
use crate::dkim::{SignOptions, SigningKey};
use crate::dns::Name;
use crate::message::Headers;
use crate::message::from::Author;

/// The keys of a run.
pub(super) struct Keyring {
    by_domain: BTreeMap<Name, Vec<(PrivateKey, SignOptions)>>,
    /// The domain of the call, which signs whatever stands in From.
    fixed: Option<Name>,
    /// Where the keys were read from.
    files: Vec<PathBuf>,
}

impl Keyring {
    /// Reads the keys; every option that no signature could have is refused here.
    pub(super) fn new(options: &Options, config: &Config, session: &Session) -> anyhow::Result<Self> {
        let weak = if options.allow_weak { Weak::Allow } else { Weak::Refuse };
        let now = session.now(options.at);
        let named = |list: &String| list.split(':').map(|name| name.trim().to_owned()).collect();
        let make = |domain: &Name, selector: &Name, path: &Path| -> anyhow::Result<_> {
            let settings = SignOptions {
                identity: options.identity.clone(),
                canonicalization: options.canonicalization,
                headers: options.headers.as_ref().map(named),
                expire_in: options.expire_in.map(|time| time.as_secs()),
                ..SignOptions::new(domain.clone(), selector.clone(), now)
            };
            settings.check()?;
            let (key, warnings) = read_key_file(path, weak)?;
            warnings.iter().for_each(|warning| session.warn(warning));
            if key.is_weak() {
                session.warn(&told!(
                    "error-weak-key",
                    path = path.display().to_string(),
                    bits = key.bits().to_string(),
                    wanted = STRONG_RSA_BITS.to_string()
                ));
            }
            Ok((key, settings))
        };
        let mut by_domain: BTreeMap<Name, Vec<_>> = BTreeMap::new();
        if let (false, Some(domain)) = (options.key.is_empty(), &options.domain) {
            if options.key.len() != options.selector.len() {
                fail!("error-keys-selectors", keys = options.key.len(), selectors = options.selector.len());
            }
            for (path, selector) in options.key.iter().zip(&options.selector) {
                by_domain.entry(domain.clone()).or_default().push(make(domain, selector, path)?);
            }
            return Ok(Self { by_domain, fixed: Some(domain.clone()), files: options.key.clone() });
        }
        if options.config.is_none() {
            fail!("error-no-key");
        }
        let mut files = Vec::new();
        for entry in &config.domains {
            let domain = Name::parse(&entry.name).told(|| option("name", &entry.name))?;
            if options.domain.as_ref().is_some_and(|only| *only != domain) {
                continue;
            }
            for dkim in &entry.dkim {
                let Some(key) = &dkim.key else { continue };
                let selector = Name::parse(&dkim.selector).told(|| option("selector", &dkim.selector))?;
                if !options.selector.is_empty() && !options.selector.contains(&selector) {
                    continue;
                }
                let path = config.folder.join(key);
                let key = make(&domain, &selector, &path)?;
                files.push(path);
                by_domain.entry(domain.clone()).or_default().push(key);
            }
        }
        if by_domain.is_empty() {
            fail!("error-config-no-key");
        }
        Ok(Self { by_domain, fixed: options.domain.clone(), files })
    }

    /// The files that the keys were read from.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }

    /// The keys for a message: of its From domain, or the nearest domain above it that has some.
    pub(super) fn keys_for(&self, headers: &Headers) -> anyhow::Result<Vec<(&dyn SigningKey, SignOptions)>> {
        let own = match &self.fixed {
            Some(domain) => self.by_domain.get(domain),
            // The signer itself complains of no or several From fields.
            None => match headers.named("from").next() {
                None => self.by_domain.values().next(),
                Some(field) => Some(self.by_author(&Author::parse(field.value(headers)))?),
            },
        };
        let own = own.ok_or_else(|| told!("error-no-key-for-it"))?;
        Ok(own.iter().map(|(key, settings)| (key as &dyn SigningKey, settings.clone())).collect())
    }

    fn by_author(&self, author: &Author) -> anyhow::Result<&Vec<(PrivateKey, SignOptions)>> {
        let domains = author.domains();
        let Some(domain) = domains.first() else { fail!("error-no-from-domain") };
        let mut name = Some(domain.clone());
        while let Some(here) = name.filter(|n| !n.is_root()) {
            if let Some(keys) = self.by_domain.get(&here) {
                return Ok(keys);
            }
            name = here.parent();
        }
        fail!("error-config-no-key-for", domain = domain)
    }
}
