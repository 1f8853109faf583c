//! `mta-sts-policy-unreachable`: a record announces a policy file that senders cannot have.

use super::{certificate, sts};
use crate::facts::Fact;
use crate::finding::{Draft, Findings, Severity};
use crate::net::policy::{FetchFault, PATH};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "mta-sts-policy-unreachable",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::MtaSts, Need::MtaStsPolicy],
    impact: Impact::Weakened(5),
    references: &[section("RFC 8461", "3.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    // What may lie on this side (no route, no answer in time) is unavailable, and no fault.
    let Some(Fact::Known(Err(fault))) = &domain.facts.mta_sts_policy else { return };
    let host = sts::host(domain);
    let draft = Draft::new(&host).arg("url", format!("https://{host}{PATH}"));
    out.add(match fault {
        FetchFault::NoAddress => draft.detail("detail-no-address"),
        FetchFault::PrivateAddress => draft.detail("detail-private-address"),
        FetchFault::Refused => draft.detail("detail-refused"),
        FetchFault::Certificate(fault) => draft.detail("detail-certificate").arg("reason", certificate::reason(fault)),
        FetchFault::Tls => draft.detail("detail-tls"),
        FetchFault::Status(code @ 300..=399) => draft.detail("detail-redirect").arg("code", code.to_string()),
        FetchFault::Status(code) => draft.detail("detail-status").arg("code", code.to_string()),
        FetchFault::Broken => draft,
    });
}
