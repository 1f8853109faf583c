//! Runs that can be had again: `--save-dns` and `--replay-dns`.
//!
//! The file is NDJSON: a first line about the run, then an [`Entry`] for each question and a line for each [`Sight`],
//! what the run saw besides. It is written beside its place and moved there at the end, whole or not at all.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::{BoxFuture, FutureExt as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::recording::{Entry, Recording};
use super::server::AdTrust;
use super::{DnsError, Lookup, Name, Question, RecordType, Resolver, Via, pass_on};
use crate::whole::Whole;

/// What the first line calls the format.
const SCHEMA: &str = "mailauth.dns/1";

/// Octets of a line at most: an answer of 64 KiB in which every octet is escaped.
const MAX_LINE: u64 = 1 << 20;

/// Octets of a file at most.
const MAX_FILE: u64 = 1 << 30;

/// Questions without answer that are remembered at most.
const MAX_UNANSWERED: usize = 1 << 16;

/// The first line of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    schema: String,
    #[serde(default)]
    ad_trust: AdTrust,
}

/// What a run sees besides the answers of the DNS, about one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// The MTA-STS policy file of a policy host, or why it cannot be had.
    MtaStsPolicy,
    /// What a mail server showed.
    SmtpProbe,
    /// Whether a domain is signed: signatures are judged by the clock of the run.
    Dnssec,
    /// What the TLSA records and the addresses of a mail server are worth.
    Dane,
}

/// A line of the file about something that was seen.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    seen: Sight,
    name: Name,
    outcome: Value,
}

type Replayed = HashMap<(Sight, Name), Value>;

/// What was seen: had again from a recording, kept for one, or neither.
#[derive(Clone, Default)]
pub struct Sights {
    replayed: Option<Arc<Replayed>>,
    kept: Option<Arc<dyn Keep>>,
}

/// Whoever keeps what is seen.
trait Keep: Send + Sync {
    fn keep(&self, sight: Sight, name: &Name, outcome: Value);
}

impl Sights {
    /// What the recording has of this; `None` where none is replayed, or where it has nothing of it.
    pub fn replayed<T: DeserializeOwned>(&self, sight: Sight, name: &Name) -> Option<T> {
        let found = self.replayed.as_ref()?.get(&(sight, name.clone()))?;
        T::deserialize(found).ok()
    }

    /// Keeps what was seen, where somebody keeps it.
    pub fn keep<T: Serialize>(&self, sight: Sight, name: &Name, outcome: &T) {
        if let Some(kept) = &self.kept
            && let Ok(outcome) = serde_json::to_value(outcome)
            // Nobody looked.
            && !outcome.is_null()
        {
            kept.keep(sight, name, outcome);
        }
    }
}

/// A recording that was read.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    /// The answers.
    pub recording: Recording,
    /// What was seen besides.
    seen: Replayed,
    /// Whether the AD bits in it may be believed.
    pub ad_trust: AdTrust,
}

/// Why a recording cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is none of a recording.
    #[error("{path}:{line}: {why}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

impl Replay {
    /// Reads a file that `--save-dns` wrote. Where a question occurs twice, the first outcome counts.
    ///
    /// # Errors
    /// [`ReplayError`] names the file and the line.
    pub fn load(path: &Path) -> Result<Self, ReplayError> {
        let file = File::open(path).map_err(|source| ReplayError::Io { path: path.to_owned(), source })?;
        Self::read(BufReader::new(file), path)
    }

    /// Reads a recording; `path` is for the errors.
    ///
    /// # Errors
    /// As [`Replay::load`].
    pub fn read(mut input: impl BufRead, path: &Path) -> Result<Self, ReplayError> {
        let mut found = Self::default();
        let mut text = Vec::new();
        let mut total = 0;
        for line in 1.. {
            let wrong = |why: String| ReplayError::Line { path: path.to_owned(), line, why };
            text.clear();
            let count = input.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut text);
            let count = count.map_err(|source| ReplayError::Io { path: path.to_owned(), source })? as u64;
            total += count;
            match count {
                0 => break,
                _ if count > MAX_LINE => return Err(wrong(format!("longer than {MAX_LINE} octets"))),
                _ if total > MAX_FILE => return Err(wrong(format!("file larger than {MAX_FILE} octets"))),
                _ if text.trim_ascii().is_empty() => continue,
                _ => {}
            }
            if line == 1
                && let Ok(head) = serde_json::from_slice::<Head>(&text)
            {
                if head.schema != SCHEMA {
                    return Err(wrong(format!("not a recording of this version, expected {SCHEMA}")));
                }
                found.ad_trust = head.ad_trust;
                continue;
            }
            if let Ok(Seen { seen, name, outcome }) = serde_json::from_slice(text.trim_ascii()) {
                found.seen.entry((seen, name)).or_insert(outcome);
                continue;
            }
            let entry: Entry = serde_json::from_slice(text.trim_ascii()).map_err(|e| wrong(plain_error(&e)))?;
            found.recording.keep(entry);
        }
        Ok(found)
    }
}

/// The message of a JSON error with the column alone: it knows one line.
fn plain_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) if error.column() > 0 => format!("column {}: {what}", error.column()),
        _ => text,
    }
}

/// A resolver that keeps every answer in a file.
pub struct Saving<R> {
    inner: R,
    kept: Mutex<Kept>,
}

struct Kept {
    file: Result<Whole, io::Error>,
    questions: HashSet<Question>,
    seen: HashSet<(Sight, Name)>,
    /// What was not waited for, or not asked: it counts unless somebody else got an answer.
    unanswered: BTreeMap<Question, DnsError>,
}

impl Replay {
    /// What was seen, to be had again.
    pub(super) fn sights(&mut self) -> Sights {
        Sights { replayed: Some(Arc::new(std::mem::take(&mut self.seen))), kept: None }
    }
}

impl Sights {
    /// The same, kept by `saving` as well.
    pub(super) fn kept_by<R: Resolver + 'static>(self, saving: Arc<Saving<R>>) -> Self {
        Self { kept: Some(saving), ..self }
    }
}

impl<R: Resolver> Saving<R> {
    /// Keeps what `inner` answers, for `path`; `ad_trust` says whether its AD bits may be believed.
    ///
    /// # Errors
    /// When no file can be made in the folder of `path`.
    pub fn new(inner: R, path: &Path, ad_trust: AdTrust) -> io::Result<Self> {
        let mut file = Whole::create(path)?;
        serde_json::to_writer(&mut file, &Head { schema: SCHEMA.to_owned(), ad_trust })?;
        file.write_all(b"\n")?;
        let kept =
            Kept { file: Ok(file), questions: HashSet::new(), seen: HashSet::new(), unanswered: BTreeMap::new() };
        Ok(Self { inner, kept: Mutex::new(kept) })
    }

    /// Puts the file in its place. What is answered afterwards is not kept.
    ///
    /// # Errors
    /// The first error in writing the file; the place is then as it was before.
    pub fn finish(&self) -> io::Result<()> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = std::mem::replace(&mut kept.file, Err(io::ErrorKind::NotFound.into()))?;
        for (question, error) in std::mem::take(&mut kept.unanswered) {
            if !kept.questions.contains(&question) {
                write_line(&mut file, &Entry::new(&question, &Err(error)))?;
            }
        }
        file.finish()
    }

    async fn ask(&self, name: &Name, rtype: RecordType, via: Option<&Via>) -> Lookup {
        let outcome = pass_on(&self.inner, name, rtype, via).await;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept { file, questions, .. } = &mut *kept;
        let question = Question::new(name, rtype, via);
        if let Ok(out) = file
            && !questions.contains(&question)
        {
            let entry = Entry::new(&question, &outcome);
            if let Err(error) = write_line(out, &entry) {
                *file = Err(error);
            }
            questions.insert(question);
        }
        outcome
    }
}

fn write_line(out: &mut Whole, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

impl<R: Resolver> Keep for Saving<R> {
    fn keep(&self, seen: Sight, name: &Name, outcome: Value) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // A mail server that several domains share is looked at once.
        if !kept.seen.insert((seen, name.clone())) {
            return;
        }
        if let Ok(out) = &mut kept.file
            && let Err(error) = write_line(out, &Seen { seen, name: name.clone(), outcome })
        {
            kept.file = Err(error);
        }
    }
}

impl<R: Resolver> Resolver for Saving<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        self.ask(name, rtype, None).boxed()
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        self.ask(name, rtype, Some(via)).boxed()
    }

    fn note(&self, question: &Question, error: &DnsError) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.unanswered.len() < MAX_UNANSWERED && !kept.questions.contains(question) {
            kept.unanswered.entry(question.clone()).or_insert_with(|| error.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Answer, DnsError, How, RecordData, ServerTrouble, Text, Unavailable};
    use crate::net::tls::CertificateFault;
    use std::sync::Arc;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    fn world() -> Recording {
        let mut dns = Recording::closed_world();
        dns.txt("a.example", "v=spf1 -all");
        dns.add("a.example", RecordData::Txt(Text::new([&b"\xff\x00"[..], b"\"\n"])));
        dns.add("odd\\.name.example", RecordData::Mx { preference: 10, exchange: Name::root() });
        let mut answer = Answer::new([RecordData::Other { rtype: 33, data: vec![0, 1] }]);
        answer.aliases.push(name("b.example"));
        answer.authentic = true;
        answer.ttl = 7;
        dns.set(name("srv.example"), RecordType::Srv, Ok(Arc::new(answer)));
        for (i, error) in [
            DnsError::NoData,
            DnsError::ServFail,
            DnsError::Refused,
            DnsError::Rcode(9),
            DnsError::Timeout,
            DnsError::Malformed,
            DnsError::Network("no: \"x\"".into()),
            DnsError::Server(ServerTrouble { server: "192.0.2.1:53".into(), how: How::TcpRefused }),
            DnsError::Server(ServerTrouble {
                server: "tls://x".into(),
                how: How::Certificate(CertificateFault::Expired),
            }),
            DnsError::Unavailable(Unavailable::Private),
        ]
        .into_iter()
        .enumerate()
        {
            dns.set(name(&format!("e{i}.example")), RecordType::A, Err(error));
        }
        dns.set_via(name("a.example"), RecordType::A, Via::CheckingDisabled, Err(DnsError::ServFail));
        let own = Via::Server { host: name("ns.example"), address: "2001:db8::1".parse().unwrap() };
        dns.set_via(name("a.example"), RecordType::A, own, Err(DnsError::Refused));
        dns
    }

    #[test]
    fn a_replay_is_what_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.ndjson");
        let dns = world();
        let saving = Saving::new(dns.clone(), &path, AdTrust::Loopback).unwrap();
        let questions: Vec<Entry> = dns.entries().collect();
        // Asked twice, kept once.
        for entry in questions.iter().chain(&questions) {
            let answer = pass_on(&saving, &entry.name, entry.rtype, entry.via.as_ref()).now_or_never().unwrap();
            assert_eq!(Entry::new(&Question::new(&entry.name, entry.rtype, entry.via.as_ref()), &answer), *entry);
        }
        assert!(!path.exists());
        saving.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 1 + questions.len());
        let replay = Replay::load(&path).unwrap();
        assert_eq!(replay.ad_trust, AdTrust::Loopback);
        assert_eq!(replay.recording.entries().collect::<Vec<_>>(), questions);
        let missing = replay.recording.lookup(&name("new.example"), RecordType::A).now_or_never().unwrap();
        assert_eq!(missing, Err(DnsError::Unavailable(Unavailable::NotRecorded)));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn what_the_deadline_cut_is_a_timeout_again() {
        struct Slow;
        impl Resolver for Slow {
            fn lookup<'a>(&'a self, name: &'a Name, _: RecordType) -> BoxFuture<'a, Lookup> {
                match name.labels().next() {
                    Some("slow") => std::future::pending().boxed(),
                    _ => std::future::ready(Err(DnsError::NoData)).boxed(),
                }
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.ndjson");
        let saving = Arc::new(Saving::new(Slow, &path, AdTrust::No).unwrap());
        let soon = tokio::time::Instant::now() + std::time::Duration::from_millis(20);
        let scope = crate::dns::scope::Scope::new(saving.clone(), Some(soon));
        let hosts = ["quick.example", "slow.example", "late.example"].map(name);
        let mut first = Vec::new();
        for host in &hosts {
            first.push(scope.lookup(host, RecordType::A).await);
        }
        assert_eq!(first[1..], [Err(DnsError::Timeout), Err(DnsError::Unavailable(Unavailable::Cut))]);
        // Another domain has the answer to one of them.
        saving.note(&Question::new(&hosts[0], RecordType::A, None), &DnsError::Timeout);
        saving.finish().unwrap();
        let replay = Replay::load(&path).unwrap().recording;
        let again = hosts.iter().map(|host| replay.lookup(host, RecordType::A).now_or_never().unwrap());
        assert_eq!(again.collect::<Vec<_>>(), first);
    }

    #[test]
    fn what_was_seen_is_seen_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.ndjson");
        let saving = Arc::new(Saving::new(world(), &path, AdTrust::No).unwrap());
        let sights = Sights::default().kept_by(saving.clone());
        // The first counts; what nobody looked at is not kept.
        sights.keep(Sight::SmtpProbe, &name("mx.example"), &"first");
        sights.keep(Sight::SmtpProbe, &name("mx.example"), &"second");
        sights.keep(Sight::SmtpProbe, &name("none.example"), &None::<u8>);
        saving.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 2);
        let again = Replay::load(&path).unwrap().sights();
        let seen = |sight, host| again.replayed::<String>(sight, &name(host));
        assert_eq!(seen(Sight::SmtpProbe, "mx.example").as_deref(), Some("first"));
        assert_eq!(seen(Sight::Dane, "mx.example"), None);
        assert_eq!(seen(Sight::SmtpProbe, "none.example"), None);
        // Of another shape, as from a later version.
        assert_eq!(again.replayed::<u8>(Sight::SmtpProbe, &name("mx.example")), None);
    }

    #[test]
    fn a_run_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.ndjson");
        drop(Saving::new(world(), &path, AdTrust::No).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(Saving::new(world(), &folder.path().join("no/such/run"), AdTrust::No).is_err());
        assert!(Saving::new(world(), folder.path(), AdTrust::No).is_err());
    }

    #[test]
    fn errors_name_the_line() {
        let read = |text: &[u8]| match Replay::read(text, Path::new("f")) {
            Ok(replay) => format!("{} entries", replay.recording.len()),
            Err(error) => error.to_string(),
        };
        assert_eq!(read(b""), "0 entries");
        assert_eq!(read(b"{\"name\":\"a.example\",\"type\":\"A\",\"error\":\"nx-domain\"}"), "1 entries");
        assert!(read(b"\n{\n").starts_with("f:2: column "), "{}", read(b"\n{\n"));
        assert_eq!(
            read(b"{\"schema\":\"other/1\"}\n"),
            "f:1: not a recording of this version, expected mailauth.dns/1"
        );
        assert!(read(b"{\"name\":\"a..b\",\"type\":\"A\",\"error\":\"timeout\"}").contains("empty label"));
        assert!(read(b"{\"name\":\"a.b\",\"type\":\"A\",\"via\":\"x\",\"error\":\"timeout\"}").starts_with("f:1: "));
        assert!(read(&[b'['; 100_000]).starts_with("f:1: "));
        assert_eq!(read(&vec![b' '; 2 << 20]), "f:1: longer than 1048576 octets");
        assert!(read(b"\xff\xfe\n").starts_with("f:1: "));
    }
}
