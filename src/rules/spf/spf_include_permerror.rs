//! `spf-include-permerror`: an included record is itself broken.

use super::own::led;
use super::spf_include_unregistered::{below, is_unregistered};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Node;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-include-permerror",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(7),
    references: &[section("RFC 7208", "5.2"), section("RFC 7208", "6.1")],
    judge: Judge::Domain(judge),
};

/// Terms that are followed; a sound record has at most ten.
const MOST_CHECKED: usize = 100;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for led in led(domain).take(MOST_CHECKED) {
        let Some(child) = led.node.child.as_deref().filter(|_| below_is_registered(led.node.child.as_deref())) else {
            continue;
        };
        if let Some(broken) = broken(child) {
            let draft = led.draft(domain).arg("target", &broken.node.domain).arg("inner", broken.inner);
            out.add(draft.detail(broken.how));
        }
    }
}

/// A domain that anyone can register is the fault then, not what comes of it.
fn below_is_registered(child: Option<&Node>) -> bool {
    child.is_none_or(|child| below(child).is_none())
}

struct Broken<'a> {
    node: &'a Node,
    how: &'static str,
    inner: String,
}

/// The first record here or below that makes the whole a permerror.
fn broken(node: &Node) -> Option<Broken<'_>> {
    let found = |how, inner: &str| Some(Broken { node, how, inner: inner.to_owned() });
    if node.records.len() > 1 {
        return found("detail-multiple", "");
    }
    let parsed = node.parsed.as_ref()?;
    if let Some(fault) = parsed.errors.first() {
        let text = node.records.first()?;
        return found("detail", text.get(fault.span.clone()).unwrap_or_default());
    }
    for term in node.terms.iter().filter(|term| term.reached) {
        if term.exchangers.is_some_and(|count| count > 10) {
            return found("detail-mx", &term.text);
        }
        let Some(child) = term.child.as_deref().filter(|child| !child.circular && !is_unregistered(term)) else {
            continue;
        };
        let absent = child.failure.as_ref().is_none_or(|failure| failure.is_absent());
        if child.records.is_empty() && !child.cut && absent {
            return found("detail-missing", &term.text);
        }
        if let Some(broken) = broken(child) {
            return Some(broken);
        }
    }
    None
}
