//! DMARC (RFC 9989): the record, the tree walk, alignment and the result.
//!
//! - [`parse`] reads a record with the place of every slip, [`Record`] is what a receiver makes of it;
//! - [`discover`] walks the DNS tree for the policy and the Organizational Domain;
//! - [`evaluate`] comes to the result for a message;
//! - [`authorise`] asks whether a foreign report destination wants the reports (RFC 9990 §4);
//! - [`legacy`] says what a receiver of the RFC 7489 era finds, for comparison only.

mod align;
mod discover;
mod evaluate;
pub mod legacy;
mod parse;
mod parsed;
mod record;
mod report_auth;
mod uri;

pub use align::{Aligned, align};
pub use discover::{
    Asking, Discovery, PolicyRecord, PolicySource, RecordCache, Step, StepOutcome, Walk, Walks, discover,
    organizational_domain, walk_names,
};
pub use evaluate::{DmarcResult, Identifier, Input, Outcome, Reason, SpfIdentity, Verdict, evaluate, evaluate_with};
pub use parse::{looks_like_dmarc, parse};
pub use parsed::{Effect, Parsed, Slip, SlipKind, Tag, TagKind};
pub use record::{AlignmentMode, FailureOptions, Policy, Psd, Record, Scope};
pub use report_auth::{Authorisation, authorise, authorise_all, report_name};
pub use uri::{Destination, DestinationAt, SizeSuffix};
pub(crate) use uri::{decode, escapes_are_whole, is_host, is_uri_octet, mail_host};

#[cfg(test)]
mod tests;
