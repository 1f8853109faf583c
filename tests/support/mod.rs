//! A DNS server of our own on loopback, UDP and TCP, for tests that want the real wire.
//!
//! It answers from lines of text as a recursive server does for everything there is: aliases,
//! wildcards, NXDOMAIN and absent types with an SOA, truncation. Names can be told to misbehave.
//! It runs in a thread of its own, so that tests without a runtime can use it too. Its messages
//! are made by another library than the one that is tested.
#![allow(dead_code)]

pub mod signed;
pub mod tls;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use hickory_proto::op::{Edns, Message, MessageType, OpCode, ResponseCode};
use hickory_proto::rr::rdata::{A, AAAA, CNAME, MX, NS, NULL, PTR, SOA, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

/// What the server does for a name instead of answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// SERVFAIL.
    ServFail,
    /// REFUSED.
    Refused,
    /// NOTIMP, as an example of other codes.
    NotImplemented,
    /// SERVFAIL unless checking is disabled.
    Bogus,
    /// No answer at all.
    Timeout,
    /// No answer to the first question, then as usual.
    TimeoutOnce,
    /// TC over UDP, whatever the size.
    Truncate,
    /// TC over UDP; the TCP connection is closed without an answer.
    TruncateTcpDead,
    /// TC over UDP; no answer over TCP.
    TruncateTcpSilent,
    /// Octets that are no message, behind the right identifier.
    Garbage,
    /// Forged answers (wrong identifier, wrong question, a query) before the right one.
    Spoofed,
    /// Only forged answers.
    SpoofedOnly,
    /// The right answer, from another port.
    OtherPort,
    /// The alias chain is handed out one link at a time.
    OneLink,
    /// FORMERR, header alone, to queries with EDNS.
    NoEdns,
    /// The same, and TC over UDP to the others.
    NoEdnsTruncate,
    /// Whole answers over UDP, however large.
    Oversize,
    /// No answer, but the name of another server.
    Referral,
}

/// The names of a server.
#[derive(Default)]
struct World {
    records: BTreeMap<String, Vec<(u32, RData)>>,
    behaviour: BTreeMap<String, Behaviour>,
    authentic: Vec<String>,
    echo: bool,
    signing: Option<signed::Signing>,
    queries: Vec<Query>,
}

/// A question that the server got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The name, lower case, without the final dot.
    pub name: String,
    /// The type.
    pub rtype: String,
    /// Over TCP.
    pub tcp: bool,
    /// The bits RD, AD, CD.
    pub bits: [bool; 3],
    /// The UDP payload size offered, if there is EDNS.
    pub edns: Option<u16>,
    /// The port that the question came from.
    pub port: u16,
}

/// A running server; it ends when dropped.
pub struct TestDns {
    address: SocketAddr,
    world: Arc<Mutex<World>>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl TestDns {
    /// Starts a server for lines such as `example.de 300 MX 10 mail.example.de`; the TTL may be
    /// left out, `;` begins a comment line, TXT strings may be quoted, `*` is a wildcard, other
    /// types are `TYPE33 \# 0a0b`.
    pub fn start(lines: &str) -> Self {
        Self::run(lines, true)
    }

    /// The same, with nobody at the TCP port.
    pub fn start_without_tcp(lines: &str) -> Self {
        Self::run(lines, false)
    }

    fn run(lines: &str, tcp: bool) -> Self {
        let mut world = World::default();
        for line in lines.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with(';')) {
            let (name, ttl, data) = parse_line(line);
            world.records.entry(name).or_default().push((ttl, data));
        }
        let world = Arc::new(Mutex::new(world));
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let (told, tell) = std::sync::mpsc::channel();
        let shared = world.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let (udp, listener) = bind(tcp).await;
                told.send(udp.local_addr().unwrap()).unwrap();
                tokio::select! {
                    () = serve_udp(&udp, &shared) => {}
                    () = serve_tcp(listener, &shared) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address: tell.recv().unwrap(), world, stop: Some(stop), thread: Some(thread) }
    }

    /// Where the server is.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Tells a name to misbehave; `*.name` tells the name and all below it.
    pub fn misbehave(&self, name: &str, behaviour: Behaviour) {
        self.world.lock().unwrap().behaviour.insert(name.to_lowercase(), behaviour);
    }

    /// Sets AD in answers for names at or below this one.
    pub fn authenticate(&self, name: &str) {
        self.world.lock().unwrap().authentic.push(name.to_lowercase());
    }

    /// Sends the AD bit of every question back, as servers do that copy its header.
    pub fn echo_ad(&self) {
        self.world.lock().unwrap().echo = true;
    }

    /// Signs the answers.
    pub fn sign(&self, signing: signed::Signing) {
        self.world.lock().unwrap().signing = Some(signing);
    }

    /// Changes how the answers are signed.
    pub fn signing(&self, change: impl FnOnce(&mut signed::Signing)) {
        change(self.world.lock().unwrap().signing.as_mut().unwrap());
    }

    /// All questions so far.
    pub fn queries(&self) -> Vec<Query> {
        self.world.lock().unwrap().queries.clone()
    }

    /// How many questions came for a name.
    pub fn count(&self, name: &str) -> usize {
        self.world.lock().unwrap().queries.iter().filter(|q| q.name == name).count()
    }
}

impl Drop for TestDns {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn bind(tcp: bool) -> (UdpSocket, Option<TcpListener>) {
    for _ in 0..50 {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(listener) = TcpListener::bind(udp.local_addr().unwrap()).await {
            return (udp, tcp.then_some(listener));
        }
    }
    panic!("no port is free for both UDP and TCP");
}

async fn serve_udp(socket: &UdpSocket, world: &Mutex<World>) {
    let mut buffer = [0; 4096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else { continue };
        let elsewhere = question(&buffer[..length])
            .is_some_and(|(name, _)| world.lock().unwrap().behaviour.get(&name) == Some(&Behaviour::OtherPort));
        for answer in replies(world, &buffer[..length], false, from.port()) {
            if elsewhere {
                let other = UdpSocket::bind("127.0.0.1:0").await.unwrap();
                let _ = other.send_to(&answer, from).await;
            } else {
                let _ = socket.send_to(&answer, from).await;
            }
        }
    }
}

async fn serve_tcp(listener: Option<TcpListener>, world: &Arc<Mutex<World>>) {
    let Some(listener) = listener else { return std::future::pending().await };
    loop {
        let Ok((mut stream, from)) = listener.accept().await else { continue };
        let world = world.clone();
        tokio::spawn(async move {
            while let Ok(length) = stream.read_u16().await {
                let mut query = vec![0; length.into()];
                stream.read_exact(&mut query).await?;
                let name = question(&query).map(|(name, _)| name).unwrap_or_default();
                let behaviour = world.lock().unwrap().behaviour(&name);
                if behaviour == Some(Behaviour::TruncateTcpDead) {
                    break;
                }
                for answer in replies(&world, &query, true, from.port()) {
                    stream.write_u16(answer.len() as u16).await?;
                    stream.write_all(&answer).await?;
                }
            }
            std::io::Result::Ok(())
        });
    }
}

fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_lowercase()
}

fn question(query: &[u8]) -> Option<(String, Message)> {
    let message = Message::from_vec(query).ok()?;
    Some((plain(message.queries.first()?.name()), message))
}

/// The messages that a query gets, in order.
fn replies(world: &Mutex<World>, query: &[u8], tcp: bool, port: u16) -> Vec<Vec<u8>> {
    use Behaviour::*;
    let Some((name, message)) = question(query) else { return Vec::new() };
    let mut world = world.lock().unwrap();
    let asked = message.queries[0].query_type();
    let bits = message.metadata;
    world.queries.push(Query {
        name: name.clone(),
        rtype: asked.to_string(),
        tcp,
        bits: [bits.recursion_desired, bits.authentic_data, bits.checking_disabled],
        edns: message.edns.as_ref().map(Edns::max_payload),
        port,
    });
    let behaviour = world.behaviour(&name);
    if behaviour == Some(TimeoutOnce) {
        world.behaviour.remove(&name);
    }
    let mut reply = Message::new(bits.id, MessageType::Response, OpCode::Query);
    reply.metadata.recursion_desired = bits.recursion_desired;
    reply.metadata.recursion_available = true;
    reply.add_query(message.queries[0].clone());
    if message.edns.is_some() {
        let mut edns = Edns::new();
        edns.set_dnssec_ok(message.edns.as_ref().is_some_and(|edns| edns.flags().dnssec_ok));
        reply.set_edns(edns);
    }
    let fail = |code: ResponseCode| {
        let mut reply = reply.clone();
        reply.metadata.response_code = code;
        vec![reply.to_vec().unwrap()]
    };
    let forged = |answer: &[u8]| {
        let mut id = answer.to_vec();
        id[0] ^= 0x55;
        let mut other = answer.to_vec();
        // The first letter of the question.
        other[13] ^= 0x01;
        let mut no_answer = answer.to_vec();
        no_answer[2] &= 0x7f;
        vec![vec![0; 3], id, other, no_answer]
    };
    match behaviour {
        Some(Timeout | TimeoutOnce | TruncateTcpSilent) if tcp || behaviour != Some(TruncateTcpSilent) => {
            return Vec::new();
        }
        Some(ServFail) => return fail(ResponseCode::ServFail),
        Some(Refused) => return fail(ResponseCode::Refused),
        Some(NotImplemented) => return fail(ResponseCode::NotImp),
        Some(Bogus) if !bits.checking_disabled => return fail(ResponseCode::ServFail),
        Some(Truncate | TruncateTcpDead | TruncateTcpSilent) if !tcp => {
            reply.metadata.truncation = true;
            return vec![reply.to_vec().unwrap()];
        }
        Some(NoEdns | NoEdnsTruncate) if message.edns.is_some() => {
            let mut head = query[..12].to_vec();
            head[2] |= 0x80;
            head[3] = 0x81;
            head[4..].fill(0);
            return vec![head];
        }
        Some(NoEdnsTruncate) if !tcp => {
            reply.metadata.truncation = true;
            return vec![reply.to_vec().unwrap()];
        }
        Some(Referral) => {
            let ns = RData::NS(hickory_proto::rr::rdata::NS(wire_name("ns.elsewhere.example")));
            reply.add_authority(Record::from_rdata(wire_name("example"), 60, ns));
            return vec![reply.to_vec().unwrap()];
        }
        Some(Garbage) => {
            let noise = (0..60u8).map(|i| i.wrapping_mul(73) ^ 0xc9);
            return vec![query[..2].iter().copied().chain([0x81, 0x80]).chain(noise).collect()];
        }
        _ => {}
    }
    reply.metadata.authentic_data = world.echo && bits.authentic_data;
    answer(&world, &mut reply, &name, asked, behaviour == Some(OneLink));
    if let Some(signing) = &world.signing {
        let types = |name: &str| {
            let here = world.find(name).unwrap_or_default();
            here.iter().map(|(_, data)| data.record_type()).collect()
        };
        signing.complete(&mut reply, &name, asked, &types);
    }
    let limit = message.edns.as_ref().map_or(512, |e| usize::from(e.max_payload()).max(512));
    let mut octets = reply.to_vec().unwrap();
    if !tcp && octets.len() > limit && behaviour != Some(Oversize) {
        octets = reply.truncate().to_vec().unwrap();
    }
    match behaviour {
        Some(Spoofed) => forged(&octets).into_iter().chain([octets.clone()]).collect(),
        Some(SpoofedOnly) => forged(&octets),
        _ => vec![octets],
    }
}

/// Fills in what a recursive server would say.
fn answer(world: &World, reply: &mut Message, name: &str, asked: RecordType, one_link: bool) {
    let below = |tree: &String| tree.is_empty() || name == tree || name.ends_with(&format!(".{tree}"));
    reply.metadata.authentic_data |= world.authentic.iter().any(below);
    let mut here = name.to_owned();
    let mut seen = Vec::new();
    let found = loop {
        let Some(records) = world.find(&here) else {
            reply.metadata.response_code = ResponseCode::NXDomain;
            break false;
        };
        let owner = wire_name(&here);
        let alias = records.iter().find_map(|(ttl, data)| match data {
            RData::CNAME(target) if asked != RecordType::CNAME => Some((*ttl, target.0.clone())),
            _ => None,
        });
        if let Some((ttl, target)) = alias {
            reply.add_answer(Record::from_rdata(owner, ttl, RData::CNAME(CNAME(target.clone()))));
            if seen.contains(&here) || one_link {
                return;
            }
            seen.push(std::mem::replace(&mut here, plain(&target)));
            continue;
        }
        let wanted = records.iter().filter(|(_, data)| data.record_type() == asked);
        let wanted: Vec<Record> =
            wanted.map(|(ttl, data)| Record::from_rdata(owner.clone(), *ttl, data.clone())).collect();
        let found = !wanted.is_empty();
        reply.add_answers(wanted);
        break found;
    };
    if !found {
        let zone = wire_name(here.rsplit('.').next().unwrap_or_default());
        let soa = SOA::new(zone.clone(), zone.clone(), 1, 3600, 600, 86400, 60);
        reply.add_authority(Record::from_rdata(zone, 60, RData::SOA(soa)));
    }
}

impl World {
    /// What was told to the name, or to all names below one above it.
    fn behaviour(&self, name: &str) -> Option<Behaviour> {
        let mut above = std::iter::successors(Some(name), |n| n.split_once('.').map(|(_, parent)| parent));
        let told = |n: &str| self.behaviour.get(&format!("*.{n}"));
        self.behaviour.get(name).or_else(|| above.find_map(told)).copied()
    }

    /// The records at a name, of a wildcard if need be; `None` when the name does not exist.
    fn find(&self, name: &str) -> Option<&[(u32, RData)]> {
        let exists = |n: &str| self.records.keys().any(|k| k == n || k.ends_with(&format!(".{n}")));
        if exists(name) {
            return Some(self.records.get(name).map_or(&[], Vec::as_slice));
        }
        let mut rest = name;
        while let Some((_, parent)) = rest.split_once('.') {
            if let Some(records) = self.records.get(&format!("*.{parent}")) {
                return Some(records);
            }
            if exists(parent) {
                return None;
            }
            rest = parent;
        }
        None
    }
}

fn wire_name(text: &str) -> Name {
    Name::from_ascii(format!("{}.", text.trim_end_matches('.'))).unwrap()
}

fn parse_line(line: &str) -> (String, u32, RData) {
    let (owner, rest) = cut(line);
    let (mut word, mut rest) = cut(rest);
    let mut ttl = 300;
    if let Ok(number) = word.parse() {
        ttl = number;
        (word, rest) = cut(rest);
    }
    let data = match word.to_ascii_uppercase().as_str() {
        "A" => RData::A(A(rest.parse().unwrap())),
        "AAAA" => RData::AAAA(AAAA(rest.parse().unwrap())),
        "CNAME" => RData::CNAME(CNAME(wire_name(rest.trim_end_matches('.')))),
        "NS" => RData::NS(NS(wire_name(rest.trim_end_matches('.')))),
        "PTR" => RData::PTR(PTR(wire_name(rest.trim_end_matches('.')))),
        "MX" => {
            let (preference, host) = cut(rest);
            RData::MX(MX::new(preference.parse().unwrap(), wire_name(host.trim_end_matches('.'))))
        }
        "TXT" => {
            let strings = text_strings(rest);
            RData::TXT(TXT::from_bytes(strings.iter().map(Vec::as_slice).collect()))
        }
        other => {
            let code: u16 = other.strip_prefix("TYPE").and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{line}"));
            let hex = rest.trim_start_matches("\\#").trim();
            let octets = (0..hex.len() / 2).map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap());
            RData::Unknown { code: code.into(), rdata: NULL::with(octets.collect()) }
        }
    };
    (owner.trim_end_matches('.').to_lowercase(), ttl, data)
}

fn cut(text: &str) -> (&str, &str) {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim_start())
}

/// Quoted strings with `\"`, `\\` and `\DDD`, or else the whole rest in strings of 255 octets.
fn text_strings(text: &str) -> Vec<Vec<u8>> {
    if !text.starts_with('"') {
        return text.as_bytes().chunks(255).map(<[u8]>::to_vec).collect();
    }
    let mut strings = Vec::new();
    let mut bytes = text.bytes();
    while bytes.any(|b| b == b'"') {
        let mut string = Vec::new();
        while let Some(b) = bytes.next() {
            match b {
                b'"' => break,
                b'\\' => match bytes.next().unwrap() {
                    d @ b'0'..=b'9' => {
                        let digits = [d, bytes.next().unwrap(), bytes.next().unwrap()];
                        string.push(std::str::from_utf8(&digits).unwrap().parse().unwrap());
                    }
                    other => string.push(other),
                },
                other => string.push(other),
            }
        }
        strings.push(string);
    }
    strings
}
