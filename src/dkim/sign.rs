//! Signing messages (RFC 6376 §5, RFC 8301, RFC 8463).

use base64::Engine as _;

use super::canonical::Canonicalization;
use super::hash::{BodyHashRequest, BodyHasher, chosen_fields, header_data};
use super::keys::{self, PrivateKey};
use super::signature::{Algorithm, MOST_SIGNED, Signature, fold};
use super::tags::encode_qp;
use crate::dns::Name;
use crate::message::Headers;
use crate::message::from::domain_name;

/// A private key that signs.
pub trait SigningKey: Send + Sync {
    /// The algorithm of its signatures.
    fn algorithm(&self) -> Algorithm;

    /// Signs canonical header data: RSASSA-PKCS1-v1_5 with SHA-256, or Ed25519 over the SHA-256 hash (RFC 8463 §3).
    ///
    /// # Errors
    /// [`SignError::Key`] if the key refuses.
    fn sign(&self, header_data: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// What a signature is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOptions {
    /// `d=`
    pub domain: Name,
    /// `s=`
    pub selector: Name,
    /// `i=`; its domain must be `domain` or below it.
    pub identity: Option<String>,
    /// `c=`
    pub canonicalization: Canonicalization,
    /// `h=` instead of the usual choice; must name From.
    pub headers: Option<Vec<String>>,
    /// `t=`, Unix seconds.
    pub now: u64,
    /// `x=` is so many seconds after `t=`.
    pub expire_in: Option<u64>,
}

impl SignOptions {
    /// relaxed/relaxed, the usual header fields, without expiry.
    pub fn new(domain: Name, selector: Name, now: u64) -> Self {
        Self {
            domain,
            selector,
            identity: None,
            canonicalization: Canonicalization::RELAXED,
            headers: None,
            now,
            expire_in: None,
        }
    }

    /// Whether a signature can say this, whatever the message.
    ///
    /// # Errors
    /// [`SignError`] if not.
    pub fn check(&self) -> Result<(), SignError> {
        self.checked().map(|_| ())
    }

    /// The same, with the value of `i=`.
    fn checked(&self) -> Result<Option<String>, SignError> {
        for (name, labels) in [(&self.domain, 2), (&self.selector, 1)] {
            if domain_name(name.as_str()).is_none_or(|n| n.label_count() < labels) {
                return Err(SignError::Domain(name.to_string()));
            }
        }
        if super::key_lookup::key_name(&self.selector, &self.domain).is_err() {
            return Err(SignError::Domain(self.selector.to_string()));
        }
        if let Some(names) = &self.headers {
            let octet = |b: u8| b.is_ascii_graphic() && !matches!(b, b':' | b';');
            // RFC 6376 §3.5: the signature field itself is always covered and must not be listed.
            let own = |n: &str| n.eq_ignore_ascii_case("dkim-signature");
            if let Some(bad) = names.iter().find(|n| n.is_empty() || !n.bytes().all(octet) || own(n)) {
                return Err(SignError::HeaderName(bad.clone()));
            }
            if names.len() > MOST_SIGNED {
                return Err(SignError::HeaderCount(names.len()));
            }
            // RFC 6376 §5.4: the From field must be signed.
            if !names.iter().any(|n| n.eq_ignore_ascii_case("from")) {
                return Err(SignError::FromNotListed);
            }
        }
        if self.expire_in == Some(0) {
            return Err(SignError::Expiry);
        }
        let Some(identity) = &self.identity else { return Ok(None) };
        // RFC 6376 §3.5: the domain of i= is d= or below it.
        let outside = || SignError::Identity(identity.clone(), self.domain.clone());
        let (local, domain) = identity.rsplit_once('@').ok_or_else(outside)?;
        let domain = domain_name(domain).filter(|d| d.is_within(&self.domain)).ok_or_else(outside)?;
        Ok(Some(format!("{}@{domain}", encode_qp(local.as_bytes()))))
    }
}

impl SigningKey for PrivateKey {
    fn algorithm(&self) -> Algorithm {
        match PrivateKey::algorithm(self) {
            keys::Algorithm::Rsa => Algorithm::RsaSha256,
            keys::Algorithm::Ed25519 => Algorithm::Ed25519Sha256,
        }
    }

    fn sign(&self, header_data: &[u8]) -> Result<Vec<u8>, SignError> {
        PrivateKey::sign(self, header_data).map_err(|error| SignError::Key(error.to_string()))
    }
}

/// Why a message cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// RFC 5322 §3.6 asks for exactly one From field.
    #[error("the message has no From field")]
    FromMissing,
    /// RFC 5322 §3.6 asks for exactly one From field.
    #[error("the message has {0} From fields")]
    FromMultiple(usize),
    /// What is put above the message would be continued by its first line (RFC 5322 §2.2.3).
    #[error("the message begins with a blank, so its first line would become part of the signature")]
    LeadingBlank,
    /// RFC 6376 §5.4: From must be signed.
    #[error("the list of header fields does not name From")]
    FromNotListed,
    /// More names than a verifier would look at.
    #[error("{0} header fields are too many to sign; {MOST_SIGNED} is the most")]
    HeaderCount(usize),
    /// A name in the list is no field name, or one that must not be signed.
    #[error("{0:?} is no header field that can be signed")]
    HeaderName(String),
    /// `d=` or `s=` is no host name.
    #[error("{0:?} cannot stand in a signature")]
    Domain(String),
    /// RFC 6376 §3.5: the domain of `i=` must be `d=` or below it.
    #[error("the identity {0:?} is not within the domain {1}")]
    Identity(String, Name),
    /// `x=` must be later than `t=`.
    #[error("the signature would expire at once")]
    Expiry,
    /// The key does not sign.
    #[error("the key does not sign: {0}")]
    Key(String),
}

/// Listed once more than they occur, absent ones too: none can be added.
const ALWAYS_SEALED: [&str; 5] = ["From", "To", "Cc", "Subject", "Reply-To"];
/// Listed once more than they occur where they are present.
const SEALED: [&str; 4] = ["Date", "Message-ID", "MIME-Version", "Content-Type"];
/// Listed as often as they occur, like all Resent-* and List-*.
const SIGNED: [&str; 4] = ["Sender", "In-Reply-To", "References", "Content-Transfer-Encoding"];
/// Never signed though its name begins with Resent- (RFC 6376 §5.4.1).
const NEVER: [&str; 1] = ["resent-bcc"];

/// A message that is being signed, by one or several keys in one pass.
pub struct Signer<'a> {
    headers: &'a Headers,
    jobs: Vec<Job<'a>>,
    hasher: BodyHasher,
}

struct Job<'a> {
    key: &'a dyn SigningKey,
    signature: Signature,
    request: BodyHashRequest,
}

impl<'a> Signer<'a> {
    /// Begins to sign a message.
    ///
    /// # Errors
    /// [`SignError`] if the message or the options cannot be used.
    pub fn new(headers: &'a Headers, keys: &[(&'a dyn SigningKey, SignOptions)]) -> Result<Self, SignError> {
        if matches!(headers.bytes().first(), Some(b' ' | b'\t')) {
            return Err(SignError::LeadingBlank);
        }
        match headers.named("from").count() {
            0 => return Err(SignError::FromMissing),
            1 => {}
            count => return Err(SignError::FromMultiple(count)),
        }
        let mut hasher = BodyHasher::default();
        let mut jobs = Vec::new();
        for (key, options) in keys {
            let signature = begin(headers, key.algorithm(), options)?;
            let mode = options.canonicalization.body;
            let request = BodyHashRequest { mode, hash: key.algorithm().hash(), length: None };
            hasher.request(request);
            jobs.push(Job { key: *key, signature, request });
        }
        Ok(Self { headers, jobs, hasher })
    }

    /// Takes the next octets of the body.
    pub fn update(&mut self, chunk: &[u8]) {
        self.hasher.update(chunk);
    }

    /// The DKIM-Signature fields to be put above the message, with its own line ends.
    ///
    /// # Errors
    /// [`SignError::Key`]
    pub fn finish(self) -> Result<Vec<u8>, SignError> {
        const NAME: &str = "DKIM-Signature:";
        let line_end = if self.headers.uses_lf() { "\n" } else { "\r\n" };
        let hashes = self.hasher.finish();
        let mut out = Vec::new();
        for Job { key, mut signature, request } in self.jobs {
            signature.body_hash = hashes.get(&request).map(|h| h.digest.clone()).unwrap_or_default();
            // b= comes last, so that all before it is fixed when it is hashed.
            let mut field = NAME.to_owned() + &fold(NAME.len(), &signature.pieces(), line_end);
            let canonicalization = signature.canonicalization.unwrap_or_default();
            let chosen = chosen_fields(self.headers, &signature.signed_headers, None);
            let data = header_data(
                canonicalization.header,
                chosen.iter().map(|(_, f)| (f.raw(self.headers), f.value_offset())),
                field.as_bytes(),
                NAME.len(),
                field.len()..field.len(),
            );
            let b = base64::engine::general_purpose::STANDARD.encode(key.sign(&data)?);
            wrap(&mut field, &b, line_end);
            field.push_str(line_end);
            out.extend_from_slice(field.as_bytes());
        }
        Ok(out)
    }
}

fn begin(headers: &Headers, algorithm: Algorithm, options: &SignOptions) -> Result<Signature, SignError> {
    let identity = options.checked()?;
    Ok(Signature {
        algorithm: Some(algorithm),
        canonicalization: Some(options.canonicalization),
        domain: Some(options.domain.clone()),
        selector: Some(options.selector.clone()),
        identity,
        signed_headers: options.headers.clone().unwrap_or_else(|| usual_headers(headers)),
        timestamp: Some(options.now),
        expires: options.expire_in.map(|seconds| options.now.saturating_add(seconds)),
        ..Signature::default()
    })
}

/// The names for `h=`: what is there, and what nobody shall add.
fn usual_headers(headers: &Headers) -> Vec<String> {
    let mut names = Vec::new();
    let count = |name: &str| headers.named(name).count();
    for name in ALWAYS_SEALED {
        names.extend(std::iter::repeat_n(name.to_owned(), count(name) + 1));
    }
    for name in SEALED {
        match count(name) {
            0 => {}
            present => names.extend(std::iter::repeat_n(name.to_owned(), present + 1)),
        }
    }
    for name in SIGNED {
        names.extend(std::iter::repeat_n(name.to_owned(), count(name)));
    }
    for field in headers.fields().iter().filter(|f| !f.is_malformed()) {
        let Ok(name) = std::str::from_utf8(field.name(headers)) else { continue };
        let lower = name.to_ascii_lowercase();
        let wanted = lower.starts_with("resent-") || lower.starts_with("list-");
        if wanted && !NEVER.contains(&lower.as_str()) && !name.contains(';') {
            names.push(name.to_owned());
        }
    }
    // What verifiers refuse is not made.
    names.truncate(MOST_SIGNED);
    names
}

/// Appends base64 in lines below 78 columns.
fn wrap(field: &mut String, base64: &str, line_end: &str) {
    const WIDTH: usize = 76;
    let mut column = field.len() - field.rfind('\n').map_or(0, |i| i + 1);
    let mut rest = base64;
    while !rest.is_empty() {
        if column + 1 >= WIDTH {
            field.push_str(line_end);
            field.push('\t');
            column = 1;
        }
        let (now, later) = rest.split_at(rest.len().min(WIDTH - column));
        field.push_str(now);
        column += now.len();
        rest = later;
    }
}
