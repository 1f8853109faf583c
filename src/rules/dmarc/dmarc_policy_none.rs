//! `dmarc-policy-none`: `p=none`: receivers are asked for nothing.

use crate::dmarc::Policy;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-policy-none",
    area: Area::Dmarc,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(6),
    references: &[section("RFC 9989", "4.7")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    if domain.parked || record.policy != Some(Policy::None) {
        return;
    }
    let Some(tag) = text.parsed.tag("p") else { return };
    out.add(super::about_part(domain, text, tag.span.clone()));
}
