//! The domains of a call, one after the other, however many there are.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};

use super::Options;
use crate::config::Config;
use crate::dns::Name;

/// A line that is longer than this names no domain.
const LONGEST: u64 = 4096;

/// The domains: those named, then those of the file; where neither is given, those of the configuration.
///
/// A name on the command line that is none is an error of the call; a line of a file that is none
/// is an error of its own, and the others go on.
pub(super) fn of<'a>(
    options: &'a Options,
    config: &'a Config,
) -> anyhow::Result<Box<dyn Iterator<Item = anyhow::Result<Name>> + 'a>> {
    let mut named = options.domains.iter().map(|text| read(text)).collect::<Result<Vec<_>, _>>()?;
    if named.is_empty() && options.domains_file.is_none() {
        named = config.domains.iter().map(|d| read(&d.name)).collect::<Result<Vec<_>, _>>()?;
        if named.is_empty() {
            bail!("no domain to check; name one, or give --domains-file or a --config with domains");
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

fn lines(path: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Name>> + use<>> {
    let mut input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        Box::new(BufReader::new(file))
    };
    let shown = path.display().to_string();
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        loop {
            let mut line = Vec::new();
            number += 1;
            let place = || format!("{shown}:{number}");
            match std::io::Read::take(&mut input, LONGEST).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Err(error) => return Some(Err(error).with_context(place)),
                Ok(_) => {}
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_start_matches('\u{feff}').split('#').next().unwrap_or("").trim();
            if !text.is_empty() {
                return Some(read(text).with_context(place));
            }
        }
    }))
}

/// A domain that can send mail: at least two labels.
fn read(text: &str) -> anyhow::Result<Name> {
    let name = Name::parse(text).with_context(|| format!("'{text}' is no domain"))?;
    if name.label_count() < 2 {
        return Err(anyhow!("'{text}' is no domain that could send mail; write it as example-praxis.de"));
    }
    Ok(name)
}
