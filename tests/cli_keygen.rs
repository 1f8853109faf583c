//! `mailauth keygen` as its users call it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

const DOMAIN: &str = "schluessel-praxis.de";

fn keygen(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.current_dir(folder).env_clear().args(["keygen", "--domain", DOMAIN]).args(args);
    command.output().unwrap()
}

fn text(octets: &[u8]) -> String {
    String::from_utf8(octets.to_vec()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_key_and_its_record_belong_together() {
    let folder = tempfile::tempdir().unwrap();
    let out = keygen(folder.path(), &["--selector", "s1", "--algorithm", "ed25519", "--format", "json"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let document: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let file = format!("s1._domainkey.{DOMAIN}.pem");
    assert_eq!(document["schema"], "mailauth.keygen/1");
    assert_eq!(document["domain"], DOMAIN);
    let key = serde_json::json!({"selector": "s1", "algorithm": "ed25519", "bits": 256, "private_key_file": file});
    assert_eq!(document["keys"], serde_json::json!([key]));
    let pem = std::fs::read_to_string(folder.path().join(&file)).unwrap();
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert!(!text(&out.stdout).contains("PRIVATE KEY") && !text(&out.stderr).contains("BEGIN"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder.path().join(&file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let mut record = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    record.env_clear().current_dir(folder.path());
    record.args(["record", "dkim", "--domain", DOMAIN, "--selector", "s1", "--dns-format", "value", "--key", &file]);
    let value = text(&record.output().unwrap().stdout);
    assert_eq!(document["records"][0]["value"], value.trim_end());
}

#[test]
fn two_keys_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = [format!("z-ed25519._domainkey.{DOMAIN}.pem"), format!("z-rsa._domainkey.{DOMAIN}.pem")];
    std::fs::write(folder.path().join(&wanted[0]), "old").unwrap();
    let out = keygen(folder.path(), &["--selector", "z", "--dual"]);
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0));
    assert!(text(&out.stderr).contains(&wanted[0]), "{}", text(&out.stderr));
    assert_eq!(names(folder.path()), wanted[..1]);
    std::fs::remove_file(folder.path().join(&wanted[0])).unwrap();
    let out = keygen(folder.path(), &["--selector", "z", "--dual"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert_eq!(names(folder.path()), wanted);
}

#[test]
fn the_default_selector_is_the_month() {
    let folder = tempfile::tempdir().unwrap();
    let out = keygen(folder.path(), &["--algorithm", "ed25519", "-q"]);
    assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), String::new()));
    let file = names(folder.path()).remove(0);
    let month = file.strip_prefix('s').and_then(|f| f.split_once('.')).unwrap().0;
    assert!(month.len() == 6 && month.starts_with("20") && month.bytes().all(|b| b.is_ascii_digit()), "{file}");
}

#[test]
fn what_cannot_be_done_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let key = format!("s1._domainkey.{DOMAIN}.pem");
    for (args, told) in [
        (&["--selector", "../x"][..], "--selector ../x"),
        (&["--bits", "1024"], "2048, 3072, 4096"),
        (&["--algorithm", "ed25519", "--bits", "4096"], "--bits 4096"),
        (&["--algorithm", "dsa"], "ed25519"),
        (&["--dual", "--algorithm", "rsa"], "--dual"),
        (&["--out-dir", "nowhere"], "nowhere"),
        (&["--selector", "s1", "-o", &key], "--output"),
        (&["--selector", "s1", "-o", "nowhere/record"], "nowhere"),
        (&["--selector", "s1", "-o", "."], "folder"),
        (&["--ttl", "4294967295"], "--ttl"),
        (&["--format", "html"], "json"),
    ] {
        let out = keygen(folder.path(), args);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{args:?}");
        assert!(text(&out.stderr).contains(told), "{args:?}: {}", text(&out.stderr));
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_record_that_cannot_be_written_leaves_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_mailauth"))
        .env_clear()
        .current_dir(folder.path())
        .args(["keygen", "--domain", DOMAIN, "--algorithm", "ed25519"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}
