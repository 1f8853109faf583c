//! What a page holds, whatever it is written as. The texts are as strangers wrote them; who
//! writes them out makes them harmless.

use super::words::{arg, failure, reason, say};
use super::{CheckDocument, TreeDocument};
use crate::facts::Fact;
use crate::locales::Catalogue;
use crate::render::Worded;
use crate::rules::domain::Domain;
use crate::spf::{
    Identity, Limits, Mechanism, Modifier, Node, NodeTerm, Outcome, SpfResult, TermKind, TermResult, TraceEntry, Tree,
};

/// How many networks are shown on a page; JSON has them all.
const SHOWN_NETWORKS: usize = 20;

/// How good a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Plain,
    Doubtful,
    Bad,
}

/// A page: the result first, then the way there.
#[derive(Debug)]
pub struct Page {
    pub(super) title: String,
    pub(super) word: Option<String>,
    pub(super) verdict: String,
    pub(super) tone: Tone,
    pub(super) lines: Vec<String>,
    /// A heading, and a stranger's words below it.
    pub(super) quote: Option<(String, String)>,
    pub(super) heading: String,
    pub(super) rows: Vec<Row>,
    /// The lookups of all rows.
    pub(super) lookups: u32,
    pub(super) facts: Vec<(String, String)>,
    pub(super) findings: Vec<Worded>,
}

/// One term, or one record.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) depth: usize,
    /// The lines that connect it to what it belongs to.
    pub(super) branch: String,
    pub(super) label: String,
    pub(super) result: Option<(String, Tone)>,
    /// The lookups that it costs itself.
    pub(super) cost: u32,
    /// The lookups so far, where the term costs one.
    pub(super) count: Option<u32>,
    pub(super) notes: Vec<String>,
    pub(super) tone: Tone,
}

impl Row {
    fn root(label: String) -> Self {
        let (branch, notes) = (String::new(), Vec::new());
        Self { depth: 0, branch, label, result: None, cost: 0, count: None, notes, tone: Tone::Plain }
    }

    /// Whether it is past what receivers evaluate.
    pub(super) fn is_over(&self) -> bool {
        self.count.is_some_and(|count| count > Limits::default().lookups)
    }
}

/// The lines in front of a row that has `more` siblings after it, and those of the rows below it.
fn branch(above: &str, depth: usize, more: bool) -> (String, String) {
    if depth == 0 {
        return (String::new(), String::new());
    }
    let (here, below) = if more { ("├─ ", "│  ") } else { ("└─ ", "   ") };
    (format!("{above}{here}"), format!("{above}{below}"))
}

/// The page of an evaluation.
pub fn check_page(document: &CheckDocument<'_>, outcome: &Outcome, catalogue: &Catalogue) -> Page {
    let subject = if document.domain.is_empty() { document.identity } else { document.domain };
    let id = format!("spf-result-{}", outcome.result);
    let verdict = say(catalogue, &id, vec![arg("ip", &document.ip), arg("domain", subject)]);
    let mut lines = Vec::new();
    if let Some((term, domain)) = decided_by(outcome) {
        lines.push(say(catalogue, "spf-decided-by", vec![arg("term", term), arg("domain", domain)]));
    }
    lines.extend(outcome.reason.as_ref().map(|r| reason(r, catalogue)));
    if outcome.identity == Identity::Helo {
        lines.push(catalogue.text("spf-identity-helo"));
    }
    let mut rows = Vec::new();
    if !outcome.trace.is_empty() {
        rows.push(Row::root(subject.to_owned()));
        walk(&outcome.trace, "", 1, &mut 0, catalogue, &mut rows);
    }
    let limits = Limits::default();
    let of = |count: u32, limit: u32| say(catalogue, "spf-of", vec![arg("count", count), arg("limit", limit)]);
    let mut facts = vec![(catalogue.text("spf-client"), document.ip.clone())];
    facts.extend(document.helo.map(|helo| (catalogue.text("spf-helo"), helo.to_owned())));
    facts.push((catalogue.text("spf-lookups"), of(outcome.dns_lookups, limits.lookups)));
    facts.push((catalogue.text("spf-voids"), of(outcome.void_lookups, limits.voids)));
    facts.push((catalogue.text("spf-received"), document.received_spf.clone()));
    Page {
        title: document.identity.to_owned(),
        word: Some(outcome.result.to_string()),
        verdict,
        tone: tone_of(outcome.result.into(), outcome.result == SpfResult::None),
        lines,
        quote: outcome.explanation.clone().map(|text| (catalogue.text("spf-explanation"), text)),
        heading: catalogue.text(if rows.is_empty() { "spf-way-none" } else { "spf-way" }),
        rows,
        lookups: outcome.dns_lookups,
        facts,
        findings: Vec::new(),
    }
}

/// The term that decided, and whose record it is in: behind a `redirect`, that of its target.
fn decided_by(outcome: &Outcome) -> Option<(&str, &str)> {
    let term = outcome.mechanism.as_deref()?;
    let mut last = outcome.trace.last()?;
    while last.term != term {
        last = last.children.last()?;
    }
    Some((term, last.domain.as_str()))
}

fn tone_of(result: TermResult, nothing: bool) -> Tone {
    match result {
        _ if nothing => Tone::Plain,
        TermResult::Pass => Tone::Good,
        TermResult::NoMatch | TermResult::Neutral => Tone::Plain,
        TermResult::Softfail | TermResult::Temperror => Tone::Doubtful,
        TermResult::Fail | TermResult::Permerror => Tone::Bad,
    }
}

/// Rows of a trace; `lookups` is the running count.
fn walk(
    entries: &[TraceEntry],
    above: &str,
    depth: usize,
    lookups: &mut u32,
    catalogue: &Catalogue,
    rows: &mut Vec<Row>,
) {
    for (at, entry) in entries.iter().enumerate() {
        let (here, below) = branch(above, depth, at + 1 < entries.len());
        let inner: u32 = entry.children.iter().map(|child| child.lookups).sum();
        let own = entry.lookups.saturating_sub(inner);
        *lookups += own;
        let word = match serde_json::to_value(entry.result) {
            Ok(serde_json::Value::String(word)) if entry.result != TermResult::NoMatch => word,
            _ => catalogue.text("spf-match-no"),
        };
        let tone = tone_of(entry.result, false);
        // A macro hides where the term leads.
        let target = entry.children.first().map(|child| child.domain.as_str());
        let notes = target.filter(|target| !entry.term.to_ascii_lowercase().contains(target));
        rows.push(Row {
            depth,
            branch: here,
            label: entry.term.clone(),
            result: Some((word, tone)),
            cost: own,
            count: (own > 0).then_some(*lookups),
            notes: notes.map(|target| format!("→ {target}")).into_iter().collect(),
            tone: Tone::Plain,
        });
        walk(&entry.children, &below, depth + 1, lookups, catalogue, rows);
    }
}

/// The page of a tree.
pub fn tree_page(document: &TreeDocument<'_>, domain: &Domain<'_>, catalogue: &Catalogue) -> Page {
    let tree = domain.facts.spf.as_ref();
    let name = arg("domain", document.domain);
    let (id, args, tone) = match (tree, &domain.facts.texts) {
        (Some(tree), _) if tree.root.records.len() > 1 => {
            ("spf-tree-several", vec![name, arg("count", tree.root.records.len())], Tone::Bad)
        }
        (Some(tree), _) if is_over(tree.dns_lookups, tree.void_lookups) || is_broken(&tree.root) => {
            ("spf-tree-broken", vec![name], Tone::Bad)
        }
        (Some(tree), _) => match first_failure(&tree.root) {
            Some(error) => ("spf-tree-unknown", vec![arg("error", failure(error, catalogue))], Tone::Doubtful),
            None => ("spf-tree-ok", vec![name], Tone::Good),
        },
        (None, Fact::Unavailable(error)) => {
            ("spf-tree-unknown", vec![arg("error", failure(error, catalogue))], Tone::Doubtful)
        }
        (None, texts) if texts.is_no_name() => ("spf-tree-missing", vec![name], Tone::Bad),
        (None, _) => ("spf-tree-none", vec![name], Tone::Plain),
    };
    let mut lines = Vec::new();
    if document.truncated {
        lines.push(catalogue.text("spf-tree-truncated"));
    }
    let (mut rows, mut facts) = (Vec::new(), Vec::new());
    if let Some(tree) = tree {
        let fault = tree.root.parsed.as_ref().and_then(|parsed| parsed.errors.first());
        if let (Some(fault), Some(text)) = (fault, tree.root.records.first()) {
            let text = arg("text", text.get(fault.span.clone()).unwrap_or_default());
            lines.push(say(catalogue, "spf-reason-syntax", vec![arg("domain", document.domain), text]));
        }
        rows = self::rows(tree, catalogue);
        let limits = Limits::default();
        let of = |count: u32, limit: u32| say(catalogue, "spf-of", vec![arg("count", count), arg("limit", limit)]);
        facts.push((catalogue.text("spf-lookups"), of(tree.dns_lookups, limits.lookups)));
        facts.push((catalogue.text("spf-voids"), of(tree.void_lookups, limits.voids)));
        let sums = vec![arg("ipv4", tree.addresses.ipv4), arg("ipv6", tree.addresses.ipv6_64s)];
        facts.push((catalogue.text("spf-addresses"), say(catalogue, "spf-addresses-sum", sums)));
        let networks = &tree.addresses.prefixes;
        facts.extend(networks.iter().take(SHOWN_NETWORKS).map(|net| (String::new(), net.to_string())));
        if let Some(more) = networks.len().checked_sub(SHOWN_NETWORKS).filter(|more| *more > 0) {
            facts.push((String::new(), say(catalogue, "spf-more", vec![arg("count", more)])));
        }
    }
    Page {
        title: say(catalogue, "spf-title", vec![arg("domain", document.domain)]),
        word: None,
        verdict: say(catalogue, id, args),
        tone,
        lines,
        quote: None,
        heading: if rows.is_empty() { String::new() } else { catalogue.text("spf-tree-heading") },
        rows,
        lookups: document.dns_lookups,
        facts,
        findings: document.findings.clone(),
    }
}

/// The rows of a tree, its domain first.
pub(super) fn rows(tree: &Tree, catalogue: &Catalogue) -> Vec<Row> {
    let mut rows = vec![Row::root(tree.domain.to_string())];
    let mut drawing = Drawing { lookups: 0, told: false, catalogue, rows: &mut rows };
    drawing.node(&tree.root, "", 1);
    rows
}

fn is_over(lookups: u32, voids: u32) -> bool {
    let limits = Limits::default();
    lookups > limits.lookups || voids > limits.voids
}

/// Whether receivers that come to this record or below answer permerror.
fn is_broken(node: &Node) -> bool {
    let no_record = node.parsed.is_none() && node.failure.as_ref().is_none_or(|e| e.is_absent());
    let faults = node.parsed.as_ref().is_some_and(|parsed| !parsed.errors.is_empty());
    node.circular
        || (no_record && !node.cut)
        || faults
        || node.terms.iter().filter(|term| term.reached).any(|term| {
            term.exchangers.is_some_and(|count| count > Limits::default().exchangers)
                || term.child.as_deref().is_some_and(is_broken)
        })
}

fn first_failure(node: &Node) -> Option<&crate::dns::DnsError> {
    let own = node.failure.as_ref().filter(|e| !e.is_absent());
    own.or_else(|| {
        let reached = || node.terms.iter().filter(|term| term.reached);
        let below = |term: &'_ NodeTerm| term.failure.is_some();
        let failed = reached().find(|term| below(term)).and_then(|term| term.failure.as_ref());
        failed.or_else(|| reached().filter_map(|term| term.child.as_deref()).find_map(first_failure))
    })
}

/// Draws the rows of a tree in the order of evaluation.
struct Drawing<'p> {
    lookups: u32,
    /// The word for the limit stands once.
    told: bool,
    catalogue: &'p Catalogue,
    rows: &'p mut Vec<Row>,
}

impl Drawing<'_> {
    fn node(&mut self, node: &Node, above: &str, depth: usize) {
        // As receivers go: redirect comes after all mechanisms (RFC 7208 §6.1).
        let kind = |term: &NodeTerm| node.parsed.as_ref().and_then(|p| p.record.terms.get(term.index)).map(|t| &t.kind);
        let is_modifier = |term: &&NodeTerm| matches!(kind(term), Some(TermKind::Modifier(_)));
        let mut terms: Vec<&NodeTerm> = node.terms.iter().filter(|term| !is_modifier(term)).collect();
        terms.extend(node.terms.iter().filter(is_modifier));
        for (at, term) in terms.iter().enumerate() {
            let (here, below) = branch(above, depth, at + 1 < terms.len());
            self.lookups += term.cost;
            let (notes, tone) = self.notes(term, kind(term));
            self.rows.push(Row {
                depth,
                branch: here,
                label: term.text.clone(),
                result: None,
                cost: term.cost,
                count: (term.cost > 0).then_some(self.lookups),
                notes,
                tone,
            });
            if let Some(child) = &term.child {
                if child.repeated {
                    self.lookups = self.lookups.saturating_add(child.dns_lookups);
                }
                self.node(child, &below, depth + 1);
            }
        }
    }

    fn notes(&mut self, term: &NodeTerm, kind: Option<&TermKind>) -> (Vec<String>, Tone) {
        let words = self.catalogue;
        let (mut bad, mut doubtful, mut plain) = (Vec::new(), Vec::new(), Vec::new());
        if term.cost > 0 && self.lookups > Limits::default().lookups && !self.told {
            self.told = true;
            bad.push(words.text("spf-mark-over"));
        }
        let is_explanation =
            matches!(kind, Some(TermKind::Modifier(modifier)) if !matches!(modifier, Modifier::Redirect(_)));
        if !term.reached && !is_explanation {
            doubtful.push(words.text("spf-mark-unreached"));
        }
        let child = term.child.as_deref();
        if let Some(target) = &term.target {
            match (&target.name, &target.registrable) {
                (_, Some(domain)) if target.registered == Some(false) => {
                    bad.push(say(words, "spf-mark-unregistered", vec![arg("domain", domain)]));
                }
                (Some(name), _) if target.missing => {
                    bad.push(say(words, "spf-mark-missing", vec![arg("name", name)]));
                }
                _ => {}
            }
        }
        if let Some(child) = child {
            if child.circular {
                bad.push(words.text("spf-mark-circular"));
            } else if child.repeated {
                plain.push(words.text("spf-mark-repeated"));
            } else if child.cut {
                doubtful.push(words.text("spf-mark-cut"));
            } else if child.records.len() > 1 {
                bad.push(say(words, "spf-mark-several", vec![arg("count", child.records.len())]));
            } else if child.parsed.is_none() && child.failure.as_ref().is_none_or(|e| e.is_absent()) {
                bad.push(words.text("spf-mark-no-record"));
            }
            let fault = child.parsed.as_ref().and_then(|parsed| parsed.errors.first());
            if let (Some(fault), Some(text)) = (fault, child.records.first()) {
                let text: String = text.get(fault.span.clone()).unwrap_or_default().chars().take(60).collect();
                bad.push(say(words, "spf-mark-broken", vec![arg("text", text)]));
            }
        }
        if let Some(error) = term.failure.as_ref().filter(|_| child.is_none_or(|c| !c.cut)) {
            let failed = term.hosts.iter().find(|host| host.failure.is_some()).map(|host| host.name.to_string());
            let name = failed.or_else(|| term.target.as_ref()?.name.as_ref().map(ToString::to_string));
            let args = vec![arg("name", name.unwrap_or_else(|| "DNS".to_owned())), arg("error", failure(error, words))];
            doubtful.push(say(words, "spf-mark-failed", args));
        }
        let missing = term.target.as_ref().is_some_and(|target| target.missing);
        for host in term.hosts.iter().filter(|h| !missing && h.addresses.is_empty() && h.failure.is_none()) {
            doubtful.push(say(words, "spf-mark-unresolvable", vec![arg("name", &host.name)]));
        }
        if term.voids > 0 {
            doubtful.push(say(words, "spf-mark-void", vec![arg("count", term.voids)]));
        }
        if term.unknown && !matches!(kind, Some(TermKind::Directive(_, Mechanism::Ptr(_)))) {
            plain.push(words.text("spf-mark-message"));
        }
        let tone = match (bad.is_empty(), doubtful.is_empty()) {
            (false, _) => Tone::Bad,
            (_, false) => Tone::Doubtful,
            _ => Tone::Plain,
        };
        bad.extend(doubtful);
        bad.extend(plain);
        (bad, tone)
    }
}
