//! The DNS Tree Walk, the Organizational Domain and the policy (RFC 9989 §4.10).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use super::parse::parse;
use super::record::{Policy, Psd, Record, Scope};
use crate::dns::derived::Derived;
use crate::dns::{Answer, DnsError, Name, RecordType, Resolver};

/// How the questions of a walk are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asking {
    /// All at once: the names are known beforehand, and the walk takes no longer than its slowest answer.
    #[default]
    Concurrent,
    /// One after the other, no more than the walk needs.
    Sequential,
}

/// What stands at one name of the walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// Exactly one DMARC record.
    Record(Box<Record>),
    /// None: no such name, no TXT record, or none of them is a DMARC record.
    Nothing,
    /// That many: as good as none (RFC 9989 §4.10).
    Several(usize),
    /// The DNS did not say.
    Failed(DnsError),
}

/// One name of the walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The name, without `_dmarc`.
    pub domain: Name,
    /// The TXT records at `_dmarc` below it, whatever they are for.
    pub texts: Vec<String>,
    /// What they come to.
    pub outcome: StepOutcome,
    /// Whether the answer shows that the domain exists: something is at or below `_dmarc`.
    #[serde(default)]
    pub exists: bool,
}

impl Step {
    /// The record, if there is exactly one.
    pub fn record(&self) -> Option<&Record> {
        match &self.outcome {
            StepOutcome::Record(record) => Some(record),
            _ => None,
        }
    }
}

/// A walk up the tree from one domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// Where it began.
    pub domain: Name,
    /// The names in the order of the walk, up to where it stopped.
    pub steps: Vec<Step>,
    /// The Organizational Domain, as far as the answers tell.
    pub organizational_domain: Name,
}

/// The names that a walk asks, in order: at most eight (RFC 9989 §4.10).
pub fn walk_names(domain: &Name) -> Vec<Name> {
    let labels = domain.label_count();
    let mut names = Vec::with_capacity(8);
    if labels == 0 {
        return names;
    }
    names.push(domain.clone());
    // RFC 9989 §4.10: from eight labels on, go straight to the last seven.
    let mut next = if labels < 8 { domain.parent() } else { Some(domain.suffix(7)) };
    while let Some(name) = next.filter(|n| !n.is_root()) {
        next = name.parent();
        names.push(name);
    }
    names
}

/// The DMARC records of a run, each read once.
#[derive(Debug, Default)]
pub struct RecordCache(Derived<(Vec<String>, StepOutcome)>);

/// The TXT records of an answer, and what they come to.
fn read(answer: &Answer) -> (Vec<String>, StepOutcome) {
    let texts: Vec<String> = answer.texts().map(|t| t.to_text()).collect();
    let mut records: Vec<Record> = texts.iter().filter_map(|t| parse(t).record).collect();
    let outcome = match records.len() {
        0 => StepOutcome::Nothing,
        1 => StepOutcome::Record(Box::new(records.remove(0))),
        several => StepOutcome::Several(several),
    };
    (texts, outcome)
}

async fn ask(dns: &dyn Resolver, cache: Option<&RecordCache>, domain: Name) -> Step {
    let nothing = |domain, exists| Step { domain, texts: vec![], outcome: StepOutcome::Nothing, exists };
    // A name that does not fit the DNS holds no record.
    let Ok(query) = domain.prepend("_dmarc") else { return nothing(domain, false) };
    match dns.lookup(&query, RecordType::Txt).await {
        Ok(answer) => {
            let (texts, outcome) = match cache {
                Some(cache) => cache.0.get(&query, &answer, read).as_ref().clone(),
                None => read(&answer),
            };
            Step { domain, texts, outcome, exists: true }
        }
        Err(DnsError::NxDomain) => nothing(domain, false),
        Err(DnsError::NoData) => nothing(domain, true),
        Err(error) => Step { domain, texts: vec![], outcome: StepOutcome::Failed(error), exists: false },
    }
}

impl Walk {
    /// Walks up from a domain (RFC 9989 §4.10).
    pub async fn run(dns: &dyn Resolver, domain: &Name, asking: Asking) -> Self {
        Self::run_with(dns, None, domain, asking).await
    }

    async fn run_with(dns: &dyn Resolver, cache: Option<&RecordCache>, domain: &Name, asking: Asking) -> Self {
        let names = walk_names(domain);
        // RFC 9989 §4.10: the walk goes on past a record, except for psd=y and psd=n.
        let stops = |step: &Step| step.record().is_some_and(|r| r.psd() != Psd::Unknown);
        let mut steps = Vec::with_capacity(names.len());
        match asking {
            Asking::Concurrent => {
                for step in join_all(names.into_iter().map(|name| ask(dns, cache, name))).await {
                    let last = stops(&step);
                    steps.push(step);
                    if last {
                        break;
                    }
                }
            }
            Asking::Sequential => {
                for name in names {
                    let step = ask(dns, cache, name).await;
                    let last = stops(&step);
                    steps.push(step);
                    if last {
                        break;
                    }
                }
            }
        }
        let organizational_domain = choose_organizational(domain, &steps);
        Self { domain: domain.clone(), steps, organizational_domain }
    }

    /// The step at a name.
    pub fn step(&self, domain: &Name) -> Option<&Step> {
        self.steps.iter().find(|s| s.domain == *domain)
    }

    /// The first failure of the walk, wherever it was.
    pub fn failure(&self) -> Option<&DnsError> {
        self.steps.iter().find_map(failure)
    }

    /// The first failure at the Organizational Domain or below it: what could still change which domain it is
    /// for one name but not for another below it.
    pub fn failure_below(&self) -> Option<&DnsError> {
        self.steps.iter().filter(|s| s.domain.is_within(&self.organizational_domain)).find_map(failure)
    }
}

fn failure(step: &Step) -> Option<&DnsError> {
    match &step.outcome {
        StepOutcome::Failed(error) => Some(error),
        _ => None,
    }
}

/// RFC 9989 §4.10.2.
fn choose_organizational(domain: &Name, steps: &[Step]) -> Name {
    let mut fewest: Option<&Name> = None;
    for (i, step) in steps.iter().enumerate() {
        let Some(record) = step.record() else { continue };
        match record.psd() {
            Psd::No => return step.domain.clone(),
            // One label below the public suffix, on the path to the start; asked or not. At the start itself
            // psd=y pushes nothing down.
            Psd::Yes if i > 0 => return domain.suffix(step.domain.label_count() + 1),
            _ => fewest = Some(&step.domain),
        }
    }
    fewest.unwrap_or(domain).clone()
}

/// Walks that have been done, by their start. Share one among the identifiers of a message.
pub struct Walks<'r> {
    pub(super) dns: &'r dyn Resolver,
    pub(super) asking: Asking,
    cache: Option<&'r RecordCache>,
    done: Mutex<HashMap<Name, Arc<Walk>>>,
}

impl<'r> Walks<'r> {
    /// No walks yet.
    pub fn new(dns: &'r dyn Resolver, asking: Asking) -> Self {
        Self { dns, asking, cache: None, done: Mutex::new(HashMap::new()) }
    }

    /// The same, with the records that other messages have needed.
    #[must_use]
    pub fn remembering(self, cache: &'r RecordCache) -> Self {
        Self { cache: Some(cache), ..self }
    }

    /// The walk from a domain, done or remembered.
    pub async fn walk(&self, domain: &Name) -> Arc<Walk> {
        let known = self.done.lock().unwrap_or_else(PoisonError::into_inner).get(domain).cloned();
        if let Some(walk) = known {
            return walk;
        }
        let walk = Arc::new(Walk::run_with(self.dns, self.cache, domain, self.asking).await);
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if done.len() >= 1024 {
            done.clear();
        }
        done.insert(domain.clone(), walk.clone());
        walk
    }
}

/// Whose record it is that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicySource {
    /// The Author Domain's own.
    AuthorDomain,
    /// The Organizational Domain's.
    OrganizationalDomain,
    /// The public suffix operator's (`psd=y`).
    PublicSuffix,
}

/// The record that applies to an Author Domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRecord {
    /// Where it stands, without `_dmarc`.
    pub domain: Name,
    /// Its text.
    pub text: String,
    /// What it says.
    pub record: Record,
    /// Whose it is.
    pub source: PolicySource,
    /// Which of its policies speaks for the Author Domain.
    pub scope: Scope,
    /// The policy that speaks, before `t=y`; `None` where the record asks for no DMARC (RFC 9989 §4.10.1).
    pub policy: Option<Policy>,
}

/// What the DNS says about an Author Domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// The walk from the Author Domain.
    pub walk: Walk,
    /// The record that applies; `None` where none was found, or where `error` kept it hidden.
    pub policy: Option<PolicyRecord>,
    /// Whether the Author Domain exists, where that was to be known: only `np` asks.
    pub exists: Option<bool>,
    /// Why the policy is not known for certain: the question that decides got no answer.
    pub error: Option<DnsError>,
}

impl Discovery {
    /// The Author Domain.
    pub fn author_domain(&self) -> &Name {
        &self.walk.domain
    }

    /// The Organizational Domain, as far as the answers tell.
    pub fn organizational_domain(&self) -> &Name {
        &self.walk.organizational_domain
    }
}

/// Finds the policy for an Author Domain (RFC 9989 §4.10.1): its own record, else that of its Organizational
/// Domain, else that of the public suffix above it.
///
/// One walk from the Author Domain serves both the policy and the Organizational Domain. Failures never become
/// "no record": they are in `error`.
pub async fn discover(dns: &dyn Resolver, author_domain: &Name, asking: Asking) -> Discovery {
    discover_in(&Walks::new(dns, asking), author_domain).await
}

pub(super) async fn discover_in(walks: &Walks<'_>, author_domain: &Name) -> Discovery {
    let walk = walks.walk(author_domain).await.as_ref().clone();
    let org = &walk.organizational_domain;
    let own = walk.steps.first().filter(|s| s.record().is_some());
    // RFC 9989 §4.10.1: records between the Author Domain and the Organizational Domain are not applied.
    let (step, source) = match own {
        Some(step) => (Some(step), PolicySource::AuthorDomain),
        None => match walk.step(org).filter(|s| s.record().is_some()) {
            Some(step) => (Some(step), PolicySource::OrganizationalDomain),
            None => {
                let suffix = walk.steps.iter().find(|s| s.record().is_some_and(|r| r.psd() == Psd::Yes));
                (suffix, PolicySource::PublicSuffix)
            }
        },
    };
    let mut error = if source == PolicySource::AuthorDomain { None } else { walk.failure().cloned() };
    let Some((step, record)) = step.and_then(|s| Some((s, s.record()?))) else {
        return Discovery { walk, policy: None, exists: None, error };
    };
    let mut exists = None;
    let mut scope = if step.domain == *author_domain { Scope::Domain } else { Scope::Subdomain };
    let np_matters = record.policy_for(Scope::Subdomain) != record.policy_for(Scope::Nonexistent);
    if scope == Scope::Subdomain && np_matters {
        if walk.steps.first().is_some_and(|s| s.exists) {
            exists = Some(true);
        } else {
            // NXDOMAIN for `_dmarc.N` says nothing about N: ask N itself (RFC 8020).
            match walks.dns.lookup(author_domain, RecordType::A).await {
                Err(DnsError::NxDomain) => (exists, scope) = (Some(false), Scope::Nonexistent),
                Ok(_) | Err(DnsError::NoData) => exists = Some(true),
                Err(failure) => error = error.or(Some(failure)),
            }
        }
    }
    let text = match &*step.texts {
        [one] => Some(one),
        several => several.iter().find(|t| parse(t).record.is_some()),
    };
    let text = text.cloned().unwrap_or_default();
    let policy = record.policy_for(scope);
    let found = PolicyRecord { domain: step.domain.clone(), text, record: record.clone(), source, scope, policy };
    Discovery { policy: Some(found), exists, error, walk }
}

/// The Organizational Domain of a domain (RFC 9989 §4.10.2).
///
/// # Errors
/// The first failure of the walk that could have changed the answer.
pub async fn organizational_domain(dns: &dyn Resolver, domain: &Name, asking: Asking) -> Result<Name, DnsError> {
    let walk = Walk::run(dns, domain, asking).await;
    match walk.failure() {
        Some(error) => Err(error.clone()),
        None => Ok(walk.organizational_domain),
    }
}
