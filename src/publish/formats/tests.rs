//! Every format is read back by a small reader that shares nothing with the writer.

use proptest::prelude::*;

use super::*;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn zone(records: Vec<Record>) -> Vec<ZoneRecords> {
    vec![ZoneRecords { zone: name("example.de"), records }]
}

fn text(value: &str) -> Vec<ZoneRecords> {
    zone(vec![Record::txt(name("s1._domainkey.example.de"), 3600, value)])
}

/// Values that have broken such tools before.
fn weird() -> Vec<String> {
    vec![
        "v=DKIM1; k=rsa; p=".to_owned() + &"A".repeat(600),
        "a\"b\\c;d".into(),
        "\\;\\\\\"".into(),
        "${a} %{b} $${c} %%{d} $ { %".into(),
        "it's ‘odd’ ‚low‛".into(),
        "ü".repeat(300),
        "\"quoted\"".into(),
        "# no: comment, - [list] {map} & * ! | > ' % @ `".into(),
        "<script>alert(1)</script><!--".into(),
        "a  b".into(),
        "x=`$(id)`".into(),
        " ".into(),
        String::new(),
        "\\010\\x41\\u0041".into(),
        "yes".into(),
        "A".repeat(255),
        "A".repeat(256),
        "aaaa".repeat(63) + "aaü",
    ]
}

/// Strings in double quotes; `escape` gives the octet of an escape and how many bytes it took.
fn strings(text: &str, escape: impl Fn(&[u8]) -> (u8, usize)) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let (mut out, mut i) = (Vec::new(), 0);
    while i < bytes.len() {
        assert!(bytes[i] == b'"', "{text:?} at {i}");
        let mut string = Vec::new();
        i += 1;
        while bytes[i] != b'"' {
            if bytes[i] == b'\\' {
                let (octet, taken) = escape(&bytes[i + 1..]);
                string.push(octet);
                i += 1 + taken;
            } else {
                assert!((0x20..0x7f).contains(&bytes[i]), "{text:?}");
                string.push(bytes[i]);
                i += 1;
            }
        }
        assert!(string.len() <= 255);
        out.push(string);
        i += 1;
        while bytes.get(i).is_some_and(|b| b" \n".contains(b)) {
            i += 1;
        }
    }
    out
}

fn digits(radix: u32) -> impl Fn(&[u8]) -> (u8, usize) {
    move |rest| match std::str::from_utf8(rest.get(..3).unwrap_or_default()) {
        Ok(number) if number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()) => {
            (u8::from_str_radix(number, radix).unwrap(), 3)
        }
        _ => (rest[0], 1),
    }
}

fn joined(text: &str, radix: u32) -> String {
    String::from_utf8(strings(text, digits(radix)).concat()).unwrap()
}

fn after<'a>(text: &'a str, head: &str) -> &'a str {
    text.strip_prefix(head).unwrap_or_else(|| panic!("{text:?} does not begin with {head:?}"))
}

/// The text of the one TXT record, as the tool that the format is for reads it; `None` if refused.
fn read_back(format: Format, value: &str) -> Option<String> {
    let document = format.render(&text(value)).ok()?;
    let document = document.strip_suffix('\n').unwrap();
    Some(match format {
        Format::Zone => {
            let data = after(document, "s1._domainkey.example.de. 3600 IN TXT ");
            let data = data.strip_prefix("(\n    ").map_or(data, |d| d.strip_suffix(" )").unwrap());
            joined(data, 10)
        }
        Format::Value => document.to_owned(),
        Format::Json => {
            let all: serde_json::Value = serde_json::from_str(document).unwrap();
            assert_eq!(all[0]["name"], "s1._domainkey.example.de");
            assert_eq!((&all[0]["type"], &all[0]["ttl"]), (&"TXT".into(), &3600.into()));
            all[0]["value"].as_str().unwrap().to_owned()
        }
        Format::Nsupdate => {
            let lines: Vec<&str> = document.lines().collect();
            assert_eq!((lines.len(), lines[0], lines[2]), (3, "zone example.de.", "send"));
            joined(after(lines[1], "update add s1._domainkey.example.de. 3600 IN TXT "), 10)
        }
        Format::Route53 => {
            let all: serde_json::Value = serde_json::from_str(document).unwrap();
            let set = &all["Changes"][0]["ResourceRecordSet"];
            assert_eq!(set["Name"], "s1._domainkey.example.de.");
            joined(set["ResourceRecords"][0]["Value"].as_str().unwrap(), 8)
        }
        Format::Cloudflare => {
            let all: serde_json::Value = serde_json::from_str(document).unwrap();
            assert_eq!(all["posts"][0]["name"], "s1._domainkey.example.de");
            joined(all["posts"][0]["content"].as_str().unwrap(), 10)
        }
        Format::Octodns => {
            let all: serde_json::Value = serde_saphyr::from_str(document).unwrap();
            let value = all["s1._domainkey"]["value"].as_str().unwrap();
            assert!(!value.replace("\\;", "").contains(';'));
            value.replace("\\;", ";")
        }
        Format::Dnscontrol => {
            let call = after(document, "D_EXTEND(\"example.de\",\n    TXT(\"s1._domainkey\", ");
            // Without other escapes than JSON's, a literal of JavaScript is one of JSON.
            serde_json::from_str(call.strip_suffix(", TTL(3600))\n);").unwrap()).unwrap()
        }
        Format::Terraform => {
            let line = document.lines().find_map(|l| l.strip_prefix("  txt  = [")).unwrap();
            let template = hcl(line.strip_suffix(']').unwrap());
            let (octets, escape) = (template.as_bytes(), digits(10));
            let (mut out, mut i) = (Vec::new(), 0);
            while i < octets.len() {
                assert!(octets[i] != b'"');
                if octets[i] == b'\\' {
                    let (octet, taken) = escape(&octets[i + 1..]);
                    out.push(octet);
                    i += taken;
                } else {
                    out.push(octets[i]);
                }
                i += 1;
            }
            String::from_utf8(out).unwrap()
        }
        Format::Powershell => {
            let head =
                "Add-DnsServerResourceRecord -ZoneName 'example.de' -Name 's1._domainkey' -Txt -DescriptiveText '";
            let literal = after(document, head).strip_suffix("' -TimeToLive 01:00:00").unwrap();
            let mut chars = literal.chars();
            let mut out = String::new();
            while let Some(c) = chars.next() {
                if "'‘’‚‛".contains(c) {
                    assert_eq!(chars.next(), Some(c), "{literal}");
                }
                out.push(c);
            }
            assert!(out.lines().all(|l| l.len() <= 254));
            out.replace('\n', "")
        }
    })
}

/// The string that a quoted template of HCL comes to; a template sequence in it is a failure.
fn hcl(text: &str) -> String {
    let inner = text.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
    let mut out = String::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix("$${").or(rest.strip_prefix("%%{")) {
            out.extend([c, '{']);
            rest = tail;
            continue;
        }
        assert!(!rest.starts_with("${") && !rest.starts_with("%{") && c != '"', "{text}");
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                assert!(rest.starts_with(['"', '\\']), "{text}");
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
            _ => out.push(c),
        }
    }
    out
}

#[test]
fn weird_values_come_back_from_every_format() {
    for value in weird() {
        for format in Format::ALL {
            assert_eq!(read_back(*format, &value).as_deref(), Some(&*value), "{format}");
        }
    }
}

#[test]
fn control_characters_come_back_or_are_refused() {
    for value in ["a\nb", "a\r\nsend", "\0", "\u{7f}", "\u{85}", "\u{2028}", "a\u{202e}b"] {
        for format in Format::ALL {
            let document = format.render(&text(value));
            match read_back(*format, value) {
                Some(back) => assert_eq!(back, value, "{format}"),
                None => assert!(matches!(document, Err(FormatError::Character { .. })), "{format}"),
            }
        }
    }
}

#[test]
fn all_kinds_of_records_are_printed() {
    let record =
        |owner: &str, rtype, value: &str| Record { name: name(owner), rtype, ttl: 90_000, value: value.into() };
    let records = zone(vec![
        record("example.de", RecordType::Mx, "0 ."),
        record("example.de", RecordType::Txt, "v=spf1 -all"),
        record("*._domainkey.example.de", RecordType::Txt, "v=DKIM1; p="),
        record("s10.example.de", RecordType::Cname, "a.example.net"),
        record("s2.example.de", RecordType::Mx, "10 mail.example.de"),
        record("s2.example.de", RecordType::Mx, "20 backup.example.de"),
    ]);
    let print = |format: Format| format.render(&records).unwrap();
    assert_eq!(
        print(Format::Zone),
        "example.de. 90000 IN MX 0 .\nexample.de. 90000 IN TXT \"v=spf1 -all\"\n\
         *._domainkey.example.de. 90000 IN TXT \"v=DKIM1; p=\"\ns10.example.de. 90000 IN CNAME a.example.net.\n\
         s2.example.de. 90000 IN MX 10 mail.example.de.\ns2.example.de. 90000 IN MX 20 backup.example.de.\n"
    );
    assert_eq!(print(Format::Value).lines().count(), 6);
    assert!(print(Format::Powershell).contains("-MX -MailExchange '.' -Preference 0 -TimeToLive 1.01:00:00\n"));
    assert!(print(Format::Powershell).contains("-CName -HostNameAlias 'a.example.net.'"));
    assert!(print(Format::Dnscontrol).contains("MX(\"@\", 0, \".\", TTL(90000)),\n"));
    let cloudflare: serde_json::Value = serde_json::from_str(&print(Format::Cloudflare)).unwrap();
    assert_eq!((&cloudflare["posts"][0]["content"], &cloudflare["posts"][0]["priority"]), (&".".into(), &0.into()));
    let route53: serde_json::Value = serde_json::from_str(&print(Format::Route53)).unwrap();
    assert_eq!(route53["Changes"].as_array().unwrap().len(), 5);
    let yaml: serde_json::Value = serde_saphyr::from_str(&print(Format::Octodns)).unwrap();
    assert_eq!(yaml[""].as_array().unwrap().len(), 2);
    assert_eq!(yaml["s2"]["values"][1]["exchange"], "backup.example.de.");
    let order: Vec<_> =
        print(Format::Octodns).lines().filter(|l| !l.starts_with([' ', '-'])).map(String::from).collect();
    assert_eq!(order, ["'':", "'*._domainkey':", "'s2':", "'s10':"]);
    let terraform = print(Format::Terraform);
    assert_eq!(terraform.matches("resource \"dns_mx_record_set\"").count(), 2);
    assert_eq!(terraform.matches("  mx {").count(), 3);
}

#[test]
fn what_cannot_be_said_is_refused() {
    let one = |rtype, value: &str| {
        Format::Zone.render(&zone(vec![Record { name: name("example.de"), rtype, ttl: 60, value: value.into() }]))
    };
    for (rtype, value) in [
        (RecordType::Mx, "mail.example.de"),
        (RecordType::Mx, "70000 a.de"),
        (RecordType::Mx, "10 a..de"),
        (RecordType::A, "1.2.3.4\nevil"),
        (RecordType::Soa, "x"),
    ] {
        assert!(matches!(one(rtype, value), Err(FormatError::Value { .. })), "{rtype} {value:?}");
    }
    assert!(matches!(one(RecordType::Txt, &"a".repeat(65_500)), Err(FormatError::TooLong { .. })));
    let outside = zone(vec![Record::txt(name("example.com"), 60, "x")]);
    assert!(matches!(Format::Json.render(&outside), Err(FormatError::OutsideZone { .. })));
    let long = Format::Nsupdate.render(&text(&"a".repeat(5000)));
    assert!(matches!(long, Err(FormatError::TooLong { format: Format::Nsupdate, .. })));
}

#[test]
fn names_cannot_break_out() {
    let owner = Name::from_labels([&b"a;b\"c(d)$e@f"[..], b"example", b"de"]).unwrap();
    let records = zone(vec![Record::txt(owner, 60, "x")]);
    let line = Format::Zone.render(&records).unwrap();
    assert_eq!(line, "a\\;b\\\"c\\(d\\)\\$e\\@f.example.de. 60 IN TXT \"x\"\n");
    let label = Format::Terraform.render(&records).unwrap();
    assert!(label.starts_with("resource \"dns_txt_record_set\" \"txt_a_b_c_d__e_f_example_de\" {\n"), "{label}");
}

#[test]
fn words_are_read() {
    assert_eq!(Format::default(), Format::Zone);
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(*format));
    }
    assert_eq!("bind".parse::<Format>(), Err(UnknownFormat));
}

proptest! {
    #[test]
    fn any_text_comes_back(value in "\\PC{0,700}|[\"\\\\;${}%'a-c ü]{0,40}") {
        for format in Format::ALL {
            if let Some(back) = read_back(*format, &value) {
                prop_assert_eq!(&back, &value, "{}", format);
            }
        }
    }
}
