//! JSON as the contract has it: control, DEL, C1 and bidirectional characters as `\uXXXX`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::harmless::is_harmful;

/// Writes one document over several lines, with a final line end.
///
/// # Errors
/// Those of the writer.
pub fn document(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut out = out;
    value.serialize(&mut Serializer::with_formatter(&mut out, Escaping(PrettyFormatter::new())))?;
    out.write_all(b"\n")
}

/// Writes one document on one line, with a final line end.
///
/// # Errors
/// Those of the writer.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    // Many small pieces are put together before they go through the writer.
    let mut line = Vec::with_capacity(2048);
    value.serialize(&mut Serializer::with_formatter(&mut line, Escaping(CompactFormatter)))?;
    line.push(b'\n');
    out.write_all(&line)
}

/// Writes one value on one line, without a line end: an element of a document that is written piece by piece.
///
/// # Errors
/// Those of the writer.
pub fn element(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut out = out;
    Ok(value.serialize(&mut Serializer::with_formatter(&mut out, Escaping(CompactFormatter)))?)
}

struct Escaping<F>(F);

macro_rules! forward {
    ($($name:ident($($arg:ident: $type:ty),*);)*) => { $(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $arg: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $arg)*)
        }
    )* };
}

impl<F: Formatter> Formatter for Escaping<F> {
    forward! {
        begin_array(); end_array(); begin_array_value(first: bool); end_array_value();
        begin_object(); end_object(); begin_object_key(first: bool); end_object_key();
        begin_object_value(); end_object_value();
    }

    // C0 controls, quotes and backslashes are escaped before a fragment is cut.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Of ASCII only DEL is left to be harmful here; nearly all text ends with this.
        if fragment.is_ascii() && memchr::memchr(0x7f, fragment.as_bytes()).is_none() {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_harmful(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_escaped_and_read_back() {
        let text = "a\x1b\x7f\u{9b}\u{202e}ü\"\\\n\u{2028}";
        let mut out = Vec::new();
        line(&mut out, &text).unwrap();
        let shown = String::from_utf8(out).unwrap();
        assert_eq!(shown, "\"a\\u001b\\u007f\\u009b\\u202eü\\\"\\\\\\n\\u2028\"\n");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
    }
}
