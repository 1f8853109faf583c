//! Reading what a blocklist answered.

use std::net::IpAddr;

use crate::facts::{Fact, Listing};
use crate::knowledge::blocklists::{self, Blocklist, Health, Verdict};

/// The list, whether it can be believed, and what it says; `None` where it did not answer.
pub fn read(listing: &Listing) -> Option<(&'static Blocklist, Health<'static>, Verdict<'static>)> {
    let list = blocklists::by_id(listing.list)?;
    let known = |fact: &Fact<Vec<IpAddr>>| (!fact.is_unavailable()).then(|| fact.list().to_vec());
    let answer = known(&listing.answer)?;
    let listed: Vec<Vec<IpAddr>> = listing.test_listed.iter().filter_map(known).collect();
    let clear: Vec<Vec<IpAddr>> = listing.test_clear.iter().filter_map(known).collect();
    let listed: Vec<&[IpAddr]> = listed.iter().map(Vec::as_slice).collect();
    let clear: Vec<&[IpAddr]> = clear.iter().map(Vec::as_slice).collect();
    Some((list, blocklists::health(list, &listed, &clear), blocklists::judge(list, &answer)))
}
