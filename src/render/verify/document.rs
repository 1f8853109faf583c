//! A message as the contract's JSON has it.

use serde::Serialize;

use super::authentication_results;
use crate::dkim::{Crypto, Outcome, SignatureResult};
use crate::dns::Name;
use crate::facts::MessageFacts;
use crate::locales::Catalogue;
use crate::render::{Worded, faults};

/// One element of `messages`.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct MessageDocument {
    pub source: String,
    pub from: Option<FromPart>,
    pub dkim: Vec<SignaturePart>,
    pub spf: Option<SpfPart>,
    pub dmarc: DmarcPart,
    pub arc: ArcPart,
    pub authenticates: bool,
    pub authentication_results: String,
    pub findings: Vec<Worded>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FromPart {
    pub address: String,
    pub domain: String,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct SignaturePart {
    pub result: Outcome,
    pub reason: Option<&'static str>,
    pub detail: String,
    /// The detail in the language of text.
    #[serde(skip)]
    pub said: String,
    pub crypto: Crypto,
    pub domain: Option<String>,
    pub selector: Option<String>,
    pub identity: Option<String>,
    pub algorithm: Option<String>,
    pub canonicalization: Option<String>,
    pub key_bits: Option<usize>,
    pub signed_headers: Vec<String>,
    pub timestamp: Option<u64>,
    pub expires: Option<u64>,
    pub body_length: Option<u64>,
    pub testing: bool,
    pub aligned: bool,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct SpfPart {
    pub result: &'static str,
    pub identity: String,
    pub domain: Option<String>,
    pub aligned: bool,
    pub mechanism: Option<String>,
    pub reason: Option<String>,
    /// The reason in the language of text.
    #[serde(skip)]
    pub said: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct DmarcPart {
    pub result: &'static str,
    pub policy: Option<&'static str>,
    pub applied: Option<&'static str>,
    pub record_domain: Option<String>,
    pub organizational_domain: Option<String>,
    pub dkim_aligned: bool,
    pub spf_aligned: bool,
    pub reason: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ArcPart {
    pub result: String,
    pub sets: usize,
    pub reason: Option<String>,
    /// The reason in the language of text.
    #[serde(skip)]
    pub said: Option<String>,
    pub oldest_pass: Option<u32>,
}

impl MessageDocument {
    /// Puts a message into the shape of the contract; `receiver` is who says so (the authserv-id).
    pub fn new(facts: MessageFacts, findings: Vec<Worded>, receiver: &str, catalogue: &Catalogue) -> Self {
        let dmarc = &facts.dmarc;
        let authenticates = facts.authenticates();
        let authentication_results = authentication_results(&facts, receiver).to_string();
        Self {
            from: facts
                .author()
                .map(|(mailbox, domain)| FromPart { address: mailbox.address(), domain: domain.to_string() }),
            spf: facts.spf.as_ref().map(|spf| SpfPart {
                result: spf.result.as_str(),
                identity: spf.identity.to_string(),
                domain: spf.domain.as_ref().map(Name::to_string),
                aligned: dmarc.spf_domain_aligned,
                mechanism: spf.mechanism.clone(),
                reason: spf.reason.as_ref().map(ToString::to_string),
                said: spf.reason.as_ref().map(|reason| crate::render::spf::reason(reason, catalogue)),
            }),
            dmarc: DmarcPart {
                result: dmarc.result.as_str(),
                policy: dmarc.policy.map(|p| p.as_str()),
                applied: dmarc.applied.map(|p| p.as_str()),
                record_domain: dmarc.record_domain.as_ref().map(Name::to_string),
                organizational_domain: dmarc.organizational_domain.as_ref().map(Name::to_string),
                dkim_aligned: dmarc.dkim_aligned,
                spf_aligned: dmarc.spf_aligned,
                reason: dmarc.reason.map(|r| r.as_str()),
            },
            arc: ArcPart {
                result: facts.arc.result.to_string(),
                sets: facts.arc.sets,
                said: facts.arc.reason.as_deref().map(|reason| faults::chain_of_sets(reason, catalogue)),
                reason: facts.arc.reason,
                oldest_pass: facts.arc.oldest_pass,
            },
            authenticates,
            authentication_results,
            source: facts.source,
            dkim: facts
                .signatures
                .into_iter()
                .zip(facts.aligned)
                .map(|(s, aligned)| signature(s, aligned, catalogue))
                .collect(),
            findings,
        }
    }
}

fn signature(result: SignatureResult, aligned: bool, catalogue: &Catalogue) -> SignaturePart {
    let said = faults::signature(&result, catalogue);
    let s = result.signature;
    SignaturePart {
        result: result.result,
        reason: result.reason.map(crate::dkim::Reason::as_str),
        detail: result.detail,
        said,
        crypto: result.crypto,
        domain: s.domain.as_ref().map(Name::to_string),
        selector: s.selector.as_ref().map(Name::to_string),
        identity: s.identity,
        algorithm: s.algorithm_text,
        canonicalization: s.canonicalization.map(|c| c.to_string()),
        key_bits: result.key_bits,
        signed_headers: s.signed_headers,
        timestamp: s.timestamp,
        expires: s.expires,
        body_length: s.body_length,
        testing: result.testing,
        aligned,
    }
}
