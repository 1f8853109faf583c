"""The domains of testdata/scenarios as zone files.

A scenario is YAML with a `zone` of lines `owner TYPE data`: owners without a final dot are below the domain, TXT data is
bare, `{d}` is the domain and `{rsa}` and its kin stand for keys. What lies outside the domain is left out.
"""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


def zone_files(folder):
    """Writes each scenario's zone into the folder; yields the files."""
    yield from sorted((ROOT / "testdata/scenarios").rglob("*.zone"))
    stories = sorted((ROOT / "testdata/scenarios").rglob("*.yaml"))
    if not stories:
        return
    import yaml

    key = re.search(r'const RSA: &str = "([^"]+)"', (ROOT / "tests/support/world.rs").read_text()).group(1)
    for story in stories:
        content = yaml.safe_load(story.read_text())
        domain = content.get("domain", "praxis-muster.de").encode("idna").decode()
        target = folder / f"{story.stem}.zone"
        target.write_text(zone(content.get("zone") or "", domain, key))
        yield target


def zone(lines, domain, key):
    out = [f"$ORIGIN {domain}.", "$TTL 3600", "@ SOA ns1.dns-haus.net. hostmaster 1 7200 3600 1209600 3600"]
    for line in lines.splitlines():
        owner, kind, data = line.replace("{d}", domain).split(" ", 2)
        if owner.endswith(".") and not owner.rstrip(".").endswith(domain):
            continue
        data = data.replace("{ed}", "paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU=")
        data = re.sub(r"\{(rsa|half|public|private)\d*\}", key, data)
        if kind == "TXT" and not data.startswith('"'):
            octets = data.encode()
            data = " ".join(quoted(octets[at:at + 255]) for at in range(0, len(octets) or 1, 255))
        elif kind in ("MX", "CNAME", "NS", "PTR"):
            *before, name = data.split()
            data = " ".join([*before, name if name.endswith(".") else f"{name}."])
        out.append(f"{owner} {kind} {data}")
    return "\n".join(out) + "\n"


def quoted(octets):
    """A character-string in presentation form (RFC 1035 §5.1)."""
    plain = (chr(octet) if 32 <= octet < 127 and octet not in b'"\\' else f"\\{octet:03}" for octet in octets)
    return '"' + "".join(plain) + '"'
