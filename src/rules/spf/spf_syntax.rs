//! `spf-syntax`: the record cannot be read; every fault with what it was meant to be.

use std::collections::HashSet;

use super::own::{MOST_FINDINGS, Own, merged, short, tamed};
use super::spf_include_missing::has_no_record;
use super::spf_include_unregistered::is_unregistered;
use crate::dns::Name;
use crate::finding::{Findings, Severity};
use crate::knowledge::providers;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{self, Fault, FaultKind, Mechanism, NodeTerm, Span};

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
        let text = corrected(&own).filter(|_| !misleads(domain, &own)).map(tamed);
        let mut faults: Vec<&Fault> = own.parsed.errors.iter().chain(&own.parsed.slips).collect();
        faults.sort_by_key(|fault| fault.span.start);
        // What a character outside ASCII has done to its term is its fault alone.
        let places = words(&own.text, &faults);
        let foreign: HashSet<&Span> =
            faults.iter().zip(&places).filter(|(f, _)| f.kind.is_non_ascii()).map(|(_, place)| place).collect();
        let faults = faults.iter().zip(&places).filter(|(f, at)| !f.kind.is_non_ascii() && !foreign.contains(at));
        for (fault, place) in faults.take(MOST_FINDINGS) {
            let token = short(own.token(place)).into_owned();
            let meant = fault.suggestion.as_ref().and_then(|with| {
                let head = own.text.get(place.start..fault.span.start)?;
                let tail = own.text.get(fault.span.end..place.end)?;
                Some(format!("{head}{with}{tail}"))
            });
            let span = if fault.span.is_empty() { place } else { &fault.span };
            let mut draft = own.draft(span).arg("token", token);
            draft = draft.detail(detail(&fault.kind));
            draft = match meant.filter(|meant| !meant.trim().is_empty()) {
                Some(meant) => draft.arg("meant", short(meant.trim()).into_owned()).fix("fix-meant"),
                None if fault.kind == FaultKind::BadAddress && is_short(own.token(&fault.span)) => {
                    draft.fix("fix-octets")
                }
                None if is_host_alone(&fault.kind, own.token(place)) => draft.fix("fix-host"),
                None => draft,
            };
            out.add(own.offer(draft, text.clone()));
        }
    }
}

/// Whether a term is a name without the word that says what it is for.
fn is_host_alone(kind: &FaultKind, token: &str) -> bool {
    matches!(kind, FaultKind::UnknownMechanism(_)) && token.contains('.') && Name::parse(token).is_ok()
}

/// The record as it was meant. Where a whole second record stands within it, the two become one.
fn corrected(own: &Own<'_>) -> Option<String> {
    let text = own.parsed.corrected(&own.text)?;
    let seconds: Vec<usize> = own
        .parsed
        .slips
        .iter()
        .filter(|slip| slip.kind == FaultKind::SecondVersion)
        .map(|slip| slip.span.start)
        .collect();
    let record = spf::parse(&text).record;
    let ends = record.all().is_none_or(|(index, _)| index + 1 == record.terms.len());
    if seconds.is_empty() || ends {
        return Some(text);
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in seconds.into_iter().chain([own.text.len()]) {
        pieces.push(own.text.get(from..at)?.trim_end());
        from = at;
    }
    pieces.retain(|piece| piece.len() > "v=spf1".len());
    pieces.iter().all(|piece| spf::is_spf(piece)).then(|| merged(pieces)).flatten()
}

/// Whether the corrected record has a fault that shows already: a target without record, or one that nobody has.
fn misleads(domain: &Domain<'_>, own: &Own<'_>) -> bool {
    // What stands behind the @ of a mail address rarely has the record of a sending service.
    let address = own.parsed.slips.iter().filter(|slip| slip.kind == FaultKind::EmailAddress).any(|slip| {
        let term = own.record().terms.iter().find(|term| term.argument.as_ref() == Some(&slip.span));
        let known = slip.suggestion.as_deref().is_some_and(|host| providers::by_spf_include(host).is_some());
        !known && term.is_some_and(|term| !matches!(term.directive(), Some((_, Mechanism::A(..) | Mechanism::Mx(..)))))
    });
    let tree = domain.the_spf().and(domain.facts.spf.as_ref());
    let recovered =
        tree.and_then(|tree| Some((&tree.root, tree.root.parsed.as_ref()?))).is_some_and(|(root, parsed)| {
            let slipped = |term: &&NodeTerm| parsed.record.terms.get(term.index).is_some_and(|term| term.recovered);
            root.terms.iter().filter(slipped).any(|term| {
                let circular = term.child.as_ref().is_some_and(|child| child.circular);
                circular || has_no_record(term) || is_unregistered(term)
            })
        });
    address || recovered
}

/// An IPv4 address that lacks a number, or two.
fn is_short(text: &str) -> bool {
    text.split('.').count() < 4 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The words around faults, which are in order: from the blank before each to the blank behind it.
fn words(text: &str, faults: &[&Fault]) -> Vec<Span> {
    let blanks: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| *b == b' ').map(|(at, _)| at).collect();
    let word = |fault: &&Fault| {
        let before = blanks.partition_point(|at| *at < fault.span.start).checked_sub(1).and_then(|i| blanks.get(i));
        let behind = blanks.get(blanks.partition_point(|at| *at < fault.span.end));
        before.map_or(0, |at| at + 1)..behind.copied().unwrap_or(text.len())
    };
    faults.iter().map(word).collect()
}

/// Which words tell this fault.
fn detail(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::SecondVersion => "detail-second-version",
        FaultKind::ControlCharacter => "detail-control",
        FaultKind::Separator => "detail-separator",
        FaultKind::Quote => "detail-quote",
        FaultKind::MissingBlank => "detail-blank",
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
