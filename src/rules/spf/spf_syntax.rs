//! `spf-syntax`: the record cannot be read; every fault with what it was meant to be.

use std::collections::HashSet;

use super::own::{MOST_FINDINGS, Own, tamed};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Fault, FaultKind};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-syntax",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "4.6"), section("RFC 7208", "12")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for own in Own::each(domain) {
        let text = own.parsed.corrected(&own.text).map(tamed);
        let mut faults: Vec<&Fault> = own.parsed.errors.iter().chain(&own.parsed.slips).collect();
        faults.sort_by_key(|fault| fault.span.start);
        // What a character outside ASCII has done to its term is its fault alone.
        let foreign: HashSet<_> = faults.iter().filter(|f| f.kind.is_non_ascii()).map(|f| word(&own.text, f)).collect();
        let faults = faults.into_iter().filter(|f| !f.kind.is_non_ascii() && !foreign.contains(&word(&own.text, f)));
        for fault in faults.take(MOST_FINDINGS) {
            let place = word(&own.text, fault);
            let token = own.token(&place).to_owned();
            let meant = fault.suggestion.as_ref().and_then(|with| {
                let head = own.text.get(place.start..fault.span.start)?;
                let tail = own.text.get(fault.span.end..place.end)?;
                Some(format!("{head}{with}{tail}"))
            });
            let mut draft = own.draft(&fault.span).arg("token", token);
            draft = draft.detail(detail(&fault.kind));
            draft = match meant.filter(|meant| !meant.trim().is_empty()) {
                Some(meant) => draft.arg("meant", meant.trim()).fix("fix-meant"),
                None => draft,
            };
            out.add(own.offer(draft, text.clone()));
        }
    }
}

/// The words around a fault: from the blank before it to the blank behind it.
fn word(text: &str, fault: &Fault) -> std::ops::Range<usize> {
    let before = text.get(..fault.span.start).unwrap_or_default();
    let behind = text.get(fault.span.end..).unwrap_or_default();
    let start = before.rfind(' ').map_or(0, |at| at + 1);
    let end = behind.find(' ').map_or(text.len(), |at| fault.span.end + at);
    start..end
}

/// Which words tell this fault.
fn detail(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::SecondVersion => "detail-second-version",
        FaultKind::ControlCharacter => "detail-control",
        FaultKind::Separator => "detail-separator",
        FaultKind::Quote => "detail-quote",
        FaultKind::QualifierBlank | FaultKind::DoubleQualifier | FaultKind::TrailingQualifier => "detail-qualifier",
        FaultKind::ModifierQualifier => "detail-modifier-qualifier",
        FaultKind::UnknownMechanism(_) | FaultKind::MisspelledModifier(_) | FaultKind::BadModifierName => {
            "detail-unknown"
        }
        FaultKind::MissingMechanism => "detail-no-mechanism",
        FaultKind::WrongDelimiter => "detail-delimiter",
        FaultKind::MissingArgument => "detail-argument",
        FaultKind::BadAddress | FaultKind::DomainAsAddress => "detail-address",
        FaultKind::WrongFamily => "detail-family",
        FaultKind::AddressAsDomain | FaultKind::Url | FaultKind::EmailAddress => "detail-domain",
        FaultKind::SingleLabel | FaultKind::BadTopLabel => "detail-name",
        FaultKind::BadCidr | FaultKind::UnexpectedCidr => "detail-cidr",
        FaultKind::Macro(_) => "detail-macro",
        FaultKind::DuplicateModifier(_) => "detail-duplicate",
        FaultKind::UnexpectedArgument | FaultKind::Version | FaultKind::NonAscii => "detail",
    }
}
