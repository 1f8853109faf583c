//! A message as a page of text: each mechanism on its line, then what it comes to, then why.

use std::borrow::Cow;
use std::io::{self, Write};

use super::MessageDocument;
use crate::dkim::Outcome;
use crate::finding::Severity;
use crate::locales::{Arg, Catalogue};
use crate::render::harmless::terminal;
use crate::render::{Style, text};

/// More signatures than this are counted, not shown.
const MOST_SIGNATURES: usize = 12;

/// How a page is written.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Colours.
    pub style: Style,
    /// Local parts are shown whole.
    pub addresses: bool,
    /// Nobody could say whether the message authenticates.
    pub undecided: bool,
    /// The message that says why SPF was not checked.
    pub unchecked: &'static str,
}

/// Writes the page of a message.
///
/// # Errors
/// Those of the writer.
pub fn as_text(out: &mut dyn Write, it: &MessageDocument, catalogue: &Catalogue, how: Manner) -> io::Result<()> {
    writeln!(out, "{}", how.style.strong(&terminal(&it.source)))?;
    mechanisms(out, it, catalogue, how)?;
    for finding in &it.findings {
        let mut shown = finding.clone();
        if !how.addresses {
            shown.detail = shorten_addresses(&shown.detail);
        }
        text::finding::finding(out, &shown, catalogue, how.style)?;
    }
    Ok(())
}

/// Writes the lines of a message's mechanisms and what they come to, without its findings.
///
/// # Errors
/// Those of the writer.
pub fn mechanisms(out: &mut dyn Write, it: &MessageDocument, catalogue: &Catalogue, how: Manner) -> io::Result<()> {
    let style = how.style;
    let private = |text: &str| if how.addresses { text.to_owned() } else { shorten_addresses(text) };
    let word = |result: &str| {
        let padded = format!("{result:<10}");
        match result {
            "pass" => style.good(&padded).to_string(),
            "fail" | "permerror" | "policy" => style.severity(Severity::Error, &padded).to_string(),
            "temperror" | "softfail" => style.severity(Severity::Warning, &padded).to_string(),
            _ => padded,
        }
    };
    match &it.from {
        Some(from) => writeln!(out, "  From   {}", terminal(&private(&from.address)))?,
        None => writeln!(out, "  From   {}", catalogue.text("verify-no-from"))?,
    }
    if it.dkim.is_empty() {
        writeln!(out, "  DKIM   {}{}", word("none"), catalogue.text("verify-unsigned"))?;
    }
    for s in it.dkim.iter().take(MOST_SIGNATURES) {
        let mut about = s.domain.clone().unwrap_or_else(|| "?".to_owned());
        if let Some(selector) = &s.selector {
            about.push_str(&format!(" (s={selector}"));
            if let Some(algorithm) = &s.algorithm {
                about.push_str(&format!(", {algorithm}"));
            }
            if let Some(bits) = s.key_bits.filter(|_| s.algorithm.as_deref().is_some_and(|a| a.starts_with("rsa"))) {
                let args = vec![(Cow::Borrowed("bits"), Arg::from(bits.to_string()))];
                about.push_str(&format!(", {}", catalogue.format("verify-bits", None, &args)));
            }
            about.push(')');
        }
        let alignment = if s.aligned { "verify-aligned" } else { "verify-not-aligned" };
        let reason = s.reason.map(|r| format!(", {r}")).unwrap_or_default();
        let line = format!("{}, {}{reason}", shorten(&about, 200), catalogue.text(alignment));
        writeln!(out, "  DKIM   {}{}", word(&s.result.to_string()), terminal(&line))?;
        if s.result != Outcome::Pass {
            text::wrapped(out, &terminal(&private(&s.said)), 19)?;
        }
    }
    if it.dkim.len() > MOST_SIGNATURES {
        let args = vec![(Cow::Borrowed("count"), Arg::from(it.dkim.len() - MOST_SIGNATURES))];
        writeln!(out, "         {}", catalogue.format("verify-more-signatures", None, &args))?;
    }
    match &it.spf {
        None => writeln!(out, "  SPF    -         {}", catalogue.text(how.unchecked))?,
        Some(spf) => {
            let alignment = if spf.aligned { "verify-aligned" } else { "verify-not-aligned" };
            let domain = spf.domain.as_deref().unwrap_or("-");
            let line = format!("{domain} ({}), {}", spf.identity, catalogue.text(alignment));
            writeln!(out, "  SPF    {}{}", word(spf.result), terminal(&line))?;
            if let (false, Some(reason)) = (spf.result == "pass", &spf.said) {
                text::wrapped(out, &terminal(&private(reason)), 19)?;
            }
        }
    }
    let mut dmarc = Vec::new();
    if let Some(policy) = it.dmarc.policy {
        dmarc.push(format!("p={policy}"));
    }
    if let Some(domain) = &it.dmarc.record_domain {
        dmarc.push(format!("_dmarc.{domain}"));
    }
    dmarc.extend(it.dmarc.reason.map(str::to_owned));
    writeln!(out, "  DMARC  {}{}", word(it.dmarc.result), terminal(&dmarc.join(", ")))?;
    if it.arc.result != "none" {
        let args = vec![(Cow::Borrowed("count"), Arg::from(it.arc.sets))];
        writeln!(out, "  ARC    {}{}", word(&it.arc.result), catalogue.format("verify-arc-sets", None, &args))?;
        if let Some(reason) = &it.arc.said {
            text::wrapped(out, &terminal(&private(reason)), 19)?;
        }
    }
    let (id, severity) = match (it.authenticates, how.undecided) {
        (true, _) => ("verify-authenticates", None),
        (false, true) => ("verify-undecided", Some(Severity::Warning)),
        (false, false) => ("verify-does-not", Some(Severity::Error)),
    };
    let verdict = catalogue.text(id);
    match severity {
        None => writeln!(out, "  {}\n", style.good(&verdict))?,
        Some(severity) => writeln!(out, "  {}\n", style.severity(severity, &verdict))?,
    }
    Ok(())
}

fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Local parts cut to their first character: `m…@example.de`.
pub fn shorten_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let before = &rest[..at];
        let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let start = match before.strip_suffix('"') {
            Some(quoted) => opening_quote(quoted).unwrap_or(0),
            None => before.char_indices().rev().find(|(_, c)| !plain(*c)).map_or(0, |(i, c)| i + c.len_utf8()),
        };
        out.push_str(&before[..start]);
        if let Some(first) = before[start..].chars().find(|c| !matches!(c, '"' | '\\')) {
            out.push(first);
            out.push('…');
        }
        out.push('@');
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// Where the quoted string opens that ends with this text, its closing quote left out; a quote after an odd number of
/// backslashes is part of the string (RFC 5322 §3.2.4). Text without one is a string that `@` has cut.
fn opening_quote(text: &str) -> Option<usize> {
    let escaped = |at: usize| text[..at].bytes().rev().take_while(|&b| b == b'\\').count() % 2 == 1;
    text.rmatch_indices('"').map(|(at, _)| at).find(|&at| !escaped(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_parts_are_shortened() {
        for (text, expected) in [
            ("max.muster@example.de", "m…@example.de"),
            ("<a@x.de>, \"b c\"@y.de und @z.de", "<a…@x.de>, b…@y.de und @z.de"),
            ("ümlaut@x.de", "ü…@x.de"),
            (r#"to "max\"muster\\"@x.de"#, "to m…@x.de"),
            (r#""secret@home"@x.de"#, "\"s…@h…@x.de"),
            ("no address", "no address"),
        ] {
            assert_eq!(shorten_addresses(text), expected);
        }
    }
}
