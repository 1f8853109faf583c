//! `spf-multiple-records`: more than one record with the version `v=spf1`.

use super::covering::covering;
use super::own::merged;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-multiple-records",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "3.2"), section("RFC 7208", "4.5")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let records = &domain.spf.records;
    // Identical copies are one record here: they are a fault of their own.
    let [first, others @ ..] = &**records else { return };
    let Some(second) = others.first() else { return };
    let name = domain.name();
    let mut draft = Draft::new(name).record(name, RecordType::Txt, &*second.joined.text).arg("count", records.len());
    let meant = records.iter().map(|r| r.missing_blank.as_ref().map_or(&*r.joined.text, |blank| &*blank.corrected));
    if let Some(text) = merged(meant).map(|text| covering(domain, text)) {
        if text != first.joined.text {
            draft = draft.replace(name, RecordType::Txt, &*first.joined.text, text);
        }
        for other in others {
            draft = draft.remove(name, RecordType::Txt, &*other.joined.text);
        }
    }
    out.add(draft);
}
