//! From a message to what is known of it: one pass over its octets, then the questions, all at once.

use std::io::Read;
use std::net::IpAddr;

use crate::arc::Chain;
use crate::dkim::diagnose::{self, Diagnosis, MOST_BODY};
use crate::dkim::hash::BodyHasher;
use crate::dkim::key_lookup::KeyCache;
use crate::dkim::verify::{BodyHashes, Signatures};
use crate::dkim::{Options, Outcome};
use crate::dmarc::{self, Asking, Identifier, Input, RecordCache, SpfIdentity, Verdict, Walks};
use crate::dns::Resolver;
use crate::facts::{Lines, MessageFacts};
use crate::message::from::Author;
use crate::message::received::{self, Received};
use crate::message::{self, Headers, Limits, MessageError};
use crate::spf::{self, Evaluator, SpfResult};

/// What is known of a run from outside its messages.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// The clock, seconds since 1970.
    pub now: u64,
    /// Let rsa-sha1 and short keys count.
    pub legacy: bool,
    /// Who handed the messages in.
    pub envelope: Envelope,
    /// The Received fields of this host say who handed a message in.
    pub trusted_host: Option<String>,
    /// The host that receives, for the SPF macro `r`.
    pub receiver: Option<String>,
}

/// What the client said and who it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Its address.
    pub ip: Option<IpAddr>,
    /// Its greeting.
    pub helo: Option<String>,
    /// MAIL FROM; empty for the null sender.
    pub mail_from: Option<String>,
}

/// What is kept between the messages of a run: records that were read, so that each is read once.
#[derive(Debug, Default)]
pub struct Memory {
    evaluator: Evaluator,
    keys: KeyCache,
    policies: RecordCache,
}

/// A message whose octets have passed by.
#[derive(Debug)]
pub struct ReadMessage {
    /// Its header.
    pub headers: Headers,
    signatures: Signatures,
    chain: Chain,
    hashes: BodyHashes,
    lines: Lines,
}

/// Reads a message once: header, the hashes that its signatures need, its lines.
///
/// # Errors
/// [`MessageError`]
pub fn read_message(reader: impl Read, about: &Circumstances) -> Result<ReadMessage, MessageError> {
    let (headers, mut body) = message::read(reader, Limits::default())?;
    let mut options = Options::new(about.now);
    options.legacy = about.legacy;
    let mut hasher = BodyHasher::default();
    let mut signatures = Signatures::prepare(&headers, options, &mut hasher);
    signatures.set_received(|| headers.named("received").next().and_then(|f| Received::parse(&f.text(&headers)).time));
    let chain = Chain::prepare(&headers, &mut hasher);
    let mut counter = LineCounter::default();
    while let Some(chunk) = body.next_chunk()? {
        hasher.update(chunk);
        counter.update(chunk);
    }
    let mut lines = counter.finish();
    let longest = headers.fields().iter().map(|f| f.longest_line(&headers)).max().unwrap_or(0);
    lines.longest = lines.longest.max(longest as u64);
    lines.crlf |= headers.has_crlf();
    lines.bare_lf |= headers.has_bare_lf();
    lines.bare_cr |= headers.has_bare_cr();
    Ok(ReadMessage { signatures, chain, hashes: hasher.finish(), lines, headers })
}

/// Asks for what a message needs, and puts together what is known of it.
pub async fn gather_message(
    dns: &dyn Resolver,
    memory: &Memory,
    read: ReadMessage,
    source: String,
    about: &Circumstances,
) -> (Headers, MessageFacts) {
    let ReadMessage { headers, signatures, chain, hashes, lines } = read;
    let from_fields = headers.named("from").count();
    let author = match from_fields {
        1 => headers.named("from").next().map(|field| Author::parse(field.value(&headers))),
        _ => None,
    };
    let from = author.as_ref().map(Author::domains).unwrap_or_default();
    let envelope = envelope(&headers, about);
    let walks = Walks::new(dns, Asking::Concurrent).remembering(&memory.policies);
    let walk = async {
        if let Some(domain) = from.first() {
            walks.walk(domain).await;
        }
    };
    let (signatures, arc, spf, ()) = futures_util::join!(
        signatures.judge(&hashes, dns, &memory.keys),
        chain.judge(&hashes, dns, &memory.keys),
        check_spf(dns, &memory.evaluator, &envelope, about),
        walk
    );
    let mut identifiers = Vec::new();
    let mut places = Vec::new();
    for (place, result) in signatures.iter().enumerate() {
        let Some(domain) = &result.signature.domain else { continue };
        let verdict = match result.result {
            Outcome::Pass => Verdict::Pass,
            Outcome::TempError => Verdict::TempError,
            _ => Verdict::NoPass,
        };
        places.push(place);
        identifiers.push(Identifier { domain: domain.clone(), verdict });
    }
    // RFC 9989 §4.1: the domain of MAIL FROM counts (postmaster@HELO with the null sender); a pass of a greeting
    // alone says nothing of who sends.
    let identity = spf.as_ref().filter(|_| envelope.mail_from.is_some()).map(|spf| SpfIdentity {
        domain: spf.domain.clone(),
        verdict: match spf.result {
            SpfResult::Pass => Verdict::Pass,
            SpfResult::Temperror => Verdict::TempError,
            _ => Verdict::NoPass,
        },
    });
    let dmarc = dmarc::evaluate_with(&walks, &Input { from, spf: identity, dkim: identifiers }).await;
    let mut aligned = vec![false; signatures.len()];
    for (place, is) in places.into_iter().zip(&dmarc.dkim_alignment) {
        aligned[place] = *is;
    }
    let diagnoses = vec![None; signatures.len()];
    let facts = MessageFacts { source, from_fields, author, lines, signatures, diagnoses, arc, spf, dmarc, aligned };
    (headers, facts)
}

/// Who handed the message in: what the call says, else what the trusted host wrote down.
fn envelope(headers: &Headers, about: &Circumstances) -> Envelope {
    let mut envelope = about.envelope.clone();
    if let Some(host) = about.trusted_host.as_deref().filter(|_| envelope.ip.is_none()) {
        let Some(found) = received::by_trusted_host(headers, host) else { return Envelope::default() };
        envelope.ip = found.ip;
        envelope.helo = envelope.helo.or(found.helo);
    }
    if envelope.ip.is_some() && envelope.mail_from.is_none() {
        envelope.mail_from = received::return_path(headers);
    }
    envelope
}

async fn check_spf(
    dns: &dyn Resolver,
    evaluator: &Evaluator,
    envelope: &Envelope,
    about: &Circumstances,
) -> Option<spf::Outcome> {
    let mut params = spf::Params::new(envelope.ip?, envelope.helo.as_deref(), envelope.mail_from.as_deref());
    params.receiver = about.receiver.as_deref();
    params.now = about.now;
    Some(evaluator.check_host(dns, &params).await)
}

/// Whether a signature of the message fails over what changed, so that its body is worth a second look.
pub fn needs_diagnosis(facts: &MessageFacts) -> bool {
    facts.signatures.iter().any(|s| s.result == Outcome::Fail)
}

/// Looks for the changes that broke the signatures. `message` is the message once more.
///
/// # Errors
/// [`MessageError`]
pub fn diagnose_message(message: impl Read, facts: &mut MessageFacts) -> Result<(), MessageError> {
    let (headers, body) = message::read(message, Limits::default())?;
    let mut octets = Vec::new();
    body.take(MOST_BODY as u64 + 1).read_to_end(&mut octets)?;
    // Several signatures over one body mostly break by the same change; a few are enough.
    let failing = facts.signatures.iter().zip(&mut facts.diagnoses).filter(|(s, _)| s.result == Outcome::Fail);
    for (result, slot) in failing.take(3) {
        let found: Diagnosis = diagnose::diagnose(&headers, &octets, result);
        *slot = Some(found);
    }
    Ok(())
}

/// Looks at the lines of a body as it passes by.
#[derive(Debug, Default)]
struct LineCounter {
    lines: Lines,
    /// Octets of the line so far.
    length: u64,
    ends_in_cr: bool,
    carriage_returns: u64,
    pairs: u64,
}

impl LineCounter {
    fn update(&mut self, chunk: &[u8]) {
        self.carriage_returns += memchr::memchr_iter(b'\r', chunk).count() as u64;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', chunk) {
            let cr = if end > 0 { chunk[end - 1] == b'\r' } else { self.ends_in_cr };
            let length = self.length + (end - start) as u64 - u64::from(cr);
            self.lines.longest = self.lines.longest.max(length);
            self.pairs += u64::from(cr);
            self.lines.bare_lf |= !cr;
            self.length = 0;
            start = end + 1;
        }
        self.length += (chunk.len() - start) as u64;
        self.ends_in_cr = chunk.last().map_or(self.ends_in_cr, |b| *b == b'\r');
    }

    fn finish(mut self) -> Lines {
        self.lines.longest = self.lines.longest.max(self.length);
        self.lines.crlf = self.pairs > 0;
        self.lines.bare_cr = self.carriage_returns > self.pairs;
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_across_chunks() {
        for (text, longest, crlf, bare_lf, bare_cr) in [
            (&b"ab\r\ncde\r\n"[..], 3, true, false, false),
            (b"ab\ncde", 3, false, true, false),
            (b"a\rb\r\n", 3, true, false, true),
            (b"\r\r\n", 1, true, false, true),
            (b"", 0, false, false, false),
        ] {
            for size in 1..=8 {
                let mut counter = LineCounter::default();
                text.chunks(size).for_each(|chunk| counter.update(chunk));
                assert_eq!(counter.finish(), Lines { longest, crlf, bare_lf, bare_cr }, "{text:?} {size}");
            }
        }
    }
}
