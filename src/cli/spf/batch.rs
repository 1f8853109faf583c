//! `mailauth spf --batch`: a line in, a line out, in the order of the input.
//!
//! A thread reads lines, the tasks of the runtime evaluate them, and this one writes. Each stage
//! waits for the next one, so that endless input takes no more room than a short one; and no line
//! waits for a later one, so that another program can talk to this one line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{FuturesOrdered, StreamExt as _};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{Options, bare, exit_of};
use crate::cli::told::{Tell as _, fail, told, unreadable};
use crate::cli::{Exit, Output, Session, dns};
use crate::dns::stack::Dns;
use crate::render::json;
use crate::render::spf::CheckDocument;
use crate::spf::{Evaluator, Params};

/// Checks in flight.
const IN_FLIGHT: usize = 256;

/// Lines read ahead of the checks.
const AHEAD: usize = 64;

/// The longest line that is looked at, in octets.
const LONGEST: usize = 16 << 10;
/// A line whose end is not in sight by then never ends.
const ENDLESS: usize = 1 << 20;

/// A line of input.
struct Line {
    /// Its number, from 1.
    number: u64,
    /// Its text, or what is wrong with it.
    text: Result<String, &'static str>,
}

/// What became of a line.
struct Done {
    text: Vec<u8>,
    exit: Exit,
}

/// What all checks of a run share.
struct Shared {
    dns: Dns,
    evaluator: Evaluator,
    receiver: Option<String>,
    deadline: Duration,
}

/// A line that could not be used.
#[derive(Serialize)]
struct Refused<'a> {
    schema: &'static str,
    line: u64,
    error: &'a str,
}

/// Evaluates all lines of a file, or of standard input for `-`.
///
/// # Errors
/// The file cannot be read, the result cannot be written, an option cannot be used.
pub(super) fn run(file: &Path, options: &Options, session: &Session) -> anyhow::Result<Exit> {
    if session.format() == "html" {
        fail!("error-batch-html");
    }
    let input: Box<dyn Read + Send> = if file.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).told(|| unreadable(file.display()))?)
    };
    let shared = Arc::new(Shared {
        dns: options.dns.resolver(&[])?,
        evaluator: Evaluator::new(),
        receiver: options.receiver.clone(),
        deadline: options.dns.deadline,
    });
    let mut out = session.appended_output()?;
    let (sender, lines) = mpsc::channel(AHEAD);
    // Not joined: it may wait for input that nobody wants any more.
    std::thread::Builder::new().name("lines".to_owned()).spawn(move || read(input, &sender))?;
    let clock = || session.now(options.at);
    let ended = dns::runtime(true)?.block_on(pump(lines, &shared, &clock, &mut out));
    shared.dns.finish()?;
    let (exit, trouble) = ended?;
    out.finish()?;
    match trouble {
        Some(error) => Err(error).told(|| unreadable(file.display())).map_err(Into::into),
        None => Ok(exit),
    }
}

/// Takes lines as they come, and writes results in their order as soon as they are there.
async fn pump(
    mut lines: mpsc::Receiver<io::Result<Line>>,
    shared: &Arc<Shared>,
    clock: &dyn Fn() -> u64,
    out: &mut Output,
) -> anyhow::Result<(Exit, Option<io::Error>)> {
    let mut flying: FuturesOrdered<JoinHandle<Done>> = FuturesOrdered::new();
    let (mut exit, mut trouble, mut open) = (Exit::Clean, None, true);
    while open || !flying.is_empty() {
        tokio::select! {
            biased;
            Some(done) = flying.next() => {
                let done = done?;
                // In one piece, so that a reader never sees half a line.
                out.write_all(&done.text)?;
                out.flush()?;
                exit = exit.max(done.exit);
            }
            line = lines.recv(), if open && flying.len() < IN_FLIGHT => match line {
                Some(Ok(line)) => {
                    let (shared, now) = (shared.clone(), clock());
                    flying.push_back(tokio::spawn(async move { check(&shared, line, now).await }));
                }
                Some(Err(error)) => (open, trouble) = (false, Some(error)),
                None => open = false,
            },
        }
    }
    Ok((exit, trouble))
}

/// One line.
async fn check(shared: &Shared, line: Line, now: u64) -> Done {
    let mut text = Vec::with_capacity(1024);
    let number = line.number;
    let exit = match line.text.as_deref().map_err(|error| *error).and_then(columns) {
        Ok((ip, helo, sender)) => {
            let params = Params { receiver: shared.receiver.as_deref(), now, ..Params::new(ip, helo, Some(bare(sender))) };
            let scope = shared.dns.scope(Some(shared.deadline));
            let outcome = shared.evaluator.check_host(&scope, &params).await;
            // Writing to memory cannot fail.
            let _ = json::line(&mut text, &CheckDocument::new(&outcome, sender, &params));
            exit_of(outcome.result)
        }
        Err(error) => {
            let _ = json::line(&mut text, &Refused { schema: "mailauth.spf-error/1", line: number, error });
            Exit::Unusable
        }
    };
    Done { text, exit }
}

/// Client, greeting name and sender of a line.
fn columns(line: &str) -> Result<(IpAddr, Option<&str>, &str), &'static str> {
    let mut columns = line.split('\t').map(str::trim);
    let (Some(ip), Some(helo), Some(sender)) = (columns.next(), columns.next(), columns.next()) else {
        return Err("not three columns: ip TAB helo TAB mail-from");
    };
    let ip = ip.parse().map_err(|_| "the first column is no IP address")?;
    let helo = Some(helo).filter(|helo| !helo.is_empty());
    if helo.is_none() && matches!(sender, "" | "<>") {
        return Err("the null sender is checked by its greeting name, and there is none");
    }
    Ok((ip, helo, sender))
}

/// Reads lines until the end, or until nobody wants them.
fn read(input: impl Read, sender: &mpsc::Sender<io::Result<Line>>) {
    let mut input = BufReader::with_capacity(64 << 10, input);
    let mut number = 0;
    loop {
        let line = match next_line(&mut input) {
            Ok(None) => return,
            Ok(Some(line)) => line,
            Err(error) => {
                let _ = sender.blocking_send(Err(error));
                return;
            }
        };
        number += 1;
        let text = match line {
            None => Err("the line is longer than 16 KiB"),
            Some(octets) => String::from_utf8(octets).map_err(|_| "the line is not UTF-8"),
        };
        if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
            continue;
        }
        if sender.blocking_send(Ok(Line { number, text })).is_err() {
            return;
        }
    }
}

/// The next line without its end; `Some(None)` stands for one that is too long, of which nothing
/// is kept.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() > LONGEST {
        let mut passed = 0;
        loop {
            let room = input.fill_buf()?;
            let (length, ended) = match memchr::memchr(b'\n', room) {
                Some(at) => (at + 1, true),
                None => (room.len(), room.is_empty()),
            };
            input.consume(length);
            passed += length;
            if passed > ENDLESS {
                return Err(io::Error::other(told!("error-endless-line")));
            }
            if ended {
                return Ok(Some(None));
            }
        }
    }
    while matches!(line.last(), Some(b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some(Some(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_and_bounded() {
        let text = [&b"a\r\n\nb"[..], &vec![b'x'; LONGEST * 9], b"\nlast"].concat();
        let mut input = BufReader::with_capacity(100, &text[..]);
        let mut lines = Vec::new();
        while let Some(line) = next_line(&mut input).unwrap() {
            lines.push(line);
        }
        assert_eq!(lines, [Some(b"a".to_vec()), Some(Vec::new()), None, Some(b"last".to_vec())]);
        assert!(next_line(&mut BufReader::new(io::repeat(0))).is_err());
    }

    #[test]
    fn columns_are_told_apart() {
        let ip: IpAddr = "192.0.2.1".parse().unwrap();
        assert_eq!(columns("192.0.2.1\tmail.example\ta@example.de"), Ok((ip, Some("mail.example"), "a@example.de")));
        assert_eq!(columns("192.0.2.1\t\ta@example.de\tpass\tx"), Ok((ip, None, "a@example.de")));
        assert_eq!(columns("192.0.2.1\tmail.example\t"), Ok((ip, Some("mail.example"), "")));
        for bad in ["", "192.0.2.1", "192.0.2.1\tx", "fe80::1%eth0\tx\ta@b.de", "x\ty\tz", "192.0.2.1\t\t<>"] {
            assert!(columns(bad).is_err(), "{bad}");
        }
    }
}
