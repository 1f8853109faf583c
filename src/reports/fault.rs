//! Why a file, a part of it or a record is not counted.

use std::io;

/// The reason why something is not counted, in words for the `skipped` list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing is in it.
    #[error("is empty")]
    Empty,
    /// Neither XML, JSON, gzip, zip nor mail.
    #[error("is neither XML, JSON, gzip, zip nor mail")]
    NotAReport,
    /// A mail or mailbox without a part that could be a report.
    #[error("no part of the mail is a report")]
    NoReportInMail,
    /// The root element is another one than `feedback` (RFC 9990).
    #[error("the XML has no element feedback")]
    NoFeedback,
    /// A document type declaration: reports have none, attacks do.
    #[error("DOCTYPE is refused")]
    Doctype,
    /// A reference to an entity that XML does not predefine.
    #[error("entity &{0}; is refused")]
    Entity(String),
    /// More levels of elements than any report has.
    #[error("nested more than {0} levels deep")]
    Depth(usize),
    /// One tag, text or comment beyond the bound.
    #[error("a tag or text is longer than {0} bytes")]
    TooLong(usize),
    /// A declared character encoding that is not read here.
    #[error("encoding {0} is not supported")]
    Encoding(String),
    /// XML that is not well-formed; `at` is the offset in bytes of the decoded text.
    #[error("malformed XML at byte {at}: {what}")]
    Xml {
        /// Offset in bytes.
        at: u64,
        /// What is wrong.
        what: String,
    },
    /// The input ends within the report.
    #[error("ends before the report does")]
    Truncated,
    /// JSON that is no TLS report (RFC 8460 §4.4).
    #[error("no TLS report: {0}")]
    Json(String),
    /// More bytes than the bound after unpacking.
    #[error("unpacks to more than {0} bytes")]
    Unpacked(u64),
    /// Packed more than a report can be: a bomb.
    #[error("unpacks to more than {0} times its size")]
    Ratio(u64),
    /// Packed data in packed data.
    #[error("an archive within an archive is refused")]
    NestedArchive,
    /// Too many members.
    #[error("has more than {0} members")]
    Members(usize),
    /// A zip file that cannot be used.
    #[error("broken zip: {0}")]
    Zip(&'static str),
    /// Packed data that does not unpack.
    #[error("broken compressed data: {0}")]
    Compressed(String),
    /// A JSON document, mail header or zip file beyond its bound.
    #[error("{0} larger than {1} bytes")]
    Size(&'static str, u64),
    /// More parts, levels, files or senders than the bound.
    #[error("more than {1} {0}")]
    TooMany(&'static str, usize),
    /// A date filter is set and the report names no range.
    #[error("the report's date range is missing or no time")]
    NoRange,
    /// No policy domain, and no From domain that could stand in.
    #[error("the report names no domain")]
    NoDomain,
    /// The operating system's word.
    #[error("cannot be read: {1}")]
    Io(io::ErrorKind, String),
}

/// What of a report is not counted, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Omission {
    /// A whole file, or a part of it.
    #[error("{0}")]
    Whole(Fault),
    /// What comes after the records that are counted.
    #[error("{0}; the {1} records before are counted")]
    Rest(Fault, u64),
    /// Single records.
    #[error("{why}: {count} {} left out", if *.count == 1 { "record" } else { "records" })]
    Records {
        /// What is wrong with them.
        why: RecordFault,
        /// How many.
        count: u64,
    },
    /// Records that found no room.
    #[error("more than {most} senders or too many names: {count} records left out")]
    NoRoom {
        /// How many senders there is room for.
        most: usize,
        /// How many records.
        count: u64,
    },
}

/// What is wrong with one record of a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// No address of a sender.
    #[error("source_ip is missing")]
    NoAddress,
    /// A sender that is no address.
    #[error("source_ip {0:?} is no address")]
    Address(String),
    /// No number of messages.
    #[error("count is missing")]
    NoCount,
    /// A number of messages that is none.
    #[error("count {0:?} is no number")]
    Count(String),
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        io::Error::other(fault)
    }
}

impl From<io::Error> for Fault {
    /// Finds the fault again that a reader below a parser raised.
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
            Some(fault) => fault.clone(),
            None => match error.kind() {
                io::ErrorKind::UnexpectedEof => Fault::Truncated,
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Fault::Compressed(clip(&error.to_string())),
                kind => Fault::Io(kind, clip(&error.to_string())),
            },
        }
    }
}

/// At most 160 characters of a stranger's or a library's text.
pub(crate) fn clip(text: &str) -> String {
    text.chars().take(160).collect()
}
