//! `mailauth explain`: why one message landed in spam or was refused.

use std::io::{Read, Write as _};
use std::net::IpAddr;
use std::path::PathBuf;


use super::options::{self, DnsOptions};
use super::told::{self, Tell as _, fail};
use super::{Exit, Session, dns};
use crate::causes;
use crate::dmarc::legacy::registrable_domain;
use crate::dns::stack::Dns;
use crate::dns::{Name, Resolver};
use crate::facts::{MessageFacts, Origin, Position, Wishes};
use crate::finding::{Finding, Severity};
use crate::gather::{self, Bounds, Circumstances, Envelope, Plan, SelectorSearch};
use crate::message::bounce::{self, Bounce};
use crate::message::{self, Headers, Limits, Source};
use crate::receipt::Receipt;
use crate::render::explain::{self as render, ExplainDocument, Explanation, Page};
use crate::render::verify::{Manner, MessageDocument};
use crate::render::{Worded, json};
use crate::rules::domain::Domain;
use crate::rules::message::MessageView;
use crate::rules::{Area, judge_domain, judge_message};
use crate::spf::SpfResult;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    mailauth explain mail.eml\n  \
    mailauth explain --ip 192.0.2.10 --mail-from info@example-praxis.de mail.eml\n  \
    mailauth explain --bounce '550 5.7.26 Your email has been blocked because the sender is unauthenticated'\n  \
    mailauth explain --bounce @bounce.eml\n\n\
    Take the message from the mailbox where it arrived, as original source text: only there the receiver's own words \
    are in it. Signatures are judged as of the time of receipt.")]
pub struct Options {
    /// The message as it arrived: a file; `-` or none is standard input
    #[arg(value_name = "MESSAGE")]
    pub message: Option<PathBuf>,
    /// The address of the client that handed the message in, for SPF
    #[arg(long, value_name = "ADDR")]
    pub ip: Option<IpAddr>,
    /// The client's greeting (EHLO)
    #[arg(long, value_name = "NAME", requires = "ip")]
    pub helo: Option<String>,
    /// The envelope sender (MAIL FROM); <> is the null sender
    #[arg(long, value_name = "ADDRESS", requires = "ip")]
    pub mail_from: Option<String>,
    /// Judge as of this time instead of the time of receipt
    #[arg(long, value_name = "TIME", value_parser = options::time)]
    pub at: Option<u64>,
    /// What came back: the server's reply as text, or @FILE with the reply or the whole bounce
    #[arg(long, value_name = "TEXT|@FILE")]
    pub bounce: Option<String>,
    /// Show addresses whole in text
    #[arg(long)]
    pub show_addresses: bool,
    #[command(flatten)]
    pub dns: DnsOptions,
}

/// Messages of a call: each is held until all are written.
const MOST_MESSAGES: usize = 5000;

/// Domains, and selectors of a domain, that are looked at more closely.
const MOST_SUSPECTS: usize = 3;

/// What all messages of a run share.
struct Run<'a> {
    options: &'a Options,
    session: &'a Session,
    dns: Dns,
    memory: gather::Memory,
    manner: Manner,
}

/// A message that was explained.
struct Explained {
    explanation: Explanation,
    page: Page,
    worst: Option<Severity>,
}

/// Runs the command.
pub fn run(options: Options, session: &Session) -> anyhow::Result<Exit> {
    let bounce = options.bounce.as_deref().map(read_bounce).transpose()?;
    let run = Run {
        options: &options,
        session,
        dns: options.dns.resolver(&[])?,
        memory: gather::Memory::default(),
        manner: Manner {
            // Colours are a matter of text alone.
            style: if session.format() == "text" { session.style() } else { Default::default() },
            addresses: options.show_addresses,
            undecided: false,
            unchecked: "explain-spf-unchecked",
        },
    };
    let runtime = dns::runtime(false)?;
    let mut explained = Vec::new();
    let mut exit = Exit::Clean;
    if let (None, Some(bounce)) = (&options.message, &bounce) {
        explained.push(run.bounce_alone("--bounce".to_owned(), bounce));
    } else {
        let path = options.message.clone().unwrap_or_else(|| PathBuf::from("-"));
        let unreadable = || told::unreadable(path.display());
        let found = if path.as_os_str() == "-" { message::standard_input() } else { message::sources(&path) };
        for (path, source) in found.told(unreadable)? {
            if explained.len() == MOST_MESSAGES {
                let path = path.display().to_string();
                session.complain_of(&told::told!("error-most-messages", path = path, most = MOST_MESSAGES).into());
                exit = Exit::Unusable;
                break;
            }
            let source = source.told(|| told::unreadable(path.display())).map_err(anyhow::Error::from);
            match source.and_then(|source| runtime.block_on(run.explain(&source, bounce.as_ref()))) {
                Ok(one) => explained.push(one),
                Err(error) => {
                    session.complain_of(&error);
                    exit = Exit::Unusable;
                }
            }
        }
        if explained.is_empty() && exit == Exit::Clean {
            fail!("error-no-message");
        }
    }
    run.dns.finish()?;
    if explained.iter().any(|one| one.worst == Some(Severity::Error)) {
        exit = exit.max(Exit::Found);
    }
    write(explained, session, run.manner)?;
    Ok(exit)
}

fn write(explained: Vec<Explained>, session: &Session, manner: Manner) -> anyhow::Result<()> {
    let catalogue = session.catalogue();
    let mut out = session.output()?;
    let (explanations, pages): (Vec<_>, Vec<_>) = explained.into_iter().map(|e| (e.explanation, e.page)).unzip();
    match session.format() {
        "json" => json::document(&mut out, &ExplainDocument::new(explanations))?,
        "html" => render::as_html(&mut out, &pages, catalogue)?,
        "markdown" => {
            for page in &pages {
                render::as_markdown(&mut out, page, catalogue)?;
            }
        }
        _ => {
            for page in &pages {
                render::as_text(&mut out, page, catalogue, manner.style)?;
            }
        }
    }
    out.flush()?;
    out.finish()
}

/// The text of `--bounce`, or of the file it names.
fn read_bounce(argument: &str) -> anyhow::Result<Bounce> {
    let Some(path) = argument.strip_prefix('@') else { return Ok(Bounce::parse(argument)) };
    let unreadable = || told::unreadable(path);
    let mut octets = Vec::new();
    let reader: Box<dyn Read> = if path == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).told(unreadable)?)
    };
    reader.take(bounce::MOST_OCTETS as u64).read_to_end(&mut octets).told(unreadable)?;
    Ok(Bounce::parse(&String::from_utf8_lossy(&octets)))
}

impl Run<'_> {
    /// A bounce of which the message is not at hand.
    fn bounce_alone(&self, source: String, bounce: &Bounce) -> Explained {
        let catalogue = self.session.catalogue();
        let explanation = Explanation::new(source, &[], None, None, Some(bounce), catalogue);
        let page = Page::new(&explanation, catalogue, self.manner);
        Explained { explanation, page, worst: None }
    }

    /// What the rules of `check` find in the records of a domain that is to blame.
    async fn published(
        &self,
        dns: &dyn Resolver,
        suspect: Suspect,
        facts: &MessageFacts,
    ) -> anyhow::Result<Vec<Finding>> {
        let position = match registrable_domain(&suspect.domain) {
            Some(apex) if apex != suspect.domain => Position::Below(apex),
            _ => Position::Apex,
        };
        // Without a selector to look at none is guessed.
        let selectors = if suspect.selectors.is_empty() {
            SelectorSearch::Exactly(Vec::new())
        } else {
            SelectorSearch::ProvidersOnly
        };
        let plan = Plan {
            domain: suspect.domain.clone(),
            origin: Origin::Dns,
            position,
            wishes: Wishes { selectors: suspect.selectors.clone(), ..Wishes::default() },
            selectors,
            misplaced: Vec::new(),
            reputation: false,
            bounds: Bounds::default(),
            today: self.session.today()?,
        };
        let known = gather::gather_domain(dns, plan, None).await;
        let mut findings = judge_domain(&Domain::new(&known), crate::rules::Source::Dns);
        findings.retain(|finding| suspect.concerns(finding));
        if facts.authenticates() {
            // Another way led to a pass.
            findings.iter_mut().for_each(|f| f.severity = f.severity.min(Severity::Warning));
        }
        Ok(findings)
    }

    async fn explain(&self, source: &Source, bounce: Option<&Bounce>) -> anyhow::Result<Explained> {
        let unreadable = || told::unreadable(source.name());
        let (headers, _) =
            message::read(source.open().told(unreadable)?, Limits::default()).told(unreadable)?;
        if bounce.is_none() && is_report(&headers) {
            let mut octets = Vec::new();
            let reader = source.open().told(unreadable)?;
            reader.take(bounce::MOST_OCTETS as u64).read_to_end(&mut octets).told(unreadable)?;
            if let Some(bounce) = Bounce::notification(&String::from_utf8_lossy(&octets)) {
                return Ok(self.bounce_alone(source.name(), &bounce));
            }
        }
        let options = self.options;
        let about = Circumstances {
            // What was valid when the message arrived explains what became of it.
            now: self.session.now(options.at.or_else(|| Receipt::time(&headers))),
            envelope: Envelope { ip: options.ip, helo: options.helo.clone(), mail_from: options.mail_from.clone() },
            ..Circumstances::default()
        };
        drop(headers);
        let read = gather::read_message(source.open().told(unreadable)?, &about).told(unreadable)?;
        let dns = self.dns.scope(Some(options.dns.deadline));
        let (headers, mut facts) = gather::gather_message(&dns, &self.memory, read, source.name(), &about).await;
        if gather::needs_diagnosis(&facts) {
            gather::diagnose_message(source.open().told(unreadable)?, &mut facts).told(unreadable)?;
        }
        let receipt = Receipt::read(&headers, facts.author().map(|(_, domain)| domain));
        let mut findings: Vec<Finding> =
            judge_message(&MessageView { facts: &facts, headers: &headers, receipt: Some(&receipt) });
        for suspect in Suspect::of(&facts) {
            findings.extend(self.published(&dns, suspect, &facts).await?);
        }
        causes::rank(&mut findings);
        let catalogue = self.session.catalogue();
        let document = MessageDocument::new(facts.clone(), Worded::all(&findings, catalogue), "localhost", catalogue);
        let explanation = Explanation::new(source.name(), &findings, Some(document), Some(&receipt), bounce, catalogue);
        let manner = Manner { undecided: facts.is_undecided(), ..self.manner };
        let page = Page::new(&explanation, catalogue, manner);
        Ok(Explained { explanation, page, worst: findings.iter().map(|f| f.severity).max() })
    }
}

/// A domain whose records are to blame, so that the rules of `check` can say what is wrong with them.
#[derive(Debug, PartialEq, Eq)]
struct Suspect {
    domain: Name,
    /// Selectors whose key is of no use.
    selectors: Vec<String>,
    /// Its SPF record is of no use.
    spf: bool,
}

impl Suspect {
    /// The domains behind aligned signatures without a usable key, and behind SPF without a usable record.
    fn of(facts: &MessageFacts) -> Vec<Self> {
        use crate::dkim::Reason::{
            KeyHashNotAllowed, KeyNotFound, KeyRevoked, KeyServiceNotAllowed, KeySyntax, KeyTooShort, KeyTypeMismatch,
        };
        let mut suspects: Vec<Self> = Vec::new();
        for (result, aligned) in facts.signatures.iter().zip(&facts.aligned) {
            let of_key = matches!(
                result.reason,
                Some(
                    KeyNotFound
                        | KeySyntax
                        | KeyRevoked
                        | KeyTypeMismatch
                        | KeyHashNotAllowed
                        | KeyServiceNotAllowed
                        | KeyTooShort
                )
            );
            let (Some(domain), Some(selector)) = (&result.signature.domain, &result.signature.selector) else {
                continue;
            };
            if !*aligned || !of_key {
                continue;
            }
            let room = suspects.len() < MOST_SUSPECTS;
            match suspects.iter_mut().find(|s| s.domain == *domain) {
                Some(suspect) if suspect.selectors.len() < MOST_SUSPECTS => {
                    suspect.selectors.push(selector.to_string());
                }
                None if room => {
                    let selectors = vec![selector.to_string()];
                    suspects.push(Self { domain: domain.clone(), selectors, spf: false });
                }
                _ => {}
            }
        }
        let spf = facts.spf.as_ref().filter(|s| matches!(s.result, SpfResult::None | SpfResult::Permerror));
        if let Some(domain) = spf.and_then(|s| s.domain.clone()).filter(|_| facts.dmarc.spf_domain_aligned) {
            match suspects.iter_mut().find(|s| s.domain == domain) {
                Some(suspect) => suspect.spf = true,
                None => suspects.push(Self { domain, selectors: Vec::new(), spf: true }),
            }
        }
        suspects
    }

    /// Whether a finding about the domain tells of what failed here.
    fn concerns(&self, finding: &Finding) -> bool {
        match finding.rule.area {
            Area::Dkim => self.selectors.iter().any(|selector| {
                let owner = format!("{selector}._domainkey.{}", self.domain);
                finding.subject.eq_ignore_ascii_case(&owner)
            }),
            Area::Spf => self.spf && finding.subject == self.domain.as_str() && finding.severity == Severity::Error,
            _ => false,
        }
    }
}

/// Whether a message says of itself that it reports on another's delivery (RFC 6522 §3).
fn is_report(headers: &Headers) -> bool {
    let kind = headers.value("content-type").unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("multipart/report") && kind.contains("delivery-status")
}
