//! `dnsbl-blocked`: a blocklist refused the question. That is no listing, and no clean bill either.

use crate::finding::{Draft, Findings, Severity};
use crate::knowledge::blocklists::{Health, Verdict};
use crate::locales::Arg;
use crate::rules::blocklist;
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dnsbl-blocked",
    area: Area::Transport,
    severity: Severity::Note,
    sources: &[Source::Dns],
    rests_on: &[Need::Blocklists],
    impact: Impact::Tidy(0),
    references: &[section("RFC 5782", "2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let mut refused: Vec<(&str, Vec<&str>, &str)> = Vec::new();
    for listing in &domain.facts.listings {
        let Some((list, health, verdict)) = blocklist::read(listing) else { continue };
        let ((Verdict::Refused(reason), _) | (Verdict::NotListed, Health::Refused(reason))) = (verdict, health) else {
            continue;
        };
        match refused.iter_mut().find(|(subject, ..)| *subject == listing.subject) {
            Some((_, lists, _)) => lists.push(&list.name),
            None => refused.push((&listing.subject, vec![&list.name], reason)),
        }
    }
    for (subject, lists, reason) in refused {
        let reason = format!("blocklist-refused-{reason}");
        out.add(Draft::new(subject).arg("lists", lists.join(", ")).arg("reason", Arg::Message(reason.into())));
    }
}
