#!/usr/bin/env python3
"""Opens the program's pages in a real browser, on a telephone's and a screen's width, light and dark, and prints them.

    tests/browser/check.py target/release/mailauth [--axe axe.min.js] [--shots FOLDER] [--picture FILE] [PART-OF-A-NAME…]

Every page of every format `html` has to show without a message on the console, without a request but for itself,
without scrolling sideways, with enough contrast, with headings in order. The page of the example prints on two sheets.
"""

import argparse
import base64
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from chromium import Chromium
from scenarios import zone_files

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = {375: 812, 1280: 900}
# The page that is printed, with the most sheets that it may take, and the one that the documentation shows.
EXAMPLE = "check-example-praxis.de-de"
SHEETS = 2
SHOWN = "check-example-praxis.de-en"

def origin(zone):
    """The zone's name by its first $ORIGIN or the owner of its SOA, without the final dot."""
    text = zone.read_text(errors="replace")
    found = re.search(r"(?m)^\$ORIGIN\s+(\S+?)\.?\s*(;.*)?$", text) or re.search(r"(?mi)^(\S+)\.\s[^;]*\bSOA\b", text)
    return found and found.group(1)


def commands(folder):
    """The pages: a name, and the command that writes it."""
    made = sorted((ROOT / "testdata/pages").glob("*.zone"))
    for zone in [*made, *sorted((ROOT / "examples/zones").glob("*.zone")), *zone_files(folder)]:
        domain = origin(zone)
        if not domain:
            continue
        name = zone.stem
        where = [domain, "--zone", str(zone), "--offline", "--format", "html"]
        yield f"check-{name}-de", ["check", *where, "--lang", "de"]
        yield f"spf-{name}", ["spf", *where, "--lang", "de"]
        # Of many scenarios the two that admins look at will do.
        if zone.parent.name in ("zones", "pages"):
            yield f"check-{name}-en", ["check", *where, "--lang", "en"]
            yield f"spf-ip-{name}", ["spf", *where, "--ip", "203.0.113.5"]
    both = [domain for zone in made for domain in ["--zone", str(zone)]]
    yield "check-many", ["check", "tief.example", "boese.example", "nowhere.example", *both, "--offline", "--format", "html"]
    for message in sorted((ROOT / "examples/messages").glob("*.eml")):
        dns = message.with_suffix(".dns")
        replay = ["--replay-dns", str(dns)] if dns.exists() else ["--offline"]
        yield f"explain-{message.stem}", ["explain", str(message), *replay, "--format", "html", "--lang", "de"]
    yield "report", ["report", str(ROOT / "testdata/reports"), "--format", "html", "--lang", "de"]


def requests(events, url):
    for event in events:
        if event["method"] == "Network.requestWillBeSent":
            asked = event["params"]["request"]["url"]
            if asked.split("#")[0] != url:
                yield f"a request to {asked}"


def messages(events):
    for event in events:
        params = event.get("params", {})
        if event["method"] == "Runtime.consoleAPICalled":
            yield f"console: {params['args']}"
        elif event["method"] == "Runtime.exceptionThrown":
            yield f"exception: {params['exceptionDetails'].get('text')}"
        elif event["method"] == "Log.entryAdded":
            yield f"console: {params['entry']['text']}"


def accessibility(browser, axe):
    """What axe-core has against the page; that it looked at something is made sure of."""
    browser.run(axe.read_text() + "; 0")
    found = browser.run("""axe.run(document).then((all) => ({
        passes: all.passes.length,
        violations: all.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 120)}`),
    }))""")
    yield from found["violations"]
    if found["passes"] < 10:
        yield f"axe: only {found['passes']} rules applied"


def sheets(pdf):
    """How many pages a PDF has."""
    out = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"(?m)^Pages:\s+(\d+)", out).group(1))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--chromium", default=shutil.which("chromium"))
    options.add_argument("--axe", type=pathlib.Path, help="axe.min.js of axe-core: its rules of accessibility are asked too")
    options.add_argument("--shots", type=pathlib.Path, help="keep pictures of all pages here")
    options.add_argument("--picture", type=pathlib.Path, help="write the picture of the documentation")
    options.add_argument("parts", nargs="*", help="only pages with one of these in their name")
    options = options.parse_intermixed_args()
    binary = pathlib.Path(options.binary).resolve()
    script = (pathlib.Path(__file__).parent / "page.js").read_text()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        browser = Chromium(options.chromium)
        try:
            for name, arguments in commands(folder):
                if options.parts and not any(part in name for part in options.parts):
                    continue
                count += 1
                page = folder / f"{name}.html"
                run = subprocess.run([binary, *arguments, "-o", page], capture_output=True, text=True, timeout=120)
                if run.returncode not in (0, 1, 3) or not page.exists():
                    wrong.append(f"{name}: exit {run.returncode}: {run.stderr.strip()}")
                    continue
                url = page.as_uri()
                for scheme in ("light", "dark"):
                    for width, height in SIZES.items():
                        browser.open(url, width, height, scheme)
                        # Everything that opens is open.
                        browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true })")
                        # Colours are looked at below, in both schemes.
                        if options.axe and scheme == "light":
                            wrong += [f"{name} at {width} px, {scheme}: {text}" for text in accessibility(browser, options.axe)]
                        said = [*browser.run(script), *requests(browser.events, url), *messages(browser.events)]
                        wrong += [f"{name} at {width} px, {scheme}: {text}" for text in said]
                        if options.shots:
                            shoot(browser, options.shots / f"{name}-{width}-{scheme}.png")
                browser.open(url, 1280, 900, "dark")
                pdf = browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
                printed = (options.shots or folder) / f"{name}.pdf"
                printed.write_bytes(base64.b64decode(pdf["data"]))
                if name == EXAMPLE and (there := sheets(printed)) > SHEETS:
                    wrong.append(f"{name}: printed, it has {there} sheets")
                if name == SHOWN and options.picture:
                    browser.open(url, 860, 1010, "light")
                    picture(browser, options.picture)
        finally:
            browser.close()
    for text in wrong:
        print(text, file=sys.stderr)
    print(f"{count} pages, {len(wrong)} complaints")
    return 1 if wrong or not count else 0


def shoot(browser, target):
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = false })")
    shot = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
    target.write_bytes(base64.b64decode(shot["data"]))


def picture(browser, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shot = browser.call("Page.captureScreenshot", format="png")
    target.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    sys.exit(main())
