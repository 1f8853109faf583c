//! `dmarc-wrong-location`: a DMARC record at a name where no receiver looks.

use crate::dmarc;
use crate::dns::{Name, RecordType};
use crate::facts::Position;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, MOST_FINDINGS, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-wrong-location",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Refused(7),
    references: &[section("RFC 9989", "4.7"), section("RFC 9989", "4.10")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if !domain.is_mail_name() {
        return;
    }
    if stands_at_domain(domain) {
        for text in domain.facts.texts.list().iter().map(|text| text.to_text()) {
            if dmarc::looks_like_dmarc(&text) {
                report(domain, domain.name(), &text, out);
            }
        }
    }
    for (owner, text) in domain.facts.dmarc_misplaced.iter().take(MOST_FINDINGS) {
        report(domain, owner, &text.to_text(), out);
    }
}

/// Whether a DMARC record stands at the domain itself.
///
/// In a zone file the apex has seen the misplaced records of every name below it.
pub(super) fn stands_at_domain(domain: &Domain<'_>) -> bool {
    let below = domain.in_zone_file() && !domain.is_apex();
    !below && domain.facts.texts.list().iter().any(|text| dmarc::looks_like_dmarc(&text.to_text()))
}

/// Whether a misplaced record was meant for the domain itself.
pub(super) fn is_meant_for(domain: &Domain<'_>) -> bool {
    let ours = |(owner, _): &(Name, crate::dns::Text)| right_name(domain, owner).as_ref() == Some(&domain.dmarc.name);
    stands_at_domain(domain) || domain.facts.dmarc_misplaced.iter().any(ours)
}

fn report(domain: &Domain<'_>, owner: &Name, text: &str, out: &mut Findings<'_>) {
    let Some(right) = right_name(domain, owner) else { return };
    let draft = Draft::new(owner).record(owner, RecordType::Txt, text).span(0..text.len()).arg("right", &right);
    // Only the domain's own place is known to be free.
    let view = &domain.dmarc;
    if right != view.name || domain.facts.dmarc_texts.is_unavailable() || domain.is_alias(&view.name) {
        return out.add(draft);
    }
    let draft = draft.remove(owner, RecordType::Txt, text);
    // What stands at the right name may be no more than the wildcard's answer.
    let echo = owner.labels().next() == Some("*") && view.records.iter().chain(&view.ignored).all(|r| r.text == text);
    let others = if echo { 0 } else { view.records.len() + view.ignored.len() };
    let copies = domain.facts.dmarc_misplaced.len();
    if others > 0 {
        return out.add(draft.fix("fix-remove"));
    }
    let parsed = dmarc::parse(text);
    let value = if parsed.slips.is_empty() { text.to_owned() } else { parsed.repaired() };
    let usable = dmarc::parse(&value).record.is_some_and(|record| record.effective().is_some());
    // Of several, only a person can say which one is meant.
    let single = copies + usize::from(stands_at_domain(domain)) == 1;
    out.add(match usable && single {
        true => draft.publish(&right, RecordType::Txt, value),
        false => Draft::new(owner).record(owner, RecordType::Txt, text).span(0..text.len()).arg("right", &right),
    });
}

/// Where the record belongs: `dmarc.x` and `_dmarc.x.example.de.example.de` to `_dmarc.x`, any other name to `_dmarc`
/// below itself.
fn right_name(domain: &Domain<'_>, owner: &Name) -> Option<Name> {
    let apex = match &domain.facts.position {
        Position::Apex => domain.name(),
        Position::Below(apex) => apex,
    };
    let doubled = apex.prepend(apex.as_str()).ok();
    let labels: Vec<&str> = owner.labels().collect();
    let cut = match doubled {
        Some(doubled) if owner.is_within(&doubled) => apex.label_count(),
        _ => 0,
    };
    let kept = &labels[..labels.len() - cut];
    // A wildcard is meant for the name below which it stands.
    let kept = kept.strip_prefix(&["*"]).unwrap_or(kept);
    if kept.len() < labels.len() - cut {
        return Name::parse(&kept.join(".")).ok()?.prepend("_dmarc").ok();
    }
    let word = kept.first()?.trim_matches('_');
    let typed = crate::tag_list::slips(word, "dmarc") <= 1 && word.len() >= 4;
    let rest = if typed && kept.len() > 1 { &kept[1..] } else { kept };
    Name::parse(&rest.join(".")).ok()?.prepend("_dmarc").ok()
}
