//! `null-mx-incomplete`: a domain out of use that does not say so in full.

use crate::dkim::key_record;
use crate::dmarc::Policy;
use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::domain::permits_someone;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Mechanism, Qualifier};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "null-mx-incomplete",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts, Need::Mx, Need::Dmarc],
    impact: Impact::Weakened(4),
    references: &[section("RFC 7505", "4"), section("RFC 7208", "10.1.2"), section("RFC 9989", "8")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if !domain.surely_parked || !domain.is_mail_name() || domain.does_not_exist() {
        return;
    }
    let mut lacking: Vec<&str> = Vec::new();
    let mut draft = Draft::new(domain.name());
    // A domain that sends after all needs a person to say which of the two is wrong.
    let contradicted = domain.sends();
    let change = |draft: Draft, with: &dyn Fn(Draft) -> Draft| if contradicted { draft } else { with(draft) };
    if lacks_spf(domain) {
        lacking.push("v=spf1 -all");
        draft = change(draft, &|draft| match domain.the_spf() {
            Some(weak) => draft.replace(domain.name(), RecordType::Txt, &weak.joined.text, "v=spf1 -all"),
            None => draft.publish(domain.name(), RecordType::Txt, "v=spf1 -all"),
        });
    }
    if lacks_reject(domain) {
        lacking.push("v=DMARC1; p=reject");
        draft = change(draft, &|draft| close_dmarc(domain, draft));
    }
    if lacks_wildcard(domain)
        && let Ok(name) = domain.name().prepend("*._domainkey")
    {
        lacking.push("*._domainkey v=DKIM1; p=");
        draft = change(draft, &|draft| draft.publish(&name, RecordType::Txt, "v=DKIM1; p="));
    }
    if !lacking.is_empty() {
        let draft = if contradicted { draft.detail("detail-contradicted") } else { draft };
        out.add(draft.arg("lacking", lacking.join(" | ")));
    }
}

/// No record, or one that does not end in `-all`. Several, and those that are none, are faults of their own.
fn lacks_spf(domain: &Domain<'_>) -> bool {
    match &*domain.spf.records {
        [] => !domain.facts.texts.is_unavailable() && domain.spf.mistyped.is_empty(),
        [one] if is_delegated(domain, one) => false,
        [one] => {
            let record = &one.parsed.record;
            let mut all = record.directives().filter(|(_, _, mechanism)| matches!(mechanism, Mechanism::All));
            let fails = all.next().is_some_and(|(_, qualifier, _)| qualifier == Qualifier::Fail);
            one.parsed.errors.is_empty() && (permits_someone(record) || !fails)
        }
        _ => false,
    }
}

/// Whether a record is no more than `redirect=` to one that nobody can see, or that permits nobody.
fn is_delegated(domain: &Domain<'_>, text: &crate::rules::domain::SpfText) -> bool {
    let record = &text.parsed.record;
    let Some(target) = record.redirect().filter(|_| record.directives().next().is_none()) else { return false };
    let outside = Name::parse(&target.1.to_string()).is_ok_and(|name| !name.is_within(domain.name()));
    if domain.in_zone_file() {
        return outside;
    }
    let tree = domain.facts.spf.as_ref();
    tree.is_some_and(|tree| tree.addresses.prefixes.is_empty() && tree.all.as_deref() == Some("-all"))
}

/// No policy that asks to refuse whatever bears the domain's name.
fn lacks_reject(domain: &Domain<'_>) -> bool {
    let view = &domain.dmarc;
    if view.records.len() > 1 || !view.ignored.is_empty() || !crate::rules::dmarc::is_settled(domain) {
        return false;
    }
    if crate::rules::dmarc::is_misplaced(domain) {
        return false;
    }
    let slipped = domain.the_dmarc().is_some_and(|text| text.parsed.record.as_ref().is_some_and(|r| r.policy_unusable));
    let policy = domain.facts.dmarc.policy.as_ref().and_then(|found| found.policy);
    !slipped && policy != Some(Policy::Reject)
}

fn close_dmarc(domain: &Domain<'_>, draft: Draft) -> Draft {
    let name = &domain.dmarc.name;
    if domain.is_alias(name) {
        return draft;
    }
    match domain.the_dmarc() {
        Some(weak) => {
            let closed = weak.parsed.amended(&[("p", Some("reject")), ("sp", None), ("np", None)]);
            draft.replace(name, RecordType::Txt, &weak.text, closed)
        }
        None => draft.publish(name, RecordType::Txt, "v=DMARC1; p=reject"),
    }
}

/// Any selector is answered by nothing but an empty key. Below an apex that would be asking too much.
fn lacks_wildcard(domain: &Domain<'_>) -> bool {
    let wildcard = &domain.facts.dkim.wildcard;
    let mut keys =
        wildcard.list().iter().map(|text| text.to_text()).filter(|text| key_record::is_key_record_like(text));
    domain.is_apex() && !wildcard.is_unavailable() && keys.next().is_none()
}
