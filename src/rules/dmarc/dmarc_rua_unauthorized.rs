//! `dmarc-rua-unauthorized`: a foreign destination that does not agree to the reports.

use crate::dmarc::{Authorisation, report_name};
use crate::dns::RecordType;
use crate::facts::Fact;
use crate::finding::{Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-rua-unauthorized",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Dmarc, Need::ReportTargets],
    impact: Impact::Weakened(7),
    references: &[section("RFC 9990", "4")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let Some((text, _)) = super::own(domain) else { return };
    let Some(policy) = domain.facts.dmarc.policy.as_ref().filter(|p| p.domain == *domain.name()) else { return };
    for target in &domain.facts.report_targets {
        let list = if target.aggregate { &text.parsed.rua } else { &text.parsed.ruf };
        let place = list.iter().find(|place| place.destination.as_ref() == Some(&target.destination));
        let Some(place) = place else { continue };
        // A domain without mail is that fault, whatever it agrees to.
        if target.takes_mail == Fact::Known(false) {
            continue;
        }
        let draft = super::about_part(domain, text, place.span.clone()).arg("host", &target.host);
        let draft = if target.aggregate { draft } else { draft.severity(Severity::Warning) };
        match (&target.permission, report_name(&policy.domain, &target.host)) {
            (Authorisation::Unauthorised, Some(name)) => {
                let draft = draft.arg("name", &name).fix("fix-publish");
                out.add(draft.publish(name, RecordType::Txt, "v=DMARC1"));
            }
            (Authorisation::ReplacedElsewhere(other), _) => {
                out.add(draft.detail("detail-elsewhere").arg("other", other));
            }
            (Authorisation::NameTooLong, _) => out.add(draft.detail("detail-too-long")),
            _ => {}
        }
    }
}
