//! `mailauth.toml`: the desired state of domains, and how rules are to be rated.

mod load;
#[cfg(test)]
mod schema;
mod template;
mod words;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use load::{ConfigError, Slip, nearest};
pub use template::template;

use crate::finding::Severity;

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Language of the results: `en` or `de`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<crate::locales::Language>,
    /// From which severity on findings make the exit code 1: `error`, `warning`, `note`, `never`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<FailOn>,
    /// Resolvers to ask, as `--resolver` takes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolvers: Vec<String>,
    /// Ratings of rules, for all domains.
    #[serde(default, skip_serializing_if = "Ratings::is_empty")]
    pub rules: Ratings,
    /// The domains.
    #[serde(default, rename = "domain", skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<DomainConfig>,
    /// The folder that relative paths count from: that of the file.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// From which severity on findings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

/// Rules and what is made of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Ratings(pub BTreeMap<String, Rating>);

/// What is made of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Rating {
    Ignore,
    Note,
    Warning,
    Error,
}

impl Rating {
    /// The severity; none where the rule is ignored.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Ignore => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl Ratings {
    /// Whether nothing is rated.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a rule is rated here.
    pub fn rates(&self, rule: &str) -> bool {
        self.0.contains_key(rule)
    }

    /// These ratings, but for the rules that a domain rates itself.
    #[must_use]
    pub fn with(&self, own: Option<&Self>) -> Self {
        let mut all = self.clone();
        all.0.extend(own.iter().flat_map(|own| own.0.iter()).map(|(rule, rating)| (rule.clone(), *rating)));
        all
    }

    /// The severity of a rule: `None` where it is ignored, else the rated or the given one.
    pub fn apply(&self, rule: &str, severity: Severity) -> Option<Severity> {
        self.0.get(rule).map_or(Some(severity), |rating| rating.severity())
    }
}

/// One domain and what is wanted of it. What is not mentioned is not judged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DomainConfig {
    /// The domain.
    pub name: String,
    /// It sends and receives no mail.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parked: bool,
    /// Ids of the providers that host or send.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<String>,
    /// Own sending addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ips: Vec<IpAddr>,
    /// Mail exchangers: `10 mx00.example.de`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mx: Option<Vec<String>>,
    /// SPF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spf: Option<SpfConfig>,
    /// DMARC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dmarc: Option<DmarcConfig>,
    /// DKIM selectors, with the private key where this side holds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dkim: Vec<DkimConfig>,
    /// MTA-STS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mta_sts: Option<MtaStsConfig>,
    /// TLS-RPT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_rpt: Option<TlsRptConfig>,
    /// Ratings of rules, for this domain.
    #[serde(default, skip_serializing_if = "Ratings::is_empty")]
    pub rules: Ratings,
}

/// SPF of a domain: made from providers, `ips` and these.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpfConfig {
    /// `fail`, `softfail` or `neutral`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<String>,
    /// Further terms, as they stand in the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
}

/// DMARC of a domain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DmarcConfig {
    /// What receivers shall do with mail that fails: `none`, `quarantine` or `reject`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The same for subdomains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subdomain_policy: Option<String>,
    /// The same for names that do not exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonexistent_policy: Option<String>,
    /// Where daily reports go: `mailto:` URIs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rua: Vec<String>,
    /// Where reports on single messages go: `mailto:` URIs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ruf: Vec<String>,
    /// How exactly DKIM's domain has to fit: `r` (relaxed) or `s` (strict).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adkim: Option<String>,
    /// How exactly SPF's domain has to fit: `r` (relaxed) or `s` (strict).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspf: Option<String>,
}

/// A selector.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DkimConfig {
    /// The selector.
    pub selector: String,
    /// The private key, relative to the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
}

/// MTA-STS of a domain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MtaStsConfig {
    /// `enforce`, `testing` or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// How long senders keep the policy: `7d`, `12h`, `604800s`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<String>,
    /// The id of the policy; made from the policy where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// TLS-RPT of a domain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TlsRptConfig {
    /// Where reports go: `mailto:` or `https:` URIs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rua: Vec<String>,
}

impl Config {
    /// What is wanted of a domain, by its name in A- or U-labels.
    pub fn domain(&self, name: &crate::dns::Name) -> Option<&DomainConfig> {
        self.domains.iter().find(|d| crate::dns::Name::parse(&d.name).is_ok_and(|n| n == *name))
    }
}
