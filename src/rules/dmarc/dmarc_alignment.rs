//! `dmarc-alignment`: nothing that the domain sends can pass DMARC.

use std::net::IpAddr;

use crate::dns::RecordType;
use crate::facts::Why;
use crate::finding::{Draft, Findings, Severity};
use crate::rules::domain::Domain;
use crate::rules::{Area, Impact, Judge, Need, Rule, Source, section};
use crate::spf::{Node, Tree};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "dmarc-alignment",
    area: Area::Dmarc,
    severity: Severity::Error,
    sources: &[Source::Dns],
    rests_on: &[Need::Dmarc, Need::SpfTree, Need::NamedKeys],
    impact: Impact::Refused(9),
    references: &[section("RFC 9989", "4.4"), section("RFC 9989", "5.3")],
    judge: Judge::Domain(judge),
};

fn judge(domain: &Domain<'_>, out: &mut Findings<'_>) {
    let facts = domain.facts;
    let applies = facts.dmarc.policy.as_ref().is_some_and(|found| found.policy.is_some());
    if !applies || domain.parked || !domain.is_mail_name() || !is_keyless(domain) {
        return;
    }
    // Without a readable record SPF is that fault.
    let (Some(spf), Some(tree)) = (domain.the_spf(), &facts.spf) else { return };
    if !is_whole(tree) {
        return;
    }
    let addresses = senders(domain);
    let passes = |address: &IpAddr| tree.addresses.prefixes.iter().any(|net| net.contains(address));
    if addresses.is_empty() || addresses.iter().any(passes) {
        return;
    }
    let list: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    let draft = Draft::new(domain.name()).record(domain.name(), RecordType::Txt, &spf.joined.text);
    out.add(draft.arg("addresses", list.join(", ")));
}

/// The addresses that somebody said the domain sends from.
fn senders(domain: &Domain<'_>) -> Vec<IpAddr> {
    let wishes = &domain.facts.wishes;
    let config = wishes.config.iter().flat_map(|config| &config.ips);
    let mut all: Vec<IpAddr> = wishes.addresses.iter().chain(config).map(IpAddr::to_canonical).collect();
    all.sort();
    all.dedup();
    all
}

/// Whether it is proved that nobody signs for the domain: no named selector has a key, or none can exist.
fn is_keyless(domain: &Domain<'_>) -> bool {
    if domain.usable_keys().next().is_some() || domain.has_unseen_key() {
        return false;
    }
    let named = domain.facts.dkim.selectors.iter().any(|selector| selector.why == Why::Named);
    named || domain.facts.dkim.node.is_no_name()
}

/// Whether the tree was read to its end and says all that it permits.
fn is_whole(tree: &Tree) -> bool {
    !tree.truncated && is_readable(&tree.root, true)
}

fn is_readable(node: &Node, root: bool) -> bool {
    let broken = node.failure.as_ref().is_some_and(|error| root || !error.is_absent());
    let fits = node.parsed.as_ref().is_none_or(|parsed| parsed.errors.is_empty());
    let terms = node.terms.iter().all(|term| {
        let answered = term.failure.is_none() && term.hosts.iter().all(|host| host.failure.is_none());
        answered && !term.unknown && term.child.as_deref().is_none_or(|child| is_readable(child, false))
    });
    !broken && !node.cut && !node.circular && fits && terms
}
