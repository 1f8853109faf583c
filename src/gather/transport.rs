//! Transport: the MTA-STS policy, TLSA records, mail servers, DNSSEC, and the zone's own servers.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{FutureExt as _, OptionFuture, join, join_all};
use rustls::pki_types::UnixTime;
use tokio::time::timeout;

use super::reach::{Reach, Web};
use super::{ipv4, ipv6};
use crate::dane::{self, Usage};
use crate::dns::{DnsError, Lookup, Name, RecordData, RecordType, Resolver, Text, Unavailable, Via};
use crate::facts::{Dnssec, Fact, MxHost, OwnAnswer, OwnAnswers, Signed, SmtpFacts, TlsaFacts};
use crate::mta_sts;
use crate::net::policy::{FetchFault, PolicyFile};
use crate::net::smtp::{Offer, Probe};
use crate::net::{MAX_ADDRESSES, guard, policy as https, smtp, tls};

/// Own servers at most: a zone has two to six.
const MAX_OWN_SERVERS: usize = 8;
/// Own servers are asked out of curiosity: a network that lets nobody out on port 53 must not hold up the check.
const OWN_SERVERS_PATIENCE: Duration = Duration::from_secs(3);
/// The domain's own questions whose answers tell whether the zone is signed.
const TELLING: [RecordType; 3] = [RecordType::Txt, RecordType::Mx, RecordType::A];

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
    let Some(web) = &reach.web else { return Some(Fact::Unavailable(DnsError::Unavailable(Unavailable::Offline))) };
    let addresses = match addresses(dns, reach, &host, 443).await {
        Ok(addresses) => addresses,
        Err(NoTarget::NoAddress) => return Some(Fact::Known(Err(FetchFault::NoAddress))),
        Err(NoTarget::Private) => return Some(Fact::Known(Err(FetchFault::PrivateAddress))),
        Err(NoTarget::Unknown(why)) => return Some(Fact::Unavailable(why)),
    };
    let Some(config) = web.tls.checking() else {
        return Some(Fact::Unavailable(DnsError::Network("TLS cannot be set up".to_owned())));
    };
    let fetch = web.admit(https::fetch(host.as_str(), &addresses, config, web.wait));
    Some(Fact::from_result(reach.in_time(fetch).await))
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

/// The TLSA records of a mail exchanger; its other fields are not known yet.
pub(super) async fn tlsa(dns: &dyn Resolver, reach: Option<&Reach>, host: &Name) -> Option<TlsaFacts> {
    let name = host.prepend("_25._tcp").ok()?;
    let answer = dns.lookup(&name, RecordType::Tlsa).await;
    let authentic = answer.as_ref().is_ok_and(|a| a.authentic);
    let authentic = authentic && is_own_word(dns, reach, &name, RecordType::Tlsa).await;
    let records = Fact::from_lookup(answer, |r| matches!(r, RecordData::Tlsa { .. }).then(|| r.clone()));
    Some(TlsaFacts { name, records, authentic, host_authentic: false })
}

/// Looks at the server of a mail exchanger, once a run; its addresses are known by now. `None` for one without a
/// public address, which is a finding of its own.
pub(super) async fn probe(dns: &dyn Resolver, reach: &Reach, web: &Arc<Web>, host: &MxHost) -> Option<Fact<SmtpFacts>> {
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
    let probe = match reach.in_time(probing).await {
        Ok(probe) => probe,
        Err(why) => return Some(Fact::Unavailable(why)),
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

/// Whether the zone is signed: by the AD bit of the domain's own answers, where it is believed; bogus where a
/// question fails only as long as the resolver validates. Costs no question unless one has failed.
pub(super) async fn dnssec(dns: &dyn Resolver, reach: Option<&Reach>, domain: &Name) -> Dnssec {
    let Some(reach) = reach.filter(|reach| !reach.is_local(domain)) else { return Dnssec::default() };
    let mut questions: Vec<(Name, RecordType)> = TELLING.iter().map(|rtype| (domain.clone(), *rtype)).collect();
    questions.extend(domain.prepend("_dmarc").map(|name| (name, RecordType::Txt)));
    let asked = questions.iter().map(|(name, rtype)| async move {
        let answer = dns.lookup(name, *rtype).await;
        let unchecked = match &answer {
            Err(DnsError::ServFail) => Some(dns.lookup_via(name, *rtype, &Via::CheckingDisabled).await),
            _ => None,
        };
        (answer, unchecked)
    });
    let answers = join_all(asked).await;
    let has_answer = |lookup: &Lookup| lookup.as_ref().map_or_else(DnsError::is_absent, |_| true);
    let bogus = answers.iter().position(|(_, unchecked)| unchecked.as_ref().is_some_and(has_answer));
    if let Some((name, rtype)) = bogus.and_then(|at| questions.get(at)) {
        return Dnssec { state: Signed::Bogus(name.clone(), *rtype), trust: reach.ad_trust };
    }
    // An alias leads into other zones, whose signatures count as well.
    let own = |answer: &Lookup| answer.as_ref().ok().filter(|a| a.aliases.is_empty()).map(|a| a.authentic);
    let bits: Vec<bool> = answers.iter().filter_map(|(answer, _)| own(answer)).collect();
    let at_domain = answers.iter().zip(TELLING).find(|((answer, _), _)| own(answer).is_some());
    let answered = at_domain.map_or(RecordType::Soa, |(_, rtype)| rtype);
    let state = match reach.ad_trust.is_trusted() {
        true if !bits.is_empty() => {
            if bits.iter().all(|bit| *bit) && is_own_word(dns, Some(reach), domain, answered).await {
                Signed::Secure
            } else {
                Signed::Insecure
            }
        }
        _ => Signed::Unknown,
    };
    Dnssec { state, trust: reach.ad_trust }
}

/// Whether an AD bit is the resolver's own: some servers send back the one of the question. Asked only where an
/// answer has it and it is believed; where nobody answers the second time, the first answer stands.
async fn is_own_word(dns: &dyn Resolver, reach: Option<&Reach>, name: &Name, rtype: RecordType) -> bool {
    if !reach.is_some_and(|reach| reach.ad_trust.is_trusted()) {
        return true;
    }
    let again = dns.lookup_via(name, rtype, &Via::SignaturesAsked).await;
    again.map_or(true, |answer| answer.authentic)
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
