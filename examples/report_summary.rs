//! Sums up DMARC aggregate reports and TLS reports: who sends for a domain, and may its policy become stricter?
//!
//! ```text
//! cargo run --release --example report_summary -- reports/ mailbox.mbox
//! cargo run --release --example report_summary -- --json reports/
//! ```

use std::io::{BufWriter, Write};

use mailauth::reports::{Collector, Options, Summary};

fn main() -> std::io::Result<()> {
    let mut collector = Collector::new(Options::default());
    let mut json = false;
    for argument in std::env::args_os().skip(1) {
        match argument.to_str() {
            Some("--json") => json = true,
            Some("-") => collector.add_reader("-", std::io::stdin()),
            _ => collector.add_path(&argument),
        }
    }
    let summary = collector.finish();
    let mut out = BufWriter::new(std::io::stdout().lock());
    if json {
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    } else {
        print(&summary, &mut out)?;
    }
    out.flush()
}

fn print(summary: &Summary, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{} reports, {} duplicates", summary.reports, summary.duplicates)?;
    for domain in summary.domains() {
        let ready = domain.readiness();
        let aligned = ready.aligned.unwrap_or(0.0) * 100.0;
        // What reports say is strangers' text: escape it before it reaches a terminal.
        writeln!(
            out,
            "{}: {aligned:.2} % of {} messages aligned in {} days; failing: {} own, {} of third parties, {} forwarded, {} of strangers",
            domain.name().escape_debug(),
            domain.messages(),
            ready.days,
            ready.own_failing,
            ready.third_party,
            ready.forwarded,
            ready.stranger,
        )?;
        for blocking in ready.blocking {
            let who = blocking.seen_as.unwrap_or_default();
            writeln!(
                out,
                "  {:?} {} fails {} times ({})",
                blocking.class,
                blocking.ip,
                blocking.fail,
                who.escape_debug()
            )?;
        }
    }
    for tls in &summary.tls {
        writeln!(out, "TLS {}: {} sessions well, {} failed", tls.domain.escape_debug(), tls.successful, tls.failed)?;
    }
    for skipped in &summary.skipped {
        writeln!(out, "not counted: {}: {}", skipped.file.escape_debug(), skipped.reason.escape_debug())?;
    }
    Ok(())
}
