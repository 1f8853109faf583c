//! What gathering may reach besides the resolver.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _, Shared};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

pub use crate::dns::replay::{Sight, Sights};
use crate::dns::server::AdTrust;
use crate::dns::{DnsError, Name, Partial};
use crate::dnssec::Anchors;
use crate::net::guard::{ConnectTo, redirect};
use crate::net::smtp::Probe;
use crate::net::tls::TlsClients;

/// Connections besides DNS at once; each may hold a descriptor for as long as a server likes to wait.
const MAX_CONNECTIONS: usize = 64;

/// What gathering may reach besides the resolver, and whose word counts. The default reaches nothing.
///
/// One is made for a run and cloned for each domain, with [`Reach::until`] its deadline.
#[derive(Clone, Default)]
pub struct Reach {
    /// Whether the AD bit is believed, and why.
    pub ad_trust: AdTrust,
    /// What signatures are validated by; `None` where they are not looked at.
    pub anchors: Option<Arc<Anchors>>,
    /// Where is kept, or was, what is seen besides answers of the DNS.
    pub sights: Sights,
    /// Zone files that stand before the resolver: what they hold is not signed, and not asked elsewhere.
    pub zones: Option<Arc<dyn Partial>>,
    /// Whether a zone's own name servers are asked: all, or those that [`Reach::connect_to`] names.
    pub all_own_servers: bool,
    /// Where names are to be found instead.
    pub connect_to: Arc<[ConnectTo]>,
    /// Connections to web and mail servers; `None` for none at all (`--offline`, a recording).
    pub web: Option<Arc<Web>>,
    /// Whether mail servers are looked at (`--probe-smtp`).
    pub probe_smtp: bool,
    /// When the domain's time is up.
    pub until: Option<Instant>,
}

impl fmt::Debug for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reach").field("ad_trust", &self.ad_trust).field("connect_to", &self.connect_to).finish()
    }
}

/// Connections to web and mail servers: shared by all domains of a run.
pub struct Web {
    /// The clients.
    pub tls: TlsClients,
    /// How long a connection may take.
    pub wait: Duration,
    permits: Semaphore,
    /// One connection a host, however many domains it serves.
    probes: Mutex<HashMap<Name, Probing>>,
}

type Probing = Shared<BoxFuture<'static, Result<Probe, DnsError>>>;

impl Web {
    /// Connections with these clients.
    pub fn new(tls: TlsClients, wait: Duration) -> Self {
        Self { tls, wait, permits: Semaphore::new(MAX_CONNECTIONS), probes: Mutex::default() }
    }

    /// Runs a connection when there is room for it.
    pub(super) async fn admit<T>(&self, connection: impl Future<Output = T>) -> T {
        let _permit = self.permits.acquire().await;
        connection.await
    }

    /// The probe of a host: the one under way or done, or the one that `start` begins.
    pub(super) fn probe(
        &self,
        host: &Name,
        start: impl FnOnce() -> BoxFuture<'static, Result<Probe, DnsError>>,
    ) -> Probing {
        let mut probes = self.probes.lock().unwrap_or_else(PoisonError::into_inner);
        probes.entry(host.clone()).or_insert_with(|| start().shared()).clone()
    }
}

impl Reach {
    /// Whether zone files answer for a name.
    pub(super) fn is_local(&self, name: &Name) -> bool {
        self.zones.as_ref().is_some_and(|zones| zones.covers(name))
    }

    /// Whether a zone's own server may be asked.
    pub(super) fn may_ask(&self, server: &Name) -> bool {
        self.all_own_servers || redirect(&self.connect_to, server.as_str(), 53).is_some()
    }

    /// Whether any of a zone's own servers may be asked.
    pub(super) fn may_ask_any(&self) -> bool {
        self.all_own_servers || !self.connect_to.is_empty()
    }

    /// What a run sees: as the recording that is replayed has it, else by looking now.
    pub(super) async fn seen<T: Serialize + DeserializeOwned>(
        &self,
        sight: Sight,
        name: &Name,
        look: impl Future<Output = T>,
    ) -> T {
        match self.sights.replayed(sight, name) {
            Some(seen) => seen,
            None => {
                let seen = look.await;
                self.sights.keep(sight, name, &seen);
                seen
            }
        }
    }

    /// Waits no longer than the domain has time.
    pub(super) async fn in_time<T>(&self, work: impl Future<Output = Result<T, DnsError>>) -> Result<T, DnsError> {
        match self.until {
            Some(until) => timeout_at(until, work).await.unwrap_or(Err(DnsError::Timeout)),
            None => work.await,
        }
    }
}
