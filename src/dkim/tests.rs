//! Signing and verifying against each other, and against the vectors of the RFCs.

use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use proptest::prelude::*;
use rsa::pkcs1v15::SigningKey as OldKey;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use rsa::{RsaPrivateKey, pkcs8::EncodePublicKey as _};

use super::canonical::{Canonicalization, Mode};
use super::hash::HashAlgorithm;
use super::sign::{SignError, SignOptions, Signer, SigningKey};
use super::signature::Algorithm;
use super::verify::{Coverage, Crypto, Options, Outcome, Reason, SignatureResult, Verifier};
use crate::dns::recording::Recording;
use crate::dns::{DnsError, Name, RecordType};
use crate::message::{self, Headers};

const NOW: u64 = 1_767_225_600;
const MESSAGE: &[u8] =
    b"Received: by x\r\nFrom: A <a@example.de>\r\nTo: b@example.org\r\nSubject: Hello\r\n  world\r\n\
    Date: Mon, 05 Jan 2026 10:00:00 +0100\r\nMessage-ID: <1@example.de>\r\n\r\nGuten  Tag \r\n\r\nBye\r\n\r\n";

#[allow(clippy::large_enum_variant)]
enum TestKey {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
    /// Short or with SHA-1: what only tests sign with.
    Old(RsaPrivateKey, Algorithm),
}

impl SigningKey for TestKey {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa(_) => Algorithm::RsaSha256,
            Self::Ed25519(_) => Algorithm::Ed25519Sha256,
            Self::Old(_, algorithm) => *algorithm,
        }
    }

    fn sign(&self, data: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature).unwrap();
                signature
            }
            Self::Ed25519(key) => {
                let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, data);
                key.sign(digest.as_ref()).as_ref().to_vec()
            }
            Self::Old(key, Algorithm::RsaSha1) => OldKey::<sha1::Sha1>::new(key.clone()).sign(data).to_vec(),
            Self::Old(key, _) => OldKey::<sha2::Sha256>::new(key.clone()).sign(data).to_vec(),
        })
    }
}

impl TestKey {
    fn record(&self) -> String {
        match self {
            Self::Rsa(key) => format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(key.public_key())),
            Self::Ed25519(key) => format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(key.public_key())),
            Self::Old(key, _) => {
                let der = key.to_public_key().to_public_key_der().unwrap();
                format!("v=DKIM1; p={}", STANDARD.encode(der.as_bytes()))
            }
        }
    }
}

fn rsa_key() -> &'static TestKey {
    static KEY: OnceLock<TestKey> = OnceLock::new();
    KEY.get_or_init(|| TestKey::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()))
}

fn ed_key() -> &'static TestKey {
    static KEY: OnceLock<TestKey> = OnceLock::new();
    KEY.get_or_init(|| TestKey::Ed25519(Ed25519KeyPair::generate().unwrap()))
}

fn options(selector: &str) -> SignOptions {
    SignOptions::new(Name::parse("example.de").unwrap(), Name::parse(selector).unwrap(), NOW)
}

fn split(message: &[u8]) -> (Headers, Vec<u8>) {
    let (headers, mut body) = message::read(message, message::Limits::default()).unwrap();
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut body, &mut rest).unwrap();
    (headers, rest)
}

fn sign(message: &[u8], keys: &[(&dyn SigningKey, SignOptions)]) -> Result<Vec<u8>, SignError> {
    let (headers, body) = split(message);
    let mut signer = Signer::new(&headers, keys)?;
    signer.update(&body);
    Ok([signer.finish()?, message.to_vec()].concat())
}

fn signed() -> Vec<u8> {
    sign(MESSAGE, &[(rsa_key(), options("s1"))]).unwrap()
}

fn dns() -> Recording {
    let mut dns = Recording::closed_world();
    dns.txt("s1._domainkey.example.de", &rsa_key().record());
    dns.txt("s2._domainkey.example.de", &ed_key().record());
    dns
}

fn verify_with(message: &[u8], dns: &Recording, options: Options) -> Vec<SignatureResult> {
    let (headers, body) = split(message);
    let mut verifier = Verifier::new(&headers, options);
    for chunk in body.chunks(7) {
        verifier.update(chunk);
    }
    verifier.finish(dns).now_or_never().unwrap()
}

fn verify(message: &[u8], dns: &Recording) -> Vec<SignatureResult> {
    verify_with(message, dns, Options::new(NOW))
}

/// `result reason crypto` of the first signature.
fn verdict(message: &[u8], dns: &Recording) -> String {
    let results = verify(message, dns);
    let r = &results[0];
    let reason = r.reason.map_or("-", Reason::as_str);
    let crypto = serde_json::to_string(&r.crypto).unwrap();
    assert!(r.detail.ends_with('.'), "{}", r.detail);
    format!("{} {reason} {}", r.result, crypto.trim_matches('"'))
}

fn replaced(message: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(message.to_vec()).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn rfc_vectors() {
    let mut dns = Recording::closed_world();
    dns.txt("brisbane._domainkey.example.com", include_str!("../../testdata/rfc6376/key.txt").trim());
    dns.txt("brisbane._domainkey.football.example.com", include_str!("../../testdata/rfc8463/brisbane.txt").trim());
    dns.txt("test._domainkey.football.example.com", include_str!("../../testdata/rfc8463/test.txt").trim());
    let crlf: [&[u8]; 2] =
        [include_bytes!("../../testdata/rfc6376/signed.eml"), include_bytes!("../../testdata/rfc8463/signed.eml")];
    for (message, count) in crlf.into_iter().zip([1, 2]) {
        let lf: Vec<u8> = message.iter().copied().filter(|&b| b != b'\r').collect();
        for message in [message, &lf] {
            let results = verify(message, &dns);
            assert_eq!(results.len(), count);
            for result in results {
                assert_eq!((result.result, result.crypto), (Outcome::Pass, Crypto::Valid), "{}", result.detail);
            }
        }
    }
}

#[test]
fn empty_bodies() {
    for (mode, expected) in [
        (Mode::Simple, "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="),
        (Mode::Relaxed, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ] {
        let mut context = HashAlgorithm::Sha256.context();
        context.update(&super::canonical::body(mode, b""));
        assert_eq!(STANDARD.encode(context.finish()), expected);
    }
}

#[test]
fn what_is_signed_verifies() {
    let both: [(&dyn SigningKey, SignOptions); 2] = [(rsa_key(), options("s1")), (ed_key(), options("s2"))];
    let message = sign(MESSAGE, &both).unwrap();
    let results = verify(&message, &dns());
    assert_eq!(results.len(), 2);
    assert!(results.iter().all(|r| r.result == Outcome::Pass), "{results:?}");
    assert_eq!((results[0].key_bits, results[1].key_bits), (Some(2048), Some(256)));
    assert_eq!(results[0].coverage.addable, [""; 0]);
    let names = "From From To To Cc Subject Subject Reply-To Date Date Message-ID Message-ID";
    assert_eq!(results[0].signature.signed_headers.join(" "), names);
    // Lines as the message has them, and short.
    assert!(message.split(|&b| b == b'\n').all(|l| l.len() < 79 && l.last().is_none_or(|&b| b == b'\r')));
    let lf: Vec<u8> = MESSAGE.iter().copied().filter(|&b| b != b'\r').collect();
    let message = sign(&lf, &both).unwrap();
    assert!(!message.contains(&b'\r'));
    assert!(verify(&message, &dns()).iter().all(|r| r.result == Outcome::Pass));
}

#[test]
fn signing_refuses() {
    let try_with = |message: &[u8], change: &dyn Fn(&mut SignOptions)| {
        let mut options = options("s1");
        change(&mut options);
        sign(message, &[(rsa_key(), options)]).map(|_| ()).map_err(|e| e.to_string())
    };
    let err = |text: &str| Err(text.to_owned());
    assert_eq!(try_with(b"To: a@b.de\r\n\r\n", &|_| {}), err("the message has no From field"));
    assert_eq!(try_with(b"From: a@b.de\r\nfrom : c@d.de\r\n\r\n", &|_| {}), err("the message has 2 From fields"));
    assert_eq!(
        try_with(MESSAGE, &|o| o.headers = Some(vec!["To".into()])),
        err("the list of header fields does not name From")
    );
    assert!(try_with(MESSAGE, &|o| o.headers = Some(vec!["From".into(), "a\r\nb".into()])).is_err());
    assert!(try_with(MESSAGE, &|o| o.identity = Some("x@fremd.de".into())).is_err());
    assert!(try_with(MESSAGE, &|o| o.identity = Some("x@notexample.de".into())).is_err());
    assert!(try_with(MESSAGE, &|o| o.domain = Name::parse("a;b=c.de").unwrap()).is_err());
    assert_eq!(try_with(MESSAGE, &|o| o.identity = Some("ä; x\r\n@mail.example.de".into())), Ok(()));
}

#[test]
fn reasons() {
    let good = signed();
    let dns = dns();
    assert_eq!(verdict(&good, &dns), "pass - valid");
    for (from, to, expected) in [
        ("Bye", "Buy", "fail body-hash-mismatch invalid"),
        ("Hello", "Hallo", "fail signature-mismatch invalid"),
        ("Received: by x\r\n", "From: b@x.de\r\n", "fail signature-mismatch invalid"),
        ("Received: by x\r\n", "Cc: b@x.de\r\n", "fail signature-mismatch invalid"),
        ("Received: by x", "Received: by y", "pass - valid"),
        ("Guten  Tag", "Guten Tag  ", "pass - valid"),
        ("v=1", "v=2", "permerror unsupported-version unchecked"),
        ("a=rsa-sha256", "a=rsa-sha512", "permerror unsupported-algorithm unchecked"),
        ("h=From:From", "h=Form:Form", "permerror from-not-signed invalid"),
        ("s=s1", "s=s3", "permerror key-not-found unchecked"),
        ("d=example.de", "d=", "permerror signature-syntax unchecked"),
        ("s=s1", "s=s2", "permerror key-type-mismatch unchecked"),
        ("t=1767225600", "t=1; x=5", "permerror expired invalid"),
        ("s=s1;", "s=s1; i=@example.org;", "permerror identity-mismatch invalid"),
        ("s=s1;", "s=s1; l=9999;", "permerror body-length-too-long invalid"),
    ] {
        assert_eq!(verdict(&replaced(&good, from, to), &dns), expected, "{to}");
    }
    // Expiry beside an intact signature, and a pass below a subdomain.
    let mut o = options("s1");
    o.now = 1_577_836_800;
    o.expire_in = Some(86_400);
    let old = sign(MESSAGE, &[(rsa_key(), o)]).unwrap();
    assert_eq!(verdict(&old, &dns), "permerror expired valid");
    let received = Options { received: Some(1_577_836_900), ..Options::new(NOW) };
    assert!(verify_with(&old, &dns, received)[0].detail.contains("was valid when"));
}

#[test]
fn key_records() {
    let mut o = options("s1");
    o.identity = Some("a@sub.example.de".into());
    let message = sign(MESSAGE, &[(rsa_key(), o)]).unwrap();
    let record = rsa_key().record();
    let with = |records: &[&str]| {
        let mut dns = Recording::closed_world();
        for record in records {
            dns.txt("s1._domainkey.example.de", record);
        }
        verdict(&message, &dns)
    };
    let p = &record[record.find("p=").unwrap()..];
    assert_eq!(with(&[&record]), "pass - valid");
    assert_eq!(with(&[p]), "pass - valid");
    assert_eq!(with(&["v=DKIM1; p="]), "permerror key-revoked unchecked");
    assert_eq!(with(&["v=DKIM1; k=rsa"]), "permerror key-syntax unchecked");
    assert_eq!(with(&["v=spf1 -all"]), "permerror key-syntax unchecked");
    assert_eq!(with(&["v=DKIM1; p=MIGf"]), "permerror key-syntax unchecked");
    assert_eq!(with(&["v=DKIM1; p=%%"]), "permerror key-syntax unchecked");
    assert_eq!(with(&[&format!("v=DKIM1; h=sha1; {p}")]), "permerror key-hash-not-allowed valid");
    assert_eq!(with(&[&format!("v=DKIM1; h=sha1:sha256; {p}")]), "pass - valid");
    assert_eq!(with(&[&format!("v=DKIM1; s=tlsrpt; {p}")]), "permerror key-service-not-allowed valid");
    assert_eq!(with(&[&format!("v=DKIM1; t=s:y; {p}")]), "permerror key-identity-mismatch valid");
    assert_eq!(with(&[&format!("k=rsa; v=DKIM1; {p}")]), "permerror key-syntax unchecked");
    // RFC 6376 §6.1.2: one of several records is enough.
    assert_eq!(with(&["v=spf1 -all", "v=DKIM1; p=", &record]), "pass - valid");
    let mut dns = Recording::default();
    assert_eq!(verdict(&message, &dns), "temperror dns-temperror unchecked");
    dns.set(Name::parse("s1._domainkey.example.de").unwrap(), RecordType::Txt, Err(DnsError::ServFail));
    assert_eq!(verdict(&message, &dns), "temperror dns-temperror unchecked");
}

#[test]
fn retired_algorithms() {
    let mut random = rsa::rand_core::OsRng;
    let short = RsaPrivateKey::new(&mut random, 768).unwrap();
    let long = RsaPrivateKey::new(&mut random, 1024).unwrap();
    for (key, expected) in [
        (TestKey::Old(short.clone(), Algorithm::RsaSha256), "policy key-too-short valid"),
        (TestKey::Old(short, Algorithm::RsaSha1), "policy rsa-sha1 valid"),
        (TestKey::Old(long.clone(), Algorithm::RsaSha1), "policy rsa-sha1 valid"),
        (TestKey::Old(long, Algorithm::RsaSha256), "pass - valid"),
    ] {
        let message = sign(MESSAGE, &[(&key, options("s1"))]).unwrap();
        let mut dns = Recording::closed_world();
        dns.txt("s1._domainkey.example.de", &key.record());
        assert_eq!(verdict(&message, &dns), expected);
        let legacy = Options { legacy: true, ..Options::new(NOW) };
        assert_eq!(verify_with(&message, &dns, legacy)[0].result, Outcome::Pass);
    }
}

#[test]
fn the_eleventh_signature() {
    let field = signed();
    let field = &field[..field.len() - MESSAGE.len()];
    let message = [field.repeat(12), MESSAGE.to_vec()].concat();
    let results = verify(&message, &dns());
    assert_eq!(results.iter().filter(|r| r.result == Outcome::Pass).count(), 10);
    assert_eq!((results[11].result, results[11].reason), (Outcome::Neutral, Some(Reason::TooManySignatures)));
}

#[test]
fn b_wrapped_right_after_its_colon() {
    // `b=` and the field itself may be folded anywhere.
    let message = signed();
    for (from, to) in [("DKIM-Signature: v", "DKIM-Signature:\r\n v"), ("DKIM-Signature: v", "dkim-signature :v")] {
        assert_eq!(verdict(&replaced(&message, from, to), &dns()), "pass - valid", "{to}");
    }
    let text = String::from_utf8(message).unwrap();
    let at = text.find(" b=").or_else(|| text.find("\tb=")).unwrap() + 3;
    let folded = format!("{}\r\n  \r\n {}", &text[..at], &text[at..]);
    assert_eq!(verdict(folded.as_bytes(), &dns()), "pass - valid");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn signing_and_verifying_agree(
        body in proptest::collection::vec(proptest::sample::select(b"ab \t\r\n\n\xc3\x00".to_vec()), 0..80),
        subject in proptest::collection::vec(proptest::sample::select(b"ab \t:;=\xe4".to_vec()), 0..40),
        header in any::<bool>(), body_mode in any::<bool>(),
    ) {
        let mode = |simple| if simple { Mode::Simple } else { Mode::Relaxed };
        let mut o = options("s2");
        o.canonicalization = Canonicalization { header: mode(header), body: mode(body_mode) };
        let message = [b"Subject:", &subject[..], b"\r\nFrom: a@example.de\r\n\r\n", &body[..]].concat();
        let message = sign(&message, &[(ed_key(), o)]).unwrap();
        prop_assert_eq!(verdict(&message, &dns()), "pass - valid");
    }

    #[test]
    fn no_octet_may_change(at in 0_usize..400, flip in 1_u8..255) {
        let mut o = options("s2");
        o.canonicalization = Canonicalization::default();
        let mut message = sign(MESSAGE, &[(ed_key(), o)]).unwrap();
        let start = message.len() - MESSAGE.len() + b"Received: by x\r\n".len();
        // Empty lines at the end do not count.
        let at = start + at % (message.len() - start - 4);
        message[at] ^= flip;
        let results = verify(&message, &dns());
        // A line that became part of another field, or an empty line too soon, fails as well.
        prop_assert!(results.iter().all(|r| r.result != Outcome::Pass));
    }
}

#[test]
fn changes_are_found() {
    use super::diagnose::{BodyChange, HeaderChange, diagnose};
    let found = |message: &[u8]| {
        let (headers, body) = split(message);
        diagnose(&headers, &body, &verify(message, &dns())[0])
    };
    let good = signed();
    assert_eq!(found(&good), Default::default());
    let footer = [&good[..], b"-- \r\nA list\r\n"].concat();
    assert!(matches!(found(&footer).body, Some(BodyChange::Footer { lines: 2, .. })), "{:?}", found(&footer));
    let banner = replaced(&good, "\r\n\r\n", "\r\n\r\nCAUTION: extern\r\n\r\n");
    assert_eq!(found(&banner).body, Some(BodyChange::Banner { lines: 2 }));
    assert_eq!(found(&replaced(&good, "Bye", "Buy")).body, None);
    for (to, tag) in [
        ("Subject: [list] Hello", "[list]"),
        ("Subject: ***SPAM*** Hello", "***SPAM***"),
        ("Subject: [EXTERN] [x] Hello", "[EXTERN] [x]"),
    ] {
        let change = found(&replaced(&good, "Subject: Hello", to)).header;
        assert_eq!(change, Some(HeaderChange::SubjectTag { tag: tag.into(), added: vec![] }), "{to}");
    }
    let both = replaced(
        &replaced(&good, "Subject: Hello", "Reply-To: l@x.de\r\nSubject: [l] Hello"),
        "Bye",
        "Bye\r\n_____\r\nfoot",
    );
    let diagnosis = found(&both);
    assert_eq!(diagnosis.header, Some(HeaderChange::SubjectTag { tag: "[l]".into(), added: vec!["Reply-To".into()] }));
    assert!(matches!(diagnosis.body, Some(BodyChange::Footer { .. })));
    let added = replaced(&good, "Received: by x", "Cc: c@x.de");
    assert_eq!(found(&added).header, Some(HeaderChange::Added { name: "Cc".into() }));

    let head = "From: a@example.de\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    let long = "x".repeat(1500);
    let sign_body = |body: &str| sign(format!("{head}{body}").as_bytes(), &[(rsa_key(), options("s1"))]).unwrap();
    let encoded = sign_body("Grüße und mehr = viel\r\n");
    let encoded = replaced(&encoded, "Grüße und mehr = viel", "Gr=C3=BC=C3=9Fe und mehr =3D viel");
    let encoded = replaced(&encoded, "Encoding: 8bit", "Encoding: quoted-printable");
    let diagnosis = found(&encoded);
    assert_eq!(diagnosis.body, Some(BodyChange::Encoding { original: "8bit".into() }));
    let original = HeaderChange::Value { name: "Content-Transfer-Encoding".into(), original: "8bit".into() };
    assert_eq!(diagnosis.header, Some(original));
    let wrapped =
        replaced(&sign_body(&format!("{long}\r\nend\r\n")), &long, &format!("{}\r\n{}", &long[..998], &long[998..]));
    assert_eq!(found(&wrapped).body, Some(BodyChange::Rewrapped));
    let words = "Ihr Termin ist am Montag um zehn Uhr. ".repeat(7);
    for width in [60, 72, 78] {
        let mut lines = vec![String::new()];
        for word in words.split_whitespace() {
            let last = lines.last_mut().unwrap();
            match last.len() {
                0 => last.push_str(word),
                n if n + 1 + word.len() <= width => last.push_str(&format!(" {word}")),
                _ => lines.push(word.to_owned()),
            }
        }
        let signed = sign_body(&format!("Guten Tag,\r\n\r\n{}\r\nIhre Praxis\r\n", words.trim()));
        let wrapped = replaced(&signed, words.trim(), &lines.join("\r\n"));
        assert_eq!(found(&wrapped).body, Some(BodyChange::Rewrapped), "{width}");
    }
    let quoted = replaced(&sign_body("From here\r\n"), "From here", ">From here");
    assert_eq!(found(&quoted).body, Some(BodyChange::MboxQuoting));
    let multi = sign_body("--b\r\n\r\none\r\n--b--\r\n");
    let multi = replaced(&multi, "--b--", "--b\r\nContent-Type: text/plain\r\n\r\nfooter\r\n--b--");
    assert_eq!(found(&multi).body, Some(BodyChange::PartAdded { lines: 4 }));
}

#[test]
fn hostile_headers_are_not_diagnosed_for_long() {
    use super::diagnose::diagnose;
    let encodings = "Content-Transfer-Encoding: x\r\n".repeat(600);
    let message = [encodings.as_bytes(), MESSAGE].concat();
    let mut many = options("s1");
    many.headers = Some([vec!["from".to_owned()], vec!["content-transfer-encoding".to_owned(); 600]].concat());
    let message = sign(&message, &[(rsa_key(), many)]).unwrap();
    let broken = replaced(&message, "A <a@example.de>", "B <a@example.de>");
    let (headers, body) = split(&broken);
    let result = verify(&broken, &dns()).remove(0);
    assert_eq!(diagnose(&headers, &body, &result).header, None);

    // Copies of a field that is there 200,000 times: some comparisons, then no more.
    let mut result = verify(&replaced(&signed(), "A <a@", "B <a@"), &dns()).remove(0);
    result.signature.copied_headers = vec![("a".to_owned(), b"y".to_vec()); 100];
    let headers = Headers::parse([&b"a: x\r\n".repeat(200_000)[..], b"DKIM-Signature: x\r\n"].concat());
    (result.field, result.key) = (200_000, None);
    assert!(diagnose(&headers, b"", &result).differs_from_copies.len() < 2);
}

#[test]
fn a_list_of_thousands_of_names_is_no_signature() {
    use super::signature::{Kind, Signature, SignatureError};
    for (count, error) in [(1000, None), (1001, Some(SignatureError::Invalid("h".into())))] {
        let names = vec!["from"; count].join(":");
        let text = format!("v=1; a=rsa-sha256; d=example.de; s=s; bh=YQ==; b=YQ==; h={names}");
        assert_eq!(Signature::parse(text.as_bytes(), Kind::Dkim).2, error);
    }
    let many = "DKIM-Signature: v=1\r\n".repeat(5000);
    assert_eq!(verify(&[many.as_bytes(), MESSAGE].concat(), &dns()).len(), 100);
}

#[test]
fn what_no_signature_may_say_or_stand_above() {
    let mut own = options("s1");
    own.headers = Some(vec!["From".into(), "DKIM-Signature".into()]);
    assert_eq!(sign(MESSAGE, &[(ed_key(), own)]), Err(SignError::HeaderName("DKIM-Signature".into())));
    let continued = [b" x: y\r\n", MESSAGE].concat();
    assert_eq!(sign(&continued, &[(ed_key(), options("s1"))]), Err(SignError::LeadingBlank));
}

#[test]
fn what_readers_see_and_nobody_signed() {
    let coverage = |h: &[&str]| {
        let headers = h.iter().map(|s| (*s).to_owned()).collect();
        let message = sign(MESSAGE, &[(rsa_key(), SignOptions { headers: Some(headers), ..options("s1") })]).unwrap();
        verify(&message, &dns()).remove(0).coverage
    };
    let twice = ["From", "From", "To", "To", "Subject", "Subject", "Date", "Date", "Message-ID"];
    assert_eq!(coverage(&twice), Coverage::default(), "a second Message-ID shows nowhere, and Cc is absent");
    assert_eq!(coverage(&["From", "To", "Subject", "Date", "Message-ID"]).addable, ["from", "to", "subject", "date"]);
    assert_eq!(coverage(&["From", "From", "To", "To", "Date", "Date"]).unsigned, ["subject", "message-id"]);
}
