//! Mail exchangers, sending hosts, transport security, and domains that are out of use.

mod bimi_policy_too_weak;
mod bimi_syntax;
mod certificate;
mod dane_invalid;
mod dane_without_dnssec;
mod dns_servers_differ;
mod dnsbl_blocked;
mod dnsbl_listed;
mod dnssec_bogus;
mod dnssec_missing;
mod drift;
mod drift_differs;
mod drift_missing;
mod drift_unexpected;
mod generic_name;
mod helo_mismatch;
mod mta_sts_missing;
mod mta_sts_mx_mismatch;
mod mta_sts_policy_syntax;
mod mta_sts_policy_unreachable;
mod mta_sts_short_max_age;
mod mta_sts_syntax;
mod mta_sts_testing;
mod mx_address_literal;
mod mx_cname;
mod mx_missing;
mod mx_private_address;
mod mx_unresolvable;
mod null_mx_incomplete;
mod ptr_generic;
mod ptr_mismatch;
mod ptr_missing;
mod smtp;
mod starttls_missing;
mod sts;
mod tls_certificate_invalid;
mod tls_rpt_missing;
mod tls_rpt_syntax;
mod tls_version_old;

use std::ops::Range;

use super::Rule;
use super::domain::Domain;
use crate::dns::{Name, RecordType};
use crate::facts::{Fact, MxHost, Position, SendingHost};
use crate::finding::Draft;
use crate::net::guard::is_global_unicast;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &mx_missing::RULE,
    &mx_cname::RULE,
    &mx_address_literal::RULE,
    &mx_unresolvable::RULE,
    &mx_private_address::RULE,
    &ptr_missing::RULE,
    &ptr_mismatch::RULE,
    &ptr_generic::RULE,
    &helo_mismatch::RULE,
    &starttls_missing::RULE,
    &tls_certificate_invalid::RULE,
    &tls_version_old::RULE,
    &mta_sts_missing::RULE,
    &mta_sts_syntax::RULE,
    &mta_sts_policy_unreachable::RULE,
    &mta_sts_policy_syntax::RULE,
    &mta_sts_mx_mismatch::RULE,
    &mta_sts_testing::RULE,
    &mta_sts_short_max_age::RULE,
    &tls_rpt_missing::RULE,
    &tls_rpt_syntax::RULE,
    &dane_invalid::RULE,
    &dane_without_dnssec::RULE,
    &dnssec_missing::RULE,
    &dnssec_bogus::RULE,
    &bimi_syntax::RULE,
    &bimi_policy_too_weak::RULE,
    &dnsbl_listed::RULE,
    &dnsbl_blocked::RULE,
    &dns_servers_differ::RULE,
    &drift_missing::RULE,
    &drift_differs::RULE,
    &drift_unexpected::RULE,
    &null_mx_incomplete::RULE,
];

/// Names for a sentence: at most five, and that there are more.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 5;
    let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MOST { format!("{shown}, …") } else { shown }
}

/// An MX record as people write it.
fn mx_value(host: &MxHost) -> String {
    format!("{} {}", host.preference, host.host)
}

/// A finding about one MX record, its target marked.
fn about_mx(domain: &Domain<'_>, host: &MxHost) -> Draft {
    let value = mx_value(host);
    let span = value.len() - host.host.as_str().len()..value.len();
    Draft::new(domain.name()).record(domain.name(), RecordType::Mx, value).span(span).arg("host", &host.host)
}

/// The apex that relative names in a zone file end in.
fn apex<'d>(domain: &'d Domain<'_>) -> &'d Name {
    match &domain.facts.position {
        Position::Apex => domain.name(),
        Position::Below(apex) => apex,
    }
}

/// What is left of a target when the apex, which a forgotten dot adds, is taken off again.
fn without_apex<'h>(domain: &Domain<'_>, host: &'h Name) -> Option<&'h str> {
    host.as_str().strip_suffix(apex(domain).as_str())?.strip_suffix('.')
}

/// Whether a target ends in the apex twice: somebody forgot the final dot.
fn is_doubled(domain: &Domain<'_>, host: &Name) -> bool {
    without_apex(domain, host).and_then(|rest| Name::parse(rest).ok()).is_some_and(|rest| rest.is_within(apex(domain)))
}

/// The senders whose reverse names the world can be asked for.
fn senders<'d>(domain: &'d Domain<'_>) -> impl Iterator<Item = &'d SendingHost> {
    // Private addresses in SPF are a fault of their own.
    let given = !domain.facts.wishes.addresses.is_empty();
    domain.facts.senders.iter().filter(move |sender| given || is_global_unicast(sender.address))
}

/// A finding about a text below the domain, with the offending bytes, whose text is `{ $token }`.
fn about_text(domain: &Domain<'_>, name: &Name, text: &str, span: Range<usize>) -> Draft {
    let token = text.get(span.clone()).unwrap_or_default().to_owned();
    Draft::new(name).record(domain.owner_of(name), RecordType::Txt, text).span(span).arg("token", token)
}

/// Offers another text in its place, where it can be changed at its name.
fn instead(domain: &Domain<'_>, draft: Draft, name: &Name, old: &str, value: &str) -> Draft {
    if domain.is_alias(name) || value == old { draft } else { draft.replace(name, RecordType::Txt, old, value) }
}

/// Whether nothing that was meant as a certain record stands at a name, where that is known.
fn is_missing(texts: &Fact<Vec<crate::dns::Text>>, looks: impl Fn(&str) -> bool) -> bool {
    !texts.is_unavailable() && !texts.list().iter().any(|text| looks(&text.to_text()))
}

/// Whether what protects incoming mail is worth a word: the domain's own mail arrives here.
fn takes_mail(domain: &Domain<'_>) -> bool {
    domain.is_apex() && domain.is_mail_name() && domain.has_mx() && !domain.parked
}
