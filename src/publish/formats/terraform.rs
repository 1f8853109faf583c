//! HCL for Terraform with the provider `hashicorp/dns`, which speaks RFC 2136 to any server.
//!
//! The provider puts a text between quotes and reads it as a master file, splitting it itself; so
//! the text is escaped twice, for the master file and for HCL.

use std::collections::HashSet;

use super::{Data, Format, FormatError, absolute, data, escape_into, is_harmful, relative};
use crate::dns::{Name, RecordType};
use crate::publish::{Record, ZoneRecords};

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut blocks = Vec::new();
    let mut labels = HashSet::new();
    for ZoneRecords { zone, records } in zones {
        let mut sets: Vec<Vec<&Record>> = Vec::new();
        for record in records {
            match sets.iter_mut().find(|s| s[0].name == record.name && s[0].rtype == record.rtype) {
                Some(set) => set.push(record),
                None => sets.push(vec![record]),
            }
        }
        for set in sets {
            blocks.push(block(&set, zone, &mut labels)?);
        }
    }
    Ok(blocks.join("\n"))
}

fn block(set: &[&Record], zone: &Name, labels: &mut HashSet<String>) -> Result<String, FormatError> {
    let head = set[0];
    let kind = match head.rtype {
        RecordType::Txt => "dns_txt_record_set",
        RecordType::Mx => "dns_mx_record_set",
        RecordType::Cname => "dns_cname_record",
        RecordType::A => "dns_a_record_set",
        RecordType::Aaaa => "dns_aaaa_record_set",
        rtype => return Err(FormatError::Type { format: Format::Terraform, rtype, name: head.name.clone() }),
    };
    let mut attributes = vec![("zone", hcl(&absolute(zone)))];
    let name = relative(&head.name, zone);
    if !name.is_empty() {
        attributes.push(("name", hcl(&name)));
    }
    let (mut list, mut blocks) = (Vec::new(), String::new());
    for record in set {
        match data(record)? {
            Data::Text(text) => {
                let mut escaped = String::new();
                escape_into(&mut escaped, text);
                list.push(hcl(&escaped));
            }
            Data::Exchange(preference, host) => blocks.push_str(&format!(
                "\n  mx {{\n    preference = {preference}\n    exchange   = {}\n  }}\n",
                hcl(&absolute(&host))
            )),
            Data::Target(target) => attributes.push(("cname", hcl(&absolute(&target)))),
            Data::Address(address) => list.push(hcl(address)),
        }
    }
    if !list.is_empty() {
        let key = if head.rtype == RecordType::Txt { "txt" } else { "addresses" };
        attributes.push((key, format!("[{}]", list.join(", "))));
    }
    attributes.push(("ttl", head.ttl.to_string()));
    // As `terraform fmt` would have it.
    let width = attributes.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
    let lines: String = attributes.iter().map(|(key, value)| format!("  {key:width$} = {value}\n")).collect();
    Ok(format!("resource \"{kind}\" \"{}\" {{\n{lines}{blocks}}}\n", label(head, labels)))
}

/// An identifier that occurs once in the document.
fn label(record: &Record, labels: &mut HashSet<String>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    let name = record.name.as_str().replace('*', "wildcard").replace('-', "_");
    let base: String = format!("{}_{name}", record.rtype).to_ascii_lowercase().chars().map(plain).collect();
    let mut label = base.clone();
    let mut count = 1;
    while !labels.insert(label.clone()) {
        count += 1;
        label = format!("{base}_{count}");
    }
    label
}

/// A quoted template of HCL in which nothing is a template.
fn hcl(text: &str) -> String {
    let mut out = String::from("\"");
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '$' | '%' if chars.peek() == Some(&'{') => out.extend([c, c]),
            _ if is_harmful(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
