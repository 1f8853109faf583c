//! One finding on a page: what, where, the record with the spot marked, what to do, and the records to copy.

use std::io::{self, Write};

use super::{Tone, badge};
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::render::worded::{Worded, WordedChange, WordedFix};

/// Characters of a record that are shown before, in and after the spot; the rest of a key tells nobody anything.
const AROUND: [usize; 3] = [60, 120, 100];

/// Writes a finding. `id` is where links on the page lead to.
///
/// # Errors
/// Those of the writer.
pub fn finding(out: &mut dyn Write, it: &Worded, id: Option<&str>, catalogue: &Catalogue) -> io::Result<()> {
    let tone = Tone::from(it.severity);
    let id = id.map(|id| format!(" id=\"{}\"", markup(id))).unwrap_or_default();
    let severity = badge(tone, &catalogue.text(&format!("severity-{}", it.severity.as_str())));
    writeln!(out, "<article class=\"finding {}\"{id}>", tone.class())?;
    writeln!(out, "<h3>{severity} {}</h3>", markup(&it.title))?;
    writeln!(out, "<p class=\"where\">{} · <code>{}</code></p>", markup(&it.subject), markup(it.rule))?;
    if let Some(record) = &it.record {
        writeln!(out, "<pre>{}</pre>", excerpt(record, it.span))?;
    }
    writeln!(out, "<p>{}</p>", markup(&it.detail))?;
    if let Some(fix) = &it.fix {
        write_fix(out, fix, catalogue)?;
    }
    writeln!(out, "</article>")
}

fn write_fix(out: &mut dyn Write, fix: &WordedFix, catalogue: &Catalogue) -> io::Result<()> {
    writeln!(out, "<p class=\"fix\"><span aria-hidden=\"true\">→</span> {}</p>", markup(&fix.text))?;
    for change in &fix.records {
        write_change(out, change, catalogue)?;
    }
    Ok(())
}

/// A record to publish or to take away. A click on the value selects all of it.
fn write_change(out: &mut dyn Write, it: &WordedChange, catalogue: &Catalogue) -> io::Result<()> {
    let action = markup(&catalogue.text(&format!("change-{}", it.action)));
    writeln!(out, "<div class=\"change {}\">", it.action)?;
    writeln!(out, "<p><strong>{action}</strong> <code>{}</code> {}</p>", markup(&it.name), markup(&it.r#type))?;
    match (&it.old, &it.value) {
        (old, Some(value)) => {
            writeln!(out, "<pre class=\"copy\">{}</pre>", markup(value))?;
            if let Some(old) = old {
                let instead = markup(&catalogue.text("page-instead-of"));
                writeln!(out, "<details><summary>{instead}</summary>\n<pre>{}</pre></details>", markup(old))?;
            }
        }
        (Some(old), None) => writeln!(out, "<pre><del>{}</del></pre>", markup(old))?,
        (None, None) => {}
    }
    writeln!(out, "</div>")
}

/// The record around the spot, the spot marked.
fn excerpt(record: &str, span: Option<[usize; 2]>) -> String {
    let [start, end] = span.unwrap_or([0, 0]);
    let (before, marked, after) = match (record.get(..start), record.get(start..end), record.get(end..)) {
        (Some(before), Some(marked), Some(after)) => (before, marked, after),
        _ => ("", "", record),
    };
    // Without a spot there is more room for the record itself.
    let [room_before, room_marked, room_after] = if marked.is_empty() { [120, 0, 280] } else { AROUND };
    let skipped = before.chars().count().saturating_sub(room_before);
    let mut out = String::new();
    if skipped > 0 {
        out.push('…');
    }
    out.push_str(&markup(&before.chars().skip(skipped).collect::<String>()));
    if span.is_some() {
        out.push_str(&format!("<mark>{}</mark>", markup(&shortened(marked, room_marked))));
    }
    out.push_str(&markup(&shortened(after, room_after)));
    out
}

fn shortened(text: &str, room: usize) -> String {
    match text.char_indices().nth(room) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_records_are_cut_around_the_spot() {
        let key = "A".repeat(400);
        let record = format!("v=DKIM1; t=y; p={key}");
        let shown = excerpt(&record, Some([9, 12]));
        assert!(shown.starts_with("v=DKIM1; <mark>t=y</mark>; p=AAA") && shown.ends_with("A…"), "{shown}");
        assert!(shown.len() < 200);
        let shown = excerpt(&record, Some([16, 416]));
        assert_eq!(shown, format!("v=DKIM1; t=y; p=<mark>{}…</mark>", "A".repeat(120)));
        assert_eq!(excerpt("v=spf1 <b>", None), "v=spf1 &lt;b&gt;");
        // Bytes inside a character mark nothing.
        assert_eq!(excerpt("ü", Some([1, 2])), "<mark></mark>ü");
    }
}
