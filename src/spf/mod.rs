//! SPF (RFC 7208): the record, its evaluation, and the tree of its lookups.
//!
//! [`parse()`] reads a record with all its faults, [`check_host`] evaluates it for a client, and
//! [`tree()`] draws everything that it leads to without one.
//!
//! ```
//! use mailauth::dns::recording::Recording;
//! use mailauth::spf::{Params, SpfResult, check_host};
//! # futures_util::FutureExt::now_or_never(async {
//! let mut dns = Recording::closed_world();
//! dns.txt("example.de", "v=spf1 ip4:192.0.2.0/24 -all");
//! let params = Params::new("192.0.2.7".parse().unwrap(), Some("mail.example.de"), Some("info@example.de"));
//! let outcome = check_host(&dns, &params).await;
//! assert_eq!(outcome.result, SpfResult::Pass);
//! assert_eq!(outcome.mechanism.as_deref(), Some("ip4:192.0.2.0/24"));
//! # }).unwrap();
//! ```

mod cache;
mod covers;
mod evaluate;
mod gather;
pub mod macros;
mod outcome;
mod parse;
mod record;
mod select;
mod senders;
mod slips;
mod tree;

pub use covers::Coverage;
pub use evaluate::{Evaluator, Limits, Params, check_host, sender_domain};
pub use outcome::{Identity, Outcome, Reason, SpfResult, TermResult, TraceEntry, received_spf};
pub use parse::{Fault, FaultKind, Parsed, is_spf, parse};
pub use record::{DomainSpec, DualCidr, MECHANISMS, Mechanism, Modifier, Qualifier, Record, Span, Term, TermKind};
pub use select::{MissingBlank, VersionSlip, missing_blank, select, version_slip};
pub use senders::senders;
pub use tree::{Addresses, Bounds, HostAnswer, Node, NodeTerm, SpfHost, Target, Tree, tree};
