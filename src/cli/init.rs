//! `mailauth init`: a commented `mailauth.toml` to begin with.

use std::io::Write as _;
use std::path::{Path, PathBuf};


use super::options::DnsOptions;
use super::told::{Tell as _, fail, told, unwritable};
use super::{Exit, Output, Session, dns};
use crate::config::template;
use crate::dns::Name;
use crate::facts::{DomainFacts, Origin, Position, Wishes};
use crate::gather::{self, Bounds, Plan, SelectorSearch};
use crate::publish::observed::{Observed, observed};
use crate::publish::records::mail_domain;
use crate::rules::domain::Domain;

/// The name that users look for.
const FILE: &str = "mailauth.toml";

/// Options of `init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth init\n  \
    mailauth init --domain example-praxis.de\n  \
    mailauth init --domain example-praxis.de -o /etc/mailauth.toml\n\n\
    The file goes to mailauth.toml in the current folder, or where -o says; it never takes the place of another.")]
pub struct Options {
    /// Fill in what this domain publishes
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    #[command(flatten)]
    pub dns: DnsOptions,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let target = session.shared.output.clone().unwrap_or_else(|| PathBuf::from(FILE));
    // Nobody should wait for the DNS to learn this.
    refuse_existing(&target)?;
    let catalogue = session.catalogue();
    let text = match &options.domain {
        None => template(catalogue, None, &[]),
        Some(domain) => {
            let facts = look(mail_domain("--domain", domain)?, &options, session)?;
            let view = Domain::new(&facts);
            if view.does_not_exist() {
                fail!("error-domain-missing", domain = &facts.domain);
            }
            if facts.texts.is_unavailable() && facts.mx.is_unavailable() {
                session.complain_of(&told!("error-domain-unknown", domain = &facts.domain).into());
                return Ok(Exit::Unknown);
            }
            let Observed { config, remarks } = observed(&view);
            let mut said = vec![catalogue.text("init-found")];
            said.extend(remarks.iter().map(|(id, args)| catalogue.format(id, None, args)));
            template(catalogue, Some(&config), &said)
        }
    };
    let mut out = Output::create(&target)?;
    out.write_all(text.as_bytes()).told(|| unwritable(target.display()))?;
    out.finish()?;
    let args = vec![("file".into(), target.display().to_string().into())];
    session.remark(&catalogue.format("init-written", None, &args));
    Ok(Exit::Clean)
}

fn refuse_existing(target: &Path) -> anyhow::Result<()> {
    if target.symlink_metadata().is_ok() {
        fail!("error-file-exists", path = target.display().to_string());
    }
    Ok(())
}

fn look(domain: Name, options: &Options, session: &Session) -> anyhow::Result<DomainFacts> {
    let zones = options.dns.zones()?;
    let today = session.today()?;
    let config = Default::default();
    let mut plans = zones.iter().flat_map(|zones| gather::zone_plans(zones.set(), &config, today));
    let shown = plans.find(|plan| plan.domain == domain);
    drop(plans);
    let resolver = options.dns.resolver_over(zones, &[])?;
    let plan = Plan {
        origin: Origin::Dns,
        position: match crate::dmarc::legacy::registrable_domain(&domain) {
            Some(apex) if apex != domain => Position::Below(apex),
            _ => Position::Apex,
        },
        wishes: Wishes::default(),
        selectors: shown.map_or(SelectorSearch::Guess, |plan| plan.selectors),
        misplaced: Vec::new(),
        reputation: false,
        bounds: Bounds { senders: 0, ..Bounds::default() },
        today,
        domain,
    };
    let facts = dns::runtime(false)?.block_on(async {
        let scope = resolver.scope(Some(options.dns.deadline));
        gather::gather_domain(&scope, plan, None).await
    });
    resolver.finish()?;
    Ok(facts)
}
