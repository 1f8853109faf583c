//! `dmarc-missing`: no DMARC record applies to the domain.

use crate::config::DmarcConfig;
use crate::dns::RecordType;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-missing",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Zone, Source::Dns],
    rests_on: &[Need::Dmarc],
    impact: Impact::Refused(7),
    references: &[section("RFC 9989", "4.10"), section("RFC 9989", "8")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let view = &domain.dmarc;
    if domain.parked || !domain.is_mail_name() || domain.does_not_exist() {
        return;
    }
    // What was meant as a record is reported as what is wrong with it.
    let misplaced = super::is_misplaced(domain);
    if !view.records.is_empty() || !view.ignored.is_empty() || misplaced {
        return;
    }
    if facts.dmarc.policy.is_some() || !super::is_settled(domain) {
        return;
    }
    // In a zone file the apex is judged as well, and its record is the one that is missing.
    if domain.in_zone_file() && !domain.is_apex() {
        return;
    }
    let draft = Draft::new(&view.name).arg("domain", domain.name());
    let free = !domain.is_alias(&view.name);
    out.add(if free { draft.publish(&view.name, RecordType::Txt, proposal(domain)) } else { draft });
}

/// The wanted record, else one that asks for reports and does not touch any mail yet.
fn proposal(domain: &Domain<'_>) -> String {
    let wanted = domain.facts.wishes.config.as_ref().and_then(|c| c.dmarc.clone()).unwrap_or_default();
    let DmarcConfig { policy, subdomain_policy, nonexistent_policy, rua, ruf, adkim, aspf } = wanted;
    let rua = if rua.is_empty() { super::mailbox(domain).into_iter().collect() } else { rua };
    let list = |uris: Vec<String>| (!uris.is_empty()).then(|| uris.join(","));
    let tags = [
        ("p", Some(policy.unwrap_or_else(|| "none".to_owned()))),
        ("sp", subdomain_policy),
        ("np", nonexistent_policy),
        ("adkim", adkim),
        ("aspf", aspf),
        ("rua", list(rua)),
        ("ruf", list(ruf)),
    ];
    let mut record = "v=DMARC1".to_owned();
    for (tag, value) in tags {
        if let Some(value) = value {
            record.push_str(&format!("; {tag}={value}"));
        }
    }
    record
}
