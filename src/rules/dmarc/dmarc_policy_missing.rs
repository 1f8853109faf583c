//! `dmarc-policy-missing`: a record without `p`.

use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-policy-missing",
    area: Area::Dmarc,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(8),
    references: &[section("RFC 9989", "4.7"), section("RFC 9989", "4.10.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    let slipped = text.parsed.slips.iter().any(|slip| slip.tag.as_deref() == Some("p"));
    if domain.parked || record.policy.is_some() || text.parsed.tag("p").is_some() || slipped {
        return;
    }
    let draft = super::about(domain, text);
    // RFC 9989 §4.10.1: without a usable rua, DMARC does not apply at all.
    let draft = if record.rua.is_empty() { draft.severity(Severity::Error).detail("detail-ignored") } else { draft };
    out.add(super::instead(domain, draft, text, text.parsed.amended(&[("p", Some("none"))])));
}
