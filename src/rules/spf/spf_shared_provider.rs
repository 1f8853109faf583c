//! `spf-shared-provider`: a provider whose other customers pass as well.

use super::own::{is_helper, led};
use crate::dns::Name;
use crate::finding::{Findings, Severity};
use crate::knowledge::providers::{self, Provider};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Mechanism, Modifier, NodeTerm, Qualifier, TermKind};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-shared-provider",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Tidy(3),
    references: &[section("RFC 7208", "11.4"), section("RFC 9989", "7.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if is_helper(domain) {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    for led in led(domain) {
        let mut found = Vec::new();
        collect(domain, &led.term.kind, led.node, &mut found);
        for provider in found {
            if !told.contains(&&*provider.id) {
                told.push(&provider.id);
                out.add(led.draft(domain).arg("provider", &provider.name));
            }
        }
    }
}

/// The providers that a term permits, also through records that the domain's owner keeps for this.
fn collect(domain: &Domain<'_>, kind: &TermKind, term: &NodeTerm, found: &mut Vec<&'static Provider>) {
    let spec = match kind {
        TermKind::Directive(Qualifier::Pass, Mechanism::Include(spec)) => spec,
        TermKind::Modifier(Modifier::Redirect(spec)) if term.reached => spec,
        _ => return,
    };
    if let Some(provider) = providers::by_spf_include(spec.as_str()) {
        found.extend(Some(provider).filter(|provider| provider.shared_ips));
        return;
    }
    let ours = |name: &Name| domain.facts.registrable.as_ref().is_some_and(|own| name.is_within(own));
    let Some(child) = term.child.as_deref().filter(|child| ours(&child.domain)) else { return };
    let Some(parsed) = &child.parsed else { return };
    for below in child.terms.iter().filter(|term| term.reached) {
        if let Some(term) = parsed.record.terms.get(below.index) {
            collect(domain, &term.kind, below, found);
        }
    }
}
