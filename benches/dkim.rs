//! What signing and verifying costs beyond the cryptography: ratios to bare hashing and RSA over the same octets.
//!
//! ```text
//! cargo bench --bench dkim -- [MESSAGES [ROUNDS]]
//! ```
//!
//! Both sides take turns in one process and on one thread; the ratio is the median over the rounds. Everything is in
//! memory: files, rules and output are measured on the program as a whole.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use mailauth::dkim::key_lookup::KeyCache;
use mailauth::dkim::{Algorithm, Options, Outcome, SignError, SignOptions, Signer, SigningKey, Verifier};
use mailauth::dns::Name;
use mailauth::dns::recording::Recording;
use mailauth::message::{Limits, read};

const NOW: u64 = 1_767_225_600;

struct Key(RsaKeyPair);

impl SigningKey for Key {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RsaSha256
    }

    fn sign(&self, data: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(bare_signature(&self.0, data))
    }
}

fn bare_signature(key: &RsaKeyPair, data: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature).unwrap();
    signature
}

fn main() {
    // Cargo adds `--bench`.
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let (count, rounds) = (numbers.first().copied().unwrap_or(500), numbers.get(1).copied().unwrap_or(9));
    let key = Key(KeyPair::generate(KeySize::Rsa2048).unwrap());
    let public = key.0.public_key().as_ref().to_vec();
    let name = Name::parse("example.de").unwrap();
    let options = SignOptions::new(name, Name::parse("s1").unwrap(), NOW);
    let messages: Vec<Vec<u8>> = (0..count).map(message).collect();
    let sign_all = || -> Vec<Vec<u8>> {
        let sign = |message: &Vec<u8>| {
            let (headers, mut body) = read(&message[..], Limits::default()).unwrap();
            let mut signer = Signer::new(&headers, &[(&key, options.clone())]).unwrap();
            while let Some(chunk) = body.next_chunk().unwrap() {
                signer.update(chunk);
            }
            [signer.finish().unwrap(), message.clone()].concat()
        };
        messages.iter().map(sign).collect()
    };
    let bare_signing = || {
        let sign = |m: &&Vec<u8>| {
            std::hint::black_box(digest(&SHA256, m));
            !bare_signature(&key.0, &m[..600]).is_empty()
        };
        messages.iter().filter(sign).count()
    };
    compare("signing", rounds, || sign_all().len(), bare_signing);

    let signed = sign_all();
    let mut dns = Recording::closed_world();
    dns.txt("s1._domainkey.example.de", &format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(&public)));
    let keys = KeyCache::default();
    let verify_all = || {
        let passes = |message: &&Vec<u8>| {
            let (headers, mut body) = read(&message[..], Limits::default()).unwrap();
            let mut verifier = Verifier::new(&headers, Options::new(NOW));
            while let Some(chunk) = body.next_chunk().unwrap() {
                verifier.update(chunk);
            }
            let results = verifier.finish_with(&dns, &keys).now_or_never().unwrap();
            results.iter().all(|r| r.result == Outcome::Pass)
        };
        let passed = signed.iter().filter(passes).count();
        assert_eq!(passed, count);
        passed
    };
    let parsed = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).unwrap();
    let signatures: Vec<Vec<u8>> = messages.iter().map(|m| bare_signature(&key.0, &m[..600])).collect();
    let bare_verifying = || {
        let holds = |(m, s): &(&Vec<u8>, &Vec<u8>)| {
            std::hint::black_box(digest(&SHA256, m));
            parsed.verify_sig(&m[..600], s).is_ok()
        };
        messages.iter().zip(&signatures).filter(holds).count()
    };
    compare("verifying", rounds, verify_all, bare_verifying);
}

/// About four kilobytes, as ordinary messages are.
fn message(number: usize) -> Vec<u8> {
    let mut text = format!(
        "Received: from app.example.de (app.example.de [192.0.2.1])\r\n\tby mx.example.de with ESMTPS id {number}\r\n\
        \tfor <b@example.org>; Mon, 05 Jan 2026 10:00:00 +0100\r\nFrom: A <a@example.de>\r\nTo: b@example.org\r\n\
        Subject: message {number}\r\nDate: Mon, 05 Jan 2026 10:00:00 +0100\r\nMessage-ID: <{number}@example.de>\r\n\
        MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    );
    for line in 0..80 {
        text.push_str(&format!("This is line {line} of the message with the number {number}.\r\n"));
    }
    text.into_bytes()
}

/// Runs both in turns and prints the time of each and their ratio.
fn compare(what: &str, rounds: usize, ours: impl Fn() -> usize, bare: impl Fn() -> usize) {
    let time = |work: &dyn Fn() -> usize| {
        let began = Instant::now();
        let count = u32::try_from(std::hint::black_box(work())).unwrap().max(1);
        began.elapsed() / count
    };
    let (mut times, mut ratios): (Vec<(Duration, Duration)>, Vec<f64>) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let pair = (time(&ours), time(&bare));
        // The first round warms up.
        if round > 0 {
            ratios.push(pair.0.as_secs_f64() / pair.1.as_secs_f64());
            times.push(pair);
        }
    }
    ratios.sort_by(f64::total_cmp);
    times.sort();
    let (ours, bare) = times[times.len() / 2];
    println!("{what}: {ours:?} a message, hashing and RSA alone {bare:?}, ratio {:.2}", ratios[ratios.len() / 2]);
}
