#!/usr/bin/env python3
"""Holds the examples against one process: `examples/scale/check.py target/release/mailauth`.

A zone stands in for the DNS, so that all three answer from the same facts. With Spark, the lines are the same in the same
order; the pieces of the Job are the same lines, and an interrupted piece is taken up.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
DOMAINS = 60
PIECES = 7


def plain(text):
    """The lines without the time they took."""
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        line["dns"]["elapsed_ms"] = 0
    return lines


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        zone = ["$ORIGIN example.", "$TTL 300"]
        for i in range(DOMAINS):
            zone.append(f"d{i} IN A 5.45.100.10\nd{i} IN MX 10 mail.d{i}\nmail.d{i} IN A 5.45.100.{i + 1}")
            zone.append(f'd{i} IN TXT "v=spf1 ip4:5.45.100.{i + 1} {"-" if i % 3 else "?"}all"')
            if i % 4:
                zone.append(f'_dmarc.d{i} IN TXT "v=DMARC1; p=reject; rua=mailto:a@d{i}.example"')
        (work / "zone").write_text("\n".join(zone) + "\n")
        domains = [f"d{i}.example" for i in range(DOMAINS)]
        (work / "list").write_text("# customers\n" + "\n\n".join(f"{d} # one" for d in domains) + "\n")
        options = ["--zone", str(work / "zone"), "--offline"]
        call = [program, "check", "--domains-file", str(work / "list"), "--format", "ndjson", "--fail-on", "never"]
        one = plain(subprocess.run(call + options, check=True, capture_output=True, text=True).stdout)
        assert [line["domain"] for line in one] == domains

        job = yaml.safe_load((HERE / "job.yaml").read_text())["spec"]
        container = job["template"]["spec"]["containers"][0]
        pieces = {v["name"]: v["value"] for v in container["env"]}["PIECES"]
        assert int(pieces) == job["completions"] and job["completionMode"] == "Indexed"
        command = [part.replace("/scale/", f"{HERE}/").replace("/data/", f"{work}/").replace("domains.txt", "list") for part in container["command"]]
        result = work / "result"
        for turn in range(2):
            for index in range(PIECES):
                env = {**os.environ, "JOB_COMPLETION_INDEX": str(index), "PIECES": str(PIECES), "MAILAUTH": program}
                subprocess.run(command + options, check=True, env=env)
            parts = [part.read_text() for part in sorted(result.glob("part-*"))]
            lines = plain("".join(parts))
            assert len(lines) == DOMAINS and sorted(map(json.dumps, lines)) == sorted(map(json.dumps, one)), turn
            # Killed in the middle of a line: the second turn mends it.
            whole = parts[2]
            (result / "part-00002.ndjson").write_text(whole[: len(whole) // 2])
        print(f"Indexed Job: {DOMAINS} domains in {PIECES} pieces, twice: the same")

        env = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        spark = [shutil.which("spark-submit", path=str(pathlib.Path(sys.executable).parent)) or "spark-submit", "--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1"]
        spark += [str(HERE / "spark.py"), str(work / "list"), str(work / "spark"), "--partitions", "5", "--mailauth", program, "--", *options]
        ran = subprocess.run(spark, env=env, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr[-4000:]
        parts = sorted((work / "spark").glob("part-*"))
        assert len(parts) == 5 and all(part.stat().st_size for part in parts)
        assert plain("".join(part.read_text() for part in parts)) == one
        print(f"Spark: {DOMAINS} domains in 5 partitions: identical")


if __name__ == "__main__":
    main()
