//! `record all`: the records that a `mailauth.toml` asks for.

use std::path::Path;


use super::Made;
use super::said::Said;
use crate::cli::Session;
use crate::cli::told::{Tell as _, fail, told};
use crate::config::{Config, DomainConfig, nearest};
use crate::dkim::keys::{self, Weak};
use crate::dns::{Name, RecordType};
use crate::publish::desired::{self, called, in_table};
use crate::publish::records::{self, DkimOptions};
use crate::publish::{PolicyFile, Record, ZoneRecords, likely_zone};

/// Makes the records of one domain of the configuration, or of all.
///
/// # Errors
/// For a domain that is not in it, and for values that cannot be published; the message names file, domain and key.
pub(super) fn make(
    config: &Config,
    path: &Path,
    only: Option<&Name>,
    ttl: u32,
    session: &Session,
) -> anyhow::Result<Made> {
    let wanted: Vec<&DomainConfig> = match only {
        None => config.domains.iter().collect(),
        Some(domain) => vec![config.domain(domain).ok_or_else(|| {
            let near = nearest(domain.as_str(), config.domains.iter().map(|d| d.name.as_str()));
            let path = path.display().to_string();
            match near {
                Some(near) => told!("error-config-no-domain-meant", domain = domain, path = path, near = near),
                None => told!("error-config-no-domain", domain = domain, path = path),
            }
        })?],
    };
    if wanted.is_empty() {
        fail!("error-config-empty", path = path.display().to_string());
    }
    let mut made = Made::default();
    for domain in wanted {
        let name = records::mail_domain("name", &domain.name).told(|| told!("error-place", place = path.display().to_string()))?;
        let said = Said { catalogue: session.catalogue(), domain: &name };
        let place = || format!("{}: [[domain]] {name}", path.display());
        let before = made.said.len();
        let records = Wanted { config, domain, name: &name, ttl, said: &said, session }
            .records(&mut made.said, &mut made.policies)
            .told(|| told!("error-place", place = place()))?;
        if records.is_empty() {
            fail!("error-config-nothing", place = place());
        }
        made.said.insert(before, said.all(records.len()));
        let zone = likely_zone(&name);
        match made.zones.iter_mut().find(|z| z.zone == zone) {
            Some(known) => known.records.extend(records),
            None => made.zones.push(ZoneRecords { zone, records }),
        }
    }
    Ok(made)
}

struct Wanted<'a> {
    config: &'a Config,
    domain: &'a DomainConfig,
    name: &'a Name,
    ttl: u32,
    said: &'a Said<'a>,
    session: &'a Session,
}

impl Wanted<'_> {
    fn records(&self, said: &mut Vec<String>, policies: &mut Vec<PolicyFile>) -> anyhow::Result<Vec<Record>> {
        let Self { domain, name, ttl, .. } = *self;
        if domain.parked {
            let rua = domain.dmarc.as_ref().map(|d| d.rua.as_slice()).unwrap_or_default();
            said.push(self.said.parked());
            return Ok(records::parked(name, rua, ttl).map_err(|e| called(e, "dmarc.rua"))?);
        }
        let mut out = Vec::new();
        for text in domain.mx.iter().flatten() {
            out.push(self.exchanger(text)?);
        }
        if domain.spf.is_some() || !domain.providers.is_empty() || !domain.ips.is_empty() {
            out.extend(self.spf(said)?);
        }
        for key in &domain.dkim {
            let Some(path) = &key.key else {
                said.push(self.said.foreign_key(&key.selector));
                continue;
            };
            records::key_name(&key.selector, name).map_err(|e| called(e, "dkim.selector"))?;
            let (key_pair, warnings) = keys::read_key_file(&self.config.folder.join(path), Weak::Allow)
                .told(|| told!("error-place", place = "dkim.key"))?;
            warnings.iter().for_each(|warning| self.session.warn(warning));
            out.push(records::dkim(key_pair.public_key(), &key.selector, name, DkimOptions::default(), ttl)?);
        }
        if let Some(dmarc) = &domain.dmarc {
            let options = desired::dmarc_options(dmarc)?;
            out.push(records::dmarc(name, &options, ttl).map_err(|e| in_table(e, "dmarc"))?);
            said.push(self.said.dmarc(&options));
        }
        if let Some(sts) = &domain.mta_sts {
            let (record, policy, mode) = desired::mta_sts(domain, name, sts, ttl)?;
            out.push(record);
            policies.push(policy);
            said.push(self.said.mta_sts(mode));
        }
        if let Some(reports) = &domain.tls_rpt {
            if reports.rua.is_empty() {
                fail!("error-config-tls-rua", domain = name);
            }
            out.push(records::tls_rpt(name, &reports.rua, ttl).map_err(|e| called(e, "tls-rpt.rua"))?);
        }
        Ok(out)
    }

    fn exchanger(&self, text: &str) -> anyhow::Result<Record> {
        let value = desired::exchanger(text)?;
        Ok(Record { name: self.name.clone(), rtype: RecordType::Mx, ttl: self.ttl, value })
    }

    fn spf(&self, said: &mut Vec<String>) -> anyhow::Result<Option<Record>> {
        let (text, unknown) = desired::spf(self.domain, self.name)?;
        unknown.iter().for_each(|provider| said.push(self.said.unknown_terms(&provider.name)));
        let Some(text) = text else { return Ok(None) };
        said.push(self.said.spf(&text));
        Ok(Some(Record::txt(self.name.clone(), self.ttl, text)))
    }
}
