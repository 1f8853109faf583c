//! Adds reports up, one after the other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::fault::{Fault, Omission};
use super::feedback::{Disposition, Head, Part, Rows};
use super::summary::{Day, DomainSums, Period, Skipped, Summary, TlsDomain, TlsFailures};
use super::table::{Senders, Sets};
use super::tls::TlsReport;
use super::{MAX_DAYS, MAX_REPORTERS, MAX_SEEN, MAX_SENDERS, MAX_SKIPPED, MAX_TLS_DOMAINS, MAX_TLS_KINDS, Options};

/// The sums so far.
#[derive(Debug, Default)]
pub(crate) struct Aggregate {
    options: Options,
    summary: Summary,
    domains: HashMap<u32, u32>,
    senders: Senders,
    seen: HashSet<u128>,
    hashers: (RandomState, RandomState),
    tls: BTreeMap<(String, String), TlsSums>,
}

#[derive(Debug, Default)]
struct TlsSums {
    successful: u64,
    failed: u64,
    failures: BTreeMap<(String, Option<String>), u64>,
    cut: bool,
}

/// A report whose records are being added.
#[derive(Debug)]
pub(crate) struct Opened {
    /// Its policy domain passed the filter, or there is none.
    whole: bool,
    counted: bool,
    /// Records that were added.
    pub(crate) added: u64,
    reporter: String,
    day: Option<i64>,
    range: (Option<i64>, Option<i64>),
}

impl Aggregate {
    pub(crate) fn new(options: Options) -> Self {
        Aggregate { options, ..Aggregate::default() }
    }

    /// Begins a report: `None` when it is not to be counted.
    pub(crate) fn open(&mut self, head: &Head) -> Result<Option<Opened>, Fault> {
        let reporter = if head.org.is_empty() { &head.email } else { &head.org };
        let (begin, end) = (head.begin.or(head.end), head.end.or(head.begin));
        if !self.in_time(begin, end)? {
            return Ok(None);
        }
        let whole = wanted(&self.options.domains, &head.policy.domain);
        if self.is_duplicate(&["dmarc", reporter, &head.id, &head.policy.domain], begin, end) {
            return Ok(None);
        }
        let mut opened = Opened {
            whole,
            counted: false,
            added: 0,
            reporter: reporter.chars().take(255).collect(),
            day: begin.map(|b| b.div_euclid(86_400)),
            range: (begin, end),
        };
        if opened.whole {
            self.count(&mut opened);
            let name = Some(&head.policy.domain).filter(|name| !name.is_empty());
            if let Some(at) = name.and_then(|name| self.domain(name)) {
                self.note_report(at, head, &opened);
            }
        }
        Ok(Some(opened))
    }

    /// Adds records; says how many found no room.
    pub(crate) fn rows(&mut self, head: &Head, opened: &mut Opened, rows: &Rows) -> Result<u64, Fault> {
        let reporter = self.summary.names.number(&opened.reporter);
        let policy_domain = head.policy.domain.as_str();
        let (mut lost, mut nameless) = (0, 0u64);
        let mut last: Option<(u32, &str)> = None;
        for (row, texts) in rows.iter() {
            let from = texts.clone().find(|t| t.0 == Part::HeaderFrom).map_or("", |t| t.1);
            if !opened.whole && !wanted(&self.options.domains, from) {
                continue;
            }
            // Without a policy domain the From domain is the best that is known.
            let name = if policy_domain.is_empty() { from } else { policy_domain };
            if name.is_empty() {
                nameless += 1;
                continue;
            }
            let at = match last {
                Some((at, of)) if of == name => at,
                _ => {
                    let Some(at) = self.domain(name) else {
                        lost += 1;
                        continue;
                    };
                    last = Some((at, name));
                    at
                }
            };
            if !opened.counted {
                self.count(opened);
                self.note_report(at, head, opened);
            }
            let summary = &mut self.summary;
            let (names, sets) = (&mut summary.names, &mut summary.sets);
            let (Some(entry), Some(domain)) = (self.senders.entry(at, row.ip), summary.domains.get_mut(at as usize))
            else {
                lost += 1;
                continue;
            };
            opened.added += 1;
            let n = row.count;
            add(&mut entry.messages, n);
            add(&mut domain.messages, n);
            add(&mut entry.dkim, if row.dkim { n } else { 0 });
            add(&mut entry.spf, if row.spf { n } else { 0 });
            // RFC 9989 §5.3.4: one aligned pass is enough; both values are aligned results already.
            let pass = if row.dkim || row.spf { n } else { 0 };
            add(&mut entry.pass, pass);
            add(&mut domain.pass, pass);
            match row.disposition {
                Disposition::None => add(&mut entry.none, n),
                Disposition::Pass => add(&mut entry.disposed_pass, n),
                Disposition::Quarantine => add(&mut entry.quarantine, n),
                Disposition::Reject => add(&mut entry.reject, n),
                Disposition::Other => {}
            }
            if let Some(day) = opened.day {
                if domain.days.len() < MAX_DAYS || domain.days.contains_key(&day) {
                    let sums: &mut Day = domain.days.entry(day).or_default();
                    add(&mut sums.messages, n);
                    add(&mut sums.pass, pass);
                } else {
                    domain.cut = true;
                }
            }
            let mut forwarded = false;
            for (part, text) in texts {
                let set = match part {
                    Part::HeaderFrom => &mut entry.header_from,
                    Part::EnvelopeFrom => &mut entry.envelope_from,
                    Part::Dkim => &mut entry.dkim_results,
                    Part::Spf => &mut entry.spf_results,
                    Part::Reason => {
                        forwarded |= matches!(text, "forwarded" | "trusted_forwarder" | "mailing_list");
                        &mut entry.reasons
                    }
                };
                entry.cut |= !insert(sets, set, names.number(text));
            }
            entry.cut |= !insert(sets, &mut entry.reporters, reporter);
            add(&mut entry.forwarded, if forwarded { n } else { 0 });
        }
        if nameless > 0 && opened.added == 0 { Err(Fault::NoDomain) } else { Ok(lost) }
    }

    /// Adds a TLS report.
    pub(crate) fn tls(&mut self, report: TlsReport) -> Result<(), Fault> {
        let reporter = if report.org.is_empty() { &report.contact } else { &report.org };
        let first = report.policies.first().map_or("", |p| &p.domain);
        let (begin, end) = (report.begin.or(report.end), report.end.or(report.begin));
        if !self.in_time(begin, end)? || self.is_duplicate(&["tls", reporter, &report.id, first], begin, end) {
            return Ok(());
        }
        let any =
            report.policies.is_empty() || report.policies.iter().any(|p| wanted(&self.options.domains, &p.domain));
        if !any {
            self.summary.filtered += 1;
            return Ok(());
        }
        self.summary.reports += 1;
        self.summary.tls_reports += 1;
        self.extend_period(begin, end);
        let mut full = false;
        for policy in report.policies {
            if !wanted(&self.options.domains, &policy.domain) {
                continue;
            }
            let key = (policy.domain, policy.kind);
            if self.tls.len() >= MAX_TLS_DOMAINS && !self.tls.contains_key(&key) {
                full = true;
                continue;
            }
            let sums = self.tls.entry(key).or_default();
            add(&mut sums.successful, policy.successful);
            add(&mut sums.failed, policy.failed);
            for failure in policy.failures {
                let key = (failure.kind, failure.mx);
                if sums.failures.len() >= MAX_TLS_KINDS && !sums.failures.contains_key(&key) {
                    sums.cut = true;
                } else {
                    add(sums.failures.entry(key).or_default(), failure.count);
                }
            }
        }
        if full { Err(Fault::TooMany("TLS policies", MAX_TLS_DOMAINS)) } else { Ok(()) }
    }

    pub(crate) fn skip(&mut self, file: &str, omission: Omission) {
        if self.summary.skipped.len() < MAX_SKIPPED {
            self.summary.skipped.push(Skipped::new(file, omission));
        } else {
            self.summary.skipped_more += 1;
        }
    }

    /// A report of the options' domains turned out to hold nothing for them.
    pub(crate) fn close(&mut self, opened: &Opened) {
        if !opened.counted {
            self.summary.filtered += 1;
        }
    }

    /// Everything in the order in which it is shown.
    pub(crate) fn finish(self) -> Summary {
        let Aggregate { mut summary, senders, tls, .. } = self;
        let mut entries = senders.into_entries();
        let names = &summary.names;
        let mut order: Vec<u32> = (0..summary.domains.len() as u32).collect();
        order.sort_unstable_by_key(|&d| summary.domains.get(d as usize).map_or("", |s| names.get(s.name)));
        let mut rank = vec![0u32; order.len()];
        for (at, &domain) in order.iter().enumerate() {
            rank[domain as usize] = at as u32;
        }
        for entry in &mut entries {
            entry.domain = rank[entry.domain as usize];
        }
        entries.sort_unstable_by(|a, b| (a.domain, b.messages, a.ip).cmp(&(b.domain, a.messages, b.ip)));
        let mut domains: Vec<DomainSums> =
            order.iter().map(|&d| std::mem::take(&mut summary.domains[d as usize])).collect();
        let mut from = 0;
        for (at, domain) in domains.iter_mut().enumerate() {
            let to = from + entries[from..].partition_point(|e| e.domain <= at as u32);
            domain.range = (from, to);
            from = to;
        }
        summary.sets.seal(&summary.names);
        summary.domains = domains;
        summary.entries = entries;
        summary.tls = tls
            .into_iter()
            .map(|((domain, policy_type), sums)| {
                let mut failures: Vec<TlsFailures> =
                    sums.failures.into_iter().map(|((kind, mx), count)| TlsFailures { kind, mx, count }).collect();
                failures.sort_by_key(|f| std::cmp::Reverse(f.count));
                let TlsSums { successful, failed, cut, .. } = TlsSums { failures: BTreeMap::new(), ..sums };
                TlsDomain { domain, policy_type, successful, failed, failures, cut }
            })
            .collect();
        summary
    }

    /// Whether the report's range touches the options' time.
    fn in_time(&mut self, begin: Option<i64>, end: Option<i64>) -> Result<bool, Fault> {
        let (since, until) = (self.options.since, self.options.until);
        if since.is_none() && until.is_none() {
            return Ok(true);
        }
        let (Some(begin), Some(end)) = (begin, end) else { return Err(Fault::NoRange) };
        let inside = since.is_none_or(|since| end >= since) && until.is_none_or(|until| begin < until);
        self.summary.filtered += u64::from(!inside);
        Ok(inside)
    }

    /// RFC 9990 §4: the same organisation, id, domain and range is the same report.
    fn is_duplicate(&mut self, names: &[&str; 4], begin: Option<i64>, end: Option<i64>) -> bool {
        let key = (names.map(str::to_ascii_lowercase), begin, end);
        let (low, high) = (self.hashers.0.hash_one(&key), self.hashers.1.hash_one(&key));
        let hash = u128::from(high) << 64 | u128::from(low);
        if self.seen.contains(&hash) {
            self.summary.duplicates += 1;
            return true;
        }
        if self.seen.len() < MAX_SEEN {
            self.seen.insert(hash);
        } else {
            self.summary.duplicates_unchecked = true;
        }
        false
    }

    fn count(&mut self, opened: &mut Opened) {
        opened.counted = true;
        self.summary.reports += 1;
        self.summary.aggregate_reports += 1;
        self.extend_period(opened.range.0, opened.range.1);
    }

    fn extend_period(&mut self, begin: Option<i64>, end: Option<i64>) {
        let (Some(begin), Some(end)) = (begin, end) else { return };
        let (begin, end) = (begin.min(end), end.max(begin));
        let old = self.summary.period.unwrap_or(Period { begin, end });
        self.summary.period = Some(Period { begin: old.begin.min(begin), end: old.end.max(end) });
    }

    fn domain(&mut self, name: &str) -> Option<u32> {
        let name = self.summary.names.number(name)?;
        Some(*self.domains.entry(name).or_insert_with(|| {
            self.summary.domains.push(DomainSums { name, ..DomainSums::default() });
            (self.summary.domains.len() - 1) as u32
        }))
    }

    fn note_report(&mut self, at: u32, head: &Head, opened: &Opened) {
        let Some(domain) = self.summary.domains.get_mut(at as usize) else { return };
        if domain.reporters.len() < MAX_REPORTERS || domain.reporters.contains_key(&opened.reporter) {
            *domain.reporters.entry(opened.reporter.clone()).or_default() += 1;
        } else {
            domain.cut = true;
        }
        let age = (opened.range.1.unwrap_or(0), opened.range.0.unwrap_or(0));
        if domain.policy.as_ref().is_none_or(|(old, _)| age >= *old) {
            domain.policy = Some((age, head.policy.clone()));
        }
    }
}

/// What is said of records that found no room.
pub(crate) fn no_room(lost: u64) -> Omission {
    Omission::NoRoom { most: MAX_SENDERS, count: lost }
}

/// Is `name` one of the wanted domains or below one? Without wanted domains every name is.
fn wanted(domains: &[String], name: &str) -> bool {
    domains.is_empty()
        || domains
            .iter()
            .any(|d| name.strip_suffix(d.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

fn add(sum: &mut u64, n: u64) {
    *sum = sum.saturating_add(n);
}

/// Puts a name into a set; false when there was no room.
fn insert(sets: &mut Sets, set: &mut u32, name: Option<u32>) -> bool {
    match name.and_then(|name| sets.with(*set, name)) {
        Some(next) => {
            *set = next;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wanted_domains() {
        let list = ["example.de".to_owned()];
        assert!(wanted(&list, "example.de") && wanted(&list, "a.example.de") && wanted(&[], ""));
        assert!(!wanted(&list, "badexample.de") && !wanted(&list, "de") && !wanted(&list, ""));
    }
}
