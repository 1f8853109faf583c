//! `dmarc-inherited-none`: the policy that comes from above asks for nothing, where a guideline asks for more.

use crate::dmarc::Policy;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-inherited-none",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Profile],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(6),
    references: &[section("BSI TR-03182", ""), section("RFC 9989", "4.10.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(found) = super::inherited(domain) else { return };
    // What the record of the domain above lacks altogether is a fault there.
    let Some(policy) = found.policy.filter(|policy| found.record.apply_testing(*policy) == Policy::None) else {
        return;
    };
    let Ok(name) = found.domain.prepend("_dmarc") else { return };
    let draft = Draft::new(&domain.dmarc.name).record(&name, RecordType::Txt, &found.text);
    out.add(draft.arg("from", &found.domain).arg("policy", policy.as_str()));
}
