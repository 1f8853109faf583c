//! `dmarc-removed-tag`: a tag that RFC 9989 has removed.

use crate::dmarc::TagKind;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-removed-tag",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(1),
    references: &[section("RFC 9989", "4.7"), section("RFC 9989", "9")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    for tag in text.parsed.tags.iter().filter(|tag| tag.kind == TagKind::Removed).take(MOST_FINDINGS) {
        let draft = super::about_part(domain, text, tag.span.clone()).arg("tag", &tag.name);
        let draft = match (tag.name.as_str(), record.legacy_percent()) {
            ("pct", percent @ 0..100) => draft.severity(Severity::Warning).detail("detail-pct").arg("percent", percent),
            _ => draft,
        };
        let without = [("pct", None), ("rf", None), ("ri", None)];
        out.add(super::instead(domain, draft, text, text.parsed.amended(&without)));
    }
}
