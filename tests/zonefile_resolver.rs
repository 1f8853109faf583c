//! Zone files as a resolver: what an authoritative server and a resolver before it would answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::sync::Arc;

use futures_util::FutureExt as _;
use mailauth::dns::recording::Recording;
use mailauth::dns::stack::Layered;
use mailauth::dns::zone::{Step, Zones};
use mailauth::dns::{Answer, DnsError, Name, RecordData, RecordType, Resolver, Unavailable};
use mailauth::zonefile::{LoadOptions, Source, ZoneSet};

const ZONE: &str = r#"
$ORIGIN b.de.
$TTL 3600
@ SOA ns h 1 2 3 4 5
@ NS ns
@ MX 10 mail
@ MX 10 mail
@ MX 20 mail
ns A 192.0.2.53
mail 60 A 192.0.2.1
mail A 192.0.2.1
www 120 CNAME mail
far CNAME x.elsewhere.net.
loop CNAME pool
pool CNAME loop
self CNAME self
gone CNAME nothing
a.b.c TXT "deep"
*.wild TXT "star"
host.sub.wild TXT "blocks"
*.alias CNAME mail
kind NS ns.kind
kind NS ns.other.net.
kind DS 1 8 2 00
ns.kind A 192.0.2.99
deep.kind TXT "not ours"
old DNAME new
x.new TXT "renamed"
broken A 192.0.2
broken TXT "fine"
vague TXTT "x"
*.half A 1.2.3
loc LOC 52 0 0 N 13 0 0 E 30m
"#;

fn zones(text: &str) -> Zones {
    let set = ZoneSet::load([Source::memory("zone.db", text)], &LoadOptions::default());
    Zones::new(Arc::new(set))
}

fn ask(zones: &dyn Resolver, name: &str, rtype: &str) -> Result<Arc<Answer>, DnsError> {
    zones.lookup(&Name::parse(name).unwrap(), rtype.parse().unwrap()).now_or_never().unwrap()
}

fn shown(answer: Result<Arc<Answer>, DnsError>) -> String {
    match answer {
        Err(error) => error.to_string(),
        Ok(answer) => {
            let aliases: String = answer.aliases.iter().map(|a| format!("{a} > ")).collect();
            let records: Vec<_> = answer
                .records
                .iter()
                .map(|r| match r {
                    RecordData::A(a) => a.to_string(),
                    RecordData::Txt(t) => t.to_text(),
                    RecordData::Mx { preference, exchange } => format!("{preference} {exchange}"),
                    RecordData::Cname(n) | RecordData::Ns(n) => n.to_string(),
                    other => other.rtype().to_string(),
                })
                .collect();
            format!("{aliases}{} ttl {}", records.join(", "), answer.ttl)
        }
    }
}

#[test]
fn names_are_answered_as_a_server_would() {
    let zones = zones(ZONE);
    let offline = "not asked (offline)";
    for (name, rtype, want) in [
        ("b.de", "MX", "10 mail.b.de, 20 mail.b.de ttl 3600"),
        ("mail.b.de", "A", "192.0.2.1 ttl 60"),
        ("mail.b.de", "AAAA", "no data"),
        ("nothing.b.de", "A", "NXDOMAIN"),
        ("_dmarc.b.de", "TXT", "NXDOMAIN"),
        // Aliases.
        ("www.b.de", "A", "mail.b.de > 192.0.2.1 ttl 60"),
        ("www.b.de", "TXT", "no data"),
        ("www.b.de", "CNAME", "mail.b.de ttl 120"),
        ("far.b.de", "A", offline),
        ("loop.b.de", "A", "SERVFAIL"),
        ("self.b.de", "A", "SERVFAIL"),
        ("gone.b.de", "A", "NXDOMAIN"),
        // Empty non-terminals exist (RFC 8020).
        ("a.b.c.b.de", "TXT", "deep ttl 3600"),
        ("b.c.b.de", "TXT", "no data"),
        ("c.b.de", "A", "no data"),
        ("z.c.b.de", "A", "NXDOMAIN"),
        // RFC 4592 §2.2.1.
        ("any.wild.b.de", "TXT", "star ttl 3600"),
        ("many.any.wild.b.de", "TXT", "star ttl 3600"),
        ("any.wild.b.de", "A", "no data"),
        ("wild.b.de", "TXT", "no data"),
        ("*.wild.b.de", "TXT", "star ttl 3600"),
        ("sub.wild.b.de", "TXT", "no data"),
        ("other.sub.wild.b.de", "TXT", "NXDOMAIN"),
        ("_smtp.alias.b.de", "A", "mail.b.de > 192.0.2.1 ttl 60"),
        ("alias.b.de", "A", "no data"),
        // Delegations; glue stands in where nobody else answers.
        ("kind.b.de", "NS", offline),
        ("kind.b.de", "DS", "DS ttl 3600"),
        ("deep.kind.b.de", "TXT", offline),
        ("_dmarc.kind.b.de", "TXT", offline),
        ("ns.kind.b.de", "A", "192.0.2.99 ttl 3600"),
        ("ns.kind.b.de", "TXT", offline),
        // RFC 6672.
        ("x.old.b.de", "TXT", "x.new.b.de > renamed ttl 3600"),
        ("y.old.b.de", "TXT", "NXDOMAIN"),
        ("old.b.de", "TXT", "no data"),
        // What cannot be read is unknown.
        ("broken.b.de", "A", offline),
        ("broken.b.de", "TXT", "fine ttl 3600"),
        ("broken.b.de", "MX", "no data"),
        ("vague.b.de", "TXT", offline),
        ("q.half.b.de", "A", offline),
        ("loc.b.de", "LOC", offline),
        // Not ours.
        ("de", "NS", offline),
        ("c.de", "TXT", offline),
        ("xb.de", "TXT", offline),
    ] {
        assert_eq!(shown(ask(&zones, name, rtype)), want, "{name} {rtype}");
    }
}

#[test]
fn the_rest_of_the_world_is_asked() {
    let mut world = Recording::closed_world();
    world.add("x.elsewhere.net", RecordData::A("198.51.100.1".parse().unwrap()));
    world.add("ns.kind.b.de", RecordData::A("198.51.100.99".parse().unwrap()));
    world.txt("deep.kind.b.de", "theirs");
    let mut back = Answer::new([RecordData::A("203.0.113.9".parse().unwrap())]);
    back.aliases = vec![Name::parse("mail.b.de").unwrap()];
    world.set(Name::parse("back.elsewhere.net").unwrap(), RecordType::A, Ok(Arc::new(back)));
    let text = format!("{ZONE}\nround CNAME back.elsewhere.net.\n");
    let zones = Layered { first: zones(&text), then: world };
    for (name, rtype, want) in [
        ("far.b.de", "A", "x.elsewhere.net > 198.51.100.1 ttl 3600"),
        ("ns.kind.b.de", "A", "198.51.100.99 ttl 3600"),
        ("deep.kind.b.de", "TXT", "theirs ttl 3600"),
        ("nowhere.net", "A", "NXDOMAIN"),
        // The alias outside leads back: what the file says is what will be published.
        ("round.b.de", "A", "back.elsewhere.net > mail.b.de > 192.0.2.1 ttl 60"),
        ("nothing.b.de", "A", "NXDOMAIN"),
    ] {
        assert_eq!(shown(ask(&zones, name, rtype)), want, "{name} {rtype}");
    }
    assert!(matches!(
        zones.first.step(&Name::parse("far.b.de").unwrap(), RecordType::A),
        Step::Elsewhere { name, aliases, .. } if name.as_str() == "x.elsewhere.net" && aliases.len() == 1
    ));
}

#[test]
fn zones_are_told_apart() {
    let text = "$ORIGIN b.de.\n@ SOA ns h 1 2 3 4 5\nkind NS ns\nkind TXT \"parent\"\n$ORIGIN kind.b.de.\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nx TXT \"child\"\n";
    let zones = zones(text);
    assert_eq!(shown(ask(&zones, "x.kind.b.de", "TXT")), "child ttl 5");
    assert_eq!(shown(ask(&zones, "y.kind.b.de", "TXT")), "NXDOMAIN");
    let n = |t: &str| Name::parse(t).unwrap();
    assert_eq!(zones.zone_of(&n("x.kind.b.de")).unwrap().apex, n("kind.b.de"));
    assert!(zones.contains(&n("b.de")) && !zones.contains(&n("de")));
}

#[test]
fn where_records_were_lost_nothing_is_missing() {
    let zones = zones("$ORIGIN b.de.\n@ SOA ns h 1 2 3 4 5\n@ TXT a\n$INCLUDE more.db\n");
    let offline = Err(DnsError::Unavailable(Unavailable::Offline));
    assert_eq!(ask(&zones, "_dmarc.b.de", "TXT"), offline);
    assert_eq!(ask(&zones, "b.de", "MX"), offline);
    assert_eq!(shown(ask(&zones, "b.de", "TXT")), "a ttl 5");
}

#[test]
fn large_sets_and_long_chains_are_no_trouble() {
    let mut text = String::from("$ORIGIN b.de.\n@ SOA ns h 1 2 3 4 5\n");
    for i in 0..20_000 {
        writeln!(text, "@ TXT \"{}\"", i % 10_000).unwrap();
    }
    for i in 0..40 {
        writeln!(text, "c{i} CNAME c{}", i + 1).unwrap();
    }
    let zones = zones(&text);
    let first = ask(&zones, "b.de", "TXT").unwrap();
    assert_eq!(first.records.len(), 10_000);
    assert!(Arc::ptr_eq(&first, &ask(&zones, "b.de", "TXT").unwrap()));
    assert_eq!(ask(&zones, "c0.b.de", "A"), Err(DnsError::ServFail));
    assert_eq!(ask(&zones, "c35.b.de", "A"), Err(DnsError::NxDomain));
}
