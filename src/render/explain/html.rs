//! The page in a browser.

use std::io::{self, Write};

use super::page::{Block, Page};
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::render::html::{self, Tone};

/// Writes pages as one HTML file.
///
/// # Errors
/// Those of the writer.
pub fn as_html(out: &mut dyn Write, pages: &[Page], catalogue: &Catalogue) -> io::Result<()> {
    html::begin(out, "mailauth explain", catalogue)?;
    for page in pages {
        writeln!(out, "<div class=\"domain\">")?;
        html::top(
            out,
            &html::Top {
                title: &page.title,
                tone: page.tone.map_or(Tone::Good, Tone::from),
                verdict: &page.verdict,
                lines: page.first.as_slice(),
                first: None,
            },
        )?;
        for section in &page.sections {
            writeln!(out, "<h2>{}</h2>", markup(&section.heading))?;
            blocks(out, &section.blocks, catalogue)?;
        }
        writeln!(out, "</div>")?;
    }
    html::end(out, None)
}

fn blocks(out: &mut dyn Write, blocks: &[Block], catalogue: &Catalogue) -> io::Result<()> {
    let mut in_list = false;
    for block in blocks {
        let item = matches!(block, Block::Item(_));
        if item != in_list {
            writeln!(out, "{}", if item { "<ul>" } else { "</ul>" })?;
            in_list = item;
        }
        match block {
            Block::Text(words) => writeln!(out, "<p>{}</p>", markup(words))?,
            Block::Item(words) => writeln!(out, "<li>{}</li>", markup(words))?,
            Block::Proof(line) => writeln!(out, "<code class=\"proof\">{}</code>", markup(line))?,
            Block::Lines(lines) => {
                let lines: Vec<String> = lines.lines().map(markup).collect();
                writeln!(out, "<pre>{}</pre>", lines.join("\n"))?;
            }
            Block::Finding(finding) => html::finding(out, finding, None, catalogue)?,
        }
    }
    if in_list {
        writeln!(out, "</ul>")?;
    }
    Ok(())
}
