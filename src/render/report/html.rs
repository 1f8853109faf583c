//! The summary in a browser: one file, no script, nothing fetched.

use std::io::{self, Write};

use super::Manner;
use super::timeline::{self, Bar};
use super::words::{DomainWords, Group, Words, word};
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::render::html::{self, Tone};
use crate::reports::Summary;

/// Senders of a class that are shown.
const MOST: usize = 100;
/// Height of the time line, in its own units.
const HEIGHT: u64 = 100;

/// Writes the summary as HTML.
///
/// # Errors
/// Those of the writer.
pub fn as_html(out: &mut dyn Write, summary: &Summary, catalogue: &Catalogue, manner: Manner) -> io::Result<()> {
    let words = Words { catalogue, addresses: manner.addresses, most: MOST };
    let title = words.text("report-title");
    html::begin(out, &title, catalogue)?;
    writeln!(out, "<h1>{}</h1>", markup(&title))?;
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
    html::end(out, None)
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
    let tone = domain.tone.map_or(Tone::Good, Tone::from);
    for (i, line) in domain.readiness.iter().enumerate() {
        match i {
            0 => writeln!(
                out,
                "<p class=\"verdict {}\"><span class=\"sign\" aria-hidden=\"true\">{}</span> <span>{}</span></p>",
                tone.class(),
                tone.sign(),
                markup(line)
            )?,
            _ => writeln!(out, "<p>{}</p>", markup(line))?,
        }
    }
    for line in &domain.lines {
        writeln!(out, "<p>{}</p>", markup(line))?;
    }
    chart(out, bars, words)?;
    if !domain.groups.is_empty() {
        writeln!(out, "<table class=\"stack\">")?;
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
    writeln!(out, "<tr><th colspan=\"6\" scope=\"rowgroup\"><h3>{}</h3></th></tr>", markup(&group.title))?;
    let numbers = ["messages", "aligned", "dkim", "spf"].map(|column| words.text(&format!("report-column-{column}")));
    write!(out, "<tr class=\"head\">")?;
    for heading in &numbers {
        write!(out, "<th scope=\"col\" class=\"n\">{}</th>", markup(heading))?;
    }
    for column in ["report-column-sender", "report-column-fate"] {
        write!(out, "<th scope=\"col\">{}</th>", markup(&words.text(column)))?;
    }
    writeln!(out, "</tr>")?;
    for row in &group.rows {
        write!(out, "<tr>")?;
        for (cell, heading) in [&row.messages, &row.aligned, &row.dkim, &row.spf].into_iter().zip(&numbers) {
            write!(out, "<td class=\"n\" data-label=\"{}\">{}</td>", markup(heading), markup(cell))?;
        }
        writeln!(out, "<td class=\"who\">{}</td><td>{}</td></tr>", markup(&row.who), markup(&row.fate))?;
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
        "<svg class=\"days\" role=\"img\" aria-label=\"{heading}\" viewBox=\"0 0 {width} {HEIGHT}\" preserveAspectRatio=\"none\">"
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
