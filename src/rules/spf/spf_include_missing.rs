//! `spf-include-missing`: `include` or `redirect` leads to a domain without SPF record.

use super::own::{Led, MOST_FINDINGS, led, offer_without};
use super::spf_include_unregistered::is_unregistered;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::NodeTerm;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-include-missing",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(7),
    references: &[section("RFC 7208", "5.2"), section("RFC 7208", "6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let missing: Vec<Led<'_>> = led(domain).filter(|led| leads_nowhere(led) && !is_unregistered(led.node)).collect();
    let includes: Vec<_> =
        missing.iter().filter(|led| led.term.directive().is_some()).map(|led| led.term.span.clone()).collect();
    for led in missing.iter().take(MOST_FINDINGS) {
        let gone = led.node.target.as_ref().is_some_and(|target| target.missing);
        let draft = led.draft(domain).arg("target", led.target());
        let draft = if gone { draft.detail("detail-no-name") } else { draft };
        // An include that leads nowhere permits nobody and breaks the record; what a redirect should be, only its owner knows.
        let whole = includes.len() == missing.len();
        out.add(if whole { offer_without(domain, draft, &includes) } else { draft });
    }
}

fn leads_nowhere(led: &Led<'_>) -> bool {
    if led.term.domain_spec().is_some_and(|spec| spec.is_invalid()) {
        return led.term.directive().is_none_or(|(_, m)| matches!(m, crate::spf::Mechanism::Include(_)));
    }
    has_no_record(led.node)
}

/// Whether a term leads to a name at which there is surely no record.
pub(super) fn has_no_record(term: &NodeTerm) -> bool {
    term.child.as_ref().is_some_and(|child| {
        child.records.is_empty() && !child.cut && child.failure.as_ref().is_none_or(|failure| failure.is_absent())
    })
}
