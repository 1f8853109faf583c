//! A domain as a page of text: the verdict, what to do first, and why, worst first.

use std::borrow::Cow;
use std::io::{self, Write};

use super::DomainDocument;
use crate::causes::{Class, Judgement, Verdict};
use crate::dns::Name;
use crate::facts::Word;
use crate::finding::Severity;
use crate::locales::{Arg, Args, Catalogue};
use crate::render::harmless::terminal;
use crate::render::lint::Summary;
use crate::render::{Style, text, unanswered};
use crate::rules::domain::is_in_closed_network;

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn as_text(
    out: &mut dyn Write,
    it: &DomainDocument,
    judgement: &Judgement,
    catalogue: &Catalogue,
    style: Style,
) -> io::Result<()> {
    let say = |id: &str, args: Args| catalogue.format(id, None, &args);
    let name = if it.unicode_domain == it.domain {
        it.domain.clone()
    } else {
        format!("{} ({})", it.unicode_domain, it.domain)
    };
    let verdict = match it.verdict {
        Verdict::Pass => catalogue.text("check-verdict-pass"),
        Verdict::Warn => catalogue.text("check-verdict-warn"),
        Verdict::Fail => catalogue.text("check-verdict-fail"),
        Verdict::Unknown => catalogue.text("check-verdict-unknown"),
    };
    let painted = match it.verdict {
        Verdict::Pass => style.good(&verdict).to_string(),
        Verdict::Warn => style.severity(Severity::Warning, &verdict).to_string(),
        Verdict::Fail => style.severity(Severity::Error, &verdict).to_string(),
        Verdict::Unknown => style.severity(Severity::Note, &verdict).to_string(),
    };
    writeln!(out, "{}\n{painted}", style.strong(&terminal(&name)))?;
    if is_closed(it) {
        text::wrapped(out, &catalogue.text("check-telematik"), 0)?;
    }
    if let Some(first) = it.findings.first().filter(|f| f.severity > Severity::Note) {
        text::wrapped(out, &say("check-first", vec![arg("title", &first.title)]), 0)?;
    }
    writeln!(out)?;
    published(out, it, catalogue, style)?;
    let mut class = None;
    for (finding, words) in judgement.findings.iter().zip(&it.findings) {
        let here = match Class::of(finding) {
            Class::Refused => "check-class-refused",
            Class::Spam => "check-class-spam",
            Class::Weakened => "check-class-weak",
            Class::Tidy => "check-class-tidy",
        };
        if class.replace(here) != Some(here) {
            writeln!(out, "{}\n", style.strong(&format!("── {} ──", catalogue.text(here))))?;
        }
        text::finding::finding(out, words, catalogue, style)?;
    }
    if !it.unseen.is_empty() {
        let what = unanswered::listed(it.unseen.iter().map(|u| (u.name.as_str(), &u.error)), 5, catalogue);
        text::wrapped(out, &terminal(&say("check-unseen", vec![arg("what", &what)])), 0)?;
    }
    if it.cut {
        text::wrapped(out, &catalogue.text("check-cut"), 0)?;
    }
    let summary = Summary::of(it.findings.iter().map(|f| &f.severity)).words(catalogue);
    let dns = say(
        "check-queries",
        vec![(Cow::Borrowed("queries"), it.dns.queries.into()), (Cow::Borrowed("elapsed"), it.dns.elapsed_ms.into())],
    );
    writeln!(out, "{summary}; {}", style.faint(&dns))
}

/// Whether the domain lies in a closed network that has none of what is judged here.
pub(super) fn is_closed(it: &DomainDocument) -> bool {
    Name::parse(&it.domain).is_ok_and(|name| is_in_closed_network(&name))
}

fn arg(name: &'static str, value: &str) -> (Cow<'static, str>, Arg) {
    (Cow::Borrowed(name), value.into())
}

/// What is there, a mechanism a row: `None` where there is nothing, told apart from what is not known.
pub(super) fn rows(it: &DomainDocument, catalogue: &Catalogue) -> Vec<(&'static str, Result<String, String>)> {
    let mx: Vec<String> = it.mx.iter().map(|m| format!("{} {}", m.preference, m.host)).collect();
    let keys: Vec<String> = it
        .dkim
        .keys
        .iter()
        .map(|k| {
            let algorithm = k.algorithm.unwrap_or("?");
            match k.bits.filter(|_| algorithm == "rsa") {
                Some(bits) => format!("{} ({algorithm} {bits})", k.selector),
                None => format!("{} ({algorithm})", k.selector),
            }
        })
        .collect();
    let spf = it.spf.as_ref().and_then(|s| s.record.clone().map(|r| (r, s.dns_lookups)));
    let row = |value: String, known: bool| match value.is_empty() {
        false => Ok(value),
        true => Err(catalogue.text(if known { "check-none" } else { "check-not-known" })),
    };
    let spf = spf.map(|(record, lookups)| format!("{record}  [{lookups}/10]")).unwrap_or_default();
    let dmarc = it.dmarc.as_ref().and_then(|d| d.record.clone()).unwrap_or_default();
    let mut rows = vec![
        ("MX", row(mx.join(", "), it.known.mx)),
        ("SPF", row(spf, it.known.spf)),
        ("DKIM", row(keys.join(", "), it.known.dkim)),
        ("DMARC", row(dmarc, it.known.dmarc)),
    ];
    // By whose word, the reader has to know.
    if let Some(word) = it.dnssec.by {
        let by = match word {
            Word::Signatures => "check-dnssec-by-signatures",
            Word::AdBit => "check-dnssec-by-ad-bit",
            Word::CheckingDisabled => "check-dnssec-by-checking-disabled",
        };
        let state = format!("check-dnssec-{}", it.dnssec.state);
        rows.push(("DNSSEC", Ok(catalogue.format(&state, None, &vec![arg("by", &catalogue.text(by))]))));
    }
    rows
}

/// One line a mechanism.
fn published(out: &mut dyn Write, it: &DomainDocument, catalogue: &Catalogue, style: Style) -> io::Result<()> {
    for (label, value) in rows(it, catalogue) {
        match value {
            Err(none) => writeln!(out, "  {label:<6} {}", style.faint(&none))?,
            Ok(value) if value.chars().count() > 70 => {
                let start: String = value.chars().take(69).collect();
                writeln!(out, "  {label:<6} {}…", terminal(&start))?;
            }
            Ok(value) => writeln!(out, "  {label:<6} {}", terminal(&value))?,
        }
    }
    writeln!(out)
}
