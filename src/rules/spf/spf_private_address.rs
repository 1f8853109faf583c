//! `spf-private-address`: an address that never shows on the internet.

use super::addresses::{is_private, network};
use super::own::{MOST_FINDINGS, Own, offer_without};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Qualifier;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-private-address",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Weakened(3),
    references: &[section("RFC 7208", "5.6"), section("RFC 6890", "2.2.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::only(domain) else { return };
    let private: Vec<_> = own
        .reached()
        .filter(|(_, q, m)| *q == Qualifier::Pass && network(m).is_some_and(|net| is_private(&net)))
        .map(|(term, ..)| term.span.clone())
        .collect();
    // Where nothing else is named, the right address is what is missing, and nobody but the owner knows it.
    let others = own.reached().filter(|(_, q, _)| *q == Qualifier::Pass).count() > private.len();
    for span in private.iter().take(MOST_FINDINGS) {
        let draft = own.draft(span);
        out.add(if others { offer_without(domain, draft, &private) } else { draft });
    }
}
