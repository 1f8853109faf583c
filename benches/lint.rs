//! How fast zone files are linted, in MB/s and as a share of what SHA-256 over the same octets takes
//! in the same run, so that figures of different machines can be compared.
//!
//! `cargo bench --bench lint`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use mailauth::config::Config;
use mailauth::lint::lint;
use mailauth::zonefile::{LoadOptions, Source, ZoneSet};
use sha2::{Digest as _, Sha256};

const HEAD: &str = "$ORIGIN example-praxis.de.\n$TTL 3600\n\
    @ IN SOA ns1.dns-haus.net. hostmaster ( 1 7200 3600 1209600 3600 )\n\
    @ IN NS ns1.dns-haus.net.\n@ IN MX 10 mail\nmail IN A 5.45.100.20\n@ IN TXT \"v=spf1 mx -all\"\n\
    _dmarc IN TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example-praxis.de\"\n";

/// 100,000 records as a company or a hoster has them: hosts, aliases, services, tokens.
fn hosts() -> String {
    let mut zone = HEAD.to_owned();
    for i in 0..100_000_u32 {
        let (b, c, d) = (i >> 16, i >> 8 & 255, i & 255);
        match i % 20 {
            0..10 => writeln!(zone, "host{i}.unit{}\tIN\tA\t10.{b}.{c}.{d}", i % 50),
            10..14 => writeln!(zone, "host{i}.unit{} IN AAAA 2001:db8:{b:x}:{c:x}::{d:x}", i % 50),
            14..18 => writeln!(zone, "alias{i} IN CNAME host{i}.unit{}", i % 50),
            18 => writeln!(zone, "token{i} IN TXT \"site-verification={:064x}\"", u64::from(i) << 17),
            _ => writeln!(zone, "_sip{i}._tcp IN SRV 0 5 5060 host{i}"),
        }
        .unwrap();
    }
    zone
}

/// 10,000 names that are mail domains of their own, among 100,000 records.
fn mail_domains() -> String {
    let mut zone = HEAD.to_owned();
    for i in 0..10_000_u32 {
        let (c, d) = (i >> 8 & 255, i & 255);
        writeln!(zone, "kunde{i} IN MX 10 mail\nkunde{i} IN TXT \"v=spf1 ip4:5.45.{c}.{d} mx -all\"").unwrap();
        writeln!(zone, "_dmarc.kunde{i} IN TXT \"v=DMARC1; p=reject; rua=mailto:d@example-praxis.de\"").unwrap();
    }
    for i in 0..70_000_u32 {
        writeln!(zone, "host{i} IN A 10.1.{}.{}", i >> 8 & 255, i & 255).unwrap();
    }
    zone
}

/// The fastest of five.
fn fastest(mut run: impl FnMut()) -> Duration {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap()
}

fn main() {
    // `cargo test --benches` asks whether it runs, not how fast.
    let quick = std::env::args().any(|arg| arg == "--test");
    let config = Config::default();
    let today = jiff::civil::date(2026, 11, 23);
    for (name, text) in [("hosts", hosts()), ("mail domains", mail_domains())] {
        let text = if quick { HEAD.to_owned() } else { text };
        let load = || ZoneSet::load([Source::memory("zone.db", text.clone())], &LoadOptions::default());
        let yardstick = fastest(|| {
            black_box(Sha256::digest(&text));
        });
        let reading = fastest(|| drop(black_box(load())));
        let linting = fastest(|| drop(black_box(lint(load(), &config, today))));
        let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
        println!(
            "{name}: {:.1} MB; reading {:.0} MB/s, linting {:.0} MB/s, {:.2} of SHA-256 ({:.0} MB/s)",
            text.len() as f64 / 1e6,
            speed(reading),
            speed(linting),
            yardstick.as_secs_f64() / linting.as_secs_f64(),
            speed(yardstick),
        );
    }
}
