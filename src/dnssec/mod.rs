//! DNSSEC validation over the one door to DNS (RFC 4033, 4034, 4035, 5155, 6840); the work is hickory's.
//!
//! Nothing is validated but answers that are there. What cannot be proved and shows no fault of the zone's own is
//! indeterminate: a forwarder that drops signatures or proofs must not make a domain look broken.

mod anchors;
mod fault;
mod relay;
mod wildcard;

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::future::{join, join_all};
use hickory_resolver::net::dnssec::DnssecDnsHandle;
use hickory_resolver::net::xfer::{DnsHandle as _, FirstAnswer as _};
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::dnssec::rdata::{DNSKEY, DNSSECRData, RRSIG};
use hickory_resolver::proto::dnssec::{Proof, TrustAnchors, Verifier as _};
use hickory_resolver::proto::op::{DnsRequestOptions, DnsResponse, Query};
use hickory_resolver::proto::rr::{DNSClass, Name as WireName, RData, Record, RecordType as WireType};

use serde::{Deserialize, Serialize};

pub use anchors::{Anchors, AnchorsError};
pub use fault::{Bogus, Fault};

use crate::dns::{Name, RecordType, Resolver, Via};

/// Validations that one chain holds; there are a handful of zones in one.
const CACHE: usize = 512;

/// Zones below the anchor's that are asked about ahead; names with more labels than this are nobody's zones.
const MOST_AHEAD: usize = 6;

/// Signatures over the keys of an anchor's zone that are tried at most.
const MOST_TRIES: usize = 8;

/// What an answer is worth (RFC 4033 §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// Signatures lead from a trust anchor to it.
    Secure,
    /// A signed proof says that its zone is not signed.
    Insecure,
    /// It should be signed, and is not or wrongly.
    Bogus(Bogus),
    /// Nobody here can tell: no signatures are to be had, or no anchor is above it.
    Indeterminate,
}

type Validator = DnssecDnsHandle<relay::Relay>;

/// Whether the resolver hands out signatures, as far as one question shows it: that for the digests of the zone that
/// a name belongs to. The zones above nearly always sign either those or the proof that there are none.
pub async fn has_signatures(dns: &dyn Resolver, anchors: &Anchors, name: &Name) -> bool {
    let Some((top, _)) = anchors.above(name) else { return false };
    let zone = name.registrable().filter(|zone| zone.is_below(top));
    let (zone, rtype) = match zone {
        Some(zone) => (zone, RecordType::Ds),
        None => (top.clone(), RecordType::Dnskey),
    };
    let answer = relay::message(dns, &zone, rtype).await;
    let mut records = answer.iter().flat_map(|answer| answer.answers.iter().chain(&answer.authorities));
    records.any(|record| record.record_type() == WireType::RRSIG)
}

/// Validates the answers to some questions about names below one trust anchor's zone, all at once; what the answers
/// lead to by way of an alias is not looked at.
///
/// The questions go to `dns` by [`Via::WholeMessage`]: for the answers, and for the keys and digests of every zone
/// that may lie between them and the anchor, without waiting for one another.
pub async fn validate(dns: &dyn Resolver, anchors: &Anchors, questions: &[(Name, RecordType)]) -> Vec<Security> {
    let nothing = || vec![Security::Indeterminate; questions.len()];
    let Some((first, _)) = questions.first() else { return Vec::new() };
    let Some((top, _)) = anchors.above(first) else { return nothing() };
    let work = async {
        let Some(trusted) = keys_of(dns, anchors, top).await else { return nothing() };
        relay::with_handle(dns, |handle| async {
            let validator = DnssecDnsHandle::with_trust_anchor(handle, trusted.into()).validation_cache_size(CACHE);
            join_all(questions.iter().map(|(name, rtype)| judge(&validator, top, name, *rtype))).await
        })
        .await
    };
    join(work, ask_ahead(dns, top, questions)).await.0
}

/// What an answer is worth; an answer without a record of the type is worth nothing.
async fn judge(validator: &Validator, top: &Name, name: &Name, rtype: RecordType) -> Security {
    let wanted = WireType::from(rtype.code());
    let Some(answer) = lookup(validator, name, wanted).await else { return Security::Indeterminate };
    match proof(&answer, wanted) {
        Some(Proof::Secure) => Security::Secure,
        Some(Proof::Insecure) => Security::Insecure,
        Some(Proof::Bogus) => match fault::find(validator, top, name, rtype).await {
            Some(bogus) => Security::Bogus(bogus),
            None => Security::Indeterminate,
        },
        _ => Security::Indeterminate,
    }
}

async fn lookup(validator: &Validator, name: &Name, rtype: WireType) -> Option<DnsResponse> {
    let query = Query::query(wire_name(name)?, rtype);
    match validator.lookup(query, DnsRequestOptions::default()).first_answer().await {
        Ok(answer) => Some(answer),
        Err(NetError::Dns(DnsError::Nsec { response, .. })) if wildcard::is_proved(&response, rtype) => Some(*response),
        Err(_) => None,
    }
}

/// What the worst record of a type is worth.
fn proof(answer: &DnsResponse, rtype: WireType) -> Option<Proof> {
    answer.answers.iter().filter(|record| record.record_type() == rtype).map(|record| record.proof).min()
}

/// Asks what validation is going to need: what is in flight or known is not asked twice.
async fn ask_ahead(dns: &dyn Resolver, top: &Name, questions: &[(Name, RecordType)]) {
    let mut ahead: BTreeSet<_> = questions.iter().cloned().collect();
    for (name, _) in questions {
        let (mut here, mut below_any) = (Some(name.clone()), false);
        while let Some(zone) = here.filter(|zone| zone != top && zone.is_within(top)) {
            // Where an answer has no signature, the cut above it is looked for.
            if !below_any && zone.label_count() <= top.label_count() + 2 * MOST_AHEAD {
                ahead.insert((zone.clone(), RecordType::Ns));
            }
            // Zones have no names such as _dmarc.
            if !zone.as_str().starts_with('_') && zone.label_count() <= top.label_count() + MOST_AHEAD {
                below_any = true;
                ahead.extend([RecordType::Ds, RecordType::Dnskey].map(|rtype| (zone.clone(), rtype)));
            }
            here = zone.parent();
        }
    }
    join_all(ahead.iter().map(|(name, rtype)| dns.lookup_via(name, *rtype, &Via::WholeMessage))).await;
}

/// The keys of a zone that has a trust anchor, once one that is trusted has signed them (RFC 4035 §5).
///
/// hickory knows anchors as keys alone, and outside the root it wants all keys of the zone; so the step from the
/// anchor to them is taken here.
async fn keys_of(dns: &dyn Resolver, anchors: &Anchors, zone: &Name) -> Option<TrustAnchors> {
    let answer = relay::message(dns, zone, RecordType::Dnskey).await.ok()?;
    let records: Vec<&Record> = answer.answers.iter().filter(|r| r.record_type() == WireType::DNSKEY).collect();
    let keys: Vec<&DNSKEY> = records.iter().filter_map(|record| dnskey(record)).collect();
    let (_, list) = anchors.above(zone)?;
    let trusted: Vec<&DNSKEY> =
        keys.iter().filter(|key| list.iter().any(|anchor| anchor.fits(zone, key))).take(list.len()).copied().collect();
    let owner = wire_name(zone)?;
    let now = now();
    let signed = signatures(&answer, WireType::DNSKEY).filter(|s| validity(s, now) == Validity::Now);
    let signed = signed.take(MOST_TRIES).any(|signature| {
        let tag = signature.input().key_tag;
        let fitting = trusted.iter().filter(|key| key.calculate_key_tag().ok() == Some(tag)).take(2);
        fitting
            .into_iter()
            .any(|key| key.verify_rrsig(&owner, DNSClass::IN, signature, records.iter().copied()).is_ok())
    });
    if signed { anchors::trust(zone, &keys) } else { None }
}

/// The signatures over the records of a type in an answer.
fn signatures(answer: &DnsResponse, rtype: WireType) -> impl Iterator<Item = &RRSIG> {
    answer.answers.iter().filter_map(move |record| match &record.data {
        RData::DNSSEC(DNSSECRData::RRSIG(signature)) if signature.input().type_covered == rtype => Some(signature),
        _ => None,
    })
}

fn dnskey(record: &Record) -> Option<&DNSKEY> {
    match &record.data {
        RData::DNSSEC(DNSSECRData::DNSKEY(key)) => Some(key),
        _ => None,
    }
}

/// Where now lies to the time of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Validity {
    Early,
    Now,
    Late,
}

/// RFC 4034 §3.1.5: both times are serial numbers, compared by RFC 1982.
fn validity(signature: &RRSIG, now: u32) -> Validity {
    let behind = |time: u32| now.wrapping_sub(time) as i32;
    let input = signature.input();
    if behind(input.sig_expiration.get()) > 0 {
        Validity::Late
    } else if behind(input.sig_inception.get()) < 0 {
        Validity::Early
    } else {
        Validity::Now
    }
}

/// Seconds since 1970, as signatures have them.
fn now() -> u32 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as u32)
}

fn wire_name(name: &Name) -> Option<WireName> {
    let mut name = WireName::from_labels(name.raw_labels()).ok()?;
    name.set_fqdn(true);
    Some(name)
}

fn own_name(name: &WireName) -> Option<Name> {
    Name::from_labels(name.iter()).ok()
}
