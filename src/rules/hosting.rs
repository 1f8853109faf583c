//! Who keeps the mailboxes of a domain and who sends for it, as its records give away.

use std::net::IpAddr;

use crate::dns::Name;
use crate::knowledge::providers::{self, Provider};
use crate::rules::domain::Domain;
use crate::spf::{DomainSpec, Mechanism, Modifier, Node, Qualifier, SpfResult, TermKind};

/// The providers of a domain, each once, in the order of the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hosting {
    /// Whose mail exchangers the domain has.
    pub mailboxes: Vec<&'static Provider>,
    /// Whom SPF permits, who keeps a key, and whom the configuration names.
    pub senders: Vec<&'static Provider>,
}

impl Hosting {
    /// Reads the records.
    pub fn of(domain: &Domain<'_>) -> Self {
        let facts = domain.facts;
        let mut found = Self::default();
        for (_, host) in facts.mx.list().iter().filter(|(_, host)| !host.is_root()) {
            push(&mut found.mailboxes, providers::by_mx(host));
        }
        match facts.spf.as_ref().filter(|_| domain.the_spf().is_some()) {
            Some(tree) => included(domain, &tree.root, &mut found.senders),
            // Receivers use none of several records, but each of them was meant.
            None => {
                let terms = domain.spf.records.iter().flat_map(|spf| &spf.parsed.record.terms);
                let specs = terms.filter_map(|term| permitted(&term.kind));
                specs.for_each(|spec| push(&mut found.senders, providers::by_spf_include(spec.as_str())));
            }
        }
        for target in facts.dkim.selectors.iter().filter_map(|selector| selector.alias.as_ref()) {
            push(&mut found.senders, providers::by_dkim_target(target));
        }
        for id in facts.wishes.config.iter().flat_map(|config| &config.providers) {
            push(&mut found.senders, providers::by_id(id));
        }
        found
    }

    /// All of them, mailboxes first.
    pub fn all(&self) -> impl Iterator<Item = &'static Provider> + '_ {
        let senders = self.senders.iter().filter(|sender| !self.mailboxes.contains(sender));
        self.mailboxes.iter().chain(senders).copied()
    }

    /// Who is to switch DKIM on: the one that keeps the mailboxes, where it is known how it has keys published.
    pub fn signer(&self) -> Option<&'static Provider> {
        self.all().find(|provider| !provider.dkim_selectors.is_empty() || provider.docs.is_some())
    }
}

/// Whose server an address is, as far as the domain's exchangers and includes tell.
pub fn provider_of(domain: &Domain<'_>, address: IpAddr) -> Option<&'static Provider> {
    let facts = domain.facts;
    let exchanger = facts.mx_hosts.iter().find(|host| host.addresses().any(|a| a == address));
    if let Some(provider) = exchanger.and_then(|host| providers::by_mx(&host.host)) {
        return Some(provider);
    }
    let root = &facts.spf.as_ref()?.root;
    let parsed = root.parsed.as_ref()?;
    root.terms.iter().filter(|drawn| drawn.reached).find_map(|drawn| {
        let provider = providers::by_spf_include(permitted(&parsed.record.terms.get(drawn.index)?.kind)?.as_str())?;
        let coverage = drawn.child.as_ref()?.coverage(address)?;
        (coverage.result == SpfResult::Pass).then_some(provider)
    })
}

fn push(list: &mut Vec<&'static Provider>, provider: Option<&'static Provider>) {
    list.extend(provider.filter(|provider| !list.contains(provider)));
}

/// Whose record decides too.
fn permitted(kind: &TermKind) -> Option<&DomainSpec> {
    match kind {
        TermKind::Directive(Qualifier::Pass, Mechanism::Include(spec)) => Some(spec),
        TermKind::Modifier(Modifier::Redirect(spec)) => Some(spec),
        _ => None,
    }
}

/// The providers that a record lets pass, also through records that the domain's owner keeps for this.
fn included(domain: &Domain<'_>, node: &Node, list: &mut Vec<&'static Provider>) {
    let Some(parsed) = &node.parsed else { return };
    let ours = |name: &Name| domain.facts.registrable.as_ref().is_some_and(|own| name.is_within(own));
    for drawn in node.terms.iter().filter(|term| term.reached) {
        let kind = parsed.record.terms.get(drawn.index).map(|term| &term.kind);
        let Some(spec) = kind.and_then(permitted) else { continue };
        match (providers::by_spf_include(spec.as_str()), drawn.child.as_deref()) {
            (None, Some(child)) if ours(&child.domain) => included(domain, child, list),
            (provider, _) => push(list, provider),
        }
    }
}
