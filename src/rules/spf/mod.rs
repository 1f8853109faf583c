//! SPF.

mod addresses;
mod covering;
mod domain_missing;
mod own;
mod spf_all_missing;
mod spf_all_neutral;
mod spf_all_pass;
mod spf_all_softfail;
mod spf_broad_range;
mod spf_helo_missing;
mod spf_host_unresolvable;
mod spf_include_loop;
mod spf_include_missing;
mod spf_include_permerror;
mod spf_include_unregistered;
mod spf_ip_not_covered;
mod spf_lookup_limit;
mod spf_lookup_near_limit;
mod spf_missing;
mod spf_multiple_records;
mod spf_mx_limit;
mod spf_non_ascii;
mod spf_private_address;
mod spf_ptr;
mod spf_record_too_long;
mod spf_redirect_ignored;
mod spf_redundant_term;
mod spf_shared_provider;
mod spf_string_split;
mod spf_syntax;
mod spf_temperror;
mod spf_terms_after_all;
mod spf_type99;
mod spf_version_typo;
mod spf_void_lookups;

use super::Rule;
use super::domain::Domain;
use crate::knowledge::providers;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &domain_missing::RULE,
    &spf_missing::RULE,
    &spf_multiple_records::RULE,
    &spf_syntax::RULE,
    &spf_version_typo::RULE,
    &spf_string_split::RULE,
    &spf_lookup_limit::RULE,
    &spf_lookup_near_limit::RULE,
    &spf_void_lookups::RULE,
    &spf_mx_limit::RULE,
    &spf_include_missing::RULE,
    &spf_include_unregistered::RULE,
    &spf_include_permerror::RULE,
    &spf_include_loop::RULE,
    &spf_ip_not_covered::RULE,
    &spf_all_pass::RULE,
    &spf_all_neutral::RULE,
    &spf_all_softfail::RULE,
    &spf_all_missing::RULE,
    &spf_terms_after_all::RULE,
    &spf_redirect_ignored::RULE,
    &spf_ptr::RULE,
    &spf_broad_range::RULE,
    &spf_private_address::RULE,
    &spf_redundant_term::RULE,
    &spf_record_too_long::RULE,
    &spf_non_ascii::RULE,
    &spf_type99::RULE,
    &spf_host_unresolvable::RULE,
    &spf_shared_provider::RULE,
    &spf_helo_missing::RULE,
    &spf_temperror::RULE,
];

/// An SPF record that fits what is known of a domain: its sending addresses, its mail exchangers,
/// and the providers that they give away. `None` where others take its mail, and how they send is not known.
pub(super) fn proposal(domain: &Domain<'_>) -> Option<String> {
    let facts = domain.facts;
    let mut terms: Vec<String> = Vec::new();
    let mut foreign = false;
    terms.extend(facts.wishes.addresses.iter().map(|address| covering::term(address.to_canonical())));
    for (_, host) in facts.mx.list().iter().filter(|(_, host)| !host.is_root()) {
        match providers::by_mx(host).map(|provider| provider.publishable_terms()) {
            // What takes mail for many is not what sends it.
            Some(published) if published.is_empty() && !host.is_within(domain.name()) => foreign = true,
            Some(published) if !published.is_empty() => terms.extend(published),
            _ => terms.push("mx".to_owned()),
        }
    }
    if terms.is_empty() {
        return (!foreign).then(|| "v=spf1 -all".to_owned());
    }
    let mut seen = Vec::new();
    terms.retain(|term| {
        !seen.contains(term) && {
            seen.push(term.clone());
            true
        }
    });
    Some(format!("v=spf1 {} ~all", terms.join(" ")))
}
