//! The page in a browser: one file, no script, nothing fetched.

use std::io::{self, Write};

use super::page::{Page, Tone};
use crate::locales::Catalogue;
use crate::render::harmless::markup;
use crate::spf::Limits;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1a1a1a;background:#fff}h1{font-size:1.4rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem}\
.good{color:#0a6b2d}.doubtful{color:#8a5a00}.bad{color:#b00020}.verdict{font-size:1.1rem;font-weight:600}\
table{border-collapse:collapse;width:100%}td{padding:.15rem .6rem .15rem 0;vertical-align:top;overflow-wrap:anywhere}\
td.term,pre,code{font-family:ui-monospace,monospace;font-size:.9em}td.count{white-space:nowrap}\
blockquote{border-left:3px solid #999;margin:.5rem 0;padding-left:1rem;overflow-wrap:anywhere}\
dt{font-weight:600}dd{margin:0 0 .3rem 1rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere}\
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}.good{color:#5fd38a}.doubtful{color:#e0b050}\
.bad{color:#ff7a85}}";

impl Page {
    /// Writes the page as HTML.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn as_html(&self, out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
        let (language, title) = (catalogue.language().code(), markup(&self.title));
        writeln!(out, "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        )?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>")?;
        let word = self.word.as_ref().map(|word| format!("{}: ", markup(word))).unwrap_or_default();
        writeln!(out, "<p class=\"verdict {}\">{word}{}</p>", class(self.tone), markup(&self.verdict))?;
        for line in &self.lines {
            writeln!(out, "<p>{}</p>", markup(line))?;
        }
        if let Some((heading, words)) = &self.quote {
            writeln!(out, "<p>{}</p>\n<blockquote>{}</blockquote>", markup(heading), markup(words))?;
        }
        if !self.heading.is_empty() {
            writeln!(out, "<h2>{}</h2>", markup(&self.heading))?;
        }
        self.table(out)?;
        if !self.facts.is_empty() {
            writeln!(out, "<dl>")?;
            for (label, value) in &self.facts {
                if !label.is_empty() {
                    writeln!(out, "<dt>{}</dt>", markup(label))?;
                }
                writeln!(out, "<dd>{}</dd>", markup(value))?;
            }
            writeln!(out, "</dl>")?;
        }
        self.findings(out, catalogue)?;
        writeln!(out, "</body>\n</html>")
    }

    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let limit = Limits::default().lookups;
        writeln!(out, "<table>")?;
        for row in &self.rows {
            let indent = row.depth as f32 * 1.5;
            write!(out, "<tr><td class=\"term\" style=\"padding-left:{indent}em\">{}</td>", markup(&row.label))?;
            let (word, tone) = row.result.as_ref().map_or(("", Tone::Plain), |(word, tone)| (word, *tone));
            write!(out, "<td class=\"{}\">{}</td>", class(tone), markup(word))?;
            let count = row.count.map(|count| format!("{count}/{limit}")).unwrap_or_default();
            let over = class(if row.is_over() { Tone::Bad } else { Tone::Plain });
            write!(out, "<td class=\"count {over}\">{count}</td>")?;
            let notes: Vec<String> = row.notes.iter().map(|note| markup(note)).collect();
            writeln!(out, "<td class=\"{}\">{}</td></tr>", class(row.tone), notes.join("; "))?;
        }
        writeln!(out, "</table>")
    }

    fn findings(&self, out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
        if !self.findings.is_empty() {
            writeln!(out, "<h2>{}</h2>", markup(&catalogue.text("spf-findings")))?;
        }
        for finding in &self.findings {
            let severity = catalogue.text(&format!("severity-{}", finding.severity.as_str()));
            writeln!(out, "<section>\n<h3>{}: {}</h3>", markup(&severity), markup(&finding.title))?;
            writeln!(out, "<p><code>{}</code> · {}</p>", markup(finding.rule), markup(&finding.subject))?;
            writeln!(out, "<p>{}</p>", markup(&finding.detail))?;
            if let Some(fix) = &finding.fix {
                writeln!(out, "<p>→ {}</p>", markup(&fix.text))?;
                for change in &fix.records {
                    let action = catalogue.text(&format!("change-{}", change.action));
                    writeln!(out, "<pre>{} {} {}", markup(&action), markup(&change.name), markup(&change.r#type))?;
                    for (mark, value) in [('-', &change.old), ('+', &change.value)] {
                        if let Some(value) = value {
                            writeln!(out, "{mark} {}", markup(value))?;
                        }
                    }
                    writeln!(out, "</pre>")?;
                }
            }
            writeln!(out, "</section>")?;
        }
        Ok(())
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Plain => "plain",
        Tone::Doubtful => "doubtful",
        Tone::Bad => "bad",
    }
}
