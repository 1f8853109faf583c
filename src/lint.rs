//! Linting zone files: the rules over what the files alone can say, with the places it stands at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::causes;
use crate::config::{Config, Ratings, nearest};
use crate::dns::zone::Zones;
use crate::dns::{Name, RecordData, RecordType};
use crate::finding::{Change, Edit, Evidence, Finding, Location};
use crate::gather::{self, Plan};
use crate::rules::{self, Source, domain::Domain};
use crate::zonefile::{self, Entry, Ignored, ZoneSet};

/// What linting came to.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings, in the order of the files.
    pub findings: Vec<Finding>,
    /// How many findings the files' own comments or the configuration suppress.
    pub suppressed: usize,
    /// Comments that were meant to suppress something and do not.
    pub slips: Vec<Slip>,
}

/// A comment that does not do what it was meant to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Where it stands.
    pub at: Location,
    /// What is the matter with it.
    pub kind: SlipKind,
}

/// See [`Slip`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipKind {
    /// It asks for something that is not known.
    NotUnderstood(String),
    /// It belongs to no record.
    Alone,
    /// It names no rule.
    NoRule,
    /// There is no such rule; the likely one.
    UnknownRule(String, Option<&'static str>),
    /// What stands behind `until` is no date.
    BadDate(String),
    /// Its last day is over.
    Ended(Date),
}

/// Lints zone files. `today` decides which comments that suppress a rule have run out.
pub fn lint(set: impl Into<Arc<ZoneSet>>, config: &Config, today: Date) -> Report {
    let set = set.into();
    let remarks = Remarks::of(&set, today);
    let ratings = Domains::of(config);
    let mut report = Report { slips: slips(&set, today), ..Report::default() };
    let mut take = |finding: Finding, ratings: Option<&Ratings>| {
        let placed = remarks.place(finding, &set);
        match placed.and_then(|f| {
            // What a domain rates itself beats what all are rated.
            let own = ratings.filter(|own| own.rates(f.rule.id));
            causes::rated(f, own.unwrap_or(&config.rules))
        }) {
            Some(finding) => report.findings.push(finding),
            None => report.suppressed += 1,
        }
    };
    for finding in rules::judge_zone(&set) {
        let own = ratings.of_subject(&finding.subject);
        take(finding, own);
    }
    let zones = Zones::new(set.clone());
    let judge = |plan: Plan| {
        let domain = plan.domain.clone();
        // Answers from files are there at once: the future never waits.
        let facts = futures_util::FutureExt::now_or_never(gather::gather_domain(&zones, plan, None));
        let found = facts.map(|facts| rules::judge_domain(&Domain::new(&facts), Source::Zone)).unwrap_or_default();
        let told = found.into_iter().filter(|finding| {
            // What a comment has cut off lacks for that reason alone, and it is said.
            let is_cut = |evidence| entries_of(&set, evidence).any(|entry| rules::zone::zone_syntax::is_cut(&entry));
            !finding.record.as_ref().is_some_and(is_cut) && !stands_doubled(&set, finding)
        });
        (domain, told.collect::<Vec<_>>())
    };
    for (domain, findings) in on_all_cores(gather::zone_plans(&set, config, today), judge) {
        let own = ratings.of_name(&domain);
        for finding in findings {
            take(finding, own);
        }
    }
    let order: HashMap<&str, usize> = set.files().enumerate().map(|(i, file)| (file, i)).collect();
    report.findings.sort_by_cached_key(|f| {
        let at = f.location.as_ref();
        at.map(|l| (order.get(l.file.as_str()).copied(), l.line, l.column))
    });
    report
}

/// Slips that are told of; whoever made more did not make them one by one.
const MOST_SLIPS: usize = 50;

/// What is the matter with the comments in the files, as far as the first [`MOST_SLIPS`] or so.
fn slips(set: &ZoneSet, today: Date) -> Vec<Slip> {
    let mut slips = Vec::new();
    for remark in set.remarks() {
        if slips.len() >= MOST_SLIPS {
            break;
        }
        let mut say = |kind| slips.push(Slip { at: remark.location.clone().into(), kind });
        let Some(ignored) = &remark.ignored else {
            say(SlipKind::NotUnderstood(remark.text.clone()));
            continue;
        };
        if remark.alone {
            say(SlipKind::Alone);
            continue;
        }
        if ignored.rules.is_empty() {
            say(SlipKind::NoRule);
        }
        for id in ignored.rules.iter().filter(|id| rules::find(id).is_none()).take(MOST_SLIPS) {
            say(SlipKind::UnknownRule(id.clone(), nearest(id, rules::all().map(|rule| rule.id))));
        }
        if let Some(date) = &ignored.bad_date {
            say(SlipKind::BadDate(date.clone()));
        } else if let Some(until) = ignored.until.filter(|_| ignored.has_ended(today)) {
            say(SlipKind::Ended(until));
        }
    }
    slips
}

/// Items that a core takes at once; fewer than two such portions are not worth a thread.
const PORTION: usize = 64;

/// Works on each item; the results are in the order of the items.
fn on_all_cores<T, R: Send>(items: impl ExactSizeIterator<Item = T> + Send, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(items.len() / PORTION);
    if cores < 2 {
        return items.map(work).collect();
    }
    let queue = Mutex::new((0, items));
    let portions = || {
        let mut done = Vec::new();
        loop {
            let (number, portion) = {
                let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
                queue.0 += 1;
                (queue.0, queue.1.by_ref().take(PORTION).collect::<Vec<T>>())
            };
            if portion.is_empty() {
                return done;
            }
            done.push((number, portion.into_iter().map(&work).collect::<Vec<R>>()));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(portions)).collect();
        let mut done = portions();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

/// Whether what is missing stands at a name that repeats the domain, which `zone-missing-trailing-dot` tells.
fn stands_doubled(set: &ZoneSet, finding: &Finding) -> bool {
    let rtype = match finding.rule.id {
        "spf-missing" => RecordType::Txt,
        "mx-missing" => RecordType::Mx,
        _ => return false,
    };
    let Ok(name) = Name::parse(&finding.subject) else { return false };
    let Some(doubled) = set.zone_of(&name).and_then(|zone| zone.apex.prepend(name.as_str()).ok()) else { return false };
    let meant = |entry: &Entry<'_>| rtype != RecordType::Txt || crate::spf::is_spf(&entry.value());
    set.find(&doubled, rtype).any(|entry| meant(&entry) && entry.owner_without_dot().is_some())
}

/// The domains of a configuration that rate rules.
struct Domains<'c>(HashMap<Name, &'c Ratings>);

impl<'c> Domains<'c> {
    fn of(config: &'c Config) -> Self {
        let rating = config.domains.iter().filter(|domain| !domain.rules.is_empty());
        Self(rating.filter_map(|domain| Some((Name::parse(&domain.name).ok()?, &domain.rules))).collect())
    }

    fn of_name(&self, name: &Name) -> Option<&'c Ratings> {
        self.0.get(name).copied()
    }

    /// For what is found in the entries of a file: the domain at or above the subject.
    fn of_subject(&self, subject: &str) -> Option<&'c Ratings> {
        if self.0.is_empty() {
            return None;
        }
        zonefile::suffixes(subject).find_map(|name| self.0.get(name)).copied()
    }
}

/// Lints one record that stands in no file: what the record itself says, nothing about its surroundings.
///
/// `text` is the bare value of a TXT record, or presentation form where it begins with a quote.
pub fn lint_record(owner: &Name, text: &str, config: &Config, today: Date) -> Report {
    let value = if text.starts_with('"') { text.replace(['\r', '\n'], " ") } else { zonefile::quote(text) };
    let origin = crate::dmarc::legacy::registrable_domain(owner)
        .filter(|apex| owner.is_within(apex))
        .unwrap_or_else(|| owner.clone());
    let source = zonefile::Source::memory("--record", format!("{owner}. 3600 IN TXT {value}\n"));
    let mut set = ZoneSet::load([source], &zonefile::LoadOptions { origin: Some(origin), ..Default::default() });
    // Nobody said what else there is in the zone.
    set.mark_incomplete();
    let mut report = lint(set, config, today);
    report.findings.retain(|finding| match &finding.record {
        Some(evidence) => evidence.name == *owner && evidence.rtype == RecordType::Txt,
        // What is wrong with the presentation form itself.
        None => finding.location.is_some() && finding.rule.id == "zone-syntax",
    });
    for finding in &mut report.findings {
        finding.location = None;
    }
    report
}

/// What the comments in the files ask to ignore.
struct Remarks {
    today: Date,
    /// Beside entries that could not be read, by file and line of what is wrong.
    beside_errors: HashMap<(Arc<str>, u32), Vec<Ignored>>,
}

impl Remarks {
    fn of(set: &ZoneSet, today: Date) -> Self {
        let mut beside_errors: HashMap<_, Vec<Ignored>> = HashMap::new();
        for error in set.errors().filter(|error| !error.ignored.is_empty()) {
            beside_errors.entry((error.location.file, error.location.line)).or_default().extend(error.ignored);
        }
        Self { today, beside_errors }
    }

    /// A finding with its place; `None` where a comment at the place suppresses the rule.
    fn place(&self, mut finding: Finding, set: &ZoneSet) -> Option<Finding> {
        if let Some(location) = &finding.location {
            return (!self.ignores_at(&finding, location, set)).then_some(finding);
        }
        let evidence = finding.record.as_ref().and_then(|evidence| entries_of(set, evidence).next());
        let Some(entry) = evidence.or_else(|| home(set, &finding.subject)) else { return Some(finding) };
        if self.ignores(&entry, finding.rule.id) {
            return None;
        }
        finding.location = Some(location_in(&entry, &finding, evidence.is_some()));
        Some(finding)
    }

    fn ignores_at(&self, finding: &Finding, location: &Location, set: &ZoneSet) -> bool {
        let rule = finding.rule.id;
        let key = (Arc::from(location.file.as_str()), location.line);
        if self.beside_errors.get(&key).is_some_and(|beside| beside.iter().any(|i| i.covers(rule, self.today))) {
            return true;
        }
        let mut entries = finding.record.iter().flat_map(|evidence| set.find(&evidence.name, evidence.rtype));
        entries.any(|entry| {
            self.ignores(&entry, rule) && {
                let own = entry.location();
                *own.file == *location.file && (own.line..=own.end_line).contains(&location.line)
            }
        })
    }

    fn ignores(&self, entry: &Entry<'_>, rule: &str) -> bool {
        entry.ignored_rules().any(|ignored| ignored.covers(rule, self.today))
    }
}

/// Where in the files a finding stands that was not found by linting them: its record, or what stands for a missing
/// one. `None` where the files hold neither.
pub fn place(set: &ZoneSet, finding: &Finding) -> Option<Location> {
    if let Some(record) = &finding.record {
        let entry = entries_of(set, record).next()?;
        return Some(location_in(&entry, finding, true));
    }
    let subject = Name::parse(&finding.subject).ok()?;
    set.zone_of(&subject)?;
    Some(location_in(&home(set, &finding.subject)?, finding, false))
}

/// The character-string of an entry that holds the span's start, where the entry is the finding's own record.
fn location_in(entry: &Entry<'_>, finding: &Finding, own: bool) -> Location {
    let start = finding.span.as_ref().map(|span| span.start).filter(|_| own);
    string_at(entry, start.unwrap_or(0)).unwrap_or_else(|| entry.location().into())
}

/// How the fix of a finding is made in the files; nothing where it is more than other data in place
/// of old.
///
/// A record that comes or goes is no such edit: the lines below may have its owner.
pub fn edits(set: &ZoneSet, finding: &Finding) -> Vec<Edit> {
    let changes = finding.fix.iter().flat_map(|fix| &fix.records);
    let edits: Option<Vec<Edit>> = changes.map(|change| edit(set, change)).collect();
    edits.unwrap_or_default()
}

fn edit(set: &ZoneSet, change: &Change) -> Option<Edit> {
    let Change::Replace { name, rtype, old, value } = change else { return None };
    let evidence = Evidence { name: Name::parse(name).ok()?, rtype: *rtype, text: old.clone() };
    let entry = entries_of(set, &evidence).next()?;
    let strings = entry.string_locations();
    let (first, last) = (strings.first()?, strings.last()?);
    let text = match rtype {
        RecordType::Txt | RecordType::Spf => zonefile::quote(value),
        RecordType::Mx | RecordType::Cname | RecordType::Ns | RecordType::Ptr => {
            format!("{}.", value.strip_suffix('.').unwrap_or(value))
        }
        RecordType::A | RecordType::Aaaa => value.clone(),
        _ => return None,
    };
    let at = Location { end_line: last.end_line, end_column: last.end_column, ..Location::from(first.clone()) };
    // What `$GENERATE` makes stands nowhere.
    (!entry.is_generated()).then_some(Edit { at, text })
}

fn entries_of<'z>(set: &'z ZoneSet, evidence: &Evidence) -> impl Iterator<Item = Entry<'z>> {
    set.with_value(&evidence.name, evidence.rtype, &evidence.text)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        for count in [0, 1, PORTION, 10 * PORTION + 1] {
            assert_eq!(on_all_cores(0..count, |n| n * 2), (0..count).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    fn rules(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|f| f.rule.id).collect()
    }

    #[test]
    fn a_record_alone_says_nothing_of_a_parked_domain() {
        let day = jiff::civil::date(2026, 1, 1);
        for (name, text, wanted) in [
            ("_dmarc.example-praxis.de", "v=DMARC1; p=none; rua=mailto:d@example-praxis.de", "dmarc-policy-none"),
            ("_dmarc.example-praxis.de", "v=DMARC1; p=reject", "dmarc-rua-missing"),
            ("example-praxis.de", "v=spf1 ?all", "spf-all-neutral"),
            ("example-praxis.de", "v=spf1", "spf-all-missing"),
        ] {
            let found = lint_record(&Name::parse(name).unwrap(), text, &Config::default(), day).findings;
            assert_eq!(rules(&found), [wanted], "{name} {text}");
        }
    }

    #[test]
    fn a_zone_of_its_own_for_policies_is_judged_too() {
        let zone = "$ORIGIN _dmarc.example-praxis.de.\n$TTL 3600\n@ IN SOA ns1.dns-haus.net. h 1 2 3 4 5\n\
                    @ IN NS ns1.dns-haus.net.\n@ IN TXT \"v=DMARC1; p=none; rua=mailto:d@example-praxis.de\"\n";
        let source = zonefile::Source::memory("zone", zone.to_owned());
        let set = ZoneSet::load([source], &zonefile::LoadOptions::default());
        let found = lint(set, &Config::default(), jiff::civil::date(2026, 1, 1)).findings;
        assert_eq!(rules(&found), ["dmarc-policy-none"]);
    }
}
