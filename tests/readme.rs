//! What the README promises: its first command runs without a network and tells a story.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::process::Command;

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// The commands of the README that begin with a word, without that word.
fn commands(first: &str) -> Vec<Vec<String>> {
    let text = readme();
    let lines = text.lines().filter_map(|line| line.strip_prefix(first));
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn the_first_command_tells_a_story_of_several_areas() {
    let command = commands("cargo run --release --locked -- ").remove(0);
    for (language, word) in [("en", "error"), ("de", "Fehler")] {
        let out = Command::new(env!("CARGO_BIN_EXE_mailauth"))
            .args(&command)
            .args(["--lang", language])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(text.contains(word), "{text}");
    }
    let out = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .args(&command)
        .args(["--format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let findings = document["domains"][0]["findings"].as_array().unwrap();
    let areas: BTreeSet<&str> = findings.iter().filter_map(|f| f["area"].as_str()).collect();
    assert!(areas.is_superset(&BTreeSet::from(["spf", "dkim", "dmarc"])), "{areas:?}");
    assert_eq!(document["domains"][0]["verdict"], "fail");
}

#[test]
fn the_second_command_is_the_one_that_ci_runs() {
    assert_eq!(commands("cargo test"), [["--locked"]]);
    let ci = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).unwrap();
    assert!(ci.lines().any(|line| line == "cargo test --locked"));
}

#[test]
fn what_the_readme_points_to_is_there() {
    let text = readme();
    for piece in text.split("](").skip(1) {
        let target = piece.split(')').next().unwrap();
        assert!(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(target).exists(), "{target}");
    }
}
