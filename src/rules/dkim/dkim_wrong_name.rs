//! `dkim-wrong-name`: a key stands where no verifier looks.

use std::collections::HashMap;

use super::{place, siblings};
use crate::dkim::key_record::{self, ProblemClass};
use crate::dns::{Name, RecordType};
use crate::facts::{Selector, Why};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-wrong-name",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(6),
    references: &[section("RFC 6376", "3.6.2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let dkim = &domain.facts.dkim;
    if dkim.misplaced.is_empty() {
        return;
    }
    let by_name: HashMap<&Name, &Selector> = dkim.selectors.iter().map(|s| (&s.name, s)).collect();
    for (owner, text) in &dkim.misplaced {
        let text = text.to_text();
        let record = key_record::parse(&text);
        // An empty key says no more than no key; a private one is a worse fault.
        if record.is_revoked() || record.problems_of(ProblemClass::PrivateKey).next().is_some() {
            continue;
        }
        let Some(place) = place(owner, domain.name()) else { continue };
        let draft = Draft::new(owner).record(owner, RecordType::Txt, &text);
        // Without a selector in the name, the one that was named and is missing is meant.
        let missing = || {
            let mut named = dkim.selectors.iter().filter(|s| s.why == Why::Named && s.texts.is_absent());
            named.next().filter(|_| named.next().is_none()).map(|s| s.name.clone())
        };
        let Some(right) = place.right.or_else(missing) else {
            out.add(draft.arg("domain", domain.name()).detail("detail-no-selector").fix("fix-no-selector"));
            continue;
        };
        let draft = draft.arg("right", &right);
        let there = by_name.get(&right);
        let same = there.is_some_and(|s| siblings(domain, s).iter().any(|key| key.text == text));
        let sound = record.usable_key().is_some()
            && record.allows_email()
            && !record.is_sha1_only()
            && super::rsa_bits(&record).is_none_or(|bits| bits >= 1024);
        out.add(if same {
            // The key works from where it belongs; this is a copy.
            let draft = draft.severity(Severity::Warning).detail("detail-copy").fix("fix-copy");
            draft.remove(owner, RecordType::Txt, &text)
        } else if sound && there.is_none_or(|s| s.texts.is_absent() && s.alias.is_none()) {
            draft.publish(&right, RecordType::Txt, &text).remove(owner, RecordType::Txt, &text)
        } else {
            draft
        });
    }
}
