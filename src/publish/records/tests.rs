use super::*;

fn domain() -> Name {
    Name::parse("example.de").unwrap()
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| s.to_string()).collect()
}

#[test]
fn spf_records_are_made() {
    let options = SpfOptions {
        a: true,
        mx: true,
        ip4: strings(&["5.45.100.20", "192.0.2.0/24", "5.45.100.20"]),
        ip6: strings(&["2001:DB8::/48"]),
        include: strings(&["_spf.example.net", "bücher.example"]),
        all: SpfAll::Fail,
    };
    assert_eq!(
        spf(&domain(), &options, 60).unwrap().value,
        "v=spf1 ip4:5.45.100.20 ip4:192.0.2.0/24 ip6:2001:db8::/48 a mx include:_spf.example.net \
         include:xn--bcher-kva.example -all"
    );
    assert_eq!(spf(&domain(), &SpfOptions::default(), 60).unwrap().value, "v=spf1 ~all");
}

#[test]
fn bad_spf_values_are_refused() {
    for ip4 in ["5.45.100.300", "1.2.3", "1.2.3.4/33", "1.2.3.4/024", "1.2.3.4/", "::1", "01.2.3.4", "0.0.0.0/0", ""] {
        let options = SpfOptions { ip4: strings(&[ip4]), ..SpfOptions::default() };
        assert_eq!(spf(&domain(), &options, 60).unwrap_err().flag, "--ip4", "{ip4}");
    }
    for ip6 in ["1.2.3.4", "2001:db8::/129", "fe80::1%eth0", "[::1]", "::/0"] {
        let options = SpfOptions { ip6: strings(&[ip6]), ..SpfOptions::default() };
        assert_eq!(spf(&domain(), &options, 60).unwrap_err().flag, "--ip6", "{ip6}");
    }
    for include in ["localhost", "a..b", "example.de", "1.2.3.4", "a b.de", "a.de;b", "", "-a.de"] {
        let options = SpfOptions { include: strings(&[include]), ..SpfOptions::default() };
        assert_eq!(spf(&domain(), &options, 60).unwrap_err().flag, "--include", "{include}");
    }
    let include = (0..11).map(|i| format!("a{i}.example")).collect();
    let options = SpfOptions { include, ..SpfOptions::default() };
    assert_eq!(spf(&domain(), &options, 60).unwrap_err().reason, Reason::Lookups(11));
}

#[test]
fn dmarc_records_are_made() {
    let options = DmarcOptions {
        policy: Policy::Reject,
        subdomain_policy: Some(Policy::Quarantine),
        nonexistent_policy: Some(Policy::Reject),
        rua: strings(&["mailto:d@example.de,mailto:e@bücher.example", "mailto:d@example.de"]),
        ruf: strings(&["mailto:a%2Cb@example.de"]),
        adkim: Some(Alignment::Strict),
        aspf: Some(Alignment::Relaxed),
        fo: Some("1:d:s".into()),
        test: true,
    };
    let record = dmarc(&domain(), &options, 60).unwrap();
    assert_eq!(record.name.as_str(), "_dmarc.example.de");
    assert_eq!(
        record.value,
        "v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; aspf=r; \
         rua=mailto:d@example.de,mailto:e@xn--bcher-kva.example; ruf=mailto:a%2Cb@example.de; fo=1:d:s; t=y"
    );
    assert_eq!(dmarc(&domain(), &DmarcOptions::default(), 60).unwrap().value, "v=DMARC1; p=none");
    assert!("rejct".parse::<Policy>().unwrap_err().to_string().contains("quarantine"));
}

#[test]
fn bad_report_addresses_are_refused() {
    for (uri, reason) in [
        ("kein-uri", Reason::Uri),
        ("d@example.de", Reason::MissingMailto("d@example.de".into())),
        ("mailto:d@example.de!10m", Reason::Encode('!')),
        ("mailto:d@example.de;x", Reason::Encode(';')),
        ("mailto:d", Reason::Uri),
        ("mailto:@example.de", Reason::Uri),
        ("mailto:d@localhost", Reason::Uri),
        ("mailto:ä@example.de", Reason::NotAscii),
        ("mailto:a b@example.de", Reason::Uri),
        ("mailto:a\"b@example.de", Reason::Uri),
        ("mailto:a%zz@example.de", Reason::Uri),
        ("mailto:a%{x}@example.de", Reason::Uri),
        ("ftp://example.de/x", Reason::Scheme),
        ("https:example.de", Reason::Uri),
        ("", Reason::Uri),
    ] {
        let error = tls_rpt(&domain(), &strings(&[uri]), 60).unwrap_err();
        assert_eq!((error.flag, error.reason), ("--rua", reason), "{uri}");
    }
    assert!(tls_rpt(&domain(), &strings(&["https://tls.example.de/v1?x=%20"]), 60).is_ok());
    assert_eq!(tls_rpt(&domain(), &[], 60).unwrap_err().reason, Reason::Missing);
}

#[test]
fn mta_sts_comes_with_its_policy() {
    let options = StsOptions { mx: strings(&["mail.example.de", "*.backup.example"]), ..StsOptions::default() };
    let (record, file) = mta_sts(&domain(), &options, 60).unwrap();
    assert_eq!(
        file.text,
        "version: STSv1\nmode: testing\nmx: mail.example.de\nmx: *.backup.example\nmax_age: 604800\n"
    );
    assert_eq!(file.url, "https://mta-sts.example.de/.well-known/mta-sts.txt");
    let id = record.value.strip_prefix("v=STSv1; id=").unwrap();
    assert!(id.len() == 20 && id.bytes().all(|b| b.is_ascii_alphanumeric()));
    let other = mta_sts(&domain(), &StsOptions { mode: StsMode::Enforce, ..options.clone() }, 60).unwrap().0;
    assert_ne!(other.value, record.value);
    for bad in [
        StsOptions { id: Some("2026-04".into()), ..options.clone() },
        StsOptions { id: Some("a".repeat(33)), ..options.clone() },
        StsOptions { mx: Vec::new(), ..options.clone() },
        StsOptions { mx: strings(&["*.*.example"]), ..options.clone() },
        StsOptions { mx: strings(&["192.0.2.1"]), ..options.clone() },
        StsOptions { max_age: 31_557_601, ..options.clone() },
    ] {
        assert!(mta_sts(&domain(), &bad, 60).is_err(), "{bad:?}");
    }
}

#[test]
fn parked_domains_say_no_to_everything() {
    let records = parked(&domain(), &strings(&["mailto:d@example.de"]), 60).unwrap();
    let lines: Vec<String> = records.iter().map(|r| format!("{} {} {}", r.name, r.rtype, r.value)).collect();
    assert_eq!(
        lines,
        [
            "example.de MX 0 .",
            "example.de TXT v=spf1 -all",
            "_dmarc.example.de TXT v=DMARC1; p=reject; rua=mailto:d@example.de",
            "*._domainkey.example.de TXT v=DKIM1; p=",
        ]
    );
}

#[test]
fn selectors_and_durations_are_checked() {
    let key = PublicKey::Ed25519([7; 32]);
    let options = DkimOptions { testing: true, strict: true };
    let record = dkim(&key, "S1.eu", &domain(), options, 60).unwrap();
    assert_eq!(record.name.as_str(), "s1.eu._domainkey.example.de");
    assert!(record.value.starts_with("v=DKIM1; k=ed25519; t=y:s; p=Bwc"));
    for selector in ["", "a..b", "-a", "a b", "ä", "a/b", &"a".repeat(64)] {
        assert!(dkim(&key, selector, &domain(), options, 60).is_err(), "{selector}");
    }
    assert_eq!(default_selector("2026-11-23T01:00:00Z".parse().unwrap()), "s202611");
    assert_eq!(seconds("--max-age", "7d").unwrap(), 604_800);
    for text in ["", "d", "7x", "200ms", "99999999999999999999d", "-1d", "1.5h"] {
        assert!(seconds("--max-age", text).is_err(), "{text}");
    }
}
