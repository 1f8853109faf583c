//! `mailauth verify`: DKIM, SPF, DMARC and ARC of messages.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc};

use super::options::{self, DnsOptions};
use super::told::{self, Tell as _, fail};
use super::{Exit, Session, dns};
use crate::dns::stack::Dns;
use crate::facts::MessageFacts;
use crate::gather::{self, Circumstances, Envelope, Memory};
use crate::locales::Catalogue;
use crate::message::{self, Source};
use crate::render::Worded;
use crate::render::verify::{self as render, Manner, MessageDocument};
use crate::rules::judge_message;
use crate::rules::message::MessageView;

/// Options of `verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth verify mail.eml\n  \
    mailauth verify --ip 192.0.2.10 --helo mail.example-praxis.de --mail-from info@example-praxis.de mail.eml\n  \
    mailauth verify --trust-received mx.example-praxis.de --format ndjson Maildir/\n\n\
    Without --ip and --trust-received SPF is not checked: a message does not say reliably who handed it in. With \
    --ip and no --mail-from, the message's Return-Path is taken.")]
pub struct Options {
    /// Messages: files, mbox files, Maildir and other folders; `-` or none is standard input
    #[arg(value_name = "MESSAGE")]
    pub messages: Vec<PathBuf>,
    /// The address of the client that handed the message in, for SPF
    #[arg(long, value_name = "ADDR")]
    pub ip: Option<IpAddr>,
    /// The client's greeting (EHLO)
    #[arg(long, value_name = "NAME", requires = "ip")]
    pub helo: Option<String>,
    /// The envelope sender (MAIL FROM); <> is the null sender
    #[arg(long, value_name = "ADDRESS", requires = "ip")]
    pub mail_from: Option<String>,
    /// Believe the topmost Received field that this host added, and take client and greeting from it
    #[arg(long, value_name = "HOST", conflicts_with = "ip")]
    pub trust_received: Option<String>,
    /// The host in whose name results are given (authserv-id)
    #[arg(long, value_name = "NAME", default_value = "localhost")]
    pub receiver: String,
    /// Judge as of this time instead of now
    #[arg(long, value_name = "TIME", value_parser = options::time)]
    pub at: Option<u64>,
    /// Let rsa-sha1 and RSA keys below 1024 bits count, which RFC 8301 forbids
    #[arg(long)]
    pub legacy: bool,
    /// Show addresses whole in text
    #[arg(long)]
    pub show_addresses: bool,
    #[command(flatten)]
    pub dns: DnsOptions,
}

/// Messages that are worked on at the same time, most of which wait for the DNS.
const IN_FLIGHT: usize = 64;
/// Results that a worker hands over at once, if so many are ready.
const BATCH: usize = 16;
/// What the headers of the messages in flight may hold, in units of [`UNIT`]; two of the largest fill it.
const ROOM: u64 = 512;
/// Octets of a unit of room. Bodies pass by and take none.
const UNIT: u64 = 32 * 1024;

/// What all messages of a run share.
struct Run {
    dns: Dns,
    deadline: Duration,
    memory: Memory,
    about: Circumstances,
    receiver: String,
    format: String,
    catalogue: &'static Catalogue,
    manner: Manner,
    room: Arc<Semaphore>,
    /// Bodies that are diagnosed are held whole: one at a time.
    diagnosis: Semaphore,
}

/// A message that was verified, ready to be written.
struct Verified {
    text: Vec<u8>,
    exit: Exit,
    /// Held until the text is written: results that wait for an earlier one take room too.
    _room: OwnedSemaphorePermit,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let run = Arc::new(Run {
        dns: options.dns.resolver(&[])?,
        deadline: options.dns.deadline,
        memory: Memory::default(),
        about: Circumstances {
            now: session.now(options.at),
            legacy: options.legacy,
            envelope: Envelope { ip: options.ip, helo: options.helo.clone(), mail_from: options.mail_from.clone() },
            trusted_host: options.trust_received.clone(),
            receiver: Some(options.receiver.clone()),
        },
        receiver: options.receiver.clone(),
        format: session.format().to_owned(),
        catalogue: session.catalogue(),
        manner: Manner {
            style: session.style(),
            addresses: options.show_addresses,
            undecided: false,
            unchecked: "verify-spf-unchecked",
        },
        room: Arc::new(Semaphore::new(usize::try_from(ROOM)?)),
        diagnosis: Semaphore::new(1),
    });
    let mut found = sources(&options)?;
    let first: Vec<_> = found.by_ref().take(2).collect();
    let many = first.len() > 1;
    let runtime = dns::runtime(many)?;
    let mut out = session.output()?;
    let mut exit = Exit::Clean;
    let mut shown = 0_usize;
    let json = session.format() == "json";
    if json {
        render::begin_json(&mut out)?;
    }
    let workers = if many { std::thread::available_parallelism().map_or(1, usize::from).min(IN_FLIGHT) } else { 1 };
    runtime.block_on(async {
        let queue = Arc::new(Queue { run: run.clone(), sources: Mutex::new((0, Box::new(first.into_iter().chain(found)))) });
        let (sender, mut receiver) = mpsc::channel(workers);
        let tasks: Vec<_> = (0..workers)
            .map(|_| tokio::spawn(work(queue.clone(), (IN_FLIGHT / workers).max(2), sender.clone())))
            .collect();
        drop(sender);
        // Results are written in the order of the messages.
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        while let Some(batch) = receiver.recv().await {
            waiting.extend(batch);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                match result {
                    Ok(verified) => {
                        if json {
                            out.write_all(if shown == 0 { b"\n" } else { b",\n" })?;
                        }
                        out.write_all(&verified.text)?;
                        exit = exit.max(verified.exit);
                        shown += 1;
                    }
                    Err(error) => {
                        session.complain_of(&error);
                        exit = Exit::Unusable;
                    }
                }
            }
        }
        for task in tasks {
            task.await?;
        }
        anyhow::Ok(())
    })?;
    if json {
        render::end_json(&mut out, shown == 0)?;
    }
    run.dns.finish()?;
    if shown == 0 && exit == Exit::Clean {
        fail!("error-no-message");
    }
    out.finish()?;
    Ok(exit)
}

/// The messages of a call, as they are found.
type Messages = Box<dyn Iterator<Item = anyhow::Result<Source>> + Send>;

/// The messages of a run, for the workers to take from.
struct Queue {
    run: Arc<Run>,
    /// How many were taken, and the others.
    sources: Mutex<(usize, Messages)>,
}

/// A message that may be worked on.
struct Admitted {
    source: Source,
    octets: u64,
    room: OwnedSemaphorePermit,
}

impl Queue {
    /// The next message and its number. Room is given in the order of the messages, so that none waits for a later one
    /// that waits to be written.
    async fn next(&self) -> Option<(usize, anyhow::Result<Admitted>)> {
        let mut queue = self.sources.lock().await;
        let (taken, sources) = &mut *queue;
        let source = sources.next()?;
        let number = *taken;
        *taken += 1;
        let admit = async {
            let source = source?;
            let octets = source.octets().told(|| told::unreadable(source.name()))?;
            let room = self.run.room.clone().acquire_many_owned(units(octets)).await?;
            anyhow::Ok(Admitted { source, octets, room })
        };
        Some((number, admit.await))
    }
}

/// Verifies messages as long as there are some: what needs no answer of the DNS without ever waiting for others.
async fn work(queue: Arc<Queue>, in_flight: usize, results: mpsc::Sender<Vec<(usize, anyhow::Result<Verified>)>>) {
    let run = queue.run.clone();
    let messages = futures_util::stream::unfold(queue, |queue| async move { Some((queue.next().await?, queue)) });
    let verified = messages.map(|(number, admitted)| {
        let run = run.clone();
        async move {
            let result = match admitted {
                Ok(message) => verify(&run, message).await,
                Err(error) => Err(error),
            };
            (number, result)
        }
    });
    let mut batches = std::pin::pin!(verified.buffer_unordered(in_flight).ready_chunks(BATCH));
    while let Some(batch) = batches.next().await {
        if results.send(batch).await.is_err() {
            return;
        }
    }
}

/// The messages of the call, found as they are asked for.
fn sources(options: &Options) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Source>> + Send + use<>> {
    let paths = if options.messages.is_empty() { vec![PathBuf::from("-")] } else { options.messages.clone() };
    if paths.iter().filter(|p| p.as_os_str() == "-").count() > 1 {
        fail!("error-input-once");
    }
    Ok(paths.into_iter().flat_map(|path| -> Messages {
        let opened = if path.as_os_str() == "-" { message::standard_input() } else { message::sources(&path) };
        match opened.told(|| told::unreadable(path.display())) {
            Ok(found) => Box::new(
                found.kept_open().map(|(path, source)| Ok(source.told(|| told::unreadable(path.display()))?)),
            ),
            Err(error) => Box::new(std::iter::once(Err(error.into()))),
        }
    }))
}

/// The room that a message of so many octets may need: its header is no longer than the message, nor than the reader
/// allows.
fn units(octets: u64) -> u32 {
    let header = octets.min(message::Limits::default().header_octets as u64);
    u32::try_from((header / UNIT + 1).min(ROOM / 2)).unwrap_or(1)
}

/// Verifies one message.
async fn verify(run: &Run, message: Admitted) -> anyhow::Result<Verified> {
    let Admitted { source, octets, mut room } = message;
    let unreadable = || told::unreadable(source.name());
    let read = gather::read_message(source.open().told(unreadable)?, &run.about).told(unreadable)?;
    // Now the header is known, and what the message does not need is given back.
    let needed = usize::try_from(read.headers.bytes().len() as u64 / UNIT + 1)?;
    drop(room.split(room.num_permits().saturating_sub(needed)));
    let dns = run.dns.scope(Some(run.deadline));
    let (headers, mut facts) =
        gather::gather_message(&dns, &run.memory, read, source.name(), &run.about).await;
    if gather::needs_diagnosis(&facts) {
        let _alone = match octets {
            0..1_000_000 => None,
            _ => Some(run.diagnosis.acquire().await?),
        };
        gather::diagnose_message(source.open().told(unreadable)?, &mut facts).told(unreadable)?;
    }
    let findings = judge_message(&MessageView { facts: &facts, headers: &headers, receipt: None });
    let (exit, undecided) = (exit_of(&facts), facts.is_undecided());
    let document = MessageDocument::new(facts, Worded::all(&findings, run.catalogue), &run.receiver, run.catalogue);
    let mut text = Vec::with_capacity(2048);
    match run.format.as_str() {
        "json" => render::message_json(&mut text, &document)?,
        "ndjson" => render::as_ndjson(&mut text, &document)?,
        "header" => render::as_header(&mut text, &document)?,
        _ => {
            let manner = Manner { undecided, ..run.manner };
            render::as_text(&mut text, &document, run.catalogue, manner)?;
        }
    }
    Ok(Verified { text, exit, _room: room })
}

fn exit_of(facts: &MessageFacts) -> Exit {
    match (facts.authenticates(), facts.is_undecided()) {
        (true, _) => Exit::Clean,
        (false, true) => Exit::Unknown,
        (false, false) => Exit::Found,
    }
}
