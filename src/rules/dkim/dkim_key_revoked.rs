//! `dkim-key-revoked`: the key has been withdrawn.

use super::{about, is_echo, siblings};
use crate::facts::Why;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-revoked",
    area: Area::Dkim,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Spam(5),
    references: &[section("RFC 6376", "3.6.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    // On a domain that sends no mail, empty keys are right.
    if domain.parked {
        return;
    }
    for key in domain.keys.iter().filter(|key| key.record.is_revoked()) {
        // The wildcard, a damaged record, or a second key beside it is what is wrong then.
        let alone = siblings(domain, key.selector).len() == 1;
        if is_echo(domain, key.selector) || key.record.has_fatal_problem() || !alone {
            continue;
        }
        let mut draft = about(key);
        if let Some(tag) = key.record.tag("p") {
            draft = draft.span(tag.span());
        }
        out.add(match key.selector.why {
            Why::Named => draft.severity(Severity::Warning).detail("detail-named"),
            _ => draft,
        });
    }
}
