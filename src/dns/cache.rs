//! Each question asked once a run.
//!
//! Answers and absences are kept while they may be, and at least for a minute: one that asks twice
//! in a moment could contradict itself. Failures are kept for as long as asking again at once is
//! of no use. Identical questions in flight share one answer, and the questions in flight are bounded.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::{BoxFuture, FutureExt as _, WeakShared, ready};
use tokio::sync::Semaphore;

use super::{DnsError, Lookup, Name, Question, RecordData, RecordType, Resolver, Via, pass_on};

/// Questions in flight unless `--concurrency` says otherwise.
pub const DEFAULT_CONCURRENCY: usize = 256;

/// Octets of answers kept unless [`Cached::with_budget`] says otherwise.
pub const DEFAULT_BUDGET: usize = 64 << 20;

/// How long an answer is kept that may be kept for less (its TTL).
const SHORTEST_ANSWER: Duration = Duration::from_secs(60);

/// How long an absence is kept; RFC 2308 §5 has hours at most.
const ABSENCE: Duration = Duration::from_secs(300);

/// How long a failure is kept; RFC 2308 §7 has five minutes at most.
const FAILURE: Duration = Duration::from_secs(30);

const SHARDS: usize = 16;

/// What an entry costs besides its data: key, map slot, allocations.
const ENTRY_OVERHEAD: usize = 160;

/// A resolver with a memory.
pub struct Cached<R> {
    core: Arc<Core<R>>,
}

struct Core<R> {
    inner: R,
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
    shard_budget: usize,
    permits: Semaphore,
    asked: AtomicU64,
    generation: AtomicU64,
}

/// Two generations: what is used moves to the young one; when that is full, the old one is let go.
#[derive(Default)]
struct Shard {
    young: HashMap<Question, Kept>,
    old: HashMap<Question, Kept>,
    young_octets: usize,
    pending: HashMap<Question, (u64, WeakShared<BoxFuture<'static, Lookup>>)>,
}

/// An outcome, and until when it counts.
#[derive(Clone)]
struct Kept {
    outcome: Lookup,
    until: Option<Instant>,
}

impl Kept {
    fn new(outcome: Lookup, now: Instant) -> Self {
        let time = match &outcome {
            Ok(answer) => Duration::from_secs(answer.ttl.into()).max(SHORTEST_ANSWER),
            Err(error) if error.is_absent() => ABSENCE,
            Err(_) => FAILURE,
        };
        // What the clock cannot count ends with the run.
        Self { outcome, until: now.checked_add(time) }
    }
}

impl<R: Resolver + 'static> Cached<R> {
    /// A memory in front of `inner`, with at most `concurrency` questions in flight (at least one).
    pub fn new(inner: R, concurrency: usize) -> Self {
        Self::with_budget(inner, concurrency, DEFAULT_BUDGET)
    }

    /// The same, with room for about `octets` of answers.
    pub fn with_budget(inner: R, concurrency: usize, octets: usize) -> Self {
        Self {
            core: Arc::new(Core {
                inner,
                hasher: RandomState::new(),
                shards: Default::default(),
                shard_budget: octets / SHARDS / 2,
                permits: Semaphore::new(in_flight(concurrency)),
                asked: AtomicU64::new(0),
                generation: AtomicU64::new(0),
            }),
        }
    }

    /// Who is asked what is not known yet.
    pub fn inner(&self) -> &R {
        &self.core.inner
    }

    /// How many questions were passed on.
    pub fn questions(&self) -> u64 {
        self.core.asked.load(Ordering::Relaxed)
    }

    fn ask(&self, question: Question) -> BoxFuture<'static, Lookup> {
        let core = &self.core;
        let index = core.index(&question);
        let mut shard = lock(&core.shards[index]);
        if let Some(known) = shard.get(&question, core.shard_budget, Instant::now()) {
            return ready(known).boxed();
        }
        if let Some(pending) = shard.pending.get(&question).and_then(|(_, weak)| weak.upgrade()) {
            return pending.boxed();
        }
        let generation = core.generation.fetch_add(1, Ordering::Relaxed);
        let pending = core.clone().answer(question.clone(), index, generation).boxed().shared();
        if let Some(weak) = pending.downgrade() {
            shard.pending.insert(question, (generation, weak));
        }
        pending.boxed()
    }
}

impl<R: Resolver + 'static> Core<R> {
    fn index(&self, question: &Question) -> usize {
        self.hasher.hash_one(question) as usize % SHARDS
    }

    async fn answer(self: Arc<Self>, question: Question, index: usize, generation: u64) -> Lookup {
        let flight = Flight { core: &self, question: &question, index, generation };
        let outcome = match self.permits.acquire().await {
            Ok(_permit) => {
                self.asked.fetch_add(1, Ordering::Relaxed);
                pass_on(&self.inner, &question.name, question.rtype, question.via.as_ref()).await
            }
            // The semaphore is never closed.
            Err(_) => Err(DnsError::Timeout),
        };
        if !matches!(outcome, Err(DnsError::Unavailable(_))) {
            let kept = Kept::new(outcome.clone(), Instant::now());
            lock(&self.shards[index]).put(question.clone(), kept, self.shard_budget);
        }
        drop(flight);
        outcome
    }
}

/// A server counts a question until it is through with the answer, a moment longer than whoever has it already. Of
/// many, a few stay free, so that no server ever sees more than the cap.
fn in_flight(cap: usize) -> usize {
    (cap - cap / 64).clamp(1, Semaphore::MAX_PERMITS)
}

/// Strikes the question off the pending ones when it is answered, or when nobody waits any more.
struct Flight<'a, R> {
    core: &'a Core<R>,
    question: &'a Question,
    index: usize,
    generation: u64,
}

impl<R> Drop for Flight<'_, R> {
    fn drop(&mut self) {
        let mut shard = lock(&self.core.shards[self.index]);
        // Another future may have taken the place of one that nobody waited for.
        if shard.pending.get(self.question).is_some_and(|(generation, _)| *generation == self.generation) {
            shard.pending.remove(self.question);
        }
    }
}

impl Shard {
    fn get(&mut self, question: &Question, budget: usize, now: Instant) -> Option<Lookup> {
        let counts = |kept: &Kept| kept.until.is_none_or(|until| now < until);
        if let Some(known) = self.young.get(question) {
            return counts(known).then(|| known.outcome.clone());
        }
        let (question, known) = self.old.remove_entry(question).filter(|(_, known)| counts(known))?;
        self.put(question, known.clone(), budget);
        Some(known.outcome)
    }

    fn put(&mut self, question: Question, kept: Kept, budget: usize) {
        let octets = weight(&question, &kept.outcome);
        if octets > budget {
            return;
        }
        if self.young_octets + octets > budget {
            self.old = std::mem::take(&mut self.young);
            self.young_octets = 0;
        }
        self.young_octets += octets;
        // Asked again because its time was over: one entry, counted once.
        if let Some(before) = self.young.get(&question) {
            self.young_octets = self.young_octets.saturating_sub(weight(&question, &before.outcome));
        }
        self.young.insert(question, kept);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// About how many octets an entry takes.
fn weight(question: &Question, outcome: &Lookup) -> usize {
    let data = match outcome {
        Ok(answer) => {
            let aliases: usize = answer.aliases.iter().map(|n| n.as_str().len() + 32).sum();
            let message = answer.message.as_ref().map_or(0, |octets| octets.len());
            message + aliases + answer.records.iter().map(record_weight).sum::<usize>()
        }
        Err(DnsError::Network(why)) => why.len(),
        Err(DnsError::Server(trouble)) => trouble.server.len() + 64,
        Err(_) => 0,
    };
    ENTRY_OVERHEAD + question.name.as_str().len() + data
}

fn record_weight(record: &RecordData) -> usize {
    let own = size_of::<RecordData>();
    own + match record {
        RecordData::Txt(text) | RecordData::Spf(text) => text.strings().map(|s| s.len() + 32).sum(),
        RecordData::Mx { exchange: name, .. }
        | RecordData::Cname(name)
        | RecordData::Ns(name)
        | RecordData::Ptr(name) => name.as_str().len() + 32,
        RecordData::Soa { mname, rname, .. } => mname.as_str().len() + rname.as_str().len() + 64,
        RecordData::Tlsa { data, .. }
        | RecordData::Ds { digest: data, .. }
        | RecordData::Dnskey { key: data, .. }
        | RecordData::Other { data, .. } => data.len() + 16,
        RecordData::A(_) | RecordData::Aaaa(_) => 0,
    }
}

impl<R: Resolver + 'static> Resolver for Cached<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        self.ask(Question::new(name, rtype, None))
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        self.ask(Question::new(name, rtype, Some(via)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures_util::future::{join_all, poll_immediate};
    use tokio::sync::Notify;

    use super::*;
    use crate::dns::{Answer, Text, Unavailable};

    /// Answers when told to, and counts.
    #[derive(Default)]
    struct Gate {
        open: Notify,
        asked: AtomicUsize,
        in_flight: AtomicUsize,
        most: AtomicUsize,
    }

    impl Resolver for Arc<Gate> {
        fn lookup<'a>(&'a self, name: &'a Name, _: RecordType) -> BoxFuture<'a, Lookup> {
            async move {
                self.asked.fetch_add(1, Ordering::Relaxed);
                let now = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
                self.most.fetch_max(now, Ordering::Relaxed);
                self.open.notified().await;
                self.in_flight.fetch_sub(1, Ordering::Relaxed);
                match name.labels().next() {
                    Some("fails") => Err(DnsError::Timeout),
                    Some("offline") => Err(DnsError::Unavailable(Unavailable::Offline)),
                    _ => Ok(Arc::new(Answer::new([RecordData::Txt(Text::new(["x".repeat(200)]))]))),
                }
            }
            .boxed()
        }
    }

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[tokio::test]
    async fn identical_questions_are_asked_once() {
        let gate = Arc::new(Gate::default());
        let cached = Cached::new(gate.clone(), 8);
        let n = name("a.example");
        let mut first = cached.lookup(&n, RecordType::Txt);
        let mut second = cached.lookup(&n, RecordType::Txt);
        assert!(poll_immediate(&mut first).await.is_none());
        assert!(poll_immediate(&mut second).await.is_none());
        // The waiter that drives the question goes; the other one still gets the answer.
        drop(first);
        gate.open.notify_one();
        assert!(second.await.is_ok());
        assert!(cached.lookup(&n, RecordType::Txt).now_or_never().unwrap().is_ok());
        assert_eq!((gate.asked.load(Ordering::Relaxed), cached.questions()), (1, 1));
    }

    #[tokio::test]
    async fn a_question_that_nobody_waits_for_leaves_nothing_behind() {
        let gate = Arc::new(Gate::default());
        let cached = Cached::new(gate.clone(), 1);
        let n = name("a.example");
        let mut first = cached.lookup(&n, RecordType::Txt);
        assert!(poll_immediate(&mut first).await.is_none());
        drop(first);
        assert!(cached.core.shards.iter().all(|s| lock(s).pending.is_empty()));
        // Its permit is free again.
        gate.open.notify_one();
        assert!(cached.lookup(&n, RecordType::Txt).await.is_ok());
        assert!(cached.core.shards.iter().all(|s| lock(s).pending.is_empty()));
    }

    #[tokio::test]
    async fn failures_are_kept_and_what_was_not_asked_is_not() {
        let gate = Arc::new(Gate::default());
        let cached = Cached::new(gate.clone(), 8);
        for (host, asked) in [("fails.example", 1), ("offline.example", 3)] {
            for _ in 0..2 {
                gate.open.notify_one();
                assert!(cached.lookup(&name(host), RecordType::A).await.is_err());
            }
            assert_eq!(cached.questions(), asked);
        }
    }

    #[test]
    fn outcomes_count_for_as_long_as_they_may() {
        let start = Instant::now();
        let answer = |ttl: u32| Ok(Arc::new(Answer { ttl, ..Answer::new([]) }));
        for (outcome, seconds) in [
            (answer(5), 60),
            (answer(3600), 3600),
            (Err(DnsError::NxDomain), 300),
            (Err(DnsError::ServFail), 30),
            (Err(DnsError::Timeout), 30),
        ] {
            let mut shard = Shard::default();
            let question = Question::new(&name("a.example"), RecordType::A, None);
            for aged in [false, true] {
                shard.put(question.clone(), Kept::new(outcome.clone(), start), 1000);
                if aged {
                    shard.old = std::mem::take(&mut shard.young);
                }
                let mut at = |second: u64| shard.get(&question, 1000, start + Duration::from_secs(second));
                assert_eq!(at(seconds - 1), Some(outcome.clone()));
                assert_eq!(at(seconds), None);
            }
        }
    }

    #[tokio::test]
    async fn questions_in_flight_are_bounded() {
        let gate = Arc::new(Gate::default());
        let cached = Cached::new(gate.clone(), 3);
        let names: Vec<Name> = (0..20).map(|i| name(&format!("h{i}.example"))).collect();
        let all = join_all(names.iter().map(|n| cached.lookup(n, RecordType::A)));
        let open = async {
            while cached.questions() < 20 || gate.in_flight.load(Ordering::Relaxed) > 0 {
                gate.open.notify_one();
                tokio::task::yield_now().await;
            }
        };
        let (answers, ()) = tokio::join!(all, open);
        assert!(answers.iter().all(Result::is_ok));
        assert_eq!(gate.most.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn memory_is_bounded() {
        let gate = Arc::new(Gate::default());
        let cached = Cached::with_budget(gate.clone(), 8, 200_000);
        for i in 0..2_000 {
            gate.open.notify_one();
            assert!(cached.lookup(&name(&format!("h{i}.example")), RecordType::A).await.is_ok());
            // What is used all the time stays.
            gate.open.notify_one();
            assert!(cached.lookup(&name("often.example"), RecordType::A).await.is_ok());
        }
        let kept: usize = cached.core.shards.iter().map(lock).map(|s| s.young.len() + s.old.len()).sum();
        assert!(kept * (ENTRY_OVERHEAD + 200) <= 200_000, "{kept}");
        assert!(kept > 100, "{kept}");
        assert_eq!(cached.questions(), 2_001);
    }
}
