//! What is offered in place of a broken record permits the addresses that are said to send.
//!
//! As long as a record is broken nobody can say what it permits; once it is mended, an address that it leaves out is the
//! next fault. So the mended record gets the address at once, where it is certain that nothing else permits it.

use std::net::IpAddr;

use ipnet::IpNet;

use super::addresses::is_private;
use crate::facts::Fact;
use crate::rules::domain::Domain;
use crate::spf::{self, DomainSpec, DualCidr, Mechanism, NodeTerm, Qualifier, Record, SpfResult, TermKind};

/// A text that permits every address that is said to send.
pub(super) fn covering(domain: &Domain<'_>, text: String) -> String {
    let lacking: Vec<String> = domain
        .said_to_send()
        .into_iter()
        // What the present record does is judged by itself.
        .filter(|ip| domain.spf_coverage(*ip).is_none() && !is_private(&(*ip).into()))
        .filter(|ip| is_shut_out(domain, &spf::parse(&text).record, *ip))
        .map(term)
        .collect();
    let parsed = spf::parse(&text);
    let all = parsed.record.all().and_then(|(at, _)| parsed.record.terms.get(at)).map(|term| term.span.start);
    match all.and_then(|at| Some((text.get(..at)?, text.get(at..)?))) {
        Some((head, tail)) if !lacking.is_empty() => format!("{head}{} {tail}", lacking.join(" ")),
        _ => text,
    }
}

/// The term for one address.
pub(super) fn term(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => format!("ip4:{v4}"),
        IpAddr::V6(v6) => format!("ip6:{v6}"),
    }
}

/// Whether the `all` of a record is certainly what decides for an address, and does not let it pass.
fn is_shut_out(domain: &Domain<'_>, record: &Record, ip: IpAddr) -> bool {
    for (_, qualifier, mechanism) in record.directives() {
        if matches!(mechanism, Mechanism::All) {
            return qualifier != Qualifier::Pass;
        }
        if matches(domain, mechanism, ip) != Some(false) {
            return false;
        }
    }
    false
}

/// Whether a mechanism matches; `None` where that cannot be told.
fn matches(domain: &Domain<'_>, mechanism: &Mechanism, ip: IpAddr) -> Option<bool> {
    let lists = |addresses: &[IpAddr], cidr: &DualCidr| {
        let length = if ip.is_ipv4() { cidr.v4 } else { cidr.v6 };
        let alike = addresses.iter().filter(|a| a.is_ipv4() == ip.is_ipv4());
        alike.filter_map(|a| IpNet::new(*a, length).ok()).any(|net| net.contains(&ip))
    };
    let own = |spec: &Option<DomainSpec>| spec.as_ref().is_none_or(|spec| spec.name() == Some(domain.name()));
    let facts = domain.facts;
    match mechanism {
        Mechanism::Ip4(..) | Mechanism::Ip6(..) => {
            Some(super::addresses::network(mechanism).is_some_and(|net| net.contains(&ip)))
        }
        Mechanism::A(spec, cidr) if own(spec) => {
            let v4 = facts.ipv4.list().iter().map(|a| IpAddr::V4(*a));
            let addresses: Vec<IpAddr> = v4.chain(facts.ipv6.list().iter().map(|a| IpAddr::V6(*a))).collect();
            let known = !facts.ipv4.is_unavailable() && !facts.ipv6.is_unavailable();
            known.then(|| lists(&addresses, cidr))
        }
        Mechanism::Mx(spec, cidr) if own(spec) => {
            let unseen = |host: &crate::facts::MxHost| host.ipv4.is_unavailable() || host.ipv6.is_unavailable();
            let known = !Fact::is_unavailable(&facts.mx) && !facts.mx_hosts.iter().any(unseen);
            let addresses: Vec<IpAddr> = facts.mx_hosts.iter().flat_map(|host| host.addresses()).collect();
            known.then(|| lists(&addresses, cidr))
        }
        Mechanism::A(..) | Mechanism::Mx(..) | Mechanism::Include(_) => drawn(domain, mechanism)?.permits(ip),
        Mechanism::All | Mechanism::Ptr(_) | Mechanism::Exists(_) => None,
    }
}

/// The same term in the tree of the present record.
fn drawn<'d>(domain: &'d Domain<'_>, mechanism: &Mechanism) -> Option<&'d NodeTerm> {
    let root = &domain.facts.spf.as_ref()?.root;
    let parsed = root.parsed.as_ref()?;
    root.terms.iter().find(|drawn| {
        let kind = parsed.record.terms.get(drawn.index).map(|term| &term.kind);
        matches!(kind, Some(TermKind::Directive(_, same)) if same == mechanism)
    })
}

impl NodeTerm {
    /// Whether an include, `a` or `mx` term matches an address; `None` where that cannot be told.
    fn permits(&self, ip: IpAddr) -> Option<bool> {
        match &self.child {
            Some(child) => child.coverage(ip).map(|coverage| coverage.result == SpfResult::Pass),
            None if self.unknown || self.failure.is_some() || self.hosts.is_empty() => None,
            None => Some(self.addresses.iter().any(|net| net.contains(&ip))),
        }
    }
}
