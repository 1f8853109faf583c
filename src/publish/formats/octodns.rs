//! YAML for octoDNS: keys are names below the apex, in natural order, as its provider insists on.
//!
//! Texts are whole, with semicolons as `\;`.

use std::collections::BTreeMap;

use super::{Data, Format, FormatError, absolute, data, relative};
use crate::dns::RecordType;
use crate::publish::{Record, ZoneRecords};

/// The records of one name by their type.
type Sets<'a> = BTreeMap<RecordType, Vec<&'a Record>>;

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut out = String::new();
    for ZoneRecords { zone, records } in zones {
        out.push_str("---\n");
        if zones.len() > 1 {
            out.push_str(&format!("# {}\n", absolute(zone)));
        }
        let mut names: BTreeMap<(Vec<NaturalPart>, String), Sets<'_>> = BTreeMap::new();
        for record in records {
            let name = relative(&record.name, zone);
            names.entry((natural(&name), name)).or_default().entry(record.rtype).or_default().push(record);
        }
        for ((_, name), types) in names {
            out.push_str(&format!("{}:\n", yaml(&name)));
            let several = types.len() > 1;
            for records in types.values() {
                set(&mut out, records, several)?;
            }
        }
    }
    Ok(out)
}

/// The records of one name and type.
fn set(out: &mut String, records: &[&Record], in_list: bool) -> Result<(), FormatError> {
    let (first, indent) = if in_list { ("  - ", "    ") } else { ("  ", "  ") };
    let Some(head) = records.first() else { return Ok(()) };
    out.push_str(&format!("{first}ttl: {}\n{indent}type: {}\n", head.ttl, head.rtype));
    let nested = format!("{indent}    ");
    match records {
        [one] if !matches!(data(one)?, Data::Exchange(..)) => {
            out.push_str(&format!("{indent}value: {}\n", scalar(one)?));
        }
        _ => {
            out.push_str(&format!("{indent}values:\n"));
            for record in records {
                match data(record)? {
                    Data::Exchange(preference, host) => out.push_str(&format!(
                        "{indent}  - exchange: {}\n{nested}preference: {preference}\n",
                        yaml(&absolute(&host))
                    )),
                    _ => out.push_str(&format!("{indent}  - {}\n", scalar(record)?)),
                }
            }
        }
    }
    Ok(())
}

fn scalar(record: &Record) -> Result<String, FormatError> {
    Ok(match data(record)? {
        Data::Text(text) => {
            super::refuse_controls(Format::Octodns, record)?;
            yaml(&text.replace(';', "\\;"))
        }
        Data::Target(name) => yaml(&absolute(&name)),
        _ => yaml(&record.value),
    })
}

/// A scalar in single quotes, where only the quote itself is special (YAML 1.2 §7.3.2), or in double
/// quotes with escapes where there are characters that must not stand in a file as they are.
fn yaml(text: &str) -> String {
    if text.chars().all(|c| matches!(c, ' '..='~') || (c > '\u{a0}' && !super::is_harmful(c))) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Digits compare as numbers: `s2` stands before `s10`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum NaturalPart {
    Number(u64),
    Text(String),
}

fn natural(name: &str) -> Vec<NaturalPart> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let piece = &rest[..end];
        parts.push(if digits {
            NaturalPart::Number(piece.parse().unwrap_or(u64::MAX))
        } else {
            NaturalPart::Text(piece.to_owned())
        });
        rest = &rest[end..];
    }
    parts
}
