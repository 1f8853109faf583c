//! `zone-cname-conflict`: a CNAME beside other data.

use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::zonefile::ZoneSet;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "zone-cname-conflict",
    area: Area::Zone,
    severity: Severity::Error,
    sources: &[Source::Zone],
    rests_on: &[],
    impact: Impact::Refused(4),
    references: &[section("RFC 1034", "3.6.2"), section("RFC 2181", "10.1")],
    judge: Judge::Zone(judge),
};

fn judge(set: &ZoneSet, out: &mut Findings<'_>) {
    for (owner, entries) in set.owners_with(RecordType::Cname) {
        // Nearly every alias stands alone.
        if entries.clone().nth(1).is_none() {
            continue;
        }
        let mut others: Vec<String> = Vec::new();
        let (mut first, mut rival) = (None, None);
        for entry in entries {
            match entry.rtype() {
                RecordType::Cname => match &first {
                    None => first = Some((entry, entry.value())),
                    // The same alias twice is a duplicate, not a conflict.
                    Some((_, target)) if rival.is_none() && entry.value() != *target => rival = Some(entry),
                    Some(_) => {}
                },
                other if may_stand_beside(other) => {}
                _ => {
                    let name = entry.type_name();
                    if !others.contains(&name) {
                        others.push(name);
                    }
                }
            }
        }
        let Some((alias, target)) = first else { continue };
        let draft = Draft::new(owner).arg("target", &target);
        if !others.is_empty() {
            let at_apex = alias.zone().is_some_and(|zone| zone.apex == *owner);
            let draft = if at_apex { draft.detail("detail-apex").fix("fix-apex") } else { draft };
            let draft = draft.arg("types", others.join(", ")).arg("other", "");
            out.add(draft.record(owner, RecordType::Cname, target).at(alias.location().into()));
        } else if let Some(rival) = rival {
            let other = rival.value();
            let draft = draft.detail("detail-two").fix("fix-two").arg("types", "CNAME").arg("other", &other);
            out.add(draft.record(owner, RecordType::Cname, other).at(rival.location().into()));
        }
    }
}

/// RFC 4034 §3 and §4.1.1, RFC 2535 §2.3.5: what signs an alias stands beside it.
fn may_stand_beside(rtype: RecordType) -> bool {
    const SIG: u16 = 24;
    const KEY: u16 = 25;
    const NXT: u16 = 30;
    const RRSIG: u16 = 46;
    const NSEC: u16 = 47;
    const NSEC3: u16 = 50;
    matches!(rtype.code(), SIG | KEY | NXT | RRSIG | NSEC | NSEC3)
}
