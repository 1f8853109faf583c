//! `record all`: the records that a `mailauth.toml` asks for.

use std::net::IpAddr;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};

use super::Made;
use super::said::Said;
use crate::cli::Session;
use crate::config::{Config, DmarcConfig, DomainConfig, MtaStsConfig, nearest};
use crate::dkim::keys::{self, Weak};
use crate::dns::{Name, RecordType};
use crate::knowledge::providers;
use crate::publish::records::{
    self, Alignment, DkimOptions, DmarcOptions, Policy, PublishError, SpfAll, StsMode, StsOptions,
};
use crate::publish::{PolicyFile, Record, ZoneRecords, likely_zone};
use crate::spf;

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
            let near = near.map(|near| format!("; did you mean '{near}'?")).unwrap_or_default();
            anyhow!("--domain {domain}: {} has no [[domain]] of this name{near}", path.display())
        })?],
    };
    if wanted.is_empty() {
        bail!("{} names no domain; add a [[domain]] with a name, or write one with `mailauth init`", path.display());
    }
    let mut made = Made::default();
    for domain in wanted {
        let name = records::mail_domain("name", &domain.name).with_context(|| path.display().to_string())?;
        let said = Said { catalogue: session.catalogue(), domain: &name };
        let place = || format!("{}: domain {name}", path.display());
        let before = made.said.len();
        let records = Wanted { config, domain, name: &name, ttl, said: &said, session }
            .records(&mut made.said, &mut made.policies)
            .with_context(place)?;
        if records.is_empty() {
            bail!(
                "{}: nothing to publish; add spf, dmarc, dkim, mx, mta-sts, tls-rpt, ips, providers or parked",
                place()
            );
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
            let (key_pair, warnings) =
                keys::read_key_file(&self.config.folder.join(path), Weak::Allow).map_err(|e| anyhow!("dkim.key: {e}"))?;
            warnings.iter().for_each(|warning| self.session.complain(&warning.to_string()));
            out.push(records::dkim(key_pair.public_key(), &key.selector, name, DkimOptions::default(), ttl)?);
        }
        if let Some(dmarc) = &domain.dmarc {
            let options = dmarc_options(dmarc)?;
            out.push(records::dmarc(name, &options, ttl).map_err(|e| in_table(e, "dmarc"))?);
            said.push(self.said.dmarc(&options));
        }
        if let Some(sts) = &domain.mta_sts {
            let (record, policy, mode) = self.mta_sts(sts)?;
            out.push(record);
            policies.push(policy);
            said.push(self.said.mta_sts(mode));
        }
        if let Some(reports) = &domain.tls_rpt {
            if reports.rua.is_empty() {
                bail!("tls-rpt.rua is missing; write rua = [\"mailto:tls@{name}\"]");
            }
            out.push(records::tls_rpt(name, &reports.rua, ttl).map_err(|e| called(e, "tls-rpt.rua"))?);
        }
        Ok(out)
    }

    fn exchanger(&self, text: &str) -> anyhow::Result<Record> {
        let mut parts = text.split_ascii_whitespace();
        let (preference, host, rest) = (parts.next(), parts.next(), parts.next());
        let preference: Option<u16> = preference.and_then(|p| p.parse().ok());
        let value = match (preference, host, rest) {
            // RFC 7505 §3: the null MX has preference 0.
            (Some(0), Some("."), None) => "0 .".to_owned(),
            (Some(preference), Some(host), None) => {
                let host = records::mail_domain("mx", host.trim_end_matches('.'))?;
                format!("{preference} {host}")
            }
            _ => bail!("mx {text:?}: not preference and host; write \"10 mail.example.de\""),
        };
        Ok(Record { name: self.name.clone(), rtype: RecordType::Mx, ttl: self.ttl, value })
    }

    /// SPF from `ips`, `spf.terms` and what the providers ask for; addresses first, as they cost no lookup.
    ///
    /// None where the providers' terms are all that there would be, and they are not known.
    fn spf(&self, said: &mut Vec<String>) -> anyhow::Result<Option<Record>> {
        let Self { domain, name, .. } = *self;
        let mut terms: Vec<String> = Vec::new();
        for ip in &domain.ips {
            terms.push(match ip {
                IpAddr::V4(ip) => format!("ip4:{ip}"),
                IpAddr::V6(ip) => format!("ip6:{ip}"),
            });
        }
        let own = domain.spf.clone().unwrap_or_default();
        for term in own.terms.iter().flat_map(|term| term.split(' ')).filter(|term| !term.is_empty()) {
            let parsed = spf::parse(&format!("v=spf1 {term}"));
            if let Some(fault) = parsed.errors.first() {
                bail!("spf.terms {term:?}: {}; write a term as it stands in the record", fault.kind);
            }
            if parsed.record.all().is_some() || parsed.record.redirect().is_some() {
                bail!("spf.terms {term:?}: what holds for everybody else is said by spf.all");
            }
            terms.push(term.to_owned());
        }
        for id in &domain.providers {
            let Some(provider) = providers::by_id(id) else { continue };
            let known = provider.publishable_terms();
            if known.is_empty() {
                said.push(self.said.unknown_terms(&provider.name));
            }
            terms.extend(known);
        }
        if terms.is_empty() && domain.spf.is_none() {
            return Ok(None);
        }
        let all: SpfAll = own.all.as_deref().unwrap_or("softfail").parse().map_err(|e| called(e, "spf.all"))?;
        let mut seen = std::collections::HashSet::new();
        terms.retain(|term| seen.insert(term.to_ascii_lowercase()));
        // Modifiers have no order of their own, but readers expect them behind `all`.
        let (modifiers, mut terms): (Vec<String>, Vec<String>) =
            terms.into_iter().partition(|t| t.split([':', '/']).next().is_some_and(|head| head.contains('=')));
        terms.push(
            match all {
                SpfAll::Fail => "-all",
                SpfAll::Softfail => "~all",
                SpfAll::Neutral => "?all",
            }
            .to_owned(),
        );
        terms.extend(modifiers);
        let text = format!("v=spf1 {}", terms.join(" "));
        let parsed = spf::parse(&text);
        if let Some(fault) = parsed.errors.first() {
            bail!("spf {:?}: {}", text.get(fault.span.clone()).unwrap_or_default(), fault.kind);
        }
        // RFC 7208 §4.6.4: at most ten.
        let lookups = parsed.record.terms.iter().filter(|term| term.asks_dns()).count();
        if lookups > 10 {
            bail!("spf: {lookups} DNS lookups, and SPF ends at 10; drop providers or terms that no longer send");
        }
        let includes_itself = |term: &&spf::Term| {
            matches!(term.directive(), Some((_, spf::Mechanism::Include(spec))) if spec.name() == Some(name))
        };
        if parsed.record.terms.iter().any(|term| includes_itself(&term)) {
            bail!("spf.terms \"include:{name}\": a domain that includes itself never passes");
        }
        said.push(self.said.spf(&text));
        Ok(Some(Record::txt(name.clone(), self.ttl, text)))
    }

    fn mta_sts(&self, sts: &MtaStsConfig) -> anyhow::Result<(Record, PolicyFile, StsMode)> {
        let mode: StsMode =
            sts.mode.as_deref().unwrap_or("testing").parse().map_err(|e| called(e, "mta-sts.mode"))?;
        let mx: Vec<String> = (self.domain.mx.iter().flatten())
            .filter_map(|text| text.split_ascii_whitespace().nth(1))
            .map(|host| host.trim_end_matches('.').to_owned())
            .filter(|host| !host.is_empty())
            .collect();
        if mx.is_empty() && mode != StsMode::None {
            bail!("mta-sts needs the mail exchangers; write mx = [\"10 mail.{}\"]", self.name);
        }
        let max_age = match &sts.max_age {
            Some(text) => records::seconds("mta-sts.max-age", text)?,
            None => StsOptions::default().max_age,
        };
        let options = StsOptions { id: sts.id.clone(), mode, mx, max_age };
        let (record, policy) =
            records::mta_sts(self.name, &options, self.ttl).map_err(|e| in_table(e, "mta-sts"))?;
        Ok((record, policy, mode))
    }
}

fn dmarc_options(dmarc: &DmarcConfig) -> Result<DmarcOptions, PublishError> {
    let policy = |flag, text: &Option<String>| -> Result<Option<Policy>, PublishError> {
        text.as_deref().map(str::parse).transpose().map_err(|e| called(e, flag))
    };
    let alignment = |flag, text: &Option<String>| -> Result<Option<Alignment>, PublishError> {
        text.as_deref().map(str::parse).transpose().map_err(|e| called(e, flag))
    };
    Ok(DmarcOptions {
        policy: policy("dmarc.policy", &dmarc.policy)?.unwrap_or_default(),
        subdomain_policy: policy("dmarc.subdomain-policy", &dmarc.subdomain_policy)?,
        nonexistent_policy: policy("dmarc.nonexistent-policy", &dmarc.nonexistent_policy)?,
        rua: dmarc.rua.clone(),
        ruf: dmarc.ruf.clone(),
        adkim: alignment("dmarc.adkim", &dmarc.adkim)?,
        aspf: alignment("dmarc.aspf", &dmarc.aspf)?,
        ..DmarcOptions::default()
    })
}

/// The same error about a key of the file instead of a flag.
fn called(error: PublishError, key: &'static str) -> PublishError {
    PublishError { flag: key, ..error }
}

/// As [`called`], the key after the flag.
fn in_table(error: PublishError, table: &'static str) -> PublishError {
    let key = match (table, error.flag) {
        ("dmarc", "--rua") => "dmarc.rua",
        ("dmarc", "--ruf") => "dmarc.ruf",
        ("mta-sts", "--id") => "mta-sts.id",
        ("mta-sts", "--max-age") => "mta-sts.max-age",
        (_, "--mx") => "mx",
        (_, other) => other,
    };
    called(error, key)
}
