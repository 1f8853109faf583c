//! Everything about one domain, with no question waiting for an answer that it does not need.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;

use futures_util::future::{FutureExt as _, OptionFuture, join, join_all};

use super::reach::Reach;
use super::{blocklists, dkim, dnssec, exchanges, hosts, ipv4, ipv6, reports, texts, texts_through, transport};
use crate::dmarc;
use crate::dns::{Name, RecordType, Resolver, Text};
use crate::facts::{DomainFacts, Fact, MxHost, Origin, Position, Wishes};
use crate::spf;

/// Keys that are compared between a zone's own servers.
const MOST_COMPARED: usize = 5;

/// What is to be asked about a domain.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The domain.
    pub domain: Name,
    /// Where answers come from.
    pub origin: Origin,
    /// Where the domain stands.
    pub position: Position,
    /// What the caller said.
    pub wishes: Wishes,
    /// Which selectors to try.
    pub selectors: SelectorSearch,
    /// Records at misspelt names, and BIMI records under other selectors than `default`, where the caller has seen
    /// them already (zone files).
    pub misplaced: Vec<(Name, crate::dns::Text)>,
    /// Whether blocklists are asked.
    pub reputation: bool,
    /// How far to go.
    pub bounds: Bounds,
    /// The day, for selectors that are dates.
    pub today: jiff::civil::Date,
}

/// Which selectors to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectorSearch {
    /// Those in the wishes, else those typical for providers, else the well-known list.
    Guess,
    /// As [`SelectorSearch::Guess`], without the well-known list.
    ProvidersOnly,
    /// These and no others: a zone file shows all that there are.
    Exactly(Vec<String>),
}

/// The bounds of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Names of the SPF tree.
    pub spf_names: usize,
    /// Sending addresses that are looked at.
    pub senders: usize,
    /// Mail exchangers that are looked at.
    pub mx_hosts: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { spf_names: 100, senders: 20, mx_hosts: 20 }
    }
}

/// Asks about a domain. Never fails: what could not be learnt is unavailable in the facts.
///
/// `reach` says what may be reached besides the resolver; `None` where zone files are all there is.
pub async fn gather_domain(dns: &dyn Resolver, plan: Plan, reach: Option<&Reach>) -> DomainFacts {
    let Plan { domain, origin, position, wishes, selectors, misplaced, reputation, bounds, today } = plan;
    let registrable = dmarc::legacy::registrable_domain(&domain);
    let spf_bounds = spf::Bounds { names: bounds.spf_names, ..spf::Bounds::default() };

    // What several wait for is asked for once.
    let texts = async { Arc::new(texts(dns, &domain).await) }.shared();
    let mx = async { Arc::new(exchanges(dns, &domain).await) }.shared();
    let tree = async {
        let texts = texts.clone().await;
        let has_record = texts.list().iter().any(|t| spf::is_spf(&t.to_text()));
        let tree = OptionFuture::from(has_record.then(|| spf::tree(dns, &domain, spf_bounds)));
        // "No such name" speaks of the end of the aliases; whether the domain is one must be asked.
        let alias = OptionFuture::from(texts.is_no_name().then(|| dns.lookup(&domain, RecordType::Cname)));
        let (tree, alias) = join(tree, alias).await;
        (tree, alias.and_then(Result::ok).and_then(|answer| answer.targets().next().cloned()))
    };
    let spf = join(texts.clone(), tree);
    let mail_hosts = async {
        let mx = mx.clone().await;
        let mut asked = Vec::new();
        for (preference, host) in mx.list().iter().filter(|(_, host)| !host.is_root()).take(bounds.mx_hosts) {
            asked.push(mx_host(dns, origin, reach, *preference, host));
        }
        let hosts = join_all(asked).await;
        (mx, hosts)
    };
    let keys = async {
        let named = dkim::named(dns, &domain, &wishes, &selectors);
        let guess = async {
            if dkim::is_decided(&wishes, &selectors) {
                return None;
            }
            // The mail hosts alone tell the provider, their addresses do not matter to the selectors.
            let (mx, texts) = join(mx.clone(), texts.clone()).await;
            let includes = spf_includes(texts.list());
            Some(dkim::guessed(dns, &domain, &selectors, mx.list(), &includes, today).await)
        };
        let (named, guessed) = join(named, guess).await;
        let keys = dkim::merge(named, guessed);
        // Only where a key is (or was to be) can servers disagree about it.
        let asked = keys.selectors.iter().filter(|s| s.alias.is_none() && !s.texts.is_unavailable());
        let asked = asked.take(MOST_COMPARED).map(|s| s.name.clone()).collect();
        let own = transport::own_answers(dns, reach, &domain, registrable.as_ref(), asked).await;
        (keys, own)
    };
    let dmarc = async {
        let found = async {
            let discovery = dmarc::discover(dns, &domain, dmarc::Asking::Concurrent).await;
            let targets = reports::targets(dns, &discovery).await;
            (discovery, targets)
        };
        let ((discovery, targets), legacy) = join(found, dmarc::legacy::discover(dns, &domain)).await;
        (discovery, targets, legacy)
    };
    let senders = async {
        let addresses: Vec<IpAddr> = if !wishes.addresses.is_empty() {
            wishes.addresses.clone()
        } else if origin == Origin::Zone {
            Vec::new()
        } else {
            // Without waiting for the records that it includes.
            spf::senders(dns, &domain).await
        };
        let cut = addresses.len() > bounds.senders;
        let addresses = &addresses[..addresses.len().min(bounds.senders)];
        let hosts = join_all(addresses.iter().map(|a| hosts::sender(dns, *a)));
        let (hosts, listings) = join(hosts, blocklists::address_listings(dns, addresses, reputation)).await;
        (hosts, listings, cut)
    };

    let first = futures_util::future::join5(spf, mail_hosts, keys, dmarc, senders);
    let own = futures_util::future::join4(
        ipv4(dns, &domain),
        ipv6(dns, &domain),
        async { Fact::texts(dns.lookup(&domain, RecordType::Spf).await) },
        texts_through(dns, "_dmarc", &domain),
    );
    let mta_sts = async {
        let found = texts_through(dns, "_mta-sts", &domain).await;
        let policy = transport::policy(dns, reach, &domain, &found.0).await;
        (found, policy)
    };
    let names = [Some(domain.clone()), domain.prepend("_dmarc").ok()].into_iter().flatten().collect();
    let zone = join(
        dnssec::of_domain(dns, reach, &domain),
        transport::own_answers(dns, reach, &domain, registrable.as_ref(), names),
    );
    let policies = futures_util::future::join4(
        mta_sts,
        texts_through(dns, "_smtp._tls", &domain),
        texts_through(dns, "default._bimi", &domain),
        reports::misplaced(dns, &domain, origin),
    );
    let of_domain = blocklists::domain_listings(dns, &domain, reputation);
    let (((first, own), policies), (of_domain, zone)) =
        join(join(join(first, own), policies), join(of_domain, zone)).await;
    let (
        (found_texts, (tree, own_alias)),
        (found_mx, mx_hosts),
        (mut keys, of_keys),
        (discovery, report_targets, legacy),
        (senders, mut listings, cut),
    ) = first;
    let (signed, mut own_servers) = zone;
    own_servers.extend(of_keys);
    let (ipv4, ipv6, type99, (dmarc_texts, alias)) = own;
    let ((mta_sts, mta_sts_policy), tls_rpt, bimi, mut dmarc_misplaced) = policies;
    let mut aliases: Vec<_> = alias.into_iter().collect();
    aliases.extend(own_alias.map(|target| (domain.clone(), target)));
    let ((mta_sts, first), (tls_rpt, second), (bimi, third)) = (mta_sts, tls_rpt, bimi);
    aliases.extend([first, second, third].into_iter().flatten());
    listings.extend(of_domain);
    let mut misplaced_keys: HashSet<_> = keys.misplaced.iter().cloned().collect();
    let mut bimi_others = Vec::new();
    for (name, text) in misplaced {
        let shown = text.to_text();
        if dmarc::looks_like_dmarc(&shown) {
            dmarc_misplaced.push((name, text));
        } else if crate::bimi::looks_like_bimi(&shown) {
            bimi_others.push((name, text));
        } else {
            if misplaced_keys.insert((name.clone(), text.clone())) {
                keys.misplaced.push((name, text));
            }
        }
    }
    let cut = cut || tree.as_ref().is_some_and(|tree| tree.truncated) || found_mx.list().len() > bounds.mx_hosts;
    // Nobody else holds them any more.
    drop((texts, mx));
    let texts = Arc::unwrap_or_clone(found_texts);
    let mx = Arc::unwrap_or_clone(found_mx);
    DomainFacts {
        registrable,
        origin,
        position,
        wishes,
        texts,
        type99,
        spf: tree,
        ipv4,
        ipv6,
        mx,
        mx_hosts,
        dkim: keys,
        dmarc: discovery,
        legacy,
        aliases,
        dmarc_texts,
        dmarc_misplaced,
        report_targets,
        mta_sts,
        mta_sts_policy,
        tls_rpt,
        bimi,
        bimi_others,
        senders,
        dnssec: signed,
        own_servers,
        listings,
        cut,
        domain,
    }
}

/// The domains that the SPF record at the domain itself includes, for guessing who sends.
fn spf_includes(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|t| t.to_text()).filter(|t| spf::is_spf(t)).flat_map(|t| include_targets(&t)).collect()
}

fn include_targets(record: &str) -> Vec<String> {
    let parsed = spf::parse(record);
    let includes =
        parsed.record.directives().filter(|(_, _, mechanism)| matches!(mechanism, spf::Mechanism::Include(_)));
    let specs = includes.filter_map(|(term, _, _)| term.domain_spec());
    specs.chain(parsed.record.redirect().map(|(_, spec)| spec)).map(|spec| spec.as_str().to_owned()).collect()
}

async fn mx_host(dns: &dyn Resolver, origin: Origin, reach: Option<&Reach>, preference: u16, host: &Name) -> MxHost {
    // A zone file without its DNS says nothing of DANE.
    let tlsa = OptionFuture::from((origin == Origin::Dns).then(|| dnssec::tlsa(dns, reach, host)));
    let addresses = join(dns.lookup(host, RecordType::A), dns.lookup(host, RecordType::Aaaa));
    let ((a, aaaa), tlsa) = join(addresses, tlsa).await;
    let answers = || [&a, &aaaa].into_iter().flatten();
    let seen = answers().find_map(|answer| answer.aliases.first().cloned());
    let canonical = answers().find_map(|answer| answer.aliases.last().cloned());
    let alias = match seen {
        Some(alias) => Some(alias),
        // An alias that leads nowhere shows in no answer.
        None if a.is_err() && aaaa.is_err() => {
            let cname = dns.lookup(host, RecordType::Cname).await;
            cname.ok().and_then(|answer| answer.targets().next().cloned())
        }
        None => None,
    };
    let mut found = MxHost {
        preference,
        host: host.clone(),
        alias,
        canonical,
        tlsa: tlsa.flatten(),
        smtp: None,
        ipv4: Fact::from_lookup(a, |r| match r {
            crate::dns::RecordData::A(address) => Some(*address),
            _ => None,
        }),
        ipv6: Fact::from_lookup(aaaa, |r| match r {
            crate::dns::RecordData::Aaaa(address) => Some(*address),
            _ => None,
        }),
    };
    if let Some(reach) = reach {
        found.smtp = transport::probe(dns, reach, &found).await;
    }
    found
}
