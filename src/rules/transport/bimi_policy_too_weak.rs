//! `bimi-policy-too-weak`: a logo record beside a policy that mailbox providers find too weak.

use crate::bimi;
use crate::dmarc::Policy;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "bimi-policy-too-weak",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Bimi, Need::Dmarc],
    impact: Impact::Tidy(8),
    references: &[section("draft-brand-indicators-for-message-identification", "7")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Ok(name) = domain.name().prepend("default._bimi") else { return };
    let records = domain.facts.bimi.list().iter().map(|text| text.to_text());
    let mut shown = records.filter(|text| bimi::parse(text).record.is_some_and(|record| !record.is_declined()));
    let Some(text) = shown.next().filter(|_| domain.is_mail_name()) else { return };
    // Without any record, or with an ignored one, that is the fault.
    let Some(found) = &domain.facts.dmarc.policy else { return };
    let record = &found.record;
    let applied = |policy: Option<Policy>| policy.map_or(Policy::None, |policy| record.apply_testing(policy));
    let policy = applied(found.policy);
    let subdomains = applied(record.effective().map(|[_, sp, _]| sp));
    let percent = record.legacy_percent();
    let weak = match () {
        () if policy == Policy::None && record.is_testing() => "t=y",
        () if policy == Policy::None => "p=none",
        () if subdomains == Policy::None => "sp=none",
        () if policy == Policy::Quarantine && percent < 100 => "pct",
        () => return,
    };
    let Ok(at) = found.domain.prepend("_dmarc") else { return };
    let draft = Draft::new(&name).record(domain.owner_of(&name), RecordType::Txt, text);
    out.add(draft.arg("weak", weak).arg("dmarc", at.to_string()));
}
