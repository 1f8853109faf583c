//! Findings as workflow commands of GitHub Actions: annotations at the lines of a pull request.

use std::io::{self, Write};

use super::Worded;
use super::harmless::{github_message, github_property, terminal};
use super::lint::{Summary, suppressed_words};
use crate::finding::Severity;
use crate::locales::Catalogue;

/// Writes a command a finding, each on one line, what they come to, and how many were left out.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, findings: &[Worded], suppressed: usize, catalogue: &Catalogue) -> io::Result<()> {
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(out, "::{command} ")?;
        if let Some(at) = &finding.location {
            write!(out, "file={},line={},col={}", github_property(&at.file), at.line, at.column)?;
            write!(out, ",endLine={}", at.end_line)?;
            // The runner takes an end column on the same line alone.
            if at.end_line == at.line {
                write!(out, ",endColumn={}", at.end_column)?;
            }
            write!(out, ",")?;
        }
        write!(out, "title={}", github_property(&format!("{} [{}]", finding.title, finding.rule)))?;
        write!(out, "::{}: {}", github_message(&finding.subject), github_message(&finding.detail))?;
        if let Some(fix) = &finding.fix {
            write!(out, " {}", github_message(&fix.text))?;
        }
        writeln!(out)?;
    }
    let summary = match findings {
        [] => catalogue.text("lint-clean"),
        _ => Summary::of(findings.iter().map(|f| &f.severity)).words(catalogue),
    };
    writeln!(out, "{}", terminal(&summary))?;
    match suppressed_words(suppressed, catalogue) {
        Some(words) => writeln!(out, "{}", terminal(&words)),
        None => Ok(()),
    }
}
