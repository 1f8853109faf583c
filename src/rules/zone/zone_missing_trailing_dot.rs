//! `zone-missing-trailing-dot`: a target that gets the zone's name appended a second time.

use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::{Area, Impact, Judge, Rule, Source, section};
use crate::spf;
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
    for (owner, entries) in set.owners() {
        // A key or a policy at such a name is told by the rules that miss it where it belongs.
        let reserved = |label: &str| label == "_domainkey" || label == "_dmarc";
        let mut entries = entries.peekable();
        let named = |entry: &Entry<'_>| entry.rtype() != RecordType::Soa || !is_exported(entry, set);
        if entries.peek().is_none() || owner.labels().any(reserved) {
            continue;
        }
        if let Some((entry, name)) =
            entries.filter(named).find_map(|entry| entry.owner_without_dot().map(|name| (entry, name)))
        {
            out.add(owner_draft(&entry, name, set));
        }
    }
}

/// Whether an SOA without the final dot stands in a file that writes the same owner with it elsewhere: the export of
/// a provider that takes it back as it is.
fn is_exported(soa: &Entry<'_>, set: &ZoneSet) -> bool {
    let others = set.at(soa.owner()).filter(|entry| entry.rtype() != RecordType::Soa);
    let mut written = others.filter_map(|entry| entry.written_owner());
    written.any(|owner| owner != "@" && owner.ends_with('.'))
}

fn owner_draft(entry: &Entry<'_>, name: RelativeName, set: &ZoneSet) -> Draft {
    let owner = entry.owner();
    let target = Name::parse(&name.written).ok();
    let draft = Draft::new(owner)
        .detail("detail-owner")
        .arg("written", &name.written)
        .arg("target", format!("{}.", name.written))
        .arg("becomes", &name.resolved)
        .arg("type", entry.type_name())
        .record(owner, entry.rtype(), entry.value())
        .at(name.location.into());
    let known = |rtype| matches!(rtype, RecordType::Txt | RecordType::A | RecordType::Aaaa | RecordType::Mx);
    let Some(target) = target.filter(|target| target != owner) else { return draft };
    // Beside another of its kind, a person must say which one is right.
    let beside = |entry: &Entry<'_>| {
        let is_spf = |entry: &Entry<'_>| spf::is_spf(&entry.value());
        let mut same = set.find(&target, entry.rtype());
        if entry.rtype() == RecordType::Txt { is_spf(entry) && same.any(|e| is_spf(&e)) } else { same.next().is_some() }
    };
    let alias = set.find(&target, RecordType::Cname).next().is_some();
    if alias || set.at(owner).any(|entry| !known(entry.rtype()) || beside(&entry)) {
        return draft;
    }
    set.at(owner).fold(draft, |draft, entry| {
        let draft = draft.remove(owner, entry.rtype(), entry.value());
        draft.publish(&target, entry.rtype(), entry.value())
    })
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
