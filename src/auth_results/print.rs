//! Writing a field (RFC 8601 §2.2). Values come from strangers.

use std::borrow::Cow;
use std::fmt;

use super::{AuthenticationResults, MethodResult};
use crate::dns::Name;
use crate::harmful::is_harmful;

/// A value is cut there, in characters: longer than any address (RFC 5321 §4.5.3.1).
const LONGEST: usize = 320;

impl fmt::Display for AuthenticationResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = domain(self.authserv_id.as_deref().unwrap_or(""));
        let id = value(&id);
        // Also where nothing harmless is left of it: an empty one reads as none.
        f.write_str(if id == "\"\"" { "localhost" } else { &id })?;
        if let Some(version) = self.version {
            write!(f, " {version}")?;
        }
        // RFC 8601 §2.2: the form without a result.
        if self.results.is_empty() {
            return f.write_str("; none");
        }
        self.results.iter().try_for_each(|r| write!(f, "; {r}"))
    }
}

impl fmt::Display for MethodResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&keyword(&self.method))?;
        if let Some(version) = self.version {
            write!(f, "/{version}")?;
        }
        write!(f, "={}", keyword(&self.result))?;
        for text in &self.comments {
            write!(f, " ({})", comment(text))?;
        }
        if let Some(reason) = &self.reason {
            write!(f, " reason={}", value(reason))?;
        }
        for p in &self.properties {
            let ptype = keyword(if p.ptype.is_empty() { "policy" } else { &p.ptype });
            write!(f, " {ptype}.{}={}", keyword(&p.property), pvalue(&p.value))?;
        }
        Ok(())
    }
}

/// A field ready for a message: name, value, folded before blanks so that lines keep to 78 characters where they
/// can (RFC 5322 §2.1.1). Ends without a line break.
pub fn fold(name: &str, value: &str) -> String {
    let mut out = format!("{}:", keyword_of_field(name));
    let mut width = out.len();
    let mut quoted = false;
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut escaped = false;
    for c in value.chars().filter(|c| !c.is_control()) {
        match c {
            ' ' if !quoted => {
                words.push(std::mem::take(&mut word));
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        word.push(c);
    }
    words.push(word);
    let mut fresh = false;
    for word in words.iter().filter(|w| !w.is_empty()) {
        let length = word.chars().count();
        // Every result begins a line, whatever fits.
        if fresh || width + 1 + length > 78 {
            out.push_str("\r\n");
            width = 0;
        }
        out.push(if width == 0 { '\t' } else { ' ' });
        out.push_str(word);
        width += if width == 0 { 8 } else { 1 } + length;
        fresh = word.ends_with(';') && !word.ends_with("\";");
    }
    out
}

fn keyword_of_field(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_graphic() && *c != ':').collect()
}

/// Letters, digits and hyphens: no stranger's text becomes syntax.
fn keyword(word: &str) -> Cow<'_, str> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    if (1..=64).contains(&word.len()) && word.bytes().all(allowed) {
        return Cow::Borrowed(word);
    }
    let kept: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect();
    if kept.is_empty() { Cow::Borrowed("unknown") } else { Cow::Owned(kept) }
}

/// Without control characters and what turns the direction of writing; of bounded length.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST && text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|c| !is_harmful(*c)).take(LONGEST).collect()
}

/// U-labels become A-labels (RFC 8616 §4).
fn domain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Name::parse(text).map_or(Cow::Borrowed(text), |n| Cow::Owned(n.to_string()))
}

/// RFC 2045 §5.1: token characters.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&b))
}

fn value(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if is_token(&text) { text } else { Cow::Owned(quote(&text)) }
}

/// A value, or an address or `@domain` that needs no quotes (RFC 8601 §2.2, pvalue).
fn pvalue(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    let Some((local, host)) = text.rsplit_once('@') else {
        if is_token(&text) {
            return text;
        }
        return Cow::Owned(value(&domain(&text)).into_owned());
    };
    let host = domain(host);
    let plain = local.is_empty()
        || (!local.starts_with('.') && !local.ends_with('.') && !local.contains("..") && local.bytes().all(is_atext));
    let named = host
        .split('.')
        .all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    let written = match plain && named {
        true if host.len() == text.len() - local.len() - 1 && text.ends_with(&*host) => None,
        true => Some(format!("{local}@{host}")),
        false => Some(quote(&format!("{local}@{host}"))),
    };
    written.map_or(text, Cow::Owned)
}

fn is_atext(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b)
}

fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

fn comment(text: &str) -> String {
    let mut out = String::new();
    for c in harmless(text).chars() {
        if matches!(c, '(' | ')' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
