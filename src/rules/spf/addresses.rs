//! Networks in SPF records: which are too wide, and which never show on the internet.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::spf::Mechanism;

/// Blocks that no sender on the internet has (IANA special-purpose registries, RFC 6890).
const NOT_PUBLIC_V4: [(Ipv4Addr, u8); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(233, 252, 0, 0), 24),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
    (Ipv4Addr::new(255, 255, 255, 255), 32),
];

const NOT_PUBLIC_V6: [(Ipv6Addr, u8); 8] = [
    (Ipv6Addr::UNSPECIFIED, 128),
    (Ipv6Addr::LOCALHOST, 128),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 9),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8),
];

/// The network of an `ip4` or `ip6` term.
pub(super) fn network(mechanism: &Mechanism) -> Option<IpNet> {
    match mechanism {
        Mechanism::Ip4(address, length) => Ipv4Net::new(*address, *length).ok().map(|net| IpNet::V4(net.trunc())),
        Mechanism::Ip6(address, length) => Ipv6Net::new(*address, *length).ok().map(|net| IpNet::V6(net.trunc())),
        _ => None,
    }
}

/// Whether no address of a network shows on the internet.
pub(super) fn is_private(net: &IpNet) -> bool {
    let within = |block: IpNet| block.contains(net);
    NOT_PUBLIC_V4.iter().any(|(a, n)| Ipv4Net::new(*a, *n).is_ok_and(|b| within(IpNet::V4(b))))
        || NOT_PUBLIC_V6.iter().any(|(a, n)| Ipv6Net::new(*a, *n).is_ok_and(|b| within(IpNet::V6(b))))
}

/// Whether a prefix length is wider than one sender can need: IPv4 below /16, IPv6 below /32.
pub(super) fn is_broad(v4: u8, v6: u8) -> bool {
    v4 < 16 || v6 < 32
}

/// Whether networks come to the whole internet of one family: seven eighths of IPv4 are all that
/// there is of unicast, 2000::/3 is all of it in IPv6.
pub(super) fn is_everybody<'n>(nets: impl IntoIterator<Item = &'n IpNet>) -> bool {
    let nets: Vec<IpNet> = nets.into_iter().copied().collect();
    let joined = IpNet::aggregate(&nets);
    let v4: u64 = joined.iter().filter(|n| n.addr().is_ipv4()).map(|n| 1_u64 << (32 - n.prefix_len().min(32))).sum();
    let global = Ipv6Net::new(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3).map(IpNet::V6);
    v4 >= 7 << 29 || global.is_ok_and(|global| joined.iter().any(|net| net.contains(&global)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nets(text: &str) -> Vec<IpNet> {
        text.split(' ').map(|net| net.parse().unwrap()).collect()
    }

    #[test]
    fn everybody_in_one_piece_or_several() {
        for text in ["0.0.0.0/0", "0.0.0.0/1 128.0.0.0/1", "0.0.0.0/1 128.0.0.0/2 192.0.0.0/3", "::/0", "2000::/3"] {
            assert!(is_everybody(&nets(text)), "{text}");
        }
        for text in ["0.0.0.0/1", "5.0.0.0/8", "2a01::/16", "0.0.0.0/1 0.0.0.0/1", "128.0.0.0/1 192.0.0.0/2"] {
            assert!(!is_everybody(&nets(text)), "{text}");
        }
    }

    #[test]
    fn what_never_shows() {
        for text in ["10.20.0.0/16", "192.168.178.1/32", "127.0.0.1/32", "2001:db8::/48", "fe80::1/128", "::1/128"] {
            assert!(is_private(&text.parse().unwrap()), "{text}");
        }
        for text in ["5.45.100.20/32", "0.0.0.0/0", "172.0.0.0/8", "2a01:4f8::/32", "::/0", "64:ff9b::/96"] {
            assert!(!is_private(&text.parse().unwrap()), "{text}");
        }
    }
}
