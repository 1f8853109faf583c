use proptest::prelude::*;

use super::*;
use crate::dmarc::Effect;

/// The slips of a text: kind, the text of the span, suggestion.
fn slips_of(text: &str) -> Vec<(SlipKind, &str, Option<String>)> {
    parse(text).slips.into_iter().map(|s| (s.kind, &text[s.span], s.suggestion)).collect()
}

#[test]
fn legal_records_have_no_slips() {
    for text in [
        "v=DMARC1",
        "v=DMARC1;",
        "v=DMARC1; p=none",
        "v=DMARC1;p=none;",
        "v = DMARC1 ;  p = reject ; rua = mailto:d@praxis-beispiel.de ;",
        "v=DMARC1;\tp\t=\treject\t",
        "V=DMARC1; P=Reject; ADKIM=S",
        "v=DMARC1; rua=mailto:a@b.de , mailto:c%2Cd@b.de; p=none",
        "v=DMARC1; p=none; fo=1:d:s; ruf=mailto:a@b.de",
        "v=DMARC1; p=none; fo=0:1:d:s; ruf=mailto:a@b.de",
        "v=DMARC1; p=none; psd=u; t=n; np=reject; foo=a=b",
        "v=DMARC1; p=none; rua=mailto:a@b.de!10m",
        "v=DMARC1; p=none; pct=50; rf=afrf; ri=86400",
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.slips, [], "{text}");
        assert!(parsed.record.is_some(), "{text}");
        assert!(looks_like_dmarc(text), "{text}");
    }
}

#[test]
fn ignored_records_say_why() {
    use SlipKind::*;
    let full = "v=DMARC1; p=reject; rua=mailto:d@x.de";
    for (text, kind, span, suggestion, repaired) in [
        ("v=DMARC1, p=reject, rua=mailto:d@x.de", VersionSeparator, ", ", Some("; "), full),
        ("v=DMARC1 p=reject rua=mailto:d@x.de", VersionSeparator, " ", Some("; "), full),
        ("v=DMARC1p=reject; rua=mailto:d@x.de", VersionSeparator, "DMARC1", Some("DMARC1;"), full),
        ("v=DMARC1: p=reject; rua=mailto:d@x.de", VersionSeparator, ": ", Some("; "), full),
        ("v=dmarc1; p=reject; rua=mailto:d@x.de", VersionMiscased, "dmarc1", Some("DMARC1"), full),
        ("v=DMARC 1; p=reject; rua=mailto:d@x.de", VersionTypo, "DMARC 1", Some("DMARC1"), full),
        ("v=DMARC2; p=reject; rua=mailto:d@x.de", VersionTypo, "DMARC2", Some("DMARC1"), full),
        ("v=DMARC; p=reject; rua=mailto:d@x.de", VersionTypo, "DMARC", Some("DMARC1"), full),
        ("v=DMRAC1; p=reject; rua=mailto:d@x.de", VersionTypo, "DMRAC1", Some("DMARC1"), full),
        ("v=DMARC1.; p=reject; rua=mailto:d@x.de", VersionTypo, "DMARC1.", Some("DMARC1"), full),
        (" v=DMARC1; p=reject; rua=mailto:d@x.de", LeadingBlank, " ", Some(""), full),
        ("\u{feff}v=DMARC1; p=reject; rua=mailto:d@x.de", LeadingBlank, "\u{feff}", Some(""), full),
        ("\"v=DMARC1; p=reject; rua=mailto:d@x.de\"", Quoted, "\"", Some(""), full),
        ("\u{201c}v=DMARC1; p=reject; rua=mailto:d@x.de\u{201d}", Quoted, "\u{201c}", Some(""), full),
        ("p=reject; v=DMARC1; rua=mailto:d@x.de", VersionNotFirst, "v=DMARC1", None, full),
        ("p=reject; rua=mailto:d@x.de", VersionMissing, "p", None, full),
        ("DMARC1; p=reject; rua=mailto:d@x.de", VersionTypo, "DMARC1", Some("v=DMARC1"), full),
        ("v:DMARC1; p=reject; rua=mailto:d@x.de", VersionTypo, "v:DMARC1", Some("v=DMARC1"), full),
        (";v=DMARC1; p=reject; rua=mailto:d@x.de", VersionNotFirst, ";", Some(""), full),
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.record, None, "{text}");
        let slip = parsed.ignored_because().unwrap();
        assert_eq!((slip.kind, &text[slip.span.clone()]), (kind, span), "{text}");
        assert_eq!(slip.suggestion.as_deref(), suggestion, "{text}");
        assert_eq!(parsed.repaired(), repaired, "{text}");
        assert!(looks_like_dmarc(text), "{text}");
        assert_eq!(parse(&parsed.repaired()).slips, [], "{text}");
    }
}

#[test]
fn slips_of_tags() {
    use SlipKind::*;
    let v = "v=DMARC1; p=none; rua=mailto:a@b.de";
    for (text, kind, span, suggestion, effect, repaired) in [
        ("v=DMARC1; p=rejct", PolicyInvalid, "rejct", Some("reject"), Effect::PolicyUnusable, "v=DMARC1; p=reject"),
        ("v=DMARC1; p=\"none\"", PolicyInvalid, "\"none\"", Some("none"), Effect::PolicyUnusable, "v=DMARC1; p=none"),
        ("v=DMARC1; p=block", PolicyInvalid, "block", None, Effect::PolicyUnusable, "v=DMARC1"),
        (
            "v=DMARC1; p=none; sp=quarantain",
            PolicyInvalid,
            "quarantain",
            Some("quarantine"),
            Effect::PolicyUnusable,
            "v=DMARC1; p=none; sp=quarantine",
        ),
        ("v=DMARC1; p=none; np=x", PolicyInvalid, "x", None, Effect::PolicyUnusable, "v=DMARC1; p=none"),
        (
            "v=DMARC1; p=; rua=mailto:a@b.de",
            ValueEmpty,
            "p=",
            None,
            Effect::PolicyUnusable,
            "v=DMARC1; rua=mailto:a@b.de",
        ),
        (
            "v=DMARC1; p=none; adkim=strict",
            ValueInvalid,
            "strict",
            Some("s"),
            Effect::TagIgnored,
            "v=DMARC1; p=none; adkim=s",
        ),
        (
            "v=DMARC1; p=none; aspf=relaxed",
            ValueInvalid,
            "relaxed",
            Some("r"),
            Effect::TagIgnored,
            "v=DMARC1; p=none; aspf=r",
        ),
        ("v=DMARC1; p=none; t=yes", ValueInvalid, "yes", Some("y"), Effect::TagIgnored, "v=DMARC1; p=none; t=y"),
        ("v=DMARC1; p=none; psd=1", ValueInvalid, "1", Some("y"), Effect::TagIgnored, "v=DMARC1; p=none; psd=y"),
        ("v=DMARC1; p=none; fo=1,d", ValueInvalid, "1,d", Some("1:d"), Effect::TagIgnored, "v=DMARC1; p=none; fo=1:d"),
        ("v=DMARC1; p=none; rua=", ValueEmpty, "rua=", None, Effect::TagIgnored, "v=DMARC1; p=none"),
        ("v=DMARC1; p:none", MissingEquals, "p:none", Some("p=none"), Effect::PolicyUnusable, "v=DMARC1; p=none"),
        ("v=DMARC1; p=none; p=reject", Duplicate, "p=reject", Some(""), Effect::TagIgnored, "v=DMARC1; p=none"),
        ("v=DMARC1;; p=none", EmptyTag, ";", Some(""), Effect::Harmless, "v=DMARC1; p=none"),
        (
            "v=DMARC1; p=reject rua=mailto:a@b.de",
            MissingSeparator,
            "reject rua=mailto:a@b.de",
            Some("reject; rua=mailto:a@b.de"),
            Effect::PolicyUnusable,
            "v=DMARC1; p=reject; rua=mailto:a@b.de",
        ),
        (
            "v=DMARC1; p=reject, sp=none",
            MissingSeparator,
            "reject, sp=none",
            Some("reject; sp=none"),
            Effect::PolicyUnusable,
            "v=DMARC1; p=reject; sp=none",
        ),
        (
            "v=DMARC1; p=none; rua=mailto:a@b.de adkim=s",
            MissingSeparator,
            "mailto:a@b.de adkim=s",
            Some("mailto:a@b.de; adkim=s"),
            Effect::TagIgnored,
            "v=DMARC1; p=none; rua=mailto:a@b.de; adkim=s",
        ),
        ("v=DMARC1;\u{a0}p=none", TagName, "\u{a0}p", Some("p"), Effect::TagIgnored, "v=DMARC1; p=none"),
        ("v=DMARC1; p=none; rua=a@b.de", UriNoScheme, "a@b.de", Some("mailto:a@b.de"), Effect::TagIgnored, v),
        (
            "v=DMARC1; p=none; rua=mailto: a@b.de",
            UriBlank,
            "mailto: a@b.de",
            Some("mailto:a@b.de"),
            Effect::TagIgnored,
            v,
        ),
        (
            "v=DMARC1; p=none; rua=mailto:a@b.de mailto:c@b.de",
            UriBlank,
            "mailto:a@b.de mailto:c@b.de",
            Some("mailto:a@b.de,mailto:c@b.de"),
            Effect::TagIgnored,
            "v=DMARC1; p=none; rua=mailto:a@b.de,mailto:c@b.de",
        ),
        (
            "v=DMARC1; p=none; rua=mailto:a@b.de; mailto:c@b.de",
            UriSemicolon,
            "mailto:c@b.de",
            Some(",mailto:c@b.de"),
            Effect::TagIgnored,
            "v=DMARC1; p=none; rua=mailto:a@b.de,mailto:c@b.de",
        ),
        (
            "v=DMARC1; p=none; rua=mailto:a@bücher.de",
            UriNonAscii,
            "mailto:a@bücher.de",
            Some("mailto:a@xn--bcher-kva.de"),
            Effect::TagIgnored,
            "v=DMARC1; p=none; rua=mailto:a@xn--bcher-kva.de",
        ),
        (
            "v=DMARC1; p=none; rua=https://b.de/r",
            UriScheme,
            "https://b.de/r",
            None,
            Effect::TagIgnored,
            "v=DMARC1; p=none; rua=https://b.de/r",
        ),
        (
            "v=DMARC1; p=none; rua=malto:a@b.de",
            UriInvalid,
            "malto:a@b.de",
            Some("mailto:a@b.de"),
            Effect::TagIgnored,
            v,
        ),
        (
            "v=DMARC1; p=none; rua=mailto://a@b.de",
            UriInvalid,
            "mailto://a@b.de",
            Some("mailto:a@b.de"),
            Effect::TagIgnored,
            v,
        ),
        (
            "v=DMARC1; p=none; rua=mailto:<a@b.de>",
            UriInvalid,
            "mailto:<a@b.de>",
            Some("mailto:a@b.de"),
            Effect::TagIgnored,
            v,
        ),
        ("v=DMARC1; p=none; rua=kein-uri", UriInvalid, "kein-uri", None, Effect::TagIgnored, "v=DMARC1; p=none"),
        ("v=DMARC1; p=none; rua=mailto:a@b.de,", UriEmpty, "", None, Effect::Harmless, v),
    ] {
        let parsed = parse(text);
        let found = slips_of(text);
        assert_eq!(found, [(kind, span, suggestion.map(str::to_owned))], "{text}");
        assert_eq!(parsed.slips[0].effect(), effect, "{text}");
        assert_eq!(parsed.repaired(), repaired, "{text}");
        assert!(parsed.record.is_some(), "{text}");
    }
}

#[test]
fn first_of_two_counts() {
    let parsed = parse("v=DMARC1; p=none; p=reject; p=quarantine");
    assert_eq!(parsed.record.unwrap().policy, Some(Policy::None));
    assert_eq!(parsed.slips.len(), 2);
}

#[test]
fn a_guess_takes_no_name_away() {
    let record = parse("v=DMARC1; p:none; p=reject; fo=1 rua=mailto:a@b.de; rua=mailto:c@b.de").record.unwrap();
    assert_eq!((record.policy, record.rua[0].uri.as_str()), (Some(Policy::Reject), "mailto:c@b.de"));
}

#[test]
fn the_largest_records_take_linear_time() {
    for piece in [
        "p:none;a=b;",
        "a=b;",
        ";",
        "p=none ",
        "a@b.de ",
        "rua=mailto:a@b.de,",
        "v=DMARC1,",
        "rua=x;mailto:a@b.de;",
        "=",
    ] {
        let text = format!("v=DMARC1;{}", piece.repeat(65_536 / piece.len()));
        let parsed = parse(&text);
        let _ = (parsed.repaired(), looks_like_dmarc(&text));
        let _ = parse(&text.replacen(';', ",", 1)).repaired();
    }
}

#[test]
fn removed_and_unknown_tags_are_kept_apart() {
    let text = "v=DMARC1; p=reject; pct=50; foo=bar; rua=mailto:d@x.de!10m";
    let parsed = parse(text);
    assert_eq!(parsed.slips, []);
    assert_eq!(parsed.tag("pct").unwrap().kind, TagKind::Removed);
    assert_eq!(&text[parsed.tag("pct").unwrap().span.clone()], "pct=50");
    assert_eq!(parsed.tag("foo").unwrap().kind, TagKind::Unknown);
    assert_eq!(&text[parsed.rua[0].size.clone().unwrap().span], "!10m");
    assert_eq!(parsed.record.as_ref().unwrap().rua[0].uri, "mailto:d@x.de");
    assert_eq!(parsed.record.as_ref().unwrap().legacy_percent(), 50);
    assert_eq!(
        parsed.with(&[("pct", None), ("t", Some("y"))]),
        "v=DMARC1; p=reject; foo=bar; rua=mailto:d@x.de!10m; t=y"
    );
}

#[test]
fn other_records_are_no_dmarc() {
    for text in [
        "v=spf1 -all",
        "v=DKIM1; p=abc",
        "google-site-verification=x",
        "",
        ";;;",
        "v=BIMI1; l=",
        "k=rsa; p=none",
        "v=STSv1; id=1",
    ] {
        assert!(!looks_like_dmarc(text), "{text}");
        assert_eq!(parse(text).record, None, "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in "[vp=DMARC1dmarc;:, \"\\PCa-z@!%]{0,80}|\\PC{0,60}|v=DMARC1[;, ][a-z=;:,@! \u{a0}]{0,60}") {
        let parsed = parse(&text);
        for slip in &parsed.slips {
            prop_assert!(text.get(slip.span.clone()).is_some());
        }
        for tag in &parsed.tags {
            prop_assert!(text.get(tag.span.clone()).is_some());
        }
        let _ = looks_like_dmarc(&text);
        // What repair leaves is a record without slips that void it.
        prop_assert!(parse(&parsed.repaired()).record.is_some());
    }

    #[test]
    fn printing_is_the_inverse(
        p in prop::option::of(0..3usize), sp in prop::option::of(0..3usize), np in prop::option::of(0..3usize),
        s in any::<Option<bool>>(), t in any::<Option<bool>>(), fo in any::<Option<(bool, bool, bool)>>(),
        hosts in prop::collection::vec("[a-z]{1,8}\\.de", 0..3),
    ) {
        let policy = |i: Option<usize>| i.and_then(|i| Policy::from_word(Policy::WORDS[i]));
        let mut text = "v=DMARC1".to_owned();
        if !hosts.is_empty() {
            text.push_str(&format!("; rua={}", hosts.iter().map(|h| format!("mailto:a@{h}")).collect::<Vec<_>>().join(" , ")));
        }
        let mut record = parse(&text).record.unwrap();
        record.policy = policy(p);
        record.subdomain_policy = policy(sp);
        record.nonexistent_policy = policy(np);
        record.adkim = s.map(|s| if s { AlignmentMode::Strict } else { AlignmentMode::Relaxed });
        record.testing = t;
        record.fo = fo.map(|(any, dkim, spf)| FailureOptions { any, all: !any, dkim, spf });
        record.others = vec![("pct".into(), "10".into())];
        let again = parse(&record.to_string());
        prop_assert_eq!(&again.slips, &vec![]);
        prop_assert_eq!(again.record, Some(record));
    }
}
