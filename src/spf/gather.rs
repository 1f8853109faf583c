//! The questions of a tree, and their answers.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

use super::evaluate::Reach;
use super::macros::{Context, Letter, Part, to_name};
use super::parse::{Parsed, is_spf, parse};
use super::record::{DomainSpec, Mechanism, Modifier, TermKind};
use super::tree::{Bounds, Target};
use crate::dns::{Answer, DnsError, Lookup, Name, RecordType, Resolver, Unavailable};

/// The most exchangers of an `mx` term whose addresses are asked for; an eleventh is a permerror.
pub(super) const MAX_EXCHANGERS: usize = 10;

type Key = (Name, RecordType);

/// The SPF records of one name; whoever draws them shares them.
#[derive(Clone)]
pub(super) struct Policy {
    pub(super) records: Arc<[String]>,
    /// Where the character-strings of the only record begin.
    pub(super) starts: Arc<[usize]>,
    pub(super) parsed: Option<Arc<Parsed>>,
    pub(super) aliases: Arc<[Name]>,
}

/// Asks all questions of a tree.
pub(super) struct Gather<'a> {
    dns: &'a dyn Resolver,
    pub(super) bounds: Bounds,
    pub(super) root: &'a Name,
    answers: HashMap<Key, Lookup>,
    pub(super) policies: HashMap<Name, Policy>,
    asked: HashSet<Key>,
    names: usize,
    /// Terms that were looked at.
    terms: usize,
    depths: HashMap<Name, usize>,
    targets: HashSet<Name>,
    open: FuturesUnordered<BoxFuture<'a, (Key, Lookup)>>,
}

impl<'a> Gather<'a> {
    pub(super) fn new(dns: &'a dyn Resolver, bounds: Bounds, root: &'a Name) -> Self {
        let bounds = Bounds { depth: bounds.depth.min(64), ..bounds };
        Self {
            dns,
            bounds,
            root,
            answers: HashMap::new(),
            policies: HashMap::new(),
            asked: HashSet::new(),
            names: 0,
            terms: 0,
            depths: HashMap::new(),
            targets: HashSet::new(),
            open: FuturesUnordered::new(),
        }
    }

    pub(super) async fn run(&mut self) {
        self.ask_policy(self.root.clone(), 0);
        while let Some((key, lookup)) = self.open.next().await {
            if lookup == Err(DnsError::NxDomain) && self.targets.contains(&key.0) {
                self.ask_registrable(&key.0);
            }
            match (&lookup, key.1) {
                (Ok(answer), RecordType::Txt) => self.read(&key.0, answer),
                (Ok(answer), RecordType::Mx) => {
                    for (_, exchange) in answer.exchanges().take(MAX_EXCHANGERS).filter(|(_, e)| !e.is_root()) {
                        self.ask_addresses(exchange);
                    }
                }
                _ => {}
            }
            self.answers.insert(key, lookup);
        }
    }

    fn ask(&mut self, name: &Name, rtype: RecordType) {
        let key = (name.clone(), rtype);
        // What is not asked has no answer, and counts as cut.
        if self.asked.len() >= self.bounds.questions || !self.asked.insert(key.clone()) {
            return;
        }
        let dns = self.dns;
        self.open.push(Box::pin(async move {
            let lookup = dns.lookup(&key.0, key.1).await;
            (key, lookup)
        }));
    }

    fn ask_policy(&mut self, name: Name, depth: usize) {
        if depth > self.bounds.depth || self.asked.contains(&(name.clone(), RecordType::Txt)) {
            return;
        }
        if self.names >= self.bounds.names {
            return;
        }
        self.names += 1;
        self.ask(&name, RecordType::Txt);
        self.depths.insert(name, depth);
    }

    fn ask_addresses(&mut self, name: &Name) {
        self.ask(name, RecordType::A);
        self.ask(name, RecordType::Aaaa);
    }

    fn ask_registrable(&mut self, name: &Name) {
        if let Some(registrable) = name.registrable()
            && registrable != *name
        {
            self.ask(&registrable, RecordType::Ns);
        }
    }

    fn read(&mut self, name: &Name, answer: &Answer) {
        let mut records: Vec<(String, Vec<usize>)> = Vec::new();
        for text in answer.texts() {
            let joined = text.joined();
            if is_spf(&joined.text) {
                records.push((joined.text, joined.starts));
            }
        }
        let (parsed, starts) = match records.as_mut_slice() {
            [(text, starts)] => (Some(Arc::new(parse(text))), std::mem::take(starts)),
            _ => (None, Vec::new()),
        };
        let depth = self.depths.get(name).copied().unwrap_or(0);
        let record = parsed.as_ref().map(|p| &p.record);
        let reach = record.map(Reach::of);
        let left = self.bounds.terms.saturating_sub(self.terms);
        for (index, term) in record.iter().flat_map(|record| record.terms.iter().enumerate()).take(left) {
            self.terms += 1;
            // What evaluation never comes to is not drawn, and so not asked.
            if !reach.is_some_and(|reach| reach.includes(index, &term.kind)) {
                continue;
            }
            let spec = term.domain_spec();
            let target = match spec {
                Some(spec) => expand(spec, name, self.root),
                None => Some(name.clone()),
            };
            let Some(target) = target else {
                // Whatever the macros say, this domain is asked.
                if let Some(domain) = spec.and_then(literal_domain).filter(|domain| !self.root.is_within(domain)) {
                    self.ask(&domain, RecordType::Ns);
                }
                continue;
            };
            if spec.is_some() {
                self.targets.insert(target.clone());
            }
            match &term.kind {
                TermKind::Directive(_, Mechanism::Include(_)) | TermKind::Modifier(Modifier::Redirect(_)) => {
                    self.ask_policy(target.clone(), depth + 1);
                }
                TermKind::Directive(_, Mechanism::A(..)) => self.ask_addresses(&target),
                TermKind::Directive(_, Mechanism::Mx(..)) => self.ask(&target, RecordType::Mx),
                TermKind::Directive(_, Mechanism::Exists(_)) => self.ask(&target, RecordType::A),
                _ => continue,
            }
            // The name may have been found missing before it became a target.
            let known = [RecordType::Txt, RecordType::A, RecordType::Aaaa, RecordType::Mx];
            if known.iter().any(|t| self.answers.get(&(target.clone(), *t)) == Some(&Err(DnsError::NxDomain))) {
                self.ask_registrable(&target);
            }
        }
        let records = records.into_iter().map(|(text, _)| text).collect();
        let policy = Policy { records, starts: starts.into(), parsed, aliases: answer.aliases.as_slice().into() };
        self.policies.insert(name.clone(), policy);
    }

    pub(super) fn answer(&self, name: &Name, rtype: RecordType) -> Lookup {
        let cut = || Err(DnsError::Unavailable(Unavailable::Cut));
        self.answers.get(&(name.clone(), rtype)).cloned().unwrap_or_else(cut)
    }

    /// Where a term leads whose macros the message decides: what is known of the domain at its end.
    pub(super) fn macro_target(&self, spec: &DomainSpec) -> Target {
        let registrable = literal_domain(spec);
        let registered = registrable.as_ref().and_then(|domain| match self.answer(domain, RecordType::Ns) {
            Ok(_) | Err(DnsError::NoData) => Some(true),
            Err(DnsError::NxDomain) => Some(false),
            Err(_) => None,
        });
        let missing = registered == Some(false);
        Target { name: None, missing, registrable: registrable.filter(|_| missing), registered }
    }

    pub(super) fn target(&self, name: Option<Name>) -> Target {
        let known = [RecordType::Txt, RecordType::A, RecordType::Aaaa, RecordType::Mx];
        let missing = name.as_ref().is_some_and(|name| {
            known.iter().any(|t| self.answers.get(&(name.clone(), *t)) == Some(&Err(DnsError::NxDomain)))
        });
        let registrable = name.as_ref().filter(|_| missing).and_then(Name::registrable);
        let registered = match (&registrable, &name) {
            (Some(registrable), Some(name)) if registrable == name => Some(false),
            (Some(registrable), _) => match self.answer(registrable, RecordType::Ns) {
                Ok(_) | Err(DnsError::NoData) => Some(true),
                Err(DnsError::NxDomain) => Some(false),
                Err(_) => None,
            },
            (None, _) => None,
        };
        Target { name, missing, registrable, registered }
    }
}

/// The registrable domain that a domain-spec ends in, where no macro has a part in it.
fn literal_domain(spec: &DomainSpec) -> Option<Name> {
    let text = spec.macro_string();
    let Some(Part::Literal(range)) = text.parts().last() else { return None };
    // The first label may belong to the macro before it.
    let (_, tail) = text.as_str().get(range.clone())?.split_once('.')?;
    to_name(tail)?.registrable()
}

/// The name of a domain-spec, where it does not depend on the client or the message. The sender's
/// domain is the one whose tree is drawn.
pub(super) fn expand(spec: &DomainSpec, domain: &Name, root: &Name) -> Option<Name> {
    if let Some(name) = spec.name() {
        return Some(name.clone());
    }
    let text = spec.macro_string();
    if spec.is_invalid() || text.macros().any(|m| !matches!(m.letter, Letter::Domain | Letter::SenderDomain)) {
        return None;
    }
    to_name(&text.expand_name(&Context {
        local: "",
        sender_domain: root.as_str(),
        domain: domain.as_str(),
        ip: IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
        helo: "",
        validated: "",
        receiver: "",
        now: 0,
    }))
}
