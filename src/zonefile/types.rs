//! Record types that zones hold besides those of [`RecordType`], by the IANA registry.

use crate::dns::RecordType;

const MORE: [(&str, u16); 43] = [
    ("MD", 3),
    ("MF", 4),
    ("MB", 7),
    ("MG", 8),
    ("MR", 9),
    ("NULL", 10),
    ("WKS", 11),
    ("MINFO", 14),
    ("X25", 19),
    ("ISDN", 20),
    ("RT", 21),
    ("NSAP", 22),
    ("NSAP-PTR", 23),
    ("SIG", 24),
    ("KEY", 25),
    ("PX", 26),
    ("GPOS", 27),
    ("NXT", 30),
    ("EID", 31),
    ("NIMLOC", 32),
    ("ATMA", 34),
    ("KX", 36),
    ("CERT", 37),
    ("A6", 38),
    ("SINK", 40),
    ("APL", 42),
    ("IPSECKEY", 45),
    ("DHCID", 49),
    ("HIP", 55),
    ("NINFO", 56),
    ("RKEY", 57),
    ("TALINK", 58),
    ("DSYNC", 66),
    ("NID", 104),
    ("L32", 105),
    ("L64", 106),
    ("LP", 107),
    ("EUI48", 108),
    ("EUI64", 109),
    ("AMTRELAY", 260),
    ("RESINFO", 261),
    ("WALLET", 262),
    ("DLV", 32769),
];

/// A type that a zone may hold: a mnemonic in either case or `TYPE123`; questions alone have `ANY`.
pub(super) fn parse(word: &[u8]) -> Option<RecordType> {
    // The common ones first: this is asked for every entry.
    match word {
        b"A" => return Some(RecordType::A),
        b"TXT" => return Some(RecordType::Txt),
        b"IN" => return None,
        _ => {}
    }
    let word = std::str::from_utf8(word).ok()?;
    let rtype = word.parse().ok().or_else(|| {
        MORE.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, code)| RecordType::from_code(*code))
    })?;
    // RFC 6895 §3.1: 0 and 128 to 255 are not data; OPT (41) is none either.
    (!matches!(rtype.code(), 0 | 41 | 128..=255)).then_some(rtype)
}

/// The mnemonic of a number that [`RecordType`] has no name for.
pub(super) fn name_of(code: u16) -> Option<&'static str> {
    MORE.iter().find(|(_, c)| *c == code).map(|(name, _)| *name)
}
