//! Header fields with their exact octets (RFC 5322 §2.2, §4.5).

use std::cmp::Ordering;
use std::ops::Range;

/// One header field: where it and its parts lie in the header block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    start: u32,
    /// End of the name, blanks before the colon left out.
    name_end: u32,
    /// Where the value begins: after the colon.
    value_start: u32,
    end: u32,
    malformed: bool,
}

/// The header block of a message.
///
/// Line endings may be CRLF or bare LF, also mixed; a bare CR is an ordinary octet. Blanks between
/// a name and its colon (obsolete syntax) do not belong to the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    /// The fields with a name, sorted by it, those of one name from the top.
    by_name: Vec<u32>,
    bare_lf: bool,
    crlf: bool,
    bare_cr: bool,
}

impl Headers {
    /// Reads a header block: everything before the empty line, without an mbox `From ` line.
    ///
    /// Lines that are no field (no colon, or a continuation of nothing) are kept as malformed
    /// fields without a name, so that nothing of the block is lost.
    pub fn parse(bytes: Vec<u8>) -> Self {
        let mut headers = Self { bytes, fields: Vec::with_capacity(32), ..Self::default() };
        let bytes = &headers.bytes;
        let mut start = 0;
        while start < bytes.len() {
            let end = field_end(bytes, start);
            headers.fields.push(parse_field(bytes, start, end));
            start = end;
        }
        // The block is bounded far below 4 Gi fields by the reader.
        let named = headers.fields.iter().zip(0..).filter(|(f, _)| f.name_end > f.start).map(|(_, place)| place);
        headers.by_name = named.collect();
        let fields = &headers.fields;
        let name = |place: u32| fields.get(place as usize).map_or(&b""[..], |f| f.name_in(bytes));
        headers.by_name.sort_by(|&a, &b| compare_names(name(a), name(b)));
        for i in memchr::memchr_iter(b'\n', bytes) {
            if i > 0 && bytes[i - 1] == b'\r' { headers.crlf = true } else { headers.bare_lf = true }
        }
        headers.bare_cr = memchr::memchr_iter(b'\r', bytes).any(|i| bytes.get(i + 1) != Some(&b'\n'));
        headers
    }

    /// The octets of the block.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The fields, from the top, malformed ones included.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The fields of a name (ASCII letters in either case), from the top.
    pub fn named<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a Field> + 'a {
        self.places(name.as_bytes()).iter().filter_map(|&place| self.fields.get(place as usize))
    }

    /// Where in [`Headers::fields`] those of a name (ASCII letters in either case) lie, from the top.
    pub fn places(&self, name: &[u8]) -> &[u32] {
        let compare = |place: &u32| {
            let field = self.fields.get(*place as usize);
            field.map_or(Ordering::Less, |f| compare_names(f.name(self), name))
        };
        let start = self.by_name.partition_point(|place| compare(place) == Ordering::Less);
        let rest = self.by_name.get(start..).unwrap_or_default();
        let count = rest.partition_point(|place| compare(place) == Ordering::Equal);
        rest.get(..count).unwrap_or_default()
    }

    /// The value of the first field of a name, blanks around it removed.
    pub fn value(&self, name: &str) -> Option<String> {
        self.named(name).next().map(|f| f.text(self))
    }

    /// Whether lines end in a bare LF and none in CRLF: what is added to such a message ends in LF too.
    pub fn uses_lf(&self) -> bool {
        self.bare_lf && !self.crlf
    }

    /// Whether the block holds a bare LF.
    pub fn has_bare_lf(&self) -> bool {
        self.bare_lf
    }

    /// Whether the block holds CRLF.
    pub fn has_crlf(&self) -> bool {
        self.crlf
    }

    /// Whether the block holds a CR that no LF follows.
    pub fn has_bare_cr(&self) -> bool {
        self.bare_cr
    }
}

impl Field {
    /// Where the field lies in the block, its line ending included.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The field as it stands, its line ending included.
    pub fn raw<'a>(&self, headers: &'a Headers) -> &'a [u8] {
        &headers.bytes[self.span()]
    }

    /// The name as it stands, without blanks before the colon; empty for a line that is no field.
    pub fn name<'a>(&self, headers: &'a Headers) -> &'a [u8] {
        self.name_in(&headers.bytes)
    }

    fn name_in<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        &bytes[self.start as usize..self.name_end as usize]
    }

    /// Whether the field has this name.
    pub fn is(&self, headers: &Headers, name: &str) -> bool {
        self.name(headers).eq_ignore_ascii_case(name.as_bytes())
    }

    /// Where the value begins within [`Field::raw`].
    pub fn value_offset(&self) -> usize {
        (self.value_start - self.start) as usize
    }

    /// Everything after the colon, without the final line ending.
    pub fn value<'a>(&self, headers: &'a Headers) -> &'a [u8] {
        let value = &headers.bytes[self.value_start as usize..self.end as usize];
        let value = value.strip_suffix(b"\n").unwrap_or(value);
        value.strip_suffix(b"\r").unwrap_or(value)
    }

    /// The value unfolded and trimmed, for people (lossy for what is no UTF-8).
    pub fn text(&self, headers: &Headers) -> String {
        let value: Vec<u8> = self.value(headers).iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
        String::from_utf8_lossy(&value).trim().to_owned()
    }

    /// Whether this is no field by RFC 5322: no colon, a name with blanks or control characters.
    pub fn is_malformed(&self) -> bool {
        self.malformed
    }

    /// The length of the longest line of the field, line endings left out.
    pub fn longest_line(&self, headers: &Headers) -> usize {
        self.raw(headers).split(|&b| b == b'\n').map(|l| l.strip_suffix(b"\r").unwrap_or(l).len()).max().unwrap_or(0)
    }
}

/// An order of names in which ASCII letters in either case are alike (RFC 5322 §1.2.2); short ones come first, which is
/// quickly seen.
fn compare_names(one: &[u8], other: &[u8]) -> Ordering {
    let letters = || one.iter().map(u8::to_ascii_lowercase).cmp(other.iter().map(u8::to_ascii_lowercase));
    one.len().cmp(&other.len()).then_with(letters)
}

/// Where the field that begins at `start` ends: after a line ending that no blank follows.
fn field_end(bytes: &[u8], start: usize) -> usize {
    for i in memchr::memchr_iter(b'\n', &bytes[start..]) {
        let next = start + i + 1;
        if !matches!(bytes.get(next), Some(b' ' | b'\t')) {
            return next;
        }
    }
    bytes.len()
}

fn parse_field(bytes: &[u8], start: usize, end: usize) -> Field {
    let line = &bytes[start..end];
    // A name never spans lines, so a colon on a continuation line does not count.
    let first = memchr::memchr(b'\n', line).map_or(line, |i| &line[..i]);
    let colon = memchr::memchr(b':', first).filter(|&c| c > 0 && !matches!(first[0], b' ' | b'\t'));
    // The block is bounded far below 4 GiB by the reader.
    let at = |offset: usize| u32::try_from(start + offset).unwrap_or(u32::MAX);
    match colon {
        Some(colon) => {
            let name = first[..colon].trim_ascii_end();
            let malformed = name.is_empty() || !name.iter().all(|&b| b.is_ascii_graphic());
            Field { start: at(0), name_end: at(name.len()), value_start: at(colon + 1), end: at(line.len()), malformed }
        }
        None => Field { start: at(0), name_end: at(0), value_start: at(0), end: at(line.len()), malformed: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_octets() {
        let text = b"From : a@x.de\r\nSubject:\r\n wrapped\r\n\tagain\nX: 1\n\rY: no\r\n";
        let h = Headers::parse(text.to_vec());
        let names: Vec<_> = h.fields().iter().map(|f| String::from_utf8_lossy(f.name(&h)).into_owned()).collect();
        assert_eq!(names, ["From", "Subject", "X", "\rY"]);
        assert_eq!(h.fields()[1].text(&h), "wrapped\tagain");
        assert_eq!(h.fields()[1].raw(&h), b"Subject:\r\n wrapped\r\n\tagain\n");
        assert!(h.has_bare_cr() && h.has_bare_lf() && !h.uses_lf());
        assert!(h.fields()[3].is_malformed());
        assert_eq!(h.fields().iter().map(|f| f.raw(&h).len()).sum::<usize>(), text.len());
    }

    #[test]
    fn what_is_no_field_has_no_name() {
        let h = Headers::parse(b" From: a@x.de\r\nno colon\r\nFrom\0: b@x.de\r\n: c\r\n".to_vec());
        assert!(h.fields().iter().all(Field::is_malformed));
        assert_eq!(h.named("from").count(), 0);
    }
}
