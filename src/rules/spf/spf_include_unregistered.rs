//! `spf-include-unregistered`: a term trusts a domain that anyone can register.

use super::own::{Led, MOST_FINDINGS, led, offer_without};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Node, NodeTerm};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-include-unregistered",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(7),
    references: &[section("RFC 7208", "11.5.3"), section("RFC 7208", "5.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let mut nested = Vec::new();
    let mut own: Vec<Led<'_>> = Vec::new();
    for led in led(domain) {
        if is_unregistered(led.node) {
            own.push(led);
        } else if let Some((node, term)) = led.node.child.as_ref().and_then(|child| below(child)) {
            nested.push((led, node, term));
        }
    }
    let removable: Vec<_> =
        own.iter().filter(|led| led.term.directive().is_some()).map(|led| led.term.span.clone()).collect();
    let whole = removable.len() == own.len() && nested.is_empty();
    for led in own.iter().take(MOST_FINDINGS) {
        let draft = led.draft(domain).arg("target", led.target()).arg("registrable", registrable(led.node));
        out.add(if whole { offer_without(domain, draft, &removable) } else { draft });
    }
    for (led, node, term) in nested.into_iter().take(MOST_FINDINGS) {
        let draft = led.draft(domain).arg("holder", &node.domain).arg("inner", &*term.text);
        out.add(draft.arg("registrable", registrable(term)).detail("detail-nested").fix("fix-nested"));
    }
}

/// Whether a term leads to a name under a domain that nobody has, and that could be had.
pub(super) fn is_unregistered(term: &NodeTerm) -> bool {
    let Some(target) = &term.target else { return false };
    let possible = target.registrable.as_ref().is_some_and(|domain| {
        // Under a suffix that no list knows (local, lan) nobody can register anything.
        psl::suffix(domain.as_str().as_bytes()).is_some_and(|suffix| suffix.is_known())
    });
    term.reached && target.missing && target.registered == Some(false) && possible
}

/// The first such term below.
pub(super) fn below(node: &Node) -> Option<(&Node, &NodeTerm)> {
    node.terms.iter().find_map(|term| match &term.child {
        _ if is_unregistered(term) => Some((node, term)),
        Some(child) => below(child),
        None => None,
    })
}

fn registrable(term: &NodeTerm) -> String {
    let name = term.target.as_ref().and_then(|target| target.registrable.as_ref());
    name.map(ToString::to_string).unwrap_or_default()
}
