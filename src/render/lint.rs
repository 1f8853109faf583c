//! What `lint` found, as text, JSON and one finding a line.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Style, Wording, json, text};
use crate::finding::Severity;
use crate::locales::{Arg, Args, Catalogue};

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
#[allow(missing_docs)]
pub struct Summary {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Summary {
    /// Counts findings.
    pub fn of<'a>(severities: impl IntoIterator<Item = &'a Severity>) -> Self {
        let mut summary = Self::default();
        for severity in severities {
            match severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
        }
        summary
    }

    /// `2 errors, 1 warning, 0 notes`.
    pub fn words(self, catalogue: &Catalogue) -> String {
        let count =
            |id, n: usize| -> Arg { catalogue.format(id, None, &vec![(Cow::Borrowed("count"), n.into())]).into() };
        let args: Args = vec![
            (Cow::Borrowed("errors"), count("count-errors", self.errors)),
            (Cow::Borrowed("warnings"), count("count-warnings", self.warnings)),
            (Cow::Borrowed("notes"), count("count-notes", self.notes)),
        ];
        catalogue.format("lint-summary", None, &args)
    }
}

/// Writes the findings and what they come to, for people.
///
/// # Errors
/// Those of the writer.
pub fn as_text(out: &mut dyn Write, wording: Wording<'_>, suppressed: usize, style: Style) -> io::Result<()> {
    let Wording { findings, catalogue } = wording;
    for finding in wording.iter() {
        text::finding::finding(out, &finding, catalogue, style)?;
    }
    if findings.is_empty() {
        writeln!(out, "{}", style.good(&catalogue.text("lint-clean")))?;
    } else {
        writeln!(out, "{}", Summary::of(findings.iter().map(|f| &f.severity)).words(catalogue))?;
    }
    if let Some(words) = suppressed_words(suppressed, catalogue) {
        text::wrapped(out, &words, 0)?;
    }
    Ok(())
}

/// How many findings were left out; `None` where none were.
pub fn suppressed_words(suppressed: usize, catalogue: &Catalogue) -> Option<String> {
    let args = || vec![(Cow::Borrowed("count"), suppressed.into())];
    (suppressed > 0).then(|| catalogue.format("lint-suppressed", None, &args()))
}

#[derive(serde::Serialize)]
struct Document<'a> {
    schema: &'static str,
    files: &'a [String],
    findings: Wording<'a>,
    summary: Counts,
}

#[derive(serde::Serialize)]
struct Counts {
    #[serde(flatten)]
    by_severity: Summary,
    suppressed: usize,
}

/// Writes the document of the contract.
///
/// # Errors
/// Those of the writer.
pub fn as_json(out: &mut dyn Write, files: &[String], findings: Wording<'_>, suppressed: usize) -> io::Result<()> {
    let by_severity = Summary::of(findings.findings.iter().map(|f| &f.severity));
    let summary = Counts { by_severity, suppressed };
    json::document(out, &Document { schema: "mailauth.lint/1", files, findings, summary })
}

/// Writes one finding a line.
///
/// # Errors
/// Those of the writer.
pub fn as_ndjson(out: &mut dyn Write, findings: Wording<'_>) -> io::Result<()> {
    findings.iter().try_for_each(|finding| json::line(out, &finding))
}
