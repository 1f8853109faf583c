//! `dnssec-missing`: the zone is not signed.

use crate::dns::server::AdTrust;
use crate::dnssec::Security;
use crate::facts::Word;
use crate::finding::{Draft, Findings, Severity};
use crate::locales::Arg;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dnssec-missing",
    area: Area::Transport,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::Dnssec],
    impact: Impact::Tidy(2),
    references: &[section("RFC 4033", "5"), section("RFC 7672", "2.1.2")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let dnssec = &domain.facts.dnssec;
    if dnssec.state == Security::Insecure && domain.is_mail_name() {
        let word = if dnssec.by == Some(Word::Signatures) { "signatures-checked-here" } else { word(dnssec.trust) };
        out.add(Draft::new(domain.name()).arg("word", Arg::Message(word.into())));
    }
}

/// Which resolver's word it is that the answers are not signed.
fn word(trust: AdTrust) -> &'static str {
    match trust {
        AdTrust::No | AdTrust::ResolvConf => "ad-trust-resolv-conf",
        AdTrust::Loopback => "ad-trust-loopback",
        AdTrust::Tls => "ad-trust-tls",
        AdTrust::Asked => "ad-trust-asked",
    }
}
