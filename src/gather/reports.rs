//! Where DMARC reports go, and records that stand where nobody looks.

use futures_util::future::{join, join_all};

use super::{exchanges, ipv4, ipv6};
use crate::dmarc::{self, Discovery};
use crate::dns::{Name, RecordType, Resolver, Text};
use crate::facts::{Fact, Origin, ReportTarget};

/// More destinations than this are not asked for; receivers need not send to that many either (RFC 9990 §4).
const MOST_TARGETS: usize = 20;

/// The destinations that the policy record names, each with its permission and whether it takes mail.
pub(super) async fn targets(dns: &dyn Resolver, discovery: &Discovery) -> Vec<ReportTarget> {
    let Some(policy) = &discovery.policy else { return Vec::new() };
    let (rua, ruf) = (&policy.record.rua, &policy.record.ruf);
    let all = rua.iter().map(|to| (to, true)).chain(ruf.iter().map(|to| (to, false)));
    let asked = all.take(MOST_TARGETS).map(|(to, aggregate)| async move {
        let host = to.host.clone()?;
        let (permission, takes_mail) =
            join(dmarc::authorise(dns, &policy.domain, to, !aggregate), takes_mail(dns, &host)).await;
        Some(ReportTarget { destination: to.clone(), host, aggregate, permission, takes_mail })
    });
    join_all(asked).await.into_iter().flatten().collect()
}

/// Whether mail can be delivered to a domain: an MX that is not null, or an address (RFC 5321 §5.1, RFC 7505).
async fn takes_mail(dns: &dyn Resolver, host: &Name) -> Fact<bool> {
    let (mx, (a, aaaa)) = join(exchanges(dns, host), join(ipv4(dns, host), ipv6(dns, host))).await;
    match (mx, a, aaaa) {
        (Fact::Known(list), ..) => Fact::Known(list.iter().any(|(_, host)| !host.is_root())),
        (Fact::Unavailable(error), ..) => Fact::Unavailable(error),
        (_, Fact::Known(_), _) | (_, _, Fact::Known(_)) => Fact::Known(true),
        (_, Fact::Unavailable(error), _) | (_, _, Fact::Unavailable(error)) => Fact::Unavailable(error),
        _ => Fact::Known(false),
    }
}

/// DMARC records at `dmarc.domain` and `_dmarc.domain.domain`; those at the domain itself are in its texts.
pub(super) async fn misplaced(dns: &dyn Resolver, domain: &Name, origin: Origin) -> Vec<(Name, Text)> {
    if origin == Origin::Zone {
        return Vec::new();
    }
    let names = [domain.prepend("dmarc"), domain.prepend(&format!("_dmarc.{domain}"))];
    let asked = join_all(names.into_iter().flatten().map(|name| async move {
        // A wildcard or an alias shows what stands elsewhere.
        let answer = dns.lookup(&name, RecordType::Txt).await.ok().filter(|answer| answer.aliases.is_empty());
        let texts: Vec<Text> = answer.iter().flat_map(|answer| answer.texts().cloned()).collect();
        (name, texts)
    }));
    let mut found = Vec::new();
    for (name, texts) in asked.await {
        let records = texts.iter().filter(|text| dmarc::looks_like_dmarc(&text.to_text()));
        found.extend(records.map(|text| (name.clone(), text.clone())));
    }
    found
}
