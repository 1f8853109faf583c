#!/usr/bin/env python3
"""Holds what CI servers and editors read against the schemas that others publish.

    tests/schemas/check.py target/release/mailauth --sarif SCHEMA.json --junit SCHEMA.xsd

SARIF 2.1.0 and JUnit of `lint` and `check`, over the examples, the scenarios and hostile zones; the workflow, the job
and the hook of examples/ci; the schema of mailauth.toml and every configuration in the documentation.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import jsonschema
import xmlschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/browser"))
from scenarios import zone_files  # noqa: E402
ORIGIN = re.compile(r"(?mi)^(?:\$ORIGIN\s+(?P<a>\S+?)\.?\s*(?:;.*)?$|(?P<b>[^\s$;@]\S*)\.\s[^;]*\bSOA\b)")
wrong = []


def say(text):
    wrong.append(text)


def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def zones(folder):
    """Zones with a name each: good ones, broken ones, hostile ones."""
    source = (ROOT / "tests/ci_formats.rs").read_text()
    hostile = re.search(r'const HOSTILE: &str = r#"(.*?)"#;', source, re.S).group(1)
    (folder / "böse zone.zone").write_text(hostile)
    return [
        folder / "böse zone.zone",
        *sorted((ROOT / "examples/zones").glob("*.zone")),
        *zone_files(folder),
    ]


def formats(binary, sarif, junit):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for zone in zones(folder):
            calls = [["lint", zone]]
            if domain := ORIGIN.search(zone.read_text(errors="replace")):
                name = domain["a"] or domain["b"]
                calls += [["check", name, "--zone", zone, "--offline"], ["check", name, "--offline"]]
            for call in calls:
                name = f"{call[0]} {zone.name}"
                for language in ("en", "de"):
                    run = [binary, *call, "--lang", language, "--format"]
                    out = subprocess.run([*run, "sarif"], capture_output=True).stdout
                    for error in sarif.iter_errors(json.loads(out)):
                        say(f"{name}: {error.json_path}: {error.message[:200]}")
                    out = folder / "out.xml"
                    subprocess.run([*run, "junit", "-o", out], capture_output=True)
                    for error in junit.iter_errors(str(out)):
                        say(f"{name}: {error.path}: {error.reason}")


def examples():
    folder = ROOT / "examples/ci"
    for kind, path in {"github-workflows": "github-workflow.yml", "gitlab-ci": "gitlab-ci.yml"}.items():
        run = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", folder / path]
        if kind == "gitlab-ci":
            run += ["--data-transform", "gitlab-ci"]
        done = subprocess.run(run, capture_output=True, text=True)
        if done.returncode:
            say(f"{path}: {done.stdout}{done.stderr}")


def hook(binary):
    """The hook of the pre-commit framework, run by the framework itself."""
    zone = (ROOT / "examples/zones/example-praxis.de.zone").read_text()
    good = "$ORIGIN a.example.\n$TTL 3600\n@ SOA ns1 h 1 7200 3600 1209600 3600\n@ NS ns1\nns1 A 5.45.100.9\n@ MX 0 .\n" \
        '@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=reject"\n'
    for text, passes in ((zone, False), (good, True)):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "bin").mkdir()
            (folder / "bin/mailauth").symlink_to(binary)
            (folder / "a.zone").write_text(text)
            (folder / "notes.txt").write_text("no zone\n")
            config = (ROOT / "examples/ci/pre-commit-config.yaml").read_text()
            (folder / ".pre-commit-config.yaml").write_text(config)
            script = "git init -q . && git add a.zone notes.txt .pre-commit-config.yaml && " \
                f"PATH=$PWD/bin:$PATH PRE_COMMIT_HOME=$PWD/home {sys.executable} -m pre_commit run --all-files"
            done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True)
            if (done.returncode == 0) != passes:
                say(f"the hook of pre-commit: exit {done.returncode}: {done.stdout}{done.stderr}")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], capture_output=True, text=True)
    if done.returncode:
        say(done.stdout)


def configurations(binary):
    schema = json.loads((ROOT / "docs/mailauth.schema.json").read_text())
    check = validator(schema)
    count = 0
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for block in re.findall(r"(?ms)^\s*```toml\n(.*?)^\s*```", page.read_text()):
            block = re.sub(r"(?m)^  ", "", block) if block.startswith("  ") else block
            count += 1
            for error in check.iter_errors(tomllib.loads(block)):
                say(f"{page.name}: {error.json_path}: {error.message[:200]}")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "mailauth.toml"
        zone = ROOT / "examples/zones/example-praxis.de.zone"
        subprocess.run([binary, "init", "--domain", "example-praxis.de", "--zone", zone, "--offline", "-o", file], check=True,
                       capture_output=True)
        for error in check.iter_errors(tomllib.loads(file.read_text())):
            say(f"init: {error.json_path}: {error.message[:200]}")
    # The schema and the program refuse the same slips.
    for slip in ('lang = "fr"', "fail_on = 'error'", "[[domain]]", '[[domain]]\nname = "a.de"\nparked = "yes"',
                 '[rules]\nspf-mising = "error"', '[rules]\nspf-missing = "off"',
                 '[[domain]]\nname = "a.de"\nproviders = ["ionso"]', '[[domain]]\nname = "a.de"\ndmarc = { policy = "rejct" }',
                 '[[domain]]\nname = "a.de"\nspf = { al = "fail" }', '[[domain]]\nname = "a.de"\ndkim = [{ key = "a.pem" }]'):
        by_schema = not check.is_valid(tomllib.loads(slip))
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as file:
            file.write(slip)
            file.flush()
            by_program = subprocess.run([binary, "check", "--config", file.name, "--offline"], capture_output=True).returncode == 2
        if not (by_schema and by_program):
            say(f"{slip!r}: refused by the schema: {by_schema}, by the program: {by_program}")
    if count < 2:
        say("no configuration in the documentation was found")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary", type=pathlib.Path)
    options.add_argument("--sarif", type=pathlib.Path, required=True)
    options.add_argument("--junit", type=pathlib.Path, required=True)
    options = options.parse_args()
    binary = options.binary.resolve()
    formats(binary, validator(json.loads(options.sarif.read_text())), xmlschema.XMLSchema(str(options.junit)))
    examples()
    hook(binary)
    configurations(binary)
    for text in wrong:
        print(text, file=sys.stderr)
    print(f"schemas: {len(wrong)} complaints")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
