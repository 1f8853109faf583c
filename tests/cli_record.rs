//! `mailauth record` as its users call it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

use mailauth::dkim::keys::{Algorithm, PrivateKey};

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mailauth")).env_clear().current_dir(folder).args(args).output().unwrap()
}

fn record(args: &[&str]) -> Output {
    run(Path::new("."), &[&["record"], args].concat())
}

fn text(octets: &[u8]) -> String {
    String::from_utf8(octets.to_vec()).unwrap()
}

fn value(args: &[&str]) -> String {
    let out = record(&[args, &["--domain", "x.de", "--dns-format", "value"]].concat());
    assert_eq!(out.status.code(), Some(0), "{args:?}: {}", text(&out.stderr));
    text(&out.stdout).trim_end().to_owned()
}

#[test]
fn every_flag_has_its_place_in_the_record() {
    for (args, want) in [
        ("spf", "v=spf1 ~all"),
        (
            "spf --mx --a --ip4 192.0.2.0/24 --ip6 2001:db8::1 --include _spf.example.net --all fail",
            "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::1 a mx include:_spf.example.net -all",
        ),
        ("dmarc", "v=DMARC1; p=none"),
        (
            "dmarc --policy reject --subdomain-policy quarantine --nonexistent-policy reject --adkim s --aspf r \
          --rua mailto:a@x.de --rua mailto:b@x.de --ruf mailto:c@x.de --fo 1:d --test",
            "v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; aspf=r; rua=mailto:a@x.de,mailto:b@x.de; ruf=mailto:c@x.de; fo=1:d; t=y",
        ),
        ("tls-rpt --rua mailto:tls@x.de", "v=TLSRPTv1; rua=mailto:tls@x.de"),
        ("mta-sts --mode none --id 7", "v=STSv1; id=7"),
        ("parked", "0 .\nv=spf1 -all\nv=DMARC1; p=reject\nv=DKIM1; p="),
    ] {
        let args: Vec<&str> = args.split_whitespace().collect();
        assert_eq!(value(&args), want, "{args:?}");
    }
}

#[test]
fn the_policy_file_comes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["record", "mta-sts", "--domain", "x.de", "--mx", "mail.x.de", "--mx", "*.backup.x.de"];
    let policy = "version: STSv1\nmode: testing\nmx: mail.x.de\nmx: *.backup.x.de\nmax_age: 604800\n";
    let out = run(folder.path(), &[&args[..], &["--format", "json", "--dns-format", "route53"]].concat());
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(document["schema"], "mailauth.record/1");
    assert_eq!(document["policy_file"]["url"], "https://mta-sts.x.de/.well-known/mta-sts.txt");
    assert_eq!(document["policy_file"]["text"], policy);
    let out = run(folder.path(), &[&args[..], &["--policy-file", "mta-sts.txt"]].concat());
    assert!(text(&out.stdout).starts_with("_mta-sts.x.de. 3600 IN TXT \"v=STSv1; id="));
    assert!(text(&out.stderr).ends_with(policy), "{}", text(&out.stderr));
    assert_eq!(std::fs::read_to_string(folder.path().join("mta-sts.txt")).unwrap(), policy);
}

#[test]
fn remarks_go_by_language_and_quiet() {
    let args = ["dmarc", "--domain", "x.de", "--policy", "reject"];
    let said = |more: &[&str]| text(&record(&[&args[..], more].concat()).stderr);
    assert!(said(&[]).contains("Receivers refuse mail from x.de"));
    assert!(said(&["--lang", "de"]).contains("Empfänger lehnen E-Mails von x.de ab"));
    assert_eq!(said(&["--quiet"]), "");
}

#[test]
fn values_that_cannot_be_published_are_refused() {
    for (args, told) in [
        ("spf --ip4 5.45.100.300", "--ip4 5.45.100.300: not an IPv4"),
        ("spf --ip4 0.0.0.0/0", "whole internet"),
        ("spf --include x.de", "--include x.de"),
        ("spf --all pass", "fail, softfail, neutral"),
        ("dmarc --policy rejct", "'reject'"),
        ("dmarc --rua kein-uri", "--rua kein-uri"),
        ("dmarc --rua a@x.de", "mailto:a@x.de"),
        ("dmarc --fo x", "--fo x"),
        ("mta-sts", "--mx is missing"),
        ("mta-sts --mx mail.x.de --id a-b", "--id a-b"),
        ("mta-sts --mx mail.x.de --max-age 5y", "--max-age 5y"),
        ("tls-rpt", "--rua"),
        ("dkim --selector s --key not-there.pem", "not-there.pem"),
        ("all --config not-there.toml", "not-there.toml"),
        ("gibtsnicht", "gibtsnicht"),
    ] {
        let args: Vec<&str> = args.split_whitespace().chain(["--domain", "x.de"]).collect();
        let out = record(&args);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{args:?}");
        assert!(text(&out.stderr).contains(told), "{args:?}: {}", text(&out.stderr));
    }
    let out = record(&["spf", "--mx"]);
    assert!(out.status.code() == Some(2) && text(&out.stderr).contains("--domain"));
}

const WANTED: &str = r#"
[[domain]]
name = "praxis-eins.de"
providers = ["all-inkl", "migadu"]
ips = ["192.0.2.10", "2001:db8::10"]
mx = ["10 mail.praxis-eins.de"]
spf = { all = "fail", terms = ["a:web.praxis-eins.de"] }
dmarc = { policy = "quarantine", subdomain-policy = "reject", rua = ["mailto:dmarc@praxis-eins.de"] }
dkim = [{ selector = "s1", key = "keys/s1.pem" }, { selector = "fremd" }]
mta-sts = { mode = "enforce", max-age = "14d" }
tls-rpt = { rua = ["mailto:tls@praxis-eins.de"] }

[[domain]]
name = "praxis-zwei.de"
parked = true
"#;

#[test]
fn all_records_of_a_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    std::fs::create_dir(&keys).unwrap();
    let made = ["keygen", "--domain", "praxis-eins.de", "--selector", "s1", "--algorithm", "ed25519"];
    assert_eq!(run(&keys, &made).status.code(), Some(0));
    std::fs::rename(keys.join("s1._domainkey.praxis-eins.de.pem"), keys.join("s1.pem")).unwrap();
    std::fs::create_dir(folder.path().join("elsewhere")).unwrap();
    std::fs::write(folder.path().join("mailauth.toml"), WANTED).unwrap();
    let args = ["record", "all", "--config", "../mailauth.toml"];
    let all = |more: &[&str]| run(&folder.path().join("elsewhere"), &[&args[..], more].concat());

    let out = all(&["--format", "json"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let records: Vec<(String, String)> = document["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["name"].as_str().unwrap().to_owned(), r["value"].as_str().unwrap().to_owned()))
        .collect();
    let has = |name: &str, value: &str| {
        assert!(records.iter().any(|(n, v)| n == name && v.starts_with(value)), "{name} {value}: {records:?}");
    };
    assert_eq!(records.len(), 10);
    has("praxis-eins.de", "10 mail.praxis-eins.de");
    has(
        "praxis-eins.de",
        "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 a:web.praxis-eins.de include:spf.kasserver.com a mx -all",
    );
    has("s1._domainkey.praxis-eins.de", "v=DKIM1; k=ed25519; p=");
    has("_dmarc.praxis-eins.de", "v=DMARC1; p=quarantine; sp=reject; rua=mailto:dmarc@praxis-eins.de");
    has("_mta-sts.praxis-eins.de", "v=STSv1; id=");
    has("_smtp._tls.praxis-eins.de", "v=TLSRPTv1; rua=mailto:tls@praxis-eins.de");
    has("*._domainkey.praxis-zwei.de", "v=DKIM1; p=");
    assert!(document["policy_file"]["text"].as_str().unwrap().contains("mx: mail.praxis-eins.de\nmax_age: 1209600\n"));
    let said = text(&out.stderr);
    assert!(said.contains("Migadu") && said.contains("Selector fremd"), "{said}");

    let out = all(&["--domain", "praxis-zwei.de", "--dns-format", "nsupdate"]);
    let update = text(&out.stdout);
    assert!(update.contains("zone praxis-zwei.de") && !update.contains("praxis-eins"), "{update}");
    let out = all(&["--domain", "praxis-zwo.de"]);
    assert!(out.status.code() == Some(2) && text(&out.stderr).contains("praxis-zwei.de"), "{}", text(&out.stderr));
}

#[test]
fn a_configuration_that_cannot_be_published_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (lines, told) in [
        ("spf = { all = \"pass\" }", "spf.all pass"),
        ("spf = { terms = [\"ip4:1.2.3\"] }", "spf.terms"),
        ("spf = { terms = [\"-all\"] }", "spf.all"),
        ("spf = { terms = [\"include:x.de\"] }", "includes itself"),
        ("dmarc = { policy = \"rejct\" }", "dmarc.policy rejct"),
        ("dmarc = { rua = [\"a@x.de\"] }", "dmarc.rua a@x.de"),
        ("mx = [\"mail.x.de\"]", "10 mail.example.de"),
        ("mta-sts = { mode = \"enforce\" }", "mx ="),
        ("tls-rpt = {}", "tls-rpt.rua"),
        ("dkim = [{ selector = \"s1\", key = \"weg.pem\" }]", "weg.pem"),
        ("", "nothing to publish"),
    ] {
        std::fs::write(folder.path().join("m.toml"), format!("[[domain]]\nname = \"x.de\"\n{lines}\n")).unwrap();
        let out = run(folder.path(), &["record", "all", "--config", "m.toml"]);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{lines}");
        let said = text(&out.stderr);
        assert!(said.contains(told) && said.contains("m.toml"), "{lines}: {said}");
    }
}

#[test]
fn no_result_takes_the_place_of_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("c.pem");
    let pem = PrivateKey::generate(Algorithm::Ed25519, 0).unwrap().pem.to_string();
    std::fs::write(&key, &pem).unwrap();
    let toml = "[[domain]]\nname = \"x.de\"\ndkim = [{ selector = \"s\", key = \"c.pem\" }]\n";
    std::fs::write(folder.path().join("m.toml"), toml).unwrap();
    for args in [
        &["dkim", "--domain", "x.de", "--selector", "s", "--key", "c.pem", "-o", "c.pem"][..],
        &["dkim", "--domain", "x.de", "--selector", "s", "--key", "c.pem", "-o", "./c.pem"],
        &["all", "--config", "m.toml", "-o", "c.pem"],
    ] {
        let out = run(folder.path(), &[&["record"], args].concat());
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(text(&out.stderr).contains("private key"), "{args:?}: {}", text(&out.stderr));
        assert_eq!(std::fs::read_to_string(&key).unwrap(), pem);
    }
}
