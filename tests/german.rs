//! German is German: no English sentence is left in what is shown with `--lang de`, whatever the command and format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/english.rs"]
mod english;
#[path = "support/world.rs"]
#[allow(dead_code)]
mod world;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use english::{left, visible};
use mailauth::locales::{Catalogue, Language};
use mailauth::render::Worded;
use mailauth::rules::{self, Judge, Source};
use world::{Case, run};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn mailauth(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .args(arguments)
        .current_dir(ROOT)
        .env("LC_ALL", "de_DE.UTF-8")
        .env_remove("MAILAUTH_CONFIG")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

/// Both streams of a call.
fn shown(arguments: &[&str]) -> String {
    let out = mailauth(arguments);
    let text = |octets: &[u8]| String::from_utf8(octets.to_vec()).unwrap();
    assert!(out.status.code().is_some_and(|code| code <= 3), "{arguments:?}");
    let stdout = text(&out.stdout);
    let stdout = if arguments.contains(&"html") { visible(&stdout) } else { stdout };
    format!("{stdout}\n{}", text(&out.stderr))
}

fn check(calls: &[Vec<&str>]) {
    let mut problems = Vec::new();
    for call in calls {
        let text = shown(call);
        assert!(text.trim().len() > 20, "{call:?} shows nothing: {text}");
        problems.extend(left(&call.join(" "), &text));
        // A message that is not there comes as its id, an argument that is not there in braces.
        let ids = ["{$", " error-", ": error-", "usage-", "fault-", "help-any", "help-value"];
        problems.extend(ids.iter().filter(|id| text.contains(**id)).map(|id| format!("{call:?}: {id} in {text}")));
    }
    assert!(problems.is_empty(), "{} lines:\n{}", problems.len(), problems.join("\n"));
}

fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(Path::new(ROOT).join(folder)).unwrap().map(|e| e.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == ending));
    found.sort();
    assert!(!found.is_empty(), "{folder}: no .{ending}");
    found.iter().map(|path| path.strip_prefix(ROOT).unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn the_judge_of_this_test_tells_english_from_german() {
    for line in ["The body hash does not match.", "  no record was found", "nicht gezählt: file is empty"] {
        assert!(!left("x", line).is_empty(), "{line}");
    }
    for line in ["Der Eintrag „v=spf1 this is it“ ist fehlerhaft.", "SPF besteht, DKIM scheitert", "v=spf1 is not"]
    {
        assert_eq!(left("x", line), Vec::<String>::new());
    }
}

#[test]
fn the_catalogues_are_german() {
    let mut problems = Vec::new();
    for folder in ["src/locales/de", "src/locales/de/rules"] {
        for file in files(folder, "ftl") {
            let text = fs::read_to_string(Path::new(ROOT).join(&file)).unwrap();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let value = line.split_once(" = ").map_or(line, |(_, value)| value);
                problems.extend(left(&file, &value.replace("->", "")));
            }
        }
    }
    assert!(problems.is_empty(), "{} lines:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_finding_of_the_case_files_is_german() {
    let catalogue = Catalogue::of(Language::De);
    let mut problems = Vec::new();
    for rule in rules::all().filter(|rule| !matches!(rule.judge, Judge::Message(_))) {
        let path = Path::new(ROOT).join("testdata/rules").join(format!("{}.yaml", rule.id));
        let cases: Vec<Case> = serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for case in &cases {
            for source in [Source::Zone, Source::Dns].into_iter().filter(|s| case.is_for(*s)) {
                for worded in Worded::all(&run(case, &case.world(), source), catalogue) {
                    let fix = worded.fix.as_ref().map(|fix| fix.text.as_str()).unwrap_or_default();
                    for text in [worded.title.as_str(), &worded.detail, fix] {
                        problems.extend(left(&format!("{} / {}", rule.id, case.name), text));
                    }
                }
            }
        }
    }
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "{} lines:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn help_is_german() {
    let mut calls: Vec<Vec<&str>> = vec![vec!["--help"]];
    for command in [
        "check",
        "lint",
        "keygen",
        "record",
        "spf",
        "sign",
        "verify",
        "report",
        "explain",
        "rules",
        "init",
        "man",
        "completions",
        "record dkim",
        "record spf",
        "record dmarc",
        "record mta-sts",
        "record tls-rpt",
        "record parked",
        "record all",
    ] {
        calls.push(command.split(' ').chain(["--help"]).collect());
        calls.push(["help"].into_iter().chain(command.split(' ')).collect());
    }
    check(&calls);
}

#[test]
fn zones_rules_and_records_are_german() {
    let zones: Vec<String> =
        files("examples/zones", "zone").into_iter().chain(files("testdata/zones", "zone")).collect();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let toml = folder.path().join("mailauth.toml");
    let toml = toml.to_str().unwrap();
    let key = folder.path().join("s1._domainkey.example-praxis.de.pem");
    let mut calls: Vec<Vec<&str>> = vec![vec!["rules"], vec!["rules", "--format", "markdown"]];
    calls.extend(zones.iter().map(|zone| vec!["lint", "--origin", "example-praxis.de", zone.as_str()]));
    for format in ["text", "html", "markdown", "junit"] {
        calls.push(vec![
            "check",
            "example-praxis.de",
            "--zone",
            "examples/zones/example-praxis.de.zone",
            "--offline",
            "--format",
            format,
        ]);
    }
    for format in ["text", "html"] {
        calls.push(vec![
            "spf",
            "example-praxis.de",
            "--zone",
            "examples/zones/example-praxis.de.zone",
            "--offline",
            "--format",
            format,
        ]);
        calls.push(vec![
            "spf",
            "a@example-praxis.de",
            "--ip",
            "192.0.2.1",
            "--zone",
            "examples/zones/example-praxis.de.zone",
            "--offline",
            "--format",
            format,
        ]);
    }
    let domain = ["--domain", "example-praxis.de"];
    for record in [
        vec!["spf", "--mx", "--include", "_spf.example.net"],
        vec!["dmarc", "--policy", "quarantine", "--rua", "mailto:a@example-praxis.de"],
        vec!["mta-sts", "--mx", "mail.example-praxis.de"],
        vec!["tls-rpt", "--rua", "mailto:a@example-praxis.de"],
        vec!["parked"],
    ] {
        calls.push(["record"].into_iter().chain(record).chain(domain).collect());
    }
    calls.push(["keygen", "--selector", "s1", "--out-dir", out].into_iter().chain(domain).collect());
    calls.push(
        ["record", "dkim", "--selector", "s1", "--testing", "--key", key.to_str().unwrap()]
            .into_iter()
            .chain(domain)
            .collect(),
    );
    calls.push(vec![
        "init",
        "-o",
        toml,
        "--domain",
        "example-praxis.de",
        "--zone",
        "examples/zones/example-praxis.de.zone",
        "--offline",
    ]);
    check(&calls);
    let written = fs::read_to_string(toml).unwrap();
    assert_eq!(left("mailauth.toml", &written), Vec::<String>::new());
}

#[test]
fn messages_and_reports_are_german() {
    let examples: Vec<(String, String)> =
        files("examples/messages", "eml").into_iter().map(|eml| (eml.clone(), eml.replace(".eml", ".dns"))).collect();
    let mut calls: Vec<Vec<&str>> = Vec::new();
    for (eml, dns) in &examples {
        for arguments in [vec!["verify"], vec!["verify", "--ip", "192.0.2.1"], vec!["explain"]] {
            calls.push(arguments.into_iter().chain([eml.as_str(), "--replay-dns", dns]).collect());
        }
        for format in ["html", "markdown"] {
            calls.push(vec!["explain", eml, "--replay-dns", dns, "--format", format]);
        }
    }
    let vectors = ["testdata/rfc6376/signed.eml", "testdata/rfc8463/signed.eml", "testdata/arc/two-sets.eml"];
    for eml in vectors {
        calls.push(vec!["verify", eml, "--offline"]);
        calls.push(vec!["explain", eml, "--offline"]);
    }
    for format in ["text", "html"] {
        calls.push(vec!["report", "testdata/reports", "--format", format]);
        calls.push(vec![
            "report",
            "testdata/reports/broken-count.xml",
            "Cargo.toml",
            "nowhere.xml",
            "--format",
            format,
        ]);
    }
    for bounce in [
        "550 5.7.26 Your email has been blocked because the sender is unauthenticated",
        "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
        "421 4.7.0 Try again later",
        "552 5.2.2 Mailbox full",
        "xyz",
    ] {
        calls.push(vec!["explain", "--bounce", bounce]);
    }
    check(&calls);
}

#[test]
fn what_is_wrong_with_a_call_is_german() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let key = file("key.toml", "fail_on = \"error\"\n");
    let value = file("value.toml", "fail-on = \"eror\"\n");
    let kind = file("kind.toml", "fail-on = 3\n");
    let syntax = file("syntax.toml", "x = [\n");
    let rule = file("rule.toml", "[rules]\nspf-mising = \"note\"\n");
    let zone = file("a.zone", "@ IN TXT \"v=spf1 -all\"\n");
    let long = file("long.eml", "no header at all");
    let keys = "testdata/keys/throw-away";
    let mut calls: Vec<Vec<String>> = Vec::new();
    for call in [
        "chek",
        "check",
        "check --foo x.de",
        "check --format pdf x.de",
        "check --timeout 5 x.de",
        "check --timeout",
        "check --retries 300 x.de",
        "check --concurrency 0 x.de",
        "check info@x.de",
        "check https://x.de/a",
        "check 5.45.100.1",
        "check a..de",
        "check x",
        "check --ip 1.2.3 x.de",
        "lint",
        "lint nowhere.zone",
        "lint src",
        "lint --record x",
        "lint a b --record x --name x.de",
        "check --config nowhere.toml",
        "check x.de --resolver foo://a",
        "check x.de --resolver 1.2.3.4:99999",
        "check x.de --resolver tls://1.2.3.4",
        "check x.de --connect-to a:b",
        "check x.de --connect-to a:1:b:2",
        "check x.de --ca-file nowhere",
        "check x.de --ca-file Cargo.toml",
        "check x.de --zone nowhere",
        "check x.de --replay-dns nowhere",
        "check x.de --replay-dns Cargo.toml",
        "check x.de --save-dns nowhere/x",
        "check x.de --baseline Cargo.toml",
        "check x.de --resume Cargo.toml",
        "record",
        "check x.de --output nowhere/x",
        "record spf",
        "record spf --domain x.de --ip4 300.1.1.1",
        "record spf --domain x.de --ip6 0::/0",
        "record spf --domain x.de --include x.de",
        "record spf --domain x..de",
        "record dmarc --domain x.de --rua a@b.de",
        "record dmarc --domain x.de --policy rejct",
        "record dmarc --domain x.de --fo x",
        "record mta-sts --domain x.de",
        "record mta-sts --domain x.de --mx a_ --id ü",
        "record tls-rpt --domain x.de",
        "record dkim --domain x.de --selector s --key nowhere",
        "keygen",
        "keygen --domain x.de --algorithm ed25519 --bits 2048",
        "keygen --domain x.de --bits 1",
        "sign",
        "keygen --domain x.de --out-dir nowhere",
        "sign --key nowhere",
        "sign --key nowhere --domain x.de --selector s",
        "sign --canonicalization x",
        "verify nowhere",
        "verify nowhere --at gestern",
        "spf <>",
        "spf x.de --ip foo",
        "spf a@",
        "explain nowhere",
        "report --since 5 --until 4 x",
        "rules spf-mising",
        "init -o Cargo.toml",
        "completions foo",
        "man Cargo.toml",
        "--quiet --verbose check x.de",
        "check x.de --lang fr",
        "spf --batch nowhere",
        "lint --origin",
        "check x.de --offline=ja",
    ] {
        calls.push(call.split(' ').map(str::to_owned).collect());
    }
    for config in [&key, &value, &kind, &syntax, &rule] {
        calls.push(vec!["check".into(), "--config".into(), config.clone()]);
    }
    calls.push(vec!["lint".into(), zone]);
    for pem in files(keys, "pem").into_iter().chain([long]) {
        calls
            .push(["record", "dkim", "--domain", "x.de", "--selector", "s", "--key", &pem].map(str::to_owned).to_vec());
        let sign = [
            "sign",
            "examples/messages/spoof.eml",
            "--domain",
            "x.de",
            "--selector",
            "s",
            "--header-only",
            "--key",
            &pem,
        ];
        calls.push(sign.map(str::to_owned).to_vec());
    }
    let calls: Vec<Vec<&str>> = calls.iter().map(|call| call.iter().map(String::as_str).collect()).collect();
    check(&calls);
}
