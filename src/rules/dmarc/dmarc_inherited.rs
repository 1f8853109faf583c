//! `dmarc-inherited`: the policy comes from a domain above.

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
    let Some(found) = super::inherited(domain) else { return };
    let Ok(name) = found.domain.prepend("_dmarc") else { return };
    let policy = found.policy.map_or("none", |policy| policy.as_str());
    let draft = Draft::new(&domain.dmarc.name).record(&name, RecordType::Txt, &found.text);
    out.add(draft.arg("from", &found.domain).arg("policy", policy));
}
