//! `dmarc-rua-missing`: nobody gets the aggregate reports.

use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-rua-missing",
    area: Area::Dmarc,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(3),
    references: &[section("RFC 9989", "4.7"), section("RFC 9990", "4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, _)) = super::own(domain) else { return };
    let slipped = text.parsed.slips.iter().any(|slip| slip.tag.as_deref() == Some("rua"));
    if domain.parked || text.parsed.tag("rua").is_some() || slipped {
        return;
    }
    let draft = super::about(domain, text);
    out.add(match super::mailbox(domain) {
        Some(mailbox) => super::instead(domain, draft, text, text.parsed.amended(&[("rua", Some(&mailbox))])),
        None => draft,
    });
}
