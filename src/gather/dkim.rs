//! The selectors of a domain: those that were named, or those that are likely.

use futures_util::StreamExt as _;
use futures_util::future::{join, join_all};
use futures_util::stream;

use super::{SelectorSearch, texts};
use crate::dkim::key_record;
use crate::dkim::keys::{PublicKey, Weak, read_key_file};
use crate::dns::{Name, RecordType, Resolver, Text};
use crate::facts::{Absence, DkimFacts, Fact, Selector, Why, Wishes};
use crate::knowledge::{providers, selectors};

/// A name that nobody uses as a selector; an answer to it comes from a wildcard.
const UNUSED: &str = "mailauth-wildcard-probe._domainkey";

/// Questions of the well-known list under way at once.
const AT_ONCE: usize = 20;

/// Whether the selectors are settled without guessing.
pub(super) fn is_decided(wishes: &Wishes, search: &SelectorSearch) -> bool {
    !wishes.named_selectors().is_empty() || matches!(search, SelectorSearch::Exactly(_))
}

/// What named selectors, the node and the wildcard say.
pub(super) struct Named {
    node: Fact<Vec<Text>>,
    node_name: Name,
    wildcard: Fact<Vec<Text>>,
    wildcard_alias: Option<Name>,
    selectors: Vec<Selector>,
    misplaced: Vec<(Name, Text)>,
}

pub(super) async fn named(dns: &dyn Resolver, domain: &Name, wishes: &Wishes, search: &SelectorSearch) -> Named {
    let named = wishes.named_selectors();
    let in_zone = match search {
        SelectorSearch::Exactly(names) => names.as_slice(),
        _ => &[],
    };
    // A named selector stays a named one where a zone file shows it too.
    let is_named = |name: &str| named.iter().any(|n| n.eq_ignore_ascii_case(name));
    let others = in_zone.iter().filter(|name| !is_named(name)).map(|name| (name, Why::InZone));
    let all = named.iter().map(|name| (name, Why::Named)).chain(others);
    let asked = join_all(all.map(|(name, why)| selector(dns, domain, name, why)));
    let node_name = domain.prepend("_domainkey").unwrap_or_else(|_| domain.clone());
    let node = texts(dns, &node_name);
    let wildcard = super::texts_below(dns, UNUSED, domain);
    let ((node, wildcard), selectors) = join(join(node, wildcard), asked).await;
    let mut selectors: Vec<Selector> = selectors.into_iter().flatten().collect();
    for selector in &mut selectors {
        selector.expected_key = expected_key(wishes, &selector.selector);
    }
    let wildcard_alias = wildcard_alias(dns, domain, &node_name, &wildcard).await;
    let misplaced = match search {
        SelectorSearch::Exactly(_) => Vec::new(),
        _ => misplaced(dns, domain, &selectors, &wildcard).await,
    };
    Named { node, node_name, wildcard, wildcard_alias, selectors, misplaced }
}

/// The target of a wildcard CNAME below `_domainkey`. One that stands at `*.domain` and catches
/// `_domainkey` as well is meant for hosts.
async fn wildcard_alias(dns: &dyn Resolver, domain: &Name, node: &Name, wildcard: &Fact<Vec<Text>>) -> Option<Name> {
    // A name that does not exist has no CNAME; the end of a chain may be what does not exist.
    if wildcard.is_unavailable() && wildcard.trouble().is_some_and(crate::dns::DnsError::is_temporary) {
        return None;
    }
    let probe = domain.prepend(UNUSED).ok()?;
    let target = dns.lookup(&probe, RecordType::Cname).await.ok()?.targets().next().cloned()?;
    dns.lookup(node, RecordType::Cname).await.is_err_and(|error| error.is_absent()).then_some(target)
}

/// Keys of named selectors that stand at a name where no verifier looks.
async fn misplaced(
    dns: &dyn Resolver,
    domain: &Name,
    selectors: &[Selector],
    wildcard: &Fact<Vec<Text>>,
) -> Vec<(Name, Text)> {
    let missing = selectors.iter().filter(|s| s.why == Why::Named && s.texts.is_absent() && s.alias.is_none());
    let names = missing.flat_map(|s| {
        let selector = &s.selector;
        [
            selector.clone(),
            format!("{selector}._domainkey.{domain}"),
            format!("{selector}._domainkeys"),
            format!("{selector}._domain_key"),
            format!("{selector}.domainkey"),
        ]
    });
    let names: Vec<Name> = names.filter_map(|prefix| domain.prepend(&prefix).ok()).collect();
    let asked = join_all(names.into_iter().map(|name| async move {
        let texts = texts(dns, &name).await;
        (name, texts)
    }));
    let mut found = Vec::new();
    for (name, texts) in asked.await {
        if texts.known().is_some() && texts.known() != wildcard.known() {
            found.extend(keys_of(&name, texts.list()));
        }
    }
    found
}

/// The texts of a name that are meant as keys.
fn keys_of<'a>(name: &'a Name, texts: &'a [Text]) -> impl Iterator<Item = (Name, Text)> + 'a {
    texts.iter().filter(|t| key_record::is_key_record_like(&t.to_text())).map(|t| (name.clone(), t.clone()))
}

/// The public half of the key file that the configuration names for a selector, where it can be read.
fn expected_key(wishes: &Wishes, selector: &str) -> Option<PublicKey> {
    let mut keys = wishes.config.iter().flat_map(|config| &config.dkim);
    let path = keys.find(|key| key.selector.eq_ignore_ascii_case(selector))?.key.as_ref()?;
    let (key, _) = read_key_file(&wishes.folder.join(path), Weak::Allow).ok()?;
    Some(key.public_key().clone())
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
    // Collected first: a stream over the names would not be `Send`, by a limit of the compiler.
    let mut asked = Vec::new();
    for name in listed.iter().filter(|name| !typical.iter().any(|t| t.eq_ignore_ascii_case(name))) {
        asked.push(selector(dns, domain, name, Why::WellKnown));
    }
    let listed: Vec<Option<Selector>> = stream::iter(asked).buffered(AT_ONCE).collect().await;
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
        expected_key: None,
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
    let mut misplaced = named.misplaced;
    // An answer at the node that is the wildcard's says nothing about the node.
    if named.node.known() != named.wildcard.known() {
        misplaced.extend(keys_of(&named.node_name, named.node.list()));
    }
    DkimFacts {
        node: named.node.map(|_| ()),
        wildcard: named.wildcard,
        wildcard_alias: named.wildcard_alias,
        selectors: with,
        without_key: without.into_iter().chain(unrelated).map(|s| s.selector).collect(),
        misplaced,
    }
}
