//! The page on a terminal.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::page::{Page, Row, Tone};
use crate::finding::Severity;
use crate::locales::Catalogue;
use crate::render::harmless::terminal;
use crate::render::text::WIDTH;
use crate::render::{Style, text};
use crate::spf::Limits;

/// The widest column of terms.
const TERMS: usize = 52;

impl Page {
    /// Writes the page as text.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn as_text(&self, out: &mut dyn Write, catalogue: &Catalogue, style: Style) -> io::Result<()> {
        writeln!(out, "{}", style.strong(&terminal(&self.title)))?;
        if let Some(word) = &self.word {
            let lines = lines(&format!("{word}: {}", terminal(&self.verdict)), 0)?;
            let rest = lines.strip_prefix(word.as_str()).unwrap_or_default();
            write!(out, "{}{rest}", painted(style, self.tone, word))?;
        } else {
            for line in lines(&terminal(&self.verdict), 0)?.lines() {
                writeln!(out, "{}", painted(style, self.tone, line))?;
            }
        }
        for line in &self.lines {
            text::wrapped(out, &terminal(line), 2)?;
        }
        if let Some((heading, words)) = &self.quote {
            text::wrapped(out, heading, 2)?;
            text::wrapped(out, &terminal(words), 4)?;
        }
        if !self.heading.is_empty() {
            writeln!(out, "\n{}", style.strong(&self.heading))?;
        }
        self.rows(out, style)?;
        if !self.facts.is_empty() {
            writeln!(out)?;
        }
        let width = self.facts.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
        for (label, value) in &self.facts {
            let label = format!("{label}{:pad$}", "", pad = width - label.width());
            let value = lines(&terminal(value), width + 4)?;
            writeln!(out, "  {}  {}", style.faint(&label), value.trim())?;
        }
        if !self.findings.is_empty() {
            writeln!(out)?;
        }
        for finding in &self.findings {
            text::finding::finding(out, finding, catalogue, style)?;
        }
        Ok(())
    }

    fn rows(&self, out: &mut dyn Write, style: Style) -> io::Result<()> {
        let shown: Vec<(&Row, String)> = self.rows.iter().map(|row| (row, shortened(row))).collect();
        let width = |row: &Row, label: &str| row.branch.width() + label.width();
        let terms = shown.iter().map(|(row, label)| width(row, label)).max().unwrap_or(0).min(TERMS);
        let results = self.rows.iter().filter_map(|row| row.result.as_ref()).map(|(word, _)| word.width()).max();
        let limit = Limits::default().lookups;
        for (row, label) in &shown {
            let mut line = format!("{}{label}", style.faint(&row.branch));
            let mut blank = terms.saturating_sub(width(row, label)) + 2;
            if let (Some((word, tone)), Some(room)) = (&row.result, results) {
                line.push_str(&format!("{:blank$}{}", "", painted(style, *tone, word)));
                blank = room - word.width() + 2;
            }
            let count = row.count.map(|count| format!("{count:>2}/{limit}")).unwrap_or_default();
            if !count.is_empty() {
                let tone = if row.is_over() { Tone::Bad } else { Tone::Plain };
                line.push_str(&format!("{:blank$}{}", "", painted(style, tone, &count)));
                blank = 2;
            } else {
                blank += 7;
            }
            if row.notes.is_empty() {
                writeln!(out, "  {line}")?;
                continue;
            }
            let notes = row.notes.iter().map(|note| terminal(note)).collect::<Vec<_>>().join("; ");
            let result = row.result.as_ref().and(results).map_or(0, |room| room + 2);
            let before = 2 + terms.max(width(row, label)) + result + 7 + 2;
            if before + notes.width() <= WIDTH {
                line.push_str(&format!("{:blank$}{}", "", painted(style, row.tone, &notes)));
                writeln!(out, "  {line}")?;
                continue;
            }
            // What does not fit beside its term stands below it.
            writeln!(out, "  {line}")?;
            let indent = row.branch.width() + 6;
            for note in lines(&notes, indent)?.lines() {
                writeln!(out, "{:indent$}{}", "", painted(style, row.tone, note.trim_start()))?;
            }
        }
        Ok(())
    }
}

/// A text in lines that fit, each with this many blanks before it.
fn lines(words: &str, indent: usize) -> io::Result<String> {
    let mut out = Vec::new();
    text::wrapped(&mut out, words, indent)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The label, cut where it would push everything else off the screen.
fn shortened(row: &Row) -> String {
    let label = terminal(&row.label);
    let room = TERMS.saturating_sub(row.branch.width()).max(20);
    if label.width() <= room {
        return label.into_owned();
    }
    label.chars().take(room - 1).chain(['…']).collect()
}

fn painted(style: Style, tone: Tone, text: &str) -> String {
    match tone {
        Tone::Good => style.good(text).to_string(),
        Tone::Plain => text.to_owned(),
        Tone::Doubtful => style.severity(Severity::Warning, text).to_string(),
        Tone::Bad => style.severity(Severity::Error, text).to_string(),
    }
}
