//! `dkim-key-reused`: one key in several places.

use std::collections::HashMap;

use super::{about, is_echo};
use crate::dkim::key_record;
use crate::dns::{Name, RecordData, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::zonefile::ZoneSet;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-key-reused",
    area: Area::Dkim,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Tidy(4),
    references: &[section("RFC 6376", "3.1"), section("RFC 6376", "3.6.1")],
    judge: Judge::Either(judge, judge_zones),
};

/// The domain's own selectors; what other domains publish is not known to `check`.
fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let mut seen: HashMap<String, &Name> = HashMap::new();
    for key in domain.usable_keys().filter(|key| !is_echo(domain, key.selector)) {
        let Some(fingerprint) = key.record.fingerprint() else { continue };
        match seen.get(&fingerprint) {
            // Two selectors that lead to one record share it on purpose.
            Some(first) if **first != key.selector.owner => {
                out.add(about(key).arg("other", *first));
            }
            Some(_) => {}
            None => {
                seen.insert(fingerprint, &key.selector.owner);
            }
        }
    }
}

/// All selectors of all zones.
fn judge_zones(set: &ZoneSet, out: &mut Findings<'_>) {
    // By the base64 alone, so that keys that stand once, which is nearly all, need not be decoded.
    let mut places: HashMap<Vec<u8>, Vec<(&Name, String)>> = HashMap::new();
    for entry in set.entries().filter(|entry| entry.rtype() == RecordType::Txt) {
        let owner = entry.owner().as_str();
        if owner.starts_with("*.") || !entry.owner().labels().skip(1).any(|label| label == "_domainkey") {
            continue;
        }
        let Some(RecordData::Txt(text)) = entry.data() else { continue };
        if let Some(value) = key_of(&text.octets()) {
            places.entry(value).or_default().push((entry.owner(), text.to_text()));
        }
    }
    let mut found: Vec<(&Name, String, &Name)> = Vec::new();
    for list in places.into_values() {
        let mut list = list.into_iter();
        let Some((first, text)) = list.next() else { continue };
        let mut others = list.filter(|(owner, _)| *owner != first).peekable();
        if others.peek().is_some() && key_record::parse(&text).usable_key().is_some() {
            found.extend(others.map(|(owner, text)| (owner, text, first)));
        }
    }
    found.sort();
    found.dedup_by(|a, b| a.0 == b.0);
    for (owner, text, first) in found {
        out.add(Draft::new(owner).record(owner, RecordType::Txt, text).arg("other", first));
    }
}

/// The value of `p=` without blanks.
fn key_of(text: &[u8]) -> Option<Vec<u8>> {
    let value = text.split(|b| *b == b';').find_map(|tag| tag.trim_ascii_start().strip_prefix(b"p="))?;
    let value: Vec<u8> = value.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    (!value.is_empty()).then_some(value)
}
