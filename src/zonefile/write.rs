//! From values to the text of a master file.

use crate::dns::Text;

/// A text as quoted character-strings of at most 255 octets, with a blank between them.
///
/// Octets outside printable ASCII become `\DDD`; `"` and `\` are escaped (RFC 1035 §5.1).
///
/// ```
/// assert_eq!(mailauth::zonefile::quote("v=spf1 -all"), r#""v=spf1 -all""#);
/// ```
pub fn quote(value: impl AsRef<[u8]>) -> String {
    let value = value.as_ref();
    if value.is_empty() { quote_strings([value]) } else { quote_strings(value.chunks(255)) }
}

/// A TXT record with its strings as they are.
pub fn quote_text(text: &Text) -> String {
    quote_strings(text.strings())
}

fn quote_strings<'a>(strings: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut out = String::new();
    for string in strings {
        out.push_str(if out.is_empty() { "\"" } else { " \"" });
        for &b in string {
            match b {
                b'"' | b'\\' => {
                    out.push('\\');
                    out.push(char::from(b));
                }
                b' '..=b'~' => out.push(char::from(b)),
                _ => out.push_str(&format!("\\{b:03}")),
            }
        }
        out.push('"');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_and_split() {
        assert_eq!(quote(""), "\"\"");
        assert_eq!(quote("a\"b\\c;\n\u{e9}"), r#""a\"b\\c;\010\195\169""#);
        let long = quote("x".repeat(256));
        assert_eq!(long, format!("\"{}\" \"x\"", "x".repeat(255)));
        assert_eq!(quote_text(&Text::new(["a", "b"])), r#""a" "b""#);
    }
}
