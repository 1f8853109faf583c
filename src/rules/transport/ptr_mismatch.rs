//! `ptr-mismatch`: a reverse name that does not lead back.

use std::net::IpAddr;

use crate::dns::RecordType;
use crate::dns::ask::reverse_name;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::domain::unknown;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "ptr-mismatch",
    area: Area::Transport,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::ReverseNames],
    impact: Impact::Refused(7),
    references: &[section("RFC 1912", "2.1"), section("RFC 8601", "2.7.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for sender in super::senders(domain) {
        let Some(name) = sender.names.list().first() else { continue };
        let forward: Vec<_> = sender.forward.iter().collect();
        // Names that were not followed could still lead back.
        let all = sender.forward.len() >= sender.names.list().len();
        if sender.confirmed_name().is_some() || unknown(&forward) || !all {
            continue;
        }
        let at = reverse_name(sender.address);
        let draft = Draft::new(sender.address).record(&at, RecordType::Ptr, name.to_string()).arg("name", name);
        let elsewhere: Vec<String> =
            sender.forward.iter().flat_map(|forward| forward.list()).map(ToString::to_string).collect();
        let draft = if elsewhere.is_empty() { draft } else { draft.detail("detail-elsewhere") };
        let draft = draft.arg("addresses", elsewhere.join(", "));
        let rtype = match sender.address {
            IpAddr::V4(_) => RecordType::A,
            IpAddr::V6(_) => RecordType::Aaaa,
        };
        // The domain's own names can be mended here, those of a provider cannot.
        let own = name.is_below(domain.facts.registrable.as_ref().unwrap_or(domain.name()));
        let free = sender.forward.first().is_some_and(|forward| forward.is_absent());
        out.add(if own && free { draft.publish(name, rtype, sender.address.to_string()) } else { draft });
    }
}
