//! What the SPF rules rest on, and nothing else.

use futures_util::future::{join, join5};

use super::{Plan, exchanges, gather_domain, ipv4, ipv6, texts, texts_below};
use crate::dmarc;
use crate::dns::stack::Offline;
use crate::dns::{RecordType, Resolver};
use crate::facts::{DomainFacts, Fact};
use crate::spf;

/// Asks about the SPF of a domain. All other facts are unavailable, as if the program were offline.
pub async fn gather_spf(dns: &dyn Resolver, plan: Plan) -> DomainFacts {
    let domain = plan.domain.clone();
    let bounds = spf::Bounds { names: plan.bounds.spf_names, ..spf::Bounds::default() };
    let records = async {
        let texts = texts(dns, &domain).await;
        let has_record = texts.list().iter().any(|t| spf::is_spf(&t.to_text()));
        let tree = if has_record { Some(spf::tree(dns, &domain, bounds).await) } else { None };
        (texts, tree)
    };
    let type99 = async { Fact::texts(dns.lookup(&domain, RecordType::Spf).await) };
    let asked = join5(records, type99, exchanges(dns, &domain), ipv4(dns, &domain), ipv6(dns, &domain));
    // What to advise about `~all` depends on the DMARC policy.
    let policy = join(dmarc::discover(dns, &domain, dmarc::Asking::Concurrent), texts_below(dns, "_dmarc", &domain));
    let (((texts, tree), type99, mx, ipv4, ipv6), (dmarc, dmarc_texts)) = join(asked, policy).await;
    let mut facts = gather_domain(&Offline, plan, None).await;
    facts.cut |= tree.as_ref().is_some_and(|tree| tree.truncated);
    DomainFacts { texts, spf: tree, type99, mx, ipv4, ipv6, dmarc, dmarc_texts, ..facts }
}
