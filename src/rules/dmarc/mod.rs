//! DMARC.

mod dmarc_alignment;
mod dmarc_alignment_relaxed;
mod dmarc_inherited;
mod dmarc_inherited_none;
mod dmarc_missing;
mod dmarc_multiple_records;
mod dmarc_policy_missing;
mod dmarc_policy_none;
mod dmarc_psd_misuse;
mod dmarc_receivers_differ;
mod dmarc_removed_tag;
mod dmarc_rua_invalid;
mod dmarc_rua_missing;
mod dmarc_rua_unauthorized;
mod dmarc_ruf_privacy;
mod dmarc_size_suffix;
mod dmarc_subdomain_weaker;
mod dmarc_syntax;
mod dmarc_testing;
mod dmarc_unknown_tag;
mod dmarc_wrong_location;

use std::ops::Range;

use super::Rule;
use super::domain::{DmarcText, Domain};
use crate::dmarc::{self, PolicyRecord, PolicySource, Record, StepOutcome};
use crate::dns::{DnsError, RecordType, Unavailable};
use crate::facts::Fact;
use crate::finding::Draft;

/// The rules of the area, in the order they are listed in.
pub(super) static RULES: &[&Rule] = &[
    &dmarc_missing::RULE,
    &dmarc_multiple_records::RULE,
    &dmarc_syntax::RULE,
    &dmarc_wrong_location::RULE,
    &dmarc_policy_missing::RULE,
    &dmarc_policy_none::RULE,
    &dmarc_testing::RULE,
    &dmarc_subdomain_weaker::RULE,
    &dmarc_rua_missing::RULE,
    &dmarc_rua_invalid::RULE,
    &dmarc_rua_unauthorized::RULE,
    &dmarc_ruf_privacy::RULE,
    &dmarc_removed_tag::RULE,
    &dmarc_unknown_tag::RULE,
    &dmarc_size_suffix::RULE,
    &dmarc_psd_misuse::RULE,
    &dmarc_inherited::RULE,
    &dmarc_inherited_none::RULE,
    &dmarc_alignment::RULE,
    &dmarc_alignment_relaxed::RULE,
    &dmarc_receivers_differ::RULE,
];

/// The one record at the domain itself, with what receivers make of it.
fn own<'d>(domain: &'d Domain<'_>) -> Option<(&'d DmarcText, &'d Record)> {
    let text = domain.the_dmarc().filter(|_| domain.is_mail_name())?;
    Some((text, text.parsed.record.as_ref()?))
}

/// The record of a domain above that applies, because there is none at the domain itself.
fn inherited<'d>(domain: &'d Domain<'_>) -> Option<&'d PolicyRecord> {
    let view = &domain.dmarc;
    let discovery = &domain.facts.dmarc;
    let own = !view.records.is_empty() || !view.ignored.is_empty();
    if own || !domain.is_mail_name() || domain.does_not_exist() || discovery.error.is_some() {
        return None;
    }
    discovery.policy.as_ref().filter(|found| found.source != PolicySource::AuthorDomain)
}

/// A finding about a record at `_dmarc.domain`.
fn about(domain: &Domain<'_>, text: &DmarcText) -> Draft {
    let name = &domain.dmarc.name;
    Draft::new(name).record(domain.owner_of(name), RecordType::Txt, &text.text)
}

/// As [`about`], with the offending bytes, whose text is `{ $token }`.
fn about_part(domain: &Domain<'_>, text: &DmarcText, span: Range<usize>) -> Draft {
    let token = text.text.get(span.clone()).unwrap_or_default().to_owned();
    about(domain, text).span(span).arg("token", token)
}

/// Offers another text in a record's place, where it can be changed at its name.
fn instead(domain: &Domain<'_>, draft: Draft, text: &DmarcText, value: String) -> Draft {
    let name = &domain.dmarc.name;
    if domain.is_alias(name) || value == text.text {
        draft
    } else {
        draft.replace(name, RecordType::Txt, &text.text, value)
    }
}

/// A mailbox that every domain with mail exchangers has (RFC 5321 §4.5.1).
fn mailbox(domain: &Domain<'_>) -> Option<String> {
    domain.has_mx().then(|| format!("mailto:postmaster@{}", domain.name()))
}

/// Whether the walk for the domain says for certain that no record applies, or which.
///
/// What lies above the registrable domain and was left out on purpose (`lint`, `--offline`) counts as empty: only a
/// public suffix operator's record could be there.
pub(super) fn is_settled(domain: &Domain<'_>) -> bool {
    let facts = domain.facts;
    let forgivable =
        |error: &DnsError| matches!(error, DnsError::Unavailable(Unavailable::Offline | Unavailable::NotRecorded));
    let above = |name: &crate::dns::Name| match &facts.registrable {
        Some(registrable) => registrable.is_below(name),
        None => facts.domain.is_below(name),
    };
    !matches!(facts.dmarc_texts, Fact::Unavailable(_))
        && facts.dmarc.walk.steps.iter().all(|step| match &step.outcome {
            StepOutcome::Failed(error) => above(&step.domain) && forgivable(error),
            _ => true,
        })
}

/// Whether a record that was meant for the domain stands where nobody looks.
pub(super) fn is_misplaced(domain: &Domain<'_>) -> bool {
    dmarc_wrong_location::is_meant_for(domain)
}

/// A text that says what a record was meant to say; `None` where that would still be no usable policy.
fn meant(text: &DmarcText) -> Option<String> {
    let repaired = text.parsed.repaired();
    let read = dmarc::parse(&repaired);
    let whole = read.slips.is_empty() && read.record.is_some_and(|record| record.policy.is_some());
    whole.then_some(repaired)
}
