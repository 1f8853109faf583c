//! `mailauth report`: DMARC aggregate reports and TLS reports, summed up by sender.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};


use super::options::time;
use super::told::{Tell as _, fail, option};
use super::{Exit, Session};
use crate::dns::Name;
use crate::render::{faults, json};
use crate::render::report::{self as render, Manner};
use crate::reports::{self, Collector, Summary};

/// Options of `report`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth report reports/\n  \
    mailauth report --domain example-praxis.de --since 2026-10-01T00:00:00Z Maildir/ old.mbox\n  \
    mailauth report --format html -o reports.html google.com*.zip\n\n\
    XML, JSON, gzip, zip, mails and mailboxes are told apart by what is in them. A report that comes twice counts once.")]
pub struct Options {
    /// Reports: xml, json, gz and zip files, mails, mbox files, Maildir and other folders; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Count only reports on this domain and the names below it (repeatable)
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Vec<String>,
    /// Count only reports that end at or after this time: RFC 3339, or seconds since 1970
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub since: Option<u64>,
    /// Count only reports that begin before this time
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub until: Option<u64>,
    /// Show addresses whole in text and html
    #[arg(long)]
    pub show_addresses: bool,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let unreadable: Vec<(&PathBuf, io::Error)> =
        options.files.iter().filter_map(|path| opens(path).err().map(|error| (path, error))).collect();
    let summary = collect(&options)?;
    let manner = Manner { style: session.style(), addresses: options.show_addresses };
    let catalogue = session.catalogue();
    let read = summary.reports > 0 || summary.filtered > 0;
    let mut out = session.output()?;
    match session.format() {
        "json" => json::document(&mut out, &summary)?,
        "ndjson" => {
            for domain in summary.domains() {
                json::line(&mut out, &domain)?;
            }
        }
        "html" => render::as_html(&mut out, &summary, catalogue, manner)?,
        _ => render::as_text(&mut out, &summary, catalogue, manner)?,
    }
    out.finish()?;
    if session.format() == "ndjson" {
        // A line is a domain; what belongs to none is said beside it.
        let named = |file: &str| unreadable.iter().any(|(path, _)| path.as_os_str() == file);
        for skipped in summary.skipped.iter().filter(|skipped| !named(&skipped.file)) {
            let why = skipped.omission.as_ref().map(|omission| faults::words(omission, catalogue));
            session.complain(&format!("{}: {}", skipped.file, why.as_ref().unwrap_or(&skipped.reason)));
        }
        if !summary.tls.is_empty() {
            session.remark(&catalogue.text("report-tls-not-in-lines"));
        }
    }
    for (path, error) in &unreadable {
        session.complain(&format!("{}: {}", path.display(), faults::words(error, catalogue)));
    }
    if !read {
        session.complain(&catalogue.text("report-none"));
        return Ok(Exit::Unusable);
    }
    if summary.reports == 0 {
        session.remark(&catalogue.text("report-nothing-left"));
    }
    // What is no report is skipped; a file that was named and is not there is a mistake in the call.
    Ok(if unreadable.is_empty() { Exit::Clean } else { Exit::Unusable })
}

/// Whether a named file can be opened. What is no regular file may wait for its other end, and is left to be read.
fn opens(path: &Path) -> io::Result<()> {
    let regular = path.as_os_str() != "-" && fs::metadata(path)?.is_file();
    if regular { File::open(path).map(drop) } else { Ok(()) }
}

fn collect(options: &Options) -> anyhow::Result<Summary> {
    if options.files.iter().filter(|path| path.as_os_str() == "-").count() > 1 {
        fail!("error-input-once");
    }
    let mut domains = Vec::new();
    for text in &options.domain {
        domains.push(Name::parse(text).told(|| option("--domain", text))?.to_string());
    }
    let seconds = |time: Option<u64>| time.map(|t| i64::try_from(t).unwrap_or(i64::MAX));
    if let (Some(since), Some(until)) = (options.since, options.until)
        && since >= until
    {
        fail!("error-since-until");
    }
    let mut collector = Collector::new(reports::Options {
        domains,
        since: seconds(options.since),
        until: seconds(options.until),
        threads: None,
    });
    for path in &options.files {
        if path.as_os_str() == "-" {
            collector.add_reader("-", io::stdin());
        } else {
            collector.add_path(path);
        }
    }
    Ok(collector.finish())
}
