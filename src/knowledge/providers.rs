//! Who hosts a domain's mail or sends for it, recognised by its records.

use std::sync::OnceLock;

use serde::Deserialize;

use super::pattern;
use super::selectors::Family;
use crate::dns::Name;

static TABLE: OnceLock<Table> = OnceLock::new();
pub(super) const DATA: &str = include_str!("providers.toml");

/// A mailbox host, web host, gateway or sending service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Stable id, as `providers` in `mailauth.toml` names it.
    pub id: String,
    /// The provider's own name.
    pub name: String,
    /// What it does.
    pub kind: ProviderKind,
    /// Domains of `include:` and `redirect=` terms, the usual one first; `<…>` stands for a part that differs from customer to customer.
    #[serde(default)]
    pub spf_includes: Vec<String>,
    /// SPF terms that belong beside the include.
    #[serde(default)]
    pub spf_terms: Vec<String>,
    /// Names that its mail exchangers lie at or below.
    #[serde(default)]
    pub mx_suffixes: Vec<String>,
    /// Selectors that customers usually have.
    #[serde(default)]
    pub dkim_selectors: Vec<String>,
    /// Forms of selectors that differ from customer to customer; see [`pattern::selector_matches`].
    #[serde(default)]
    pub dkim_selector_patterns: Vec<String>,
    /// Selectors that hold the date their key was made.
    #[serde(default)]
    pub dkim_selector_families: Vec<Family>,
    /// Names that delegated keys lie at or below.
    #[serde(default)]
    pub dkim_cname_targets: Vec<String>,
    /// Whether customers share sending addresses: an SPF pass or a blocklist entry is then shared with strangers.
    pub shared_ips: bool,
    /// How keys are published; empty when unknown.
    #[serde(default)]
    pub dkim_style: Vec<DkimStyle>,
    /// Title of the provider's own page about it.
    pub docs: Option<String>,
    /// What else is worth knowing.
    pub note: Option<String>,
    /// Names of this row that no document showed; they serve recognition only.
    #[serde(default)]
    pub unconfirmed: Vec<String>,
    /// Whether the record names were seen in documents or zones; if not, they serve recognition only.
    pub verified: bool,
    /// Where they were seen.
    pub source: String,
    /// The day they were looked at.
    #[serde(deserialize_with = "super::date")]
    pub as_of: jiff::civil::Date,
}

/// What a provider does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderKind {
    /// Keeps mailboxes.
    Mailbox,
    /// Hosts web sites and mail.
    Hoster,
    /// Stands before or behind another host.
    Gateway,
    /// Sends for others: transactional mail.
    Esp,
    /// Sends for others: newsletters.
    Newsletter,
}

/// How a provider has its customers publish DKIM keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DkimStyle {
    /// A CNAME; the provider keeps the key.
    Cname,
    /// The key as TXT in the customer's zone.
    Txt,
    /// `_domainkey` is delegated to the provider's name servers.
    Ns,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    pub provider: Vec<Provider>,
}

impl Provider {
    /// Whether a selector is one that this provider gives out, by name or by form.
    pub fn has_selector(&self, selector: &str) -> bool {
        self.dkim_selectors.iter().any(|s| s.eq_ignore_ascii_case(selector))
            || self.dkim_selector_patterns.iter().any(|p| pattern::selector_matches(p, selector))
    }

    /// The SPF terms that a customer publishes, `include:` first; empty unless confirmed and without parts to fill in.
    pub fn publishable_terms(&self) -> Vec<String> {
        let first =
            self.spf_includes.first().filter(|include| !include.contains('<') && !self.unconfirmed.contains(include));
        match first {
            Some(include) if self.verified => {
                let include = std::iter::once(format!("include:{include}"));
                include.chain(self.spf_terms.iter().cloned()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Every provider, in the order of the data.
pub fn all() -> &'static [Provider] {
    &TABLE.get_or_init(|| super::load(DATA)).provider
}

/// The provider with this id.
pub fn by_id(id: &str) -> Option<&'static Provider> {
    all().iter().find(|p| p.id == id)
}

/// The provider that a mail exchanger belongs to.
pub fn by_mx(host: &Name) -> Option<&'static Provider> {
    closest(host.as_str(), |p| &p.mx_suffixes)
}

/// The provider that the target of an SPF `include` or `redirect` belongs to.
pub fn by_spf_include(domain: &str) -> Option<&'static Provider> {
    closest(domain, |p| &p.spf_includes)
}

/// The provider that the CNAME target of a DKIM key belongs to.
pub fn by_dkim_target(target: &Name) -> Option<&'static Provider> {
    closest(target.as_str(), |p| &p.dkim_cname_targets)
}

/// The selectors that customers of these providers usually have, each once, in the providers' order.
///
/// DNS names know no case, so neither does the comparison.
pub fn typical_selectors<'a>(providers: impl IntoIterator<Item = &'a Provider>) -> Vec<&'a str> {
    let mut selectors: Vec<&str> = Vec::new();
    for selector in providers.into_iter().flat_map(|p| &p.dkim_selectors) {
        if !selectors.iter().any(|s| s.eq_ignore_ascii_case(selector)) {
            selectors.push(selector);
        }
    }
    selectors
}

/// The selectors of these providers that hold the date their key was made, counted back from `today`.
///
/// Worth asking where the typical ones have no key: they are many and only one of them exists.
pub fn dated_selectors<'a>(
    providers: impl IntoIterator<Item = &'a Provider>,
    today: jiff::civil::Date,
) -> impl Iterator<Item = String> {
    providers.into_iter().flat_map(|p| &p.dkim_selector_families).flat_map(move |family| family.names(today))
}

/// The provider with the longest covering suffix; among equals the first of the data.
fn closest(name: &str, suffixes: impl Fn(&Provider) -> &Vec<String>) -> Option<&'static Provider> {
    let mut best: Option<(usize, &Provider)> = None;
    for provider in all() {
        for labels in suffixes(provider).iter().filter_map(|suffix| pattern::covers(suffix, name)) {
            if best.is_none_or(|(most, _)| labels > most) {
                best = Some((labels, provider));
            }
        }
    }
    best.map(|(_, provider)| provider)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn hosts_are_recognised_by_their_exchangers() {
        for (host, want) in [
            ("praxis-de.mail.protection.outlook.com", Some("microsoft365")),
            ("smtpin.rzone.de", Some("strato")),
            ("mx00.ionos.de", Some("ionos")),
            ("mx00.emig.gmx.net", Some("gmx-webde")),
            ("eur.olc.protection.outlook.com", Some("outlook-com")),
            ("inbound-smtp.eu-west-1.amazonaws.com", Some("amazon-ses")),
            ("ec2-192-0-2-1.eu-west-1.compute.amazonaws.com", None),
            ("mail.example.de", None),
            ("xrzone.de", None),
        ] {
            assert_eq!(by_mx(&name(host)).map(|p| p.id.as_str()), want, "{host}");
        }
    }

    #[test]
    fn senders_are_recognised_by_includes_and_delegated_keys() {
        for (domain, want) in [
            ("spf.protection.outlook.com", Some("microsoft365")),
            ("_spf.strato.com", Some("strato")),
            ("u1.wl2.sendgrid.net", Some("sendgrid")),
            ("example-de.spf.smtp25.com", Some("appriver")),
            ("12345.spf07.hubspotemail.net", Some("hubspot")),
            ("amazonses.com", Some("amazon-ses")),
            ("outlook.com", None),
        ] {
            assert_eq!(by_spf_include(domain).map(|p| p.id.as_str()), want, "{domain}");
        }
        let target = name("selector1-praxis-de._domainkey.praxis.onmicrosoft.com");
        assert_eq!(by_dkim_target(&target).map(|p| p.id.as_str()), Some("microsoft365"));
        assert!(by_dkim_target(&name("s1._domainkey.example.de")).is_none());
    }

    #[test]
    fn every_name_of_the_data_leads_back_to_a_provider_that_has_it() {
        let filled = |text: &str| {
            let mut out = String::new();
            let mut inside = false;
            for c in text.chars() {
                match c {
                    '<' => {
                        inside = true;
                        out.push('x');
                    }
                    '>' => inside = false,
                    c if !inside => out.push(c),
                    _ => {}
                }
            }
            out
        };
        for provider in all() {
            for suffix in &provider.mx_suffixes {
                let found = by_mx(&name(&format!("mx1.{}", filled(suffix)))).unwrap();
                assert!(found.mx_suffixes.contains(suffix), "{suffix}");
            }
            for include in &provider.spf_includes {
                let found = by_spf_include(&filled(include)).unwrap();
                assert!(found.spf_includes.contains(include), "{include}");
            }
            for target in &provider.dkim_cname_targets {
                let found = by_dkim_target(&name(&format!("k.{}", filled(target)))).unwrap();
                assert!(found.dkim_cname_targets.contains(target), "{target}");
            }
        }
    }

    #[test]
    fn selectors_come_once_and_in_order() {
        let providers = ["ionos", "netcup", "migadu"].map(|id| by_id(id).unwrap());
        let selectors = typical_selectors(providers);
        assert_eq!(&selectors[..2], ["s1-ionos", "s2-ionos"]);
        assert_eq!(selectors.iter().filter(|s| **s == "key1").count(), 1);
        assert!(by_id("hetzner").unwrap().has_selector("default2307"));
        assert!(by_id("mailbox-org").unwrap().has_selector("mbo0001"));
        assert!(!by_id("mailbox-org").unwrap().has_selector("mbo9999"));
    }

    #[test]
    fn dated_selectors_have_the_form_of_the_provider() {
        let hetzner = by_id("hetzner").unwrap();
        let selectors: Vec<_> = dated_selectors([hetzner], "2026-01-31".parse().unwrap()).collect();
        assert_eq!(&selectors[..2], ["default2601", "default2512"]);
        assert!(selectors.iter().all(|s| hetzner.has_selector(s)));
    }

    #[test]
    fn only_confirmed_terms_are_publishable() {
        for (id, want) in [
            ("microsoft365", "include:spf.protection.outlook.com"),
            ("all-inkl", "include:spf.kasserver.com a mx"),
            ("ionos", "include:_spf-eu.ionos.com"),
            ("migadu", ""),
            ("hubspot", ""),
            ("ovh", ""),
        ] {
            assert_eq!(by_id(id).unwrap().publishable_terms().join(" "), want, "{id}");
        }
        for provider in all() {
            for name in &provider.unconfirmed {
                let lists = [&provider.spf_includes, &provider.mx_suffixes, &provider.dkim_selectors];
                assert!(lists.iter().any(|l| l.contains(name)) || provider.dkim_cname_targets.contains(name), "{name}");
            }
            for term in provider.publishable_terms() {
                assert!(term == "a" || term == "mx" || term.starts_with("include:"), "{} {term}", provider.id);
            }
        }
    }
}
