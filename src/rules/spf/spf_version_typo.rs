//! `spf-version-typo`: a text that was meant as SPF but that receivers do not take for it.

use super::covering::covering;
use super::own::{MOST_FINDINGS, merged, split_version, tamed};
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-version-typo",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "4.5")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let view = &domain.spf;
    let name = domain.name();
    // A Sender ID record beside a real SPF record harms nobody.
    let mistyped: Vec<_> =
        view.mistyped.iter().filter(|(_, slip)| !slip.sender_id || view.records.is_empty()).collect();
    // Where a blank at the border of two strings is all that is missing, that is the fault.
    let (split, mistyped): (Vec<_>, Vec<_>) =
        mistyped.into_iter().partition(|(joined, _)| split_version(joined).is_some());
    let real = view.records.iter().map(|record| &*record.joined.text);
    let meant = mistyped.iter().map(|(_, slip)| &*slip.suggestion);
    let whole = match (&*view.records, &*mistyped) {
        _ if !split.is_empty() => None,
        ([], [(_, only)]) => Some(tamed(only.suggestion.clone())).filter(|text| spf::parse(text).is_valid()),
        // Beyond a few, nobody meant them as parts of one record.
        _ => Some(()).filter(|()| mistyped.len() <= 10).and_then(|()| merged(real.chain(meant))),
    };
    let whole = whole.map(|text| covering(domain, text));
    for (joined, slip) in mistyped.iter().take(MOST_FINDINGS) {
        let mut draft = Draft::new(name)
            .record(name, RecordType::Txt, &*joined.text)
            .span(slip.span.clone())
            .arg("found", joined.text.get(slip.span.clone()).unwrap_or_default().trim())
            .arg("meant", &slip.suggestion);
        draft = match (slip.sender_id, view.records.is_empty()) {
            (true, _) => draft.detail("detail-sender-id"),
            (false, true) => draft,
            (false, false) => draft.detail("detail-beside").fix("fix-beside"),
        };
        if let Some(whole) = &whole {
            let mut others = mistyped.iter().map(|(joined, _)| &*joined.text);
            // All of it becomes one record; where there is a real one, that one.
            let into = match &*view.records {
                [] => others.next(),
                [one] => Some(&*one.joined.text),
                _ => None,
            };
            if let Some(into) = into {
                if into != whole {
                    draft = draft.replace(name, RecordType::Txt, into, whole);
                }
                draft = others.fold(draft, |draft, other| draft.remove(name, RecordType::Txt, other));
            }
        }
        out.add(draft);
    }
}
