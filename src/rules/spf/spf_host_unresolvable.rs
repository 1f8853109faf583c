//! `spf-host-unresolvable`: an `a` or `mx` term that yields no address.

use super::own::{Led, led};
use super::spf_include_unregistered::is_unregistered;
use super::spf_void_lookups::too_many;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::Mechanism;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-host-unresolvable",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts, Need::SpfTree],
    impact: Impact::Weakened(4),
    references: &[section("RFC 7208", "5.3"), section("RFC 7208", "5.4")],
    judge: Judge::Domain(judge),
};

/// Terms that are looked at; a sound record has at most ten.
const MOST_CHECKED: usize = 100;

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if domain.parked || too_many(domain) {
        return;
    }
    for led in led(domain).filter(|led| !is_unregistered(led.node) && led.node.failure.is_none()).take(MOST_CHECKED) {
        let Some((_, mechanism)) = led.term.directive() else { continue };
        let target = match led.target() {
            own if own.is_empty() => domain.name().to_string(),
            other => other,
        };
        let empty = led.node.hosts.iter().all(|host| host.addresses.is_empty());
        match mechanism {
            Mechanism::A(..) if led.node.voids > 0 && empty => out.add(led.draft(domain).arg("target", target)),
            Mechanism::Mx(..) if yields_nothing(&led, empty) => {
                out.add(led.draft(domain).arg("target", target).detail("detail-mx"));
            }
            _ => {}
        }
    }
}

/// No mail exchangers, or a null MX. Exchangers without address are a fault of the MX records where these are
/// the domain's own, and else of a host that the record leads to.
fn yields_nothing(led: &Led<'_>, empty: bool) -> bool {
    let own = led.term.domain_spec().is_none();
    match led.node.exchangers {
        None => led.node.voids > 0,
        Some(_) => empty && (led.node.hosts.is_empty() || !own),
    }
}
