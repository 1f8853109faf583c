//! What a receiver of the RFC 7489 era finds through the public suffix list. Only for comparison: it never has a
//! part in the result.

use serde::{Deserialize, Serialize};

use super::discover::Discovery;
use super::parse::parse;
use super::record::{Policy, Record, Scope};
use crate::dns::{DnsError, Name, RecordType, Resolver};

/// The registrable domain of a name by the public suffix list, its private section included; `None` for a public
/// suffix itself.
pub fn registrable_domain(name: &Name) -> Option<Name> {
    name.registrable()
}

/// Whether a name is a public suffix that the list names.
pub fn is_public_suffix(name: &Name) -> bool {
    let text = name.to_unicode();
    !name.is_root() && psl::suffix(text.as_bytes()).is_some_and(|s| s.is_known() && s.as_bytes() == text.as_bytes())
}

/// What such a receiver finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legacy {
    /// The Organizational Domain by the list.
    pub organizational_domain: Name,
    /// Where the record stands that it applies.
    pub record_domain: Option<Name>,
    /// The policy that it takes from it.
    pub policy: Option<Policy>,
    /// The `pct` that it honours.
    pub percent: u8,
    /// Why it is not known.
    pub error: Option<DnsError>,
}

/// In what the two generations of receivers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// They apply another policy, or only one of them applies any.
    pub policy: bool,
    /// They find another Organizational Domain: what is aligned for one is not for the other.
    pub organizational_domain: bool,
}

enum Found {
    Record(Box<Record>),
    Nothing,
    Several,
    Failed(DnsError),
}

/// Looks as RFC 7489 §6.6.3 does: at the domain, then at its Organizational Domain; two questions, put together.
pub async fn discover(dns: &dyn Resolver, author_domain: &Name) -> Legacy {
    let org = registrable_domain(author_domain).unwrap_or_else(|| author_domain.clone());
    let none =
        |error| Legacy { organizational_domain: org.clone(), record_domain: None, policy: None, percent: 100, error };
    let own;
    let mut above = Found::Nothing;
    if org == *author_domain {
        own = ask(dns, author_domain).await;
    } else {
        (own, above) = futures_util::join!(ask(dns, author_domain), ask(dns, &org));
    }
    let (record, domain, scope) = match (own, above) {
        (Found::Record(record), _) => (record, author_domain, Scope::Domain),
        // RFC 7489 §6.6.3: several records end the search.
        (Found::Several, _) | (Found::Nothing, Found::Nothing | Found::Several) => return none(None),
        (Found::Failed(error), _) | (Found::Nothing, Found::Failed(error)) => return none(Some(error)),
        (Found::Nothing, Found::Record(record)) => (record, &org, Scope::Subdomain),
    };
    // RFC 7489 knows no np; an unusable one does not disturb it.
    let plain = Record { nonexistent_policy: None, ..(*record).clone() };
    Legacy {
        organizational_domain: org.clone(),
        record_domain: Some(domain.clone()),
        policy: plain.policy_for(scope),
        percent: plain.legacy_percent(),
        error: None,
    }
}

async fn ask(dns: &dyn Resolver, domain: &Name) -> Found {
    let Ok(query) = domain.prepend("_dmarc") else { return Found::Nothing };
    match dns.lookup(&query, RecordType::Txt).await {
        Ok(answer) => {
            let mut records: Vec<Record> = answer.texts().filter_map(|t| parse(&t.to_text()).record).collect();
            match records.len() {
                0 => Found::Nothing,
                1 => Found::Record(Box::new(records.remove(0))),
                _ => Found::Several,
            }
        }
        Err(error) if error.is_absent() => Found::Nothing,
        Err(error) => Found::Failed(error),
    }
}

/// Compares what both generations find; `None` where they agree, or where one of them could not find out.
pub fn differs(discovery: &Discovery, legacy: &Legacy) -> Option<Difference> {
    if discovery.error.is_some() || discovery.walk.failure().is_some() || legacy.error.is_some() {
        return None;
    }
    let policy = discovery.policy.as_ref().and_then(|p| p.policy) != legacy.policy;
    // Without any record there is nothing to be aligned for.
    let any = discovery.policy.is_some() || legacy.record_domain.is_some();
    let organizational_domain = any && *discovery.organizational_domain() != legacy.organizational_domain;
    (policy || organizational_domain).then_some(Difference { policy, organizational_domain })
}
