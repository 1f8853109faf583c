//! `dkim-key-missing`: a selector that somebody named has no key.

use super::{is_echo, place};
use crate::dkim::key_record;
use crate::dns::RecordType;
use crate::facts::Why;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-missing",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::NamedKeys],
    impact: Impact::Refused(6),
    references: &[section("RFC 6376", "3.6.2.1"), section("RFC 6376", "6.1.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let dkim = &domain.facts.dkim;
    if domain.does_not_exist() || !domain.is_mail_name() {
        return;
    }
    for selector in dkim.selectors.iter().filter(|s| s.why == Why::Named && s.alias.is_none()) {
        // A wildcard for other things answers here too.
        let foreign = || selector.texts.list().iter().all(|t| !key_record::is_key_record_like(&t.to_text()));
        let missing = selector.texts.is_absent() || (is_echo(domain, selector) && foreign());
        if !missing {
            continue;
        }
        // A key at the wrong name is reported as that.
        let elsewhere = |place: super::Place| place.right.is_none_or(|right| right == selector.name);
        if dkim.misplaced.iter().any(|(owner, _)| place(owner, domain.name()).is_some_and(elsewhere)) {
            continue;
        }
        let draft = Draft::new(&selector.name).arg("selector", &selector.selector);
        out.add(match &selector.expected_key {
            Some(key) => draft.publish(&selector.name, RecordType::Txt, key.record_value()),
            None => draft,
        });
    }
}
