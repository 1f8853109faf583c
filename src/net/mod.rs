//! Connections other than DNS: policy files over HTTPS, SMTP probes.

pub mod guard;
mod lines;
pub mod policy;
pub mod smtp;
pub mod tls;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

/// More addresses than this of one host are not tried.
pub const MAX_ADDRESSES: usize = 4;

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NoConnection {
    /// An address did not answer in time.
    Timeout,
    /// Somebody is there and refuses.
    Refused,
    /// It failed on this side: no route, not permitted.
    Network(String),
}

/// Connects to the first address that answers; each gets `wait`.
async fn connect(addresses: &[SocketAddr], wait: Duration) -> Result<TcpStream, NoConnection> {
    let mut worst = None;
    for address in addresses.iter().take(MAX_ADDRESSES) {
        let trouble = match timeout(wait, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Err(_) => NoConnection::Timeout,
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => NoConnection::Refused,
            Ok(Err(error)) => NoConnection::Network(format!("{address}: {}", error.kind())),
        };
        // What leaves the question open outweighs a refusal; a missing route for one family says nothing.
        worst = match (worst, trouble) {
            (None | Some(NoConnection::Network(_)), trouble) => Some(trouble),
            (Some(NoConnection::Refused), NoConnection::Timeout) => Some(NoConnection::Timeout),
            (kept, _) => kept,
        };
    }
    Err(worst.unwrap_or_else(|| NoConnection::Network("no address".to_owned())))
}
