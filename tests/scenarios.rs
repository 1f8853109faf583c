//! Whole domains: what `check` says of them, which cause it names first, and whether its records mend them.
//!
//! `testdata/scenarios/<id>.yaml` holds a domain's zone and what is expected, `world.txt` what lies around all of them.
//! A line is `owner TYPE data`; an owner without a final dot is below the domain, `@` the domain itself, `{d}` its name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[allow(dead_code)]
#[path = "support/english.rs"]
mod english;
mod support;
#[allow(dead_code)]
#[path = "support/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;
use support::{Behaviour, TestDns};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// What it is about, for readers.
    about: String,
    #[serde(default)]
    domain: Option<String>,
    #[serde(default)]
    args: Vec<String>,
    /// A `mailauth.toml`.
    #[serde(default)]
    config: Option<String>,
    #[serde(default)]
    zone: String,
    /// Names and how they fail: `servfail`, `refused`, `timeout`; `*.name` is the name and all below.
    #[serde(default)]
    fail: BTreeMap<String, String>,
    expect: Expected,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Every error and warning, the likeliest reason first.
    causes: Vec<String>,
    verdict: String,
    exit: i32,
    /// Notes that have to be there.
    #[serde(default)]
    told: Vec<String>,
    /// Rules that have to be silent.
    #[serde(default)]
    silent: Vec<String>,
    /// Verdicts by receiver; `*` is every one.
    #[serde(default)]
    receivers: BTreeMap<String, String>,
    /// What stands in the letter; empty: there is none.
    #[serde(default)]
    letter: Option<Vec<String>>,
    /// What the findings say in German, in any of their texts.
    #[serde(default)]
    words: Vec<String>,
    /// What is left when all records that the findings offer are published.
    #[serde(default)]
    mended: Option<Mended>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mended {
    causes: Vec<String>,
    verdict: String,
}

/// Lines `owner TYPE data` with absolute owners.
type Lines = Vec<(String, String, String)>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/scenarios")
}

impl Scenario {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    fn domain(&self) -> String {
        let domain = self.domain.as_deref().unwrap_or("praxis-muster.de");
        mailauth::dns::Name::parse(domain).unwrap().to_string()
    }

    fn lines(&self) -> Lines {
        let domain = self.domain();
        let own = self.zone.lines().map(|line| {
            let line = line.replace("{d}", &domain);
            let (owner, rest) = line.split_once(' ').unwrap();
            let owner = match owner.strip_suffix('.') {
                Some(absolute) => absolute.to_owned(),
                None if owner == "@" => domain.clone(),
                None => format!("{owner}.{domain}"),
            };
            format!("{owner} {rest}")
        });
        let around = std::fs::read_to_string(folder().join("world.txt")).unwrap();
        let around = around.lines().filter(|line| !line.starts_with(';')).map(str::to_owned);
        own.chain(around)
            .map(|line| {
                let mut words = line.splitn(3, ' ').map(str::to_owned);
                let mut next = || words.next().unwrap_or_else(|| panic!("{line}: owner TYPE data"));
                (next(), next(), world::fill(&next()))
            })
            .collect()
    }

    /// The domain's document and the exit code.
    fn check(&self, lines: &Lines) -> (Value, i32) {
        let (text, exit) = self.run(lines, &["--format", "json", "--lang", "en"]);
        let document: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}"));
        (document["domains"][0].clone(), exit)
    }

    /// Runs `check`: standard output and the exit code.
    fn run(&self, lines: &Lines, how: &[&str]) -> (String, i32) {
        let text: Vec<String> = lines.iter().map(|(owner, rtype, data)| format!("{owner} {rtype} {data}")).collect();
        let dns = TestDns::start(&text.join("\n"));
        for (name, how) in &self.fail {
            let behaviour = match how.as_str() {
                "servfail" => Behaviour::ServFail,
                "refused" => Behaviour::Refused,
                "timeout" => Behaviour::Timeout,
                other => panic!("{other}: no failure"),
            };
            dns.misbehave(&name.replace("{d}", &self.domain()), behaviour);
        }
        let work = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
        command.env_clear().current_dir(work.path()).stdin(Stdio::null());
        command.args(["check", &self.domain(), "--resolver", &dns.addr().to_string()]).args(how);
        if !self.args.iter().any(|arg| arg == "--reputation") {
            command.arg("--no-reputation");
        }
        if let Some(config) = &self.config {
            std::fs::write(work.path().join("mailauth.toml"), config.replace("{d}", &self.domain())).unwrap();
            command.args(["--config", "mailauth.toml"]);
        }
        let out = command.args(&self.args).output().unwrap();
        let complaints = String::from_utf8_lossy(&out.stderr);
        assert!(!out.stdout.is_empty(), "{complaints}");
        (String::from_utf8(out.stdout).unwrap(), out.status.code().unwrap())
    }

    /// What is not as expected.
    fn problems(&self) -> Vec<String> {
        let expect = &self.expect;
        let mut bad = Vec::new();
        let mut lines = self.lines();
        let (document, exit) = self.check(&lines);
        let mut same = |what: &str, found: &Value, wanted: Value| {
            if *found != wanted {
                bad.push(format!("{what}: {found}, not {wanted}"));
            }
        };
        same("causes", &document["causes"], expect.causes.clone().into());
        same("verdict", &document["verdict"], expect.verdict.clone().into());
        same("exit", &exit.into(), expect.exit.into());
        for receiver in document["receivers"].as_array().unwrap() {
            let id = receiver["id"].as_str().unwrap();
            if let Some(wanted) = expect.receivers.get(id).or(expect.receivers.get("*")) {
                same(id, &receiver["verdict"], wanted.clone().into());
            }
        }
        let findings = document["findings"].as_array().unwrap();
        let rules: Vec<&str> = findings.iter().map(|f| f["rule"].as_str().unwrap()).collect();
        bad.extend(expect.told.iter().filter(|r| !rules.contains(&r.as_str())).map(|r| format!("no {r}")));
        bad.extend(expect.silent.iter().filter(|r| rules.contains(&r.as_str())).map(|r| format!("{r} speaks")));
        // What a profile asks and is unmet is an error, so that no unmet requirement goes without a word.
        for requirement in document["profile"]["requirements"].as_array().into_iter().flatten() {
            let told = requirement["rules"]
                .as_array()
                .unwrap()
                .iter()
                .any(|rule| findings.iter().any(|f| f["rule"] == *rule && f["severity"] == "error"));
            if requirement["status"] == "unmet" && !told {
                bad.push(format!("nothing tells that {} is unmet", requirement["id"]));
            }
        }
        let letter = document["letter"]["text"].as_str();
        match &expect.letter {
            Some(parts) if parts.is_empty() && letter.is_some() => bad.push(format!("a letter: {}", letter.unwrap())),
            Some(parts) => {
                let letter = letter.unwrap_or_default();
                let lacking = parts.iter().filter(|part| !letter.contains(part.as_str()));
                bad.extend(lacking.map(|part| format!("the letter lacks {part}:\n{letter}")));
            }
            None => {}
        }
        let (german, _) = self.run(&lines, &["--format", "text", "--lang", "de"]);
        bad.extend(english::left("in German", &german));
        let german = german.split_whitespace().collect::<Vec<_>>().join(" ");
        bad.extend(expect.words.iter().filter(|w| !german.contains(w.as_str())).map(|w| format!("no {w}: {german}")));
        if let Some(mended) = &expect.mended {
            publish(&mut lines, findings);
            let (after, _) = self.check(&lines);
            if after["causes"] != Value::from(mended.causes.clone()) || after["verdict"] != mended.verdict.as_str() {
                bad.push(format!("once mended: {} {}", after["verdict"], after["causes"]));
            }
        }
        bad
    }
}

/// Publishes the records of errors and warnings, each record's first change.
fn publish(lines: &mut Lines, findings: &[Value]) {
    let serious = findings.iter().filter(|f| f["severity"] != "note");
    let changes = serious.filter_map(|f| f["fix"]["records"].as_array()).flatten();
    for change in changes {
        let text = |key: &str| change[key].as_str().map(str::to_owned);
        let (name, rtype) = (text("name").unwrap(), text("type").unwrap());
        if let Some(old) = text("old") {
            let same = |line: &(String, String, String)| line.0 == name && line.1 == rtype && line.2 == old;
            let Some(at) = lines.iter().position(same) else { continue };
            lines.remove(at);
        }
        lines.extend(text("value").map(|value| (name, rtype, value)));
    }
}

#[test]
fn every_domain_is_judged_as_it_should_be() {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "yaml"));
    paths.sort();
    assert!(paths.len() >= 30, "{} scenarios", paths.len());
    let (mut problems, halves) = (Vec::new(), paths.len().div_ceil(2));
    std::thread::scope(|scope| {
        let runs: Vec<_> = paths
            .chunks(halves)
            .map(|part| {
                scope.spawn(move || {
                    let mut found = Vec::new();
                    for path in part {
                        let scenario = Scenario::read(path);
                        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
                        found.extend(
                            scenario.problems().into_iter().map(|p| format!("{name} ({}): {p}", scenario.about)),
                        );
                    }
                    found
                })
            })
            .collect();
        problems.extend(runs.into_iter().flat_map(|run| run.join().unwrap()));
    });
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// What strangers publish stays harmless in the letter, whatever it is written for.
#[test]
fn a_letter_is_harmless_in_every_format() {
    let scenario = Scenario {
        about: String::new(),
        domain: None,
        args: Vec::new(),
        config: None,
        zone: "@ MX 10 mail.{d}\nmail A 5.45.100.20\n@ TXT v=spf1 mx ?all\n@ TXT v=spf1 x:<script>alert(1)</script> ![x](http://x.de/) \u{1b}[31m\u{202e} -all".to_owned(),
        fail: BTreeMap::new(),
        expect: Expected {
            causes: Vec::new(),
            verdict: String::new(),
            exit: 1,
            told: Vec::new(),
            silent: Vec::new(),
            receivers: BTreeMap::new(),
            letter: None,
            words: Vec::new(),
            mended: None,
        },
    };
    let lines = scenario.lines();
    for (format, heading, never) in [
        ("text", "Text for your provider", "\u{1b}"),
        ("html", "Text for your provider", "<script"),
        ("markdown", "Text for your provider", "![x]("),
    ] {
        let (text, exit) = scenario.run(&lines, &["--format", format, "--lang", "en"]);
        assert!(exit == 1 && text.contains(heading), "{format}: {text}");
        // The record itself stands in a code span in Markdown, where it is no image.
        let bare = if format == "markdown" { text.split('`').step_by(2).collect() } else { text };
        assert!(!bare.contains(never) && !bare.contains('\u{202e}'), "{format}: {bare}");
    }
}
