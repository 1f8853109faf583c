//! What users see: the text of the commands over the examples, in both languages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::process::Command;

/// Runs the binary in the project's folder; what differs from run to run is left out.
fn run(arguments: &[&str]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let text = String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap();
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let lines = text.lines().map(|line| match line.split_once(" DNS") {
        // "…; 0 DNS questions, 12 ms"
        Some((before, after)) if after.ends_with(" ms") => format!("{before} DNS …"),
        _ => line.trim_end().to_owned(),
    });
    format!("exit {:?}\n{}", out.status.code(), lines.collect::<Vec<_>>().join("\n"))
}

macro_rules! snapshots {
    ($($name:ident: [$($argument:expr),* $(,)?],)*) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(run(&[$($argument),*]));
        }
    )* };
}

const ZONE: &str = "examples/zones/example-praxis.de.zone";

snapshots! {
    lint_english: ["lint", ZONE, "--lang", "en"],
    lint_german: ["lint", ZONE, "--lang", "de"],
    lint_github: ["lint", ZONE, "--format", "github"],
    lint_markdown: ["lint", ZONE, "--format", "markdown"],
    check_english: ["check", "example-praxis.de", "--zone", ZONE, "--offline", "--lang", "en"],
    check_german: ["check", "example-praxis.de", "--zone", ZONE, "--offline", "--lang", "de"],
    spf_tree: ["spf", "news.example-praxis.de", "--zone", ZONE, "--offline", "--lang", "en"],
    rule_page: ["rules", "spf-lookup-limit", "--lang", "de"],
    record_dmarc: ["record", "dmarc", "--domain", "example-praxis.de", "--policy", "reject", "--quiet"],
    help: ["--help"],
    help_check: ["check", "--help"],
    help_lint: ["lint", "--help"],
    help_sign: ["sign", "--help"],
    help_verify: ["verify", "--help"],
    help_german: ["record", "--help", "--lang", "de"],
    usage_english: ["check", "--domain-file", "x"],
    usage_german: ["record", "dmarc", "--policy", "rejct", "--lang", "de"],
    no_origin: ["lint", "Cargo.toml"],
    no_file: ["lint", "there-is-none.zone"],
    no_rule: ["rules", "spf-mising"],
    no_domain: ["check", "info@example-praxis.de"],
}
