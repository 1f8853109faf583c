//! Domains as one self-contained page: no script, no request to anywhere.

use std::io::{self, Write};

use super::DomainDocument;
use crate::causes::Verdict;
use crate::finding::Severity;
use crate::knowledge::receivers::Outlook;
use crate::locales::{Args, Catalogue};
use crate::render::Worded;
use crate::render::harmless::markup;
use crate::render::unanswered;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#c8ccd2;--bad:#b3261e;--warn:#8a5a00;--note:#155a8a;--good:#1b6e3c}\
@media (prefers-color-scheme:dark){:root{--line:#4a4f57;--bad:#ff8a80;--warn:#ffc46b;--note:#8ecbff;--good:#7fd6a2}}\
body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:58rem;padding:1rem;overflow-wrap:anywhere}\
h1{font-size:1.5rem}h2{font-size:1.2rem;border-bottom:1px solid var(--line);margin-top:2rem}h3{font-size:1rem;margin:0}\
.verdict{font-size:1.15rem;font-weight:600}.error,.fail,.reject-risk{color:var(--bad)}\
.warning,.warn,.spam-risk{color:var(--warn)}.note,.unknown{color:var(--note)}.pass,.ok{color:var(--good)}\
article{border:1px solid var(--line);border-radius:.4rem;padding:.8rem;margin:.8rem 0}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:.3rem;padding:.5rem;margin:.4rem 0}\
mark{background:none;color:var(--bad);text-decoration:underline wavy}table{border-collapse:collapse;width:100%}\
td,th{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line)}\
.where{font-size:.9rem}@media print{body{max-width:none;font-size:10pt}article{break-inside:avoid}}";

/// Writes the beginning of the page.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
    let language = catalogue.language().code();
    writeln!(out, "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
    // Nothing is loaded, whatever a stranger may have smuggled in.
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>mailauth</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>")
}

/// Writes the end of the page.
///
/// # Errors
/// Those of the writer.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</main>\n</body>\n</html>")
}

/// Writes one domain: verdict and first step, receivers, what is published, findings with records to copy.
///
/// # Errors
/// Those of the writer.
pub fn domain(out: &mut dyn Write, it: &DomainDocument, catalogue: &Catalogue) -> io::Result<()> {
    let (class, words) = match it.verdict {
        Verdict::Pass => ("pass", "check-verdict-pass"),
        Verdict::Warn => ("warn", "check-verdict-warn"),
        Verdict::Fail => ("fail", "check-verdict-fail"),
        Verdict::Unknown => ("unknown", "check-verdict-unknown"),
    };
    writeln!(out, "<h1>{}</h1>", markup(&it.unicode_domain))?;
    writeln!(out, "<p class=\"verdict {class}\">{}</p>", markup(&catalogue.text(words)))?;
    if super::page::is_closed(it) {
        writeln!(out, "<p>{}</p>", markup(&catalogue.text("check-telematik")))?;
    }
    if let Some(first) = it.findings.first().filter(|f| f.severity > Severity::Note) {
        let args: Args = vec![("title".into(), first.title.as_str().into())];
        writeln!(out, "<p><strong>{}</strong></p>", markup(&catalogue.format("check-first", None, &args)))?;
    }
    receivers(out, it, catalogue)?;
    published(out, it, catalogue)?;
    if !it.findings.is_empty() {
        writeln!(out, "<h2>{}</h2>", markup(&catalogue.text("check-findings")))?;
    }
    for finding in &it.findings {
        article(out, finding, catalogue)?;
    }
    if !it.unseen.is_empty() {
        let what = unanswered::listed(it.unseen.iter().map(|u| (u.name.as_str(), &u.error)), 20, catalogue);
        let args: Args = vec![("what".into(), what.into())];
        writeln!(out, "<p>{}</p>", markup(&catalogue.format("check-unseen", None, &args)))?;
    }
    Ok(())
}

fn receivers(out: &mut dyn Write, it: &DomainDocument, catalogue: &Catalogue) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>\n<table>", markup(&catalogue.text("check-receivers")))?;
    for receiver in &it.receivers {
        let word = match receiver.verdict {
            Outlook::Ok => "ok",
            Outlook::SpamRisk => "spam-risk",
            Outlook::RejectRisk => "reject-risk",
            Outlook::Unknown => "unknown",
        };
        let shown = catalogue.text(&format!("outlook-{word}"));
        writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"{word}\">{}</td></tr>",
            markup(&receiver.name),
            markup(&shown)
        )?;
    }
    writeln!(out, "</table>")
}

fn published(out: &mut dyn Write, it: &DomainDocument, catalogue: &Catalogue) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>\n<table>", markup(&catalogue.text("check-facts")))?;
    for (label, value) in super::page::rows(it, catalogue) {
        let (Ok(value) | Err(value)) = value;
        writeln!(out, "<tr><th scope=\"row\">{label}</th><td>{}</td></tr>", markup(&value))?;
    }
    writeln!(out, "</table>")
}

fn article(out: &mut dyn Write, it: &Worded, catalogue: &Catalogue) -> io::Result<()> {
    let class = it.severity.as_str();
    let severity = catalogue.text(&format!("severity-{class}"));
    writeln!(out, "<article>\n<h3><span class=\"{class}\">{}</span> {}</h3>", markup(&severity), markup(&it.title))?;
    writeln!(out, "<p class=\"where\">{} · {}</p>", markup(&it.subject), it.rule)?;
    if let Some(record) = &it.record {
        let [start, end] = it.span.unwrap_or([0, 0]);
        let (before, marked, after) = match (record.get(..start), record.get(start..end), record.get(end..)) {
            (Some(before), Some(marked), Some(after)) => (before, marked, after),
            _ => (record.as_str(), "", ""),
        };
        writeln!(out, "<pre>{}<mark>{}</mark>{}</pre>", markup(before), markup(marked), markup(after))?;
    }
    writeln!(out, "<p>{}</p>", markup(&it.detail))?;
    if let Some(fix) = &it.fix {
        writeln!(out, "<p><strong>{}</strong></p>", markup(&fix.text))?;
        for change in &fix.records {
            let action = catalogue.text(&format!("change-{}", change.action));
            writeln!(out, "<p>{} {} {}</p>", markup(&action), markup(&change.name), markup(&change.r#type))?;
            if let Some(value) = change.value.as_ref().or(change.old.as_ref()) {
                writeln!(out, "<pre>{}</pre>", markup(value))?;
            }
        }
    }
    writeln!(out, "</article>")
}
