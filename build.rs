//! What `--version` says of the build: the commit and how the program was made. Needs neither git nor a network.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&root);
    for name in ["MAILAUTH_COMMIT", "AWS_LC_SYS_NO_JITTER_ENTROPY"] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    // Builds for work change from one moment to the next; naming a commit would also build all anew after each one.
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = release.then(|| named().or_else(|| packaged(root)).or_else(|| checked_out(root))).flatten();
    println!("cargo:rustc-env=MAILAUTH_BUILD_COMMIT={}", commit.unwrap_or_else(|| "unknown".to_owned()));
    let has = |list: &str, word: &str| env::var(list).is_ok_and(|l| l.split(',').any(|w| w == word));
    let mut features = vec![if has("CARGO_CFG_TARGET_FEATURE", "crt-static") { "static" } else { "dynamic" }];
    if env::var("AWS_LC_SYS_NO_JITTER_ENTROPY").as_deref() != Ok("1") {
        features.push("jitter-entropy");
    }
    features.extend(["dns-over-tls", "dns-over-https", "tls-aws-lc"]);
    println!("cargo:rustc-env=MAILAUTH_BUILD_FEATURES={}", features.join(" "));
    println!("cargo:rustc-env=MAILAUTH_BUILD_TARGET={}", env::var("TARGET").unwrap_or_default());
}

/// The commit that whoever builds it names.
fn named() -> Option<String> {
    env::var("MAILAUTH_COMMIT").ok().filter(|commit| is_commit(commit))
}

/// The commit that `cargo package` wrote down.
fn packaged(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    let commit = rest.split('"').nth(1)?;
    is_commit(commit).then(|| commit.chars().take(12).collect())
}

/// The commit of the checkout, if it is this package's own.
fn checked_out(root: &Path) -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let top = git(&["rev-parse", "--show-toplevel"])?;
    if Path::new(&top).canonicalize().ok()? != root.canonicalize().ok()? {
        return None;
    }
    println!("cargo:rerun-if-changed={}", root.join(git(&["rev-parse", "--git-path", "logs/HEAD"])?).display());
    git(&["rev-parse", "--short=12", "HEAD"]).filter(|commit| is_commit(commit))
}

fn is_commit(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}
