//! `spf-shared-provider`: a provider whose other customers pass as well.

use super::own::{Own, is_helper};
use crate::finding::{Findings, Severity};
use crate::knowledge::providers;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Mechanism, Qualifier};

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
    let Some(own) = Own::only(domain) else { return };
    let record = own.record();
    let includes = own.reached().filter_map(|(term, qualifier, mechanism)| match mechanism {
        Mechanism::Include(spec) if qualifier == Qualifier::Pass => Some((term, spec)),
        _ => None,
    });
    let redirect = record.redirect().filter(|_| record.all().is_none());
    let mut told: Vec<&str> = Vec::new();
    for (term, spec) in includes.chain(redirect) {
        let provider = providers::by_spf_include(spec.as_str()).filter(|provider| provider.shared_ips);
        if let Some(provider) = provider
            && !told.contains(&&*provider.id)
        {
            told.push(&provider.id);
            out.add(own.draft(&term.span).arg("provider", &provider.name));
        }
    }
}
