//! `dkim-multiple-keys`: more than one key record at a name.

use super::{about, dkim_key_split, siblings};
use crate::dkim::key_record;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-multiple-keys",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(4),
    references: &[section("RFC 6376", "3.6.2.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for selector in &domain.facts.dkim.selectors {
        let all = siblings(domain, selector);
        if all.len() < 2 {
            continue;
        }
        let keys = all.iter().filter(|key| key_record::is_key_record_like(&key.text));
        let keys: Vec<_> = keys.filter(|key| !dkim_key_split::is_part(domain, key)).collect();
        // The second is the one that came later, as a rule.
        let [_, second, ..] = &*keys else { continue };
        out.add(about(second).arg("count", keys.len()));
    }
}
