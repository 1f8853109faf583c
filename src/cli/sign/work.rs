//! Signing one message, and many on all cores. A message is read twice, to hash and to copy, and never held
//! unless it is small.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::keyring::Keyring;
use super::target::Target;
use crate::cli::Output;
use crate::cli::told::{Tell as _, Told, fail, told, unwritable};
use crate::dkim::Signer;
use crate::message::{self, Limits, Location, Source};

/// Messages up to this size are read once and kept.
const SMALL: u64 = 512 * 1024;
/// A large message is written in pieces of this size.
const LARGE: usize = 128 * 1024;

/// A message with its signature.
struct Signed {
    /// The DKIM-Signature fields.
    fields: Vec<u8>,
    message: Message,
}

enum Message {
    Small(Vec<u8>),
    /// Stands where the message begins.
    File(File),
    /// Is opened again; so many octets at its start are no part of it.
    Other(u64),
}

/// Signs a message onto the output.
pub(super) fn to_output(source: &Source, keys: &Keyring, alone: bool, out: &mut Output) -> anyhow::Result<()> {
    let signed = sign(source, keys)?;
    if alone {
        return Ok(out.write_all(&signed.fields)?);
    }
    #[cfg(unix)]
    if let (Message::File(_) | Message::Other(_), Output::Standard(standard)) = (&signed.message, &mut *out) {
        use std::os::fd::AsFd as _;
        // Without a detour through the buffers of standard output, which looks for line ends.
        standard.write_all(&signed.fields)?;
        standard.flush()?;
        let direct = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        return Ok(copy_large(&mut original(source, &signed.message)?, direct)?);
    }
    copy(source, signed, out)
}

/// Signs all messages on all cores; the results, each with what people should know, in the order of the messages.
pub(super) fn all(
    sources: &[Source],
    keys: &Keyring,
    target: &Target,
    alone: bool,
) -> Vec<anyhow::Result<Option<Told>>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(sources.len().max(1));
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<anyhow::Result<Option<Told>>>> = sources.iter().map(|_| Mutex::new(Ok(None))).collect();
    let work = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(source) = sources.get(i) else { break };
            let result = to_file(source, keys, target, alone);
            if let Ok(mut slot) = results[i].lock() {
                *slot = result;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..cores {
            scope.spawn(work);
        }
        work();
    });
    results.into_iter().map(|slot| slot.into_inner().unwrap_or(Ok(None))).collect()
}

/// Writes a signed message whole or not at all; it keeps the mode that it had. `Some` is a warning.
fn to_file(source: &Source, keys: &Keyring, target: &Target, alone: bool) -> anyhow::Result<Option<Told>> {
    let path = target.path(source)?;
    let mut warning = None;
    // Before the message is read, so that whatever happens to it from now on is noticed.
    let old = fs::metadata(&source.path).ok().filter(|_| !source.is_spooled());
    let signed = sign(source, keys)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let in_place = matches!(target, Target::InPlace);
    let shown = || unwritable(path.display());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".mailauth-");
    if let Some(old) = &old {
        builder.permissions(old.permissions());
    }
    let mut file = builder.tempfile_in(folder).told(shown)?;
    if alone {
        file.write_all(&signed.fields).told(shown)?;
    } else {
        copy(source, signed, &mut file).told(shown)?;
    }
    if in_place {
        if let Some(old) = &old
            && !keep_owner(file.as_file(), old).told(shown)?
        {
            warning = Some(told!("error-owner-lost", name = source.name()));
        }
        // The only copy of a message must survive a crash.
        file.as_file().sync_all().told(shown)?;
        let now = fs::metadata(&path).told(shown)?;
        if old.is_none_or(|old| !is_unchanged(&old, &now)) {
            fail!("error-changed-meanwhile");
        }
    }
    file.persist(&path).map_err(|e| e.error).told(shown)?;
    Ok(warning)
}

/// Whether a file is still the one it was, as far as its metadata tell.
fn is_unchanged(old: &fs::Metadata, now: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if (old.dev(), old.ino()) != (now.dev(), now.ino()) {
            return false;
        }
    }
    old.len() == now.len() && old.modified().ok() == now.modified().ok()
}

/// The mode in spite of the umask, and the owner where that is allowed; whether the owner is the same.
#[cfg(unix)]
fn keep_owner(file: &File, old: &fs::Metadata) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (old.uid(), old.gid()) {
        // Only the superuser may give files away; a group of one's own can be set by anybody.
        let _ = std::os::unix::fs::fchown(file, Some(old.uid()), Some(old.gid()))
            .or_else(|_| std::os::unix::fs::fchown(file, None, Some(old.gid())));
    }
    file.set_permissions(old.permissions())?;
    let now = file.metadata()?;
    Ok((now.uid(), now.gid()) == (old.uid(), old.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) -> io::Result<bool> {
    Ok(true)
}

/// Reads a message and makes its signature.
fn sign(source: &Source, keys: &Keyring) -> anyhow::Result<Signed> {
    let length = source.octets()?;
    if length <= SMALL {
        let mut octets = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
        source.open()?.take(SMALL * 2).read_to_end(&mut octets)?;
        if octets.len() as u64 > length {
            fail!("error-changed-meanwhile");
        }
        let (fields, skipped) = signature(&octets[..], keys)?;
        octets.drain(..skipped);
        return Ok(Signed { fields, message: Message::Small(octets) });
    }
    if source.location != Location::Whole || source.is_spooled() {
        let (fields, skipped) = signature(source.open()?, keys)?;
        return Ok(Signed { fields, message: Message::Other(skipped as u64) });
    }
    // One file throughout: what is copied is what was hashed, even if another takes its name.
    let mut file = File::open(&source.path)?;
    let before = file.metadata()?;
    let (fields, skipped) = signature(&file, keys)?;
    let after = file.metadata()?;
    if before.len() != after.len() || before.modified().ok() != after.modified().ok() {
        fail!("error-changed-meanwhile");
    }
    file.seek(SeekFrom::Start(skipped as u64))?;
    Ok(Signed { fields, message: Message::File(file) })
}

/// The signature fields, and how many octets at the start are an mbox `From ` line, which is not written again: above
/// the signature it would hide it from many readers, below it would be no header field.
fn signature(message: impl Read, keys: &Keyring) -> anyhow::Result<(Vec<u8>, usize)> {
    let (headers, mut body) = message::read(message, Limits::default())?;
    let keys = keys.keys_for(&headers)?;
    let mut signer = Signer::new(&headers, &keys)?;
    while let Some(chunk) = body.next_chunk()? {
        signer.update(chunk);
    }
    Ok((signer.finish()?, body.skipped()))
}

/// Copies in large pieces what the system cannot copy by itself, such as a file into a pipe.
fn copy_large(from: &mut impl Read, to: File) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(LARGE, to);
    io::copy(from, &mut to)?;
    to.flush()
}

/// Writes signature and message.
fn copy(source: &Source, signed: Signed, out: &mut dyn Write) -> anyhow::Result<()> {
    if let Message::Small(octets) = &signed.message {
        return Ok(out.write_all(&[signed.fields.as_slice(), octets].concat())?);
    }
    let mut out = BufWriter::with_capacity(LARGE, out);
    out.write_all(&signed.fields)?;
    io::copy(&mut original(source, &signed.message)?, &mut out)?;
    Ok(out.flush()?)
}

/// The octets of a message as it was.
fn original<'a>(source: &Source, message: &'a Message) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match message {
        Message::Small(octets) => Box::new(octets.as_slice()),
        Message::File(file) => Box::new(file),
        Message::Other(skipped) => {
            let mut message = source.open()?;
            io::copy(&mut message.by_ref().take(*skipped), &mut io::sink())?;
            message
        }
    })
}
