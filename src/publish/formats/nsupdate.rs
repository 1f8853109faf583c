//! Input for `nsupdate`: `zone`, `update add` and `send` for every zone.

use super::{Format, FormatError, absolute, presentation};
use crate::publish::ZoneRecords;

/// Older versions of `nsupdate` read lines into a buffer of 4096 octets, and take what is beyond
/// it for the next command.
const LINE_OCTETS: usize = 4094;

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut out = String::new();
    for ZoneRecords { zone, records } in zones {
        out.push_str(&format!("zone {}\n", absolute(zone)));
        for record in records {
            let (name, data) = (absolute(&record.name), presentation(record)?);
            let line = format!("update add {name} {} IN {} {data}", record.ttl, record.rtype);
            if line.len() > LINE_OCTETS {
                return Err(FormatError::TooLong { format: Format::Nsupdate, name: record.name.clone() });
            }
            out.push_str(&line);
            out.push('\n');
        }
        out.push_str("send\n");
    }
    Ok(out)
}
