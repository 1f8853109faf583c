//! A look at a mail server: greeting, EHLO, STARTTLS (RFC 5321, RFC 3207), and nothing else.
//!
//! One connection, no message, no address. The certificate is taken whatever it says, and judged.
//! What is below TLS 1.2 the TLS library does not speak; a server that offers nothing else says so
//! with the alert `protocol_version`, or answers with its old version.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{AlertDescription, PeerIncompatible, ProtocolVersion};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::tls::{CertificateFault, TlsClients};
use super::{NoConnection, connect, lines};
use crate::dns::DnsError;
use crate::octets;

/// The port of mail servers.
pub const PORT: u16 = 25;
/// How the probe introduces itself: a name that is nobody's, and says what it is (RFC 2606 §2).
const EHLO: &str = "mailauth-probe.invalid";
/// Lines of a reply at most, and octets of a line; RFC 5321 §4.5.3.1.5 has 512.
const MOST_LINES: usize = 100;
const LONGEST_LINE: u64 = 2048;

/// What a mail server showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// The first word of the greeting: the server's name, if it keeps to RFC 5321 §4.2.
    pub greeting: Option<String>,
    /// What came of STARTTLS.
    pub tls: Offer,
}

/// What came of STARTTLS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offer {
    /// It is not offered.
    Missing,
    /// It is offered and refused, with this code.
    Refused(u16),
    /// Nothing better than TLS 1.1 is offered.
    Old,
    /// The handshake failed in another way: what the server can do is not known.
    Failed(String),
    /// TLS came about.
    Session(Session),
}

/// A TLS session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// `TLS 1.2` or `TLS 1.3`.
    pub version: String,
    /// The certificates that the server sent, its own first (DER).
    #[serde(with = "octets::list")]
    pub chain: Vec<Vec<u8>>,
    /// What is wrong with its certificate, judged by the roots, the clock and the host's name (RFC 8461 §4.1).
    pub fault: Option<CertificateFault>,
}

/// Looks at the server of `host` at the first of the addresses that answers. `wait` is how long a connection may
/// take, and a third of what a reply may take, since some servers let strangers wait. Must run within a tokio runtime.
///
/// # Errors
/// [`DnsError::Timeout`] or [`DnsError::Network`]: nobody could be spoken to. Port 25 is closed to many networks, so
/// that this says nothing about the server.
pub async fn probe(host: &str, addresses: &[SocketAddr], tls: &TlsClients, wait: Duration) -> Result<Probe, DnsError> {
    let stream = connect(addresses, wait).await.map_err(|error| match error {
        NoConnection::Timeout => DnsError::Timeout,
        NoConnection::Refused => DnsError::Network("nobody listens on port 25".to_owned()),
        NoConnection::Network(why) => DnsError::Network(why),
    })?;
    let patience = wait.saturating_mul(3);
    let mut talk = Talk { stream: BufReader::new(stream), patience };
    let greeting = talk.reply().await?;
    if greeting.code != 220 {
        talk.quit().await;
        return Err(DnsError::Network(format!("greeting {}", greeting.code)));
    }
    let name = first_word(&greeting);
    talk.say(&format!("EHLO {EHLO}\r\n")).await?;
    let features = talk.reply().await?;
    if !features.offers("STARTTLS") {
        talk.quit().await;
        return match features.code {
            // A server that knows no EHLO offers nothing; one that will not talk now says nothing.
            250 | 500 | 502 | 504 => Ok(Probe { greeting: name, tls: Offer::Missing }),
            code => Err(DnsError::Network(format!("EHLO {code}"))),
        };
    }
    talk.say("STARTTLS\r\n").await?;
    let go = talk.reply().await?;
    if go.code != 220 {
        talk.quit().await;
        return Ok(Probe { greeting: name, tls: Offer::Refused(go.code) });
    }
    // RFC 3207 §4.2: what was sent in the clear behind the reply is thrown away.
    let stream = talk.stream.into_inner();
    let tls = timeout(patience, handshake(host, stream, tls)).await;
    Ok(Probe { greeting: name, tls: tls.unwrap_or_else(|_| Offer::Failed("timeout".to_owned())) })
}

async fn handshake(host: &str, stream: TcpStream, tls: &TlsClients) -> Offer {
    let (Some((config, collector)), Ok(name)) = (tls.collecting(), ServerName::try_from(host.to_owned())) else {
        return Offer::Failed("TLS cannot be set up".to_owned());
    };
    let mut stream = match TlsConnector::from(config).connect(name, stream).await {
        Ok(stream) => stream,
        Err(error) => return handshake_failure(&error),
    };
    let (_, session) = stream.get_ref();
    let version = match session.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        _ => "TLS 1.2",
    };
    let chain = session.peer_certificates().unwrap_or_default().iter().map(|c| c.to_vec()).collect();
    let session = Session { version: version.to_owned(), chain, fault: collector.fault() };
    // Whether the farewell arrives makes no difference to what was seen.
    let _ = stream.write_all(b"QUIT\r\n").await;
    let _ = stream.shutdown().await;
    Offer::Session(session)
}

fn handshake_failure(error: &io::Error) -> Offer {
    use rustls::Error::{AlertReceived, PeerIncompatible as Incompatible};
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        // RFC 8446 §6.2: the versions that are offered are recognised and not supported.
        Some(
            AlertReceived(AlertDescription::ProtocolVersion)
            | Incompatible(
                PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                | PeerIncompatible::ServerDoesNotSupportTls12Or13,
            ),
        ) => Offer::Old,
        Some(other) => Offer::Failed(other.to_string()),
        None => Offer::Failed(error.kind().to_string()),
    }
}

/// A conversation whose every reply is waited for so long and no longer.
struct Talk {
    stream: BufReader<TcpStream>,
    patience: Duration,
}

/// A reply (RFC 5321 §4.2).
#[derive(Debug, PartialEq, Eq)]
struct Reply {
    code: u16,
    lines: Vec<String>,
}

impl Reply {
    /// Whether a line behind the first names a feature.
    fn offers(&self, feature: &str) -> bool {
        let named =
            |line: &String| line.split_ascii_whitespace().next().is_some_and(|w| w.eq_ignore_ascii_case(feature));
        self.code == 250 && self.lines.iter().skip(1).any(named)
    }
}

impl Talk {
    async fn say(&mut self, text: &str) -> Result<(), DnsError> {
        let said = timeout(self.patience, self.stream.get_mut().write_all(text.as_bytes())).await;
        said.map_err(|_| DnsError::Timeout)?.map_err(|e| DnsError::Network(e.kind().to_string()))
    }

    async fn reply(&mut self) -> Result<Reply, DnsError> {
        let read = timeout(self.patience, read_reply(&mut self.stream)).await;
        read.map_err(|_| DnsError::Timeout)?.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => DnsError::Network("what answers is no mail server".to_owned()),
            kind => DnsError::Network(kind.to_string()),
        })
    }

    async fn quit(&mut self) {
        let _ = self.say("QUIT\r\n").await;
    }
}

async fn read_reply<R: AsyncBufRead + Unpin>(reader: &mut R) -> io::Result<Reply> {
    let bad = || io::Error::from(io::ErrorKind::InvalidData);
    let mut reply: Option<Reply> = None;
    for _ in 0..MOST_LINES {
        let line = lines::read(reader, LONGEST_LINE).await?;
        let line = String::from_utf8_lossy(&line);
        let digits = line.get(..3).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).ok_or_else(bad)?;
        let code: u16 = digits.parse().map_err(|_| bad())?;
        let last = match line.as_bytes().get(3) {
            None | Some(b' ') => true,
            Some(b'-') => false,
            Some(_) => return Err(bad()),
        };
        let reply = reply.get_or_insert_with(|| Reply { code, lines: Vec::new() });
        if reply.code != code {
            return Err(bad());
        }
        reply.lines.push(line.get(4..).unwrap_or("").to_owned());
        if last {
            return Ok(Reply { code, lines: std::mem::take(&mut reply.lines) });
        }
    }
    Err(bad())
}

fn first_word(reply: &Reply) -> Option<String> {
    reply.lines.first()?.split_ascii_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use proptest::prelude::*;

    use super::*;

    fn read(octets: &[u8]) -> Option<Reply> {
        let mut reader = octets;
        read_reply(&mut reader).now_or_never().unwrap().ok()
    }

    #[test]
    fn replies() {
        let reply = read(b"250-mail.example.de\r\n250-SIZE 1\r\n250 starttls\r\nrest").unwrap();
        assert!(reply.offers("STARTTLS") && !reply.offers("8BITMIME"));
        // The first line holds the server's name, whatever that is.
        assert!(!read(b"250 STARTTLS\r\n").unwrap().offers("STARTTLS"));
        assert!(!read(b"550-x\r\n550 STARTTLS\r\n").unwrap().offers("STARTTLS"));
        assert_eq!(first_word(&read(b"220 mail.example.de ESMTP\r\n").unwrap()).as_deref(), Some("mail.example.de"));
        assert_eq!(first_word(&read(b"220\r\n").unwrap()), None);
        for bad in [
            &b"220 mail"[..],
            b"HTTP/1.1 400\r\n",
            b"22x y\r\n",
            b"250-a\r\n251 b\r\n",
            b"220_x\r\n",
            b"",
            b"\xc3\xa4\xc3\xa4 x\r\n",
        ] {
            assert_eq!(read(bad), None, "{}", String::from_utf8_lossy(bad));
        }
        assert_eq!(read(&b"250-x\r\n".repeat(1000)), None);
        assert_eq!(read(&[b'2'; 100_000]), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(octets in prop::collection::vec(any::<u8>(), 0..200), text in "(220|250|-| |\\r\\n|\\PC){0,30}") {
            let _ = read(&octets);
            let _ = read(text.as_bytes());
        }
    }
}
