//! `spf-broad-range`: a range that is wider than one sender can need.

use super::addresses::{is_broad, is_private, network};
use super::own::{MOST_FINDINGS, Own};
use super::spf_all_pass::ranges;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Mechanism, Qualifier};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-broad-range",
    area: Area::Spf,
    severity: Severity::Warning,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Texts],
    impact: Impact::Spam(5),
    references: &[section("RFC 7208", "11.4"), section("RFC 7208", "5.6")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some(own) = Own::only(domain) else { return };
    // Ranges that come to the whole internet are a fault of their own.
    if ranges(own.record()).is_some() {
        return;
    }
    let mut told = 0;
    for (term, qualifier, mechanism) in own.reached() {
        let (v4, v6) = match mechanism {
            Mechanism::Ip4(_, length) => (*length, 128),
            Mechanism::Ip6(_, length) => (32, *length),
            Mechanism::A(_, cidr) | Mechanism::Mx(_, cidr) => (cidr.v4, cidr.v6),
            _ => continue,
        };
        let private = network(mechanism).is_some_and(|net| is_private(&net));
        if qualifier == Qualifier::Pass && is_broad(v4, v6) && !private && told < MOST_FINDINGS {
            told += 1;
            let draft = own.draft(&term.span);
            out.add(match v4 < 16 {
                // A range of IPv4 is best told by how many addresses it holds.
                true => draft.arg("count", 1_u64 << (32 - u32::from(v4.min(32)))),
                false => draft.arg("length", u32::from(v6)).detail("detail-ipv6"),
            });
        }
    }
}
