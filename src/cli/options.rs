//! Options that commands share.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::told::{Tell as _, Told, told};
use crate::dns::Name;
use crate::finding::Severity;

/// Options that every command shares.
#[derive(Debug, Clone, Args)]
pub struct SharedOptions {
    /// How the result is written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text", display_order = 900)]
    pub format: String,
    /// The language of the result; without it, from LC_ALL, LC_MESSAGES, LANG
    #[arg(long, global = true, value_name = "LANGUAGE", display_order = 901)]
    pub lang: Option<LanguageChoice>,
    /// Colours: on a terminal, always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 902)]
    pub color: ColorChoice,
    /// Write the result to this file, whole or not at all
    #[arg(short, long, global = true, value_name = "FILE", display_order = 903)]
    pub output: Option<PathBuf>,
    /// Fewer remarks on standard error
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 904)]
    pub quiet: bool,
    /// More remarks on standard error
    #[arg(short, long, global = true, action = clap::ArgAction::Count, display_order = 905)]
    pub verbose: u8,
}

/// A choice of language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum LanguageChoice {
    En,
    De,
}

impl From<LanguageChoice> for crate::locales::Language {
    fn from(choice: LanguageChoice) -> Self {
        match choice {
            LanguageChoice::En => Self::En,
            LanguageChoice::De => Self::De,
        }
    }
}

/// A choice of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// From which severity on findings make the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The least severity that counts; none for `never`.
    pub fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

impl From<crate::config::FailOn> for FailOn {
    fn from(choice: crate::config::FailOn) -> Self {
        match choice {
            crate::config::FailOn::Error => Self::Error,
            crate::config::FailOn::Warning => Self::Warning,
            crate::config::FailOn::Note => Self::Note,
            crate::config::FailOn::Never => Self::Never,
        }
    }
}

/// Options of every command that asks DNS.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "DNS and network")]
pub struct DnsOptions {
    /// Ask this resolver instead of the system's
    #[arg(
        long,
        value_name = "SPEC",
        display_order = 800,
        help = "Ask this resolver: ADDR, ADDR:PORT, tls://ADDR[:PORT]#NAME or https://HOST/dns-query [default: the system's]"
    )]
    pub resolver: Vec<String>,
    /// Take names at or below the file's origin from this zone file, everything else from DNS
    #[arg(long, value_name = "FILE", display_order = 801)]
    pub zone: Vec<PathBuf>,
    /// Use no network at all; what lies outside the zones is unavailable
    #[arg(long, display_order = 802)]
    pub offline: bool,
    /// How long a question may take
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = duration, display_order = 803)]
    pub timeout: Duration,
    /// How often a question is asked again
    #[arg(long, value_name = "N", default_value_t = 1, display_order = 804)]
    pub retries: u8,
    /// How long a domain or a message may take
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = duration, display_order = 805)]
    pub deadline: Duration,
    /// At most this many DNS questions in flight
    #[arg(long, value_name = "N", default_value = "256", value_parser = clap::value_parser!(u16).range(1..), display_order = 806)]
    pub concurrency: u16,
    /// Keep every DNS answer of the run in this file, and what was seen besides
    #[arg(long, value_name = "FILE", display_order = 807)]
    pub save_dns: Option<PathBuf>,
    /// Take all DNS answers from such a file, and ask nobody
    #[arg(long, value_name = "FILE", conflicts_with_all = ["resolver", "save_dns"], display_order = 808)]
    pub replay_dns: Option<PathBuf>,
    /// Connect to ADDR:PORT instead of NAME:PORT (repeatable), as curl has it
    #[arg(long, value_name = "NAME:PORT:ADDR:PORT", display_order = 809)]
    pub connect_to: Vec<String>,
    /// Trust the certificate authorities of this PEM file
    #[arg(long, value_name = "FILE", display_order = 810)]
    pub ca_file: Option<PathBuf>,
    /// Believe the resolver's AD bit
    #[arg(long, display_order = 811)]
    pub trust_ad: bool,
    /// Trust the DNSSEC keys of this file (DS or DNSKEY records) instead of the root's
    #[arg(long, value_name = "FILE", display_order = 812)]
    pub trust_anchor: Option<PathBuf>,
}

/// Reads a duration: a whole number with `ms`, `s`, `m`, `h` or `d`.
///
/// # Errors
/// What is expected instead.
pub fn duration(text: &str) -> Result<Duration, Told> {
    let expected = || told!("error-duration", text = text);
    let unit = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(expected)?;
    let number: u64 = text[..unit].parse().map_err(|_| expected())?;
    let seconds = match &text[unit..] {
        "ms" => return Ok(Duration::from_millis(number)),
        "s" => Some(number),
        "m" => number.checked_mul(60),
        "h" => number.checked_mul(3_600),
        "d" => number.checked_mul(86_400),
        _ => None,
    };
    seconds.filter(|s| *s <= 10 * 366 * 86_400).map(Duration::from_secs).ok_or_else(expected)
}

/// Reads a domain name as people write it: no address, no URL, no blanks.
///
/// # Errors
/// What it is instead, and what was probably meant.
pub fn domain_name(text: &str) -> Result<Name, Told> {
    let meant = |domain: &str| Name::parse(domain).ok().filter(|name| name.label_count() > 1);
    if text.parse::<IpAddr>().is_ok() {
        return Err(told!("error-domain-is-ip", text = text));
    }
    if let Some((_, rest)) = text.split_once("://") {
        let host = rest.split(['/', ':', '?']).next().unwrap_or("");
        return Err(match meant(host) {
            Some(name) => told!("error-domain-is-url-meant", text = text, name = &name),
            None => told!("error-domain-is-url", text = text),
        });
    }
    if let Some((_, domain)) = text.rsplit_once('@') {
        return Err(match meant(domain) {
            Some(name) => told!("error-domain-is-mail-meant", text = text, name = &name),
            None => told!("error-domain-is-mail", text = text),
        });
    }
    let name = Name::parse(text).told(|| told!("error-no-domain-name", text = text))?;
    if name.as_str().contains(['\\', '/', ':', ';', ',']) {
        return Err(told!("error-no-domain-name", text = text));
    }
    Ok(name)
}

/// Reads a time: RFC 3339, or seconds since 1970.
///
/// # Errors
/// What is expected instead.
pub fn time(text: &str) -> Result<u64, Told> {
    let expected = || told!("error-time", text = text);
    if text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty() {
        return text.parse().map_err(|_| expected());
    }
    let stamp: jiff::Timestamp = text.parse().map_err(|_| expected())?;
    u64::try_from(stamp.as_second()).map_err(|_| expected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domain_names() {
        assert_eq!(domain_name("Example.DE.").unwrap().as_str(), "example.de");
        assert_eq!(domain_name("_dmarc.bücher.example").unwrap().as_str(), "_dmarc.xn--bcher-kva.example");
        for (text, meant) in [
            ("info@x.de", "did you mean x.de?"),
            ("https://x.de/impressum", "did you mean x.de?"),
            ("5.45.100.20", "an address"),
            ("2001:db8::1", "an address"),
            ("a b.de", "no domain name"),
            ("x.de;", "no domain name"),
            ("a..de", "empty label"),
        ] {
            let error = domain_name(text).unwrap_err();
            let error = crate::render::faults::describe(
                &error.into(),
                crate::locales::Catalogue::of(crate::locales::Language::En),
            );
            assert!(error.contains(meant), "{error}");
        }
    }

    #[test]
    fn durations_and_times() {
        assert_eq!(duration("200ms").unwrap(), Duration::from_millis(200));
        assert_eq!(duration("7d").unwrap(), Duration::from_secs(604_800));
        for bad in ["", "5", "s", "5 s", "-5s", "5w", "99999999999999999999s", "18446744073709551615d"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
        assert_eq!(time("1767225600").unwrap(), 1_767_225_600);
        assert_eq!(time("2026-01-01T00:00:00Z").unwrap(), 1_767_225_600);
        assert_eq!(time("2026-01-01T01:00:00+01:00").unwrap(), 1_767_225_600);
        for bad in ["", "gestern", "2026-01-01", "1960-01-01T00:00:00Z", "-5"] {
            assert!(time(bad).is_err(), "{bad}");
        }
    }
}
