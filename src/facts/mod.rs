//! What is known of a domain: plain data, every value known, absent, or unavailable with its reason.

mod domain;
mod message;
mod transport;

use serde::{Deserialize, Serialize};

pub use domain::{
    DkimFacts, DomainFacts, Listing, MxHost, Origin, Position, ReportTarget, Selector, SendingHost, Why, Wishes,
};
pub use transport::{Dnssec, OwnAnswer, OwnAnswers, SmtpFacts, TlsaFacts, Word};

pub use message::{Lines, MessageFacts};

use crate::dns::{DnsError, Lookup, RecordData, Text};

/// A value that the DNS was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact<T> {
    /// It is there.
    Known(T),
    /// The DNS says that it is not there.
    Absent(Absence),
    /// Nobody could say; never a fault of the domain.
    Unavailable(DnsError),
}

/// How a value is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// The name does not exist.
    NoName,
    /// The name has no such record.
    NoData,
}

impl<T> Fact<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }

    /// The DNS says that it is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent(_))
    }

    /// The DNS says that the name itself does not exist.
    pub fn is_no_name(&self) -> bool {
        matches!(self, Self::Absent(Absence::NoName))
    }

    /// Nobody could say.
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Why nobody could say.
    pub fn trouble(&self) -> Option<&DnsError> {
        match self {
            Self::Unavailable(error) => Some(error),
            _ => None,
        }
    }

    /// The value changed, the rest kept.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Known(value) => Fact::Known(change(value)),
            Self::Absent(absence) => Fact::Absent(absence),
            Self::Unavailable(error) => Fact::Unavailable(error),
        }
    }

    /// From the outcome of a question.
    pub fn from_result(result: Result<T, DnsError>) -> Self {
        match result {
            Ok(value) => Self::Known(value),
            Err(DnsError::NxDomain) => Self::Absent(Absence::NoName),
            Err(DnsError::NoData) => Self::Absent(Absence::NoData),
            Err(error) => Self::Unavailable(error),
        }
    }
}

impl<T> Fact<Vec<T>> {
    /// The values; none where there are none or none are known.
    pub fn list(&self) -> &[T] {
        self.known().map_or(&[], Vec::as_slice)
    }

    /// From an answer, the records that `pick` takes; an answer without any is no data.
    pub fn from_lookup(lookup: Lookup, pick: impl Fn(&RecordData) -> Option<T>) -> Self {
        Self::from_result(lookup.and_then(|answer| {
            let list: Vec<T> = answer.records.iter().filter_map(&pick).collect();
            if list.is_empty() { Err(DnsError::NoData) } else { Ok(list) }
        }))
    }
}

impl Fact<Vec<Text>> {
    /// The TXT (or type 99) records of an answer.
    pub fn texts(lookup: Lookup) -> Self {
        Self::from_lookup(lookup, |record| match record {
            RecordData::Txt(text) | RecordData::Spf(text) => Some(text.clone()),
            _ => None,
        })
    }
}
