//! `spf-void-lookups`: more than two lookups that lead to nothing.

use super::own::{Led, Own, led, offer_without};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Mechanism, Node, NodeTerm, TermKind};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-void-lookups",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(6),
    references: &[section("RFC 7208", "4.6.4")],
    judge: Judge::Domain(judge),
};

/// RFC 7208 §4.6.4: more than two are a permerror.
const ALLOWED: u32 = 2;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let (Some(own), Some(tree), false) = (Own::only(domain), &domain.facts.spf, domain.in_zone_file()) else { return };
    let empty: Vec<Led<'_>> = led(domain).filter(|led| own_voids(led.node) > 0).collect();
    let total = voids(&tree.root);
    if total <= ALLOWED {
        return;
    }
    let mut names = Vec::new();
    collect(&tree.root, &mut names);
    let through = || led(domain).max_by_key(|led| led.node.child.as_ref().map_or(0, |child| voids(child)));
    let draft = match empty.first().copied().or_else(through) {
        Some(led) => led.draft(domain),
        None => own.about(),
    };
    let draft = draft.arg("count", total).arg("names", names.join(", "));
    let here: u32 = empty.iter().map(|led| own_voids(led.node)).sum();
    // A name that leads to nothing permits nobody, so nothing is lost with the term.
    let spans: Vec<_> = empty
        .iter()
        .filter(|led| !matches!(led.term.directive(), Some((_, Mechanism::Mx(..)))) || led.node.addresses.is_empty())
        .map(|led| led.term.span.clone())
        .collect();
    out.add(if total - here <= ALLOWED { offer_without(domain, draft, &spans) } else { draft });
}

/// The voids of the terms `a`, `mx` and `exists`; an include that leads nowhere is a fault of its own.
pub(super) fn voids(node: &Node) -> u32 {
    let terms = node.terms.iter();
    terms.map(|term| own_voids(term) + term.child.as_ref().map_or(0, |child| voids(child))).sum()
}

/// Whether receivers call the record broken for these.
pub(super) fn too_many(domain: &Domain<'_>) -> bool {
    !domain.in_zone_file() && domain.facts.spf.as_ref().is_some_and(|tree| voids(&tree.root) > ALLOWED)
}

fn own_voids(term: &NodeTerm) -> u32 {
    if term.child.is_some() { 0 } else { term.voids }
}

/// The names that lead to nothing, each once, at most ten.
fn collect(node: &Node, names: &mut Vec<String>) {
    for term in &node.terms {
        if let Some(child) = &term.child {
            collect(child, names);
            continue;
        }
        let own = node.parsed.as_ref().and_then(|p| p.record.terms.get(term.index)).map(|t| &t.kind);
        let empty = term.hosts.iter().filter(|host| host.addresses.is_empty() && host.failure.is_none());
        let mut found: Vec<String> = empty.map(|host| host.name.to_string()).collect();
        if found.is_empty() && term.voids > 0 {
            let target = term.target.as_ref().and_then(|t| t.name.as_ref());
            let spec = matches!(own, Some(TermKind::Directive(..)));
            found.extend(target.or(spec.then_some(&node.domain)).map(ToString::to_string));
        }
        for name in found {
            if names.len() < 10 && !names.contains(&name) {
                names.push(name);
            }
        }
    }
}
