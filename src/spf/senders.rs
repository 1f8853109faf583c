//! The single addresses that a domain's own record names: who sends for it without going through
//! a provider.
//!
//! The tree knows them too, but only when it is drawn to its end; what a sender's reverse name is
//! can be asked long before.

use std::net::IpAddr;

use futures_util::future::join_all;

use super::parse::{is_spf, parse};
use super::record::{DomainSpec, Mechanism, Qualifier, Record};
use crate::dns::{Name, RecordType, Resolver};

/// Terms of a record that are asked about; a record with more is judged by its limit, not by its hosts.
const MOST_TERMS: usize = 20;

/// Records that `redirect` leads through.
const MOST_REDIRECTS: usize = 4;

/// Mail exchangers of an `mx` term (RFC 7208 §4.6.4).
const MOST_EXCHANGERS: usize = 10;

/// The addresses that `ip4`, `ip6`, `a` and `mx` name singly, in the order of the record; those of
/// the `redirect` target where the record has one. None where there is not exactly one record.
pub async fn senders(dns: &dyn Resolver, domain: &Name) -> Vec<IpAddr> {
    let mut domain = domain.clone();
    let mut found = Vec::new();
    for _ in 0..=MOST_REDIRECTS {
        let Ok(answer) = dns.lookup(&domain, RecordType::Txt).await else { break };
        let mut records = answer.texts().map(|text| text.to_text()).filter(|text| is_spf(text));
        let (Some(text), None) = (records.next(), records.next()) else { break };
        let record = parse(&text).record;
        let terms = record.directives().filter(|(_, qualifier, _)| *qualifier == Qualifier::Pass).take(MOST_TERMS);
        let asked = terms.map(|(_, _, mechanism)| addresses(dns, &domain, mechanism));
        for address in join_all(asked).await.into_iter().flatten() {
            if !found.contains(&address) {
                found.push(address);
            }
        }
        match redirect(&record) {
            Some(target) => domain = target,
            None => break,
        }
    }
    found
}

/// Where `redirect` leads, unless `all` voids it (RFC 7208 §6.1).
fn redirect(record: &Record) -> Option<Name> {
    record.redirect().filter(|_| record.all().is_none()).and_then(|(_, spec)| spec.name().cloned())
}

/// The single addresses of one term.
async fn addresses(dns: &dyn Resolver, domain: &Name, mechanism: &Mechanism) -> Vec<IpAddr> {
    let target = |spec: &Option<DomainSpec>| match spec {
        Some(spec) => spec.name().cloned(),
        None => Some(domain.clone()),
    };
    match mechanism {
        Mechanism::Ip4(address, 32) => vec![(*address).into()],
        Mechanism::Ip6(address, 128) => vec![(*address).into()],
        Mechanism::A(spec, cidr) => match target(spec) {
            Some(name) => of_host(dns, &name, cidr.v4 == 32, cidr.v6 == 128).await,
            None => Vec::new(),
        },
        Mechanism::Mx(spec, cidr) => {
            let Some(name) = target(spec) else { return Vec::new() };
            let Ok(answer) = dns.lookup(&name, RecordType::Mx).await else { return Vec::new() };
            let hosts = answer.exchanges().map(|(_, host)| host).filter(|host| !host.is_root()).take(MOST_EXCHANGERS);
            let asked = hosts.map(|host| of_host(dns, host, cidr.v4 == 32, cidr.v6 == 128));
            join_all(asked).await.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

async fn of_host(dns: &dyn Resolver, host: &Name, v4: bool, v6: bool) -> Vec<IpAddr> {
    let ask = |wanted: bool, rtype| async move {
        match wanted {
            true => dns.lookup(host, rtype).await.map(|answer| answer.addresses().collect()).unwrap_or_default(),
            false => Vec::new(),
        }
    };
    let (mut first, second) = futures_util::future::join(ask(v4, RecordType::A), ask(v6, RecordType::Aaaa)).await;
    first.extend(second);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::RecordData;
    use crate::dns::recording::Recording;
    use futures_util::FutureExt as _;

    #[test]
    fn the_record_and_where_it_redirects() {
        let mut dns = Recording::closed_world();
        dns.txt("x.de", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 -ip4:192.0.2.9 a mx:y.de include:z.de redirect=r.de");
        dns.txt("r.de", "v=spf1 ip6:2001:db8::1 ip4:192.0.2.1 -all");
        dns.txt("z.de", "v=spf1 ip4:198.51.100.1 -all");
        dns.add("x.de", RecordData::A("192.0.2.2".parse().unwrap()));
        dns.add("y.de", RecordData::Mx { preference: 10, exchange: Name::parse("m.y.de").unwrap() });
        dns.add("m.y.de", RecordData::A("192.0.2.3".parse().unwrap()));
        let found = senders(&dns, &Name::parse("x.de").unwrap()).now_or_never().unwrap();
        let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1"]);
    }

    #[test]
    fn two_records_name_nobody() {
        let mut dns = Recording::closed_world();
        dns.txt("x.de", "v=spf1 ip4:192.0.2.1 -all");
        dns.txt("x.de", "v=spf1 ip4:192.0.2.2 -all");
        assert!(senders(&dns, &Name::parse("x.de").unwrap()).now_or_never().unwrap().is_empty());
    }
}
