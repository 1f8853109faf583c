//! `mailauth check`: why a domain's mail lands in spam.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, bail};

use super::options::{DnsOptions, FailOn};
use super::{Exit, Session, dns};
use crate::causes::{self, Judgement};
use crate::config::{Config, Ratings};
use crate::dns::Name;
use crate::dns::stack::Dns;
use crate::facts::{DomainFacts, Origin, Position, Wishes};
use crate::gather::{self, Bounds, Plan, SelectorSearch};
use crate::render::check as render;
use crate::render::check::{DnsPart, DomainDocument};
use crate::rules::Source;

/// Options of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth check example-praxis.de\n  \
    mailauth check example-praxis.de --ip 192.0.2.10 --selector s1 --lang de\n  \
    mailauth check example-praxis.de --zone new.zone")]
pub struct Options {
    /// The domains
    #[arg(value_name = "DOMAIN")]
    pub domains: Vec<String>,
    /// Read domains from this file, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub domains_file: Option<PathBuf>,
    /// Ask for this DKIM selector, and for no others (repeatable)
    #[arg(long, value_name = "S")]
    pub selector: Vec<String>,
    /// An address that sends mail for the domain (repeatable)
    #[arg(long, value_name = "ADDR")]
    pub ip: Vec<IpAddr>,
    /// The desired state and the ratings of rules
    #[arg(long, value_name = "FILE", env = "MAILAUTH_CONFIG", hide_env_values = true)]
    pub config: Option<PathBuf>,
    /// Ask for the well-known selectors for --domains-file too
    #[arg(long)]
    pub all_selectors: bool,
    /// Ask blocklists for --domains-file too
    #[arg(long, overrides_with = "no_reputation")]
    pub reputation: bool,
    /// Ask no blocklists
    #[arg(long)]
    pub no_reputation: bool,
    /// Leave out the findings that this file holds
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings to this file, as a baseline, and end with 0
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// From which severity on findings make the exit code 1 [default: error]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    #[command(flatten)]
    pub dns: DnsOptions,
}

/// A domain that was checked.
struct Checked {
    facts: DomainFacts,
    judgement: Judgement,
    document: DomainDocument,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let config = match &options.config {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    };
    let session = &session.configured(&config);
    let domains = domains(&options, &config)?;
    let known = options.baseline.as_deref().map(super::baseline::read).transpose()?;
    let zones = options.dns.zones()?;
    // A zone file shows its selectors and its misspelt names; nobody has to guess them.
    let today = session.today()?;
    let shown = zones.as_ref().map(|zones| gather::zone_plans(zones.set(), &config, today)).unwrap_or_default();
    let dns = options.dns.resolver_over(zones, &config.resolvers)?;
    let runtime = dns::runtime(false)?;
    let mut out = session.output()?;
    let mut exit = Exit::Clean;
    let mut checked = Vec::new();
    let threshold = options.fail_on.or(config.fail_on.map(FailOn::from)).unwrap_or(FailOn::Error);
    for domain in domains {
        let shown = shown.iter().find(|plan| plan.domain == domain);
        let mut one = runtime.block_on(check(&options, &config, session, &dns, domain, shown))?;
        if let Some(known) = &known {
            let findings = &mut one.judgement.findings;
            let total = findings.len();
            findings.retain(|finding| !known.holds(finding));
            one.judgement.ignored += total - findings.len();
            one.judgement.causes = causes::causes(findings);
        }
        exit = exit.max(exit_of(&one, threshold));
        match session.format() {
            "ndjson" => render::as_ndjson(&mut out, &one.document)?,
            "json" => {}
            _ => render::as_text(&mut out, &one.document, &one.judgement, session.catalogue(), session.style())?,
        }
        checked.push(one);
    }
    dns.finish()?;
    if session.format() == "json" {
        let documents: Vec<_> = checked.iter().map(|c| c.document.clone()).collect();
        render::as_json(&mut out, &documents)?;
    }
    if let Some(path) = &options.write_baseline {
        super::baseline::write(path, checked.iter().flat_map(|c| &c.judgement.findings))?;
        exit = Exit::Clean;
    }
    out.finish()?;
    Ok(exit)
}

/// The domains of the call, each once, in their order.
fn domains(options: &Options, config: &Config) -> anyhow::Result<Vec<Name>> {
    let mut texts = options.domains.clone();
    if let Some(path) = &options.domains_file {
        let text = if path.as_os_str() == "-" {
            std::io::read_to_string(std::io::stdin()).context("cannot read standard input")?
        } else {
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?
        };
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or("").trim());
        texts.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    if texts.is_empty() && options.domains_file.is_none() {
        texts.extend(config.domains.iter().map(|d| d.name.clone()));
    }
    if texts.is_empty() {
        bail!("no domain to check; name one, or give --domains-file or --config");
    }
    let mut names = Vec::new();
    for text in texts {
        let name = Name::parse(&text).with_context(|| format!("'{text}' is no domain"))?;
        if name.is_root() || name.label_count() < 2 && !name.as_str().contains('.') {
            bail!("'{text}' is no domain that could send mail; write it as example-praxis.de");
        }
        names.push(name);
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    Ok(names)
}

async fn check(
    options: &Options,
    config: &Config,
    session: &Session,
    dns: &Dns,
    domain: Name,
    shown: Option<&Plan>,
) -> anyhow::Result<Checked> {
    let began = Instant::now();
    let scope = dns.scope(Some(options.dns.deadline));
    let wanted = config.domain(&domain);
    let mut wishes = Wishes {
        selectors: options.selector.clone(),
        addresses: options.ip.clone(),
        config: wanted.cloned(),
    };
    if let Some(wanted) = wanted {
        if wishes.selectors.is_empty() {
            wishes.selectors = wanted.dkim.iter().map(|d| d.selector.clone()).collect();
        }
        if wishes.addresses.is_empty() {
            wishes.addresses.clone_from(&wanted.ips);
        }
    }
    let apex = crate::dmarc::legacy::registrable_domain(&domain);
    let bulk = options.domains_file.is_some() && !options.all_selectors;
    let plan = Plan {
        origin: Origin::Dns,
        position: match apex {
            Some(apex) if apex != domain => Position::Below(apex),
            _ => Position::Apex,
        },
        selectors: match shown {
            Some(plan) if wishes.selectors.is_empty() => plan.selectors.clone(),
            _ if bulk => SelectorSearch::ProvidersOnly,
            _ => SelectorSearch::Guess,
        },
        wishes,
        misplaced: shown.map(|plan| plan.misplaced.clone()).unwrap_or_default(),
        reputation: options.reputation || !options.no_reputation && options.domains_file.is_none(),
        bounds: Bounds::default(),
        today: session.today()?,
        domain,
    };
    let mut facts = gather::gather_domain(&scope, plan).await;
    facts.cut |= scope.was_cut();
    let mut ratings = config.rules.clone();
    if let Some(wanted) = wanted {
        ratings.0.extend(wanted.rules.0.clone());
    }
    let judgement = causes::judge(&facts, Source::Dns, &ratings);
    let plain = causes::judge(&facts, Source::Dns, &Ratings::default());
    let view = crate::rules::domain::Domain::new(&facts);
    let receivers = crate::receivers::verdicts(&view, &plain.findings, None);
    let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let queries = if options.dns.offline { 0 } else { scope.questions() as u64 };
    let part = DnsPart { queries, elapsed_ms };
    let document = DomainDocument::new(&facts, &judgement, receivers, part, session.catalogue());
    Ok(Checked { judgement, document, facts })
}

/// What a domain does to the exit code.
fn exit_of(checked: &Checked, fail_on: FailOn) -> Exit {
    let Some(threshold) = fail_on.threshold() else { return Exit::Clean };
    let judgement = &checked.judgement;
    if judgement.findings.iter().any(|f| f.severity >= threshold) {
        return Exit::Found;
    }
    let ratings = checked.facts.wishes.config.as_ref().map(|c| c.rules.clone()).unwrap_or_default();
    let unknown = judgement
        .unseen
        .iter()
        .any(|u| u.counts() && u.is_failure() && u.stake(Source::Dns, &ratings).is_some_and(|s| s >= threshold));
    if unknown { Exit::Unknown } else { Exit::Clean }
}
