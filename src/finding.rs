//! A finding: which rule, where, with which arguments, and the records that mend it.
//!
//! A finding holds no sentences. They are made when it is rendered, in the reader's language.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::dns::{Name, RecordType};
use crate::locales::{Arg, Args};
use crate::rules::Rule;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; costs no mail.
    Note,
    /// Weakens or will hurt.
    Warning,
    /// Broken, or mail is lost over it.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Its severity here: the rule's, the case's, or the configuration's.
    pub severity: Severity,
    /// The owner name concerned (or the address, or the message's source).
    pub subject: String,
    /// The record that the finding is about.
    pub record: Option<Evidence>,
    /// The offending bytes of the record's text.
    pub span: Option<Range<usize>>,
    /// What is wrong here: an attribute of the rule's message.
    pub detail: Words,
    /// What to do about it.
    pub fix: Option<Fix>,
    /// Where it stands in a file.
    pub location: Option<Location>,
}

/// A published record as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Its owner.
    pub name: Name,
    /// Its type.
    pub rtype: RecordType,
    /// Its data as text: joined strings for TXT, presentation form else.
    pub text: String,
}

/// A sentence to be: an attribute of the rule's message and the arguments that go into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The attribute's name.
    pub attribute: &'static str,
    /// The arguments.
    pub args: Args,
}

/// What to do: words, and records that are ready to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The words.
    pub text: Words,
    /// The changes; none where only a person can decide.
    pub records: Vec<Change>,
}

/// One change to the published records. Names without the final dot, texts unquoted and unsplit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "action")]
#[allow(missing_docs)]
pub enum Change {
    /// A new record beside what is there.
    Add { name: String, rtype: RecordType, value: String },
    /// `old` gives way to `value`; other records at the name stay.
    Replace { name: String, rtype: RecordType, old: String, value: String },
    /// The record goes.
    Delete { name: String, rtype: RecordType, old: String },
}

/// A place in a file. Lines and columns count from 1; the end is behind the last character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// The file as it was named.
    pub file: String,
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column of the end.
    pub end_column: u32,
}

/// A change to a file: what stands at the place gives way to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The place.
    pub at: Location,
    /// What shall stand there.
    pub text: String,
}

/// Where rules put what they find; knows which rule is speaking.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    list: &'a mut Vec<Finding>,
}

impl<'a> Findings<'a> {
    /// A sink for one rule.
    pub fn new(rule: &'static Rule, list: &'a mut Vec<Finding>) -> Self {
        Self { rule, list }
    }

    /// Takes a finding.
    pub fn add(&mut self, draft: Draft) {
        self.list.push(Finding {
            rule: self.rule,
            severity: draft.severity.unwrap_or(self.rule.severity),
            subject: draft.subject,
            record: draft.record,
            span: draft.span,
            detail: Words { attribute: draft.detail, args: draft.args.clone() },
            fix: match draft.fix {
                Some(attribute) => Some(Fix { text: Words { attribute, args: draft.args }, records: draft.changes }),
                None => None,
            },
            location: draft.location,
        });
    }
}

/// A finding in the making. Detail and fix share the arguments.
#[derive(Debug, Clone)]
#[must_use]
pub struct Draft {
    subject: String,
    severity: Option<Severity>,
    record: Option<Evidence>,
    span: Option<Range<usize>>,
    detail: &'static str,
    fix: Option<&'static str>,
    args: Args,
    changes: Vec<Change>,
    location: Option<Location>,
}

impl Draft {
    /// About this owner name, address or source. The words are the rule's `.detail` and `.fix`
    /// until told otherwise; `{ $subject }` is set.
    pub fn new(subject: impl ToString) -> Self {
        let subject = subject.to_string();
        Self {
            args: vec![(Cow::Borrowed("subject"), Arg::from(&subject))],
            subject,
            severity: None,
            record: None,
            span: None,
            detail: "detail",
            fix: Some("fix"),
            changes: Vec::new(),
            location: None,
        }
    }

    /// Another severity than the rule's default.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// The record as evidence.
    pub fn record(mut self, name: &Name, rtype: RecordType, text: impl Into<String>) -> Self {
        self.record = Some(Evidence { name: name.clone(), rtype, text: text.into() });
        self
    }

    /// The offending bytes of the record's text.
    pub fn span(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// Another attribute of the rule's message for what is wrong.
    pub fn detail(mut self, attribute: &'static str) -> Self {
        self.detail = attribute;
        self
    }

    /// Another attribute of the rule's message for what to do.
    pub fn fix(mut self, attribute: &'static str) -> Self {
        self.fix = Some(attribute);
        self
    }

    /// Nothing to be done by the domain's owner.
    pub fn no_fix(mut self) -> Self {
        self.fix = None;
        self
    }

    /// An argument of the words.
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// A record to add.
    pub fn publish(mut self, name: impl ToString, rtype: RecordType, value: impl Into<String>) -> Self {
        self.changes.push(Change::Add { name: name.to_string(), rtype, value: value.into() });
        self
    }

    /// A record to put in another's place.
    pub fn replace(
        mut self,
        name: impl ToString,
        rtype: RecordType,
        old: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        self.changes.push(Change::Replace { name: name.to_string(), rtype, old: old.into(), value: value.into() });
        self
    }

    /// A record to take away.
    pub fn remove(mut self, name: impl ToString, rtype: RecordType, old: impl Into<String>) -> Self {
        self.changes.push(Change::Delete { name: name.to_string(), rtype, old: old.into() });
        self
    }

    /// Where it stands, for findings about a file rather than a record.
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }
}
