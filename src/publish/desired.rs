//! The records that a domain of a `mailauth.toml` asks for: made for `record all`, compared by the drift rules.

use std::net::IpAddr;

use super::records::{self, Alignment, DmarcOptions, Policy, PublishError, SpfAll, StsMode, StsOptions};
use super::{PolicyFile, Record};
use crate::config::{DmarcConfig, DomainConfig, MtaStsConfig};
use crate::dns::Name;
use crate::knowledge::providers::{self, Provider};
use crate::spf;

/// A value that cannot be published; the message names its key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesiredError {
    /// Something that the makers of records refuse.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// An entry of `mx` that is none.
    #[error("mx {0:?}: not preference and host; write \"10 mail.example.de\"")]
    Exchanger(String),
    /// An entry of `spf.terms` that cannot be evaluated.
    #[error("spf.terms {term:?}: {why}; write a term as it stands in the record")]
    Term {
        /// The entry.
        term: String,
        /// What is wrong with it.
        why: String,
    },
    /// An entry of `spf.terms` that says what `spf.all` says.
    #[error("spf.terms {0:?}: what holds for everybody else is said by spf.all")]
    Everybody(String),
    /// Terms that do not go together.
    #[error("spf {term:?}: {why}")]
    Record {
        /// The first that does not.
        term: String,
        /// What is wrong with it.
        why: String,
    },
    /// More DNS lookups than SPF allows (RFC 7208 §4.6.4).
    #[error("spf: {0} DNS lookups, and SPF ends at 10; drop providers or terms that no longer send")]
    Lookups(usize),
    /// The domain includes itself.
    #[error("spf.terms \"include:{0}\": a domain that includes itself never passes")]
    IncludesItself(Name),
    /// MTA-STS without `mx`.
    #[error("mta-sts needs the mail exchangers; write mx = [\"10 mail.{0}\"]")]
    NoExchangers(Name),
}

/// The value of an MX record from `preference host`.
///
/// # Errors
/// For what is not preference and host.
pub fn exchanger(text: &str) -> Result<String, DesiredError> {
    let mut parts = text.split_ascii_whitespace();
    let (preference, host, rest) = (parts.next(), parts.next(), parts.next());
    let preference: Option<u16> = preference.and_then(|p| p.parse().ok());
    match (preference, host, rest) {
        // RFC 7505 §3: the null MX has preference 0.
        (Some(0), Some("."), None) => Ok("0 .".to_owned()),
        (Some(preference), Some(host), None) => {
            let host = records::mail_domain("mx", host.trim_end_matches('.'))?;
            Ok(format!("{preference} {host}"))
        }
        _ => Err(DesiredError::Exchanger(text.to_owned())),
    }
}

/// SPF from `ips`, `spf.terms` and what the providers ask for; addresses first, as they cost no lookup.
///
/// No record where the providers' terms are all that there would be, and they are not known. Beside it the providers
/// of which nobody knows for certain what they ask for; the record lacks their terms.
///
/// # Errors
/// For terms that cannot be evaluated.
pub fn spf(domain: &DomainConfig, name: &Name) -> Result<(Option<String>, Vec<&'static Provider>), DesiredError> {
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
            return Err(DesiredError::Term { term: term.to_owned(), why: fault.kind.to_string() });
        }
        if parsed.record.all().is_some() || parsed.record.redirect().is_some() {
            return Err(DesiredError::Everybody(term.to_owned()));
        }
        terms.push(term.to_owned());
    }
    let mut unknown = Vec::new();
    for id in &domain.providers {
        let Some(provider) = providers::by_id(id) else { continue };
        let known = provider.publishable_terms();
        if known.is_empty() {
            unknown.push(provider);
        }
        terms.extend(known);
    }
    if terms.is_empty() && domain.spf.is_none() {
        return Ok((None, unknown));
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
        let term = text.get(fault.span.clone()).unwrap_or_default().to_owned();
        return Err(DesiredError::Record { term, why: fault.kind.to_string() });
    }
    // RFC 7208 §4.6.4: at most ten.
    let lookups = parsed.record.terms.iter().filter(|term| term.asks_dns()).count();
    if lookups > 10 {
        return Err(DesiredError::Lookups(lookups));
    }
    let includes_itself = |term: &&spf::Term| matches!(term.directive(), Some((_, spf::Mechanism::Include(spec))) if spec.name() == Some(name));
    if parsed.record.terms.iter().any(|term| includes_itself(&term)) {
        return Err(DesiredError::IncludesItself(name.clone()));
    }
    Ok((Some(text), unknown))
}

/// The MTA-STS record with its policy, and the policy's mode.
///
/// # Errors
/// Without mail exchangers, and for modes, ids and ages that are none.
pub fn mta_sts(
    domain: &DomainConfig,
    name: &Name,
    sts: &MtaStsConfig,
    ttl: u32,
) -> Result<(Record, PolicyFile, StsMode), DesiredError> {
    let mode: StsMode = sts.mode.as_deref().unwrap_or("testing").parse().map_err(|e| called(e, "mta-sts.mode"))?;
    let mx: Vec<String> = (domain.mx.iter().flatten())
        .filter_map(|text| text.split_ascii_whitespace().nth(1))
        .map(|host| host.trim_end_matches('.').to_owned())
        .filter(|host| !host.is_empty())
        .collect();
    if mx.is_empty() && mode != StsMode::None {
        return Err(DesiredError::NoExchangers(name.clone()));
    }
    let max_age = match &sts.max_age {
        Some(text) => records::seconds("mta-sts.max-age", text)?,
        None => StsOptions::default().max_age,
    };
    let options = StsOptions { id: sts.id.clone(), mode, mx, max_age };
    let (record, policy) = records::mta_sts(name, &options, ttl).map_err(|e| in_table(e, "mta-sts"))?;
    Ok((record, policy, mode))
}

/// The tags of the DMARC record.
///
/// # Errors
/// For words that are none of the standard's.
pub fn dmarc_options(dmarc: &DmarcConfig) -> Result<DmarcOptions, PublishError> {
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
pub fn called(error: PublishError, key: &'static str) -> PublishError {
    PublishError { flag: key, ..error }
}

/// As [`called`], the key after the flag.
pub fn in_table(error: PublishError, table: &'static str) -> PublishError {
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
