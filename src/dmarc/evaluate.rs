//! The DMARC result of a message (RFC 9989 §5.3).

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use super::align::{Aligned, align};
use super::discover::{Asking, Discovery, Walks, discover_in};
use super::record::{AlignmentMode, Policy};
use crate::dns::{Name, Resolver};

/// More identifiers and Author Domains than this are left out: their authors want to cost us questions.
const MOST_DOMAINS: usize = 16;

/// What SPF or a signature came to, as far as DMARC cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It passed.
    Pass,
    /// It did not: fail, softfail, neutral, none, policy, permerror.
    NoPass,
    /// The DNS kept it open.
    TempError,
}

/// A domain that a signature (`d=`) speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The domain.
    pub domain: Name,
    /// What the signature came to.
    pub verdict: Verdict,
}

/// What SPF came to for MAIL FROM, or for `postmaster@HELO` with the null sender; a pass of HELO alone is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpfIdentity {
    /// The domain that was checked; `None` where there was none to check.
    pub domain: Option<Name>,
    /// What it came to.
    pub verdict: Verdict,
}

/// What is known of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The domains of the addresses in the one From field, doubles allowed; empty where there is no usable one.
    pub from: Vec<Name>,
    /// SPF; `None` where it was not checked.
    pub spf: Option<SpfIdentity>,
    /// The signatures.
    pub dkim: Vec<Identifier>,
}

/// The words of RFC 9989 §9 (registry of RFC 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum DmarcResult {
    None,
    Pass,
    Fail,
    Temperror,
    Permerror,
}

impl DmarcResult {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Temperror => "temperror",
            Self::Permerror => "permerror",
        }
    }
}

/// Why a message does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No From field with a usable domain.
    FromUnusable,
    /// Addresses of several domains in From (RFC 9989 §11.5).
    FromSeveralDomains,
    /// No record applies.
    NoRecord,
    /// The record has neither a usable policy nor a usable `rua` (RFC 9989 §4.10.1).
    RecordUnusable,
    /// No aligned signature passes, and SPF was not checked.
    SpfNotChecked,
    /// Something passed, but for another domain.
    NotAligned,
    /// Neither SPF nor a signature passed.
    NotAuthenticated,
    /// A question to the DNS that decides got no answer.
    DnsError,
}

impl Reason {
    /// The id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FromUnusable => "from-unusable",
            Self::FromSeveralDomains => "from-several-domains",
            Self::NoRecord => "no-record",
            Self::RecordUnusable => "record-unusable",
            Self::SpfNotChecked => "spf-not-checked",
            Self::NotAligned => "not-aligned",
            Self::NotAuthenticated => "not-authenticated",
            Self::DnsError => "dns-error",
        }
    }

    /// One English sentence.
    pub fn text(self) -> &'static str {
        match self {
            Self::FromUnusable => "the message has no From field with one usable domain",
            Self::FromSeveralDomains => "the From field names addresses of several domains",
            Self::NoRecord => "no DMARC record applies to the domain",
            Self::RecordUnusable => "the DMARC record has neither a usable policy nor a usable rua",
            Self::SpfNotChecked => "no aligned DKIM signature passed, and SPF was not checked",
            Self::NotAligned => "what passed SPF or DKIM belongs to another domain than From",
            Self::NotAuthenticated => "neither SPF nor a DKIM signature passed",
            Self::DnsError => "a DNS question that decides was not answered",
        }
    }
}

/// What DMARC comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The result.
    pub result: DmarcResult,
    /// The published policy that speaks for the Author Domain.
    pub policy: Option<Policy>,
    /// What is left of it after `t=y`.
    pub applied: Option<Policy>,
    /// Where the record stands.
    pub record_domain: Option<Name>,
    /// The Organizational Domain of the Author Domain.
    pub organizational_domain: Option<Name>,
    /// Whether a signature passes that is aligned.
    pub dkim_aligned: bool,
    /// Whether SPF passes for an aligned domain.
    pub spf_aligned: bool,
    /// Why it does not pass; `None` on pass.
    pub reason: Option<Reason>,
    /// For each signature of the input whether its domain is aligned, whatever it came to.
    pub dkim_alignment: Vec<bool>,
    /// Whether the SPF domain is aligned, whatever SPF came to.
    pub spf_domain_aligned: bool,
    /// The way there; `None` without a usable From.
    pub discovery: Option<Discovery>,
}

/// Evaluates a message with walks of its own.
pub async fn evaluate(dns: &dyn Resolver, input: &Input, asking: Asking) -> Outcome {
    evaluate_with(&Walks::new(dns, asking), input).await
}

/// Evaluates a message (RFC 9989 §5.3). With several Author Domains each is evaluated, the strictest policy
/// among the failing ones counts, and the message never passes (RFC 9989 §11.5).
pub async fn evaluate_with(walks: &Walks<'_>, input: &Input) -> Outcome {
    let mut authors: Vec<&Name> = Vec::new();
    for name in input.from.iter().filter(|n| !n.is_root()) {
        if !authors.contains(&name) && authors.len() < MOST_DOMAINS {
            authors.push(name);
        }
    }
    match authors.as_slice() {
        [] => unusable(input),
        [one] => evaluate_one(walks, one, input).await,
        several => {
            let all = join_all(several.iter().map(|a| evaluate_one(walks, a, input))).await;
            combine(all).unwrap_or_else(|| unusable(input))
        }
    }
}

fn unusable(input: &Input) -> Outcome {
    Outcome {
        result: DmarcResult::Permerror,
        policy: None,
        applied: None,
        record_domain: None,
        organizational_domain: None,
        dkim_aligned: false,
        spf_aligned: false,
        reason: Some(Reason::FromUnusable),
        dkim_alignment: vec![false; input.dkim.len()],
        spf_domain_aligned: false,
        discovery: None,
    }
}

fn combine(all: Vec<Outcome>) -> Option<Outcome> {
    let rank = |o: &Outcome| match o.result {
        DmarcResult::Fail => 4,
        DmarcResult::Temperror => 3,
        DmarcResult::Permerror => 2,
        DmarcResult::Pass => 1,
        DmarcResult::None => 0,
    };
    let mut worst = all.into_iter().max_by_key(|o| (rank(o), o.applied))?;
    if worst.result == DmarcResult::Pass {
        worst.result = DmarcResult::Permerror;
    }
    worst.reason = Some(Reason::FromSeveralDomains);
    (worst.dkim_aligned, worst.spf_aligned) = (false, false);
    Some(worst)
}

async fn evaluate_one(walks: &Walks<'_>, author: &Name, input: &Input) -> Outcome {
    let others = walked(author, input);
    let discovery = match walks.asking {
        // Whatever a walk may be needed for is known: no question waits for another.
        Asking::Concurrent => {
            let (discovery, _) =
                futures_util::join!(discover_in(walks, author), join_all(others.iter().map(|d| walks.walk(d))));
            discovery
        }
        Asking::Sequential => discover_in(walks, author).await,
    };
    judge(walks, author, input, &others, discovery).await
}

/// The domains that are walked for: first what can make the message pass, so that junk cannot push it out; then
/// failed identifiers close to the author, for whose alignment people may ask. Others that failed cost no question.
fn walked<'a>(author: &Name, input: &'a Input) -> Vec<&'a Name> {
    let spf = input.spf.iter().filter_map(|s| s.domain.as_ref().map(|domain| (domain, s.verdict)));
    let all = spf.chain(input.dkim.iter().map(|i| (&i.domain, i.verdict)));
    let mut others: Vec<&Name> = Vec::new();
    for wanted in [Verdict::Pass, Verdict::TempError, Verdict::NoPass] {
        for (domain, verdict) in all.clone() {
            let useful = verdict == wanted && (wanted != Verdict::NoPass || are_close(author, domain));
            if useful
                && domain != author
                && !domain.is_root()
                && others.len() < MOST_DOMAINS
                && !others.contains(&domain)
            {
                others.push(domain);
            }
        }
    }
    others
}

/// Whether two names share their last two labels, or one is above the other.
fn are_close(one: &Name, other: &Name) -> bool {
    let mut top = one.clone();
    while top.label_count() > 2
        && let Some(parent) = top.parent()
    {
        top = parent;
    }
    other.is_within(&top) || one.is_within(other)
}

async fn judge(walks: &Walks<'_>, author: &Name, input: &Input, others: &[&Name], found: Discovery) -> Outcome {
    let record = found.policy.as_ref().map(|p| &p.record);
    let dkim_mode = record.map_or(AlignmentMode::Relaxed, |r| r.dkim_mode());
    let spf_mode = record.map_or(AlignmentMode::Relaxed, |r| r.spf_mode());
    let mut outcome = Outcome {
        policy: found.policy.as_ref().and_then(|p| p.policy),
        applied: found.policy.as_ref().and_then(|p| p.policy.map(|policy| p.record.apply_testing(policy))),
        record_domain: found.policy.as_ref().map(|p| p.domain.clone()),
        organizational_domain: Some(found.organizational_domain().clone()),
        ..unusable(input)
    };
    let mut dkim = Vec::with_capacity(input.dkim.len());
    for id in &input.dkim {
        dkim.push(alignment(walks, author, &id.domain, dkim_mode, others, &found).await);
    }
    let spf = match input.spf.as_ref().and_then(|s| s.domain.as_ref()) {
        Some(domain) => alignment(walks, author, domain, spf_mode, others, &found).await,
        None => Aligned::No,
    };
    outcome.dkim_alignment = dkim.iter().map(Aligned::is_yes).collect();
    outcome.spf_domain_aligned = spf.is_yes();
    let spf_verdict = input.spf.as_ref().map(|s| s.verdict);
    outcome.spf_aligned = spf.is_yes() && spf_verdict == Some(Verdict::Pass);
    outcome.dkim_aligned = dkim.iter().zip(&input.dkim).any(|(a, id)| a.is_yes() && id.verdict == Verdict::Pass);

    // RFC 9989 §5.3.6: an unanswered question decides where its answer could have made the message pass.
    let open = |aligned: &Aligned, verdict: Verdict| match aligned {
        Aligned::No => false,
        Aligned::Yes => verdict == Verdict::TempError,
        Aligned::Unknown(_) => verdict != Verdict::NoPass,
    };
    let undecided = dkim.iter().zip(&input.dkim).any(|(a, id)| open(a, id.verdict))
        || spf_verdict.is_some_and(|verdict| open(&spf, verdict));
    let passed = spf_verdict == Some(Verdict::Pass) || input.dkim.iter().any(|i| i.verdict == Verdict::Pass);

    (outcome.result, outcome.reason) = match &found.policy {
        _ if found.error.is_some() => (DmarcResult::Temperror, Some(Reason::DnsError)),
        None => (DmarcResult::None, Some(Reason::NoRecord)),
        Some(p) if p.policy.is_none() => (DmarcResult::Permerror, Some(Reason::RecordUnusable)),
        Some(_) if outcome.dkim_aligned || outcome.spf_aligned => (DmarcResult::Pass, None),
        Some(_) if undecided => (DmarcResult::Temperror, Some(Reason::DnsError)),
        Some(_) if input.spf.is_none() => (DmarcResult::Fail, Some(Reason::SpfNotChecked)),
        Some(_) if passed => (DmarcResult::Fail, Some(Reason::NotAligned)),
        Some(_) => (DmarcResult::Fail, Some(Reason::NotAuthenticated)),
    };
    outcome.discovery = Some(found);
    outcome
}

async fn alignment(
    walks: &Walks<'_>,
    author: &Name,
    domain: &Name,
    mode: AlignmentMode,
    others: &[&Name],
    found: &Discovery,
) -> Aligned {
    // No walk for what is strict, identical, or beyond the bound.
    if mode == AlignmentMode::Strict || author == domain || !others.contains(&domain) {
        return align(mode, author, domain, None);
    }
    let theirs = walks.walk(domain).await;
    align(mode, author, domain, Some((&found.walk, &theirs)))
}
