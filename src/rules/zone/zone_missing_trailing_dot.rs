//! `zone-missing-trailing-dot`: a target that gets the zone's name appended a second time.

use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::zonefile::{Entry, RelativeName, ZoneSet};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "zone-missing-trailing-dot",
    area: Area::Zone,
    severity: Severity::Error,
    sources: &[Source::Zone],
    rests_on: &[],
    impact: Impact::Refused(6),
    references: &[section("RFC 1035", "5.1")],
    judge: Judge::Zone(judge),
};

fn judge(set: &ZoneSet, out: &mut Findings<'_>) {
    for entry in set.entries() {
        if let Some(name) = entry.missing_dot() {
            out.add(draft(&entry, name));
        }
    }
}

fn draft(entry: &Entry<'_>, name: RelativeName) -> Draft {
    let (owner, rtype) = (entry.owner(), entry.rtype());
    let value = entry.value();
    let resolved = name.resolved.as_str();
    let draft = Draft::new(owner)
        .arg("written", &name.written)
        .arg("target", format!("{}.", name.written))
        .arg("becomes", &name.resolved)
        .arg("type", entry.type_name())
        .at(name.location.into());
    // Of other types the value is what the file says, with a name that is not yet resolved.
    let ends_in_name = matches!(rtype, RecordType::Mx | RecordType::Cname | RecordType::Ns | RecordType::Ptr);
    let head = value.strip_suffix(resolved).filter(|_| ends_in_name);
    let Some(head) = head.map(str::to_owned) else {
        let span = value.rfind(&name.written).map(|at| at..at + name.written.len());
        let draft = draft.record(owner, rtype, value);
        return match span {
            Some(span) => draft.span(span),
            None => draft,
        };
    };
    let target = crate::dns::Name::parse(&name.written).map_or(name.written, |n| n.to_string());
    let draft = draft.span(head.len()..value.len()).record(owner, rtype, &value);
    draft.replace(owner, rtype, value, format!("{head}{target}"))
}
