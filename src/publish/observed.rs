//! What a domain publishes, as a `mailauth.toml` says it: the way back from records to the desired state.

use std::net::IpAddr;

use crate::config::{DkimConfig, DmarcConfig, DomainConfig, MtaStsConfig, SpfConfig, TlsRptConfig};
use crate::dns::Name;
use crate::knowledge::providers::{self, Provider};
use crate::locales::Args;
use crate::rules::domain::{Domain, permits_someone};
use crate::rules::needs::unseen;
use crate::spf::{Mechanism, Qualifier, TermKind};
use crate::{mta_sts, tls_rpt};

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// The desired state that would ask for just these records.
    pub config: DomainConfig,
    /// What cannot be said in it: ids of messages and their arguments.
    pub remarks: Vec<(&'static str, Args)>,
}

/// Describes a domain by what it publishes; what was not seen is left out and remarked.
pub fn observed(domain: &Domain<'_>) -> Observed {
    let facts = domain.facts;
    let mut out = Observed::default();
    out.config.name = domain.name().to_string();
    let missing: Vec<String> = unseen(domain).into_iter().take(10).map(|u| format!("{} ({})", u.name, u.why)).collect();
    if !missing.is_empty() {
        out.remark("init-unseen", [("what", missing.join(", "))]);
    }
    let permits = domain.spf.records.iter().any(|r| permits_someone(&r.parsed.record));
    out.config.parked = domain.null_mx && !permits && domain.usable_keys().next().is_none();
    if !out.config.parked {
        let mx: Vec<String> = facts.mx.list().iter().map(|(preference, host)| exchanger(*preference, host)).collect();
        out.config.mx = (!mx.is_empty()).then_some(mx);
        out.spf(domain);
        for key in domain.usable_keys() {
            if !out.config.dkim.iter().any(|known| known.selector == key.selector.selector) {
                out.config.dkim.push(DkimConfig { selector: key.selector.selector.clone(), key: None });
            }
        }
    }
    out.dmarc(domain);
    let texts = facts.mta_sts.list().iter().filter_map(|text| mta_sts::parse(&text.to_text()).record);
    out.config.mta_sts = only(texts).map(|record| MtaStsConfig { id: Some(record.id), ..MtaStsConfig::default() });
    let texts = facts.tls_rpt.list().iter().filter_map(|text| tls_rpt::parse(&text.to_text()).record);
    out.config.tls_rpt = only(texts).map(|record| TlsRptConfig { rua: record.rua });
    out
}

/// The one there is; several are none.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next();
    if items.next().is_some() { None } else { first }
}

fn exchanger(preference: u16, host: &Name) -> String {
    if host.is_root() { format!("{preference} .") } else { format!("{preference} {host}") }
}

impl Observed {
    fn remark<const N: usize>(&mut self, id: &'static str, args: [(&'static str, String); N]) {
        self.remarks.push((id, args.into_iter().map(|(name, text)| (name.into(), text.into())).collect()));
    }

    /// Providers, addresses and terms from the one SPF record.
    fn spf(&mut self, domain: &Domain<'_>) {
        let mut terms: Vec<String> = Vec::new();
        let mut all = None;
        match &*domain.spf.records {
            [] => {}
            [one] if !one.parsed.is_valid() => {
                self.remark("init-spf-broken", [("record", one.joined.text.clone())]);
            }
            [one] if one.parsed.record.redirect().is_some() && one.parsed.record.all().is_none() => {
                self.remark("init-spf-redirect", [("record", one.joined.text.clone())]);
            }
            [one] => {
                for term in &one.parsed.record.terms {
                    let text = one.joined.text.get(term.span.clone()).unwrap_or_default();
                    match &term.kind {
                        TermKind::Directive(qualifier, Mechanism::All) => {
                            all = all.or(Some(*qualifier));
                            // RFC 7208 §5.1: what stands behind it is never looked at, except `exp=`.
                        }
                        TermKind::Directive(_, _) if all.is_some() => {}
                        TermKind::Directive(Qualifier::Pass, Mechanism::Ip4(ip, 32)) => self.address(IpAddr::V4(*ip)),
                        TermKind::Directive(Qualifier::Pass, Mechanism::Ip6(ip, 128)) => self.address(IpAddr::V6(*ip)),
                        _ if is_redirect(text) => {}
                        _ => terms.push(text.to_owned()),
                    }
                }
                let word = match all {
                    Some(Qualifier::Fail) => Some("fail"),
                    Some(Qualifier::Softfail) => Some("softfail"),
                    Some(Qualifier::Neutral) => Some("neutral"),
                    Some(Qualifier::Pass) | None => {
                        self.remark("init-spf-all-missing", []);
                        None
                    }
                };
                self.config.spf = Some(SpfConfig { all: word.map(str::to_owned), terms: Vec::new() });
            }
            _ => self.remark("init-spf-several", []),
        }
        self.providers(domain, &mut terms);
        if let Some(spf) = &mut self.config.spf {
            spf.terms = terms;
        }
    }

    fn address(&mut self, ip: IpAddr) {
        if !self.config.ips.contains(&ip) {
            self.config.ips.push(ip);
        }
    }

    /// The providers that records give away. Their terms are theirs, not the domain's own.
    fn providers(&mut self, domain: &Domain<'_>, terms: &mut Vec<String>) {
        let mut found: Vec<&'static Provider> = Vec::new();
        let includes: Vec<&'static Provider> = terms
            .iter()
            .filter_map(|term| term.trim_start_matches('+').split_once(':'))
            .filter(|(name, _)| name.eq_ignore_ascii_case("include"))
            .filter_map(|(_, target)| providers::by_spf_include(target))
            .collect();
        let hosts = domain.facts.mx.list().iter().filter_map(|(_, host)| providers::by_mx(host));
        let selectors = domain.facts.dkim.selectors.iter();
        let targets = selectors.filter_map(|s| providers::by_dkim_target(s.alias.as_ref()?));
        for provider in hosts.chain(includes).chain(targets) {
            if !found.iter().any(|known| known.id == provider.id) {
                found.push(provider);
            }
        }
        // One that others stand on must not take their terms away before they are looked at.
        let published = terms.clone();
        let has = |term: &String| published.iter().any(|p| p.trim_start_matches('+').eq_ignore_ascii_case(term));
        for provider in found {
            let asked = provider.publishable_terms();
            if asked.iter().all(has) {
                terms.retain(|term| !asked.iter().any(|a| term.trim_start_matches('+').eq_ignore_ascii_case(a)));
                self.config.providers.push(provider.id.clone());
            } else {
                self.remark("init-provider", [("provider", provider.name.clone()), ("id", provider.id.clone())]);
            }
        }
    }

    fn dmarc(&mut self, domain: &Domain<'_>) {
        let Some(one) = domain.the_dmarc() else {
            if !domain.dmarc.records.is_empty() || !domain.dmarc.ignored.is_empty() {
                self.remark("init-dmarc-broken", []);
            }
            return;
        };
        let Some(record) = &one.parsed.record else { return };
        let word = |text: &str| Some(text.to_owned());
        let uris = |list: &[crate::dmarc::Destination]| list.iter().map(|d| d.uri.clone()).collect();
        if self.config.parked {
            let rua = uris(&record.rua);
            self.config.dmarc = Some(DmarcConfig { rua, ..DmarcConfig::default() }).filter(|d| !d.rua.is_empty());
            return;
        }
        self.config.dmarc = Some(DmarcConfig {
            policy: record.policy.and_then(|p| word(p.as_str())),
            subdomain_policy: record.subdomain_policy.and_then(|p| word(p.as_str())),
            nonexistent_policy: record.nonexistent_policy.and_then(|p| word(p.as_str())),
            rua: uris(&record.rua),
            ruf: uris(&record.ruf),
            adkim: record.adkim.and_then(|a| word(a.as_str())),
            aspf: record.aspf.and_then(|a| word(a.as_str())),
        });
    }
}

fn is_redirect(term: &str) -> bool {
    term.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("redirect="))
}
