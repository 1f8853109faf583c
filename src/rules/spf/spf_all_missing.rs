//! `spf-all-missing`: neither `all` nor `redirect`.

use super::own::{Own, is_helper};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-all-missing",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Weakened(6),
    references: &[section("RFC 7208", "4.7"), section("RFC 7208", "5.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if domain.parked || is_helper(domain) {
        return;
    }
    let Some(own) = Own::only(domain) else { return };
    // A term that cannot be read may be the one that seems to be missing.
    let meant = match own.parsed.errors.is_empty() && own.parsed.slips.is_empty() {
        true => own.record().clone(),
        false => match own.parsed.corrected(&own.text) {
            Some(text) => spf::parse(&text).record,
            None => return,
        },
    };
    if meant.all().is_none() && meant.redirect().is_none() {
        let text = format!("{} ~all", own.text.trim_end());
        out.add(own.offer(own.about(), Some(text)));
    }
}
