//! Identifier alignment (RFC 9989 §4.4).

use super::discover::Walk;
use super::record::AlignmentMode;
use crate::dns::{DnsError, Name};

/// Whether two domains are aligned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aligned {
    /// They are.
    Yes,
    /// They are not.
    No,
    /// Nobody knows: a walk met a failure that could have changed the answer.
    Unknown(DnsError),
}

impl Aligned {
    /// Certainly aligned.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

/// Whether an authenticated domain is aligned with the Author Domain.
///
/// `walks` are those of the Author Domain and of the authenticated one; they are only needed for different domains
/// in relaxed mode, and without them the answer is then no.
pub fn align(mode: AlignmentMode, author: &Name, domain: &Name, walks: Option<(&Walk, &Walk)>) -> Aligned {
    if author == domain {
        return Aligned::Yes;
    }
    // RFC 9989 §4.4: strict is identity; relaxed is the same Organizational Domain, not being above or below.
    let Some((ours, theirs)) = walks.filter(|_| mode == AlignmentMode::Relaxed) else { return Aligned::No };
    if ours.organizational_domain == theirs.organizational_domain {
        // Whatever an unanswered question above the common domain holds moves both alike.
        return match ours.failure_below().or(theirs.failure_below()) {
            Some(error) => Aligned::Unknown(error.clone()),
            None => Aligned::Yes,
        };
    }
    match ours.failure().or(theirs.failure()) {
        Some(error) => Aligned::Unknown(error.clone()),
        None => Aligned::No,
    }
}
