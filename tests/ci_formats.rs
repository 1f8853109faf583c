//! What CI servers read: strangers' words form no command, places and names are right, fixes can be applied.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Records in which every field that a stranger can fill tries to be something else.
const HOSTILE: &str = r#"$ORIGIN boese.example.
$TTL 3600
@ IN SOA ns1.boese.example. hostmaster 1 7200 3600 1209600 3600
@ IN NS ns1
ns1 IN A 5.45.100.9
@ IN MX 10 \010\058\058error\058\058mx
@ IN MX 20 mail.boese.example.
mail IN A 5.45.100.20
@ IN TXT "v=spf1 include:x\010::set-output\032name=a::b ::error::stop \013##[error]x %0A::warning::y -all"
sub\010\058\058add-mask\058\058x IN TXT "v=spf1 +all"
_dmarc IN TXT "v=DMARC1; p=\010::stop-commands::x; rua=mailto:a\010::error title=x::@boese.example,%0D%0A::error::z"
s1._domainkey IN TXT "v=DKIM1; k=rsa; n=\194\155\226\128\174]]> <b>&; p=AAAA\010::debug::x"
_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:x@boese.example\032\010::group::x"
"#;

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    let output = command.env_clear().current_dir(folder).args(arguments).output().unwrap();
    let text = |octets| String::from_utf8(octets).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(folder, &[arguments, &["--format", "json"]].concat()).1).unwrap()
}

fn findings(document: &Value) -> usize {
    let lists = document["domains"].as_array().map_or_else(|| vec![document], |domains| domains.iter().collect());
    lists.iter().map(|list| list["findings"].as_array().unwrap().len()).sum()
}

#[cfg(unix)]
#[test]
fn only_our_own_commands_come_out() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a,b\n::error::c%0A::d.zone";
    fs::write(folder.path().join(name), HOSTILE).unwrap();
    for language in ["en", "de"] {
        for call in [vec!["lint", name], vec!["check", "boese.example", "--zone", name, "--offline"]] {
            let call: Vec<&str> = call.into_iter().chain(["--lang", language]).collect();
            let count = findings(&json(folder.path(), &call));
            assert!(count > 4, "{count}");
            let (_, shown, said) = run(folder.path(), &[&call[..], &["--format", "github"]].concat());
            let ends = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            let mut commands = 0;
            for line in shown.split(ends) {
                let Some(rest) = line.trim_start().strip_prefix("::") else {
                    // The runner's older form counts anywhere in a line that is no command of the newer one.
                    assert!(!line.contains("##["), "{line}");
                    continue;
                };
                let (head, message) = rest.split_once("::").unwrap();
                let (command, properties) = head.split_once(' ').unwrap();
                assert!(matches!(command, "error" | "warning" | "notice"), "{line}");
                let keys: Vec<&str> = properties.split(',').map(|p| p.split_once('=').unwrap().0).collect();
                let places = ["file", "line", "col", "endLine", "endColumn"];
                let (title, place) = keys.split_last().unwrap();
                assert!(*title == "title" && places.starts_with(place), "{keys:?}");
                // The runner turns these back into line ends.
                for coded in ["%0A", "%0D", "%0a", "%0d"] {
                    assert!(!message.contains(coded) && !properties.contains(coded), "{line}");
                }
                commands += 1;
            }
            assert_eq!(commands, count, "{shown}");
            assert!(said.lines().all(|line| !line.starts_with("::")), "{said}");
        }
    }
}

#[test]
fn tests_of_a_suite_have_names_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let zone =
        HOSTILE.replace("s1._domainkey", "@ IN TXT \"v=spf1 ipv4:192.0.2.1 ipv4:192.0.2.2 -all\"\ns1._domainkey");
    fs::write(folder.path().join("a.zone"), zone).unwrap();
    let (_, shown, _) = run(folder.path(), &["lint", "a.zone", "--format", "junit"]);
    let mut names = HashSet::new();
    let mut reader = quick_xml::Reader::from_str(&shown);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) if start.name().as_ref() == "testcase" => {
                let attributes: Vec<(String, String)> = start
                    .attributes()
                    .map(|attribute| attribute.unwrap())
                    .map(|attribute| (attribute.key.as_ref().to_owned(), attribute.value.to_string()))
                    .collect();
                assert_eq!(attributes.iter().map(|(key, _)| &key[..]).collect::<Vec<_>>(), ["classname", "name"]);
                assert!(names.insert(attributes), "twice in {shown}");
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(names.len(), findings(&json(folder.path(), &["lint", "a.zone"])));
}

/// Applies a replacement of SARIF: lines and columns count from 1, columns in characters.
fn apply(text: &str, replacement: &Value) -> String {
    let offset = |line: &str, column: &str| {
        let region = &replacement["deletedRegion"];
        let (line, column) = (region[line].as_u64().unwrap() as usize, region[column].as_u64().unwrap() as usize);
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        start + text[start..].char_indices().nth(column - 1).map_or(text.len() - start, |(at, _)| at)
    };
    let (start, end) = (offset("startLine", "startColumn"), offset("endLine", "endColumn"));
    format!("{}{}{}", &text[..start], replacement["insertedContent"]["text"].as_str().unwrap(), &text[end..])
}

#[test]
fn fixes_of_sarif_mend_the_zone() {
    let folder = tempfile::tempdir().unwrap();
    let zone = include_str!("../examples/zones/example-praxis.de.zone");
    let path = folder.path().join("praxis.zone");
    let lint = ["lint", "praxis.zone", "--fail-on", "never"];
    let check = ["check", "example-praxis.de", "--zone", "praxis.zone", "--offline", "--fail-on", "never"];
    for call in [&lint[..], &check[..]] {
        fs::write(&path, zone).unwrap();
        let (_, shown, _) = run(folder.path(), &[call, &["--format", "sarif"]].concat());
        let sarif: Value = serde_json::from_str(&shown).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        let fixes: Vec<&Value> = results.iter().filter(|result| result["fixes"].is_array()).collect();
        assert!(fixes.len() > 2, "{shown}");
        for result in fixes {
            assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "praxis.zone");
            let change = &result["fixes"][0]["artifactChanges"][0];
            let mended = apply(zone, &change["replacements"][0]);
            fs::write(&path, mended).unwrap();
            let count = |document: &Value| {
                let list = document["domains"].get(0).unwrap_or(document)["findings"].as_array().unwrap().clone();
                list.iter().filter(|f| f["rule"] == result["ruleId"]).count()
            };
            let after = count(&json(folder.path(), call));
            fs::write(&path, zone).unwrap();
            let before = count(&json(folder.path(), call));
            assert_eq!(after + 1, before, "{}", result["ruleId"]);
        }
    }
}

#[test]
fn what_is_left_out_is_counted_and_slips_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let zone = "$ORIGIN a.example.\n$TTL 3600\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 5.45.100.9\n@ MX 10 ns1\n\
        @ TXT \"v=spf1 ip4:5.45.100.9 ?all\" ; mailauth: ignore spf-all-neutral until 2999-01-31 because we move\n\
        _dmarc TXT \"v=DMARC1; p=none\" ; mailauth: ignore dmarc-policy-non\n\
        b TXT \"v=spf1 +all\" ; mailauth: ignore spf-all-pass until 2027-13-01\n\
        c TXT \"v=spf1 ?all\" ; mailauth: ignore spf-all-neutral until 2001-01-01\n\
        ; mailauth: ignore zone-ttl\n\
        d A 5.45.100.9 ; mailauth: forget it\n";
    fs::write(folder.path().join("a.zone"), zone).unwrap();
    let suppressed = json(folder.path(), &["lint", "a.zone"])["summary"]["suppressed"].as_u64().unwrap();
    assert!(suppressed > 0);
    for format in ["text", "github", "markdown", "sarif", "junit", "ndjson"] {
        let (_, shown, said) = run(folder.path(), &["lint", "a.zone", "--format", format]);
        let both = format!("{shown}{said}").replace("&#58;", ":");
        assert!(both.contains("suppressed by the zone file"), "{format}: {both}");
    }
    let (_, _, said) = run(folder.path(), &["lint", "a.zone"]);
    let lines: Vec<&str> = said.lines().collect();
    let wanted = [
        ("a.zone:8:", "did you mean dmarc-policy-none?"),
        ("a.zone:9:", "“2027-13-01” is no date"),
        ("a.zone:10:", "held until 2001-01-01"),
        ("a.zone:11:", "stands beside no record"),
        ("a.zone:12:", "is not understood"),
    ];
    assert_eq!(lines.len(), wanted.len(), "{said}");
    for (line, (place, words)) in lines.iter().zip(wanted) {
        assert!(line.contains(place) && line.contains(words), "{line}");
    }
    let (_, _, said) = run(folder.path(), &["lint", "a.zone", "--lang", "de"]);
    assert!(said.contains("meinten Sie dmarc-policy-none?"), "{said}");
    assert_eq!(run(folder.path(), &["lint", "a.zone", "--quiet"]).2, "");
}
