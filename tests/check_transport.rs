//! `check` against web and mail servers on loopback: MTA-STS policies over HTTPS, SMTP probes, DNSSEC, own servers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use sha2::Digest as _;
use support::tls::{Authority, Identity};
use support::{Behaviour, TestDns};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

const D: &str = "praxis-weg.de";
/// No wait of a test is longer.
const PATIENCE: Duration = Duration::from_secs(60);

const WORLD: &str = "
praxis-weg.de NS ns1.praxis-weg.de
praxis-weg.de NS ns2.praxis-weg.de
ns1.praxis-weg.de A 46.38.249.2
ns2.praxis-weg.de A 46.38.249.3
praxis-weg.de A 5.45.100.10
praxis-weg.de MX 10 mail.praxis-weg.de
praxis-weg.de TXT v=spf1 ip4:5.45.100.20 -all
mail.praxis-weg.de A 5.45.100.20
mail.praxis-weg.de TXT v=spf1 a -all
_dmarc.praxis-weg.de TXT v=DMARC1; p=reject; rua=mailto:dmarc@praxis-weg.de
_mta-sts.praxis-weg.de TXT v=STSv1; id=20260401
mta-sts.praxis-weg.de A 5.45.100.10
s1._domainkey.praxis-weg.de TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
_smtp._tls.praxis-weg.de TXT v=TLSRPTv1; rua=mailto:tls@praxis-weg.de
20.100.45.5.in-addr.arpa PTR mail.praxis-weg.de
";

const POLICY: &str = "version: STSv1\r\nmode: enforce\r\nmx: mail.praxis-weg.de\r\nmax_age: 1209600\r\n";

/// Serves each connection with `serve`, and counts them.
async fn serve<F, Fut>(serve: F) -> (SocketAddr, Arc<AtomicUsize>)
where
    F: Fn(TcpStream) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = std::io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = count.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(timeout(PATIENCE, serve(stream)));
        }
    });
    (address, count)
}

/// A web server with one answer to the right question.
async fn web(identity: Identity, answer: impl Into<Vec<u8>>) -> SocketAddr {
    let acceptor = identity.acceptor();
    let answer: Arc<Vec<u8>> = Arc::new(answer.into());
    let (address, _) = serve(move |stream| {
        let (acceptor, answer) = (acceptor.clone(), answer.clone());
        async move {
            let mut stream = BufReader::new(acceptor.accept(stream).await?);
            let mut request = String::new();
            while !request.ends_with("\r\n\r\n") && request.len() < 4096 {
                if stream.read_line(&mut request).await? == 0 {
                    break;
                }
            }
            let right = request.starts_with("GET /.well-known/mta-sts.txt HTTP/1.1\r\n")
                && request.contains("\r\nHost: mta-sts.praxis-weg.de\r\n");
            let answer: &[u8] = if right { &answer } else { b"HTTP/1.1 400 Bad Request\r\n\r\n" };
            stream.get_mut().write_all(answer).await?;
            stream.get_mut().shutdown().await
        }
    })
    .await;
    address
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// What a mail server does at STARTTLS.
#[derive(Clone)]
enum Starttls {
    Missing,
    Refuse,
    Tls(TlsAcceptor),
    /// The alert that a server sends which knows TLS 1.1 at most.
    Old,
}

async fn mail(name: &'static str, starttls: Starttls) -> (SocketAddr, Arc<AtomicUsize>) {
    serve(move |mut stream| {
        let starttls = starttls.clone();
        async move {
            stream.write_all(format!("220-{name} ESMTP\r\n220 ready\r\n").as_bytes()).await?;
            let mut stream = BufReader::new(stream);
            if !talk(&mut stream, name, !matches!(starttls, Starttls::Missing)).await? {
                return Ok(());
            }
            match starttls {
                Starttls::Missing | Starttls::Refuse => stream.get_mut().write_all(b"554 no\r\n").await,
                Starttls::Old => {
                    stream.get_mut().write_all(b"220 go\r\n").await?;
                    let mut hello = [0; 5];
                    stream.read_exact(&mut hello).await?;
                    let mut rest = vec![0; usize::from(u16::from_be_bytes([hello[3], hello[4]]))];
                    stream.read_exact(&mut rest).await?;
                    stream.get_mut().write_all(&[0x15, 3, 1, 0, 2, 2, 70]).await?;
                    stream.get_mut().shutdown().await
                }
                Starttls::Tls(acceptor) => {
                    stream.get_mut().write_all(b"220 go\r\n").await?;
                    let mut stream = BufReader::new(acceptor.accept(stream.into_inner()).await?);
                    talk(&mut stream, name, false).await.map(|_| ())
                }
            }
        }
    })
    .await
}

/// Answers until QUIT or STARTTLS; whether it is STARTTLS.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    name: &str,
    starttls: bool,
) -> std::io::Result<bool> {
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(false);
        }
        let answer = match line.trim_end() {
            "STARTTLS" if starttls => return Ok(true),
            "QUIT" => return stream.get_mut().write_all(b"221 bye\r\n").await.map(|()| false),
            ehlo if ehlo.starts_with("EHLO ") && starttls => format!("250-{name}\r\n250-SIZE 1\r\n250 STARTTLS\r\n"),
            ehlo if ehlo.starts_with("EHLO ") => format!("250-{name}\r\n250 SIZE 1\r\n"),
            _ => "502 no\r\n".to_owned(),
        };
        stream.get_mut().write_all(answer.as_bytes()).await?;
    }
}

/// A port where nobody listens.
async fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// Runs `check` and gives the domain's document and the exit code.
async fn check(dns: &TestDns, folder: &Path, args: &[&str]) -> (Value, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().current_dir(folder).stdin(Stdio::null());
    command.args(["check", D, "--format", "json", "--no-reputation", "--selector", "s1"]);
    command.args(["--resolver", &dns.addr().to_string(), "--ip", "5.45.100.20", "--ca-file", "ca.pem"]).args(args);
    if !args.contains(&"--timeout") {
        command.args(["--timeout", "2s"]);
    }
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let out = timeout(PATIENCE, run).await.unwrap().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let document: Value =
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}\n{}", String::from_utf8_lossy(&out.stderr)));
    (document["domains"][0].clone(), out.status.code().unwrap())
}

/// The transport findings of a document: rule, severity, subject.
fn findings(document: &Value) -> Vec<String> {
    let about = |id: &str| {
        ["mta-sts-", "tls-v", "tls-c", "starttls", "helo", "dane", "dnssec", "dns-"].iter().any(|p| id.starts_with(p))
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = document["findings"].as_array().unwrap().iter();
    let kept =
        list.filter(|f| about(&text(&f["rule"])) && f["rule"] != "dnssec-missing" && f["rule"] != "mta-sts-missing");
    kept.map(|f| format!("{} {} {}", text(&f["rule"]), text(&f["severity"]), text(&f["subject"]))).collect()
}

fn detail(document: &Value, rule: &str) -> String {
    let list = document["findings"].as_array().unwrap();
    list.iter().find(|f| f["rule"] == rule).unwrap()["detail"].as_str().unwrap().to_owned()
}

fn to(name: &str, port: u16, at: SocketAddr) -> String {
    format!("{name}:{port}:127.0.0.1:{}", at.port())
}

const UNREACHABLE: &str = "mta-sts-policy-unreachable error mta-sts.praxis-weg.de";
const HOST: &str = "mta-sts.praxis-weg.de";

async fn with_policy(dns: &TestDns, ca: &Authority, at: SocketAddr) -> (Value, i32) {
    check(dns, ca.path(), &["--connect-to", &to(HOST, 443, at)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn policies_over_https() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let good = web(ca.good(HOST), ok(POLICY)).await;
    let (document, _) = with_policy(&dns, &ca, good).await;
    assert_eq!(findings(&document), [""; 0]);
    assert_eq!(document["mta_sts"]["mode"], "enforce");
    assert_eq!(document["mta_sts"]["max_age"], 1_209_600);
    assert_eq!(document["mta_sts"]["mx"][0], "mail.praxis-weg.de");

    let chunked = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{POLICY}\r\n0\r\n\r\n",
        POLICY.len()
    );
    let until_closed = format!("HTTP/1.0 200 OK\r\n\r\n{POLICY}");
    let wildcard = ok(&POLICY.replace("mx: mail.praxis-weg.de", "mx: *.praxis-weg.de"));
    for answer in [chunked, until_closed, wildcard] {
        let at = web(ca.identity(&["*.praxis-weg.de"], 2999), answer).await;
        let (document, _) = with_policy(&dns, &ca, at).await;
        assert_eq!((findings(&document), &document["mta_sts"]["mode"]), (vec![], &Value::from("enforce")));
    }

    for (answer, want) in [
        (ok(&POLICY.replace("1209600", "99999999")), "mta-sts-policy-syntax error mta-sts.praxis-weg.de"),
        (
            ok(&POLICY.replace("mx: mail.praxis-weg.de", "mx: *.mail.praxis-weg.de")),
            "mta-sts-mx-mismatch error mta-sts.praxis-weg.de",
        ),
        (ok(&POLICY.replace("enforce", "testing")), "mta-sts-testing note mta-sts.praxis-weg.de"),
        (ok(&POLICY.replace("1209600", "600")), "mta-sts-short-max-age note mta-sts.praxis-weg.de"),
        (ok(&POLICY.replace("mx: mail", "mx: mx")), "mta-sts-mx-mismatch error mta-sts.praxis-weg.de"),
        (ok("<html>Willkommen</html>"), "mta-sts-policy-syntax error mta-sts.praxis-weg.de"),
        (ok(&"#".repeat(70_000)), "mta-sts-policy-syntax error mta-sts.praxis-weg.de"),
        (ok(POLICY).replace("text/plain", "text/html"), "mta-sts-policy-syntax warning mta-sts.praxis-weg.de"),
        ("HTTP/1.1 404 Not Found\r\n\r\n".to_owned(), UNREACHABLE),
        ("HTTP/1.1 301 Moved\r\nLocation: https://praxis-weg.de/\r\n\r\n".to_owned(), UNREACHABLE),
        ("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nversion".to_owned(), UNREACHABLE),
        (String::new(), UNREACHABLE),
    ] {
        let at = web(ca.good(HOST), answer.clone()).await;
        let (document, exit) = with_policy(&dns, &ca, at).await;
        assert_eq!(findings(&document), [want], "{}", &answer[..answer.len().min(200)]);
        assert!(!want.contains("error") || exit == 1, "{want}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn certificates_of_policy_hosts() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    for (identity, word) in [
        (ca.identity(&[HOST], 2021), "expired"),
        (ca.good("www.praxis-weg.de"), "another name"),
        (Authority::new().good(HOST), "not trusted"),
    ] {
        let at = web(identity, ok(POLICY)).await;
        let (document, exit) = with_policy(&dns, &ca, at).await;
        assert_eq!((findings(&document), exit), (vec![UNREACHABLE.to_owned()], 1), "{word}");
        let detail = detail(&document, "mta-sts-policy-unreachable");
        assert!(detail.contains(word), "{detail}");
    }
    let refused = with_policy(&dns, &ca, closed_port().await).await.0;
    assert_eq!(findings(&refused), [UNREACHABLE]);
    let (plain, _) =
        serve(|mut stream| async move { stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await }).await;
    assert_eq!(findings(&with_policy(&dns, &ca, plain).await.0), [UNREACHABLE]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_answer_is_unknown_and_what_is_private_is_not_asked() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    // Connections are taken and never spoken on.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let at = to(HOST, 443, silent.local_addr().unwrap());
    let (document, _) = check(&dns, ca.path(), &["--connect-to", &at, "--timeout", "300ms"]).await;
    assert_eq!(findings(&document), [""; 0]);
    let unseen = document["unseen"].as_array().unwrap().iter().any(|u| u["name"] == HOST);
    assert!(unseen, "{}", document["unseen"]);

    let private =
        TestDns::start(&WORLD.replace("mta-sts.praxis-weg.de A 5.45.100.10", "mta-sts.praxis-weg.de A 127.0.0.1"));
    let (document, _) = check(&private, ca.path(), &[]).await;
    assert_eq!(findings(&document), [UNREACHABLE]);
    assert!(detail(&document, "mta-sts-policy-unreachable").contains("not a public one"));

    let nowhere = TestDns::start(&WORLD.replace("mta-sts.praxis-weg.de A 5.45.100.10\n", ""));
    assert_eq!(findings(&check(&nowhere, ca.path(), &[]).await.0), [UNREACHABLE]);
}

async fn probe(dns: &TestDns, ca: &Authority, at: SocketAddr, more: &[&str]) -> Value {
    let policy = web(ca.good(HOST), ok(POLICY)).await;
    let (smtp, policy) = (to("mail.praxis-weg.de", 25, at), to(HOST, 443, policy));
    let args = ["--probe-smtp", "--connect-to", &smtp, "--connect-to", &policy];
    check(dns, ca.path(), &[&args[..], more].concat()).await.0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_servers() {
    const MAIL: &str = "mail.praxis-weg.de";
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let tls = |identity: Identity| Starttls::Tls(identity.acceptor());
    for (name, starttls, want) in [
        (MAIL, tls(ca.good(MAIL)), &[][..]),
        (MAIL, Starttls::Missing, &["starttls-missing error mail.praxis-weg.de"]),
        (MAIL, Starttls::Refuse, &["starttls-missing error mail.praxis-weg.de"]),
        (MAIL, Starttls::Old, &["tls-version-old warning mail.praxis-weg.de"]),
        (MAIL, tls(ca.identity(&[MAIL], 2021)), &["tls-certificate-invalid error mail.praxis-weg.de"]),
        (MAIL, tls(ca.good("mx.provider.example")), &["tls-certificate-invalid error mail.praxis-weg.de"]),
        (MAIL, tls(Authority::new().good(MAIL)), &["tls-certificate-invalid error mail.praxis-weg.de"]),
        (MAIL, tls(Identity::self_signed(MAIL)), &["tls-certificate-invalid error mail.praxis-weg.de"]),
        (MAIL, Starttls::Tls(ca.good(MAIL).tls12()), &[]),
        ("praxis-weg.de", tls(ca.good(MAIL)), &["helo-mismatch warning mail.praxis-weg.de"]),
        ("server.lan", tls(ca.good(MAIL)), &["helo-mismatch warning mail.praxis-weg.de"]),
    ] {
        let (at, connections) = mail(name, starttls).await;
        assert_eq!(findings(&probe(&dns, &ca, at, &[]).await), want);
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }
    // A host is looked at once, however many domains it serves.
    let dns = TestDns::start(&format!("{WORLD}zweite-praxis.de MX 10 {MAIL}\nzweite-praxis.de TXT v=spf1 mx -all\n"));
    let (at, connections) = mail(MAIL, Starttls::Missing).await;
    assert_eq!(
        findings(&probe(&dns, &ca, at, &["zweite-praxis.de"]).await),
        ["starttls-missing error mail.praxis-weg.de"]
    );
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_servers_that_are_not_there_or_hostile() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let document = probe(&dns, &ca, closed_port().await, &[]).await;
    assert_eq!(findings(&document), [""; 0]);
    assert!(document["unseen"].as_array().unwrap().iter().any(|u| u["name"] == "mail.praxis-weg.de"));
    for greeting in
        [&b"220 \x1b[31m\xff\xfe evil\r\n"[..], b"HTTP/1.1 200 OK\r\n", b"554 go away\r\n", &[b'2'; 100_000], b""]
    {
        let (at, _) = serve(move |mut stream| async move { stream.write_all(greeting).await }).await;
        let document = probe(&dns, &ca, at, &["--timeout", "500ms"]).await;
        assert_eq!(findings(&document), [""; 0], "{}", String::from_utf8_lossy(greeting));
    }
    // Silence, endless lines, a drip of octets: all end.
    let (silent, _) = serve(|stream| async move {
        let _stream = stream;
        std::future::pending().await
    })
    .await;
    let (endless, _) = serve(|mut stream| async move {
        loop {
            stream.write_all(b"220-more\r\n").await?;
        }
    })
    .await;
    let (drip, _) = serve(|mut stream| async move {
        loop {
            stream.write_all(b"2").await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    // TLS is promised, and nothing comes.
    let (halfway, _) = serve(|mut stream| async move {
        stream.write_all(b"220 mail.praxis-weg.de\r\n250-mail.praxis-weg.de\r\n250 STARTTLS\r\n220 go\r\n").await?;
        std::future::pending().await
    })
    .await;
    for at in [silent, endless, drip, halfway] {
        let document = probe(&dns, &ca, at, &["--timeout", "200ms"]).await;
        assert_eq!(findings(&document), [""; 0]);
        assert_ne!(document["verdict"], "fail");
    }
    // Without --probe-smtp nobody connects.
    let (at, connections) = mail("mail.praxis-weg.de", Starttls::Missing).await;
    let policy = web(ca.good(HOST), ok(POLICY)).await;
    let args = ["--connect-to", &to("mail.praxis-weg.de", 25, at), "--connect-to", &to(HOST, 443, policy)];
    assert_eq!(findings(&check(&dns, ca.path(), &args).await.0), [""; 0]);
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mode_none_asks_for_nothing() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let at = web(ca.good(HOST), ok("version: STSv1\nmode: none\nmax_age: 86400\n")).await;
    let (document, _) = with_policy(&dns, &ca, at).await;
    assert_eq!((findings(&document), &document["mta_sts"]["mode"]), (vec![], &Value::from("none")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replay_has_what_web_and_mail_servers_showed() {
    let (dns, ca) = (TestDns::start(WORLD), Authority::new());
    let run = ca.path().join("run.ndjson");
    let save = ["--save-dns", run.to_str().unwrap()];
    // A policy that does not fit, and a certificate that does not hold.
    let policy = web(ca.good(HOST), ok(&POLICY.replace("mx: mail", "mx: mx"))).await;
    let (at, connections) =
        mail("mail.praxis-weg.de", Starttls::Tls(ca.identity(&["mail.praxis-weg.de"], 2021).acceptor())).await;
    let (smtp, policy) = (to("mail.praxis-weg.de", 25, at), to(HOST, 443, policy));
    let args = ["--probe-smtp", "--connect-to", &smtp, "--connect-to", &policy];
    let (mut first, exit) = check(&dns, ca.path(), &[&args[..], &save].concat()).await;
    assert_eq!(
        findings(&first),
        ["mta-sts-mx-mismatch error mta-sts.praxis-weg.de", "tls-certificate-invalid error mail.praxis-weg.de"]
    );
    let text = std::fs::read_to_string(&run).unwrap();
    assert!(text.contains(r#""seen":"smtp-probe""#) && text.contains("mode: enforce"), "{text}");
    // From the file alone, wherever the servers are.
    drop(dns);
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().args(["check", D, "--format", "json", "--selector", "s1", "--no-reputation"]);
    let out = command.args(["--ip", "5.45.100.20", "--replay-dns"]).arg(&run).output().unwrap();
    let document: Value = serde_json::from_slice(&out.stdout).unwrap();
    let mut again = document["domains"][0].clone();
    for document in [&mut first, &mut again] {
        document["dns"] = Value::Null;
    }
    assert_eq!((first, Some(exit)), (again, out.status.code()));
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_refuses_tcp_is_named() {
    let world = WORLD.replace("_mta-sts.praxis-weg.de TXT v=STSv1; id=20260401\n", "");
    let world = format!("{world}praxis-weg.de TXT {}\n", "x".repeat(3000));
    let (dns, ca) = (TestDns::start_without_tcp(&world), Authority::new());
    let server = dns.addr().to_string();
    for (lang, words) in [("en", "refuses TCP"), ("de", "lehnt TCP ab")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
        command.env_clear().args(["check", D, "--selector", "s1", "--no-reputation", "--ip", "5.45.100.20"]);
        let out = command.args(["--lang", lang, "--resolver", &server]).current_dir(ca.path()).output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains(&format!("UDP, {} {server} {words}", if lang == "en" { "and" } else { "und" })),
            "{text}"
        );
        assert_eq!(out.status.code(), Some(3));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tlsa_records_against_the_certificate() {
    const MAIL: &str = "mail.praxis-weg.de";
    const TLSA: &str = "_25._tcp.mail.praxis-weg.de";
    let ca = Authority::new();
    let anchor = ca.issuer.der().to_vec();
    let anchor: String = sha2::Sha256::digest(anchor).iter().map(|b| format!("{b:02x}")).collect();
    for (rdata, name, want) in [
        (None, MAIL, &[][..]),
        (Some("03 01 01 ".to_owned() + &"00".repeat(32)), MAIL, &["dane-invalid error _25._tcp.mail.praxis-weg.de"]),
        (Some(format!("020001 {anchor}")), MAIL, &[]),
        // DANE-TA looks at the name as well.
        (
            Some(format!("020001 {anchor}")),
            "other.example",
            &["dane-invalid error _25._tcp.mail.praxis-weg.de", "tls-certificate-invalid error mail.praxis-weg.de"],
        ),
    ] {
        let identity = ca.good(name);
        let rdata = rdata.unwrap_or_else(|| format!("030101 {}", identity.digest));
        let rdata = rdata.replace(' ', "");
        let dns = TestDns::start(&format!("{WORLD}\n{TLSA} TYPE52 \\# {rdata}\n"));
        for signed in [D, MAIL, TLSA, "_dmarc.praxis-weg.de"] {
            dns.authenticate(signed);
        }
        let (at, _) = mail(MAIL, Starttls::Tls(identity.acceptor())).await;
        let document = probe(&dns, &ca, at, &[]).await;
        let mut found = findings(&document);
        found.sort();
        assert_eq!(found, want, "{rdata}");
        assert_eq!(
            (&document["dnssec"]["state"], &document["dnssec"]["ad_bit"]),
            (&"secure".into(), &"loopback".into())
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn zones_that_are_signed_not_signed_or_wrongly_signed() {
    let ca = Authority::new();
    let world = WORLD.replace("_mta-sts.praxis-weg.de TXT v=STSv1; id=20260401\n", "");
    let dns = TestDns::start(&world);
    let (document, _) = check(&dns, ca.path(), &[]).await;
    assert_eq!((&document["dnssec"]["state"], document["mta_sts"].is_null()), (&"insecure".into(), true));
    assert!(detail(&document, "dnssec-missing").contains("on this machine"));
    // An AD bit that is the question's own proves nothing.
    let tlsa = format!("{world}_25._tcp.mail.praxis-weg.de TYPE52 \\# 030101{}\n", "00".repeat(32));
    let echo = TestDns::start(&tlsa);
    echo.echo_ad();
    let (document, _) = check(&echo, ca.path(), &[]).await;
    assert_eq!(document["dnssec"]["state"], "insecure");
    assert_eq!(findings(&document), ["dane-without-dnssec warning _25._tcp.mail.praxis-weg.de"]);
    dns.authenticate(D);
    assert_eq!(check(&dns, ca.path(), &[]).await.0["dnssec"]["state"], "secure");
    dns.misbehave(D, Behaviour::Bogus);
    let (document, exit) = check(&dns, ca.path(), &[]).await;
    assert_eq!((findings(&document), exit), (vec!["dnssec-bogus error praxis-weg.de".to_owned()], 1));
    dns.misbehave(D, Behaviour::ServFail);
    let (document, exit) = check(&dns, ca.path(), &[]).await;
    assert_eq!((findings(&document), exit), (vec![], 3));
    // A zone that is not published yet is not signed by anybody.
    let zone =
        format!("$ORIGIN {D}.\n$TTL 3600\n@ IN SOA ns1 hostmaster 1 7200 3600 1209600 3600\n@ TXT \"v=spf1 -all\"\n");
    std::fs::write(ca.path().join("new.zone"), zone).unwrap();
    assert_eq!(check(&dns, ca.path(), &["--zone", "new.zone"]).await.0["dnssec"]["state"], "indeterminate");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn own_servers_are_compared_where_they_are_named() {
    let ca = Authority::new();
    let world = WORLD.replace("_mta-sts.praxis-weg.de TXT v=STSv1; id=20260401\n", "");
    let dns = TestDns::start(&world);
    let (same, other) = (TestDns::start(&world), TestDns::start(&world.replace("p=reject", "p=none")));
    let named = |first: &TestDns, second: &TestDns| {
        [to("ns1.praxis-weg.de", 53, first.addr()), to("ns2.praxis-weg.de", 53, second.addr())]
    };
    let args = |named: &[String; 2]| {
        ["--connect-to".to_owned(), named[0].clone(), "--connect-to".to_owned(), named[1].clone()]
    };
    let run = async |first: &TestDns, second: &TestDns| {
        let args = args(&named(first, second));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        findings(&check(&dns, ca.path(), &args).await.0)
    };
    assert_eq!(run(&same, &other).await, ["dns-servers-differ warning _dmarc.praxis-weg.de"]);
    assert_eq!(run(&same, &dns).await, [""; 0]);
    other.misbehave("_dmarc.praxis-weg.de", Behaviour::Refused);
    assert_eq!(run(&same, &other).await, [""; 0]);
    let asked = other.queries();
    assert!(!asked.is_empty() && asked.iter().all(|query| !query.bits[0]), "own servers are asked without recursion");
    // With --resolver alone nobody asks them.
    let before = (same.queries().len(), other.queries().len());
    check(&dns, ca.path(), &[]).await;
    assert_eq!((same.queries().len(), other.queries().len()), before);
}
