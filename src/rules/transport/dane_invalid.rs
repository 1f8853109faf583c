//! `dane-invalid`: TLSA records that senders cannot use, or that do not meet the certificate.

use super::smtp;
use crate::dane::{self, Unusable};
use crate::dns::{RecordData, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::locales::Arg;
use crate::net::smtp::Offer;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dane-invalid",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Mx, Need::Tlsa],
    impact: Impact::Refused(5),
    references: &[section("RFC 7672", "3.1"), section("RFC 7671", "4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for host in smtp::hosts(domain) {
        let Some(tlsa) = &host.tlsa else { continue };
        let records = tlsa.records.list();
        let usable = records.iter().filter(|record| dane::usability(record).is_ok()).count();
        for record in records {
            let Err(why) = dane::usability(record) else { continue };
            let draft = Draft::new(&tlsa.name)
                .record(&tlsa.name, RecordType::Tlsa, shown(record))
                .arg("reason", Arg::Message(reason(why).into()));
            // Beside a record of use, one of none is only left out.
            let draft = if usable > 0 { draft.severity(Severity::Warning).fix("fix-remove") } else { draft };
            // The records of a provider's server are the provider's.
            let own = usable > 0 && host.host.is_within(domain.name());
            out.add(if own { draft.remove(&tlsa.name, RecordType::Tlsa, shown(record)) } else { draft });
        }
        let Some(smtp) = host.smtp.as_ref().and_then(|smtp| smtp.known()) else { continue };
        let Offer::Session(session) = &smtp.probe.tls else { continue };
        // During a change of keys some records meet nothing; one that does is enough.
        if usable == 0 || records.iter().any(|record| smtp.meets(record)) {
            continue;
        }
        let right = session.chain.first().and_then(|own| dane::for_certificate(own));
        let draft = Draft::new(&tlsa.name).detail("detail-mismatch").arg("host", host.host.as_str());
        let first = records.iter().find(|record| dane::usability(record).is_ok());
        let draft = match first {
            Some(record) => draft.record(&tlsa.name, RecordType::Tlsa, shown(record)),
            None => draft,
        };
        let Some(right) = right else {
            out.add(draft);
            continue;
        };
        let draft = draft.fix("fix-mismatch").arg("right", shown(&right));
        // Added beside the old ones: which of those belongs to a key that is still to come, nobody here knows.
        let own = host.host.is_within(domain.name());
        out.add(if own { draft.publish(&tlsa.name, RecordType::Tlsa, shown(&right)) } else { draft });
    }
}

fn reason(why: Unusable) -> &'static str {
    match why {
        Unusable::NotTlsa | Unusable::Data => "tlsa-data",
        Unusable::PublicUsage => "tlsa-public-usage",
        Unusable::Usage => "tlsa-usage",
        Unusable::Selector => "tlsa-selector",
        Unusable::Matching => "tlsa-matching",
        Unusable::Length => "tlsa-length",
        Unusable::Empty => "tlsa-empty",
    }
}

/// `3 1 1 0b9fa5…`, as in a zone file.
fn shown(record: &RecordData) -> String {
    let RecordData::Tlsa { usage, selector, matching, data } = record else { return String::new() };
    let hex: String = data.iter().map(|octet| format!("{octet:02x}")).collect();
    format!("{usage} {selector} {matching} {hex}")
}
