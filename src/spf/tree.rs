//! Everything that a domain's record leads to, without a client: the tree of its includes and
//! redirects, what they cost, and the addresses that they permit.
//!
//! The tree does not stop where receivers do: it is drawn past the tenth lookup, so that one can
//! see which branch to cut.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};

use super::evaluate::Reach;
use super::gather::{Gather, MAX_EXCHANGERS, expand};
use super::parse::Parsed;
use super::record::{DualCidr, Mechanism, Modifier, Qualifier, TermKind};
use crate::dns::{DnsError, Name, RecordType, Resolver, Unavailable};

/// How far a tree goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Names whose records are read.
    pub names: usize,
    /// How many records may lie between the first and the last one of a branch; at most 64.
    pub depth: usize,
    /// Questions altogether.
    pub questions: usize,
    /// Nodes, repeated ones included.
    pub nodes: usize,
    /// Terms, those of repeated nodes included.
    pub terms: usize,
    /// Addresses that the terms list, altogether.
    pub addresses: usize,
}

/// Nodes from which on a record that was drawn before is not drawn again.
const DRAWN_IN_FULL: usize = 100;

/// Addresses of one `a` or `mx` term at most.
const TERM_ADDRESSES: usize = 1000;

impl Default for Bounds {
    fn default() -> Self {
        Self { names: 100, depth: 32, questions: 500, nodes: 1000, terms: 10_000, addresses: 10_000 }
    }
}

/// The tree of a domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The domain.
    pub domain: Name,
    /// Its record and all that it leads to.
    pub root: Node,
    /// Terms that ask the DNS, over the whole tree (RFC 7208 §4.6.4).
    pub dns_lookups: u32,
    /// Questions that lead to nothing, over the whole tree.
    pub void_lookups: u32,
    /// The `all` that ends the record, with its qualifier; that of the `redirect` target where
    /// that decides.
    pub all: Option<String>,
    /// What the record permits.
    pub addresses: Addresses,
    /// The single addresses that it names, those of the domain's own record first.
    pub hosts: Vec<SpfHost>,
    /// A bound was reached; the tree is longer than shown, and the counts are least values.
    pub truncated: bool,
}

/// A sum of addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Addresses {
    /// IPv4 addresses.
    pub ipv4: u64,
    /// IPv6 networks of 64 bits, begun ones included; `u64::MAX` for all and more.
    pub ipv6_64s: u64,
    /// The networks, joined and in order.
    #[serde(with = "nets")]
    pub prefixes: Vec<IpNet>,
}

/// An address that SPF names as a single one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpfHost {
    /// The address.
    pub address: IpAddr,
    /// The host name that it was found under; `None` for `ip4` and `ip6`.
    pub name: Option<Name>,
    /// Whose record names it.
    pub domain: Name,
    /// It stands in the domain's own record, or where `redirect` leads, not in an include.
    pub direct: bool,
}

/// One record of the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Where the record is.
    pub domain: Name,
    /// The SPF records found there; one is right.
    pub records: Arc<[String]>,
    /// Where the character-strings of the only record begin in it.
    pub starts: Arc<[usize]>,
    /// The only record, read with its faults.
    pub parsed: Option<Arc<Parsed>>,
    /// Why there is no answer.
    pub failure: Option<DnsError>,
    /// The aliases that were followed.
    pub aliases: Arc<[Name]>,
    /// The record is one of those that lead here: a circle. It is not drawn again.
    pub circular: bool,
    /// A bound kept the record from being read or drawn to its end.
    pub cut: bool,
    /// The tree is large, and the record is drawn above already: its terms are not shown again.
    /// The counts are those of the whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
    /// Terms that ask the DNS, here and below.
    pub dns_lookups: u32,
    /// Questions that lead to nothing, here and below.
    pub void_lookups: u32,
    /// The `all` that ends the record, as in [`Tree::all`].
    pub all: Option<String>,
    /// The terms, in the order of the record.
    pub terms: Vec<NodeTerm>,
}

/// One term of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeTerm {
    /// Its index among the terms of the parsed record.
    pub index: usize,
    /// The term as written.
    pub text: String,
    /// Whether evaluation can come to it: `all` ends it, and voids `redirect`.
    pub reached: bool,
    /// What it adds to the lookups itself: 1 or 0.
    pub cost: u32,
    /// The lookups so far, in the order of evaluation, this term and what is below it included.
    pub cumulative: u32,
    /// Its questions that lead to nothing, without those below it.
    pub voids: u32,
    /// What it stands for depends on the message (macros), or cannot be told without a client.
    pub unknown: bool,
    /// The networks that it names; of `all` only where it permits them.
    #[serde(with = "nets")]
    pub addresses: Arc<[IpNet]>,
    /// Where it leads.
    pub target: Option<Target>,
    /// How many mail exchangers an `mx` term has; more than ten are a permerror.
    pub exchangers: Option<usize>,
    /// The hosts that were asked for addresses.
    pub hosts: Arc<[HostAnswer]>,
    /// A lookup of the term failed.
    pub failure: Option<DnsError>,
    /// The record of an `include` or `redirect`.
    pub child: Option<Box<Node>>,
}

/// Where a term leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The name; `None` where macros decide or where it can be none.
    pub name: Option<Name>,
    /// The name does not exist (NXDOMAIN); where macros decide, no name that they can make does.
    pub missing: bool,
    /// The registrable domain above a name that does not exist.
    pub registrable: Option<Name>,
    /// Whether that domain exists; `None` where nobody asked or the answer is open.
    pub registered: Option<bool>,
}

/// The addresses of one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostAnswer {
    /// The host.
    pub name: Name,
    /// Its addresses of both families.
    pub addresses: Vec<IpAddr>,
    /// The failure of one of the two questions; that there is no address is none.
    pub failure: Option<DnsError>,
}

/// Draws the tree of a domain.
///
/// What does not depend on an answer still open is asked at once; so the time taken is that of
/// the longest chain. Every name is asked once for a type.
pub async fn tree(dns: &dyn Resolver, domain: &Name, bounds: Bounds) -> Tree {
    let mut gather = Gather::new(dns, bounds, domain);
    gather.run().await;
    let mut draw = Draw::new(&gather);
    let root = draw.node(domain, &mut Vec::new(), Way { permits: true, direct: true });
    let mut hosts = std::mem::take(&mut draw.hosts);
    hosts.sort_by_key(|h| !h.direct);
    let mut seen = HashSet::new();
    hosts.retain(|h| seen.insert(h.address));
    Tree {
        domain: domain.clone(),
        dns_lookups: draw.lookups,
        void_lookups: draw.voids,
        all: root.all.clone(),
        addresses: sum(&draw.networks),
        hosts,
        truncated: draw.cut,
        root,
    }
}

/// Draws the tree from the answers.
struct Draw<'g, 'a> {
    gather: &'g Gather<'a>,
    lookups: u32,
    voids: u32,
    nodes: usize,
    terms: usize,
    listed: usize,
    /// Records that were drawn to their end, with no circle and no cut below: they come to the same wherever they
    /// are included, for the same kind of way there.
    drawn: HashMap<(Name, Way), Drawn>,
    resolved: HashMap<(Name, bool, DualCidr), Arc<Resolved>>,
    /// What has gone into the sums already.
    summed: HashSet<(Name, bool, DualCidr, bool)>,
    /// Circles and cuts so far.
    open_ends: usize,
    networks: Vec<IpNet>,
    hosts: Vec<SpfHost>,
    cut: bool,
}

/// How evaluation comes to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Way {
    /// A match there makes the whole evaluation pass.
    permits: bool,
    /// Only redirects lead there.
    direct: bool,
}

/// What a record came to.
#[derive(Clone)]
struct Drawn {
    lookups: u32,
    voids: u32,
    all: Option<String>,
}

/// The hosts of an `a` or `mx` term.
struct Resolved {
    addresses: Arc<[IpNet]>,
    hosts: Arc<[HostAnswer]>,
    /// The single addresses, with the hosts that have them.
    single: Vec<(IpAddr, Name)>,
    exchangers: Option<usize>,
    voids: u32,
    failure: Option<DnsError>,
    cut: bool,
}

impl<'g, 'a> Draw<'g, 'a> {
    fn new(gather: &'g Gather<'a>) -> Self {
        Self {
            gather,
            lookups: 0,
            voids: 0,
            nodes: 0,
            terms: 0,
            listed: 0,
            drawn: HashMap::new(),
            resolved: HashMap::new(),
            summed: HashSet::new(),
            open_ends: 0,
            networks: Vec::new(),
            hosts: Vec::new(),
            cut: false,
        }
    }

    /// One record. `path` holds the names that lead here.
    fn node(&mut self, domain: &Name, path: &mut Vec<Name>, way: Way) -> Node {
        let mut node = Node {
            domain: domain.clone(),
            records: Arc::default(),
            starts: Arc::default(),
            parsed: None,
            failure: None,
            aliases: Arc::default(),
            circular: path.contains(domain),
            cut: false,
            repeated: false,
            dns_lookups: 0,
            void_lookups: 0,
            all: None,
            terms: Vec::new(),
        };
        self.nodes += 1;
        if let Err(error) = self.gather.answer(domain, RecordType::Txt) {
            if error == DnsError::Unavailable(Unavailable::Cut) {
                self.cut(&mut node);
            }
            node.failure = Some(error);
            return node;
        }
        let Some(policy) = self.gather.policies.get(domain).cloned() else { return node };
        node.records = policy.records;
        node.aliases = policy.aliases;
        let (Some(parsed), Some(text)) = (policy.parsed, node.records.first()) else { return node };
        node.starts = policy.starts;
        node.parsed = Some(parsed.clone());
        if node.circular {
            self.open_ends += 1;
            return node;
        }
        if self.nodes > DRAWN_IN_FULL
            && let Some(before) = self.drawn.get(&(domain.clone(), way)).cloned()
        {
            node.repeated = true;
            (node.dns_lookups, node.void_lookups, node.all) = (before.lookups, before.voids, before.all);
            self.count(before.lookups, before.voids);
            return node;
        }
        if self.nodes > self.gather.bounds.nodes || path.len() > self.gather.bounds.depth {
            self.cut(&mut node);
            return node;
        }
        let before = (self.lookups, self.voids, self.open_ends);
        path.push(domain.clone());
        let record = &parsed.record;
        let reach = Reach::of(record);
        // Directives in order, then redirect (RFC 7208 §4.6.2, §6.1).
        let (directives, modifiers): (Vec<usize>, Vec<usize>) =
            (0..record.terms.len()).partition(|&i| record.terms.get(i).is_some_and(|t| t.directive().is_some()));
        let mut redirected = None;
        let (mut terms, mut cut) = (Vec::new(), false);
        for index in directives.into_iter().chain(modifiers) {
            let Some(term) = record.terms.get(index) else { continue };
            self.terms += 1;
            if self.terms > self.gather.bounds.terms {
                cut = true;
                break;
            }
            let reached = reach.includes(index, &term.kind);
            let mut drawn = NodeTerm {
                index,
                text: text.get(term.span.clone()).unwrap_or_default().to_owned(),
                reached,
                cost: u32::from(reached && term.asks_dns()),
                cumulative: 0,
                voids: 0,
                unknown: false,
                addresses: Arc::default(),
                target: None,
                exchangers: None,
                hosts: Arc::default(),
                failure: None,
                child: None,
            };
            self.count(drawn.cost, 0);
            self.term(&mut drawn, &term.kind, domain, path, Way { permits: way.permits && reached, ..way });
            if let TermKind::Modifier(Modifier::Redirect(_)) = term.kind {
                redirected = drawn.child.as_ref().and_then(|c| c.all.clone());
            }
            drawn.cumulative = self.lookups;
            terms.push(drawn);
        }
        path.pop();
        if cut {
            self.cut(&mut node);
        }
        terms.sort_by_key(|t| t.index);
        node.terms = terms;
        node.dns_lookups = self.lookups - before.0;
        node.void_lookups = self.voids - before.1;
        node.all = record.all().map(|(_, q)| format!("{}all", q.as_char())).or(redirected);
        if self.open_ends == before.2 {
            let drawn = Drawn { lookups: node.dns_lookups, voids: node.void_lookups, all: node.all.clone() };
            self.drawn.insert((domain.clone(), way), drawn);
        }
        node
    }

    fn cut(&mut self, node: &mut Node) {
        node.cut = true;
        self.cut = true;
        self.open_ends += 1;
    }

    fn count(&mut self, lookups: u32, voids: u32) {
        // Records that repeat each other come to astronomical numbers.
        self.cut |= self.lookups.checked_add(lookups).is_none() || self.voids.checked_add(voids).is_none();
        self.lookups = self.lookups.saturating_add(lookups);
        self.voids = self.voids.saturating_add(voids);
    }

    /// What one term leads to.
    fn term(&mut self, drawn: &mut NodeTerm, kind: &TermKind, domain: &Name, path: &mut Vec<Name>, way: Way) {
        let (qualifier, spec, mechanism) = match kind {
            TermKind::Directive(qualifier, mechanism) => (*qualifier, mechanism.domain_spec(), Some(mechanism)),
            TermKind::Modifier(Modifier::Redirect(spec)) => (Qualifier::Pass, Some(spec), None),
            TermKind::Modifier(_) => return,
        };
        let permits = way.permits && qualifier == Qualifier::Pass;
        let target = match spec {
            Some(spec) => expand(spec, domain, self.gather.root),
            None => Some(domain.clone()),
        };
        if let Some(spec) = spec {
            drawn.unknown = target.is_none() && !spec.is_invalid();
            drawn.target = Some(match &target {
                None if drawn.unknown => self.gather.macro_target(spec),
                _ => self.gather.target(target.clone()),
            });
        }
        // Behind an "all" nothing is evaluated, so nothing was asked either.
        if !drawn.reached && mechanism.is_none_or(Mechanism::asks_dns) {
            return;
        }
        let way = Way { permits, direct: way.direct };
        match (mechanism, target) {
            (Some(Mechanism::Ip4(address, length)), _) => {
                let net = Ipv4Net::new(*address, *length).map(|n| IpNet::V4(n.trunc()));
                self.named(drawn, net.ok(), domain, way);
            }
            (Some(Mechanism::Ip6(address, length)), _) => {
                let net = Ipv6Net::new(*address, *length).map(|n| IpNet::V6(n.trunc()));
                self.named(drawn, net.ok(), domain, way);
            }
            (Some(Mechanism::All), _) if qualifier != Qualifier::Pass => {}
            (Some(Mechanism::All), _) => {
                let all = [IpNet::V4(Ipv4Net::default()), IpNet::V6(Ipv6Net::default())];
                self.named(drawn, all, domain, way);
            }
            (Some(Mechanism::Ptr(_)), _) => drawn.unknown = true,
            (_, None) => {}
            (Some(Mechanism::Include(_)) | None, Some(target)) => {
                if self.gather.answer(&target, RecordType::Txt).is_err_and(|e| e.is_absent()) {
                    drawn.voids = 1;
                    self.count(0, 1);
                }
                let child = self.node(&target, path, Way { permits, direct: way.direct && mechanism.is_none() });
                drawn.failure = child.failure.clone().filter(|e| !e.is_absent());
                drawn.child = Some(Box::new(child));
            }
            (Some(Mechanism::A(_, cidr)), Some(target)) => self.found(drawn, target, false, *cidr, domain, way),
            (Some(Mechanism::Mx(_, cidr)), Some(target)) => self.found(drawn, target, true, *cidr, domain, way),
            (Some(Mechanism::Exists(_)), Some(target)) => match self.gather.answer(&target, RecordType::A) {
                Ok(_) => {}
                Err(error) if error.is_absent() => {
                    drawn.voids = 1;
                    self.count(0, 1);
                }
                Err(error) => {
                    self.cut |= error == DnsError::Unavailable(Unavailable::Cut);
                    drawn.failure = Some(error);
                }
            },
        }
    }

    /// Networks that the term itself names.
    fn named(&mut self, drawn: &mut NodeTerm, nets: impl IntoIterator<Item = IpNet>, domain: &Name, way: Way) {
        drawn.addresses = nets.into_iter().collect();
        if way.permits {
            self.networks.extend_from_slice(&drawn.addresses);
            for net in drawn.addresses.iter().filter(|net| net.prefix_len() == net.max_prefix_len()) {
                let domain = domain.clone();
                self.hosts.push(SpfHost { address: net.addr(), name: None, domain, direct: way.direct });
            }
        }
    }

    /// The networks of an `a` or `mx` term; those of one name and prefix length are put together once.
    fn found(&mut self, drawn: &mut NodeTerm, target: Name, mx: bool, cidr: DualCidr, domain: &Name, way: Way) {
        let key = (target.clone(), mx, cidr);
        let found = match self.resolved.get(&key) {
            Some(found) => found.clone(),
            None => {
                let found = Arc::new(self.resolve(&target, mx, cidr));
                self.resolved.insert(key, found.clone());
                found
            }
        };
        self.cut |= found.cut;
        self.count(0, found.voids);
        drawn.voids = found.voids;
        drawn.failure = found.failure.clone();
        drawn.exchangers = found.exchangers;
        self.listed += found.addresses.len();
        if self.listed <= self.gather.bounds.addresses || found.addresses.is_empty() {
            drawn.addresses = found.addresses.clone();
            drawn.hosts = found.hosts.clone();
        } else {
            self.cut = true;
        }
        if way.permits && self.summed.insert((target, mx, cidr, way.direct)) {
            self.networks.extend_from_slice(&found.addresses);
            self.hosts.extend(found.single.iter().map(|(address, name)| SpfHost {
                address: *address,
                name: Some(name.clone()),
                domain: domain.clone(),
                direct: way.direct,
            }));
        }
    }

    /// The addresses of the hosts of an `a` or `mx` term. A host is void where it has neither
    /// IPv4 nor IPv6 addresses: then every client's question leads to nothing.
    fn resolve(&self, target: &Name, mx: bool, cidr: DualCidr) -> Resolved {
        let (mut voids, mut failure, mut cut) = (0, None, false);
        let (mut exchangers, mut names) = (None, vec![target.clone()]);
        if mx {
            names.clear();
            match self.gather.answer(target, RecordType::Mx) {
                Ok(answer) => {
                    exchangers = Some(answer.exchanges().count());
                    let first = answer.exchanges().take(MAX_EXCHANGERS).map(|(_, exchange)| exchange);
                    names.extend(first.filter(|e| !e.is_root()).cloned());
                }
                Err(error) if error.is_absent() => voids = 1,
                Err(error) => {
                    cut = error == DnsError::Unavailable(Unavailable::Cut);
                    failure = Some(error);
                }
            }
        }
        let (mut addresses, mut single, mut hosts) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let mut host = HostAnswer { name, addresses: Vec::new(), failure: None };
            for rtype in [RecordType::A, RecordType::Aaaa] {
                match self.gather.answer(&host.name, rtype) {
                    Ok(answer) => {
                        let room = TERM_ADDRESSES.saturating_sub(addresses.len() + host.addresses.len());
                        cut |= answer.addresses().nth(room).is_some();
                        host.addresses.extend(answer.addresses().take(room));
                    }
                    Err(error) if error.is_absent() => {}
                    Err(error) => {
                        cut |= error == DnsError::Unavailable(Unavailable::Cut);
                        host.failure = Some(error);
                    }
                }
            }
            if host.addresses.is_empty() && host.failure.is_none() && addresses.len() < TERM_ADDRESSES {
                voids += 1;
            }
            for address in &host.addresses {
                let length = if address.is_ipv4() { cidr.v4 } else { cidr.v6 };
                let Ok(net) = IpNet::new(*address, length) else { continue };
                if net.prefix_len() == net.max_prefix_len() {
                    single.push((*address, host.name.clone()));
                }
                addresses.push(net.trunc());
            }
            failure = failure.or_else(|| host.failure.clone());
            hosts.push(host);
        }
        addresses.dedup();
        Resolved { addresses: addresses.into(), hosts: hosts.into(), single, exchangers, voids, failure, cut }
    }
}

/// Joins networks and counts what they hold.
fn sum(networks: &Vec<IpNet>) -> Addresses {
    let prefixes = IpNet::aggregate(networks);
    let ipv4 =
        prefixes.iter().filter(|n| matches!(n, IpNet::V4(_))).map(|n| 1_u64 << (32 - n.prefix_len().min(32))).sum();
    let begun: Vec<Ipv6Net> = prefixes
        .iter()
        .filter_map(|n| match n {
            IpNet::V6(n) if n.prefix_len() > 64 => Ipv6Net::new(n.addr(), 64).ok().map(|n| n.trunc()),
            IpNet::V6(n) => Some(*n),
            IpNet::V4(_) => None,
        })
        .collect();
    let ipv6_64s = Ipv6Net::aggregate(&begun).iter().fold(0_u64, |sum, n| {
        sum.saturating_add(1_u64.checked_shl(64 - u32::from(n.prefix_len())).unwrap_or(u64::MAX))
    });
    Addresses { ipv4, ipv6_64s, prefixes }
}

/// Networks as text.
mod nets {
    use ipnet::IpNet;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(nets: &[IpNet], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(nets.iter().map(IpNet::to_string))
    }

    pub fn deserialize<'de, D: Deserializer<'de>, C: FromIterator<IpNet>>(deserializer: D) -> Result<C, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|t| t.parse().map_err(serde::de::Error::custom)).collect()
    }
}
