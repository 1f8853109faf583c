//! `spf-type99`: a record of the obsolete type SPF.

use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-type99",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Tidy(1),
    references: &[section("RFC 7208", "3.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let name = domain.name();
    let texts: Vec<String> = domain.facts.type99.list().iter().map(|text| text.to_text()).collect();
    let Some(first) = texts.first() else { return };
    let mut draft = Draft::new(name).record(name, RecordType::Spf, first);
    if domain.spf.records.is_empty() {
        draft = draft.detail("detail-alone").fix("fix-alone");
    } else {
        draft = texts.iter().fold(draft, |draft, text| draft.remove(name, RecordType::Spf, text));
    }
    out.add(draft);
}
