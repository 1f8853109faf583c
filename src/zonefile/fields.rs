//! The fields of a record's data: words of a master file to octets of the wire (RFC 1035 §5.1).

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::lex::Token;
use super::names::absolute;
use super::problem::Problem;
use crate::dns::RecordType;

/// One field, or all that remain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    U8,
    U16,
    U32,
    /// Seconds, or units.
    Period,
    Name,
    A,
    Aaaa,
    /// One character-string.
    Str,
    /// Character-strings to the end, at least one.
    Strs,
    /// A string without length octet, to the end of the data.
    Bare,
    /// Hexadecimal to the end, blanks allowed.
    Hex,
    /// Base64 to the end, blanks allowed.
    Base64,
    /// A length octet and hexadecimal, `-` for none.
    Salt,
    /// A DNSSEC algorithm, number or mnemonic.
    Algorithm,
}

/// The fields of a type; `None` for types whose data is kept as text.
pub(super) fn fields(rtype: RecordType) -> Option<&'static [Field]> {
    use Field::*;
    Some(match rtype {
        RecordType::A => &[A],
        RecordType::Aaaa => &[Aaaa],
        RecordType::Ns | RecordType::Cname | RecordType::Ptr | RecordType::Dname => &[Name],
        RecordType::Soa => &[Name, Name, U32, Period, Period, Period, Period],
        RecordType::Mx | RecordType::Afsdb => &[U16, Name],
        RecordType::Txt | RecordType::Spf => &[Strs],
        RecordType::Hinfo => &[Str, Str],
        RecordType::Rp => &[Name, Name],
        RecordType::Srv => &[U16, U16, U16, Name],
        RecordType::Naptr => &[U16, U16, Str, Str, Str, Name],
        RecordType::Ds | RecordType::Cds => &[U16, Algorithm, U8, Hex],
        RecordType::Sshfp => &[U8, U8, Hex],
        RecordType::Dnskey | RecordType::Cdnskey => &[U16, U8, Algorithm, Base64],
        RecordType::Nsec3param => &[U8, U8, U16, Salt],
        RecordType::Tlsa | RecordType::Smimea => &[U8, U8, U8, Hex],
        RecordType::Openpgpkey => &[Base64],
        RecordType::Zonemd => &[U32, U8, U8, Hex],
        RecordType::Uri => &[U16, U16, Bare],
        RecordType::Caa => &[U8, Str, Bare],
        _ => return None,
    })
}

/// Names in the data, which may have been written without the final dot: their place among the words.
pub(super) fn name_words(rtype: RecordType) -> std::ops::Range<usize> {
    match rtype {
        RecordType::Ns | RecordType::Cname | RecordType::Ptr | RecordType::Dname => 0..1,
        RecordType::Soa | RecordType::Rp => 0..2,
        RecordType::Mx | RecordType::Afsdb => 1..2,
        RecordType::Srv => 3..4,
        RecordType::Naptr => 5..6,
        _ => 0..0,
    }
}

/// What was wrong and with which word; `None` is the end of the entry.
pub(super) type Fault = (Problem, Option<Token>);

/// What the fields are written against.
pub(super) struct Context<'a> {
    pub text: &'a [u8],
    pub origin: Option<&'a str>,
    /// Room for names.
    pub buffer: &'a mut String,
}

/// Where octets go; checking alone needs only their number.
pub(super) trait Sink {
    fn put(&mut self, octets: &[u8]);
    fn len(&self) -> usize;
    /// Whether the octets are wanted at all.
    const KEEPS: bool;
}

impl Sink for Vec<u8> {
    const KEEPS: bool = true;
    fn put(&mut self, octets: &[u8]) {
        self.extend_from_slice(octets);
    }
    fn len(&self) -> usize {
        self.len()
    }
}

/// Counts octets.
pub(super) struct Count(pub usize);

impl Sink for Count {
    const KEEPS: bool = false;
    fn put(&mut self, octets: &[u8]) {
        self.0 += octets.len();
    }
    fn len(&self) -> usize {
        self.0
    }
}

/// Encodes words by the fields of a type, or only checks them with [`Count`].
pub(super) fn encode<S: Sink>(
    fields: &[Field],
    tokens: &[Token],
    context: &mut Context<'_>,
    out: &mut S,
) -> Result<(), Fault> {
    let mut rest = tokens;
    for &field in fields {
        let Some((&token, tail)) = rest.split_first() else { return Err((Problem::MissingRdata, None)) };
        let word = token.inner(context.text);
        let fail = |problem| (problem, Some(token));
        rest = tail;
        match field {
            Field::U8 => out.put(&[number::<u8>(word).map_err(fail)?]),
            Field::U16 => out.put(&number::<u16>(word).map_err(fail)?.to_be_bytes()),
            Field::U32 => out.put(&number::<u32>(word).map_err(fail)?.to_be_bytes()),
            Field::Period => out.put(&period(word).ok_or(fail(Problem::BadNumber))?.to_be_bytes()),
            Field::Algorithm => out.put(&[algorithm(word).map_err(fail)?]),
            Field::Name => {
                absolute(word, context.origin, context.buffer).map_err(|bad| fail(bad.into()))?;
                if S::KEEPS {
                    put_name(context.buffer, out);
                } else {
                    out.put(context.buffer.as_bytes());
                }
            }
            Field::A => out.put(&address::<Ipv4Addr>(word).map_err(fail)?.octets()),
            Field::Aaaa => out.put(&address::<Ipv6Addr>(word).map_err(fail)?.octets()),
            Field::Str => string(token, context.text, out)?,
            Field::Strs => {
                string(token, context.text, out)?;
                for &token in std::mem::take(&mut rest) {
                    string(token, context.text, out)?;
                    if out.len() > 0xffff {
                        return Err((Problem::RecordTooLong, Some(token)));
                    }
                }
            }
            Field::Bare => out.put(&unescape(word).map_err(fail)?),
            Field::Hex => {
                let all = joined(word, std::mem::take(&mut rest), context.text);
                out.put(&hex(&all).map_err(fail)?);
            }
            Field::Base64 => {
                let all = joined(word, std::mem::take(&mut rest), context.text);
                out.put(&BASE64.decode(&*all).map_err(|_| fail(Problem::BadBase64))?);
            }
            Field::Salt => {
                let salt = if word == b"-" { Vec::new() } else { hex(word).map_err(fail)? };
                out.put(&[u8::try_from(salt.len()).map_err(|_| fail(Problem::BadHex))?]);
                out.put(&salt);
            }
        }
    }
    match rest.first() {
        Some(&token) => Err((Problem::TrailingData, Some(token))),
        None if out.len() > 0xffff => Err((Problem::RecordTooLong, tokens.first().copied())),
        None => Ok(()),
    }
}

/// Padding may be left out, as some tools do.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn joined<'t>(first: &'t [u8], rest: &[Token], text: &'t [u8]) -> Cow<'t, [u8]> {
    if rest.is_empty() {
        return Cow::Borrowed(first);
    }
    let mut all = first.to_vec();
    rest.iter().for_each(|t| all.extend_from_slice(t.inner(text)));
    Cow::Owned(all)
}

fn put_name<S: Sink>(absolute: &str, out: &mut S) {
    if let Ok(name) = crate::dns::Name::parse(absolute) {
        for label in name.raw_labels() {
            out.put(&[label.len() as u8]);
            out.put(&label);
        }
    }
    out.put(&[0]);
}

fn string<S: Sink>(token: Token, text: &[u8], out: &mut S) -> Result<(), Fault> {
    let octets = unescape(token.inner(text)).map_err(|problem| (problem, Some(token)))?;
    match u8::try_from(octets.len()) {
        Ok(length) => {
            out.put(&[length]);
            out.put(&octets);
            Ok(())
        }
        Err(_) => {
            let length = u32::try_from(octets.len()).unwrap_or(u32::MAX);
            Err((Problem::StringTooLong(length), Some(token)))
        }
    }
}

/// `\DDD` is an octet, `\X` is X (RFC 1035 §5.1).
pub(super) fn unescape(word: &[u8]) -> Result<Cow<'_, [u8]>, Problem> {
    let Some(first) = memchr::memchr(b'\\', word) else { return Ok(Cow::Borrowed(word)) };
    let mut out = Vec::with_capacity(word.len());
    out.extend_from_slice(word.get(..first).unwrap_or_default());
    let mut rest = word.get(first..).unwrap_or_default();
    loop {
        match rest {
            [b'\\', a @ b'0'..=b'9', tail @ ..] => {
                let (&[b, c], tail) = tail.split_first_chunk::<2>().ok_or(Problem::BadEscape)?;
                if !b.is_ascii_digit() || !c.is_ascii_digit() {
                    return Err(Problem::BadEscape);
                }
                let value = u16::from(a - b'0') * 100 + u16::from(b - b'0') * 10 + u16::from(c - b'0');
                out.push(u8::try_from(value).map_err(|_| Problem::BadEscape)?);
                rest = tail;
            }
            [b'\\', x, tail @ ..] => {
                out.push(*x);
                rest = tail;
            }
            [b'\\'] => return Err(Problem::BadEscape),
            _ => {
                let run = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
                let (head, tail) = rest.split_at(run);
                out.extend_from_slice(head);
                rest = tail;
                if rest.is_empty() {
                    return Ok(Cow::Owned(out));
                }
            }
        }
        if rest.is_empty() {
            return Ok(Cow::Owned(out));
        }
    }
}

fn word_str(word: &[u8]) -> Option<&str> {
    std::str::from_utf8(word).ok()
}

fn number<N: std::str::FromStr>(word: &[u8]) -> Result<N, Problem> {
    let digits = word_str(word).filter(|w| w.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|w| w.parse().ok()).ok_or(Problem::BadNumber)
}

fn address<A: std::str::FromStr>(word: &[u8]) -> Result<A, Problem> {
    word_str(word).and_then(|w| w.parse().ok()).ok_or(Problem::BadAddress)
}

fn algorithm(word: &[u8]) -> Result<u8, Problem> {
    const MNEMONICS: [(&str, u8); 12] = [
        ("RSAMD5", 1),
        ("DSA", 3),
        ("RSASHA1", 5),
        ("DSA-NSEC3-SHA1", 6),
        ("NSEC3DSA", 6),
        ("RSASHA1-NSEC3-SHA1", 7),
        ("NSEC3RSASHA1", 7),
        ("RSASHA256", 8),
        ("RSASHA512", 10),
        ("ECDSAP256SHA256", 13),
        ("ECDSAP384SHA384", 14),
        ("ED25519", 15),
    ];
    number(word).or_else(|bad| {
        let known = MNEMONICS.iter().find(|(m, _)| word.eq_ignore_ascii_case(m.as_bytes()));
        known.map(|(_, n)| *n).or(word.eq_ignore_ascii_case(b"ED448").then_some(16)).ok_or(bad)
    })
}

pub(super) fn hex(word: &[u8]) -> Result<Vec<u8>, Problem> {
    let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8).ok_or(Problem::BadHex);
    if !word.len().is_multiple_of(2) {
        return Err(Problem::BadHex);
    }
    word.chunks_exact(2).map(|pair| Ok(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

/// Seconds, or numbers with the units w d h m s; at most 2^32 - 1.
pub(super) fn period(word: &[u8]) -> Option<u32> {
    let mut total = 0_u64;
    let mut value = None;
    for &b in word {
        let unit = match b.to_ascii_lowercase() {
            digit @ b'0'..=b'9' => {
                let next = value.unwrap_or(0_u64) * 10 + u64::from(digit - b'0');
                value = Some(next).filter(|n| *n <= u64::from(u32::MAX));
                value?;
                continue;
            }
            b'w' => 604_800,
            b'd' => 86_400,
            b'h' => 3_600,
            b'm' => 60,
            b's' => 1,
            _ => return None,
        };
        total += value.take()? * unit;
        if total > u64::from(u32::MAX) {
            return None;
        }
    }
    if word.is_empty() {
        return None;
    }
    u32::try_from(total + value.unwrap_or(0)).ok()
}

/// A TTL: a period of at most 2^31 - 1 seconds (RFC 2181 §8).
pub(super) fn ttl(word: &[u8]) -> Option<u32> {
    period(word).filter(|ttl| *ttl <= i32::MAX as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods() {
        for (word, want) in [
            ("0", Some(0)),
            ("3600", Some(3600)),
            ("1h30m", Some(5400)),
            ("1W2D", Some(777_600)),
            ("2d12", Some(172_812)),
            ("", None),
            ("h", None),
            ("1x", None),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
            ("99999999999999999999999", None),
            ("9999w", None),
        ] {
            assert_eq!(period(word.as_bytes()), want, "{word}");
        }
        assert_eq!(ttl(b"2147483648"), None);
    }

    #[test]
    fn escapes() {
        for (word, want) in [
            ("plain", Ok("plain")),
            ("a\\;b\\\"", Ok("a;b\"")),
            ("\\065\\066c", Ok("ABc")),
            ("\\\\", Ok("\\")),
            ("\\", Err(Problem::BadEscape)),
            ("\\06", Err(Problem::BadEscape)),
            ("\\0x1", Err(Problem::BadEscape)),
            ("\\256", Err(Problem::BadEscape)),
        ] {
            let got = unescape(word.as_bytes());
            assert_eq!(got.as_deref().map_err(|e| *e), want.map(str::as_bytes), "{word}");
        }
    }
}
