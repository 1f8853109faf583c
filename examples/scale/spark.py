#!/usr/bin/env python3
"""Checks the domains of a list with Apache Spark: one `mailauth` process a partition.

    spark-submit examples/scale/spark.py customers.txt result/ -- --resolver 10.0.0.53 --concurrency 64

What follows `--` goes to `mailauth check`. The result is a folder of ndjson files, one a partition, in the order of the
list: `cat result/part-*` is what one process would have printed.
"""
import argparse
import os
import re
import shlex
import sys

from pyspark.sql import SparkSession

# With --fail-on never, findings are no failure of the run. What is one fails the task, and Spark tries it again.
CHECK = ["check", "-", "--format", "ndjson", "--fail-on", "never"]
# A line that is none would fail its task each time.
DOMAIN = re.compile(r"[^][./:@\"\s]+(\.[^][./:@\"\s]+)+\.?")


def main():
    own, options = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, options = own[:at], own[at + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("domains", help="a file or folder of domains, one a line; whatever Spark can read")
    parser.add_argument("result", help="the folder to make")
    parser.add_argument("--partitions", type=int, default=0, help="how many pieces; default: one for 10,000 domains")
    parser.add_argument("--mailauth", default=os.environ.get("MAILAUTH", "mailauth"), help="the program on the workers")
    args = parser.parse_args(own)

    spark = SparkSession.builder.appName("mailauth").getOrCreate()
    context = spark.sparkContext
    domains = context.textFile(args.domains)
    domains = domains.map(lambda line: line.split("#")[0].strip()).filter(bool)
    lines = domains.count()
    domains = domains.filter(lambda line: len(line) <= 253 and DOMAIN.fullmatch(line))
    count = domains.count()
    pieces = args.partitions or max(1, -(-count // 10_000))
    size = max(1, -(-count // pieces))
    # Equal pieces, in the order of the list.
    ordered = domains.zipWithIndex().map(lambda pair: (pair[1] // size, (pair[1] % size, pair[0])))
    ordered = ordered.partitionBy(pieces, lambda piece: piece)
    ordered = ordered.mapPartitions(lambda pairs: (domain for _, (_, domain) in sorted(pairs, key=lambda p: p[1][0])))
    checked = ordered.pipe(shlex.join([args.mailauth, *CHECK, *options]), checkCode=True)
    checked.saveAsTextFile(args.result)
    print(f"{count} domains in {pieces} partitions; {lines - count} lines that are no domain left out", file=sys.stderr)
    spark.stop()


if __name__ == "__main__":
    main()
