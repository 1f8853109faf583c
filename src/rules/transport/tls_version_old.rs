//! `tls-version-old`: a mail server offers nothing better than TLS 1.1.

use super::smtp;
use crate::finding::{Draft, Findings, Severity};
use crate::net::smtp::Offer;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "tls-version-old",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx, Need::Smtp],
    impact: Impact::Weakened(5),
    references: &[section("RFC 8996", ""), section("RFC 8997", "3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for (host, smtp) in smtp::probed(domain) {
        if smtp.probe.tls == Offer::Old {
            out.add(Draft::new(&host.host));
        }
    }
}
