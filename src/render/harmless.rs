//! Strangers' text made harmless, one function a place it is shown in.
//!
//! DNS records, messages, reports and file names are written by strangers. Nothing of them may
//! move a cursor, form a command or become markup where it is shown.

use std::borrow::Cow;
use std::fmt::Write as _;

pub use crate::harmful::is_harmful;

/// For a terminal or any other plain text of one line: harmful characters become visible escapes
/// (`\x1b`, `\u202e`).
pub fn terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_visible(&mut out, c);
    }
    Cow::Owned(out)
}

/// Appends a character, harmful ones as an escape.
pub fn push_visible(out: &mut String, c: char) {
    if !is_harmful(c) {
        return out.push(c);
    }
    let code = u32::from(c);
    // Writing to a String cannot fail.
    let _ = if code < 0x100 { write!(out, "\\x{code:02x}") } else { write!(out, "\\u{code:04x}") };
}

/// For HTML and XML, text and quoted attribute values alike: markup characters become entities,
/// harmful ones (which XML 1.0 forbids in part) visible escapes.
pub fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => push_visible(&mut out, c),
        }
    }
    out
}

/// For running text in Markdown: everything that Markdown could read as markup, a link, an image
/// or a mention is escaped.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A zero-width joiner would change the text; the entity reads the same and mentions nobody.
            '@' => out.push_str("&#64;"),
            ':' => out.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' | '{' | '}' | '+' | '=' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => push_visible(&mut out, c),
        }
    }
    out
}

/// For a code span in Markdown, fence included: the fence is longer than any run of backticks inside.
pub fn markdown_code(text: &str) -> String {
    let text = terminal(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// For the message of a GitHub workflow command: one line, `%` doubled as the runner reads it.
pub fn github_message(text: &str) -> String {
    terminal(text).replace('%', "%25")
}

/// For a property of a GitHub workflow command.
pub fn github_property(text: &str) -> String {
    github_message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_harmful_comes_out_anywhere() {
        let nasty =
            "a\x1b[31mb\u{202e}c\u{9b}d\x7fe\r\n::error::x\u{2028}<script>&\"'`[x](javascript:y)![i](z)@all %0A";
        for shown in [
            terminal(nasty).into_owned(),
            markup(nasty),
            markdown(nasty),
            markdown_code(nasty),
            github_message(nasty),
            github_property(nasty),
        ] {
            assert!(!shown.chars().any(is_harmful), "{shown:?}");
        }
        assert!(!markup(nasty).contains('<'));
        assert!(!markdown(nasty).contains("](") && !markdown(nasty).contains('@'));
        assert!(!github_property(nasty).contains("::"));
        assert!(!github_message(nasty).contains("%0A"));
        assert_eq!(markdown_code("a`b``c"), "``` a`b``c ```");
        assert_eq!(terminal("plain ü"), "plain ü");
    }
}
