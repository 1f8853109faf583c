//! Findings as Markdown, for job summaries, merge requests and tickets.

use std::io::{self, Write};

use super::Worded;
use super::harmless::{markdown, markdown_code};
use super::lint::{Summary, suppressed_words};
use crate::finding::Severity;
use crate::locales::Catalogue;

/// Writes what the findings come to, how many were left out, and each finding under a heading of its own.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, findings: &[Worded], suppressed: usize, catalogue: &Catalogue) -> io::Result<()> {
    let summary = match findings {
        [] => catalogue.text("lint-clean"),
        _ => Summary::of(findings.iter().map(|f| &f.severity)).words(catalogue),
    };
    writeln!(out, "## mailauth\n\n{}", markdown(&summary))?;
    if let Some(words) = suppressed_words(suppressed, catalogue) {
        writeln!(out, "\n{}", markdown(&words))?;
    }
    findings.iter().try_for_each(|it| finding(out, it, catalogue))
}

/// Writes one finding.
///
/// # Errors
/// Those of the writer.
pub fn finding(out: &mut dyn Write, it: &Worded, catalogue: &Catalogue) -> io::Result<()> {
    let sign = match it.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Note => "ℹ️",
    };
    let severity = catalogue.text(&format!("severity-{}", it.severity.as_str()));
    writeln!(out, "\n### {sign} {}\n", markdown(&it.title))?;
    write!(out, "**{severity}** · {} · {}", markdown_code(it.rule), markdown_code(&it.subject))?;
    if let Some(at) = &it.location {
        write!(out, " · {}", markdown_code(&format!("{}:{}:{}", at.file, at.line, at.column)))?;
    }
    writeln!(out, "\n")?;
    if let Some(record) = &it.record {
        writeln!(out, "{}\n", marked(record, it.span))?;
    }
    writeln!(out, "{}", markdown(&it.detail))?;
    if let Some(fix) = &it.fix {
        writeln!(out, "\n**{}:** {}", catalogue.text("rule-fix"), markdown(&fix.text))?;
        if !fix.records.is_empty() {
            writeln!(out)?;
        }
        for change in &fix.records {
            let (name, rtype) = (markdown_code(&change.name), markdown_code(&change.r#type));
            write!(out, "- {} {name} {rtype}", catalogue.text(&format!("change-{}", change.action)))?;
            match (&change.old, &change.value) {
                (Some(old), Some(value)) => writeln!(out, "\n  - {}\n  - → {}", cut(old), cut(value))?,
                (Some(one), None) | (None, Some(one)) => writeln!(out, " {}", cut(one))?,
                (None, None) => writeln!(out)?,
            }
        }
    }
    if !it.references.is_empty() {
        writeln!(out, "\n{}", markdown(&it.references.join(", ")))?;
    }
    Ok(())
}

/// The longest record that is shown whole; the rest of a longer one tells nobody more.
const LONGEST: usize = 4096;

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => markdown_code(&format!("{}…", text.get(..end).unwrap_or_default())),
        None => markdown_code(text),
    }
}

/// The record as code, the offending part in bold.
fn marked(record: &str, span: Option<[usize; 2]>) -> String {
    let whole = || cut(record);
    let Some([start, end]) = span.filter(|[start, end]| start < end && record.len() <= LONGEST) else { return whole() };
    let (Some(before), Some(token), Some(after)) = (record.get(..start), record.get(start..end), record.get(end..))
    else {
        return whole();
    };
    let code = |text: &str| if text.trim().is_empty() { String::new() } else { markdown_code(text) };
    if token.trim().is_empty() {
        return whole();
    }
    let parts = [code(before), format!("**{}**", markdown_code(token)), code(after)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
