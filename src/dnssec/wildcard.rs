//! Answers made from a wildcard, with NSEC records as proof that nothing nearer exists (RFC 4035 §5.3.4).
//!
//! hickory 0.26 asks for a record that covers the wildcard itself, which no honest zone has, and takes such an answer
//! for bogus; TLSA records are often made from a wildcard. Signatures are its business here too: only records that it
//! has found secure are looked at.

use hickory_resolver::proto::dnssec::Proof;
use hickory_resolver::proto::dnssec::rdata::{DNSSECRData, NSEC};
use hickory_resolver::proto::op::{DnsResponse, ResponseCode};
use hickory_resolver::proto::rr::{Name, RData, RecordType};

use super::signatures;

/// Whether all records of a type in an answer are secure, and made from a wildcard where nothing nearer exists.
pub(super) fn is_proved(answer: &DnsResponse, rtype: RecordType) -> bool {
    let records = || answer.answers.iter().filter(|record| record.record_type() == rtype);
    let Some(first) = records().next() else { return false };
    if answer.metadata.response_code != ResponseCode::NoError || records().any(|record| record.proof != Proof::Secure) {
        return false;
    }
    let owner = &first.name;
    // The signature that counts is not told: the proof has to hold for each.
    let labels = || signatures(answer, rtype).map(|signature| signature.input().num_labels);
    labels().next().is_some()
        && labels()
            .all(|labels| labels < owner.num_labels() && is_missing(answer, &owner.trim_to(usize::from(labels) + 1)))
}

/// Whether a secure NSEC record says that neither the name nor anything below it exists.
fn is_missing(answer: &DnsResponse, name: &Name) -> bool {
    let secure = answer.authorities.iter().filter(|record| record.proof == Proof::Secure);
    let mut proofs = secure.filter_map(|record| match &record.data {
        RData::DNSSEC(DNSSECRData::NSEC(nsec)) => Some((&record.name, nsec)),
        _ => None,
    });
    proofs.any(|(owner, nsec)| covers(owner, nsec, name))
}

fn covers(owner: &Name, nsec: &NSEC, name: &Name) -> bool {
    let next = nsec.next_domain_name();
    // The last record of a zone leads back to its beginning.
    let last = next <= owner && next.zone_of(name);
    // RFC 6840 §4.1: the record at a cut says nothing about what is below.
    let above = nsec.is_ancestor_delegation() && owner.zone_of(name);
    // What lies on the way to the next name is there, if empty.
    owner < name && (name < next || last) && !name.zone_of(next) && !above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_between_two_others_are_missing() {
        let name = |text: &str| Name::from_ascii(text).unwrap();
        for (owner, next, types, asked, want) in [
            ("*._tcp.a.de.", "b.de.", RecordType::TLSA, "_25._tcp.a.de.", true),
            // The last record of the zone.
            ("*._tcp.a.de.", "de.", RecordType::TLSA, "_25._tcp.a.de.", true),
            ("*._tcp.a.de.", "a.org.", RecordType::TLSA, "b.org.", false),
            // It exists, or something below it does.
            ("_25._tcp.a.de.", "b.de.", RecordType::TLSA, "_25._tcp.a.de.", false),
            ("*._tcp.a.de.", "x._25._tcp.a.de.", RecordType::TLSA, "_25._tcp.a.de.", false),
            ("b.de.", "c.de.", RecordType::TLSA, "a.de.", false),
            // Another zone begins above it.
            ("a.de.", "b.de.", RecordType::NS, "x.a.de.", false),
        ] {
            let nsec = NSEC::new(name(next), [types]);
            assert_eq!(covers(&name(owner), &nsec, &name(asked)), want, "{owner} {next} {asked}");
        }
    }
}
