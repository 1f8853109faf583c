//! How many SPF checks one thread does a second, everything it asks being known already.
//!
//! ```text
//! cargo bench --bench spf -- CASES.tsv ADDR:PORT [ROUNDS]
//! ```
//!
//! A line of cases is `ip TAB helo TAB mail-from`. A first round, which is not timed, asks the DNS
//! server at ADDR:PORT. Without arguments, a small world of the bench's own takes its place.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::net::IpAddr;
use std::time::Instant;

use mailauth::dns::Resolver;
use mailauth::dns::cache::{Cached, DEFAULT_CONCURRENCY};
use mailauth::dns::live::Live;
use mailauth::dns::recording::Recording;
use mailauth::spf::{Evaluator, Params, SpfResult};

fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let rounds = arguments.get(2).map_or(20, |n| n.parse().unwrap());
    match &arguments[..] {
        [cases, server, ..] => {
            let live = Live::at(server.parse().unwrap());
            let cached = Cached::new(live, DEFAULT_CONCURRENCY);
            runtime.block_on(measure(&cached, &std::fs::read_to_string(cases).unwrap(), rounds));
            println!("{} DNS questions", cached.questions());
        }
        _ => {
            let cached = Cached::new(world(), DEFAULT_CONCURRENCY);
            let cases: String =
                (0..1000).map(|i| format!("192.0.2.{}\tmail.example.de\tu{i}@example.de\n", i % 256)).collect();
            runtime.block_on(measure(&cached, &cases, rounds));
        }
    }
}

async fn measure(dns: &dyn Resolver, cases: &str, rounds: usize) {
    let cases: Vec<(IpAddr, &str, &str)> = cases
        .lines()
        .map(|line| {
            let mut columns = line.split('\t');
            let ip = columns.next().unwrap().parse().unwrap();
            (ip, columns.next().unwrap(), columns.next().unwrap())
        })
        .collect();
    let evaluator = Evaluator::new();
    let (mut passed, mut began) = (0, Instant::now());
    for round in 0..=rounds {
        if round == 1 {
            (passed, began) = (0, Instant::now());
        }
        for (ip, helo, sender) in &cases {
            let outcome = evaluator.check_host(dns, &Params::new(*ip, Some(helo), Some(sender))).await;
            passed += usize::from(outcome.result == SpfResult::Pass);
        }
    }
    let (secs, checks) = (began.elapsed().as_secs_f64(), cases.len() * rounds);
    println!("{checks} checks, {passed} passed, {secs:.3} s, {:.0} checks/s", checks as f64 / secs);
}

fn world() -> Recording {
    let mut dns = Recording::closed_world();
    dns.txt("example.de", "v=spf1 mx a:mail.example.de include:_spf.example.net include:_spf.example.org -all");
    dns.txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/25 ip6:2001:db8::/32 ~all");
    dns.txt("_spf.example.org", "v=spf1 include:_a.example.org ip4:192.0.2.128/25 ~all");
    dns.txt("_a.example.org", "v=spf1 ip4:192.0.2.0/26 ~all");
    dns
}
