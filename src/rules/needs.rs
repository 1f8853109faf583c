//! What could not be learnt: which facts are missing, and which rules therefore had to stay silent.

use super::domain::Domain;
use super::{Need, Source, all};
use crate::config::Ratings;
use crate::dmarc::Authorisation;
use crate::dns::{DnsError, Name, Unavailable};
use crate::dnssec::Security;
use crate::facts::{Fact, Why};
use crate::finding::Severity;
use crate::spf;

/// A question that nobody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// The facts that are missing for it.
    pub need: Need,
    /// The name that was asked for.
    pub name: String,
    /// Why there is no answer.
    pub why: DnsError,
}

impl Unseen {
    /// The worst severity among the rules that rest on these facts; `None` where none does, or all are ignored.
    pub fn stake(&self, source: Source, ratings: &Ratings) -> Option<Severity> {
        all()
            .filter(|rule| rule.sources.contains(&source) && rule.rests_on.contains(&self.need))
            .filter_map(|rule| ratings.apply(rule.id, rule.severity))
            .max()
    }

    /// Whether asking again may help. What `--offline` or a recording could not see is no failure.
    pub fn is_failure(&self) -> bool {
        self.why.is_temporary() || self.why == DnsError::Unavailable(Unavailable::Cut)
    }

    /// Whether the missing answer counts for the verdict: guesses and what only informs do not.
    pub fn counts(&self) -> bool {
        !matches!(self.need, Need::GuessedKeys | Need::Blocklists | Need::OwnServers)
    }
}

/// All that is missing about a domain, in the order of the areas.
pub fn unseen(domain: &Domain<'_>) -> Vec<Unseen> {
    let facts = domain.facts;
    let mut list = Vec::new();
    // The public DNS knows nothing of a closed network, and nothing of it is judged.
    if domain.is_in_closed_network() && !domain.in_zone_file() {
        return list;
    }
    let name = &facts.domain;
    note(&mut list, Need::Texts, name, &facts.texts);
    if let Some(tree) = &facts.spf {
        tree_failures(&tree.root, true, &mut list);
    }
    note(&mut list, Need::Mx, name, &facts.mx);
    // Whether the domain exists, and whether it is parked, rests on its own addresses too.
    note(&mut list, Need::Texts, name, &facts.ipv4);
    note(&mut list, Need::Texts, name, &facts.ipv6);
    for host in &facts.mx_hosts {
        note(&mut list, Need::Mx, &host.host, &host.ipv4);
        note(&mut list, Need::Mx, &host.host, &host.ipv6);
        // RFC 7672 §2.2.2: senders ask for TLSA records only below a signed host.
        if let Some(tlsa) = host.tlsa.as_ref().filter(|t| t.host_security == Security::Secure) {
            note(&mut list, Need::Tlsa, &tlsa.name, &tlsa.records);
        }
        if let Some(smtp) = &host.smtp {
            note(&mut list, Need::Smtp, &host.host, smtp);
        }
    }
    for selector in &facts.dkim.selectors {
        let need = match selector.why {
            Why::Named | Why::InZone => Need::NamedKeys,
            Why::Provider | Why::WellKnown => Need::GuessedKeys,
        };
        note(&mut list, need, &selector.name, &selector.texts);
    }
    note(&mut list, Need::Dmarc, &domain.dmarc.name, &facts.dmarc_texts);
    // The suffix above the registrable domain matters only where nothing else was found.
    if let (Some(why), false) = (&facts.dmarc.error, facts.dmarc_texts.is_unavailable()) {
        list.push(Unseen { need: Need::Dmarc, name: domain.dmarc.name.to_string(), why: why.clone() });
    }
    for target in &facts.report_targets {
        note(&mut list, Need::ReportTargets, &target.host, &target.takes_mail);
        if let Authorisation::Unknown(why) = &target.permission {
            list.push(Unseen { need: Need::ReportTargets, name: target.host.to_string(), why: why.clone() });
        }
    }
    for (need, prefix, fact) in [
        (Need::MtaSts, "_mta-sts", &facts.mta_sts),
        (Need::TlsRpt, "_smtp._tls", &facts.tls_rpt),
        (Need::Bimi, "default._bimi", &facts.bimi),
    ] {
        if let (Fact::Unavailable(why), Ok(name)) = (fact, name.prepend(prefix)) {
            list.push(Unseen { need, name: name.to_string(), why: why.clone() });
        }
    }
    if let (Some(policy), Ok(host)) = (&facts.mta_sts_policy, name.prepend("mta-sts")) {
        note(&mut list, Need::MtaStsPolicy, &host, policy);
    }
    let own = facts.own_servers.iter().flat_map(|own| &own.answers);
    for answer in own.filter(|a| a.texts.trouble().is_some_and(DnsError::is_temporary)) {
        if !list.iter().any(|u| u.need == Need::OwnServers && u.name == answer.server.as_str()) {
            note(&mut list, Need::OwnServers, &answer.server, &answer.texts);
        }
    }
    for sender in &facts.senders {
        let at = crate::dns::ask::reverse_name(sender.address);
        note(&mut list, Need::ReverseNames, &at, &sender.names);
        // One name that leads back settles it.
        if sender.confirmed_name().is_none() {
            for (name, forward) in sender.names.list().iter().zip(&sender.forward) {
                note(&mut list, Need::ReverseNames, name, forward);
            }
        }
    }
    list
}

/// What the SPF tree could not learn; the root's own failure is that of the domain's texts.
fn tree_failures(node: &spf::Node, root: bool, list: &mut Vec<Unseen>) {
    let mut push = |name: &Name, why: &DnsError| {
        list.push(Unseen { need: Need::SpfTree, name: name.to_string(), why: why.clone() });
    };
    if let Some(why) = node.failure.as_ref().filter(|why| !root && !why.is_absent()) {
        push(&node.domain, why);
    }
    for term in &node.terms {
        for host in &*term.hosts {
            if let Some(why) = &host.failure {
                push(&host.name, why);
            }
        }
        // A lookup of the term itself: the exchangers of `mx:`, the name of `exists:`.
        let carried = term.child.is_some() || term.hosts.iter().any(|host| host.failure.is_some());
        if let Some(why) = term.failure.as_ref().filter(|why| !carried && !why.is_absent()) {
            let name = term.target.as_ref().and_then(|target| target.name.as_ref());
            push(name.unwrap_or(&node.domain), why);
        }
    }
    for child in node.terms.iter().filter_map(|term| term.child.as_deref()) {
        tree_failures(child, false, list);
    }
}

fn note<T>(list: &mut Vec<Unseen>, need: Need, name: &Name, fact: &Fact<T>) {
    if let Fact::Unavailable(why) = fact {
        list.push(Unseen { need, name: name.to_string(), why: why.clone() });
    }
}
