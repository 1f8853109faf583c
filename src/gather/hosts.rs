//! The addresses that send: their names, and whether those lead back (RFC 8601 §2.7.3, "iprev").

use std::net::IpAddr;

use futures_util::future::join_all;

use super::{addresses_like, texts};
use crate::dns::ask::reverse_name;
use crate::dns::{RecordType, Resolver};
use crate::facts::{Fact, SendingHost};

/// More names than this of one address are not followed (RFC 7208 §4.6.4 has the same number).
const MOST_NAMES: usize = 10;

pub(super) async fn sender(dns: &dyn Resolver, address: IpAddr) -> SendingHost {
    let address = address.to_canonical();
    let names = Fact::from_lookup(dns.lookup(&reverse_name(address), RecordType::Ptr).await, |record| match record {
        crate::dns::RecordData::Ptr(name) => Some(name.clone()),
        _ => None,
    });
    let forward = names.list().iter().take(MOST_NAMES).map(|name| addresses_like(dns, name, address));
    // Which name leads back shows only together with the texts; waiting for it would cost a round.
    let own = names.list().iter().take(MOST_NAMES).map(|name| texts(dns, name));
    let (forward, mut own) = futures_util::future::join(join_all(forward), join_all(own)).await;
    let confirmed = forward.iter().position(|forward| forward.list().contains(&address));
    let helo_texts = confirmed.and_then(|at| Some((names.list().get(at)?.clone(), own.swap_remove(at))));
    SendingHost { address, names, forward, helo_texts }
}
