//! The MTA-STS policy as the rules see it.

use crate::mta_sts::{Policy, parse_policy};
use crate::net::policy::PolicyFile;
use crate::rules::domain::Domain;

/// `mta-sts.domain`, where the file is served.
pub(super) fn host(domain: &Domain<'_>) -> String {
    format!("mta-sts.{}", domain.name())
}

/// The file, where it was served.
pub(super) fn file<'a>(domain: &Domain<'a>) -> Option<&'a PolicyFile> {
    domain.facts.mta_sts_policy.as_ref()?.known()?.as_ref().ok()
}

/// The policy, where senders can use the file.
pub(super) fn policy(domain: &Domain<'_>) -> Option<Policy> {
    parse_policy(&file(domain)?.body).policy
}
