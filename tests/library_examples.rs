//! The programs that docs/library.md shows do run, and say what they are there for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::Command;

/// Runs an example as the page says; cargo has built it already when all tests run.
fn run(example: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--offline", "--example", example, "--"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), said)
}

#[test]
fn the_programs_of_the_page_run() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/library.md")).unwrap();
    let mut seen = Vec::new();
    for line in page.lines().filter_map(|line| line.strip_prefix("cargo run --example ")) {
        let (example, arguments) = line.split_once(" -- ").unwrap();
        let (code, said) = run(example, &arguments.split_whitespace().collect::<Vec<_>>());
        let expected = match example {
            "lint_zone" => "spf-multiple-records",
            "verify_message" => "pass example.net",
            "report_summary" => "1 reports",
            other => panic!("{other}: say what it is to print"),
        };
        assert_eq!(code, Some(0), "{line}: {said}");
        assert!(said.contains(expected), "{line}: {said}");
        seen.push(example.to_owned());
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[test]
fn a_call_that_is_none_says_how_it_goes() {
    for example in ["spf_check", "verify_message"] {
        let (code, said) = run(example, &[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.starts_with("usage: "), "{said}");
    }
}
