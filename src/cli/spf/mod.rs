//! `mailauth spf`: SPF for a client and the way there, or the tree of a domain's record.

mod batch;

use std::net::IpAddr;
use std::path::PathBuf;


use super::options::{DnsOptions, time};
use super::told::fail;
use super::{Exit, Session, dns};
use crate::config::Ratings;
use crate::dns::Name;
use crate::facts::{Origin, Position, Wishes};
use crate::gather::{self, Bounds, Plan, SelectorSearch};
use crate::render::spf as render;
use crate::render::spf::{CheckDocument, TreeDocument};
use crate::render::{Worded, json};
use crate::rules::domain::Domain;
use crate::rules::needs::unseen;
use crate::rules::{Area, Need, Source};
use crate::spf::{Evaluator, Params, SpfResult, sender_domain};
use crate::{causes, finding};

/// Options of `spf`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth spf info@example-praxis.de --ip 192.0.2.10\n  \
    mailauth spf '<>' --helo mail.example-praxis.de --ip 192.0.2.10\n  \
    mailauth spf example-praxis.de\n  \
    mailauth spf --batch clients.tsv >results.ndjson")]
pub struct Options {
    /// A domain, an address, or `<>` for the null sender
    #[arg(value_name = "IDENTITY", required_unless_present = "batch", conflicts_with = "batch")]
    pub identity: Option<String>,
    /// The client; without it, the tree of the domain's record is drawn
    #[arg(long, value_name = "ADDR", conflicts_with = "batch")]
    pub ip: Option<IpAddr>,
    /// The name that the client greets with
    #[arg(long, value_name = "NAME", conflicts_with = "batch")]
    pub helo: Option<String>,
    /// The host that checks, for Received-SPF and the macro r
    #[arg(long, value_name = "NAME")]
    pub receiver: Option<String>,
    /// The time that stands in for the clock: RFC 3339, or seconds since 1970
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<u64>,
    /// Evaluate each line `ip TAB helo TAB mail-from` of this file (`-`: standard input), one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    #[command(flatten)]
    pub dns: DnsOptions,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    if let Some(file) = &options.batch {
        return batch::run(file, &options, session);
    }
    let identity = options.identity.as_deref().unwrap_or_default();
    let is_null = identity == "<>";
    if is_null && options.helo.is_none() {
        fail!("error-null-sender");
    }
    if identity.trim().is_empty() {
        fail!("error-empty-identity");
    }
    match options.ip {
        Some(ip) => evaluate(identity, ip, &options, session),
        None => {
            let text = if is_null { options.helo.as_deref().unwrap_or_default() } else { identity };
            draw(text, &options, session)
        }
    }
}

/// `spf --ip`.
fn evaluate(identity: &str, ip: IpAddr, options: &Options, session: &Session) -> anyhow::Result<Exit> {
    let dns = options.dns.resolver(&[])?;
    let params = Params {
        receiver: options.receiver.as_deref(),
        now: session.now(options.at),
        ..Params::new(ip, options.helo.as_deref(), Some(bare(identity)))
    };
    let outcome = dns::runtime(false)?.block_on(async {
        let scope = dns.scope(Some(options.dns.deadline));
        Evaluator::new().check_host(&scope, &params).await
    });
    dns.finish()?;
    let document = CheckDocument::new(&outcome, identity, &params);
    let (catalogue, style) = (session.catalogue(), session.style());
    let mut out = session.output()?;
    match session.format() {
        "json" => json::document(&mut out, &document)?,
        "ndjson" => json::line(&mut out, &document)?,
        "html" => render::check_page(&document, &outcome, catalogue).as_html(&mut out, catalogue)?,
        _ => render::check_page(&document, &outcome, catalogue).as_text(&mut out, catalogue, style)?,
    }
    out.finish()?;
    Ok(exit_of(outcome.result))
}

/// What a result does to the exit code.
fn exit_of(result: SpfResult) -> Exit {
    match result {
        SpfResult::Pass | SpfResult::Neutral | SpfResult::None => Exit::Clean,
        SpfResult::Softfail | SpfResult::Fail | SpfResult::Permerror => Exit::Found,
        SpfResult::Temperror => Exit::Unknown,
    }
}

/// `spf` without a client.
fn draw(identity: &str, options: &Options, session: &Session) -> anyhow::Result<Exit> {
    let Some(domain) = sender_domain(bare(identity)) else {
        fail!("error-identity-no-domain", text = identity);
    };
    let dns = options.dns.resolver(&[])?;
    let plan = plan(domain, session)?;
    let facts = dns::runtime(false)?.block_on(async {
        let scope = dns.scope(Some(options.dns.deadline));
        gather::gather_spf(&scope, plan).await
    });
    dns.finish()?;
    let view = Domain::new(&facts);
    let judgement = causes::judge(&facts, Source::Dns, &Ratings::default());
    let mut findings = judgement.findings;
    // That a domain does not exist is why it has no SPF.
    findings.retain(|f| f.rule.area == Area::Spf || f.rule.id == "domain-missing");
    let worst = findings.iter().map(|f| f.severity).max();
    let document = TreeDocument::new(&view, Worded::all(&findings, session.catalogue()));
    let (catalogue, style) = (session.catalogue(), session.style());
    let mut out = session.output()?;
    match session.format() {
        "json" => json::document(&mut out, &document)?,
        "ndjson" => json::line(&mut out, &document)?,
        "html" => render::tree_page(&document, &view, catalogue).as_html(&mut out, catalogue)?,
        _ => render::tree_page(&document, &view, catalogue).as_text(&mut out, catalogue, style)?,
    }
    out.finish()?;
    let open = || {
        unseen(&view).iter().any(|u| matches!(u.need, Need::Texts | Need::SpfTree) && u.is_failure())
    };
    Ok(match worst {
        Some(finding::Severity::Error) => Exit::Found,
        _ if open() => Exit::Unknown,
        _ => Exit::Clean,
    })
}

fn plan(domain: Name, session: &Session) -> anyhow::Result<Plan> {
    let apex = crate::dmarc::legacy::registrable_domain(&domain);
    Ok(Plan {
        origin: Origin::Dns,
        position: match apex {
            Some(apex) if apex != domain => Position::Below(apex),
            _ => Position::Apex,
        },
        wishes: Wishes::default(),
        selectors: SelectorSearch::Exactly(Vec::new()),
        misplaced: Vec::new(),
        reputation: false,
        bounds: Bounds { senders: 0, ..Bounds::default() },
        today: session.today()?,
        domain,
    })
}

/// An address without the angle brackets that SMTP writes around it.
fn bare(identity: &str) -> &str {
    let inner = identity.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.filter(|inner| !inner.is_empty()).unwrap_or(identity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angle_brackets_are_no_part_of_an_address() {
        assert_eq!(bare("<info@example.de>"), "info@example.de");
        assert_eq!(bare("info@example.de"), "info@example.de");
        assert_eq!(bare("<>"), "<>");
        assert_eq!(bare("<x"), "<x");
    }
}
