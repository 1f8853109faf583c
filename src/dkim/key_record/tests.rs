use proptest::prelude::*;

use super::*;

const ED: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

fn pem_body(name: &str) -> String {
    let text = std::fs::read_to_string(format!("testdata/keys/throw-away/{name}")).unwrap();
    text.lines().filter(|l| !l.starts_with('-')).collect()
}

fn rsa() -> String {
    pem_body("rsa2048-public.pem")
}

/// What is wrong, each with the piece of the text it is about.
fn wrong(text: &str) -> Vec<(ProblemKind, &str)> {
    parse(text).problems.into_iter().map(|p| (p.kind, &text[p.span])).collect()
}

fn classes(text: &str) -> Vec<ProblemClass> {
    parse(text).problems.iter().map(|p| p.kind.class()).collect()
}

#[test]
fn good_records_are_read() {
    let text = format!("v=DKIM1; k=rsa; h=sha256; s=email:tlsrpt; t=y:s; n=a \"note\"; p={}", rsa());
    let record = parse(&text);
    assert_eq!(record.problems, []);
    assert_eq!(record.bits(), Some(2048));
    assert!(record.testing().is_some_and(|t| &text[t.span.clone()] == "y"));
    assert!(record.strict().is_some() && record.allows_email() && record.allows_hash("sha256"));
    assert!(!record.allows_hash("sha1") && !record.is_sha1_only());
    assert!(parse("v=DKIM1; h=sha1; p=").is_sha1_only());
    assert_eq!(record.to_string(), text);
    assert!(record.usable_key().is_some());
    assert_eq!(parse(&format!("p={}", rsa())).problems, []);
    let ed = parse(&format!("v=DKIM1; k=ed25519; p={ED}"));
    assert_eq!((ed.problems.len(), ed.bits()), (0, Some(256)));
    let chunks = format!("v=DKIM1; k=rsa; p={} {} {};", &rsa()[..10], &rsa()[10..200], &rsa()[200..]);
    assert_eq!(parse(&chunks).problems, []);
    let Some(PublicKey::Rsa(key)) = parse(&text).public_key().cloned() else { panic!() };
    let bare = material_base64(&key.to_pkcs1_der());
    let pkcs1 = parse(&format!("v=DKIM1; p={bare}"));
    assert!(pkcs1.problems.is_empty());
    assert_eq!(pkcs1.fingerprint(), record.fingerprint());
    let json = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<KeyRecord>(&json).unwrap(), record);
}

fn material_base64(octets: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(octets)
}

#[test]
fn revoked_is_not_missing() {
    assert!(parse("v=DKIM1; p=").is_revoked());
    assert_eq!(wrong("v=DKIM1; k=rsa; p= ;"), []);
    assert_eq!(wrong("v=DKIM1; k=rsa"), [(ProblemKind::KeyMissing, "v=DKIM1; k=rsa")]);
    // Semicolons alone are no key either.
    assert!(parse("\n;;;\t").has_fatal_problem());
}

#[test]
fn slips_are_found_where_they_are() {
    let p = rsa();
    let cases: Vec<(String, ProblemKind, &str)> = vec![
        ("v=DKIM1; k=rsa; p=@@@@".into(), ProblemKind::BadBase64, "@@@@"),
        (format!("k=rsa; v=DKIM1; p={p}"), ProblemKind::VersionNotFirst, "v=DKIM1"),
        (format!("v=dkim1; p={p}"), ProblemKind::BadVersion("dkim1".into()), "dkim1"),
        (format!("v=DKIM2; p={p}"), ProblemKind::BadVersion("DKIM2".into()), "DKIM2"),
        (format!("v=DKIM1; k=rsa2; p={p}"), ProblemKind::UnknownKeyType("rsa2".into()), "rsa2"),
        (format!("v=DKIM1; k=RSA; p={p}"), ProblemKind::KeyTypeCase("rsa".into()), "RSA"),
        (format!("v=DKIM1; k=rsa; P={p}"), ProblemKind::TagCase("p".into()), "P"),
        (format!("v=DKIM1; k=rsa; k=rsa; p={p}"), ProblemKind::DuplicateTag("k".into()), "k"),
        (format!("v=DKIM1; ; p={p}"), ProblemKind::EmptyTag, ";"),
        (format!("v=DKIM1; hallo; p={p}"), ProblemKind::NotATag, "hallo"),
        (format!("v=DKIM1 k=rsa; p={p}"), ProblemKind::MissingSemicolon("k".into()), "k"),
        (format!("v=DKIM1, k=rsa; p={p}"), ProblemKind::MissingSemicolon("k".into()), "k"),
        (format!("v=DKIM1; k=rsa p={p}"), ProblemKind::MissingSemicolon("p".into()), "p"),
        (format!("v=DKIM1; h=; p={p}"), ProblemKind::EmptyValue("h".into()), "h="),
        (format!("v=DKIM1\u{a0}; p={p}"), ProblemKind::BadVersion("DKIM1\u{a0}".into()), "DKIM1\u{a0}"),
        (format!("v=DKIM1; p={p}\u{200b}"), ProblemKind::BadBase64, "\u{200b}"),
        (format!("v=DKIM1; t=ü; p={p}"), ProblemKind::BadCharacter('ü'), "ü"),
        ("v=DKIM1; p=AAAABBBBCCCC".into(), ProblemKind::NoKey, "AAAABBBBCCCC"),
        (format!("v=DKIM1; p={ED}"), ProblemKind::KeyTypeMismatch(Algorithm::Ed25519), ED),
        (
            format!("v=DKIM1; k=ed25519; p={}", ED.trim_end_matches('=')),
            ProblemKind::BadPadding,
            ED.trim_end_matches('='),
        ),
        ("hallo welt".into(), ProblemKind::NotATag, "hallo welt"),
        (
            "selector1-x._domainkey.y.onmicrosoft.com.".into(),
            ProblemKind::HostName("selector1-x._domainkey.y.onmicrosoft.com".into()),
            "selector1-x._domainkey.y.onmicrosoft.com.",
        ),
    ];
    for (text, kind, place) in &cases {
        assert_eq!(wrong(text), [(kind.clone(), *place)], "{text}");
    }
    assert_eq!(wrong(&p), [(ProblemKind::KeyWithoutTag, &*p)]);
    assert_eq!(wrong(""), [(ProblemKind::Empty, "")]);
    let mismatch = format!("v=DKIM1; k=ed25519; p={p}");
    assert_eq!(wrong(&mismatch), [(ProblemKind::KeyTypeMismatch(Algorithm::Rsa), &*p)]);
    let armor = format!("v=DKIM1; k=rsa; p=-----BEGIN PUBLIC KEY-----{p}-----END PUBLIC KEY-----");
    assert!(matches!(&parse(&armor).problems[..], [Problem { kind: ProblemKind::PemArmor(body), .. }] if *body == p));
}

#[test]
fn an_ed25519_key_in_asn1_is_told() {
    let wrapped = format!("MCowBQYDK2VwAyEA{ED}");
    assert_eq!(
        wrong(&format!("v=DKIM1; k=ed25519; p={wrapped}")),
        [(ProblemKind::Ed25519Wrapped(ED.into()), &*wrapped)]
    );
    let as_rsa = format!("v=DKIM1; p={wrapped}");
    assert_eq!(wrong(&as_rsa), [(ProblemKind::Ed25519Wrapped(format!("v=DKIM1; k=ed25519; p={ED}")), &*wrapped)]);
}

#[test]
fn pasted_presentation_is_cleaned() {
    let p = rsa();
    let good = format!("v=DKIM1; k=rsa; p={p}");
    for text in [
        format!("\"{good}\""),
        good.replace(';', "\\;"),
        good.replace(';', "\\059"),
        format!("( \"v=DKIM1; k=rsa; p={}\" \"{}\" )", &p[..200], &p[200..]),
        format!("s1._domainkey IN TXT ( \"v=DKIM1; k=rsa; \" \"p={p}\" ) ; ----- DKIM key s1"),
        format!("“{good}”"),
        format!("v=DKIM1; k=rsa; p={}\" \"{}", &p[..200], &p[200..]),
    ] {
        let record = parse(&text);
        assert_eq!(classes(&text), [ProblemClass::Quoted], "{text}: {:?}", record.problems);
        assert_eq!(record.bits(), Some(2048), "{text}");
        let ProblemKind::Quoted(cleaned) = &record.problems[0].kind else { panic!() };
        assert_eq!(parse(cleaned).to_string(), good, "{cleaned}");
        assert_eq!(parse(cleaned).problems, []);
        assert!(record.usable_key().is_none());
        let tag = record.tag("k").unwrap();
        assert_eq!(&text[tag.value.span.clone()], "rsa");
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for piece in ["= ", " k=", "=", ";", "V=;", "p=;", "\"", "\\", "n", "( ", "-----BEGIN ", "a.", "k=rsa "] {
        let text = piece.repeat(200_000 / piece.len());
        // An empty tag an octet, and the key that is missing.
        assert!(parse(&text).problems.len() <= text.len() + 1);
        assert!(parse(&format!("v=DKIM1; k=rsa; p=a {text}")).usable_key().is_none());
    }
}

#[test]
fn damaged_keys_are_split() {
    let p = rsa();
    for cut in [1, 4, 7, 40, 100, 200, 201, 202, 255, 390, 391] {
        let text = format!("v=DKIM1; k=rsa; p={}", &p[..cut]);
        assert_eq!(classes(&text), [ProblemClass::Split], "{cut}: {:?}", parse(&text).problems);
    }
    for text in [
        format!("{}{}", &p[..200], &p[100..]),
        format!("{p}{p}"),
        format!("{}{}", &p[..100], &p[200..]),
        format!("{}{}", &p[..100], &p[101..]),
        p[200..].to_owned(),
        format!("{}{}", p, &p[360..]),
    ] {
        let text = format!("v=DKIM1; k=rsa; p={text}");
        assert_eq!(classes(&text), [ProblemClass::Split], "{:?}", parse(&text).problems);
    }
    for text in [&ED[..20], &format!("{}{ED}", &ED[..20])] {
        let text = format!("v=DKIM1; k=ed25519; p={text}");
        assert_eq!(classes(&text), [ProblemClass::Split], "{text} {:?}", parse(&text).problems);
    }
}

#[test]
fn private_keys_are_noticed() {
    let pkcs8 = pem_body("rsa2048-pkcs8.pem");
    let pem = std::fs::read_to_string("testdata/keys/throw-away/rsa2048-pkcs1.pem").unwrap();
    for text in [
        format!("v=DKIM1; k=rsa; p={pkcs8}"),
        format!("v=DKIM1; k=rsa; p={}", pem_body("rsa2048-pkcs1.pem")),
        format!("v=DKIM1; k=rsa; p={}", &pkcs8[..400]),
        format!("v=DKIM1; k=ed25519; p={}", pem_body("ed25519-pkcs8.pem")),
        format!("v=DKIM1; k=rsa; p={}", pem.replace('\n', " ")),
        pem.replace('\n', " "),
    ] {
        assert_eq!(classes(&text), [ProblemClass::PrivateKey], "{:?}", parse(&text).problems);
        assert!(holds_private_key(&text) && is_key_record_like(&text));
    }
    assert!(!holds_private_key(&format!("v=DKIM1; p={}", rsa())));
}

#[test]
fn key_records_are_told_from_other_texts() {
    for text in [
        format!("v=DKIM1; p={}", rsa()),
        format!("\"v=DKIM1\\; k=rsa\\; p={}\"", rsa()),
        format!("k=rsa; p={}", rsa()),
        format!("p={}", rsa()),
        rsa(),
        "v=DKIM1; p=".into(),
        "k=rsa; p=".into(),
        "v = dkim1; p=x".into(),
    ] {
        assert!(is_key_record_like(&text), "{text}");
    }
    for text in [
        "v=spf1 -all",
        "v=DMARC1; p=reject",
        "v=TLSRPTv1; rua=mailto:a@b.de",
        "google-site-verification=abcdefghijklmnopqrstuvwxyz0123456789abcdefghi",
        "p=none",
        "p=",
        "hello",
        "",
        "a.example.de.",
        "MS=ms12345678",
    ] {
        assert!(!is_key_record_like(text), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_taken(text in "\\PC*|[vkphstn=;: \"\\\\()A-Za-z0-9+/,]*") {
        let record = parse(&text);
        for problem in &record.problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
        }
        for tag in &record.tags {
            prop_assert!(text.get(tag.span()).is_some());
        }
        is_key_record_like(&text);
    }

    #[test]
    fn the_canonical_form_is_stable(
        bits in prop::collection::vec("[a-z][a-z0-9_]{0,4}=[!-:<-~]{0,20}", 0..6),
        blank in "[ \t]{0,2}",
    ) {
        let text = bits.join(&format!("{blank};{blank}"));
        let printed = parse(&text).to_string();
        prop_assert_eq!(parse(&printed).to_string(), printed);
    }
}
