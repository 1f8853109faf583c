//! `mailauth explain` as users call it, over the examples and over bounces, without any network.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/messages")
}

/// Exit code, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .arg("explain")
        .args(arguments)
        .current_dir(examples())
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

/// The exit code and the only message of the document.
fn json(arguments: &[&str]) -> (i32, Value) {
    let (code, out, err) = run(&[arguments, &["--format", "json"]].concat());
    let mut document: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out} {err}"));
    assert_eq!(document["schema"], "mailauth.explain/1");
    assert_eq!(document["messages"].as_array().unwrap().len(), 1);
    (code, document["messages"][0].take())
}

fn example(name: &str, more: &[&str]) -> (i32, Value) {
    let (message, dns) = (format!("{name}.eml"), format!("{name}.dns"));
    json(&[&[message.as_str(), "--replay-dns", &dns], more].concat())
}

fn rules(message: &Value, least: &str) -> Vec<String> {
    let worse = |s: &str| ["note", "warning", "error"].iter().position(|x| *x == s);
    let findings = message["findings"].as_array().unwrap().iter();
    let chosen = findings.filter(|f| worse(f["severity"].as_str().unwrap()) >= worse(least));
    chosen.map(|f| f["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_mailing_list_copy() {
    let (code, it) = example("mailing-list", &[]);
    assert_eq!((code, &it["verdict"], &it["receiver"]["id"]), (1, &"spam".into(), &"mailbox-org".into()));
    assert_eq!(rules(&it, "warning"), ["msg-dkim-broken-footer", "msg-dkim-broken-subject"]);
    assert_eq!(it["causes"], serde_json::json!(["msg-dkim-broken-footer", "msg-dkim-broken-subject"]));
    let notes = rules(&it, "note");
    assert!(["msg-hop-delay", "msg-receiver-verdict"].iter().all(|rule| notes.iter().any(|n| n == rule)), "{notes:?}");
    assert!(!notes.contains(&"msg-hop-plaintext".to_owned()));
    let hops = it["hops"].as_array().unwrap();
    assert_eq!((hops.len(), &hops[0]["delay_s"], &hops[0]["tls"]), (3, &755.into(), &true.into()));
    assert_eq!(hops[1]["time"], "2026-01-05T09:00:05Z");
}

#[test]
fn a_forwarded_copy() {
    let (code, it) = example("forwarded", &["--ip", "203.0.113.40", "--mail-from", "info@example-praxis.de"]);
    assert_eq!((code, &it["verdict"], &it["receiver"]["id"]), (0, &"delivered".into(), &"gmx-webde".into()));
    assert_eq!((&it["message"]["spf"]["result"], &it["message"]["dmarc"]["result"]), (&"fail".into(), &"pass".into()));
    assert_eq!(rules(&it, "warning"), Vec::<String>::new());
    let sender = ["--ip", "203.0.113.40", "--mail-from", "info@example-praxis.de"];
    let (_, text, _) = run(&[&["forwarded.eml", "--replay-dns", "forwarded.dns"][..], &sender].concat());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("as after forwarding"), "{text}");
}

#[test]
fn a_copy_that_microsoft_rewrote() {
    let (code, it) = example("microsoft", &[]);
    assert_eq!((code, &it["verdict"], &it["receiver"]["id"]), (0, &"delivered".into(), &"microsoft".into()));
    // The receiver broke the signature itself, after it had found it valid.
    assert_eq!(rules(&it, "warning"), ["msg-dkim-broken-footer"]);
    let (_, text, _) = run(&["microsoft.eml", "--replay-dns", "microsoft.dns"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("changed the message itself afterwards"), "{text}");
}

#[test]
fn a_newsletter() {
    let (code, it) = example("newsletter", &["--ip", "198.51.100.20", "--mail-from", "bounce-17@example.net"]);
    assert_eq!((code, &it["verdict"], &it["receiver"]["id"]), (1, &"spam".into(), &"gmail".into()));
    assert_eq!(it["causes"], serde_json::json!(["msg-alignment"]));
    assert_eq!((&it["message"]["spf"]["result"], &it["message"]["dmarc"]["result"]), (&"pass".into(), &"fail".into()));
    assert!(it["receiver"]["says"][0].as_str().unwrap().contains("example.net"));
}

#[test]
fn a_spoof_and_its_forged_trace() {
    let (code, it) = example("spoof", &[]);
    assert_eq!((code, &it["verdict"], &it["receiver"]["id"]), (1, &"spam".into(), &"t-online".into()));
    assert_eq!(rules(&it, "warning"), ["msg-dkim-unsigned", "msg-display-name-spoof"]);
    // The results that it brought along are not believed.
    assert!(!it["receiver"].to_string().contains("pass"), "{}", it["receiver"]);
    assert!(rules(&it, "note").contains(&"msg-hop-plaintext".to_owned()));
}

#[test]
fn signatures_are_judged_by_the_time_of_receipt() {
    // The signature of the example is older than the clock by far; no `--at` is given.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.eml");
    let read = fs::read_to_string(examples().join("newsletter.eml")).unwrap();
    // An expiry after the receipt breaks the signature, but is not what is told.
    fs::write(&path, read.replacen("DKIM-Signature: v=1;", "DKIM-Signature: v=1; x=1767605000;", 1)).unwrap();
    let arguments = [path.to_str().unwrap(), "--replay-dns", "newsletter.dns"];
    let reason = |more: &[&str]| json(&[&arguments[..], more].concat()).1["message"]["dkim"][0]["reason"].clone();
    assert_eq!(reason(&[]), "signature-mismatch");
    assert_eq!(reason(&["--at", "2026-06-01T00:00:00Z"]), "expired");
}

#[test]
fn a_key_that_is_gone_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let zone = folder.path().join("de.zone");
    let text = "$ORIGIN de.\n@ 300 IN SOA ns1 h 1 2 3 4 5\n@ 300 IN NS ns1\nns1 300 IN A 192.0.2.53\n\
        example-praxis 300 IN MX 10 mail.example-praxis\nmail.example-praxis 300 IN A 192.0.2.10\n\
        example-praxis 300 IN TXT \"v=spf1 ip4:192.0.2.10 ipv4:192.0.2.11 -all\"\n\
        _dmarc.example-praxis 300 IN TXT \"v=DMARC1; p=reject\"\n";
    fs::write(&zone, text).unwrap();
    let common = ["forwarded.eml", "--offline", "--zone", zone.to_str().unwrap()];
    let (code, it) = json(&common);
    assert_eq!((code, rules(&it, "error")), (1, vec!["dkim-key-missing".to_owned()]));
    assert_eq!(it["findings"][0]["subject"], "s202601._domainkey.example-praxis.de");
    let sender = ["--ip", "192.0.2.10", "--mail-from", "info@example-praxis.de"];
    let (_, it) = json(&[&common[..], &sender].concat());
    let found = rules(&it, "error");
    assert!(found.contains(&"spf-syntax".to_owned()) && found.len() == 2, "{found:?}");
}

#[test]
fn bounces_are_put_into_words() {
    let (code, it) = json(&[
        "--offline",
        "--bounce",
        "550-5.7.26 The MAIL FROM domain has an SPF record with a hard fail policy (-all) gsmtp",
    ]);
    assert_eq!((code, &it["verdict"], &it["message"]), (0, &"refused".into(), &Value::Null));
    let bounce = &it["bounce"];
    assert_eq!(
        (&bounce["code"], &bounce["enhanced"], &bounce["receiver"]),
        (&550.into(), &"5.7.26".into(), &"gmail".into())
    );
    assert!(bounce["meaning"].as_str().unwrap().contains("SPF"));
    let (_, it) = json(&["--offline", "--bounce", "hello"]);
    assert_eq!((&it["verdict"], &it["bounce"]["code"]), (&"unknown".into(), &Value::Null));
    let (_, text, _) =
        run(&["--offline", "--lang", "de", "--bounce", "554 IP=192.0.2.10 - None/bad reputation. (NOWL)"]);
    // Whom to write to is no secret.
    assert!(text.contains("T-Online") && text.contains("tobr@rx.t-online.de"), "{text}");
    assert!(text.contains("Reverse-DNS-Namen (PTR) [ptr-missing]"), "{text}");
}

#[test]
fn notifications_are_read_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.eml");
    let text = "From: MAILER-DAEMON@example.de\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\
        Date: Mon, 5 Jan 2026 10:00:00 +0100\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mail.example.de\r\n\r\nFinal-Recipient: rfc822; max.muster@outlook.com\r\nAction: failed\r\n\
        Status: 5.7.515\r\nRemote-MTA: dns; outlook-com.olc.protection.outlook.com\r\nDiagnostic-Code: smtp; 550 5.7.515 \
        Access denied, sending domain EXAMPLE.DE does not meet the required authentication level of max.muster@outlook.com\r\n\r\n--b--\r\n";
    fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    for arguments in [&["--offline", file][..], &["--offline", "--bounce", &format!("@{file}")]] {
        let (code, it) = json(arguments);
        assert_eq!((code, &it["verdict"], &it["bounce"]["receiver"]), (0, &"refused".into(), &"microsoft".into()));
        assert_eq!(it["bounce"]["enhanced"], "5.7.515");
        let (_, shown, _) = run(arguments);
        assert!(shown.contains("m…@outlook.com") && !shown.contains("max.muster"), "{shown}");
    }
    assert_eq!(run(&["--offline", "--bounce", "@missing"]).0, 2);
    assert_eq!(run(&["--offline", "missing.eml"]).0, 2);
}

#[test]
fn pages_keep_addresses_and_subjects_private() {
    for format in ["text", "html", "markdown"] {
        let arguments = ["newsletter.eml", "--replay-dns", "newsletter.dns", "--format", format];
        let (code, page, _) = run(&arguments);
        assert_eq!(code, 1);
        assert!(!page.contains("bounce-17") && !page.contains("info@") && !page.contains("Neues"), "{page}");
        assert!(!page.contains("said-") && !page.contains("explain-"), "{page}");
        let (_, page, _) = run(&[&arguments[..], &["--show-addresses"]].concat());
        assert!(page.contains("bounce-17"), "{page}");
    }
}

#[test]
fn both_languages_have_a_page() {
    for name in ["mailing-list", "forwarded", "microsoft", "newsletter", "spoof"] {
        let (message, dns) = (format!("{name}.eml"), format!("{name}.dns"));
        let page = |language| run(&[message.as_str(), "--replay-dns", &dns, "--lang", language]).1;
        let (english, german) = (page("en"), page("de"));
        assert!(english.contains("What the receiver said") && german.contains("Was der Empfänger sagte"), "{german}");
        assert!(!german.contains("said-") && !german.contains("explain-"), "{german}");
    }
}
