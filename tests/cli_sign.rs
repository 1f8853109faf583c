//! `mailauth sign` as users call it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use mailauth::dkim::keys::{Algorithm, PrivateKey};

const MESSAGE: &str = "From: A <a@example.de>\r\nTo: b@example.org\r\nSubject: Hi\r\n\r\nText\r\n";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        let key = PrivateKey::generate(Algorithm::Ed25519, 0).unwrap();
        place.write("k.pem", &key.pem);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(place.path("k.pem"), fs::Permissions::from_mode(0o600)).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mailauth"))
            .arg("sign")
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("MAILAUTH_CONFIG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A call that is refused does not read.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn sign(&self, arguments: &[&str], input: &str) -> Output {
        let key = ["--key", "k.pem", "--domain", "example.de", "--selector", "s1", "--at", "1767225600"];
        self.run(&[&key[..], arguments].concat(), input)
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_message_gets_a_field_and_stays_as_it_was() {
    let place = Place::new();
    let out = place.sign(&[], MESSAGE);
    assert_eq!((out.status.code(), said(&out).as_str()), (Some(0), ""));
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.starts_with("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.de;"), "{text}");
    assert!(text.ends_with(MESSAGE) && text.contains("t=1767225600"), "{text}");
    let field = place.sign(&["--header-only", "--expire-in", "1d"], MESSAGE);
    let field = String::from_utf8(field.stdout).unwrap();
    assert!(!field.contains("\r\nFrom: ") && field.contains("x=1767312000"), "{field}");
    // Bare LF stays bare LF.
    let unix = place.sign(&[], &MESSAGE.replace("\r\n", "\n"));
    assert!(!String::from_utf8(unix.stdout).unwrap().contains('\r'));
}

#[test]
fn large_messages_come_out_whole_from_files_and_pipes() {
    let place = Place::new();
    let large = MESSAGE.to_owned() + &"0123456789 0123456789\r\n".repeat(100_000);
    place.write("large.eml", &large);
    let file = place.sign(&["large.eml"], "");
    let pipe = place.sign(&[], &large);
    assert_eq!(file.stdout, pipe.stdout);
    assert!(file.stdout.ends_with(large.as_bytes()));
}

#[test]
fn several_messages_need_a_place_to_go() {
    let place = Place::new();
    for name in ["in/a.eml", "in/b.eml"] {
        place.write(name, MESSAGE);
    }
    place.write("in/none.eml", "Subject: no author\r\n\r\n");
    place.write("in/two.eml", &format!("From: x@example.de\r\n{MESSAGE}"));
    assert_eq!(place.sign(&["in"], "").status.code(), Some(2));
    fs::create_dir(place.path("out")).unwrap();
    let out = place.sign(&["--out-dir", "out", "in"], "");
    // The others go on.
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(names(&place.path("out")), ["a.eml", "b.eml"]);
    assert!(said(&out).contains("none.eml: the message has no From field"), "{}", said(&out));
    assert!(said(&out).contains("two.eml: the message has 2 From fields"), "{}", said(&out));
    place.write("other/a.eml", MESSAGE);
    assert_eq!(place.sign(&["--out-dir", "out", "in/a.eml", "other/a.eml"], "").status.code(), Some(2));
    let here = place.sign(&["--in-place", "in/a.eml", "in/b.eml"], "");
    assert_eq!(here.status.code(), Some(0), "{}", said(&here));
    assert!(fs::read_to_string(place.path("in/b.eml")).unwrap().starts_with("DKIM-Signature:"));
    assert_eq!(names(&place.path("in")), ["a.eml", "b.eml", "none.eml", "two.eml"]);
}

#[test]
fn a_maildir_that_knows_sizes_is_left_alone() {
    let place = Place::new();
    let name = "box/cur/1767225600.M1P1.host,S=90,W=95:2,S";
    place.write(name, MESSAGE);
    let out = place.sign(&["--in-place", "box"], "");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(fs::read_to_string(place.path(name)).unwrap(), MESSAGE);
    place.write("plain/cur/1767225600.M1P1.host:2,S", MESSAGE);
    assert_eq!(place.sign(&["--in-place", "plain"], "").status.code(), Some(0));
}

#[test]
fn the_configuration_has_the_keys_of_the_domain() {
    let place = Place::new();
    let toml = "[[domain]]\nname = \"example.de\"\n\
        dkim = [{ selector = \"a\", key = \"k.pem\" }, { selector = \"b\", key = \"k.pem\" }, { selector = \"c\" }]\n";
    place.write("mailauth.toml", toml);
    let out = place.run(&["--config", "mailauth.toml"], &MESSAGE.replace("a@example.de", "a@news.example.de"));
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(text.matches("DKIM-Signature:").count(), 2, "{text}");
    assert!(text.contains("s=a;") && text.contains("s=b;") && text.contains("d=example.de;"));
    let other = place.run(&["--config", "mailauth.toml"], &MESSAGE.replace("example.de", "example.com"));
    assert_eq!(other.status.code(), Some(2));
    assert!(said(&other).contains("no key for example.com"), "{}", said(&other));
}

#[test]
fn what_cannot_be_signed_is_refused() {
    let place = Place::new();
    for arguments in [
        &["--headers", "to:subject"][..],
        &["--headers", "from:dkim-signature"],
        &["-o", "k.pem"],
        &["--identity", "a@example.com"],
        &["--expire-in", "0s"],
        &["--canonicalization", "strict/relaxed"],
        &["--in-place"],
        &["--in-place", "--header-only", "k.pem"],
        &["missing.eml"],
        &["--format", "json"],
    ] {
        let out = place.sign(arguments, MESSAGE);
        assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{arguments:?}: {}", said(&out));
    }
    assert_eq!(place.run(&[], MESSAGE).status.code(), Some(2));
}

#[test]
fn a_line_of_an_mbox_is_not_written_again() {
    let place = Place::new();
    let large = MESSAGE.to_owned() + &"0123456789 0123456789\r\n".repeat(50_000);
    for message in [MESSAGE, &large] {
        let quoted = format!(">From a@example.de Mon Jan  5 10:00:00 2026\r\n{message}");
        let (plain, quoted) = (place.sign(&[], message), place.sign(&[], &quoted));
        assert!(plain.stdout == quoted.stdout, "{}", said(&quoted));
    }
    let mbox = format!("From a Mon Jan  5 10:00:00 2026\n{MESSAGE}\nFrom b Mon Jan  5 10:00:00 2026\n{MESSAGE}");
    place.write("box", &mbox);
    fs::create_dir(place.path("out")).unwrap();
    let out = place.sign(&["--out-dir", "out", "box"], "");
    assert_eq!(out.status.code(), Some(2));
    assert!(said(&out).contains("mbox with several messages"), "{}", said(&out));
    assert_eq!(place.sign(&[], &format!(" x\r\n{MESSAGE}")).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn one_file_by_two_names_is_signed_once() {
    let place = Place::new();
    let path = place.write("a.eml", MESSAGE);
    std::os::unix::fs::symlink(&path, place.path("b.eml")).unwrap();
    let out = place.sign(&["--in-place", "a.eml", "b.eml", "a.eml"], "");
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    assert_eq!(fs::read_to_string(&path).unwrap().matches("DKIM-Signature:").count(), 1);
    // The name that says the size counts, also behind a link.
    let sized = place.write("box/cur/1.host,S=90:2,S", MESSAGE);
    std::os::unix::fs::symlink(&sized, place.path("c.eml")).unwrap();
    assert_eq!(place.sign(&["--in-place", "c.eml"], "").status.code(), Some(2));
    assert_eq!(fs::read_to_string(&sized).unwrap(), MESSAGE);
}

#[cfg(unix)]
#[test]
fn weak_and_readable_keys_are_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let weak = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/keys/throw-away/rsa1024-pkcs8.pem");
    fs::copy(weak, place.path("weak.pem")).unwrap();
    fs::set_permissions(place.path("weak.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    let call = ["--key", "weak.pem", "--domain", "example.de", "--selector", "s"];
    assert_eq!(place.run(&call, MESSAGE).status.code(), Some(2));
    let out = place.run(&[&call[..], &["--allow-weak"]].concat(), MESSAGE);
    assert_eq!(out.status.code(), Some(0));
    assert!(said(&out).contains("1024 bits is weak") && said(&out).contains("chmod 600"), "{}", said(&out));
}
