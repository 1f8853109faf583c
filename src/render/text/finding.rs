//! One finding as text: what, where, the record with the spot underlined, and what to do.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::wrap::{WIDTH, wrapped};
use crate::locales::Catalogue;
use crate::render::harmless::{push_visible, terminal};
use crate::render::{Style, Worded};

/// Writes one finding.
///
/// # Errors
/// Those of the writer.
pub fn finding(out: &mut dyn Write, it: &Worded, catalogue: &Catalogue, style: Style) -> io::Result<()> {
    let severity = catalogue.text(&format!("severity-{}", it.severity.as_str()));
    write!(out, "{} ", style.severity(it.severity, &severity))?;
    writeln!(out, "{} {}", style.strong(&terminal(&it.title)), style.faint(&format!("[{}]", it.rule)))?;
    let place = it.location.as_ref().map(|l| format!("{}:{}:{}", terminal(&l.file), l.line, l.column));
    match place {
        Some(place) if it.subject.width() + place.width() + 4 <= WIDTH => {
            writeln!(out, "  {}  {}", terminal(&it.subject), style.faint(&place))?;
        }
        Some(place) => writeln!(out, "  {}\n  {}", terminal(&it.subject), style.faint(&place))?,
        None => writeln!(out, "  {}", terminal(&it.subject))?,
    }
    if let Some(record) = &it.record {
        excerpt(out, record, it.span, it, style)?;
    }
    wrapped(out, &terminal(&it.detail), 2)?;
    if let Some(fix) = &it.fix {
        wrapped(out, &format!("→ {}", terminal(&fix.text)), 2)?;
        for change in &fix.records {
            let (name, rtype) = (terminal(&change.name), &change.r#type);
            writeln!(out, "    {} {name} {rtype}", catalogue.text(&format!("change-{}", change.action)))?;
            if let Some(old) = &change.old {
                value(out, '-', old, |text| style.removed(text).to_string())?;
            }
            if let Some(new) = &change.value {
                value(out, '+', new, |text| style.good(text).to_string())?;
            }
        }
    }
    writeln!(out)
}

/// A record to paste stays on one line, however long: a broken line would be pasted broken.
fn value(out: &mut dyn Write, mark: char, text: &str, paint: impl Fn(&str) -> String) -> io::Result<()> {
    writeln!(out, "      {mark} {}", paint(&terminal(text)))
}

/// The record, cut to a window around the span where it is long, with the span underlined.
fn excerpt(out: &mut dyn Write, record: &str, span: Option<[usize; 2]>, it: &Worded, style: Style) -> io::Result<()> {
    const ROOM: usize = WIDTH - 4;
    let [start, end] = span.unwrap_or([0, 0]);
    let (mut before, mut marked, mut after) = (String::new(), String::new(), String::new());
    for (at, c) in record.char_indices() {
        let part = match at {
            _ if span.is_none() || at < start => &mut before,
            _ if at < end => &mut marked,
            _ => &mut after,
        };
        push_visible(part, c);
        // Nothing behind a screenful is shown.
        if after.len() > ROOM || (span.is_none() && before.len() > ROOM) {
            break;
        }
    }
    let marked = shorten_end(&marked, ROOM - 10);
    let before = if before.width() + marked.width() > ROOM && span.is_some() {
        shorten_start(&before, (ROOM - 4).saturating_sub(marked.width()).min(30))
    } else {
        before
    };
    let after = shorten_end(&after, ROOM.saturating_sub(before.width() + marked.width()));
    let before = shorten_end(&before, ROOM);
    writeln!(out, "    {before}{}{after}", style.severity(it.severity, &marked))?;
    if span.is_some() {
        let carets = "^".repeat(marked.width().max(1));
        writeln!(out, "    {:before$}{}", "", style.severity(it.severity, &carets), before = before.width())?;
    }
    Ok(())
}

fn shorten_end(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(room.saturating_sub(1)).collect();
    out.push('…');
    out
}

fn shorten_start(text: &str, room: usize) -> String {
    let count = text.chars().count();
    if count <= room {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - room.saturating_sub(1)).collect();
    format!("…{tail}")
}
