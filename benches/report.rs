//! How fast aggregate reports are summed up, in MB/s of XML and as a share of what SHA-256 over the same octets takes
//! in the same run, so that figures of different machines can be compared.
//!
//! `cargo bench --bench report`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use mailauth::reports::{Collector, Options};
use sha2::{Digest as _, Sha256};

/// A report with this many records, from as many addresses as fit into `senders`.
fn report(number: u64, records: u64, senders: u64) -> String {
    let begin = 1_767_225_600 + 86_400 * (number % 30);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback>\n  <version>1.0</version>\n  <report_metadata>\n    \
         <org_name>receiver{}.example</org_name>\n    <report_id>{number}.{begin}</report_id>\n    <date_range>\n      \
         <begin>{begin}</begin>\n      <end>{}</end>\n    </date_range>\n  </report_metadata>\n  <policy_published>\n    \
         <domain>example-praxis.de</domain>\n    <p>reject</p>\n  </policy_published>\n",
        number % 12,
        begin + 86_399
    );
    for i in 0..records {
        // Spread over the senders, without a generator of random numbers.
        let sender = (number * 7_919 + i).wrapping_mul(0x9e37_79b9_7f4a_7c15) % senders;
        let (dkim, spf) = (if i % 10 < 9 { "pass" } else { "fail" }, if i % 5 < 4 { "pass" } else { "fail" });
        write!(
            xml,
            "  <record>\n    <row>\n      <source_ip>198.{}.{}.{}</source_ip>\n      <count>{}</count>\n      \
             <policy_evaluated>\n        <disposition>none</disposition>\n        <dkim>{dkim}</dkim>\n        \
             <spf>{spf}</spf>\n      </policy_evaluated>\n    </row>\n    <identifiers>\n      \
             <envelope_from>bounce.example-praxis.de</envelope_from>\n      \
             <header_from>example-praxis.de</header_from>\n    </identifiers>\n    <auth_results>\n      <dkim>\n        \
             <domain>example-praxis.de</domain>\n        <selector>s{}</selector>\n        <result>{dkim}</result>\n      \
             </dkim>\n      <spf>\n        <domain>bounce.example-praxis.de</domain>\n        \
             <result>{spf}</result>\n      </spf>\n    </auth_results>\n  </record>\n",
            sender >> 16,
            sender >> 8 & 255,
            sender & 255,
            i % 499 + 1,
            i % 3 + 1
        )
        .unwrap();
    }
    xml + "</feedback>\n"
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
    let large = vec![report(1, if quick { 10 } else { 30_000 }, 20_000)];
    let many: Vec<String> = (0..if quick { 2 } else { 500 }).map(|n| report(n, n % 40 + 1, 20_000)).collect();
    for (name, xml, packed) in [("one large report", large, false), ("500 reports, gzip", many, true)] {
        let files: Vec<Vec<u8>> = xml.iter().map(|xml| if packed { gzip(xml) } else { xml.clone().into() }).collect();
        let yardstick = fastest(|| {
            for xml in &xml {
                black_box(Sha256::digest(xml));
            }
        });
        let time = |threads| {
            fastest(|| {
                let mut collector = Collector::new(Options { threads, ..Options::default() });
                for (number, file) in files.iter().enumerate() {
                    collector.add_reader(&number.to_string(), Cursor::new(file.clone()));
                }
                let summary = collector.finish();
                assert_eq!(summary.aggregate_reports, files.len() as u64);
                black_box(summary);
            })
        };
        let (one, all) = (time(Some(1)), time(None));
        let megabytes = xml.iter().map(String::len).sum::<usize>() as f64 / 1e6;
        println!(
            "{name}: {megabytes:.1} MB; one thread {:.0} MB/s, all {:.0} MB/s; one thread {:.2} of SHA-256 ({:.0} MB/s)",
            megabytes / one.as_secs_f64(),
            megabytes / all.as_secs_f64(),
            yardstick.as_secs_f64() / one.as_secs_f64(),
            megabytes / yardstick.as_secs_f64(),
        );
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}
