//! What is published, a card each: mail servers, SPF, every DKIM key, DMARC, and what surrounds them.

use std::borrow::Cow;
use std::io::{self, Write};

use super::html::{Shown, anchor};
use super::{DomainDocument, KeyPart};
use crate::dns::DnsError;
use crate::locales::{Arg, Catalogue};
use crate::render::Worded;
use crate::render::harmless::markup;
use crate::render::html::{Tone, badge};
use crate::spf::{Limits, Node, NodeTerm, Tree};

/// Keys that have a card of their own.
const MOST_KEYS: usize = 12;
/// Characters of a record on a card.
const LONGEST: usize = 400;

/// What stands on a card.
struct Card {
    title: String,
    /// The record, or `None` where there is none.
    record: Option<String>,
    /// Labels and what is said to them.
    facts: Vec<(String, String)>,
    /// Whether there is anything; what is not known is told apart from what is missing.
    there: There,
    /// Whether a finding belongs to it.
    owns: Box<dyn Fn(&Worded) -> bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum There {
    Yes,
    No,
    Unknown,
}

/// Writes the cards of a domain.
pub(super) fn write(out: &mut dyn Write, it: &Shown<'_>, catalogue: &Catalogue) -> io::Result<()> {
    let document = it.document;
    writeln!(out, "<div class=\"cards\">")?;
    let mut cards = vec![mx(document, catalogue), spf(document, it.tree, catalogue)];
    cards.extend(document.dkim.keys.iter().take(MOST_KEYS).map(|key| dkim_key(key, catalogue)));
    if document.dkim.keys.is_empty() {
        cards.push(no_dkim_key(document, catalogue));
    }
    cards.push(dmarc(document, catalogue));
    let (there, missing): (Vec<Card>, Vec<Card>) =
        around(document, catalogue).into_iter().partition(|card| card.there == There::Yes);
    cards.extend(there);
    for card in &cards {
        write_card(out, card, it, catalogue)?;
    }
    if !missing.is_empty() {
        write_missing(out, &missing, it, catalogue)?;
    }
    writeln!(out, "</div>")
}

fn write_card(out: &mut dyn Write, card: &Card, it: &Shown<'_>, catalogue: &Catalogue) -> io::Result<()> {
    let findings: Vec<(usize, &Worded)> =
        it.document.findings.iter().enumerate().filter(|(_, finding)| (card.owns)(finding)).collect();
    let worst = findings.iter().map(|(_, finding)| finding.severity).max();
    let (tone, word) = match (worst, card.there) {
        (Some(severity), _) => (Tone::from(severity), format!("severity-{}", severity.as_str())),
        (None, There::Yes) => (Tone::Good, "page-in-order".to_owned()),
        (None, There::No) => (Tone::Plain, "check-none".to_owned()),
        (None, There::Unknown) => (Tone::Note, "check-not-known".to_owned()),
    };
    writeln!(out, "<section class=\"card {}\">", tone.class())?;
    writeln!(out, "<h3>{} {}</h3>", markup(&card.title), badge(tone, &catalogue.text(&word)))?;
    if !card.facts.is_empty() {
        writeln!(out, "<dl class=\"facts\">")?;
        for (label, value) in &card.facts {
            writeln!(out, "<dt>{}</dt><dd>{}</dd>", markup(label), markup(value))?;
        }
        writeln!(out, "</dl>")?;
    }
    if let Some(record) = &card.record {
        let shown = match record.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}…", record.get(..at).unwrap_or_default()),
            None => record.clone(),
        };
        writeln!(out, "<pre>{}</pre>", markup(&shown))?;
    }
    if !findings.is_empty() {
        writeln!(out, "<ul>")?;
        for (at, finding) in findings {
            let id = anchor(it.nth, at);
            writeln!(out, "<li><a href=\"#{id}\">{}</a></li>", markup(&finding.title))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</section>")
}

/// What is not there, on one card: nobody needs five that are empty.
fn write_missing(out: &mut dyn Write, cards: &[Card], it: &Shown<'_>, catalogue: &Catalogue) -> io::Result<()> {
    let title = markup(&catalogue.text("page-not-published"));
    writeln!(out, "<section class=\"card plain\">\n<h3>{title}</h3>\n<dl class=\"facts\">")?;
    for card in cards {
        let finding = it.document.findings.iter().enumerate().find(|(_, finding)| (card.owns)(finding));
        let word = markup(&catalogue.text(if card.there == There::No { "check-none" } else { "check-not-known" }));
        write!(out, "<dt>{}</dt><dd>", markup(&card.title))?;
        match finding {
            Some((at, finding)) => {
                let id = anchor(it.nth, at);
                writeln!(out, "<a href=\"#{id}\">{}</a></dd>", markup(&finding.title))?;
            }
            None => writeln!(out, "{word}</dd>")?,
        }
    }
    writeln!(out, "</dl>\n</section>")
}

fn there(present: bool, known: bool) -> There {
    match (present, known) {
        (true, _) => There::Yes,
        (false, true) => There::No,
        (false, false) => There::Unknown,
    }
}

fn mx(it: &DomainDocument, catalogue: &Catalogue) -> Card {
    let hosts = it.mx.iter().map(|mx| {
        let host = if mx.host.is_empty() || mx.host == "." { catalogue.text("page-null-mx") } else { mx.host.clone() };
        (mx.preference.to_string(), host)
    });
    Card {
        title: catalogue.text("page-card-mx"),
        record: None,
        facts: hosts.collect(),
        there: there(!it.mx.is_empty(), it.known.mx),
        owns: Box::new(|finding| finding.rule.starts_with("mx-") || finding.rule.starts_with("null-mx")),
    }
}

fn spf(it: &DomainDocument, tree: Option<&Tree>, catalogue: &Catalogue) -> Card {
    let mut facts = Vec::new();
    // Of several records receivers use none.
    if let Some(spf) = it.spf.as_ref().filter(|_| tree.is_some_and(|tree| tree.root.parsed.is_some())) {
        let of = vec![arg("count", spf.dns_lookups), arg("limit", Limits::default().lookups)];
        facts.push((catalogue.text("spf-lookups"), catalogue.format("spf-of", None, &of)));
        let all = match spf.all.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("-all") => "page-spf-fail",
            Some("~all") => "page-spf-softfail",
            Some("?all") => "page-spf-neutral",
            Some(_) => "page-spf-pass",
            None => "page-spf-no-all",
        };
        facts.push((catalogue.text("page-spf-others"), catalogue.text(all)));
    }
    Card {
        title: "SPF".to_owned(),
        record: it.spf.as_ref().and_then(|spf| spf.record.clone()),
        facts,
        there: match tree {
            Some(tree) if has_unseen(&tree.root) => There::Unknown,
            _ => there(it.spf.is_some(), it.known.spf),
        },
        owns: Box::new(|finding| finding.area == "spf"),
    }
}

/// Whether a part of the record could not be looked up.
fn has_unseen(node: &Node) -> bool {
    let open = |error: &Option<DnsError>| error.as_ref().is_some_and(|error| !error.is_absent());
    let below = |term: &NodeTerm| open(&term.failure) || term.child.as_deref().is_some_and(has_unseen);
    open(&node.failure) || node.terms.iter().filter(|term| term.reached).any(below)
}

fn dkim_key(key: &KeyPart, catalogue: &Catalogue) -> Card {
    let kind = match (key.algorithm, key.bits) {
        (Some("rsa"), Some(bits)) => catalogue.format("page-key-rsa", None, &vec![arg("bits", bits)]),
        (Some("ed25519"), _) => "Ed25519".to_owned(),
        (other, _) => other.unwrap_or("?").to_owned(),
    };
    let state = match key {
        KeyPart { revoked: true, .. } => "page-key-revoked",
        KeyPart { testing: true, .. } => "page-key-testing",
        _ => "page-key-published",
    };
    let mut facts = vec![(catalogue.text("page-key-state"), catalogue.text(state))];
    if !key.revoked {
        facts.insert(0, (catalogue.text("page-key-kind"), kind));
    }
    let subject = format!("{}._domainkey.", key.selector.to_ascii_lowercase());
    Card {
        title: catalogue.format("page-card-key", None, &vec![arg("selector", &key.selector)]),
        record: None,
        facts,
        there: There::Yes,
        owns: Box::new(move |finding| finding.area == "dkim" && finding.subject.starts_with(&subject)),
    }
}

fn no_dkim_key(it: &DomainDocument, catalogue: &Catalogue) -> Card {
    let tried = &it.dkim.without_key;
    let mut list = tried.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    if tried.len() > 8 {
        list.push_str(" …");
    }
    let tried = (!list.is_empty()).then(|| (catalogue.text("page-key-tried"), list));
    Card {
        title: "DKIM".to_owned(),
        record: None,
        facts: tried.into_iter().collect(),
        there: there(false, it.known.dkim),
        owns: Box::new(|finding| finding.area == "dkim"),
    }
}

fn dmarc(it: &DomainDocument, catalogue: &Catalogue) -> Card {
    let mut facts = Vec::new();
    if let Some(dmarc) = &it.dmarc {
        for (label, policy) in [
            ("page-dmarc-domain", dmarc.policy),
            ("page-dmarc-subdomains", dmarc.subdomain_policy),
            ("page-dmarc-nonexistent", dmarc.nonexistent_policy),
        ] {
            if let Some(policy) = policy {
                facts.push((catalogue.text(label), catalogue.text(&format!("page-dmarc-{policy}"))));
            }
        }
        if let Some(from) = dmarc.record_domain.as_ref().filter(|from| **from != it.domain) {
            facts.push((catalogue.text("page-dmarc-from"), from.clone()));
        }
    }
    Card {
        title: "DMARC".to_owned(),
        record: it.dmarc.as_ref().and_then(|dmarc| dmarc.record.clone()),
        facts,
        there: there(it.dmarc.is_some(), it.known.dmarc),
        owns: Box::new(|finding| finding.area == "dmarc"),
    }
}

/// MTA-STS, TLS-RPT, BIMI and DNSSEC.
fn around(it: &DomainDocument, catalogue: &Catalogue) -> Vec<Card> {
    // What nobody could ask for stands among what was not seen.
    let asked = |prefix: &str| !it.unseen.iter().any(|unseen| unseen.name.starts_with(prefix));
    let owns = |prefix: &'static str| Box::new(move |finding: &Worded| finding.rule.starts_with(prefix)) as Box<_>;
    let mut sts = Vec::new();
    if let Some(policy) = &it.mta_sts {
        sts.extend(policy.mode.map(|mode| (catalogue.text("page-sts-mode"), mode.to_owned())));
        sts.extend(policy.max_age.map(|seconds| {
            let days = vec![arg("days", seconds / 86_400)];
            (catalogue.text("page-sts-age"), catalogue.format("page-days", None, &days))
        }));
        sts.extend(policy.mx.as_ref().map(|mx| ("MX".to_owned(), mx.join(", "))));
    }
    let reports = it.tls_rpt.as_ref().map(|reports| (catalogue.text("page-tls-to"), reports.rua.join(", ")));
    let logo = it.bimi.as_ref().and_then(|bimi| bimi.location.clone()).map(|at| (catalogue.text("page-bimi-logo"), at));
    let card = |title: &str, record: Option<&String>, facts, prefix, name| Card {
        title: title.to_owned(),
        record: record.cloned(),
        facts,
        there: there(record.is_some(), asked(name)),
        owns: owns(prefix),
    };
    let mut cards = vec![
        card("MTA-STS", it.mta_sts.as_ref().map(|p| &p.record), sts, "mta-sts", "_mta-sts."),
        card("TLS-RPT", it.tls_rpt.as_ref().map(|p| &p.record), reports.into_iter().collect(), "tls-rpt", "_smtp."),
        card("BIMI", it.bimi.as_ref().map(|p| &p.record), logo.into_iter().collect(), "bimi", "default._bimi."),
    ];
    let state = it.dnssec.state;
    cards.push(Card {
        title: "DNSSEC".to_owned(),
        record: None,
        facts: vec![(catalogue.text("page-key-state"), catalogue.text(&format!("page-dnssec-{state}")))],
        there: match state {
            "secure" | "bogus" => There::Yes,
            "insecure" => There::No,
            _ => There::Unknown,
        },
        owns: owns("dnssec"),
    });
    cards
}

fn arg(name: &'static str, value: impl Into<Arg>) -> (Cow<'static, str>, Arg) {
    (Cow::Borrowed(name), value.into())
}
