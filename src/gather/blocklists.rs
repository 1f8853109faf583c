//! What blocklists answer about sending addresses and domains (RFC 5782).
//!
//! Each list is asked for its test points as well: an answer is worth something only from a list
//! that works through this resolver.

use std::net::IpAddr;

use futures_util::future::{join, join_all};

use super::ipv4;
use crate::dns::{Name, Resolver};
use crate::facts::{Fact, Listing};
use crate::knowledge::blocklists::{self, Blocklist, Subject};

/// What the lists of addresses say; nothing where nobody wants to know.
pub(super) async fn address_listings(dns: &dyn Resolver, addresses: &[IpAddr], wanted: bool) -> Vec<Listing> {
    if !wanted {
        return Vec::new();
    }
    let asked = addresses.iter().flat_map(|address| {
        let address = address.to_canonical();
        blocklists::asked().map(move |list| ask(dns, list, Subject::Address(address), address.to_string()))
    });
    join_all(asked).await.into_iter().flatten().collect()
}

/// What the lists of domains say.
pub(super) async fn domain_listings(dns: &dyn Resolver, domain: &Name, wanted: bool) -> Vec<Listing> {
    if !wanted {
        return Vec::new();
    }
    let asked = blocklists::asked().map(|list| ask(dns, list, Subject::Domain(domain), domain.to_string()));
    join_all(asked).await.into_iter().flatten().collect()
}

/// One list about one subject; `None` where the list does not take it.
async fn ask(dns: &dyn Resolver, list: &'static Blocklist, subject: Subject<'_>, shown: String) -> Option<Listing> {
    let name = list.query_name(subject)?;
    let (listed, clear) = list.test_points();
    let tests = |names: Vec<Name>| async move { join_all(names.iter().map(|name| addresses(dns, name))).await };
    let (answer, (test_listed, test_clear)) = join(addresses(dns, &name), join(tests(listed), tests(clear))).await;
    Some(Listing { list: &list.id, subject: shown, answer, test_listed, test_clear })
}

async fn addresses(dns: &dyn Resolver, name: &Name) -> Fact<Vec<IpAddr>> {
    ipv4(dns, name).await.map(|list| list.into_iter().map(IpAddr::V4).collect())
}
