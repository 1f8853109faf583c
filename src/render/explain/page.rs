//! The page of an explanation, before it has a format: what the receiver said, what is found now, what changed on
//! the way, what to do first.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::document::{Explanation, Verdict};
use crate::dkim::Outcome;
use crate::finding::Severity;
use crate::locales::{Arg, Args, Catalogue, dates};
use crate::render::Worded;
use crate::render::verify::{Manner, mechanisms, shorten_addresses};

/// A page. Its texts are as strangers wrote them: each format makes them harmless.
#[derive(Debug, Clone)]
pub struct Page {
    /// What is explained.
    pub title: String,
    /// What it came to.
    pub verdict: String,
    /// How bad that is; `None` where it is fine.
    pub tone: Option<Severity>,
    /// What to do first.
    pub first: Option<String>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// A part of a page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A block of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A sentence.
    Text(String),
    /// One of several.
    Item(String),
    /// A line of the message as proof.
    Proof(String),
    /// Lines whose columns count. They are harmless on a terminal already, and may hold its colours.
    Lines(String),
    /// A finding.
    Finding(Box<Worded>),
}

/// Hops that are shown.
const MOST_HOPS: usize = 30;

impl Page {
    /// Lays out an explanation.
    pub fn new(it: &Explanation, catalogue: &Catalogue, how: Manner) -> Self {
        let private = |text: &str| if how.addresses { text.to_owned() } else { shorten_addresses(text) };
        let mut page = Self {
            title: it.source.clone(),
            verdict: catalogue.text(&format!("explain-verdict-{}", it.verdict.as_str())),
            tone: match it.verdict {
                Verdict::Spam | Verdict::Refused => Some(Severity::Error),
                Verdict::Unknown => Some(Severity::Note),
                Verdict::Delivered => None,
            },
            first: it.findings.first().filter(|f| f.severity > Severity::Note).map(|f| {
                let args: Args = vec![(Cow::Borrowed("title"), Arg::from(&f.title))];
                catalogue.format("explain-first", None, &args)
            }),
            sections: Vec::new(),
        };
        page.section(catalogue, "explain-bounce", bounce(it, catalogue, &private));
        if it.message.is_some() {
            page.section(catalogue, "explain-said", said(it, catalogue, &private));
        }
        if let Some(message) = &it.message {
            let mut lines = Vec::new();
            // Writing to a vector cannot fail.
            let _ = mechanisms(&mut lines, message, catalogue, how);
            let lines = String::from_utf8_lossy(&lines).trim_end().to_owned();
            let mut blocks = vec![Block::Lines(lines)];
            if is_forwarded(it) {
                blocks.push(Block::Text(catalogue.text("explain-forwarded")));
            }
            page.section(catalogue, "explain-computed", blocks);
        }
        let (mut changed, mut todo, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        // What the receiver said stands above.
        for finding in it.findings.iter().filter(|f| f.rule != "msg-receiver-verdict") {
            let mut shown = finding.clone();
            shown.detail = private(&shown.detail);
            let list = match shown.severity {
                _ if shown.rule.starts_with("msg-dkim-broken-") => &mut changed,
                Severity::Note => &mut notes,
                _ => &mut todo,
            };
            list.push(Block::Finding(Box::new(shown)));
        }
        if it.message.as_ref().is_some_and(|m| m.authenticates) && changed.is_empty() && todo.is_empty() {
            todo.push(Block::Text(catalogue.text("explain-nothing")));
        }
        if !changed.is_empty() && changed_by_receiver(it) {
            changed.insert(0, Block::Text(catalogue.text("explain-changed-by-receiver")));
        }
        page.section(catalogue, "explain-changed", changed);
        page.section(catalogue, "explain-todo", todo);
        page.section(catalogue, "explain-notes", notes);
        page.section(catalogue, "explain-hops", hops(it, catalogue));
        page
    }

    fn section(&mut self, catalogue: &Catalogue, heading: &str, blocks: Vec<Block>) {
        if !blocks.is_empty() {
            self.sections.push(Section { heading: catalogue.text(heading), blocks });
        }
    }
}

/// Whether SPF fails while an aligned signature passes, as after forwarding.
fn is_forwarded(it: &Explanation) -> bool {
    let Some(message) = it.message.as_ref() else { return false };
    let spf = message.spf.as_ref().is_some_and(|spf| matches!(spf.result, "fail" | "softfail" | "neutral"));
    spf && message.authenticates && message.dkim.iter().any(|s| s.aligned && s.result == Outcome::Pass)
}

/// Whether a signature fails here that the receiver found valid.
fn changed_by_receiver(it: &Explanation) -> bool {
    let Some((message, receiver)) = it.message.as_ref().zip(it.receiver.as_ref()) else { return false };
    let mut failing = message.dkim.iter().filter(|s| s.result == Outcome::Fail).filter_map(|s| s.domain.as_ref());
    failing.any(|domain| receiver.signed_by.contains(domain))
}

fn bounce(it: &Explanation, catalogue: &Catalogue, private: &dyn Fn(&str) -> String) -> Vec<Block> {
    let Some(bounce) = &it.bounce else { return Vec::new() };
    let mut blocks = vec![Block::Text(bounce.meaning.clone())];
    if !bounce.rules.is_empty() {
        blocks.push(Block::Text(catalogue.text("explain-bounce-look")));
        let title = |rule: &String| format!("{} [{rule}]", catalogue.format(rule, Some("title"), &Args::new()));
        blocks.extend(bounce.rules.iter().map(|rule| Block::Item(title(rule))));
    }
    if !bounce.reply.is_empty() {
        blocks.push(Block::Proof(private(&bounce.reply.split_whitespace().collect::<Vec<_>>().join(" "))));
    }
    blocks
}

fn said(it: &Explanation, catalogue: &Catalogue, private: &dyn Fn(&str) -> String) -> Vec<Block> {
    let mut blocks = Vec::new();
    let Some(receiver) = &it.receiver else { return vec![Block::Text(catalogue.text("explain-said-nothing"))] };
    if let Some(host) = &receiver.host {
        let args: Args = vec![(Cow::Borrowed("host"), Arg::from(host))];
        blocks.push(Block::Text(catalogue.format("explain-received-by", None, &args)));
    }
    for field in &receiver.fields {
        blocks.extend(field.says.iter().map(|sentence| Block::Item(private(sentence))));
        blocks.push(Block::Proof(private(&format!("{}: {}", field.name, field.value))));
    }
    if receiver.fields.is_empty() {
        blocks.push(Block::Text(catalogue.text("explain-said-nothing")));
    }
    blocks
}

fn hops(it: &Explanation, catalogue: &Catalogue) -> Vec<Block> {
    let show = |text: Option<&String>| text.map_or_else(|| "?".to_owned(), |t| t.chars().take(100).collect());
    let lines = it.hops.iter().take(MOST_HOPS).map(|hop| {
        let by = show(hop.by.as_ref());
        let mut line = match &hop.from {
            None => by,
            Some(_) => {
                let from = Arg::from(show(hop.from.as_ref()));
                let args: Args = vec![(Cow::Borrowed("by"), Arg::from(by)), (Cow::Borrowed("from"), from)];
                catalogue.format("explain-hop", None, &args)
            }
        };
        if let Some(time) = &hop.time {
            let read = time.parse::<jiff::Timestamp>().map(|t| dates::moment(t.as_second(), catalogue.language()));
            line = format!("{}  {line}", read.as_ref().unwrap_or(time));
        }
        if let Some(delay) = hop.delay_s {
            let _ = write!(line, ", {delay:+} s");
        }
        match hop.tls {
            Some(true) => line = format!("{line}, {}", catalogue.text("explain-hop-tls")),
            Some(false) => line = format!("{line}, {}", catalogue.text("explain-hop-plain")),
            None => {}
        }
        Block::Item(line)
    });
    lines.collect()
}
