//! Lints a zone file and prints one line a finding.
//!
//! `cargo run --example lint_zone examples/zones/example-praxis.de.zone`

use mailauth::config::Config;
use mailauth::lint::lint;
use mailauth::locales::{Catalogue, Language};
use mailauth::render::{Worded, harmless};
use mailauth::zonefile::{LoadOptions, Source, ZoneSet};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or("examples/zones/example-praxis.de.zone".to_owned());
    let zone = ZoneSet::load([Source::read(path)?], &LoadOptions::default());
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let report = lint(zone, &Config::default(), today);
    for finding in Worded::all(&report.findings, Catalogue::of(Language::En)) {
        let line = finding.location.as_ref().map_or(0, |l| l.line);
        println!("{line}: {} {}: {}", finding.rule, finding.subject, harmless::terminal(&finding.detail));
    }
    Ok(())
}
