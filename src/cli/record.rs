//! `mailauth record`: DNS records to publish, one kind a subcommand.

mod desired;
mod said;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::told::{Tell as _, fail, unwritable};
use super::{Exit, Output, Session};
use crate::config::Config;
use crate::dkim::keys::{self, Weak};
use crate::dns::{Name, RecordType};
use crate::finding::Severity;
use crate::lint::lint;
use crate::publish::records::{
    self, Alignment, DkimOptions, DmarcOptions, Policy, SpfAll, SpfOptions, StsMode, StsOptions,
};
use crate::publish::{DEFAULT_TTL, Format, PolicyFile, Record, ZoneRecords, likely_zone};
use crate::render::{Worded, json};
use crate::zonefile::{LoadOptions, Source, ZoneSet};

/// The longest TTL, in seconds (RFC 2181 §8).
pub const TTL_MOST: i64 = 0x7fff_ffff;

/// Options of `record`.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  \
    mailauth record spf --domain example-praxis.de --mx --include _spf.example.net\n  \
    mailauth record dkim --domain example-praxis.de --selector s1 --key s1._domainkey.example-praxis.de.pem\n  \
    mailauth record dmarc --domain example-praxis.de --policy reject --rua mailto:dmarc@example-praxis.de\n  \
    mailauth record all --config mailauth.toml --dns-format nsupdate | nsupdate -k update.key"
)]
pub struct Options {
    #[command(subcommand)]
    kind: Kind,
    /// The domain that the record is for
    #[arg(long, global = true, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// How the DNS records are printed
    #[arg(long, global = true, value_name = "FORMAT", default_value = "zone", value_parser = dns_format())]
    pub dns_format: Format,
    /// Lifetime of the DNS records in seconds
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = DEFAULT_TTL,
        value_parser = clap::value_parser!(u32).range(..=TTL_MOST))]
    pub ttl: u32,
}

#[derive(Debug, clap::Subcommand)]
enum Kind {
    /// The public half of a DKIM key
    #[command(after_help = "Example:\n  mailauth record dkim --domain example-praxis.de --selector s1 --key s1.pem")]
    Dkim(Dkim),
    /// SPF: who sends for the domain
    #[command(after_help = "Example:\n  \
        mailauth record spf --domain example-praxis.de --mx --ip4 192.0.2.10 --all fail")]
    Spf(Spf),
    /// DMARC: what receivers do with mail that does not authenticate
    #[command(after_help = "Example:\n  \
        mailauth record dmarc --domain example-praxis.de --policy quarantine --rua mailto:dmarc@example-praxis.de")]
    Dmarc(Dmarc),
    /// MTA-STS: mail to the domain only over verified TLS; with the policy file
    #[command(after_help = "Example:\n  \
        mailauth record mta-sts --domain example-praxis.de --mx mail.example-praxis.de --policy-file mta-sts.txt")]
    MtaSts(MtaSts),
    /// TLS-RPT: where reports about TLS go
    #[command(after_help = "Example:\n  \
        mailauth record tls-rpt --domain example-praxis.de --rua mailto:tls@example-praxis.de")]
    TlsRpt(Reports),
    /// All records of a domain that neither sends nor receives mail
    #[command(after_help = "Example:\n  mailauth record parked --domain example-praxis.net")]
    Parked(Parked),
    /// All records of the domains in a mailauth.toml
    #[command(after_help = "Example:\n  mailauth record all --config mailauth.toml --domain example-praxis.de")]
    All(All),
}

#[derive(Debug, clap::Args)]
struct Dkim {
    /// The private key: PEM, PKCS#1 or PKCS#8
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The key's selector
    #[arg(long, value_name = "SELECTOR")]
    selector: String,
    /// Say that the domain is testing DKIM (t=y)
    #[arg(long)]
    testing: bool,
    /// Forbid signatures for addresses in subdomains (t=s)
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, clap::Args)]
struct Spf {
    /// The mail exchangers of the domain send
    #[arg(long)]
    mx: bool,
    /// The addresses of the domain itself send
    #[arg(long)]
    a: bool,
    /// Whoever this domain's SPF record permits sends (repeatable)
    #[arg(long, value_name = "DOMAIN")]
    include: Vec<String>,
    /// This IPv4 address or prefix sends (repeatable)
    #[arg(long, value_name = "PREFIX")]
    ip4: Vec<String>,
    /// This IPv6 address or prefix sends (repeatable)
    #[arg(long, value_name = "PREFIX")]
    ip6: Vec<String>,
    /// What is said of everybody else
    #[arg(long, value_name = "RESULT", default_value = "softfail", value_parser = words(SpfAll::ALL, SpfAll::as_str))]
    all: SpfAll,
}

#[derive(Debug, clap::Args)]
struct Dmarc {
    /// What is asked for mail that fails (p=)
    #[arg(long, value_name = "POLICY", default_value = "none", value_parser = words(Policy::ALL, Policy::as_str))]
    policy: Policy,
    /// The same for subdomains (sp=)
    #[arg(long, value_name = "POLICY", value_parser = words(Policy::ALL, Policy::as_str))]
    subdomain_policy: Option<Policy>,
    /// The same for subdomains that do not exist (np=)
    #[arg(long, value_name = "POLICY", value_parser = words(Policy::ALL, Policy::as_str))]
    nonexistent_policy: Option<Policy>,
    /// Where aggregate reports go, such as mailto:dmarc@example.de (repeatable)
    #[arg(long, value_name = "URI")]
    rua: Vec<String>,
    /// Where failure reports go (repeatable)
    #[arg(long, value_name = "URI")]
    ruf: Vec<String>,
    /// Alignment of DKIM: r relaxed, s strict
    #[arg(long, value_name = "MODE", value_parser = words(Alignment::ALL, Alignment::as_str))]
    adkim: Option<Alignment>,
    /// Alignment of SPF: r relaxed, s strict
    #[arg(long, value_name = "MODE", value_parser = words(Alignment::ALL, Alignment::as_str))]
    aspf: Option<Alignment>,
    /// When failure reports are wanted: 0, 1, d, s, or several with colons
    #[arg(long, value_name = "OPTIONS")]
    fo: Option<String>,
    /// Ask receivers to apply one policy less for the time being (t=y)
    #[arg(long)]
    test: bool,
}

#[derive(Debug, clap::Args)]
struct MtaSts {
    /// The id, 1 to 32 letters and digits [default: from the policy, so that it changes with it]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// What senders do where TLS does not hold
    #[arg(long, value_name = "MODE", default_value = "testing", value_parser = words(StsMode::ALL, StsMode::as_str))]
    mode: StsMode,
    /// A mail exchanger, or a pattern like *.example.de (repeatable)
    #[arg(long, value_name = "HOST")]
    mx: Vec<String>,
    /// How long senders keep the policy
    #[arg(long, value_name = "DURATION", default_value = "7d")]
    max_age: String,
    /// Write the policy file here as well
    #[arg(long, value_name = "FILE")]
    policy_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Reports {
    /// Where reports go, such as mailto:tls@example.de (repeatable)
    #[arg(long, value_name = "URI", required = true)]
    rua: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct Parked {
    /// Where reports about forged mail go, such as mailto:dmarc@example.de (repeatable)
    #[arg(long, value_name = "URI")]
    rua: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct All {
    /// The desired state of the domains
    #[arg(long, value_name = "FILE", env = "MAILAUTH_CONFIG", hide_env_values = true, required = true)]
    config: PathBuf,
}

/// What a subcommand has made.
#[derive(Debug, Default)]
struct Made {
    zones: Vec<ZoneRecords>,
    policies: Vec<PolicyFile>,
    /// What the records will do, in the language of the session.
    said: Vec<String>,
    /// The files that private keys were read from.
    keys: Vec<PathBuf>,
}

/// The document of `--format json`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    records: Vec<&'a Record>,
    policy_file: Option<&'a PolicyFile>,
    /// All of them, where `record all` was asked about several domains.
    policy_files: &'a [PolicyFile],
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let ttl = options.ttl;
    let policy_target = match &options.kind {
        Kind::MtaSts(sts) => sts.policy_file.clone(),
        _ => None,
    };
    let domain = options.domain.as_deref().map(|text| records::mail_domain("--domain", text)).transpose()?;
    let configured;
    let (made, session) = match &options.kind {
        Kind::All(all) => {
            let config = Config::load(&all.config)?;
            configured = session.configured(&config);
            let mut made = desired::make(&config, &all.config, domain.as_ref(), ttl, &configured)?;
            let keys = config.domains.iter().flat_map(|domain| &domain.dkim).filter_map(|dkim| dkim.key.as_ref());
            made.keys.extend(keys.map(|key| config.folder.join(key)));
            (made, &configured)
        }
        kind => {
            let Some(domain) = &domain else {
                fail!("error-record-domain");
            };
            (make(kind, domain, ttl, session)?, session)
        }
    };
    let targets = [("--output", session.shared.output.as_ref()), ("--policy-file", policy_target.as_ref())];
    for (option, target) in targets.into_iter().filter_map(|(option, target)| Some((option, target?))) {
        refuse_over_key(option, target, made.keys.iter().map(PathBuf::as_path))?;
    }
    refuse_what_lint_calls_errors(&made.zones, session)?;
    let mut text = Vec::new();
    if session.format() == "json" {
        let document = Document {
            schema: "mailauth.record/1",
            records: made.zones.iter().flat_map(|zone| &zone.records).collect(),
            policy_file: made.policies.first(),
            policy_files: &made.policies,
        };
        json::document(&mut text, &document)?;
    } else {
        text = options.dns_format.render(&made.zones)?.into_bytes();
    }
    let mut out = session.output()?;
    if let (Some(target), Some(policy)) = (policy_target, made.policies.first()) {
        let mut file = Output::open(Some(&target))?;
        file.write_all(policy.text.as_bytes()).told(|| unwritable(target.display()))?;
        file.finish()?;
    }
    out.write_all(&text)?;
    out.finish()?;
    made.said.iter().for_each(|said| session.remark(said));
    if session.format() != "json" && !session.shared.quiet {
        show_policies(&made.policies, session);
    }
    Ok(Exit::Clean)
}

/// The policy files, to be copied as they are.
fn show_policies(policies: &[PolicyFile], session: &Session) {
    for policy in policies {
        let args = vec![("url".into(), (&policy.url).into())];
        session.remark(&session.catalogue().format("record-policy-file", None, &args));
        let _ = std::io::stderr().lock().write_all(policy.text.as_bytes());
    }
}

fn make(kind: &Kind, domain: &Name, ttl: u32, session: &Session) -> anyhow::Result<Made> {
    let said = said::Said { catalogue: session.catalogue(), domain };
    let mut policies = Vec::new();
    let (records, said) = match kind {
        Kind::Dkim(dkim) => {
            records::key_name(&dkim.selector, domain)?;
            let (key, warnings) = keys::read_key_file(&dkim.key, Weak::Allow)?;
            warnings.iter().for_each(|warning| session.warn(warning));
            let flags = DkimOptions { testing: dkim.testing, strict: dkim.strict };
            let record = records::dkim(key.public_key(), &dkim.selector, domain, flags, ttl)?;
            let said = said.dkim(&record, &dkim.selector, &key, flags);
            (vec![record], said)
        }
        Kind::Spf(spf) => {
            let wanted = SpfOptions {
                a: spf.a,
                mx: spf.mx,
                ip4: spf.ip4.clone(),
                ip6: spf.ip6.clone(),
                include: spf.include.clone(),
                all: spf.all,
            };
            let record = records::spf(domain, &wanted, ttl)?;
            let said = said.spf(&record.value);
            (vec![record], said)
        }
        Kind::Dmarc(dmarc) => {
            let wanted = DmarcOptions {
                policy: dmarc.policy,
                subdomain_policy: dmarc.subdomain_policy,
                nonexistent_policy: dmarc.nonexistent_policy,
                rua: dmarc.rua.clone(),
                ruf: dmarc.ruf.clone(),
                adkim: dmarc.adkim,
                aspf: dmarc.aspf,
                fo: dmarc.fo.clone(),
                test: dmarc.test,
            };
            (vec![records::dmarc(domain, &wanted, ttl)?], said.dmarc(&wanted))
        }
        Kind::MtaSts(sts) => {
            if sts.mx.is_empty() && sts.mode != StsMode::None {
                fail!("error-record-mx", domain = domain);
            }
            let max_age = records::seconds("--max-age", &sts.max_age)?;
            let wanted = StsOptions { id: sts.id.clone(), mode: sts.mode, mx: sts.mx.clone(), max_age };
            let (record, policy) = records::mta_sts(domain, &wanted, ttl)?;
            policies.push(policy);
            (vec![record], said.mta_sts(sts.mode))
        }
        Kind::TlsRpt(reports) => (vec![records::tls_rpt(domain, &reports.rua, ttl)?], said.tls_rpt()),
        Kind::Parked(parked) => (records::parked(domain, &parked.rua, ttl)?, said.parked()),
        // It has no domain of its own, and is made elsewhere.
        Kind::All(_) => (Vec::new(), String::new()),
    };
    let keys = match kind {
        Kind::Dkim(dkim) => vec![dkim.key.clone()],
        _ => Vec::new(),
    };
    Ok(Made { zones: vec![ZoneRecords { zone: likely_zone(domain), records }], policies, said: vec![said], keys })
}

/// Refuses to put a result in the place of a private key that the run has read.
///
/// # Errors
/// `target`, named by `option`, is one of the files, also by another name.
pub fn refuse_over_key<'a>(
    option: &str,
    target: &Path,
    keys: impl IntoIterator<Item = &'a Path>,
) -> anyhow::Result<()> {
    let Ok(same) = target.canonicalize() else { return Ok(()) };
    if keys.into_iter().any(|key| key.canonicalize().is_ok_and(|key| key == same)) {
        fail!("error-over-key", option = option, path = target.display().to_string());
    }
    Ok(())
}

/// Refuses records of which `lint` would say that they are an error, judged together.
///
/// # Errors
/// The first of its findings, in the words of `lint`.
pub fn refuse_what_lint_calls_errors(zones: &[ZoneRecords], session: &Session) -> anyhow::Result<()> {
    let today = session.today()?;
    for zone in zones {
        let text = Format::Zone.render(std::slice::from_ref(zone))?;
        let load = LoadOptions { origin: Some(zone.zone.clone()), ..LoadOptions::default() };
        let set = ZoneSet::load([Source::memory("record", text)], &load);
        let mut report = lint(set, &Config::default(), today);
        // What is missing beside these records is not theirs to say.
        report.findings.retain(|finding| {
            finding.severity == Severity::Error
                && finding.record.as_ref().is_some_and(|evidence| {
                    let ours = |r: &&Record| r.name == evidence.name && r.rtype == evidence.rtype;
                    evidence.rtype == RecordType::Txt && zone.records.iter().any(|r| ours(&r))
                })
        });
        if let Some(worded) = Worded::all(&report.findings, session.catalogue()).first() {
            let rule = &worded.rule;
            fail!("error-would-be-error", rule = *rule, title = &worded.title, detail = &worded.detail);
        }
    }
    Ok(())
}

/// The words of `--dns-format`.
pub fn dns_format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::names()).try_map(|word| word.parse::<Format>())
}

/// A parser of the words of an enumeration, which suggests the nearest one.
fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word_of: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|&value| word_of(value)))
        .try_map(move |word| all.iter().copied().find(|&value| word_of(value) == word).ok_or("unknown word"))
}
