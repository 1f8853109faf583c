//! `mailauth spf` as users see it, over a DNS server on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::{Behaviour, TestDns};

const WORLD: &str = r#"
example.de TXT "v=spf1 ip4:192.0.2.0/28 include:_spf.example.net exists:%{ir}.list.example.de exp=why.example.de -all"
example.de MX 10 mail.example.de
why.example.de TXT "%{i} is none of <b>ours</b>"
mail.example.de A 192.0.2.7
mail.example.de TXT "v=spf1 a -all"
_spf.example.net TXT "v=spf1 ip4:198.51.100.0/24 ~all"
soft.example.de TXT "v=spf1 ~all"
broken.example.de TXT "v=spf1 ipv4:192.0.2.1 -all"
slow.example.de TXT "v=spf1 a:silent.example.de -all"
long.example.de TXT "v=spf1 a a a a a a a a a a a -all"
long.example.de A 192.0.2.9
xn--bcher-kva.example TXT "v=spf1 -all"
"#;

fn run(dns: &TestDns, arguments: &[&str]) -> Output {
    command(dns, arguments).output().unwrap()
}

fn command(dns: &TestDns, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().arg("spf").args(arguments);
    command.args(["--timeout", "200ms", "--retries", "0", "--resolver", &dns.addr().to_string()]);
    command
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}

#[test]
fn results_and_exit_codes() {
    let dns = TestDns::start(WORLD);
    dns.misbehave("silent.example.de", Behaviour::Timeout);
    dns.misbehave("failing.example.de", Behaviour::ServFail);
    for (identity, ip, result, exit) in [
        ("info@example.de", "192.0.2.7", "pass", 0),
        ("<info@example.de>", "198.51.100.9", "pass", 0),
        ("example.de", "203.0.113.1", "fail", 1),
        ("soft.example.de", "203.0.113.1", "softfail", 1),
        ("broken.example.de", "192.0.2.1", "permerror", 1),
        ("long.example.de", "203.0.113.1", "permerror", 1),
        ("slow.example.de", "203.0.113.1", "temperror", 3),
        ("failing.example.de", "203.0.113.1", "temperror", 3),
        ("missing.example.de", "203.0.113.1", "none", 0),
        ("localhost", "203.0.113.1", "none", 0),
        ("a b@c", "203.0.113.1", "none", 0),
        ("x@[192.0.2.1]", "203.0.113.1", "none", 0),
        ("info@BÜCHER.example", "2001:db8::1", "fail", 1),
    ] {
        let output = run(&dns, &[identity, "--ip", ip, "--format", "json"]);
        let document = json(&output);
        assert_eq!(document["result"], result, "{identity}: {document}");
        assert_eq!(document["identity"], identity);
        assert_eq!(output.status.code(), Some(exit), "{identity}");
        for language in ["en", "de"] {
            let page = run(&dns, &[identity, "--ip", ip, "--lang", language]);
            assert_eq!(page.status.code(), Some(exit));
            assert!(text(&page).contains(result), "{}", text(&page));
        }
    }
    let document = json(&run(&dns, &["info@BÜCHER.example", "--ip", "2001:db8::1", "--format", "json"]));
    assert_eq!(document["domain"], "xn--bcher-kva.example");
}

#[test]
fn the_null_sender_is_checked_by_the_greeting_name() {
    let dns = TestDns::start(WORLD);
    let output = run(&dns, &["<>", "--helo", "mail.example.de", "--ip", "192.0.2.7", "--format", "json"]);
    let document = json(&output);
    assert_eq!((document["result"].as_str(), document["identity"].as_str()), (Some("pass"), Some("<>")));
    assert_eq!(
        (document["domain"].as_str(), document["helo"].as_str()),
        (Some("mail.example.de"), Some("mail.example.de"))
    );
    for bad in [&["<>", "--ip", "192.0.2.7"][..], &["", "--ip", "192.0.2.7"], &["<>"], &[], &["nonsense"]] {
        let output = run(&dns, bad);
        assert_eq!(output.status.code(), Some(2), "{bad:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{bad:?}");
    }
    for ip in ["fe80::1%eth0", "192.0.2", "x"] {
        assert_eq!(run(&dns, &["example.de", "--ip", ip]).status.code(), Some(2));
    }
}

#[test]
fn strangers_words_are_labelled_and_harmless() {
    let dns = TestDns::start(WORLD);
    let page = text(&run(&dns, &["example.de", "--ip", "203.0.113.1"]));
    assert!(page.contains("own words") && page.contains(r"203.0.113.1 is none of <b>ours</b>"), "{page}");
    assert!(!page.contains('\x1b'));
    let page = text(&run(&dns, &["example.de", "--ip", "203.0.113.1", "--format", "html"]));
    assert!(page.starts_with("<!doctype html>") && page.contains("&lt;b&gt;ours") && !page.contains("<b>"), "{page}");
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    let line = text(&run(&dns, &["example.de", "--ip", "203.0.113.1", "--format", "ndjson"]));
    assert_eq!(line.lines().count(), 1);
}

#[test]
fn the_tree_counts_and_sums() {
    let dns = TestDns::start(WORLD);
    let document = json(&run(&dns, &["info@example.de", "--format", "json"]));
    assert_eq!(document["schema"], "mailauth.spf-tree/1");
    assert_eq!((document["dns_lookups"].as_u64(), document["all"].as_str()), (Some(2), Some("-all")));
    assert_eq!(document["addresses"]["ipv4"], 16 + 256);
    assert_eq!(document["addresses"]["prefixes"][0], "192.0.2.0/28");
    assert_eq!(document["tree"]["terms"][1]["child"]["domain"], "_spf.example.net");
    let page = text(&run(&dns, &["long.example.de"]));
    assert!(page.contains("10/10\n") && page.contains("11/10  over the limit"), "{page}");
    let none = json(&run(&dns, &["missing.example.de", "--format", "json"]));
    assert_eq!((none["record"].as_str(), none["tree"].as_object()), (None, None));
    assert!(text(&run(&dns, &["example.de", "--lang", "de", "--format", "html"])).contains("lang=\"de\""));
}

#[test]
fn a_tree_that_nobody_answers_for_is_not_known() {
    let dns = TestDns::start(WORLD);
    dns.misbehave("failing.example.de", Behaviour::ServFail);
    assert_eq!(run(&dns, &["failing.example.de"]).status.code(), Some(3));
}

#[test]
fn batches_keep_the_order_and_go_on_after_bad_lines() {
    let dns = TestDns::start(WORLD);
    dns.misbehave("silent.example.de", Behaviour::TimeoutOnce);
    let mut lines = String::new();
    for i in 0..600 {
        lines.push_str(&match i % 4 {
            0 => format!("192.0.2.7\tmail.example.de\tu{i}@example.de\tpass\n"),
            1 => format!("203.0.113.{}\tx.example\tu{i}@soft.example.de\n", i % 250),
            2 => format!("192.0.2.7\tmail.example.de\t<>\t{i}\r\n"),
            _ => format!("nonsense\t\tu{i}@example.de\n"),
        });
    }
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.tsv"), folder.path().join("out.ndjson"));
    std::fs::write(&input, format!("203.0.113.1\tx.example\tslow@slow.example.de\n\n{lines}")).unwrap();
    std::fs::write(&output, "kept\n").unwrap();
    let done = run(&dns, &["--batch", input.to_str().unwrap(), "-o", output.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    let written = std::fs::read_to_string(&output).unwrap();
    let mut written = written.lines();
    assert_eq!(written.next(), Some("kept"));
    let documents: Vec<Value> = written.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 601);
    assert_eq!(documents[0]["result"], "temperror");
    for (i, document) in documents[1..].iter().enumerate() {
        let (key, value) = match i % 4 {
            0 => ("identity", format!("u{i}@example.de")),
            1 => ("result", "softfail".to_owned()),
            2 => ("identity", "<>".to_owned()),
            _ => ("error", "the first column is no IP address".to_owned()),
        };
        assert_eq!(document[key], value.as_str(), "{i}: {document}");
    }
    assert_eq!(documents[4]["line"], 6);
    // Each question once, whoever asks.
    assert_eq!(dns.count("example.de"), 1);
    assert_eq!(run(&dns, &["--batch", "/nowhere/at-all"]).status.code(), Some(2));
    assert_eq!(run(&dns, &["--batch", folder.path().to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(run(&dns, &["--batch", "-", "--format", "html"]).status.code(), Some(2));
    assert_eq!(run(&dns, &["example.de", "--batch", "-"]).status.code(), Some(2));
}

#[test]
fn a_batch_answers_line_by_line() {
    let dns = TestDns::start(WORLD);
    let mut child = command(&dns, &["--batch", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    for result in ["pass", "fail", "pass"] {
        let ip = if result == "pass" { "192.0.2.7" } else { "203.0.113.1" };
        writeln!(input, "{ip}\thelo.example\tinfo@example.de").unwrap();
        // The next line is written only after the answer to this one.
        let document: Value = serde_json::from_str(&output.next().unwrap().unwrap()).unwrap();
        assert_eq!(document["result"], result);
    }
    drop(input);
    assert!(output.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
