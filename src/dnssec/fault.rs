//! Why an answer is bogus: what a zone's own records show.

use hickory_resolver::proto::dnssec::Proof;
use hickory_resolver::proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS};
use hickory_resolver::proto::op::DnsResponse;
use hickory_resolver::proto::rr::{RData, RecordType as WireType};
use serde::{Deserialize, Serialize};

use super::{Validator, Validity, dnskey, lookup, now, own_name, proof, signatures, validity, wire_name};
use crate::dns::{Name, RecordType};

/// An answer that validating resolvers refuse to hand out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bogus {
    /// The name of the records that are not signed as they should be: that of the answer, or of a zone above it.
    pub name: Name,
    /// Their type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// What is wrong with them.
    pub fault: Fault,
}

/// What is wrong with the signature of some records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A validating resolver answers SERVFAIL; why, it does not say.
    Refused,
    /// None of the zone's keys is one that the zone above vouches for (RFC 4035 §5.2).
    NoKeyForDs,
    /// The zone is signed, its records at its own name are not.
    Unsigned,
    /// All signatures have expired; when the last one did, in seconds since 1970.
    Expired(u32),
    /// No signature is valid yet; when the first one will be.
    NotYetValid(u32),
    /// No signature fits the records and a key of the zone.
    Invalid,
}

/// Looks for what makes an answer bogus, from the anchor's zone downwards; `None` where no record of the zones shows
/// a fault, so that what is missing may have been lost on the way.
pub(super) async fn find(validator: &Validator, top: &Name, name: &Name, rtype: RecordType) -> Option<Bogus> {
    let mut zone = top.clone();
    let depth = name.label_count();
    for cut in (top.label_count() + 1..=depth).map(|count| name.suffix(count)) {
        if cut.as_str().starts_with('_') {
            continue;
        }
        let Some(answer) = lookup(validator, &cut, WireType::DS).await else { continue };
        match proof(&answer, WireType::DS) {
            Some(Proof::Secure) => {}
            // Its digests are signed by the zone above.
            Some(Proof::Bogus) => return of_signatures(&answer, &cut, RecordType::Ds, &zone),
            Some(Proof::Insecure) => return None,
            _ => continue,
        }
        let keys = lookup(validator, &cut, WireType::DNSKEY).await?;
        if proof(&keys, WireType::DNSKEY) != Some(Proof::Secure) {
            let digests: Vec<&DS> = answer.answers.iter().filter_map(|record| ds(&record.data)).collect();
            let found: Vec<&DNSKEY> = keys.answers.iter().filter_map(dnskey).collect();
            let owner = wire_name(&cut)?;
            let covered = digests.iter().any(|ds| found.iter().any(|key| ds.covers(&owner, key).unwrap_or(false)));
            if found.is_empty() || covered {
                return of_signatures(&keys, &cut, RecordType::Dnskey, &cut);
            }
            return Some(Bogus { name: cut, rtype: RecordType::Dnskey, fault: Fault::NoKeyForDs });
        }
        zone = cut;
    }
    let answer = lookup(validator, name, WireType::from(rtype.code())).await?;
    of_signatures(&answer, name, rtype, &zone)
}

/// What the signatures over records show, where `zone` has to sign them.
fn of_signatures(answer: &DnsResponse, name: &Name, rtype: RecordType, zone: &Name) -> Option<Bogus> {
    let wire = WireType::from(rtype.code());
    let bogus = |fault| Some(Bogus { name: name.clone(), rtype, fault });
    if signatures(answer, wire).next().is_none() {
        let has_records = answer.answers.iter().any(|record| record.record_type() == wire);
        // Below the zone's own name another zone may begin that is not signed.
        return if has_records && name == zone { bogus(Fault::Unsigned) } else { None };
    }
    let own = || {
        let known = signatures(answer, wire).filter(|signature| signature.input().algorithm.is_supported());
        known.filter(|signature| own_name(&signature.input().signer_name).as_ref() == Some(zone))
    };
    let now = now();
    let ends = own().map(|s| (validity(s, now), s.input().sig_inception.get(), s.input().sig_expiration.get()));
    let ends: Vec<(Validity, u32, u32)> = ends.collect();
    let all = |wanted: Validity| ends.iter().all(|(validity, ..)| *validity == wanted);
    match (ends.iter().map(|end| end.2).max(), ends.iter().map(|end| end.1).min()) {
        (Some(last), _) if all(Validity::Late) => bogus(Fault::Expired(last)),
        (_, Some(first)) if all(Validity::Early) => bogus(Fault::NotYetValid(first)),
        (Some(_), _) => bogus(Fault::Invalid),
        (None, _) => None,
    }
}

fn ds(data: &RData) -> Option<&DS> {
    match data {
        RData::DNSSEC(DNSSECRData::DS(ds)) => Some(ds),
        _ => None,
    }
}
