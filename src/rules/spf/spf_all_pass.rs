//! `spf-all-pass`: `+all`, or ranges that come to the same.

use super::addresses::{is_everybody, network};
use super::own::{Own, led, tamed};
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{self, Mechanism, Qualifier, Record};
use ipnet::IpNet;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-all-pass",
    area: Area::Spf,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Spam(8),
    references: &[section("RFC 7208", "5.1"), section("RFC 7208", "11.4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let before = domain.spf.records.len();
    let mut spoke = false;
    for own in Own::each(domain) {
        let all = own.reached().find(|(_, q, m)| *q == Qualifier::Pass && matches!(m, Mechanism::All));
        if let Some((term, ..)) = all {
            let text = Some(tamed(own.text.clone().into_owned()));
            let text = text.filter(|text| ranges(&spf::parse(text).record).is_none());
            out.add(own.offer(own.draft(&term.span).detail("detail"), text));
            spoke = true;
        } else if let Some(index) = ranges(own.record())
            && let Some(term) = own.record().terms.get(index)
        {
            out.add(own.draft(&term.span).detail("detail-ranges"));
            spoke = true;
        }
    }
    // What other records bring along can come to the same.
    let Some(tree) = domain.facts.spf.as_ref().filter(|_| !spoke && before == 1) else { return };
    let always = led(domain).find(|led| {
        let fixed =
            matches!(led.term.directive(), Some((Qualifier::Pass, Mechanism::Exists(spec))) if !spec.has_macros());
        let there = led.node.voids == 0 && led.node.failure.is_none();
        fixed && there && led.node.target.as_ref().is_some_and(|target| target.name.is_some() && !target.missing)
    });
    if let Some(led) = always {
        out.add(led.draft(domain).detail("detail-exists").arg("target", led.target()));
    } else if is_everybody(&tree.addresses.prefixes) {
        let wide = led(domain).find(|led| led.node.child.as_deref().is_some_and(permits_everybody));
        // Whose record stands in the zone files is judged there.
        if let Some(led) = wide.filter(|_| !domain.in_zone_file()) {
            out.add(led.draft(domain).detail("detail-include").arg("target", led.target()));
        }
    }
}

/// Whether the literal ranges come to the whole internet: the index of the term with which they do.
pub(super) fn ranges(record: &Record) -> Option<usize> {
    let last = record.all().map_or(usize::MAX, |(index, _)| index);
    let mut nets: Vec<IpNet> = Vec::new();
    for (index, term) in record.terms.iter().enumerate().take(last.saturating_add(1)) {
        let Some((Qualifier::Pass, mechanism)) = term.directive() else { continue };
        // Any address at all, with a prefix of no length, is every address.
        if matches!(mechanism, Mechanism::A(_, cidr) | Mechanism::Mx(_, cidr) if cidr.v4 == 0 || cidr.v6 == 0) {
            return Some(index);
        }
        if let Some(net) = network(mechanism) {
            nets.push(net);
        }
        // Only wide ranges can come to the whole, and a sum is only worth making with them.
        if nets.last().is_some_and(|net| net.prefix_len() <= 8) && is_everybody(&nets) {
            return Some(index);
        }
    }
    None
}

fn permits_everybody(node: &spf::Node) -> bool {
    node.terms
        .iter()
        .filter(|term| term.reached)
        .any(|term| is_everybody(&*term.addresses) || term.child.as_deref().is_some_and(permits_everybody))
}
