//! `dkim-wildcard`: any selector gets an answer.

use crate::dkim::key_record;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-wildcard",
    area: Area::Dkim,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Weakened(4),
    references: &[section("RFC 4592", "2.2"), section("RFC 6376", "3.6.2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let dkim = &domain.facts.dkim;
    if domain.does_not_exist() || !domain.is_mail_name() {
        return;
    }
    let Ok(name) = domain.name().prepend("*._domainkey") else { return };
    let texts: Vec<String> = dkim.wildcard.list().iter().map(|text| text.to_text()).collect();
    // On a domain that sends no mail, an empty wildcard key is right.
    let empty = !texts.is_empty() && texts.iter().all(|text| key_record::parse(text).is_revoked());
    if domain.parked && empty {
        return;
    }
    // Nor is a delegated one wrong there while nobody knows what it leads to.
    if domain.parked && dkim.wildcard_alias.is_some() && dkim.wildcard.is_unavailable() {
        return;
    }
    let draft = Draft::new(&name);
    if let Some(target) = &dkim.wildcard_alias {
        let draft = draft.record(&name, RecordType::Cname, target.as_str()).arg("target", target);
        out.add(draft.detail("detail-alias").remove(&name, RecordType::Cname, target.as_str()));
        return;
    }
    // A text that is no key belongs to a wildcard for other things.
    let Some(text) = texts.iter().find(|text| key_record::is_key_record_like(text)) else { return };
    let draft = draft.record(&name, RecordType::Txt, text);
    let draft = if empty { draft.detail("detail-empty") } else { draft };
    // The keys of named selectors may come from it; and where `_domainkey` has an answer too, it
    // may stand further up.
    let only_answer = || domain.keys.iter().any(|key| super::is_echo(domain, key.selector));
    out.add(if dkim.node.is_absent() && !only_answer() {
        texts.iter().fold(draft, |draft, text| draft.remove(&name, RecordType::Txt, text))
    } else {
        draft
    });
}
