//! `mailauth report` as users see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const DAY: i64 = 86_400;
/// 2026-01-01
const BEGIN: i64 = 1_767_225_600;

/// One record: address, messages, DKIM and SPF as evaluated, raw results.
struct Row(&'static str, u64, bool, bool, &'static str);

const OWN: &str = "<dkim><domain>example.de</domain><selector>s1</selector><result>pass</result></dkim>\
    <spf><domain>example.de</domain><result>pass</result></spf>";
const SERVICE: &str = "<dkim><domain>mcsv.net</domain><result>pass</result></dkim>\
    <spf><domain>mcsv.net</domain><result>pass</result></spf>";
const NOBODY: &str = "<spf><domain>example.de</domain><result>fail</result></spf>";

fn report(id: &str, day: i64, policy: &str, rows: &[Row]) -> String {
    let (begin, end) = (BEGIN + day * DAY, BEGIN + (day + 1) * DAY - 1);
    let word = |pass: bool| if pass { "pass" } else { "fail" };
    let records: String = rows
        .iter()
        .map(|Row(ip, count, dkim, spf, raw)| {
            format!(
                "<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated>\
                 <disposition>none</disposition><dkim>{}</dkim><spf>{}</spf></policy_evaluated></row>\
                 <identifiers><header_from>example.de</header_from></identifiers>\
                 <auth_results>{raw}</auth_results></record>",
                word(*dkim),
                word(*spf)
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><feedback><report_metadata><org_name>receiver.example</org_name>\
         <email>postmaster@receiver.example</email><report_id>{id}</report_id><date_range><begin>{begin}</begin>\
         <end>{end}</end></date_range></report_metadata><policy_published><domain>example.de</domain><p>{policy}</p>\
         </policy_published>{records}</feedback>"
    )
}

fn month(folder: &Path, policy: &str, rows: impl Fn(i64) -> Vec<Row>) {
    for day in 0..31 {
        let text = report(&format!("r{day}"), day, policy, &rows(day));
        std::fs::write(folder.join(format!("{day:02}.xml")), text).unwrap();
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mailauth")).env_clear().arg("report").args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {output:?}"))
}

#[test]
fn a_month_is_summed_up_and_judged() {
    let folder = tempfile::tempdir().unwrap();
    month(folder.path(), "none", |day| {
        let mut rows = vec![Row("192.0.2.10", 1000, true, true, OWN)];
        if day == 3 {
            rows.push(Row("203.0.113.9", 3, false, false, NOBODY));
            rows.push(Row("198.51.100.7", 4, false, false, SERVICE));
        }
        rows
    });
    let path = folder.path().to_str().unwrap();
    let output = run(&[path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let document = json(&output);
    assert_eq!(document["schema"], "mailauth.report/1");
    assert_eq!(document["reports"], 31);
    assert_eq!(document["period"]["begin"], "2026-01-01T00:00:00Z");
    let domain = &document["domains"][0];
    assert_eq!(
        (&domain["domain"], &domain["messages"], &domain["fail"]),
        (&"example.de".into(), &31_007.into(), &7.into())
    );
    assert_eq!(domain["sources"][0]["ip"], "192.0.2.10");
    assert_eq!(domain["sources"][0]["dkim_aligned"], 31_000);

    let page = text(&run(&[path]));
    for wanted in [
        "31 DMARC reports",
        "from 2026-01-01 to 2026-01-31",
        "31,007 messages, 99.97 % aligned",
        "Ready for p=reject: 99.98 % aligned in 31 days.",
        "4 messages of other services",
        "3 messages of strangers",
        "198.51.100.7 (mcsv.net",
        "Authenticates as nobody",
    ] {
        assert!(page.replace("\n ", "").contains(wanted) || page.contains(wanted), "no {wanted:?} in:\n{page}");
    }
    let page = text(&run(&[path, "--lang", "de"]));
    assert!(page.contains("Bereit für p=reject: 99,98 % passend in 31 Tagen."), "{page}");

    let lines = text(&run(&[path, "--format", "ndjson"]));
    assert_eq!(lines.lines().count(), 1);
    let line: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(line["domain"], "example.de");

    let html = text(&run(&[path, "--format", "html"]));
    assert!(html.contains("<svg") && html.contains("<table") && !html.contains("<script"), "{html}");
    assert_eq!(html.matches("class=\"pass\"").count(), 31);
}

#[test]
fn stages_have_their_sentences() {
    for (policy, days, failing, wanted) in [
        ("none", 31, 0, "Ready for p=reject"),
        ("quarantine", 31, 0, "Ready for p=reject"),
        ("none", 20, 0, "Ready for p=quarantine:"),
        ("none", 20, 10, "Ready for p=quarantine, not yet for p=reject"),
        ("none", 5, 0, "Too early to judge"),
        ("none", 31, 500, "Not ready for a stricter policy"),
        ("reject", 31, 0, "p=reject is in force and does no harm"),
        ("reject", 31, 500, "p=reject is in force and hits own mail"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for day in 0..days {
            let mut rows = vec![Row("192.0.2.10", 1000, true, true, OWN)];
            if failing > 0 {
                rows.push(Row("198.51.100.7", failing, false, false, SERVICE));
            }
            std::fs::write(folder.path().join(format!("{day}.xml")), report(&day.to_string(), day, policy, &rows))
                .unwrap();
        }
        let page = text(&run(&[folder.path().to_str().unwrap()]));
        assert!(page.contains(wanted), "no {wanted:?} in:\n{page}");
    }
}

#[test]
fn domains_and_times_are_chosen() {
    let folder = tempfile::tempdir().unwrap();
    month(folder.path(), "none", |_| vec![Row("192.0.2.10", 1, true, true, OWN)]);
    let path = folder.path().to_str().unwrap();
    let reports = |arguments: &[&str]| {
        let output = run(&[&[path, "--format", "json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        json(&output)["reports"].as_u64().unwrap()
    };
    assert_eq!(reports(&["--since", "2026-01-31T00:00:00Z"]), 1);
    assert_eq!(reports(&["--until", "2026-01-03T00:00:00Z"]), 2);
    assert_eq!(reports(&["--domain", "EXAMPLE.de."]), 31);
    assert_eq!(reports(&["--domain", "example.net"]), 0);
    assert_eq!(reports(&["--domain", "example.net", "--domain", "example.de"]), 31);
    assert_eq!(run(&[path, "--domain", "a..b"]).status.code(), Some(2));
    assert_eq!(run(&[path, "--since", "gestern"]).status.code(), Some(2));
    assert_eq!(run(&[path, "--since", "2", "--until", "1"]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(at("good.xml"), report("1", 0, "none", &[Row("192.0.2.10", 1, true, true, OWN)])).unwrap();
    std::fs::write(at("bad.xml"), "<feedback><oops").unwrap();
    let output = run(&[&at("good.xml"), &at("bad.xml"), "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for format in ["text", "json", "ndjson"] {
        let output = run(&[&at("good.xml"), &at("missing.xml"), "--format", format]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(text(&output).contains("example"), "the others are shown: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr).matches("missing.xml").count(), 1, "{output:?}");
    }
    let output = run(&[&at("good.xml"), &at("bad.xml"), &at("missing.xml"), "--format", "json"]);
    let document = json(&output);
    assert_eq!(document["skipped"].as_array().unwrap().len(), 2);
    assert!(text(&run(&[&at("good.xml"), &at("bad.xml")])).contains("bad.xml: "));

    let output = run(&[&at("bad.xml"), "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json(&output)["reports"], 0);
    assert_eq!(json(&output)["period"], Value::Null);
    assert!(String::from_utf8_lossy(&output.stderr).contains("No report could be read"));
    let output = run(&[&at("bad.xml"), &at("good.xml"), "--format", "ndjson"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.xml"));
}

#[test]
fn strangers_text_is_harmless_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.xml");
    let nasty = "&lt;script&gt;&#27;[31m&#x202e;max.muster@example.net\"'&amp;";
    let hostile = report("1", 0, "none", &[Row("192.0.2.10", 1, true, true, OWN)])
        .replace("receiver.example", nasty)
        .replace("<header_from>example.de", &format!("<header_from>{nasty}"))
        .replace("<selector>s1", &format!("<selector>{nasty}"))
        .replace("<p>none", &format!("<p>{nasty}"));
    std::fs::write(&file, hostile).unwrap();
    let path = file.to_str().unwrap();
    for format in ["text", "json", "ndjson", "html"] {
        let shown = text(&run(&[path, "--format", format]));
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{format}: {shown:?}");
        if format == "html" {
            assert!(!shown.contains("<script"), "{shown}");
        }
        if matches!(format, "text" | "html") {
            assert!(!shown.contains("max.muster@"), "{format}: {shown}");
        }
    }
    assert!(text(&run(&[path, "--show-addresses"])).contains("max.muster@"));
}

#[test]
fn tls_reports_and_standard_input() {
    let tls = r#"{"organization-name":"Company-X","date-range":{"start-datetime":"2026-04-01T00:00:00Z",
        "end-datetime":"2026-04-01T23:59:59Z"},"contact-info":"a@x.example","report-id":"5","policies":[{"policy":
        {"policy-type":"sts","policy-string":[],"policy-domain":"example.de"},"summary":
        {"total-successful-session-count":5326,"total-failure-session-count":303},"failure-details":[
        {"result-type":"certificate-expired","receiving-mx-hostname":"mx1.example.de","failed-session-count":303}]}]}"#;
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .env_clear()
        .args(["report", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(tls.as_bytes()).unwrap();
    let page = text(&child.wait_with_output().unwrap());
    for wanted in [
        "1 TLS report",
        "example.de, sts: 5326 sessions went well, 303 failed",
        "303 times certificate-expired at mx1.example.de",
    ] {
        assert!(page.contains(wanted), "{page}");
    }
}

#[test]
fn the_result_goes_to_a_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.xml");
    std::fs::write(&file, report("1", 0, "none", &[Row("192.0.2.10", 1, true, true, OWN)])).unwrap();
    let target = folder.path().join("out.html");
    let output = run(&[file.to_str().unwrap(), "--format", "html", "-o", target.to_str().unwrap()]);
    assert!(output.stdout.is_empty() && output.status.success());
    assert!(std::fs::read_to_string(target).unwrap().ends_with("</html>\n"));
}
