//! Usual questions in one call.

use std::net::IpAddr;
use std::sync::Arc;

use super::{DnsError, Lookup, Name, RecordType, Resolver, Text};

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

/// The TXT records of a name.
///
/// # Errors
/// Why there are none.
pub async fn txt(dns: &dyn Resolver, name: &Name) -> Result<Vec<Text>, DnsError> {
    Ok(dns.lookup(name, RecordType::Txt).await?.texts().cloned().collect())
}

/// The mail exchangers of a name, lowest preference first, in the order of the answer otherwise.
///
/// # Errors
/// Why there are none.
pub async fn mx(dns: &dyn Resolver, name: &Name) -> Result<Vec<(u16, Name)>, DnsError> {
    let answer = dns.lookup(name, RecordType::Mx).await?;
    let mut hosts: Vec<_> = answer.exchanges().map(|(preference, host)| (preference, host.clone())).collect();
    hosts.sort_by_key(|(preference, _)| *preference);
    Ok(hosts)
}

/// The A records of a name.
pub async fn a(dns: &dyn Resolver, name: &Name) -> Lookup {
    dns.lookup(name, RecordType::A).await
}

/// The AAAA records of a name.
pub async fn aaaa(dns: &dyn Resolver, name: &Name) -> Lookup {
    dns.lookup(name, RecordType::Aaaa).await
}

/// The addresses of a name, both families asked at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// What the question for A came to.
    pub v4: Lookup,
    /// What the question for AAAA came to.
    pub v6: Lookup,
}

impl Addresses {
    /// All that there are, IPv4 first.
    pub fn iter(&self) -> impl Iterator<Item = IpAddr> + '_ {
        [&self.v4, &self.v6].into_iter().flatten().flat_map(|answer| answer.addresses())
    }

    /// Why there is none: a failure before an absence, since what failed may have had some;
    /// NXDOMAIN before no data. `None` when there are addresses.
    pub fn error(&self) -> Option<&DnsError> {
        match (&self.v4, &self.v6) {
            (Ok(_), _) | (_, Ok(_)) => None,
            (Err(v4), Err(v6)) if !v4.is_absent() => Some(v4).filter(|_| v6 != &DnsError::NxDomain).or(Some(v6)),
            (Err(v4), Err(v6)) if !v6.is_absent() => Some(v6).filter(|_| v4 != &DnsError::NxDomain).or(Some(v4)),
            (Err(DnsError::NxDomain), _) => Some(&DnsError::NxDomain),
            (_, Err(v6)) => Some(v6),
        }
    }
}

/// Asks for the addresses of a name, both families at once.
pub async fn addresses(dns: &dyn Resolver, name: &Name) -> Addresses {
    let (v4, v6) =
        futures_util::future::join(dns.lookup(name, RecordType::A), dns.lookup(name, RecordType::Aaaa)).await;
    Addresses { v4, v6 }
}

/// The host names that the DNS has for an address.
///
/// # Errors
/// Why there are none.
pub async fn ptr(dns: &dyn Resolver, address: IpAddr) -> Result<Vec<Name>, DnsError> {
    Ok(dns.lookup(&reverse_name(address), RecordType::Ptr).await?.targets().cloned().collect())
}

/// How the aliases (CNAME, RFC 1034 §3.6.2) of a name end that leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The targets, in order; empty when the name is no alias.
    pub targets: Vec<Name>,
    /// How the chain ends.
    pub end: ChainEnd,
}

/// How a chain of aliases ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainEnd {
    /// At a name that is no alias and exists.
    Name,
    /// At a name that does not exist.
    Missing,
    /// It comes back to a name that it has been at.
    Loop,
    /// More aliases than anyone follows.
    TooLong,
    /// The next link is not known.
    Unknown(DnsError),
}

/// Follows the aliases of a name one by one, to say why an answer is lacking.
pub async fn chain(dns: &dyn Resolver, name: &Name) -> Chain {
    let mut targets: Vec<Name> = Vec::new();
    let end = loop {
        let here = targets.last().unwrap_or(name);
        let answer: Arc<_> = match dns.lookup(here, RecordType::Cname).await {
            Ok(answer) => answer,
            Err(DnsError::NoData) => break ChainEnd::Name,
            Err(DnsError::NxDomain) => break ChainEnd::Missing,
            Err(error) => break ChainEnd::Unknown(error),
        };
        let Some(target) = answer.targets().next().cloned() else { break ChainEnd::Name };
        let known = target == *name || targets.contains(&target);
        targets.push(target);
        if known {
            break ChainEnd::Loop;
        }
        if targets.len() >= super::MAX_ALIASES {
            break ChainEnd::TooLong;
        }
    };
    Chain { targets, end }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::dns::RecordData;
    use crate::dns::recording::Recording;

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

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

    #[test]
    fn addresses_of_both_families_and_why_there_are_none() {
        let mut dns = Recording::closed_world();
        dns.add("a.example", RecordData::A("192.0.2.1".parse().unwrap()));
        dns.add("a.example", RecordData::Aaaa("2001:db8::1".parse().unwrap()));
        dns.set(name("b.example"), RecordType::Aaaa, Err(DnsError::ServFail));
        dns.set(name("b.example"), RecordType::A, Err(DnsError::NoData));
        let ask = |host: &str| addresses(&dns, &name(host)).now_or_never().unwrap();
        assert_eq!(ask("a.example").iter().count(), 2);
        assert_eq!(ask("a.example").error(), None);
        assert_eq!(ask("b.example").error(), Some(&DnsError::ServFail));
        assert_eq!(ask("c.example").error(), Some(&DnsError::NxDomain));
    }

    #[test]
    fn chains_end_in_five_ways() {
        let mut dns = Recording::closed_world();
        for (owner, target) in [("one", "end"), ("lost", "nowhere"), ("l1", "l2"), ("l2", "l1"), ("down", "bad")] {
            dns.add(&format!("{owner}.example"), RecordData::Cname(name(&format!("{target}.example"))));
        }
        for i in 0..30 {
            dns.add(&format!("c{i}.example"), RecordData::Cname(name(&format!("c{}.example", i + 1))));
        }
        dns.txt("end.example", "x");
        dns.set(name("bad.example"), RecordType::Cname, Err(DnsError::Timeout));
        for (host, count, end) in [
            ("one.example", 1, ChainEnd::Name),
            ("end.example", 0, ChainEnd::Name),
            ("lost.example", 1, ChainEnd::Missing),
            ("l1.example", 2, ChainEnd::Loop),
            ("c0.example", 16, ChainEnd::TooLong),
            ("down.example", 1, ChainEnd::Unknown(DnsError::Timeout)),
        ] {
            let found = chain(&dns, &name(host)).now_or_never().unwrap();
            assert_eq!((found.targets.len(), found.end), (count, end), "{host}");
        }
    }
}
