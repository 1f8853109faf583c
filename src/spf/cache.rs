//! Parsed records, kept between the checks of a run.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

use super::parse::{Parsed, is_spf, parse};
use crate::dns::{Answer, Name};

/// The SPF record of one TXT answer.
#[derive(Debug)]
pub(super) enum Policy {
    None,
    Several(usize),
    Record { text: String, parsed: Parsed },
}

impl Policy {
    fn of(answer: &Answer) -> Self {
        let mut texts = answer.texts().map(crate::dns::Text::to_text).filter(|t| is_spf(t));
        let Some(text) = texts.next() else { return Self::None };
        // RFC 7208 §4.5: more than one record is a permerror, even when they are identical.
        match texts.count() {
            0 => Self::Record { parsed: parse(&text), text },
            more => Self::Several(more + 1),
        }
    }
}

type Shard = RwLock<HashMap<Name, (Arc<Answer>, Arc<Policy>)>>;

/// The most parsed records that a shard keeps.
const SHARD_SIZE: usize = 1024;

/// Records by name, each with the answer that it was read from.
#[derive(Debug, Default)]
pub(super) struct PolicyCache {
    shards: [Shard; 16],
    hasher: RandomState,
}

impl PolicyCache {
    /// The record of an answer, parsed at most once as long as the answer stays the same.
    pub(super) fn get(&self, name: &Name, answer: &Arc<Answer>) -> Arc<Policy> {
        let index = usize::try_from(self.hasher.hash_one(name) & 15).unwrap_or(0);
        let Some(shard) = self.shards.get(index) else { return Arc::new(Policy::of(answer)) };
        let seen = shard.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        match seen {
            Some((old, policy)) if Arc::ptr_eq(&old, answer) => policy,
            Some((old, policy)) if old.records == answer.records => policy,
            _ => {
                let policy = Arc::new(Policy::of(answer));
                let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
                if shard.len() >= SHARD_SIZE {
                    shard.clear();
                }
                shard.insert(name.clone(), (answer.clone(), policy.clone()));
                policy
            }
        }
    }
}
