//! `tls-certificate-invalid`: a mail server shows a certificate that senders cannot check it by.

use super::{certificate, listed, smtp, sts};
use crate::finding::{Draft, Findings, Severity};
use crate::mta_sts::Mode;
use crate::net::smtp::Offer;
use crate::net::tls::CertificateFault;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "tls-certificate-invalid",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx, Need::Smtp],
    impact: Impact::Weakened(6),
    references: &[section("RFC 8461", "4.1"), section("RFC 7817", "3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for (host, smtp) in smtp::probed(domain) {
        let Offer::Session(session) = &smtp.probe.tls else { continue };
        let Some(fault) = &session.fault else { continue };
        // RFC 7672 §3.1.1: where DANE vouches for it, senders look at neither names, expiry nor issuer.
        if smtp::is_vouched_for(host, smtp) && !sts::policy(domain).is_some_and(|p| p.mode == Mode::Enforce) {
            continue;
        }
        let draft = Draft::new(&host.host).arg("reason", certificate::reason(fault));
        out.add(match fault {
            CertificateFault::WrongName(names) if !names.is_empty() => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                draft.detail("detail-name").arg("names", listed(&names))
            }
            _ => draft,
        });
    }
}
