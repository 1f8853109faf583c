//! The SPF records at the domain itself, as they were meant, and edits of them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::covering::covering;
use crate::dns::{Joined, RecordType};
use crate::finding::Draft;
use crate::rules::domain::{Domain, SpfText};
use crate::spf::{self, Mechanism, NodeTerm, Parsed, Qualifier, Record, Span, Term};

/// More findings of one rule than this in one record tell nobody more.
pub(super) const MOST_FINDINGS: usize = 10;

/// The longest text within a sentence, in characters.
const MOST_SHOWN: usize = 80;

/// The longest text that is offered; a longer record nobody can use anyway.
const MOST_OFFERED: usize = 4096;

/// One SPF record at the domain.
///
/// Where a blank is missing between two strings, [`Own::text`] has it: that fault is reported by
/// itself, and the terms beside it are judged as they were meant.
#[derive(Debug)]
pub(super) struct Own<'a> {
    domain: &'a Domain<'a>,
    spf: &'a SpfText,
    /// The text as it was meant.
    pub(super) text: Cow<'a, str>,
    /// That text, read.
    pub(super) parsed: Cow<'a, Parsed>,
}

impl<'a> Own<'a> {
    fn new(domain: &'a Domain<'a>, spf: &'a SpfText) -> Self {
        let (text, parsed) = match &spf.missing_blank {
            Some(blank) => (Cow::Borrowed(&*blank.corrected), Cow::Owned(spf::parse(&blank.corrected))),
            None => (Cow::Borrowed(&*spf.joined.text), Cow::Borrowed(&spf.parsed)),
        };
        Self { domain, spf, text, parsed }
    }

    /// Every SPF record at the domain; more than one is a fault of its own.
    pub(super) fn each(domain: &'a Domain<'a>) -> impl Iterator<Item = Self> {
        domain.spf.records.iter().map(move |spf| Self::new(domain, spf))
    }

    /// The one SPF record.
    pub(super) fn only(domain: &'a Domain<'a>) -> Option<Self> {
        domain.the_spf().map(|spf| Self::new(domain, spf))
    }

    /// What the record says.
    pub(super) fn record(&self) -> &Record {
        &self.parsed.record
    }

    /// The terms that evaluation can come to, redirect aside.
    pub(super) fn reached(&self) -> impl Iterator<Item = (&Term, Qualifier, &Mechanism)> {
        let record = self.record();
        let last = record.all().map_or(usize::MAX, |(index, _)| index);
        record.terms.iter().take(last.saturating_add(1)).filter_map(|t| t.directive().map(|(q, m)| (t, q, m)))
    }

    /// The text of a term.
    pub(super) fn token(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A finding about the record, and the term at fault.
    pub(super) fn draft(&self, span: &Span) -> Draft {
        self.about().span(self.published(span)).arg("term", short(self.token(span)).into_owned())
    }

    /// A finding about the record as a whole.
    pub(super) fn about(&self) -> Draft {
        let name = self.domain.name();
        Draft::new(name).record(name, RecordType::Txt, &*self.spf.joined.text)
    }

    /// Offers another text in place of the record, where that is still a record without new faults.
    pub(super) fn offer(&self, draft: Draft, text: Option<String>) -> Draft {
        match text.map(|text| covering(self.domain, text)) {
            Some(text)
                if text.len() <= MOST_OFFERED && text != self.spf.joined.text && spf::parse(&text).is_valid() =>
            {
                draft.replace(self.domain.name(), RecordType::Txt, &*self.spf.joined.text, text)
            }
            _ => draft,
        }
    }

    /// The text with one term changed.
    pub(super) fn with(&self, span: &Span, term: &str) -> Option<String> {
        let (head, tail) = (self.text.get(..span.start)?, self.text.get(span.end..)?);
        Some(format!("{head}{term}{tail}"))
    }

    /// The text without these terms.
    pub(super) fn without(&self, spans: &[Span]) -> Option<String> {
        without(&self.text, spans)
    }

    /// The bytes of the published text that stand for these of the meant one.
    fn published(&self, span: &Span) -> Span {
        let Some(blank) = &self.spf.missing_blank else { return span.clone() };
        let before = |at: usize| blank.positions.iter().enumerate().filter(|(i, p)| *p + i < at).count();
        span.start - before(span.start)..span.end - before(span.end)
    }
}

/// A text as it stands in a sentence: what is longer than anyone reads is cut.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// A text without some of its terms, and without the blanks before them.
pub(super) fn without(text: &str, spans: &[Span]) -> Option<String> {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        out.push_str(text.get(at..span.start)?);
        out.truncate(out.trim_end_matches(' ').len());
        at = span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// A term of the domain's record and what it leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Led<'a> {
    /// The term.
    pub(super) term: &'a Term,
    /// What it leads to.
    pub(super) node: &'a NodeTerm,
    parsed: &'a Parsed,
}

/// The terms of the domain's one record that evaluation can come to, with what they lead to.
///
/// Terms that run into one another for want of a blank lead to nowhere that was meant, nor do those that were
/// wrong as written.
pub(super) fn led<'a>(domain: &'a Domain<'a>) -> impl Iterator<Item = Led<'a>> {
    let tree = domain.the_spf().and(domain.facts.spf.as_ref());
    let blanks = domain.the_spf().and_then(|spf| spf.missing_blank.as_ref());
    let root = tree.and_then(|tree| Some((&tree.root, tree.root.parsed.as_ref()?)));
    root.into_iter()
        .flat_map(|(root, parsed)| {
            let read = |node: &'a NodeTerm| Some(Led { term: parsed.record.terms.get(node.index)?, node, parsed });
            root.terms.iter().filter(|node| node.reached).filter_map(read)
        })
        .filter(|led| !slipped(led))
        .filter(move |led| {
            let span = &led.term.span;
            !blanks.is_some_and(|blank| {
                let next = blank.positions.partition_point(|at| *at <= span.start);
                blank.positions.get(next).is_some_and(|at| *at < span.end)
            })
        })
}

/// Whether the term is not what was meant: that is a fault of its own, and where it leads is chance.
fn slipped(led: &Led<'_>) -> bool {
    let slips = &led.parsed.slips;
    let next = slips.get(slips.partition_point(|slip| slip.span.end <= led.term.span.start));
    led.term.recovered || next.is_some_and(|slip| slip.span.start < led.term.span.end)
}

/// Where a record without the blank behind its version lacks it, and others: the border of strings ate it.
///
/// `None` for everything else; see [`spf::missing_blank`] for what is a record despite its borders.
pub(super) fn split_version(joined: &Joined) -> Option<spf::MissingBlank> {
    let blank = spf::missing_blank(&joined.text, &joined.starts)?;
    (!spf::is_spf(&joined.text) && spf::is_spf(&blank.corrected)).then_some(blank)
}

impl Led<'_> {
    /// A finding about the term.
    pub(super) fn draft(&self, domain: &Domain<'_>) -> Draft {
        let name = domain.name();
        let text = domain.the_spf().map_or("", |spf| &spf.joined.text);
        Draft::new(name)
            .record(name, RecordType::Txt, text)
            .span(self.term.span.clone())
            .arg("term", short(&self.node.text).into_owned())
    }

    /// The name that the term leads to, as text.
    pub(super) fn target(&self) -> String {
        match self.node.target.as_ref().and_then(|target| target.name.as_ref()) {
            Some(name) => name.to_string(),
            None => short(self.term.domain_spec().map_or("", |spec| spec.as_str())).into_owned(),
        }
    }
}

/// Offers the domain's record without these terms. A record with other faults stays as it is.
pub(super) fn offer_without(domain: &Domain<'_>, draft: Draft, spans: &[Span]) -> Draft {
    let Some(own) = Own::only(domain).filter(|own| own.spf.missing_blank.is_none()) else { return draft };
    let text = own.without(spans);
    own.offer(draft, text)
}

/// Whether the name only holds a record for others to include: `_spf.example.de`, or `spf1.example.de` without
/// mail exchangers and addresses. Who is not on its list is then the business of the record that includes it.
pub(super) fn is_helper(domain: &Domain<'_>) -> bool {
    let first = domain.name().labels().next().unwrap_or_default();
    first.starts_with('_')
        || domain.name().labels().last() == Some("arpa")
        || (first.starts_with("spf") && !domain.is_apex() && !domain.has_mx() && !domain.has_address())
}

/// A text whose `+all`, if it has one, is `~all`: nothing that is offered permits the whole internet.
pub(super) fn tamed(text: String) -> String {
    let parsed = spf::parse(&text);
    let plus = parsed.record.directives().find(|(_, q, m)| *q == Qualifier::Pass && matches!(m, Mechanism::All));
    match plus {
        Some((term, ..)) => {
            let (head, tail) = (text.get(..term.span.start), text.get(term.span.end..));
            format!("{}~all{}", head.unwrap_or_default(), tail.unwrap_or_default())
        }
        None => text,
    }
}

/// One record that says what several say: all their terms, each once, and the mildest of their endings.
///
/// `None` where one of them cannot be read, or where together they ask too much.
pub(super) fn merged<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let mut terms: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut lookups = 0;
    let mut ending: Option<Qualifier> = None;
    let mut redirects: Vec<String> = Vec::new();
    let mut first = true;
    for text in texts {
        let corrected;
        let mut parsed = spf::parse(text);
        if !parsed.is_valid() {
            corrected = parsed.corrected(text)?;
            parsed = spf::parse(&corrected);
        }
        for term in &parsed.record.terms {
            match term.directive() {
                Some((_, Mechanism::All)) => break,
                // A term that refuses would refuse what another record permits.
                Some((Qualifier::Pass, _)) | None => {}
                Some(_) => return None,
            }
            let shown = term.kind.to_string();
            if let Some(target) = shown.strip_prefix("redirect=") {
                redirects.push(format!("include:{target}"));
            } else if seen.insert(shown.clone()) {
                lookups += usize::from(term.asks_dns());
                terms.push(shown);
            }
        }
        let own = match parsed.record.all() {
            Some((_, Qualifier::Fail)) => Qualifier::Fail,
            _ => Qualifier::Softfail,
        };
        ending = if first || ending == Some(own) { Some(own) } else { Some(Qualifier::Softfail) };
        first = false;
    }
    let lookups = lookups + redirects.len();
    terms.extend(redirects.into_iter().filter(|redirect| seen.insert(redirect.clone())));
    // RFC 7208 §4.6.4: at most ten; §6: exp at most once.
    if lookups > 10 || terms.iter().filter(|t| t.starts_with("exp=")).count() > 1 {
        return None;
    }
    let ending = if ending == Some(Qualifier::Fail) { "-all" } else { "~all" };
    let text = format!("v=spf1 {} {ending}", terms.join(" ")).replace("  ", " ");
    spf::parse(&text).is_valid().then_some(text)
}
