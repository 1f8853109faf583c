//! What was read: entries, errors and zones, and the ways to find them.

mod entry;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::ignore::Ignored;
use super::include::{Disk, Loader, Source};
use super::parse::{Parsed, Parser};
use super::position::{Location, Place};
use super::problem::Problem;
use crate::dns::{Name, RecordType};

pub use entry::{Entry, RelativeName};

/// The entry names its TTL.
pub(super) const ENTRY_TTL_GIVEN: u16 = 1;

/// An entry as it is kept; offsets count over all texts of the run.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawEntry {
    pub owner: u32,
    pub origin: u32,
    pub start: u32,
    pub data: u32,
    pub end: u32,
    pub ttl: u32,
    pub rtype: u16,
    pub flags: u16,
}

/// An error as it is kept.
#[derive(Debug)]
pub(super) struct RawError {
    pub entry: Range<u32>,
    pub spot: Range<u32>,
    pub problem: Problem,
    pub owner: Option<u32>,
    pub rtype: Option<RecordType>,
    pub ignored: Vec<Ignored>,
}

/// How files are read.
#[derive(Default)]
pub struct LoadOptions<'a> {
    /// `--origin`: what relative names are below until `$ORIGIN` says otherwise.
    pub origin: Option<Name>,
    /// Who opens what `$INCLUDE` names; [`Disk`] by default.
    pub loader: Option<&'a dyn Loader>,
}

/// A file that could not be made sense of from some line on; the others were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{file}: {kind}")]
pub struct Fatal {
    /// The file as it was named.
    pub file: String,
    /// What is the matter with it.
    pub kind: FatalKind,
}

/// See [`Fatal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum FatalKind {
    /// Neither `--origin` nor `$ORIGIN` nor an SOA with an absolute owner says which zone this is.
    #[error("line {line}: no origin is known for the names; add $ORIGIN to the file or give --origin NAME")]
    NoOrigin {
        /// The first line with a relative name; 1 if there is none.
        line: u32,
    },
    /// All texts of a run together are 4 GiB or more.
    #[error("too large")]
    TooLarge,
}

/// A zone that the files hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The name of the zone: the SOA's owner, or the origin where there is no SOA.
    pub apex: Name,
    /// The SOA, as a number for [`ZoneSet::entry`].
    pub soa: Option<usize>,
    /// The SOA, or the first record of the zone.
    pub first: Option<usize>,
    /// Records are missing (an `$INCLUDE` that failed, a `$GENERATE` beyond the limit): what is
    /// not found may be among them.
    pub incomplete: bool,
}

/// An entry that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub problem: Problem,
    /// The whole entry.
    pub entry: Location,
    /// The word that is wrong; where something is missing, the last word before it.
    pub location: Location,
    /// That word, cut after 80 characters.
    pub word: String,
    /// The owner, where it could be read.
    pub owner: Option<Name>,
    /// The type, where it could be read.
    pub rtype: Option<RecordType>,
    /// What the entry's comments ask to ignore.
    pub ignored: Vec<Ignored>,
}

/// A comment that speaks to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands.
    pub location: Location,
    /// What it says, cut after 80 characters.
    pub text: String,
    /// What it asks to ignore; `None` where it asks for something that is not known.
    pub ignored: Option<Ignored>,
    /// It stands beside no record, and so speaks of none.
    pub alone: bool,
}

/// All that was read from the files of a run; names are shared between them.
#[derive(Debug, Default)]
pub struct ZoneSet {
    parsed: Parsed,
    fatal: Vec<Fatal>,
    zones: Vec<Zone>,
    by_apex: HashMap<Name, usize>,
    /// Entries by owner: `by_owner[owner_start[o]..owner_start[o + 1]]`.
    owner_start: Vec<u32>,
    by_owner: Vec<u32>,
    /// Of owners with many entries of a type, those of each value; made when it is first asked for.
    by_value: Mutex<HashMap<(Name, RecordType), ByValue>>,
}

/// Numbers of entries by their value.
type ByValue = HashMap<String, Vec<u32>>;

/// From so many entries of an owner and type on it is worth remembering their values.
const MANY: usize = 16;

impl ZoneSet {
    /// Reads files. What cannot be read is in [`ZoneSet::errors`] and [`ZoneSet::fatal`].
    pub fn load(sources: impl IntoIterator<Item = Source>, options: &LoadOptions<'_>) -> Self {
        let mut parser = Parser::new(options.loader.unwrap_or(&Disk), options.origin.clone());
        let mut fatal = Vec::new();
        for source in sources {
            let file = source.name.clone();
            if let Err(kind) = parser.file(source) {
                fatal.push(Fatal { file, kind });
            }
        }
        let mut set = Self { parsed: parser.out, fatal, ..Self::default() };
        set.parsed.entries.shrink_to_fit();
        set.parsed.unknown.sort_unstable();
        set.parsed.unknown.dedup();
        set.index();
        set.find_zones();
        set
    }

    /// Files that could not be made sense of.
    pub fn fatal(&self) -> &[Fatal] {
        &self.fatal
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.parsed.entries.len()
    }

    /// Whether no entry could be read.
    pub fn is_empty(&self) -> bool {
        self.parsed.entries.is_empty()
    }

    /// The entries, in the order of the files.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        (0..self.len()).map(|id| Entry { set: self, id, raw: self.parsed.entries[id] })
    }

    /// The entry of a number, counted from 0 in the order of the files.
    pub fn entry(&self, id: usize) -> Option<Entry<'_>> {
        self.parsed.entries.get(id).map(|raw| Entry { set: self, id, raw: *raw })
    }

    /// All entries of an owner: by type, those of a type in the order of the files.
    pub fn at(&self, owner: &Name) -> impl Iterator<Item = Entry<'_>> + Clone {
        let id = self.parsed.names.find(owner.as_str());
        self.entries_of(id)
    }

    /// The entries of an owner and type, in the order of the files.
    pub fn find(&self, owner: &Name, rtype: RecordType) -> impl Iterator<Item = Entry<'_>> + Clone {
        self.numbered(self.typed(owner.as_str(), rtype))
    }

    /// The entries of an owner and type with a value, as [`Entry::value`] has it, in the order of the files.
    pub(crate) fn with_value(&self, owner: &Name, rtype: RecordType, value: &str) -> impl Iterator<Item = Entry<'_>> {
        let ids = self.typed(owner.as_str(), rtype);
        let value_of = |id: u32| self.entry(id as usize).map(|entry| entry.value());
        let found: Vec<u32> = if ids.len() < MANY {
            ids.iter().copied().filter(|id| value_of(*id).is_some_and(|v| v == value)).collect()
        } else {
            let mut known = self.by_value.lock().unwrap_or_else(PoisonError::into_inner);
            let values = known.entry((owner.clone(), rtype)).or_insert_with(|| {
                let mut values = ByValue::new();
                for &id in ids {
                    values.entry(value_of(id).unwrap_or_default()).or_default().push(id);
                }
                values
            });
            values.get(value).cloned().unwrap_or_default()
        };
        found.into_iter().filter_map(|id| self.entry(id as usize))
    }

    /// Whether an owner, in the form of [`Name::as_str`], has an entry of a type.
    pub(crate) fn has_type(&self, owner: &str, rtype: RecordType) -> bool {
        !self.typed(owner, rtype).is_empty()
    }

    /// Each owner once, with its entries.
    pub fn owners(&self) -> impl Iterator<Item = (&Name, impl Iterator<Item = Entry<'_>> + Clone)> {
        (0..self.parsed.names.len() as u32).filter_map(|id| {
            let entries = self.entries_of(Some(id));
            entries.clone().next()?;
            Some((self.parsed.names.get(id)?, entries))
        })
    }

    /// Each owner that has an entry of a type, with all its entries.
    pub fn owners_with(
        &self,
        rtype: RecordType,
    ) -> impl Iterator<Item = (&Name, impl Iterator<Item = Entry<'_>> + Clone)> {
        let code = rtype.code();
        self.parsed.entries.iter().enumerate().filter(move |(_, raw)| raw.rtype == code).filter_map(move |(id, raw)| {
            let ids = self.ids_of(Some(raw.owner));
            // Once for each owner: at the first of its entries of the type.
            let at = ids.partition_point(|&n| self.parsed.entries.get(n as usize).is_some_and(|e| e.rtype < code));
            let is_first = ids.get(at).is_some_and(|&first| first as usize == id);
            is_first.then_some((self.parsed.names.get(raw.owner)?, self.numbered(ids)))
        })
    }

    /// The entries of each owner and type, as numbers for [`ZoneSet::entry`].
    pub fn rrsets(&self) -> impl Iterator<Item = &[u32]> {
        let key = |id: &u32| self.parsed.entries.get(*id as usize).map(|e| (e.owner, e.rtype));
        self.by_owner.chunk_by(move |a, b| key(a) == key(b))
    }

    /// Owners of entries that could not be read, each as often as it has such types.
    pub fn unknown_owners(&self) -> impl Iterator<Item = &Name> {
        self.parsed.unknown.iter().filter_map(|(id, _)| self.parsed.names.get(*id))
    }

    /// Whether an entry of this owner that could not be read may have been of this type.
    pub fn is_unknown(&self, owner: &Name, rtype: RecordType) -> bool {
        let Some(id) = self.parsed.names.find(owner.as_str()) else { return false };
        let found = |code: u16| self.parsed.unknown.binary_search(&(id, code)).is_ok();
        !self.parsed.unknown.is_empty() && (found(0) || found(rtype.code()))
    }

    /// Whether the owner has an entry that could not be read.
    pub fn has_unknown(&self, owner: &Name) -> bool {
        let Some(id) = self.parsed.names.find(owner.as_str()) else { return false };
        let at = self.parsed.unknown.partition_point(|(o, _)| *o < id);
        self.parsed.unknown.get(at).is_some_and(|(o, _)| *o == id)
    }

    /// Entries that could not be read, in the order of the files; at most 10,000 of them.
    pub fn errors(&self) -> impl ExactSizeIterator<Item = SyntaxError> + '_ {
        self.parsed.errors.iter().map(|raw| SyntaxError {
            problem: raw.problem,
            entry: self.locate(raw.entry.clone()),
            location: self.locate(raw.spot.clone()),
            word: shorten(self.slice(&raw.spot)),
            owner: raw.owner.and_then(|o| self.parsed.names.get(o)).cloned(),
            rtype: raw.rtype,
            ignored: raw.ignored.clone(),
        })
    }

    /// How many more entries could not be read than [`ZoneSet::errors`] tells of.
    pub fn errors_dropped(&self) -> usize {
        self.parsed.errors_dropped
    }

    /// Comments that begin with `mailauth:`, in the order of the files; at most 10,000 of them.
    pub fn remarks(&self) -> impl Iterator<Item = Remark> + '_ {
        let mut last = None;
        // What follows a broken entry may have been read twice.
        let once = self.parsed.remarks.iter().filter(move |(range, _)| last.replace(range.start) != Some(range.start));
        once.map(|(range, alone)| {
            let text = String::from_utf8_lossy(self.slice(range));
            Remark {
                location: self.locate(range.clone()),
                ignored: Ignored::parse(&text),
                text: shorten(text.trim().as_bytes()),
                alone: *alone,
            }
        })
    }

    /// Says that the files are a part of what there is: what is not found in them is unknown, not missing.
    pub fn mark_incomplete(&mut self) {
        self.zones.iter_mut().for_each(|zone| zone.incomplete = true);
    }

    /// The zones that the files hold, in the order of their first mention.
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// The zone that a name lies in: the one with the longest apex at or above it.
    pub fn zone_of(&self, name: &Name) -> Option<&Zone> {
        if let [only] = &*self.zones {
            return name.is_within(&only.apex).then_some(only);
        }
        suffixes(name.as_str()).find_map(|suffix| self.by_apex.get(suffix)).and_then(|&i| self.zones.get(i))
    }

    /// The name of the first file, and of each further one, as locations have them.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.parsed.places.iter().filter(|p| p.made_by.is_none()).map(|p| &*p.name)
    }

    fn entries_of(&self, owner: Option<u32>) -> impl Iterator<Item = Entry<'_>> + Clone {
        self.numbered(self.ids_of(owner))
    }

    fn numbered<'s>(&'s self, ids: &'s [u32]) -> impl Iterator<Item = Entry<'s>> + Clone {
        ids.iter().filter_map(|&id| self.entry(id as usize))
    }

    fn ids_of(&self, owner: Option<u32>) -> &[u32] {
        let bound = |o: usize| self.owner_start.get(o).map_or(0, |&n| n as usize);
        let range = owner.map_or(0..0, |o| bound(o as usize)..bound(o as usize + 1));
        self.by_owner.get(range).unwrap_or_default()
    }

    fn typed(&self, owner: &str, rtype: RecordType) -> &[u32] {
        let ids = self.ids_of(self.parsed.names.find(owner));
        let code = |id: &u32| self.parsed.entries.get(*id as usize).map_or(0, |e| e.rtype);
        let from = ids.partition_point(|id| code(id) < rtype.code());
        let to = ids.partition_point(|id| code(id) <= rtype.code());
        ids.get(from..to).unwrap_or_default()
    }

    /// Sorts entries by owner, by counting.
    fn index(&mut self) {
        let mut start = vec![0_u32; self.parsed.names.len() + 1];
        for entry in &self.parsed.entries {
            start[entry.owner as usize + 1] += 1;
        }
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        let mut next = start.clone();
        let mut sorted = vec![0; self.parsed.entries.len()];
        for (id, entry) in self.parsed.entries.iter().enumerate() {
            let place = &mut next[entry.owner as usize];
            sorted[*place as usize] = id as u32;
            *place += 1;
        }
        for range in start.windows(2) {
            // Already in the order of the files; by type, so that a type is found without reading all.
            if let Some(own) = sorted.get_mut(range[0] as usize..range[1] as usize)
                && own.len() > 1
            {
                own.sort_by_key(|&id| self.parsed.entries[id as usize].rtype);
            }
        }
        (self.owner_start, self.by_owner) = (start, sorted);
    }

    /// An SOA whose owner is the origin without its final dot belongs to the origin, where records stand:
    /// so do some providers export their zones.
    fn adopt_soas(&mut self) {
        let soa = RecordType::Soa.code();
        let mut adopted = Vec::new();
        for (id, entry) in self.parsed.entries.iter().enumerate().filter(|(_, entry)| entry.rtype == soa) {
            let (Some(owner), Some(origin)) = (self.parsed.names.get(entry.owner), self.parsed.names.get(entry.origin))
            else {
                continue;
            };
            let doubled = !origin.is_root() && origin.prepend(origin.as_str()).is_ok_and(|doubled| doubled == *owner);
            let free = || self.typed(origin.as_str(), RecordType::Soa).is_empty();
            if doubled && free() && !self.ids_of(Some(entry.origin)).is_empty() {
                adopted.push((id, entry.origin));
            }
        }
        if adopted.is_empty() {
            return;
        }
        for (id, origin) in adopted {
            self.parsed.entries[id].owner = origin;
        }
        self.index();
    }

    fn find_zones(&mut self) {
        self.adopt_soas();
        let soa = RecordType::Soa.code();
        for id in 0..self.len() {
            let entry = self.parsed.entries[id];
            if entry.rtype == soa {
                self.add_zone(entry.owner, Some(id));
            }
        }
        let with_soa = self.zones.len();
        // Origins without SOA: neither inside a zone nor above one (`$ORIGIN de.` and then `example IN SOA`).
        let mut above: HashSet<&str> = HashSet::new();
        for zone in &self.zones {
            for suffix in suffixes(zone.apex.as_str()) {
                if !above.insert(suffix) {
                    break;
                }
            }
        }
        let mut origins = self.parsed.origins.clone();
        let mut seen = HashSet::new();
        origins.retain(|id| {
            let name = self.parsed.names.get(*id);
            seen.insert(*id) && name.is_some_and(|n| !above.contains(n.as_str()) && self.zone_of(n).is_none())
        });
        // The upper of two origins is the zone.
        origins.sort_by_key(|id| self.parsed.names.get(*id).map_or(0, Name::label_count));
        for id in origins {
            if self.parsed.names.get(id).is_some_and(|n| self.zone_of(n).is_none()) {
                self.add_zone(id, None);
            }
        }
        if self.zones.len() > with_soa {
            self.find_first_records();
            // An origin that nothing was written below is none, unless it is all there is.
            if self.zones.iter().any(|z| z.first.is_some()) {
                let hidden: HashSet<_> = self.parsed.hidden.iter().collect();
                let names = &self.parsed.names;
                let errs: HashSet<&str> = hidden.iter().filter_map(|h| names.get(**h)).map(Name::as_str).collect();
                self.zones.retain(|z| z.first.is_some() || errs.contains(z.apex.as_str()));
            }
            self.by_apex = self.zones.iter().enumerate().map(|(i, z)| (z.apex.clone(), i)).collect();
        }
        for origin in std::mem::take(&mut self.parsed.hidden) {
            let zone = self
                .parsed
                .names
                .get(origin)
                .and_then(|name| suffixes(name.as_str()).find_map(|suffix| self.by_apex.get(suffix)).copied());
            match zone {
                Some(i) => self.zones[i].incomplete = true,
                // Lost above the zones (`$ORIGIN .`): it may have been of any of them.
                None => self.zones.iter_mut().for_each(|z| z.incomplete = true),
            }
        }
    }

    fn add_zone(&mut self, apex: u32, soa: Option<usize>) {
        if let Some(name) = self.parsed.names.get(apex)
            && !self.by_apex.contains_key(name)
        {
            self.by_apex.insert(name.clone(), self.zones.len());
            self.zones.push(Zone { apex: name.clone(), soa, first: soa, incomplete: false });
        }
    }

    fn find_first_records(&mut self) {
        let mut last = u32::MAX;
        for id in 0..self.len() {
            let owner = self.parsed.entries[id].owner;
            if owner == last {
                continue;
            }
            last = owner;
            let zone = self
                .parsed
                .names
                .get(owner)
                .and_then(|name| suffixes(name.as_str()).find_map(|suffix| self.by_apex.get(suffix)).copied());
            if let Some(zone) = zone.and_then(|i| self.zones.get_mut(i)) {
                zone.first.get_or_insert(id);
            }
        }
    }

    fn place(&self, at: u32) -> Option<&Place> {
        let i = self.parsed.places.partition_point(|p| p.base <= at);
        self.parsed.places.get(i.checked_sub(1)?)
    }

    fn slice(&self, range: &Range<u32>) -> &[u8] {
        let Some(place) = self.place(range.start) else { return &[] };
        place.text.get((range.start - place.base) as usize..(range.end - place.base) as usize).unwrap_or_default()
    }

    fn locate(&self, range: Range<u32>) -> Location {
        self.locate_all(range.start, [range]).remove(0)
    }

    /// Locates stretches of one text, the one that holds `at`; there are as many answers as stretches.
    fn locate_all(&self, at: u32, stretches: impl IntoIterator<Item = Range<u32>>) -> Vec<Location> {
        let stretches = stretches.into_iter();
        let Some(place) = self.place(at) else {
            let nowhere = Location { file: "".into(), line: 1, column: 1, end_line: 1, end_column: 1 };
            return stretches.map(|_| nowhere.clone()).collect();
        };
        match &place.made_by {
            Some(directive) => {
                let location = self.locate(directive.clone());
                stretches.map(|_| location.clone()).collect()
            }
            None => place.locate_all(
                stretches.map(|r| (r.start - place.base) as usize..r.end.saturating_sub(place.base) as usize),
            ),
        }
    }
}

/// The name, and each name above it, the root included.
pub(crate) fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(name);
    std::iter::from_fn(move || {
        let current = rest?;
        rest = (!current.is_empty()).then(|| {
            let mut at = 0;
            let bytes = current.as_bytes();
            while let Some(&b) = bytes.get(at) {
                match b {
                    b'\\' => at += 2,
                    b'.' => break,
                    _ => at += 1,
                }
            }
            current.get(at + 1..).unwrap_or("")
        });
        Some(current)
    })
}

fn shorten(word: &[u8]) -> String {
    let head = word.get(..word.len().min(400)).unwrap_or_default();
    String::from_utf8_lossy(head).chars().take(80).collect()
}
