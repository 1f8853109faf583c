//! Verifying the signatures of a message (RFC 6376 §6.1, RFC 8301, RFC 8463).
//!
//! The header block is hashed at once, the body in one pass for all signatures; keys are asked for at the end.
//! Body hash and signature are both judged, whatever else is wrong, so that one can say which of them broke.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use aws_lc_rs::digest::Digest;
use serde::{Deserialize, Serialize};

use super::hash::{BodyHash, BodyHashRequest, BodyHasher, chosen_fields, header_data, header_digest};
use super::key_lookup::{self, Found, Key, KeyCache, LookupError};
use super::public_key::PublicKey;
use super::signature::{Algorithm, Kind, Signature, SignatureError};
use crate::dns::{Name, Resolver};
use crate::message::Headers;

/// The result of a signature (RFC 8601 §2.7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// Body or header were changed, or the key is another.
    Fail,
    /// It was not looked at.
    Neutral,
    /// It is of a kind that must not count (RFC 8301).
    Policy,
    /// The DNS did not say.
    TempError,
    /// It cannot be used.
    PermError,
}

/// Why a signature does not pass, in the order in which the reasons count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Reason {
    TooManySignatures,
    SignatureSyntax,
    UnsupportedVersion,
    UnsupportedAlgorithm,
    FromNotSigned,
    IdentityMismatch,
    Expired,
    DnsTemperror,
    KeyNotFound,
    KeySyntax,
    KeyRevoked,
    KeyTypeMismatch,
    KeyHashNotAllowed,
    KeyServiceNotAllowed,
    KeyIdentityMismatch,
    RsaSha1,
    KeyTooShort,
    BodyLengthTooLong,
    BodyHashMismatch,
    SignatureMismatch,
}

/// What hashes and key alone say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Crypto {
    /// Body hash and signature are right.
    Valid,
    /// One of them is not.
    Invalid,
    /// There was no key to check with, or nothing that could be checked.
    Unchecked,
}

/// What is known about the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The present, Unix seconds; `x=` is judged by it.
    pub now: u64,
    /// When the message was received, if known: `detail` says whether an expired signature was valid then.
    pub received: Option<u64>,
    /// Let rsa-sha1 and RSA below 1024 bits pass.
    pub legacy: bool,
    /// How many signatures are looked at, from the top (RFC 6376 §6.1 allows a limit).
    pub max_signatures: usize,
}

impl Options {
    /// Ten signatures, nothing legacy.
    pub fn new(now: u64) -> Self {
        Self { now, received: None, legacy: false, max_signatures: 10 }
    }
}

/// What a signature comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureResult {
    /// The word of RFC 8601.
    pub result: Outcome,
    /// Why it is no pass.
    pub reason: Option<Reason>,
    /// One English sentence.
    pub detail: String,
    /// What hashes and key alone say.
    pub crypto: Crypto,
    /// What the field says, as far as it could be read.
    pub signature: Signature,
    /// Which of [`Headers::fields`] it is.
    pub field: usize,
    /// Length of the key.
    pub key_bits: Option<usize>,
    /// The key is marked as being tested (`t=y`).
    pub testing: bool,
    /// The key that was used.
    pub key: Option<PublicKey>,
    /// The body hash is right; `None` if the field could not be read.
    pub body_hash_ok: Option<bool>,
    /// The signature over the header fields is right, whatever the body; `None` without a key.
    pub header_hash_ok: Option<bool>,
    /// The hash of the body as it is.
    pub computed_body_hash: Option<Vec<u8>>,
    /// How many octets the canonical body has; what passes `l=` is unsigned.
    pub canonical_body_length: Option<u64>,
    /// Which header fields the signature leaves open.
    pub coverage: Coverage,
}

/// Header fields that people see and the signature does not protect.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Present, but not (all) signed; lower case.
    pub unsigned: Vec<String>,
    /// One more could be added without breaking the signature; lower case.
    pub addable: Vec<String>,
}

/// Fields of which a message has one, and that people or software show.
const SINGLE: [&str; 9] =
    ["from", "to", "cc", "subject", "date", "reply-to", "message-id", "mime-version", "content-type"];
/// Others that should be signed if present (RFC 6376 §5.4.1, RFC 8058 §4).
const OTHERS: [&str; 4] = ["sender", "content-transfer-encoding", "list-unsubscribe", "list-unsubscribe-post"];

/// So many signatures beyond [`Options::max_signatures`] are named in the result, the others are not.
const MOST_NAMED: usize = 90;
/// A longer signature beyond [`Options::max_signatures`] is not read.
const MOST_PASSED_OVER: usize = 4096;

/// Hashes of a body by what was asked for.
pub type BodyHashes = HashMap<BodyHashRequest, BodyHash>;

/// A message whose signatures are being verified.
///
/// ```
/// use mailauth::dkim::{Options, Verifier};
/// use mailauth::{dns::recording::Recording, message};
/// # futures_util::FutureExt::now_or_never(async {
/// let text = &b"From: a@example.de\r\n\r\nHello\r\n"[..];
/// let (headers, mut body) = message::read(text, message::Limits::default()).unwrap();
/// let mut verifier = Verifier::new(&headers, Options::new(1_767_225_600));
/// while let Some(chunk) = body.next_chunk().unwrap() {
///     verifier.update(chunk);
/// }
/// assert!(verifier.finish(&Recording::default()).await.is_empty());
/// # });
/// ```
#[derive(Debug)]
pub struct Verifier {
    signatures: Signatures,
    hasher: BodyHasher,
}

impl Verifier {
    /// Reads the signatures of a message and hashes its header fields.
    pub fn new(headers: &Headers, options: Options) -> Self {
        let mut hasher = BodyHasher::default();
        Self { signatures: Signatures::prepare(headers, options, &mut hasher), hasher }
    }

    /// Takes the next octets of the body.
    pub fn update(&mut self, chunk: &[u8]) {
        self.hasher.update(chunk);
    }

    /// Asks for the keys and judges, in the order of the fields from the top.
    pub async fn finish(self, resolver: &dyn Resolver) -> Vec<SignatureResult> {
        self.finish_with(resolver, &KeyCache::default()).await
    }

    /// The same, with the keys that other messages have needed.
    pub async fn finish_with(self, resolver: &dyn Resolver, cache: &KeyCache) -> Vec<SignatureResult> {
        let hashes = self.hasher.finish();
        self.signatures.judge(&hashes, resolver, cache).await
    }
}

/// The signatures of a message, ready to be judged once the hashes of the body are there.
#[derive(Debug)]
pub struct Signatures {
    prepared: Vec<Prepared>,
    options: Options,
}

/// A signature field, its header hash, and the body hash it needs.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub signature: Signature,
    pub error: Option<SignatureError>,
    /// The name of the key.
    pub key_name: Option<Name>,
    field: usize,
    too_many: bool,
    digest: Option<Digest>,
    pub request: Option<BodyHashRequest>,
    coverage: Coverage,
}

impl Prepared {
    /// Reads the field at a place and hashes what it signs.
    pub fn new(headers: &Headers, place: usize, kind: Kind) -> Self {
        let field = &headers.fields()[place];
        let (signature, _, error) = Signature::parse(field.value(headers), kind);
        let mut prepared = Self {
            error,
            key_name: key_name(&signature),
            field: place,
            too_many: false,
            digest: None,
            request: None,
            coverage: Coverage::default(),
            signature,
        };
        let checkable = matches!(prepared.error, None | Some(SignatureError::FromNotSigned | SignatureError::Identity));
        let s = &prepared.signature;
        if let (true, Some(algorithm), Some(canonicalization)) = (checkable, s.algorithm, s.canonicalization) {
            let chosen = chosen_fields(headers, &s.signed_headers, Some(place));
            let b_span = field.value_offset() + s.b_span.start..field.value_offset() + s.b_span.end;
            let data = header_data(
                canonicalization.header,
                chosen.iter().map(|(_, f)| (f.raw(headers), f.value_offset())),
                field.raw(headers),
                field.value_offset(),
                b_span,
            );
            prepared.digest = Some(header_digest(algorithm.hash(), &data));
            prepared.request =
                Some(BodyHashRequest { mode: canonicalization.body, hash: algorithm.hash(), length: s.body_length });
            prepared.coverage = coverage(headers, &s.signed_headers);
        }
        prepared
    }

    /// A signature that is not looked at; what a field of ordinary length says is known all the same.
    fn passed_over(headers: &Headers, place: usize) -> Self {
        let value = headers.fields()[place].value(headers);
        let (signature, _, error) = match value.len() {
            0..=MOST_PASSED_OVER => Signature::parse(value, Kind::Dkim),
            _ => (Signature::default(), None, None),
        };
        let coverage = Coverage::default();
        Self { key_name: None, signature, error, field: place, too_many: true, digest: None, request: None, coverage }
    }
}

fn key_name(signature: &Signature) -> Option<Name> {
    key_lookup::key_name(signature.selector.as_ref()?, signature.domain.as_ref()?).ok()
}

impl Signatures {
    /// Reads the signatures and tells the hasher what they need.
    pub fn prepare(headers: &Headers, options: Options, hasher: &mut BodyHasher) -> Self {
        let places = headers.places(b"dkim-signature");
        // Of those that are not looked at some are named, but no memory is spent on any number of them.
        let named = options.max_signatures.saturating_add(MOST_NAMED);
        let prepared = places.iter().take(named).enumerate().map(|(number, &place)| {
            let place = place as usize;
            if number >= options.max_signatures {
                return Prepared::passed_over(headers, place);
            }
            let prepared = Prepared::new(headers, place, Kind::Dkim);
            if let Some(request) = prepared.request {
                hasher.request(request);
            }
            prepared
        });
        Self { prepared: prepared.collect(), options }
    }

    /// Sets [`Options::received`], which says more of signatures that have expired; without one it is not asked for.
    pub fn set_received(&mut self, received: impl FnOnce() -> Option<u64>) {
        let now = self.options.now;
        if self.prepared.iter().any(|p| p.signature.expires.is_some_and(|x| now > x)) {
            self.options.received = received();
        }
    }

    /// Asks for the keys, each once and all at the same time, and judges.
    pub async fn judge(self, hashes: &BodyHashes, resolver: &dyn Resolver, cache: &KeyCache) -> Vec<SignatureResult> {
        let wanted = self.prepared.iter().filter(|p| p.digest.is_some()).filter_map(|p| p.key_name.clone()).collect();
        let keys = look_up_all(wanted, resolver, cache).await;
        let judge = |p: Prepared| {
            let found = p.key_name.as_ref().and_then(|name| keys.get(name));
            judge(p, found.map(Arc::as_ref), hashes, self.options)
        };
        self.prepared.into_iter().map(judge).collect()
    }
}

/// What was found at each name.
pub(crate) type Keys = BTreeMap<Name, Arc<Found>>;

/// Asks for keys, each name once, all at the same time.
pub(crate) async fn look_up_all(names: BTreeSet<Name>, resolver: &dyn Resolver, cache: &KeyCache) -> Keys {
    let lookups = names.into_iter().map(|name| async move {
        let found = key_lookup::look_up(resolver, cache, &name).await;
        (name, found)
    });
    futures_util::future::join_all(lookups).await.into_iter().collect()
}

/// One key record set against one signature.
struct KeyVerdict<'a> {
    key: &'a Key,
    usable: Option<&'a PublicKey>,
    fault: Option<(Reason, String)>,
    signature_ok: Option<bool>,
}

fn judge(p: Prepared, found: Option<&Found>, hashes: &BodyHashes, options: Options) -> SignatureResult {
    let body = p.request.and_then(|r| hashes.get(&r));
    let mut result = SignatureResult {
        result: Outcome::Pass,
        reason: None,
        detail: String::new(),
        crypto: Crypto::Unchecked,
        field: p.field,
        key_bits: None,
        testing: false,
        key: None,
        body_hash_ok: body.map(|b| b.digest == p.signature.body_hash),
        header_hash_ok: None,
        computed_body_hash: body.map(|b| b.digest.clone()),
        canonical_body_length: body.map(|b| b.canonical_length),
        coverage: p.coverage,
        signature: p.signature,
    };
    let s = &result.signature;
    let mut reasons: Vec<(Reason, String)> = Vec::new();
    if p.too_many {
        let limit = options.max_signatures;
        reasons.push((
            Reason::TooManySignatures,
            format!("Only the first {limit} signatures are looked at, and this is not one of them."),
        ));
    } else if let Some(error) = &p.error {
        reasons.push((syntax_reason(error), format!("The signature cannot be used: {error}.")));
    }
    if let Some(expires) = s.expires.filter(|&x| options.now > x && !p.too_many) {
        let mut detail = format!("The signature expired at {}", time(expires));
        match options.received {
            Some(received) if received <= expires => detail.push_str("; it was valid when the message was received"),
            Some(_) => detail.push_str(", before the message was received"),
            None => {}
        }
        reasons.push((Reason::Expired, detail + "."));
    }
    if let (Some(digest), Some(algorithm)) = (p.digest.filter(|_| !p.too_many), s.algorithm) {
        let name = p.key_name.as_ref().map_or("", Name::as_str);
        match found {
            Some(Ok(keys)) => {
                // RFC 6376 §6.1.2: with several records each is tried, and one that fits is enough.
                let mut verdicts = keys.iter().map(|key| weigh(key, s, algorithm, &digest, name));
                let first = verdicts.next();
                let fits = |v: &KeyVerdict<'_>| v.fault.is_none() && v.signature_ok == Some(true);
                let verdict = match first {
                    Some(first) if !fits(&first) => verdicts.find(fits).or(Some(first)),
                    other => other,
                };
                if let Some(verdict) = verdict {
                    result.testing = verdict.key.record.testing().is_some();
                    result.key_bits = verdict.usable.map(PublicKey::bits);
                    result.key = verdict.usable.cloned();
                    result.header_hash_ok = verdict.signature_ok;
                    reasons.extend(verdict.fault);
                }
            }
            Some(Err(LookupError::NotFound(error))) => {
                reasons.push((Reason::KeyNotFound, format!("There is no key at {name} ({error}).")));
            }
            Some(Err(LookupError::Syntax(why))) => {
                reasons.push((Reason::KeySyntax, format!("The record at {name} is no key record: {why}.")));
            }
            Some(Err(LookupError::Dns(error))) => {
                reasons.push((Reason::DnsTemperror, format!("The key at {name} could not be had: {error}.")));
            }
            None => reasons.push((Reason::KeyNotFound, "There is no name to look for a key at.".to_owned())),
        }
        if !options.legacy {
            // RFC 8301 §3.1: rsa-sha1 must not be used for verifying; §3.2: nor keys below 1024 bits.
            if algorithm == Algorithm::RsaSha1 {
                reasons.push((Reason::RsaSha1, "The signature uses rsa-sha1, which RFC 8301 forbids.".to_owned()));
            }
            if let Some(bits) = result.key_bits.filter(|&b| b < 1024 && algorithm != Algorithm::Ed25519Sha256) {
                let detail = format!("The RSA key has {bits} bits, and RFC 8301 forbids less than 1024.");
                reasons.push((Reason::KeyTooShort, detail));
            }
        }
        if let Some(signature_ok) = result.header_hash_ok {
            let length = body.map_or(0, |b| b.canonical_length);
            let too_long = s.body_length.is_some_and(|l| l > length);
            let body_ok = result.body_hash_ok == Some(true);
            if too_long {
                // RFC 6376 §3.5: l= must not be larger than the canonical body.
                let l = s.body_length.unwrap_or_default();
                let detail = format!("The signature covers {l} octets of body, but the body has only {length}.");
                reasons.push((Reason::BodyLengthTooLong, detail));
            }
            if !body_ok {
                let intact = if signature_ok { "; the signed header fields are unchanged" } else { "" };
                let detail = format!("The body hash does not match: the body was changed after signing{intact}.");
                reasons.push((Reason::BodyHashMismatch, detail));
            }
            if !signature_ok {
                let detail =
                    "The signature does not match: a signed header field was changed, or the key is another one.";
                reasons.push((Reason::SignatureMismatch, detail.to_owned()));
            }
            let valid = !too_long && body_ok && signature_ok;
            result.crypto = if valid { Crypto::Valid } else { Crypto::Invalid };
        }
    }
    // The order of the enum is the order in which reasons count.
    reasons.sort_by_key(|r| r.0);
    let also_expired = reasons.iter().any(|r| r.0 == Reason::Expired) && result.crypto == Crypto::Invalid;
    match reasons.into_iter().next() {
        Some((reason, mut detail)) => {
            if reason == Reason::Expired && also_expired {
                detail.truncate(detail.len() - 1);
                detail.push_str(", and it does not match the message either.");
            }
            result.result = reason.outcome();
            result.reason = Some(reason);
            result.detail = detail;
        }
        None => {
            let by = s.domain.as_ref().map_or("", Name::as_str);
            let unsigned = match (s.body_length, result.canonical_body_length) {
                (Some(l), Some(all)) if l < all => format!("; {} octets of the body are unsigned", all - l),
                _ => String::new(),
            };
            let testing = if result.testing { "; the key is marked as a test" } else { "" };
            result.detail = format!("The signature by {by} is valid{unsigned}{testing}.");
        }
    }
    result
}

fn weigh<'a>(key: &'a Key, s: &Signature, algorithm: Algorithm, digest: &Digest, name: &str) -> KeyVerdict<'a> {
    let wanted = algorithm.key_type();
    let mut verdict = KeyVerdict { key, usable: None, fault: None, signature_ok: None };
    let fault = match &key.material {
        None => Some((Reason::KeyRevoked, format!("The key at {name} is revoked (empty p=)."))),
        _ if !key.is_of_type(wanted) => Some((
            Reason::KeyTypeMismatch,
            format!("The key at {name} is of another type than the signature's algorithm {algorithm}."),
        )),
        Some(Err(error)) => Some((Reason::KeySyntax, format!("The key at {name} cannot be used: {error}."))),
        Some(Ok(public_key)) => {
            verdict.usable = Some(public_key.public_key());
            verdict.signature_ok = Some(public_key.verify(algorithm.hash(), digest, &s.signature));
            restriction(key, s, algorithm, name)
        }
    };
    verdict.fault = fault;
    verdict
}

/// What a key record forbids (RFC 6376 §6.1.2).
fn restriction(key: &Key, s: &Signature, algorithm: Algorithm, name: &str) -> Option<(Reason, String)> {
    let hash = algorithm.hash().name();
    if !key.record.allows_hash(hash) {
        let detail = format!("The key at {name} does not allow the hash {hash} (h=).");
        return Some((Reason::KeyHashNotAllowed, detail));
    }
    if !key.record.allows_email() {
        return Some((Reason::KeyServiceNotAllowed, format!("The key at {name} is not meant for mail (s=).")));
    }
    // RFC 6376 §3.6.1: with t=s the domain of i= must be d= itself.
    if key.record.strict().is_some() && s.identity_domain != s.domain {
        let detail = format!("The key at {name} does not allow a subdomain in i= (t=s).");
        return Some((Reason::KeyIdentityMismatch, detail));
    }
    None
}

impl Prepared {
    /// Whether header hash and body hash hold with one of the keys (for ARC).
    pub(crate) fn holds(&self, keys: &Keys, hashes: &BodyHashes) -> Result<(), String> {
        if let Some(error) = &self.error {
            return Err(error.to_string());
        }
        let (Some(digest), Some(algorithm), Some(request)) = (&self.digest, self.signature.algorithm, self.request)
        else {
            return Err("it cannot be read".to_owned());
        };
        let body = hashes.get(&request).ok_or("its body hash was not computed")?;
        if self.signature.body_length.is_some_and(|l| l > body.canonical_length) {
            return Err("l= is larger than the body".to_owned());
        }
        if body.digest != self.signature.body_hash {
            return Err("the body hash does not match".to_owned());
        }
        key_holds(&self.signature, self.key_name.as_ref(), algorithm, digest, keys)
    }
}

/// Whether a digest is signed by one of the keys at a name, by the rules of RFC 8301 (for ARC).
pub(crate) fn key_holds(
    signature: &Signature,
    name: Option<&Name>,
    algorithm: Algorithm,
    digest: &Digest,
    keys: &Keys,
) -> Result<(), String> {
    if algorithm == Algorithm::RsaSha1 {
        return Err("it uses rsa-sha1".to_owned());
    }
    let name = name.ok_or("it names no key")?;
    let found = match keys.get(name).map(Arc::as_ref) {
        Some(Ok(found)) => found,
        Some(Err(LookupError::NotFound(error) | LookupError::Dns(error))) => {
            return Err(format!("the key at {name} could not be had: {error}"));
        }
        Some(Err(LookupError::Syntax(why))) => return Err(format!("the record at {name} is no key record: {why}")),
        None => return Err(format!("the key at {name} was not asked for")),
    };
    let mut why = None;
    for key in found {
        let verdict = weigh(key, signature, algorithm, digest, name.as_str());
        let short = verdict.usable.is_some_and(|k| matches!(k, PublicKey::Rsa(_)) && k.bits() < 1024);
        // i= of an ARC field is no identity.
        let fault = verdict.fault.filter(|(reason, _)| *reason != Reason::KeyIdentityMismatch);
        match (fault, short, verdict.signature_ok) {
            (None, false, Some(true)) => return Ok(()),
            (Some((_, detail)), ..) => drop(why.get_or_insert(detail.trim_end_matches('.').to_owned())),
            (None, true, _) => drop(why.get_or_insert("the key is shorter than 1024 bits".to_owned())),
            _ => drop(why.get_or_insert("the signature does not match".to_owned())),
        }
    }
    Err(why.unwrap_or_else(|| "there is no key".to_owned()))
}

fn syntax_reason(error: &SignatureError) -> Reason {
    match error {
        SignatureError::Version(_) => Reason::UnsupportedVersion,
        SignatureError::Algorithm(_) | SignatureError::Canonicalization(_) => Reason::UnsupportedAlgorithm,
        SignatureError::FromNotSigned => Reason::FromNotSigned,
        SignatureError::Identity => Reason::IdentityMismatch,
        _ => Reason::SignatureSyntax,
    }
}

fn coverage(headers: &Headers, signed: &[String]) -> Coverage {
    let mut coverage = Coverage::default();
    for name in SINGLE.into_iter().chain(OTHERS) {
        let present = headers.places(name.as_bytes()).len();
        let listed = signed.iter().filter(|s| s.eq_ignore_ascii_case(name)).count();
        if present > listed {
            coverage.unsigned.push(name.to_owned());
        }
        // A second one counts where readers show it, a first one where every message is expected to have it.
        let expected = matches!(name, "from" | "to" | "subject" | "date");
        let shown = expected || matches!(name, "cc" | "reply-to");
        if shown && listed <= present && (expected || present > 0) {
            coverage.addable.push(name.to_owned());
        }
    }
    coverage
}

fn time(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|s| jiff::Timestamp::from_second(s).ok());
    time.map_or_else(|| "a time beyond all calendars".to_owned(), |t| t.to_string())
}

impl Reason {
    /// The result that goes with the reason.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::BodyHashMismatch | Self::SignatureMismatch => Outcome::Fail,
            Self::RsaSha1 | Self::KeyTooShort => Outcome::Policy,
            Self::DnsTemperror => Outcome::TempError,
            Self::TooManySignatures => Outcome::Neutral,
            _ => Outcome::PermError,
        }
    }

    /// The id as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooManySignatures => "too-many-signatures",
            Self::SignatureSyntax => "signature-syntax",
            Self::UnsupportedVersion => "unsupported-version",
            Self::UnsupportedAlgorithm => "unsupported-algorithm",
            Self::FromNotSigned => "from-not-signed",
            Self::IdentityMismatch => "identity-mismatch",
            Self::Expired => "expired",
            Self::DnsTemperror => "dns-temperror",
            Self::KeyNotFound => "key-not-found",
            Self::KeySyntax => "key-syntax",
            Self::KeyRevoked => "key-revoked",
            Self::KeyTypeMismatch => "key-type-mismatch",
            Self::KeyHashNotAllowed => "key-hash-not-allowed",
            Self::KeyServiceNotAllowed => "key-service-not-allowed",
            Self::KeyIdentityMismatch => "key-identity-mismatch",
            Self::RsaSha1 => "rsa-sha1",
            Self::KeyTooShort => "key-too-short",
            Self::BodyLengthTooLong => "body-length-too-long",
            Self::BodyHashMismatch => "body-hash-mismatch",
            Self::SignatureMismatch => "signature-mismatch",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Outcome {
    /// The word of RFC 8601.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Neutral => "neutral",
            Self::Policy => "policy",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
