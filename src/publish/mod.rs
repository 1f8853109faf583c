//! Records to publish: made from what the user wants, printed as DNS software takes them.
//!
//! [`records`] makes them and refuses what would be an error once published; [`formats`] prints them.

pub mod desired;
pub mod formats;
pub mod keygen;
pub mod observed;
pub mod records;

use serde::{Deserialize, Serialize};

use crate::dns::{Name, RecordType};

pub use formats::{Format, FormatError};
pub use records::PublishError;

/// The TTL of records that nobody gave one, in seconds.
pub const DEFAULT_TTL: u32 = 3600;

/// One record to publish.
///
/// The value is whole: a text unquoted and unsplit, an MX `10 mail.example.de`, a CNAME its
/// target, all names without the final dot (the null MX is `0 .`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The owner name.
    pub name: Name,
    /// The type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// In seconds.
    pub ttl: u32,
    /// The value.
    pub value: String,
}

impl Record {
    /// A TXT record.
    pub fn txt(name: Name, ttl: u32, value: impl Into<String>) -> Self {
        Self { name, rtype: RecordType::Txt, ttl, value: value.into() }
    }
}

/// Records and the zone they go to; most formats name both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneRecords {
    /// The apex of the zone.
    pub zone: Name,
    /// The records, all at or below the apex.
    pub records: Vec<Record>,
}

/// The zone that a domain most likely lies in: its registrable domain by the public suffix list,
/// or the domain itself where there is none.
pub fn likely_zone(domain: &Name) -> Name {
    domain.registrable().unwrap_or_else(|| domain.clone())
}

/// A text of a policy that a web server hands out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFile {
    /// Where it has to be found.
    pub url: String,
    /// What is in it.
    pub text: String,
}
