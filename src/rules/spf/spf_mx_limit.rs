//! `spf-mx-limit`: an `mx` term that leads to more than ten names.

use super::own::{MOST_FINDINGS, led};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-mx-limit",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Refused(7),
    references: &[section("RFC 7208", "4.6.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let over = led(domain).filter_map(|led| Some((led, led.node.exchangers.filter(|count| *count > 10)?)));
    for (led, count) in over.take(MOST_FINDINGS) {
        out.add(led.draft(domain).arg("count", count));
    }
}
