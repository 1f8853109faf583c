//! Master files (RFC 1035 §5). Names are absolute, so that the text fits under any `$ORIGIN`.

use super::{Data, FormatError, STRING_OCTETS, absolute, data, pieces, presentation, quoted};
use crate::publish::ZoneRecords;

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut out = String::new();
    for record in zones.iter().flat_map(|z| &z.records) {
        out.push_str(&format!("{} {} IN {} ", absolute(&record.name), record.ttl, record.rtype));
        match data(record)? {
            Data::Text(text) if text.len() > STRING_OCTETS => {
                let strings: Vec<_> = pieces(text, STRING_OCTETS).into_iter().map(quoted).collect();
                out.push_str(&format!("(\n    {} )\n", strings.join("\n    ")));
            }
            _ => out.push_str(&format!("{}\n", presentation(record)?)),
        }
    }
    Ok(out)
}
