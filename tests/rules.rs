//! Every rule by its cases: `testdata/rules/<id>.yaml` holds worlds in which the rule speaks and
//! worlds in which it is silent. Where a finding offers records, they are published, and it must go.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/world.rs"]
mod world;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mailauth::finding::{Finding, Severity};
use mailauth::rules::{self, Judge, Source};
use world::{Case, World, run};

const SOURCES: [Source; 3] = [Source::Zone, Source::Dns, Source::Profile];

fn cases(id: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules").join(format!("{id}.yaml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn shown(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|f| {
            let span = f.record.as_ref().zip(f.span.clone()).map(|(r, span)| r.text[span].to_owned());
            format!("{} {} {} {span:?}", f.rule.id, f.severity.as_str(), f.subject)
        })
        .collect::<Vec<_>>()
        .join("\n    ")
}

#[test]
fn every_rule_speaks_and_is_silent_where_its_cases_say_so() {
    let mut problems = Vec::new();
    for rule in rules::all().filter(|rule| !matches!(rule.judge, Judge::Message(_))) {
        let cases = cases(rule.id);
        for wanted in [true, false] {
            if !cases.iter().any(|case| case.expect.is_empty() != wanted) {
                problems.push(format!(
                    "{}: no case in which it {}",
                    rule.id,
                    if wanted { "speaks" } else { "is silent" }
                ));
            }
        }
        for case in &cases {
            for source in SOURCES.into_iter().filter(|s| case.is_for(*s) && rule.sources.contains(s)) {
                let name = format!("{} / {} / {source:?}", rule.id, case.name);
                let findings = run(case, &case.world(), source);
                let mine: Vec<&Finding> = findings.iter().filter(|f| f.rule.id == rule.id).collect();
                for expected in &case.expect {
                    if !mine.iter().any(|f| expected.matches(f, &case.default_subject())) {
                        problems.push(format!("{name}: not found: {expected:?}\n    {}", shown(&findings)));
                    }
                }
                if mine.len() != case.expect.len() {
                    problems.push(format!(
                        "{name}: {} times, not {}\n    {}",
                        mine.len(),
                        case.expect.len(),
                        shown(&findings)
                    ));
                }
                for id in &case.without {
                    if findings.iter().any(|f| f.rule.id == *id) {
                        problems.push(format!("{name}: {id} must be silent\n    {}", shown(&findings)));
                    }
                }
                for finding in mine.iter().filter(|f| f.fix.as_ref().is_some_and(|fix| !fix.records.is_empty())) {
                    if let Err(why) = mends(case, finding, &findings, source) {
                        problems.push(format!("{name}: {why}"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Publishes what a fix says: the finding must go, and no new error come.
fn mends(case: &Case, finding: &Finding, before: &[Finding], source: Source) -> Result<(), String> {
    let Some(mut world): Option<World> = case.world_to_mend() else { return Ok(()) };
    let fix = finding.fix.as_ref().unwrap();
    for change in &fix.records {
        world.apply(change)?;
    }
    let after = run(case, &world, source);
    let key = |f: &Finding| (f.rule.id, f.subject.clone());
    if after.iter().any(|f| key(f) == key(finding) && f.span == finding.span) {
        return Err(format!("its fix does not mend it: {:?}\n    {}", fix.records, shown(&after)));
    }
    let known: BTreeSet<_> = before.iter().map(key).collect();
    // What a mended record shows of the sending hosts was there before.
    let revealed = |f: &Finding| f.rule.id.starts_with("ptr-");
    let fresh = |f: &&Finding| f.severity == Severity::Error && !revealed(f) && !known.contains(&key(f));
    match after.iter().find(fresh) {
        Some(fresh) => Err(format!("its fix {:?} brings {} {}", fix.records, fresh.rule.id, fresh.subject)),
        None => Ok(()),
    }
}

#[test]
fn every_word_is_there_in_both_languages() {
    use mailauth::locales::{Catalogue, Language};
    for language in Language::ALL {
        let catalogue = Catalogue::of(language);
        for rule in rules::all() {
            for attribute in ["title", "why", "fix", "detail"] {
                assert!(catalogue.has(rule.id, Some(attribute)), "{}: {}.{attribute}", language.code(), rule.id);
            }
        }
        for rule in rules::all().filter(|rule| !matches!(rule.judge, Judge::Message(_))) {
            for case in cases(rule.id) {
                for source in SOURCES.into_iter().filter(|s| case.is_for(*s)) {
                    for finding in run(&case, &case.world(), source) {
                        let fix = finding.fix.as_ref().map(|fix| &fix.text);
                        for words in [Some(&finding.detail), fix].into_iter().flatten() {
                            let text = catalogue.format(finding.rule.id, Some(words.attribute), &words.args);
                            let whole =
                                !text.contains("{$") && !text.contains("{ $") && !text.starts_with(finding.rule.id);
                            assert!(whole, "{}: {text}", language.code());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_case_file_belongs_to_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let id = name.strip_suffix(".yaml").unwrap_or_else(|| panic!("{name}: no case file"));
        assert!(rules::find(id).is_some(), "{name}: no such rule");
    }
}
