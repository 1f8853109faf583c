//! The summary in a browser: one file, no script, nothing fetched.

use std::io::{self, Write};

use super::Manner;
use super::timeline::{self, Bar};
use super::words::{DomainWords, Group, Words, word};
use crate::finding::Severity;
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::reports::Summary;

/// Senders of a class that are shown.
const MOST: usize = 100;
/// Height of the time line, in its own units.
const HEIGHT: u64 = 100;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;\
color:#1a1a1a;background:#fff}h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2.5rem;overflow-wrap:anywhere}\
h3{font-size:1rem;margin:1.2rem 0 .3rem}.good{color:#0a6b2d}.note,.warning{color:#8a5a00}.error{color:#b00020}\
.verdict{font-weight:600}p{margin:.2rem 0;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}\
th,td{padding:.15rem .8rem .15rem 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
th{font-weight:600;border-bottom:1px solid #999}.n{text-align:right;white-space:nowrap}\
svg{width:100%;height:7rem;margin:.6rem 0;border-bottom:1px solid #999}.pass{fill:#3c9d5c}.fail{fill:#cf3a4b}\
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}.good{color:#5fd38a}\
.note,.warning{color:#e0b050}.error{color:#ff7a85}}";

/// Writes the summary as HTML.
///
/// # Errors
/// Those of the writer.
pub fn as_html(out: &mut dyn Write, summary: &Summary, catalogue: &Catalogue, manner: Manner) -> io::Result<()> {
    let words = Words { catalogue, addresses: manner.addresses, most: MOST };
    let (language, title) = (catalogue.language().code(), markup(&words.text("report-title")));
    writeln!(out, "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>")?;
    for line in words.head(summary) {
        writeln!(out, "<p>{}</p>", markup(&line))?;
    }
    for domain in summary.domains() {
        let bars = timeline::bars(domain, words.catalogue.language());
        domain_html(out, &words.domain(domain), &bars, &words)?;
    }
    if !summary.tls.is_empty() {
        writeln!(out, "<h2>{}</h2>", markup(&words.text("report-tls-heading")))?;
    }
    for tls in &summary.tls {
        let (line, failures) = words.tls(tls);
        writeln!(out, "<h3>{}</h3>\n<p>{}</p>", markup(&words.quote(&tls.domain)), markup(&line))?;
        list(out, failures.iter().map(|failure| markup(failure)))?;
    }
    if !summary.skipped.is_empty() {
        writeln!(out, "<h2>{}</h2>", markup(&words.text("report-skipped-heading")))?;
    }
    let shown = |s: &crate::reports::Skipped| format!("{}: {}", markup(&s.file), markup(&words.omission(s)));
    list(out, summary.skipped.iter().map(shown))?;
    if summary.skipped_more > 0 {
        let more = words.say("report-skipped-more", [("count", summary.skipped_more.into())]);
        writeln!(out, "<p>{}</p>", markup(&more))?;
    }
    writeln!(out, "</body>\n</html>")
}

fn list(out: &mut dyn Write, items: impl ExactSizeIterator<Item = String>) -> io::Result<()> {
    if items.len() == 0 {
        return Ok(());
    }
    writeln!(out, "<ul>")?;
    for item in items {
        writeln!(out, "<li>{item}</li>")?;
    }
    writeln!(out, "</ul>")
}

fn domain_html(out: &mut dyn Write, domain: &DomainWords, bars: &[Bar], words: &Words<'_>) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>", markup(&domain.name))?;
    let tone = domain.tone.map_or("good", Severity::as_str);
    for (i, line) in domain.readiness.iter().enumerate() {
        match i {
            0 => writeln!(out, "<p class=\"verdict {tone}\">{}</p>", markup(line))?,
            _ => writeln!(out, "<p>{}</p>", markup(line))?,
        }
    }
    for line in &domain.lines {
        writeln!(out, "<p>{}</p>", markup(line))?;
    }
    chart(out, bars, words)?;
    if !domain.groups.is_empty() {
        writeln!(out, "<table>")?;
    }
    for group in &domain.groups {
        rows(out, group, words)?;
    }
    if !domain.groups.is_empty() {
        writeln!(out, "</table>")?;
    }
    if domain.cut {
        writeln!(out, "<p>{}</p>", markup(&words.text("report-cut")))?;
    }
    Ok(())
}

fn rows(out: &mut dyn Write, group: &Group, words: &Words<'_>) -> io::Result<()> {
    writeln!(out, "<tbody class=\"{}\">", word(group.class))?;
    writeln!(out, "<tr><td colspan=\"6\"><h3>{}</h3></td></tr>\n<tr>", markup(&group.title))?;
    for (column, class) in
        [("messages", "n"), ("aligned", "n"), ("dkim", "n"), ("spf", "n"), ("sender", ""), ("fate", "")]
    {
        write!(out, "<th class=\"{class}\">{}</th>", markup(&words.text(&format!("report-column-{column}"))))?;
    }
    writeln!(out, "</tr>")?;
    for row in &group.rows {
        write!(out, "<tr>")?;
        for cell in [&row.messages, &row.aligned, &row.dkim, &row.spf] {
            write!(out, "<td class=\"n\">{}</td>", markup(cell))?;
        }
        writeln!(out, "<td>{}</td><td>{}</td></tr>", markup(&row.who), markup(&row.fate))?;
    }
    if let Some(more) = &group.more {
        writeln!(out, "<tr><td colspan=\"6\">{}</td></tr>", markup(more))?;
    }
    writeln!(out, "</tbody>")
}

/// The days as bars; each names its numbers where the mouse rests on it.
fn chart(out: &mut dyn Write, bars: &[Bar], words: &Words<'_>) -> io::Result<()> {
    if bars.len() < 2 {
        return Ok(());
    }
    let most = bars.iter().map(|bar| bar.pass.saturating_add(bar.fail)).max().unwrap_or(0).max(1);
    let scaled = |count: u64| u128::from(count) * u128::from(HEIGHT) * 100 / u128::from(most);
    let heading = markup(&words.text("report-timeline"));
    let width = bars.len() * 10;
    writeln!(out, "<h3>{heading}</h3>")?;
    writeln!(
        out,
        "<svg role=\"img\" aria-label=\"{heading}\" viewBox=\"0 0 {width} {HEIGHT}\" preserveAspectRatio=\"none\">"
    )?;
    for (i, bar) in bars.iter().enumerate() {
        if bar.pass == 0 && bar.fail == 0 {
            continue;
        }
        let label = words.say(
            "report-timeline-bar",
            [("day", bar.label.clone().into()), ("pass", bar.pass.into()), ("fail", bar.fail.into())],
        );
        write!(out, "<g><title>{}</title>", markup(&label))?;
        let (pass, fail) = (scaled(bar.pass), scaled(bar.fail));
        let top = u128::from(HEIGHT) * 100;
        for (class, from, height) in
            [("pass", top.saturating_sub(pass), pass), ("fail", top.saturating_sub(pass + fail), fail)]
        {
            if height > 0 {
                let x = i * 10 + 1;
                write!(
                    out,
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"8\" height=\"{}\"/>",
                    hundredths(from),
                    hundredths(height)
                )?;
            }
        }
        writeln!(out, "</g>")?;
    }
    writeln!(out, "</svg>")
}

fn hundredths(value: u128) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}
