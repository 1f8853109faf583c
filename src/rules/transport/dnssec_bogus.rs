//! `dnssec-bogus`: validating resolvers refuse to answer for the domain.

use jiff::Timestamp;

use super::smtp;
use crate::dns::Name;
use crate::dnssec::{Bogus, Fault, Security};
use crate::finding::{Draft, Findings, Severity};
use crate::locales::Arg;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dnssec-bogus",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Dnssec],
    impact: Impact::Refused(9),
    references: &[section("RFC 4035", "3.2.2"), section("RFC 4035", "5.5"), section("RFC 7672", "2.1.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let state = &domain.facts.dnssec.state;
    if let Security::Bogus(bogus) = state {
        out.add(draft(domain.name(), bogus));
    }
    for host in smtp::hosts(domain) {
        let Some(tlsa) = &host.tlsa else { continue };
        // What is wrong with the domain is wrong below it.
        let echo = matches!(state, Security::Bogus(_)) && tlsa.name.is_within(domain.name());
        if let Security::Bogus(bogus) = &tlsa.security
            && tlsa.security != *state
            && !echo
        {
            out.add(draft(&tlsa.name, bogus).arg("host", host.host.as_str()).fix("fix-tlsa"));
        }
    }
}

fn draft(subject: &Name, bogus: &Bogus) -> Draft {
    let draft = Draft::new(subject).arg("name", bogus.name.as_str()).arg("type", bogus.rtype.to_string());
    let day = |at: u32| Timestamp::from_second(at.into()).map(|at| at.strftime("%Y-%m-%d").to_string());
    let dated = |draft: Draft, id, at| draft.detail(id).arg("date", Arg::from(day(at).unwrap_or_default()));
    match bogus.fault {
        Fault::Refused => draft,
        Fault::NoKeyForDs => draft.detail("detail-no-key-for-ds").fix("fix-ds"),
        Fault::Unsigned => draft.detail("detail-unsigned"),
        Fault::Expired(at) => dated(draft, "detail-expired", at).fix("fix-expired"),
        Fault::NotYetValid(at) => dated(draft, "detail-not-yet-valid", at),
        Fault::Invalid => draft.detail("detail-invalid"),
    }
}
