//! What gets pasted along with a key: quotes, escapes, a whole line of a zone file, a host name.

use std::ops::Range;

/// A text without what was pasted along, and where its bytes came from.
pub(super) struct Cleaned {
    /// What is left.
    pub(super) text: String,
    /// The first run of characters that do not belong there.
    pub(super) first: Range<usize>,
    /// For every byte of `text`, and its end, the byte of the original.
    from: Vec<usize>,
}

impl Cleaned {
    /// A span of the cleaned text as one of the original.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let at = |i: usize| self.from.get(i).or(self.from.last()).copied().unwrap_or(0);
        let start = at(span.start);
        if span.is_empty() { start..start } else { start..at(span.end - 1) + 1 }
    }
}

/// Quotes as typed and as word processors make them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}')
}

fn is_foreign(c: char) -> bool {
    is_quote(c) || matches!(c, '\\' | '(' | ')')
}

/// The text without quotes, backslashes, parentheses and the head of a zone file's line; `None` when there are none.
///
/// A note (`n=`) may hold such characters (RFC 6376 §3.2, §3.6.1) and is left alone unless the whole
/// text is quoted.
pub(super) fn clean(text: &str) -> Option<Cleaned> {
    if !text.contains(is_foreign) {
        return None;
    }
    let skip = zone_line_head(text);
    let whole = skip > 0 || text.trim_start().starts_with(|c| is_quote(c) || c == '(');
    let mut out = Cleaned { text: String::with_capacity(text.len()), first: 0..0, from: Vec::new() };
    let mut found: Option<Range<usize>> = (skip > 0).then_some(0..skip);
    let (mut note, mut at_start) = (false, true);
    let mut chars = text.char_indices().skip_while(|(i, _)| *i < skip).peekable();
    while let Some((i, c)) = chars.next() {
        if at_start && !c.is_whitespace() {
            at_start = false;
            let rest = text[i..].strip_prefix('n').map(str::trim_start);
            note = !whole && rest.is_some_and(|rest| rest.starts_with('='));
        }
        let escapes_semicolon = c == '\\' && chars.peek().is_some_and(|(_, next)| *next == ';');
        if is_foreign(c) && (!note || escapes_semicolon) {
            match &mut found {
                Some(range) if range.end == i => range.end = i + c.len_utf8(),
                Some(_) => {}
                None => found = Some(i..i + c.len_utf8()),
            }
            if c == '\\' {
                if let Some((value, end)) = decimal_escape(text, i) {
                    out.text.push(value);
                    out.from.extend(std::iter::repeat_n(i, value.len_utf8()));
                    while chars.next_if(|(k, _)| *k < end).is_some() {}
                }
            } else if c == ')' && whole {
                // What follows is the comment of the zone file's line.
                if text[i + 1..].trim_start().starts_with(';') {
                    break;
                }
            }
            continue;
        }
        if c == ';' {
            at_start = true;
        }
        out.from.extend(i..i + c.len_utf8());
        out.text.push(c);
    }
    out.from.push(text.len());
    out.first = found?;
    Some(out)
}

/// The bytes before the value when the text is a line of a zone file (`s1._domainkey IN TXT ( "v=DKIM1…`).
fn zone_line_head(text: &str) -> usize {
    let head_end = text.find(is_foreign).unwrap_or(0);
    let head = &text[..head_end];
    let is_line = head.split_ascii_whitespace().next_back().is_some_and(|w| w.eq_ignore_ascii_case("TXT"));
    if is_line && !head.contains('=') { head_end } else { 0 }
}

/// The character of `\DDD` at `at` and where it ends (RFC 1035 §5.1); ASCII only.
fn decimal_escape(text: &str, at: usize) -> Option<(char, usize)> {
    let digits = text.get(at + 1..at + 4)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: u8 = digits.parse().ok()?;
    value.is_ascii_graphic().then_some((value as char, at + 4))
}

/// The text as a host name, if it can only be one: the target of a CNAME pasted as TXT.
pub(super) fn host_name(text: &str) -> Option<String> {
    let text = text.trim().trim_matches('"');
    let name = text.strip_suffix('.').unwrap_or(text);
    let label =
        |l: &str| (1..=63).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let fits = name.len() <= 253 && name.contains('.') && name.split('.').all(label);
    fits.then(|| name.to_ascii_lowercase())
}
