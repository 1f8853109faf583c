//! Files in, summary out: reads in parallel, counts in the order of the input.
//!
//! Several threads read and parse. What they find is counted in the order in which it was added, so the result does
//! not depend on the threads: of two copies of a report always the first one counts. A report that is too long to be
//! held waits for its turn and is counted as it is read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::aggregate::{Aggregate, Opened, no_room};
use super::fault::{Fault, Omission};
use super::feedback::{Feedback, Head, RowSink, Rows, domain_into};
use super::summary::Summary;
use super::tls::TlsReport;
use super::unpack::{self, Budget, Place, Sink};
use super::{MAX_FILES, MAX_FOLDERS};

/// What is to be counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Only reports on these domains and names below them, or records with such a From domain. Empty: all.
    pub domains: Vec<String>,
    /// Only reports whose range ends at or after this time, in seconds since 1970.
    pub since: Option<i64>,
    /// Only reports whose range begins before this time, in seconds since 1970.
    pub until: Option<i64>,
    /// Threads; `None` takes as many as there are processors.
    pub threads: Option<usize>,
}

/// Collects reports.
pub struct Collector {
    options: Options,
    jobs: Vec<(String, Job)>,
}

enum Job {
    File(PathBuf),
    Reader(Box<dyn Read + Send>),
    Skip(Fault),
}

/// Batches that wait for an earlier file, and their weight in bytes.
const MAX_READY: usize = 64;
const MAX_WEIGHT: usize = 4 << 20;

impl Collector {
    /// Nothing collected yet.
    pub fn new(mut options: Options) -> Self {
        for domain in &mut options.domains {
            let mut name = String::new();
            domain_into(&mut name, domain);
            *domain = name;
        }
        Collector { options, jobs: Vec::new() }
    }

    /// Adds a file, or the files of a folder and the folders in it (a Maildir is one), by name.
    ///
    /// Nothing is read before [`Collector::finish`]. Links and what is no regular file are not followed inside a
    /// folder, at most 16 levels and 1,000,000 files are looked at. What cannot be read is named in the summary.
    pub fn add_path(&mut self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => self.add_folder(path, 0),
            Ok(_) => self.jobs.push((path.display().to_string(), Job::File(path.to_owned()))),
            Err(e) => self.skip(path, e.into()),
        }
    }

    /// Adds what a reader gives, under a name for the summary's `skipped` (standard input is such a reader).
    pub fn add_reader(&mut self, name: &str, reader: impl Read + Send + 'static) {
        self.jobs.push((name.to_owned(), Job::Reader(Box::new(reader))));
    }

    fn skip(&mut self, path: &Path, fault: Fault) {
        self.jobs.push((path.display().to_string(), Job::Skip(fault)));
    }

    fn add_folder(&mut self, folder: &Path, level: usize) {
        if level >= MAX_FOLDERS {
            return self.skip(folder, Fault::TooMany("levels of folders", MAX_FOLDERS));
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => return self.skip(folder, e.into()),
        };
        let mut paths: Vec<(PathBuf, fs::FileType)> =
            entries.filter_map(|entry| entry.ok().and_then(|e| Some((e.path(), e.file_type().ok()?)))).collect();
        paths.sort_by(|a, b| a.0.cmp(&b.0));
        // What is being delivered to a Maildir is not there yet.
        let maildir = paths.iter().any(|(p, _)| p.ends_with("cur")) && paths.iter().any(|(p, _)| p.ends_with("new"));
        for (path, kind) in paths {
            if self.jobs.len() >= MAX_FILES {
                return self.skip(folder, Fault::TooMany("files", MAX_FILES));
            }
            if kind.is_dir() && !(maildir && path.ends_with("tmp")) {
                self.add_folder(&path, level + 1);
            } else if kind.is_file() {
                self.jobs.push((path.display().to_string(), Job::File(path)));
            }
        }
    }

    /// Reads everything and sums it up.
    pub fn finish(self) -> Summary {
        let Collector { options, jobs } = self;
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = options.threads.unwrap_or_else(processors).clamp(1, 64).min(jobs.len().max(1));
        let state = State { next: 0, aggregate: Aggregate::new(options), ready: BTreeMap::new(), weight: 0 };
        let shared = Shared { state: Mutex::new(state), turn: Condvar::new() };
        let queue = Mutex::new(jobs.into_iter().enumerate());
        let work = || {
            loop {
                let job = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((number, (name, job))) = job else { break };
                let mut outlet = Outlet { shared: &shared, number, batch: Batch::default(), guard: None, open: None };
                if let Err(fault) = run(&name, job, &mut outlet) {
                    outlet.skip(&name, &fault);
                }
                outlet.finish();
            }
        };
        if threads == 1 {
            work();
        } else {
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(work);
                }
            });
        }
        shared.state.into_inner().unwrap_or_else(PoisonError::into_inner).aggregate.finish()
    }
}

fn run(name: &str, job: Job, outlet: &mut Outlet<'_>) -> Result<(), Fault> {
    let budget = Rc::new(Budget::default());
    match job {
        Job::File(path) => unpack::document(name, &mut File::open(path)?, Place::File, &budget, outlet),
        Job::Reader(mut reader) => unpack::document(name, &mut reader, Place::File, &budget, outlet),
        Job::Skip(fault) => Err(fault),
    }
}

/// What the threads share.
struct Shared {
    state: Mutex<State>,
    turn: Condvar,
}

struct State {
    /// The number of the job whose turn it is.
    next: usize,
    aggregate: Aggregate,
    ready: BTreeMap<usize, Batch>,
    weight: usize,
}

impl State {
    /// Counts what waited for the job that has just ended.
    fn advance(&mut self) {
        self.next += 1;
        while let Some(batch) = self.ready.remove(&self.next) {
            self.weight -= batch.weight.min(self.weight);
            batch.count(&mut self.aggregate);
            self.next += 1;
        }
    }
}

/// What was found in a file, in order.
#[derive(Default)]
struct Batch {
    items: Vec<(String, Item)>,
    weight: usize,
}

enum Item {
    Feedback(Box<Feedback>),
    Tls(TlsReport),
    Skip(Omission),
}

impl Batch {
    fn push(&mut self, file: &str, item: Item) {
        self.weight += 256 + file.len();
        self.weight += match &item {
            Item::Feedback(feedback) => feedback.rows.weight(),
            Item::Tls(report) => report.policies.iter().map(|p| 128 + 128 * p.failures.len()).sum(),
            Item::Skip(_) => std::mem::size_of::<Omission>(),
        };
        self.items.push((file.to_owned(), item));
    }

    fn count(self, aggregate: &mut Aggregate) {
        for (file, item) in self.items {
            match item {
                Item::Feedback(feedback) => count_feedback(aggregate, &file, *feedback, None),
                Item::Tls(report) => {
                    if let Err(fault) = aggregate.tls(report) {
                        aggregate.skip(&file, Omission::Whole(fault));
                    }
                }
                Item::Skip(reason) => aggregate.skip(&file, reason),
            }
        }
    }
}

/// Adds a report or what is left of it. `open` is what [`Aggregate::open`] said when its first part was added.
fn count_feedback(aggregate: &mut Aggregate, file: &str, feedback: Feedback, open: Option<Option<Streamed>>) {
    let Feedback { head, rows, dropped } = feedback;
    let opened = match open {
        Some(open) => Ok(open),
        None => aggregate.open(&head).map(|opened| opened.map(|opened| Streamed { opened, lost: 0 })),
    };
    match opened {
        Err(fault) => aggregate.skip(file, Omission::Whole(fault)),
        Ok(None) => {}
        Ok(Some(Streamed { mut opened, lost })) => {
            match aggregate.rows(&head, &mut opened, &rows) {
                Err(fault) => aggregate.skip(file, Omission::Whole(fault)),
                Ok(more) if lost + more > 0 => aggregate.skip(file, no_room(lost + more)),
                Ok(_) => {}
            }
            for (why, n) in dropped {
                aggregate.skip(file, Omission::Records { why, count: n });
            }
            aggregate.close(&opened);
        }
    }
}

/// A report that is counted while it is read.
struct Streamed {
    opened: Opened,
    lost: u64,
}

/// Takes what one file holds.
struct Outlet<'a> {
    shared: &'a Shared,
    number: usize,
    batch: Batch,
    /// Held from the moment on when the file turned out to be too large to be held.
    guard: Option<MutexGuard<'a, State>>,
    /// The report that is being counted; `Some(None)` when it is not to be.
    open: Option<Option<Streamed>>,
}

impl<'a> Outlet<'a> {
    /// Waits until everything before this file is counted, then counts what this one held back.
    fn direct(&mut self) -> &mut Aggregate {
        let guard = self.guard.take().unwrap_or_else(|| {
            let mut state = lock(self.shared);
            while state.next != self.number {
                state = self.shared.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            std::mem::take(&mut self.batch).count(&mut state.aggregate);
            state
        });
        &mut self.guard.insert(guard).aggregate
    }

    fn push(&mut self, file: &str, item: Item) {
        self.batch.push(file, item);
        if self.guard.is_some() || self.batch.weight > MAX_WEIGHT {
            self.direct();
            let batch = std::mem::take(&mut self.batch);
            batch.count(self.direct());
        }
    }

    fn finish(mut self) {
        let mut state = match self.guard.take() {
            Some(state) => state,
            None => {
                let mut state = lock(self.shared);
                // Too much waits already: this one waits too. The file whose turn it is never does.
                while state.next != self.number && (state.ready.len() >= MAX_READY || state.weight > 2 * MAX_WEIGHT) {
                    state = self.shared.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
                let batch = std::mem::take(&mut self.batch);
                if state.next != self.number {
                    state.weight += batch.weight;
                    state.ready.insert(self.number, batch);
                    return;
                }
                batch.count(&mut state.aggregate);
                state
            }
        };
        state.advance();
        drop(state);
        self.shared.turn.notify_all();
    }
}

fn lock(shared: &Shared) -> MutexGuard<'_, State> {
    shared.state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RowSink for Outlet<'_> {
    fn take(&mut self, head: &Head, rows: &mut Rows) -> Result<(), Fault> {
        let mut open = self.open.take();
        let aggregate = self.direct();
        if open.is_none() {
            open = Some(aggregate.open(head)?.map(|opened| Streamed { opened, lost: 0 }));
        }
        let done = match &mut open {
            Some(Some(streamed)) => aggregate.rows(head, &mut streamed.opened, rows).map(|lost| streamed.lost += lost),
            _ => Ok(()),
        };
        self.open = open;
        done
    }
}

impl Sink for Outlet<'_> {
    fn feedback(&mut self, file: &str, feedback: Feedback) {
        match self.open.take() {
            Some(open) => count_feedback(self.direct(), file, feedback, Some(open)),
            None => self.push(file, Item::Feedback(Box::new(feedback))),
        }
    }

    fn tls(&mut self, file: &str, report: TlsReport) {
        self.push(file, Item::Tls(report));
    }

    fn skip(&mut self, file: &str, fault: &Fault) {
        let added = self.open.take().flatten().map_or(0, |streamed| streamed.opened.added);
        let fault = fault.clone();
        let omission = if added > 0 { Omission::Rest(fault, added) } else { Omission::Whole(fault) };
        self.push(file, Item::Skip(omission));
    }
}
