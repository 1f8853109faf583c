//! Records and answers as plain data.

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Name;
use crate::octets::Octets;

macro_rules! record_types {
    ($($variant:ident = $code:literal $text:literal,)*) => {
        /// A record type; those that mail authentication asks for have names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[allow(missing_docs)]
        pub enum RecordType { $($variant,)* Other(u16) }

        impl RecordType {
            /// The number of the type in the IANA registry.
            pub fn code(self) -> u16 {
                match self { $(Self::$variant => $code,)* Self::Other(code) => code }
            }
            /// The type of a number.
            pub fn from_code(code: u16) -> Self {
                match code { $($code => Self::$variant,)* other => Self::Other(other) }
            }
        }

        impl fmt::Display for RecordType {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$variant => f.write_str($text),)* Self::Other(code) => write!(f, "TYPE{code}") }
            }
        }

        impl FromStr for RecordType {
            type Err = UnknownType;
            /// Reads a mnemonic in either case, or `TYPE123` (RFC 3597 §5).
            fn from_str(text: &str) -> Result<Self, UnknownType> {
                $(if text.eq_ignore_ascii_case($text) { return Ok(Self::$variant); })*
                let number = text.get(..4).filter(|t| t.eq_ignore_ascii_case("TYPE")).and_then(|_| text.get(4..));
                number
                    .filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|n| n.parse().ok())
                    .map(Self::from_code)
                    .ok_or(UnknownType)
            }
        }
    };
}

/// A text that names no record type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown record type")]
pub struct UnknownType;

record_types! {
    A = 1 "A", Ns = 2 "NS", Cname = 5 "CNAME", Soa = 6 "SOA", Ptr = 12 "PTR", Hinfo = 13 "HINFO",
    Mx = 15 "MX", Txt = 16 "TXT", Rp = 17 "RP", Afsdb = 18 "AFSDB", Aaaa = 28 "AAAA", Loc = 29 "LOC",
    Srv = 33 "SRV", Naptr = 35 "NAPTR", Dname = 39 "DNAME", Ds = 43 "DS", Sshfp = 44 "SSHFP",
    Rrsig = 46 "RRSIG", Nsec = 47 "NSEC", Dnskey = 48 "DNSKEY", Nsec3 = 50 "NSEC3",
    Nsec3param = 51 "NSEC3PARAM", Tlsa = 52 "TLSA", Smimea = 53 "SMIMEA", Cds = 59 "CDS",
    Cdnskey = 60 "CDNSKEY", Openpgpkey = 61 "OPENPGPKEY", Csync = 62 "CSYNC", Zonemd = 63 "ZONEMD",
    Svcb = 64 "SVCB", Https = 65 "HTTPS", Spf = 99 "SPF", Any = 255 "ANY", Uri = 256 "URI",
    Caa = 257 "CAA",
}

impl TryFrom<String> for RecordType {
    type Error = UnknownType;
    fn try_from(text: String) -> Result<Self, UnknownType> {
        text.parse()
    }
}

impl From<RecordType> for String {
    fn from(rtype: RecordType) -> Self {
        rtype.to_string()
    }
}

/// The character-strings of one TXT record, as octets (RFC 1035 §3.3.14).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Text(Box<[Box<[u8]>]>);

/// A TXT record joined without blanks (RFC 7208 §3.3, RFC 6376 §3.6.2.2), as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The whole value; octets that are no UTF-8 have become U+FFFD.
    pub text: String,
    /// Where each character-string begins in `text`, in bytes; the first is 0.
    pub starts: Vec<usize>,
}

impl Text {
    /// From the strings of a record.
    pub fn new(strings: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        Self(strings.into_iter().map(|s| s.into().into_boxed_slice()).collect())
    }

    /// The character-strings.
    pub fn strings(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.0.iter().map(|s| &**s)
    }

    /// All strings, with nothing in between.
    pub fn octets(&self) -> Cow<'_, [u8]> {
        match &*self.0 {
            [one] => Cow::Borrowed(one),
            many => Cow::Owned(many.concat()),
        }
    }

    /// The joined value as text (lossy for what is no UTF-8).
    pub fn joined(&self) -> Joined {
        let octets = self.octets();
        let mut text = String::with_capacity(octets.len());
        let mut starts = Vec::with_capacity(self.0.len());
        let mut strings = self.strings().scan(0, |end, string| {
            let start = *end;
            *end += string.len();
            Some(start)
        });
        let mut next = strings.next();
        let mut at = 0;
        // A string begins where its first octet does, or where the character ends that the octet is within.
        let mut place = |text: &String, from: usize, valid: usize| {
            while let Some(start) = next.filter(|start| *start <= from + valid) {
                let mut begin = text.len() - valid + start.saturating_sub(from);
                while !text.is_char_boundary(begin) {
                    begin += 1;
                }
                starts.push(begin);
                next = strings.next();
            }
        };
        for chunk in octets.utf8_chunks() {
            text.push_str(chunk.valid());
            place(&text, at, chunk.valid().len());
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
                at += chunk.invalid().len();
                // Those within what has become one character begin behind it.
                place(&text, at, 0);
            }
        }
        place(&text, at, 0);
        Joined { text, starts }
    }

    /// The joined value as text (lossy for what is no UTF-8).
    pub fn to_text(&self) -> String {
        String::from_utf8_lossy(&self.octets()).into_owned()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.strings().map(String::from_utf8_lossy)).finish()
    }
}

impl<S: Into<Vec<u8>>> FromIterator<S> for Text {
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        Self::new(strings)
    }
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.strings().map(|string| Octets(string.to_vec())))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Octets>::deserialize(deserializer)?.into_iter().map(|string| string.0).collect())
    }
}

/// The data of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum RecordData {
    A(Ipv4Addr),
    Aaaa(Ipv6Addr),
    Mx {
        preference: u16,
        exchange: Name,
    },
    Txt(Text),
    /// The obsolete type 99 (RFC 7208 §3.1).
    Spf(Text),
    Cname(Name),
    Ns(Name),
    Ptr(Name),
    Soa {
        mname: Name,
        rname: Name,
        serial: u32,
        refresh: u32,
        retry: u32,
        expire: u32,
        minimum: u32,
    },
    /// RFC 6698 §2.1.
    Tlsa {
        usage: u8,
        selector: u8,
        matching: u8,
        data: Vec<u8>,
    },
    Ds {
        key_tag: u16,
        algorithm: u8,
        digest_type: u8,
        digest: Vec<u8>,
    },
    Dnskey {
        flags: u16,
        protocol: u8,
        algorithm: u8,
        key: Vec<u8>,
    },
    /// Any other type: its number and the rdata of the wire.
    Other {
        rtype: u16,
        data: Vec<u8>,
    },
}

impl RecordData {
    /// The type of the record.
    pub fn rtype(&self) -> RecordType {
        match self {
            Self::A(_) => RecordType::A,
            Self::Aaaa(_) => RecordType::Aaaa,
            Self::Mx { .. } => RecordType::Mx,
            Self::Txt(_) => RecordType::Txt,
            Self::Spf(_) => RecordType::Spf,
            Self::Cname(_) => RecordType::Cname,
            Self::Ns(_) => RecordType::Ns,
            Self::Ptr(_) => RecordType::Ptr,
            Self::Soa { .. } => RecordType::Soa,
            Self::Tlsa { .. } => RecordType::Tlsa,
            Self::Ds { .. } => RecordType::Ds,
            Self::Dnskey { .. } => RecordType::Dnskey,
            Self::Other { rtype, .. } => RecordType::from_code(*rtype),
        }
    }
}

/// The answer to one question: at least one record of the type asked for, or a whole message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The records, in the order of the answer.
    pub records: Vec<RecordData>,
    /// The targets of the aliases (CNAME) that were followed, in order; empty without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Name>,
    /// The least TTL of the answer, in seconds.
    pub ttl: u32,
    /// The AD bit as the resolver set it; whether to believe it is for the caller (RFC 4035 §3.2.3).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub authentic: bool,
    /// The message on the wire, in place of records: the answer to [`super::Via::WholeMessage`] alone has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Octets>,
}

impl Answer {
    /// An answer with these records, no aliases and a TTL of an hour.
    pub fn new(records: impl IntoIterator<Item = RecordData>) -> Self {
        let records = records.into_iter().collect();
        Self { records, aliases: Vec::new(), ttl: 3600, authentic: false, message: None }
    }

    /// The TXT (or type 99) records.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.records.iter().filter_map(|r| match r {
            RecordData::Txt(text) | RecordData::Spf(text) => Some(text),
            _ => None,
        })
    }

    /// The addresses, of either family.
    pub fn addresses(&self) -> impl Iterator<Item = std::net::IpAddr> {
        self.records.iter().filter_map(|r| match r {
            RecordData::A(a) => Some((*a).into()),
            RecordData::Aaaa(a) => Some((*a).into()),
            _ => None,
        })
    }

    /// The mail exchangers: preference and host.
    pub fn exchanges(&self) -> impl Iterator<Item = (u16, &Name)> {
        self.records.iter().filter_map(|r| match r {
            RecordData::Mx { preference, exchange } => Some((*preference, exchange)),
            _ => None,
        })
    }

    /// The targets of CNAME, NS or PTR records.
    pub fn targets(&self) -> impl Iterator<Item = &Name> {
        self.records.iter().filter_map(|r| match r {
            RecordData::Cname(name) | RecordData::Ns(name) | RecordData::Ptr(name) => Some(name),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_begin_where_their_octets_do() {
        for (strings, text, starts) in [
            (vec![&b"ab"[..], b"", b"c"], "abc", vec![0, 2, 2]),
            (vec![b"", b"x", b""], "x", vec![0, 0, 1]),
            (vec![b"\xff", b"a", b"\xc3", b"b"], "\u{fffd}a\u{fffd}b", vec![0, 3, 4, 7]),
            // One character, torn apart.
            (vec![b"a\xc3", b"\xbcb"], "a\u{fc}b", vec![0, 3]),
            (vec![b"\xe2\x82", b"\xac", b"\xe2\x82"], "\u{20ac}\u{fffd}", vec![0, 3, 3]),
            (vec![], "", vec![]),
        ] {
            let joined = Text::new(strings.clone()).joined();
            assert_eq!((joined.text.as_str(), joined.starts), (text, starts), "{strings:?}");
        }
    }

    #[test]
    fn many_strings_are_joined_in_one_pass() {
        let text = Text::new(vec![b"\xff"; 65_000]);
        let joined = text.joined();
        assert_eq!((joined.text.len(), joined.starts.len()), (3 * 65_000, 65_000));
        assert_eq!(joined.starts.last(), Some(&(3 * 64_999)));
    }
}
