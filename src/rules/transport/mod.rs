//! Hosts and transport.

mod certificate;
mod dane_invalid;
mod dane_without_dnssec;
mod dns_servers_differ;
mod dnsbl_blocked;
mod dnsbl_listed;
mod dnssec_bogus;
mod dnssec_missing;
mod helo_mismatch;
mod mta_sts_mx_mismatch;
mod mta_sts_policy_syntax;
mod mta_sts_policy_unreachable;
mod mta_sts_short_max_age;
mod mta_sts_testing;
mod smtp;
mod starttls_missing;
mod sts;
mod tls_certificate_invalid;
mod tls_version_old;

use super::Rule;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &helo_mismatch::RULE,
    &starttls_missing::RULE,
    &tls_certificate_invalid::RULE,
    &tls_version_old::RULE,
    &mta_sts_policy_unreachable::RULE,
    &mta_sts_policy_syntax::RULE,
    &mta_sts_mx_mismatch::RULE,
    &mta_sts_testing::RULE,
    &mta_sts_short_max_age::RULE,
    &dane_invalid::RULE,
    &dane_without_dnssec::RULE,
    &dnssec_missing::RULE,
    &dnssec_bogus::RULE,
    &dnsbl_listed::RULE,
    &dnsbl_blocked::RULE,
    &dns_servers_differ::RULE,
];

/// Names for a sentence: at most five, and that there are more.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 5;
    let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST { format!("{shown}, …") } else { shown }
}
