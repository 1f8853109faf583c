//! Whether a foreign destination wants the reports (RFC 9990 §4).

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use super::discover::{Asking, Walk};
use super::parse::parse;
use super::uri::Destination;
use crate::dns::{DnsError, Name, RecordType, Resolver};

/// What becomes of a destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome", content = "detail")]
pub enum Authorisation {
    /// It lies in the Organizational Domain of the policy record: nobody is asked.
    Internal,
    /// A record there allows it.
    Authorised,
    /// A record there allows it, and names another address at the same host.
    Replaced(String),
    /// The record there names an address at another host: nobody gets reports (RFC 9990 §4).
    ReplacedElsewhere(String),
    /// No record there allows it.
    Unauthorised,
    /// The name to be asked does not fit the DNS, so nothing can allow it.
    NameTooLong,
    /// No `mailto:` URI: receivers leave it out.
    Unsupported,
    /// The DNS did not say.
    Unknown(DnsError),
}

/// The name whose TXT record allows reports about `policy_domain` to go to `host`; `None` where it does not fit.
pub fn report_name(policy_domain: &Name, host: &Name) -> Option<Name> {
    // The literal name is asked; a wildcard answers by itself.
    host.prepend(&format!("{policy_domain}._report._dmarc")).ok()
}

/// Asks for one destination. `policy_domain` is where the DMARC record was found, without `_dmarc`; `failure` says
/// that the destination is one of `ruf`.
pub async fn authorise(dns: &dyn Resolver, policy_domain: &Name, to: &Destination, failure: bool) -> Authorisation {
    let Some(host) = &to.host else { return Authorisation::Unsupported };
    if host == policy_domain {
        return Authorisation::Internal;
    }
    // RFC 9990 §4: nobody is asked within one Organizational Domain. All questions go out together.
    let query = report_name(policy_domain, host);
    let asked = async {
        match &query {
            Some(name) => Some(dns.lookup(name, RecordType::Txt).await),
            None => None,
        }
    };
    let (ours, theirs, answer) = futures_util::join!(
        Walk::run(dns, policy_domain, Asking::Concurrent),
        Walk::run(dns, host, Asking::Concurrent),
        asked,
    );
    let same = ours.organizational_domain == theirs.organizational_domain;
    if same && ours.failure_below().or(theirs.failure_below()).is_none() {
        return Authorisation::Internal;
    }
    let texts: Vec<String> = match answer {
        None => return Authorisation::NameTooLong,
        Some(Ok(answer)) => answer.texts().map(|t| t.to_text()).collect(),
        Some(Err(error)) if error.is_absent() => Vec::new(),
        Some(Err(error)) => return Authorisation::Unknown(error),
    };
    let records: Vec<_> = texts.iter().filter_map(|t| parse(t).record).collect();
    if records.is_empty() {
        return match ours.failure().or(theirs.failure()) {
            Some(error) => Authorisation::Unknown(error.clone()),
            None => Authorisation::Unauthorised,
        };
    }
    let instead = records.iter().flat_map(|r| if failure { &r.ruf } else { &r.rua }).find(|d| d.address.is_some());
    match instead {
        None => Authorisation::Authorised,
        Some(other) if other.host == to.host => Authorisation::Replaced(other.uri.clone()),
        Some(other) => Authorisation::ReplacedElsewhere(other.uri.clone()),
    }
}

/// Asks for many destinations at once; the answers stand in their order.
pub async fn authorise_all(
    dns: &dyn Resolver,
    policy_domain: &Name,
    to: &[Destination],
    failure: bool,
) -> Vec<Authorisation> {
    join_all(to.iter().map(|uri| authorise(dns, policy_domain, uri, failure))).await
}
