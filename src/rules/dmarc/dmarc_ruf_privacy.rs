//! `dmarc-ruf-privacy`: `ruf` asks for copies of messages.

use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-ruf-privacy",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Tidy(4),
    references: &[section("RFC 9991", "3"), section("RFC 9991", "6")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    let Some(tag) = text.parsed.tag("ruf").filter(|_| !record.ruf.is_empty()) else { return };
    let draft = super::about_part(domain, text, tag.span.clone());
    out.add(super::instead(domain, draft, text, text.parsed.amended(&[("ruf", None), ("fo", None)])));
}
