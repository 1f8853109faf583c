//! Results as they come: written at once where the format allows, else at the end.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use crate::cli::told::{Tell as _, option, told};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::{Checked, Options};
use crate::causes::Verdict;
use crate::cli::output::Output;
use crate::cli::{Session, baseline};
use crate::config::Config;
use crate::dns::Name;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::render::junit::Suite;
use crate::render::check::DomainDocument;
use crate::finding::Edit;
use crate::render::{Worded, check as render, github, harmless, json, junit, lint, markdown, sarif};

/// Where results go.
pub(super) struct Results<'s> {
    session: &'s Session,
    out: Output,
    count: usize,
    /// More than one domain was asked for.
    many: bool,
    /// For formats and baselines that need all findings at once.
    kept: Vec<Finding>,
    keep: bool,
    /// For formats of other programs, which are written as a whole.
    worded: Vec<Kept>,
    threshold: Option<Severity>,
    progress: Option<ProgressBar>,
}

/// What is kept of a domain until all are there.
struct Kept {
    domain: String,
    verdict: Verdict,
    findings: Vec<Worded>,
    edits: Vec<Vec<Edit>>,
    suppressed: usize,
    closed_network: bool,
    letter: Option<render::Letter>,
}

impl<'s> Results<'s> {
    /// Opens the place that results go to; `done` domains are so already.
    pub(super) fn open(
        session: &'s Session,
        options: &Options,
        config: &Config,
        done: u64,
        threshold: Option<Severity>,
    ) -> anyhow::Result<Self> {
        let out = if session.format() == "ndjson" { session.appended_output()? } else { session.output()? };
        let many = super::domains::are_many(options, config);
        let shown = many && !session.shared.quiet && std::io::stderr().is_terminal();
        let progress = shown.then(|| {
            let total = super::domains::total(options, config).map(|total| total.saturating_sub(done));
            bar(total, session.catalogue().text("check-progress-left"))
        });
        let keep = options.write_baseline.is_some();
        Ok(Self { session, out, count: 0, many, kept: Vec::new(), keep, worded: Vec::new(), threshold, progress })
    }

    /// Takes one domain.
    pub(super) fn take(&mut self, checked: Checked) -> anyhow::Result<()> {
        let Checked { judgement, document, tree, edits, .. } = checked;
        if let Some(progress) = &self.progress {
            progress.set_message(document.domain.clone());
            progress.inc(1);
        }
        let write = |out: &mut Output| -> anyhow::Result<()> {
            match self.session.format() {
                "ndjson" => {
                    render::as_ndjson(out, &document)?;
                    // A finished line is never lost.
                    out.flush()?;
                }
                "json" => {
                    let head: &[u8] =
                        if self.count == 0 { b"{\"schema\":\"mailauth.check/1\",\"domains\":[\n" } else { b",\n" };
                    out.write_all(head)?;
                    json::element(out, &document)?;
                }
                "html" => {
                    let catalogue = self.session.catalogue();
                    if self.count == 0 {
                        let alone = (!self.many).then_some(document.unicode_domain.as_str());
                        render::html::begin(out, alone, catalogue)?;
                    }
                    let (document, judgement, tree) = (&document, &judgement, tree.as_ref());
                    let shown = render::html::Shown { document, judgement, tree, nth: self.count };
                    render::html::domain(out, &shown, catalogue)?;
                }
                "sarif" | "junit" | "github" | "markdown" => {}
                _ => {
                    if self.count > 0 {
                        writeln!(out)?;
                    }
                    let (catalogue, style) = (self.session.catalogue(), self.session.style());
                    render::as_text(out, &document, &judgement, catalogue, style)?;
                }
            }
            Ok(())
        };
        match &self.progress {
            Some(progress) => progress.suspend(|| write(&mut self.out))?,
            None => write(&mut self.out)?,
        }
        self.count += 1;
        if self.keep {
            self.kept.extend(judgement.findings);
        }
        if matches!(self.session.format(), "sarif" | "junit" | "github" | "markdown") {
            let DomainDocument { domain, verdict, findings, suppressed, closed_network, letter, .. } = document;
            self.worded.push(Kept { domain, verdict, findings, edits, suppressed, closed_network, letter });
        }
        Ok(())
    }

    /// Ends the result; whether a baseline was written.
    pub(super) fn finish(mut self, options: &Options) -> anyhow::Result<bool> {
        if let Some(progress) = self.progress.take() {
            progress.finish_and_clear();
        }
        if self.session.format() == "json" {
            let tail: &[u8] =
                if self.count == 0 { b"{\"schema\":\"mailauth.check/1\",\"domains\":[]}\n" } else { b"\n]}\n" };
            self.out.write_all(tail)?;
        }
        self.write_whole()?;
        self.out.finish()?;
        if let Some(path) = &options.write_baseline {
            baseline::write(path, &self.kept)?;
        }
        Ok(options.write_baseline.is_some())
    }
}

impl Results<'_> {
    /// Writes what only makes sense as a whole.
    fn write_whole(&mut self) -> anyhow::Result<()> {
        let catalogue = self.session.catalogue();
        let (out, worded) = (&mut self.out, &self.worded);
        let all = || worded.iter().flat_map(|kept| kept.findings.iter().cloned()).collect::<Vec<Worded>>();
        let suppressed: usize = worded.iter().map(|kept| kept.suppressed).sum();
        // These formats have no place for what they do not hold.
        if matches!(self.session.format(), "sarif" | "junit")
            && let Some(words) = lint::suppressed_words(suppressed, catalogue)
        {
            self.session.remark(&words);
        }
        match self.session.format() {
            "html" => {
                if self.count == 0 {
                    render::html::begin(out, None, catalogue)?;
                }
                render::html::end(out, self.session.today()?, catalogue)?;
            }
            "sarif" => {
                let edits = |kept: &Kept| {
                    let known = kept.edits.iter().cloned();
                    known.chain(std::iter::repeat(Vec::new())).take(kept.findings.len()).collect::<Vec<_>>()
                };
                let edits: Vec<Vec<Edit>> = worded.iter().flat_map(edits).collect();
                sarif::write(out, &all(), &edits, catalogue)?;
            }
            "github" => github::write(out, &all(), suppressed, catalogue)?,
            "junit" => {
                let suites: Vec<Suite<'_>> = worded
                    .iter()
                    .map(|kept| Suite { name: &kept.domain, findings: kept.findings.iter().collect() })
                    .collect();
                junit::write(out, &suites, self.threshold, catalogue)?;
            }
            "markdown" => {
                for kept in worded {
                    let verdict = render::verdict_words(kept.verdict, kept.suppressed, catalogue);
                    writeln!(out, "# {}\n", harmless::markdown(&kept.domain))?;
                    writeln!(out, "**{}**\n", harmless::markdown(&verdict))?;
                    if kept.closed_network {
                        writeln!(out, "{}\n", harmless::markdown(&catalogue.text("check-telematik")))?;
                    }
                    markdown::write(out, &kept.findings, kept.suppressed, catalogue)?;
                    if let Some(letter) = &kept.letter {
                        letter.as_markdown(out, catalogue)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// How far the run is, how fast it goes and, where the number of domains is known, how long it will take.
fn bar(total: Option<u64>, left: String) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{bar:20} {pos}/{len} ({rate}, {prefix} {eta}) {msg}"),
        None => (ProgressBar::new_spinner(), "{spinner} {pos} ({rate}, {elapsed}) {msg}"),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        let _ = write!(out, "{:.1}/s", state.per_sec());
    };
    bar.with_style(style.with_key("rate", rate)).with_prefix(left)
}

/// Octets of one result at most: what `check` writes is far below.
const LONGEST: u64 = 64 << 20;

/// The domains that an earlier ndjson result holds. A torn last line is not done.
pub(super) fn done(path: &Path) -> anyhow::Result<HashSet<Name>> {
    #[derive(serde::Deserialize)]
    struct Line {
        domain: Name,
    }
    let resumed = || option("--resume", path.display());
    let mut done = HashSet::new();
    let file = match File::open(path) {
        Ok(file) => file,
        // Nothing was done yet.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(done),
        Err(error) => return Err(error).told(resumed).map_err(Into::into),
    };
    let mut input = BufReader::new(file);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = (&mut input).take(LONGEST + 1).read_until(b'\n', &mut line);
        let read = read.told(resumed)?;
        let wrong = || told!("error-resume-line", path = path.display().to_string(), line = number.to_string());
        if read as u64 > LONGEST {
            return Err(wrong().into());
        }
        match serde_json::from_slice(&line) {
            _ if read == 0 => break,
            Ok(Line { domain }) => done.insert(domain),
            Err(_) if line.last() != Some(&b'\n') => break,
            Err(error) => return Err(error).told(wrong).map_err(Into::into),
        };
    }
    Ok(done)
}
