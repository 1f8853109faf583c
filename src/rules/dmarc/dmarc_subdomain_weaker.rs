//! `dmarc-subdomain-weaker`: `sp` or `np` asks for less than `p`.

use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-subdomain-weaker",
    area: Area::Dmarc,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Weakened(4),
    references: &[section("RFC 9989", "4.7")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, record)) = super::own(domain) else { return };
    let Some(policy) = record.policy.filter(|_| !record.policy_unusable) else { return };
    // RFC 9989 §4.10.1: below the Organizational Domain, sp and np say nothing.
    if *domain.facts.dmarc.organizational_domain() != *domain.name() {
        return;
    }
    let weaker: Vec<_> = [("sp", record.subdomain_policy), ("np", record.nonexistent_policy)]
        .into_iter()
        .filter_map(|(tag, value)| value.filter(|value| *value < policy).map(|value| (tag, value)))
        .collect();
    let without: Vec<(&str, Option<&str>)> = weaker.iter().map(|(tag, _)| (*tag, None)).collect();
    for (name, value) in &weaker {
        let Some(tag) = text.parsed.tag(name) else { continue };
        let draft = super::about_part(domain, text, tag.span.clone());
        let draft = draft.arg("tag", *name).arg("value", value.as_str()).arg("policy", policy.as_str());
        let draft = if *name == "np" { draft.detail("detail-np") } else { draft };
        out.add(super::instead(domain, draft, text, text.parsed.amended(&without)));
    }
}
