//! Senders and what is known of them, in as little memory as goes: 128 octets a sender and domain.
//!
//! Names are kept once, and so are sets of names: a sender holds numbers of sets.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use super::{MAX_NAME_BYTES, MAX_NAMES, MAX_SENDERS, MAX_SETS, SET_SIZE};

/// The counts of one sender for one policy domain.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) messages: u64,
    pub(crate) dkim: u64,
    pub(crate) spf: u64,
    /// Either of the two.
    pub(crate) pass: u64,
    pub(crate) none: u64,
    pub(crate) disposed_pass: u64,
    pub(crate) quarantine: u64,
    pub(crate) reject: u64,
    /// Messages whose policy was overridden because somebody forwarded them.
    pub(crate) forwarded: u64,
    pub(crate) ip: [u8; 16],
    pub(crate) domain: u32,
    pub(crate) header_from: u32,
    pub(crate) envelope_from: u32,
    pub(crate) dkim_results: u32,
    pub(crate) spf_results: u32,
    pub(crate) reasons: u32,
    pub(crate) reporters: u32,
    /// One of the sets is not all there was.
    pub(crate) cut: bool,
}

impl Entry {
    fn new(domain: u32, ip: [u8; 16]) -> Self {
        Entry {
            messages: 0,
            dkim: 0,
            spf: 0,
            pass: 0,
            none: 0,
            disposed_pass: 0,
            quarantine: 0,
            reject: 0,
            forwarded: 0,
            ip,
            domain,
            header_from: 0,
            envelope_from: 0,
            dkim_results: 0,
            spf_results: 0,
            reasons: 0,
            reporters: 0,
            cut: false,
        }
    }
}

/// Entries with an index of four octets a slot beside them.
#[derive(Debug, Default)]
pub(crate) struct Senders {
    pub(crate) entries: Vec<Entry>,
    /// Numbers of entries plus one; 0 is a free slot. The length is a power of two.
    index: Vec<u32>,
    hasher: RandomState,
}

impl Senders {
    /// The entry of this sender, a new one where there is none; `None` when the table is full.
    pub(crate) fn entry(&mut self, domain: u32, ip: [u8; 16]) -> Option<&mut Entry> {
        if (self.entries.len() + 1) * 4 > self.index.len() * 3 {
            self.grow();
        }
        let mask = self.index.len() - 1;
        let mut slot = self.hasher.hash_one((domain, ip)) as usize & mask;
        let at = loop {
            match self.index[slot] as usize {
                0 if self.entries.len() >= MAX_SENDERS => return None,
                0 => {
                    self.entries.push(Entry::new(domain, ip));
                    self.index[slot] = self.entries.len() as u32;
                    break self.entries.len() - 1;
                }
                n if self.entries[n - 1].ip == ip && self.entries[n - 1].domain == domain => break n - 1,
                _ => slot = (slot + 1) & mask,
            }
        };
        Some(&mut self.entries[at])
    }

    fn grow(&mut self) {
        let size = (self.index.len() * 2).max(64);
        self.index = vec![0; size];
        for (number, entry) in self.entries.iter().enumerate() {
            let mut slot = self.hasher.hash_one((entry.domain, entry.ip)) as usize & (size - 1);
            while self.index[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.index[slot] = number as u32 + 1;
        }
    }

    /// The entries alone, the index given back.
    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

/// Every name once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    list: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    bytes: usize,
}

impl Names {
    /// The number of a name; `None` when the bound is reached and it is a new one.
    pub(crate) fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(&number) = self.numbers.get(name) {
            return Some(number);
        }
        if self.list.len() >= MAX_NAMES || self.bytes + name.len() > MAX_NAME_BYTES {
            return None;
        }
        let (name, number): (Arc<str>, _) = (name.into(), self.list.len() as u32);
        self.bytes += name.len();
        self.list.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        Some(number)
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        self.list.get(number as usize).map_or("", |name| name)
    }
}

/// Every set of names once. Set 0 is empty.
#[derive(Debug, Clone)]
pub(crate) struct Sets {
    list: Vec<Arc<[u32]>>,
    numbers: HashMap<Arc<[u32]>, u32>,
    /// (set, name) → set with the name
    steps: HashMap<(u32, u32), u32>,
}

impl Default for Sets {
    fn default() -> Self {
        let empty: Arc<[u32]> = Arc::from([]);
        Sets { list: vec![Arc::clone(&empty)], numbers: HashMap::from([(empty, 0)]), steps: HashMap::new() }
    }
}

impl Sets {
    /// The set with one name more; `None` when it would be too large or there are too many sets.
    pub(crate) fn with(&mut self, set: u32, name: u32) -> Option<u32> {
        let old = self.list.get(set as usize)?;
        if old.contains(&name) {
            return Some(set);
        }
        if let Some(&next) = self.steps.get(&(set, name)) {
            return Some(next);
        }
        if old.len() >= SET_SIZE {
            return None;
        }
        let mut new = old.to_vec();
        new.push(name);
        new.sort_unstable();
        let number = match self.numbers.get(new.as_slice()) {
            Some(&number) => number,
            None if self.list.len() >= MAX_SETS => return None,
            None => {
                let (new, number): (Arc<[u32]>, _) = (new.into(), self.list.len() as u32);
                self.list.push(Arc::clone(&new));
                self.numbers.insert(new, number);
                number
            }
        };
        if self.steps.len() < 2 * MAX_SETS {
            self.steps.insert((set, name), number);
        }
        Some(number)
    }

    pub(crate) fn get(&self, set: u32) -> &[u32] {
        self.list.get(set as usize).map_or(&[], |set| set)
    }

    /// Each set in the order of its names, for good: no set is added afterwards.
    pub(crate) fn seal(&mut self, names: &Names) {
        self.steps = HashMap::new();
        self.numbers = HashMap::new();
        for set in &mut self.list {
            let mut sorted = set.to_vec();
            sorted.sort_unstable_by_key(|&n| names.get(n));
            *set = sorted.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_small_and_found_again() {
        assert!(size_of::<Entry>() <= 128);
        let mut senders = Senders::default();
        for i in 0..10_000u32 {
            let ip = (u128::from(i % 5000)).to_be_bytes();
            senders.entry(i % 2, ip).unwrap().messages += 1;
        }
        assert_eq!(senders.entries.len(), 5000);
        assert!(senders.entries.iter().all(|e| e.messages == 2));
    }

    #[test]
    fn sets_are_the_same_in_any_order_and_bounded() {
        let mut sets = Sets::default();
        let one = sets.with(0, 1).and_then(|s| sets.with(s, 2));
        let two = sets.with(0, 2).and_then(|s| sets.with(s, 1));
        assert_eq!(one, two);
        let full = (0..SET_SIZE as u32).fold(0, |set, n| sets.with(set, n).unwrap());
        assert_eq!(sets.with(full, 3), Some(full));
        assert_eq!(sets.with(full, 10_000), None);
    }
}
