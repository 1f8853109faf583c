//! SPF.

mod spf_missing;

use super::Rule;
use super::domain::Domain;
use crate::knowledge::providers;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[&spf_missing::RULE];

/// An SPF record that fits what is known of a domain: its sending addresses, its mail exchangers,
/// and the providers that they give away.
pub(super) fn proposal(domain: &Domain<'_>) -> String {
    let facts = domain.facts;
    let mut terms: Vec<String> = Vec::new();
    for address in &facts.wishes.addresses {
        terms.push(match address.to_canonical() {
            std::net::IpAddr::V4(v4) => format!("ip4:{v4}"),
            std::net::IpAddr::V6(v6) => format!("ip6:{v6}"),
        });
    }
    for (_, host) in facts.mx.list().iter().filter(|(_, host)| !host.is_root()) {
        let published = providers::by_mx(host).map(|provider| provider.publishable_terms()).unwrap_or_default();
        if published.is_empty() {
            terms.push("mx".to_owned());
        }
        terms.extend(published);
    }
    if terms.is_empty() {
        return "v=spf1 -all".to_owned();
    }
    let mut seen = Vec::new();
    terms.retain(|term| {
        !seen.contains(term) && {
            seen.push(term.clone());
            true
        }
    });
    format!("v=spf1 {} ~all", terms.join(" "))
}
