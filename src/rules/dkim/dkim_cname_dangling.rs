//! `dkim-cname-dangling`: a delegated selector whose target has no key.

use std::collections::{HashMap, HashSet};

use crate::dns::{Name, RecordType};
use crate::facts::Why;
use crate::finding::{Draft, Findings, Severity};
use crate::knowledge::providers;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dkim-cname-dangling",
    area: Area::Dkim,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::NamedKeys, Need::GuessedKeys],
    impact: Impact::Refused(5),
    references: &[section("RFC 6376", "3.6.2.1")],
    judge: Judge::Domain(judge),
};

/// A longer circle is not looked for: resolvers give up sooner.
const MOST_STEPS: usize = 16;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    circles(domain, out);
    for selector in
        domain.facts.dkim.selectors.iter().filter(|s| s.texts.is_absent() && s.alias.as_ref() != Some(&s.name))
    {
        let Some(target) = &selector.alias else { continue };
        let draft = Draft::new(&selector.name).record(&selector.name, RecordType::Cname, target.as_str());
        let draft = draft.span(0..target.as_str().len()).arg("target", target);
        // A missing dot at the end has put the domain behind the target.
        if let Some(meant) = without_domain(target, domain.name()) {
            if providers::by_dkim_target(&meant).is_some() {
                let draft = draft.detail("detail-dot").fix("fix-dot").arg("meant", &meant);
                let draft = if domain.in_zone_file() {
                    draft.replace(&selector.name, RecordType::Cname, target.as_str(), meant.as_str())
                } else {
                    draft
                };
                out.add(draft);
                continue;
            }
            // `zone-missing-trailing-dot` says it where the name is the zone's own.
            if meant.is_within(domain.name()) && domain.in_zone_file() {
                continue;
            }
        }
        let draft = match providers::by_dkim_target(target) {
            Some(provider) => {
                let fix = if provider.docs.is_some() { "fix-provider-page" } else { "fix-provider" };
                let page = provider.docs.clone().unwrap_or_default();
                draft.fix(fix).arg("provider", &provider.name).arg("page", page)
            }
            None => draft,
        };
        // Some providers publish no more than the key in use of the two that they ask for.
        let provider = providers::by_dkim_target(target).map(|p| &p.id);
        let of_provider = |t: &Name| providers::by_dkim_target(t).map(|p| &p.id) == provider;
        let other_works = || domain.usable_keys().any(|key| key.selector.alias.as_ref().is_some_and(of_provider));
        out.add(if selector.why == Why::Provider && provider.is_some() && other_works() {
            draft.severity(Severity::Note).detail("detail-spare").fix("fix-spare")
        } else {
            draft
        });
    }
}

/// Selectors that point to each other in a circle: one finding a circle.
fn circles(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let unseen = domain.facts.dkim.selectors.iter().filter(|s| s.texts.known().is_none());
    let aliases: HashMap<&Name, &Name> = unseen.filter_map(|s| Some((&s.name, s.alias.as_ref()?))).collect();
    let mut told: HashSet<&Name> = HashSet::new();
    for selector in &domain.facts.dkim.selectors {
        let start = &selector.name;
        let Some(target) = aliases.get(start).copied().filter(|_| !told.contains(start)) else { continue };
        let steps = std::iter::successors(Some(target), |at| aliases.get(at).copied()).take(MOST_STEPS);
        let circle: Vec<&Name> = steps.take_while(|at| *at != start).collect();
        if circle.last().map_or(target, |last| aliases.get(last).copied().unwrap_or(last)) == start {
            let draft = Draft::new(start).record(start, RecordType::Cname, target.as_str());
            out.add(
                draft.span(0..target.as_str().len()).arg("target", target).detail("detail-circle").fix("fix-circle"),
            );
            told.extend(circle);
        }
    }
}

/// `k1.provider.net.example.de` without `example.de`.
fn without_domain(target: &Name, domain: &Name) -> Option<Name> {
    let rest = target.as_str().strip_suffix(domain.as_str())?.strip_suffix('.')?;
    Name::parse(rest).ok().filter(|name| name.label_count() > 1)
}
