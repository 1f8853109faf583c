//! `dkim-key-mismatch`: the configuration signs with another key than the published one.

use super::{about, is_own, mend, siblings};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-mismatch",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys],
    impact: Impact::Refused(7),
    references: &[section("RFC 6376", "6.1.3"), section("RFC 6376", "3.6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for selector in &domain.facts.dkim.selectors {
        let Some(expected) = &selector.expected_key else { continue };
        let wanted = expected.fingerprint();
        let keys: Vec<_> = siblings(domain, selector).iter().filter(|key| key.record.usable_key().is_some()).collect();
        let Some(first) = keys.first() else { continue };
        if keys.iter().any(|key| key.record.fingerprint().as_ref() == Some(&wanted)) {
            continue;
        }
        let mut draft = about(first).arg("selector", &selector.selector);
        if let Some(tag) = first.record.tag("p") {
            draft = draft.span(tag.value.span.clone());
        }
        let same_kind = first.record.public_key().is_some_and(|key| key.algorithm() == expected.algorithm());
        let value = match same_kind {
            true => super::with_tag(first, "p", Some(&expected.to_base64())),
            false => Some(expected.record_value()),
        };
        // Of several keys at the name, only a person knows which one is to go.
        out.add(if keys.len() == 1 && is_own(domain, first) { mend(draft, domain, first, value) } else { draft });
    }
}
