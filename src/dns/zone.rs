//! Answers from zone files, as the servers of those zones and a resolver that asks them would give
//! them (RFC 1034 §4.3.2, RFC 2308, RFC 4592, RFC 6672).
//!
//! Names outside the zones, and below a delegation, are [`Unavailable::Offline`], never missing; who else is asked for
//! them, [`super::stack::Layered`] says.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::{BoxFuture, FutureExt as _, ready};

use super::{Answer, DnsError, Lookup, MAX_ALIASES, Name, Partial, RecordData, RecordType, Resolver, Unavailable};
use crate::zonefile::{Entry, Zone, ZoneSet, suffixes};

/// Answers of more records than this are kept, so that asking again costs nothing.
const KEEP_FROM: usize = 16;

/// Zone files as a resolver.
///
/// ```
/// use std::sync::Arc;
/// use mailauth::dns::{Name, RecordType, Resolver, zone::Zones};
/// use mailauth::zonefile::{LoadOptions, Source, ZoneSet};
/// # futures_util::FutureExt::now_or_never(async {
/// let text = "$ORIGIN example.de.\n@ IN TXT \"v=spf1 -all\"\n";
/// let zones = Zones::new(Arc::new(ZoneSet::load([Source::memory("-", text)], &LoadOptions::default())));
/// let answer = zones.lookup(&Name::parse("example.de").unwrap(), RecordType::Txt).await.unwrap();
/// assert_eq!(answer.texts().next().unwrap().to_text(), "v=spf1 -all");
/// # }).unwrap();
/// ```
pub struct Zones {
    set: Arc<ZoneSet>,
    /// There are NS records below an apex, DNAME records, and wildcards; most zones have none of them.
    has_cuts: bool,
    has_dnames: bool,
    has_wildcards: bool,
    /// Hashes, keyed at random, of names that exist because something below them does.
    inner: HashSet<u64>,
    hasher: RandomState,
    kept: Mutex<HashMap<(Name, RecordType), Arc<Answer>>>,
}

/// How far the files answer a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// All the way.
    Done(Lookup),
    /// Somebody else has to be asked for `name`.
    Elsewhere {
        /// The name asked for, or the end of the aliases that the files hold.
        name: Name,
        /// The aliases that lead there.
        aliases: Vec<Name>,
        /// The least TTL of those aliases.
        ttl: u32,
        /// Addresses that the files hold as glue for this very name, to be used if nobody answers.
        glue: Option<Arc<Answer>>,
    },
}

impl Zones {
    /// A resolver for these files alone.
    pub fn new(set: Arc<ZoneSet>) -> Self {
        let hasher = RandomState::new();
        let mut inner = HashSet::new();
        let mut has_wildcards = false;
        for owner in set.owners().map(|(name, _)| name).chain(set.unknown_owners()) {
            has_wildcards |= owner.as_str().starts_with('*');
            for above in suffixes(owner.as_str()).skip(1) {
                // Whatever lies above was put in with the first name that went through here.
                if !inner.insert(hasher.hash_one(above)) {
                    break;
                }
            }
        }
        let has_cuts = set
            .entries()
            .any(|e| e.rtype() == RecordType::Ns && set.zone_of(e.owner()).is_some_and(|z| z.apex != *e.owner()));
        let has_dnames = set.entries().any(|e| e.rtype() == RecordType::Dname);
        Self { has_cuts, has_dnames, has_wildcards, set, inner, hasher, kept: Mutex::default() }
    }

    /// The files.
    pub fn set(&self) -> &Arc<ZoneSet> {
        &self.set
    }

    /// The zone whose files answer for a name: none outside the zones and at or below a delegation.
    pub fn zone_of(&self, name: &Name) -> Option<&Zone> {
        let zone = self.set.zone_of(name)?;
        self.find_cut(zone, name).is_none().then_some(zone)
    }

    /// Whether the files answer for a name.
    pub fn contains(&self, name: &Name) -> bool {
        self.zone_of(name).is_some()
    }

    /// Answers from the files as far as they go, without asking anybody.
    pub fn step(&self, name: &Name, rtype: RecordType) -> Step {
        let mut name = name.clone();
        let mut aliases: Vec<Name> = Vec::new();
        let mut ttl = u32::MAX;
        loop {
            let (target, alias_ttl) = match self.at(&name, rtype) {
                Found::Answer(answer) if aliases.is_empty() => return Step::Done(Ok(answer)),
                Found::Answer(answer) => {
                    let mut answer = Arc::unwrap_or_clone(answer);
                    answer.ttl = answer.ttl.min(ttl);
                    answer.aliases = aliases;
                    return Step::Done(Ok(Arc::new(answer)));
                }
                Found::Nothing(error) => return Step::Done(Err(error)),
                Found::Elsewhere(glue) => return Step::Elsewhere { name, aliases, ttl, glue },
                Found::Alias(target, ttl) => (target, ttl),
            };
            ttl = ttl.min(alias_ttl);
            // RFC 1034 §3.6.2: loops of aliases are an error; servers answer SERVFAIL.
            if target == name || aliases.contains(&target) || aliases.len() >= MAX_ALIASES {
                return Step::Done(Err(DnsError::ServFail));
            }
            aliases.push(target.clone());
            name = target;
        }
    }

    /// What the files say of exactly this name.
    fn at(&self, name: &Name, rtype: RecordType) -> Found {
        let Some(zone) = self.set.zone_of(name) else { return Found::Elsewhere(None) };
        if let Some(cut) = self.find_cut(zone, name) {
            // RFC 4035 §3.1.4.1: the DS lies in the zone above the cut.
            if !(rtype == RecordType::Ds && cut == name.as_str()) {
                let glue = matches!(rtype, RecordType::A | RecordType::Aaaa).then(|| self.records(name, rtype));
                return Found::Elsewhere(glue.flatten());
            }
        }
        if let Some(found) = self.redirected(zone, name) {
            return found;
        }
        if self.exists(zone, name) {
            return self.node(zone, name, rtype);
        }
        if !self.has_wildcards {
            return Found::Nothing(absent(zone, DnsError::NxDomain));
        }
        // RFC 4592 §3.3.1: the wildcard at the closest encloser, and no other.
        let encloser = suffixes(name.as_str()).skip(1).find(|above| self.exists_text(zone, above));
        let wildcard = encloser
            .and_then(|above| Name::parse(&if above.is_empty() { "*".to_owned() } else { format!("*.{above}") }).ok());
        match wildcard {
            Some(wildcard) if self.has_records(&wildcard) => self.node(zone, &wildcard, rtype),
            _ => Found::Nothing(absent(zone, DnsError::NxDomain)),
        }
    }

    /// What a name that exists has of a type.
    fn node(&self, zone: &Zone, name: &Name, rtype: RecordType) -> Found {
        // An entry that cannot be read makes what it stands for unknown, not missing.
        if self.set.is_unknown(name, rtype) {
            return Found::Nothing(DnsError::Unavailable(Unavailable::Offline));
        }
        if let Some(answer) = self.records(name, rtype) {
            return Found::Answer(answer);
        }
        if rtype != RecordType::Cname && rtype != RecordType::Any {
            let mut aliases = self.set.find(name, RecordType::Cname);
            if let Some((entry, RecordData::Cname(target))) = aliases.find_map(|e| Some((e, e.data()?))) {
                return Found::Alias(target, entry.ttl());
            }
        }
        if self.set.find(name, rtype).next().is_some() {
            // There are records, but of a type that is kept as text.
            return Found::Nothing(DnsError::Unavailable(Unavailable::Offline));
        }
        Found::Nothing(absent(zone, DnsError::NoData))
    }

    /// The records of a name and type, each once.
    fn records(&self, name: &Name, rtype: RecordType) -> Option<Arc<Answer>> {
        let entries = self.set.find(name, rtype);
        let many = entries.clone().nth(KEEP_FROM).is_some();
        let key = many.then(|| (name.clone(), rtype));
        if let Some(key) = &key
            && let Some(answer) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(key)
        {
            return Some(answer.clone());
        }
        let mut answer = Answer { ttl: u32::MAX, ..Answer::new([]) };
        let mut seen = HashSet::new();
        let mut add = |entry: Entry<'_>| {
            let Some(data) = entry.data() else { return };
            answer.ttl = answer.ttl.min(entry.ttl());
            // RFC 2181 §5: a record set holds no record twice.
            if !many {
                if !answer.records.contains(&data) {
                    answer.records.push(data);
                }
            } else if seen.insert(data.clone()) {
                answer.records.push(data);
            }
        };
        entries.for_each(&mut add);
        if answer.records.is_empty() {
            return None;
        }
        let answer = Arc::new(answer);
        if let Some(key) = key {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(key, answer.clone());
        }
        Some(answer)
    }

    /// The delegation at or above a name, the uppermost one: what is below it is another zone's.
    fn find_cut<'n>(&self, zone: &Zone, name: &'n Name) -> Option<&'n str> {
        if !self.has_cuts {
            return None;
        }
        let below = suffixes(name.as_str()).take_while(|s| *s != zone.apex.as_str());
        below.filter(|s| self.set.has_type(s, RecordType::Ns)).last()
    }

    /// The target of a DNAME above the name (RFC 6672 §2.2).
    fn redirected(&self, zone: &Zone, name: &Name) -> Option<Found> {
        if !self.has_dnames {
            return None;
        }
        let mut above = suffixes(name.as_str()).skip(1).filter(|s| s.len() >= zone.apex.as_str().len());
        let owner = above.find(|s| self.set.has_type(s, RecordType::Dname))?;
        let entry = self.set.find(&Name::parse(owner).ok()?, RecordType::Dname).next()?;
        let Some(RecordData::Other { data, .. }) = entry.data() else { return None };
        let target = wire_name(&data)?;
        let prefix = name.as_str().strip_suffix(owner)?.strip_suffix('.').unwrap_or(name.as_str());
        Some(match target.prepend(prefix) {
            Ok(target) => Found::Alias(target, entry.ttl()),
            // RFC 6672 §2.2: YXDOMAIN where the new name would be too long.
            Err(_) => Found::Nothing(DnsError::Rcode(6)),
        })
    }

    fn has_records(&self, name: &Name) -> bool {
        self.set.at(name).next().is_some() || self.set.has_unknown(name)
    }

    /// Whether a name exists: it has records, or something below it has.
    fn exists(&self, zone: &Zone, name: &Name) -> bool {
        name == &zone.apex || self.has_records(name) || self.inner.contains(&self.hasher.hash_one(name.as_str()))
    }

    fn exists_text(&self, zone: &Zone, name: &str) -> bool {
        name == zone.apex.as_str()
            || self.inner.contains(&self.hasher.hash_one(name))
            || Name::parse(name).is_ok_and(|n| self.has_records(&n))
    }
}

impl Resolver for Zones {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        ready(match self.step(name, rtype) {
            Step::Done(outcome) => outcome,
            // Glue is better than nothing where nobody else is asked.
            Step::Elsewhere { aliases, ttl, glue: Some(glue), .. } if !aliases.is_empty() => {
                Ok(behind(aliases, ttl, &glue))
            }
            Step::Elsewhere { glue: Some(glue), .. } => Ok(glue),
            Step::Elsewhere { .. } => Err(DnsError::Unavailable(Unavailable::Offline)),
        })
        .boxed()
    }
}

impl Partial for Zones {
    fn covers(&self, name: &Name) -> bool {
        self.contains(name)
    }
}

impl std::fmt::Debug for Zones {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Zones").field("zones", &self.set.zones()).finish_non_exhaustive()
    }
}

enum Found {
    Answer(Arc<Answer>),
    Nothing(DnsError),
    Alias(Name, u32),
    Elsewhere(Option<Arc<Answer>>),
}

/// In a zone of which records are missing, nothing is known to be absent.
fn absent(zone: &Zone, error: DnsError) -> DnsError {
    if zone.incomplete { DnsError::Unavailable(Unavailable::Offline) } else { error }
}

/// An answer at the end of aliases.
fn behind(mut aliases: Vec<Name>, ttl: u32, answer: &Answer) -> Arc<Answer> {
    aliases.extend_from_slice(&answer.aliases);
    Arc::new(Answer { aliases, ttl: answer.ttl.min(ttl), ..answer.clone() })
}

fn wire_name(mut wire: &[u8]) -> Option<Name> {
    let mut labels = Vec::new();
    loop {
        let (&length, rest) = wire.split_first()?;
        if length == 0 {
            return Name::from_labels(labels).ok();
        }
        let (label, rest) = rest.split_at_checked(usize::from(length))?;
        labels.push(label);
        wire = rest;
    }
}
