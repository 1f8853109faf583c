//! A change batch for `aws route53 change-resource-record-sets`.
//!
//! The action is CREATE: it fails where there are records of that name and type already, which
//! UPSERT would throw away (the other texts at the apex, for one).

use serde_json::json;

use super::{Data, FormatError, STRING_OCTETS, absolute, data, pieces, to_json_text};
use crate::publish::{Record, ZoneRecords};

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    // Records of one name and type make one set.
    let mut sets: Vec<Vec<&Record>> = Vec::new();
    for record in zones.iter().flat_map(|z| &z.records) {
        match sets.iter_mut().find(|s| s[0].name == record.name && s[0].rtype == record.rtype) {
            Some(set) => set.push(record),
            None => sets.push(vec![record]),
        }
    }
    let mut changes = Vec::new();
    for set in sets {
        let values = set.iter().map(|r| Ok(json!({ "Value": value(r)? }))).collect::<Result<Vec<_>, FormatError>>()?;
        changes.push(json!({
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": absolute(&set[0].name),
                "Type": set[0].rtype.to_string(),
                "TTL": set[0].ttl,
                "ResourceRecords": values,
            },
        }));
    }
    Ok(to_json_text(&json!({ "Changes": changes })))
}

fn value(record: &Record) -> Result<String, FormatError> {
    match data(record)? {
        Data::Text(text) => Ok(pieces(text, STRING_OCTETS).into_iter().map(octal).collect::<Vec<_>>().join(" ")),
        _ => super::presentation(record),
    }
}

/// Route 53 escapes in octal where master files do in decimal.
fn octal(text: &str) -> String {
    let mut out = String::from("\"");
    for b in text.bytes() {
        match b {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\134"),
            b' '..=b'~' => out.push(b as char),
            _ => out.push_str(&format!("\\{b:03o}")),
        }
    }
    out.push('"');
    out
}
