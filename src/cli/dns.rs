//! From the DNS options of a command to its resolver.

use std::fs::File;
use std::io::Read as _;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::options::DnsOptions;
use super::told::{Tell as _, fail, option, told, unreadable};
use crate::dns::live::Settings;
use crate::dns::server::ResolverSpec;
use crate::dns::stack::{Dns, Options};
use crate::dns::zone::Zones;
use crate::dnssec::Anchors;
use crate::gather::{Reach, Web};
use crate::net::guard::ConnectTo;
use crate::net::tls::TlsClients;
use crate::zonefile::{LoadOptions, Source, ZoneSet};

/// Octets of `--ca-file` at most; the authorities of all browsers take a quarter of a mebibyte.
const LARGEST_CA_FILE: u64 = 16 << 20;

impl DnsOptions {
    /// Puts the resolver together. `configured` are the resolvers of the configuration, which
    /// `--resolver` beats.
    ///
    /// # Errors
    /// An option that cannot be used; the message names it.
    pub fn resolver(&self, configured: &[String]) -> anyhow::Result<Dns> {
        self.resolver_over(self.zones()?, configured)
    }

    /// As [`DnsOptions::resolver`], over zone files that have been read.
    ///
    /// # Errors
    /// An option that cannot be used; the message names it.
    pub fn resolver_over(&self, zones: Option<Arc<Zones>>, configured: &[String]) -> anyhow::Result<Dns> {
        // A mistake in it is told by every command that asks.
        if self.trust_anchor.is_some() {
            self.anchors()?;
        }
        let specs = if self.resolver.is_empty() { configured } else { &self.resolver };
        let servers = specs
            .iter()
            .map(|text| ResolverSpec::parse(text).told(|| option("--resolver", text)))
            .collect::<Result<Vec<_>, _>>()?;
        let options = Options {
            live: Settings {
                servers,
                timeout: self.timeout,
                retries: self.retries.into(),
                connect_to: self.connections()?,
                roots: self.roots()?,
                trust_ad: self.trust_ad,
            },
            offline: self.offline,
            replay: self.replay_dns.clone(),
            save: self.save_dns.clone(),
            concurrency: self.concurrency.into(),
        };
        Dns::new(options, zones.map(|zones| zones as _)).told(|| told!("error-no-resolver")).map_err(Into::into)
    }

    /// What signatures are validated by: `--trust-anchor`, else the root's keys. `None` where nobody is asked: a
    /// recording has the verdicts.
    ///
    /// # Errors
    /// The file cannot be read, or holds something else than DS and DNSKEY records.
    pub fn anchors(&self) -> anyhow::Result<Option<Arc<Anchors>>> {
        let anchors = match &self.trust_anchor {
            Some(path) => Anchors::read(path).told(|| option("--trust-anchor", path.display()))?,
            None => Anchors::root(),
        };
        let asks = !self.offline && self.replay_dns.is_none();
        Ok(asks.then(|| Arc::new(anchors)))
    }

    /// What may be reached besides the resolver: nothing with `--offline` and `--replay-dns`; a zone's own servers
    /// only where no resolver was named, or where `--connect-to` names them.
    ///
    /// # Errors
    /// An option that cannot be used; the message names it.
    pub fn reach(&self, zones: Option<Arc<Zones>>, configured: &[String]) -> anyhow::Result<Reach> {
        let silent = self.offline || self.replay_dns.is_some();
        let web = if silent { None } else { Some(Arc::new(Web::new(TlsClients::new(self.roots()?), self.timeout))) };
        Ok(Reach {
            zones: zones.map(|zones| zones as _),
            all_own_servers: !self.offline && self.resolver.is_empty() && configured.is_empty(),
            connect_to: self.connections()?.into(),
            web,
            anchors: self.anchors()?,
            ..Reach::default()
        })
    }

    /// `--connect-to`.
    ///
    /// # Errors
    /// One of them is not `NAME:PORT:ADDR:PORT`.
    pub fn connections(&self) -> anyhow::Result<Vec<ConnectTo>> {
        let read = |text: &String| text.parse::<ConnectTo>().told(|| option("--connect-to", text)).map_err(Into::into);
        self.connect_to.iter().map(read).collect()
    }

    /// `--ca-file`.
    ///
    /// # Errors
    /// It cannot be read, or holds no certificate.
    pub fn roots(&self) -> anyhow::Result<Option<Arc<RootCertStore>>> {
        let Some(path) = &self.ca_file else { return Ok(None) };
        let mut store = RootCertStore::empty();
        let shown = || option("--ca-file", path.display());
        let mut text = Vec::new();
        let file = File::open(path).told(shown)?;
        file.take(LARGEST_CA_FILE + 1).read_to_end(&mut text).told(shown)?;
        if text.len() as u64 > LARGEST_CA_FILE {
            fail!("error-certificates-size", path = path.display().to_string());
        }
        for certificate in CertificateDer::pem_slice_iter(&text) {
            store.add(certificate.told(shown)?).told(shown)?;
        }
        if store.is_empty() {
            fail!("error-no-certificate", path = path.display().to_string());
        }
        Ok(Some(Arc::new(store)))
    }

    /// The zone files of `--zone`.
    ///
    /// # Errors
    /// One of them cannot be read, or does not say of which zone it is.
    pub fn zones(&self) -> anyhow::Result<Option<Arc<Zones>>> {
        if self.zone.is_empty() {
            return Ok(None);
        }
        let read = |path: &std::path::PathBuf| Source::read(path).told(|| unreadable(path.display()));
        let sources = self.zone.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let set = ZoneSet::load(sources, &LoadOptions::default());
        if let Some(fatal) = set.fatal().first() {
            return Err(fatal.clone().into());
        }
        Ok(Some(Arc::new(Zones::new(Arc::new(set)))))
    }
}

/// The runtime of a command: one thread where one domain or message is at work, all cores for many.
///
/// # Errors
/// The system gives none.
pub fn runtime(many: bool) -> anyhow::Result<tokio::runtime::Runtime> {
    let mut builder =
        if many { tokio::runtime::Builder::new_multi_thread() } else { tokio::runtime::Builder::new_current_thread() };
    builder.enable_all().build().told(|| told!("error-no-runtime")).map_err(Into::into)
}
