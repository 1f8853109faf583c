//! The resolver against a real server on loopback, and against one that misbehaves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use mailauth::dns::cache::Cached;
use mailauth::dns::live::{Live, Settings};
use mailauth::dns::server::{AdTrust, ResolverSpec};
use mailauth::dns::stack::{Dns, Options};
use mailauth::dns::{
    DnsError, How, Lookup, Name, RecordData, RecordType, Resolver, ServerTrouble, Text, Unavailable, Via,
};
use support::{Behaviour, TestDns};

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn settings(servers: &[SocketAddr]) -> Settings {
    Settings {
        servers: servers.iter().map(|&a| ResolverSpec::Plain(a)).collect(),
        timeout: Duration::from_millis(300),
        retries: 0,
        ..Settings::default()
    }
}

fn live(server: &TestDns) -> Live {
    Live::new(settings(&[server.addr()])).unwrap()
}

fn texts(lookup: &Lookup) -> Vec<String> {
    lookup.as_ref().map(|a| a.texts().map(Text::to_text).collect()).unwrap_or_default()
}

const WORLD: &str = r#"
example.de TXT v=spf1 mx -all
example.de 60 TXT "two " "strings \"\\\" \195\188 \255"
example.de MX 20 mx2.example.de
example.de MX 10 mx1.example.de
mx1.example.de A 192.0.2.1
mx1.example.de AAAA 2001:db8::1
example.de NS ns.example.de
1.2.0.192.in-addr.arpa PTR mx1.example.de
_25._tcp.mx1.example.de TYPE52 \# 030101aabb
srv.example.de TYPE33 \# 00010002001900
s1._domainkey.example.de 900 CNAME s1.provider.example
s1.provider.example 30 CNAME key.provider.example
key.provider.example TXT v=DKIM1; p=abc
lost.example.de CNAME nowhere.example.de
l1.example.de CNAME l2.example.de
l2.example.de CNAME l1.example.de
*.wild.example.de TXT wild
secure.example.de TXT x
"#;

#[tokio::test]
async fn answers_of_every_type() {
    let server = TestDns::start(WORLD);
    server.authenticate("secure.example.de");
    let dns = live(&server);
    let all = dns.lookup(&name("example.de"), RecordType::Txt).await.unwrap();
    let octets: Vec<Vec<Vec<u8>>> = all.texts().map(|t| t.strings().map(<[u8]>::to_vec).collect()).collect();
    assert_eq!(octets[0], [b"v=spf1 mx -all".to_vec()]);
    assert_eq!(octets[1], [b"two ".to_vec(), b"strings \"\\\" \xc3\xbc \xff".to_vec()]);
    assert_eq!((all.ttl, all.authentic, all.aliases.len()), (60, false, 0));
    let hosts = dns.lookup(&name("example.de"), RecordType::Mx).await.unwrap();
    let hosts: Vec<_> = hosts.exchanges().map(|(preference, host)| (preference, host.clone())).collect();
    assert_eq!(hosts, [(20, name("mx2.example.de")), (10, name("mx1.example.de"))]);
    for (rtype, address) in [(RecordType::A, "192.0.2.1"), (RecordType::Aaaa, "2001:db8::1")] {
        let found = dns.lookup(&name("mx1.example.de"), rtype).await.unwrap();
        assert_eq!(found.addresses().collect::<Vec<_>>(), [address.parse::<std::net::IpAddr>().unwrap()]);
    }
    let ptr = dns.lookup(&name("1.2.0.192.in-addr.arpa"), RecordType::Ptr).await.unwrap();
    assert_eq!(ptr.targets().collect::<Vec<_>>(), [&name("mx1.example.de")]);
    let tlsa = dns.lookup(&name("_25._tcp.mx1.example.de"), RecordType::Tlsa).await.unwrap();
    assert_eq!(tlsa.records, [RecordData::Tlsa { usage: 3, selector: 1, matching: 1, data: vec![0xaa, 0xbb] }]);
    let srv = dns.lookup(&name("srv.example.de"), RecordType::Srv).await.unwrap();
    assert_eq!(srv.records, [RecordData::Other { rtype: 33, data: vec![0, 1, 0, 2, 0, 25, 0] }]);
    assert_eq!(texts(&dns.lookup(&name("a.b.wild.example.de"), RecordType::Txt).await), ["wild"]);
    assert!(dns.lookup(&name("secure.example.de"), RecordType::Txt).await.unwrap().authentic);
    // RD and AD, not CD; EDNS with the size that no path fragments.
    assert!(server.queries().iter().all(|q| q.bits == [true, true, false] && q.edns == Some(1232) && !q.tcp));
    assert_eq!(dns.questions() as usize, server.queries().len());
    assert_eq!(dns.ad_trust(), AdTrust::Loopback);
}

#[tokio::test]
async fn aliases_are_followed_and_their_ends_told_apart() {
    let server = TestDns::start(WORLD);
    let dns = live(&server);
    let key = dns.lookup(&name("s1._domainkey.example.de"), RecordType::Txt).await.unwrap();
    assert_eq!(key.aliases, [name("s1.provider.example"), name("key.provider.example")]);
    assert_eq!(key.ttl, 30);
    assert_eq!(dns.lookup(&name("lost.example.de"), RecordType::Txt).await, Err(DnsError::NxDomain));
    assert_eq!(dns.lookup(&name("l1.example.de"), RecordType::Txt).await, Err(DnsError::ServFail));
    let alias = dns.lookup(&name("lost.example.de"), RecordType::Cname).await.unwrap();
    assert_eq!(alias.records, [RecordData::Cname(name("nowhere.example.de"))]);
}

#[tokio::test]
async fn nobody_asks_for_an_alias_that_an_answer_has_ruled_out() {
    let server = TestDns::start(WORLD);
    let dns = live(&server);
    for (host, absence) in [("none.example.de", DnsError::NxDomain), ("mx1.example.de", DnsError::NoData)] {
        // Alone, the question is asked.
        assert_eq!(dns.lookup(&name(host), RecordType::Cname).await, Err(absence.clone()));
        assert_eq!(dns.lookup(&name(host), RecordType::Txt).await, Err(absence.clone()));
        assert_eq!(server.count(host), 2);
        assert_eq!(dns.lookup(&name(host), RecordType::Cname).await, Err(absence));
        assert_eq!(server.count(host), 2);
    }
    // An alias that leads nowhere is in the answer that says so.
    server.misbehave("lost.example.de", Behaviour::OneLink);
    assert_eq!(dns.lookup(&name("lost.example.de"), RecordType::Txt).await, Err(DnsError::NxDomain));
    assert!(dns.lookup(&name("lost.example.de"), RecordType::Cname).await.is_ok());
}

#[tokio::test]
async fn a_chain_that_the_server_leaves_unfinished_is_finished_here() {
    let server = TestDns::start(WORLD);
    for host in ["s1._domainkey.example.de", "s1.provider.example", "l1.example.de", "l2.example.de"] {
        server.misbehave(host, Behaviour::OneLink);
    }
    server.authenticate("example.de");
    let dns = live(&server);
    let key = dns.lookup(&name("s1._domainkey.example.de"), RecordType::Txt).await.unwrap();
    assert_eq!(key.aliases, [name("s1.provider.example"), name("key.provider.example")]);
    // One insecure link makes the whole insecure.
    assert!(!key.authentic);
    assert_eq!(key.ttl, 30);
    assert_eq!(dns.lookup(&name("l1.example.de"), RecordType::Txt).await, Err(DnsError::ServFail));
    assert_eq!(dns.questions(), 5);
}

#[tokio::test]
async fn failures_are_kept_apart() {
    let server = TestDns::start(WORLD);
    for (host, behaviour) in [
        ("servfail.example", Behaviour::ServFail),
        ("refused.example", Behaviour::Refused),
        ("notimp.example", Behaviour::NotImplemented),
        ("timeout.example", Behaviour::Timeout),
        ("garbage.example", Behaviour::Garbage),
        ("forged.example", Behaviour::SpoofedOnly),
        ("elsewhere.example", Behaviour::OtherPort),
    ] {
        server.misbehave(host, behaviour);
    }
    let dns = live(&server);
    for (host, want) in [
        ("no.example.de", DnsError::NxDomain),
        ("mx1.example.de", DnsError::NoData),
        ("servfail.example", DnsError::ServFail),
        ("refused.example", DnsError::Refused),
        ("notimp.example", DnsError::Rcode(4)),
        ("timeout.example", DnsError::Timeout),
        ("garbage.example", DnsError::Malformed),
        ("forged.example", DnsError::Timeout),
        ("elsewhere.example", DnsError::Timeout),
    ] {
        assert_eq!(dns.lookup(&name(host), RecordType::Txt).await, Err(want), "{host}");
        assert_eq!(server.count(host), 1, "{host}");
    }
}

#[tokio::test]
async fn forged_answers_are_passed_over() {
    let server = TestDns::start("spoofed.example TXT right");
    server.misbehave("spoofed.example", Behaviour::Spoofed);
    assert_eq!(texts(&live(&server).lookup(&name("spoofed.example"), RecordType::Txt).await), ["right"]);
}

#[tokio::test]
async fn what_does_not_fit_udp_comes_over_tcp() {
    let long = "x".repeat(3000);
    let server = TestDns::start(&format!("long.example TXT {long}\nshort.example TXT short"));
    server.misbehave("short.example", Behaviour::Truncate);
    let dns = live(&server);
    assert_eq!(texts(&dns.lookup(&name("long.example"), RecordType::Txt).await), [long]);
    assert_eq!(texts(&dns.lookup(&name("short.example"), RecordType::Txt).await), ["short"]);
    assert_eq!(server.queries().iter().filter(|q| q.tcp).count(), 2);
}

#[tokio::test]
async fn truncation_without_tcp_names_size_and_server() {
    let world = format!("long.example TXT {}", "x".repeat(3000));
    for (tcp, behaviour, why) in [
        (false, None, How::TcpRefused),
        (true, Some(Behaviour::TruncateTcpDead), How::TcpClosed),
        (true, Some(Behaviour::TruncateTcpSilent), How::TcpSilent),
    ] {
        let server = if tcp { TestDns::start(&world) } else { TestDns::start_without_tcp(&world) };
        if let Some(behaviour) = behaviour {
            server.misbehave("long.example", behaviour);
        }
        let want = ServerTrouble { server: server.addr().to_string(), how: why };
        assert!(want.to_string().contains("does not fit UDP (more than 1232 octets), "), "{want}");
        let got = live(&server).lookup(&name("long.example"), RecordType::Txt).await;
        assert_eq!(got, Err(DnsError::Server(want)));
    }
}

#[tokio::test]
async fn bogus_is_told_from_servfail_with_checking_disabled() {
    let server = TestDns::start("bogus.example TXT x\nbad.example TXT x");
    server.misbehave("bogus.example", Behaviour::Bogus);
    server.misbehave("bad.example", Behaviour::ServFail);
    let dns = live(&server);
    for (host, answers) in [("bogus.example", true), ("bad.example", false)] {
        assert_eq!(dns.lookup(&name(host), RecordType::Txt).await, Err(DnsError::ServFail));
        let again = dns.lookup_via(&name(host), RecordType::Txt, &Via::CheckingDisabled).await;
        assert_eq!(again.is_ok(), answers, "{host}");
    }
}

#[tokio::test]
async fn own_servers_are_asked_without_recursion_and_only_where_allowed() {
    let server = TestDns::start("example.de TXT own");
    let connect_to = vec![format!("ns.example.de:53:127.0.0.1:{}", server.addr().port()).parse().unwrap()];
    let dns = Live::new(Settings { connect_to, ..settings(&["127.0.0.1:9".parse().unwrap()]) }).unwrap();
    let via = |host: &str, address: &str| Via::Server { host: name(host), address: address.parse().unwrap() };
    let own = dns.lookup_via(&name("example.de"), RecordType::Txt, &via("ns.example.de", "192.0.2.53")).await;
    assert_eq!(texts(&own), ["own"]);
    assert!(!server.queries()[0].bits[0]);
    let private = dns.lookup_via(&name("example.de"), RecordType::Txt, &via("ns2.example.de", "192.168.0.1")).await;
    assert_eq!(private, Err(DnsError::Unavailable(Unavailable::Private)));
}

#[tokio::test]
async fn retries_and_further_servers() {
    let (first, second) = (TestDns::start(WORLD), TestDns::start(WORLD));
    first.misbehave("example.de", Behaviour::TimeoutOnce);
    let dns = Live::new(Settings { retries: 1, ..settings(&[first.addr()]) }).unwrap();
    assert!(dns.lookup(&name("example.de"), RecordType::Mx).await.is_ok());
    assert_eq!((first.count("example.de"), dns.questions()), (2, 1));
    // Another server is asked at once where one fails; a server that failed by its own word is not asked again.
    first.misbehave("example.de", Behaviour::ServFail);
    let dns = Live::new(Settings { retries: 1, ..settings(&[first.addr(), second.addr()]) }).unwrap();
    assert!(dns.lookup(&name("example.de"), RecordType::Mx).await.is_ok());
    second.misbehave("example.de", Behaviour::Refused);
    assert_eq!(dns.lookup(&name("example.de"), RecordType::Mx).await, Err(DnsError::ServFail));
    assert_eq!((first.count("example.de"), second.count("example.de")), (4, 2));
}

#[tokio::test]
async fn nobody_there_is_no_timeout() {
    let gone = TestDns::start("").addr();
    let dns = Live::new(settings(&[gone])).unwrap();
    let got = dns.lookup(&name("example.de"), RecordType::Mx).await;
    assert_eq!(got.unwrap_err().to_string(), format!("network error: nobody answers at {gone}"));
}

#[tokio::test]
async fn servers_without_edns_are_asked_without() {
    let server = TestDns::start("old.example TXT old");
    server.misbehave("old.example", Behaviour::NoEdns);
    assert_eq!(texts(&live(&server).lookup(&name("old.example"), RecordType::Txt).await), ["old"]);
    assert_eq!(server.queries().iter().map(|q| q.edns).collect::<Vec<_>>(), [Some(1232), None]);
}

#[tokio::test]
async fn servers_without_edns_are_asked_without_over_tcp_too() {
    let server = TestDns::start("old.example TXT old");
    server.misbehave("old.example", Behaviour::NoEdnsTruncate);
    assert_eq!(texts(&live(&server).lookup(&name("old.example"), RecordType::Txt).await), ["old"]);
    let asked: Vec<_> = server.queries().iter().map(|q| (q.tcp, q.edns)).collect();
    assert_eq!(asked, [(false, Some(1232)), (false, None), (true, None)]);
}

#[tokio::test]
async fn a_datagram_larger_than_the_room_for_it_is_had_over_tcp() {
    let text = format!("large.example TXT {}", "x".repeat(6000));
    let server = TestDns::start(&text);
    server.misbehave("large.example", Behaviour::Oversize);
    let got = live(&server).lookup(&name("large.example"), RecordType::Txt).await;
    assert_eq!(texts(&got)[0].len(), 6000);
    assert_eq!(server.queries().iter().map(|q| q.tcp).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test]
async fn a_referral_says_nothing_about_the_name() {
    let (lame, good) = (TestDns::start("a.example TXT a"), TestDns::start("a.example TXT a"));
    lame.misbehave("a.example", Behaviour::Referral);
    let both = Live::new(settings(&[lame.addr(), good.addr()])).unwrap();
    assert_eq!(texts(&both.lookup(&name("a.example"), RecordType::Txt).await), ["a"]);
    assert_eq!(live(&lame).lookup(&name("a.example"), RecordType::Txt).await, Err(DnsError::ServFail));
}

async fn many(dns: &dyn Resolver, names: &[Name]) {
    let answers = join_all(names.iter().map(|n| dns.lookup(n, RecordType::Txt))).await;
    for (name, answer) in names.iter().zip(&answers) {
        assert_eq!(texts(answer), [format!("of {name}")]);
    }
}

fn many_names() -> (String, Vec<Name>) {
    let names: Vec<Name> = (0..2000).map(|i| name(&format!("h{i}.example"))).collect();
    (names.iter().map(|n| format!("{n} TXT of {n}\n")).collect(), names)
}

#[tokio::test]
async fn no_answer_is_lost_in_a_crowd() {
    let (world, names) = many_names();
    let server = TestDns::start(&world);
    let settings = Settings { timeout: Duration::from_secs(5), retries: 1, ..settings(&[server.addr()]) };
    let dns = Cached::new(Live::new(settings).unwrap(), 256);
    many(&dns, &names).await;
    many(&dns, &names).await;
    assert_eq!((dns.questions(), dns.inner().questions()), (2000, 2000));
    let ports: HashSet<u16> = server.queries().iter().map(|q| q.port).collect();
    assert!(ports.len() >= 2000 / 32, "{}", ports.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_answer_is_lost_on_several_threads() {
    let (world, names) = many_names();
    let server = TestDns::start(&world);
    let live = Settings { timeout: Duration::from_secs(5), retries: 1, ..settings(&[server.addr()]) };
    let dns = Dns::new(Options { live, ..Options::default() }, None).unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (dns, names) = (dns.resolver(), names.clone());
            tokio::spawn(async move { many(&dns, &names).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(dns.questions(), 2000);
}

#[tokio::test]
async fn a_live_run_replays() {
    let server = TestDns::start(WORLD);
    server.misbehave("bogus.example", Behaviour::Bogus);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dns.ndjson");
    let run = async |options: Options| {
        let dns = Dns::new(options, None).unwrap();
        let scope = dns.scope(Some(Duration::from_secs(30)));
        let mut outcomes = Vec::new();
        for host in ["example.de", "s1._domainkey.example.de", "no.example", "bogus.example"] {
            outcomes.push(scope.lookup(&name(host), RecordType::Txt).await);
            outcomes.push(scope.lookup_via(&name(host), RecordType::Txt, &Via::CheckingDisabled).await);
        }
        dns.finish().unwrap();
        (outcomes, dns.ad_trust(), scope.questions())
    };
    let first = run(Options { live: settings(&[server.addr()]), save: Some(path.clone()), ..Options::default() }).await;
    let asked = server.queries().len();
    let second = run(Options { replay: Some(path), ..Options::default() }).await;
    assert_eq!(first, second);
    assert_eq!((asked, server.queries().len()), (8, 8));
    assert_eq!(first.1, AdTrust::Loopback);
}

#[tokio::test]
async fn one_server_can_be_asked_alone() {
    let server = TestDns::start(WORLD);
    let dns: Arc<dyn Resolver> = Arc::new(Live::at(server.addr()));
    assert!(dns.lookup(&name("example.de"), RecordType::Ns).await.is_ok());
}
