//! SPF evaluation and the tree over a zone of the fuzzer's: within the limits, whatever stands there.
//!
//! The first line is `ip helo mail-from`, the rest a zone below `example.de`.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use mailauth::dns::{Name, zone::Zones};
use mailauth::spf::{Bounds, Params, SpfResult, check_host, received_spf, tree};
use mailauth::zonefile::{LoadOptions, Source, ZoneSet};
use mailauth_fuzz::{now, text};

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let (head, zone) = text.split_once('\n').unwrap_or(("", text));
    let mut head = head.split(' ');
    let ip = head.next().and_then(|ip| ip.parse().ok()).unwrap_or([192, 0, 2, 1].into());
    let (helo, sender) = (head.next(), head.next().or(Some("a@example.de")));
    let origin = Name::parse("example.de").unwrap();
    let options = LoadOptions { origin: Some(origin.clone()), loader: None };
    let zones = Zones::new(Arc::new(ZoneSet::load([Source::memory("-", zone)], &options)));
    let mut params = Params::new(ip, helo, sender);
    params.receiver = Some("mx.example.net");
    let outcome = now(check_host(&zones, &params));
    // The eleventh lookup is the one that ends it.
    assert!(outcome.dns_lookups <= 11, "{}", outcome.dns_lookups);
    assert!(outcome.void_lookups <= 3 || outcome.result == SpfResult::Permerror, "{}", outcome.void_lookups);
    let field = received_spf(&outcome, ip, helo, params.receiver);
    assert!(!field.contains(|c: char| c.is_control()), "{field:?}");
    assert_eq!(now(check_host(&zones, &params)), outcome);
    now(tree(&zones, &origin, Bounds::default()));
});
