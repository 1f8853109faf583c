//! Signatures over awkward messages, exchanged with dkimpy and OpenDKIM both ways. A peer that is not installed is
//! named and left out; continuous integration installs them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use base64::Engine as _;
use mailauth::dkim::keys::{Algorithm, PrivateKey};
use serde_json::Value;
use support::TestDns;

const CANONICALIZATIONS: [&str; 4] = ["relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"];
const DOMAIN: &str = "interop.example";

/// Signs files named on the command line, or says of each whether its signature is valid.
const DKIMPY: &str = r#"
import sys, dkim
what, keys = sys.argv[1], dict(l.split(None, 1) for l in open(sys.argv[2]))
txt = lambda name, timeout=5: keys[(name.decode() if isinstance(name, bytes) else name).rstrip(".")].strip().encode()
for line in sys.stdin:
    parts = line.rstrip("\n").split("\t")
    raw = open(parts[0], "rb").read()
    if what == "verify":
        try:
            print("pass" if dkim.verify(raw, dnsfunc=txt) else "fail")
        except Exception as error:
            print("fail", repr(error))
    else:
        _, out, key, selector, canon, algorithm = parts
        head, body = canon.encode().split(b"/")
        field = dkim.sign(raw, selector.encode(), b"interop.example", open(key, "rb").read(), canonicalize=(head, body),
                          signature_algorithm=algorithm.encode(), include_headers=[b"from", b"to", b"subject"])
        open(out, "wb").write(field + raw)
        print("pass")
"#;

fn messages() -> Vec<(&'static str, Vec<u8>)> {
    let head =
        "From: A <a@interop.example>\r\nTo: b@example.org\r\nSubject: Hi\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100\r\n";
    let with = |extra: &str, body: &str| format!("{head}{extra}\r\n{body}").into_bytes();
    vec![
        ("plain", with("", "Text \t of  two\r\n\r\nlines \r\n\r\n\r\n")),
        ("empty-body", with("", "")),
        ("blank-lines", with("", "\r\n\r\n\r\n")),
        ("no-last-line-end", with("", "Text\r\nwithout an end")),
        ("folded-with-tabs", with("X-Long:\tone\r\n\ttwo\r\n \t three  \r\nX-2:  x\r\n", "Text\r\n")),
        ("doubled", with("To: c@example.org\r\nComments: 1\r\nComments: 2\r\n", "Text\r\n")),
        ("eight-bit", with("X-Eight: gr\u{fc}\u{df}e\r\n", "\u{c4}\u{d6}\u{dc} \u{20ac}\r\n")),
        ("long-lines", with("", &format!("{}\r\n", "x".repeat(5000)))),
        ("only-blanks", with("", " \t \r\n\t\r\nText\r\n \r\n")),
    ]
}

struct Peers {
    folder: tempfile::TempDir,
    dns: TestDns,
    rsa: PathBuf,
    ed25519: PathBuf,
    seed: PathBuf,
    keys: PathBuf,
}

impl Peers {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let rsa = PrivateKey::generate(Algorithm::Rsa, 2048).unwrap();
        let ed = PrivateKey::generate(Algorithm::Ed25519, 0).unwrap();
        // The seed is the last octet string of PKCS#8 (RFC 8410 §7).
        let der: String = ed.pem.lines().filter(|l| !l.starts_with('-')).collect();
        let der = base64::engine::general_purpose::STANDARD.decode(der).unwrap();
        let at = der.windows(4).position(|w| w == [4, 0x22, 4, 0x20]).unwrap() + 4;
        let seed = base64::engine::general_purpose::STANDARD.encode(&der[at..at + 32]);
        for (name, text) in [("rsa.pem", rsa.pem.as_str()), ("ed.pem", ed.pem.as_str()), ("seed", seed.as_str())] {
            fs::write(path(name), text).unwrap();
        }
        let records = [("rsa", &rsa), ("ed", &ed)]
            .map(|(selector, key)| (format!("{selector}._domainkey.{DOMAIN}"), key.key.public_key().record_value()));
        let lines: String = records
            .iter()
            .map(|(name, value)| {
                let strings: Vec<String> =
                    value.as_bytes().chunks(200).map(|c| format!("\"{}\"", String::from_utf8_lossy(c))).collect();
                format!("{name} TXT {}\n", strings.join(" "))
            })
            .collect();
        let table: String = records.iter().map(|(name, value)| format!("{name} {value}\n")).collect();
        fs::write(path("keys.txt"), table).unwrap();
        let (rsa, ed25519, seed, keys) = (path("rsa.pem"), path("ed.pem"), path("seed"), path("keys.txt"));
        Self { dns: TestDns::start(&lines), rsa, ed25519, seed, keys, folder }
    }

    fn write(&self, name: &str, octets: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, octets).unwrap();
        path
    }

    fn ours(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mailauth")).args(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// All messages, signed by us in every way: name and file.
    fn signed(&self) -> Vec<(String, PathBuf)> {
        let mut files = Vec::new();
        for (name, octets) in messages() {
            let source = self.write(&format!("{name}.eml"), &octets);
            for (selector, key) in [("rsa", &self.rsa), ("ed", &self.ed25519)] {
                for way in CANONICALIZATIONS {
                    let label = format!("{name}-{selector}-{}", way.replace('/', "-"));
                    let call = [
                        "sign",
                        "--key",
                        key.to_str().unwrap(),
                        "--domain",
                        DOMAIN,
                        "--selector",
                        selector,
                        "--canonicalization",
                        way,
                        source.to_str().unwrap(),
                    ];
                    let out = self.ours(&call);
                    assert!(out.status.success(), "{label}: {}", String::from_utf8_lossy(&out.stderr));
                    files.push((label.clone(), self.write(&format!("{label}.ours"), &out.stdout)));
                }
            }
        }
        files
    }

    /// What we say of files: whether the first signature passes.
    fn verified(&self, files: &[PathBuf]) -> Vec<bool> {
        let server = self.dns.addr().to_string();
        let mut call = vec!["verify", "--format", "json", "--resolver", &server];
        call.extend(files.iter().map(|f| f.to_str().unwrap()));
        let out: Value = serde_json::from_slice(&self.ours(&call).stdout).unwrap();
        out["messages"].as_array().unwrap().iter().map(|m| m["dkim"][0]["result"] == "pass").collect()
    }

    fn dkimpy(&self, what: &str, jobs: &[String]) -> Vec<String> {
        let list = self.write("jobs", (jobs.join("\n") + "\n").as_bytes());
        let out = Command::new("python3")
            .args(["-c", DKIMPY, what, self.keys.to_str().unwrap()])
            .stdin(fs::File::open(list).unwrap())
            .output()
            .unwrap();
        let lines: Vec<String> = String::from_utf8_lossy(&out.stdout).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), jobs.len(), "{}", String::from_utf8_lossy(&out.stderr));
        lines
    }
}

#[test]
fn dkimpy_both_ways() {
    let present = Command::new("python3").args(["-c", "import dkim, nacl"]).output().is_ok_and(|o| o.status.success());
    if !present {
        return println!("dkimpy is not installed: left out");
    }
    let peers = Peers::new();
    let ours = peers.signed();
    let jobs: Vec<String> = ours.iter().map(|(_, file)| file.display().to_string()).collect();
    for ((name, _), said) in ours.iter().zip(peers.dkimpy("verify", &jobs)) {
        assert_eq!(said, "pass", "dkimpy refuses {name}");
    }
    let (mut jobs, mut theirs) = (Vec::new(), Vec::new());
    for (name, _) in messages() {
        for (selector, algorithm, key) in [("rsa", "rsa-sha256", &peers.rsa), ("ed", "ed25519-sha256", &peers.seed)] {
            for way in CANONICALIZATIONS {
                let source = peers.folder.path().join(format!("{name}.eml"));
                let out = peers.folder.path().join(format!("{name}-{selector}-{}.dkimpy", way.replace('/', "-")));
                let fields =
                    [source.to_str().unwrap(), out.to_str().unwrap(), key.to_str().unwrap(), selector, way, algorithm];
                jobs.push(fields.join("\t"));
                theirs.push(out);
            }
        }
    }
    peers.dkimpy("sign", &jobs);
    for (file, pass) in theirs.iter().zip(peers.verified(&theirs)) {
        assert!(pass, "we refuse {}", file.display());
    }
}

/// Where a program of the system is.
fn program(name: &str) -> Option<PathBuf> {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin"].iter().map(|f| Path::new(f).join(name)).find(|p| p.is_file())
}

#[test]
fn opendkim_both_ways() {
    let Some(opendkim) = program("opendkim") else { return println!("opendkim is not installed: left out") };
    let peers = Peers::new();
    let test = |settings: &str, file: &Path| {
        let configuration = peers.write("opendkim.conf", settings.as_bytes());
        let call = ["-x", configuration.to_str().unwrap(), "-t", file.to_str().unwrap(), "-v"];
        let out = Command::new(&opendkim).args(call).output().unwrap();
        (String::from_utf8_lossy(&out.stdout).into_owned(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let keys = peers.keys.display();
    let verify = format!("Mode v\nTestPublicKeys {keys}\nRequireSafeKeys no\nOn-BadSignature accept\n");
    // OpenDKIM refuses Ed25519 in some builds and a second To field, and its -t loses a last line without an end.
    let refused = |name: &str| name.contains("-ed-") || name.starts_with("doubled") || name.starts_with("no-last");
    for (name, file) in peers.signed().into_iter().filter(|(name, _)| !refused(name)) {
        let (out, err) = test(&verify, &file);
        let said = format!("{out}{err}");
        assert!(said.lines().any(|l| l.ends_with("succeeded")), "opendkim refuses {name}: {said}");
    }
    let mut theirs = Vec::new();
    for (name, octets) in messages().into_iter().filter(|(name, _)| !refused(name)) {
        let source = peers.folder.path().join(format!("{name}.eml"));
        for way in CANONICALIZATIONS {
            let key = peers.rsa.display();
            let settings = format!(
                "Mode s\nDomain {DOMAIN}\nSelector rsa\nKeyFile {key}\nCanonicalization {way}\nRequireSafeKeys no\n\
                 SignatureAlgorithm rsa-sha256\n"
            );
            let (out, err) = test(&settings, &source);
            let Some(field) = out.find("DKIM-Signature: ").map(|at| &out[at..]) else {
                panic!("opendkim does not sign {name}: {out}{err}");
            };
            let lines = field.lines().enumerate().take_while(|(i, l)| *i == 0 || l.starts_with([' ', '\t']));
            let field: String = lines.map(|(_, line)| format!("{line}\r\n")).collect();
            let label = format!("{name}-{}.opendkim", way.replace('/', "-"));
            theirs.push(peers.write(&label, &[field.as_bytes(), &octets[..]].concat()));
        }
    }
    for (file, pass) in theirs.iter().zip(peers.verified(&theirs)) {
        assert!(pass, "we refuse {}", file.display());
    }
}
