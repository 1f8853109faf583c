//! Baselines: findings that are known and no longer count.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::told::{Tell as _, fail, told};
use serde::{Deserialize, Serialize};

use super::output::Output;
use crate::finding::Finding;
use crate::locales::Arg;

/// The findings of an earlier run. They are told apart by rule, subject and the offending token,
/// never by line numbers, so that editing a file elsewhere makes none of them new.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema: String,
    findings: BTreeSet<Known>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    rule: String,
    subject: String,
    token: Option<String>,
}

/// Octets of a baseline at most.
const LARGEST: u64 = 64 << 20;

const SCHEMA: &str = "mailauth.baseline/1";

impl Known {
    fn of(finding: &Finding) -> Self {
        let token = match &finding.record {
            Some(evidence) => {
                let span = finding.span.clone().unwrap_or(0..evidence.text.len());
                Some(evidence.text.get(span).unwrap_or(&evidence.text).to_owned())
            }
            // Findings about no record name their token in words.
            None => finding.detail.args.iter().find_map(|(name, arg)| match arg {
                Arg::Text(text) if name == "token" => Some(text.clone().into_owned()),
                _ => None,
            }),
        };
        Self { rule: finding.rule.id.to_owned(), subject: finding.subject.clone(), token }
    }
}

impl Baseline {
    /// Whether a finding is known.
    pub fn holds(&self, finding: &Finding) -> bool {
        self.findings.contains(&Known::of(finding))
    }
}

/// Reads a baseline.
pub fn read(path: &Path) -> anyhow::Result<Baseline> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut text));
    read.told(|| super::told::unreadable(path.display()))?;
    if text.len() as u64 > LARGEST {
        fail!("error-baseline-size", path = path.display().to_string());
    }
    let baseline: Baseline =
        serde_json::from_str(&text).told(|| told!("error-baseline", path = path.display().to_string()))?;
    if baseline.schema != SCHEMA {
        fail!("error-baseline-schema", path = path.display().to_string(), schema = SCHEMA);
    }
    Ok(baseline)
}

/// Writes the findings as a baseline, whole or not at all.
pub fn write<'a>(path: &Path, findings: impl IntoIterator<Item = &'a Finding>) -> anyhow::Result<()> {
    let baseline = Baseline { schema: SCHEMA.to_owned(), findings: findings.into_iter().map(Known::of).collect() };
    let mut out = Output::open(Some(path))?;
    crate::render::json::document(&mut out, &baseline)?;
    out.finish()
}
