//! Signatures for the answers of the test server: zones with keys of their own, and what can be wrong with them.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use hickory_proto::dnssec::crypto::EcdsaSigningKey;
use hickory_proto::dnssec::rdata::sig::SigInput;
use hickory_proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS, NSEC, NSEC3, RRSIG};
use hickory_proto::dnssec::{Algorithm, DigestType, Nsec3HashAlgorithm, PublicKey as _, SigningKey as _, TBS};
use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::rdata::{NS, SOA};
use hickory_proto::rr::{DNSClass, Name, RData, Record, RecordType, SerialNumber};

use super::{plain, wire_name};

/// How the records of a zone, or of one name, are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// As they should be.
    Well,
    /// The zone above says that this one is not signed.
    Not,
    /// The zone has keys and a DS record, but no signatures over its data.
    Forgotten,
    /// The signatures have expired.
    Expired,
    /// They are not valid yet.
    Early,
    /// They fit something else.
    Wrong,
    /// The DS record above belongs to another key.
    OtherKey,
}

/// What is lost between the zones and the resolver's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    Nothing,
    /// Everything that the DO bit asks for.
    Signatures,
    /// The proofs that something is not there.
    Proofs,
}

struct Zone {
    key: EcdsaSigningKey,
    dnskey: DNSKEY,
    signed: Signed,
}

/// The zones of a server, from the root down.
pub struct Signing {
    zones: BTreeMap<String, Zone>,
    names: BTreeMap<String, Signed>,
    nsec3: bool,
    lost: Lost,
}

fn key() -> (EcdsaSigningKey, DNSKEY) {
    let pkcs8 = EcdsaSigningKey::generate_pkcs8(Algorithm::ECDSAP256SHA256).unwrap();
    let key = EcdsaSigningKey::from_pkcs8(&pkcs8, Algorithm::ECDSAP256SHA256).unwrap();
    let dnskey = DNSKEY::with_flags(257, key.to_public_key().unwrap());
    (key, dnskey)
}

impl Signing {
    /// Zones by name; those above a zone have to be there, the root (an empty name) always is.
    pub fn new<'z>(zones: impl IntoIterator<Item = (&'z str, Signed)>, nsec3: bool) -> Self {
        let zones = [("", Signed::Well)].into_iter().chain(zones);
        let zones = zones.map(|(name, signed)| {
            let (key, dnskey) = key();
            (name.to_owned(), Zone { key, dnskey, signed })
        });
        Self { zones: zones.collect(), names: BTreeMap::new(), nsec3, lost: Lost::Nothing }
    }

    /// The records of one name are signed otherwise than those of its zone.
    pub fn set(&mut self, name: &str, signed: Signed) {
        self.names.insert(name.to_owned(), signed);
    }

    pub fn lose(&mut self, lost: Lost) {
        self.lost = lost;
    }

    /// The key of a zone as a line of a file of trust anchors.
    pub fn anchor(&self, zone: &str) -> String {
        let key = self.zones[zone].dnskey.public_key().public_bytes().to_vec();
        format!("{zone}. IN DNSKEY 257 3 13 {}\n", base64::engine::general_purpose::STANDARD.encode(key))
    }

    /// Its digest, as such a line.
    pub fn digest(&self, zone: &str) -> String {
        let key = &self.zones[zone].dnskey;
        let digest = key.to_digest(&wire_name(zone), DigestType::SHA256).unwrap();
        let hex: String = digest.as_ref().iter().map(|b| format!("{b:02X}")).collect();
        format!("{zone}. IN DS {} 13 2 {hex}\n", key.calculate_key_tag().unwrap())
    }

    /// The zone that a name lies in; a DS record lies above the cut.
    fn zone_of(&self, name: &str, rtype: RecordType) -> &str {
        let within = |zone: &&String| {
            zone.is_empty() || name.ends_with(&format!(".{zone}")) || (name == **zone && rtype != RecordType::DS)
        };
        self.zones.keys().filter(within).max_by_key(|zone| zone.len()).unwrap()
    }

    fn is_signed(&self, zone: &str) -> bool {
        let above = |z: &String| z.is_empty() || zone == z || zone.ends_with(&format!(".{z}"));
        self.zones.iter().filter(|(name, _)| above(name)).all(|(_, zone)| zone.signed != Signed::Not)
    }

    /// Puts in what is the zones' own, and the signatures where they are asked for.
    pub fn complete(
        &self,
        reply: &mut Message,
        name: &str,
        asked: RecordType,
        types: &dyn Fn(&str) -> Vec<RecordType>,
    ) {
        let wanted = reply.edns.as_ref().is_some_and(|edns| edns.flags().dnssec_ok);
        self.own_records(reply, name, asked);
        if !wanted || self.lost == Lost::Signatures {
            return;
        }
        let found = reply.answers.iter().any(|record| record.record_type() == asked);
        if !found {
            let end = reply.answers.iter().rev().find_map(|record| match &record.data {
                RData::CNAME(target) => Some(plain(&target.0)),
                _ => None,
            });
            let end = end.unwrap_or_else(|| name.to_owned());
            let zone = self.zone_of(&end, asked).to_owned();
            reply.authorities.clear();
            reply.add_authority(soa(&zone));
            if self.is_signed(&zone) && self.lost != Lost::Proofs {
                // Every name is said to be there, and to be followed by nothing.
                reply.metadata.response_code = ResponseCode::NoError;
                let mut there = types(&end);
                if self.zones.contains_key(&end) {
                    there.push(RecordType::NS);
                    if asked != RecordType::DS {
                        there.extend([RecordType::SOA, RecordType::DNSKEY]);
                    }
                }
                reply.add_authority(self.proof(&end, &zone, there));
            }
        }
        for section in [&mut reply.answers, &mut reply.authorities] {
            let mut sets: BTreeMap<(String, u16), Vec<Record>> = BTreeMap::new();
            for record in section.iter() {
                sets.entry((plain(&record.name), record.record_type().into())).or_default().push(record.clone());
            }
            section.extend(sets.into_values().filter_map(|set| self.sign(&set, asked)));
        }
    }

    /// DNSKEY, DS and NS records come from the zones alone.
    fn own_records(&self, reply: &mut Message, name: &str, asked: RecordType) {
        let Some(zone) = self.zones.get(name) else { return };
        let data: RData = match asked {
            RecordType::DNSKEY if zone.signed != Signed::Not => zone.dnskey.clone().into(),
            RecordType::DS if zone.signed != Signed::Not && !name.is_empty() => {
                let other = key().1;
                let key = if zone.signed == Signed::OtherKey { &other } else { &zone.dnskey };
                let digest = key.to_digest(&wire_name(name), DigestType::SHA256).unwrap();
                let tag = key.calculate_key_tag().unwrap();
                let ds = DS::new(tag, Algorithm::ECDSAP256SHA256, DigestType::SHA256, digest.as_ref().to_vec());
                RData::DNSSEC(DNSSECRData::DS(ds))
            }
            RecordType::NS => RData::NS(NS(wire_name("ns.elsewhere"))),
            _ => return,
        };
        reply.metadata.response_code = ResponseCode::NoError;
        reply.authorities.clear();
        reply.answers = vec![Record::from_rdata(wire_name(name), 300, data)];
    }

    fn proof(&self, name: &str, zone: &str, mut types: Vec<RecordType>) -> Record {
        types.push(RecordType::RRSIG);
        if !self.nsec3 {
            types.push(RecordType::NSEC);
            let next = Name::from_labels([&b"\0"[..]]).unwrap().append_domain(&wire_name(name)).unwrap();
            let data = RData::DNSSEC(DNSSECRData::NSEC(NSEC::new(next, types)));
            return Record::from_rdata(wire_name(name), 300, data);
        }
        let hash = Nsec3HashAlgorithm::SHA1.hash(&[], &wire_name(name), 0).unwrap().as_ref().to_vec();
        let mut next = hash.clone();
        *next.last_mut().unwrap() = next.last().unwrap().wrapping_add(1);
        let data = NSEC3::new(Nsec3HashAlgorithm::SHA1, false, 0, Vec::new(), next, types);
        let owner = if zone.is_empty() { base32(&hash) } else { format!("{}.{zone}", base32(&hash)) };
        Record::from_rdata(wire_name(&owner), 300, RData::DNSSEC(DNSSECRData::NSEC3(data)))
    }

    fn sign(&self, set: &[Record], asked: RecordType) -> Option<Record> {
        let (owner, rtype) = (&set[0].name, set[0].record_type());
        let name = plain(owner);
        // A proof that there is no DS record comes from above the cut.
        let asked = if rtype == RecordType::NSEC { asked } else { rtype };
        let signer = self.zone_of(&name, asked).to_owned();
        let zone = &self.zones[&signer];
        let mut how = self.names.get(&name).copied().unwrap_or(zone.signed);
        if rtype == RecordType::DNSKEY && how != Signed::Not {
            how = Signed::Well;
        }
        if how == Signed::Forgotten || !self.is_signed(&signer) {
            return None;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as u32;
        let (from, until) = match how {
            Signed::Expired => (now - 864_000, now - 86_400),
            Signed::Early => (now + 86_400, now + 864_000),
            _ => (now - 3600, now + 86_400),
        };
        let input = SigInput {
            type_covered: rtype,
            algorithm: Algorithm::ECDSAP256SHA256,
            num_labels: owner.num_labels(),
            original_ttl: set[0].ttl,
            sig_expiration: SerialNumber::new(until),
            sig_inception: SerialNumber::new(from),
            key_tag: zone.dnskey.calculate_key_tag().unwrap(),
            signer_name: wire_name(&signer),
        };
        let signed = TBS::from_input(owner, DNSClass::IN, &input, set.iter()).unwrap();
        let mut signature = zone.key.sign(&signed).unwrap();
        if how == Signed::Wrong {
            signature[8] ^= 1;
        }
        let data = RData::DNSSEC(DNSSECRData::RRSIG(RRSIG::from_sig(input, signature)));
        Some(Record::from_rdata(owner.clone(), set[0].ttl, data))
    }
}

fn soa(zone: &str) -> Record {
    let name = wire_name(zone);
    Record::from_rdata(name.clone(), 60, RData::SOA(SOA::new(name.clone(), name, 1, 3600, 600, 86400, 60)))
}

/// RFC 4648 §7, without padding.
fn base32(octets: &[u8]) -> String {
    let bits: String = octets.iter().map(|b| format!("{b:08b}")).collect();
    let digit = |five: &[u8]| {
        let value = usize::from_str_radix(std::str::from_utf8(five).unwrap(), 2).unwrap();
        char::from(b"0123456789abcdefghijklmnopqrstuv"[value])
    };
    bits.as_bytes().chunks(5).map(digit).collect()
}
