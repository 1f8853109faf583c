//! `ptr-generic`: a reverse name that a provider has made up.

use super::generic_name::{holds_address, is_generic};
use crate::dns::ask::reverse_name;
use crate::dns::{Name, RecordType};
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "ptr-generic",
    area: Area::Transport,
    severity: Severity::Warning,
    sources: &[Source::Dns],
    rests_on: &[Need::ReverseNames],
    impact: Impact::Spam(8),
    references: &[section("RFC 1912", "2.1")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    for sender in super::senders(domain) {
        let pairs = sender.names.list().iter().zip(&sender.forward);
        let confirmed: Vec<_> =
            pairs.filter(|(_, forward)| forward.list().contains(&sender.address)).map(|(name, _)| name).collect();
        let Some(first) = confirmed.first() else { continue };
        // Below the domain itself, words like these were chosen by its owner.
        let made_up = |name: &Name| match name.is_within(domain.name()) {
            true => holds_address(name, sender.address),
            false => is_generic(name, sender.address),
        };
        if confirmed.iter().all(|name| made_up(name)) {
            let at = reverse_name(sender.address);
            let draft = Draft::new(sender.address).record(&at, RecordType::Ptr, first.to_string());
            out.add(draft.span(0..first.as_str().len()).arg("name", *first));
        }
    }
}
