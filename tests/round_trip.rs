//! The way of the desired state: `init` writes what is published, `record all` prints what the file asks for, and once
//! that is published, `check --config` has nothing against it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::TestDns;

/// As it is found: two senders, the key of one of them, a policy that only watches.
const FOUND: &str = r#"
praxis.example NS ns1.dns-haus.example
praxis.example A 5.45.100.10
praxis.example MX 10 mail.praxis.example
praxis.example TXT "v=spf1 ip4:5.45.100.20 include:_spf-eu.ionos.com ~all"
_dmarc.praxis.example TXT "v=DMARC1; p=none; rua=mailto:dmarc@praxis.example"
_smtp._tls.praxis.example TXT "v=TLSRPTv1; rua=mailto:tls@praxis.example"
"#;

/// What no configuration of the domain can ask for: hosts, others' records, the key that somebody else holds.
const AROUND: &str = r#"
mail.praxis.example A 5.45.100.20
20.100.45.5.in-addr.arpa PTR mail.praxis.example
ns1.dns-haus.example A 5.45.100.2
_spf-eu.ionos.com TXT "v=spf1 ip4:212.227.15.0/24 -all"
s1-ionos._domainkey.praxis.example TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
"#;

fn run(folder: &Path, dns: Option<&TestDns>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().current_dir(folder).args(arguments);
    if let Some(dns) = dns {
        command.args(["--timeout", "2s", "--retries", "0", "--resolver", &dns.addr().to_string()]);
    }
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(matches!(output.status.code(), Some(0)), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Records of the program's JSON as lines of the server.
fn publish(records: &Value) -> String {
    let mut lines = String::new();
    for record in records.as_array().unwrap() {
        let field = |name: &str| record[name].as_str().unwrap();
        let value = match field("type") {
            // Strings of at most 255 octets, as the wire has them.
            "TXT" => {
                let octets = field("value").as_bytes();
                let strings = octets.chunks(255).map(|part| format!("\"{}\"", std::str::from_utf8(part).unwrap()));
                strings.collect::<Vec<_>>().join(" ")
            }
            _ => field("value").to_owned(),
        };
        writeln!(lines, "{} {} {value}", field("name"), field("type")).unwrap();
    }
    lines
}

#[test]
fn what_is_found_is_written_published_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let before = TestDns::start(&format!("{FOUND}{AROUND}"));
    stdout(&run(folder.path(), Some(&before), &["init", "--domain", "praxis.example"]));

    // The admin adds a key of the practice's own and a policy that counts.
    stdout(&run(folder.path(), None, &["keygen", "--domain", "praxis.example", "--selector", "own", "--out-dir", "."]));
    let file = folder.path().join("mailauth.toml");
    let text = fs::read_to_string(&file).unwrap();
    let own = "dkim = [\n    { selector = \"own\", key = \"own._domainkey.praxis.example.pem\" },";
    let wanted = text.replacen("dkim = [", own, 1).replacen("policy = \"none\"", "policy = \"quarantine\"", 1);
    assert!(wanted.contains("\"own\"") && wanted.contains("quarantine"), "{text}");
    fs::write(&file, wanted).unwrap();

    // What is published is no longer what is wanted, and that is said.
    let check = ["check", "--config", "mailauth.toml", "--no-reputation", "--format", "json"];
    let drifted = run(folder.path(), Some(&before), &check);
    assert_eq!(drifted.status.code(), Some(1), "{drifted:?}");
    let drifted = String::from_utf8(drifted.stdout).unwrap();
    assert!(drifted.contains("\"dkim-key-missing\"") && drifted.contains("\"drift-differs\""), "{drifted}");

    // Published as printed.
    let records = run(folder.path(), None, &["record", "all", "--config", "mailauth.toml", "--format", "json"]);
    let document: Value = serde_json::from_str(&stdout(&records)).unwrap();
    let lines = publish(&document["records"]);
    for needed in ["praxis.example MX", "own._domainkey.praxis.example TXT", "v=spf1", "p=quarantine", "v=TLSRPTv1"] {
        assert!(lines.contains(needed), "{needed}: {lines}");
    }
    let address = "praxis.example A 5.45.100.10\npraxis.example NS ns1.dns-haus.example\n";
    let after = TestDns::start(&format!("{lines}{address}{AROUND}"));

    let clean = run(folder.path(), Some(&after), &check);
    let document: Value = serde_json::from_slice(&clean.stdout).unwrap();
    let domain = &document["domains"][0];
    let worse = domain["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] != "note");
    assert_eq!(worse.collect::<Vec<_>>(), [&Value::Null; 0]);
    assert!(!clean.stdout.windows(7).any(|piece| piece == b"\"drift-"));
    assert_eq!((clean.status.code(), domain["verdict"].as_str()), (Some(0), Some("pass")));
    assert_eq!(domain["dkim"]["keys"].as_array().unwrap().len(), 2);

    // What `init` now sees is what the file says.
    let again = tempfile::tempdir().unwrap();
    let arguments = ["init", "--domain", "praxis.example"];
    stdout(&run(again.path(), Some(&after), &arguments));
    let load = |path: &Path| mailauth::config::Config::load(&path.join("mailauth.toml")).unwrap().domains.remove(0);
    let (first, second) = (load(folder.path()), load(again.path()));
    assert_eq!((first.spf, first.dmarc, first.mx), (second.spf, second.dmarc, second.mx));
    assert_eq!((first.providers, first.ips, first.tls_rpt), (second.providers, second.ips, second.tls_rpt));
}
