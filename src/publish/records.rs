//! Records made from what the user wants.
//!
//! Each kind has a plain options struct and a function; what would be an error once published is
//! refused with the flag that it came from.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::{PolicyFile, Record};
use crate::dkim::keys::PublicKey;
use crate::dns::{Name, RecordType};

/// A flag with a value that cannot be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{flag} {}: {reason}", .value.escape_debug())]
pub struct PublishError {
    /// The flag, as on the command line.
    pub flag: &'static str,
    /// The value.
    pub value: String,
    /// What is wrong with it, and what would be right.
    pub reason: Reason,
}

/// Why a value is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum Reason {
    #[error("not a domain name; write one like example.de")]
    Domain,
    #[error("a selector is made of letters, digits and hyphens, in labels of at most 63")]
    Selector,
    #[error("not an IPv4 address or prefix like 192.0.2.10 or 192.0.2.0/24")]
    Ip4,
    #[error("not an IPv6 address or prefix like 2001:db8::1 or 2001:db8::/48")]
    Ip6,
    #[error("permits the whole internet")]
    Everybody,
    #[error("a domain that includes itself never passes")]
    IncludesItself,
    #[error("brings the record to {0} DNS lookups; SPF ends at 10")]
    Lookups(usize),
    #[error("not a URI; write mailto:{0}")]
    MissingMailto(String),
    #[error("not a URI like mailto:dmarc@example.de")]
    Uri,
    #[error("a URI of this scheme is not used for reports; mailto: and https: are")]
    Scheme,
    #[error("'{0}' must be written as %{code:02X} inside a URI", code = u32::from(*.0))]
    Encode(char),
    #[error("only ASCII can stand in a report address")]
    NotAscii,
    #[error("one of 0, 1, d, s, or several with colons in between")]
    FailureOptions,
    #[error("at least one is needed")]
    Missing,
    #[error("1 to 32 letters and digits")]
    PolicyId,
    #[error("not a host name or a pattern like *.example.de")]
    MxPattern,
    #[error("at most 31557600 seconds (a year)")]
    MaxAge,
    #[error("not a duration like 7d, 12h or 604800s")]
    Duration,
    #[error("{0}")]
    Word(&'static str),
}

fn error(flag: &'static str, value: &str, reason: Reason) -> PublishError {
    PublishError { flag, value: value.to_owned(), reason }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $flag:literal { $($(#[$vdoc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word on the command line and in records.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl FromStr for $name {
            type Err = PublishError;
            fn from_str(text: &str) -> Result<Self, PublishError> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(error($flag, text, Reason::Word($expected))),
                }
            }
        }
    };
}

words! {
    /// What SPF says of everybody else.
    SpfAll, "one of fail, softfail, neutral", "--all" {
        /// `-all`
        Fail "fail",
        /// `~all`
        #[default] Softfail "softfail",
        /// `?all`
        Neutral "neutral",
    }
}

words! {
    /// A DMARC policy.
    Policy, "one of none, quarantine, reject", "--policy" {
        /// Reports only.
        #[default] None "none",
        /// Into the spam folder.
        Quarantine "quarantine",
        /// Not at all.
        Reject "reject",
    }
}

words! {
    /// DMARC's modes of alignment.
    Alignment, "one of r (relaxed), s (strict)", "--adkim" {
        /// The organizational domain counts.
        #[default] Relaxed "r",
        /// The very domain counts.
        Strict "s",
    }
}

words! {
    /// The mode of an MTA-STS policy.
    StsMode, "one of enforce, testing, none", "--mode" {
        /// Deliver only where TLS holds.
        Enforce "enforce",
        /// Report only.
        #[default] Testing "testing",
        /// As if there were no policy.
        None "none",
    }
}

/// What `record dkim` takes besides the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DkimOptions {
    /// `t=y`.
    pub testing: bool,
    /// `t=s`.
    pub strict: bool,
}

/// What `record spf` takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpfOptions {
    /// The domain's own address sends.
    pub a: bool,
    /// The domain's mail exchangers send.
    pub mx: bool,
    /// IPv4 addresses and prefixes.
    pub ip4: Vec<String>,
    /// IPv6 addresses and prefixes.
    pub ip6: Vec<String>,
    /// Domains whose SPF record counts as well.
    pub include: Vec<String>,
    /// Everybody else.
    pub all: SpfAll,
}

/// What `record dmarc` takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DmarcOptions {
    /// `p=`.
    pub policy: Policy,
    /// `sp=`.
    pub subdomain_policy: Option<Policy>,
    /// `np=`.
    pub nonexistent_policy: Option<Policy>,
    /// `rua=`.
    pub rua: Vec<String>,
    /// `ruf=`.
    pub ruf: Vec<String>,
    /// `adkim=`.
    pub adkim: Option<Alignment>,
    /// `aspf=`.
    pub aspf: Option<Alignment>,
    /// `fo=`.
    pub fo: Option<String>,
    /// `t=y`.
    pub test: bool,
}

/// What `record mta-sts` takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StsOptions {
    /// The id; `None` makes one from the policy, so that it changes with it.
    pub id: Option<String>,
    /// The mode.
    pub mode: StsMode,
    /// The mail exchangers: names, or `*.` and a name.
    pub mx: Vec<String>,
    /// In seconds.
    pub max_age: u64,
}

impl Default for StsOptions {
    fn default() -> Self {
        Self { id: None, mode: StsMode::default(), mx: Vec::new(), max_age: 604_800 }
    }
}

/// A domain that mail can come from.
///
/// # Errors
/// For what is no name of at least two labels of letters, digits and hyphens.
pub fn mail_domain(flag: &'static str, text: &str) -> Result<Name, PublishError> {
    let name = Name::parse(text).map_err(|_| error(flag, text, Reason::Domain))?;
    let plain = |label: &str| {
        label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let numeric = name.labels().last().is_none_or(|l| l.bytes().all(|b| b.is_ascii_digit()));
    // RFC 7208 §7.1: the last label is not all digits, and a dot is needed.
    if name.label_count() < 2 || numeric || !name.labels().all(plain) {
        return Err(error(flag, text, Reason::Domain));
    }
    Ok(name)
}

fn at(flag: &'static str, domain: &Name, prefix: &str) -> Result<Name, PublishError> {
    domain.prepend(prefix).map_err(|_| error(flag, domain.as_str(), Reason::Domain))
}

/// The name of a key: `SELECTOR._domainkey.DOMAIN` (RFC 6376 §3.6.2.1).
///
/// # Errors
/// For a selector that is none.
pub fn key_name(selector: &str, domain: &Name) -> Result<Name, PublishError> {
    let plain = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if !selector.split('.').all(plain) {
        return Err(error("--selector", selector, Reason::Selector));
    }
    at("--selector", domain, &format!("{selector}._domainkey"))
}

/// The selector of a key made at this time, `sYYYYMM` in UTC.
pub fn default_selector(now: jiff::Timestamp) -> String {
    format!("s{}", now.strftime("%Y%m"))
}

/// The record of a DKIM key.
///
/// # Errors
/// For a selector that is none.
pub fn dkim(
    key: &PublicKey,
    selector: &str,
    domain: &Name,
    options: DkimOptions,
    ttl: u32,
) -> Result<Record, PublishError> {
    let flags = match (options.testing, options.strict) {
        (false, false) => "",
        (true, false) => " t=y;",
        (false, true) => " t=s;",
        (true, true) => " t=y:s;",
    };
    let value = format!("v=DKIM1; k={};{flags} p={}", key.algorithm(), key.to_base64());
    Ok(Record::txt(key_name(selector, domain)?, ttl, value))
}

/// An SPF record (RFC 7208): addresses first, as they cost no lookup.
///
/// # Errors
/// For what is no address or domain, permits everybody, or takes more than ten lookups.
pub fn spf(domain: &Name, options: &SpfOptions, ttl: u32) -> Result<Record, PublishError> {
    let mut terms = vec!["v=spf1".to_owned()];
    for text in &options.ip4 {
        terms.push(format!("ip4:{}", prefix::<Ipv4Addr>("--ip4", text, 32, Reason::Ip4)?));
    }
    for text in &options.ip6 {
        terms.push(format!("ip6:{}", prefix::<Ipv6Addr>("--ip6", text, 128, Reason::Ip6)?));
    }
    let mut lookups = usize::from(options.a) + usize::from(options.mx);
    terms.extend(options.a.then(|| "a".to_owned()));
    terms.extend(options.mx.then(|| "mx".to_owned()));
    for text in &options.include {
        let name = mail_domain("--include", text)?;
        if name == *domain {
            return Err(error("--include", text, Reason::IncludesItself));
        }
        lookups += 1;
        // RFC 7208 §4.6.4: at most ten.
        if lookups > 10 {
            return Err(error("--include", text, Reason::Lookups(lookups)));
        }
        terms.push(format!("include:{name}"));
    }
    let mut seen = std::collections::HashSet::new();
    terms.retain(|term| seen.insert(term.clone()));
    terms.push(
        match options.all {
            SpfAll::Fail => "-all",
            SpfAll::Softfail => "~all",
            SpfAll::Neutral => "?all",
        }
        .to_owned(),
    );
    Ok(Record::txt(domain.clone(), ttl, terms.join(" ")))
}

/// An address, or an address and a prefix length without leading zeros.
fn prefix<A: FromStr + std::fmt::Display>(
    flag: &'static str,
    text: &str,
    bits: u8,
    reason: Reason,
) -> Result<String, PublishError> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let address: A = address.parse().map_err(|_| error(flag, text, reason.clone()))?;
    let Some(length) = length else { return Ok(address.to_string()) };
    let digits = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
    match length.parse::<u8>() {
        Ok(0) if length == "0" => Err(error(flag, text, Reason::Everybody)),
        Ok(n) if digits && !length.starts_with('0') && n <= bits => Ok(format!("{address}/{n}")),
        _ => Err(error(flag, text, reason)),
    }
}

/// A DMARC record (RFC 9989), `p` second for readers of RFC 7489.
///
/// # Errors
/// For report addresses that are no URIs, and for failure options that are none.
pub fn dmarc(domain: &Name, options: &DmarcOptions, ttl: u32) -> Result<Record, PublishError> {
    let mut value = format!("v=DMARC1; p={}", options.policy.as_str());
    let mut add = |tag: &str, text: &str| {
        value.push_str("; ");
        value.push_str(tag);
        value.push('=');
        value.push_str(text);
    };
    options.subdomain_policy.iter().for_each(|p| add("sp", p.as_str()));
    options.nonexistent_policy.iter().for_each(|p| add("np", p.as_str()));
    options.adkim.iter().for_each(|a| add("adkim", a.as_str()));
    options.aspf.iter().for_each(|a| add("aspf", a.as_str()));
    for (tag, flag, list) in [("rua", "--rua", &options.rua), ("ruf", "--ruf", &options.ruf)] {
        if !list.is_empty() {
            add(tag, &uris(flag, list)?);
        }
    }
    if let Some(fo) = &options.fo {
        if !fo.split(':').all(|o| matches!(o, "0" | "1" | "d" | "s")) {
            return Err(error("--fo", fo, Reason::FailureOptions));
        }
        add("fo", fo);
    }
    if options.test {
        add("t", "y");
    }
    Ok(Record::txt(at("--domain", domain, "_dmarc")?, ttl, value))
}

/// The MTA-STS record and the policy that belongs to it (RFC 8461).
///
/// # Errors
/// For a policy without `mx`, and for patterns, ids and ages that are none.
pub fn mta_sts(domain: &Name, options: &StsOptions, ttl: u32) -> Result<(Record, PolicyFile), PublishError> {
    // RFC 8461 §3.2: mx may be missing only with mode none.
    if options.mx.is_empty() && options.mode != StsMode::None {
        return Err(error("--mx", "", Reason::Missing));
    }
    if options.max_age > 31_557_600 {
        return Err(error("--max-age", &options.max_age.to_string(), Reason::MaxAge));
    }
    let mut text = format!("version: STSv1\nmode: {}\n", options.mode.as_str());
    for pattern in &options.mx {
        let (star, host) = match pattern.strip_prefix("*.") {
            Some(host) => ("*.", host),
            None => ("", &**pattern),
        };
        let host = mail_domain("--mx", host).map_err(|_| error("--mx", pattern, Reason::MxPattern))?;
        text.push_str(&format!("mx: {star}{host}\n"));
    }
    text.push_str(&format!("max_age: {}\n", options.max_age));
    let id = match &options.id {
        Some(id) if (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric()) => id.clone(),
        Some(id) => return Err(error("--id", id, Reason::PolicyId)),
        None => Sha256::digest(text.as_bytes()).iter().take(10).map(|b| format!("{b:02x}")).collect(),
    };
    let record = Record::txt(at("--domain", domain, "_mta-sts")?, ttl, format!("v=STSv1; id={id}"));
    let url = format!("https://mta-sts.{domain}/.well-known/mta-sts.txt");
    Ok((record, PolicyFile { url, text }))
}

/// A TLS-RPT record (RFC 8460 §3).
///
/// # Errors
/// Without a report address, or for one that is no URI.
pub fn tls_rpt(domain: &Name, rua: &[String], ttl: u32) -> Result<Record, PublishError> {
    if rua.is_empty() {
        return Err(error("--rua", "", Reason::Missing));
    }
    let value = format!("v=TLSRPTv1; rua={}", uris("--rua", rua)?);
    Ok(Record::txt(at("--domain", domain, "_smtp._tls")?, ttl, value))
}

/// What a domain publishes that neither sends nor receives mail: null MX (RFC 7505), SPF that permits
/// nobody, DMARC reject, and a wildcard that revokes every DKIM key.
///
/// # Errors
/// For report addresses that are no URIs.
pub fn parked(domain: &Name, rua: &[String], ttl: u32) -> Result<Vec<Record>, PublishError> {
    let policy = DmarcOptions { policy: Policy::Reject, rua: rua.to_vec(), ..DmarcOptions::default() };
    let keys = at("--domain", domain, "*._domainkey")?;
    Ok(vec![
        Record { name: domain.clone(), rtype: RecordType::Mx, ttl, value: "0 .".into() },
        Record::txt(domain.clone(), ttl, "v=spf1 -all"),
        dmarc(domain, &policy, ttl)?,
        Record::txt(keys, ttl, "v=DKIM1; p="),
    ])
}

/// A duration in whole seconds: `7d`, `12h`, `30m`, `45s`, `2w`, or seconds without a unit.
///
/// # Errors
/// For anything else.
pub fn seconds(flag: &'static str, text: &str) -> Result<u64, PublishError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return Err(error(flag, text, Reason::Duration)),
    };
    let number: Option<u64> = number.parse().ok();
    number.and_then(|n| n.checked_mul(factor)).ok_or_else(|| error(flag, text, Reason::Duration))
}

/// A comma list of report addresses; a value may itself be such a list.
fn uris(flag: &'static str, list: &[String]) -> Result<String, PublishError> {
    let mut out: Vec<String> = Vec::new();
    for uri in list.iter().flat_map(|text| text.split(',')).map(str::trim) {
        let uri = report_uri(flag, uri)?;
        if !out.contains(&uri) {
            out.push(uri);
        }
    }
    Ok(out.join(","))
}

/// One report address (RFC 9989 §4.7, RFC 8460 §3): a URI, its domain in A-labels.
fn report_uri(flag: &'static str, uri: &str) -> Result<String, PublishError> {
    let fail = |reason| Err(error(flag, uri, reason));
    let Some((scheme, rest)) = uri.split_once(':') else {
        return match uri.split_once('@') {
            Some((local, domain)) if !local.is_empty() && mail_domain(flag, domain).is_ok() => {
                fail(Reason::MissingMailto(uri.to_owned()))
            }
            _ => fail(Reason::Uri),
        };
    };
    if let Some(c) = rest.chars().find(|c| matches!(c, '!' | ';')) {
        return fail(Reason::Encode(c));
    }
    // RFC 3986 §2: what may stand in a URI without being encoded.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@$&'()*+=%".contains(c);
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => {
            let (address, query) = match rest.split_once('?') {
                Some((address, query)) => (address, format!("?{query}")),
                None => (rest, String::new()),
            };
            let Some((local, domain)) = address.rsplit_once('@') else { return fail(Reason::Uri) };
            if !local.is_ascii() || !query.is_ascii() {
                return fail(Reason::NotAscii);
            }
            let Ok(domain) = mail_domain(flag, domain) else { return fail(Reason::Uri) };
            if local.is_empty() || !local.chars().all(|c| plain(c) && c != '@') || !query.chars().all(plain) {
                return fail(Reason::Uri);
            }
            if !is_percent_encoded(local) || !is_percent_encoded(&query) {
                return fail(Reason::Uri);
            }
            Ok(format!("mailto:{local}@{domain}{query}"))
        }
        "https" => {
            let Some(rest) = rest.strip_prefix("//") else { return fail(Reason::Uri) };
            let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
            if mail_domain(flag, host).is_err() || !rest.chars().all(plain) || !is_percent_encoded(rest) {
                return fail(Reason::Uri);
            }
            Ok(uri.to_owned())
        }
        _ => fail(Reason::Scheme),
    }
}

/// Whether every `%` begins two hexadecimal digits (RFC 3986 §2.1).
fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| rest.as_bytes().get(..2).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit)))
}

#[cfg(test)]
mod tests;
