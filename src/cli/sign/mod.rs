//! `mailauth sign`: DKIM signatures for messages.

mod keyring;
mod target;
mod work;

use std::path::PathBuf;
use std::time::Duration;


use super::told::{Tell as _, Told, fail, told, unreadable};
use super::{Exit, Session, options};
use crate::config::Config;
use crate::dkim::Canonicalization;
use crate::dns::Name;
use crate::message::{self, Location, Source};
use keyring::Keyring;
use target::Target;

/// Options of `sign`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth sign --key s1._domainkey.example-praxis.de.pem --domain example-praxis.de --selector s1 <mail.eml >signed.eml\n  \
    mailauth sign --config mailauth.toml --out-dir signed/ outbox/\n  \
    mailauth sign --key k.pem --domain example-praxis.de --selector s1 --header-only mail.eml\n\n\
    The signature is put above the message; nothing else of the message changes.")]
pub struct Options {
    /// Messages, or folders of them; `-` or none is standard input
    #[arg(value_name = "MESSAGE")]
    pub messages: Vec<PathBuf>,
    /// The private key, PEM (repeatable, with as many --selector: several signatures)
    #[arg(long, value_name = "FILE", requires_all = ["domain", "selector"])]
    pub key: Vec<PathBuf>,
    /// The domain that signs (d=)
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<Name>,
    /// The selector that the key is published at (s=)
    #[arg(long, value_name = "S")]
    pub selector: Vec<Name>,
    /// How header and body are made comparable
    #[arg(long, value_name = "HEADER/BODY", default_value = "relaxed/relaxed", value_parser = canonicalization)]
    pub canonicalization: Canonicalization,
    /// Sign these header fields instead of the usual ones, as a:b:c
    #[arg(long, value_name = "NAMES")]
    pub headers: Option<String>,
    /// The agent or user on whose behalf is signed (i=): an address or @domain within the domain
    #[arg(long, value_name = "ADDRESS")]
    pub identity: Option<String>,
    /// The signature expires so long after now
    #[arg(long, value_name = "DURATION", value_parser = options::duration)]
    pub expire_in: Option<Duration>,
    /// Sign as of this time instead of now
    #[arg(long, value_name = "TIME", value_parser = options::time)]
    pub at: Option<u64>,
    /// Sign with RSA keys of 1024 to 2047 bits too
    #[arg(long)]
    pub allow_weak: bool,
    /// Print the DKIM-Signature field alone
    #[arg(long, conflicts_with = "in_place")]
    pub header_only: bool,
    /// Put the signature into the message's own file
    #[arg(long, conflicts_with_all = ["out_dir", "output"])]
    pub in_place: bool,
    /// Write the signed messages to this folder, under their names
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub out_dir: Option<PathBuf>,
    /// Take the keys from this file, by the domain in From
    #[arg(long, value_name = "FILE", env = "MAILAUTH_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
}

fn canonicalization(text: &str) -> Result<Canonicalization, Told> {
    Canonicalization::parse(text).ok_or_else(|| told!("error-canonicalization"))
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let config = match &options.config {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    };
    let session = &session.configured(&config);
    let keyring = Keyring::new(&options, &config, session)?;
    if let Some(output) = &session.shared.output {
        super::record::refuse_over_key("--output", output, keyring.files())?;
    }
    let (sources, mut exit) = sources(&options, session)?;
    let sources = if options.in_place { distinct(sources) } else { sources };
    let target = Target::new(&options, &sources, &keyring)?;
    if let Target::Output = target {
        let mut out = session.output()?;
        for source in &sources {
            if let Err(error) = work::to_output(source, &keyring, options.header_only, &mut out) {
                if super::output::is_closed_pipe(&error) {
                    return Err(error);
                }
                // A file named by --output stays as it was.
                session.complain_about(&source.name(), &error);
                return Ok(Exit::Unusable);
            }
        }
        if exit == Exit::Clean {
            out.finish()?;
        }
        return Ok(exit);
    }
    for (source, result) in sources.iter().zip(work::all(&sources, &keyring, &target, options.header_only)) {
        match result {
            Ok(None) => {}
            Ok(Some(warning)) => session.warn(&warning),
            Err(error) => {
                session.complain_about(&source.name(), &error);
                exit = Exit::Unusable;
            }
        }
    }
    Ok(exit)
}

/// Each file once, though it may be named twice or by a link: it is signed in place once.
fn distinct(sources: Vec<Source>) -> Vec<Source> {
    let mut seen = std::collections::HashSet::new();
    let mut first = |source: &Source| match std::fs::canonicalize(&source.path) {
        Ok(path) if !source.is_spooled() && source.location == Location::Whole => seen.insert(path),
        _ => true,
    };
    sources.into_iter().filter(|source| first(source)).collect()
}

/// All messages of the call; what cannot be read is told of, and the others go on.
fn sources(options: &Options, session: &Session) -> anyhow::Result<(Vec<Source>, Exit)> {
    let mut found = Vec::new();
    let mut exit = Exit::Clean;
    let standard = [PathBuf::from("-")];
    let paths = if options.messages.is_empty() { &standard[..] } else { &options.messages };
    if paths.iter().filter(|p| p.as_os_str() == "-").count() > 1 {
        fail!("error-input-once");
    }
    for path in paths {
        let opened = if path.as_os_str() == "-" { message::standard_input() } else { message::sources(path) };
        let opened = match opened.told(|| unreadable(path.display())) {
            Ok(opened) => opened,
            Err(error) => {
                session.complain_of(&error.into());
                exit = Exit::Unusable;
                continue;
            }
        };
        for (path, source) in opened {
            match source.told(|| unreadable(path.display())) {
                Ok(source) => found.push(source),
                Err(error) => {
                    session.complain_of(&error.into());
                    exit = Exit::Unusable;
                }
            }
        }
    }
    if found.is_empty() && exit == Exit::Clean {
        fail!("error-no-message");
    }
    Ok((found, exit))
}
