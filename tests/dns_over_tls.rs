//! DNS over TLS (RFC 7858) and over HTTPS (RFC 8484), with servers on loopback: handshakes, and what fails in them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use support::TestDns;
use support::tls::{Authority, Identity};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

const NAME: &str = "dns.example";
/// No wait of a test is longer.
const PATIENCE: Duration = Duration::from_secs(60);

const WORLD: &str = "praxis-weg.de TXT v=spf1 ip4:5.45.100.20 -all";

/// A server in front of another one, and how many connections it took.
struct Front {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Front {
    async fn start<F, Fut>(serve: F) -> Self
    where
        F: Fn(TcpStream) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(timeout(PATIENCE, serve(stream)));
            }
        });
        Self { address, connections }
    }

    /// Over TLS: each message after its length (RFC 7858 §3.3).
    async fn tls(identity: Identity, behind: SocketAddr) -> Self {
        let acceptor = identity.acceptor();
        Self::start(move |stream| {
            let acceptor = acceptor.clone();
            async move {
                let mut stream = acceptor.accept(stream).await?;
                while let Ok(length) = stream.read_u16().await {
                    let mut query = vec![0; length.into()];
                    stream.read_exact(&mut query).await?;
                    let answer = ask(behind, &query).await?;
                    stream.write_u16(answer.len() as u16).await?;
                    stream.write_all(&answer).await?;
                    stream.flush().await?;
                }
                Ok(())
            }
        })
        .await
    }

    /// Over HTTPS: a POST a message (RFC 8484 §4.1), answered with this status.
    async fn https(identity: Identity, behind: SocketAddr, status: u16) -> Self {
        let mut config = identity.config();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Self::start(move |stream| {
            let acceptor = acceptor.clone();
            async move {
                let failed = |error: h2::Error| std::io::Error::other(error);
                let mut connection = h2::server::handshake(acceptor.accept(stream).await?).await.map_err(failed)?;
                while let Some(Ok((request, mut respond))) = connection.accept().await {
                    tokio::spawn(async move {
                        let right = request.uri().path() == "/dns-query" && request.method() == "POST";
                        let mut body = request.into_body();
                        let mut query = Vec::new();
                        while let Some(Ok(part)) = body.data().await {
                            query.extend_from_slice(&part);
                        }
                        let answer = ask(behind, &query).await.unwrap();
                        let response = http::Response::builder().status(if right { status } else { 404 });
                        let response = response.header("content-type", "application/dns-message").body(()).unwrap();
                        let mut stream = respond.send_response(response, false).unwrap();
                        stream.send_data(bytes::Bytes::from(answer), true).unwrap();
                    });
                }
                Ok(())
            }
        })
        .await
    }

    /// Takes connections and says nothing.
    async fn silent() -> Self {
        Self::start(|stream| async move {
            let _stream = stream;
            std::future::pending().await
        })
        .await
    }

    /// Answers in the clear.
    async fn plain() -> Self {
        Self::start(|mut stream| async move { stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await }).await
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn ask(server: SocketAddr, query: &[u8]) -> std::io::Result<Vec<u8>> {
    let socket = UdpSocket::bind("127.0.0.1:0").await?;
    socket.connect(server).await?;
    socket.send(query).await?;
    let mut answer = vec![0; 4096];
    let length = socket.recv(&mut answer).await?;
    answer.truncate(length);
    Ok(answer)
}

struct Ran {
    stdout: String,
    stderr: String,
    exit: Option<i32>,
}

async fn run(folder: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().current_dir(folder).stdin(Stdio::null()).args(args);
    let out = tokio::task::spawn_blocking(move || command.output().unwrap());
    let out = timeout(PATIENCE, out).await.unwrap().unwrap();
    let text = |octets| String::from_utf8(octets).unwrap();
    Ran { stdout: text(out.stdout), stderr: text(out.stderr), exit: out.status.code() }
}

/// The resolver and the `--connect-to` that leads there.
fn over_tls(front: &Front) -> Vec<String> {
    vec!["--resolver".to_owned(), format!("tls://{}#{NAME}", front.address)]
}

fn over_https(front: &Front) -> Vec<String> {
    let to = format!("{NAME}:443:127.0.0.1:{}", front.address.port());
    ["--resolver", &format!("https://{NAME}/dns-query"), "--connect-to", &to].map(str::to_owned).to_vec()
}

async fn spf(ca: &Authority, resolver: &[String], more: &[&str]) -> Ran {
    let resolver: Vec<&str> = resolver.iter().map(String::as_str).collect();
    let fixed = ["spf", "praxis-weg.de", "--ip", "5.45.100.20", "--ca-file", "ca.pem", "--retries", "0"];
    run(ca.path(), &[&fixed[..], &resolver, more].concat()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_come_over_one_connection() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    dns.authenticate("praxis-weg.de");
    let tls = Front::tls(ca.good(NAME), dns.addr()).await;
    let https = Front::https(ca.good(NAME), dns.addr(), 200).await;
    for (front, resolver) in [(&tls, over_tls(&tls)), (&https, over_https(&https))] {
        let out = spf(&ca, &resolver, &[]).await;
        assert_eq!(out.exit, Some(0), "{}{}", out.stdout, out.stderr);
        assert_eq!(front.connections(), 1);
        // The AD bit counts where nobody else can write on the path.
        let args = ["check", "praxis-weg.de", "--no-reputation", "--format", "json", "--ca-file", "ca.pem"];
        let resolver: Vec<&str> = resolver.iter().map(String::as_str).collect();
        let out = run(ca.path(), &[&args[..], &resolver].concat()).await;
        let document: Value = serde_json::from_str(&out.stdout).unwrap();
        let dnssec = &document["domains"][0]["dnssec"];
        assert_eq!((&dnssec["state"], &dnssec["ad_bit"]), (&"secure".into(), &"tls".into()), "{}", out.stdout);
        assert_eq!(front.connections(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_does_not_hold_is_told_with_the_server() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let other = Authority::new();
    for (identity, https, id, english) in [
        (ca.good("other.example"), false, "wrong-name", "It is made out to another name."),
        (ca.identity(&[NAME], 2021), false, "expired", "It has expired."),
        (other.good(NAME), false, "untrusted", "Its issuer is not trusted"),
        (ca.good("other.example"), true, "wrong-name", "It is made out to another name."),
        (ca.identity(&[NAME], 2021), true, "expired", "It has expired."),
        (other.good(NAME), true, "untrusted", "Its issuer is not trusted"),
    ] {
        let front = match https {
            true => Front::https(identity, dns.addr(), 200).await,
            false => Front::tls(identity, dns.addr()).await,
        };
        let (resolver, server) = match https {
            true => (over_https(&front), format!("https://{NAME}/dns-query")),
            false => (over_tls(&front), format!("tls://{}#{NAME}", front.address)),
        };
        let out = spf(&ca, &resolver, &[]).await;
        assert_eq!(out.exit, Some(3), "{id}: {}{}", out.stdout, out.stderr);
        let said = out.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&server) && said.contains(english), "{said}");
        // Never a fault of the domain.
        let args = ["check", "praxis-weg.de", "--no-reputation", "--ca-file", "ca.pem", "--retries", "0"];
        let resolver: Vec<&str> = resolver.iter().map(String::as_str).collect();
        let out = run(ca.path(), &[&args[..], &resolver, &["--format", "json"]].concat()).await;
        let document: Value = serde_json::from_str(&out.stdout).unwrap();
        let domain = &document["domains"][0];
        let notes = domain["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] == "note");
        assert!(notes, "{}", domain["findings"]);
        assert_eq!((&domain["verdict"], out.exit), (&"unknown".into(), Some(3)));
        assert!(domain["unseen"][0]["why"].as_str().unwrap().contains(&server), "{}", domain["unseen"]);
        let out = run(ca.path(), &[&args[..], &resolver].concat()).await;
        let said = out.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&server) && said.contains(english), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_speak_no_tls_or_nothing_at_all_are_unknown() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let closed = Front {
        address: TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap(),
        connections: Arc::default(),
    };
    for (front, words) in [
        (Front::plain().await, "no TLS connection to"),
        (Front::silent().await, "in time"),
        (closed, "nobody answers at"),
    ] {
        for resolver in [over_tls(&front), over_https(&front)] {
            let out = spf(&ca, &resolver, &["--timeout", "500ms"]).await;
            assert_eq!(out.exit, Some(3), "{words}: {}{}", out.stdout, out.stderr);
            assert!(out.stdout.contains(words), "{words}: {}", out.stdout);
        }
    }
    // A web server that is no DNS server.
    let front = Front::https(ca.good(NAME), dns.addr(), 500).await;
    assert_eq!(spf(&ca, &over_https(&front), &[]).await.exit, Some(3));
}
