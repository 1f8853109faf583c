//! A domain as the contract's JSON has it.

use serde::Serialize;

use super::Letter;
use crate::causes::{Judgement, Verdict};
use crate::dkim::key_record::KeyType;
use crate::dns::DnsError;
use crate::dns::server::AdTrust;
use crate::dnssec::Security;
use crate::facts::{DomainFacts, Word};
use crate::knowledge::providers::Provider;
use crate::knowledge::receivers::{ReceiverVerdict, RequirementStatus};
use crate::locales::Catalogue;
use crate::render::Worded;
use crate::rules::domain::Domain;
use crate::rules::hosting::Hosting;

/// One element of `domains`.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DomainDocument {
    pub domain: String,
    pub unicode_domain: String,
    pub verdict: Verdict,
    pub causes: Vec<&'static str>,
    pub findings: Vec<Worded>,
    pub spf: Option<SpfPart>,
    pub dkim: DkimPart,
    pub dmarc: Option<DmarcPart>,
    pub mx: Vec<MxPart>,
    pub mta_sts: Option<MtaStsPart>,
    pub tls_rpt: Option<TlsRptPart>,
    pub bimi: Option<BimiPart>,
    pub dnssec: DnssecPart,
    pub receivers: Vec<ReceiverVerdict>,
    /// The yardstick of `--profile`, and how the domain stands against it.
    pub profile: Option<ProfilePart>,
    /// Who keeps the mailboxes and who sends, as the records give away.
    pub providers: Vec<ProviderPart>,
    /// A text to send to the provider or the IT service; null where nothing is to be done.
    pub letter: Option<Letter>,
    /// The domain lies in a closed network (KIM), where SPF, DKIM and DMARC are not used: none of them is judged.
    pub closed_network: bool,
    /// What could not be learnt: facts that are missing, with the reason.
    pub unseen: Vec<UnseenPart>,
    /// How many findings the configuration or a baseline leaves out.
    pub suppressed: usize,
    /// What was asked with success; what was not is shown as not known, not as missing.
    #[serde(skip)]
    pub known: Known,
    /// A limit cut the check short.
    pub cut: bool,
    pub dns: DnsPart,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ProviderPart {
    pub id: &'static str,
    pub name: &'static str,
    pub mailboxes: bool,
    pub sends: bool,
    pub shared_addresses: bool,
    /// Title of the provider's own page about DKIM and SPF.
    pub page: Option<&'static str>,
}

/// How a domain stands against a profile.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ProfilePart {
    pub id: &'static str,
    pub requirements: Vec<RequirementStatus>,
}

/// Which records are known, be it that there are none.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Known {
    pub mx: bool,
    pub spf: bool,
    pub dkim: bool,
    pub dmarc: bool,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct SpfPart {
    pub record: Option<String>,
    pub dns_lookups: u32,
    pub void_lookups: u32,
    pub all: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DkimPart {
    pub keys: Vec<KeyPart>,
    /// Selectors that were tried and have no key.
    pub without_key: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct KeyPart {
    pub selector: String,
    pub algorithm: Option<&'static str>,
    pub bits: Option<usize>,
    pub testing: bool,
    pub revoked: bool,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DmarcPart {
    pub record: Option<String>,
    pub policy: Option<&'static str>,
    pub subdomain_policy: Option<&'static str>,
    pub nonexistent_policy: Option<&'static str>,
    pub record_domain: Option<String>,
    pub organizational_domain: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct MxPart {
    pub preference: u16,
    pub host: String,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct MtaStsPart {
    pub record: String,
    pub id: Option<String>,
    pub mode: Option<&'static str>,
    pub max_age: Option<u64>,
    pub mx: Option<Vec<String>>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct TlsRptPart {
    pub record: String,
    pub rua: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct BimiPart {
    pub record: String,
    pub selector: &'static str,
    pub location: Option<String>,
    pub authority: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct DnssecPart {
    /// `secure`, `insecure`, `bogus` or `indeterminate` (RFC 4033 §5).
    pub state: &'static str,
    /// By whose word: `signatures` (validated here), `ad-bit` or `checking-disabled`; null where nothing is known.
    pub by: Option<Word>,
    /// Why the resolver's AD bit is believed (`no`: it is not).
    pub ad_bit: AdTrust,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct UnseenPart {
    pub name: String,
    pub why: String,
    /// The same, for the words for people.
    #[serde(skip)]
    pub error: DnsError,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
#[allow(missing_docs)]
pub struct DnsPart {
    pub queries: u64,
    pub elapsed_ms: u64,
}

impl DomainDocument {
    /// Puts a judged domain into the reader's language.
    pub fn new(
        facts: &DomainFacts,
        judgement: &Judgement,
        receivers: Vec<ReceiverVerdict>,
        dns: DnsPart,
        catalogue: &Catalogue,
    ) -> Self {
        let domain = Domain::new(facts);
        let findings = Worded::all(&judgement.findings, catalogue);
        Self {
            domain: facts.domain.to_string(),
            unicode_domain: facts.domain.to_unicode(),
            verdict: judgement.verdict,
            causes: judgement.causes.clone(),
            spf: spf(&domain),
            dkim: DkimPart { keys: domain.keys.iter().map(key).collect(), without_key: facts.dkim.without_key.clone() },
            dmarc: dmarc(facts),
            mx: facts.mx.list().iter().map(|(p, host)| MxPart { preference: *p, host: host.to_string() }).collect(),
            mta_sts: mta_sts(facts),
            tls_rpt: tls_rpt(facts),
            bimi: bimi(facts),
            dnssec: dnssec(facts),
            receivers,
            profile: None,
            providers: providers(&domain),
            letter: Letter::new(&domain, judgement, &findings, catalogue),
            findings,
            closed_network: domain.is_in_closed_network(),
            unseen: judgement
                .unseen
                .iter()
                .map(|u| UnseenPart { name: u.name.clone(), why: u.why.to_string(), error: u.why.clone() })
                .fold(Vec::new(), |mut list, part| {
                    if !list.contains(&part) {
                        list.push(part);
                    }
                    list
                }),
            suppressed: judgement.ignored,
            known: Known {
                mx: !facts.mx.is_unavailable(),
                spf: !facts.texts.is_unavailable(),
                dkim: !facts.dkim.node.is_unavailable() && !domain.has_unseen_key(),
                dmarc: facts.dmarc.error.is_none(),
            },
            cut: facts.cut,
            dns,
        }
    }
}

fn providers(domain: &Domain<'_>) -> Vec<ProviderPart> {
    let hosting = Hosting::of(domain);
    let part = |provider: &'static Provider| ProviderPart {
        id: &provider.id,
        name: &provider.name,
        mailboxes: hosting.mailboxes.contains(&provider),
        sends: hosting.senders.contains(&provider),
        shared_addresses: provider.shared_ips,
        page: provider.docs.as_deref(),
    };
    hosting.all().map(part).collect()
}

fn spf(domain: &Domain<'_>) -> Option<SpfPart> {
    let first = domain.spf.records.first()?;
    let tree = domain.facts.spf.as_ref();
    Some(SpfPart {
        record: Some(first.joined.text.clone()),
        dns_lookups: tree.map_or(0, |t| t.dns_lookups),
        void_lookups: tree.map_or(0, |t| t.void_lookups),
        all: tree.and_then(|t| t.all.clone()),
    })
}

fn key(key: &crate::rules::domain::Key<'_>) -> KeyPart {
    KeyPart {
        selector: key.selector.selector.clone(),
        algorithm: match &key.record.key_type {
            KeyType::Known(algorithm) => Some(algorithm.as_str()),
            KeyType::Unknown(_) => None,
        },
        bits: key.record.bits(),
        testing: key.record.testing().is_some(),
        revoked: key.record.is_revoked(),
    }
}

fn dmarc(facts: &DomainFacts) -> Option<DmarcPart> {
    let policy = facts.dmarc.policy.as_ref()?;
    let effective = policy.record.effective();
    Some(DmarcPart {
        record: Some(policy.text.clone()),
        policy: effective.map(|[p, _, _]| p.as_str()),
        subdomain_policy: policy.record.subdomain_policy.map(|p| p.as_str()),
        nonexistent_policy: policy.record.nonexistent_policy.map(|p| p.as_str()),
        record_domain: Some(policy.domain.to_string()),
        organizational_domain: Some(facts.dmarc.organizational_domain().to_string()),
    })
}

fn mta_sts(facts: &DomainFacts) -> Option<MtaStsPart> {
    let record = facts.mta_sts.list().iter().map(|t| t.to_text()).find(|t| crate::mta_sts::looks_like_mta_sts(t))?;
    let id = crate::mta_sts::parse(&record).record.map(|r| r.id);
    let file = facts.mta_sts_policy.as_ref().and_then(|fact| fact.known()).and_then(|file| file.as_ref().ok());
    let policy = file.and_then(|file| crate::mta_sts::parse_policy(&file.body).policy);
    Some(MtaStsPart {
        record,
        id,
        mode: policy.as_ref().map(|p| p.mode.as_str()),
        max_age: policy.as_ref().map(|p| p.max_age),
        mx: policy.map(|p| p.mx),
    })
}

fn dnssec(facts: &DomainFacts) -> DnssecPart {
    let state = match facts.dnssec.state {
        Security::Secure => "secure",
        Security::Insecure => "insecure",
        Security::Bogus(_) => "bogus",
        Security::Indeterminate => "indeterminate",
    };
    DnssecPart { state, by: facts.dnssec.by, ad_bit: facts.dnssec.trust }
}

fn tls_rpt(facts: &DomainFacts) -> Option<TlsRptPart> {
    let record = facts.tls_rpt.list().iter().map(|t| t.to_text()).find(|t| crate::tls_rpt::looks_like_tls_rpt(t))?;
    let rua = crate::tls_rpt::parse(&record).record.map(|r| r.rua).unwrap_or_default();
    Some(TlsRptPart { rua, record })
}

fn bimi(facts: &DomainFacts) -> Option<BimiPart> {
    let record = facts.bimi.list().iter().map(|t| t.to_text()).find(|t| crate::bimi::looks_like_bimi(t))?;
    let parsed = crate::bimi::parse(&record).record;
    let (location, authority) = parsed.map_or((None, None), |r| (r.location, r.authority));
    Some(BimiPart { record, selector: "default", location, authority })
}
