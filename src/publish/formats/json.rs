//! The records as a JSON array of `{"name","type","ttl","value"}`.

use serde::Serialize;

use super::{FormatError, is_harmful};
use crate::publish::{Record, ZoneRecords};

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let records: Vec<&Record> = zones.iter().flat_map(|z| &z.records).collect();
    Ok(to_json_text(&records))
}

/// A value as indented JSON with a final line end; control, bidirectional and invisible characters
/// are written as `\uXXXX`.
pub fn to_json_text(value: &impl Serialize) -> String {
    // Plain data with text keys always serialises.
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // Line ends between the tokens are JSON's own; inside strings they are escaped already.
        if c != '\n' && is_harmful(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}
