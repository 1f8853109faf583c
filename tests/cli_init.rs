//! `mailauth init` as users see it, over a DNS server on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use mailauth::config::Config;
use support::{Behaviour, TestDns};

const WORLD: &str = r#"
praxis.example MX 10 mx00.ionos.de
praxis.example MX 20 mail.praxis.example
praxis.example TXT "v=spf1 ip4:192.0.2.10 ip4:198.51.100.0/28 include:_spf-eu.ionos.com ?a:mail.praxis.example exp=why.praxis.example -all"
mail.praxis.example A 192.0.2.10
_dmarc.praxis.example TXT "v=DMARC1; p=quarantine; sp=reject; adkim=s; rua=mailto:dmarc@praxis.example,mailto:x@reports.example"
_mta-sts.praxis.example TXT "v=STSv1; id=20260101"
_smtp._tls.praxis.example TXT "v=TLSRPTv1; rua=mailto:tls@praxis.example"
s1-ionos._domainkey.praxis.example TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
parked.example MX 0 .
parked.example TXT "v=spf1 -all"
nasty.example MX 10 mail.nasty.example
nasty.example TXT "v=spf1 include:a.example why=\"]\\[rules -all"
_dmarc.nasty.example TXT "v=DMARC1; p=none; rua=mailto:a\"b\\c@x.example"
broken.example MX 10 mail.broken.example
broken.example TXT "v=spf1 ipv4:192.0.2.1 -all"
redirect.example MX 10 mail.redirect.example
redirect.example TXT "v=spf1 redirect=_spf.example.net"
"#;

fn run(folder: &Path, dns: Option<&TestDns>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().current_dir(folder).arg("init").args(arguments);
    if let Some(dns) = dns {
        command.args(["--timeout", "200ms", "--retries", "0", "--resolver", &dns.addr().to_string()]);
    }
    command.output().unwrap()
}

/// The file that `init --domain` writes, and what it says.
fn written(dns: &TestDns, domain: &str) -> (String, Config) {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), Some(dns), &["--domain", domain]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let path = folder.path().join("mailauth.toml");
    let config = Config::load(&path).unwrap();
    (std::fs::read_to_string(path).unwrap(), config)
}

#[test]
fn a_template_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["en", "de"] {
        let name = format!("{language}.toml");
        let output = run(folder.path(), None, &["-o", &name, "--lang", language]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(output.stdout.is_empty());
        assert_eq!(Config::load(&folder.path().join(&name)).unwrap().domains, []);
    }
    assert_eq!(run(folder.path(), None, &[]).status.code(), Some(0));
    let file = folder.path().join("mailauth.toml");
    std::fs::write(&file, "# mine\n").unwrap();
    let output = run(folder.path(), None, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("mailauth.toml"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\n");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path().join("link.toml")).unwrap();
        assert_eq!(run(folder.path(), None, &["-o", "link.toml"]).status.code(), Some(2));
    }
    assert_eq!(run(folder.path(), None, &["-o", "no/such/folder.toml"]).status.code(), Some(2));
}

#[test]
fn what_is_published_is_filled_in() {
    let dns = TestDns::start(WORLD);
    let (text, config) = written(&dns, "Praxis.example");
    let [domain] = &*config.domains else { panic!("{text}") };
    assert_eq!(domain.name, "praxis.example");
    assert_eq!(domain.mx.as_deref().unwrap(), ["10 mx00.ionos.de", "20 mail.praxis.example"]);
    assert_eq!(domain.providers, ["ionos"], "{text}");
    assert_eq!(domain.ips, ["192.0.2.10".parse::<std::net::IpAddr>().unwrap()]);
    let spf = domain.spf.as_ref().unwrap();
    assert_eq!(spf.all.as_deref(), Some("fail"));
    assert_eq!(spf.terms, ["ip4:198.51.100.0/28", "?a:mail.praxis.example", "exp=why.praxis.example"]);
    let dmarc = domain.dmarc.as_ref().unwrap();
    assert_eq!((dmarc.policy.as_deref(), dmarc.subdomain_policy.as_deref()), (Some("quarantine"), Some("reject")));
    assert_eq!(dmarc.adkim.as_deref(), Some("s"));
    assert_eq!(dmarc.rua, ["mailto:dmarc@praxis.example", "mailto:x@reports.example"]);
    assert_eq!(domain.dkim.iter().map(|key| key.selector.as_str()).collect::<Vec<_>>(), ["s1-ionos"]);
    assert_eq!(domain.mta_sts.as_ref().unwrap().id.as_deref(), Some("20260101"));
    assert_eq!(domain.tls_rpt.as_ref().unwrap().rua, ["mailto:tls@praxis.example"]);
}

#[test]
fn what_was_just_written_does_not_drift() {
    let dns = TestDns::start(WORLD);
    for domain in ["praxis.example", "parked.example", "nasty.example", "broken.example", "redirect.example"] {
        let folder = tempfile::tempdir().unwrap();
        assert!(run(folder.path(), Some(&dns), &["--domain", domain]).status.success());
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
        command.env_clear().current_dir(folder.path()).args(["check", "--config", "mailauth.toml", "--format", "json"]);
        command.args([
            "--no-reputation",
            "--timeout",
            "200ms",
            "--retries",
            "0",
            "--resolver",
            &dns.addr().to_string(),
        ]);
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&format!("\"domain\":\"{domain}\"")), "{text}");
        assert!(!text.contains("\"drift-"), "{text}");
    }
}

#[test]
fn odd_domains_are_said_as_they_are() {
    let dns = TestDns::start(WORLD);
    let (_, config) = written(&dns, "parked.example");
    assert!(config.domains[0].parked && config.domains[0].spf.is_none());
    let (text, config) = written(&dns, "nasty.example");
    assert_eq!(config.domains.len(), 1, "{text}");
    assert!(config.rules.is_empty());
    let (text, config) = written(&dns, "broken.example");
    assert!(config.domains[0].spf.is_none() && text.contains("# The SPF record is broken"), "{text}");
    let (text, config) = written(&dns, "redirect.example");
    assert!(config.domains[0].spf.is_none() && text.contains("redirect="), "{text}");
}

#[test]
fn without_an_answer_nothing_is_written() {
    let dns = TestDns::start(WORLD);
    dns.misbehave("silent.example", Behaviour::ServFail);
    let folder = tempfile::tempdir().unwrap();
    for (domain, exit) in [("missing.example", 2), ("silent.example", 3), ("a b", 2)] {
        let output = run(folder.path(), Some(&dns), &["--domain", domain]);
        assert_eq!(output.status.code(), Some(exit), "{domain}: {output:?}");
        assert!(!folder.path().join("mailauth.toml").exists());
    }
}
