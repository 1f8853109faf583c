//! Fetching the MTA-STS policy file (RFC 8461 §3.3): one GET over HTTPS.
//!
//! HTTP/1.1 to the very address that was vetted, with a certificate that is valid for the policy
//! host; no redirects, no proxies, no cache. Status 200 alone counts.
//!
//! What the server is to blame for is a [`FetchFault`]: senders meet the same. What may well be on
//! this side (no route, no answer in time) is no fault of the domain, and an error here.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::tls::{self, CertificateFault};
use super::{NoConnection, connect, lines};
use crate::dns::DnsError;
use crate::mta_sts::MAX_POLICY_SIZE;
use crate::octets;

/// The path of the file (RFC 8461 §3.3).
pub const PATH: &str = "/.well-known/mta-sts.txt";
/// Header fields at most, and interim answers.
const MOST_FIELDS: usize = 128;
const MOST_INTERIM: usize = 4;
/// Octets of a line at most.
const LONGEST_LINE: u64 = 8192;
/// Chunks at most: a file of 64 KiB needs none, and one octet a chunk is no honest server's way.
const MOST_CHUNKS: usize = 4096;

/// A policy file as it was served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFile {
    /// The octets; one more than [`MAX_POLICY_SIZE`] where it was cut off.
    #[serde(with = "octets::one")]
    pub body: Vec<u8>,
    /// The media type without its parameters, in lower case.
    pub media_type: Option<String>,
}

/// Why senders cannot have the file, by the server's or the DNS's own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchFault {
    /// The policy host has no address.
    NoAddress,
    /// None of its addresses is a public one.
    PrivateAddress,
    /// Nobody listens on port 443.
    Refused,
    /// The certificate does not hold.
    Certificate(CertificateFault),
    /// No TLS connection comes about.
    Tls,
    /// A status other than 200: redirects must not be followed.
    Status(u16),
    /// What comes is no HTTP, or ends too early.
    Broken,
}

/// Fetches the file of a policy host from the first of its addresses that answers. `wait` is how long a connection
/// may take, and half of what the exchange may take. Must run within a tokio runtime.
///
/// # Errors
/// [`DnsError::Timeout`] or [`DnsError::Network`]: it could not be learnt whether the file is there.
pub async fn fetch(
    host: &str,
    addresses: &[SocketAddr],
    config: Arc<ClientConfig>,
    wait: Duration,
) -> Result<Result<PolicyFile, FetchFault>, DnsError> {
    let stream = match connect(addresses, wait).await {
        Ok(stream) => stream,
        Err(NoConnection::Refused) => return Ok(Err(FetchFault::Refused)),
        Err(NoConnection::Timeout) => return Err(DnsError::Timeout),
        Err(NoConnection::Network(why)) => return Err(DnsError::Network(why)),
    };
    let Ok(name) = ServerName::try_from(host.to_owned()) else { return Ok(Err(FetchFault::NoAddress)) };
    let exchange = async {
        let stream = match TlsConnector::from(config).connect(name, stream).await {
            Ok(stream) => stream,
            Err(error) => return Err(handshake_fault(&error)),
        };
        let mut stream = BufReader::new(stream);
        let request = format!(
            "GET {PATH} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: mailauth/{}\r\nAccept: text/plain\r\nConnection: close\r\n\r\n",
            env!("CARGO_PKG_VERSION")
        );
        stream.get_mut().write_all(request.as_bytes()).await.map_err(|_| FetchFault::Broken)?;
        stream.get_mut().flush().await.map_err(|_| FetchFault::Broken)?;
        answer(&mut stream).await
    };
    timeout(wait.saturating_mul(2), exchange).await.map_err(|_| DnsError::Timeout)
}

fn handshake_fault(error: &io::Error) -> FetchFault {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(error)) => FetchFault::Certificate(tls::fault(error, &[])),
        _ => FetchFault::Tls,
    }
}

/// Reads an HTTP answer (RFC 9112): the status must be 200, then comes the file.
async fn answer<R: AsyncBufRead + Unpin>(reader: &mut R) -> Result<PolicyFile, FetchFault> {
    for _ in 0..=MOST_INTERIM {
        let status = status(&line(reader).await?).ok_or(FetchFault::Broken)?;
        let fields = fields(reader).await?;
        match status {
            200 => return body(reader, fields).await,
            100..=199 => {}
            other => return Err(FetchFault::Status(other)),
        }
    }
    Err(FetchFault::Broken)
}

async fn line<R: AsyncBufRead + Unpin>(reader: &mut R) -> Result<Vec<u8>, FetchFault> {
    lines::read(reader, LONGEST_LINE).await.map_err(|_| FetchFault::Broken)
}

/// `HTTP/1.1 200 OK` → 200.
fn status(line: &[u8]) -> Option<u16> {
    let rest = line.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(1..))?;
    let code = rest.strip_prefix(b" ")?.get(..3)?;
    let bounded = rest.get(4).is_none_or(|b| *b == b' ');
    std::str::from_utf8(code).ok()?.parse().ok().filter(|code| bounded && (100..=999).contains(code))
}

/// The header fields that matter here.
#[derive(Debug, Default)]
struct Fields {
    length: Option<u64>,
    chunked: bool,
    media_type: Option<String>,
}

async fn fields<R: AsyncBufRead + Unpin>(reader: &mut R) -> Result<Fields, FetchFault> {
    let mut found = Fields::default();
    for _ in 0..MOST_FIELDS {
        let line = line(reader).await?;
        if line.is_empty() {
            return Ok(found);
        }
        let line = String::from_utf8_lossy(&line);
        let Some((name, value)) = line.split_once(':') else { return Err(FetchFault::Broken) };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => found.length = Some(value.parse().map_err(|_| FetchFault::Broken)?),
            "transfer-encoding" => match value.to_ascii_lowercase().as_str() {
                "chunked" => found.chunked = true,
                "identity" => {}
                _ => return Err(FetchFault::Broken),
            },
            "content-type" => {
                let bare = value.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
                found.media_type = Some(bare).filter(|t| !t.is_empty());
            }
            _ => {}
        }
    }
    Err(FetchFault::Broken)
}

async fn body<R: AsyncBufRead + Unpin>(reader: &mut R, fields: Fields) -> Result<PolicyFile, FetchFault> {
    let room = MAX_POLICY_SIZE + 1;
    let mut body = Vec::new();
    if fields.chunked {
        let mut ended = false;
        for _ in 0..MOST_CHUNKS {
            let size = chunk_size(&line(reader).await?).ok_or(FetchFault::Broken)?;
            if size == 0 || body.len() >= room {
                ended = true;
                break;
            }
            let wanted = size.min(room - body.len());
            read_some(reader, wanted, &mut body).await?;
            if wanted < size {
                ended = true;
                break;
            }
            if !line(reader).await?.is_empty() {
                return Err(FetchFault::Broken);
            }
        }
        if !ended {
            return Err(FetchFault::Broken);
        }
    } else if let Some(length) = fields.length {
        let wanted = usize::try_from(length).unwrap_or(room).min(room);
        read_some(reader, wanted, &mut body).await?;
    } else {
        // Until the server closes; many close without saying so in TLS.
        let ended = (&mut *reader).take(room as u64).read_to_end(&mut body).await;
        if ended.is_err_and(|e| e.kind() != io::ErrorKind::UnexpectedEof) {
            return Err(FetchFault::Broken);
        }
    }
    Ok(PolicyFile { body, media_type: fields.media_type })
}

async fn read_some<R: AsyncBufRead + Unpin>(
    reader: &mut R,
    wanted: usize,
    body: &mut Vec<u8>,
) -> Result<(), FetchFault> {
    let read = (&mut *reader).take(wanted as u64).read_to_end(body).await;
    if read.is_ok_and(|got| got == wanted) { Ok(()) } else { Err(FetchFault::Broken) }
}

/// `1a;extension` → 26.
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|b| *b == b';').next()?.trim_ascii();
    let fits = (1..=8).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit);
    fits.then(|| std::str::from_utf8(digits).ok().and_then(|d| usize::from_str_radix(d, 16).ok())).flatten()
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use proptest::prelude::*;

    use super::*;

    fn read(octets: &[u8]) -> Result<PolicyFile, FetchFault> {
        let mut reader = octets;
        answer(&mut reader).now_or_never().unwrap()
    }

    fn text(octets: &str) -> Result<String, FetchFault> {
        read(octets.as_bytes()).map(|file| String::from_utf8(file.body).unwrap())
    }

    #[test]
    fn answers_in_all_their_forms() {
        for (answer, want) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", Ok("abc")),
            ("HTTP/1.0 200\r\n\r\nabc", Ok("abc")),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n", Ok("abc")),
            ("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na", Ok("a")),
            ("HTTP/1.1 200 OK\nContent-Length: 0\n\n", Ok("")),
            ("HTTP/1.1 301 Moved\r\nLocation: https://x/\r\n\r\n", Err(FetchFault::Status(301))),
            ("HTTP/1.1 404 Not Found\r\n\r\n", Err(FetchFault::Status(404))),
            ("HTTP/1.1 304 Not Modified\r\n\r\n", Err(FetchFault::Status(304))),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", Err(FetchFault::Broken)),
            ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc", Err(FetchFault::Broken)),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc", Err(FetchFault::Broken)),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nab", Err(FetchFault::Broken)),
            ("HTTP/1.1 2000 OK\r\n\r\n", Err(FetchFault::Broken)),
            ("SSH-2.0-OpenSSH\r\n", Err(FetchFault::Broken)),
            ("", Err(FetchFault::Broken)),
        ] {
            assert_eq!(text(answer), want.map(str::to_owned), "{answer}");
        }
    }

    #[test]
    fn the_media_type_is_kept_and_the_size_bounded() {
        let file = read(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\n\r\n").unwrap();
        assert_eq!(file.media_type.as_deref(), Some("text/html"));
        for head in ["Content-Length: 99999999999", "Transfer-Encoding: chunked", "X: y"] {
            let start = if head.contains("chunked") { "fffffff\r\n" } else { "" };
            let mut answer = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{start}").into_bytes();
            answer.resize(answer.len() + 200_000, b'a');
            assert_eq!(read(&answer).unwrap().body.len(), MAX_POLICY_SIZE + 1, "{head}");
        }
        let endless = "HTTP/1.1 200 OK\r\nX: ".to_owned() + &"y".repeat(100_000);
        assert_eq!(text(&endless), Err(FetchFault::Broken));
        let interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
        assert_eq!(text(&interim), Err(FetchFault::Broken));
    }

    proptest! {
        #[test]
        fn nothing_panics(
            octets in prop::collection::vec(any::<u8>(), 0..200),
            rest in "(Content-Length: [0-9]{1,20}|Transfer-Encoding: chunked|[a-f0-9]{1,9}|\\r\\n|\\n|\\PC){0,12}",
        ) {
            let _ = read(&octets);
            let _ = read(format!("HTTP/1.1 200 OK\r\n{rest}").as_bytes());
        }
    }
}
