//! `zone-duplicate-record`: the same record twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::{BuildHasher as _, RandomState};

use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::zonefile::{Entry, ZoneSet};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "zone-duplicate-record",
    area: Area::Zone,
    severity: Severity::Note,
    sources: &[Source::Zone],
    rests_on: &[],
    impact: Impact::Tidy(1),
    references: &[section("RFC 2181", "5")],
    judge: Judge::Zone(judge),
};

fn judge(set: &ZoneSet, out: &mut Findings<'_>) {
    // Hashes alone, keyed at random: a set may be as large as the file. What is told already is
    // marked, so that three equal records are one finding.
    let keys = RandomState::new();
    let mut seen: HashMap<u64, bool> = HashMap::new();
    for group in set.rrsets().filter(|group| group.len() > 1) {
        seen.clear();
        for entry in group.iter().filter_map(|&id| set.entry(id as usize)) {
            let is_second = match seen.entry(keys.hash_one(canonical(&entry))) {
                Slot::Occupied(mut told) => !told.insert(true),
                Slot::Vacant(free) => {
                    free.insert(false);
                    false
                }
            };
            if is_second && !ends_transfer(&entry, set) {
                let owner = entry.owner();
                let draft = Draft::new(owner).arg("type", entry.type_name());
                out.add(draft.record(owner, entry.rtype(), entry.value()).at(entry.location().into()));
            }
        }
    }
}

/// The data such that equal records are equal octets: names in lower case, addresses and texts as
/// they go over the wire, however they are written (RFC 2181 §5, RFC 4034 §6.2).
fn canonical(entry: &Entry<'_>) -> Vec<u8> {
    entry.wire().unwrap_or_else(|| entry.presentation().into_bytes())
}

/// A zone as a transfer shows it ends with its SOA a second time (RFC 5936 §2.2).
fn ends_transfer(entry: &Entry<'_>, set: &ZoneSet) -> bool {
    entry.rtype() == RecordType::Soa && set.entry(entry.id() + 1).is_none_or(|next| next.file() != entry.file())
}
