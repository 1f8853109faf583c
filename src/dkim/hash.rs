//! Hashes of bodies and of signed header fields (RFC 6376 §3.7).

use std::collections::HashMap;

use aws_lc_rs::digest::{Context, Digest, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use serde::{Deserialize, Serialize};

use super::canonical::{self, BodyCanonicalizer, Mode};
use crate::message::{Field, Headers};

/// A hash function of a signature algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HashAlgorithm {
    /// Historic (RFC 8301 §3.1).
    Sha1,
    /// SHA-256.
    Sha256,
}

impl HashAlgorithm {
    /// A hash to be fed.
    pub fn context(self) -> Context {
        Context::new(match self {
            Self::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &SHA256,
        })
    }

    /// The name as it stands in `h=` of a key record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
        }
    }
}

/// Which hash of a body is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BodyHashRequest {
    /// The canonicalisation.
    pub mode: Mode,
    /// The hash function.
    pub hash: HashAlgorithm,
    /// `l=`: how many canonical octets count; `None` for all.
    pub length: Option<u64>,
}

/// The hash of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyHash {
    /// The hash.
    pub digest: Vec<u8>,
    /// How many octets the whole canonical body has.
    pub canonical_length: u64,
}

/// Computes several hashes of one body in one pass; each distinct one once.
#[derive(Debug, Clone, Default)]
pub struct BodyHasher {
    passes: Vec<Pass>,
}

#[derive(Debug, Clone)]
struct Pass {
    mode: Mode,
    canonicalizer: BodyCanonicalizer,
    sinks: Sinks,
}

#[derive(Debug, Clone, Default)]
struct Sinks {
    seen: u64,
    sinks: Vec<Sink>,
}

#[derive(Clone)]
struct Sink {
    hash: HashAlgorithm,
    length: Option<u64>,
    context: Context,
}

impl std::fmt::Debug for Sink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sink").field("hash", &self.hash).field("length", &self.length).finish_non_exhaustive()
    }
}

impl BodyHasher {
    /// Asks for one more hash, before the first chunk.
    pub fn request(&mut self, request: BodyHashRequest) {
        let pass = match self.passes.iter().position(|p| p.mode == request.mode) {
            Some(i) => &mut self.passes[i],
            None => {
                let canonicalizer = BodyCanonicalizer::new(request.mode);
                self.passes.push(Pass { mode: request.mode, canonicalizer, sinks: Sinks::default() });
                let last = self.passes.len() - 1;
                &mut self.passes[last]
            }
        };
        let BodyHashRequest { hash, length, .. } = request;
        if !pass.sinks.sinks.iter().any(|s| s.hash == hash && s.length == length) {
            pass.sinks.sinks.push(Sink { hash, length, context: hash.context() });
        }
    }

    /// Takes the next octets of the body.
    pub fn update(&mut self, chunk: &[u8]) {
        for Pass { canonicalizer, sinks, .. } in &mut self.passes {
            canonicalizer.update(chunk, |piece| sinks.update(piece));
        }
    }

    /// Ends the body; the hashes by request.
    pub fn finish(self) -> HashMap<BodyHashRequest, BodyHash> {
        let mut hashes = HashMap::new();
        for Pass { mode, canonicalizer, mut sinks } in self.passes {
            canonicalizer.finish(|piece| sinks.update(piece));
            let canonical_length = sinks.seen;
            for Sink { hash, length, context } in sinks.sinks {
                let digest = context.finish().as_ref().to_vec();
                hashes.insert(BodyHashRequest { mode, hash, length }, BodyHash { digest, canonical_length });
            }
        }
        hashes
    }
}

impl Sinks {
    fn update(&mut self, piece: &[u8]) {
        for sink in &mut self.sinks {
            // RFC 6376 §3.5: l= counts octets of the body after canonicalisation.
            let room = sink.length.map_or(u64::MAX, |l| l.saturating_sub(self.seen));
            let count = usize::try_from(room).unwrap_or(usize::MAX).min(piece.len());
            if count > 0 {
                sink.context.update(&piece[..count]);
            }
        }
        self.seen += piece.len() as u64;
    }
}

/// The fields that `h=` chooses, in its order: from the bottom up for a repeated name (RFC 6376 §5.4.2).
///
/// A name for which no (further) field exists chooses nothing. `but` is the field of the signature itself.
pub fn chosen_fields<'a>(headers: &'a Headers, names: &[String], but: Option<usize>) -> Vec<(usize, &'a Field)> {
    // How many fields of a name are taken, by the place of its first.
    let mut taken: Vec<(u32, usize)> = Vec::new();
    let mut chosen = Vec::with_capacity(names.len());
    for name in names {
        let places = headers.places(name.as_bytes());
        let Some(&first) = places.first() else { continue };
        let known = taken.iter().position(|(of, _)| *of == first).unwrap_or_else(|| {
            taken.push((first, 0));
            taken.len() - 1
        });
        let Some((_, used)) = taken.get_mut(known) else { continue };
        // Step over the signature itself.
        while let Some(&place) = places.len().checked_sub(*used + 1).and_then(|i| places.get(i)) {
            *used += 1;
            let place = place as usize;
            if let Some(field) = headers.fields().get(place).filter(|_| Some(place) != but) {
                chosen.push((place, field));
                break;
            }
        }
    }
    chosen
}

/// The canonical header fields that are signed, then the signature field with an empty `b=` and without its CRLF
/// (RFC 6376 §3.7).
///
/// `b_span` is where the value of `b=` lies in `signature_raw`.
pub fn header_data<'a>(
    mode: Mode,
    fields: impl Iterator<Item = (&'a [u8], usize)>,
    signature_raw: &[u8],
    signature_value_start: usize,
    b_span: std::ops::Range<usize>,
) -> Vec<u8> {
    let mut data = Vec::new();
    for (raw, value_start) in fields {
        canonical::header_field(mode, raw, value_start, &mut data);
    }
    append_emptied(mode, signature_raw, signature_value_start, b_span, &mut data);
    data
}

/// Appends a signature field with an empty `b=` and without its CRLF.
pub fn append_emptied(mode: Mode, raw: &[u8], value_start: usize, b_span: std::ops::Range<usize>, data: &mut Vec<u8>) {
    let mut emptied = Vec::with_capacity(raw.len());
    emptied.extend_from_slice(&raw[..b_span.start]);
    emptied.extend_from_slice(&raw[b_span.end..]);
    canonical::header_field(mode, &emptied, value_start, data);
    data.truncate(data.len() - 2);
}

/// The hash of header data.
pub fn header_digest(hash: HashAlgorithm, data: &[u8]) -> Digest {
    let mut context = hash.context();
    context.update(data);
    context.finish()
}
