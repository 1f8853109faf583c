//! `spf-redundant-term`: a term that an earlier one covers.

use std::collections::HashMap;

use super::addresses::network;
use super::own::{MOST_FINDINGS, Own, offer_without};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Mechanism, Span};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-redundant-term",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Tidy(2),
    references: &[section("RFC 7208", "4.6.2")],
    judge: Judge::Domain(judge),
};

/// Networks beyond these are compared no more; a record of 64 KiB holds a few thousand.
const MOST: usize = 1000;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::only(domain) else { return };
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut nets = Vec::new();
    let mut found: Vec<(Span, Span)> = Vec::new();
    for (term, _, mechanism) in own.reached() {
        let net = network(mechanism);
        let earlier = match net {
            // The first that matches decides, so what is within it never does.
            Some(net) => nets.iter().find(|(wide, _): &&(ipnet::IpNet, Span)| wide.contains(&net)).map(|(_, s)| s),
            None => seen.get(&key(mechanism, domain)),
        };
        match (earlier, net) {
            (Some(earlier), _) => found.push((term.span.clone(), earlier.clone())),
            (None, Some(net)) if nets.len() < MOST => nets.push((net, term.span.clone())),
            (None, Some(_)) => {}
            (None, None) => {
                seen.insert(key(mechanism, domain), term.span.clone());
            }
        }
    }
    let spans: Vec<Span> = found.iter().map(|(span, _)| span.clone()).collect();
    for (span, earlier) in found.iter().take(MOST_FINDINGS) {
        let draft = own.draft(span).arg("earlier", own.token(earlier));
        let same = own.token(span).eq_ignore_ascii_case(own.token(earlier));
        let draft = if same { draft.detail("detail-twice") } else { draft };
        out.add(offer_without(domain, draft, &spans));
    }
}

/// The mechanism with its target written out, as `a` at example.de means `a:example.de`.
fn key(mechanism: &Mechanism, domain: &Domain<'_>) -> String {
    let spec = match mechanism.domain_spec() {
        Some(spec) => spec.name().map_or_else(|| spec.to_string(), ToString::to_string),
        None => domain.name().to_string(),
    };
    match mechanism {
        Mechanism::A(_, cidr) | Mechanism::Mx(_, cidr) => format!("{}:{spec}{cidr}", mechanism.name()),
        _ => format!("{}:{spec}", mechanism.name()),
    }
}
