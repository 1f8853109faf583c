//! Which addresses the program connects to.
//!
//! Host names come from strangers' records, so a policy host, a mail exchanger or a name server
//! may point into the network of whoever runs a check. Connections therefore go to global unicast
//! addresses alone (IANA special-purpose registries, RFC 6890), unless `--connect-to` says where
//! a name is to be found.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// Whether an address is one that a host of the public Internet can have.
///
/// IPv6 addresses that carry an IPv4 address (mapped, 6to4, NAT64) are judged by it.
pub fn is_global_unicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_global_v4(v4),
        IpAddr::V6(v6) => is_global_v6(v6),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., _, _)              // this network, private, loopback, multicast and above
            | (100, 64..=127, _)                   // RFC 6598: shared by carriers
            | (169, 254, _)                        // link-local
            | (172, 16..=31, _) | (192, 168, _)    // private
            | (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) // protocol assignments, documentation
            | (192, 88, 99)                        // RFC 7526: the former 6to4 relays
            | (198, 18..=19, _) // benchmarks
    )
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_global_v4(v4);
    }
    let s = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        // RFC 6052: the well-known prefix of NAT64, which DNS64 hands out for public IPv4 hosts.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_global_v4(v4(high, low)),
        [0x2002, high, low, ..] => is_global_v4(v4(high, low)),
        // Protocol assignments (Teredo and ORCHID among them) and documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// One `--connect-to NAME:PORT:ADDR:PORT`: connections to NAME and PORT go to ADDR and PORT.
///
/// As with curl, an empty NAME or first PORT stands for every one, an empty last PORT for the one
/// asked for; IPv6 addresses are in brackets. ADDR is an address, since nothing may be resolved
/// behind the user's back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectTo {
    host: Option<String>,
    port: Option<u16>,
    to: IpAddr,
    to_port: Option<u16>,
}

/// What is wrong with a `--connect-to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConnectToError {
    /// Not four fields.
    #[error("expected NAME:PORT:ADDR:PORT, IPv6 addresses in brackets")]
    Form,
    /// A port that is no number from 1 to 65535.
    #[error("port is not a number from 1 to 65535")]
    Port,
    /// The target is no IP address.
    #[error("ADDR is not an IP address")]
    Address,
}

impl FromStr for ConnectTo {
    type Err = ConnectToError;

    fn from_str(text: &str) -> Result<Self, ConnectToError> {
        let (host, rest) = take_host(text)?;
        let (port, rest) = rest.split_once(':').ok_or(ConnectToError::Form)?;
        let (to, to_port) = take_host(rest)?;
        Ok(Self {
            host: (!host.is_empty()).then(|| plain_host(host)),
            port: parse_port(port)?,
            to: to.parse().map_err(|_| ConnectToError::Address)?,
            to_port: parse_port(to_port)?,
        })
    }
}

impl ConnectTo {
    /// Where a connection to `host` and `port` goes, if this entry is about it.
    ///
    /// The host may end in a dot and be in either case.
    pub fn target(&self, host: &str, port: u16) -> Option<SocketAddr> {
        let same_host = self.host.as_ref().is_none_or(|h| *h == plain_host(host));
        let same_port = self.port.is_none_or(|p| p == port);
        (same_host && same_port).then(|| SocketAddr::new(self.to, self.to_port.unwrap_or(port)))
    }
}

/// Where the first entry that is about `host` and `port` leads.
pub fn redirect(entries: &[ConnectTo], host: &str, port: u16) -> Option<SocketAddr> {
    entries.iter().find_map(|entry| entry.target(host, port))
}

/// The address to connect to for `host`, whose address is `address`: where `--connect-to` leads,
/// else the address itself if it is a global unicast address, else `None`.
pub fn vet(entries: &[ConnectTo], host: &str, address: IpAddr, port: u16) -> Option<SocketAddr> {
    redirect(entries, host, port).or_else(|| is_global_unicast(address).then(|| SocketAddr::new(address, port)))
}

/// A host, in brackets or not, and what follows its colon.
fn take_host(text: &str) -> Result<(&str, &str), ConnectToError> {
    match text.strip_prefix('[') {
        Some(inner) => inner.split_once("]:").ok_or(ConnectToError::Form),
        None => text.split_once(':').ok_or(ConnectToError::Form),
    }
}

fn parse_port(text: &str) -> Result<Option<u16>, ConnectToError> {
    match text {
        "" => Ok(None),
        // `parse` alone would take a plus sign.
        _ if text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().ok().filter(|&p| p != 0).map(Some).ok_or(ConnectToError::Port)
        }
        _ => Err(if text.contains(':') { ConnectToError::Form } else { ConnectToError::Port }),
    }
}

/// One spelling for a host: lower-case A-labels without the final dot, addresses as Rust prints them.
fn plain_host(host: &str) -> String {
    match host.parse::<IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => match crate::dns::Name::parse(host) {
            Ok(name) => name.as_str().to_owned(),
            Err(_) => host.to_ascii_lowercase(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_global() {
        for good in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1",
            "2a00:1450::1",
            "2001:200::1",
            "2001:4860::8888",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_global_unicast(good.parse().unwrap()), "{good}");
        }
        for bad in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
        ] {
            assert!(!is_global_unicast(bad.parse().unwrap()), "{bad}");
        }
    }

    #[test]
    fn connect_to_as_curl_has_it() {
        let at = |entry: &str, host: &str, port| entry.parse::<ConnectTo>().unwrap().target(host, port);
        let addr = |t: &str| Some(t.parse().unwrap());
        assert_eq!(at("Mail.example.DE:25:127.0.0.1:2525", "mail.example.de.", 25), addr("127.0.0.1:2525"));
        assert_eq!(at("mail.example.de:25:127.0.0.1:2525", "mail.example.de", 443), None);
        assert_eq!(at("mail.example.de:25:127.0.0.1:2525", "mx.example.de", 25), None);
        assert_eq!(at("::[::1]:8443", "any.example", 443), addr("[::1]:8443"));
        assert_eq!(at("[2001:db8::1]:53:127.0.0.1:", "2001:DB8:0::1", 53), addr("127.0.0.1:53"));
        assert_eq!(at("bücher.example:443:127.0.0.1:1", "xn--bcher-kva.example", 443), addr("127.0.0.1:1"));
    }

    #[test]
    fn bad_connect_to_is_refused() {
        for (text, want) in [
            ("", ConnectToError::Form),
            ("a:25", ConnectToError::Form),
            ("a:25:127.0.0.1", ConnectToError::Form),
            ("a:25:host:25", ConnectToError::Address),
            ("a:x:127.0.0.1:25", ConnectToError::Port),
            ("a:25:127.0.0.1:99999", ConnectToError::Port),
            ("a:+25:127.0.0.1:25", ConnectToError::Port),
            ("a:0:127.0.0.1:25", ConnectToError::Port),
            ("a:25:[::1]", ConnectToError::Form),
            ("a:25:127.0.0.1:25:1", ConnectToError::Form),
        ] {
            assert_eq!(text.parse::<ConnectTo>().unwrap_err(), want, "{text}");
        }
    }

    #[test]
    fn connect_to_alone_lifts_the_guard() {
        let entries = ["ns.example:53:127.0.0.1:5353".parse().unwrap()];
        let address = "192.168.0.1".parse().unwrap();
        assert_eq!(vet(&entries, "ns.example", address, 53), Some("127.0.0.1:5353".parse().unwrap()));
        assert_eq!(vet(&entries, "other.example", address, 53), None);
        assert_eq!(vet(&[], "x", "9.9.9.9".parse().unwrap(), 53), Some("9.9.9.9:53".parse().unwrap()));
    }
}
