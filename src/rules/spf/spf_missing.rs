//! `spf-missing`: a domain that takes part in mail has no SPF record.

use super::own;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-missing",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(8),
    references: &[section("RFC 7208", "4.5"), section("RFC 9989", "7.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let silent = !facts.texts.is_absent() && facts.texts.known().is_none();
    if silent || domain.parked || domain.does_not_exist() || !domain.is_mail_name() {
        return;
    }
    // A slip that hides the record is reported as that slip.
    if !domain.spf.records.is_empty() || !domain.spf.mistyped.is_empty() {
        return;
    }
    let draft = Draft::new(domain.name());
    let draft = if domain.has_mx() {
        draft
    } else if domain.is_apex() && domain.has_address() && facts.mx.is_absent() {
        draft.severity(Severity::Warning).detail("detail-no-mx")
    } else {
        return;
    };
    // What stands in a record of the obsolete type was surely meant.
    let obsolete = facts.type99.list().iter().map(|text| text.to_text());
    let obsolete = obsolete.filter(|text| spf::is_spf(text) && spf::parse(text).is_valid()).map(own::tamed).next();
    out.add(match obsolete.or_else(|| super::proposal(domain)) {
        Some(text) => draft.publish(domain.name(), RecordType::Txt, text),
        None => draft,
    });
}
