//! The page on a terminal.

use std::io::{self, Write};

use super::page::{Block, Page};
use crate::locales::Catalogue;
use crate::render::harmless::terminal;
use crate::render::{Style, text};

/// Writes the page as text.
///
/// # Errors
/// Those of the writer.
pub fn as_text(out: &mut dyn Write, page: &Page, catalogue: &Catalogue, style: Style) -> io::Result<()> {
    writeln!(out, "{}", style.strong(&terminal(&page.title)))?;
    match page.tone {
        None => writeln!(out, "{}", style.good(&page.verdict))?,
        Some(severity) => writeln!(out, "{}", style.severity(severity, &page.verdict))?,
    }
    if let Some(first) = &page.first {
        text::wrapped(out, &terminal(first), 0)?;
    }
    writeln!(out)?;
    for section in &page.sections {
        writeln!(out, "{}\n", style.strong(&format!("── {} ──", section.heading)))?;
        let mut open = false;
        for block in &section.blocks {
            match block {
                Block::Text(words) => text::wrapped(out, &terminal(words), 2)?,
                Block::Item(words) => {
                    let mut item = Vec::new();
                    text::wrapped(&mut item, &terminal(words), 4)?;
                    out.write_all("  • ".as_bytes())?;
                    out.write_all(item.get(4..).unwrap_or_default())?;
                }
                Block::Proof(line) => text::wrapped(out, &terminal(line), 6)?,
                Block::Lines(lines) => writeln!(out, "{lines}")?,
                Block::Finding(finding) => text::finding::finding(out, finding, catalogue, style)?,
            }
            open = !matches!(block, Block::Finding(_));
        }
        if open {
            writeln!(out)?;
        }
    }
    Ok(())
}
