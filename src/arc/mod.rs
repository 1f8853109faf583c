//! ARC (RFC 8617): validating the chain of a message.
//!
//! A chain that passes says who relayed the message and what they saw, not that it is to be trusted.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dkim::canonical::{Mode, header_field};
use crate::dkim::hash::{BodyHasher, append_emptied, header_digest};
use crate::dkim::key_lookup::{KeyCache, key_name};
use crate::dkim::signature::{Kind, Signature, SignatureError};
use crate::dkim::tags::TagList;
use crate::dkim::verify::{BodyHashes, Keys, Prepared, key_holds, look_up_all};
use crate::dns::{Name, Resolver};
use crate::message::{Field, Headers};

/// RFC 8617 §5.1: a chain of more sets is broken.
const MOST_SETS: u32 = 50;

/// The state of a chain (RFC 8617 §4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChainResult {
    /// There is no ARC set.
    #[default]
    None,
    /// It holds.
    Pass,
    /// It is broken: as if there were none.
    Fail,
}

impl fmt::Display for ChainResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
        })
    }
}

/// What a chain comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChainOutcome {
    /// The state.
    pub result: ChainResult,
    /// Why it fails, an English sentence.
    pub reason: Option<String>,
    /// How many sets there are (the highest instance; of a broken chain, the number of instances seen).
    pub sets: usize,
    /// The sets, oldest first, as far as they could be read.
    pub chain: Vec<ArcSet>,
    /// The lowest instance whose message signature still holds, 0 if all do; `None` unless the chain passes
    /// (RFC 8617 §5.2 (5)).
    pub oldest_pass: Option<u32>,
}

/// One set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArcSet {
    /// `i=`
    pub instance: u32,
    /// `cv=` of the seal, as written.
    pub chain_validation: String,
    /// `d=` of the seal.
    pub domain: Option<Name>,
    /// `s=` of the seal.
    pub selector: Option<Name>,
    /// What the sealer saw: the value of its ARC-Authentication-Results after `i=…;`, unfolded.
    pub authentication_results: String,
}

/// A chain whose header hashes are made and whose body hashes were asked for.
#[derive(Debug)]
pub struct Chain {
    seen: usize,
    state: Result<Vec<Set>, String>,
}

#[derive(Debug)]
struct Set {
    about: ArcSet,
    seal: Signature,
    seal_digest: aws_lc_rs::digest::Digest,
    message: Prepared,
}

impl Chain {
    /// Reads the sets of a message and tells the hasher what they need.
    pub fn prepare(headers: &Headers, hasher: &mut BodyHasher) -> Self {
        let (seen, state) = read_chain(headers);
        if let Ok(sets) = &state {
            for (i, set) in sets.iter().enumerate() {
                // Only the newest message signature decides; an older one with a length of its own is not worth a hash.
                let newest = i + 1 == sets.len();
                if let Some(request) = set.message.request.filter(|r| newest || r.length.is_none()) {
                    hasher.request(request);
                }
            }
        }
        Self { seen, state }
    }

    /// Asks for the keys and judges.
    pub async fn judge(self, hashes: &BodyHashes, resolver: &dyn Resolver, cache: &KeyCache) -> ChainOutcome {
        let sets = match self.state {
            Ok(sets) if sets.is_empty() => return ChainOutcome::default(),
            Ok(sets) => sets,
            Err(reason) => {
                let (result, sets) = (ChainResult::Fail, self.seen);
                return ChainOutcome { result, reason: Some(reason), sets, chain: Vec::new(), oldest_pass: None };
            }
        };
        let seal_key = |s: &Set| key_name(s.seal.selector.as_ref()?, s.seal.domain.as_ref()?).ok();
        let names = sets.iter().flat_map(|s| [seal_key(s), s.message.key_name.clone()]).flatten().collect();
        let keys = look_up_all(names, resolver, cache).await;
        let judged = validate(&sets, &keys, hashes);
        let mut outcome = ChainOutcome { sets: sets.len(), ..ChainOutcome::default() };
        match judged {
            Ok(oldest_pass) => {
                outcome.result = ChainResult::Pass;
                outcome.oldest_pass = Some(oldest_pass);
            }
            Err(reason) => {
                outcome.result = ChainResult::Fail;
                outcome.reason = Some(reason);
            }
        }
        outcome.chain = sets.into_iter().map(|s| s.about).collect();
        outcome
    }
}

/// RFC 8617 §5.2, from the newest set down; every error is permanent.
fn validate(sets: &[Set], keys: &Keys, hashes: &BodyHashes) -> Result<u32, String> {
    let Some(newest) = sets.last() else { return Err("There is no set.".to_owned()) };
    // RFC 8617 §5.2 (2): a chain that was sealed as failed stays so.
    if newest.about.chain_validation == "fail" {
        return Err(format!("Set {} says that the chain had failed before it.", newest.about.instance));
    }
    for set in sets {
        let i = set.about.instance;
        let wanted = if i == 1 { "none" } else { "pass" };
        if set.about.chain_validation != wanted {
            return Err(format!("The seal of set {i} does not say cv={wanted}."));
        }
    }
    let i = newest.about.instance;
    let message = |why| format!("The message signature of set {i} does not hold: {why}.");
    newest.message.holds(keys, hashes).map_err(message)?;
    let failing = sets.iter().rev().skip(1).find(|set| set.message.holds(keys, hashes).is_err());
    for set in sets.iter().rev() {
        let i = set.about.instance;
        let name = set.seal.selector.as_ref().zip(set.seal.domain.as_ref()).and_then(|(s, d)| key_name(s, d).ok());
        let seal = |why| format!("The seal of set {i} does not hold: {why}.");
        let algorithm = set.seal.algorithm.ok_or_else(|| seal("its algorithm is not known".to_owned()))?;
        key_holds(&set.seal, name.as_ref(), algorithm, &set.seal_digest, keys).map_err(seal)?;
    }
    Ok(failing.map_or(0, |set| set.about.instance + 1))
}

/// The three fields of an instance.
#[derive(Default)]
struct Places {
    results: Option<usize>,
    message: Option<usize>,
    seal: Option<usize>,
}

fn read_chain(headers: &Headers) -> (usize, Result<Vec<Set>, String>) {
    let mut instances: BTreeMap<u32, Places> = BTreeMap::new();
    let mut fault = None;
    for name in ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"] {
        for &place in headers.places(name.as_bytes()) {
            let place = place as usize;
            let Some(instance) = instance(headers, &headers.fields()[place], name) else {
                fault.get_or_insert(format!("A field {name} has no valid i=."));
                continue;
            };
            let set = instances.entry(instance).or_default();
            let slot = match name {
                "ARC-Authentication-Results" => &mut set.results,
                "ARC-Message-Signature" => &mut set.message,
                _ => &mut set.seal,
            };
            if slot.replace(place).is_some() {
                fault.get_or_insert(format!("Set {instance} has more than one {name}."));
            }
        }
    }
    let seen = instances.len();
    if let Some(fault) = fault {
        return (seen, Err(fault));
    }
    let mut whole = Vec::new();
    for (expected, (instance, places)) in (1..).zip(instances) {
        if instance != expected {
            return (seen, Err(format!("Set {expected} is missing.")));
        }
        let Places { results: Some(results), message: Some(message), seal: Some(seal) } = places else {
            return (seen, Err(format!("Set {instance} is not complete.")));
        };
        whole.push((instance, [results, message, seal]));
    }
    (seen, read_sets(headers, &whole))
}

fn read_sets(headers: &Headers, whole: &[(u32, [usize; 3])]) -> Result<Vec<Set>, String> {
    let mut sets = Vec::new();
    // RFC 8617 §5.1.1: each seal covers all sets up to its own, in order, in relaxed form.
    let mut before = Vec::new();
    for &(instance, [results, message, seal]) in whole {
        let fields = headers.fields();
        let fault = |why: String| format!("The seal of set {instance} cannot be used: {why}.");
        let seal_field = &fields[seal];
        let (signature, tags, error) = Signature::parse(seal_field.value(headers), Kind::ArcSeal);
        if let Some(error) = error {
            return Err(fault(error.to_string()));
        }
        let tags = tags.unwrap_or_default();
        // RFC 8617 §4.1.3: h= in a seal makes the chain fail.
        if tags.get("h").is_some() {
            return Err(fault("it has h=".to_owned()));
        }
        let chain_validation = tags.value("cv").unwrap_or_default().to_owned();
        if !matches!(chain_validation.as_str(), "none" | "pass" | "fail") {
            return Err(fault("its cv= is neither none, pass nor fail".to_owned()));
        }
        let mut data = before.clone();
        // RFC 8617 §5.1.2: the seal of a failed chain covers its own set alone.
        if chain_validation == "fail" {
            data.clear();
        }
        for place in [results, message] {
            header_field(Mode::Relaxed, fields[place].raw(headers), fields[place].value_offset(), &mut data);
        }
        before.clone_from(&data);
        let raw = seal_field.raw(headers);
        let offset = seal_field.value_offset();
        let b_span = offset + signature.b_span.start..offset + signature.b_span.end;
        append_emptied(Mode::Relaxed, raw, offset, b_span, &mut data);
        header_field(Mode::Relaxed, raw, offset, &mut before);
        let hash = signature.algorithm.ok_or_else(|| fault("its algorithm is not known".to_owned()))?.hash();
        let mut prepared = Prepared::new(headers, message, Kind::ArcMessage);
        // RFC 8617 §4.1.2: a message signature must not sign fields of ARC or Authentication-Results.
        let forbidden = |n: &String| {
            let n = n.to_ascii_lowercase();
            n == "authentication-results" || n == "arc-seal"
        };
        if prepared.signature.signed_headers.iter().any(forbidden) {
            prepared.error = Some(SignatureError::Invalid("h".to_owned()));
        }
        let text = fields[results].text(headers);
        let about = ArcSet {
            instance,
            chain_validation,
            domain: signature.domain.clone(),
            selector: signature.selector.clone(),
            authentication_results: text.split_once(';').map_or("", |(_, rest)| rest.trim()).to_owned(),
        };
        sets.push(Set { about, seal_digest: header_digest(hash, &data), seal: signature, message: prepared });
    }
    Ok(sets)
}

/// The value of `i=`: 1 to 50 (RFC 8617 §4.2.1).
fn instance(headers: &Headers, field: &Field, name: &str) -> Option<u32> {
    let text = std::str::from_utf8(field.value(headers)).ok()?;
    let value = if name == "ARC-Authentication-Results" {
        let (first, _) = text.split_once(';')?;
        let (tag, value) = first.split_once('=')?;
        if tag.trim() != "i" {
            return None;
        }
        value.trim().to_owned()
    } else {
        TagList::parse(text).ok()?.value("i")?.to_owned()
    };
    let digits = (1..=2).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
    value.parse().ok().filter(|i| digits && (1..=MOST_SETS).contains(i))
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
