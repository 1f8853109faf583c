//! The record and where it leads as a picture: each term's cost, the sum so far, and the limit (RFC 7208 §4.6.4).
//!
//! The picture is as wide as its place: what stands at the right stands there at any width, and a term that is too long
//! is cut. The table of the same rows has every word.

use std::io::{self, Write};

use super::page::{Row, Tone};
use super::words::{arg, say};
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::render::html;
use crate::spf::Limits;

/// Height of a row, of a row with a remark, and of the line that shows the limit.
const ROW: usize = 28;
const ROW_WITH_NOTE: usize = 42;
const LIMIT: usize = 30;
/// Height of what stands above the first row.
const HEAD: usize = 74;
/// A row stands so much to the right of what it belongs to, down to a depth.
const STEP: usize = 16;
const DEEPEST: usize = 9;
/// Room for cost and sum at the right.
const NUMBERS: usize = 92;
/// Rows that are drawn.
const MOST: usize = 120;
/// Characters of a term and of a remark.
const LONGEST: usize = 90;
/// Cells of the gauge.
const CELLS: u32 = 40;

/// Writes the picture of these rows. `id` is unique on the page.
pub(super) fn write(
    out: &mut dyn Write,
    rows: &[Row],
    lookups: u32,
    id: &str,
    catalogue: &Catalogue,
) -> io::Result<()> {
    let limit = Limits::default().lookups;
    let over = rows.iter().position(Row::is_over).filter(|at| *at < MOST);
    let drawn = rows.get(..MOST.min(rows.len())).unwrap_or_default();
    let heights: usize = drawn.iter().map(height).sum();
    let more = rows.len() - drawn.len();
    let total = HEAD + heights + if over.is_some() { LIMIT } else { 0 } + if more > 0 { ROW } else { 0 };
    let of = say(catalogue, "spf-of", vec![arg("count", lookups), arg("limit", limit)]);
    let sum = format!("{}: {of}", catalogue.text("spf-lookups"));
    let title = markup(&catalogue.text("page-tree-picture"));
    writeln!(out, "<svg class=\"tree\" height=\"{total}\" role=\"img\" aria-labelledby=\"{id}-title {id}-sum\">")?;
    writeln!(out, "<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-sum\">{}</desc>", markup(&sum))?;
    let tone = if lookups > limit { html::Tone::Error } else { html::Tone::Plain };
    let tint = if lookups > limit { " tint" } else { "" };
    writeln!(out, "<text class=\"say {}{tint}\" x=\"2\" y=\"15\">{}</text>", tone.class(), markup(&sum))?;
    gauge(out, lookups, limit)?;
    for (dx, word) in [(50, "page-tree-cost"), (2, "page-tree-sum")] {
        let word = markup(&catalogue.text(word));
        writeln!(out, "<text class=\"small\" x=\"100%\" dx=\"-{dx}\" y=\"58\" text-anchor=\"end\">{word}</text>")?;
    }
    let mut y = HEAD;
    let mut parents = [0; DEEPEST + 1];
    let mut stop = None;
    let mut numbered = Vec::new();
    for (at, row) in drawn.iter().enumerate() {
        if over == Some(at) {
            stop = Some(y);
            y += LIMIT;
        }
        write_row(out, row, y, &mut parents)?;
        numbered.push((y + 17, row));
        y += height(row);
    }
    // Long terms end where the numbers begin; what is at the right edge counts from there.
    writeln!(out, "<svg x=\"100%\" overflow=\"visible\">")?;
    let (left, room) = (NUMBERS, total - HEAD);
    writeln!(out, "<rect class=\"cover\" x=\"-{left}\" y=\"{HEAD}\" width=\"{left}\" height=\"{room}\"/>")?;
    for (y, row) in numbered.into_iter().filter(|(_, row)| row.depth > 0) {
        write_numbers(out, row, y, limit)?;
    }
    writeln!(out, "</svg>")?;
    if let Some(y) = stop {
        let words = markup(&say(catalogue, "page-tree-limit", vec![arg("limit", limit)]));
        let (line, text) = (y + LIMIT - 9, y + LIMIT - 15);
        writeln!(out, "<line class=\"limit\" x1=\"0\" x2=\"100%\" y1=\"{line}\" y2=\"{line}\"/>")?;
        writeln!(out, "<text class=\"small error tint\" x=\"2\" y=\"{text}\">{words}</text>")?;
    }
    if more > 0 {
        let words = markup(&say(catalogue, "spf-more", vec![arg("count", more)]));
        writeln!(out, "<text class=\"small\" x=\"10\" y=\"{}\">{words}</text>", y + 16)?;
    }
    writeln!(out, "</svg>")
}

/// A cell a lookup; those behind the limit are in another colour.
fn gauge(out: &mut dyn Write, lookups: u32, limit: u32) -> io::Result<()> {
    let cells = lookups.max(limit).min(CELLS);
    let width = 100.0 / f64::from(cells);
    for cell in 0..cells {
        let class = match cell {
            _ if cell >= lookups => "free",
            _ if cell >= limit => "over",
            _ => "used",
        };
        let x = width * f64::from(cell);
        let room = width - 0.6;
        writeln!(out, "<rect class=\"{class}\" x=\"{x:.2}%\" y=\"24\" width=\"{room:.2}%\" height=\"13\" rx=\"2\"/>")?;
    }
    if cells > limit {
        let x = width * f64::from(limit) - 0.3;
        writeln!(out, "<line class=\"limit\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"19\" y2=\"42\"/>")?;
    }
    Ok(())
}

fn height(row: &Row) -> usize {
    if row.notes.is_empty() { ROW } else { ROW_WITH_NOTE }
}

/// One row: the lines to what it belongs to, and the term. `parents` holds where the rows above lie.
fn write_row(out: &mut dyn Write, row: &Row, y: usize, parents: &mut [usize; DEEPEST + 1]) -> io::Result<()> {
    let depth = row.depth.min(DEEPEST);
    let (x, middle) = (8 + depth * STEP, y + 12);
    if let Some(above) = depth.checked_sub(1).and_then(|above| parents.get(above)) {
        let from = x - STEP;
        writeln!(out, "<path d=\"M{from} {} V{middle} H{}\"/>", above + 5, x - 5)?;
    }
    if let Some(here) = parents.get_mut(depth) {
        *here = middle;
    }
    let result = row.result.as_ref().map_or(Tone::Plain, |(_, tone)| *tone);
    let class = if row.is_over() { html::Tone::Error } else { worse(row.tone, result) }.class();
    writeln!(out, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{middle}\" r=\"5\"/>")?;
    let left = x + 12;
    let strong = if row.depth == 0 { " class=\"say\"" } else { "" };
    write!(out, "<text{strong} x=\"{left}\" y=\"{}\">{}", y + 17, markup(&shortened(&row.label)))?;
    if let Some((word, _)) = &row.result {
        write!(out, " <tspan class=\"{class} tint\">{}</tspan>", markup(word))?;
    }
    writeln!(out, "</text>")?;
    if !row.notes.is_empty() {
        let notes = markup(&shortened(&row.notes.join("; ")));
        writeln!(out, "<text class=\"small {class} tint\" x=\"{left}\" y=\"{}\">{notes}</text>", y + 33)?;
    }
    Ok(())
}

/// What a term costs, and the sum so far.
fn write_numbers(out: &mut dyn Write, row: &Row, y: usize, limit: u32) -> io::Result<()> {
    let (cost, faint) =
        if row.cost > 0 { (format!("+{}", row.cost), "") } else { ("0".to_owned(), " class=\"small\"") };
    writeln!(out, "<text{faint} x=\"-56\" y=\"{y}\" text-anchor=\"end\">{cost}</text>")?;
    if let Some(count) = row.count {
        let class = if row.is_over() { " class=\"error tint\"" } else { "" };
        writeln!(out, "<text{class} x=\"-2\" y=\"{y}\" text-anchor=\"end\">{count}/{limit}</text>")?;
    }
    Ok(())
}

fn worse(a: Tone, b: Tone) -> html::Tone {
    let (a, b) = (html::Tone::from(a), html::Tone::from(b));
    a.max(b)
}

impl From<Tone> for html::Tone {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Good => Self::Good,
            Tone::Plain => Self::Plain,
            Tone::Doubtful => Self::Warning,
            Tone::Bad => Self::Error,
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
