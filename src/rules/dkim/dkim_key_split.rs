//! `dkim-key-split`: a key that was cut, or joined wrongly.

use super::{about, is_own, siblings};
use crate::dkim::key_record::{self, ProblemClass, ProblemKind};
use crate::dns::RecordType;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::domain::Key;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-split",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(6),
    references: &[section("RFC 6376", "3.6.1"), section("RFC 6376", "3.6.2.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for key in &domain.keys {
        let Some(problem) = key.record.problems.iter().find(|problem| is_cut(&problem.kind)) else { continue };
        if is_part(domain, key) && rest_of(domain, key).is_none() {
            continue;
        }
        let draft = about(key).span(problem.span.clone());
        if let Some((rest, whole)) = rest_of(domain, key) {
            let name = &key.selector.name;
            let draft = draft.detail("detail-two-records").fix("fix-two-records");
            out.add(if is_own(domain, key) {
                draft.replace(name, RecordType::Txt, &key.text, whole).remove(name, RecordType::Txt, &rest.text)
            } else {
                draft
            });
            continue;
        }
        out.add(match problem.kind {
            ProblemKind::Cut { expected: Some(expected), found } => draft.arg("expected", expected).arg("found", found),
            ProblemKind::Cut { found, .. } => draft.detail("detail-no-length").arg("found", found),
            ProblemKind::Doubled { expected, found } => {
                draft.detail("detail-doubled").arg("expected", expected).arg("found", found)
            }
            _ => continue,
        });
    }
}

/// Where more records stand at one name, nobody has cut a key in two; each would be tried with each.
const MOST_PIECES: usize = 8;

/// The record that holds the rest of a key that was cut in two, and what both come to.
fn rest_of<'d, 'a>(domain: &'d Domain<'a>, key: &Key<'a>) -> Option<(&'d Key<'a>, String)> {
    let siblings = siblings(domain, key.selector);
    if !(2..=MOST_PIECES).contains(&siblings.len()) || !key.record.problems.iter().any(|problem| is_cut(&problem.kind))
    {
        return None;
    }
    siblings.iter().filter(|other| other.text != key.text).find_map(|other| {
        let (head, tail) = (key.text.trim_end(), other.text.trim());
        // The second half may have got a tag of its own.
        let bare = tail.strip_prefix("v=DKIM1;").map_or(tail, str::trim_start).strip_prefix("p=").unwrap_or(tail);
        let texts = [format!("{head}{tail}"), format!("{head}{bare}"), format!("{head}; {tail}")];
        texts.into_iter().find(|whole| is_whole(whole)).map(|whole| (other, whole))
    })
}

/// Whether a record may go on in another one.
fn is_cut(kind: &ProblemKind) -> bool {
    kind.class() == ProblemClass::Split || matches!(kind, ProblemKind::KeyMissing)
}

fn is_whole(text: &str) -> bool {
    let record = key_record::parse(text);
    record.problems.is_empty() && record.usable_key().is_some()
}

/// Whether a record is half of a key whose other half stands beside it.
pub(super) fn is_half(domain: &Domain<'_>, key: &Key<'_>) -> bool {
    rest_of(domain, key).is_some() || is_part(domain, key)
}

/// Whether a record is the second half of a key whose first half stands beside it.
pub(super) fn is_part(domain: &Domain<'_>, key: &Key<'_>) -> bool {
    let siblings = siblings(domain, key.selector);
    siblings.len() <= MOST_PIECES
        && siblings
            .iter()
            .filter(|other| other.text != key.text)
            .any(|other| rest_of(domain, other).is_some_and(|(rest, _)| rest.text == key.text))
}
