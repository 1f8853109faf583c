//! `dmarc-testing`: `t=y` with a policy that asks for something.

use crate::dmarc::Policy;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-testing",
    area: Area::Dmarc,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(5),
    references: &[section("RFC 9989", "4.7")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    let Some(policy) = record.policy.filter(|p| *p != Policy::None && record.is_testing()) else { return };
    let Some(tag) = text.parsed.tag("t") else { return };
    let applied = record.apply_testing(policy);
    let draft = super::about_part(domain, text, tag.span.clone());
    let draft = draft.arg("policy", policy.as_str()).arg("applied", applied.as_str());
    out.add(super::instead(domain, draft, text, text.parsed.amended(&[("t", None)])));
}
