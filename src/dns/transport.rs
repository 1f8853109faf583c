//! How a question reaches one server: UDP, TCP, TLS, HTTPS.
//!
//! A question over UDP has a socket of its own while it is in flight, connected, so that the
//! kernel drops what others send; the socket is used again a few times and never after a
//! question that got no answer, so that a late answer finds nobody (RFC 5452 §9).

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use hickory_proto::op::{DnsRequest, DnsRequestOptions, Message};
use hickory_resolver::net::NetError;
use hickory_resolver::net::h2::HttpsClientStream;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::tls::tls_exchange;
use hickory_resolver::net::xfer::{DnsExchange, DnsHandle as _};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, timeout_at};

use super::server::ResolverSpec;
use super::wire::{self, Flags, Misfit, Reply};
use super::{DnsError, How, Name, RecordType, ServerTrouble};
use crate::net::guard::{ConnectTo, redirect};
use crate::octets::Octets;

/// How often a socket is used before it gives way to one with another port.
const USES_PER_SOCKET: u8 = 32;

/// Sockets kept for the next question.
const IDLE_SOCKETS: usize = 256;

/// Room for answers above the size offered, which some servers send; what fills it may have been cut.
const RECEIVE_BUFFER: usize = 4096;

/// Why a server gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    Timeout,
    Malformed,
    Server(ServerTrouble),
    Network(String),
}

impl Fault {
    fn at(server: impl ToString, how: How) -> Self {
        Self::Server(ServerTrouble { server: server.to_string(), how })
    }
}

impl From<Fault> for DnsError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Timeout => Self::Timeout,
            Fault::Malformed => Self::Malformed,
            Fault::Server(trouble) => Self::Server(trouble),
            Fault::Network(why) => Self::Network(why),
        }
    }
}

/// What a question is besides the server it goes to.
#[derive(Clone, Copy)]
pub(super) struct Ask<'a> {
    pub name: &'a Name,
    pub rtype: RecordType,
    pub flags: Flags,
    pub timeout: Duration,
}

/// One server and what is kept open to it.
pub(super) enum Server {
    Plain { address: SocketAddr, tcp_only: bool, idle: Mutex<Vec<Socket>> },
    Secure { kind: Secure, tls: Arc<ClientConfig>, open: tokio::sync::Mutex<Option<Exchange>> },
}

pub(super) enum Secure {
    Tls { address: SocketAddr, name: ServerName<'static> },
    Https { host: Arc<str>, port: u16, path: Arc<str>, redirect: Option<SocketAddr> },
}

/// A connection that many questions share, and what its tasks live as long as.
#[derive(Clone)]
pub(super) struct Exchange {
    handle: DnsExchange<TokioRuntimeProvider>,
    /// Tells this connection from one opened after it.
    identity: Arc<()>,
    _provider: TokioRuntimeProvider,
}

pub(super) struct Socket {
    socket: UdpSocket,
    uses: u8,
    buffer: Vec<u8>,
}

impl Server {
    /// A server asked over UDP and TCP.
    pub fn plain(address: SocketAddr, tcp_only: bool) -> Self {
        Self::Plain { address, tcp_only, idle: Mutex::default() }
    }

    /// A server as `--resolver` names it. `None` when its name is none that TLS takes.
    pub fn new(spec: &ResolverSpec, tls: &Arc<ClientConfig>, connect_to: &[ConnectTo]) -> Option<Self> {
        let kind = match spec {
            ResolverSpec::Plain(address) => return Some(Self::plain(*address, false)),
            ResolverSpec::Tls { address, name } => {
                let name = match name {
                    Some(name) => ServerName::try_from(name.clone()).ok()?,
                    None => ServerName::from(address.ip()),
                };
                Secure::Tls { address: *address, name }
            }
            ResolverSpec::Https { host, port, path } => Secure::Https {
                host: host.as_str().into(),
                port: *port,
                path: path.as_str().into(),
                redirect: redirect(connect_to, host, *port),
            },
        };
        Some(Self::Secure { kind, tls: tls.clone(), open: tokio::sync::Mutex::default() })
    }

    /// Asks once; a server that does not know EDNS is asked without.
    pub async fn ask(&self, ask: Ask<'_>) -> Result<Reply, Fault> {
        let reply = self.ask_as_told(ask).await?;
        // RFC 6891 §7: FORMERR without an OPT record comes from a server that knows none.
        if ask.flags.edns && !reply.edns && reply.rcode == 1 {
            return self.ask_as_told(Ask { flags: Flags { edns: false, ..ask.flags }, ..ask }).await;
        }
        Ok(reply)
    }

    async fn ask_as_told(&self, ask: Ask<'_>) -> Result<Reply, Fault> {
        match self {
            Self::Plain { address, tcp_only: true, .. } => {
                over_tcp(*address, ask).await.map_err(|fault| fault.alone(*address))
            }
            Self::Plain { address, idle, .. } => {
                let reply = over_udp(*address, idle, ask).await?;
                if reply.truncated {
                    let whole = over_tcp(*address, ask).await;
                    return whole.map_err(|fault| fault.after_truncation(*address));
                }
                Ok(reply)
            }
            Self::Secure { kind, tls, open } => {
                let deadline = Instant::now() + ask.timeout;
                timeout_at(deadline, over_exchange(kind, tls, open, ask)).await.unwrap_or(Err(Fault::Timeout))
            }
        }
    }
}

/// Reads an answer; `id` is `None` where the transport has matched it already.
fn read(octets: &[u8], id: Option<u16>, ask: Ask<'_>) -> Result<Reply, Misfit> {
    let mut reply = wire::decode(octets, id, ask.name, ask.rtype)?;
    if ask.flags.whole {
        reply.message = Some(Octets(octets.to_vec()));
    }
    Ok(reply)
}

/// An identifier that nobody can guess (RFC 5452 §9.2).
fn random_id() -> u16 {
    let mut octets = [0; 2];
    // Without randomness the identifier is 0 and the port alone has to do.
    let _ = aws_lc_rs::rand::fill(&mut octets);
    u16::from_be_bytes(octets)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn over_udp(address: SocketAddr, idle: &Mutex<Vec<Socket>>, ask: Ask<'_>) -> Result<Reply, Fault> {
    let unreachable = |error: io::Error| match error.kind() {
        io::ErrorKind::ConnectionRefused => Fault::at(address, How::Nobody),
        _ => Fault::Network(format!("{address}: {error}")),
    };
    let deadline = Instant::now() + ask.timeout;
    let kept = lock(idle).pop();
    let mut socket = match kept {
        Some(socket) => socket,
        None => {
            let any = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
            // Port 0: the system picks one at random.
            let socket = UdpSocket::bind(SocketAddr::new(any, 0)).await.map_err(unreachable)?;
            socket.connect(address).await.map_err(unreachable)?;
            Socket { socket, uses: 0, buffer: Vec::with_capacity(RECEIVE_BUFFER) }
        }
    };
    let id = random_id();
    wire::encode_query(&mut socket.buffer, id, ask.name, ask.rtype, ask.flags);
    socket.socket.send(&socket.buffer).await.map_err(unreachable)?;
    loop {
        socket.buffer.clear();
        let received = timeout_at(deadline, socket.socket.recv_buf(&mut socket.buffer)).await;
        received.map_err(|_| Fault::Timeout)?.map_err(unreachable)?;
        // The system drops what does not fit, without a word: as good as truncated (TC).
        if socket.buffer.len() == socket.buffer.capacity()
            && let Some(bits) = socket.buffer.get_mut(2)
        {
            *bits |= 0x02;
        }
        match read(&socket.buffer, Some(id), ask) {
            Ok(reply) => {
                socket.uses += 1;
                if socket.uses < USES_PER_SOCKET {
                    let mut idle = lock(idle);
                    if idle.len() < IDLE_SOCKETS {
                        idle.push(socket);
                    }
                }
                return Ok(reply);
            }
            Err(Misfit::Foreign) => {}
            Err(Misfit::Malformed) => return Err(Fault::Malformed),
        }
    }
}

/// What can go wrong over TCP; how it is told depends on why TCP was used.
enum TcpFault {
    Refused,
    Closed,
    Timeout,
    Malformed,
    Io(io::Error),
}

impl TcpFault {
    fn alone(self, address: SocketAddr) -> Fault {
        match self {
            Self::Refused => Fault::at(address, How::Nobody),
            Self::Closed => Fault::Network(format!("TCP closed by {address}")),
            Self::Timeout => Fault::Timeout,
            Self::Malformed => Fault::Malformed,
            Self::Io(error) => Fault::Network(format!("TCP to {address}: {error}")),
        }
    }

    fn after_truncation(self, address: SocketAddr) -> Fault {
        match self {
            Self::Timeout => Fault::at(address, How::TcpSilent),
            Self::Refused => Fault::at(address, How::TcpRefused),
            Self::Closed => Fault::at(address, How::TcpClosed),
            other => other.alone(address),
        }
    }
}

impl From<io::Error> for TcpFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted => Self::Closed,
            io::ErrorKind::TimedOut => Self::Timeout,
            _ => Self::Io(error),
        }
    }
}

/// One question over a connection of its own (RFC 7766 §8: each message after its length).
async fn over_tcp(address: SocketAddr, ask: Ask<'_>) -> Result<Reply, TcpFault> {
    let id = random_id();
    let exchange = async {
        let mut query = Vec::new();
        wire::encode_query(&mut query, id, ask.name, ask.rtype, ask.flags);
        let length = (query.len() as u16).to_be_bytes();
        query.splice(..0, length);
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        stream.write_all(&query).await?;
        let length = usize::from(stream.read_u16().await?);
        let mut message = vec![0; length];
        stream.read_exact(&mut message).await?;
        Ok::<_, TcpFault>(message)
    };
    let deadline = Instant::now() + ask.timeout;
    let message = timeout_at(deadline, exchange).await.map_err(|_| TcpFault::Timeout)??;
    match read(&message, Some(id), ask) {
        Ok(reply) if !reply.truncated => Ok(reply),
        _ => Err(TcpFault::Malformed),
    }
}

/// Questions in flight on one TLS connection.
const TLS_IN_FLIGHT: usize = 4096;

async fn over_exchange(
    kind: &Secure,
    tls: &Arc<ClientConfig>,
    open: &tokio::sync::Mutex<Option<Exchange>>,
    ask: Ask<'_>,
) -> Result<Reply, Fault> {
    let mut query = Vec::new();
    wire::encode_query(&mut query, 0, ask.name, ask.rtype, ask.flags);
    let mut fresh = false;
    loop {
        let exchange = {
            let mut open = open.lock().await;
            match &*open {
                Some(exchange) => exchange.clone(),
                None => {
                    fresh = true;
                    open.insert(connect(kind, tls, ask.timeout).await?).clone()
                }
            }
        };
        let message = Message::from_vec(&query).map_err(|_| Fault::Malformed)?;
        let mut answers = exchange.handle.send(DnsRequest::new(message, DnsRequestOptions::default()));
        match answers.next().await {
            Some(Ok(answer)) => {
                let octets = answer.into_buffer();
                return read(&octets, None, ask).map_err(|_| Fault::Malformed);
            }
            Some(Err(NetError::Timeout)) => return Err(Fault::Timeout),
            Some(Err(NetError::Proto(_))) => return Err(Fault::Malformed),
            other => {
                // Servers close idle connections; a question on one that was open before gets a new one.
                let mut open = open.lock().await;
                if open.as_ref().is_some_and(|now| Arc::ptr_eq(&now.identity, &exchange.identity)) {
                    *open = None;
                }
                drop(open);
                if fresh {
                    let why = other.map_or_else(
                        || "connection closed".to_owned(),
                        |r| r.err().map(|e| e.to_string()).unwrap_or_default(),
                    );
                    return Err(Fault::Network(format!("{kind}: {why}")));
                }
            }
        }
    }
}

impl std::fmt::Display for Secure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tls { address, name } => write!(f, "tls://{address}#{}", name.to_str()),
            Self::Https { host, port: 443, path, .. } => write!(f, "https://{host}{path}"),
            Self::Https { host, port, path, .. } => write!(f, "https://{host}:{port}{path}"),
        }
    }
}

async fn connect(kind: &Secure, tls: &Arc<ClientConfig>, timeout: Duration) -> Result<Exchange, Fault> {
    let provider = TokioRuntimeProvider::new();
    let failed = |error: NetError| match error {
        NetError::Timeout => Fault::Timeout,
        NetError::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(error)) => {
                Fault::at(kind, How::Certificate(crate::net::tls::fault(error, &[])))
            }
            Some(error) => Fault::at(kind, How::Tls(error.to_string())),
            None if error.kind() == io::ErrorKind::ConnectionRefused => Fault::at(kind, How::Nobody),
            None => Fault::Network(format!("{kind}: {error}")),
        },
        other => Fault::Network(format!("{kind}: {other}")),
    };
    let handle = match kind {
        Secure::Tls { address, name } => {
            let config = ClientConfig::clone(tls);
            tls_exchange(*address, name.clone(), config, timeout, Some(TLS_IN_FLIGHT), provider.clone()).await
        }
        Secure::Https { host, port, path, redirect } => {
            let address = match redirect {
                Some(address) => *address,
                // The one name that has to be known before any can be asked for: the system's own resolver.
                None => {
                    let found = tokio::net::lookup_host((&**host, *port)).await.ok().and_then(|mut all| all.next());
                    found.ok_or_else(|| Fault::Network(format!("{kind}: the host has no address")))?
                }
            };
            let builder = HttpsClientStream::builder(tls.clone(), provider.clone());
            builder.exchange(address, host.clone(), path.clone()).await
        }
    };
    Ok(Exchange { handle: handle.map_err(failed)?, identity: Arc::new(()), _provider: provider })
}
