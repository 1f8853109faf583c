//! `spf-terms-after-all`: terms that can never be reached.

use super::own::Own;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{FaultKind, Mechanism};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-terms-after-all",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Spam(5),
    references: &[section("RFC 7208", "5.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::only(domain) else { return };
    // A whole second record behind it is a fault of its own.
    if own.parsed.slips.iter().any(|slip| slip.kind == FaultKind::SecondVersion) {
        return;
    }
    let Some((all, _)) = own.record().all() else { return };
    let terms = &own.record().terms;
    let after: Vec<_> = terms.iter().skip(all + 1).filter(|term| term.directive().is_some()).collect();
    let (Some(first), Some(last), Some(all)) = (after.first(), after.last(), terms.get(all)) else { return };
    let draft = own.draft(&(first.span.start..last.span.end)).arg("all", own.token(&all.span));
    let repeated: Vec<_> =
        after.iter().filter(|t| matches!(t.directive(), Some((_, Mechanism::All)))).map(|t| t.span.clone()).collect();
    // Moved to the front, terms that ask others bring along what nobody has looked at.
    let known = after.iter().all(|term| {
        !term.asks_dns() || matches!(term.directive(), Some((_, Mechanism::A(None, _) | Mechanism::Mx(None, _))))
    });
    let asked = domain.facts.spf.as_ref().map_or(0, |tree| tree.dns_lookups as usize);
    let more = after.iter().filter(|term| term.asks_dns()).count();
    let mut gone = repeated;
    gone.push(all.span.clone());
    let text = own.without(&gone).map(|text| format!("{text} {}", own.token(&all.span)));
    out.add(if known && asked + more <= 10 { own.offer(draft, text) } else { draft });
}
