//! `mailauth lint`: zone files, without asking any DNS.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;


use super::options::{self, FailOn};
use super::told::{Tell as _, fail, told, unreadable};
use super::{Exit, Session};
use crate::config::Config;
use crate::dns::Name;
use crate::finding::Severity;
use crate::lint::{Report, Slip, SlipKind, edits, lint, lint_record};
use crate::locales::{Args, Catalogue};
use crate::render::{Worded, Wording, github, junit, lint as render, markdown, sarif};
use crate::zonefile::{Disk, LARGEST, LoadOptions, Source, ZoneSet};

/// Options of `lint`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth lint example-praxis.de.zone\n  \
    mailauth lint --origin example-praxis.de - <zone.db\n  \
    mailauth lint --record 'v=spf1 mx -all' --name example-praxis.de")]
pub struct Options {
    /// Zone files; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "record", conflicts_with = "record")]
    pub files: Vec<PathBuf>,
    /// The zone's name, where the file has neither $ORIGIN nor an absolute SOA
    #[arg(long, value_name = "NAME", value_parser = options::domain_name)]
    pub origin: Option<Name>,
    /// Lint this one TXT record instead of files
    #[arg(long, value_name = "TEXT", requires = "name", conflicts_with = "origin")]
    pub record: Option<String>,
    /// The owner of --record
    #[arg(long, value_name = "OWNER", requires = "record", conflicts_with = "files", value_parser = options::domain_name)]
    pub name: Option<Name>,
    /// The desired state and the ratings of rules
    #[arg(long, value_name = "FILE", env = "MAILAUTH_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// Leave out the findings that this file holds
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings to this file, as a baseline, and end with 0
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// From which severity on findings make the exit code 1 [default: error]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let config = match &options.config {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    };
    let session = &session.configured(&config);
    let today = session.today()?;
    let mut exit = Exit::Clean;
    let (set, files, mut report) = match (&options.record, &options.name) {
        (Some(text), Some(name)) => (None, Vec::new(), lint_record(name, text, &config, today)),
        _ => {
            let (sources, readable) = read(&options.files, session);
            if sources.is_empty() {
                fail!("error-no-zone");
            }
            if !readable {
                exit = Exit::Unusable;
            }
            let load = LoadOptions { origin: options.origin.clone(), loader: Some(&Disk) };
            let set = Arc::new(ZoneSet::load(sources, &load));
            for fatal in set.fatal() {
                session.complain_of(&fatal.clone().into());
                exit = Exit::Unusable;
            }
            let files = set.files().map(str::to_owned).collect();
            if set.is_empty() && exit == Exit::Unusable {
                return Ok(exit);
            }
            let report = lint(set.clone(), &config, today);
            (Some(set), files, report)
        }
    };
    let threshold = options.fail_on.or(config.fail_on.map(FailOn::from)).unwrap_or(FailOn::Error).threshold();
    let threshold = match &options.write_baseline {
        Some(path) => {
            super::baseline::write(path, &report.findings)?;
            None
        }
        None => threshold,
    };
    if let Some(path) = &options.baseline {
        let known = super::baseline::read(path)?;
        let total = report.findings.len();
        report.findings.retain(|finding| !known.holds(finding));
        report.suppressed += total - report.findings.len();
    }
    for slip in &report.slips {
        session.remark(&describe(slip, session.catalogue()));
    }
    show(&report, set.as_deref(), &files, threshold, session)?;
    if report.findings.iter().any(|f| threshold.is_some_and(|t| f.severity >= t)) {
        exit = exit.max(Exit::Found);
    }
    Ok(exit)
}

/// A comment of a zone file that does not do what it was meant to, in words.
fn describe(slip: &Slip, catalogue: &Catalogue) -> String {
    let (id, args): (_, Args) = match &slip.kind {
        SlipKind::NotUnderstood(text) => ("not-understood", vec![("text".into(), text.into())]),
        SlipKind::Alone => ("alone", vec![]),
        SlipKind::NoRule => ("no-rule", vec![]),
        SlipKind::UnknownRule(rule, None) => ("unknown-rule", vec![("rule".into(), rule.into())]),
        SlipKind::UnknownRule(rule, Some(near)) => {
            ("unknown-rule-near", vec![("rule".into(), rule.into()), ("near".into(), (*near).into())])
        }
        SlipKind::BadDate(date) => ("bad-date", vec![("date".into(), date.into())]),
        SlipKind::Ended(date) => ("ended", vec![("date".into(), date.to_string().into())]),
    };
    let what = catalogue.format(&format!("lint-remark-{id}"), None, &args);
    let place: Args = vec![
        ("file".into(), (&slip.at.file).into()),
        ("line".into(), slip.at.line.to_string().into()),
        ("what".into(), what.into()),
    ];
    catalogue.format("lint-remark-place", None, &place)
}

/// Reads the files; one that cannot be read is told of, and the others go on.
fn read(files: &[PathBuf], session: &Session) -> (Vec<Source>, bool) {
    let mut sources = Vec::new();
    let mut readable = true;
    for path in files {
        let source = if path.as_os_str() == "-" { standard_input() } else { Source::read(path) };
        match source.told(|| unreadable(path.display())) {
            Ok(source) => sources.push(source),
            Err(error) => {
                session.complain_of(&error.into());
                readable = false;
            }
        }
    }
    (sources, readable)
}

/// Standard input, which has no folder that `$INCLUDE` could stay in.
fn standard_input() -> std::io::Result<Source> {
    let mut text = Vec::new();
    std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LARGEST {
        return Err(std::io::Error::other(told!("error-zone-size")));
    }
    Ok(Source::memory("-", text))
}

fn show(
    report: &Report,
    set: Option<&ZoneSet>,
    files: &[String],
    threshold: Option<Severity>,
    session: &Session,
) -> anyhow::Result<()> {
    let catalogue = session.catalogue();
    let wording = Wording { findings: &report.findings, catalogue };
    let all = || -> Vec<Worded> { wording.iter().collect() };
    // These formats have no place for what they do not hold.
    if matches!(session.format(), "ndjson" | "sarif" | "junit")
        && let Some(words) = render::suppressed_words(report.suppressed, catalogue)
    {
        session.remark(&words);
    }
    let mut out = session.output()?;
    match session.format() {
        "json" => render::as_json(&mut out, files, wording, report.suppressed)?,
        "ndjson" => render::as_ndjson(&mut out, wording)?,
        "sarif" => {
            let edits = set.map(|set| report.findings.iter().map(|finding| edits(set, finding)).collect::<Vec<_>>());
            sarif::write(&mut out, &all(), &edits.unwrap_or_default(), catalogue)?;
        }
        "junit" => junit::write(&mut out, &junit::by_file(files, &all()), threshold, catalogue)?,
        "github" => github::write(&mut out, &all(), report.suppressed, catalogue)?,
        "markdown" => markdown::write(&mut out, &all(), report.suppressed, catalogue)?,
        _ => render::as_text(&mut out, wording, report.suppressed, session.style())?,
    }
    out.finish()
}
