//! `dmarc-inherited`: the policy comes from a domain above.

use crate::dmarc::PolicySource;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-inherited",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Tidy(1),
    references: &[section("RFC 9989", "4.10.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let view = &domain.dmarc;
    let discovery = &domain.facts.dmarc;
    let own = !view.records.is_empty() || !view.ignored.is_empty();
    if own || !domain.is_mail_name() || domain.does_not_exist() || discovery.error.is_some() {
        return;
    }
    let Some(found) = discovery.policy.as_ref().filter(|p| p.source != PolicySource::AuthorDomain) else { return };
    let Ok(name) = found.domain.prepend("_dmarc") else { return };
    let policy = found.policy.map_or("none", |policy| policy.as_str());
    let draft = Draft::new(&view.name).record(&name, RecordType::Txt, &found.text);
    out.add(draft.arg("from", &found.domain).arg("policy", policy));
}
