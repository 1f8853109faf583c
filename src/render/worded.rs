//! A finding with its sentences: what every format is made from.

use serde::Serialize;

use crate::finding::{Change, Finding, Location, Severity, Words};
use crate::locales::Catalogue;

/// A finding in a reader's language, in the shape of the contract's JSON.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Worded {
    pub rule: &'static str,
    pub severity: Severity,
    pub area: &'static str,
    pub subject: String,
    pub record: Option<String>,
    pub span: Option<[usize; 2]>,
    pub title: String,
    pub detail: String,
    pub fix: Option<WordedFix>,
    pub references: Vec<String>,
    pub location: Option<Location>,
}

/// What to do, in a reader's language.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct WordedFix {
    pub text: String,
    pub records: Vec<WordedChange>,
}

/// A change as the contract writes it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct WordedChange {
    pub action: &'static str,
    pub name: String,
    pub r#type: String,
    pub old: Option<String>,
    pub value: Option<String>,
}

impl Worded {
    /// Puts a finding into words.
    pub fn new(finding: &Finding, catalogue: &Catalogue) -> Self {
        let say = |words: &Words| catalogue.format(finding.rule.id, Some(words.attribute), &words.args);
        Self {
            rule: finding.rule.id,
            severity: finding.severity,
            area: finding.rule.area.as_str(),
            subject: finding.subject.clone(),
            record: finding.record.as_ref().map(|r| r.text.clone()),
            span: finding.span.as_ref().map(|s| [s.start, s.end]),
            title: catalogue.format(finding.rule.id, Some("title"), &Vec::new()),
            detail: say(&finding.detail),
            fix: finding.fix.as_ref().map(|fix| WordedFix {
                text: say(&fix.text),
                records: fix.records.iter().map(WordedChange::from).collect(),
            }),
            references: finding.rule.references.iter().map(ToString::to_string).collect(),
            location: finding.location.clone(),
        }
    }

    /// Puts findings into words, in their order.
    pub fn all<'a>(findings: impl IntoIterator<Item = &'a Finding>, catalogue: &Catalogue) -> Vec<Self> {
        findings.into_iter().map(|finding| Self::new(finding, catalogue)).collect()
    }
}

/// Findings that are put into words one by one as they are written: of a large zone there are many.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The findings.
    pub findings: &'a [Finding],
    /// The language.
    pub catalogue: &'a Catalogue,
}

impl Wording<'_> {
    /// Each finding in words.
    pub fn iter(&self) -> impl Iterator<Item = Worded> {
        self.findings.iter().map(|finding| Worded::new(finding, self.catalogue))
    }
}

impl Serialize for Wording<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl From<&Change> for WordedChange {
    fn from(change: &Change) -> Self {
        let (action, name, rtype, old, value) = match change {
            Change::Add { name, rtype, value } => ("add", name, rtype, None, Some(value)),
            Change::Replace { name, rtype, old, value } => ("replace", name, rtype, Some(old), Some(value)),
            Change::Delete { name, rtype, old } => ("delete", name, rtype, Some(old), None),
        };
        Self { action, name: name.clone(), r#type: rtype.to_string(), old: old.cloned(), value: value.cloned() }
    }
}
