//! What `verify` found about messages.

mod document;
mod page;
mod results;

pub use document::MessageDocument;
pub use page::{Manner, as_text, mechanisms, shorten_addresses};
pub use results::authentication_results;

use std::io::{self, Write};

use super::json;

/// Writes the beginning of the contract's document, whose messages follow one by one.
///
/// # Errors
/// Those of the writer.
pub fn begin_json(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\n  \"schema\": \"mailauth.verify/1\",\n  \"messages\": [")
}

/// Writes one message as an element of the document, without the comma and the line break before it.
///
/// # Errors
/// Those of the writer.
pub fn message_json(out: &mut dyn Write, message: &MessageDocument) -> io::Result<()> {
    let mut text = Vec::new();
    json::document(&mut text, message)?;
    let mut lines = text.strip_suffix(b"\n").unwrap_or(&text).split(|b| *b == b'\n').peekable();
    // No string of the document holds a line break.
    while let Some(line) = lines.next() {
        out.write_all(b"    ")?;
        out.write_all(line)?;
        if lines.peek().is_some() {
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Writes the end of the document; `empty` if it has no messages.
///
/// # Errors
/// Those of the writer.
pub fn end_json(out: &mut dyn Write, empty: bool) -> io::Result<()> {
    out.write_all(if empty { b"]\n}\n" } else { b"\n  ]\n}\n" })
}

/// Writes one message on a line.
///
/// # Errors
/// Those of the writer.
pub fn as_ndjson(out: &mut dyn Write, message: &MessageDocument) -> io::Result<()> {
    json::line(out, message)
}

/// Writes the Authentication-Results field of a message, folded.
///
/// # Errors
/// Those of the writer.
pub fn as_header(out: &mut dyn Write, message: &MessageDocument) -> io::Result<()> {
    let field = crate::auth_results::fold("Authentication-Results", &message.authentication_results);
    out.write_all(field.replace("\r\n", "\n").as_bytes())?;
    out.write_all(b"\n")
}
