//! What `check` found about domains.

mod document;
mod page;

pub use document::{DnsPart, DomainDocument};
pub use page::as_text;

use std::io::{self, Write};

use super::json;

/// Writes the document of the contract over several domains.
///
/// # Errors
/// Those of the writer.
pub fn as_json(out: &mut dyn Write, domains: &[DomainDocument]) -> io::Result<()> {
    json::document(out, &serde_json::json!({ "schema": "mailauth.check/1", "domains": domains }))
}

/// Writes one domain on a line.
///
/// # Errors
/// Those of the writer.
pub fn as_ndjson(out: &mut dyn Write, domain: &DomainDocument) -> io::Result<()> {
    json::line(out, domain)
}
