//! The page in a browser: one file, no script, nothing fetched.

use std::io::{self, Write};

use super::page::{Block, Page};
use crate::finding::Severity;
use crate::locales::Catalogue;
use crate::render::Worded;
use crate::render::harmless::markup;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1a1a1a;background:#fff;overflow-wrap:anywhere}h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}\
h3{font-size:1rem;margin-bottom:.2rem}.good{color:#0a6b2d}.warning{color:#8a5a00}.error{color:#b00020}\
.verdict{font-size:1.1rem;font-weight:600}pre,code{font-family:ui-monospace,monospace;font-size:.9em;\
white-space:pre-wrap;overflow-wrap:anywhere}code.proof{display:block;color:#555;margin:.1rem 0 .6rem}\
li{margin:.1rem 0}@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}.good{color:#5fd38a}\
.warning{color:#e0b050}.error{color:#ff7a85}code.proof{color:#aaa}}";

/// Writes pages as one HTML file.
///
/// # Errors
/// Those of the writer.
pub fn as_html(out: &mut dyn Write, pages: &[Page], catalogue: &Catalogue) -> io::Result<()> {
    let language = catalogue.language().code();
    writeln!(out, "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>mailauth explain</title>\n<style>{STYLE}</style>\n</head>\n<body>")?;
    for page in pages {
        writeln!(out, "<main>\n<h1>{}</h1>", markup(&page.title))?;
        let class = page.tone.map_or("good", Severity::as_str);
        writeln!(out, "<p class=\"verdict {class}\">{}</p>", markup(&page.verdict))?;
        if let Some(first) = &page.first {
            writeln!(out, "<p>{}</p>", markup(first))?;
        }
        for section in &page.sections {
            writeln!(out, "<h2>{}</h2>", markup(&section.heading))?;
            blocks(out, &section.blocks, catalogue)?;
        }
        writeln!(out, "</main>")?;
    }
    writeln!(out, "</body>\n</html>")
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
            Block::Finding(finding) => write_finding(out, finding, catalogue)?,
        }
    }
    if in_list {
        writeln!(out, "</ul>")?;
    }
    Ok(())
}

fn write_finding(out: &mut dyn Write, it: &Worded, catalogue: &Catalogue) -> io::Result<()> {
    let severity = catalogue.text(&format!("severity-{}", it.severity.as_str()));
    let class = it.severity.as_str();
    writeln!(out, "<section>\n<h3><span class=\"{class}\">{}</span>: {}</h3>", markup(&severity), markup(&it.title))?;
    writeln!(out, "<p><code>{}</code> · {}</p>\n<p>{}</p>", markup(it.rule), markup(&it.subject), markup(&it.detail))?;
    if let Some(fix) = &it.fix {
        writeln!(out, "<p>→ {}</p>", markup(&fix.text))?;
    }
    writeln!(out, "</section>")
}
