"""Writes NAME.json for each NAME.zone here: what dnspython reads, an independent reader.

Owner, type, TTL (the least of the record set) and the octets of the data on the wire, in hexadecimal.
"""
import glob
import json

import dns.name
import dns.rdatatype
import dns.zone

APEX = {"shapes": "example.de.", "types": "types.example.", "bom-crlf": "crlf.example.", "dump": "dump.example.", "no-ttl": "nottl.example."}

for path in sorted(glob.glob("*.zone")):
    text = open(path, "rb").read().decode("utf-8-sig").replace("\r\n", "\n")
    apex = APEX[path[:-5]]
    zone = dns.zone.from_text(text, origin=apex, relativize=False, check_origin=False)
    rows = [
        {"owner": name.to_text().rstrip(".").lower(), "type": dns.rdatatype.to_text(rds.rdtype), "ttl": rds.ttl, "wire": rdata.to_wire(origin=dns.name.root).hex()}
        for name, rds in zone.iterate_rdatasets()
        for rdata in rds
    ]
    rows.sort(key=lambda r: (r["owner"], r["type"], r["wire"]))
    with open(path[:-5] + ".json", "w") as out:
        out.write("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")
    print(path, len(rows))
