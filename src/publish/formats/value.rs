//! The bare values, one a line, for the web form of a provider.

use super::{Format, FormatError, refuse_controls};
use crate::publish::ZoneRecords;

pub(super) fn render(zones: &[ZoneRecords]) -> Result<String, FormatError> {
    let mut out = String::new();
    for record in zones.iter().flat_map(|z| &z.records) {
        refuse_controls(Format::Value, record)?;
        out.push_str(&record.value);
        out.push('\n');
    }
    Ok(out)
}
