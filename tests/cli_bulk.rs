//! `check` for many domains: results as they come, a real Ctrl-C in the middle, and `--resume`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use support::{Behaviour, TestDns};

const SIGINT: i32 = 2;

/// A run that does not outlive its test.
struct Run(Child);

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn world() -> TestDns {
    let lines: String = (0..6)
        .map(|i| {
            format!(
                "d{i}.example A 192.0.2.{i}\nd{i}.example MX 10 d{i}.example\nd{i}.example TXT v=spf1 mx -all\n\
                 _dmarc.d{i}.example TXT v=DMARC1; p=reject; rua=mailto:d@d{i}.example\n"
            )
        })
        .collect();
    TestDns::start(&lines)
}

fn check(dns: &TestDns, folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().current_dir(folder).arg("check").args(["--resolver", &dns.addr().to_string()]);
    command.args(["--format", "ndjson", "--fail-on", "never", "--timeout", "60s", "--deadline", "60s"]).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn domain(line: &str) -> String {
    serde_json::from_str::<Value>(line).unwrap()["domain"].as_str().unwrap().to_owned()
}

#[test]
fn a_signal_loses_no_finished_line_and_the_next_run_goes_on() {
    let dns = world();
    let folder = tempfile::tempdir().unwrap();
    // Its answer is waited for until the signal comes.
    dns.misbehave("d3.example", Behaviour::Timeout);
    let mut run = Run(check(&dns, folder.path(), &["--domains-file", "-"]).stdin(Stdio::piped()).spawn().unwrap());
    let mut input = run.0.stdin.take().unwrap();
    let mut output = BufReader::new(run.0.stdout.take().unwrap());
    let mut lines = String::new();
    // One at a time: a result comes although more domains may follow.
    for i in 0..3 {
        writeln!(input, "d{i}.example").unwrap();
        let from = lines.len();
        output.read_line(&mut lines).unwrap();
        assert_eq!(domain(&lines[from..]), format!("d{i}.example"));
    }
    writeln!(input, "d3.example\nd4.example").unwrap();
    // When d4 is asked for, d3 is under way.
    while dns.count("_dmarc.d4.example") == 0 {
        std::thread::yield_now();
    }
    let killed = Command::new("kill").args(["-INT", &run.0.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(run.0.wait().unwrap().signal(), Some(SIGINT));
    let mut rest = String::new();
    output.read_line(&mut rest).unwrap();
    assert_eq!(rest, "");

    let done = folder.path().join("done.ndjson");
    std::fs::write(&done, &lines).unwrap();
    std::fs::write(folder.path().join("all.txt"), (0..6).map(|i| format!("d{i}.example\n")).collect::<String>())
        .unwrap();
    dns.misbehave("d3.example", Behaviour::OneLink);
    let asked = dns.count("_dmarc.d0.example");
    let more = ["--domains-file", "all.txt", "--resume", "done.ndjson", "--output", "done.ndjson"];
    let out = check(&dns, folder.path(), &more).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(dns.count("_dmarc.d0.example"), asked);
    // The old lines stand as they were, the new ones behind them.
    let all = std::fs::read_to_string(&done).unwrap();
    assert!(all.starts_with(&lines));
    let domains: Vec<String> = all.lines().map(domain).collect();
    assert_eq!(domains, (0..6).map(|i| format!("d{i}.example")).collect::<Vec<_>>());
    // Nothing but the result: progress is for terminals.
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
}

#[test]
fn results_are_the_same_in_any_order() {
    let dns = world();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("all.txt"), "d4.example\nd1.example # one\nno domain\nd0.example\n").unwrap();
    let sorted = |more: &[&str]| {
        let out = check(&dns, folder.path(), more).output().unwrap();
        assert_eq!(out.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&out.stderr).contains("all.txt:3"));
        let text = String::from_utf8(out.stdout).unwrap();
        let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines.iter_mut().for_each(|line| line["dns"]["elapsed_ms"] = Value::Null);
        lines.sort_by_key(|line| line["domain"].to_string());
        lines
    };
    let ordered = sorted(&["--domains-file", "all.txt"]);
    assert_eq!(ordered.len(), 3);
    assert_eq!(ordered, sorted(&["--domains-file", "all.txt", "--unordered"]));
}
