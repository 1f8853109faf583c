use futures_util::FutureExt as _;

use super::*;
use crate::dns::recording::Recording;
use crate::dns::{DnsError, Name, RecordType};

fn n(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// `name tags, name tags`; `!name` has a TXT record of its own.
fn zone(text: &str) -> Recording {
    let mut dns = Recording::closed_world();
    for entry in text.split(", ").filter(|e| *e != "-" && !e.is_empty()) {
        let (name, tags) = entry.split_once(' ').unwrap();
        match name.strip_prefix('!') {
            Some(name) => dns.txt(name, tags),
            None => dns.txt(&format!("_dmarc.{name}"), &format!("v=DMARC1; {}", tags.replace(' ', "; "))),
        }
    }
    dns
}

fn found(dns: &Recording, author: &str) -> Discovery {
    let one = discover(dns, &n(author), Asking::Concurrent).now_or_never().unwrap();
    let two = discover(dns, &n(author), Asking::Sequential).now_or_never().unwrap();
    assert_eq!(one, two, "{author}");
    one
}

#[test]
fn walks_of_the_standard() {
    for line in include_str!("../../testdata/dmarc/walks.txt").lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<_> = line.split(" | ").collect();
        let [author, org, at, policy, records] = columns[..] else { panic!("{line}") };
        let discovery = found(&zone(records), author);
        assert_eq!(discovery.error, None, "{line}");
        assert_eq!(discovery.organizational_domain(), &n(org), "{line}");
        let record = discovery.policy.as_ref();
        assert_eq!(record.map_or("-", |p| p.domain.as_str()), at, "{line}");
        assert_eq!(record.and_then(|p| p.policy).map_or("-", Policy::as_str), policy, "{line}");
    }
}

#[test]
fn names_of_the_walk() {
    let names = |text: &str| walk_names(&n(text)).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        names("a.b.c.d.e.f.g.h.i.j.mail.example.com"),
        [
            "a.b.c.d.e.f.g.h.i.j.mail.example.com",
            "g.h.i.j.mail.example.com",
            "h.i.j.mail.example.com",
            "i.j.mail.example.com",
            "j.mail.example.com",
            "mail.example.com",
            "example.com",
            "com"
        ]
    );
    assert_eq!(names("a.example.com"), ["a.example.com", "example.com", "com"]);
    assert_eq!(names("1.2.3.4.5.6.7.8").len(), 8);
    assert!(names(".").is_empty());
}

#[test]
fn failures_are_no_absence() {
    let mut dns = zone("example.com p=reject");
    dns.set(n("_dmarc.a.example.com"), RecordType::Txt, Err(DnsError::ServFail));
    let discovery = found(&dns, "a.example.com");
    assert_eq!(discovery.error, Some(DnsError::ServFail));
    let outcome = result(&dns, "a.example.com", Some(("a.example.com", Verdict::Pass)), &[]);
    assert_eq!((outcome.result, outcome.reason), (DmarcResult::Temperror, Some(Reason::DnsError)));
    // The author's own record decides, whatever is above.
    let mut dns = zone("example.com p=reject");
    dns.set(n("_dmarc.com"), RecordType::Txt, Err(DnsError::Timeout));
    assert_eq!(found(&dns, "example.com").error, None);
    let outcome = result(&dns, "example.com", Some(("mail.example.com", Verdict::Pass)), &[]);
    assert_eq!(outcome.result, DmarcResult::Pass);
    assert!(organizational_domain(&dns, &n("example.com"), Asking::Concurrent).now_or_never().unwrap().is_err());
}

fn result(dns: &Recording, from: &str, spf: Option<(&str, Verdict)>, dkim: &[(&str, Verdict)]) -> Outcome {
    let input = Input {
        from: from.split(' ').filter(|f| !f.is_empty()).map(n).collect(),
        spf: spf.map(|(domain, verdict)| SpfIdentity { domain: (!domain.is_empty()).then(|| n(domain)), verdict }),
        dkim: dkim.iter().map(|(domain, verdict)| Identifier { domain: n(domain), verdict: *verdict }).collect(),
    };
    let one = evaluate(dns, &input, Asking::Concurrent).now_or_never().unwrap();
    let two = evaluate(dns, &input, Asking::Sequential).now_or_never().unwrap();
    assert_eq!(one, two);
    one
}

#[test]
fn results() {
    use DmarcResult as D;
    use Reason as R;
    use Verdict::{NoPass, Pass, TempError};
    let relaxed = "example.com p=reject, com p=none psd=y";
    let strict = "example.com p=reject adkim=s aspf=s, sub.example.com p=reject adkim=s aspf=s, com p=none psd=y";
    for (records, from, spf, dkim, want, reason) in [
        (relaxed, "example.com", None, &[("example.com", Pass)] as &[_], D::Pass, None),
        (relaxed, "a.example.com", None, &[("b.example.com", Pass)], D::Pass, None),
        (relaxed, "example.com", None, &[("other.com", Pass)], D::Fail, Some(R::SpfNotChecked)),
        (relaxed, "example.com", Some(("other.com", Pass)), &[], D::Fail, Some(R::NotAligned)),
        (relaxed, "example.com", Some(("bounce.example.com", Pass)), &[], D::Pass, None),
        (relaxed, "example.com", Some(("example.com", NoPass)), &[], D::Fail, Some(R::NotAuthenticated)),
        // HELO passed for somebody, MAIL FROM has nothing: no identity (CVE-2019-20790).
        (relaxed, "example.com", Some(("", NoPass)), &[], D::Fail, Some(R::NotAuthenticated)),
        (relaxed, "example.com", Some(("example.com", TempError)), &[], D::Temperror, Some(R::DnsError)),
        (relaxed, "example.com", Some(("other.com", TempError)), &[], D::Fail, Some(R::NotAuthenticated)),
        (
            relaxed,
            "example.com",
            Some(("other.com", NoPass)),
            &[("example.com", TempError)],
            D::Temperror,
            Some(R::DnsError),
        ),
        (relaxed, "example.com", None, &[("x.com", TempError), ("example.com", Pass)], D::Pass, None),
        // Strict, in both directions.
        (
            strict,
            "sub.example.com",
            Some(("other.com", NoPass)),
            &[("example.com", Pass)],
            D::Fail,
            Some(R::NotAligned),
        ),
        (strict, "example.com", Some(("sub.example.com", Pass)), &[], D::Fail, Some(R::NotAligned)),
        (strict, "sub.example.com", None, &[("sub.example.com", Pass)], D::Pass, None),
        ("-", "example.com", None, &[("example.com", Pass)], D::None, Some(R::NoRecord)),
        ("example.com p=x", "example.com", None, &[("example.com", Pass)], D::Permerror, Some(R::RecordUnusable)),
        // psd=n below: another Organizational Domain.
        (
            "example.com p=reject, sub.example.com p=none psd=n",
            "sub.example.com",
            Some(("other.com", NoPass)),
            &[("example.com", Pass)],
            D::Fail,
            Some(R::NotAligned),
        ),
        ("-", "", None, &[("example.com", Pass)], D::Permerror, Some(R::FromUnusable)),
        (relaxed, "example.com example.com", None, &[("example.com", Pass)], D::Pass, None),
        (
            "example.com p=reject, evil.net p=none",
            "evil.net example.com",
            None,
            &[("evil.net", Pass)],
            D::Fail,
            Some(R::FromSeveralDomains),
        ),
        (
            "example.com p=reject, evil.net p=none",
            "evil.net example.com",
            None,
            &[("evil.net", Pass), ("example.com", Pass)],
            D::Permerror,
            Some(R::FromSeveralDomains),
        ),
    ] {
        let outcome = result(&zone(records), from, spf, dkim);
        assert_eq!((outcome.result, outcome.reason), (want, reason), "{records} {from} {spf:?} {dkim:?}");
    }
}

#[test]
fn testing_and_alignment_in_the_outcome() {
    let outcome = result(
        &zone("example.com p=reject t=y pct=0, com p=none psd=y"),
        "example.com",
        Some(("example.com", Verdict::Pass)),
        &[("mail.example.com", Verdict::NoPass), ("other.com", Verdict::Pass)],
    );
    assert_eq!(outcome.policy, Some(Policy::Reject));
    assert_eq!(outcome.applied, Some(Policy::Quarantine));
    assert_eq!(outcome.dkim_alignment, [true, false]);
    assert_eq!((outcome.dkim_aligned, outcome.spf_aligned), (false, true));
}

#[test]
fn a_suffix_of_the_list_aligns_with_itself() {
    let dns = zone("1password.com p=reject, github.io p=none");
    assert_eq!(result(&dns, "1password.com", None, &[("1password.com", Verdict::Pass)]).result, DmarcResult::Pass);
    let old = legacy::discover(&dns, &n("x.github.io")).now_or_never().unwrap();
    assert_eq!(old.organizational_domain, n("x.github.io"));
    let new = found(&dns, "x.github.io");
    assert_eq!(new.organizational_domain(), &n("github.io"));
    let difference = legacy::differs(&new, &old).unwrap();
    assert!(difference.policy && difference.organizational_domain);
}

#[test]
fn older_receivers() {
    let compare = |records: &str, author: &str| {
        let dns = zone(records);
        let old = legacy::discover(&dns, &n(author)).now_or_never().unwrap();
        (legacy::differs(&found(&dns, author), &old).map(|d| (d.policy, d.organizational_domain)), old)
    };
    assert_eq!(compare("example.com p=reject", "example.com").0, None);
    assert_eq!(compare("example.com p=reject", "a.b.example.com").0, None);
    assert_eq!(compare("-", "a.example.com").0, None);
    assert_eq!(compare("sub.example.com p=reject", "sub.example.com").0, Some((false, true)));
    assert_eq!(compare("example.com p=none np=reject", "gone.example.com").0, Some((true, false)));
    let (difference, old) =
        compare("a.example.com p=none, a.example.com p=reject, example.com p=reject", "a.example.com");
    assert_eq!((difference, old.policy), (Some((true, false)), None));
    assert_eq!(legacy::registrable_domain(&n("a.bücher.de")), Some(n("bücher.de")));
    assert_eq!(legacy::registrable_domain(&n("co.uk")), None);
    assert!(legacy::is_public_suffix(&n("co.uk")) && !legacy::is_public_suffix(&n("example.co.uk")));
}

#[test]
fn foreign_report_destinations() {
    let allow = "example.com._report._dmarc.reports.net";
    let ask = |dns: &Recording, uri: &str| {
        let record = parse(&format!("v=DMARC1; rua={uri}")).record.unwrap();
        authorise_all(dns, &n("example.com"), &record.rua, false).now_or_never().unwrap().remove(0)
    };
    let base = "example.com p=reject, com p=none psd=y, net p=none psd=y";
    assert_eq!(ask(&zone(base), "mailto:a@example.com"), Authorisation::Internal);
    assert_eq!(ask(&zone(base), "mailto:a@mail.example.com"), Authorisation::Internal);
    assert_eq!(ask(&zone(base), "mailto:a@reports.net"), Authorisation::Unauthorised);
    assert_eq!(ask(&zone(base), "https://reports.net/x"), Authorisation::Unsupported);
    for (text, want) in [
        ("v=DMARC1", Authorisation::Authorised),
        ("v=DMARC1;", Authorisation::Authorised),
        ("v=dmarc1", Authorisation::Unauthorised),
        ("v=DMARC1; rua=mailto:b@reports.net", Authorisation::Replaced("mailto:b@reports.net".into())),
        ("v=DMARC1; rua=mailto:b@evil.net", Authorisation::ReplacedElsewhere("mailto:b@evil.net".into())),
    ] {
        let mut dns = zone(base);
        dns.txt(allow, text);
        assert_eq!(ask(&dns, "mailto:a@reports.net"), want, "{text}");
    }
    let mut dns = zone(base);
    dns.set(n(allow), RecordType::Txt, Err(DnsError::Timeout));
    assert_eq!(ask(&dns, "mailto:a@reports.net"), Authorisation::Unknown(DnsError::Timeout));
    let long = n(&["abcdefghijklmnopqrstuvwxyz"; 8].join("."));
    assert_eq!(report_name(&long, &n(&"reports.net.".repeat(4))), None);
}

#[test]
fn junk_does_not_push_out_what_passes() {
    use Verdict::{NoPass, Pass};
    let dns = zone("example.com p=reject, com p=none psd=y");
    let mut junk: Vec<(String, Verdict)> = (0..20).map(|i| (format!("junk{i}.net"), NoPass)).collect();
    junk.push(("failed.example.com".to_owned(), NoPass));
    let borrowed: Vec<(&str, Verdict)> = junk.iter().map(|(d, v)| (d.as_str(), *v)).collect();
    let outcome = result(&dns, "example.com", Some(("bounce.example.com", Pass)), &borrowed);
    assert_eq!(outcome.result, DmarcResult::Pass);
    // That a failed signature is the sender's own is still known.
    assert_eq!(outcome.dkim_alignment.iter().filter(|aligned| **aligned).count(), 1);
    // Even junk that passes comes after SPF, and no question is asked for junk that fails.
    let passing: Vec<(&str, Verdict)> = borrowed.iter().map(|(d, _)| (*d, Pass)).collect();
    let outcome = result(&dns, "example.com", Some(("bounce.example.com", Pass)), &passing);
    assert_eq!(outcome.result, DmarcResult::Pass);
}
