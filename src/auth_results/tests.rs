use proptest::prelude::*;

use super::*;

fn show(value: &str) -> Vec<String> {
    parse(value)
        .results
        .iter()
        .map(|r| {
            let props: Vec<_> =
                r.properties.iter().map(|p| format!("{}.{}={}", p.ptype, p.property, p.value)).collect();
            format!("{}={} {}", r.method, r.result, props.join(" ")).trim_end().to_owned()
        })
        .collect()
}

#[test]
fn examples_of_the_standard_and_of_providers() {
    for line in include_str!("../../testdata/auth_results/fields.txt").lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<_> = line.split(" | ").collect();
        let [value, id, results] = columns[..] else { panic!("{line}") };
        let parsed = parse(value);
        assert_eq!(parsed.authserv_id.as_deref().unwrap_or("-"), id, "{value}");
        let want: Vec<_> = results.split(", ").filter(|r| *r != "-").collect();
        assert_eq!(show(value), want, "{value}");
    }
}

#[test]
fn comments_hide_nothing() {
    // CVE-2020-12272: a parenthesis begins a comment, it is no part of a domain.
    assert_eq!(show("mx.x; spf=pass smtp.mailfrom=example.net(.example.com"), ["spf=pass smtp.mailfrom=example.net"]);
    assert_eq!(show("mx.x; dkim=fail (dkim=pass; spf=pass \\) \"(\") ) header.d=a.de"), ["dkim=fail header.d=a.de"]);
    assert_eq!(show("mx.x; dkim=fail reason=\"x; dkim=pass\" header.d=a.de"), ["dkim=fail header.d=a.de"]);
    assert_eq!(parse("mx.x; dkim=fail reason=\"a \\\"b\\\"; c\"").results[0].reason.as_deref(), Some("a \"b\"; c"));
}

#[test]
fn other_versions_are_not_read() {
    let parsed = parse("mx.x 2; dkim=pass");
    assert_eq!((parsed.version, parsed.results.len()), (Some(2), 0));
}

#[test]
fn arc_fields() {
    let (instance, parsed) = parse_arc(" i=1; mx.google.com; dkim=pass header.i=@x.de").unwrap();
    assert_eq!((instance, parsed.authserv_id.as_deref()), (1, Some("mx.google.com")));
    assert!(parse_arc("mx.google.com; dkim=pass").is_none());
}

#[test]
fn strangers_text_stays_text() {
    let field = AuthenticationResults {
        results: vec![
            MethodResult::dkim(
                "pass",
                Some("evil.de\r\nX-Injected: 1"),
                Some("a;b dkim=pass@evil.de"),
                Some("s1; spf=pass"),
                Some("rsa-sha256"),
                Some("ab/c+= def12345"),
            ),
            MethodResult::spf("fail", Some("bücher.example"), false).remark("no (really) \\ \u{202e}"),
            MethodResult::dmarc("fail", Some("evil\".de"), Some("reject")).because(Some("a\nb")),
        ],
        ..AuthenticationResults::new("mx.example.de")
    };
    let text = field.to_string();
    assert_eq!(
        text,
        "mx.example.de; dkim=pass header.d=\"evil.deX-Injected: 1\" header.i=\"a;b dkim=pass@evil.de\" \
         header.s=\"s1; spf=pass\" header.a=rsa-sha256 header.b=\"ab/c+=de\"; \
         spf=fail (no \\(really\\) \\\\ ) smtp.mailfrom=xn--bcher-kva.example; \
         dmarc=fail reason=ab header.from=\"evil\\\".de\" policy.dmarc=reject"
    );
    let again = parse(&text);
    assert_eq!(again.results.len(), 3);
    let folded = fold("Authentication-Results", &text);
    assert!(folded.split("\r\n").skip(1).all(|l| l.starts_with('\t')));
    assert_eq!(parse(folded.strip_prefix("Authentication-Results:").unwrap()).results, again.results);
    assert_eq!(AuthenticationResults::new("mx.example.de").to_string(), "mx.example.de; none");
}

#[test]
fn addresses_need_no_quotes() {
    let text = MethodResult::new("dkim", "pass").with("header", "i", "@a.de").with("smtp", "mailfrom", "u.v+w@a.de");
    assert_eq!(text.to_string(), "dkim=pass header.i=@a.de smtp.mailfrom=u.v+w@a.de");
    let ip = MethodResult::new("iprev", "pass").with("policy", "iprev", "2001:db8::1");
    assert_eq!(ip.to_string(), "iprev=pass policy.iprev=\"2001:db8::1\"");
}

#[test]
fn only_the_topmost_own_field_is_believed() {
    use TraceField::*;
    use Trust::*;
    let own = parse("mx.Example.de; dkim=pass");
    let other = parse("mx.google.com; dkim=pass");
    let nobody = parse("spf=pass; dkim=pass");
    let by = |by| Received { by: Some(by) };
    // Three forged ones below the border, one real.
    let fields = [
        by("imap.example.de"),
        Results(&own),
        by("mx.example.de"),
        Results(&own),
        Results(&own),
        by("evil.de"),
        Results(&own),
    ];
    assert_eq!(judge_trust(&fields, Some("example.de")), [Trusted, BelowBorder, BelowBorder, BelowBorder]);
    assert_eq!(judge_trust(&fields, None), [Unconfigured; 4]);
    assert_eq!(judge_trust(&fields, Some("other.de")), [Foreign; 4]);
    assert_eq!(judge_trust(&[by("evil.de"), Results(&own)], Some("example.de")), [BelowBorder]);
    assert_eq!(
        judge_trust(&[Results(&other), Results(&nobody), Results(&own), Results(&own)], Some("mx.example.de")),
        [Foreign, Foreign, Trusted, SameRun]
    );
    assert_eq!(judge_trust(&[Results(&parse("de; dkim=pass"))], Some("mx.example.de")), [Foreign]);
    let idn = parse("mx.xn--bcher-kva.de; spf=pass");
    assert_eq!(judge_trust(&[Results(&idn)], Some("Bücher.de")), [Trusted]);
}

#[test]
fn a_megabyte_of_parentheses() {
    for text in [
        "(".repeat(1 << 20),
        "()".repeat(1 << 19),
        ";=".repeat(1 << 19),
        "a; b=c ".to_owned() + &"\"\\".repeat(1 << 19),
        "a; b=c ".to_owned() + &". ".repeat(1 << 19),
    ] {
        let _ = parse(&text);
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,80}|[a-z();=\". \\\\/;\\r\\n\\t]{0,120}") {
        let parsed = parse(&text);
        let printed = parsed.to_string();
        prop_assert!(!printed.contains(['\r', '\n', '\0']));
        let _ = fold("X", &printed);
        let _ = parse_arc(&text);
    }

    #[test]
    fn printing_is_the_inverse(value in "[ -~]{0,40}", reason in "[ -~]{1,40}", comment in "[a-z]{1,9}") {
        let result = MethodResult::new("dkim", "pass").with("header", "d", &value).because(Some(&reason)).remark(&comment);
        let field = AuthenticationResults { results: vec![result], ..AuthenticationResults::new("mx.example.de") };
        let printed = field.to_string();
        prop_assert_eq!(parse(&printed), field.clone(), "{}", printed);
        let folded = fold("A", &printed);
        let unfolded = folded[2..].replace("\r\n", "");
        prop_assert_eq!(parse(&unfolded), field);
    }
}

#[test]
fn an_id_of_which_nothing_harmless_is_left_is_none() {
    let printed = parse("\u{1}\u{2}; dmarc=pass").to_string();
    assert_eq!(printed, "localhost; dmarc=pass");
    assert_eq!(parse(&printed).to_string(), printed);
}
