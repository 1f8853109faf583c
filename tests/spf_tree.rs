//! The tree of a domain's SPF record, and what is told of a check.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Mutex;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use mailauth::dns::recording::Recording;
use mailauth::dns::{DnsError, Lookup, Name, RecordData, RecordType, Resolver};
use mailauth::spf::{Bounds, Evaluator, Node, Params, SpfResult, Tree, check_host, received_spf, tree};
use proptest::prelude::*;

fn world(lines: &[&str]) -> Recording {
    let mut dns = Recording::closed_world();
    for line in lines {
        let (owner, rest) = line.split_once(' ').unwrap();
        let (kind, data) = rest.split_once(' ').unwrap();
        match kind {
            "TXT" => dns.txt(owner, data),
            "A" => dns.add(owner, RecordData::A(data.parse().unwrap())),
            "AAAA" => dns.add(owner, RecordData::Aaaa(data.parse().unwrap())),
            "MX" => dns.add(owner, RecordData::Mx { preference: 10, exchange: Name::parse(data).unwrap() }),
            "NS" => dns.add(owner, RecordData::Ns(Name::parse(data).unwrap())),
            "PTR" => dns.add(owner, RecordData::Ptr(Name::parse(data).unwrap())),
            other => panic!("{other}"),
        }
    }
    dns
}

fn draw(dns: &dyn Resolver, domain: &str) -> Tree {
    tree(dns, &Name::parse(domain).unwrap(), Bounds::default()).now_or_never().unwrap()
}

fn prefixes(tree: &Tree) -> Vec<String> {
    tree.addresses.prefixes.iter().map(ToString::to_string).collect()
}

/// Counts the questions that pass through.
struct Counting<R>(R, Mutex<Vec<(Name, RecordType)>>);

impl<R: Resolver> Resolver for Counting<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        self.1.lock().unwrap().push((name.clone(), rtype));
        self.0.lookup(name, rtype)
    }
}

#[test]
fn counts_and_addresses_of_a_whole_tree() {
    let dns = world(&[
        "x.de TXT v=spf1 a mx include:p.example ip4:5.45.100.0/25 ip4:5.45.100.128/25 ?ip4:9.9.9.9 redirect=r.example",
        "x.de A 192.0.2.1",
        "x.de MX m1.x.de",
        "x.de MX m2.x.de",
        "m1.x.de A 192.0.2.2",
        "m1.x.de AAAA 2001:db8::1",
        "p.example TXT v=spf1 ip4:198.51.100.0/24 include:q.example -all a:never.example",
        "q.example TXT v=spf1 ip6:2001:db8:1::/48 ?all",
        "r.example TXT v=spf1 a:gone.example exists:%{i}.l.example ~all",
    ]);
    let tree = draw(&dns, "x.de");
    // a, mx, include, include, redirect, a, exists; what follows -all is not counted.
    assert_eq!(tree.dns_lookups, 7);
    // m2.x.de and gone.example have no address in either family.
    assert_eq!(tree.void_lookups, 2);
    assert_eq!(tree.all.as_deref(), Some("~all"));
    assert_eq!(
        prefixes(&tree),
        ["5.45.100.0/24", "192.0.2.1/32", "192.0.2.2/32", "198.51.100.0/24", "2001:db8::1/128", "2001:db8:1::/48"]
    );
    assert_eq!((tree.addresses.ipv4, tree.addresses.ipv6_64s), (256 + 2 + 256, 1 + (1 << 16)));
    let hosts: Vec<String> = tree.hosts.iter().map(|h| h.address.to_string()).collect();
    assert_eq!(hosts, ["192.0.2.1", "192.0.2.2", "2001:db8::1"]);
    assert_eq!(tree.hosts[1].name.as_ref().unwrap().as_str(), "m1.x.de");
    let cumulative: Vec<u32> = tree.root.terms.iter().map(|t| t.cumulative).collect();
    assert_eq!(cumulative, [1, 2, 4, 4, 4, 4, 7]);
    let included = tree.root.terms[2].child.as_ref().unwrap();
    assert_eq!((included.dns_lookups, included.all.as_deref()), (1, Some("-all")));
    assert!(!tree.truncated);
    assert!(!included.terms[3].reached && included.terms[3].hosts.is_empty());
    let redirected = tree.root.terms[6].child.as_ref().unwrap();
    assert!(redirected.terms[1].unknown);
    let json = serde_json::to_string(&tree).unwrap();
    assert_eq!(serde_json::from_str::<Tree>(&json).unwrap(), tree);
}

#[test]
fn the_tree_goes_past_the_tenth_lookup() {
    let mut lines: Vec<String> = (0..12).map(|i| format!("i{i}.example TXT v=spf1 ip4:192.0.2.{i} ~all")).collect();
    lines.push(format!(
        "many.example TXT v=spf1 {} -all",
        (0..12).map(|i| format!("include:i{i}.example")).collect::<Vec<_>>().join(" ")
    ));
    lines.push("x.de TXT v=spf1 include:many.example mx -all".to_owned());
    lines.push("x.de MX mail.x.de".to_owned());
    lines.push("mail.x.de A 192.0.2.200".to_owned());
    let dns = world(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let tree = draw(&dns, "x.de");
    assert_eq!(tree.dns_lookups, 14);
    assert_eq!(tree.addresses.ipv4, 13);
    assert!(!tree.truncated);
    assert_eq!(
        check_host(&dns, &Params::new("192.0.2.200".parse().unwrap(), None, Some("a@x.de")))
            .now_or_never()
            .unwrap()
            .result,
        SpfResult::Permerror
    );
}

#[test]
fn circles_are_marked() {
    let dns = world(&[
        "x.de TXT v=spf1 include:a.example -all",
        "a.example TXT v=spf1 include:b.example ~all",
        "b.example TXT v=spf1 include:a.example ~all",
    ]);
    let tree = draw(&dns, "x.de");
    fn circle(node: &Node) -> Option<&Node> {
        if node.circular { Some(node) } else { node.terms.iter().filter_map(|t| t.child.as_deref()).find_map(circle) }
    }
    assert_eq!(circle(&tree.root).unwrap().domain.as_str(), "a.example");
    assert_eq!(tree.dns_lookups, 3);
}

#[test]
fn fan_outs_stay_within_bounds() {
    // Every name has eight includes of names of its own.
    struct FanOut;
    impl Resolver for FanOut {
        fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
            let mut dns = Recording::default();
            let text: String = (0..8).map(|i| format!(" include:{i}{}", name.as_str())).collect();
            if name.labels().next().is_some_and(|l| l.len() < 40) {
                dns.txt(name.as_str(), &format!("v=spf1{text} a:h{name} -all"));
            }
            let answer = dns.lookup(name, rtype).now_or_never().unwrap();
            futures_util::future::ready(answer).boxed()
        }
    }
    let dns = Counting(FanOut, Mutex::new(Vec::new()));
    let tree = draw(&dns, "x.de");
    let asked = dns.1.lock().unwrap();
    assert!(tree.truncated);
    assert!(asked.iter().filter(|(_, t)| *t == RecordType::Txt).count() <= 100);
    assert!(asked.len() <= 500);
    // The same few names over and over: few questions, and no more nodes than the bound.
    let lines: Vec<String> = (0..30)
        .map(|i| format!("d{i}.example TXT v=spf1{} -all", format!(" include:d{}.example", i + 1).repeat(9)))
        .collect();
    let dns = Counting(world(&lines.iter().map(String::as_str).collect::<Vec<_>>()), Mutex::new(Vec::new()));
    let tree = draw(&dns, "d0.example");
    assert!(tree.truncated && dns.1.lock().unwrap().len() < 40);
    fn nodes(node: &Node) -> usize {
        1 + node.terms.iter().filter_map(|t| t.child.as_deref()).map(nodes).sum::<usize>()
    }
    assert!(nodes(&tree.root) < 1000 + 30 * 9);
}

#[test]
fn records_that_repeat_each_other_are_drawn_once() {
    let many = |to: &str| format!("v=spf1{} -all", format!(" include:{to}").repeat(3000));
    let mut dns = world(&["c.x TXT v=spf1 ip4:192.0.2.1 exists:gone.x ~all"]);
    dns.txt("x.de", &many("a.x"));
    dns.txt("a.x", &many("b.x"));
    dns.txt("b.x", "v=spf1 include:c.x include:c.x -all");
    let tree = draw(&dns, "x.de");
    fn size(node: &Node) -> usize {
        node.terms.iter().map(|t| 1 + t.child.as_deref().map_or(0, size)).sum()
    }
    assert!(size(&tree.root) < 3001 + 3001 + 500);
    // What is not shown again counts all the same.
    let a = 3000 * (1 + 2 * (1 + 1));
    assert_eq!((tree.dns_lookups, tree.void_lookups), (3000 * (1 + a), 3000 * 3000 * 2));
    assert!(!tree.truncated);
    let last = tree.root.terms[2999].child.as_ref().unwrap();
    assert!(last.repeated && last.terms.is_empty() && last.dns_lookups == a);
    assert_eq!(tree.root.terms[2999].cumulative, tree.dns_lookups);
    assert_eq!((tree.addresses.ipv4, tree.hosts.len()), (1, 1));
    // Records of their own, each long.
    let mut dns = Recording::closed_world();
    dns.txt("x.de", &format!("v=spf1{} -all", (0..50).map(|i| format!(" include:i{i}.x")).collect::<String>()));
    for i in 0..50 {
        dns.txt(&format!("i{i}.x"), &format!("v=spf1{} -all", " ip4:192.0.2.1".repeat(4000)));
    }
    let tree = draw(&dns, "x.de");
    assert!(tree.truncated && size(&tree.root) <= 10_000);
}

#[test]
fn many_addresses_are_listed_within_bounds() {
    let mut dns = Recording::closed_world();
    dns.txt("x.de", &format!("v=spf1{} a:few.x -all", " a:many.x mx:many.x".repeat(500)));
    for i in 0..1500_u32 {
        dns.add("many.x", RecordData::A(std::net::Ipv4Addr::from(0x0a00_0000 + 2 * i)));
    }
    dns.add("many.x", RecordData::Mx { preference: 1, exchange: Name::parse("few.x").unwrap() });
    dns.add("few.x", RecordData::A("192.0.2.1".parse().unwrap()));
    let tree = draw(&dns, "x.de");
    assert!(tree.truncated);
    let listed: usize = tree.root.terms.iter().map(|t| t.addresses.len()).sum();
    assert!((1000..=10_000).contains(&listed));
    assert_eq!((tree.addresses.ipv4, tree.hosts.len(), tree.void_lookups), (1001, 1001, 0));
    assert!(tree.hosts.iter().all(|host| host.name.is_some()));
}

#[test]
fn missing_targets_tell_whether_anyone_can_register_them() {
    let dns = world(&[
        "x.de TXT v=spf1 include:spf.gone-dienst.de include:spf.there.de a:gone-too.de mx:b.there.de -all",
        "there.de NS ns.there.de",
    ]);
    let tree = draw(&dns, "x.de");
    let target = |i: usize| tree.root.terms[i].target.clone().unwrap();
    assert_eq!((target(0).missing, target(0).registered), (true, Some(false)));
    assert_eq!(target(0).registrable.unwrap().as_str(), "gone-dienst.de");
    assert_eq!((target(1).missing, target(1).registered), (true, Some(true)));
    assert_eq!((target(2).missing, target(2).registered), (true, Some(false)));
    assert_eq!((target(3).missing, target(3).registered), (true, Some(true)));
    assert_eq!(tree.root.terms[0].child.as_ref().unwrap().failure, Some(DnsError::NxDomain));
    assert_eq!(tree.void_lookups, 4);
}

#[test]
fn failures_stay_apart() {
    let mut dns = world(&["x.de TXT v=spf1 include:a.example mx -all", "x.de MX m.example"]);
    let name = |t: &str| Name::parse(t).unwrap();
    dns.set(name("a.example"), RecordType::Txt, Err(DnsError::ServFail));
    dns.set(name("m.example"), RecordType::Aaaa, Err(DnsError::Timeout));
    let tree = draw(&dns, "x.de");
    assert_eq!(tree.root.terms[0].failure, Some(DnsError::ServFail));
    assert_eq!(tree.root.terms[1].failure, Some(DnsError::Timeout));
    assert_eq!(tree.void_lookups, 0);
    assert_eq!(draw(&dns, "nowhere.example").root.failure, Some(DnsError::NxDomain));
}

#[test]
fn ranges_that_come_to_everything() {
    let dns = world(&[
        "x.de TXT v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 include:all.example ~all",
        "all.example TXT v=spf1 +all",
    ]);
    let tree = draw(&dns, "x.de");
    assert_eq!((tree.addresses.ipv4, tree.addresses.ipv6_64s), (1 << 32, u64::MAX));
    assert_eq!(prefixes(&tree), ["0.0.0.0/0", "::/0"]);
    assert_eq!(tree.all.as_deref(), Some("~all"));
}

#[test]
fn questions_are_those_of_the_path_alone() {
    let dns = Counting(
        world(&["x.de TXT v=spf1 ip4:192.0.2.1 include:a.example mx -all", "a.example TXT v=spf1 ip4:192.0.2.2 -all"]),
        Mutex::new(Vec::new()),
    );
    let evaluator = Evaluator::new();
    for (ip, questions) in [("192.0.2.1", 1), ("192.0.2.2", 2), ("192.0.2.3", 3), ("2001:db8::1", 3)] {
        dns.1.lock().unwrap().clear();
        let params = Params::new(ip.parse().unwrap(), Some("mail.x.de"), Some("a@x.de"));
        evaluator.check_host(&dns, &params).now_or_never().unwrap();
        assert_eq!(dns.1.lock().unwrap().len(), questions, "{ip}");
    }
}

#[test]
fn a_changed_record_is_read_again() {
    let evaluator = Evaluator::new();
    for (record, want) in [
        ("v=spf1 -all", SpfResult::Fail),
        ("v=spf1 -all", SpfResult::Fail),
        ("v=spf1 +all", SpfResult::Pass),
        ("v=spf1 foo", SpfResult::Permerror),
        ("no record", SpfResult::None),
    ] {
        let mut dns = Recording::closed_world();
        dns.txt("x.de", record);
        let params = Params::new("192.0.2.1".parse().unwrap(), None, Some("a@x.de"));
        assert_eq!(evaluator.check_host(&dns, &params).now_or_never().unwrap().result, want, "{record}");
    }
}

#[test]
fn the_trace_shows_the_way() {
    let dns = world(&[
        "x.de TXT v=spf1 include:a.example redirect=b.example",
        "a.example TXT v=spf1 a ~all",
        "b.example TXT v=spf1 -all",
    ]);
    let outcome =
        check_host(&dns, &Params::new("192.0.2.1".parse().unwrap(), None, Some("a@x.de"))).now_or_never().unwrap();
    assert_eq!(outcome.result, SpfResult::Fail);
    let trace = serde_json::to_value(&outcome.trace).unwrap();
    assert_eq!(
        trace,
        serde_json::json!([
            {"domain": "x.de", "term": "include:a.example", "result": "no-match", "lookups": 2, "children": [
                {"domain": "a.example", "term": "a", "result": "no-match", "lookups": 1, "children": []},
                {"domain": "a.example", "term": "~all", "result": "softfail", "lookups": 0, "children": []}]},
            {"domain": "x.de", "term": "redirect=b.example", "result": "fail", "lookups": 1, "children": [
                {"domain": "b.example", "term": "-all", "result": "fail", "lookups": 0, "children": []}]},
        ])
    );
    assert_eq!((outcome.mechanism.as_deref(), outcome.dns_lookups, outcome.void_lookups), (Some("-all"), 3, 1));
}

#[test]
fn received_spf_is_quoted_and_clean() {
    let dns = world(&["x.de TXT v=spf1 ip4:192.0.2.1 -all", "y.de TXT v=spf1 foo"]);
    let check = |ip: &str, helo: &'static str, sender: &'static str| {
        let ip = ip.parse().unwrap();
        let outcome = check_host(&dns, &Params::new(ip, Some(helo), Some(sender))).now_or_never().unwrap();
        received_spf(&outcome, ip, Some(helo), Some("mx.example"))
    };
    assert_eq!(
        check("192.0.2.1", "mail.x.de", "info@x.de"),
        "pass (mx.example: domain of info@x.de designates 192.0.2.1 as permitted sender) receiver=mx.example; \
         client-ip=192.0.2.1; envelope-from=\"info@x.de\"; helo=mail.x.de; identity=mailfrom; mechanism=\"ip4:192.0.2.1\""
    );
    let value = check("2001:db8::1", "evil\r\nX-Spam: no\"\\", "a\r\nb(@x.de");
    assert!(value.starts_with("fail (") && !value.contains(['\r', '\n']));
    assert!(
        value.contains("client-ip=\"2001:db8::1\"") && value.contains("helo=\"evil??X-Spam: no\\\"\\\\\""),
        "{value}"
    );
    assert!(check("192.0.2.1", "h.y.de", "a@y.de").contains("problem=\"the record of y.de is broken at \\\"foo\\\""));
}

proptest! {
    #[test]
    fn no_record_makes_a_check_fail_badly(record in "([+~?-]?(all|a|mx|include|redirect|exp|ptr|exists)?[:=/%{}dlsop0-9r.-]{0,8}(x\\.de)? ?){0,12}", sender in "\\PC{0,12}@?x\\.de", helo in "\\PC{0,20}", v6 in any::<bool>()) {
        let dns = world(&["x.de MX x.de", "x.de A 192.0.2.1", "1.2.0.192.in-addr.arpa PTR x.de"]);
        let mut dns = dns;
        dns.txt("x.de", &format!("v=spf1 {record}"));
        let ip = if v6 { "2001:db8::1" } else { "192.0.2.1" }.parse().unwrap();
        let outcome = check_host(&dns, &Params::new(ip, Some(&helo), Some(&sender))).now_or_never().unwrap();
        prop_assert!(outcome.dns_lookups <= 10 && outcome.void_lookups <= 3);
        let value = received_spf(&outcome, ip, Some(&helo), None);
        prop_assert!(!value.contains(|c: char| c.is_control()));
        let _ = draw(&dns, "x.de");
    }
}
