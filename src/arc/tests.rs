//! Chains made by another implementation, and what breaks them.

use futures_util::FutureExt as _;

use super::*;
use crate::dns::recording::Recording;
use crate::message::{Limits, read};

fn judge(message: &[u8]) -> ChainOutcome {
    let (headers, mut body) = read(message, Limits::default()).unwrap();
    let mut hasher = BodyHasher::default();
    let chain = Chain::prepare(&headers, &mut hasher);
    while let Some(chunk) = body.next_chunk().unwrap() {
        hasher.update(chunk);
    }
    let mut dns = Recording::closed_world();
    dns.txt("arc._domainkey.relay.example", include_str!("../../testdata/arc/key.txt").trim());
    chain.judge(&hasher.finish(), &dns, &KeyCache::default()).now_or_never().unwrap()
}

const TWO: &[u8] = include_bytes!("../../testdata/arc/two-sets.eml");

fn changed(from: &str, to: &str) -> ChainOutcome {
    let text = std::str::from_utf8(TWO).unwrap();
    assert!(text.contains(from), "{from}");
    judge(text.replacen(from, to, 1).as_bytes())
}

#[test]
fn a_chain_of_two() {
    let outcome = judge(TWO);
    assert_eq!((outcome.result, outcome.sets, outcome.oldest_pass), (ChainResult::Pass, 2, Some(0)), "{outcome:?}");
    assert!(outcome.chain[0].authentication_results.contains("relay.example"));
}

#[test]
fn no_chain() {
    assert_eq!(judge(b"From: a@b.de\r\n\r\nx"), ChainOutcome::default());
}

#[test]
fn broken_chains() {
    for (from, to, reason) in [
        ("Hello", "Hallo", "The message signature of set 2 does not hold: the body hash does not match."),
        ("Subject: s", "Subject: t", "The message signature of set 2 does not hold: the signature does not match."),
        ("cv=pass", "cv=fail", "Set 2 says that the chain had failed before it."),
        ("cv=none", "cv=pass", "The seal of set 1 does not say cv=none."),
        ("cv=none", "cv=none; h=from", "The seal of set 1 cannot be used: it has h=."),
        ("ARC-Authentication-Results: i=1", "X: i=1", "Set 1 is not complete."),
        (
            "ARC-Authentication-Results: i=1",
            "ARC-Authentication-Results: i=51",
            "A field ARC-Authentication-Results has no valid i=.",
        ),
        (
            "ARC-Authentication-Results: i=1",
            "ARC-Authentication-Results: i=2",
            "Set 2 has more than one ARC-Authentication-Results.",
        ),
        (
            "ARC-Authentication-Results: i=1; relay",
            "ARC-Authentication-Results: i=1; other",
            "The seal of set 2 does not hold: the signature does not match.",
        ),
    ] {
        let outcome = changed(from, to);
        assert_eq!((outcome.result, outcome.reason.as_deref()), (ChainResult::Fail, Some(reason)), "{to}");
    }
}
