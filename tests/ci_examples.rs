//! The examples for CI servers do what they say, as far as that can be tried without the servers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use support::TestDns;

const GOOD: &str = "$ORIGIN praxis.example.
$TTL 3600
@ IN SOA ns1.dns-haus.example. hostmaster 1 7200 3600 1209600 3600
@ IN NS ns1.dns-haus.example.
@ IN MX 0 .
@ IN TXT \"v=spf1 -all\"
_dmarc IN TXT \"v=DMARC1; p=reject\"
";

const PUBLISHED: &str = "
praxis.example NS ns1.dns-haus.example
praxis.example MX 0 .
praxis.example TXT \"v=spf1 -all\"
_dmarc.praxis.example TXT \"v=DMARC1; p=reject\"
*._domainkey.praxis.example TXT \"v=DKIM1; p=\"
";

const CONFIG: &str = "[[domain]]\nname = \"praxis.example\"\nparked = true\n";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ci").join(name)
}

fn yaml(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A folder as a user's repository has it: zones, a configuration, an empty baseline.
struct Repository {
    folder: tempfile::TempDir,
    dns: TestDns,
}

impl Repository {
    fn new(zone: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("zones")).unwrap();
        fs::create_dir_all(folder.path().join("bin")).unwrap();
        fs::write(folder.path().join("zones/praxis.example.zone"), zone).unwrap();
        fs::write(folder.path().join("mailauth.toml"), CONFIG).unwrap();
        let dns = TestDns::start(PUBLISHED);
        // What asks the DNS asks the server on loopback.
        let binary = env!("CARGO_BIN_EXE_mailauth");
        let wrapper = format!(
            "#!/bin/sh\ncase \"$1\" in\n  check) exec {binary} \"$@\" --resolver {} --timeout 2s --retries 0 ;;\n  \
             *) exec {binary} \"$@\" ;;\nesac\n",
            dns.addr()
        );
        let path = folder.path().join("bin/mailauth");
        fs::write(&path, wrapper).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let this = Self { folder, dns };
        fs::write(this.path("mailauth-baseline.json"), "{\"schema\":\"mailauth.baseline/1\",\"findings\":[]}").unwrap();
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a script as a CI server does.
    fn run(&self, script: &str) -> Output {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("GITHUB_STEP_SUMMARY", self.path("step-summary.md"))
            .output()
            .unwrap()
    }
}

/// A zone that must not pass.
fn broken() -> String {
    GOOD.replace("p=reject", "p=rejekt")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The scripts of a job of the GitHub workflow, by their names; installing is the server's affair.
fn steps(job: &str) -> Vec<(String, String)> {
    let workflow = yaml(&example("github-workflow.yml"));
    let steps = workflow["jobs"][job]["steps"].as_array().unwrap_or_else(|| panic!("no job {job}"));
    let scripts = steps.iter().filter_map(|step| Some((step["name"].as_str()?, step["run"].as_str()?)));
    scripts.filter(|(_, run)| !run.contains("cargo install")).map(|(n, r)| (n.to_owned(), r.to_owned())).collect()
}

#[test]
fn the_github_workflow_stops_a_broken_zone() {
    let steps = steps("lint");
    assert_eq!(steps.len(), 2);
    for (zone, exits, level) in [(GOOD.to_owned(), [0, 0], "note"), (broken(), [1, 0], "error")] {
        let repository = Repository::new(&zone);
        for ((name, script), exit) in steps.iter().zip(exits) {
            let output = repository.run(script);
            assert_eq!(output.status.code(), Some(exit), "{name}: {}", text(&output));
            if script.contains("--format github") {
                assert_eq!(text(&output).contains("::error file=zones/praxis.example.zone,line="), exit == 1);
            }
        }
        let sarif: Value = serde_json::from_slice(&fs::read(repository.path("mailauth.sarif")).unwrap()).unwrap();
        let worst = sarif["runs"][0]["results"].as_array().unwrap().iter().any(|result| result["level"] == "error");
        assert_eq!(worst, level == "error");
    }
}

#[test]
fn the_github_workflow_compares_what_is_published() {
    let steps = steps("published");
    let [(_, script)] = &*steps else { panic!("{steps:?}") };
    let repository = Repository::new(GOOD);
    let output = repository.run(script);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(fs::read_to_string(repository.path("step-summary.md")).unwrap().contains("praxis.example"));
    let config = CONFIG.replace("parked = true", "dmarc = { policy = \"quarantine\" }");
    fs::write(repository.path("mailauth.toml"), config).unwrap();
    let output = repository.run(script);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(fs::read_to_string(repository.path("step-summary.md")).unwrap().contains("drift-differs"));
    // No answer is no reason to fail, and is said.
    fs::write(repository.path("mailauth.toml"), "[[domain]]\nname = \"silent.example\"\n").unwrap();
    repository.dns.misbehave("silent.example", support::Behaviour::ServFail);
    repository.dns.misbehave("_dmarc.silent.example", support::Behaviour::ServFail);
    let output = repository.run(script);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("::warning::"));
}

#[test]
fn the_gitlab_jobs_do_the_same() {
    let jobs = yaml(&example("gitlab-ci.yml"));
    let script = |job: &str| jobs[job]["script"][0].as_str().unwrap().to_owned();
    for (zone, exit) in [(GOOD.to_owned(), 0), (broken(), 1)] {
        let repository = Repository::new(&zone);
        let output = repository.run(&script("zone files"));
        assert_eq!(output.status.code(), Some(exit), "{}", text(&output));
        let junit = fs::read_to_string(repository.path("mailauth.xml")).unwrap();
        assert_eq!(junit.contains("<failure "), exit == 1);
        let output = repository.run(&script("published records"));
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        let page = fs::read_to_string(repository.path("mailauth.html")).unwrap();
        assert!(page.contains("<h1>praxis.example</h1>"));
    }
    // What is known no longer counts.
    let repository = Repository::new(&broken());
    assert!(repository.run("mailauth lint --write-baseline mailauth-baseline.json zones/*.zone").status.success());
    assert_eq!(repository.run(&script("zone files")).status.code(), Some(0));
    assert_eq!(jobs["published records"]["allow_failure"]["exit_codes"], 3);
}

/// A repository of git with a zone that is about to be committed.
fn staged(zone: &str) -> Repository {
    let repository = Repository::new(zone);
    let output = repository.run(
        "git init -q . && git config user.email a@b.example && git config user.name a && git add zones \
         && mkdir -p .git/hooks",
    );
    assert!(output.status.success(), "{}", text(&output));
    repository
}

#[test]
fn the_hook_judges_what_is_about_to_be_committed() {
    for (zone, good) in [(GOOD.to_owned(), true), (broken(), false)] {
        let repository = staged(&zone);
        fs::copy(example("pre-commit"), repository.path(".git/hooks/pre-commit")).unwrap();
        // Mended in the folder alone: that helps nobody.
        fs::write(repository.path("zones/praxis.example.zone"), GOOD).unwrap();
        let output = repository.run("git commit -q -m zones");
        assert_eq!(output.status.success(), good, "{}", text(&output));
        assert_eq!(text(&output).contains("not committed"), !good);
    }
}

#[test]
fn the_hooks_of_the_framework_name_the_same_command() {
    let config = yaml(&example("pre-commit-config.yaml"));
    let local = &config["repos"][0]["hooks"][0];
    let own = &yaml(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml"))[0];
    for key in ["id", "entry", "files"] {
        assert_eq!(local[key], own[key]);
    }
    let entry = local["entry"].as_str().unwrap();
    for (zone, exit) in [(GOOD.to_owned(), 0), (broken(), 1)] {
        let repository = Repository::new(&zone);
        assert_eq!(repository.run(&format!("{entry} zones/praxis.example.zone")).status.code(), Some(exit));
    }
}
