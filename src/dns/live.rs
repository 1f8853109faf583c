//! Live answers: a stub resolver (RFC 1034 §5.3.1).
//!
//! No search list, no hosts file, no cache (see [`super::cache`]). Each question is one series of
//! attempts over the servers; what each failure was is kept. A question for the CNAME of a name is not
//! sent where an answer has shown that there is none.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt as _};
use rustls::{ClientConfig, RootCertStore};

use super::server::{AdTrust, ResolverSpec, SystemServers};
use super::transport::{Ask, Server};
use super::unaliased::Unaliased;
use super::wire::{Flags, Reply};
use super::{Answer, DnsError, Lookup, MAX_ALIASES, Name, RecordType, Resolver, Unavailable, Via};
use crate::net::guard::{ConnectTo, vet};

/// The response code of a server that could not find out (RFC 1035 §4.1.1).
const SERVFAIL: u16 = 2;

/// Servers at most; more do not make an answer likelier.
const MAX_SERVERS: usize = 32;

/// How a [`Live`] asks.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The servers; empty for the system's.
    pub servers: Vec<ResolverSpec>,
    /// How long an answer may take, per attempt.
    pub timeout: Duration,
    /// Further rounds over the servers after the first.
    pub retries: u32,
    /// Where names are to be found instead (`--connect-to`).
    pub connect_to: Vec<ConnectTo>,
    /// The certificates that TLS and HTTPS trust; `None` for those of the web.
    pub roots: Option<Arc<RootCertStore>>,
    /// `--trust-ad`.
    pub trust_ad: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            servers: Vec::new(),
            timeout: Duration::from_secs(5),
            retries: 1,
            connect_to: Vec::new(),
            roots: None,
            trust_ad: false,
        }
    }
}

/// Why there is no [`Live`] for some settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// More than 32 servers.
    #[error("more than {MAX_SERVERS} resolvers")]
    TooMany,
    /// A server name that TLS does not take.
    #[error("{0}: not a name that a certificate can have")]
    ServerName(String),
    /// The TLS library refuses its settings.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// The resolver that asks the network.
///
/// It must be polled within a tokio runtime, single-threaded or not; TLS and HTTPS connections
/// belong to the runtime that first asked.
pub struct Live {
    servers: Vec<Server>,
    /// The server that answered last; a dead one before it costs its timeout once, not every time.
    preferred: AtomicUsize,
    timeout: Duration,
    retries: u32,
    connect_to: Vec<ConnectTo>,
    ad_trust: AdTrust,
    sent: AtomicU64,
    unaliased: Unaliased,
}

impl Live {
    /// A resolver with these settings; nothing is connected or asked yet.
    ///
    /// # Errors
    /// [`SettingsError`], of servers that cannot be used.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        if settings.servers.len() > MAX_SERVERS {
            return Err(SettingsError::TooMany);
        }
        let (servers, mut ad_trust) = if settings.servers.is_empty() {
            let system = SystemServers::read();
            let servers = system.servers.iter().map(|&address| Server::plain(address, system.tcp_only)).collect();
            (servers, if system.trust_ad { AdTrust::ResolvConf } else { AdTrust::No })
        } else {
            let secure = settings.servers.iter().any(|s| !matches!(s, ResolverSpec::Plain(_)));
            let tls = if secure { Some(tls_config(settings.roots.clone())?) } else { None };
            let server = |spec: &ResolverSpec| match (spec, &tls) {
                (ResolverSpec::Plain(address), _) => Ok(Server::plain(*address, false)),
                (_, Some(tls)) => Server::new(spec, tls, &settings.connect_to)
                    .ok_or_else(|| SettingsError::ServerName(spec.to_string())),
                (_, None) => Err(SettingsError::ServerName(spec.to_string())),
            };
            let servers = settings.servers.iter().map(server).collect::<Result<_, _>>()?;
            // The worst path decides: an answer does not say which server it came from.
            (servers, settings.servers.iter().map(ResolverSpec::ad_trust).min().unwrap_or_default())
        };
        if settings.trust_ad {
            ad_trust = AdTrust::Asked;
        }
        Ok(Self {
            servers,
            preferred: AtomicUsize::new(0),
            timeout: settings.timeout,
            retries: settings.retries,
            connect_to: settings.connect_to,
            ad_trust,
            sent: AtomicU64::new(0),
            unaliased: Unaliased::default(),
        })
    }

    /// A resolver that asks one server alone, over UDP and TCP, with the default settings otherwise.
    pub fn at(address: SocketAddr) -> Self {
        Self {
            servers: vec![Server::plain(address, false)],
            preferred: AtomicUsize::new(0),
            timeout: Duration::from_secs(5),
            retries: 1,
            connect_to: Vec::new(),
            ad_trust: ResolverSpec::Plain(address).ad_trust(),
            sent: AtomicU64::new(0),
            unaliased: Unaliased::default(),
        }
    }

    /// Whether the AD bit of the answers may be believed, and why.
    pub fn ad_trust(&self) -> AdTrust {
        self.ad_trust
    }

    /// How many questions have been asked; retries and TCP after UDP count as one.
    pub fn questions(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    async fn resolve(&self, name: &Name, rtype: RecordType, via: Option<&Via>) -> Lookup {
        if rtype == RecordType::Cname
            && via.is_none()
            && let Some(absence) = self.unaliased.answer(name)
        {
            return Err(absence);
        }
        let flags = Flags {
            recursion: true,
            checking_disabled: via == Some(&Via::CheckingDisabled),
            signatures: via == Some(&Via::SignaturesAsked),
            edns: true,
            whole: false,
        };
        let mut found = Answer { ttl: u32::MAX, authentic: true, ..Answer::new([]) };
        loop {
            let here = found.aliases.last().unwrap_or(name);
            let reply = self.ask_servers(&self.servers, here, rtype, flags).await?;
            // A recursive server hands out the whole chain; some forwarders leave the rest to us.
            let unfinished = reply.recursive && reply.records.is_empty() && !reply.aliases.is_empty();
            let unfinished = unfinished && reply.rcode == 0 && !reply.conclusive && !reply.looping;
            found.ttl = found.ttl.min(reply.ttl);
            // RFC 4035 §3.2.3: one part that is not authentic makes the whole not authentic.
            found.authentic &= reply.authentic;
            let known = |alias: &Name| alias == name || found.aliases.contains(alias);
            let looping = reply.looping || reply.aliases.iter().any(known);
            let (rcode, records) = (reply.rcode, reply.records);
            found.aliases.extend(reply.aliases);
            let is_bare = found.aliases.is_empty();
            if unfinished && !looping && found.aliases.len() < MAX_ALIASES {
                continue;
            }
            // RFC 1034 §3.6.2: loops of aliases are an error; servers answer SERVFAIL.
            let lost = rcode == 0 && records.is_empty() && (unfinished || looping);
            found.records = records;
            let outcome = conclude(if lost { SERVFAIL } else { rcode }, found);
            if let Err(absence @ (DnsError::NxDomain | DnsError::NoData)) = &outcome
                && is_bare
                && via.is_none()
            {
                self.unaliased.note(name, absence.clone());
            }
            return outcome;
        }
    }

    /// The message that answers a question, with all that validation needs.
    async fn whole_message(&self, name: &Name, rtype: RecordType) -> Lookup {
        let flags = Flags { recursion: true, checking_disabled: true, signatures: true, edns: true, whole: true };
        let Reply { rcode, ttl, message, .. } = self.ask_servers(&self.servers, name, rtype, flags).await?;
        match rcode {
            // Kept no longer than any absence, which it may be.
            0 | 3 => Ok(Arc::new(Answer { ttl: ttl.min(300), message, ..Answer::new([]) })),
            rcode => conclude(rcode, Answer::new([])),
        }
    }

    async fn ask_own_server(&self, name: &Name, rtype: RecordType, server: SocketAddr) -> Lookup {
        let flags = Flags { recursion: false, checking_disabled: false, signatures: false, edns: true, whole: false };
        let server = [Server::plain(server, false)];
        let reply = self.ask_servers(&server, name, rtype, flags).await?;
        let Reply { rcode, records, aliases, ttl, authentic, looping, .. } = reply;
        conclude(
            if looping && rcode == 0 { SERVFAIL } else { rcode },
            Answer { records, aliases, ttl, authentic, message: None },
        )
    }

    /// One series of attempts: every server in turn, those without an answer again.
    async fn ask_servers(
        &self,
        servers: &[Server],
        name: &Name,
        rtype: RecordType,
        flags: Flags,
    ) -> Result<Reply, DnsError> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let ask = Ask { name, rtype, flags, timeout: self.timeout };
        let first = self.preferred.load(Ordering::Relaxed);
        let mut spoken = 0u64;
        let (mut refusal, mut fault) = (None, None);
        for _ in 0..=self.retries {
            for turn in 0..servers.len() {
                let index = (first + turn) % servers.len();
                if spoken & 1 << index != 0 {
                    continue;
                }
                match servers[index].ask(ask).await {
                    Ok(reply) if matches!(reply.rcode, 0 | 3) && !reply.referral => {
                        if servers.len() > 1 && turn > 0 && fault.is_some() {
                            self.preferred.store(index, Ordering::Relaxed);
                        }
                        return Ok(reply);
                    }
                    // This server has spoken; another one may know more.
                    Ok(mut reply) => {
                        spoken |= 1 << index;
                        if reply.referral {
                            // It names others instead of asking them: that says nothing about the name.
                            reply.rcode = SERVFAIL;
                        }
                        refusal.get_or_insert(reply);
                    }
                    Err(error) => fault = Some(error),
                }
            }
        }
        match (refusal, fault) {
            (Some(reply), _) => Ok(reply),
            (None, Some(fault)) => Err(fault.into()),
            (None, None) => Err(DnsError::Timeout),
        }
    }
}

impl Resolver for Live {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        self.resolve(name, rtype, None).boxed()
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        match via {
            Via::CheckingDisabled | Via::SignaturesAsked => self.resolve(name, rtype, Some(via)).boxed(),
            Via::WholeMessage => self.whole_message(name, rtype).boxed(),
            Via::Server { host, address } => async move {
                let server = vet(&self.connect_to, host.as_str(), *address, 53);
                let server = server.ok_or(DnsError::Unavailable(Unavailable::Private))?;
                self.ask_own_server(name, rtype, server).await
            }
            .boxed(),
        }
    }
}

/// The outcome of a response code and what came with it.
fn conclude(rcode: u16, answer: Answer) -> Lookup {
    match rcode {
        0 if answer.records.is_empty() => Err(DnsError::NoData),
        0 => Ok(Arc::new(answer)),
        SERVFAIL => Err(DnsError::ServFail),
        3 => Err(DnsError::NxDomain),
        5 => Err(DnsError::Refused),
        other => Err(DnsError::Rcode(other)),
    }
}

fn tls_config(roots: Option<Arc<RootCertStore>>) -> Result<Arc<ClientConfig>, SettingsError> {
    let web = || Arc::new(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() });
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| SettingsError::Tls(e.to_string()))?
        .with_root_certificates(roots.unwrap_or_else(web))
        .with_no_client_auth();
    Ok(Arc::new(config))
}
