//! The names under which the DNS keeps what it knows of addresses.

use std::net::IpAddr;

use super::Name;

/// The name under which the DNS has the host name of an address (RFC 1035 §3.5, RFC 3596 §2.5).
///
/// IPv4-mapped IPv6 addresses count as IPv4.
pub fn reverse_name(address: IpAddr) -> Name {
    let text = match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(v6) => format!("{}.ip6.arpa", nibbles(v6)),
    };
    // Digits and dots of a fixed length are always a name.
    Name::parse(&text).unwrap_or_else(|_| Name::root())
}

/// The address as block lists have it in their names, without their suffix: `1.2.0.192`, or 32
/// nibbles for IPv6 (RFC 5782 §2.1, §2.4).
pub fn reverse_prefix(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            format!("{d}.{c}.{b}.{a}")
        }
        IpAddr::V6(v6) => nibbles(v6),
    }
}

fn nibbles(address: std::net::Ipv6Addr) -> String {
    let mut text = String::with_capacity(63);
    for octet in address.octets().iter().rev() {
        for nibble in [octet & 0xf, octet >> 4] {
            if !text.is_empty() {
                text.push('.');
            }
            text.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reverse_names() {
        let reverse = |text: &str| reverse_name(text.parse().unwrap()).to_string();
        assert_eq!(reverse("192.0.2.10"), "10.2.0.192.in-addr.arpa");
        assert_eq!(reverse("::ffff:192.0.2.10"), "10.2.0.192.in-addr.arpa");
        assert_eq!(
            reverse("2001:db8::567:89ab"),
            "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
        );
        assert_eq!(reverse_prefix("192.0.2.10".parse().unwrap()), "10.2.0.192");
    }
}
