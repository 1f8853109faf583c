//! `spf-ip-not-covered`: an address that is said to send, and that the record does not permit.

use std::net::IpAddr;

use super::addresses::is_private;
use super::covering::term;
use super::own::{Own, is_helper};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Coverage, SpfResult};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-ip-not-covered",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(6),
    references: &[section("RFC 7208", "4.6.2"), section("RFC 7208", "8.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    if domain.parked || is_helper(domain) {
        return;
    }
    let Some(own) = Own::only(domain) else { return };
    // What the configuration asks for and the record lacks is drift.
    let desired = facts.wishes.config.as_ref().map_or(&[][..], |config| &config.ips);
    let mut addresses: Vec<IpAddr> = Vec::new();
    let mut worst: Option<Coverage> = None;
    // The first term that decides about one of them: what stands before it permits them all.
    let mut before: Option<usize> = None;
    for address in domain.said_to_send() {
        if desired.iter().any(|ip| ip.to_canonical() == address) || is_private(&address.into()) {
            continue;
        }
        // A record that is broken, or leads to what is, is a fault of its own.
        let coverage = domain.spf_coverage(address).filter(|c| c.result != SpfResult::Pass);
        let Some(coverage) = coverage else { continue };
        addresses.push(address);
        if let Some(by) = &coverage.by {
            before = Some(before.map_or(by.start, |at| at.min(by.start)));
        }
        if worst.as_ref().is_none_or(|worst| weight(coverage.result) > weight(worst.result)) {
            worst = Some(coverage);
        }
    }
    let Some(worst) = worst else { return };
    let draft = match &worst.by {
        Some(span) => own.draft(span),
        None => own.about().arg("term", ""),
    };
    let shown = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let draft = draft.arg("addresses", shown).arg("count", addresses.len());
    let draft = match worst.result {
        SpfResult::Fail => draft,
        // A signature that works carries the mail through where SPF does not refuse it.
        SpfResult::Softfail if domain.usable_keys().any(|key| domain.serves_mail(key)) => {
            draft.severity(Severity::Warning).detail("detail-softfail")
        }
        SpfResult::Softfail => draft.detail("detail-softfail"),
        _ => draft.severity(Severity::Warning).detail("detail-neutral"),
    };
    let text = with_addresses(&own, &addresses, before);
    out.add(own.offer(draft, text));
}

/// The record with the addresses before the term that shut them out, or at its end.
fn with_addresses(own: &Own<'_>, addresses: &[IpAddr], before: Option<usize>) -> Option<String> {
    let terms: Vec<String> = addresses.iter().copied().map(term).collect();
    let terms = terms.join(" ");
    match before {
        Some(at) => Some(format!("{}{terms} {}", own.text.get(..at)?, own.text.get(at..)?)),
        None => Some(format!("{} {terms}", own.text.trim_end_matches(' '))),
    }
}

fn weight(result: SpfResult) -> u8 {
    match result {
        SpfResult::Fail => 2,
        SpfResult::Softfail => 1,
        _ => 0,
    }
}
