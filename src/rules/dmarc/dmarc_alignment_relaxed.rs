//! `dmarc-alignment-relaxed`: subdomains may stand for the domain, where a guideline asks for strict alignment.

use crate::dmarc::AlignmentMode;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-alignment-relaxed",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Profile],
    rests_on: &[Need::Dmarc],
    impact: Impact::Tidy(3),
    references: &[section("BSI TR-03182", ""), section("RFC 9989", "4.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    let is_relaxed = |mode| mode == AlignmentMode::Relaxed;
    let lax: Vec<&str> = [("adkim", record.dkim_mode()), ("aspf", record.spf_mode())]
        .into_iter()
        .filter_map(|(tag, mode)| is_relaxed(mode).then_some(tag))
        .collect();
    if lax.is_empty() || record.policy.is_none() {
        return;
    }
    let changes: Vec<(&str, Option<&str>)> = lax.iter().map(|tag| (*tag, Some("s"))).collect();
    let draft = super::about(domain, text).arg("tags", lax.join(", "));
    let draft = match lax.iter().find_map(|tag| text.parsed.tag(tag)) {
        Some(tag) => draft.span(tag.span.clone()),
        None => draft,
    };
    out.add(super::instead(domain, draft, text, text.parsed.amended(&changes)));
}
