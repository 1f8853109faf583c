//! `check` on domains that are signed, not signed or wrongly signed: the signatures are validated here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::TestDns;
use support::signed::{Lost, Signed, Signing};

const D: &str = "praxis-weg.de";
const MAIL: &str = "mail.praxis-weg.de";
const TLSA: &str = "_25._tcp.mail.praxis-weg.de";

const WORLD: &str = "
praxis-weg.de A 5.45.100.10
praxis-weg.de MX 10 mail.praxis-weg.de
praxis-weg.de TXT v=spf1 ip4:5.45.100.20 -all
mail.praxis-weg.de A 5.45.100.20
mail.praxis-weg.de TXT v=spf1 a -all
_dmarc.praxis-weg.de TXT v=DMARC1; p=reject; rua=mailto:dmarc@praxis-weg.de
s1._domainkey.praxis-weg.de TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
_smtp._tls.praxis-weg.de TXT v=TLSRPTv1; rua=mailto:tls@praxis-weg.de
20.100.45.5.in-addr.arpa PTR mail.praxis-weg.de
";

/// A world whose zone is signed like this, and a folder with the root's key.
struct Scene {
    dns: TestDns,
    folder: tempfile::TempDir,
}

impl Scene {
    fn new(signed: Signed, nsec3: bool, more: &str) -> Self {
        Self::with(Signing::new([("de", Signed::Well), (D, signed), ("arpa", Signed::Not)], nsec3), more)
    }

    fn with_zones(zones: &[(&str, Signed)], more: &str) -> Self {
        Self::with(Signing::new(zones.iter().copied(), false), more)
    }

    fn with(signing: Signing, more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("root.key"), signing.anchor("")).unwrap();
        std::fs::write(folder.path().join("root.ds"), signing.digest("")).unwrap();
        std::fs::write(folder.path().join("zone.key"), signing.anchor(D)).unwrap();
        let dns = TestDns::start(&format!("{WORLD}{more}"));
        dns.sign(signing);
        Self { dns, folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
        command.env_clear().current_dir(self.path()).args(["check", D, "--no-reputation", "--selector", "s1"]);
        command.args(["--ip", "5.45.100.20", "--timeout", "2s"]).args(args).output().unwrap()
    }

    fn check(&self, args: &[&str]) -> (Value, i32) {
        let resolver = self.dns.addr().to_string();
        let always = ["--resolver", &resolver, "--format", "json"];
        let out = self.run(&[&always[..], args].concat());
        let text = String::from_utf8(out.stdout).unwrap();
        let document: Value =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}\n{}", String::from_utf8_lossy(&out.stderr)));
        (document["domains"][0].clone(), out.status.code().unwrap())
    }

    fn anchored(&self) -> (Value, i32) {
        self.check(&["--trust-anchor", "root.key"])
    }
}

/// State, by whose word, and the findings about DNSSEC and DANE.
fn told(document: &Value) -> (String, String, Vec<String>) {
    let text = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    let findings = document["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|f| ["dnssec", "dane"].iter().any(|p| text(&f["rule"]).starts_with(p)));
    let findings = findings.map(|f| format!("{} {}", text(&f["rule"]), text(&f["subject"])));
    (text(&document["dnssec"]["state"]), text(&document["dnssec"]["by"]), findings.collect())
}

fn detail(document: &Value, rule: &str) -> String {
    let list = document["findings"].as_array().unwrap();
    let found = list.iter().find(|f| f["rule"] == rule).unwrap_or_else(|| panic!("no {rule}"));
    found["detail"].as_str().unwrap().to_owned()
}

fn tuple(state: &str, by: &str, findings: &[&str]) -> (String, String, Vec<String>) {
    (state.to_owned(), by.to_owned(), findings.iter().map(|f| (*f).to_owned()).collect())
}

#[test]
fn signed_and_not_signed_zones_with_both_kinds_of_proof() {
    for nsec3 in [false, true] {
        let scene = Scene::new(Signed::Well, nsec3, "");
        let (document, exit) = scene.anchored();
        assert_eq!((told(&document), exit), (tuple("secure", "signatures", &[]), 0), "nsec3: {nsec3}");
        assert_eq!(document["dnssec"]["ad_bit"], "loopback");
        // Neither the digest of the root's key in its place nor the zone's own key makes a difference.
        for file in ["root.ds", "zone.key"] {
            assert_eq!(told(&scene.check(&["--trust-anchor", file]).0), tuple("secure", "signatures", &[]), "{file}");
        }
        let plain = Scene::new(Signed::Not, nsec3, "");
        let (document, exit) = plain.anchored();
        assert_eq!((told(&document), exit), (tuple("insecure", "signatures", &["dnssec-missing praxis-weg.de"]), 0));
        assert!(detail(&document, "dnssec-missing").contains("checked here"));
    }
}

#[test]
fn what_is_wrong_with_a_signature_is_said() {
    for (signed, why) in [
        (Signed::Expired, "expired on "),
        (Signed::Early, "valid only from "),
        (Signed::Wrong, "fits neither the records nor a key"),
        (Signed::Forgotten, "have no signature"),
        (Signed::OtherKey, "fits none of the keys that praxis-weg.de has"),
    ] {
        let scene = Scene::new(signed, false, "");
        let (document, exit) = scene.anchored();
        assert_eq!(
            (told(&document), exit),
            (tuple("bogus", "signatures", &["dnssec-bogus praxis-weg.de"]), 1),
            "{signed:?}"
        );
        assert!(detail(&document, "dnssec-bogus").contains(why), "{}", detail(&document, "dnssec-bogus"));
    }
    // One name is enough.
    let scene = Scene::new(Signed::Well, true, "");
    scene.dns.signing(|signing| signing.set("_dmarc.praxis-weg.de", Signed::Expired));
    let document = scene.anchored().0;
    assert_eq!(told(&document), tuple("bogus", "signatures", &["dnssec-bogus praxis-weg.de"]));
    assert!(detail(&document, "dnssec-bogus").contains("_dmarc.praxis-weg.de TXT expired"));
    // A resolver that validates refuses; why, the signatures tell.
    let scene = Scene::new(Signed::Expired, false, "");
    scene.dns.misbehave(D, support::Behaviour::Bogus);
    let document = scene.anchored().0;
    assert_eq!(told(&document), tuple("bogus", "checking-disabled", &["dnssec-bogus praxis-weg.de"]));
    assert!(detail(&document, "dnssec-bogus").contains("expired on "));
}

#[test]
fn without_signatures_the_ad_bit_counts_and_nothing_is_bogus() {
    let scene = Scene::new(Signed::Well, false, "");
    scene.dns.signing(|signing| signing.lose(Lost::Signatures));
    assert_eq!(told(&scene.anchored().0), tuple("insecure", "ad-bit", &["dnssec-missing praxis-weg.de"]));
    scene.dns.authenticate(D);
    assert_eq!(told(&scene.anchored().0), tuple("secure", "ad-bit", &[]));
    // One question shows that there are none.
    let asked = scene.dns.queries().into_iter().filter(|query| ["DS", "DNSKEY"].contains(&query.rtype.as_str()));
    let asked: Vec<_> = asked.map(|query| (query.name, query.rtype)).collect();
    assert_eq!(asked, vec![(D.to_owned(), "DS".to_owned()); 2]);
    // The keys of the real root do not vouch for this one.
    assert_eq!(told(&scene.check(&[]).0), tuple("secure", "ad-bit", &[]));
    // A forwarder that loses proofs makes nobody bogus.
    let scene = Scene::new(Signed::Not, true, "");
    scene.dns.signing(|signing| signing.lose(Lost::Proofs));
    assert_eq!(told(&scene.anchored().0), tuple("insecure", "ad-bit", &["dnssec-missing praxis-weg.de"]));
    // One that has no keys for anybody.
    let scene = Scene::new(Signed::Well, true, "");
    scene.dns.misbehave("", support::Behaviour::Refused);
    assert_eq!(told(&scene.anchored().0).1, "ad-bit");
    // A zone file says nothing about signatures, whoever is believed otherwise.
    let tlsa = "_25._tcp.mail TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3";
    let zone = format!("$ORIGIN {D}.\n$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ MX 10 mail\nmail A 5.45.100.20\n{tlsa}\n");
    std::fs::write(scene.path().join("new.zone"), zone).unwrap();
    let (document, _) = scene.check(&["--trust-anchor", "root.key", "--zone", "new.zone"]);
    assert_eq!(told(&document), tuple("indeterminate", "null", &[]));
}

#[test]
fn tlsa_records_are_worth_what_their_signatures_are() {
    let tlsa = format!("{TLSA} TYPE52 \\# 030101{}\n", "00".repeat(32));
    let without = "dane-without-dnssec _25._tcp.mail.praxis-weg.de";
    let scene = Scene::new(Signed::Well, false, &tlsa);
    assert_eq!(told(&scene.anchored().0), tuple("secure", "signatures", &[]));
    let plain = Scene::new(Signed::Not, false, &tlsa);
    assert_eq!(told(&plain.anchored().0), tuple("insecure", "signatures", &[without, "dnssec-missing praxis-weg.de"]));
    let bogus = "dnssec-bogus _25._tcp.mail.praxis-weg.de";
    scene.dns.signing(|signing| signing.set(TLSA, Signed::Expired));
    let (document, exit) = scene.anchored();
    assert_eq!((told(&document), exit), (tuple("secure", "signatures", &[bogus]), 1));
    assert!(detail(&document, "dnssec-bogus").contains("TLSA expired on "));
    // Signed records below an address that is not: senders do not ask for them.
    let mixed = Scene::with_zones(&[("de", Signed::Well), (D, Signed::Well), (MAIL, Signed::Not)], &tlsa);
    assert_eq!(told(&mixed.anchored().0).2, [without]);
    // Where the whole zone is wrong, it is said once.
    let expired = Scene::new(Signed::Expired, false, &tlsa);
    assert_eq!(told(&expired.anchored().0).2, ["dnssec-bogus praxis-weg.de"]);
    // A resolver that validates refuses the answer; senders that check DANE wait.
    let refused = Scene::new(Signed::Well, false, &tlsa);
    refused.dns.misbehave(TLSA, support::Behaviour::Bogus);
    refused.dns.signing(|signing| signing.set(TLSA, Signed::Wrong));
    assert_eq!(told(&refused.anchored().0).2, [bogus]);
}

#[test]
fn a_replay_has_the_verdicts_of_the_run() {
    let tlsa = format!("{TLSA} TYPE52 \\# 030101{}\n", "00".repeat(32));
    let scene = Scene::new(Signed::Expired, true, &tlsa);
    let live = scene.check(&["--trust-anchor", "root.key", "--save-dns", "run.ndjson"]);
    let out = scene.run(&["--format", "json", "--replay-dns", "run.ndjson"]);
    let again: Value = serde_json::from_slice(&out.stdout).unwrap();
    let mut again = again["domains"][0].clone();
    let mut first = live.0;
    for document in [&mut first, &mut again] {
        document["dns"] = Value::Null;
    }
    assert_eq!(first, again);
    assert_eq!(out.status.code(), Some(live.1));
}

#[test]
fn the_text_says_by_whose_word() {
    let scene = Scene::new(Signed::Well, true, "");
    let resolver = scene.dns.addr().to_string();
    for (lang, want) in
        [("en", "DNSSEC signed, signatures checked here"), ("de", "DNSSEC signiert, Signaturen hier geprüft")]
    {
        let out = scene.run(&["--resolver", &resolver, "--trust-anchor", "root.key", "--lang", lang]);
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(text.contains(want), "{text}");
    }
}

#[test]
fn files_that_are_no_trust_anchors_are_refused() {
    let scene = Scene::new(Signed::Well, true, "");
    std::fs::write(scene.path().join("bad.key"), "; nothing\n. IN NS a.root-servers.net.\n").unwrap();
    for (file, why) in [
        ("bad.key", "--trust-anchor bad.key: line 2: a record of type NS is no trust anchor"),
        ("none.key", "--trust-anchor none.key: "),
    ] {
        for command in ["check", "spf"] {
            let mut mailauth = Command::new(env!("CARGO_BIN_EXE_mailauth"));
            let mailauth = mailauth.env_clear().current_dir(scene.path()).args([command, D, "--offline"]);
            let out = mailauth.args(["--trust-anchor", file]).output().unwrap();
            let error = String::from_utf8(out.stderr).unwrap();
            assert_eq!(out.status.code(), Some(2), "{error}");
            assert!(error.contains(why), "{error}");
        }
    }
}
