//! What goes wrong around the program: servers that die, disks that are full, pipes that close, files that nobody may
//! read. Whatever was done by then is kept, and nothing half done is left behind.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use support::{Behaviour, TestDns};

/// As many healthy domains as are asked for.
fn world(domains: usize) -> String {
    let one = |i: usize| {
        format!(
            "d{i}.example A 5.45.100.10\nd{i}.example MX 10 mail.d{i}.example\nd{i}.example TXT v=spf1 ip4:5.45.100.20 -all\n\
             mail.d{i}.example A 5.45.100.20\n_dmarc.d{i}.example TXT v=DMARC1; p=reject; rua=mailto:a@d{i}.example\n"
        )
    };
    (0..domains).map(one).collect()
}

fn mailauth(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailauth"));
    command.env_clear().args(arguments).stdin(Stdio::null());
    command
}

/// `check` of many domains, with a server that answers at once or not at all.
fn bulk(dns: &TestDns, list: &str) -> Command {
    bulk_with(dns, list, "0")
}

fn bulk_with(dns: &TestDns, list: &str, retries: &str) -> Command {
    let server = dns.addr().to_string();
    let mut command = mailauth(&["check", "--domains-file", list, "--format", "ndjson", "--resolver", &server]);
    command.args(["--timeout", "300ms", "--retries", retries, "--fail-on", "never"]);
    command
}

fn lines(text: &[u8]) -> Vec<Value> {
    text.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(|l| serde_json::from_slice(l).unwrap()).collect()
}

fn domains(lines: &[Value]) -> BTreeSet<String> {
    lines.iter().map(|line| line["domain"].as_str().unwrap().to_owned()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of a folder, hidden ones included.
fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str, text: &str) -> String {
        fs::write(self.at(name), text).unwrap();
        self.at(name).into_os_string().into_string().unwrap()
    }
}

fn ask_for(child: &mut Child, range: std::ops::Range<usize>) {
    let input = child.stdin.as_mut().unwrap();
    range.for_each(|i| writeln!(input, "d{i}.example").unwrap());
    input.flush().unwrap();
}

#[test]
fn a_server_that_dies_in_the_middle_costs_nothing_that_was_done() {
    let dns = TestDns::start(&world(30));
    let mut child =
        bulk(&dns, "-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    ask_for(&mut child, 0..10);
    // Results come while the list is still open.
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    for _ in 0..10 {
        out.read_line(&mut text).unwrap();
    }
    drop(dns);
    ask_for(&mut child, 10..15);
    drop(child.stdin.take());
    out.read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let lines = lines(text.as_bytes());
    assert_eq!(lines.len(), 15);
    for (i, line) in lines.iter().enumerate() {
        assert_eq!(line["domain"], format!("d{i}.example"));
        // What nobody answered is unknown, never a fault of the domain.
        let known = line["verdict"] != "unknown";
        assert_eq!((known, line["spf"].is_null()), (i < 10, i >= 10), "{line}");
        assert!(known || line["findings"].as_array().unwrap().iter().all(|f| f["severity"] != "error"), "{line}");
    }
}

#[test]
fn lost_packets_and_truncated_answers_change_no_verdict() {
    let texts = |world: &str, misbehave: &dyn Fn(&TestDns)| {
        let dns = TestDns::start(world);
        misbehave(&dns);
        let place = Place::new();
        let list = place.text("list", &(0..8).map(|i| format!("d{i}.example\n")).collect::<String>());
        // A lost packet is asked for again.
        let output = bulk_with(&dns, &list, "2").output().unwrap();
        let mut lines = lines(&output.stdout);
        lines.iter_mut().for_each(|line| line["dns"] = Value::Null);
        (lines, dns.queries().iter().any(|q| q.tcp))
    };
    let names = |i: usize| [format!("d{i}.example"), format!("_dmarc.d{i}.example"), format!("mail.d{i}.example")];
    let all = |behaviour| move |dns: &TestDns| (0..8).flat_map(names).for_each(|name| dns.misbehave(&name, behaviour));
    let (healthy, over_tcp) = texts(&world(8), &|_| {});
    assert_eq!((healthy.len(), over_tcp), (8, false));
    assert_eq!(texts(&world(8), &all(Behaviour::TimeoutOnce)), (healthy.clone(), false));
    assert_eq!(texts(&world(8), &all(Behaviour::Truncate)), (healthy.clone(), true));
    // Nobody at the TCP port: not known, and said to be.
    let (dead, _) = texts(&world(8), &all(Behaviour::TruncateTcpDead));
    assert!(dead.iter().all(|line| line["verdict"] == "unknown"), "{dead:?}");
}

#[test]
fn a_killed_run_is_taken_up_where_it_was() {
    let dns = TestDns::start(&world(12));
    let place = Place::new();
    let list = place.text("list", &(0..12).map(|i| format!("d{i}.example\n")).collect::<String>());
    let result = place.at("result.ndjson");
    let whole = bulk(&dns, &list).output().unwrap();
    // Killed in the middle of a line.
    let cut = whole.stdout.len() / 2;
    fs::write(&result, &whole.stdout[..cut]).unwrap();
    let done = whole.stdout[..cut].iter().filter(|b| **b == b'\n').count();
    assert!(done > 0 && whole.stdout[cut - 1] != b'\n');
    let before = dns.queries().len();
    let again = bulk(&dns, &list).arg("--resume").arg(&result).arg("-o").arg(&result).output().unwrap();
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let lines = lines(&fs::read(&result).unwrap());
    assert_eq!(lines.len(), 12);
    assert_eq!(domains(&lines).len(), 12);
    // What was done was not asked for again.
    let asked = dns.queries();
    assert!(!asked[before..].iter().any(|q| q.name == "d0.example"));
    assert!(asked[before..].iter().any(|q| q.name == "d11.example"));
    assert_eq!(lines.iter().zip(0..).filter(|(line, i)| line["domain"] == format!("d{i}.example")).count(), 12);
}

/// A limit on the size of files, in blocks of 512 octets, and no signal where it is passed.
fn with_a_full_disk(command: &Command, blocks: u32) -> Output {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")).arg("sh");
    shell.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        shell.current_dir(folder);
    }
    shell.env_clear().env("PATH", "/usr/bin:/bin").stdin(Stdio::null()).output().unwrap()
}

#[test]
fn a_full_disk_keeps_the_lines_that_fit() {
    let dns = TestDns::start(&world(12));
    let place = Place::new();
    let list = place.text("list", &(0..12).map(|i| format!("d{i}.example\n")).collect::<String>());
    let result = place.at("result.ndjson");
    let mut command = bulk(&dns, &list);
    command.arg("-o").arg(&result);
    let full = with_a_full_disk(&command, 40);
    assert_eq!(full.status.code(), Some(2), "{}", said(&full));
    assert!(said(&full).contains("result.ndjson"), "{}", said(&full));
    let written = fs::read(&result).unwrap();
    assert!(!written.is_empty() && written.len() <= 40 * 512);
    let whole = written.iter().filter(|b| **b == b'\n').count();
    assert!((1..12).contains(&whole), "{whole} lines fit");
    // With room again it goes on.
    let again = command.arg("--resume").arg(&result).output().unwrap();
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let lines = lines(&fs::read(&result).unwrap());
    assert_eq!((lines.len(), domains(&lines).len()), (12, 12));
}

#[test]
fn a_full_disk_leaves_the_old_result_as_it_was() {
    let place = Place::new();
    let dns = TestDns::start(&world(1));
    let server = dns.addr().to_string();
    let zone = place.text("zone", "$ORIGIN example.de.\n@ 300 IN TXT \"v=spf1 ?all\"\n");
    let names: String = (0..200).map(|i| format!("s{i} 300 IN TXT \"v=spf1 ?all\"\n")).collect();
    let many = place.text("many", &format!("$ORIGIN example.de.\n{names}"));
    let out = place.text("out", "before\n");
    let mail = place.text("mail.eml", "From: a@example.de\r\n\r\nx\r\n");
    let report = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/reports/rfc7489.xml");
    let calls: &[&[&str]] = &[
        &["lint", "--format", "json", &many],
        &["check", "d0.example", "--resolver", &server, "--format", "json"],
        &["check", "d0.example", "--resolver", &server, "--format", "html"],
        &["spf", "d0.example", "--resolver", &server, "--format", "html"],
        &["verify", "--offline", "--format", "json", &mail],
        &["explain", "--offline", "--format", "html", &mail],
        &["report", "--format", "html", report],
        &["rules", "--format", "json"],
    ];
    for call in calls {
        let mut command = mailauth(call);
        command.args(["-o", &out]);
        let full = with_a_full_disk(&command, 1);
        assert_eq!(full.status.code(), Some(2), "{call:?}: {}", said(&full));
        assert!(said(&full).contains(&out), "{call:?} names the file: {}", said(&full));
        assert_eq!(fs::read_to_string(&out).unwrap(), "before\n", "{call:?}");
        // The device that is always full, through the same door.
        let device = mailauth(call).args(["-o", "/dev/full"]).output().unwrap();
        assert_eq!(device.status.code(), Some(2), "{call:?}: {}", said(&device));
        let piped =
            mailauth(call).stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap()).output().unwrap();
        assert_eq!(piped.status.code(), Some(2), "{call:?}: {}", said(&piped));
    }
    let baseline = place.text("baseline", "before\n");
    for call in [["lint", "--write-baseline", &baseline, &many], ["check", "--write-baseline", &baseline, "d0.example"]]
    {
        let mut command = mailauth(&call);
        if call[0] == "check" {
            command.args(["--resolver", &server]);
        }
        assert_eq!(with_a_full_disk(&command, 1).status.code(), Some(2), "{call:?}");
        assert_eq!(fs::read_to_string(&baseline).unwrap(), "before\n");
    }
    let kept = place.text("kept", "before\n");
    let mut saving = mailauth(&["check", "d0.example", "--resolver", &server, "--save-dns", &kept]);
    assert_eq!(with_a_full_disk(&saving, 1).status.code(), Some(2), "{saving:?}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), "before\n");
    assert_eq!(saving.output().unwrap().status.code().map(|code| code < 2), Some(true));
    let _ = zone;
    // No half files beside.
    assert_eq!(listing(place.0.path()), ["baseline", "kept", "mail.eml", "many", "out", "zone"]);
}

#[test]
fn signing_in_place_on_a_full_disk_keeps_the_message() {
    let place = Place::new();
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/keys/throw-away/ed25519-pkcs8.pem");
    let text = format!("From: a@example.de\r\nTo: b@example.org\r\nSubject: x\r\n\r\n{}", "Zeile\r\n".repeat(200));
    let big = format!("From: a@example.de\r\n\r\n{}", "Zeile\r\n".repeat(200_000));
    let (mail, large) = (place.text("mail.eml", &text), place.text("large.eml", &big));
    fs::create_dir(place.at("out")).unwrap();
    let call = ["sign", "--key", key, "--domain", "example.de", "--selector", "s1", "--at", "1767225600"];
    for more in [&["--in-place", &mail, &large][..], &["--out-dir", "out", &mail, &large]] {
        let mut command = mailauth(&call);
        command.args(more).current_dir(place.0.path());
        let full = with_a_full_disk(&command, 2);
        assert_eq!(full.status.code(), Some(2), "{}", said(&full));
        assert_eq!(
            (fs::read_to_string(&mail).unwrap(), fs::read_to_string(&large).unwrap()),
            (text.clone(), big.clone())
        );
        assert_eq!(listing(place.0.path()), ["large.eml", "mail.eml", "out"]);
        assert!(listing(&place.at("out")).is_empty());
    }
}

#[test]
fn keys_that_do_not_fit_are_not_left_behind() {
    let place = Place::new();
    let mut command = mailauth(&["keygen", "--domain", "example.de", "--selector", "s1", "--dual"]);
    command.current_dir(place.0.path());
    let full = with_a_full_disk(&command, 1);
    assert_eq!(full.status.code(), Some(2), "{}", said(&full));
    assert!(listing(place.0.path()).is_empty(), "{:?}", listing(place.0.path()));
}

#[test]
fn nobody_reads_the_result_any_more() {
    let place = Place::new();
    let dns = TestDns::start(&world(40));
    let list = place.text("list", &(0..40).map(|i| format!("d{i}.example\n")).collect::<String>());
    let names: String = (0..4000).map(|i| format!("s{i} 300 IN TXT \"v=spf1 ?all\"\n")).collect();
    let zone = place.text("zone", &format!("$ORIGIN example.de.\n{names}"));
    let boxed = place.text("box", &"From a Mon\nFrom: a@example.de\n\nx\n\n".repeat(2000));
    for mut command in [
        bulk(&dns, &list),
        mailauth(&["lint", "--format", "ndjson", &zone]),
        mailauth(&["lint", &zone]),
        mailauth(&["verify", "--offline", "--format", "ndjson", &boxed]),
        mailauth(&["rules", "--format", "json"]),
    ] {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut one = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut one).unwrap();
        // Closed now. The program ends by itself, and quietly.
        let ended = child.wait_with_output().unwrap();
        assert_eq!(said(&ended), "", "{command:?}");
        assert_eq!(ended.status.code(), Some(0), "{command:?}");
    }
}

#[test]
fn a_key_that_cannot_be_read_is_named() {
    let place = Place::new();
    let mail = place.text("mail.eml", "From: a@example.de\r\n\r\nx\r\n");
    let folder = place.at("folder.pem");
    fs::create_dir(&folder).unwrap();
    let secret = place.text("secret.pem", include_str!("../testdata/keys/throw-away/ed25519-pkcs8.pem"));
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let missing = place.at("missing.pem").display().to_string();
    let mut keys = vec![folder.display().to_string(), missing];
    // Permissions do not bind the superuser.
    if fs::File::open(&secret).is_err() {
        keys.push(secret.clone());
    }
    for key in &keys {
        for call in [
            &["sign", "--key", key, "--domain", "example.de", "--selector", "s1", "--in-place", &mail][..],
            &["record", "dkim", "--key", key, "--domain", "example.de", "--selector", "s1"],
        ] {
            let output = mailauth(call).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{call:?}");
            assert!(said(&output).contains(key), "{call:?}: {}", said(&output));
            assert!(output.stdout.is_empty());
        }
    }
    assert_eq!(fs::read_to_string(&mail).unwrap(), "From: a@example.de\r\n\r\nx\r\n");
    // One of several: the others are done, and the call says that one was not.
    let place = Place::new();
    let (good, folder) = (place.text("good.eml", "From: a@example.de\n\nx\n"), place.at("none.eml"));
    let output = mailauth(&["verify", "--offline", "--format", "ndjson"]).arg(&folder).arg(&good).output().unwrap();
    assert_eq!((output.status.code(), lines(&output.stdout).len()), (Some(2), 1));
    assert!(said(&output).contains("none.eml"));
}

#[test]
fn an_interrupted_run_leaves_the_old_file() {
    let place = Place::new();
    let dns = TestDns::start(&world(2));
    dns.misbehave("d1.example", Behaviour::Timeout);
    let out = place.text("out", "before\n");
    let server = dns.addr().to_string();
    let mut child = mailauth(&["check", "d0.example", "d1.example", "--format", "json", "-o", &out])
        .args(["--resolver", &server, "--timeout", "60s"])
        .spawn()
        .unwrap();
    // It waits for the second domain by now, or soon will.
    while dns.count("d1.example") == 0 {
        std::thread::yield_now();
        assert!(child.try_wait().unwrap().is_none());
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&out).unwrap(), "before\n");
}
