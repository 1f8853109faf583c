//! `spf-record-too-long`: the TXT answer at the name does not fit 512 octets.

use super::own::Own;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-record-too-long",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Weakened(2),
    references: &[section("RFC 7208", "3.4"), section("RFC 1035", "4.2.1")],
    judge: Judge::Domain(judge),
};

/// RFC 7208 §3.4: so that it fits UDP without extensions.
const LIMIT: usize = 512;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::each(domain).next() else { return };
    let texts = domain.facts.texts.list();
    // Header, question, and for every record a pointer to the name, type, class, TTL and length.
    let name = domain.name().as_str().len() + 2;
    let records = texts.iter().map(|text| 12 + text.strings().map(|string| 1 + string.len()).sum::<usize>());
    let size = 12 + name + 4 + records.sum::<usize>();
    if size > LIMIT {
        let draft = own.about().arg("size", size).arg("count", texts.len());
        out.add(if texts.len() == 1 { draft.detail("detail-alone").fix("fix-alone") } else { draft });
    }
}
