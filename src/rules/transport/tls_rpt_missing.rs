//! `tls-rpt-missing`: nobody gets reports about encrypted delivery.

use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::tls_rpt::looks_like_tls_rpt;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "tls-rpt-missing",
    area: Area::Transport,
    severity: Severity::Note,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::TlsRpt],
    impact: Impact::Tidy(5),
    references: &[section("RFC 8460", "3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    if !super::takes_mail(domain) || !super::is_missing(&domain.facts.tls_rpt, looks_like_tls_rpt) {
        return;
    }
    let Ok(name) = domain.name().prepend("_smtp._tls") else { return };
    let draft = Draft::new(&name).arg("domain", domain.name());
    let value = format!("v=TLSRPTv1; rua=mailto:postmaster@{}", domain.name());
    out.add(if domain.is_alias(&name) { draft } else { draft.publish(name, RecordType::Txt, value) });
}
