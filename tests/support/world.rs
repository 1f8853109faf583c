//! Small worlds of DNS records for the cases of rules.
//!
//! A world is lines `owner TYPE data`, absolute names without final dots, TXT data bare. A case
//! changes the healthy world: `drop` takes lines away by their beginning, `add` appends, `only`
//! replaces all. The same world is judged as a zone file (`lint`) and as answers (`check`).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt as _, ready};
use mailauth::config::Config;
use mailauth::dkim::keys::{PublicKey, RsaForm, RsaPublicKey, Weak, read_key_file};
use mailauth::dns::recording::Recording;
use mailauth::dns::server::AdTrust;
use mailauth::dns::zone::Zones;
use mailauth::dns::{Answer, DnsError, Lookup, Name, RecordData, RecordType, Resolver, Unavailable, Via};
use mailauth::facts::{Fact, Origin, Position, SmtpFacts, Wishes};
use mailauth::finding::{Change, Finding, Severity};
use mailauth::gather::{self, Bounds, Plan, Reach, SelectorSearch};
use mailauth::net::policy::{FetchFault, PolicyFile};
use mailauth::net::smtp::{Offer, Probe, Session};
use mailauth::net::tls::CertificateFault;
use mailauth::rules::{self, Source, domain::Domain};
use mailauth::zonefile::{LoadOptions, Source as File, ZoneSet, quote};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Deserialize;

/// The domain of the healthy world.
pub const DOMAIN: &str = "example-praxis.de";

/// A 2048-bit number in the dress of an RSA key; nobody holds a private half.
const RSA: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwRBd1MkGntM9zSUGvt5E1voyRswr+1Cwo2cAtzbM5Umbrai8SkYsNLqch5zDV19XL0Fx6/21mBZ7NTpwfg3Q8IFqqLFQbVK8FtAu2wtysiTC85SfvXHtRHydHEb1U3BZGvjfNLpkVajfCaRZZPFhkCQMUCmJZynTiRVUuiRpITj7bAFhcUa+99G4SCotTqwVCqk1Nrnn8gi4vehVxcREM2Y7nU+madpx8QQoyjZZ5wQiz5+Ca7tliBkK4XbQA8vPKY81EzEsjGNrTY3FQGMh44gf05f98EyHoxh0eHYzsueonutGSuoT6QxHOX7QOyUtv/KUJae7/TgVY0JFFbQqwwIDAQAB";

const HEALTHY: &str = "
example-praxis.de NS ns1.dns-haus.net
example-praxis.de A 5.45.100.10
example-praxis.de MX 10 mail.example-praxis.de
example-praxis.de TXT v=spf1 ip4:5.45.100.20 -all
mail.example-praxis.de A 5.45.100.20
mail.example-praxis.de TXT v=spf1 a -all
s1._domainkey.example-praxis.de TXT v=DKIM1; k=rsa; p={rsa}
_dmarc.example-praxis.de TXT v=DMARC1; p=reject; rua=mailto:dmarc@example-praxis.de
_mta-sts.example-praxis.de TXT v=STSv1; id=20260101
mta-sts.example-praxis.de A 5.45.100.10
_smtp._tls.example-praxis.de TXT v=TLSRPTv1; rua=mailto:tls@example-praxis.de
";

/// What lies outside the domain, for `check` alone.
const OUTSIDE: &str = "
20.100.45.5.in-addr.arpa PTR mail.example-praxis.de
ns1.dns-haus.net A 46.38.249.2
versand.example-dienst.de A 46.38.249.5
example-dienst.de A 46.38.249.5
example-dienst.de MX 10 versand.example-dienst.de
_spf.example-dienst.de TXT v=spf1 ip4:46.38.249.0/28 ~all
spf.protection.outlook.com TXT v=spf1 ip4:40.92.0.0/16 -all
outlook.com A 40.97.1.1
";

/// Puts keys in the place of `{rsa}` and its kin: `{rsa1024}` a modulus of so many bits, `{ed}` an Ed25519 key,
/// `{private}` a private RSA key and `{public}` its public half, `{half1}` and `{half2}` the halves of `{rsa}`.
pub fn fill(data: &str) -> String {
    let mut text = data.replace("{rsa}", RSA).replace("{half1}", &RSA[..200]).replace("{half2}", &RSA[200..]);
    for bits in [768_usize, 1024, 2048, 4096, 4608] {
        let slot = format!("{{rsa{bits}}}");
        if text.contains(&slot) {
            let mut modulus: Vec<u8> = (0..bits / 8).map(|i| (i * i * 7 + i * 13 + bits / 64) as u8 | 1).collect();
            modulus[0] = 0xc1;
            let key = RsaPublicKey { modulus, exponent: vec![1, 0, 1], form: RsaForm::Spki };
            text = text.replace(&slot, &PublicKey::Rsa(key).to_base64());
        }
    }
    if text.contains("{ed}") {
        text = text.replace("{ed}", &PublicKey::Ed25519([0xa5; 32]).to_base64());
    }
    if text.contains("{private}") || text.contains("{public}") {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/keys/throw-away/rsa2048-pkcs8.pem");
        let pem = std::fs::read_to_string(&path).unwrap();
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let (key, _) = read_key_file(&path, Weak::Refuse).unwrap();
        text = text.replace("{private}", &body).replace("{public}", &key.public_key().to_base64());
    }
    text
}

/// A record: owner, type, data.
type Line = (String, String, String);

/// Records.
#[derive(Debug, Clone)]
pub struct World {
    lines: Vec<Line>,
}

/// A case of a rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// `zone` or `dns`; both where absent.
    #[serde(default)]
    pub door: Option<String>,
    /// Beginnings of lines that go.
    #[serde(default)]
    drop: Vec<String>,
    /// Lines that come.
    #[serde(default)]
    add: Vec<String>,
    /// All lines, in place of the healthy world.
    #[serde(default)]
    only: Option<Vec<String>>,
    /// The text of a zone file, where its form matters; `lint` only.
    #[serde(default)]
    zone: Option<String>,
    /// Names and how they fail: `servfail`, `refused`, `timeout`; `check` only.
    #[serde(default)]
    fail: BTreeMap<String, String>,
    /// Another domain than the usual.
    #[serde(default)]
    domain: Option<String>,
    /// Named selectors for `check`; `s1` where absent.
    #[serde(default)]
    selectors: Option<Vec<String>>,
    /// Sending addresses for `check`.
    #[serde(default)]
    ips: Vec<IpAddr>,
    /// Whether blocklists are asked; `check` only.
    #[serde(default)]
    reputation: bool,
    /// A `mailauth.toml`.
    #[serde(default)]
    config: Option<String>,
    /// The policy file of MTA-STS, and its media type; `check` only, as is all that follows.
    #[serde(default)]
    policy: Option<String>,
    #[serde(default)]
    media_type: Option<String>,
    /// Why there is none.
    #[serde(default)]
    policy_fault: Option<FetchFault>,
    /// What mail servers show, by their names; `certificate: true` is that of testdata/dane.
    #[serde(default)]
    smtp: BTreeMap<String, Shown>,
    /// The AD bit of all answers, from a resolver that is believed; one that is not where absent.
    #[serde(default)]
    authentic: Option<bool>,
    /// Names without a signature among those that have one.
    #[serde(default)]
    unsigned: Vec<String>,
    /// What single name servers of the zone answer in place of the world's TXT records at these names.
    #[serde(default)]
    servers: BTreeMap<String, Vec<String>>,
    /// The findings of the rule; none: it is silent.
    #[serde(default)]
    pub expect: Vec<Expected>,
    /// Other rules that must be silent.
    #[serde(default)]
    pub without: Vec<String>,
}

/// What a mail server shows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    #[serde(default)]
    greeting: Option<String>,
    tls: Option<Offer>,
    #[serde(default)]
    certificate: bool,
    #[serde(default)]
    fault: Option<CertificateFault>,
    #[serde(default)]
    anchors: Vec<usize>,
}

impl Shown {
    fn probe(&self) -> Probe {
        let pem = |name: &str| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/dane").join(name);
            CertificateDer::from_pem_file(path).unwrap().to_vec()
        };
        let chain = if self.certificate { vec![pem("leaf.pem"), pem("anchor.pem")] } else { Vec::new() };
        let session = Session { version: "TLS 1.3".to_owned(), chain, fault: self.fault.clone() };
        Probe { greeting: self.greeting.clone(), tls: self.tls.clone().unwrap_or(Offer::Session(session)) }
    }
}

/// A finding that is expected.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[serde(default)]
    severity: Option<Severity>,
    #[serde(default)]
    subject: Option<String>,
    /// The marked text.
    #[serde(default)]
    span: Option<String>,
    /// A part of the marked record, or of what the fix publishes.
    #[serde(default)]
    fix: Option<String>,
    /// The line of a zone file.
    #[serde(default)]
    line: Option<u32>,
}

impl Expected {
    /// Whether a finding is this one.
    pub fn matches(&self, finding: &Finding, subject: &str) -> bool {
        let span = finding.record.as_ref().zip(finding.span.clone()).and_then(|(r, span)| r.text.get(span));
        let value = |change: &Change| match change {
            Change::Add { value, .. } | Change::Replace { value, .. } => value.clone(),
            Change::Delete { old, .. } => old.clone(),
        };
        let published = finding.fix.iter().flat_map(|fix| &fix.records).map(value);
        finding.severity == self.severity.unwrap_or(finding.rule.severity)
            && finding.subject == self.subject.as_deref().unwrap_or(subject)
            && self.span.as_deref().is_none_or(|wanted| span == Some(wanted))
            && self.line.is_none_or(|line| finding.location.as_ref().is_some_and(|l| l.line == line))
            && self.fix.as_deref().is_none_or(|wanted| published.clone().any(|v| v.contains(wanted)))
    }
}

impl Case {
    /// Whether the case is judged through this door.
    pub fn is_for(&self, source: Source) -> bool {
        match (source, self.door.as_deref()) {
            (Source::Zone, Some("dns")) | (Source::Dns, Some("zone")) => false,
            (Source::Dns | Source::Profile, _) => self.zone.is_none(),
            (Source::Zone, _) => self.fail.is_empty() && !self.is_for_check_alone(),
            _ => false,
        }
    }

    fn is_for_check_alone(&self) -> bool {
        self.policy.is_some()
            || self.policy_fault.is_some()
            || !self.smtp.is_empty()
            || self.authentic.is_some()
            || !self.servers.is_empty()
    }

    /// The domain under judgement.
    pub fn default_subject(&self) -> String {
        self.domain.clone().unwrap_or_else(|| DOMAIN.to_owned())
    }

    /// The records.
    pub fn world(&self) -> World {
        let lines = match &self.only {
            Some(lines) => lines.clone(),
            None => {
                let healthy = HEALTHY.lines().filter(|l| !l.is_empty());
                let kept = healthy.filter(|l| !self.drop.iter().any(|d| l.starts_with(d.as_str())));
                kept.map(str::to_owned).chain(self.add.iter().cloned()).collect()
            }
        };
        World::new(lines.iter().map(String::as_str))
    }

    /// The records, where fixes can be tried on them.
    pub fn world_to_mend(&self) -> Option<World> {
        self.zone.is_none().then(|| self.world())
    }
}

impl World {
    fn new<'l>(lines: impl IntoIterator<Item = &'l str>) -> Self {
        let lines = lines.into_iter().map(|line| {
            let mut words = line.splitn(3, ' ');
            let mut next = || words.next().unwrap_or_else(|| panic!("{line}: owner TYPE data")).to_owned();
            (next(), next(), fill(&next()))
        });
        Self { lines: lines.collect() }
    }

    /// The records as a zone file.
    pub fn zone(&self, apex: &str) -> String {
        let mut text =
            format!("$ORIGIN {apex}.\n$TTL 3600\n@ IN SOA ns1.dns-haus.net. hostmaster 1 7200 3600 1209600 3600\n");
        if apex.is_empty() {
            text = "$ORIGIN .\n$TTL 3600\n. IN SOA ns1.dns-haus.net. hostmaster. 1 7200 3600 1209600 3600\n".to_owned();
        }
        // In a file for the root, name servers would be delegations.
        for (owner, rtype, data) in self.lines.iter().filter(|l| !apex.is_empty() || l.1 != "NS") {
            let data = match rtype.as_str() {
                "TXT" | "SPF" => quote(data),
                "MX" | "NS" | "CNAME" | "PTR" => format!("{}.", data.trim_end_matches('.')),
                _ => data.clone(),
            };
            text.push_str(&format!("{owner}. IN {rtype} {data}\n"));
        }
        text
    }

    /// Carries out one change.
    pub fn apply(&mut self, change: &Change) -> Result<(), String> {
        let same = |line: &Line, name: &str, rtype: &RecordType, data: &str| {
            line.0 == name && line.1 == rtype.to_string() && line.2 == data
        };
        match change {
            Change::Add { name, rtype, value } => self.lines.push((name.clone(), rtype.to_string(), value.clone())),
            Change::Replace { name, rtype, old, value } => {
                let line = self.lines.iter_mut().find(|l| same(l, name, rtype, old));
                line.ok_or_else(|| format!("no {rtype} {old:?} at {name} to replace"))?.2 = value.clone();
            }
            Change::Delete { name, rtype, old } => {
                let before = self.lines.len();
                self.lines.retain(|l| !same(l, name, rtype, old));
                if self.lines.len() == before {
                    return Err(format!("no {rtype} {old:?} at {name} to delete"));
                }
            }
        }
        Ok(())
    }
}

/// A resolver some of whose names fail, and whose answers may be signed.
struct Failing<R> {
    inner: R,
    fail: BTreeMap<Name, DnsError>,
    /// Names whose answers come only when nobody checks them.
    bogus: Vec<Name>,
    authentic: bool,
    unsigned: Vec<Name>,
    /// NS records: in a zone file for the root they would be delegations.
    ns: Recording,
    /// Single servers that answer something else.
    servers: BTreeMap<Name, Recording>,
}

impl<R: Resolver> Resolver for Failing<R> {
    fn lookup<'a>(&'a self, name: &'a Name, rtype: RecordType) -> BoxFuture<'a, Lookup> {
        if self.bogus.contains(name) {
            return ready(Err(DnsError::ServFail)).boxed();
        }
        match self.fail.get(name) {
            Some(error) => ready(Err(error.clone())).boxed(),
            None if rtype == RecordType::Ns => async move {
                match self.ns.lookup(name, rtype).await {
                    Err(DnsError::Unavailable(_)) => self.inner.lookup(name, rtype).await,
                    answer => answer,
                }
            }
            .boxed(),
            None => {
                let authentic = self.authentic && !self.unsigned.contains(name);
                let marked = move |answer: Arc<Answer>| Arc::new(Answer { authentic, ..(*answer).clone() });
                self.inner.lookup(name, rtype).map(move |lookup| lookup.map(marked)).boxed()
            }
        }
    }

    fn lookup_via<'a>(&'a self, name: &'a Name, rtype: RecordType, via: &'a Via) -> BoxFuture<'a, Lookup> {
        match via {
            Via::CheckingDisabled if self.bogus.contains(name) => self.inner.lookup(name, rtype),
            Via::CheckingDisabled | Via::SignaturesAsked => self.lookup(name, rtype),
            Via::WholeMessage => ready(Err(DnsError::Unavailable(Unavailable::NotRecorded))).boxed(),
            Via::Server { host, .. } => match self.servers.get(host) {
                Some(own) => async move {
                    match own.lookup(name, rtype).await {
                        Err(DnsError::Unavailable(_)) => self.inner.lookup(name, rtype).await,
                        answer => answer,
                    }
                }
                .boxed(),
                None => self.inner.lookup(name, rtype),
            },
        }
    }
}

/// What a single server answers: `owner TXT data`, `owner none` or `owner timeout`.
fn own_server(lines: &[String]) -> Recording {
    let mut own = Recording::default();
    for line in lines {
        let mut words = line.splitn(3, ' ');
        let owner = words.next().unwrap();
        let at = Name::parse(owner).unwrap();
        match (words.next(), words.next()) {
            (Some("TXT"), Some(data)) => own.txt(owner, data),
            (Some("none"), None) => own.set(at, RecordType::Txt, Err(DnsError::NoData)),
            (Some("timeout"), None) => own.set(at, RecordType::Txt, Err(DnsError::Timeout)),
            _ => panic!("{line}: owner TXT data, owner none, owner timeout"),
        }
    }
    own
}

/// Judges a world through one of the two doors.
pub fn run(case: &Case, world: &World, source: Source) -> Vec<Finding> {
    let config = case.config.as_ref().map(|text| Config::parse(text, "mailauth.toml".as_ref()).unwrap());
    let mut config = config.unwrap_or_default();
    config.folder = env!("CARGO_MANIFEST_DIR").into();
    let today = jiff::civil::date(2026, 11, 23);
    let domain = case.default_subject();
    let load = |text: String, origin: &str| {
        let options = LoadOptions { origin: Some(Name::parse(origin).unwrap()), ..LoadOptions::default() };
        ZoneSet::load([File::memory("zone.db", text)], &options)
    };
    if source == Source::Zone {
        let text = case.zone.clone().map(|z| z.replace("{rsa}", &quote(RSA))).unwrap_or_else(|| world.zone(&domain));
        return mailauth::lint::lint(load(text, &domain), &config, today).findings;
    }
    let mut all = world.clone();
    let missing =
        |line: &&str| !line.is_empty() && !world.lines.iter().any(|(o, ..)| line.starts_with(&format!("{o} ")));
    all.lines.extend(World::new(OUTSIDE.lines().filter(missing)).lines);
    let zones = Zones::new(Arc::new(load(all.zone(""), ".")));
    let (bogus, fail): (BTreeMap<_, _>, BTreeMap<_, _>) = case.fail.iter().partition(|(_, how)| *how == "bogus");
    let names = |list: &mut dyn Iterator<Item = &String>| list.map(|n| Name::parse(n).unwrap()).collect::<Vec<_>>();
    let fail = fail.into_iter().map(|(name, how)| {
        let error = match how.as_str() {
            "servfail" => DnsError::ServFail,
            "refused" => DnsError::Refused,
            "timeout" => DnsError::Timeout,
            other => panic!("{other}: no failure"),
        };
        (Name::parse(name).unwrap(), error)
    });
    let mut ns = Recording::default();
    for (owner, _, server) in all.lines.iter().filter(|l| l.1 == "NS") {
        ns.add(owner, RecordData::Ns(Name::parse(server).unwrap()));
    }
    let dns = Failing {
        ns,
        inner: zones,
        fail: fail.collect(),
        bogus: names(&mut bogus.into_keys()),
        authentic: case.authentic == Some(true),
        unsigned: names(&mut case.unsigned.iter()),
        servers: case.servers.iter().map(|(name, own)| (Name::parse(name).unwrap(), own_server(own))).collect(),
    };
    let reach = Reach {
        ad_trust: if case.authentic.is_some() { AdTrust::Asked } else { AdTrust::No },
        all_own_servers: !case.servers.is_empty(),
        ..Reach::default()
    };
    let domain = Name::parse(&domain).unwrap();
    let apex = mailauth::dmarc::legacy::registrable_domain(&domain);
    let wanted = config.domain(&domain).cloned();
    let plan = Plan {
        origin: Origin::Dns,
        position: match apex {
            Some(apex) if apex != domain => Position::Below(apex),
            _ => Position::Apex,
        },
        wishes: Wishes {
            selectors: case.selectors.clone().unwrap_or_else(|| vec!["s1".to_owned()]),
            addresses: case.ips.clone(),
            config: wanted,
            folder: env!("CARGO_MANIFEST_DIR").into(),
        },
        selectors: SelectorSearch::Guess,
        misplaced: Vec::new(),
        reputation: case.reputation,
        bounds: Bounds::default(),
        today,
        domain,
    };
    let facts = gather::gather_domain(&dns, plan, Some(&reach)).now_or_never();
    let mut facts = facts.expect("answers from a zone are there at once");
    if let Some(text) = &case.policy {
        let media_type = Some(case.media_type.clone().unwrap_or_else(|| "text/plain".to_owned()));
        facts.mta_sts_policy = Some(Fact::Known(Ok(PolicyFile { body: text.clone().into_bytes(), media_type })));
    } else if let Some(fault) = &case.policy_fault {
        facts.mta_sts_policy = Some(Fact::Known(Err(fault.clone())));
    }
    for host in &mut facts.mx_hosts {
        let Some(shown) = case.smtp.get(host.host.as_str()) else { continue };
        let probe = shown.probe();
        let name = probe.greeting.as_deref().and_then(|g| Name::parse(g).ok()).unwrap_or_else(Name::root);
        let answer = dns.lookup(&name, RecordType::A).now_or_never().unwrap();
        let greeting_addresses = Fact::from_lookup(answer, |r| match r {
            RecordData::A(a) => Some(IpAddr::V4(*a)),
            _ => None,
        });
        let address = host.addresses().next();
        let anchors = shown.anchors.clone();
        host.smtp = Some(Fact::Known(SmtpFacts { address, probe, greeting_addresses, anchors }));
    }
    rules::judge_domain(&Domain::new(&facts), source)
}
