//! `dmarc-size-suffix`: the obsolete size limit behind a destination.

use crate::dmarc::{self, DestinationAt};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-size-suffix",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Tidy(2),
    references: &[section("RFC 9989", "9")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, _)) = super::own(domain) else { return };
    let places: Vec<_> = text.parsed.rua.iter().chain(&text.parsed.ruf).filter_map(|p| p.size.as_ref()).collect();
    if places.is_empty() {
        return;
    }
    let read = dmarc::parse(&text.parsed.repaired());
    let plain = |list: &[DestinationAt]| {
        let uris: Vec<&str> = list.iter().filter_map(|p| Some(p.destination.as_ref()?.uri.as_str())).collect();
        (!uris.is_empty()).then(|| uris.join(","))
    };
    let (rua, ruf) = (plain(&read.rua), plain(&read.ruf));
    let sized = |list: &[DestinationAt]| list.iter().any(|p| p.size.is_some());
    let mut changes = Vec::new();
    for (tag, list, plain) in [("rua", &text.parsed.rua, &rua), ("ruf", &text.parsed.ruf, &ruf)] {
        if sized(list) {
            changes.push((tag, plain.as_deref()));
        }
    }
    let value = text.parsed.amended(&changes);
    for size in places.into_iter().take(MOST_FINDINGS) {
        let draft = super::about_part(domain, text, size.span.clone());
        out.add(super::instead(domain, draft, text, value.clone()));
    }
}
