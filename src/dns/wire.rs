//! DNS messages on the wire (RFC 1035 §4): one question out, one answer in.
//!
//! Only what a stub resolver needs is read: the header, the question, the answer section and from
//! the rest whether there is an SOA and an OPT record. What a server adds besides cannot spoil an
//! answer, and octets arrive unchanged, also those of types without a parser here.

use super::{MAX_ALIASES, Name, RecordData, RecordType, Text};

/// The UDP payload size offered (RFC 6891 §6.2.5): what no path fragments.
pub(super) const UDP_PAYLOAD: u16 = 1232;

/// Pointers of one compressed name at most.
const MAX_POINTERS: usize = 128;

/// What the header of a query asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flags {
    /// RD: the server is to ask others.
    pub recursion: bool,
    /// CD: hand out what fails validation.
    pub checking_disabled: bool,
    /// DO, in an OPT record, and no AD: signatures are wanted as well.
    pub signatures: bool,
    /// With an OPT record.
    pub edns: bool,
    /// The octets of the answer are wanted, not only what is read of them.
    pub whole: bool,
}

/// A message that answers the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// The response code, with its extension (RFC 6891 §6.1.3).
    pub rcode: u16,
    /// TC: the answer is not whole.
    pub truncated: bool,
    /// AD: the server says that it has validated all of this.
    pub authentic: bool,
    /// RA: the server asks others.
    pub recursive: bool,
    /// With an OPT record.
    pub edns: bool,
    /// The records of the type asked for at the end of the aliases.
    pub records: Vec<RecordData>,
    /// The targets of the aliases, in order.
    pub aliases: Vec<Name>,
    /// The least TTL of aliases and records.
    pub ttl: u32,
    /// An SOA in the authority section: the lack of records is known (RFC 2308 §2.2).
    pub conclusive: bool,
    /// The aliases lead back to themselves, or are too many.
    pub looping: bool,
    /// Nothing but the servers of a zone, from one that is none of them (RFC 2308 §2.2.1).
    pub referral: bool,
    /// The octets, where they are wanted.
    pub message: Option<crate::octets::Octets>,
}

/// Why a message is no answer to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// An answer to something else: late, or forged.
    Foreign,
    /// Nothing that can be read.
    Malformed,
}

/// Writes a query into `out`.
pub(super) fn encode_query(out: &mut Vec<u8>, id: u16, name: &Name, rtype: RecordType, flags: Flags) {
    out.clear();
    // RFC 6840 §5.7: AD in a query says that the answer's AD bit is understood; unlike DO it brings no signatures.
    let understood = u16::from(!flags.signatures) << 5;
    let bits = u16::from(flags.recursion) << 8 | understood | u16::from(flags.checking_disabled) << 4;
    for word in [id, bits, 1, 0, 0, u16::from(flags.edns)] {
        out.extend(word.to_be_bytes());
    }
    let mut label = |octets: &[u8]| {
        // A `Name` has no label above 63 octets.
        out.push(octets.len() as u8);
        out.extend_from_slice(octets);
    };
    if name.as_str().contains('\\') {
        name.raw_labels().iter().for_each(|l| label(l));
    } else {
        name.labels().for_each(|l| label(l.as_bytes()));
    }
    out.push(0);
    out.extend(rtype.code().to_be_bytes());
    out.extend(1u16.to_be_bytes());
    if flags.edns {
        out.push(0);
        out.extend(41u16.to_be_bytes());
        out.extend(UDP_PAYLOAD.to_be_bytes());
        // RFC 6891 §6.1.3: extended code and version, then the flags, of which DO is the first; no options.
        out.extend([0, 0, u8::from(flags.signatures) << 7, 0, 0, 0]);
    }
}

/// Reads the answer to a question; `id` is `None` where the transport has matched it already.
pub(super) fn decode(message: &[u8], id: Option<u16>, name: &Name, rtype: RecordType) -> Result<Reply, Misfit> {
    let mut at = Reader { message, at: 0 };
    let head = (|| Some([at.u16()?, at.u16()?, at.u16()?, at.u16()?, at.u16()?, at.u16()?]))();
    // Too short for an identifier that could be compared: as good as foreign.
    let [got, bits, questions, answers, authorities, additionals] = head.ok_or(Misfit::Foreign)?;
    if id.is_some_and(|id| id != got) || bits & 0x8000 == 0 {
        return Err(Misfit::Foreign);
    }
    let mut reply = Reply {
        rcode: bits & 0xf,
        truncated: bits & 0x0200 != 0,
        authentic: bits & 0x0020 != 0,
        recursive: bits & 0x0080 != 0,
        edns: false,
        records: Vec::new(),
        aliases: Vec::new(),
        ttl: u32::MAX,
        conclusive: false,
        looping: false,
        referral: false,
        message: None,
    };
    match questions {
        // Some servers send a bare header when they will not or cannot answer. That a name does not exist is not
        // believed without the name.
        0 if !matches!(reply.rcode, 0 | 3) && answers == 0 => return Ok(reply),
        1 => {
            let same = at.name_is(name)?;
            let (qtype, class) = (at.need_u16()?, at.need_u16()?);
            if !same || qtype != rtype.code() || class != 1 {
                return Err(Misfit::Foreign);
            }
        }
        _ => return Err(Misfit::Malformed),
    }
    if reply.truncated {
        return Ok(reply);
    }
    let authoritative = bits & 0x0400 != 0;
    let mut servers = false;
    let mut section = Vec::new();
    for _ in 0..answers {
        let record = at.record().ok_or(Misfit::Malformed)?;
        if record.class == 1 {
            section.push(record);
        }
    }
    for n in 0..u32::from(authorities) + u32::from(additionals) {
        let Some(record) = at.record() else { break };
        if n < u32::from(authorities) {
            reply.conclusive |= record.rtype == RecordType::Soa.code();
            servers |= record.rtype == RecordType::Ns.code();
        } else if record.rtype == 41 {
            reply.edns = true;
            reply.rcode |= ((record.ttl >> 24) as u16) << 4;
        }
    }
    follow(message, &section, name, rtype, &mut reply)?;
    let empty = reply.rcode == 0 && reply.records.is_empty() && reply.aliases.is_empty() && !reply.looping;
    reply.referral = empty && servers && !reply.conclusive && !authoritative;
    Ok(reply)
}

/// Walks from the name over the aliases to the records.
fn follow(
    message: &[u8],
    section: &[RawRecord],
    name: &Name,
    rtype: RecordType,
    reply: &mut Reply,
) -> Result<(), Misfit> {
    let mut here = name.clone();
    loop {
        let mut alias = None;
        for record in section {
            let wanted = record.rtype == rtype.code() || rtype == RecordType::Any;
            if !(wanted || record.rtype == RecordType::Cname.code()) {
                continue;
            }
            if !(Reader { message, at: record.owner }).name_is(&here)? {
                continue;
            }
            if wanted {
                reply.records.push(record.data(message)?);
                reply.ttl = reply.ttl.min(record.ttl);
            } else if alias.is_none() {
                alias = Some(record);
            }
        }
        if !reply.records.is_empty() {
            return Ok(());
        }
        let Some(record) = alias else { return Ok(()) };
        let RecordData::Cname(target) = record.data(message)? else { return Err(Misfit::Malformed) };
        reply.ttl = reply.ttl.min(record.ttl);
        reply.looping = target == *name || reply.aliases.contains(&target) || reply.aliases.len() == MAX_ALIASES;
        if reply.looping {
            return Ok(());
        }
        reply.aliases.push(target.clone());
        here = target;
    }
}

/// A record whose data has not been looked at.
struct RawRecord {
    owner: usize,
    rtype: u16,
    class: u16,
    ttl: u32,
    data: std::ops::Range<usize>,
}

impl RawRecord {
    fn data(&self, message: &[u8]) -> Result<RecordData, Misfit> {
        // Names may point back into the message, but the data itself ends where its length says.
        let within = message.get(..self.data.end).ok_or(Misfit::Malformed)?;
        let mut at = Reader { message: within, at: self.data.start };
        let data = match RecordType::from_code(self.rtype) {
            RecordType::A => RecordData::A(at.array::<4>()?.into()),
            RecordType::Aaaa => RecordData::Aaaa(at.array::<16>()?.into()),
            RecordType::Mx => RecordData::Mx { preference: at.need_u16()?, exchange: at.name()? },
            RecordType::Txt => RecordData::Txt(at.strings()?),
            RecordType::Spf => RecordData::Spf(at.strings()?),
            RecordType::Cname => RecordData::Cname(at.name()?),
            RecordType::Ns => RecordData::Ns(at.name()?),
            RecordType::Ptr => RecordData::Ptr(at.name()?),
            RecordType::Soa => RecordData::Soa {
                mname: at.name()?,
                rname: at.name()?,
                serial: at.need_u32()?,
                refresh: at.need_u32()?,
                retry: at.need_u32()?,
                expire: at.need_u32()?,
                minimum: at.need_u32()?,
            },
            RecordType::Tlsa => {
                let [usage, selector, matching] = at.array()?;
                RecordData::Tlsa { usage, selector, matching, data: at.rest() }
            }
            RecordType::Ds => {
                let key_tag = at.need_u16()?;
                let [algorithm, digest_type] = at.array()?;
                RecordData::Ds { key_tag, algorithm, digest_type, digest: at.rest() }
            }
            RecordType::Dnskey => {
                let flags = at.need_u16()?;
                let [protocol, algorithm] = at.array()?;
                RecordData::Dnskey { flags, protocol, algorithm, key: at.rest() }
            }
            _ => RecordData::Other { rtype: self.rtype, data: at.rest() },
        };
        if at.at == self.data.end { Ok(data) } else { Err(Misfit::Malformed) }
    }
}

struct Reader<'a> {
    message: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let octets = self.message.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(octets)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Misfit> {
        self.take(N).and_then(|octets| octets.try_into().ok()).ok_or(Misfit::Malformed)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().ok().map(u16::from_be_bytes)
    }

    fn need_u16(&mut self) -> Result<u16, Misfit> {
        self.array().map(u16::from_be_bytes)
    }

    fn need_u32(&mut self) -> Result<u32, Misfit> {
        self.array().map(u32::from_be_bytes)
    }

    fn rest(&mut self) -> Vec<u8> {
        let octets = self.message.get(self.at..).unwrap_or_default();
        self.at = self.message.len();
        octets.to_vec()
    }

    fn strings(&mut self) -> Result<Text, Misfit> {
        let mut strings: Vec<&[u8]> = Vec::new();
        while self.at < self.message.len() {
            let [length] = self.array()?;
            strings.push(self.take(length.into()).ok_or(Misfit::Malformed)?);
        }
        Ok(Text::new(strings))
    }

    /// Hands each label of a name to `visit` and moves behind the name (RFC 1035 §4.1.4).
    fn labels(&mut self, mut visit: impl FnMut(&'a [u8])) -> Result<(), Misfit> {
        let (mut at, mut behind) = (self.at, None);
        let (mut pointers, mut length) = (0, 1);
        loop {
            let first = usize::from(*self.message.get(at).ok_or(Misfit::Malformed)?);
            match first {
                0 => break,
                1..=63 => {
                    length += first + 1;
                    if length > 255 {
                        return Err(Misfit::Malformed);
                    }
                    visit(self.message.get(at + 1..at + 1 + first).ok_or(Misfit::Malformed)?);
                    at += 1 + first;
                }
                0xc0.. => {
                    let low = usize::from(*self.message.get(at + 1).ok_or(Misfit::Malformed)?);
                    let target = (first & 0x3f) << 8 | low;
                    behind.get_or_insert(at + 2);
                    pointers += 1;
                    // A pointer that does not point backwards could go round in circles.
                    if target >= at || pointers > MAX_POINTERS {
                        return Err(Misfit::Malformed);
                    }
                    at = target;
                }
                _ => return Err(Misfit::Malformed),
            }
        }
        self.at = behind.unwrap_or(at + 1);
        Ok(())
    }

    fn name(&mut self) -> Result<Name, Misfit> {
        let mut labels: Vec<&[u8]> = Vec::with_capacity(8);
        self.labels(|label| labels.push(label))?;
        Name::from_labels(labels).map_err(|_| Misfit::Malformed)
    }

    /// Moves behind a name and says whether it is this one.
    fn name_is(&mut self, name: &Name) -> Result<bool, Misfit> {
        if name.as_str().contains('\\') {
            return Ok(self.name()? == *name);
        }
        let mut expected = name.labels();
        let mut same = true;
        self.labels(|label| same &= expected.next().is_some_and(|e| e.as_bytes().eq_ignore_ascii_case(label)))?;
        Ok(same && expected.next().is_none())
    }

    fn record(&mut self) -> Option<RawRecord> {
        let owner = self.at;
        self.labels(|_| ()).ok()?;
        let (rtype, class) = (self.u16()?, self.u16()?);
        let ttl = self.need_u32().ok()?;
        let length = usize::from(self.u16()?);
        let data = self.at..self.at + length;
        self.take(length)?;
        // RFC 2181 §8: a TTL with the top bit set counts as zero (the field of an OPT record is no TTL).
        let ttl = if rtype != 41 && ttl > i32::MAX as u32 { 0 } else { ttl };
        Some(RawRecord { owner, rtype, class, ttl, data })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FLAGS: Flags =
        Flags { recursion: true, checking_disabled: false, signatures: false, edns: false, whole: false };

    /// An answer to `a.example TXT` with these octets behind the question.
    fn message(answers: u16, rest: &[u8]) -> Vec<u8> {
        let mut octets = Vec::new();
        encode_query(&mut octets, 7, &Name::parse("a.example").unwrap(), RecordType::Txt, FLAGS);
        octets[2] |= 0x80;
        octets[6..8].copy_from_slice(&answers.to_be_bytes());
        octets.extend_from_slice(rest);
        octets
    }

    fn read(octets: &[u8]) -> Result<Reply, Misfit> {
        decode(octets, Some(7), &Name::parse("a.example").unwrap(), RecordType::Txt)
    }

    #[test]
    fn names_that_go_in_circles_are_malformed() {
        // The owner points at itself, forwards, and at a reserved kind of label.
        for owner in [[0xc0, 27], [0xc0, 40], [0x80, 0]] {
            let mut rest = owner.to_vec();
            rest.extend([0, 16, 0, 1, 0, 0, 0, 1, 0, 2, 1, b'x']);
            assert_eq!(read(&message(1, &rest)), Err(Misfit::Malformed), "{owner:?}");
        }
    }

    #[test]
    fn strings_end_where_the_record_does() {
        let record = |data: &[u8]| {
            let mut rest = vec![0xc0, 12, 0, 16, 0, 1, 0x80, 0, 0, 1, 0, data.len() as u8];
            rest.extend_from_slice(data);
            read(&message(1, &rest))
        };
        let reply = record(&[1, b'x', 0, 2, 0xff, b'"']).unwrap();
        assert_eq!(reply.records, [RecordData::Txt(Text::new([&b"x"[..], b"", b"\xff\""]))]);
        assert_eq!(reply.ttl, 0);
        assert_eq!(record(&[5, b'x']), Err(Misfit::Malformed));
        assert_eq!(read(&message(2, &[])), Err(Misfit::Malformed));
        assert_eq!(read(&message(1, &[])[..20]), Err(Misfit::Malformed));
        assert_eq!(read(&[0; 11]), Err(Misfit::Foreign));
    }

    #[test]
    fn what_is_not_said_of_the_name_is_not_believed() {
        let bare = |rcode: u8| read(&[0, 7, 0x81, 0x80 | rcode, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(bare(2).map(|reply| reply.rcode), Ok(2));
        assert_eq!(bare(3), Err(Misfit::Malformed));
        assert_eq!(bare(0), Err(Misfit::Malformed));
        let with_authority = |rtype: u8, authoritative: bool| {
            let mut octets = message(0, &[0, 0, rtype, 0, 1, 0, 0, 0, 1, 0, 1, 0]);
            octets[9] = 1;
            octets[2] |= if authoritative { 4 } else { 0 };
            read(&octets).unwrap()
        };
        assert!(with_authority(2, false).referral);
        assert!(!with_authority(2, true).referral);
        let soa = with_authority(6, false);
        assert!(soa.conclusive && !soa.referral);
    }

    proptest! {
        #[test]
        fn no_octets_panic(rest in proptest::collection::vec(any::<u8>(), 0..300), answers: u16) {
            let _ = read(&message(answers, &rest));
            let _ = decode(&rest, None, &Name::root(), RecordType::Any);
        }
    }
}
