//! A domain as a page of text: the verdict, what to do first, and why, worst first.

use std::borrow::Cow;
use std::io::{self, Write};

use super::document::ProviderPart;
use super::{DomainDocument, standing};
use crate::causes::{Class, Judgement, Verdict};
use crate::facts::Word;
use crate::finding::Severity;
use crate::locales::{Arg, Args, Catalogue};
use crate::render::harmless::terminal;
use crate::render::lint::{Summary, suppressed_words};
use crate::render::{Style, text, unanswered};
use crate::spf::Limits;

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
    let verdict = verdict_words(it.verdict, it.suppressed, catalogue);
    let painted = match it.verdict {
        Verdict::Pass => style.good(&verdict).to_string(),
        Verdict::Warn => style.severity(Severity::Warning, &verdict).to_string(),
        Verdict::Fail => style.severity(Severity::Error, &verdict).to_string(),
        Verdict::Unknown => style.severity(Severity::Note, &verdict).to_string(),
    };
    writeln!(out, "{}\n{painted}", style.strong(&terminal(&name)))?;
    if it.closed_network {
        text::wrapped(out, &catalogue.text("check-telematik"), 0)?;
    }
    if let Some(first) = it.findings.first().filter(|f| f.severity > Severity::Note) {
        text::wrapped(out, &say("check-first", vec![arg("title", &first.title)]), 0)?;
    }
    writeln!(out)?;
    if !it.closed_network {
        published(out, it, catalogue, style)?;
        standing::yardstick(out, it, catalogue, style)?;
        super::receivers::as_text(out, it, catalogue, style)?;
    }
    let mut class = None;
    for (finding, words) in judgement.findings.iter().zip(&it.findings) {
        let here = heading(Class::of(finding));
        if class.replace(here) != Some(here) {
            writeln!(out, "{}\n", style.strong(&format!("── {} ──", catalogue.text(here))))?;
        }
        text::finding::finding(out, words, catalogue, style)?;
    }
    if let Some(unseen) = unseen(it, 5, catalogue) {
        text::wrapped(out, &terminal(&unseen), 0)?;
    }
    if it.cut {
        text::wrapped(out, &catalogue.text("check-cut"), 0)?;
    }
    if let Some(words) = suppressed_words(it.suppressed, catalogue) {
        text::wrapped(out, &words, 0)?;
    }
    if let Some(letter) = &it.letter {
        if it.cut || !it.unseen.is_empty() {
            writeln!(out)?;
        }
        letter.as_text(out, catalogue, style)?;
    }
    let summary = Summary::of(it.findings.iter().map(|f| &f.severity)).words(catalogue);
    let dns = say(
        "check-queries",
        vec![(Cow::Borrowed("queries"), it.dns.queries.into()), (Cow::Borrowed("elapsed"), it.dns.elapsed_ms.into())],
    );
    writeln!(out, "{summary}; {}", style.faint(&dns))
}

/// The verdict in words. Where findings were left out, nothing is claimed beyond them.
pub fn verdict_words(verdict: Verdict, suppressed: usize, catalogue: &Catalogue) -> String {
    catalogue.text(match verdict {
        Verdict::Pass if suppressed > 0 => "check-verdict-pass-rest",
        Verdict::Pass => "check-verdict-pass",
        Verdict::Warn => "check-verdict-warn",
        Verdict::Fail => "check-verdict-fail",
        Verdict::Unknown => "check-verdict-unknown",
    })
}

/// The heading over findings that do the same to the mail.
pub(super) fn heading(class: Class) -> &'static str {
    match class {
        Class::Refused => "check-class-refused",
        Class::Spam => "check-class-spam",
        Class::Weakened => "check-class-weak",
        Class::Tidy => "check-class-tidy",
    }
}

/// What could not be seen, at most `most` names of it, and why; `None` where all was.
pub(super) fn unseen(it: &DomainDocument, most: usize, catalogue: &Catalogue) -> Option<String> {
    let what = unanswered::listed(it.unseen.iter().map(|u| (u.name.as_str(), &u.error)), most, catalogue);
    (!what.is_empty()).then(|| catalogue.format("check-unseen", None, &vec![arg("what", &what)]))
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
    let spf = it.spf.as_ref().and_then(|s| s.record.clone());
    let row = |value: String, known: bool| match value.is_empty() {
        false => Ok(value),
        true => Err(catalogue.text(if known { "check-none" } else { "check-not-known" })),
    };
    let dmarc = it.dmarc.as_ref().and_then(|d| d.record.clone()).unwrap_or_default();
    let mut rows = vec![
        ("MX", row(mx.join(", "), it.known.mx)),
        ("SPF", row(spf.unwrap_or_default(), it.known.spf)),
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
            Ok(mut value) => {
                // A few lines are enough to recognise a record by.
                if let Some((end, _)) = value.char_indices().nth(300) {
                    value.truncate(end);
                    value.push('…');
                }
                text::labelled(out, &format!("{label:<6} "), &terminal(&value), 2)?;
            }
        }
        // Of several records receivers use none, and nothing is counted.
        if let Some(spf) = it.spf.as_ref().filter(|spf| label == "SPF" && (spf.dns_lookups > 0 || spf.all.is_some())) {
            let count: Args = vec![
                (Cow::Borrowed("count"), spf.dns_lookups.into()),
                (Cow::Borrowed("limit"), Limits::default().lookups.into()),
            ];
            let (what, of) = (catalogue.text("spf-lookups"), catalogue.format("spf-of", None, &count));
            writeln!(out, "  {:<6} {}", "", style.faint(&format!("{what}: {of}")))?;
        }
    }
    let named = |of: &dyn Fn(&ProviderPart) -> bool| {
        it.providers.iter().filter(|p| of(p)).map(|p| p.name).collect::<Vec<_>>().join(", ")
    };
    let mailboxes = named(&|provider| provider.mailboxes);
    let senders = named(&|provider| provider.sends && !provider.mailboxes);
    for (id, providers) in [("check-mailboxes", mailboxes), ("check-senders", senders)] {
        if !providers.is_empty() {
            let line = catalogue.format(id, None, &vec![arg("providers", &providers)]);
            text::wrapped(out, &line, 2)?;
        }
    }
    writeln!(out)
}
