//! The data of an entry: checked while a file is read, decoded when somebody asks.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::fields::{Context, Count, Fault, Field, encode, fields, hex};
use super::lex::Token;
use super::problem::Problem;
use crate::dns::{Name, RecordData, RecordType, Text};

/// Whether the words are data of the type; nothing is kept.
pub(super) fn check(rtype: RecordType, tokens: &[Token], context: &mut Context<'_>) -> Result<(), Fault> {
    let Some(first) = tokens.first() else { return Err((Problem::MissingRdata, None)) };
    if is_generic(*first, context.text) {
        let wire = generic(tokens, context.text)?;
        return match fields(rtype) {
            Some(_) => from_wire(rtype, &wire).map(drop).ok_or((Problem::BadGenericData, Some(*first))),
            None => Ok(()),
        };
    }
    match fields(rtype) {
        Some(fields) => encode(fields, tokens, context, &mut Count(0)),
        // RFC 3597 §5: a type without a form of its own has the generic one only.
        None if is_unassigned(rtype) => Err((Problem::BadGenericData, Some(*first))),
        None => Ok(()),
    }
}

/// Decodes the words; `None` where the type's data is kept as text alone.
pub(super) fn decode(
    rtype: RecordType,
    tokens: &[Token],
    context: &mut Context<'_>,
) -> Result<Option<RecordData>, Fault> {
    let Some(wire) = wire(rtype, tokens, context)? else { return Ok(None) };
    from_wire(rtype, &wire).map(Some).ok_or((Problem::BadGenericData, tokens.first().copied()))
}

/// The words as octets of the wire; `None` where the type's data is kept as text alone.
pub(super) fn wire(rtype: RecordType, tokens: &[Token], context: &mut Context<'_>) -> Result<Option<Vec<u8>>, Fault> {
    let Some(first) = tokens.first() else { return Err((Problem::MissingRdata, None)) };
    if is_generic(*first, context.text) {
        return generic(tokens, context.text).map(Some);
    }
    let Some(fields) = fields(rtype) else { return Ok(None) };
    let mut wire = Vec::new();
    encode(fields, tokens, context, &mut wire)?;
    Ok(Some(wire))
}

fn is_generic(token: Token, text: &[u8]) -> bool {
    !token.quoted && token.raw(text) == b"\\#"
}

/// A type that no registry gave a name, as far as this program knows.
fn is_unassigned(rtype: RecordType) -> bool {
    matches!(rtype, RecordType::Other(code) if super::types::name_of(code).is_none())
}

/// `\# length hex…` (RFC 3597 §5).
fn generic(tokens: &[Token], text: &[u8]) -> Result<Vec<u8>, Fault> {
    let [mark, length, data @ ..] = tokens else { return Err((Problem::MissingRdata, None)) };
    let count: Option<u16> = std::str::from_utf8(length.inner(text)).ok().and_then(|w| w.parse().ok());
    let count = count.ok_or((Problem::BadGenericData, Some(*length)))?;
    let mut digits = Vec::new();
    for token in data {
        digits.extend_from_slice(token.inner(text));
    }
    let wire = hex(&digits).map_err(|_| (Problem::BadGenericData, data.first().copied()))?;
    if wire.len() == usize::from(count) { Ok(wire) } else { Err((Problem::BadGenericData, Some(*mark))) }
}

/// Data from the wire, names uncompressed; `None` if it is not of the type's shape.
fn from_wire(rtype: RecordType, wire: &[u8]) -> Option<RecordData> {
    let mut rest = wire;
    let r = &mut rest;
    let data = match rtype {
        RecordType::A => RecordData::A(Ipv4Addr::from(*take::<4>(r)?)),
        RecordType::Aaaa => RecordData::Aaaa(Ipv6Addr::from(*take::<16>(r)?)),
        RecordType::Mx => RecordData::Mx { preference: u16::from_be_bytes(*take(r)?), exchange: name(r)? },
        RecordType::Txt => RecordData::Txt(strings(r)?),
        RecordType::Spf => RecordData::Spf(strings(r)?),
        RecordType::Cname => RecordData::Cname(name(r)?),
        RecordType::Ns => RecordData::Ns(name(r)?),
        RecordType::Ptr => RecordData::Ptr(name(r)?),
        RecordType::Soa => RecordData::Soa {
            mname: name(r)?,
            rname: name(r)?,
            serial: u32::from_be_bytes(*take(r)?),
            refresh: u32::from_be_bytes(*take(r)?),
            retry: u32::from_be_bytes(*take(r)?),
            expire: u32::from_be_bytes(*take(r)?),
            minimum: u32::from_be_bytes(*take(r)?),
        },
        RecordType::Tlsa => {
            let [usage, selector, matching] = *take(r)?;
            RecordData::Tlsa { usage, selector, matching, data: std::mem::take(r).to_vec() }
        }
        RecordType::Ds => {
            let key_tag = u16::from_be_bytes(*take(r)?);
            let [algorithm, digest_type] = *take(r)?;
            RecordData::Ds { key_tag, algorithm, digest_type, digest: std::mem::take(r).to_vec() }
        }
        RecordType::Dnskey => {
            let flags = u16::from_be_bytes(*take(r)?);
            let [protocol, algorithm] = *take(r)?;
            RecordData::Dnskey { flags, protocol, algorithm, key: std::mem::take(r).to_vec() }
        }
        other => {
            check_shape(other, r)?;
            RecordData::Other { rtype: other.code(), data: wire.to_vec() }
        }
    };
    rest.is_empty().then_some(data)
}

/// Walks over the fields of a type that has no data form of its own.
fn check_shape(rtype: RecordType, r: &mut &[u8]) -> Option<()> {
    for field in fields(rtype).unwrap_or(&[Field::Bare]) {
        match field {
            Field::U8 | Field::Algorithm => drop(take::<1>(r)?),
            Field::U16 => drop(take::<2>(r)?),
            Field::U32 | Field::Period | Field::A => drop(take::<4>(r)?),
            Field::Aaaa => drop(take::<16>(r)?),
            Field::Name => drop(name(r)?),
            Field::Str | Field::Salt => drop(string(r)?),
            Field::Strs => drop(strings(r)?),
            Field::Bare | Field::Hex | Field::Base64 => *r = &[],
        }
    }
    Some(())
}

fn take<'w, const N: usize>(r: &mut &'w [u8]) -> Option<&'w [u8; N]> {
    let (head, tail) = r.split_first_chunk::<N>()?;
    *r = tail;
    Some(head)
}

fn string<'w>(r: &mut &'w [u8]) -> Option<&'w [u8]> {
    let [length] = *take::<1>(r)?;
    let (head, tail) = r.split_at_checked(usize::from(length))?;
    *r = tail;
    Some(head)
}

fn strings(r: &mut &[u8]) -> Option<Text> {
    let mut all = Vec::new();
    while !r.is_empty() {
        all.push(string(r)?.to_vec());
    }
    (!all.is_empty()).then(|| Text::new(all))
}

fn name(r: &mut &[u8]) -> Option<Name> {
    let mut labels = Vec::new();
    loop {
        match string(r)? {
            [] => break,
            // The two high bits would be a compression pointer, which zone data has not.
            label if label.len() > 63 => return None,
            label => labels.push(label),
        }
    }
    Name::from_labels(labels).ok()
}
