//! Which fields of a message to believe (RFC 8601 §4.1, §5).

use serde::{Deserialize, Serialize};

use super::AuthenticationResults;
use crate::dns::Name;

/// A field of the header that matters for trust, from the top down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceField<'a> {
    /// Received, with the host behind `by`.
    Received {
        /// The host that wrote it.
        by: Option<&'a str>,
    },
    /// Authentication-Results.
    Results(&'a AuthenticationResults),
}

/// What to think of an Authentication-Results field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// The topmost one of the reader's own host.
    Trusted,
    /// Of the same host and right below the topmost one: another filter there, or a claim that it let through.
    SameRun,
    /// Of the reader's own host by its name, but below a Received field that a stranger may have written under.
    BelowBorder,
    /// Another host's claim.
    Foreign,
    /// Nobody said which host is the reader's own: shown for information alone.
    Unconfigured,
}

/// Judges each Authentication-Results field, in their order. `receiver` is the reader's own host or domain; without it
/// nothing is trusted (RFC 8601 §5: no default).
pub fn judge_trust(fields: &[TraceField<'_>], receiver: Option<&str>) -> Vec<Trust> {
    let receiver = receiver.and_then(|r| Name::parse(r).ok()).filter(|r| !r.is_root());
    // Where the run of believable fields is: before, in, after.
    let (mut found, mut closed) = (false, false);
    let mut out = Vec::new();
    for field in fields {
        match field {
            TraceField::Received { by } => {
                let ours = receiver.as_ref().is_some_and(|r| by.is_some_and(|by| belongs(by, r)));
                closed |= found || !ours;
            }
            TraceField::Results(results) => {
                let Some(receiver) = &receiver else {
                    out.push(Trust::Unconfigured);
                    continue;
                };
                let ours = results.authserv_id.as_deref().is_some_and(|id| belongs(id, receiver));
                out.push(match (ours, closed, found) {
                    (false, ..) => Trust::Foreign,
                    (_, true, _) => Trust::BelowBorder,
                    (_, _, true) => Trust::SameRun,
                    _ => Trust::Trusted,
                });
                found |= ours && !closed;
            }
        }
    }
    out
}

/// Whether a host is the receiver's: the same name, or one of them below the other. Names of one label only match
/// themselves.
fn belongs(host: &str, receiver: &Name) -> bool {
    // RFC 8601 §5: compare A-labels, in either case.
    let Ok(host) = Name::parse(host.trim()) else { return false };
    let wide = |n: &Name| n.label_count() > 1;
    host == *receiver
        || (wide(receiver) && host.is_below(receiver))
        || (wide(&host) && receiver.is_below(&host) && !crate::dmarc::legacy::is_public_suffix(&host))
}
