//! The resolver of a run, put together once from its options.
//!
//! From the outside in: `--save-dns` keeps what is asked; zone files answer for their names;
//! then a recording, or the network behind a cache, or nobody. A domain asks through a
//! [`Scope`] on top.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use tokio::time::Instant;

use super::cache::{Cached, DEFAULT_CONCURRENCY};
use super::live::{Live, Settings, SettingsError};
use super::replay::{Replay, ReplayError, Saving, Sights};
use super::scope::Scope;
use super::server::AdTrust;
use super::{Answer, DnsError, Lookup, MAX_ALIASES, Name, Partial, RecordType, Resolver, Unavailable, Via};

/// What the options of a command say about DNS.
#[derive(Debug, Clone)]
pub struct Options {
    /// How the network is asked.
    pub live: Settings,
    /// `--offline`: nobody is asked.
    pub offline: bool,
    /// `--replay-dns`: a recording is asked, nobody else.
    pub replay: Option<PathBuf>,
    /// `--save-dns`: where the answers are kept.
    pub save: Option<PathBuf>,
    /// `--concurrency`: questions in flight.
    pub concurrency: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { live: Settings::default(), offline: false, replay: None, save: None, concurrency: DEFAULT_CONCURRENCY }
    }
}

/// Why there is no resolver for some options.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The resolvers cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The recording cannot be read.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The recording cannot be written.
    #[error("{path}: {source}")]
    Save {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

type Kept = Saving<Arc<dyn Resolver>>;

/// The resolver of a run. Clones are the same resolver.
#[derive(Clone)]
pub struct Dns {
    top: Arc<dyn Resolver>,
    live: Option<Arc<Cached<Live>>>,
    saving: Option<(Arc<Kept>, PathBuf)>,
    sights: Sights,
    ad_trust: AdTrust,
}

impl Dns {
    /// Puts the resolver together; `zones` answer before everybody else.
    ///
    /// # Errors
    /// [`StackError`], of options that cannot be used; nothing has been asked then.
    pub fn new(options: Options, zones: Option<Arc<dyn Partial>>) -> Result<Self, StackError> {
        let asked = options.live.trust_ad;
        let mut sights = Sights::default();
        let (mut top, live, mut ad_trust): (Arc<dyn Resolver>, _, _) = if let Some(path) = &options.replay {
            let mut replay = Replay::load(path)?;
            sights = replay.sights();
            (Arc::new(replay.recording), None, replay.ad_trust)
        } else if options.offline {
            (Arc::new(Offline), None, AdTrust::No)
        } else {
            let live = Live::new(options.live)?;
            let ad_trust = live.ad_trust();
            let live = Arc::new(Cached::new(live, options.concurrency));
            (live.clone(), Some(live), ad_trust)
        };
        if asked {
            ad_trust = AdTrust::Asked;
        }
        if let Some(zones) = zones {
            top = Arc::new(Layered { first: zones, then: top });
        }
        let mut saving = None;
        if let Some(path) = options.save {
            let kept = Saving::new(top, &path, ad_trust);
            let kept = Arc::new(kept.map_err(|source| StackError::Save { path: path.clone(), source })?);
            sights = sights.kept_by(kept.clone());
            saving = Some((kept.clone(), path));
            top = kept;
        }
        Ok(Self { top, live, saving, sights, ad_trust })
    }

    /// The resolver, without the bounds of a domain.
    pub fn resolver(&self) -> Arc<dyn Resolver> {
        self.top.clone()
    }

    /// The resolver for one domain or message, with `--deadline` from now on.
    pub fn scope(&self, deadline: Option<Duration>) -> Scope<Arc<dyn Resolver>> {
        // A deadline beyond what the clock can count is none.
        let deadline = deadline.and_then(|d| Instant::now().checked_add(d));
        Scope::new(self.top.clone(), deadline)
    }

    /// How many questions went to the network.
    pub fn questions(&self) -> u64 {
        self.live.as_ref().map_or(0, |live| live.questions())
    }

    /// Whether the AD bit of the answers may be believed, and why.
    pub fn ad_trust(&self) -> AdTrust {
        self.ad_trust
    }

    /// What the run sees besides answers: kept with `--save-dns`, had again with `--replay-dns`.
    pub fn sights(&self) -> &Sights {
        &self.sights
    }

    /// Ends the run: `--save-dns` gets its file.
    ///
    /// # Errors
    /// When the file cannot be written; what was at its place is still there.
    pub fn finish(&self) -> Result<(), StackError> {
        match &self.saving {
            None => Ok(()),
            Some((kept, path)) => kept.finish().map_err(|source| StackError::Save { path: path.clone(), source }),
        }
    }
}

/// Nobody: `--offline`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offline;

impl Resolver for Offline {
    fn lookup<'a>(&'a self, _: &'a Name, _: RecordType) -> BoxFuture<'a, Lookup> {
        ready(Err(DnsError::Unavailable(Unavailable::Offline))).boxed()
    }

    fn lookup_via<'a>(&'a self, _: &'a Name, _: RecordType, _: &'a Via) -> BoxFuture<'a, Lookup> {
        ready(Err(DnsError::Unavailable(Unavailable::Offline))).boxed()
    }
}

/// One resolver for a part of the names, another for the rest; aliases lead from one to the other.
///
/// An alias from outside into `first` is seen where the other resolver finds an answer at its
/// end; where it finds none, it has the last word.
pub struct Layered<F, T> {
    /// Who answers for the names it covers.
    pub first: F,
    /// Who answers for all others.
    pub then: T,
}

impl<F: Partial, T: Resolver> Layered<F, T> {
    async fn ask(&self, name: &Name, rtype: RecordType) -> Lookup {
        let mut passed: Vec<Name> = Vec::new();
        loop {
            let here = passed.last().unwrap_or(name).clone();
            if self.first.covers(&here) {
                let outcome = self.first.lookup(&here, rtype).await;
                if outcome.is_ok() || rtype == RecordType::Cname {
                    return with_aliases(passed, outcome);
                }
                // No answer here may be an alias that leads outside.
                match self.exit(&here, &mut passed).await {
                    Exit::Outside => continue,
                    Exit::Within => return outcome,
                    // RFC 1034 §3.6.2: loops of aliases are an error; servers answer SERVFAIL.
                    Exit::Loop => return Err(DnsError::ServFail),
                }
            }
            let outcome = self.then.lookup(&here, rtype).await;
            let Ok(answer) = &outcome else { return outcome };
            let entry = answer.aliases.iter().position(|alias| self.first.covers(alias));
            match entry {
                Some(at) if passed.len() + at < MAX_ALIASES => passed.extend_from_slice(&answer.aliases[..=at]),
                _ => return with_aliases(passed, outcome),
            }
        }
    }

    /// Follows aliases within `first`. Where they lead outside, `passed` ends there.
    async fn exit(&self, name: &Name, passed: &mut Vec<Name>) -> Exit {
        let mut here = name.clone();
        let start = passed.len();
        while passed.len() < MAX_ALIASES {
            let alias = self.first.lookup(&here, RecordType::Cname).await.ok();
            let Some(target) = alias.and_then(|a| a.targets().next().cloned()) else {
                passed.truncate(start);
                return Exit::Within;
            };
            if target == *name || passed.contains(&target) {
                return Exit::Loop;
            }
            passed.push(target.clone());
            if !self.first.covers(&target) {
                return Exit::Outside;
            }
            here = target;
        }
        Exit::Loop
    }
}

/// Where the aliases of a file lead.
enum Exit {
    Outside,
    Within,
    /// Back to themselves, or further than anyone follows.
    Loop,
}

fn with_aliases(mut passed: Vec<Name>, outcome: Lookup) -> Lookup {
    if passed.is_empty() {
        return outcome;
    }
    let answer = outcome?;
    passed.extend_from_slice(&answer.aliases);
    // A file says nothing about what is signed: an answer by way of one is not authentic.
    Ok(Arc::new(Answer { aliases: passed, authentic: false, ..Answer::clone(&answer) }))
}

impl<F: Partial, T: Resolver> Resolver for Layered<F, T> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        self.ask(name, rtype).boxed()
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        match via {
            _ if !self.first.covers(name) => self.then.lookup_via(name, rtype, via),
            Via::CheckingDisabled | Via::SignaturesAsked => self.ask(name, rtype).boxed(),
            // What a server has today says nothing about a zone that is yet to be published, and a file signs nothing.
            Via::Server { .. } | Via::WholeMessage => ready(Err(DnsError::Unavailable(Unavailable::Offline))).boxed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::recording::Recording;
    use crate::dns::{Question, RecordData, Text, pass_on};

    struct Zone(Recording, Name);

    impl Resolver for Zone {
        fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
            self.0.lookup(name, rtype)
        }
    }

    impl Partial for Zone {
        fn covers(&self, name: &Name) -> bool {
            name.is_within(&self.1)
        }
    }

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    fn texts(lookup: &Lookup) -> Vec<String> {
        lookup.as_ref().map(|a| a.texts().map(Text::to_text).collect()).unwrap_or_default()
    }

    #[test]
    fn zones_answer_for_their_names_and_aliases_cross_over() {
        let mut zone = Recording::closed_world();
        zone.txt("zone.example", "new");
        zone.add("s1._domainkey.zone.example", RecordData::Cname(name("step.zone.example")));
        zone.add("step.zone.example", RecordData::Cname(name("key.provider.example")));
        zone.add("loop.zone.example", RecordData::Cname(name("loop.zone.example")));
        let mut world = Recording::default();
        world.txt("zone.example", "old");
        world.txt("key.provider.example", "v=DKIM1; p=");
        let mut via = Answer::new([RecordData::Txt(Text::new(["old"]))]);
        via.aliases = vec![name("x.example"), name("zone.example")];
        world.set(name("alias.example"), RecordType::Txt, Ok(Arc::new(via)));
        world.set_via(name("zone.example"), RecordType::Txt, Via::CheckingDisabled, Err(DnsError::ServFail));
        let dns = Layered { first: Zone(zone, name("zone.example")), then: world };
        let ask = |host: &str| dns.lookup(&name(host), RecordType::Txt).now_or_never().unwrap();
        assert_eq!(texts(&ask("zone.example")), ["new"]);
        let key = ask("s1._domainkey.zone.example");
        assert_eq!(texts(&key), ["v=DKIM1; p="]);
        assert_eq!(key.unwrap().aliases, [name("step.zone.example"), name("key.provider.example")]);
        let alias = ask("alias.example");
        assert_eq!(texts(&alias), ["new"]);
        assert_eq!(alias.unwrap().aliases, [name("x.example"), name("zone.example")]);
        assert_eq!(ask("none.zone.example"), Err(DnsError::NxDomain));
        assert_eq!(ask("loop.zone.example"), Err(DnsError::ServFail));
        assert_eq!(ask("other.example"), Err(DnsError::Unavailable(Unavailable::NotRecorded)));
        let cd = pass_on(&dns, &name("zone.example"), RecordType::Txt, Some(&Via::CheckingDisabled)).now_or_never();
        assert_eq!(texts(&cd.unwrap()), ["new"]);
        let own = Via::Server { host: name("ns.example"), address: "192.0.2.1".parse().unwrap() };
        let own = pass_on(&dns, &name("zone.example"), RecordType::Txt, Some(&own)).now_or_never().unwrap();
        assert_eq!(own, Err(DnsError::Unavailable(Unavailable::Offline)));
    }

    #[test]
    fn a_saved_run_replays_without_its_zones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.ndjson");
        let mut zone = Recording::closed_world();
        zone.txt("zone.example", "new");
        let zone: Arc<dyn Partial> = Arc::new(Zone(zone, name("zone.example")));
        let options = Options { offline: true, save: Some(path.clone()), ..Options::default() };
        let run = Dns::new(options, Some(zone)).unwrap();
        let questions = ["zone.example", "no.zone.example", "other.example"].map(|host| Question {
            name: name(host),
            rtype: RecordType::Txt,
            via: None,
        });
        let ask = |dns: &Dns, q: &Question| dns.scope(None).lookup(&q.name, q.rtype).now_or_never().unwrap();
        let first: Vec<Lookup> = questions.iter().map(|q| ask(&run, q)).collect();
        run.finish().unwrap();
        let again = Dns::new(Options { replay: Some(path), ..Options::default() }, None).unwrap();
        let second: Vec<Lookup> = questions.iter().map(|q| ask(&again, q)).collect();
        assert_eq!(first, second);
        assert_eq!(first[2], Err(DnsError::Unavailable(Unavailable::Offline)));
        assert_eq!(again.questions(), 0);
    }
}
