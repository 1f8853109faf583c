//! Every command in the documentation is one that the program takes, and those that can be run are run.
//!
//! - ```` ```sh ````: each line is run, in a folder with the files that it names, and what asks the DNS asks a server on
//!   loopback. The exit codes 0, 1 and 3 are answers; 2 means that the page is wrong.
//! - ```` ```console ````: shown, not run: other programs, other machines, the network. Its lines that call `mailauth`
//!   still have to be calls that the program takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::TestDns;

const WORLD: &str = "
example-praxis.de NS ns1.example-dns.net
example-praxis.de A 5.45.100.10
example-praxis.de MX 10 mail.example-praxis.de
example-praxis.de TXT \"v=spf1 ip4:192.0.2.10 mx -all\"
mail.example-praxis.de A 5.45.100.20
_dmarc.example-praxis.de TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example-praxis.de\"
s1._domainkey.example-praxis.de TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"
ns1.example-dns.net A 5.45.100.2
";

const CONFIG: &str = "[[domain]]
name = \"example-praxis.de\"
ips = [\"192.0.2.10\"]
mx = [\"10 mail.example-praxis.de\"]
spf = { all = \"fail\", terms = [\"mx\"] }
dmarc = { policy = \"reject\", rua = [\"mailto:dmarc@example-praxis.de\"] }
dkim = [{ selector = \"s1\", key = \"s1.pem\" }]
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages: the README, all below docs, and those beside the examples.
fn pages() -> Vec<PathBuf> {
    fn below(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, out);
            } else if path.extension().is_some_and(|e| e == "md") {
                out.push(path);
            }
        }
    }
    let mut out = vec![root().join("README.md")];
    below(&root().join("docs"), &mut out);
    below(&root().join("examples"), &mut out);
    out.sort();
    out
}

/// A command on a page; one that goes on over a line's end is one.
#[derive(Debug)]
struct Line {
    page: PathBuf,
    number: usize,
    /// Which block of all it stands in.
    block: usize,
    fence: String,
    text: String,
}

fn lines() -> Vec<Line> {
    let mut out = Vec::new();
    let mut block = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let mut fence: Option<String> = None;
        let mut joined: Option<(usize, String)> = None;
        for (at, line) in text.lines().enumerate() {
            if let Some(word) = line.trim_start().strip_prefix("```") {
                let word = word.trim().to_owned();
                block += 1;
                fence = if fence.is_some() { None } else { Some(word) };
                continue;
            }
            let Some(fence) = fence.as_ref().filter(|word| matches!(word.as_str(), "sh" | "console")) else { continue };
            let line = line.trim();
            let (number, before) = joined.take().unwrap_or((at + 1, String::new()));
            if let Some(start) = line.strip_suffix('\\') {
                joined = Some((number, before + start));
                continue;
            }
            let text = before + line;
            let text = text.strip_prefix("$ ").unwrap_or(&text).to_owned();
            if !text.is_empty() && !text.starts_with('#') {
                out.push(Line { page: page.clone(), number, block, fence: fence.clone(), text });
            }
        }
    }
    out
}

impl Line {
    fn place(&self) -> String {
        format!("{}:{}: {}", self.page.strip_prefix(root()).unwrap().display(), self.number, self.text)
    }

    /// The words of every call of `mailauth` in it, as a shell takes them apart. Nothing is run: no other program is
    /// found.
    fn calls(&self) -> Vec<Vec<String>> {
        let script = format!(
            "set -f\nPATH=/nonexistent\nmailauth() {{ printf '%s\\0' mailauth \"$@\" >&3; printf '\\n\\0' >&3; }}\n{}",
            self.text
        );
        let folder = tempfile::tempdir().unwrap();
        let told = folder.path().join("told");
        // What is redirected from need not be there: only the words matter.
        let script = script.replace(" <", " </dev/null #").replace("exec ", "");
        let script = format!("exec 3>told 2>/dev/null\n{script}\ntrue");
        let status = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).status().unwrap();
        assert!(status.success(), "{}", self.place());
        let told = String::from_utf8(fs::read(told).unwrap()).unwrap();
        let mut calls = vec![Vec::new()];
        for word in told.split_terminator('\0') {
            match word {
                "\n" => calls.push(Vec::new()),
                word => calls.last_mut().unwrap().push(word.to_owned()),
            }
        }
        calls.retain(|call| !call.is_empty());
        calls
    }
}

#[test]
fn every_call_is_one_that_the_program_takes() {
    let mut count = 0;
    for line in lines().iter().filter(|line| line.text.contains("mailauth ")) {
        if line.text.starts_with("cargo ") {
            continue;
        }
        let calls = line.calls();
        assert!(!calls.is_empty(), "{}: no call of mailauth is found in it", line.place());
        for call in calls {
            count += 1;
            if let Err(error) = mailauth::cli::command().try_get_matches_from(&call) {
                assert!(!error.use_stderr(), "{}\n{error}", line.place());
            }
        }
    }
    assert!(count > 20, "{count}");
}

/// A folder as the pages assume it.
#[cfg(unix)]
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["examples", "testdata"] {
        std::os::unix::fs::symlink(root().join(name), folder.path().join(name)).unwrap();
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Options whose value is no file, or one that is written.
const NO_FILES: &[&str] = &[
    "-o",
    "--output",
    "--write-baseline",
    "--save-dns",
    "--out-dir",
    "--resume",
    "--domain",
    "--selector",
    "--origin",
    "--name",
    "--record",
    "--format",
    "--lang",
    "--ip",
    "--helo",
    "--mail-from",
    "--at",
    "--fail-on",
    "--headers",
    "--canonicalization",
    "--identity",
    "--expire-in",
    "--dns-format",
    "--ttl",
    "--since",
    "--until",
    "--receiver",
    "--profile",
    "--trust-received",
    "--bounce",
    "--timeout",
    "--deadline",
    "--retries",
    "--concurrency",
    "--resolver",
    "--connect-to",
    "--color",
];

/// Makes the files that a call reads and that are not there.
fn provide(folder: &Path, call: &[String]) {
    let command = call.get(1).map_or("", String::as_str);
    for (at, word) in call.iter().enumerate().skip(2) {
        let before = call.get(at - 1).map_or("", String::as_str);
        let bounce = before == "--bounce" && word.starts_with('@');
        let word = if bounce { &word[1..] } else { word };
        let path = folder.join(word);
        if (NO_FILES.contains(&before) && !bounce) || word.starts_with('-') || word.contains("://") || path.exists() {
            continue;
        }
        if word.ends_with('/') {
            let from = if command == "report" { "testdata/reports" } else { "examples/messages" };
            copy(&root().join(from), &path);
            continue;
        }
        let kind = match before {
            "--zone" => "zone",
            "--key" => "pem",
            "--config" => "toml",
            "--baseline" => "json",
            "--replay-dns" => "dns",
            "--domains-file" => "domains",
            "--bounce" => "bounce",
            _ => match command {
                "lint" => "zone",
                "sign" | "verify" | "explain" => "eml",
                "report" => "xml",
                _ => continue,
            },
        };
        let source = |name: &str| fs::read(root().join(name)).unwrap();
        let text = match kind {
            "zone" => source("examples/zones/example-praxis.de.zone"),
            "pem" => source("testdata/keys/throw-away/rsa2048-pkcs8.pem"),
            "dns" => source("examples/messages/newsletter.dns"),
            "eml" => source("examples/messages/newsletter.eml"),
            "xml" => source("testdata/reports/rfc9990.xml"),
            "json" => b"{\"schema\":\"mailauth.baseline/1\",\"findings\":[]}".to_vec(),
            "domains" => b"example-praxis.de\n".to_vec(),
            "bounce" => b"550 5.7.26 This mail is unauthenticated".to_vec(),
            "toml" => {
                fs::write(folder.join("s1.pem"), source("testdata/keys/throw-away/rsa2048-pkcs8.pem")).unwrap();
                CONFIG.as_bytes().to_vec()
            }
            other => panic!("{other}"),
        };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn every_command_that_can_be_run_is_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let dns = TestDns::start(WORLD);
    let tools = tempfile::tempdir().unwrap();
    // Nothing leaves the machine: who asks the DNS asks the server on loopback, or is offline.
    let wrapper = format!(
        "#!/bin/sh\ncase \" $* \" in\n  *' --offline '*|*' --replay-dns '*) exec {0} \"$@\" ;;\n  \
         *' --resolver '*|*' --connect-to '*) exec {0} \"$@\" --offline ;;\nesac\ncase \"$1\" in\n  \
         check|spf|verify|explain|init) exec {0} \"$@\" --resolver {1} --timeout 2s --retries 0 ;;\n  \
         *) exec {0} \"$@\" ;;\nesac\n",
        env!("CARGO_BIN_EXE_mailauth"),
        dns.addr()
    );
    let program = tools.path().join("mailauth");
    fs::write(&program, wrapper).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap());

    let mut block = 0;
    let mut place = folder();
    let mut count = 0;
    for line in lines().iter().filter(|line| line.fence == "sh") {
        // The readme's own test and CI run what builds.
        if line.text.starts_with("cargo ") {
            continue;
        }
        // A block is a session in one folder.
        if std::mem::replace(&mut block, line.block) != line.block {
            place = folder();
        }
        for call in line.calls() {
            provide(place.path(), &call);
            // What comes in by redirection is read too.
            for input in line.text.split('<').skip(1).filter_map(|rest| rest.split_whitespace().next()) {
                provide(place.path(), &[&call[..2], &[input.to_owned()]].concat());
            }
        }
        let output = Command::new("bash")
            .args(["-c", &line.text])
            .current_dir(place.path())
            .env("PATH", &path)
            .env("LC_ALL", "C")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1 | 3)), "{}\n{:?}\n{said}", line.place(), output.status);
        count += 1;
    }
    assert!(count > 20, "{count}");
}
