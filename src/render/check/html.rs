//! Domains as one self-contained page: the verdict and the first step, receivers, what is published, findings.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{DomainDocument, cards, standing};
use crate::causes::{Class, Judgement, Verdict};
use crate::finding::Severity;
use crate::knowledge::conditions::Status;
use crate::knowledge::receivers::{Outlook, ReceiverVerdict};
use crate::locales::{Args, Catalogue};
use crate::render::harmless::markup;
use crate::render::html::{self, Tone, badge};
use crate::spf::Tree;

/// Requirements that are named for a receiver.
const MOST_UNMET: usize = 3;

/// A domain as the page shows it.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The domain.
    pub document: &'a DomainDocument,
    /// Its findings, before they were put into words.
    pub judgement: &'a Judgement,
    /// Its SPF tree, where there is one.
    pub tree: Option<&'a Tree>,
    /// Its place on the page, from 0.
    pub nth: usize,
}

/// Writes the beginning of the page; `domain` where it is about one alone.
///
/// # Errors
/// Those of the writer.
pub fn begin(out: &mut dyn Write, domain: Option<&str>, catalogue: &Catalogue) -> io::Result<()> {
    let title = match domain {
        Some(domain) => catalogue.format("page-check-title", None, &vec![("domain".into(), domain.into())]),
        None => catalogue.text("page-check-many"),
    };
    html::begin(out, &title, catalogue)
}

/// Writes the end of the page, with the day of the check.
///
/// # Errors
/// Those of the writer.
pub fn end(out: &mut dyn Write, today: jiff::civil::Date, catalogue: &Catalogue) -> io::Result<()> {
    let args: Args = vec![
        ("year".into(), format!("{:04}", today.year()).into()),
        ("month".into(), format!("{:02}", today.month()).into()),
        ("day".into(), format!("{:02}", today.day()).into()),
        ("version".into(), env!("CARGO_PKG_VERSION").into()),
    ];
    html::end(out, Some(&catalogue.format("page-check-foot", None, &args)))
}

/// Writes one domain.
///
/// # Errors
/// Those of the writer.
pub fn domain(out: &mut dyn Write, it: &Shown<'_>, catalogue: &Catalogue) -> io::Result<()> {
    writeln!(out, "<div class=\"domain\">")?;
    top(out, it, catalogue)?;
    receivers(out, &it.document.receivers, catalogue)?;
    writeln!(out, "<h2>{}</h2>", markup(&catalogue.text("check-facts")))?;
    cards::write(out, it, catalogue)?;
    // Of several records receivers use none: there is no way to draw.
    if let Some(tree) = it.tree.filter(|tree| !tree.root.terms.is_empty()) {
        writeln!(out, "<h2>{}</h2>\n<div class=\"panel\">", markup(&catalogue.text("page-tree-heading")))?;
        crate::render::spf::tree_as_html(out, tree, &format!("spf{}", it.nth), catalogue)?;
        writeln!(out, "</div>")?;
    }
    findings(out, it, catalogue)?;
    if let Some(letter) = &it.document.letter {
        letter.as_html(out, catalogue)?;
    }
    remarks(out, it.document, catalogue)?;
    writeln!(out, "</div>")
}

/// Where links to a finding lead.
pub(super) fn anchor(nth: usize, finding: usize) -> String {
    format!("d{nth}f{finding}")
}

fn top(out: &mut dyn Write, it: &Shown<'_>, catalogue: &Catalogue) -> io::Result<()> {
    let document = it.document;
    let tone = match document.verdict {
        Verdict::Pass => Tone::Good,
        Verdict::Warn => Tone::Warning,
        Verdict::Fail => Tone::Error,
        Verdict::Unknown => Tone::Note,
    };
    let title = if document.unicode_domain == document.domain {
        document.domain.clone()
    } else {
        format!("{} ({})", document.unicode_domain, document.domain)
    };
    let mut lines = Vec::new();
    if document.closed_network {
        lines.push(catalogue.text("check-telematik"));
    }
    // What is missing is then the first thing to know.
    if document.verdict == Verdict::Unknown {
        lines.extend(super::page::unseen(document, 20, catalogue));
    }
    let (heading, more) = (catalogue.text("page-first"), catalogue.text("page-first-more"));
    let id = anchor(it.nth, 0);
    let first = document.findings.first().filter(|finding| finding.severity > Severity::Note);
    html::top(
        out,
        &html::Top {
            title: &title,
            tone,
            verdict: &super::verdict_words(document.verdict, document.suppressed, catalogue),
            lines: &lines,
            first: first.map(|finding| html::First {
                heading: &heading,
                what: &finding.title,
                todo: finding.fix.as_ref().map(|fix| fix.text.as_str()),
                link: Some((&id, &more)),
            }),
        },
    )
}

fn receivers(out: &mut dyn Write, receivers: &[ReceiverVerdict], catalogue: &Catalogue) -> io::Result<()> {
    // Where nothing is known of any, there is nothing to say.
    if receivers.iter().all(|receiver| receiver.verdict == Outlook::Unknown) {
        return Ok(());
    }
    let say = |id: &str| markup(&catalogue.text(id));
    writeln!(out, "<h2>{}</h2>\n<table class=\"receivers panel\">", say("check-receivers"))?;
    writeln!(
        out,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        say("page-receiver"),
        say("page-receiver-outlook"),
        say("page-receiver-why")
    )?;
    for receiver in receivers {
        let (tone, word) = match receiver.verdict {
            Outlook::Ok => (Tone::Good, "outlook-ok"),
            Outlook::SpamRisk => (Tone::Warning, "outlook-spam-risk"),
            Outlook::RejectRisk => (Tone::Error, "outlook-reject-risk"),
            Outlook::Unknown => (Tone::Note, "outlook-unknown"),
        };
        let outlook = badge(tone, &catalogue.text(word));
        write!(out, "<tr><th scope=\"row\">{}</th><td>{outlook}</td>", markup(&receiver.name))?;
        writeln!(out, "<td>{}</td></tr>", unmet(receiver, catalogue))?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// What a receiver asks for and does not get, what is asked of everybody first.
fn unmet(receiver: &ReceiverVerdict, catalogue: &Catalogue) -> String {
    let mut unmet: Vec<_> = receiver.requirements.iter().filter(|r| r.status == Status::Unmet).collect();
    unmet.sort_by_key(|r| r.applies != crate::knowledge::receivers::Applies::All);
    let mut sentences: Vec<String> =
        unmet.iter().take(MOST_UNMET).map(|r| markup(&standing::sentence(r, catalogue))).collect();
    if let Some(more) = unmet.len().checked_sub(MOST_UNMET).filter(|more| *more > 0) {
        sentences.push(markup(&catalogue.format("spf-more", None, &vec![(Cow::Borrowed("count"), more.into())])));
    }
    match &*sentences {
        [] => String::new(),
        [one] => one.clone(),
        many => format!("<ul><li>{}</li></ul>", many.join("</li><li>")),
    }
}

/// The findings under what they do to the mail, worst first.
fn findings(out: &mut dyn Write, it: &Shown<'_>, catalogue: &Catalogue) -> io::Result<()> {
    let mut class = None;
    for (at, (finding, words)) in it.judgement.findings.iter().zip(&it.document.findings).enumerate() {
        let here = super::page::heading(Class::of(finding));
        if class.replace(here) != Some(here) {
            writeln!(out, "<h2>{}</h2>", markup(&catalogue.text(here)))?;
        }
        html::finding(out, words, Some(&anchor(it.nth, at)), catalogue)?;
    }
    if it.document.findings.is_empty() && it.document.verdict == Verdict::Pass && it.document.suppressed == 0 {
        let (heading, clean) = (catalogue.text("check-findings"), catalogue.text("lint-clean"));
        writeln!(out, "<h2>{}</h2>\n<p>{}</p>", markup(&heading), markup(&clean))?;
    }
    Ok(())
}

/// What limits the result: what nobody could see, what was cut, what was left out.
fn remarks(out: &mut dyn Write, it: &DomainDocument, catalogue: &Catalogue) -> io::Result<()> {
    let mut lines = Vec::new();
    if it.verdict != Verdict::Unknown {
        lines.extend(super::page::unseen(it, 20, catalogue));
    }
    if it.cut {
        lines.push(catalogue.text("check-cut"));
    }
    lines.extend(crate::render::lint::suppressed_words(it.suppressed, catalogue));
    for line in lines {
        writeln!(out, "<p class=\"soft\">{}</p>", markup(&line))?;
    }
    Ok(())
}
