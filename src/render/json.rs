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
    let mut out = Gathered::new(out);
    value.serialize(&mut Serializer::with_formatter(&mut out, Escaping(PrettyFormatter::new())))?;
    out.write_all(b"\n")?;
    out.pass_on()
}

/// Writes one document on one line, with a final line end.
///
/// # Errors
/// Those of the writer.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut out = Gathered::new(out);
    value.serialize(&mut Serializer::with_formatter(&mut out, Escaping(CompactFormatter)))?;
    out.write_all(b"\n")?;
    out.pass_on()
}

/// Writes one value on one line, without a line end: an element of a document that is written piece by piece.
///
/// # Errors
/// Those of the writer.
pub fn element(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut out = Gathered::new(out);
    value.serialize(&mut Serializer::with_formatter(&mut out, Escaping(CompactFormatter)))?;
    out.pass_on()
}

/// Octets that are gathered before they are passed on.
const GATHERED: usize = 32 << 10;

/// Gathers the crumbs that a serialiser writes: a writer behind `dyn` costs more than most of them.
struct Gathered<'w> {
    out: &'w mut dyn Write,
    held: Vec<u8>,
}

impl<'w> Gathered<'w> {
    fn new(out: &'w mut dyn Write) -> Self {
        Self { out, held: Vec::with_capacity(1024) }
    }

    #[cold]
    fn pass_on(&mut self) -> io::Result<()> {
        self.out.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }
}

impl Write for Gathered<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.write_all(octets)?;
        Ok(octets.len())
    }

    #[inline]
    fn write_all(&mut self, octets: &[u8]) -> io::Result<()> {
        if self.held.len() + octets.len() > GATHERED {
            self.pass_on()?;
        }
        self.held.extend_from_slice(octets);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
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
        // All at once, without a branch for each octet: nearly every fragment is plain ASCII.
        if fragment.bytes().fold(true, |plain, b| plain & matches!(b, b' '..=b'~')) {
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
