//! `mailauth verify` as users call it, against a DNS server on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/mod.rs"]
mod support;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use mailauth::dkim::keys::{Algorithm, PrivateKey};
use mailauth::dkim::{SignOptions, Signer};
use mailauth::dns::Name;
use mailauth::message::{self, Limits};
use serde_json::Value;
use support::{Behaviour, TestDns};

const MESSAGE: &str = "Received: from mail.example.de (mail.example.de [192.0.2.1]) by mx.example.org; \
    Mon, 5 Jan 2026 10:00:00 +0100\r\nFrom: A <max.muster@example.de>\r\nTo: b@example.org\r\nSubject: Hi\r\n\
    Date: Mon, 5 Jan 2026 10:00:00 +0100\r\nMessage-ID: <1@example.de>\r\n\r\nText\r\n";

struct Place {
    folder: tempfile::TempDir,
    dns: TestDns,
    key: PrivateKey,
}

impl Place {
    fn new() -> Self {
        let key = PrivateKey::generate(Algorithm::Ed25519, 0).unwrap().key;
        let record = key.public_key().record_value();
        let dns = TestDns::start(&format!(
            "s1._domainkey.example.de TXT \"{record}\"\nlost._domainkey.example.de TXT \"{record}\"\n\
             s1._domainkey.example.net TXT \"{record}\"\n\
             _dmarc.example.de TXT \"v=DMARC1; p=reject\"\nexample.de TXT \"v=spf1 ip4:192.0.2.1 -all\"\n\
             example.de A 192.0.2.1\n"
        ));
        dns.misbehave("lost._domainkey.example.de", Behaviour::ServFail);
        Self { folder: tempfile::tempdir().unwrap(), dns, key }
    }

    fn signed(&self, domain: &str, selector: &str) -> String {
        let (headers, mut body) = message::read(MESSAGE.as_bytes(), Limits::default()).unwrap();
        let options = SignOptions::new(Name::parse(domain).unwrap(), Name::parse(selector).unwrap(), 1_767_225_600);
        let mut signer = Signer::new(&headers, &[(&self.key, options)]).unwrap();
        while let Some(chunk) = body.next_chunk().unwrap() {
            signer.update(chunk);
        }
        String::from_utf8(signer.finish().unwrap()).unwrap() + MESSAGE
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str], input: &str) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mailauth"))
            .args(["verify", "--resolver", &self.dns.addr().to_string(), "--timeout", "2s"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let out = child.wait_with_output().unwrap();
        let text = |octets: Vec<u8>| String::from_utf8(octets).unwrap();
        (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
    }

    fn json(&self, arguments: &[&str], input: &str) -> (i32, Vec<Value>) {
        let (code, out, err) = self.run(&[arguments, &["--format", "json"]].concat(), input);
        let document: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out} {err}"));
        (code, document["messages"].as_array().unwrap().clone())
    }
}

fn rules(message: &Value) -> Vec<&str> {
    message["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect()
}

#[test]
fn a_good_message_authenticates() {
    let place = Place::new();
    let (code, messages) = place.json(&[], &place.signed("example.de", "s1"));
    let m = &messages[0];
    assert_eq!((code, m["authenticates"].as_bool()), (0, Some(true)), "{m:#}");
    assert_eq!(m["from"]["domain"], "example.de");
    assert_eq!((&m["dkim"][0]["result"], &m["dkim"][0]["crypto"]), (&"pass".into(), &"valid".into()));
    assert_eq!((&m["dmarc"]["result"], &m["dmarc"]["policy"]), (&"pass".into(), &"reject".into()));
    assert_eq!((&m["spf"], rules(m)), (&Value::Null, vec![]));
    assert!(m["authentication_results"].as_str().unwrap().starts_with("localhost; dkim=pass "), "{m:#}");
}

#[test]
fn text_hides_local_parts_and_json_does_not() {
    let place = Place::new();
    let message = place.signed("example.de", "s1");
    let (_, text, _) = place.run(&[], &message);
    assert!(text.contains("m…@example.de") && !text.contains("max.muster"), "{text}");
    assert!(place.run(&["--show-addresses"], &message).1.contains("max.muster@example.de"));
    assert_eq!(place.json(&[], &message).1[0]["from"]["address"], "max.muster@example.de");
}

#[test]
fn what_changed_is_named() {
    let place = Place::new();
    let message = place.signed("example.de", "s1");
    let (code, messages) = place.json(&[], &format!("{message}-- \r\nA footer\r\n"));
    assert_eq!((code, rules(&messages[0])), (1, vec!["msg-dkim-broken-footer"]));
    assert_eq!(messages[0]["dkim"][0]["reason"], "body-hash-mismatch");
    let (_, messages) = place.json(&[], &message.replace("Subject: Hi", "Subject: [EXTERN] Hi"));
    assert_eq!(rules(&messages[0]), ["msg-dkim-broken-subject"]);
    let (_, messages) = place.json(&[], &message.replace("To: b@", "To: c@"));
    assert_eq!(rules(&messages[0]), ["msg-dkim-broken-unknown"]);
    let (_, messages) = place.json(&[], &place.signed("example.net", "s1"));
    assert_eq!(rules(&messages[0]), ["msg-alignment"]);
    assert_eq!(messages[0]["dmarc"]["reason"], "spf-not-checked");
}

#[test]
fn spf_takes_the_client_from_the_call_or_the_trusted_host() {
    let place = Place::new();
    let called = ["--ip", "192.0.2.1", "--mail-from", "x@example.de"];
    let (code, messages) = place.json(&called, MESSAGE);
    assert_eq!((code, &messages[0]["spf"]["result"]), (0, &"pass".into()));
    assert_eq!(rules(&messages[0]), ["msg-dkim-unsigned"]);
    let returned = format!("Return-Path: <x@example.de>\r\n{MESSAGE}");
    let (code, messages) = place.json(&["--trust-received", "mx.example.org"], &returned);
    assert_eq!((code, &messages[0]["spf"]["identity"]), (0, &"mailfrom".into()));
    // A greeting alone says nothing of the sender; with the null sender it stands in for one.
    let greeting = ["--ip", "192.0.2.1", "--helo", "example.de"];
    let (code, messages) = place.json(&greeting, MESSAGE);
    assert_eq!((code, &messages[0]["dmarc"]["reason"]), (1, &"spf-not-checked".into()));
    let (code, messages) = place.json(&[&greeting[..], &["--mail-from", "<>"]].concat(), MESSAGE);
    assert_eq!((code, &messages[0]["dmarc"]["result"]), (0, &"pass".into()));
    // Many authors of one domain do not hide one of another.
    let crowd = "max.muster@example.de, ".repeat(100) + "ceo@bank.test";
    let crowd = MESSAGE.replace("A <max.muster@example.de>", &crowd);
    let (code, messages) = place.json(&called, &crowd);
    assert_eq!((code, &messages[0]["dmarc"]["reason"]), (1, &"from-several-domains".into()));
    let (code, messages) = place.json(&["--trust-received", "elsewhere.example.org"], &returned);
    assert_eq!((code, &messages[0]["spf"]), (1, &Value::Null));
}

#[test]
fn exit_codes_outweigh_each_other() {
    let place = Place::new();
    place.write("good.eml", &place.signed("example.de", "s1"));
    place.write("lost.eml", &place.signed("example.de", "lost"));
    place.write("bad.eml", &(place.signed("example.de", "s1") + "x\r\n"));
    for (files, code) in [
        (&["good.eml"][..], 0),
        (&["lost.eml", "good.eml"], 3),
        (&["lost.eml", "bad.eml"], 1),
        (&["lost.eml", "missing.eml", "good.eml"], 2),
    ] {
        let (got, messages) = place.json(files, "");
        assert_eq!(got, code, "{files:?}");
        assert_eq!(messages.len(), files.iter().filter(|f| **f != "missing.eml").count());
    }
    assert_eq!(place.json(&["--offline", "good.eml"], "").0, 3);
    let other = Place::new();
    assert_eq!(other.run(&[], "Subject: nobody\r\n\r\n").0, 1);
}

#[test]
fn many_messages_come_in_their_order() {
    let place = Place::new();
    for i in 0..100 {
        let end = if i % 7 == 0 { "changed\r\n" } else { "" };
        place.write(&format!("box/cur/{i:03}"), &(place.signed("example.de", "s1") + end));
    }
    let (code, out, _) = place.run(&["--format", "ndjson", "box"], "");
    assert_eq!(code, 1);
    for (i, line) in out.lines().enumerate() {
        let m: Value = serde_json::from_str(line).unwrap();
        assert!(m["source"].as_str().unwrap().ends_with(&format!("{i:03}")));
        assert_eq!(m["authenticates"], i % 7 != 0);
    }
    assert_eq!(out.lines().count(), 100);
    // One cache for all of them.
    assert_eq!(place.dns.count("s1._domainkey.example.de"), 1);
}

#[test]
fn an_mbox_on_standard_input_is_several_messages() {
    let place = Place::new();
    let one = place.signed("example.de", "s1").replace("\r\n", "\n");
    let mbox = format!("From a Mon Jan  5 10:00:00 2026\n{one}\nFrom b Mon Jan  5 10:00:00 2026\n{one}\n");
    let (code, messages) = place.json(&[], &mbox);
    assert_eq!(code, 0);
    let names: Vec<_> = messages.iter().map(|m| m["source"].as_str().unwrap()).collect();
    assert_eq!(names, ["-#1", "-#2"]);
}

#[test]
fn the_header_is_a_field() {
    let place = Place::new();
    let (_, out, _) =
        place.run(&["--format", "header", "--receiver", "mx.example.org"], &place.signed("example.de", "s1"));
    assert!(out.starts_with("Authentication-Results: mx.example.org;\n\tdkim=pass"), "{out}");
    assert!(out.lines().skip(1).all(|l| l.starts_with('\t')) && out.contains("dmarc=pass"), "{out}");
}
