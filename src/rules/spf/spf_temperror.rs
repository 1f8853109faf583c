//! `spf-temperror`: the record could not be read to its end.

use crate::dns::{DnsError, Name, Unavailable};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::spf::Node;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-temperror",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[],
    impact: Impact::Tidy(5),
    references: &[section("RFC 7208", "2.6.6"), section("RFC 7208", "4.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let mut failed: Vec<(&Name, &DnsError)> =
        facts.texts.trouble().map(|why| (domain.name(), why)).into_iter().collect();
    if let Some(tree) = &facts.spf {
        collect(&tree.root, &mut failed);
    }
    // What nobody was asked for is no failure.
    let failure = failed.iter().find(|(_, why)| why.is_temporary());
    let cut = failed.iter().find(|(_, why)| **why == DnsError::Unavailable(Unavailable::Cut));
    let draft = Draft::new(domain.name());
    match (failure, cut) {
        (Some((name, why)), _) => out.add(draft.arg("name", *name).arg("error", *why)),
        (None, Some((name, _))) => out.add(draft.arg("name", *name).detail("detail-cut").no_fix()),
        (None, None) => {}
    }
}

fn collect<'a>(node: &'a Node, failed: &mut Vec<(&'a Name, &'a DnsError)>) {
    let absent = |why: &&DnsError| !why.is_absent();
    failed.extend(node.failure.as_ref().filter(absent).map(|why| (&node.domain, why)));
    for term in &node.terms {
        let target = term.target.as_ref().and_then(|t| t.name.as_ref()).unwrap_or(&node.domain);
        match &term.child {
            Some(child) => collect(child, failed),
            None => failed.extend(term.failure.as_ref().filter(absent).map(|why| (target, why))),
        }
    }
}
