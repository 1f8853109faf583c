//! `spf-helo-missing`: the sending host's own name has no SPF record.

use crate::dns::{Name, RecordType};
use crate::facts::Fact;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "spf-helo-missing",
    area: Area::Spf,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::Helo],
    impact: Impact::Tidy(3),
    references: &[section("RFC 7208", "2.3"), section("RFC 7208", "10.1.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let mut told: Vec<&Name> = Vec::new();
    for sender in &facts.senders {
        let Some((host, texts)) = &sender.helo_texts else { continue };
        // A name that does not lead back is a fault of its own, and so is a domain without record.
        if sender.confirmed_name() != Some(host) || host == domain.name() || told.contains(&host) {
            continue;
        }
        let bare = match texts {
            Fact::Known(list) => !list.iter().any(|text| {
                let text = text.to_text();
                spf::is_spf(&text) || spf::version_slip(&text).is_some()
            }),
            Fact::Absent(_) => true,
            Fact::Unavailable(_) => false,
        };
        let own = facts.registrable.as_ref().is_some_and(|own| host.is_within(own));
        // A provider's host is only worth a word where somebody said that it sends.
        if !bare || !(own || facts.wishes.addresses.iter().any(|a| a.to_canonical() == sender.address)) {
            continue;
        }
        told.push(host);
        let draft = Draft::new(host).arg("address", sender.address.to_string());
        out.add(match own {
            true => draft.publish(host, RecordType::Txt, "v=spf1 a -all"),
            false => draft.fix("fix-foreign"),
        });
    }
}
