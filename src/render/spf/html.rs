//! The page in a browser, and the part of it that the page of `check` shows too.

use std::io::{self, Write};

use super::page::{Page, Row, Tone, rows};
use super::picture;
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::render::html;
use crate::spf::{Limits, Tree};

impl Page {
    /// Writes the page as HTML.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn as_html(&self, out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
        html::begin(out, &self.title, catalogue)?;
        let word = self.word.as_ref().map(|word| format!("{word}: ")).unwrap_or_default();
        let verdict = format!("{word}{}", self.verdict);
        let top = html::Top {
            title: &self.title,
            tone: self.tone.into(),
            verdict: &verdict,
            lines: &self.lines,
            first: None,
        };
        html::top(out, &top)?;
        if let Some((heading, words)) = &self.quote {
            writeln!(out, "<p>{}</p>\n<blockquote>{}</blockquote>", markup(heading), markup(words))?;
        }
        if !self.heading.is_empty() {
            writeln!(out, "<h2>{}</h2>", markup(&self.heading))?;
        }
        if !self.rows.is_empty() {
            writeln!(out, "<div class=\"panel\">")?;
            picture::write(out, &self.rows, self.lookups, "spf", catalogue)?;
            writeln!(out, "</div>\n<h2>{}</h2>", markup(&catalogue.text("page-tree-terms")))?;
            table(out, &self.rows, catalogue)?;
        }
        self.facts(out)?;
        if !self.findings.is_empty() {
            writeln!(out, "<h2>{}</h2>", markup(&catalogue.text("spf-findings")))?;
        }
        for finding in &self.findings {
            html::finding(out, finding, None, catalogue)?;
        }
        html::end(out, None)
    }

    fn facts(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.facts.is_empty() {
            return Ok(());
        }
        writeln!(out, "<dl class=\"facts panel\">")?;
        for (at, (label, value)) in self.facts.iter().enumerate() {
            if !label.is_empty() {
                write!(out, "<dt>{}</dt><dd>", markup(label))?;
            }
            write!(out, "{}", markup(value))?;
            // Lines without a label go on with what the last one began.
            let goes_on = self.facts.get(at + 1).is_some_and(|(label, _)| label.is_empty());
            writeln!(out, "{}", if goes_on { "<br>" } else { "</dd>" })?;
        }
        writeln!(out, "</dl>")
    }
}

/// Writes a tree as a picture, and as a table that opens on demand. `id` is unique on the page.
///
/// # Errors
/// Those of the writer.
pub fn tree_as_html(out: &mut dyn Write, tree: &Tree, id: &str, catalogue: &Catalogue) -> io::Result<()> {
    let rows = rows(tree, catalogue);
    picture::write(out, &rows, tree.dns_lookups, id, catalogue)?;
    writeln!(out, "<details><summary>{}</summary>", markup(&catalogue.text("page-tree-table")))?;
    table(out, &rows, catalogue)?;
    writeln!(out, "</details>")
}

/// The rows with every word.
fn table(out: &mut dyn Write, rows: &[Row], catalogue: &Catalogue) -> io::Result<()> {
    let limit = Limits::default().lookups;
    let results = rows.iter().any(|row| row.result.is_some());
    let head = |id: &str, class: &str| format!("<th scope=\"col\"{class}>{}</th>", markup(&catalogue.text(id)));
    write!(out, "<table class=\"stack\">\n<thead class=\"head\"><tr>{}", head("page-tree-term", ""))?;
    if results {
        write!(out, "{}", head("page-tree-result", ""))?;
    }
    let number = " class=\"n\"";
    writeln!(
        out,
        "{}{}{}</tr></thead>\n<tbody>",
        head("page-tree-cost", number),
        head("page-tree-sum", number),
        head("page-tree-remarks", "")
    )?;
    // On a telephone the cells of a row stand below each other, with the column's name before each.
    let label = |id: &str| format!(" data-label=\"{}\"", markup(&catalogue.text(id)));
    for row in rows {
        let indent = row.depth.min(12);
        write!(
            out,
            "<tr><td class=\"term\" style=\"padding-left:calc({indent}em + .6rem)\">{}</td>",
            markup(&row.label)
        )?;
        if results {
            let (word, tone) = row.result.as_ref().map_or(("", Tone::Plain), |(word, tone)| (word, *tone));
            write!(out, "<td class=\"tone {}\">{}</td>", html::Tone::from(tone).class(), markup(word))?;
        }
        let (cost_label, sum_label) = (label("page-tree-cost"), label("page-tree-sum"));
        let cost = if row.depth > 0 { row.cost.to_string() } else { String::new() };
        let count = row.count.map(|count| format!("{count}/{limit}")).unwrap_or_default();
        let over = if row.is_over() { " tone error" } else { "" };
        write!(out, "<td class=\"n\"{cost_label}>{cost}</td><td class=\"n{over}\"{sum_label}>{count}</td>")?;
        let class = if row.tone == Tone::Plain {
            String::new()
        } else {
            format!(" class=\"tone {}\"", html::Tone::from(row.tone).class())
        };
        writeln!(out, "<td{class}>{}</td></tr>", markup(&row.notes.join("; ")))?;
    }
    writeln!(out, "</tbody>\n</table>")
}
