//! `check_host()` (RFC 7208 §4).

use std::net::IpAddr;
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _};

use super::cache::{Policy, PolicyCache};
use super::macros::{Context, Letter, MacroString, Place, to_name};
use super::outcome::{Identity, Outcome, Reason, SpfResult, TermResult, TraceEntry};
use super::record::{DomainSpec, Mechanism, Modifier, Term, TermKind};
use crate::dns::{Answer, DnsError, Lookup, Name, RecordType, Resolver};

/// What a check is about.
#[derive(Debug, Clone, Copy)]
pub struct Params<'a> {
    /// The client. An IPv4-mapped address counts as IPv4 (RFC 7208 §5).
    pub ip: IpAddr,
    /// The greeting name, as it was given.
    pub helo: Option<&'a str>,
    /// The envelope sender; `None`, the empty text and `<>` are the null sender, for which the
    /// greeting name is checked (RFC 7208 §2.4).
    pub sender: Option<&'a str>,
    /// The host that checks, for the macro `r`.
    pub receiver: Option<&'a str>,
    /// Seconds since 1970, for the macro `t`.
    pub now: u64,
    /// The limits.
    pub limits: Limits,
}

impl<'a> Params<'a> {
    /// A check of the envelope sender, within the limits of RFC 7208.
    pub fn new(ip: IpAddr, helo: Option<&'a str>, sender: Option<&'a str>) -> Self {
        Self { ip, helo, sender, receiver: None, now: 0, limits: Limits::default() }
    }
}

/// The limits of RFC 7208 §4.6.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Terms that ask the DNS: 10.
    pub lookups: u32,
    /// Questions without answer: 2.
    pub voids: u32,
    /// Mail exchangers of one `mx` term: 10.
    pub exchangers: usize,
    /// Names of the client that are looked at: 10.
    pub pointers: usize,
    /// Questions of one check altogether. The limits above allow for 134.
    pub questions: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lookups: 10, voids: 2, exchangers: 10, pointers: 10, questions: 150 }
    }
}

/// The longest sender or greeting name that is looked at; RFC 5321 §4.5.3.1 allows for 320.
const MAX_IDENTITY: usize = 1024;

/// How deep records may refer to each other, whatever the limits say.
const MAX_DEPTH: u32 = 64;

/// Evaluates, and keeps parsed records between checks. To be shared by all checks of a run.
#[derive(Debug, Default)]
pub struct Evaluator {
    cache: PolicyCache,
}

impl Evaluator {
    /// An evaluator that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Evaluates SPF for one client and one identity (RFC 7208 §4).
    ///
    /// Questions are asked one after the other, in the order of the terms, and only as long as
    /// the result is open.
    pub async fn check_host(&self, dns: &dyn Resolver, params: &Params<'_>) -> Outcome {
        let (identity, sender) = match params.sender {
            None | Some("" | "<>") => (Identity::Helo, params.helo.unwrap_or_default()),
            Some(sender) => (Identity::Mailfrom, sender),
        };
        // RFC 7208 §4.3: without a local-part it is "postmaster".
        let (local, domain) = match (identity, sender.rsplit_once('@')) {
            (Identity::Mailfrom, Some(("", domain))) => ("postmaster", domain),
            (Identity::Mailfrom, Some((local, domain))) => (local, domain),
            _ => ("postmaster", sender),
        };
        let name = usable_domain(domain).filter(|_| sender.len() <= MAX_IDENTITY);
        let bare = domain.strip_suffix('.').unwrap_or(domain);
        let sender_domain = match &name {
            // RFC 8616 §4: U-labels become A-labels before macros see them.
            Some(name) if !bare.is_ascii() => name.as_str().to_owned(),
            _ => bare.chars().take(MAX_IDENTITY).collect(),
        };
        let mut outcome = Outcome {
            result: SpfResult::None,
            explanation: None,
            mechanism: None,
            reason: Some(Reason::NoDomain),
            dns_lookups: 0,
            void_lookups: 0,
            trace: Vec::new(),
            identity,
            domain: name.clone(),
            sender: format!("{}@{sender_domain}", local.chars().take(MAX_IDENTITY).collect::<String>()),
        };
        let Some(name) = name else { return outcome };
        let mut check = Check {
            evaluator: self,
            dns,
            limits: params.limits,
            ip: params.ip.to_canonical(),
            local,
            sender_domain: &sender_domain,
            helo: params.helo.filter(|h| h.len() <= MAX_IDENTITY).unwrap_or("unknown"),
            receiver: params.receiver.unwrap_or("unknown"),
            now: params.now,
            lookups: 0,
            voids: 0,
            questions: 0,
            pointers: None,
        };
        let verdict = check.evaluate(name, 0, &mut outcome.trace).await;
        if let Some((spec, domain)) = &verdict.explanation
            && verdict.result == SpfResult::Fail
        {
            outcome.explanation = check.explain(spec, domain).await;
        }
        outcome.result = verdict.result;
        outcome.mechanism = verdict.mechanism;
        outcome.reason = verdict.reason;
        outcome.dns_lookups = check.lookups;
        outcome.void_lookups = check.voids;
        outcome
    }
}

/// Evaluates SPF once; see [`Evaluator::check_host`].
pub async fn check_host(dns: &dyn Resolver, params: &Params<'_>) -> Outcome {
    Evaluator::new().check_host(dns, params).await
}

/// The domain of an address, or the domain itself, where it is one that can be checked
/// (RFC 7208 §4.3): more than one label, no address literal.
pub fn sender_domain(identity: &str) -> Option<Name> {
    usable_domain(identity.rsplit_once('@').map_or(identity, |(_, domain)| domain))
}

/// The domain of an identity, where it is one that can be checked (RFC 7208 §4.3).
fn usable_domain(text: &str) -> Option<Name> {
    // Neither address literals nor what no mail domain holds: it is refused, never cut to fit.
    let foreign = |c: char| c.is_control() || c.is_whitespace() || "\"()<>,;:[]@\\".contains(c);
    if text.len() > MAX_IDENTITY || text.contains(foreign) {
        return None;
    }
    let name = if text.is_ascii() { to_name(text)? } else { Name::parse(text).ok()? };
    let last = name.labels().last()?;
    let numeric = last.bytes().all(|b| b.is_ascii_digit());
    (name.label_count() > 1 && !numeric).then_some(name)
}

/// How one record ended.
struct Verdict {
    result: SpfResult,
    mechanism: Option<String>,
    reason: Option<Reason>,
    explanation: Option<(DomainSpec, Name)>,
}

impl Verdict {
    fn of(result: SpfResult, reason: Reason) -> Self {
        Self { result, mechanism: None, reason: Some(reason), explanation: None }
    }
}

/// What ends an evaluation at once.
struct Stop {
    result: SpfResult,
    reason: Reason,
}

impl Stop {
    fn permanent(reason: Reason) -> Self {
        Self { result: SpfResult::Permerror, reason }
    }
}

/// One evaluation with its counters, which all records of it share (RFC 7208 §4.6.4).
struct Check<'a> {
    evaluator: &'a Evaluator,
    dns: &'a dyn Resolver,
    limits: Limits,
    ip: IpAddr,
    local: &'a str,
    sender_domain: &'a str,
    helo: &'a str,
    receiver: &'a str,
    now: u64,
    lookups: u32,
    voids: u32,
    questions: u32,
    /// The validated names of the client, once they were asked for.
    pointers: Option<Vec<Name>>,
}

impl Check<'_> {
    /// One record and what it refers to.
    fn evaluate<'s>(&'s mut self, domain: Name, depth: u32, trace: &'s mut Vec<TraceEntry>) -> BoxFuture<'s, Verdict> {
        async move {
            match self.record(&domain, depth, trace).await {
                Ok(verdict) => verdict,
                Err(stop) => Verdict::of(stop.result, stop.reason),
            }
        }
        .boxed()
    }

    async fn record(&mut self, domain: &Name, depth: u32, trace: &mut Vec<TraceEntry>) -> Result<Verdict, Stop> {
        let first = depth == 0;
        let answer = match self.ask(domain, RecordType::Txt).await? {
            Ok(answer) => answer,
            // RFC 7208 §4.5: no record is none; the first lookup is made for no term.
            Err(error) if error.is_absent() => {
                if !first {
                    self.count_void()?;
                }
                let domain = domain.clone();
                return Ok(Verdict::of(
                    SpfResult::None,
                    if error == DnsError::NxDomain {
                        Reason::DomainMissing { domain }
                    } else {
                        Reason::NoRecord { domain }
                    },
                ));
            }
            // RFC 7208 §4.4: any other error is a temperror.
            Err(error) => return Err(temporary(domain, RecordType::Txt, error)),
        };
        let policy = self.evaluator.cache.get(domain, &answer);
        let (text, parsed) = match &*policy {
            Policy::None => return Ok(Verdict::of(SpfResult::None, Reason::NoRecord { domain: domain.clone() })),
            Policy::Several(count) => {
                return Err(Stop::permanent(Reason::MultipleRecords { domain: domain.clone(), count: *count }));
            }
            Policy::Record { text, parsed } => (text.as_str(), parsed),
        };
        // RFC 7208 §4.6: the whole record is checked before anything is evaluated.
        if let Some(fault) = parsed.errors.first() {
            return Err(Stop::permanent(Reason::Syntax {
                domain: domain.clone(),
                text: text.get(fault.span.clone()).unwrap_or_default().chars().take(100).collect(),
                fault: fault.kind.clone(),
            }));
        }
        let record = &parsed.record;
        let source = |term: &Term| text.get(term.span.clone()).unwrap_or_default().to_owned();
        for (term, qualifier, mechanism) in record.directives() {
            let before = self.lookups;
            let mut children = Vec::new();
            let matched = self.mechanism(mechanism, domain, depth, &mut children).await;
            let result = match &matched {
                Ok(true) => qualifier.result().into(),
                Ok(false) => TermResult::NoMatch,
                Err(stop) => stop.result.into(),
            };
            let lookups = self.lookups - before;
            trace.push(TraceEntry { domain: domain.clone(), term: source(term), result, lookups, children });
            if matched? {
                let explanation = record.exp().map(|(_, spec)| (spec.clone(), domain.clone()));
                return Ok(Verdict {
                    result: qualifier.result(),
                    mechanism: Some(source(term)),
                    reason: None,
                    explanation,
                });
            }
        }
        // RFC 7208 §6.1: only when nothing has matched; an "all" always has.
        let Some((term, spec)) = record.redirect() else {
            return Ok(Verdict::of(SpfResult::Neutral, Reason::NoMatch));
        };
        let before = self.lookups;
        let mut children = Vec::new();
        let verdict = self.redirect(spec, domain, depth, &mut children).await;
        let result = match &verdict {
            Ok(verdict) => verdict.result.into(),
            Err(stop) => stop.result.into(),
        };
        let lookups = self.lookups - before;
        trace.push(TraceEntry { domain: domain.clone(), term: source(term), result, lookups, children });
        verdict
    }

    async fn redirect(
        &mut self,
        spec: &DomainSpec,
        domain: &Name,
        depth: u32,
        children: &mut Vec<TraceEntry>,
    ) -> Result<Verdict, Stop> {
        self.count_lookup()?;
        if self.is_unmatchable(spec) {
            return Ok(Verdict::of(SpfResult::Neutral, Reason::NoMatch));
        }
        let missing = |target: &str| Reason::RedirectMissing { target: target.chars().take(255).collect() };
        let Some(target) = self.target(Some(spec), domain).await? else {
            return Err(Stop::permanent(missing(spec.as_str())));
        };
        self.descend(depth)?;
        let verdict = self.evaluate(target.clone(), depth + 1, children).await;
        // RFC 7208 §6.1: no record there is a permerror.
        if verdict.result == SpfResult::None {
            return Err(Stop::permanent(missing(target.as_str())));
        }
        Ok(verdict)
    }

    /// Whether a mechanism matches.
    async fn mechanism(
        &mut self,
        mechanism: &Mechanism,
        domain: &Name,
        depth: u32,
        children: &mut Vec<TraceEntry>,
    ) -> Result<bool, Stop> {
        if mechanism.asks_dns() {
            self.count_lookup()?;
            if mechanism.domain_spec().is_some_and(|spec| self.is_unmatchable(spec)) {
                return Ok(false);
            }
        }
        match mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Ip4(network, length) => Ok(within(self.ip, IpAddr::V4(*network), *length)),
            Mechanism::Ip6(network, length) => Ok(within(self.ip, IpAddr::V6(*network), *length)),
            Mechanism::Include(spec) => {
                let missing = |target: &str| Reason::IncludeMissing { target: target.chars().take(255).collect() };
                let Some(target) = self.target(Some(spec), domain).await? else {
                    return Err(Stop::permanent(missing(spec.as_str())));
                };
                self.descend(depth)?;
                let verdict = self.evaluate(target.clone(), depth + 1, children).await;
                // The table of RFC 7208 §5.2.
                match verdict.result {
                    SpfResult::Pass => Ok(true),
                    SpfResult::Fail | SpfResult::Softfail | SpfResult::Neutral => Ok(false),
                    SpfResult::None => Err(Stop::permanent(missing(target.as_str()))),
                    result @ (SpfResult::Temperror | SpfResult::Permerror) => {
                        Err(Stop { result, reason: verdict.reason.unwrap_or(Reason::NoMatch) })
                    }
                }
            }
            Mechanism::A(spec, cidr) => {
                let Some(target) = self.target(spec.as_ref(), domain).await? else { return Ok(false) };
                let length = if self.ip.is_ipv4() { cidr.v4 } else { cidr.v6 };
                self.has_address(&target, length).await
            }
            Mechanism::Mx(spec, cidr) => {
                let Some(target) = self.target(spec.as_ref(), domain).await? else { return Ok(false) };
                let length = if self.ip.is_ipv4() { cidr.v4 } else { cidr.v6 };
                let Some(answer) = self.ask_for_term(&target, RecordType::Mx).await? else { return Ok(false) };
                // RFC 7208 §4.6.4: more than 10 mail exchangers are a permerror.
                let count = answer.exchanges().count();
                if count > self.limits.exchangers {
                    return Err(Stop::permanent(Reason::TooManyMx { domain: target, count }));
                }
                for (_, exchange) in answer.exchanges() {
                    // RFC 7505: the null MX names no host.
                    if !exchange.is_root() && self.has_address(exchange, length).await? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Mechanism::Exists(spec) => {
                let Some(target) = self.target(Some(spec), domain).await? else { return Ok(false) };
                // RFC 7208 §5.7: A, whatever the client's family is.
                Ok(self.ask_for_term(&target, RecordType::A).await?.is_some())
            }
            Mechanism::Ptr(spec) => {
                let Some(target) = self.target(spec.as_ref(), domain).await? else { return Ok(false) };
                self.validate().await?;
                Ok(self.pointers.iter().flatten().any(|name| name.is_within(&target)))
            }
        }
    }

    async fn has_address(&mut self, name: &Name, length: u8) -> Result<bool, Stop> {
        let answer = self.ask_for_term(name, address_type(self.ip)).await?;
        Ok(answer.is_some_and(|a| a.addresses().any(|network| within(self.ip, network, length))))
    }

    /// Asks for a term: nothing there is void, a failure ends it all (RFC 7208 §5).
    async fn ask_for_term(&mut self, name: &Name, rtype: RecordType) -> Result<Option<Arc<Answer>>, Stop> {
        match self.ask(name, rtype).await? {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.is_absent() => self.count_void().map(|()| None),
            Err(error) => Err(temporary(name, rtype, error)),
        }
    }

    async fn ask(&mut self, name: &Name, rtype: RecordType) -> Result<Lookup, Stop> {
        if self.questions >= self.limits.questions {
            return Err(Stop::permanent(Reason::TooManyQuestions { limit: self.limits.questions }));
        }
        self.questions += 1;
        Ok(self.dns.lookup(name, rtype).await)
    }

    /// RFC 7208 §4.6.4: the eleventh term is a permerror.
    fn count_lookup(&mut self) -> Result<(), Stop> {
        if self.lookups >= self.limits.lookups {
            return Err(Stop::permanent(Reason::TooManyLookups { limit: self.limits.lookups }));
        }
        self.lookups += 1;
        Ok(())
    }

    /// RFC 7208 §4.6.4: the third void lookup is a permerror.
    fn count_void(&mut self) -> Result<(), Stop> {
        self.voids += 1;
        if self.voids > self.limits.voids {
            return Err(Stop::permanent(Reason::TooManyVoids { limit: self.limits.voids }));
        }
        Ok(())
    }

    fn descend(&self, depth: u32) -> Result<(), Stop> {
        if depth >= MAX_DEPTH {
            return Err(Stop::permanent(Reason::TooManyLookups { limit: self.limits.lookups }));
        }
        Ok(())
    }

    /// RFC 8616 §4: terms with `s` or `l` match nothing when the local-part is not ASCII.
    fn is_unmatchable(&self, spec: &DomainSpec) -> bool {
        !self.local.is_ascii() && (spec.uses(Letter::Sender) || spec.uses(Letter::Local))
    }

    /// The target-name of a term; `None` where it can be no domain name.
    async fn target(&mut self, spec: Option<&DomainSpec>, domain: &Name) -> Result<Option<Name>, Stop> {
        let Some(spec) = spec else { return Ok(Some(domain.clone())) };
        if let Some(name) = spec.name() {
            return Ok(Some(name.clone()));
        }
        if spec.is_invalid() {
            return Ok(None);
        }
        if spec.uses(Letter::Validated) && self.pointers.is_none() {
            // RFC 7208 §4.6.4: the PTR query of %{p} belongs to the same limit.
            self.count_lookup()?;
            self.validate().await?;
        }
        Ok(to_name(&spec.macro_string().expand_name(&self.context(domain))))
    }

    fn context<'c>(&'c self, domain: &'c Name) -> Context<'c> {
        Context {
            local: self.local,
            sender_domain: self.sender_domain,
            domain: domain.as_str(),
            ip: self.ip,
            helo: self.helo,
            validated: self.validated(domain),
            receiver: self.receiver,
            now: self.now,
        }
    }

    /// `%{p}`: the domain itself, else a name below it, else any (RFC 7208 §7.3).
    fn validated(&self, domain: &Name) -> &str {
        let names = self.pointers.as_deref().unwrap_or_default();
        let chosen = names.iter().find(|n| *n == domain).or_else(|| names.iter().find(|n| n.is_below(domain)));
        chosen.or(names.first()).map_or("unknown", Name::as_str)
    }

    /// Finds the names of the client that lead back to it (RFC 7208 §5.5).
    ///
    /// The names come from whoever runs the client, so what is wrong with them is no fault of the
    /// domain: failures are no match, and names without address are not void.
    async fn validate(&mut self) -> Result<(), Stop> {
        if self.pointers.is_some() {
            return Ok(());
        }
        let mut names: Vec<Name> = Vec::new();
        if let Some(reverse) = reverse_name(self.ip) {
            match self.ask(&reverse, RecordType::Ptr).await? {
                Ok(answer) => {
                    // RFC 7208 §4.6.4: the first ten names, the others are ignored.
                    for name in answer.targets().take(self.limits.pointers) {
                        if names.contains(name) {
                            continue;
                        }
                        let addresses = self.ask(name, address_type(self.ip)).await?;
                        if addresses.is_ok_and(|a| a.addresses().any(|ip| ip.to_canonical() == self.ip)) {
                            names.push(name.clone());
                        }
                    }
                }
                Err(error) if error.is_absent() => {
                    self.pointers = Some(Vec::new());
                    return self.count_void();
                }
                Err(_) => {}
            }
        }
        self.pointers = Some(names);
        Ok(())
    }

    /// The explanation of a fail; whatever is wrong with it, there is none (RFC 7208 §6.2).
    async fn explain(&mut self, spec: &DomainSpec, domain: &Name) -> Option<String> {
        if self.is_unmatchable(spec) {
            return None;
        }
        if spec.uses(Letter::Validated) {
            self.validate_quietly().await;
        }
        let target = match spec.name() {
            Some(name) => name.clone(),
            None if spec.is_invalid() => return None,
            None => to_name(&spec.macro_string().expand_name(&self.context(domain)))?,
        };
        let answer = self.ask(&target, RecordType::Txt).await.ok()?.ok()?;
        let mut texts = answer.texts();
        let (text, None) = (texts.next()?.to_text(), texts.next()) else { return None };
        let text = MacroString::parse(&text, Place::Explanation).ok()?;
        if text.uses(Letter::Validated) {
            self.validate_quietly().await;
        }
        text.expand_text(&self.context(domain))
    }

    /// As [`Check::validate`], for the explanation: nothing counts any more (RFC 7208 §4.6.4).
    async fn validate_quietly(&mut self) {
        let voids = self.voids;
        let _ = self.validate().await;
        self.voids = voids;
    }
}

fn temporary(name: &Name, rtype: RecordType, error: DnsError) -> Stop {
    Stop { result: SpfResult::Temperror, reason: Reason::Dns { name: name.clone(), rtype, error } }
}

fn address_type(ip: IpAddr) -> RecordType {
    if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa }
}

/// Whether an address lies in a network of the same family.
fn within(ip: IpAddr, network: IpAddr, length: u8) -> bool {
    match (ip, network) {
        (IpAddr::V4(ip), IpAddr::V4(network)) => {
            let differ = u32::from(ip) ^ u32::from(network);
            u32::from(length) == 0 || differ.leading_zeros() >= u32::from(length)
        }
        (IpAddr::V6(ip), IpAddr::V6(network)) => {
            let differ = u128::from(ip) ^ u128::from(network);
            u32::from(length) == 0 || differ.leading_zeros() >= u32::from(length)
        }
        _ => false,
    }
}

/// Where the PTR records of an address are.
fn reverse_name(ip: IpAddr) -> Option<Name> {
    let text = match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(ip) => {
            let nibbles = ip.octets().into_iter().rev().flat_map(|o| [o & 15, o >> 4]);
            nibbles.map(|n| format!("{n:x}.")).collect::<String>() + "ip6.arpa"
        }
    };
    Name::parse(&text).ok()
}

/// Whether a term belongs to those that the evaluation of a record can reach.
pub(super) fn is_reached(record: &super::Record, index: usize) -> bool {
    match record.all() {
        None => true,
        Some((all, _)) => match record.terms.get(index).map(|t| &t.kind) {
            Some(TermKind::Modifier(Modifier::Redirect(_))) => false,
            _ => index <= all,
        },
    }
}
