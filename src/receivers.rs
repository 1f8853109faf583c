//! What receivers make of a domain: their requirements, judged by the findings and the facts.

use crate::dkim::keys::PublicKey;
use crate::dnssec::Security;
use crate::facts::{DomainFacts, Fact};
use crate::finding::{Finding, Severity};
use crate::knowledge::blocklists::{Health, Verdict};
use crate::knowledge::conditions::{self, State};
use crate::knowledge::receivers::{self, Profile, ReceiverVerdict};
use crate::net::guard::is_global_unicast;
use crate::rules::blocklist;
use crate::rules::domain::{Domain, Key};
use crate::spf::SpfResult;

/// The verdict of every receiver in the data.
///
/// `findings` are those before the configuration re-rates them: a receiver does not read that file.
pub fn verdicts(domain: &Domain<'_>, findings: &[Finding], profile: Option<&Profile>) -> Vec<ReceiverVerdict> {
    receivers::evaluate(receivers::all(), &|condition| state(domain, findings, condition), profile)
}

/// Whether a condition is met.
pub fn state(domain: &Domain<'_>, findings: &[Finding], condition: &str) -> State {
    // What a closed network does without, nobody on the internet asks of it.
    if domain.is_in_closed_network() {
        return State { status: conditions::Status::Unknown, rules: Vec::new() };
    }
    let found: Vec<(&str, Severity)> = findings.iter().map(|f| (f.rule.id, f.severity)).collect();
    conditions::judge(condition, &found, &|id| fact(domain, id))
}

/// Whether a fact of the conditions holds; `None` where it is not known.
fn fact(domain: &Domain<'_>, id: &str) -> Option<bool> {
    let facts = domain.facts;
    match id {
        "spf" => facts.texts.trouble().is_none().then_some(!domain.spf.records.is_empty()),
        "spf-covers-sender" => every_sender(domain, |result| result == SpfResult::Pass),
        "spf-shuts-no-sender-out" => every_sender(domain, |result| result != SpfResult::Fail),
        "dkim" => {
            let known = !domain.has_unseen_key() && !domain.keys.is_empty();
            known.then_some(true)
        }
        "dkim-usable-key" => {
            let long = |key: &Key<'_>| key.record.bits().is_none_or(|bits| bits >= 1024);
            let usable = domain.usable_keys().any(|key| long(key) && domain.serves_mail(key));
            usable.then_some(true)
        }
        "dkim-no-namespace" => match &facts.dkim.node {
            Fact::Unavailable(_) => None,
            node => Some(node.is_no_name()),
        },
        "dkim-ed25519-and-rsa" => {
            let kinds: Vec<bool> = domain
                .usable_keys()
                .filter_map(|key| key.record.usable_key())
                .map(|key| matches!(key, PublicKey::Rsa(_)))
                .collect();
            let all_seen = !domain.has_unseen_key() && facts.dkim.misplaced.is_empty();
            (all_seen && !kinds.is_empty()).then(|| kinds.contains(&true) && kinds.contains(&false))
        }
        "dmarc" => facts.dmarc.error.is_none().then_some(facts.dmarc.policy.is_some()),
        "dmarc-strict" => facts.dmarc.policy.as_ref().map(|policy| {
            use crate::dmarc::AlignmentMode::Strict;
            policy.record.dkim_mode() == Strict && policy.record.spf_mode() == Strict
        }),
        "dmarc-enforced" => {
            facts.dmarc.policy.as_ref().map(|policy| {
                policy.policy.is_some_and(|p| policy.record.apply_testing(p) != crate::dmarc::Policy::None)
            })
        }
        // What a domain sends with shows only in messages; its own keys and SPF align by nature.
        "alignment" => domain.usable_keys().any(|key| domain.serves_mail(key)).then_some(true),
        "ptr" => {
            let decided = facts.senders.iter().all(|sender| {
                let open = sender.names.is_unavailable() || sender.forward.iter().any(Fact::is_unavailable);
                sender.confirmed_name().is_some() || !open
            });
            (decided && !facts.senders.is_empty()).then_some(true)
        }
        "blocklists" => {
            let sound = |subject: &str| {
                let of = facts.listings.iter().filter(|listing| listing.subject == subject);
                of.filter_map(blocklist::read).any(|(_, health, _)| health == Health::Sound)
            };
            let all = facts.senders.iter().all(|sender| sound(&sender.address.to_string()));
            (all && !facts.senders.is_empty()).then_some(true)
        }
        "spamhaus-clear" => {
            let zen = is_clear(facts, "spamhaus-zen");
            // A listed domain counts even where the address is clear.
            if is_clear(facts, "spamhaus-dbl") == Some(false) { Some(false) } else { zen }
        }
        "spamhaus-domain-clear" => is_clear(facts, "spamhaus-dbl"),
        "dnssec" => (facts.dnssec.state != Security::Indeterminate).then_some(true),
        // A domain with a null MX is there to send nothing.
        "takes-mail" => (!domain.null_mx && facts.mx.trouble().is_none()).then_some(true),
        "mx" => facts.mx.trouble().is_none().then_some(domain.has_mx()),
        _ => None,
    }
}

/// Whether SPF comes to something good for every address that is said to send; `None` where that is not known, or
/// where nobody said what sends.
fn every_sender(domain: &Domain<'_>, good: impl Fn(SpfResult) -> bool) -> Option<bool> {
    // An address that nobody on the internet sees is not the one that sends.
    let senders = domain.said_to_send().into_iter().filter(|ip| is_global_unicast(*ip));
    let results: Vec<Option<bool>> = senders.map(|ip| domain.spf_coverage(ip).map(|c| good(c.result))).collect();
    match &*results {
        [] => None,
        list if list.contains(&Some(false)) => Some(false),
        list => list.iter().all(Option::is_some).then_some(true),
    }
}

/// Whether a list that works names none of the subjects; `None` where it could not be asked about all of them.
fn is_clear(facts: &DomainFacts, list: &str) -> Option<bool> {
    let mut clear = None;
    for listing in facts.listings.iter().filter(|listing| listing.list == list) {
        let (_, health, verdict) = blocklist::read(listing)?;
        match (health, verdict) {
            (Health::Sound, Verdict::Listed(_)) => return Some(false),
            (Health::Sound, Verdict::NotListed) => clear = Some(true),
            _ => return None,
        }
    }
    clear
}
