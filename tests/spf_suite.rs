//! SPF cases in the form of the public suite, asked through a real resolver over loopback.
//!
//! The project's own cases are under `testdata/spf`. The public suite (RFC 7208 test suite) is
//! read from the folder that `MAILAUTH_SUITES` names and left out where it is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use mailauth::dns::live::{Live, Settings};
use mailauth::dns::server::ResolverSpec;
use mailauth::spf::{Evaluator, Outcome, Params, SpfResult};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

/// The zone data of one group: owner in lower case → entries.
type Zone = BTreeMap<String, Vec<Value>>;

fn zone(data: &Value) -> Zone {
    let mut zone = Zone::new();
    for (owner, entries) in data.as_object().unwrap() {
        zone.entry(owner.to_ascii_lowercase()).or_default().extend(entries.as_array().unwrap().iter().cloned());
    }
    zone
}

/// What the server does with a question.
enum Reply {
    Silence,
    Records(Vec<(u16, Vec<u8>)>),
    Absent,
    NxDomain,
    Failure,
}

fn wire_name(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for label in text.strip_suffix('.').unwrap_or(text).split('.').filter(|l| !l.is_empty()) {
        out.push(u8::try_from(label.len()).unwrap());
        out.extend(label.chars().map(|c| u8::try_from(u32::from(c)).unwrap()));
    }
    out.push(0);
    out
}

fn txt(value: &Value) -> Vec<u8> {
    let strings: Vec<&str> = match value {
        Value::Array(parts) => parts.iter().map(|p| p.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap()],
    };
    let mut out = Vec::new();
    for string in strings {
        // Characters of the YAML text stand for octets.
        let octets: Vec<u8> = string.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for chunk in octets.chunks(255) {
            out.push(u8::try_from(chunk.len()).unwrap());
            out.extend(chunk);
        }
    }
    if out.is_empty() {
        out.push(0);
    }
    out
}

fn answer(zone: &Zone, owner: &str, rtype: u16) -> Reply {
    let Some(entries) = zone.get(owner) else {
        let suffix = format!(".{owner}");
        return if zone.keys().any(|k| k.ends_with(&suffix)) { Reply::Absent } else { Reply::NxDomain };
    };
    let fields = || entries.iter().filter_map(Value::as_object).flatten();
    // Records labelled SPF stand for TXT, unless the name has TXT entries of its own.
    let has_txt = fields().any(|(k, _)| k == "TXT");
    let mut records = Vec::new();
    for (kind, value) in fields() {
        match (kind.as_str(), rtype) {
            ("TXT", 16) if value.as_str() != Some("NONE") => records.push((16, txt(value))),
            ("SPF", 16) if !has_txt => records.push((16, txt(value))),
            ("SPF", 99) => records.push((99, txt(value))),
            ("A", 1) => {
                records.push((1, value.as_str().unwrap().parse::<std::net::Ipv4Addr>().unwrap().octets().to_vec()))
            }
            ("AAAA", 28) => {
                records.push((28, value.as_str().unwrap().parse::<std::net::Ipv6Addr>().unwrap().octets().to_vec()));
            }
            ("MX", 15) => {
                let preference = u16::try_from(value[0].as_u64().unwrap()).unwrap();
                records.push((15, [&preference.to_be_bytes()[..], &wire_name(value[1].as_str().unwrap())].concat()));
            }
            ("PTR", 12) => records.push((12, wire_name(value.as_str().unwrap()))),
            ("CNAME", _) => {
                // The alias alone; the resolver follows it by itself.
                records = vec![(5, wire_name(value.as_str().unwrap()))];
            }
            _ => {}
        }
    }
    if !records.is_empty() {
        return Reply::Records(records);
    }
    match entries.iter().find_map(Value::as_str) {
        Some("TIMEOUT") => Reply::Silence,
        Some("SERVFAIL") => Reply::Failure,
        _ => Reply::Absent,
    }
}

/// The response to a query; `None` for none.
fn respond(zone: &Zone, query: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut at = 12;
    let mut labels = Vec::new();
    while query[at] != 0 {
        let length = usize::from(query[at]);
        labels.push(query[at + 1..at + 1 + length].iter().map(|&b| char::from(b)).collect::<String>());
        at += length + 1;
    }
    let question = &query[12..at + 5];
    let rtype = u16::from_be_bytes([query[at + 1], query[at + 2]]);
    let (code, records) = match answer(zone, &labels.join(".").to_ascii_lowercase(), rtype) {
        Reply::Silence => return None,
        Reply::Records(records) => (0_u8, records),
        Reply::Absent => (0, Vec::new()),
        Reply::NxDomain => (3, Vec::new()),
        Reply::Failure => (2, Vec::new()),
    };
    let mut out = [&query[..2], &[0x85, 0x80 | code, 0, 1][..]].concat();
    out.extend(u16::try_from(records.len()).unwrap().to_be_bytes());
    out.extend([0, 0, 0, 0]);
    out.extend(question);
    for (rtype, data) in records {
        out.extend([0xc0, 12]);
        out.extend(rtype.to_be_bytes());
        out.extend([0, 1, 0, 0, 0, 60]);
        out.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        out.extend(data);
    }
    if out.len() > limit {
        out = [&query[..2], &[0x87, 0x80 | code, 0, 1, 0, 0, 0, 0, 0, 0], question].concat();
    }
    Some(out)
}

/// Serves a zone over UDP and TCP on one port of loopback.
async fn serve(zone: Arc<Zone>) -> SocketAddr {
    let (udp, tcp) = loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
            break (udp, tcp);
        }
    };
    let address = udp.local_addr().unwrap();
    let udp_zone = zone.clone();
    tokio::spawn(async move {
        let mut buffer = [0; 4096];
        while let Ok((length, peer)) = udp.recv_from(&mut buffer).await {
            if let Some(response) = respond(&udp_zone, &buffer[..length], 1232) {
                let _ = udp.send_to(&response, peer).await;
            }
        }
    });
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = tcp.accept().await {
            let zone = zone.clone();
            tokio::spawn(async move {
                while let Ok(length) = stream.read_u16().await {
                    let mut query = vec![0; usize::from(length)];
                    if stream.read_exact(&mut query).await.is_err() {
                        return;
                    }
                    if let Some(response) = respond(&zone, &query, 65535) {
                        let mut framed = u16::try_from(response.len()).unwrap().to_be_bytes().to_vec();
                        framed.extend(response);
                        let _ = stream.write_all(&framed).await;
                    }
                }
            });
        }
    });
    address
}

/// The resolver of the program, asking one server; a question without answer costs little time.
fn resolver(server: SocketAddr) -> Live {
    let servers = vec![ResolverSpec::Plain(server)];
    Live::new(Settings { servers, timeout: Duration::from_millis(250), retries: 0, ..Settings::default() }).unwrap()
}

fn text<'a>(case: &'a Value, key: &str) -> Option<&'a str> {
    case.get(key).and_then(Value::as_str)
}

/// What is wrong with an outcome, by what the case says.
fn complaints(case: &Value, outcome: &Outcome) -> Vec<String> {
    let mut wrong = Vec::new();
    let allowed: Vec<&str> = match &case["result"] {
        Value::Array(words) => words.iter().map(|w| w.as_str().unwrap()).collect(),
        word => vec![word.as_str().unwrap()],
    };
    if !allowed.contains(&outcome.result.as_str()) {
        wrong.push(format!("result {} ({:?}), wanted {allowed:?}", outcome.result, outcome.reason));
    }
    match text(case, "explanation") {
        Some("DEFAULT") if outcome.explanation.is_some() => {
            wrong.push(format!("explanation {:?}", outcome.explanation))
        }
        Some("DEFAULT") | None => {}
        Some(want) if outcome.explanation.as_deref() == Some(want) => {}
        Some(want) => wrong.push(format!("explanation {:?}, wanted {want:?}", outcome.explanation)),
    }
    for (key, got) in [("lookups", outcome.dns_lookups), ("voids", outcome.void_lookups)] {
        if let Some(want) = case.get(key).and_then(Value::as_u64)
            && want != u64::from(got)
        {
            wrong.push(format!("{key} {got}, wanted {want}"));
        }
    }
    for (key, got) in [
        ("mechanism", outcome.mechanism.clone()),
        ("reason", outcome.reason.as_ref().map(ToString::to_string)),
        ("identity", Some(outcome.identity.to_string())),
    ] {
        if let Some(want) = text(case, key)
            && got.as_deref() != Some(want)
        {
            wrong.push(format!("{key} {got:?}, wanted {want:?}"));
        }
    }
    wrong
}

/// Runs all groups of a file; the failures, and how many cases there were.
async fn run(path: &Path) -> (Vec<String>, usize) {
    let source = std::fs::read_to_string(path).unwrap();
    let groups: Vec<Value> = serde_saphyr::from_multiple(&source).unwrap();
    let mut failures = Vec::new();
    let mut count = 0;
    for group in groups.iter().filter(|g| !g.is_null()) {
        let dns = resolver(serve(Arc::new(zone(&group["zonedata"]))).await);
        let evaluator = Evaluator::new();
        for (id, case) in group["tests"].as_object().unwrap() {
            count += 1;
            let ip: IpAddr = text(case, "host").unwrap().parse().unwrap();
            let mut params = Params::new(ip, text(case, "helo"), text(case, "mailfrom"));
            params.receiver = text(case, "receiver");
            params.now = case.get("now").and_then(Value::as_u64).unwrap_or(0);
            let outcome = evaluator.check_host(&dns, &params).await;
            failures.extend(complaints(case, &outcome).iter().map(|w| format!("{}: {id}: {w}", group["description"])));
            // A second time, from the evaluator's cache: nothing may change.
            if outcome.result != SpfResult::Temperror {
                let again = evaluator.check_host(&dns, &params).await;
                if again != outcome {
                    failures.push(format!("{id}: differs when asked again"));
                }
            }
        }
    }
    (failures, count)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn public_suite() {
    let folder = std::env::var_os("MAILAUTH_SUITES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/testdata"), PathBuf::from);
    let path = folder.join("openspf/rfc7208-tests.yml");
    if !path.is_file() {
        eprintln!("skipped: no public SPF suite (MAILAUTH_SUITES)");
        return;
    }
    let (failures, count) = run(&path).await;
    assert!(failures.is_empty(), "{} of {count} cases:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 190, "only {count} cases were read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn own_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/spf");
    let mut total = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "yaml") {
            let (failures, count) = run(&path).await;
            assert!(failures.is_empty(), "{}:\n{}", path.display(), failures.join("\n"));
            total += count;
        }
    }
    assert!(total > 30, "only {total} cases were read");
}
