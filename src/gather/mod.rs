//! From questions to facts: the only layer that awaits.

mod blocklists;
mod dkim;
mod dnssec;
mod domain;
mod hosts;
mod message;
mod reach;
mod reports;
mod spf;
mod transport;
mod zone;

pub use domain::{Bounds, Plan, SelectorSearch, gather_domain};
pub use message::{
    Circumstances, Envelope, Memory, ReadMessage, diagnose_message, gather_message, needs_diagnosis, read_message,
};
pub use reach::{Reach, Web};
pub use spf::gather_spf;
pub use zone::plans as zone_plans;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::dns::{Name, RecordData, RecordType, Resolver, Text};
use crate::facts::Fact;

async fn texts(dns: &dyn Resolver, name: &Name) -> Fact<Vec<Text>> {
    Fact::texts(dns.lookup(name, RecordType::Txt).await)
}

/// The TXT records at `prefix.name`; a name that would be too long has none.
async fn texts_below(dns: &dyn Resolver, prefix: &str, name: &Name) -> Fact<Vec<Text>> {
    match name.prepend(prefix) {
        Ok(name) => texts(dns, &name).await,
        Err(_) => Fact::Absent(crate::facts::Absence::NoName),
    }
}

/// As [`texts_below`], with the alias that the name is, where it is one, and how far it leads.
async fn texts_through(dns: &dyn Resolver, prefix: &str, name: &Name) -> (Fact<Vec<Text>>, Option<(Name, Name)>) {
    let Ok(name) = name.prepend(prefix) else { return (Fact::Absent(crate::facts::Absence::NoName), None) };
    let answer = dns.lookup(&name, RecordType::Txt).await;
    let end = match &answer {
        Ok(answer) => answer.aliases.last().cloned(),
        // An alias that leads nowhere shows in no answer; whoever publishes a record has to know of it.
        Err(error) if error.is_absent() => {
            let cname = dns.lookup(&name, RecordType::Cname).await;
            cname.ok().and_then(|answer| answer.targets().next().cloned())
        }
        Err(_) => None,
    };
    (Fact::texts(answer), end.map(|end| (name, end)))
}

async fn ipv4(dns: &dyn Resolver, name: &Name) -> Fact<Vec<Ipv4Addr>> {
    Fact::from_lookup(dns.lookup(name, RecordType::A).await, |record| match record {
        RecordData::A(address) => Some(*address),
        _ => None,
    })
}

async fn ipv6(dns: &dyn Resolver, name: &Name) -> Fact<Vec<Ipv6Addr>> {
    Fact::from_lookup(dns.lookup(name, RecordType::Aaaa).await, |record| match record {
        RecordData::Aaaa(address) => Some(*address),
        _ => None,
    })
}

/// The addresses of a name in the family of `like`.
async fn addresses_like(dns: &dyn Resolver, name: &Name, like: IpAddr) -> Fact<Vec<IpAddr>> {
    match like {
        IpAddr::V4(_) => ipv4(dns, name).await.map(|list| list.into_iter().map(IpAddr::V4).collect()),
        IpAddr::V6(_) => ipv6(dns, name).await.map(|list| list.into_iter().map(IpAddr::V6).collect()),
    }
}

async fn exchanges(dns: &dyn Resolver, name: &Name) -> Fact<Vec<(u16, Name)>> {
    let mut mx = Fact::from_lookup(dns.lookup(name, RecordType::Mx).await, |record| match record {
        RecordData::Mx { preference, exchange } => Some((*preference, exchange.clone())),
        _ => None,
    });
    if let Fact::Known(list) = &mut mx {
        list.sort();
    }
    mx
}
