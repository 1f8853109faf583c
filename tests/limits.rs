//! The bounds of docs/limits.md, through the commands: hostile input ends in a result or in an error that names it.
//!
//! Each run has so much memory and so much time of a processor; what takes more is killed and fails its test.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::{Behaviour, TestDns};

const HEAD: &str = "From: a@example.de\r\nTo: b@example.org\r\nSubject: x\r\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, octets: impl AsRef<[u8]>) -> String {
        fs::write(self.at(name), octets).unwrap();
        self.at(name).into_os_string().into_string().unwrap()
    }

    /// A file of so many zeros, which take no room.
    fn zeros(&self, name: &str, length: u64) -> String {
        File::create(self.at(name)).unwrap().set_len(length).unwrap();
        self.at(name).into_os_string().into_string().unwrap()
    }
}

/// Runs with 1 GiB of addresses and 60 s of a processor.
fn mailauth(arguments: &[&str]) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 1048576; ulimit -t 60; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_mailauth")]);
    let output = shell.args(arguments).env_clear().stdin(Stdio::null()).output().unwrap();
    assert!(matches!(output.status.code(), Some(0..=3)), "{arguments:?}: {:?} {}", output.status, said(&output));
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}

#[test]
fn what_never_ends_is_refused_wherever_a_file_is_named() {
    let place = Place::new();
    let zone = place.put("zone", "$ORIGIN example.de.\n@ 300 IN TXT \"v=spf1 -all\"\n");
    let mail = place.put("mail", format!("{HEAD}\r\nx\r\n"));
    let check = ["check", "example.de", "--zone", &zone, "--offline"];
    let calls: &[&[&str]] = &[
        &["verify", "--offline", "/dev/zero"],
        &["explain", "--offline", "/dev/zero"],
        &["report", "/dev/zero"],
        &["lint", "--origin", "example.de", "/dev/zero"],
        &["check", "example.de", "--zone", "/dev/zero", "--offline"],
        &["check", "--domains-file", "/dev/zero", "--offline"],
        &["spf", "--batch", "/dev/zero", "--offline"],
        &[&check[..], &["--config", "/dev/zero"]].concat(),
        &[&check[..], &["--ca-file", "/dev/zero"]].concat(),
        &[&check[..], &["--baseline", "/dev/zero"]].concat(),
        &[&check[..], &["--resume", "/dev/zero"]].concat(),
        &[&check[..2], &["--replay-dns", "/dev/zero"]].concat(),
        &["sign", "--key", "/dev/zero", "--domain", "example.de", "--selector", "s1", &mail],
    ];
    for call in calls {
        let output = mailauth(call);
        assert_eq!(output.status.code(), Some(2), "{call:?}: {}", said(&output));
        let all = said(&output) + &String::from_utf8_lossy(&output.stdout);
        assert!(all.contains("/dev/zero"), "{call:?} names it: {all}");
    }
    // A bounce is cut, not refused: its beginning says what it is.
    assert_eq!(mailauth(&["explain", "--offline", "--bounce", "@/dev/zero"]).status.code(), Some(0));
}

#[test]
fn files_that_are_too_large_are_refused_by_name() {
    let place = Place::new();
    let zone = place.put("zone", "$ORIGIN example.de.\n@ 300 IN TXT \"v=spf1 -all\"\n");
    let check = ["check", "example.de", "--zone", &zone, "--offline"];
    for (option, length) in [("--config", (1 << 20) + 1), ("--baseline", (64 << 20) + 1), ("--resume", (64 << 20) + 1)]
    {
        let file = place.zeros("large", length);
        let output = mailauth(&[&check[..], &[option, &file]].concat());
        assert_eq!(output.status.code(), Some(2), "{option}: {}", said(&output));
        assert!(said(&output).contains(&file), "{option}: {}", said(&output));
    }
    for (name, text) in [
        ("deep-config", format!("x = {}", "[".repeat(100_000))),
        ("dotted-config", format!("{} = 1", vec!["a"; 100_000].join("."))),
        ("inline-config", format!("x = {}", "{a=".repeat(100_000))),
    ] {
        let file = place.put(name, text);
        let output = mailauth(&[&check[..], &["--config", &file]].concat());
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(&file) && said(&output).len() < 4000, "{name}: {} octets", said(&output).len());
    }
    let deep = place.put("deep-baseline", "[".repeat(1_000_000));
    assert_eq!(mailauth(&[&check[..], &["--baseline", &deep]].concat()).status.code(), Some(2));
}

#[test]
fn messages_of_every_shape_are_read_to_an_end() {
    let place = Place::new();
    let deep: String =
        (0..20_000).map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")).collect();
    let many = |line: &str, count: usize| format!("{}{HEAD}\r\nx\r\n", line.repeat(count));
    let signature = "DKIM-Signature: v=1; a=rsa-sha256; d=example.de; s=s; h=from; bh=AA==; b=AA\r\n";
    let arc: String = (1..3000)
        .map(|i| {
            format!(
                "ARC-Seal: i={i}; a=rsa-sha256; cv=none; d=x.de; s=s; b=AA\r\nARC-Authentication-Results: i={i}; x\r\n"
            )
        })
        .collect();
    for (name, text) in [
        ("deep-mime", format!("{HEAD}{deep}")),
        ("fields", many("X-A: b\r\n", 100_000)),
        ("signatures", many(signature, 5000)),
        (
            "signed-names",
            many(
                &format!(
                    "DKIM-Signature: v=1; a=rsa-sha256; d=example.de; s=s; bh=AA==; b=AA; h=from{}\r\n",
                    ":from".repeat(200_000)
                ),
                1,
            ),
        ),
        (
            "tags",
            many(
                &format!("DKIM-Signature: v=1;{}\r\n", (0..50_000).map(|i| format!("a{i}=b;")).collect::<String>()),
                1,
            ),
        ),
        ("results", many("Authentication-Results: mx; dkim=fail header.d=x.de\r\n", 20_000)),
        ("comments", many(&format!("Authentication-Results: mx; {}\r\n", "(".repeat(1_000_000)), 1)),
        ("received", many("Received: from a (b [192.0.2.1]) by c; Mon, 05 Jan 2026 10:00:00 +0100\r\n", 20_000)),
        ("arc", format!("{arc}{HEAD}\r\nx\r\n")),
        ("from", format!("From: {}a@x.de\r\n\r\nx\r\n", "(".repeat(500_000))),
        ("addresses", format!("From: {}\r\n\r\nx\r\n", "a@x.de, ".repeat(50_000))),
        ("words", format!("From: {}<a@x.de>\r\n\r\nx\r\n", "=?utf-8?q?=41?= ".repeat(50_000))),
        ("nul", format!("{HEAD}X: \0\0\r\n\0\r\n\r\n{}", "\0".repeat(1 << 20))),
        ("empty-lines", format!("{HEAD}\r\n{}", "\n".repeat(2 << 20))),
        ("long-line", format!("{HEAD}\r\n{}", "a ".repeat(4 << 20))),
        ("carriage-returns", format!("{HEAD}\r\n{}", "\r".repeat(4 << 20))),
        ("separators", "From a Mon\n\n".repeat(200_000)),
        ("separators-in-a-row", "From a Mon\n".repeat(200_000)),
    ] {
        let file = place.put(name, text);
        for command in ["verify", "explain"] {
            let output = mailauth(&[command, "--offline", "--format", "json", &file]);
            assert!(output.stdout.len() < 4 << 20, "{command} {name}: {} octets", output.stdout.len());
            // A clear error, or a whole document.
            match output.status.code() {
                // A box of separators alone holds no message.
                Some(2) if name == "separators" => assert!(said(&output).contains("no message"), "{command} {name}"),
                Some(2) => assert!(said(&output).contains(&file), "{command} {name}: {}", said(&output)),
                _ => assert!(json(&output)["messages"].is_array(), "{command} {name}"),
            }
        }
    }
    let endless = place.put("endless", "a".repeat(9 << 20));
    assert!(said(&mailauth(&["verify", "--offline", &endless])).contains("header block longer than"));
    let fields = place.put("many-fields", many("a:b\n", 300_000));
    assert!(said(&mailauth(&["verify", "--offline", &fields])).contains("more than 250000 header fields"));
}

#[test]
fn zones_of_every_shape_are_linted_to_an_end() {
    let place = Place::new();
    let wide: String = (0..100)
        .map(|i| {
            let terms: String = (0..10).map(|k| format!(" include:s{}.example.de", (i * 10 + k) % 100)).collect();
            format!("s{i} 300 IN TXT \"v=spf1{terms} -all\"\n")
        })
        .collect();
    for (name, text) in [
        ("wide-trees", wide),
        (
            "deep-trees",
            (0..300).map(|i| format!("s{i} 300 IN TXT \"v=spf1 redirect=s{}.example.de\"\n", i + 1)).collect(),
        ),
        ("aliases", (0..5000).map(|i| format!("c{i} 300 IN CNAME c{}\n", (i + 1) % 5000)).collect()),
        ("exchangers", (0..3000).map(|i| format!("@ 300 IN MX 10 m{i}\nm{i} 300 IN A 192.0.2.1\n")).collect()),
        (
            "addresses",
            format!(
                "@ 300 IN TXT \"v=spf1 a -all\"\n{}",
                (0..5000).map(|i| format!("@ 300 IN A 5.{}.{}.1\n", i >> 8, i & 255)).collect::<String>()
            ),
        ),
        ("keys-at-a-name", (0..500).map(|i| format!("s1._domainkey 300 IN TXT \"v=DKIM1; p=AAAA{i}\"\n")).collect()),
        ("records-at-a-name", (0..2000).map(|i| format!("@ 300 IN TXT \"v=spf1 -all x{i}\"\n")).collect()),
        ("strings", format!("@ 300 IN TXT {}\n", "\"v=spf1 \" ".repeat(8000))),
        ("parentheses", format!("@ IN TXT {}", "(".repeat(500_000))),
        ("quotes", "\"".repeat(500_000)),
        ("backslashes", format!("@ IN TXT {}", "\\".repeat(500_000))),
        ("errors", "kaputt IN A x\n".repeat(50_000)),
        ("origins", "$ORIGIN a\n".repeat(100_000)),
        ("nul", "\0".repeat(1 << 20)),
        ("generate", "$GENERATE 0-4294967295 h$ A 192.0.2.1\n$GENERATE 1-65535 a${0,255,d} TXT \"x\"\n".repeat(20)),
        ("include", format!("$INCLUDE {}\n", place.at("include").display()).repeat(100)),
    ] {
        let file = place.put(name, text);
        let output = mailauth(&["lint", "--format", "json", "--origin", "example.de", &file]);
        match output.status.code() {
            Some(2) => assert!(said(&output).contains(&file), "{name}: {}", said(&output)),
            _ => assert!(json(&output)["findings"].is_array(), "{name}"),
        }
        assert!(output.stdout.len() < 64 << 20, "{name}: {} octets", output.stdout.len());
    }
}

#[test]
fn answers_of_thousands_of_records_and_servers_that_stall_end_in_a_verdict() {
    let many = |line: fn(usize) -> String| (0..2500).map(line).collect::<String>();
    let world = format!(
        "big.example TXT v=spf1 mx a:hosts.example include:txt.example -all\n{}{}{}{}",
        many(|i| format!("big.example MX 10 m{i}.example\nm{i}.example A 5.45.{}.{}\n", i >> 8, i & 255)),
        many(|i| format!("hosts.example A 5.46.{}.{}\n", i >> 8, i & 255)),
        many(|i| format!("txt.example TXT \"v=spf1 -all x{i}\"\n")),
        many(|i| format!("_dmarc.big.example TXT v=DMARC1; p=none; x{i}=1\n")),
    );
    let dns = TestDns::start(&world);
    let server = dns.addr().to_string();
    let ask = ["--resolver", &server, "--format", "json", "--timeout", "5s"];
    let output = mailauth(&[&["check", "big.example", "--no-reputation"], &ask[..]].concat());
    let document = json(&output);
    let queries = document["domains"][0]["dns"]["queries"].as_u64().unwrap();
    assert!((20..=500).contains(&queries) && dns.queries().len() <= 1000, "{queries} questions");
    for arguments in [&["spf", "big.example"][..], &["spf", "a@big.example", "--ip", "9.9.9.9"]] {
        let before = dns.queries().len();
        mailauth(&[arguments, &ask[..]].concat());
        assert!(dns.queries().len() - before <= 1000, "{arguments:?}");
    }
    // Nobody answers, and the deadline is shorter than a question's time.
    let stalled = TestDns::start("slow.example MX 10 mail.slow.example\n");
    for name in ["slow.example", "_dmarc.slow.example", "mail.slow.example"] {
        stalled.misbehave(name, Behaviour::Timeout);
    }
    let server = stalled.addr().to_string();
    let ask = ["--resolver", &server, "--format", "json", "--timeout", "60s", "--deadline", "200ms"];
    let output = mailauth(&[&["check", "slow.example"], &ask[..]].concat());
    assert_eq!((output.status.code(), json(&output)["domains"][0]["verdict"].as_str()), (Some(3), Some("unknown")));
}
