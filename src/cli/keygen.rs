//! `mailauth keygen`: a DKIM key pair; the private half to a file, the record to standard output.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde::Serialize;

use super::record::{TTL_MOST, dns_format, refuse_what_lint_calls_errors};
use super::told::fail;
use super::{Exit, Session};
use crate::dkim::keys::{self, Algorithm, Weak};
use crate::dns::Name;
use crate::publish::keygen::{KeygenOptions, MadeKey, keygen};
use crate::publish::{DEFAULT_TTL, Format, Record, ZoneRecords, records};
use crate::render::{harmless, json};

/// Options of `keygen`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth keygen --domain example-praxis.de\n  \
    mailauth keygen --domain example-praxis.de --selector s1 --dual --out-dir /etc/mailauth\n  \
    mailauth keygen --domain example-praxis.de --dns-format nsupdate | nsupdate -k update.key\n\n\
    The private key is written to SELECTOR._domainkey.DOMAIN.pem (PKCS#8, mode 0600), never over an existing file.")]
pub struct Options {
    /// The domain that signs
    #[arg(long, value_name = "DOMAIN")]
    pub domain: String,
    /// The key's selector [default: sYYYYMM of today]
    #[arg(long, value_name = "SELECTOR")]
    pub selector: Option<String>,
    /// The kind of key [default: rsa]
    #[arg(long, value_name = "KIND", conflicts_with = "dual",
        value_parser = PossibleValuesParser::new(["rsa", "ed25519"]).try_map(|word| word.parse::<Algorithm>()))]
    pub algorithm: Option<Algorithm>,
    /// Bits of the RSA key [default: 2048]
    #[arg(long, value_name = "BITS",
        value_parser = PossibleValuesParser::new(["2048", "3072", "4096"]).try_map(|word| word.parse::<usize>()))]
    pub bits: Option<usize>,
    /// Make an RSA and an Ed25519 key, at SELECTOR-rsa and SELECTOR-ed25519
    #[arg(long)]
    pub dual: bool,
    /// The folder that the private key is written to
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub out_dir: PathBuf,
    /// How the DNS record is printed
    #[arg(long, value_name = "FORMAT", default_value = "zone", value_parser = dns_format())]
    pub dns_format: Format,
    /// Lifetime of the DNS record in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TTL,
        value_parser = clap::value_parser!(u32).range(..=TTL_MOST))]
    pub ttl: u32,
}

/// The document of `--format json`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    domain: &'a Name,
    keys: Vec<Key<'a>>,
    records: &'a [Record],
}

#[derive(Debug, Serialize)]
struct Key<'a> {
    selector: &'a str,
    algorithm: String,
    bits: usize,
    private_key_file: &'a Path,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let Options { out_dir, dns_format, dual, .. } = options;
    let algorithm = options.algorithm.unwrap_or(Algorithm::Rsa);
    if let (Some(bits), Algorithm::Ed25519) = (options.bits, algorithm) {
        fail!("error-bits-ed25519", bits = bits.to_string());
    }
    let selector = match options.selector {
        Some(selector) => selector,
        None => records::default_selector(jiff::Timestamp::from_second(i64::try_from(session.now(None))?)?),
    };
    let domain = records::mail_domain("--domain", &options.domain)?;
    let wanted =
        KeygenOptions { domain, selector, algorithm, bits: options.bits.unwrap_or(2048), dual, ttl: options.ttl };
    refuse_result_over_key(&wanted, &out_dir, session)?;
    // Before a key is written, so that a result that cannot be written leaves no key behind.
    let mut out = session.output()?;
    let (mut made, zone) = keygen(&wanted, &out_dir)?;
    for key in &mut made {
        if let Ok(bare) = key.private_key_file.strip_prefix(".") {
            key.private_key_file = bare.to_owned();
        }
    }
    let text = match render(&made, &zone, &wanted.domain, dns_format, session) {
        Ok(text) => text,
        Err(error) => {
            made.iter().for_each(|key| drop(std::fs::remove_file(&key.private_key_file)));
            return Err(error);
        }
    };
    if let Err(error) = out.write_all(&text).map_err(anyhow::Error::from).and_then(|()| out.finish()) {
        // Without its record the key is of no use, and would stand in the way of the next run. Who closed the pipe
        // may have read all they wanted.
        if !super::output::is_closed_pipe(&error) {
            made.iter().for_each(|key| drop(std::fs::remove_file(&key.private_key_file)));
        }
        return Err(error);
    }
    tell(&made, &zone, &wanted.domain, session);
    Ok(Exit::Clean)
}

/// `--output` must not take the place of a key of this run.
fn refuse_result_over_key(wanted: &KeygenOptions, folder: &Path, session: &Session) -> anyhow::Result<()> {
    let Some(output) = &session.shared.output else { return Ok(()) };
    if output.is_dir() {
        fail!("error-output-folder", path = output.display().to_string());
    }
    let beside = |path: &Path| {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        folder.canonicalize().ok()
    };
    let selectors = if wanted.dual {
        [Algorithm::Rsa, Algorithm::Ed25519].map(|kind| format!("{}-{kind}", wanted.selector)).to_vec()
    } else {
        vec![wanted.selector.clone()]
    };
    for selector in selectors {
        records::key_name(&selector, &wanted.domain)?;
        let key = folder.join(keys::key_file_name(&selector, &wanted.domain)?);
        if key.file_name() == output.file_name() && beside(&key) == beside(output) {
            fail!("error-output-key", path = output.display().to_string());
        }
    }
    Ok(())
}

fn render(
    made: &[MadeKey],
    zone: &ZoneRecords,
    domain: &Name,
    format: Format,
    session: &Session,
) -> anyhow::Result<Vec<u8>> {
    refuse_what_lint_calls_errors(std::slice::from_ref(zone), session)?;
    if session.format() != "json" {
        return Ok(format.render(std::slice::from_ref(zone))?.into_bytes());
    }
    let keys = made.iter().map(|key| Key {
        selector: &key.selector,
        algorithm: key.algorithm.to_string(),
        bits: key.bits,
        private_key_file: &key.private_key_file,
    });
    let document = Document { schema: "mailauth.keygen/1", domain, keys: keys.collect(), records: &zone.records };
    let mut text = Vec::new();
    json::document(&mut text, &document)?;
    Ok(text)
}

/// What is to be done next, and what is to be known of the files.
fn tell(made: &[MadeKey], zone: &ZoneRecords, domain: &Name, session: &Session) {
    let catalogue = session.catalogue();
    for key in made {
        let file = shell_word(&key.private_key_file.display().to_string());
        let args = vec![
            ("file".into(), file.into()),
            ("domain".into(), domain.into()),
            ("selector".into(), (&key.selector).into()),
        ];
        session.remark(&catalogue.format("keygen-next", None, &args));
        if let Ok((_, warnings)) = keys::read_key_file(&key.private_key_file, Weak::Refuse) {
            warnings.iter().for_each(|warning| session.warn(warning));
        }
    }
    // For the web form of a DNS provider; a script reads standard output.
    if !session.shared.quiet && std::io::stderr().is_terminal() {
        let mut err = std::io::stderr().lock();
        let label = |id: &str| catalogue.text(id);
        for record in &zone.records {
            let value = harmless::terminal(&record.value);
            let _ = writeln!(err, "\n{}  {}", label("record-label-name"), record.name);
            let _ = writeln!(err, "{}  {}", label("record-label-type"), record.rtype);
            let _ = writeln!(err, "{}  {value}", label("record-label-value"));
        }
    }
}

/// A word as a POSIX shell takes it, so that the hint can be copied.
fn shell_word(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-+=:@%".contains(&b)) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
