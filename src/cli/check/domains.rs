//! The domains of a call, one after the other, however many there are.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream, Stream};


use super::Options;
use crate::cli::options::domain_name;
use crate::cli::told::{Tell as _, Told, fail, told, unreadable};
use crate::config::Config;
use crate::dns::Name;

/// A line that is longer than this, in octets, names no domain.
const LONGEST: usize = 4096;

/// The domains: those named, then those of the file; where neither is given, those of the configuration.
///
/// A name on the command line that is none is an error of the call; a line of a file that is none
/// is an error of its own, and the others go on.
pub(super) fn of(
    options: &Options,
    config: &Config,
) -> anyhow::Result<Box<dyn Iterator<Item = anyhow::Result<Name>> + Send>> {
    let mut named = options.domains.iter().map(|text| read(text)).collect::<Result<Vec<_>, _>>()?;
    if named.is_empty() && options.domains_file.is_none() {
        named = config.domains.iter().map(|d| read(&d.name)).collect::<Result<Vec<_>, _>>()?;
        if named.is_empty() {
            fail!("error-no-domain");
        }
    }
    let mut seen = HashSet::new();
    named.retain(|name| seen.insert(name.clone()));
    let named = named.into_iter().map(Ok);
    match &options.domains_file {
        None => Ok(Box::new(named)),
        Some(path) => Ok(Box::new(named.chain(lines(path)?))),
    }
}

/// Domains that are read before they are needed.
const AHEAD: usize = 64;

/// The same as a stream. A file is read beside the work: whoever writes to a pipe may take his time, and what is done
/// is not to wait for him.
pub(super) fn stream(
    domains: impl Iterator<Item = anyhow::Result<Name>> + Send + 'static,
    options: &Options,
) -> BoxStream<'static, anyhow::Result<Name>> {
    if options.domains_file.is_none() {
        return stream::iter(domains).boxed();
    }
    arriving(domains).boxed()
}

/// What a thread of its own reads, as it comes.
fn arriving<T: Send + 'static>(domains: impl Iterator<Item = T> + Send + 'static) -> impl Stream<Item = T> {
    let (sender, mut receiver) = tokio::sync::mpsc::channel(AHEAD);
    // It ends with the file, or with the program, whichever is first.
    std::thread::spawn(move || {
        for domain in domains {
            if sender.blocking_send(domain).is_err() {
                break;
            }
        }
    });
    stream::poll_fn(move |context| receiver.poll_recv(context))
}

/// Whether the call can be about more than one domain.
pub(super) fn are_many(options: &Options, config: &Config) -> bool {
    options.domains_file.is_some() || named(options, config) > 1
}

/// How many domains the call is about, as far as that can be known before they are read.
pub(super) fn total(options: &Options, config: &Config) -> Option<u64> {
    let listed = options.domains_file.as_deref().map_or(Some(0), count)?;
    Some(named(options, config) as u64 + listed)
}

/// Domains of the command line, or of the configuration where none is named.
fn named(options: &Options, config: &Config) -> usize {
    match options.domains.len() {
        0 if options.domains_file.is_none() => config.domains.len(),
        count => count,
    }
}

/// How many domains a file names, where it can be read twice.
fn count(path: &Path) -> Option<u64> {
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let names = lines(path).ok()?.filter(Result::is_ok).count();
    u64::try_from(names).ok()
}

fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Name>> + use<>> {
    let input: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = File::open(path).told(|| unreadable(path.display()))?;
        Box::new(BufReader::new(file))
    };
    Ok(names(input, path.display().to_string()))
}

fn names(input: impl BufRead, shown: String) -> impl Iterator<Item = anyhow::Result<Name>> {
    let mut number = 0;
    let mut open = Some(input);
    std::iter::from_fn(move || {
        loop {
            let mut line = Vec::new();
            number += 1;
            let place = || told!("error-place", place = format!("{shown}:{number}"));
            match read_line(open.as_mut()?, &mut line) {
                Ok(0) => return None,
                // The next attempt would end no better: a folder would be read for ever.
                Err(error) => {
                    open = None;
                    return Some(Err(error).told(place).map_err(Into::into));
                }
                Ok(length) if length > LONGEST => {
                    return Some(Err(told!("error-long-line", most = LONGEST)).told(place).map_err(Into::into));
                }
                Ok(_) => {}
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_start_matches('\u{feff}').split('#').next().unwrap_or("").trim();
            if !text.is_empty() {
                return Some(read(text).told(place).map_err(Into::into));
            }
        }
    })
}

/// A line whose end is not in sight by then never ends: the list is none.
const ENDLESS: usize = 1 << 20;

/// Reads a line to its end, but keeps no more than [`LONGEST`] octets; how long it is.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut length = 0;
    loop {
        let part = match input.fill_buf() {
            Ok(part) => part,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = memchr::memchr(b'\n', part).map(|at| at + 1);
        let used = end.unwrap_or(part.len());
        line.extend_from_slice(&part[..used.min(LONGEST.saturating_sub(line.len()))]);
        length += used;
        input.consume(used);
        if end.is_some() || used == 0 {
            return Ok(length);
        }
        if length > ENDLESS {
            return Err(std::io::Error::other(told!("error-endless-line")));
        }
    }
}

/// A domain that can send mail: at least two labels.
fn read(text: &str) -> Result<Name, Told> {
    let name = domain_name(text)?;
    if name.label_count() < 2 {
        return Err(told!("error-no-mail-domain", text = text));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;

    use super::*;

    #[tokio::test]
    async fn what_is_there_is_had_before_the_rest() {
        let (sender, receiver) = std::sync::mpsc::channel();
        let mut arriving = std::pin::pin!(arriving(receiver.into_iter()));
        for n in 0..1000 {
            sender.send(n).unwrap();
            assert_eq!(arriving.next().await, Some(n));
        }
        drop(sender);
        assert_eq!(arriving.next().await, None);
    }

    fn told(input: impl BufRead) -> Vec<String> {
        let tell = |name: anyhow::Result<Name>| name.map_or_else(|e| format!("{e:#}"), |name| name.to_string());
        names(input, "f".to_owned()).take(10).map(tell).collect()
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_to_its_end() {
        let text = format!("a.example\n{}.b.example\nc.example # {}", "b".repeat(9000), "#".repeat(4000));
        assert_eq!(told(text.as_bytes()), ["a.example", "f:2: a line longer than 4096 octets names no domain", "c.example"]);
    }

    #[test]
    fn an_error_of_reading_is_told_once() {
        struct Broken;
        impl std::io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::IsADirectory.into())
            }
        }
        assert_eq!(told(BufReader::new(Broken)).len(), 1);
        // What never ends is no list either.
        assert_eq!(told(BufReader::new(std::io::repeat(0))).len(), 1);
    }
}
