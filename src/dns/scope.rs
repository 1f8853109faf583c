//! What one domain or message may cost.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use futures_util::future::{BoxFuture, FutureExt as _, poll_immediate};
use tokio::time::{Instant, timeout_at};

use super::{DnsError, Lookup, Name, Question, RecordType, Resolver, Unavailable, Via, pass_on};

/// Questions that one domain costs at most.
pub const MAX_QUESTIONS: usize = 500;

/// A resolver that one domain or message asks through: it counts, and it ends.
///
/// A question beyond the bound, or after the deadline, gets [`Unavailable::Cut`]; one that is in
/// flight at the deadline gets [`DnsError::Timeout`]. A question asked again costs nothing.
/// What is counted are the domain's own questions, whether or not another domain had asked them
/// before, so that the count does not depend on who else is checked in the same run.
pub struct Scope<R> {
    inner: R,
    deadline: Option<Instant>,
    limit: usize,
    asked: Mutex<HashSet<Question>>,
    cut: AtomicBool,
}

impl<R: Resolver> Scope<R> {
    /// A scope that ends at `deadline` (if any) or after [`MAX_QUESTIONS`].
    ///
    /// With a deadline it must be polled within a tokio runtime.
    pub fn new(inner: R, deadline: Option<Instant>) -> Self {
        Self::with_limit(inner, deadline, MAX_QUESTIONS)
    }

    /// The same with another bound.
    pub fn with_limit(inner: R, deadline: Option<Instant>, limit: usize) -> Self {
        Self { inner, deadline, limit, asked: Mutex::default(), cut: AtomicBool::new(false) }
    }

    /// How many different questions were asked.
    pub fn questions(&self) -> usize {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether anything was not asked, or not waited for.
    pub fn was_cut(&self) -> bool {
        self.cut.load(Ordering::Relaxed)
    }

    fn admit(&self, question: Question) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() < self.limit {
            asked.insert(question);
            return true;
        }
        asked.contains(&question)
    }

    async fn ask(&self, name: &Name, rtype: RecordType, via: Option<&Via>) -> Lookup {
        let over = self.deadline.is_some_and(|d| Instant::now() >= d);
        let cut = |error: DnsError| {
            self.cut.store(true, Ordering::Relaxed);
            self.inner.note(&Question::new(name, rtype, via), &error);
            Err(error)
        };
        if over || !self.admit(Question::new(name, rtype, via)) {
            return cut(DnsError::Unavailable(Unavailable::Cut));
        }
        let mut answer = pin!(pass_on(&self.inner, name, rtype, via));
        let Some(deadline) = self.deadline else { return answer.await };
        // What is known already needs no timer.
        if let Some(known) = poll_immediate(&mut answer).await {
            return known;
        }
        timeout_at(deadline, answer).await.unwrap_or_else(|_| cut(DnsError::Timeout))
    }
}

impl<R: Resolver> Resolver for Scope<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        self.ask(name, rtype, None).boxed()
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        self.ask(name, rtype, Some(via)).boxed()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::dns::recording::Recording;

    struct Never;

    impl Resolver for Never {
        fn lookup<'a>(&'a self, _: &'a Name, _: RecordType) -> BoxFuture<'a, Lookup> {
            std::future::pending().boxed()
        }
    }

    const CUT: Lookup = Err(DnsError::Unavailable(Unavailable::Cut));

    #[test]
    fn questions_are_bounded_and_repeats_are_free() {
        let scope = Scope::with_limit(Recording::closed_world(), None, 2);
        let ask = |text: &str| scope.lookup(&Name::parse(text).unwrap(), RecordType::A).now_or_never().unwrap();
        for host in ["a.example", "b.example", "a.example"] {
            assert_eq!(ask(host), Err(DnsError::NxDomain));
        }
        assert!(!scope.was_cut());
        assert_eq!(ask("c.example"), CUT);
        assert_eq!(ask("b.example"), Err(DnsError::NxDomain));
        assert!(scope.was_cut());
        assert_eq!(scope.questions(), 2);
    }

    #[tokio::test]
    async fn the_deadline_ends_what_is_in_flight_and_what_comes_after() {
        let scope = Scope::new(Never, Some(Instant::now() + Duration::from_millis(20)));
        let name = Name::parse("a.example").unwrap();
        assert_eq!(scope.lookup(&name, RecordType::A).await, Err(DnsError::Timeout));
        assert_eq!(scope.lookup(&name, RecordType::Mx).await, CUT);
        assert_eq!(scope.questions(), 1);
        assert!(scope.was_cut());
    }
}
