//! Which servers are asked: `--resolver`, or what the system has set up.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Name;

/// A server to be asked, as `--resolver` names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ResolverSpec {
    /// `ADDR` or `ADDR:PORT`: UDP, TCP where an answer does not fit (RFC 1035 §4.2, RFC 7766).
    Plain(SocketAddr),
    /// `tls://ADDR[:PORT]#NAME`: DNS over TLS (RFC 7858).
    Tls {
        /// Where the server is.
        address: SocketAddr,
        /// The name that its certificate must have; without one, it must have the address.
        name: Option<String>,
    },
    /// `https://HOST[:PORT]/dns-query`: DNS over HTTPS (RFC 8484).
    Https {
        /// A name or an IPv4 address, as the certificate must have it.
        host: String,
        /// The port, 443 unless given.
        port: u16,
        /// The path, with its slash.
        path: String,
    },
}

/// What is wrong with a `--resolver`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// No address where one must be.
    #[error("expected ADDR, ADDR:PORT, tls://ADDR[:PORT]#NAME or https://HOST/dns-query")]
    Address,
    /// A port that is no number from 1 to 65535.
    #[error("port is not a number from 1 to 65535")]
    Port,
    /// The name behind `#`, or the host, is no host name.
    #[error("not a host name")]
    Host,
    /// A path that does not begin with a slash, or with a query.
    #[error("path must be like /dns-query, without a query")]
    Path,
    /// A scheme other than `tls` and `https`.
    #[error("unknown scheme, expected tls:// or https://")]
    Scheme,
    /// `https://[…]`.
    #[error("https:// takes a host name or an IPv4 address")]
    HttpsIpv6,
}

impl ResolverSpec {
    /// Reads a `--resolver`.
    ///
    /// # Errors
    /// [`SpecError`] names what is wrong.
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        match text.split_once("://") {
            None => parse_address(text, 53).map(Self::Plain),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("tls") => {
                let (address, name) = match rest.split_once('#') {
                    Some((address, name)) => (address, Some(host_name(name)?)),
                    None => (rest, None),
                };
                Ok(Self::Tls { address: parse_address(address, 853)?, name })
            }
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => parse_https(rest),
            Some(_) => Err(SpecError::Scheme),
        }
    }

    /// Whether the AD bit of this server may be believed, if the user named it (RFC 4035 §3.2.3:
    /// only over a path that nobody else can write on).
    pub fn ad_trust(&self) -> AdTrust {
        match self {
            Self::Plain(address) if address.ip().to_canonical().is_loopback() => AdTrust::Loopback,
            Self::Plain(_) => AdTrust::No,
            Self::Tls { .. } | Self::Https { .. } => AdTrust::Tls,
        }
    }
}

impl FromStr for ResolverSpec {
    type Err = SpecError;
    fn from_str(text: &str) -> Result<Self, SpecError> {
        Self::parse(text)
    }
}

impl fmt::Display for ResolverSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(address) => write!(f, "{address}"),
            Self::Tls { address, name: Some(name) } => write!(f, "tls://{address}#{name}"),
            Self::Tls { address, name: None } => write!(f, "tls://{address}"),
            Self::Https { host, port: 443, path } => write!(f, "https://{host}{path}"),
            Self::Https { host, port, path } => write!(f, "https://{host}:{port}{path}"),
        }
    }
}

/// Why the AD bit of the resolver is believed, or that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdTrust {
    /// It is not.
    #[default]
    No,
    /// resolv.conf says `trust-ad`.
    ResolvConf,
    /// The resolver that the user named is on this machine.
    Loopback,
    /// The resolver that the user named is reached over TLS.
    Tls,
    /// `--trust-ad`.
    Asked,
}

impl AdTrust {
    /// Whether the AD bit counts.
    pub fn is_trusted(self) -> bool {
        self != Self::No
    }
}

/// The servers that the system has set up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SystemServers {
    /// The servers, in order; at most three (resolv.conf(5)).
    pub servers: Vec<SocketAddr>,
    /// `options trust-ad`.
    pub trust_ad: bool,
    /// `options use-vc`: TCP only.
    pub tcp_only: bool,
}

impl SystemServers {
    /// Reads the system's settings; where there are none, the server of this machine is meant, as libc has it.
    pub fn read() -> Self {
        #[cfg(not(windows))]
        let found = std::fs::read_to_string("/etc/resolv.conf").map(|t| Self::parse(&t)).unwrap_or_default();
        #[cfg(windows)]
        let found = {
            let mut found = Self::default();
            if let Ok((config, _)) = hickory_resolver::system_conf::read_system_conf() {
                found.servers = config.name_servers().iter().map(|s| SocketAddr::new(s.ip, 53)).collect();
            }
            found
        };
        found.or_loopback()
    }

    /// Reads the text of a resolv.conf. Lines that are not understood are left out.
    pub fn parse(text: &str) -> Self {
        let mut found = Self::default();
        for line in text.lines().filter(|l| !l.starts_with(['#', ';'])) {
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("nameserver") if found.servers.len() < 3 => {
                    found.servers.extend(words.next().and_then(scoped_address).map(|a| with_port(a, 53)));
                }
                Some("options") => {
                    for word in words {
                        found.trust_ad |= word == "trust-ad";
                        found.tcp_only |= word == "use-vc";
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn or_loopback(mut self) -> Self {
        if self.servers.is_empty() {
            self.servers.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 53));
        }
        self
    }
}

fn with_port(mut address: SocketAddr, port: u16) -> SocketAddr {
    address.set_port(port);
    address
}

/// An address that may have a zone (`fe80::1%eth0`, RFC 4007 §11); the port is 0.
fn scoped_address(text: &str) -> Option<SocketAddr> {
    match text.split_once('%') {
        None => text.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, 0)),
        Some((address, zone)) => {
            let index = match zone.parse() {
                Ok(index) => index,
                Err(_) if zone.contains(['/', '.']) => return None,
                Err(_) => {
                    std::fs::read_to_string(format!("/sys/class/net/{zone}/ifindex")).ok()?.trim().parse().ok()?
                }
            };
            Some(SocketAddrV6::new(address.parse::<Ipv6Addr>().ok()?, 0, 0, index).into())
        }
    }
}

/// `ADDR`, `ADDR:PORT`, `[V6]` or `[V6]:PORT`.
fn parse_address(text: &str, port: u16) -> Result<SocketAddr, SpecError> {
    if let Some(address) = scoped_address(text) {
        return Ok(with_port(address, port));
    }
    let (address, rest) = match text.strip_prefix('[') {
        Some(inner) => inner.split_once(']').ok_or(SpecError::Address)?,
        None => text.split_at(text.find(':').unwrap_or(text.len())),
    };
    let address = scoped_address(address).filter(|a| a.is_ipv6() == text.starts_with('[')).ok_or(SpecError::Address)?;
    match rest.strip_prefix(':') {
        Some(digits) => Ok(with_port(address, parse_port(digits)?)),
        None if rest.is_empty() => Ok(with_port(address, port)),
        None => Err(SpecError::Address),
    }
}

fn parse_port(digits: &str) -> Result<u16, SpecError> {
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    number.filter(|&p| p != 0).ok_or(SpecError::Port)
}

fn parse_https(rest: &str) -> Result<ResolverSpec, SpecError> {
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if authority.starts_with('[') {
        return Err(SpecError::HttpsIpv6);
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, parse_port(port)?),
        None => (authority, 443),
    };
    let path = if path.is_empty() { "/dns-query" } else { path };
    if !path.bytes().all(|b| b.is_ascii_graphic() && !b"?#{}\"<>\\^`|".contains(&b)) {
        return Err(SpecError::Path);
    }
    Ok(ResolverSpec::Https { host: host_name(host)?, port, path: path.to_owned() })
}

/// A host name in A-labels, or an address, as TLS wants it.
fn host_name(text: &str) -> Result<String, SpecError> {
    if text.parse::<IpAddr>().is_ok() {
        return Ok(text.to_owned());
    }
    let name = Name::parse(text).map_err(|_| SpecError::Host)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    let all_numbers = name.labels().all(|l| l.bytes().all(|b| b.is_ascii_digit()));
    if name.is_root() || all_numbers || !name.as_str().bytes().all(plain) {
        return Err(SpecError::Host);
    }
    Ok(name.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specs_are_read_and_printed() {
        for (text, want) in [
            ("192.0.2.1", "192.0.2.1:53"),
            ("192.0.2.1:5353", "192.0.2.1:5353"),
            ("2001:db8::1", "[2001:db8::1]:53"),
            ("[2001:db8::1]", "[2001:db8::1]:53"),
            ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
            ("tls://192.0.2.1#dns.Example", "tls://192.0.2.1:853#dns.example"),
            ("tls://192.0.2.1:8853#dns.example", "tls://192.0.2.1:8853#dns.example"),
            ("tls://2001:db8::1#dns.example", "tls://[2001:db8::1]:853#dns.example"),
            ("TLS://192.0.2.1", "tls://192.0.2.1:853"),
            ("https://dns.example/dns-query", "https://dns.example/dns-query"),
            ("https://192.0.2.1", "https://192.0.2.1/dns-query"),
            ("https://dns.example:8443/q/x", "https://dns.example:8443/q/x"),
        ] {
            let spec = ResolverSpec::parse(text).unwrap();
            assert_eq!(spec.to_string(), want, "{text}");
            assert_eq!(ResolverSpec::parse(want).unwrap(), spec);
        }
    }

    #[test]
    fn bad_specs_are_refused() {
        for (text, want) in [
            ("", SpecError::Address),
            ("dns.example", SpecError::Address),
            ("192.0.2.1:", SpecError::Port),
            ("192.0.2.1:0", SpecError::Port),
            ("192.0.2.1:+53", SpecError::Port),
            ("192.0.2.1:65536", SpecError::Port),
            ("[192.0.2.1]:53", SpecError::Address),
            ("[2001:db8::1", SpecError::Address),
            ("[2001:db8::1]x", SpecError::Address),
            ("tls://dns.example", SpecError::Address),
            ("tls://192.0.2.1#", SpecError::Host),
            ("tls://192.0.2.1#a b", SpecError::Host),
            ("https:///dns-query", SpecError::Host),
            ("https://a@b/dns-query", SpecError::Host),
            ("https://dns.example/dns-query?a", SpecError::Path),
            ("https://[2001:db8::1]/dns-query", SpecError::HttpsIpv6),
            ("quic://192.0.2.1", SpecError::Scheme),
        ] {
            assert_eq!(ResolverSpec::parse(text).unwrap_err(), want, "{text}");
        }
    }

    #[test]
    fn resolv_conf() {
        let text = "# nameserver 192.0.2.9\nsearch a.example\nnameserver 192.0.2.1\nnameserver\t2001:db8::1 # x\n\
            nameserver fe80::1%3\nnameserver 192.0.2.4\nnameserver nonsense\noptions ndots:5 trust-ad edns0\n";
        let found = SystemServers::parse(text);
        let servers: Vec<String> = found.servers.iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1%3]:53"]);
        assert!(found.trust_ad && !found.tcp_only);
        let none = SystemServers::parse("options use-vc\n; options trust-ad\n").or_loopback();
        assert_eq!(none.servers, ["127.0.0.1:53".parse().unwrap()]);
        assert!(!none.trust_ad && none.tcp_only);
    }

    #[test]
    fn ad_is_believed_over_closed_paths_only() {
        let trust = |t: &str| ResolverSpec::parse(t).unwrap().ad_trust();
        assert_eq!(trust("127.0.0.53"), AdTrust::Loopback);
        assert_eq!(trust("[::1]:53"), AdTrust::Loopback);
        assert_eq!(trust("192.0.2.1"), AdTrust::No);
        assert_eq!(trust("tls://192.0.2.1#a.example"), AdTrust::Tls);
        assert_eq!(trust("https://a.example"), AdTrust::Tls);
    }
}
