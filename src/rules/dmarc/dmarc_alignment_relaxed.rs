//! `dmarc-alignment-relaxed`: subdomains may stand for the domain, where a guideline asks for strict alignment.

use crate::dmarc::{AlignmentMode, Record};
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
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
    let Some((text, record)) = super::own(domain) else {
        let Some(found) = super::inherited(domain) else { return };
        let lax = relaxed(&found.record);
        if let (Ok(name), false) = (found.domain.prepend("_dmarc"), lax.is_empty()) {
            let draft = Draft::new(&domain.dmarc.name).record(&name, RecordType::Txt, &found.text);
            out.add(draft.detail("detail-inherited").arg("from", &found.domain).arg("tags", lax.join(", ")));
        }
        return;
    };
    let lax = relaxed(record);
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

/// The tags whose mode is relaxed.
fn relaxed(record: &Record) -> Vec<&'static str> {
    let modes = [("adkim", record.dkim_mode()), ("aspf", record.spf_mode())];
    modes.into_iter().filter_map(|(tag, mode)| (mode == AlignmentMode::Relaxed).then_some(tag)).collect()
}
