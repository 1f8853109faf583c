//! The page in Markdown, to be pasted into a ticket.

use std::io::{self, Write};

use super::page::{Block, Page};
use crate::locales::Catalogue;
use crate::render::Worded;
use crate::render::harmless::{markdown, markdown_code};

/// Writes the page as Markdown.
///
/// # Errors
/// Those of the writer.
pub fn as_markdown(out: &mut dyn Write, page: &Page, catalogue: &Catalogue) -> io::Result<()> {
    writeln!(out, "# {}\n", markdown(&page.title))?;
    writeln!(out, "**{}**", markdown(&page.verdict))?;
    if let Some(first) = &page.first {
        writeln!(out, "\n{}", markdown(first))?;
    }
    for section in &page.sections {
        writeln!(out, "\n## {}\n", markdown(&section.heading))?;
        for block in &section.blocks {
            match block {
                Block::Text(words) => writeln!(out, "{}\n", markdown(words))?,
                Block::Item(words) => writeln!(out, "- {}", markdown(words))?,
                Block::Proof(line) => writeln!(out, "  - {}", markdown_code(line))?,
                Block::Lines(lines) => {
                    for line in lines.lines() {
                        writeln!(out, "- {}", markdown_code(line.trim()))?;
                    }
                }
                Block::Finding(finding) => write_finding(out, finding, catalogue)?,
            }
        }
    }
    Ok(())
}

fn write_finding(out: &mut dyn Write, it: &Worded, catalogue: &Catalogue) -> io::Result<()> {
    let severity = catalogue.text(&format!("severity-{}", it.severity.as_str()));
    writeln!(out, "### {}: {}\n", markdown(&severity), markdown(&it.title))?;
    writeln!(out, "{} · {}\n", markdown_code(it.rule), markdown_code(&it.subject))?;
    writeln!(out, "{}\n", markdown(&it.detail))?;
    if let Some(fix) = &it.fix {
        writeln!(out, "→ {}\n", markdown(&fix.text))?;
    }
    Ok(())
}
