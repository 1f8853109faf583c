//! A text to send to the provider or the IT service: for all who cannot change their DNS themselves.

use std::io::{self, Write};

use serde::Serialize;

use crate::causes::{Class, Judgement, Verdict};
use crate::finding::{Change, Finding, Severity};
use crate::knowledge::providers::Provider;
use crate::locales::{Args, Catalogue};
use crate::render::harmless::{markdown, markdown_code, markup, terminal};
use crate::render::{Style, Worded, text};
use crate::rules::domain::Domain;
use crate::rules::hosting::Hosting;

/// Points that the letter lists; whoever reads it is to act on them, not to study them.
const MOST_POINTS: usize = 8;

/// Characters of a record that goes.
const MOST_OF_A_DELETED_RECORD: usize = 200;

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// What it is about, in a line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The text by lines: running text, or records that stay on one line.
    #[serde(skip)]
    lines: Vec<Line>,
}

/// A line of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Text(usize, String),
    /// The beginning of a point: its number and its text.
    Point(usize, String),
    Record(String),
    Blank,
}

/// A finding and its words.
#[derive(Debug, Clone, Copy)]
struct Point<'a> {
    finding: &'a Finding,
    words: &'a Worded,
}

/// What has been asked for so far.
#[derive(Default)]
struct Body {
    lines: Vec<Line>,
    points: usize,
    /// The records that change, each with the point that changes it.
    changed: Vec<(String, String, usize)>,
}

impl Letter {
    /// Writes the letter; `None` where there is nothing that anybody would have to do. `worded` are the findings in
    /// words, in their order.
    pub fn new(domain: &Domain<'_>, judgement: &Judgement, worded: &[Worded], catalogue: &Catalogue) -> Option<Self> {
        let findings = judgement.findings.iter().zip(worded).map(|(finding, words)| Point { finding, words });
        let wanted: Vec<Point<'_>> = findings.filter(|point| is_for_others(point.finding, catalogue)).collect();
        if wanted.is_empty() || domain.is_in_closed_network() {
            return None;
        }
        let name = domain.name().to_unicode();
        let say = |id: &str, args: &[(&'static str, &str)]| catalogue.format(id, None, &arguments(args));
        let hosting = Hosting::of(domain);
        let (shown, rest) = wanted.split_at(wanted.len().min(MOST_POINTS));
        let mut body = Body::default();
        body.text(0, catalogue.text("letter-greeting"));
        body.lines.push(Line::Blank);
        let opening = if judgement.verdict == Verdict::Fail { "letter-opening-fail" } else { "letter-opening-warn" };
        let mut first = vec![say(opening, &[("domain", &name)])];
        if !hosting.mailboxes.is_empty() {
            first.push(say("letter-mailboxes", &[("providers", &names(&hosting.mailboxes))]));
        }
        let others: Vec<_> = hosting.senders.iter().copied().filter(|p| !hosting.mailboxes.contains(p)).collect();
        if !others.is_empty() {
            first.push(say("letter-senders", &[("providers", &names(&others))]));
        }
        body.text(0, first.join(" "));
        let is_record = |point: &&Point<'_>| point.finding.fix.as_ref().is_some_and(|fix| !fix.records.is_empty());
        let (records, tasks): (Vec<&Point<'_>>, Vec<&Point<'_>>) = shown.iter().partition(is_record);
        if !records.is_empty() {
            body.heading(catalogue.text("letter-records"));
            records.iter().for_each(|point| body.records(point, catalogue));
        }
        if !tasks.is_empty() {
            let alone = records.is_empty();
            body.heading(catalogue.text(if alone { "letter-tasks-alone" } else { "letter-tasks" }));
            tasks.iter().for_each(|point| body.task(point, &name, &hosting, catalogue));
        }
        if !rest.is_empty() {
            body.lines.push(Line::Blank);
            let count = vec![("count".into(), rest.len().into())];
            body.text(0, catalogue.format("letter-more", None, &count));
        }
        let rules = || shown.iter().map(|point| point.finding.rule.id);
        let unprotected = rules().any(|id| id.starts_with("dkim-") || id.starts_with("dmarc-"));
        if let Some(shared) = hosting.senders.iter().find(|p| p.shared_ips).filter(|_| unprotected) {
            body.lines.push(Line::Blank);
            body.text(0, say("letter-shared", &[("provider", &shared.name), ("domain", &name)]));
        }
        body.lines.push(Line::Blank);
        body.text(0, catalogue.text("letter-closing"));
        body.lines.push(Line::Blank);
        body.text(0, catalogue.text("letter-thanks"));
        let text: Vec<String> = body.lines.iter().map(Line::to_text).collect();
        Some(Self { subject: say("letter-subject", &[("domain", &name)]), text: text.join("\n"), lines: body.lines })
    }

    /// Writes it for a terminal, below a heading.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn as_text(&self, out: &mut dyn Write, catalogue: &Catalogue, style: Style) -> io::Result<()> {
        let heading = format!("── {} ──", catalogue.text("letter-heading"));
        writeln!(out, "{}\n", style.strong(&heading))?;
        text::wrapped(out, &catalogue.text("letter-intro"), 0)?;
        let subject = self.subject_line(catalogue);
        writeln!(out)?;
        text::wrapped(out, &terminal(&subject), 2)?;
        writeln!(out)?;
        for line in &self.lines {
            match line {
                Line::Blank => writeln!(out)?,
                Line::Text(indent, line) => text::wrapped(out, &terminal(line), indent + 2)?,
                Line::Point(number, line) => text::labelled(out, &format!("{number}. "), &terminal(line), 2)?,
                // A broken line would be pasted broken.
                Line::Record(record) => writeln!(out, "        {}", terminal(record))?,
            }
        }
        writeln!(out)
    }

    /// Writes it as HTML.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn as_html(&self, out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
        writeln!(out, "<section class=\"letter\">\n<h2>{}</h2>", markup(&catalogue.text("letter-heading")))?;
        writeln!(out, "<p>{}</p>", markup(&catalogue.text("letter-intro")))?;
        writeln!(out, "<pre>{}\n", markup(&self.subject_line(catalogue)))?;
        for line in &self.lines {
            writeln!(out, "{}", markup(&line.to_text()))?;
        }
        writeln!(out, "</pre>\n</section>")
    }

    /// Writes it as Markdown.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn as_markdown(&self, out: &mut dyn Write, catalogue: &Catalogue) -> io::Result<()> {
        writeln!(out, "\n## {}\n", markdown(&catalogue.text("letter-heading")))?;
        writeln!(out, "{}\n", markdown(&catalogue.text("letter-intro")))?;
        writeln!(out, "> {}\n>", markdown(&self.subject_line(catalogue)))?;
        let mut lines = self.lines.iter().peekable();
        while let Some(line) = lines.next() {
            let text = match line {
                Line::Blank => String::new(),
                Line::Text(..) | Line::Point(..) => markdown(line.to_text().trim_start()).to_string(),
                Line::Record(record) => markdown_code(record).to_string(),
            };
            // At the end of a paragraph the sign for a break would be shown.
            let goes_on = *line != Line::Blank && lines.peek().is_some_and(|next| **next != Line::Blank);
            writeln!(out, "> {text}{}", if goes_on { "\\" } else { "" })?;
        }
        Ok(())
    }

    fn subject_line(&self, catalogue: &Catalogue) -> String {
        catalogue.format("letter-subject-line", None, &arguments(&[("subject", &self.subject)]))
    }
}

impl Line {
    fn to_text(&self) -> String {
        match self {
            Self::Text(indent, text) => format!("{:indent$}{text}", ""),
            Self::Point(number, text) => format!("{number}. {text}"),
            Self::Record(record) => format!("      {record}"),
            Self::Blank => String::new(),
        }
    }
}

impl Body {
    fn text(&mut self, indent: usize, text: String) {
        self.lines.push(Line::Text(indent, text));
    }

    fn heading(&mut self, text: String) {
        self.lines.push(Line::Blank);
        self.text(0, text);
    }

    /// Begins a point.
    fn point(&mut self, text: &str) {
        self.points += 1;
        let number = self.points;
        self.lines.push(Line::Point(number, text.to_owned()));
    }

    /// A fault that records mend.
    fn records(&mut self, point: &Point<'_>, catalogue: &Catalogue) {
        let Point { finding, words } = point;
        let Some(fix) = &finding.fix else { return };
        let key = |change: &Change| match change {
            Change::Add { name, value, .. } => (name.clone(), value.clone()),
            Change::Replace { name, old, .. } | Change::Delete { name, old, .. } => (name.clone(), old.clone()),
        };
        let earlier = fix.records.iter().map(key).find_map(|(name, text)| {
            self.changed.iter().find(|(n, t, _)| *n == name && *t == text).map(|(_, _, number)| *number)
        });
        self.point(&format!("{}. {}", words.title, words.detail));
        if let Some(number) = earlier {
            let what = words.fix.as_ref().map(|fix| fix.text.as_str()).unwrap_or_default();
            let args: Args = vec![("number".into(), number.into()), ("what".into(), what.into())];
            return self.text(3, catalogue.format("letter-already", None, &args));
        }
        let number = self.points;
        for change in &fix.records {
            let (name, text) = key(change);
            self.changed.push((name, text, number));
            let say = |id: &str, name: &str, rtype: &str| {
                catalogue.format(id, None, &arguments(&[("name", name), ("type", rtype)]))
            };
            match change {
                Change::Add { name, rtype, value } => {
                    self.text(3, say("letter-add", name, &rtype.to_string()));
                    self.lines.push(Line::Record(value.clone()));
                }
                Change::Replace { name, rtype, old, value } => {
                    self.text(3, say("letter-replace", name, &rtype.to_string()));
                    self.lines.push(Line::Record(old.clone()));
                    self.text(3, catalogue.text("letter-new"));
                    self.lines.push(Line::Record(value.clone()));
                }
                Change::Delete { name, rtype, old } => {
                    self.text(3, say("letter-delete", name, &rtype.to_string()));
                    // Enough to find it by; a private key need not travel on.
                    self.lines.push(Line::Record(beginning(old)));
                }
            }
        }
    }

    /// A fault that somebody has to mend where they can.
    fn task(&mut self, point: &Point<'_>, domain: &str, hosting: &Hosting, catalogue: &Catalogue) {
        let Point { finding, words } = point;
        let id = task_id(finding);
        if !catalogue.has(&id, None) {
            let fix = words.fix.as_ref().map(|fix| fix.text.as_str()).unwrap_or_default();
            return self.point(&format!("{} {fix}", words.detail));
        }
        let args = arguments(&[("domain", domain), ("subject", &finding.subject)]);
        let mut text = vec![catalogue.format(&id, None, &args)];
        if let Some(provider) = hosting.signer().filter(|_| finding.rule.id.starts_with("dkim-")) {
            let selectors = provider.dkim_selectors.join(", ");
            if finding.rule.id == "dkim-none-found" && !selectors.is_empty() && provider.verified {
                let args = arguments(&[("provider", &provider.name), ("selectors", &selectors)]);
                text.push(catalogue.format("letter-selectors", None, &args));
            }
            if let Some(page) = &provider.docs {
                let args = arguments(&[("provider", &provider.name), ("page", page)]);
                text.push(catalogue.format("letter-page", None, &args));
            }
        }
        self.point(&text.join(" "));
    }
}

/// Whether somebody else can mend it: by records, by a known task, or because mail is lost over it.
fn is_for_others(finding: &Finding, catalogue: &Catalogue) -> bool {
    let Some(fix) = finding.fix.as_ref().filter(|_| finding.severity > Severity::Note) else { return false };
    !fix.records.is_empty() || catalogue.has(&task_id(finding), None) || Class::of(finding) >= Class::Spam
}

fn task_id(finding: &Finding) -> String {
    format!("letter-task-{}", finding.rule.id)
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(MOST_OF_A_DELETED_RECORD) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn names(providers: &[&Provider]) -> String {
    providers.iter().map(|provider| provider.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn arguments(args: &[(&'static str, &str)]) -> Args {
    args.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
}
