#!/usr/bin/env python3
"""Fills fuzz/corpus/ with what the project's test data hold, a folder a target."""
import base64
import gzip
import hashlib
import io
import pathlib
import re
import struct
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"


def keep(target, *inputs):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for data in inputs:
        data = data.encode() if isinstance(data, str) else data
        (folder / f"seed-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)


def files(*patterns):
    return [path for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.is_file()]


def texts(prefix):
    """Everything in rules, zones and suites that begins as such a record does."""
    found = set()
    for path in files("testdata/**/*.yaml", "testdata/**/*.zone", "testdata/**/*.txt", "testdata/**/*.yml", "examples/**/*.zone"):
        for line in path.read_text("utf-8", "replace").splitlines():
            for match in re.findall(rf"(?i){prefix}[^\"']*", line):
                found.add(match.rstrip())
    return sorted(found)


def zip_of(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def mail_of(kind, data):
    head = f"From: a@example.de\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(data) + b"--b--\r\n"


spf = texts("v=spf1")
keep("spf", *spf, "v=spf1 exists:%{ir}.%{v}._spf.%{d2} exp=explain.%{d} redirect=_spf.%{o}")
for i, record in enumerate(spf[:60]):
    keep("spf_world", f"192.0.2.1 mail.example.de a@example.de\n$TTL 300\n@ IN TXT \"{record}\"\n@ IN MX 10 mail\nmail IN A 192.0.2.1\n_spf IN TXT \"v=spf1 include:x.example.de -all\"\nx IN CNAME _spf\n")
keep("dkim_key", *texts("v=DKIM1"), *texts("k=rsa"))
keep("dmarc", *texts("v=DMARC1"))
keep("policy_records", *texts("v=STSv1"), *texts("v=TLSRPTv1"), *texts("v=BIMI1"), "version: STSv1\r\nmode: enforce\r\nmx: *.example.de\r\nmax_age: 604800\r\n")
keep("auth_results", *[line for path in files("testdata/auth_results/*.txt") for line in path.read_text().splitlines() if line.strip()])
zones = [path.read_bytes() for path in files("testdata/zones/*.zone", "examples/zones/*.zone")]
keep("zone", *zones, "$TTL 300\n$GENERATE 1-3/1 h${0,3,d} A 192.0.2.$\n$INCLUDE x\n@ IN TXT ( \"a\" ; no\n \"b\\034\" )\n")
messages = [path.read_bytes() for path in files("testdata/**/*.eml", "examples/**/*.eml")]
keep("message", *[b"\x05" + m for m in messages], b"\x01From a Mon\nA: 1\n\n>From x\n")
keep("verify", *[b"\x05" + m for m in messages if b"DKIM-Signature" in m or b"ARC-" in m])
for message in messages:
    for match in re.findall(rb"(?ims)^(?:DKIM-Signature|ARC-Seal|ARC-Message-Signature):(.*?\r?\n)(?![ \t])", message):
        keep("dkim_signature", match)
    for match in re.findall(rb"(?ims)^(?:ARC-)?Authentication-Results:(.*?\r?\n)(?![ \t])", message):
        keep("auth_results", match)
reports = [(path.name, path.read_bytes()) for path in files("testdata/reports/*.xml", "testdata/reports/*.json")]
for name, data in reports:
    packed = gzip.compress(data, 9, mtime=0)
    keep("report", data, packed, mail_of("application/gzip", packed), b"From a Mon\n" + mail_of("text/xml", data))
    if len(data) < 4000:
        keep("report", zip_of(name, data))
keep("config", *re.findall(r"```toml\n(.*?)```", (ROOT / "docs/config.md").read_text(), re.S), '[[domain]]\nname = "example.de"\nspf = { all = "softfail", terms = ["a"] }\n')
keep("replay", *[path.read_bytes() for path in files("examples/messages/*.dns")])
owner = b"\xc0\x0c"
a = owner + struct.pack("!HHIH", 1, 1, 60, 4) + b"\xc0\x00\x02\x01"
txt = owner + struct.pack("!HHIH", 16, 1, 60, 6) + b"\x05v=spf"
cname = owner + struct.pack("!HHIH", 5, 1, 60, 4) + b"\x01x\xc0\x0c" + b"\x01x\xc0\x0c" + struct.pack("!HHIH", 16, 1, 60, 2) + b"\x01a"
mx = owner + struct.pack("!HHIH", 15, 1, 60, 6) + b"\x00\x0a\x01m\xc0\x0c"
for choice, count, sections in ((0, 1, txt), (0, 2, cname), (1, 1, a), (2, 1, mx), (5, 3, a + txt + mx)):
    keep("dns_answer", bytes([choice]) + struct.pack("!HHHH", 0x8180, count, 0, 0) + sections)
for folder in sorted(CORPUS.iterdir()):
    print(f"{folder.name}: {len(list(folder.iterdir()))} inputs")
