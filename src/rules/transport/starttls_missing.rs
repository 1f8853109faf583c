//! `starttls-missing`: a mail server offers no encryption.

use super::smtp;
use crate::finding::{Draft, Findings, Severity};
use crate::net::smtp::Offer;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "starttls-missing",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx, Need::Smtp],
    impact: Impact::Weakened(6),
    references: &[section("RFC 3207", "4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for (host, smtp) in smtp::probed(domain) {
        let draft = Draft::new(&host.host);
        match &smtp.probe.tls {
            Offer::Missing => out.add(draft),
            // A code that begins with 4 passes.
            Offer::Refused(code @ 500..) => out.add(draft.detail("detail-refused").arg("code", code.to_string())),
            _ => {}
        }
    }
}
