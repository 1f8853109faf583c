//! Chains that are right but for one thing, sealed by a sealer that writes what it is told: each case is signed
//! correctly for what it says, so that only what it says decides.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;

use super::*;
use crate::dkim::hash::{BodyHashRequest, HashAlgorithm, chosen_fields, header_data};
use crate::dkim::keys::{Algorithm, PrivateKey};
use crate::dns::recording::Recording;
use crate::message::{Limits, read};

const RESULTS: &str = "ARC-Authentication-Results: i={i}; relay.example; spf=pass";
const MESSAGE_SIGNATURE: &str = "ARC-Message-Signature: i={i}; a=rsa-sha256; c=relaxed/relaxed; d=relay.example; s=arc; \
    t=12345; h=from:to:subject; bh={bh}; b={b}";
const SEAL: &str = "ARC-Seal: i={i}; a=rsa-sha256; cv={cv}; d=relay.example; s=arc; t=12345; b={b}";
const MESSAGE: &str = "From: A <a@example.de>\r\nTo: b@example.org\r\nSubject: Hello  world\r\n\r\nGuten Tag \r\n\r\n";

/// What a set is made from.
#[derive(Clone)]
struct Templates {
    results: String,
    message_signature: String,
    seal: String,
}

impl Default for Templates {
    fn default() -> Self {
        Self { results: RESULTS.into(), message_signature: MESSAGE_SIGNATURE.into(), seal: SEAL.into() }
    }
}

fn key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateKey::generate(Algorithm::Rsa, 2048).unwrap().key)
}

fn base64(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// Where the value of `b=` is in a field.
fn b_span(field: &str) -> std::ops::Range<usize> {
    match field.find("{b}") {
        Some(start) => start..start + 3,
        None => field.len()..field.len(),
    }
}

fn value_start(field: &str) -> usize {
    field.find(':').unwrap() + 1
}

/// Puts one more set on top of a message.
fn seal(message: &str, i: usize, templates: &Templates) -> String {
    let cv = if i == 1 { "none" } else { "pass" };
    let fill = |template: &str| template.replace("{i}", &i.to_string()).replace("{cv}", cv) + "\r\n";
    let results = fill(&templates.results);
    let (headers, mut body) = read(message.as_bytes(), Limits::default()).unwrap();
    // The signature of the message.
    let field = fill(&templates.message_signature);
    let (signature, _, _) = Signature::parse(field[value_start(&field)..].trim_end().as_bytes(), Kind::ArcMessage);
    let modes = signature.canonicalization.unwrap_or_default();
    let mut hasher = BodyHasher::default();
    let request = BodyHashRequest { mode: modes.body, hash: HashAlgorithm::Sha256, length: None };
    hasher.request(request);
    while let Some(chunk) = body.next_chunk().unwrap() {
        hasher.update(chunk);
    }
    let field = field.replace("{bh}", &base64(&hasher.finish()[&request].digest));
    // With the results above the message, for those who sign them.
    let with_results = format!("{results}{message}");
    let (headers_now, _) = read(with_results.as_bytes(), Limits::default()).unwrap();
    let chosen = chosen_fields(&headers_now, &signature.signed_headers, None);
    let fields = chosen.iter().map(|(_, f)| (f.raw(&headers_now), f.value_offset()));
    let data = header_data(modes.header, fields, field.as_bytes(), value_start(&field), b_span(&field));
    let message_signature = field.replace("{b}", &base64(&key().sign(&data).unwrap()));
    // The seal: all sets so far, this one, and the seal itself.
    let mut data = Vec::new();
    for number in 1..i {
        for name in ["arc-authentication-results", "arc-message-signature", "arc-seal"] {
            let of_set = |f: &&Field| instance(&headers, f, canonical_name(name)) == u32::try_from(number).ok();
            if let Some(field) = headers.named(name).find(of_set) {
                header_field(Mode::Relaxed, field.raw(&headers), field.value_offset(), &mut data);
            }
        }
    }
    for field in [&results, &message_signature] {
        header_field(Mode::Relaxed, field.as_bytes(), value_start(field), &mut data);
    }
    let field = fill(&templates.seal);
    append_emptied(Mode::Relaxed, field.as_bytes(), value_start(&field), b_span(&field), &mut data);
    let seal = field.replace("{b}", &base64(&key().sign(&data).unwrap()));
    format!("{seal}{message_signature}{results}{message}")
}

fn canonical_name(name: &str) -> &'static str {
    match name {
        "arc-authentication-results" => "ARC-Authentication-Results",
        "arc-message-signature" => "ARC-Message-Signature",
        _ => "ARC-Seal",
    }
}

fn chain(sets: usize) -> String {
    (1..=sets).fold(MESSAGE.to_owned(), |message, i| seal(&message, i, &Templates::default()))
}

fn judge_with(message: &str, record: &str) -> ChainOutcome {
    let (headers, mut body) = read(message.as_bytes(), Limits::default()).unwrap();
    let mut hasher = BodyHasher::default();
    let chain = Chain::prepare(&headers, &mut hasher);
    while let Some(chunk) = body.next_chunk().unwrap() {
        hasher.update(chunk);
    }
    let mut dns = Recording::closed_world();
    dns.txt("arc._domainkey.relay.example", record);
    chain.judge(&hasher.finish(), &dns, &KeyCache::default()).now_or_never().unwrap()
}

fn judge(message: &str) -> ChainOutcome {
    judge_with(message, &format!("v=DKIM1; k=rsa; p={}", key().public_key().to_base64()))
}

fn passes(message: &str) -> bool {
    judge(message).result == ChainResult::Pass
}

#[test]
fn chains_of_any_length_up_to_fifty() {
    for sets in [1, 2, 3, 5] {
        let outcome = judge(&chain(sets));
        assert_eq!(
            (outcome.result, outcome.sets, outcome.oldest_pass),
            (ChainResult::Pass, sets, Some(0)),
            "{outcome:?}"
        );
    }
    let fifty = chain(50);
    assert!(passes(&fifty));
    let outcome = judge(&seal(&fifty, 51, &Templates::default()));
    assert_eq!(outcome.result, ChainResult::Fail);
}

/// RFC 8617 §4.1.3: the seal.
#[test]
fn what_a_seal_says() {
    for (from, to, expected) in [
        // The tag list (RFC 6376 §3.2).
        ("; cv", " ; cv", true),
        ("cv=", "cv = ", true),
        ("b={b}", "b={b};", true),
        ("s=arc", "s=arc; unknown=tag", true),
        ("s=arc", "s=arc; _=x", false),
        ("s=arc", "s=arc; s=arc", false),
        ("s=arc", "S=arc", false),
        ("s=arc;", "s=arc;;", false),
        ("s=arc;", ";s=arc;", false),
        // Instance, algorithm, state.
        ("i={i}; ", "", false),
        ("i={i}", "i=", false),
        ("i={i}", "i=0", false),
        ("i={i}", "i=a", false),
        ("i={i}", "i=51", false),
        ("a=rsa-sha256; ", "", false),
        ("a=rsa-sha256", "a=", false),
        ("a=rsa-sha256", "a=rsa-md5", false),
        ("a=rsa-sha256", "a=rsa-sha1", false),
        ("a=rsa-sha256", "a=RSA-SHA256", false),
        ("cv={cv}; ", "", false),
        ("cv={cv}", "cv=", false),
        ("cv={cv}", "cv=fail", false),
        ("cv={cv}", "cv=pass", false),
        ("cv={cv}", "cv=None", false),
        ("cv={cv}", "cv=invalid", false),
        // Signer, signature, time.
        ("d=relay.example; ", "", false),
        ("d=relay.example", "d=", false),
        ("d=relay.example", "d=relay..example", false),
        ("s=arc; ", "", false),
        ("s=arc", "s=", false),
        ("t=12345; ", "", true),
        ("t=12345", "t=", false),
        ("t=12345", "t=abc", false),
        ("; b={b}", "", false),
        ("b={b}", "b=", false),
        ("b={b}", "b=!{b}", false),
        // A seal covers no header fields of the message, and no body.
        ("s=arc", "s=arc; h=from", false),
    ] {
        let seal_template = SEAL.replacen(from, to, 1);
        assert_ne!(seal_template, SEAL, "{from}");
        let message = seal(MESSAGE, 1, &Templates { seal: seal_template, ..Templates::default() });
        assert_eq!(passes(&message), expected, "{to}: {:?}", judge(&message));
    }
}

/// RFC 8617 §4.1.2: the signature of the message is one of DKIM, but for `v=` and `i=`.
#[test]
fn what_a_message_signature_says() {
    for (from, to, expected) in [
        ("; a=", " ; a=", true),
        ("a=", "a = ", true),
        ("b={b}", "b={b};", true),
        ("s=arc", "s=arc; unknown=tag", true),
        // RFC 8617 §4.1.2: a version must be ignored.
        ("s=arc", "s=arc; v=7", true),
        ("s=arc", "s=arc; _=x", false),
        ("s=arc", "s=arc; s=arc", false),
        ("s=arc", "S=arc", false),
        ("s=arc;", "s=arc;;", false),
        ("i={i}; ", "", false),
        ("i={i}", "i=0", false),
        ("a=rsa-sha256; ", "", false),
        ("a=rsa-sha256", "a=", false),
        ("a=rsa-sha256", "a=rsa-md5", false),
        ("a=rsa-sha256", "a=rsa-sha1", false),
        // RFC 6376 §3.5: without c= both are simple.
        ("c=relaxed/relaxed; ", "", true),
        ("c=relaxed/relaxed", "c=simple/simple", true),
        ("c=relaxed/relaxed", "c=simple/relaxed", true),
        ("c=relaxed/relaxed", "c=relaxed/simple", true),
        ("c=relaxed/relaxed", "c=relaxed", true),
        ("c=relaxed/relaxed", "c=", false),
        ("c=relaxed/relaxed", "c=relaxed/nofws", false),
        ("d=relay.example; ", "", false),
        ("d=relay.example", "d=", false),
        ("s=arc; ", "", false),
        ("s=arc", "s=", false),
        ("t=12345; ", "", true),
        ("t=12345", "t=", false),
        ("t=12345", "t=abc", false),
        ("bh={bh}; ", "", false),
        ("bh={bh}", "bh=", false),
        ("bh={bh}", "bh=!{bh}", false),
        ("; b={b}", "", false),
        ("b={b}", "b=", false),
        ("h=from:to:subject; ", "", false),
        // RFC 6376 §3.5: h= must not be empty.
        ("h=from:to:subject", "h=", false),
        ("h=from:to", "h=from : to", true),
        ("h=from:to", "h=from\r\n : \r\n to", true),
        ("h=from:to", "h=FROM:tO", true),
        ("h=from:to", "h=to:from", true),
        ("h=from:to", "h=from:to:nosuch:nosuch:cc", true),
        ("h=from:to", "h=from:from:to", true),
        // Results may be signed, the signature names itself without effect.
        ("h=from:to", "h=from:to:arc-authentication-results", true),
        ("h=from:to", "h=from:to:arc-message-signature", true),
        ("h=from:to", "h=from:to:arc-seal", false),
        ("h=from:to", "h=from:to:authentication-results", false),
        ("h=from:to", "h=from:t o", false),
    ] {
        let template = MESSAGE_SIGNATURE.replacen(from, to, 1);
        assert_ne!(template, MESSAGE_SIGNATURE, "{from}");
        let message = seal(MESSAGE, 1, &Templates { message_signature: template, ..Templates::default() });
        assert_eq!(passes(&message), expected, "{to}: {:?}", judge(&message));
    }
}

/// RFC 8617 §4.1.1: `i=` comes first in the results.
#[test]
fn what_results_say() {
    for (from, to, expected) in [
        ("i={i};", "i = {i} ;", true),
        ("i={i};", "i={i};;", true),
        ("i={i}; ", "", false),
        ("i={i};", "i=2;", false),
        ("i={i};", "i={i}", false),
        ("i={i}; relay.example;", "relay.example; i={i};", false),
    ] {
        let results = RESULTS.replacen(from, to, 1);
        let message = seal(MESSAGE, 1, &Templates { results, ..Templates::default() });
        assert_eq!(passes(&message), expected, "{to}: {:?}", judge(&message));
    }
}

/// What may happen to a message on its way, and what may not.
#[test]
fn what_is_changed_after_sealing() {
    let sealed = chain(2);
    for (from, to, expected) in [
        // Relaxed canonicalisation (RFC 6376 §3.4.2, §3.4.4).
        ("ARC-Seal: ", "aRC-sEAL  :\t", true),
        ("ARC-Message-Signature: ", "arc-message-signature:", true),
        ("ARC-Authentication-Results: ", "arc-authentication-results:\r\n ", true),
        ("; cv=", ";\r\n\tcv=", true),
        ("; cv=", ";cv=", false),
        ("spf=pass\r\n", "spf=pass  \r\n", true),
        ("Subject: Hello  world", "SUBJECT :Hello\r\n\tworld  ", true),
        ("Guten Tag \r\n", "Guten \tTag\r\n\r\n", true),
        // Changes.
        ("spf=pass", "spf=fail", false),
        ("Subject: Hello", "Subject: hello", false),
        ("Guten", "Gutan", false),
        ("cv=pass", "cv=none", false),
        ("t=12345", "t=12346", false),
        ("From:", "From: c@example.de\r\nFrom:", true),
        ("To: b@example.org\r\n", "To: b@example.org\r\nTo: c@example.org\r\n", false),
        ("h=from:to", "h=to:from", false),
        ("ARC-Seal: i=2", "X-Seal: i=2", false),
        ("ARC-Seal: i=1", "X-Seal: i=1", false),
        ("ARC-Message-Signature: i=2", "X-Signature: i=2", false),
        ("ARC-Message-Signature: i=1", "X-Signature: i=1", false),
        ("ARC-Authentication-Results: i=1", "X-Results: i=1", false),
        ("ARC-Authentication-Results: i=2", "X-Results: i=2", false),
    ] {
        assert!(sealed.contains(from), "{from}");
        let changed = sealed.replacen(from, to, 1);
        assert_eq!(passes(&changed), expected, "{to}: {:?}", judge(&changed));
    }
    // A blank within base64 does not matter (RFC 6376 §2.10).
    let at = sealed.find("b=").unwrap() + 30;
    assert!(passes(&format!("{}\r\n  {}", &sealed[..at], &sealed[at..])));
    // A set, or a part of one, for the second time.
    let set: String = sealed.split_inclusive("\r\n").take(3).collect();
    for part in [set.as_str(), set.split_inclusive("\r\n").next().unwrap(), set.split_inclusive("\r\n").nth(2).unwrap()]
    {
        assert!(!passes(&format!("{part}{sealed}")), "{part}");
    }
    // The order of the sets' fields in the message is nobody's concern.
    let mut lines: Vec<&str> = sealed.split_inclusive("\r\n").collect();
    lines[..6].reverse();
    assert!(passes(&lines.concat()));
}

/// RFC 8617 §5.2: only the newest message signature has to hold, all seals do.
#[test]
fn older_message_signatures_may_break() {
    let changed = chain(1).replacen("Subject: Hello", "Subject: [list] Hello", 1);
    assert!(!passes(&changed));
    let outcome = judge(&seal(&changed, 2, &Templates::default()));
    assert_eq!((outcome.result, outcome.oldest_pass), (ChainResult::Pass, Some(2)), "{outcome:?}");
    let outcome = judge(&seal(&seal(&changed, 2, &Templates::default()), 3, &Templates::default()));
    assert_eq!((outcome.result, outcome.oldest_pass), (ChainResult::Pass, Some(2)), "{outcome:?}");
    // A set that is missing from below.
    let three = chain(3);
    let without: String =
        three.split_inclusive("\r\n").filter(|l| !l.starts_with("ARC-") || !l.contains("i=2;")).collect();
    assert_eq!(judge(&without).reason.as_deref(), Some("Set 2 is missing."));
    // RFC 8617 §5.1.2: one who finds a chain broken seals its own set alone.
    let broken = three.replacen("spf=pass", "spf=none", 1);
    let failed = Templates { seal: SEAL.replace("{cv}", "fail"), ..Templates::default() };
    let outcome = judge(&seal(&broken, 4, &failed));
    assert_eq!(outcome.reason.as_deref(), Some("Set 4 says that the chain had failed before it."));
}

#[test]
fn keys_of_chains() {
    let sealed = chain(1);
    let p = key().public_key().to_base64();
    for (record, expected) in [
        (format!("p={p}"), true),
        (format!("v=DKIM1; h=sha256; s=email; t=s; p={p}"), true),
        (format!("v=DKIM1; h=sha1; p={p}"), false),
        (format!("v=DKIM1; s=web; p={p}"), false),
        (format!("v=DKIM1; k=ed25519; p={p}"), false),
        ("v=DKIM1; p=".to_owned(), false),
        ("v=DKIM1; p=AAAA".to_owned(), false),
        ("v=spf1 -all".to_owned(), false),
    ] {
        assert_eq!(judge_with(&sealed, &record).result == ChainResult::Pass, expected, "{record}");
    }
}
