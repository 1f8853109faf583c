//! `spf-string-split`: two terms in neighbouring strings run into one another.

use super::covering::covering;
use super::own::{MOST_FINDINGS, short, split_version, tamed};
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-string-split",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "3.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let name = domain.name();
    let spf = &domain.spf;
    let records = spf.records.iter().filter_map(|record| Some((&record.joined, record.missing_blank.clone()?, true)));
    // Without the blank behind the version the text is no SPF record at all.
    let alone = spf.records.is_empty() && spf.mistyped.len() == 1;
    let none = spf.mistyped.iter().filter_map(|(joined, _)| Some((joined, split_version(joined)?, alone)));
    for (joined, blank, certain) in records.chain(none).take(MOST_FINDINGS) {
        let text = &joined.text;
        let Some(at) = blank.positions.first().copied() else { continue };
        let (before, behind) = text.split_at_checked(at).unwrap_or_default();
        let start = before.rfind(' ').map_or(0, |at| at + 1);
        let end = behind.find(' ').map_or(text.len(), |n| at + n);
        let token = |range: std::ops::Range<usize>| short(text.get(range).unwrap_or_default()).into_owned();
        let draft = Draft::new(name)
            .record(name, RecordType::Txt, text)
            .span(start..end)
            .arg("left", token(start..at))
            .arg("right", token(at..end));
        out.add(match certain {
            true => draft.replace(name, RecordType::Txt, text, covering(domain, tamed(blank.corrected))),
            false => draft,
        });
    }
}
