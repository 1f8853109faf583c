//! `dnsbl-listed`: a blocklist names a sending address or the domain.

use crate::dmarc::legacy::registrable_domain;
use crate::dns::Name;
use crate::finding::{Draft, Findings, Severity};
use crate::knowledge::blocklists::{Health, Verdict};
use crate::locales::Arg;
use crate::rules::blocklist;
use crate::rules::domain::Domain;
use crate::rules::hosting::provider_of;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dnsbl-listed",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Blocklists],
    impact: Impact::Refused(9),
    references: &[section("RFC 5782", "2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for listing in &domain.facts.listings {
        let Some((list, health, verdict)) = blocklist::read(listing) else { continue };
        // A list that answers wrongly to its own test points proves nothing.
        let (Health::Sound, Verdict::Listed(codes)) = (&health, &verdict) else { continue };
        let Some(code) = codes.first() else { continue };
        // What is only worth a line is no listing that receivers act on.
        if code.severity == Severity::Note {
            continue;
        }
        let meaning = format!("blocklist-{}-{}", list.id, code.id);
        let draft = Draft::new(&listing.subject)
            .severity(code.severity)
            .arg("list", &list.name)
            .arg("meaning", Arg::Message(meaning.into()))
            .arg("page", list.removal_url.clone().unwrap_or_else(|| home(&list.zone)));
        // Who shares a server cannot have it struck off.
        let address = listing.subject.parse().ok();
        let provider = address.and_then(|ip| provider_of(domain, ip)).filter(|provider| provider.shared_ips);
        out.add(match provider {
            Some(provider) => draft.fix("fix-provider").arg("provider", &provider.name),
            None if list.removal.is_some() => draft.fix("fix-list"),
            None => draft,
        });
    }
}

/// The web site of a list whose page for removals has no known address: the domain that its zone lies in.
fn home(zone: &str) -> String {
    let domain = Name::parse(zone).ok().and_then(|name| registrable_domain(&name));
    domain.map_or_else(|| zone.to_owned(), |domain| domain.to_string())
}
