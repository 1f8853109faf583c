//! Names that are known to be no alias, so that nobody asks for their CNAME.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{DnsError, Name};

/// How long it is believed; RFC 2308 §5 has hours at most.
const BELIEVED: Duration = Duration::from_secs(300);

/// Names that are remembered.
const MOST: usize = 16_384;

/// What answers without records have said besides: a resolver puts the aliases that it followed into its answer, and
/// also into one that says that there is nothing (RFC 2308 §2.1). Without any, there is none at the name.
#[derive(Debug, Default)]
pub(super) struct Unaliased {
    names: Mutex<HashMap<Name, (DnsError, Instant)>>,
}

impl Unaliased {
    /// Takes in how a question about a name ended: with nothing, and without an alias.
    pub(super) fn note(&self, name: &Name, absence: DnsError) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST {
            names.clear();
        }
        names.insert(name.clone(), (absence, Instant::now()));
    }

    /// What a question for the CNAME of a name would come to, where that is known.
    pub(super) fn answer(&self, name: &Name) -> Option<DnsError> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(name).filter(|(_, since)| since.elapsed() < BELIEVED).map(|(absence, _)| absence.clone())
    }
}
