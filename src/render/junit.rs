//! Findings as JUnit XML, the dialect that CI servers read.

use std::collections::HashMap;
use std::io::{self, Write};

use super::Worded;
use super::harmless::{markup, terminal};
use crate::finding::Severity;
use crate::locales::Catalogue;

/// What was looked at, and what was found in it: a file of `lint`, a domain of `check`.
#[derive(Debug)]
pub struct Suite<'a> {
    /// Its name.
    pub name: &'a str,
    /// The findings.
    pub findings: Vec<&'a Worded>,
}

/// Groups findings by the file that they stand in; those without a place go to the first suite.
pub fn by_file<'a>(files: &'a [String], findings: &'a [Worded]) -> Vec<Suite<'a>> {
    let mut suites: Vec<Suite<'_>> = files.iter().map(|name| Suite { name, findings: Vec::new() }).collect();
    if suites.is_empty() {
        suites.push(Suite { name: "mailauth", findings: Vec::new() });
    }
    for finding in findings {
        let file = finding.location.as_ref().map(|location| location.file.as_str());
        let at = suites.iter().position(|suite| Some(suite.name) == file).unwrap_or(0);
        if let Some(suite) = suites.get_mut(at) {
            suite.findings.push(finding);
        }
    }
    suites
}

/// Writes the suites. A finding from `threshold` on is a failed test, another a passed one that says
/// something; a suite without findings is one passed test. The place of a finding stands in its text: attributes for
/// it are not part of the schema that servers publish.
///
/// # Errors
/// Those of the writer.
pub fn write(
    out: &mut dyn Write,
    suites: &[Suite<'_>],
    threshold: Option<Severity>,
    catalogue: &Catalogue,
) -> io::Result<()> {
    let fails = |finding: &&&Worded| threshold.is_some_and(|least| finding.severity >= least);
    let tests: usize = suites.iter().map(|suite| suite.findings.len().max(1)).sum();
    let failures = suites.iter().flat_map(|suite| &suite.findings).filter(fails).count();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"mailauth\" tests=\"{tests}\" failures=\"{failures}\">")?;
    for suite in suites {
        let (tests, failures) = (suite.findings.len().max(1), suite.findings.iter().filter(fails).count());
        let name = markup(suite.name);
        writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
        if suite.findings.is_empty() {
            let clean = markup(&catalogue.text("lint-clean"));
            writeln!(out, "    <testcase classname=\"{name}\" name=\"{clean}\"/>")?;
        }
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        for finding in &suite.findings {
            // Servers take tests of the same name for one and show the first alone.
            let count = seen.entry((&finding.subject, finding.rule)).or_default();
            *count += 1;
            let nth = if *count > 1 { format!(" ({count})") } else { String::new() };
            write!(out, "    <testcase classname=\"{}\" name=\"{}{nth}\"", markup(&finding.subject), finding.rule)?;
            let text = body(finding);
            if fails(&finding) {
                let (kind, title) = (finding.severity.as_str(), markup(&finding.title));
                writeln!(out, ">\n      <failure type=\"{kind}\" message=\"{title}\">{text}</failure>")?;
            } else {
                writeln!(out, ">\n      <system-out>{text}</system-out>")?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The finding as lines of text, made harmless line by line.
fn body(finding: &Worded) -> String {
    let mut lines = vec![format!("{}: {}", finding.severity.as_str(), finding.title)];
    lines.extend(finding.location.as_ref().map(|at| format!("{}:{}:{}", at.file, at.line, at.column)));
    lines.extend(finding.record.clone());
    lines.push(finding.detail.clone());
    if let Some(fix) = &finding.fix {
        lines.push(fix.text.clone());
        for change in &fix.records {
            for (mark, value) in [('-', &change.old), ('+', &change.value)] {
                lines.extend(value.as_ref().map(|v| format!("{mark} {} {} {v}", change.name, change.r#type)));
            }
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| markup(&terminal(line))).collect();
    lines.join("\n")
}
