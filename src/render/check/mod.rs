//! What `check` found about domains.

mod cards;
mod document;
pub mod html;
mod letter;
mod page;
mod receivers;
mod standing;

pub use document::{DnsPart, DomainDocument, KeyPart, ProfilePart};
pub use letter::Letter;
pub use page::{as_text, verdict_words};

use std::io::{self, Write};

use super::json;

/// Writes one domain on a line.
///
/// # Errors
/// Those of the writer.
pub fn as_ndjson(out: &mut dyn Write, domain: &DomainDocument) -> io::Result<()> {
    json::line(out, domain)
}
