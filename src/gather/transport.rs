//! Transport: the MTA-STS policy, mail servers, and the zone's own servers.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::future::{FutureExt as _, OptionFuture, join, join_all};
use rustls::pki_types::UnixTime;
use tokio::time::timeout;

use super::reach::{Reach, Sight};
use super::{ipv4, ipv6};
use crate::dane::{self, Usage};
use crate::dns::{DnsError, Name, RecordType, Resolver, Text, Unavailable, Via};
use crate::facts::{Fact, MxHost, OwnAnswer, OwnAnswers, SmtpFacts};
use crate::mta_sts;
use crate::net::policy::{FetchFault, PolicyFile};
use crate::net::smtp::{Offer, Probe};
use crate::net::{MAX_ADDRESSES, guard, policy as https, smtp, tls};

/// Own servers at most: a zone has two to six.
const MAX_OWN_SERVERS: usize = 8;
/// Own servers are asked out of curiosity: a network that lets nobody out on port 53 must not hold up the check.
const OWN_SERVERS_PATIENCE: Duration = Duration::from_secs(3);

/// The policy file, where a valid record announces one.
pub(super) async fn policy(
    dns: &dyn Resolver,
    reach: Option<&Reach>,
    domain: &Name,
    texts: &Fact<Vec<Text>>,
) -> Option<Fact<Result<PolicyFile, FetchFault>>> {
    let reach = reach?;
    mta_sts::published(texts.list().iter().map(Text::to_text))?;
    let host = domain.prepend("mta-sts").ok()?;
    Some(reach.seen(Sight::MtaStsPolicy, &host, fetch(dns, reach, &host)).await)
}

async fn fetch(dns: &dyn Resolver, reach: &Reach, host: &Name) -> Fact<Result<PolicyFile, FetchFault>> {
    let Some(web) = &reach.web else { return Fact::Unavailable(DnsError::Unavailable(Unavailable::Offline)) };
    let addresses = match addresses(dns, reach, host, 443).await {
        Ok(addresses) => addresses,
        Err(NoTarget::NoAddress) => return Fact::Known(Err(FetchFault::NoAddress)),
        Err(NoTarget::Private) => return Fact::Known(Err(FetchFault::PrivateAddress)),
        Err(NoTarget::Unknown(why)) => return Fact::Unavailable(why),
    };
    let Some(config) = web.tls.checking() else {
        return Fact::Unavailable(DnsError::Network("TLS cannot be set up".to_owned()));
    };
    let fetch = web.admit(https::fetch(host.as_str(), &addresses, config, web.wait));
    Fact::from_result(reach.in_time(fetch).await)
}

/// Why there is nothing to connect to.
enum NoTarget {
    NoAddress,
    Private,
    Unknown(DnsError),
}

/// Where connections to a host go: to where `--connect-to` leads, else to its public addresses.
async fn addresses(dns: &dyn Resolver, reach: &Reach, host: &Name, port: u16) -> Result<Vec<SocketAddr>, NoTarget> {
    if let Some(address) = guard::redirect(&reach.connect_to, host.as_str(), port) {
        return Ok(vec![address]);
    }
    let (v4, v6) = join(ipv4(dns, host), ipv6(dns, host)).await;
    let all = v4.list().iter().map(|a| IpAddr::V4(*a)).chain(v6.list().iter().map(|a| IpAddr::V6(*a)));
    vetted(reach, host, port, all, [v4.trouble(), v6.trouble()])
}

fn vetted(
    reach: &Reach,
    host: &Name,
    port: u16,
    all: impl Iterator<Item = IpAddr>,
    troubles: [Option<&DnsError>; 2],
) -> Result<Vec<SocketAddr>, NoTarget> {
    let mut any = false;
    let public = all.inspect(|_| any = true);
    let public = public.filter_map(|address| guard::vet(&reach.connect_to, host.as_str(), address, port));
    let mut public: Vec<SocketAddr> = public.collect();
    if !public.is_empty() {
        // A few of each family, so that one that leads nowhere does not hide the other.
        let (mut v4, mut v6): (Vec<_>, Vec<_>) = public.into_iter().partition(SocketAddr::is_ipv4);
        v6.truncate(if v4.is_empty() { MAX_ADDRESSES } else { 1 });
        v4.truncate(MAX_ADDRESSES - v6.len());
        v4.dedup();
        v4.append(&mut v6);
        public = v4;
        return Ok(public);
    }
    match troubles.into_iter().flatten().next() {
        Some(why) => Err(NoTarget::Unknown(why.clone())),
        None if any => Err(NoTarget::Private),
        None => Err(NoTarget::NoAddress),
    }
}

/// Looks at the server of a mail exchanger, once a run; its addresses are known by now. `None` where nobody looks,
/// and for one without a public address, which is a finding of its own.
pub(super) async fn probe(dns: &dyn Resolver, reach: &Reach, host: &MxHost) -> Option<Fact<SmtpFacts>> {
    let probe = match reach.seen(Sight::SmtpProbe, &host.host, connect(reach, host)).await? {
        Fact::Known(probe) => probe,
        Fact::Absent(absence) => return Some(Fact::Absent(absence)),
        Fact::Unavailable(why) => return Some(Fact::Unavailable(why)),
    };
    let greeting_addresses = match probe.greeting.as_deref().and_then(greeting_name) {
        None => Fact::Absent(crate::facts::Absence::NoName),
        Some(name) => {
            let (v4, v6) = join(ipv4(dns, &name), ipv6(dns, &name)).await;
            both(
                v4.map(|l| l.into_iter().map(IpAddr::V4).collect()),
                v6.map(|l| l.into_iter().map(IpAddr::V6).collect()),
            )
        }
    };
    let anchors = anchors(host, &probe);
    Some(Fact::Known(SmtpFacts { address: host.addresses().next(), probe, greeting_addresses, anchors }))
}

async fn connect(reach: &Reach, host: &MxHost) -> Option<Fact<Probe>> {
    let web = reach.web.as_ref().filter(|_| reach.probe_smtp)?;
    let targets = match guard::redirect(&reach.connect_to, host.host.as_str(), smtp::PORT) {
        Some(address) => Ok(vec![address]),
        None => {
            let troubles = [host.ipv4.trouble(), host.ipv6.trouble()];
            vetted(reach, &host.host, smtp::PORT, host.addresses(), troubles)
        }
    };
    let targets = match targets {
        Ok(targets) => targets,
        Err(NoTarget::NoAddress | NoTarget::Private) => return None,
        Err(NoTarget::Unknown(why)) => return Some(Fact::Unavailable(why)),
    };
    let probing = web.probe(&host.host, || {
        let (web, name) = (web.clone(), host.host.clone());
        async move { web.admit(smtp::probe(name.as_str(), &targets, &web.tls, web.wait)).await }.boxed()
    });
    Some(Fact::from_result(reach.in_time(probing).await))
}

/// The name of a greeting, if it is a whole one.
fn greeting_name(word: &str) -> Option<Name> {
    Name::parse(word).ok().filter(|name| name.label_count() > 1 && word.parse::<IpAddr>().is_err())
}

/// Addresses of both families together.
fn both(v4: Fact<Vec<IpAddr>>, v6: Fact<Vec<IpAddr>>) -> Fact<Vec<IpAddr>> {
    match (v4, v6) {
        (Fact::Known(mut v4), Fact::Known(v6)) => {
            v4.extend(v6);
            Fact::Known(v4)
        }
        (known @ Fact::Known(_), _) | (_, known @ Fact::Known(_)) => known,
        (trouble @ Fact::Unavailable(_), _) | (_, trouble @ Fact::Unavailable(_)) => trouble,
        (absent, _) => absent,
    }
}

/// The members of a chain that it leads to, where a TLSA record of the host asks for one.
fn anchors(host: &MxHost, probe: &Probe) -> Vec<usize> {
    let records = host.tlsa.as_ref().map_or(&[][..], |tlsa| tlsa.records.list());
    let Offer::Session(session) = &probe.tls else { return Vec::new() };
    let asked = records.iter().filter(|record| dane::usability(record) == Ok(Usage::TrustAnchor));
    let mut asked: Vec<usize> = asked.filter_map(|record| dane::matches_chain(record, &session.chain)).collect();
    asked.sort_unstable();
    asked.dedup();
    asked.retain(|at| tls::leads_to(&session.chain, *at, host.host.as_str(), UnixTime::now()));
    asked
}

/// What the zone's own servers answer about some names, each server at one address.
pub(super) async fn own_answers(
    dns: &dyn Resolver,
    reach: Option<&Reach>,
    domain: &Name,
    registrable: Option<&Name>,
    names: Vec<Name>,
) -> Vec<OwnAnswers> {
    let Some(reach) = reach.filter(|reach| reach.may_ask_any() && !reach.is_local(domain)) else { return Vec::new() };
    let work = async {
        let servers = own_servers(dns, reach, domain, registrable).await;
        if servers.len() < 2 {
            return Vec::new();
        }
        let servers = &servers;
        let ask = |name: Name| async move {
            // Where an alias leads, another zone's servers know.
            let usual = dns.lookup(&name, RecordType::Txt).await;
            if usual.is_ok_and(|answer| !answer.aliases.is_empty()) {
                return None;
            }
            let answers =
                join_all(servers.iter().map(|(server, address)| own_answer(dns, server, *address, &name))).await;
            Some(OwnAnswers { name, answers })
        };
        join_all(names.into_iter().map(ask)).await.into_iter().flatten().collect()
    };
    match reach.web {
        Some(_) => timeout(OWN_SERVERS_PATIENCE, work).await.unwrap_or_default(),
        // Nothing is waited for where nothing is reached.
        None => work.await,
    }
}

async fn own_answer(dns: &dyn Resolver, server: &Name, address: IpAddr, name: &Name) -> OwnAnswer {
    let via = Via::Server { host: server.clone(), address };
    let texts = Fact::texts(dns.lookup_via(name, RecordType::Txt, &via).await);
    OwnAnswer { server: server.clone(), address, texts }
}

/// The servers of the zone that holds the domain, and an address of each.
async fn own_servers(
    dns: &dyn Resolver,
    reach: &Reach,
    domain: &Name,
    registrable: Option<&Name>,
) -> Vec<(Name, IpAddr)> {
    let names = |name: Name| async move {
        let answer = dns.lookup(&name, RecordType::Ns).await;
        let own = answer.ok().filter(|answer| answer.aliases.is_empty());
        own.map(|answer| answer.targets().cloned().collect::<Vec<Name>>()).unwrap_or_default()
    };
    let above = registrable.filter(|above| *above != domain).cloned();
    let mut servers = names(domain.clone()).await;
    if servers.is_empty() {
        servers = OptionFuture::from(above.map(names)).await.unwrap_or_default();
    }
    servers.sort();
    servers.retain(|server| reach.may_ask(server));
    servers.truncate(MAX_OWN_SERVERS);
    let located = servers.into_iter().map(|server| async move {
        let (v4, v6) = join(ipv4(dns, &server), ipv6(dns, &server)).await;
        let known = v4.list().first().map(|a| IpAddr::V4(*a)).or(v6.list().first().map(|a| IpAddr::V6(*a)));
        let address = known.or_else(|| guard::redirect(&reach.connect_to, server.as_str(), 53).map(|a| a.ip()));
        address.map(|address| (server, address))
    });
    join_all(located).await.into_iter().flatten().collect()
}
