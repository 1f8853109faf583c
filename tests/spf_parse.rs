//! SPF records as they are published: right ones, wrong ones, and those that never were one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use mailauth::spf::{FaultKind, TermKind, missing_blank, parse, select, version_slip};
use proptest::prelude::*;

/// Record, text at fault, suggestion (`None`: none), corrected record (`None`: none).
type Slip = (&'static str, &'static str, Option<&'static str>, Option<&'static str>);

const SLIPS: &[Slip] = &[
    ("v=spf1 ipv4:192.0.2.1 -all", "ipv4:", Some("ip4:"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 ip:192.0.2.0/24 -all", "ip:", Some("ip4:"), Some("v=spf1 ip4:192.0.2.0/24 -all")),
    ("v=spf1 ipv6:2001:db8::/32 -all", "ipv6:", Some("ip6:"), Some("v=spf1 ip6:2001:db8::/32 -all")),
    ("v=spf1 ip:2001:db8::1 -all", "ip:", Some("ip6:"), Some("v=spf1 ip6:2001:db8::1 -all")),
    ("v=spf1 inlcude:a.de -all", "inlcude:", Some("include:"), Some("v=spf1 include:a.de -all")),
    ("v=spf1 -inclde:a.de -all", "inclde:", Some("include:"), Some("v=spf1 -include:a.de -all")),
    ("v=spf1 exist:a.de -all", "exist:", Some("exists:"), Some("v=spf1 exists:a.de -all")),
    ("v=spf1 redirect:a.de", "redirect:a.de", Some("redirect=a.de"), Some("v=spf1 redirect=a.de")),
    ("v=spf1 mx all-", "all-", Some("-all"), Some("v=spf1 mx -all")),
    ("v=spf1 mx all~", "all~", Some("~all"), Some("v=spf1 mx ~all")),
    ("v=spf1 mx --all", "--", Some("-"), Some("v=spf1 mx -all")),
    ("v=spf1 mx - all", "- ", Some("-"), Some("v=spf1 mx -all")),
    ("v=spf1 mx -  all", "-  ", Some("-"), Some("v=spf1 mx -all")),
    ("v=spf1 mx -al", "al", Some("all"), Some("v=spf1 mx -all")),
    ("v=spf1 mx -alll", "alll", Some("all"), Some("v=spf1 mx -all")),
    ("v=spf1 mx, -all", ",", Some(""), Some("v=spf1 mx -all")),
    ("v=spf1 mx;-all", ";", Some(" "), Some("v=spf1 mx -all")),
    ("v=spf1 mx -all;", ";", Some(""), Some("v=spf1 mx -all")),
    ("v=spf1 mx\t-all", "\t", Some(" "), Some("v=spf1 mx -all")),
    ("v=spf1 mx -all\r\n", "\r\n", Some(""), Some("v=spf1 mx -all")),
    ("v=spf1 mx -all\"", "-all\"", Some("-all"), Some("v=spf1 mx -all")),
    ("v=spf1 mx \"-all\"", "\"-all\"", Some("-all"), Some("v=spf1 mx -all")),
    ("v=spf1 a:192.0.2.1 -all", "a:192.0.2.1", Some("ip4:192.0.2.1"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 mx:192.0.2.1 -all", "mx:192.0.2.1", Some("ip4:192.0.2.1"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 a:2001:db8::1 -all", "a:2001:db8::1", Some("ip6:2001:db8::1"), Some("v=spf1 ip6:2001:db8::1 -all")),
    (
        "v=spf1 include:192.0.2.0/24 ~all",
        "include:192.0.2.0/24",
        Some("ip4:192.0.2.0/24"),
        Some("v=spf1 ip4:192.0.2.0/24 ~all"),
    ),
    (
        "v=spf1 ip4:2001:db8::/32 -all",
        "ip4:2001:db8::/32",
        Some("ip6:2001:db8::/32"),
        Some("v=spf1 ip6:2001:db8::/32 -all"),
    ),
    ("v=spf1 ip6:192.0.2.1 -all", "ip6:192.0.2.1", Some("ip4:192.0.2.1"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 ip4:mail.a.de -all", "ip4:mail.a.de", Some("a:mail.a.de"), Some("v=spf1 a:mail.a.de -all")),
    ("v=spf1 192.0.2.1 -all", "192.0.2.1", Some("ip4:192.0.2.1"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 +192.0.2.0/24 -all", "192.0.2.0/24", Some("ip4:192.0.2.0/24"), Some("v=spf1 +ip4:192.0.2.0/24 -all")),
    ("v=spf1 2001:db8::1 -all", "2001:db8::1", Some("ip6:2001:db8::1"), Some("v=spf1 ip6:2001:db8::1 -all")),
    ("v=spf1 _spf.a.de -all", "_spf.a.de", Some("include:_spf.a.de"), Some("v=spf1 include:_spf.a.de -all")),
    ("v=spf1 include: _spf.a.de -all", "include: ", Some("include:"), Some("v=spf1 include:_spf.a.de -all")),
    ("v=spf1 include _spf.a.de -all", "include ", Some("include:"), Some("v=spf1 include:_spf.a.de -all")),
    ("v=spf1 ip4 192.0.2.1 -all", "ip4 ", Some("ip4:"), Some("v=spf1 ip4:192.0.2.1 -all")),
    (
        "v=spf1 include._spf.a.de -all",
        "include._spf.a.de",
        Some("include:_spf.a.de"),
        Some("v=spf1 include:_spf.a.de -all"),
    ),
    (
        "v=spf1 ip4:192.0.2.1/255.255.255.0 -all",
        "192.0.2.1/255.255.255.0",
        Some("192.0.2.1/24"),
        Some("v=spf1 ip4:192.0.2.1/24 -all"),
    ),
    ("v=spf1 ip4:192.0.2.1:25 -all", "192.0.2.1:25", Some("192.0.2.1"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 ip4:192.0.2 -all", "192.0.2", None, None),
    ("v=spf1 ip4:192.0.2/24 -all", "192.0.2/24", Some("192.0.2.0/24"), Some("v=spf1 ip4:192.0.2.0/24 -all")),
    ("v=spf1 mx-all", "mx-all", Some("mx -all"), Some("v=spf1 mx -all")),
    ("v=spf1 ip4:192.0.2.1~all", "ip4:192.0.2.1~all", Some("ip4:192.0.2.1 ~all"), Some("v=spf1 ip4:192.0.2.1 ~all")),
    ("v=spf1 mx \u{2013} all", "\u{2013} ", Some("-"), Some("v=spf1 mx -all")),
    ("v=spf1 ip4:192.0.02.1 -all", "192.0.02.1", Some("192.0.2.1"), Some("v=spf1 ip4:192.0.2.1 -all")),
    ("v=spf1 ip6:[2001:db8::1] -all", "[2001:db8::1]", Some("2001:db8::1"), Some("v=spf1 ip6:2001:db8::1 -all")),
    ("v=spf1 ip4:192.0.2.1/024 -all", "192.0.2.1/024", Some("192.0.2.1/24"), Some("v=spf1 ip4:192.0.2.1/24 -all")),
    ("v=spf1 a/24/64 -all", "/", Some("//"), Some("v=spf1 a/24//64 -all")),
    ("v=spf1 include:a.de/24 -all", "/24", Some(""), Some("v=spf1 include:a.de -all")),
    ("v=spf1 ptr/24 -all", "/24", Some(""), Some("v=spf1 ptr -all")),
    ("v=spf1 mx -all.", ".", Some(""), Some("v=spf1 mx -all")),
    ("v=spf1 -redirect=a.de", "-", Some(""), Some("v=spf1 redirect=a.de")),
    ("v=spf1 include:https://a.de/ -all", "https://a.de/", Some("a.de"), Some("v=spf1 include:a.de -all")),
    ("v=spf1 exists:%(i).a.de -all", "%(i)", Some("%{i}"), Some("v=spf1 exists:%{i}.a.de -all")),
    ("v=spf1 mx \u{2013}all", "\u{2013}", Some("-"), Some("v=spf1 mx -all")),
    ("v=spf1 mx\u{a0}-all", "\u{a0}", Some(" "), Some("v=spf1 mx -all")),
    ("v=spf1 include:\u{201c}a.de -all", "\u{201c}", Some(""), Some("v=spf1 include:a.de -all")),
    (
        "v=spf1 include:spf.prüfstelle.de -all",
        "spf.prüfstelle.de",
        Some("spf.xn--prfstelle-r9a.de"),
        Some("v=spf1 include:spf.xn--prfstelle-r9a.de -all"),
    ),
    // No suggestion can be made.
    ("v=spf1 foo -all", "foo", None, None),
    ("v=spf1 a: -all", "a:", None, None),
    ("v=spf1 include -all", "include", None, None),
    ("v=spf1 include:localhost -all", "localhost", None, None),
    ("v=spf1 a:x.123 -all", "123", None, None),
    ("v=spf1 a:x.-de -all", "-de", None, None),
    ("v=spf1 a/33 -all", "/33", None, None),
    ("v=spf1 ip4:192.0.2.1/33 -all", "/33", None, None),
    ("v=spf1 ip4:192.0.2.300 -all", "192.0.2.300", None, None),
    ("v=spf1 exists:%{c}.a.de -all", "%{c}", None, None),
    ("v=spf1 exists:%{d0}.a.de -all", "%{d0}", None, None),
    ("v=spf1 exists:%{d.a.de -all", "%{d.a.de", None, None),
    ("v=spf1 1up=foo -all", "1up=", None, None),
    ("v=spf1 redirect=a.de redirect=b.de", "redirect=b.de", None, None),
    ("v=spf1 a\u{1}b -all", "\u{1}", None, None),
];

#[test]
fn slips_have_place_and_suggestion() {
    for (text, at, suggestion, corrected) in SLIPS {
        let parsed = parse(text);
        assert_eq!(parsed.errors.len(), 1, "{text}: {:?}", parsed.errors);
        let fault = &parsed.errors[0];
        assert_eq!((&text[fault.span.clone()], fault.suggestion.as_deref()), (*at, *suggestion), "{text}: {fault:?}");
        assert_eq!(parsed.corrected(text).as_deref(), *corrected, "{text}");
    }
}

#[test]
fn recovered_terms_stand_for_what_was_meant() {
    for (text, canonical) in [
        ("v=spf1 ipv4:192.0.2.1 –all", "v=spf1 ip4:192.0.2.1 -all"),
        ("v=spf1 mx, ip4:5.45.100.20, -all", "v=spf1 mx ip4:5.45.100.20 -all"),
        ("v=spf1 redirect:a.de", "v=spf1 redirect=a.de"),
        ("v=spf1 + all", "v=spf1 all"),
    ] {
        let parsed = parse(text);
        assert!(!parsed.is_valid());
        assert_eq!(parsed.record.to_string(), canonical);
    }
}

#[test]
fn every_fault_is_found() {
    let text = "v=spf1 ipv4:1.2.3.4, inlcude:a.de; foo a/33 all-";
    let kinds: Vec<String> = parse(text).errors.iter().map(|f| text[f.span.clone()].to_owned()).collect();
    assert_eq!(kinds, ["ipv4:", ",", "inlcude:", ";", "foo", "/33", "all-"]);
}

#[test]
fn what_is_legal_and_not_meant() {
    for (text, at, suggestion) in [
        ("v=spf1 include=_spf.a.de -all", "include=_spf.a.de", "include:_spf.a.de"),
        ("v=spf1 ip4=192.0.2.1 -all", "ip4=192.0.2.1", "ip4:192.0.2.1"),
        ("v=spf1 ipv4=192.0.2.1 -all", "ipv4=192.0.2.1", "ip4:192.0.2.1"),
        ("v=spf1 redirct=a.de", "redirct=a.de", "redirect=a.de"),
        ("v=spf1 mx v=spf1 -all", "v=spf1", ""),
        ("v=spf1 a:http://www.a.de -all", "http://www.a.de", "www.a.de"),
        ("v=spf1 include:info@a.de -all", "info@a.de", "a.de"),
    ] {
        let parsed = parse(text);
        assert!(parsed.is_valid(), "{text}: {:?}", parsed.errors);
        assert_eq!(parsed.slips.len(), 1, "{text}: {:?}", parsed.slips);
        let slip = &parsed.slips[0];
        let place = if slip.kind == FaultKind::SecondVersion { &text[10..16] } else { &text[slip.span.clone()] };
        assert_eq!((place, slip.suggestion.as_deref()), (at, Some(suggestion)), "{text}");
    }
}

#[test]
fn right_records_have_no_fault() {
    for text in [
        "v=spf1",
        "v=spf1 -all",
        "V=SPF1 IP4:5.45.100.20 -ALL",
        "v=spf1  a  mx   -all  ",
        "v=spf1 a/24//64 mx//64 -all",
        "v=spf1 a:foo:8080.example.com/24 -all",
        "v=spf1 include:_spf.%{d2} exists:%{ir}.%{v}._spf.%{d2} ~all",
        "v=spf1 exists:%{l,}.a.de -all",
        "v=spf1 redirect=%{d}.d.spf.example.com.",
        "v=spf1 ip6:::1.2.3.4/0 ip4:0.0.0.0/0 ?all",
        "v=spf1 moo.cow-far_out=man:dog/cat op=,; -all",
        "v=spf1 a:macro%%percent%_%_space%-url-space.example.com -all exp=e.a.de",
        "v=spf1 a:foo.example.xn--zckzah -all",
    ] {
        let parsed = parse(text);
        assert!(parsed.is_valid() && parsed.slips.is_empty(), "{text}: {parsed:?}");
        let canonical = parsed.record.to_string();
        assert_eq!(parse(&canonical).record.to_string(), canonical);
    }
}

#[test]
fn parts_have_their_places() {
    let text = "v=spf1 -a:mail.example.de/24//64 redirect=b.de";
    let parsed = parse(text);
    let [term, redirect] = &parsed.record.terms[..] else { panic!("{parsed:?}") };
    let part = |span: Option<std::ops::Range<usize>>| span.map(|s| &text[s]);
    assert_eq!(&text[term.span.clone()], "-a:mail.example.de/24//64");
    assert_eq!(part(term.qualifier.clone()), Some("-"));
    assert_eq!(&text[term.name.clone()], "a");
    assert_eq!(part(term.argument.clone()), Some("mail.example.de"));
    assert_eq!(part(term.cidr.clone()), Some("/24//64"));
    assert_eq!(part(redirect.argument.clone()), Some("b.de"));
    assert!(matches!(redirect.kind, TermKind::Modifier(_)));
    let text = "v=spf1 ip4:192.0.2.0/24 mx/24";
    let terms = parse(text).record.terms;
    assert_eq!(&text[terms[0].argument.clone().unwrap()], "192.0.2.0");
    assert_eq!(&text[terms[0].cidr.clone().unwrap()], "/24");
    assert_eq!((terms[1].argument.clone(), &text[terms[1].cidr.clone().unwrap()]), (None, "/24"));
}

#[test]
fn records_survive_json() {
    let parsed = parse(
        "v=spf1 ~a:x.%{d2}/24//64 mx include:a.de ip6:2001:db8::/32 ptr exists:%{i}.b.de redirect=c.de foo=%{c} exp=d.de",
    );
    assert!(parsed.is_valid(), "{:?}", parsed.errors);
    let json = serde_json::to_string(&parsed).unwrap();
    assert_eq!(serde_json::from_str::<mailauth::spf::Parsed>(&json).unwrap(), parsed);
}

#[test]
fn records_are_selected_by_version() {
    let texts = ["v=spf10", " v=spf1", "v=spf1;", "v=spf1\t-all", "v=spf1", "V=SPF1 -all", "spf2.0/pra -all", "x"];
    assert_eq!(select(texts), [4, 5]);
}

#[test]
fn versions_gone_wrong() {
    for (text, want) in [
        ("v=spf1; mx -all", "v=spf1 mx -all"),
        ("v=spf1, mx, -all", "v=spf1 mx -all"),
        ("v=spf1", ""),
        ("v=spf -all", "v=spf1 -all"),
        ("v=spf", "v=spf1"),
        ("v=spf1;", "v=spf1"),
        ("v=spf1\tmx -all", "v=spf1 mx -all"),
        ("v=spf1-all", "v=spf1 -all"),
        ("v=spf1mx -all", "v=spf1 mx -all"),
        ("v=spf1include:_spf.a.de -all", "v=spf1 include:_spf.a.de -all"),
        ("v=spf1:mx -all", "v=spf1 mx -all"),
        (" v=spf1 mx -all", "v=spf1 mx -all"),
        ("\"v=spf1 mx -all\"", "v=spf1 mx -all"),
        ("'v=spf1 mx -all'", "v=spf1 mx -all"),
        ("\\\"v=spf1 mx -all\\\"", "v=spf1 mx -all"),
        ("\u{feff}v=spf1 mx -all", "v=spf1 mx -all"),
        ("\u{201c}v=spf1 mx -all\u{201d}", "v=spf1 mx -all"),
        ("v=spfl mx -all", "v=spf1 mx -all"),
        ("v spf1 mx -all", "v=spf1 mx -all"),
        ("v:spf1 mx -all", "v=spf1 mx -all"),
        ("v = spf1 mx -all", "v=spf1 mx -all"),
        ("v=spf 1 mx -all", "v=spf1 mx -all"),
        ("v=sfp1 mx -all", "v=spf1 mx -all"),
        ("vspf1 mx -all", "v=spf1 mx -all"),
        ("spf1 include:a.de -all", "v=spf1 include:a.de -all"),
        ("v=spf10 mx -all", "v=spf1 mx -all"),
        ("v=spf2 mx -all", "v=spf1 mx -all"),
        ("v=spf1.0 mx -all", "v=spf1 mx -all"),
        ("v=spf ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"),
        ("v=spf include:a.de -all", "v=spf1 include:a.de -all"),
        ("version=spf1 mx -all", "v=spf1 mx -all"),
        ("spf2.0/pra mx -all", "v=spf1 mx -all"),
        ("spf2.0/mfrom,pra include:a.de ~all", "v=spf1 include:a.de ~all"),
        // Nothing to do with SPF.
        ("v=spf1 mx -all", ""),
        ("v=DMARC1; p=none", ""),
        ("v=DKIM1; p=", ""),
        ("google-site-verification=spf1", ""),
        ("spf-check=1", ""),
        ("spf", ""),
        ("spfcheck=on all", ""),
        ("We publish v=spf1 elsewhere", ""),
        ("v=spfl am not an SPF record", ""),
        ("v=spf3", ""),
        ("", ""),
        ("v", ""),
        ("v=verifydomain MS=1", ""),
        ("1password-site-verification=ABC", ""),
        ("sp1=1", ""),
        ("SPF records are checked by all", ""),
    ] {
        let slip = version_slip(text);
        let got = slip.as_ref().map_or("", |s| s.suggestion.as_str());
        assert_eq!(got, want, "{text:?}: {slip:?}");
        if let Some(slip) = slip {
            assert!(text.get(slip.span.clone()).is_some(), "{text}");
            assert_eq!(slip.sender_id, text.starts_with("spf2.0"));
        }
    }
}

#[test]
fn blanks_missing_between_strings() {
    let check = |strings: &[&str]| {
        let starts: Vec<usize> = strings.iter().scan(0, |at, s| Some(std::mem::replace(at, *at + s.len()))).collect();
        missing_blank(&strings.concat(), &starts).map(|m| m.corrected)
    };
    for (strings, want) in [
        (&["v=spf1 ip4:192.0.2.1", "include:a.de -all"][..], Some("v=spf1 ip4:192.0.2.1 include:a.de -all")),
        (&["v=spf1 include:a.de", "include:b.de -all"], Some("v=spf1 include:a.de include:b.de -all")),
        (&["v=spf1 include:a.de", "-all"], Some("v=spf1 include:a.de -all")),
        (&["v=spf1 mx", "a", "-all"], Some("v=spf1 mx a -all")),
        (&["v=spf1", "mx -all"], Some("v=spf1 mx -all")),
        (
            &["v=spf1 ip4:192.0.2.1", "ip4:192.0.2.2", "ip4:192.0.2.3 -all"],
            Some("v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 ip4:192.0.2.3 -all"),
        ),
        (&["v=spf1 ip4:192.0", ".2.1 -all"], None),
        (&["v=spf1 include:_spf.goo", "gle.com -all"], None),
        (&["v=spf1 include:a", ".de -all"], None),
        (&["v=spf1 mx ", "-all"], None),
        (&["v=spf1 mx", " -all"], None),
        (&["v=spf1 ", "mx -all"], None),
        (&["v=sp", "f1 mx -all"], None),
        (&["v=spf1 include:spf.x.a", "mx.de -all"], None),
        (&["v=spf1 mx -all"], None),
        (&["google-site", "mx"], None),
    ] {
        assert_eq!(check(strings).as_deref(), want, "{strings:?}");
    }
}

proptest! {
    #[test]
    fn no_input_panics(text in "(v=spf1 )?([+~?-]?(all|a|mx|ip4|ip6|include|redirect|exp|ptr|exists|foo)?[:=/,; \"%{}a-z0-9.äé–-]{0,12} ?){0,6}") {
        let parsed = parse(&text);
        for fault in parsed.errors.iter().chain(&parsed.slips) {
            prop_assert!(text.get(fault.span.clone()).is_some());
        }
        for term in &parsed.record.terms {
            prop_assert!(text.get(term.span.clone()).is_some() && text.get(term.name.clone()).is_some());
        }
        let canonical = parsed.record.to_string();
        let again = parse(&canonical);
        prop_assert!(parsed.errors.iter().any(|e| matches!(e.kind, FaultKind::DuplicateModifier(_))) || again.is_valid(), "{canonical}");
        prop_assert_eq!(again.record.to_string(), canonical);
        let _ = (version_slip(&text), parsed.corrected(&text));
        let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        let _ = missing_blank(&text, &starts);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        let _ = (parse(&text), version_slip(&text), parse(&format!("v=spf1 {text}")));
    }

    #[test]
    fn what_is_not_ascii_is_no_syntax_fault(text in "v=spf1 include:[a-zäöü]{1,9}\\.de -all") {
        let parsed = parse(&text);
        prop_assert_eq!(parsed.is_valid(), text.is_ascii());
        prop_assert!(parsed.errors.iter().all(|e| e.kind.is_non_ascii()));
    }
}

#[test]
fn long_texts_are_read_in_linear_time() {
    // Quadratic work on these would take minutes.
    for piece in
        ["%{", "a,", "ip4:1.2.3.4,", "include: ", "- ", "\t", "ä", "\"", "all-", "/1", "a:b.c/1", "v=spf1", "%{l1r-}"]
    {
        let text = format!("v=spf1 {}", piece.repeat(65_000 / piece.len()));
        let parsed = parse(&text);
        let _ = (parsed.corrected(&text), version_slip(&text), parsed.record.to_string());
        let starts: Vec<usize> = (0..text.len()).collect();
        let _ = missing_blank(&text, &starts);
    }
}
