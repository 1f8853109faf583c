//! `dmarc-receivers-differ`: old and new receivers find different policies.

use crate::dmarc::{Policy, legacy};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-receivers-differ",
    area: Area::Dmarc,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Tidy(6),
    references: &[section("RFC 9989", "4.10"), section("RFC 7489", "6.6.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    // Of several records each generation makes something else, but the fault is that there are several.
    if domain.dmarc.records.len() > 1 || !domain.is_mail_name() || domain.does_not_exist() {
        return;
    }
    let Some(difference) = legacy::differs(&facts.dmarc, &facts.legacy) else { return };
    let word = |policy: Option<Policy>| policy.map_or("-", |policy| policy.as_str());
    let (new, old) = (facts.dmarc.policy.as_ref().and_then(|found| found.policy), facts.legacy.policy);
    out.add(
        Draft::new(&domain.dmarc.name)
            .detail(match (difference.policy, new, old) {
                (false, ..) => "detail-organization",
                (true, Some(_), None) => "detail-new",
                (true, None, Some(_)) => "detail-old",
                _ => "detail",
            })
            .arg("new", word(new))
            .arg("old", word(old))
            .arg("new-domain", facts.dmarc.organizational_domain())
            .arg("old-domain", &facts.legacy.organizational_domain),
    );
}
