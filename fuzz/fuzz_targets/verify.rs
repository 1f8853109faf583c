//! DKIM and ARC of whole messages, with keys that are there: no harm in any header, no pass by accident.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mailauth::arc::{Chain, ChainResult};
use mailauth::dkim::hash::BodyHasher;
use mailauth::dkim::key_lookup::KeyCache;
use mailauth::dkim::verify::Signatures;
use mailauth::dkim::{Options, Outcome};
use mailauth::dns::recording::Recording;
use mailauth::message::{self, Limits};
use mailauth_fuzz::{Pieces, now};

/// The keys of the signed messages among the seeds.
static KEYS: LazyLock<Recording> = LazyLock::new(|| {
    let mut keys = Recording::closed_world();
    for (name, key) in [
        ("brisbane._domainkey.football.example.com", include_str!("../../testdata/rfc8463/brisbane.txt")),
        ("test._domainkey.football.example.com", include_str!("../../testdata/rfc8463/test.txt")),
        ("brisbane._domainkey.example.com", include_str!("../../testdata/rfc6376/key.txt")),
    ] {
        keys.txt(name, key.trim());
    }
    keys
});

fuzz_target!(|data: &[u8]| {
    let Some((&seed, data)) = data.split_first() else { return };
    let judge = |pieces: &mut dyn Iterator<Item = &[u8]>| {
        let (headers, body) = message::read(data, Limits { header_octets: 1 << 18, fields: 5000 }).ok()?;
        let start = data.len() - {
            let mut body = body;
            let mut length = 0;
            while let Ok(Some(chunk)) = body.next_chunk() {
                length += chunk.len();
            }
            length
        };
        let mut hasher = BodyHasher::default();
        let signatures = Signatures::prepare(&headers, Options::new(1_767_225_600), &mut hasher);
        let chain = Chain::prepare(&headers, &mut hasher);
        let mut at = 0;
        for piece in pieces {
            // Only what lies in the body.
            let from = start.saturating_sub(at).min(piece.len());
            hasher.update(&piece[from..]);
            at += piece.len();
        }
        let hashes = hasher.finish();
        let cache = KeyCache::default();
        let results = now(signatures.judge(&hashes, &*KEYS, &cache));
        let chain = now(chain.judge(&hashes, &*KEYS, &cache));
        Some((headers, results, chain))
    };
    let Some((headers, results, chain)) = judge(&mut std::iter::once(data)) else { return };
    let Some((_, again, same)) = judge(&mut Pieces::new(data, seed)) else { return };
    assert_eq!(chain, same);
    assert_eq!(results.len(), again.len());
    for (one, other) in results.iter().zip(&again) {
        assert_eq!((one.result, one.reason, one.crypto), (other.result, other.reason, other.crypto));
        assert!(one.field < headers.fields().len());
        assert_eq!(one.result == Outcome::Pass, one.reason.is_none());
    }
    assert!(chain.result != ChainResult::Pass || chain.sets >= 1);
});
