//! DMARC aggregate reports (RFC 9990, RFC 7489) and TLS reports (RFC 8460).
//!
//! A [`Collector`] is given files, folders, mailboxes or readers, and makes one [`Summary`] of them. Reports are read
//! as streams: memory grows with the number of different senders, not with the size of the input. The result is the
//! same however many threads read.
//!
//! ```
//! use mailauth::reports::{Collector, Options};
//!
//! let xml = b"<feedback><report_metadata><org_name>receiver.example</org_name><report_id>1</report_id>
//!   <date_range><begin>1767225600</begin><end>1767311999</end></date_range></report_metadata>
//!   <policy_published><domain>example.de</domain><p>none</p></policy_published>
//!   <record><row><source_ip>192.0.2.1</source_ip><count>7</count><policy_evaluated><disposition>none</disposition>
//!   <dkim>pass</dkim><spf>fail</spf></policy_evaluated></row></record></feedback>";
//! let mut collector = Collector::new(Options::default());
//! collector.add_reader("mail.xml", &xml[..]);
//! let summary = collector.finish();
//! let domain = summary.domain("example.de").ok_or("no such domain")?;
//! assert_eq!((domain.messages(), domain.pass()), (7, 7));
//! # Ok::<(), &str>(())
//! ```
//!
//! # Bounds
//!
//! What strangers pack is unpacked to at most 512 MiB a document and to at most 250 times its size past 64 MiB; a zip
//! file has at most 64 MiB and 1,000 members; archives hold no archives. Elements nest 64 deep, a tag or text has at
//! most 1 MiB, a TLS report 16 MiB. DOCTYPE and entities are refused. What is refused is named in
//! [`Summary::skipped`]. A broken report is not counted at all, unless it is so long that its first records had to be
//! counted before the fault was met: the reason then says how many. Records whose address or count cannot be read are
//! left out, and that is said too.

mod aggregate;
mod classify;
mod collector;
mod events;
mod fault;
mod feedback;
mod mime;
mod summary;
mod table;
mod text;
mod tls;
mod unpack;
mod zip;

pub use classify::{Blocking, Class, Evidence, Readiness, classify};
pub use collector::{Collector, Options};
pub use fault::{Fault, Omission, RecordFault};
pub use feedback::PolicyPublished;
pub use summary::{
    Day, Dispositions, DkimResult, Domain, Period, Skipped, Source, SpfResult, Summary, TlsDomain, TlsFailures, date,
    rfc3339,
};

/// Levels of elements.
const DEPTH: usize = 64;
/// Bytes of one element's text that are kept.
const VALUE: usize = 1024;
/// Bytes of one tag, text or comment, and of the white space before it.
const MAX_PIECE: usize = 1 << 20;
/// Records that are held before they are counted.
const RECORDS_AT_ONCE: usize = 4096;
/// Records that are held when the head of the report is not yet known.
const RECORDS_BEFORE_HEAD: usize = 65_536;
const MAX_JSON: usize = 16 << 20;
const TLS_POLICIES: usize = 10_000;
const TLS_FAILURES: usize = 100_000;
/// Bytes that one packed document may become.
const MAX_UNPACKED: u64 = 512 << 20;
/// Up to here the ratio is not looked at.
const FREE_RATIO_BYTES: u64 = 64 << 20;
/// What one packed document may become, times its size. Aggregate reports reach about 40.
const MAX_RATIO: u64 = 250;
/// What all packed documents of a file may become past the first `MAX_UNPACKED` bytes, times their size.
const MAX_TOTAL_RATIO: u64 = 32;
const MAX_ZIP: u64 = 64 << 20;
const MAX_ZIP_MEMBERS: usize = 1000;
/// Bytes of the header of a mail or part.
const MAX_HEADER: usize = 1 << 20;
/// Bytes of a mail's line that are looked at together.
const MAX_LINE: usize = 16 << 10;
/// Levels of multiparts, and of mails in mails.
const MAX_LEVELS: usize = 16;
/// Parts of one mail.
const MAX_PARTS: usize = 1000;
/// Levels of folders.
const MAX_FOLDERS: usize = 16;
/// Files of all folders.
const MAX_FILES: usize = 1_000_000;
/// Senders of all domains together.
const MAX_SENDERS: usize = 500_000;
const MAX_NAMES: usize = 100_000;
const MAX_NAME_BYTES: usize = 8 << 20;
const MAX_SETS: usize = 50_000;
/// Names in one list of a sender.
const SET_SIZE: usize = 16;
const MAX_DAYS: usize = 4096;
const MAX_REPORTERS: usize = 256;
/// Reports that are remembered to know them again.
const MAX_SEEN: usize = 500_000;
const MAX_SKIPPED: usize = 1000;
const MAX_TLS_DOMAINS: usize = 10_000;
/// Kinds of failures of one TLS policy.
const MAX_TLS_KINDS: usize = 1000;
