//! What was made of answers, kept between the domains or messages of a run.
//!
//! A resolver hands out the same answer again and again for as long as it counts; what was read from it is good for
//! as long. When it hands out another one, that is read anew, so nothing here outlives its answer.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

use super::{Answer, Name};

/// The most entries of a shard.
const SHARD_SIZE: usize = 64;
const SHARDS: usize = 16;
/// What is made of a larger answer is not kept: few answers are so large, and what is made of one may be larger still.
const MOST_OCTETS: usize = 4096;

type Shard<T> = RwLock<HashMap<Name, (Arc<Answer>, Arc<T>)>>;

/// Something made of the answers to one kind of question, by their names; about a thousand of them.
pub struct Derived<T> {
    shards: [Shard<T>; SHARDS],
    hasher: RandomState,
}

impl<T> Default for Derived<T> {
    fn default() -> Self {
        Self { shards: Default::default(), hasher: RandomState::new() }
    }
}

impl<T> fmt::Debug for Derived<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Derived").finish_non_exhaustive()
    }
}

impl<T> Derived<T> {
    /// What `make` makes of an answer, made at most once as long as the answer stays the same.
    pub fn get(&self, name: &Name, answer: &Arc<Answer>, make: impl FnOnce(&Answer) -> T) -> Arc<T> {
        let shard = self.shards.get(self.hasher.hash_one(name) as usize % SHARDS);
        let seen = shard.and_then(|s| s.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned());
        match seen {
            Some((old, made)) if Arc::ptr_eq(&old, answer) || old.records == answer.records => return made,
            _ => {}
        }
        let made = Arc::new(make(answer));
        let octets: usize = answer.texts().flat_map(|text| text.strings().map(<[u8]>::len)).sum();
        if let Some(shard) = shard.filter(|_| octets <= MOST_OCTETS) {
            let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
            if shard.len() >= SHARD_SIZE {
                shard.clear();
            }
            shard.insert(name.clone(), (answer.clone(), made.clone()));
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{RecordData, Text};

    fn answer(text: &str) -> Arc<Answer> {
        Arc::new(Answer::new([RecordData::Txt(Text::new([text]))]))
    }

    fn joined(answer: &Answer) -> String {
        answer.texts().map(Text::to_text).collect()
    }

    #[test]
    fn an_answer_is_read_once_and_another_one_anew() {
        let name = Name::parse("a.example").unwrap();
        let kept = Derived::default();
        let first = answer("one");
        assert_eq!(*kept.get(&name, &first, joined), "one");
        let never = |_: &Answer| -> String { unreachable!("it was read before") };
        assert_eq!(*kept.get(&name, &first, never), "one");
        // The same records in an answer that came later.
        assert_eq!(*kept.get(&name, &answer("one"), never), "one");
        assert_eq!(*kept.get(&name, &answer("two"), joined), "two");
        assert_eq!(*kept.get(&name, &answer("two"), never), "two");
    }

    #[test]
    fn memory_is_bounded() {
        let kept = Derived::default();
        for i in 0..10_000 {
            kept.get(&Name::parse(&format!("h{i}.example")).unwrap(), &answer("x"), joined);
        }
        let large = answer(&"x".repeat(MOST_OCTETS + 1));
        let name = Name::parse("large.example").unwrap();
        kept.get(&name, &large, joined);
        let count: usize = kept.shards.iter().map(|s| s.read().unwrap().len()).sum();
        assert!((1..=SHARDS * SHARD_SIZE).contains(&count), "{count}");
        assert!(kept.shards.iter().all(|s| !s.read().unwrap().contains_key(&name)));
    }
}
