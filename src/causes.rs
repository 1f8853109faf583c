//! From findings to "why": what to do first, and what it all comes to.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::config::Ratings;
use crate::facts::DomainFacts;
use crate::finding::{Finding, Severity};
use crate::rules::domain::Domain;
use crate::rules::needs::{Unseen, unseen};
use crate::rules::{Impact, Source, judge_domain};

/// What a domain comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing worse than notes.
    Pass,
    /// A warning.
    Warn,
    /// An error.
    Fail,
    /// A fact is missing that an error could rest on, and nothing worse was found.
    Unknown,
}

/// A domain, judged.
#[derive(Debug)]
pub struct Judgement {
    /// The findings, worst first; ignored ones are gone.
    pub findings: Vec<Finding>,
    /// The ids of errors and warnings, the likeliest reason for spam first.
    pub causes: Vec<&'static str>,
    /// What it comes to.
    pub verdict: Verdict,
    /// What could not be learnt.
    pub unseen: Vec<Unseen>,
    /// How many findings the configuration ignores.
    pub ignored: usize,
}

/// Judges the facts of a domain by all rules of a source, under the given ratings.
pub fn judge(facts: &DomainFacts, source: Source, ratings: &Ratings) -> Judgement {
    let domain = Domain::new(facts);
    let found = judge_domain(&domain, source);
    let unseen = unseen(&domain);
    let total = found.len();
    let mut findings: Vec<Finding> = found.into_iter().filter_map(|f| rated(f, ratings)).collect();
    let ignored = total - findings.len();
    rank(&mut findings);
    let mut judgement = Judgement { findings, causes: Vec::new(), verdict: Verdict::Pass, unseen, ignored };
    judgement.settle(source, ratings);
    judgement
}

impl Judgement {
    /// Draws causes and verdict from the findings, as they are now.
    pub fn settle(&mut self, source: Source, ratings: &Ratings) {
        self.causes = causes(&self.findings);
        let missing = self.unseen.iter().any(|u| u.counts() && u.stake(source, ratings) == Some(Severity::Error));
        self.verdict = match self.findings.iter().map(|f| f.severity).max() {
            Some(Severity::Error) => Verdict::Fail,
            _ if missing => Verdict::Unknown,
            Some(Severity::Warning) => Verdict::Warn,
            _ => Verdict::Pass,
        };
    }
}

/// A finding with the severity that the ratings give it; `None` where its rule is ignored.
pub fn rated(mut finding: Finding, ratings: &Ratings) -> Option<Finding> {
    finding.severity = ratings.apply(finding.rule.id, finding.severity)?;
    Some(finding)
}

/// What a finding does to the mail, worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Costs no mail today.
    Tidy,
    /// Takes protection or reserve away.
    Weakened,
    /// Filters count it against the sender.
    Spam,
    /// The mail is refused, or fails authentication.
    Refused,
}

impl Class {
    /// The class of a finding: its rule's, as far as its severity bears it out.
    pub fn of(finding: &Finding) -> Self {
        match (finding.severity, finding.rule.impact) {
            (Severity::Note, _) | (_, Impact::Tidy(_)) => Self::Tidy,
            (Severity::Error, Impact::Refused(_)) => Self::Refused,
            (_, Impact::Refused(_) | Impact::Spam(_)) => Self::Spam,
            (_, Impact::Weakened(_)) => Self::Weakened,
        }
    }
}

/// Puts the findings in order: what does most harm to delivery first.
pub fn rank(findings: &mut [Finding]) {
    findings.sort_by_key(|f| Reverse((Class::of(f), f.severity, f.rule.impact)));
}

/// The causes that ranked findings name, each once.
pub fn causes(findings: &[Finding]) -> Vec<&'static str> {
    let mut causes = Vec::new();
    for finding in findings.iter().filter(|f| f.severity > Severity::Note) {
        if !causes.contains(&finding.rule.id) {
            causes.push(finding.rule.id);
        }
    }
    causes
}
