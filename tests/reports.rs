//! DMARC aggregate reports and TLS reports, from every container, broken ones and bombs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::io::{Cursor, Read, Write};

use base64::Engine;
use mailauth::reports::{Class, Collector, Options, Summary};
use proptest::prelude::*;

const NEW: &[u8] = include_bytes!("../testdata/reports/rfc9990.xml");
const OLD: &[u8] = include_bytes!("../testdata/reports/rfc7489.xml");
const TLS_ARRAY: &[u8] = include_bytes!("../testdata/reports/tls-array.json");
const TLS_STRING: &[u8] = include_bytes!("../testdata/reports/tls-string.json");

fn sum_with(options: Options, inputs: &[(&str, &[u8])]) -> Summary {
    let mut collector = Collector::new(options);
    for (name, bytes) in inputs {
        collector.add_reader(name, Cursor::new(bytes.to_vec()));
    }
    collector.finish()
}

fn sum(inputs: &[(&str, &[u8])]) -> Summary {
    sum_with(Options::default(), inputs)
}

fn json(summary: &Summary) -> serde_json::Value {
    serde_json::to_value(summary).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, bytes)) in members.iter().enumerate() {
        let method = if at % 2 == 0 { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
        archive.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn reasons(summary: &Summary) -> Vec<&str> {
    summary.skipped.iter().map(|s| s.reason.as_str()).collect()
}

fn mail(kind: &str, encoding: &str, body: &str) -> String {
    format!(
        "Subject: Report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"=_b 1\"\r\n\r\npreamble\r\n\
         --=_b 1\r\nContent-Type: text/plain\r\n\r\nHello\r\n--=_b 1\r\nContent-Type: text/html\r\n\r\n<html><feedback></feedback></html>\r\n\
         --=_b 1\r\nContent-Type: {kind};\r\n name=\"a;b.bin\"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n--=_b 1--\r\nepilogue\r\n"
    )
}

fn base64_lines(bytes: &[u8]) -> String {
    let text = base64::engine::general_purpose::STANDARD.encode(bytes);
    text.as_bytes().chunks(76).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join("\r\n")
}

#[test]
fn the_new_shape() {
    let summary = sum(&[("new.xml", NEW)]);
    assert!(summary.skipped.is_empty(), "{:?}", summary.skipped);
    let doc = json(&summary);
    assert_eq!(doc["schema"], "mailauth.report/1");
    assert_eq!(doc["reports"], 1);
    assert_eq!(doc["period"], serde_json::json!({"begin": "2026-01-01T00:00:00Z", "end": "2026-01-01T23:59:59Z"}));
    let domain = &doc["domains"][0];
    assert_eq!(
        (&domain["domain"], &domain["messages"], &domain["pass"], &domain["fail"]),
        (&"example.de".into(), &15.into(), &12.into(), &3.into())
    );
    assert_eq!(domain["policy"]["np"], "reject");
    assert_eq!(domain["policy"]["discovery_method"], "treewalk");
    assert_eq!(domain["reporters"], serde_json::json!({"Receiver & Söhne": 1}));
    assert_eq!(domain["days"], serde_json::json!({"2026-01-01": {"messages": 15, "pass": 12}}));
    let first = &domain["sources"][0];
    assert_eq!(first["ip"], "192.0.2.1");
    assert_eq!(
        (&first["messages"], &first["dkim_aligned"], &first["spf_aligned"]),
        (&12.into(), &12.into(), &10.into())
    );
    assert_eq!(
        first["dispositions"],
        serde_json::json!({"none": 2, "pass": 10, "quarantine": 0, "reject": 0, "other": 0})
    );
    assert_eq!(first["header_from"], serde_json::json!(["example.de", "news.example.de"]));
    assert_eq!(first["envelope_from"], serde_json::json!(["bounce.example.de"]));
    assert_eq!(first["dkim"][0], serde_json::json!({"domain": "example.de", "selector": "s202601", "result": "pass"}));
    assert_eq!(first["reasons"], serde_json::json!(["policy_test_mode"]));
    assert_eq!(first["class"], "own");
    let second = &domain["sources"][1];
    assert_eq!((&second["ip"], &second["class"]), (&"2001:db8::66".into(), &"stranger".into()));
    assert_eq!(domain["readiness"]["aligned_without_strangers"], 1.0);
}

#[test]
fn the_old_shape() {
    let summary = sum(&[("old.xml", OLD)]);
    assert!(summary.skipped.is_empty(), "{:?}", summary.skipped);
    let domain = summary.domain("example.de").unwrap();
    let source = domain.sources().next().unwrap();
    assert_eq!((source.messages(), source.pass(), source.forwarded()), (4, 0, 4));
    assert_eq!(source.class(), Class::Forwarder);
    assert_eq!(source.reasons().collect::<Vec<_>>(), ["forwarded", "sampled_out"]);
    assert_eq!(
        source.spf().map(|s| (s.domain, s.result)).collect::<Vec<_>>(),
        [("lists.example", "pass"), ("mx.example.de", "hardfail")]
    );
    assert_eq!(domain.policy().unwrap().pct.as_deref(), Some("100"));
    assert_eq!(domain.readiness().forwarded, 4);
}

#[test]
fn every_container_holds_the_same() {
    let whole = |s: &Summary| json(s)["domains"].clone();
    let want = whole(&sum(&[("x", NEW)]));
    let gz = gzip(NEW);
    let zipped = zip(&[("a.xml", NEW)]);
    let mailed = mail("application/octet-stream", "base64", &base64_lines(&zipped));
    let quoted: String = NEW
        .iter()
        .map(|b| if *b == b'=' || *b > 126 { format!("={b:02X}") } else { char::from(*b).to_string() })
        .collect();
    let forwarded = format!("Subject: Fwd\nContent-Type: message/rfc822\n\n{mailed}");
    let mbox = format!(
        "From a@b Thu Jan  1 00:00:00 2026\nSubject: nothing\n\ntext\n\nFrom a@b Thu Jan  1 00:00:00 2026\n{mailed}\n"
    );
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("gzip named .zip", gz.clone()),
        ("zip named .gz", zipped.clone()),
        ("two gzip members", [gzip(&NEW[..700]), gzip(&NEW[700..]), b"rubbish".to_vec()].concat()),
        ("bytes before a zip's members", [zipped.clone()].concat()),
        ("mail with zip", mailed.clone().into_bytes()),
        ("mail with gzip", mail("application/gzip", "BASE64", &base64_lines(&gz)).into_bytes()),
        ("mail with bare xml, quoted-printable", mail("text/xml", "quoted-printable", &quoted).into_bytes()),
        ("mail with bare xml, 8bit", mail("text/xml", "8bit", std::str::from_utf8(NEW).unwrap()).into_bytes()),
        (
            "mail that is the report",
            format!(
                "Subject: x\r\nContent-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                base64_lines(&gz)
            )
            .into_bytes(),
        ),
        ("mail in a mail", forwarded.into_bytes()),
        ("mbox", mbox.into_bytes()),
        ("byte order mark", [b"\xef\xbb\xbf\n", NEW].concat()),
    ];
    for (name, bytes) in cases {
        let summary = sum(&[(name, &bytes)]);
        assert_eq!(whole(&summary), want, "{name}: {:?}", summary.skipped);
        assert!(summary.skipped.is_empty(), "{name}: {:?}", summary.skipped);
    }
}

#[test]
fn encodings() {
    let text = std::str::from_utf8(NEW).unwrap();
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.replace("UTF-8", "UTF-16").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.replace("UTF-8", "ISO-8859-1").chars().map(|c| c as u8).collect();
    let lying = text.replace("UTF-8", "utf-16");
    for (name, bytes) in [("utf-16", utf16), ("latin-1", latin), ("utf-16 by name alone", lying.into_bytes())] {
        let summary = sum(&[(name, &bytes)]);
        let domain = summary.domain("example.de").expect(name);
        assert_eq!(domain.reporters().next().unwrap().0, "Receiver & Söhne", "{name}");
    }
    let wrong: Vec<u8> = text.chars().map(|c| c as u8).collect();
    assert_eq!(sum(&[("x", &wrong)]).domain("example.de").unwrap().messages(), 15);
}

#[test]
fn any_namespace_any_order() {
    let text = std::str::from_utf8(NEW).unwrap();
    let prefixed = text
        .replace("</ext:", "</EXT:")
        .replace("<ext:", "<EXT:")
        .replace("</", "</d:")
        .replace('<', "<d:")
        .replace("<d:/d:", "</d:")
        .replace("<d:?", "<?")
        .replace("d:EXT:", "ext:")
        .replace("xmlns=", "xmlns:d=");
    let (head, records) = text.split_at(text.find("<record>").unwrap());
    let (begin, head) = head.split_at(head.find("<report_metadata>").unwrap());
    let turned = format!("{begin}{}{head}</feedback>", records.replace("</feedback>", ""));
    let wrapped = format!("<xs:schema xmlns:xs=\"x\">{}</xs:schema>", text.split_once("?>").unwrap().1);
    let want = json(&sum(&[("x", NEW)]))["domains"].clone();
    for (name, text) in [("prefix", prefixed), ("records first", turned), ("in xs:schema", wrapped)] {
        let summary = sum(&[(name, text.as_bytes())]);
        assert_eq!(json(&summary)["domains"], want, "{name}: {:?}", summary.skipped);
    }
}

#[test]
fn tls_reports() {
    let summary = sum(&[("a.json", TLS_ARRAY), ("b.json.gz", &gzip(TLS_STRING)), ("again", TLS_ARRAY)]);
    assert!(summary.skipped.is_empty(), "{:?}", summary.skipped);
    let doc = json(&summary);
    assert_eq!((&doc["reports"], &doc["tls_reports"], &doc["duplicates"]), (&2.into(), &2.into(), &1.into()));
    assert_eq!(doc["period"]["end"], "2026-01-03T23:59:59Z");
    assert_eq!(
        doc["tls"],
        serde_json::json!([
            {"domain": "example.de", "policy_type": "no-policy-found", "successful": 4, "failed": 0, "failures": [], "cut": false},
            {"domain": "example.de", "policy_type": "sts", "successful": 5336, "failed": 304, "failures": [
                {"type": "starttls-not-supported", "mx": "mx2.mail.example.de", "count": 200},
                {"type": "certificate-expired", "mx": "mx1.mail.example.de", "count": 101},
                {"type": "validation-failure", "mx": null, "count": 3}], "cut": false}
        ])
    );
}

#[test]
fn reports_count_once() {
    let gz = gzip(NEW);
    let summary = sum(&[("a", NEW), ("b", &gz), ("c", OLD), ("d", NEW)]);
    assert_eq!((summary.reports, summary.duplicates), (2, 2));
    assert_eq!(summary.domain("example.de").unwrap().messages(), 19);
    // The newest policy counts, whatever the order of the files.
    assert_eq!(summary.domain("example.de").unwrap().policy().unwrap().p.as_deref(), Some("quarantine"));
    // A torn copy does not stand in the way of a whole one.
    let summary = sum(&[("torn", &NEW[..1500]), ("whole", NEW)]);
    assert_eq!((summary.reports, summary.duplicates, reasons(&summary)), (1, 0, vec!["ends before the report does"]));
}

#[test]
fn filters() {
    let inputs: &[(&str, &[u8])] = &[("a", NEW), ("b", OLD), ("c", TLS_ARRAY)];
    let of = |domain: &str| Options { domains: vec![domain.into()], ..Options::default() };
    assert_eq!(sum_with(of("EXAMPLE.de"), inputs).reports, 3);
    let other = sum_with(of("other.example"), inputs);
    assert_eq!((other.reports, other.filtered, other.domains().len(), other.tls.len()), (0, 3, 0, 0));
    let below = sum_with(of("news.example.de"), inputs);
    assert_eq!((below.reports, below.domain("example.de").unwrap().messages()), (1, 2));
    let since = sum_with(Options { since: Some(1_767_225_601), ..Options::default() }, inputs);
    assert_eq!((since.reports, since.filtered), (2, 1));
    let until = sum_with(Options { until: Some(1_767_225_600), ..Options::default() }, inputs);
    assert_eq!((until.reports, until.filtered), (1, 2));
}

#[test]
fn broken_reports_have_reasons() {
    let text = include_str!("../testdata/reports/broken-reasons.tsv");
    for line in text.lines().skip(1) {
        let (document, reason) = line.split_once('\t').unwrap();
        let summary = sum(&[("x", document.replace("\\n", "\n").as_bytes())]);
        assert_eq!(summary.skipped.len(), 1, "{document}");
        assert!(summary.skipped[0].reason.starts_with(reason), "{document}: {}", summary.skipped[0].reason);
        assert_eq!(json(&summary)["domains"], serde_json::json!([]), "{document}");
    }
}

#[test]
fn unusable_records_are_left_out_and_named() {
    let summary = sum(&[("x", include_bytes!("../testdata/reports/broken-count.xml"))]);
    assert_eq!(summary.domain("example.de").unwrap().messages(), 5);
    assert_eq!(
        reasons(&summary),
        [
            "count \"many\" is no number: 1 record left out",
            "count \"-1\" is no number: 1 record left out",
            "count is missing: 1 record left out",
            "source_ip \"a.b\" is no address: 1 record left out"
        ]
    );
}

#[test]
fn archives_that_are_refused() {
    let nested = gzip(&gzip(NEW));
    assert_eq!(reasons(&sum(&[("x", &nested)])), ["an archive within an archive is refused"]);
    let mixed = zip(&[("a.xml", NEW), ("b.gz", &gzip(OLD)), ("c.txt", b"hello"), ("d.xml", OLD)]);
    let summary = sum(&[("m.zip", &mixed)]);
    assert_eq!(summary.reports, 2);
    assert_eq!(summary.skipped[0].file, "m.zip: b.gz");
    assert_eq!(
        reasons(&summary),
        ["an archive within an archive is refused", "is neither XML, JSON, gzip, zip nor mail"]
    );
    let names: Vec<String> = (0..1001).map(|i| format!("{i}.xml")).collect();
    let many = zip(&names.iter().map(|n| (n.as_str(), &b"<a/>"[..])).collect::<Vec<_>>());
    assert_eq!(reasons(&sum(&[("x", &many)])), ["has more than 1000 members"]);
    for cut in [4, 30, mixed.len() / 2, mixed.len() - 10] {
        assert_eq!(sum(&[("x", &mixed[..cut])]).reports, 0);
    }
    let gz = gzip(NEW);
    assert_eq!(reasons(&sum(&[("x", &gz[..gz.len() / 2])])), ["ends before the report does"]);
}

#[test]
fn bombs() {
    // Gigabytes of comments, as far as anybody asks for them.
    let comment = format!("<!--{}-->", " ".repeat(1_000_000));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(b"<feedback>").unwrap();
    for _ in 0..100 {
        encoder.write_all(comment.as_bytes()).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let ratio = "unpacks to more than 250 times its size";
    assert_eq!(reasons(&sum(&[("x", &bomb)])), [ratio]);

    let laughs = "<!DOCTYPE f [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><feedback>&b;</feedback>";
    assert_eq!(reasons(&sum(&[("x", laughs.as_bytes())])), ["DOCTYPE is refused"]);
    let deep = format!("<feedback>{}", "<a>".repeat(1_000_000));
    assert_eq!(reasons(&sum(&[("x", deep.as_bytes())])), ["nested more than 64 levels deep"]);
    let brackets = "[".repeat(2_000_000);
    assert!(reasons(&sum(&[("x", brackets.as_bytes())]))[0].starts_with("no TLS report"));
    for endless in ["<feedback>", "<feedback ", "<feedback><!--", "<feedback><![CDATA[", "<feedback>&", "<?xml "] {
        let mut collector = Collector::new(Options::default());
        collector.add_reader("x", Cursor::new(endless).chain(std::io::repeat(b' ').take(1 << 26)));
        assert_eq!(reasons(&collector.finish()), ["a tag or text is longer than 1048576 bytes"], "{endless}");
    }
    let depth: String =
        (0..50_000).map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")).collect();
    assert_eq!(reasons(&sum(&[("x", depth.as_bytes())])), ["no part of the mail is a report"]);
    let header = format!("Subject: x\r\n{}", "X: y\r\n".repeat(1 << 18));
    assert_eq!(reasons(&sum(&[("x", header.as_bytes())])), ["mail header larger than 1048576 bytes"]);
    let parts = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\n".repeat(2000));
    assert_eq!(reasons(&sum(&[("x", parts.as_bytes())])), ["more than 1000 parts of a mail"]);
}

/// Reports with many senders: long enough to be counted while they are read.
fn long(id: u32, records: u32) -> Vec<u8> {
    let mut text = format!(
        "<feedback><report_metadata><org_name>o</org_name><report_id>{id}</report_id><date_range><begin>1767225600</begin><end>1767311999</end></date_range></report_metadata><policy_published><domain>x.de</domain></policy_published>"
    );
    for i in 0..records {
        let (pass, n) = (if i % 3 == 0 { "fail" } else { "pass" }, i % 5000);
        text.push_str(&format!(
            "<record><row><source_ip>10.{id}.{}.{}</source_ip><count>1</count><policy_evaluated><dkim>{pass}</dkim></policy_evaluated></row><identifiers><header_from>h{}.x.de</header_from></identifiers></record>",
            n / 256, n % 256, i % 40
        ));
    }
    text.push_str("</feedback>");
    text.into_bytes()
}

#[test]
fn the_result_does_not_depend_on_threads() {
    let inputs: Vec<Vec<u8>> = (0..40).map(|i| long(i % 30, if i % 7 == 0 { 10_000 } else { 50 + i })).collect();
    let named: Vec<(&str, &[u8])> = inputs.iter().map(|i| ("x", i.as_slice())).collect();
    let run = |threads| {
        serde_json::to_string(&sum_with(Options { threads: Some(threads), ..Options::default() }, &named)).unwrap()
    };
    let one = run(1);
    for threads in [2, 5, 16] {
        assert!(run(threads) == one, "{threads} threads");
    }
    let summary = sum(&named);
    assert_eq!((summary.reports, summary.duplicates), (30, 10));
    let crowded = summary.domain("x.de").unwrap();
    assert!(crowded.sources().all(|s| s.header_from().count() <= 16));
    assert!(crowded.sources().any(|s| s.messages() == 2));
}

#[test]
fn a_long_report_that_breaks_says_what_counts() {
    let mut torn = long(1, 5000);
    torn.truncate(torn.len() - 100);
    let summary = sum(&[("x", &torn), ("whole", &long(2, 10))]);
    assert_eq!(reasons(&summary), ["ends before the report does; the 4096 records before are counted"]);
    assert_eq!(summary.domain("x.de").unwrap().messages(), 4096 + 10);
}

#[cfg(unix)]
#[test]
fn folders() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for sub in ["cur", "new", "tmp", "a/b"] {
        std::fs::create_dir_all(at(sub)).unwrap();
    }
    std::fs::write(at("cur/1:2,S"), mail("application/gzip", "base64", &base64_lines(&gzip(NEW)))).unwrap();
    std::fs::write(at("new/2"), OLD).unwrap();
    std::fs::write(at("tmp/3"), "half a mail").unwrap();
    std::fs::write(at("a/b/tls.json"), TLS_ARRAY).unwrap();
    std::fs::write(at("a/notes.txt"), "notes").unwrap();
    std::os::unix::fs::symlink(folder.path(), at("a/loop")).unwrap();
    let mut collector = Collector::new(Options::default());
    collector.add_path(folder.path());
    collector.add_path(at("missing"));
    let summary = collector.finish();
    assert_eq!(summary.reports, 3);
    assert_eq!(summary.skipped.len(), 2, "{:?}", summary.skipped);
    assert!(summary.skipped[0].file.ends_with("notes.txt"));
    assert!(summary.skipped[1].reason.starts_with("cannot be read: "));
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let zipped = zip(&[("a.xml", NEW), ("b.json", TLS_ARRAY)]);
    let mailed = mail("application/zip", "base64", &base64_lines(&zipped)).into_bytes();
    let mbox = [b"From x\n", mailed.as_slice(), b"\nFrom y\n", mailed.as_slice()].concat();
    let seeds =
        vec![NEW.to_vec(), OLD.to_vec(), TLS_ARRAY.to_vec(), TLS_STRING.to_vec(), gzip(NEW), zipped, mailed, mbox];
    let words: Vec<&'static [u8]> = vec![
        b"<",
        b">",
        b"</",
        b"<![CDATA[",
        b"<!--",
        b"&#0;",
        b"&#xD800;",
        b"&amp",
        b"<record>",
        b"<feedback>",
        b"</feedback>",
        b"\xff\xfe",
        b"\xc3",
        b"\0",
        b"\r\n\r\n",
        b"--=_b 1",
        b"From ",
        b"=",
        b"99999999999999999999",
        b"-1",
        b"{",
        b"[",
        b"\"",
        b"PK\x05\x06",
        b"1e999",
    ];
    let edit = (any::<prop::sample::Index>(), 0..40usize, prop::sample::select(words), any::<bool>());
    (prop::sample::select(seeds), prop::collection::vec(edit, 1..6)).prop_map(|(mut bytes, edits)| {
        for (at, remove, word, insert) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + remove).min(bytes.len());
            bytes.splice(at..end, if insert { word.to_vec() } else { Vec::new() });
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn mutated_input_never_panics(bytes in mutated()) {
        let summary = sum(&[("x", &bytes)]);
        let doc = json(&summary);
        for domain in doc["domains"].as_array().unwrap() {
            let sources = domain["sources"].as_array().unwrap();
            let messages = sources.iter().fold(0u64, |sum, s| sum.saturating_add(s["messages"].as_u64().unwrap()));
            prop_assert_eq!(messages, domain["messages"].as_u64().unwrap());
            let name = domain["domain"].as_str().unwrap();
            prop_assert!(name.is_ascii() && !name.bytes().any(|b| b.is_ascii_uppercase()));
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for magic in [&b""[..], b"<", b"{", b"\x1f\x8b\x08\0\0\0\0\0\0\0", b"PK\x03\x04", b"From x\n", b"A: b\n\n"] {
            sum(&[("x", &[magic, &bytes].concat())]);
        }
    }
}
