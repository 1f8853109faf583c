//! Answers kept in memory: what `--replay-dns` reads and `--save-dns` writes, and what tests ask.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use serde::{Deserialize, Serialize};

use super::{Answer, DnsError, Lookup, Name, Question, RecordData, RecordType, Resolver, Text, Unavailable, Via};

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
    answers: BTreeMap<Question, Lookup>,
    otherwise: Option<DnsError>,
}

/// One line of the file: a question and what it came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The name asked for.
    pub name: Name,
    /// The type asked for.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Which way the question went, if not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// The answer or the failure.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// The answer or the failure of an [`Entry`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
        self.answers.insert(Question { name, rtype, via: None }, outcome);
    }

    /// Sets the outcome of a question that goes another way.
    pub fn set_via(&mut self, name: Name, rtype: RecordType, via: Via, outcome: Lookup) {
        self.answers.insert(Question { name, rtype, via: Some(via) }, outcome);
    }

    /// Takes an entry in, unless its question has an outcome already.
    pub fn keep(&mut self, entry: Entry) {
        let outcome = match entry.outcome {
            Outcome::Answer(answer) => Ok(answer),
            Outcome::Failure(error) => Err(error),
        };
        let question = Question { name: entry.name, rtype: entry.rtype, via: entry.via };
        self.answers.entry(question).or_insert(outcome);
    }

    /// How many questions the recording answers.
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether it answers none.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Adds a record at a name; a name that is no name is left out.
    pub fn add(&mut self, name: &str, record: RecordData) {
        let Ok(name) = Name::parse(name) else { return };
        let question = Question { name, rtype: record.rtype(), via: None };
        let slot = self.answers.entry(question).or_insert(Err(DnsError::NoData));
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
        self.answers.iter().map(|(question, outcome)| Entry::new(question, outcome))
    }
}

impl Entry {
    /// The line of a question and what it came to.
    pub fn new(question: &Question, outcome: &Lookup) -> Self {
        Self {
            name: question.name.clone(),
            rtype: question.rtype,
            via: question.via.clone(),
            outcome: match outcome {
                Ok(answer) => Outcome::Answer(answer.clone()),
                Err(error) => Outcome::Failure(error.clone()),
            },
        }
    }
}

impl FromIterator<Entry> for Recording {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut recording = Self::default();
        entries.into_iter().for_each(|entry| recording.keep(entry));
        recording
    }
}

impl Resolver for Recording {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        let found = self.answers.get(&Question::new(name, rtype, None)).cloned();
        ready(found.unwrap_or_else(|| {
            // In a closed world a name that has other records exists.
            let known = |n: &Name| self.answers.keys().any(|k| k.name.is_within(n));
            Err(match &self.otherwise {
                Some(DnsError::NxDomain) if known(name) => DnsError::NoData,
                Some(error) => error.clone(),
                None => DnsError::Unavailable(Unavailable::NotRecorded),
            })
        }))
        .boxed()
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        let found = self.answers.get(&Question::new(name, rtype, Some(via))).cloned();
        ready(found.unwrap_or(Err(DnsError::Unavailable(Unavailable::NotRecorded)))).boxed()
    }
}
