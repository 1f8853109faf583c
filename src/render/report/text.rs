//! The summary on a terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::Manner;
use super::words::{DomainWords, Group, Words};
use crate::locales::Catalogue;
use crate::render::harmless::terminal;
use crate::render::{Style, text};
use crate::reports::Summary;

/// Senders of a class that are shown.
const MOST: usize = 10;

/// Writes the summary as text.
///
/// # Errors
/// Those of the writer.
pub fn as_text(out: &mut dyn Write, summary: &Summary, catalogue: &Catalogue, manner: Manner) -> io::Result<()> {
    let (words, style) = (Words { catalogue, addresses: manner.addresses, most: MOST }, manner.style);
    for line in words.head(summary) {
        writeln!(out, "{}", terminal(&line))?;
    }
    for domain in summary.domains() {
        domain_text(out, &words.domain(domain), &words, style)?;
    }
    if !summary.tls.is_empty() {
        writeln!(out, "\n{}", style.strong(&words.text("report-tls-heading")))?;
    }
    for tls in &summary.tls {
        let (line, failures) = words.tls(tls);
        text::wrapped(out, &terminal(&format!("{}, {line}", words.quote(&tls.domain))), 2)?;
        for failure in failures {
            text::wrapped(out, &terminal(&failure), 4)?;
        }
    }
    if !summary.skipped.is_empty() {
        writeln!(out, "\n{}", style.strong(&words.text("report-skipped-heading")))?;
    }
    for skipped in &summary.skipped {
        writeln!(out, "  {}: {}", terminal(&skipped.file), terminal(&words.omission(skipped)))?;
    }
    if summary.skipped_more > 0 {
        writeln!(out, "  {}", words.say("report-skipped-more", [("count", summary.skipped_more.into())]))?;
    }
    Ok(())
}

fn domain_text(out: &mut dyn Write, domain: &DomainWords, words: &Words<'_>, style: Style) -> io::Result<()> {
    writeln!(out, "\n{}", style.strong(&terminal(&domain.name)))?;
    if let Some((first, rest)) = domain.readiness.split_first() {
        let first = terminal(first);
        match domain.tone {
            Some(severity) => writeln!(out, "  {}", style.severity(severity, &first))?,
            None => writeln!(out, "  {}", style.good(&first))?,
        }
        if !rest.is_empty() {
            text::wrapped(out, &terminal(&rest.join(" ")), 2)?;
        }
    }
    for line in &domain.lines {
        text::wrapped(out, &terminal(line), 2)?;
    }
    let headings = ["messages", "aligned", "dkim", "spf"].map(|c| words.text(&format!("report-column-{c}")));
    let mut widths = headings.each_ref().map(|heading| heading.width());
    for row in domain.groups.iter().flat_map(|group| &group.rows) {
        for (width, cell) in widths.iter_mut().zip([&row.messages, &row.aligned, &row.dkim, &row.spf]) {
            *width = (*width).max(cell.width());
        }
    }
    if !domain.groups.is_empty() {
        let [a, b, c, d] = headings.each_ref().map(String::as_str);
        let line = columns([a, b, c, d], widths, &words.text("report-column-sender"));
        writeln!(out, "\n    {}", style.faint(&line))?;
    }
    for group in &domain.groups {
        group_text(out, group, widths, style)?;
    }
    if domain.cut {
        text::wrapped(out, &words.text("report-cut"), 2)?;
    }
    Ok(())
}

fn group_text(out: &mut dyn Write, group: &Group, widths: [usize; 4], style: Style) -> io::Result<()> {
    text::wrapped(out, &group.title, 2)?;
    for row in &group.rows {
        let cells = [&row.messages, &row.aligned, &row.dkim, &row.spf].map(String::as_str);
        writeln!(out, "    {}", columns(cells, widths, &terminal(&row.who)))?;
    }
    if let Some(more) = &group.more {
        writeln!(out, "    {}", style.faint(more))?;
    }
    Ok(())
}

fn columns(cells: [&str; 4], widths: [usize; 4], last: &str) -> String {
    let mut line = String::new();
    for (cell, width) in cells.into_iter().zip(widths) {
        line.push_str(&format!("{:pad$}{cell}  ", "", pad = width.saturating_sub(cell.width())));
    }
    line.push_str(last);
    line
}
