//! `mailauth check`: why a domain's mail lands in spam.

mod domains;
mod results;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::builder::PossibleValuesParser;
use futures_util::StreamExt as _;
use jiff::civil::Date;

use super::baseline::{self, Baseline};
use super::options::{DnsOptions, FailOn};
use super::{Exit, Session, dns};
use crate::causes::{self, Judgement};
use crate::config::{Config, Ratings};
use crate::dns::Name;
use crate::dns::stack::Dns;
use crate::facts::{Origin, Position, Wishes};
use crate::finding::{Finding, Severity};
use crate::gather::{self, Bounds, Plan, Reach, SelectorSearch};
use crate::knowledge::conditions::Status;
use crate::knowledge::receivers::{self as knowledge, Profile, RequirementStatus};
use crate::lint;
use crate::cli::told::Tell as _;
use crate::locales::{Catalogue, Phrase};
use crate::receivers;
use crate::render::check::{DnsPart, DomainDocument, ProfilePart};
use crate::finding::Edit;
use crate::rules::domain::Domain;
use crate::rules::{Source, judge_domain};
use crate::spf::Tree;
use crate::zonefile::ZoneSet;
use results::Results;

/// Domains under way at once. A domain asks a few dozen questions in a handful of rounds, so that
/// this many keep the questions in flight at their cap without holding much.
const AT_ONCE: usize = 64;

/// The same where results keep their order: one slow domain must not stall the others.
const AT_ONCE_ORDERED: usize = 256;

/// Options of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth check example-praxis.de\n  \
    mailauth check example-praxis.de --ip 192.0.2.10 --selector s1 --lang de\n  \
    mailauth check example-praxis.de --zone new.zone\n  \
    mailauth check --domains-file customers.txt --format ndjson -o result.ndjson")]
pub struct Options {
    /// The domains; none: those of --config
    #[arg(value_name = "DOMAIN")]
    pub domains: Vec<String>,
    /// Read domains from this file, one a line, # begins a comment; `-` is standard input
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
    /// Hold the domain to this yardstick: what it asks and what is unmet becomes an error
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(knowledge::profile_ids()))]
    pub profile: Option<String>,
    /// Ask for the well-known selectors for --domains-file too
    #[arg(long)]
    pub all_selectors: bool,
    /// Connect to each mail server on port 25: its greeting, STARTTLS and certificate; no mail is sent
    #[arg(long)]
    pub probe_smtp: bool,
    /// Ask blocklists for --domains-file too
    #[arg(long, overrides_with = "no_reputation")]
    pub reputation: bool,
    /// Ask no blocklists
    #[arg(long)]
    pub no_reputation: bool,
    /// Print results as they come, not in the order of the domains
    #[arg(long)]
    pub unordered: bool,
    /// Skip the domains that this earlier ndjson result holds
    #[arg(long, value_name = "FILE")]
    pub resume: Option<PathBuf>,
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

/// What all domains of a run share.
struct Run {
    options: Options,
    config: Config,
    catalogue: &'static Catalogue,
    dns: Dns,
    reach: Reach,
    today: Date,
    /// What zone files show of their domains.
    shown: HashMap<Name, Plan>,
    /// The zone files.
    set: Option<Arc<ZoneSet>>,
    /// Whether the result says how fixes are made in the files.
    wants_edits: bool,
    known: Option<Baseline>,
    profile: Option<Profile>,
    threshold: Option<Severity>,
}

/// A domain that was checked.
pub(super) struct Checked {
    judgement: Judgement,
    document: DomainDocument,
    /// For the picture of it.
    tree: Option<Tree>,
    /// How the fixes are made in the zone files.
    edits: Vec<Vec<Edit>>,
    exit: Exit,
}

/// Runs the command.
pub fn run(mut options: Options, session: &Session) -> anyhow::Result<Exit> {
    // As for every other command, `-` is standard input.
    if options.domains_file.is_none() && options.domains == ["-"] {
        options.domains_file = options.domains.pop().map(PathBuf::from);
    }
    let config = match &options.config {
        Some(path) => Config::load(path)?,
        None => Config::default(),
    };
    let session = &session.configured(&config);
    let known = options.baseline.as_deref().map(baseline::read).transpose()?;
    let done = options.resume.as_deref().map(results::done).transpose()?.unwrap_or_default();
    let domains = domains::of(&options, &config)?;
    let zones = options.dns.zones()?;
    // A zone file shows its selectors and its misspelt names; nobody has to guess them.
    let today = session.today()?;
    let plans = zones.iter().flat_map(|zones| gather::zone_plans(zones.set(), &config, today));
    let shown = plans.map(|plan| (plan.domain.clone(), plan)).collect();
    let set = zones.as_ref().map(|zones| zones.set().clone());
    let mut reach = options.dns.reach(zones.clone(), &config.resolvers)?;
    reach.probe_smtp = options.probe_smtp;
    let dns = options.dns.resolver_over(zones, &config.resolvers)?;
    reach.ad_trust = dns.ad_trust();
    reach.sights = dns.sights().clone();
    let fail_on = options.fail_on.or(config.fail_on.map(FailOn::from)).unwrap_or(FailOn::Error);
    let run = Arc::new(Run {
        catalogue: session.catalogue(),
        dns,
        reach,
        today,
        shown,
        set,
        wants_edits: session.format() == "sarif",
        known,
        profile: options.profile.as_deref().and_then(Profile::parse),
        threshold: fail_on.threshold(),
        config,
        options,
    });
    let options = &run.options;
    let many = domains::are_many(options, &run.config);
    let mut results = Results::open(session, options, &run.config, done.len() as u64, run.threshold)?;
    let mut exit = Exit::Clean;
    let open = domains.filter(move |name| !name.as_ref().is_ok_and(|n| done.contains(n)));
    // Each domain is a task of its own: with many, all cores are at work.
    let checked = domains::stream(open, options).map(|name| {
        let task = name.map(|name| (name.clone(), tokio::spawn(Arc::clone(&run).check(name))));
        async {
            let (name, task) = task?;
            let broke_off = || Phrase::new("error-check-broke-off").arg("name", name.to_string());
            anyhow::Ok(task.await.told(broke_off)?)
        }
    });
    dns::runtime(many)?.block_on(async {
        let mut checked = if options.unordered {
            checked.buffer_unordered(AT_ONCE).boxed_local()
        } else {
            checked.buffered(AT_ONCE_ORDERED).boxed_local()
        };
        while let Some(one) = checked.next().await {
            match one {
                Ok(one) => {
                    exit = exit.max(one.exit);
                    results.take(one)?;
                }
                Err(error) => {
                    session.complain_of(&error);
                    exit = Exit::Unusable;
                }
            }
        }
        anyhow::Ok(())
    })?;
    run.dns.finish()?;
    let baseline_written = results.finish(options)?;
    Ok(if baseline_written && exit < Exit::Unusable { Exit::Clean } else { exit })
}

impl Run {
    async fn check(self: Arc<Self>, domain: Name) -> Checked {
        let began = Instant::now();
        let options = &self.options;
        let wanted = self.config.domain(&domain);
        let ratings = self.config.rules.with(wanted.map(|w| &w.rules));
        let scope = self.dns.scope(Some(options.dns.deadline));
        let until = tokio::time::Instant::now().checked_add(options.dns.deadline);
        let reach = Reach { until, ..self.reach.clone() };
        let mut facts = gather::gather_domain(&scope, self.plan(domain), Some(&reach)).await;
        facts.cut |= scope.was_cut();
        let mut judgement = causes::judge(&facts, Source::Dns, &ratings);
        // Receivers do not read the configuration.
        let plain = causes::judge(&facts, Source::Dns, &Ratings::default());
        let view = Domain::new(&facts);
        let mut found = plain.findings;
        if self.profile.is_some() {
            found.extend(judge_domain(&view, Source::Profile));
        }
        let receivers = receivers::verdicts(&view, &found, self.profile.as_ref());
        let yardstick = self.profile.as_ref().map(|profile| {
            let state = |condition: &str| receivers::state(&view, &found, condition);
            let requirements = knowledge::of_profile(profile, &receivers, &state);
            self.hold_to(&requirements, &found, &ratings, &mut judgement);
            ProfilePart { id: profile.id(), requirements }
        });
        if let Some(known) = &self.known {
            let total = judgement.findings.len();
            judgement.findings.retain(|finding| !known.holds(finding));
            judgement.ignored += total - judgement.findings.len();
        }
        judgement.settle(Source::Dns, &ratings);
        let mut edits = Vec::new();
        if let Some(set) = &self.set {
            for finding in &mut judgement.findings {
                finding.location = lint::place(set, finding);
            }
            if self.wants_edits {
                edits = judgement.findings.iter().map(|finding| lint::edits(set, finding)).collect();
            }
        }
        let exit = self.exit(&judgement, &ratings);
        let queries = if options.dns.offline { 0 } else { scope.questions() as u64 };
        let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let part = DnsPart { queries, elapsed_ms };
        let mut document = DomainDocument::new(&facts, &judgement, receivers, part, self.catalogue);
        document.profile = yardstick;
        Checked { judgement, document, tree: facts.spf.take(), edits, exit }
    }

    /// Makes errors of what speaks against the requirements of the profile, and adds what only the profile asks.
    fn hold_to(
        &self,
        requirements: &[RequirementStatus],
        found: &[Finding],
        ratings: &Ratings,
        judgement: &mut Judgement,
    ) {
        let unmet = requirements.iter().filter(|requirement| requirement.status == Status::Unmet);
        let rules: HashSet<&str> = unmet.flat_map(|requirement| &requirement.rules).map(String::as_str).collect();
        let asked = found.iter().filter(|f| f.rule.sources == [Source::Profile] && rules.contains(f.rule.id));
        judgement.findings.extend(asked.cloned().filter_map(|finding| causes::rated(finding, ratings)));
        for finding in judgement.findings.iter_mut().filter(|f| rules.contains(f.rule.id)) {
            finding.severity = Severity::Error;
        }
        causes::rank(&mut judgement.findings);
    }

    /// What is to be asked about a domain.
    fn plan(&self, domain: Name) -> Plan {
        let options = &self.options;
        let wanted = self.config.domain(&domain);
        let mut wishes = Wishes {
            selectors: options.selector.clone(),
            addresses: options.ip.clone(),
            config: wanted.cloned(),
            folder: self.config.folder.clone(),
        };
        if let Some(wanted) = wanted.filter(|_| wishes.addresses.is_empty()) {
            wishes.addresses.clone_from(&wanted.ips);
        }
        let shown = self.shown.get(&domain);
        let bulk = options.domains_file.is_some();
        Plan {
            origin: Origin::Dns,
            position: match crate::dmarc::legacy::registrable_domain(&domain) {
                Some(apex) if apex != domain => Position::Below(apex),
                _ => Position::Apex,
            },
            selectors: match shown {
                Some(plan) if wishes.named_selectors().is_empty() => plan.selectors.clone(),
                _ if bulk && !options.all_selectors => SelectorSearch::ProvidersOnly,
                _ => SelectorSearch::Guess,
            },
            wishes,
            misplaced: shown.map(|plan| plan.misplaced.clone()).unwrap_or_default(),
            reputation: options.reputation || !options.no_reputation && !bulk,
            bounds: Bounds::default(),
            today: self.today,
            domain,
        }
    }

    /// What a domain does to the exit code.
    fn exit(&self, judgement: &Judgement, ratings: &Ratings) -> Exit {
        let Some(threshold) = self.threshold else { return Exit::Clean };
        if judgement.findings.iter().any(|f| f.severity >= threshold) {
            return Exit::Found;
        }
        // What only notes rest on never counts.
        let rests = |stake: Option<Severity>| stake.is_some_and(|stake| stake >= threshold && stake > Severity::Note);
        let failed = judgement.unseen.iter().filter(|u| u.counts() && u.is_failure());
        match failed.map(|u| u.stake(Source::Dns, ratings)).any(rests) {
            true => Exit::Unknown,
            false => Exit::Clean,
        }
    }
}

