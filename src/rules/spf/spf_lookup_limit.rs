//! `spf-lookup-limit`: more than ten terms that ask the DNS.

use super::own::{Led, led};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-lookup-limit",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(6),
    references: &[section("RFC 7208", "4.6.4")],
    judge: Judge::Domain(judge),
};

/// More terms than these are not listed.
const MOST: usize = 20;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(tree) = domain.facts.spf.as_ref().filter(|tree| tree.dns_lookups > 10) else { return };
    // Evaluation order: directives, then redirect; the eleventh lookup is the one too many.
    let Some(over) = led(domain).filter(|led| led.node.cumulative > 10).min_by_key(|led| led.node.cumulative) else {
        return;
    };
    let draft = over.draft(domain).arg("count", tree.dns_lookups).arg("terms", costs(domain));
    out.add(if tree.truncated { draft.detail("detail-least") } else { draft });
}

/// Which terms cost how much: `include:_spf.example.de (4), mx (1)`.
pub(super) fn costs(domain: &Domain<'_>) -> String {
    let cost = |led: &Led<'_>| led.node.cost + led.node.child.as_ref().map_or(0, |child| child.dns_lookups);
    let list: Vec<String> = led(domain)
        .filter(|led| cost(led) > 0)
        .take(MOST)
        .map(|led| format!("{} ({})", led.node.text, cost(&led)))
        .collect();
    list.join(", ")
}
