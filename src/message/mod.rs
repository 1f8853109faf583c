//! Messages as octets (RFC 5322): header fields, bodies, mailboxes of several messages.
//!
//! A message is never held whole: the header block is kept (bounded), the body passes by in chunks.

pub mod bounce;
pub mod from;
mod header;
pub mod hops;
mod reader;
pub mod received;
mod sources;

pub use header::{Field, Headers};
pub use reader::{Body, Limits, MessageError, read};
pub use sources::{Location, MboxBody, Source, Sources, looks_like_mbox, sources, standard_input};
