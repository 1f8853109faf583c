//! What `record` prints, loaded by the name servers of others: NSD and Knot on loopback; and what Knot signs, validated.
//!
//! A server that is not installed is skipped with a line that says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mailauth::dns::live::{Live, Settings};
use mailauth::dns::server::ResolverSpec;
use mailauth::dns::{Name, RecordData, RecordType, Resolver as _, Text};
use mailauth::dnssec::{Anchors, Security, validate};

const DOMAIN: &str = "server-praxis.de";
const HEAD: &str = "$ORIGIN server-praxis.de.\n$TTL 300\n\
    @ IN SOA ns.server-praxis.de. hostmaster.server-praxis.de. 1 7200 3600 1209600 300\n\
    @ IN NS ns\nns IN A 127.0.0.1\n";

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The path of a program, `None` with a printed line where it is not installed.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin", "/sbin", "/usr/local/sbin"].map(PathBuf::from));
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        println!("skipped: {name} is not installed");
    }
    found
}

/// A port of loopback that is free for UDP and TCP.
fn free_port() -> u16 {
    (0..50)
        .find_map(|_| {
            let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
            let port = udp.local_addr().unwrap().port();
            TcpListener::bind(("127.0.0.1", port)).ok().map(|_| port)
        })
        .unwrap()
}

fn mailauth(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    let out = command.env_clear().current_dir(folder).args(args).args(["--domain", DOMAIN]).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Calls of `record` whose output the servers take.
fn calls(folder: &Path) -> Vec<Vec<&'static str>> {
    mailauth(folder, &["keygen", "--selector", "k", "--dual"]);
    vec![
        vec!["record", "dkim", "--selector", "k-rsa", "--key", "k-rsa._domainkey.server-praxis.de.pem"],
        vec!["record", "dkim", "--selector", "k-ed25519", "--key", "k-ed25519._domainkey.server-praxis.de.pem"],
        vec!["record", "spf", "--mx", "--ip4", "192.0.2.0/24", "--all", "fail"],
        vec!["record", "dmarc", "--policy", "reject", "--rua", "mailto:d+%25x@server-praxis.de"],
        vec!["record", "tls-rpt", "--rua", "mailto:tls@server-praxis.de"],
    ]
}

fn truth(folder: &Path, call: &[&str]) -> Vec<(Name, String)> {
    let text = mailauth(folder, &[call, &["--dns-format", "json"]].concat());
    let records: serde_json::Value = serde_json::from_str(&text).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let records = records.as_array().unwrap();
    records.iter().map(|r| (Name::parse(&text(&r["name"])).unwrap(), text(&r["value"]))).collect()
}

/// Asks until the server answers with a record at all, for a bounded time.
async fn texts(port: u16, name: &Name) -> Vec<String> {
    let server: SocketAddr = ([127, 0, 0, 1], port).into();
    let settings = Settings {
        servers: vec![ResolverSpec::Plain(server)],
        timeout: Duration::from_millis(500),
        retries: 0,
        ..Settings::default()
    };
    let live = Live::new(settings).unwrap();
    for _ in 0..500 {
        if let Ok(answer) = live.lookup(name, RecordType::Txt).await {
            return answer.texts().map(Text::to_text).collect();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server does not answer for {name}");
}

async fn answers(port: u16, folder: &Path, calls: &[Vec<&str>]) {
    for call in calls {
        for (name, value) in truth(folder, call) {
            assert_eq!(texts(port, &name).await, [value], "{name}");
        }
    }
}

#[tokio::test]
async fn nsd_loads_the_zone() {
    let Some(nsd) = program("nsd") else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let calls = calls(home);
    let records: String = calls.iter().map(|call| mailauth(home, call)).collect();
    std::fs::write(home.join("zone"), format!("{HEAD}{records}")).unwrap();
    let (port, at) = (free_port(), home.display());
    let configuration = format!(
        "server:\n  ip-address: 127.0.0.1\n  port: {port}\n  username: \"\"\n  zonesdir: \"{at}\"\n  \
         pidfile: \"{at}/pid\"\n  xfrdfile: \"{at}/xfrd\"\n  xfrdir: \"{at}\"\n  zonelistfile: \"{at}/list\"\n  \
         server-count: 1\nremote-control:\n  control-enable: no\nzone:\n  name: {DOMAIN}\n  zonefile: zone\n"
    );
    std::fs::write(home.join("nsd.conf"), configuration).unwrap();
    let mut command = Command::new(nsd);
    command.arg("-d").arg("-c").arg(home.join("nsd.conf")).stdout(Stdio::null()).stderr(Stdio::null());
    let _server = NsdGuard(Server(command.spawn().unwrap()));
    answers(port, home, &calls).await;
}

/// NSD has children of its own, which end with it only when it is asked to.
struct NsdGuard(Server);

impl Drop for NsdGuard {
    fn drop(&mut self) {
        let id = self.0.0.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.0.0.wait();
    }
}

#[tokio::test]
async fn knot_takes_the_updates() {
    let (Some(knotd), Some(knsupdate)) = (program("knotd"), program("knsupdate")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let calls = calls(home);
    std::fs::write(home.join("zone"), HEAD).unwrap();
    let (port, at) = (free_port(), home.display());
    let zones = format!(
        "acl:\n  - id: here\n    address: 127.0.0.1\n    action: update\n\
         zone:\n  - domain: {DOMAIN}\n    file: \"{at}/zone\"\n    zonefile-sync: -1\n    acl: here\n"
    );
    let _server = knot(&knotd, home, port, &zones).await;
    for call in &calls {
        let update = mailauth(home, &[&call[..], &["--dns-format", "nsupdate"]].concat());
        let mut client = Command::new(&knsupdate).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let input = format!("server 127.0.0.1 {port}\n{update}");
        client.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let out = client.wait_with_output().unwrap();
        assert!(out.status.success(), "{update}: {}", String::from_utf8_lossy(&out.stderr));
    }
    answers(port, home, &calls).await;
}

/// Starts Knot with some sections of its configuration, and waits for it.
async fn knot(knotd: &Path, home: &Path, port: u16, zones: &str) -> Server {
    let at = home.display();
    let configuration = format!(
        "server:\n  rundir: \"{at}\"\n  listen: 127.0.0.1@{port}\n  udp-workers: 1\n  tcp-workers: 1\n  \
         background-workers: 1\ndatabase:\n  storage: \"{at}\"\n  journal-db-max-size: 16M\n  \
         kasp-db-max-size: 8M\n  timer-db-max-size: 1M\n  catalog-db-max-size: 8M\n{zones}"
    );
    std::fs::write(home.join("knot.conf"), configuration).unwrap();
    let mut command = Command::new(knotd);
    command.arg("-c").arg(home.join("knot.conf")).stdout(Stdio::null()).stderr(Stdio::null());
    let server = Server(command.spawn().unwrap());
    wait_for(port).await;
    server
}

#[tokio::test]
async fn what_knot_signs_is_validated() {
    let Some(knotd) = program("knotd") else { return };
    // With opt-out, as large zones have it, a delegation that is not signed has no record of its own.
    for (nsec3, opt_out) in [("on", "on"), ("on", "off"), ("off", "off")] {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        let more = "mx IN A 127.0.0.1\n*._tcp.mx IN TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3\n\
            @ IN TXT \"v=spf1 mx -all\"\nchild IN NS ns\n";
        std::fs::write(home.join("zone"), format!("{HEAD}{more}")).unwrap();
        std::fs::write(
            home.join("child"),
            format!("{}www IN TXT x\n", HEAD.replacen(DOMAIN, &format!("child.{DOMAIN}"), 1)),
        )
        .unwrap();
        let (port, at) = (free_port(), home.display());
        let zones = format!(
            "policy:\n  - id: signed\n    nsec3: {nsec3}\n    nsec3-opt-out: {opt_out}\nzone:\n  - domain: {DOMAIN}\n    file: \"{at}/zone\"\n    \
             zonefile-sync: -1\n    dnssec-signing: on\n    dnssec-policy: signed\n  - domain: child.{DOMAIN}\n    \
             file: \"{at}/child\"\n"
        );
        let _server = knot(&knotd, home, port, &zones).await;
        let live = Live::at(([127, 0, 0, 1], port).into());
        let zone = Name::parse(DOMAIN).unwrap();
        let keys = live.lookup(&zone, RecordType::Dnskey).await.unwrap();
        let entry_point = keys.records.iter().find_map(|record| match record {
            RecordData::Dnskey { flags: 257, protocol, algorithm, key } => {
                use base64::Engine as _;
                let key = base64::engine::general_purpose::STANDARD.encode(key);
                Some(format!("{DOMAIN}. IN DNSKEY 257 {protocol} {algorithm} {key}\n"))
            }
            _ => None,
        });
        let anchors = Anchors::parse(entry_point.unwrap()).unwrap();
        let questions = [
            (DOMAIN, RecordType::Txt, Security::Secure),
            // By a wildcard, and the proof that there is nothing nearer.
            ("_25._tcp.mx.server-praxis.de", RecordType::Tlsa, Security::Secure),
            ("www.child.server-praxis.de", RecordType::Txt, Security::Insecure),
            ("nothing.server-praxis.de", RecordType::Txt, Security::Indeterminate),
        ];
        let asked = questions.each_ref().map(|(name, rtype, _)| (Name::parse(name).unwrap(), *rtype));
        let want = questions.map(|(.., security)| security);
        assert_eq!(validate(&live, &anchors, &asked).await, want, "nsec3: {nsec3}, opt-out: {opt_out}");
        // Below the keys of another zone nothing can be told.
        assert_eq!(validate(&live, &Anchors::root(), &asked[..1]).await, [Security::Indeterminate]);
    }
}

/// Waits, for a bounded time, until the server answers for an address of the zone.
async fn wait_for(port: u16) {
    let server: SocketAddr = ([127, 0, 0, 1], port).into();
    let settings = Settings { servers: vec![ResolverSpec::Plain(server)], retries: 0, ..Settings::default() };
    let live = Live::new(settings).unwrap();
    let name = Name::parse("ns.server-praxis.de").unwrap();
    for _ in 0..500 {
        if live.lookup(&name, RecordType::A).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the server does not answer");
}
