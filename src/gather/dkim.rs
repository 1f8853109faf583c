//! The selectors of a domain: those that were named, or those that are likely.

use futures_util::StreamExt as _;
use futures_util::future::{join, join_all};
use futures_util::stream;

use super::SelectorSearch;
use crate::dkim::key_record;
use crate::dns::{Name, RecordType, Resolver, Text};
use crate::facts::{Absence, DkimFacts, Fact, Selector, Why, Wishes};
use crate::knowledge::{providers, selectors};

/// A name that nobody uses as a selector; an answer to it comes from a wildcard.
const UNUSED: &str = "mailauth-wildcard-probe._domainkey";

/// Questions of the well-known list under way at once.
const AT_ONCE: usize = 20;

/// Whether the selectors are settled without guessing.
pub(super) fn is_decided(wishes: &Wishes, search: &SelectorSearch) -> bool {
    !wishes.selectors.is_empty() || matches!(search, SelectorSearch::Exactly(_))
}

/// What named selectors, the node and the wildcard say.
pub(super) struct Named {
    node: Fact<()>,
    wildcard: Fact<Vec<Text>>,
    selectors: Vec<Selector>,
}

pub(super) async fn named(dns: &dyn Resolver, domain: &Name, wishes: &Wishes, search: &SelectorSearch) -> Named {
    let (names, why) = match search {
        SelectorSearch::Exactly(names) => (names, Why::InZone),
        _ => (&wishes.selectors, Why::Named),
    };
    // A named selector stays a named one where a zone file shows it too.
    let mut all: Vec<(&str, Why)> = names
        .iter()
        .map(|name| (name.as_str(), if wishes.selectors.contains(name) { Why::Named } else { why }))
        .collect();
    for name in &wishes.selectors {
        if !names.contains(name) {
            all.push((name, Why::Named));
        }
    }
    let asked = join_all(all.into_iter().map(|(name, why)| selector(dns, domain, name, why)));
    let node = async {
        match domain.prepend("_domainkey") {
            Ok(name) => Fact::from_result(dns.lookup(&name, RecordType::Txt).await.map(|_| ())),
            Err(_) => Fact::Absent(Absence::NoName),
        }
    };
    let wildcard = super::texts_below(dns, UNUSED, domain);
    let ((node, wildcard), selectors) = join(join(node, wildcard), asked).await;
    Named { node, wildcard, selectors: selectors.into_iter().flatten().collect() }
}

/// Asks for the selectors typical for the providers that give themselves away, and only if none of
/// them has a key, for the well-known list.
pub(super) async fn guessed(
    dns: &dyn Resolver,
    domain: &Name,
    search: &SelectorSearch,
    mx: &[(u16, Name)],
    spf_includes: &[String],
    today: jiff::civil::Date,
) -> Vec<Selector> {
    let by_mx = mx.iter().filter_map(|(_, host)| providers::by_mx(host));
    let by_spf = spf_includes.iter().filter_map(|include| providers::by_spf_include(include));
    let typical = providers::typical_selectors(by_mx.chain(by_spf));
    let asked = join_all(typical.iter().map(|name| selector(dns, domain, name, Why::Provider)));
    let mut found: Vec<Selector> = asked.await.into_iter().flatten().collect();
    if *search == SelectorSearch::ProvidersOnly || found.iter().any(|s| s.texts.known().is_some()) {
        return found;
    }
    let node = match domain.prepend("_domainkey") {
        Ok(name) => Fact::from_result(dns.lookup(&name, RecordType::Txt).await.map(|_| ())),
        Err(_) => Fact::Absent(Absence::NoName),
    };
    // RFC 8020: below a name that does not exist there is nothing. Where nobody answers for the
    // node, two hundred further questions would not be answered either.
    if node.is_no_name() || node.is_unavailable() {
        return found;
    }
    let listed = selectors::well_known(today);
    let listed = listed.iter().filter(|name| !typical.iter().any(|t| t.eq_ignore_ascii_case(name)));
    let listed: Vec<Option<Selector>> =
        stream::iter(listed.map(|name| async move { selector(dns, domain, name, Why::WellKnown).await }))
            .buffered(AT_ONCE)
            .collect()
            .await;
    found.extend(listed.into_iter().flatten());
    found
}

/// One selector; `None` where the name cannot exist.
async fn selector(dns: &dyn Resolver, domain: &Name, selector: &str, why: Why) -> Option<Selector> {
    let name = domain.prepend(&format!("{selector}._domainkey")).ok()?;
    let answer = dns.lookup(&name, RecordType::Txt).await;
    let mut aliases = answer.as_ref().map(|a| a.aliases.clone()).unwrap_or_default();
    // Whether a missing key hangs on an alias matters only for selectors that should be there.
    if answer.is_err() && matches!(why, Why::Named | Why::InZone | Why::Provider) {
        let cname = dns.lookup(&name, RecordType::Cname).await;
        aliases.extend(cname.ok().and_then(|a| a.targets().next().cloned()));
    }
    Some(Selector {
        selector: selector.to_ascii_lowercase(),
        why,
        texts: Fact::texts(answer),
        alias: aliases.first().cloned(),
        owner: aliases.last().cloned().unwrap_or_else(|| name.clone()),
        name,
    })
}

pub(super) fn merge(named: Named, guessed: Option<Vec<Selector>>) -> DkimFacts {
    let mut all = named.selectors;
    all.extend(guessed.unwrap_or_default());
    // A wildcard answers every name: what is no more than its echo proves no key.
    if let Fact::Known(echo) = &named.wildcard {
        all.retain(|s| s.why != Why::WellKnown && s.why != Why::Provider || s.texts.known() != Some(echo));
    }
    let (with, without) = all.into_iter().partition::<Vec<_>, _>(|s| {
        !s.texts.is_absent() || s.alias.is_some() || matches!(s.why, Why::Named | Why::InZone)
    });
    // A text at a guessed name that is no key at all says nothing about keys.
    let (with, unrelated) = with.into_iter().partition::<Vec<_>, _>(|s| match (&s.texts, s.why) {
        (Fact::Known(texts), Why::Provider | Why::WellKnown) => {
            texts.iter().any(|t| key_record::is_key_record_like(&t.to_text()))
        }
        _ => true,
    });
    DkimFacts {
        node: named.node,
        wildcard: named.wildcard,
        selectors: with,
        without_key: without.into_iter().chain(unrelated).map(|s| s.selector).collect(),
        misplaced: Vec::new(),
    }
}
