//! Answers kept in memory: what `--replay-dns` reads and `--save-dns` writes, and what tests ask.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use serde::{Deserialize, Serialize};

use super::{Answer, DnsError, Lookup, Name, RecordData, RecordType, Resolver, Text, Unavailable};

/// A fixed set of answers.
///
/// A question that is not in it gets [`Unavailable::NotRecorded`], or what
/// [`Recording::otherwise`] was given.
///
/// ```
/// use mailauth::dns::{recording::Recording, Name, RecordType, Resolver};
/// # futures_util::FutureExt::now_or_never(async {
/// let mut dns = Recording::default();
/// dns.txt("example.de", "v=spf1 -all");
/// let answer = dns.lookup(&Name::parse("example.de").unwrap(), RecordType::Txt).await.unwrap();
/// assert_eq!(answer.texts().next().unwrap().to_text(), "v=spf1 -all");
/// # });
/// ```
#[derive(Debug, Clone, Default)]
pub struct Recording {
    answers: BTreeMap<(Name, RecordType), Lookup>,
    otherwise: Option<DnsError>,
}

/// One line of the file: a question and what it came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// The name asked for.
    pub name: Name,
    /// The type asked for.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// The answer or the failure.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// The answer or the failure of an [`Entry`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Outcome {
    /// Records were there.
    Answer(Arc<Answer>),
    /// None were, or nobody answered.
    Failure(DnsError),
}

impl Recording {
    /// A recording in which every name that is not mentioned does not exist.
    pub fn closed_world() -> Self {
        Self { otherwise: Some(DnsError::NxDomain), ..Self::default() }
    }

    /// What questions get that are not in the recording.
    pub fn otherwise(mut self, error: DnsError) -> Self {
        self.otherwise = Some(error);
        self
    }

    /// Sets the outcome of one question.
    pub fn set(&mut self, name: Name, rtype: RecordType, outcome: Lookup) {
        self.answers.insert((name, rtype), outcome);
    }

    /// Adds a record at a name; a name that is no name is left out.
    pub fn add(&mut self, name: &str, record: RecordData) {
        let Ok(name) = Name::parse(name) else { return };
        let slot = self.answers.entry((name, record.rtype())).or_insert(Err(DnsError::NoData));
        match slot {
            Ok(answer) => Arc::make_mut(answer).records.push(record),
            Err(_) => *slot = Ok(Arc::new(Answer::new([record]))),
        }
    }

    /// Adds a TXT record of one string.
    pub fn txt(&mut self, name: &str, value: &str) {
        self.add(name, RecordData::Txt(Text::new([value])));
    }

    /// All entries, in order of name and type.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        self.answers.iter().map(|((name, rtype), outcome)| Entry {
            name: name.clone(),
            rtype: *rtype,
            outcome: match outcome {
                Ok(answer) => Outcome::Answer(answer.clone()),
                Err(error) => Outcome::Failure(error.clone()),
            },
        })
    }
}

impl FromIterator<Entry> for Recording {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut recording = Self::default();
        for entry in entries {
            let outcome = match entry.outcome {
                Outcome::Answer(answer) => Ok(answer),
                Outcome::Failure(error) => Err(error),
            };
            recording.set(entry.name, entry.rtype, outcome);
        }
        recording
    }
}

impl Resolver for Recording {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        let found = self.answers.get(&(name.clone(), rtype)).cloned();
        ready(found.unwrap_or_else(|| {
            // In a closed world a name that has other records exists.
            let known = |n: &Name| self.answers.keys().any(|(k, _)| k.is_within(n));
            Err(match &self.otherwise {
                Some(DnsError::NxDomain) if known(name) => DnsError::NoData,
                Some(error) => error.clone(),
                None => DnsError::Unavailable(Unavailable::NotRecorded),
            })
        }))
        .boxed()
    }
}
