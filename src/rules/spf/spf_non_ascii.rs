//! `spf-non-ascii`: characters outside ASCII.

use unicode_width::UnicodeWidthChar as _;

use super::own::{Own, short, tamed};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Term;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-non-ascii",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "3.1"), section("RFC 5890", "2.3.2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for own in Own::each(domain) {
        let mut faults = own.parsed.errors.iter().filter(|fault| fault.kind.is_non_ascii());
        let Some(fault) = faults.next() else { continue };
        let shown = short(own.token(&fault.span).trim()).into_owned();
        let mut meant = fault.suggestion.as_deref().map(str::trim).unwrap_or_default().to_owned();
        let odd = shown.chars().find(|c| is_unclear(*c));
        if odd.is_some() {
            let around = |term: &&Term| term.span.start <= fault.span.start && fault.span.end <= term.span.end;
            let term = own.record().terms.iter().filter(|term| term.recovered).find(around);
            meant = term.map(|term| short(&term.kind.to_string()).into_owned()).unwrap_or(meant);
        }
        let draft = own.draft(&fault.span).arg("found", named(&shown, odd));
        let draft = match (shown.is_empty(), meant.is_empty()) {
            (true, _) => draft.detail("detail-blank"),
            (false, true) => draft,
            (false, false) => draft.arg("meant", meant).detail("detail-meant"),
        };
        out.add(own.offer(draft, own.parsed.corrected(&own.text).map(tamed)));
    }
}

/// Whether nobody can see what a character is: it has no width, or looks like a Latin letter.
fn is_unclear(c: char) -> bool {
    let invisible = c == '\u{ad}' || c.width().unwrap_or(0) == 0;
    !c.is_ascii() && (invisible || c.is_alphabetic() && ('\u{370}'..'\u{590}').contains(&c))
}

/// The text as it stands in a sentence, with the number of what nobody can see.
fn named(shown: &str, odd: Option<char>) -> String {
    let Some(odd) = odd else { return shown.to_owned() };
    let visible: String = shown.chars().filter(|c| *c != '\u{ad}' && c.width().unwrap_or(0) > 0).collect();
    let code = format!("U+{:04X}", u32::from(odd));
    if visible.is_empty() { code } else { format!("{visible} ({code})") }
}
