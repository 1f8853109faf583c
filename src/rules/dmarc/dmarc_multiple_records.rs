//! `dmarc-multiple-records`: several DMARC records at one name, of which receivers take none.

use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-multiple-records",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Refused(7),
    references: &[section("RFC 9989", "4.10")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let records = &domain.dmarc.records;
    if records.len() < 2 || !domain.is_mail_name() {
        return;
    }
    out.add(super::about(domain, &records[1]).arg("count", records.len()).arg("first", &records[0].text));
}
