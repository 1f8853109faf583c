//! Linting zone files: the rules over what the files alone can say, with the places it stands at.

use std::sync::Arc;

use jiff::civil::Date;

use crate::causes;
use crate::config::{Config, Ratings};
use crate::dns::zone::Zones;
use crate::dns::{Name, RecordData};
use crate::finding::{Evidence, Finding, Location};
use crate::gather;
use crate::rules::{self, Source, domain::Domain};
use crate::zonefile::{self, Entry, ZoneSet};

/// What linting came to.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings, in the order of the files.
    pub findings: Vec<Finding>,
    /// How many findings the files' own comments or the configuration suppress.
    pub suppressed: usize,
}

/// Lints zone files. `today` decides which comments that suppress a rule have run out.
pub fn lint(set: ZoneSet, config: &Config, today: Date) -> Report {
    let set = Arc::new(set);
    let zones = Zones::new(set.clone());
    let mut report = Report::default();
    let mut take = |finding: Finding, ratings: Option<&Ratings>| {
        let placed = place(finding, &set, today);
        let rated = placed.and_then(|f| causes::rated(f, &config.rules));
        match rated.and_then(|f| match ratings {
            Some(ratings) => causes::rated(f, ratings),
            None => Some(f),
        }) {
            Some(finding) => report.findings.push(finding),
            None => report.suppressed += 1,
        }
    };
    for finding in rules::judge_zone(&set) {
        take(finding, None);
    }
    for plan in gather::zone_plans(&set, config, today) {
        let ratings = plan.wishes.config.as_ref().map(|c| c.rules.clone());
        // Answers from files are there at once: the future never waits.
        let facts = futures_util::FutureExt::now_or_never(gather::gather_domain(&zones, plan, None));
        let Some(facts) = facts else { continue };
        for finding in rules::judge_domain(&Domain::new(&facts), Source::Zone) {
            take(finding, ratings.as_ref());
        }
    }
    let order = |file: &str| set.files().position(|f| f == file);
    report.findings.sort_by_cached_key(|f| f.location.as_ref().map(|l| (order(&l.file), l.line, l.column)));
    report
}

/// Lints one record that stands in no file: what the record itself says, nothing about its surroundings.
///
/// `text` is the bare value of a TXT record, or presentation form where it begins with a quote.
pub fn lint_record(owner: &Name, text: &str, config: &Config, today: Date) -> Report {
    let value = if text.starts_with('"') { text.replace(['\r', '\n'], " ") } else { zonefile::quote(text) };
    let source = zonefile::Source::memory("--record", format!("{owner}. 3600 IN TXT {value}\n"));
    let origin = crate::dmarc::legacy::registrable_domain(owner)
        .filter(|apex| owner.is_within(apex))
        .unwrap_or_else(|| owner.clone());
    let set = ZoneSet::load([source], &zonefile::LoadOptions { origin: Some(origin), ..Default::default() });
    let mut report = lint(set, config, today);
    report.findings.retain(|finding| match &finding.record {
        Some(evidence) => evidence.name == *owner,
        // What is wrong with the presentation form itself.
        None => finding.location.is_some() && finding.rule.id == "zone-syntax",
    });
    for finding in &mut report.findings {
        finding.location = None;
    }
    report
}

/// A finding with its place; `None` where a comment at the place suppresses the rule.
fn place(mut finding: Finding, set: &ZoneSet, today: Date) -> Option<Finding> {
    if let Some(location) = &finding.location {
        let same = |entry: &Location| entry.file == location.file && entry.line == location.line;
        let suppressed = set
            .errors()
            .any(|e| same(&Location::from(e.location)) && e.ignored.iter().any(|i| i.covers(finding.rule.id, today)));
        let entry = finding
            .record
            .as_ref()
            .and_then(|evidence| entries_of(set, evidence).find(|entry| same(&Location::from(entry.location()))));
        return (!suppressed && !entry.is_some_and(|e| ignores(&e, finding.rule.id, today))).then_some(finding);
    }
    let evidence = finding.record.as_ref().and_then(|evidence| entries_of(set, evidence).next());
    let entry = match evidence {
        Some(entry) => Some(entry),
        None => home(set, &finding.subject),
    };
    let Some(entry) = entry else { return Some(finding) };
    if ignores(&entry, finding.rule.id, today) {
        return None;
    }
    let start = finding.span.as_ref().map(|span| span.start).filter(|_| evidence.is_some());
    finding.location = Some(string_at(&entry, start.unwrap_or(0)).unwrap_or_else(|| entry.location().into()));
    Some(finding)
}

fn entries_of<'z>(set: &'z ZoneSet, evidence: &Evidence) -> impl Iterator<Item = Entry<'z>> {
    set.find(&evidence.name, evidence.rtype).filter(|entry| entry.value() == evidence.text)
}

fn ignores(entry: &Entry<'_>, rule: &str, today: Date) -> bool {
    entry.ignored_rules().any(|ignored| ignored.covers(rule, today))
}

/// The record that stands for what is missing: the SOA of the zone, or its first record.
fn home<'z>(set: &'z ZoneSet, subject: &str) -> Option<Entry<'z>> {
    let zone = Name::parse(subject).ok().and_then(|name| set.zone_of(&name)).or_else(|| set.zones().first())?;
    set.entry(zone.soa.or(zone.first)?)
}

/// The character-string of a TXT record that holds a byte of the joined text.
fn string_at(entry: &Entry<'_>, byte: usize) -> Option<Location> {
    let Some(RecordData::Txt(text) | RecordData::Spf(text)) = entry.data() else { return None };
    let starts = text.joined().starts;
    let index = starts.partition_point(|start| *start <= byte).saturating_sub(1);
    entry.string_locations().into_iter().nth(index).map(Location::from)
}

impl From<zonefile::Location> for Location {
    fn from(at: zonefile::Location) -> Self {
        Self {
            file: at.file.to_string(),
            line: at.line,
            column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
        }
    }
}
