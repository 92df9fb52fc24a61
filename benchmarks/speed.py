"""Time what somebody waits for: the help, and the two articles, each in a fresh process.

Usage: python benchmarks/speed.py [--json] [--scoreboard]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from scoring import ROOT, common_arguments, post, table
from seeds import ARTICLES

RUNS = 5
_RUN = "from tidende.cli import main; main()"


def seconds(arguments: list[str]) -> float:
    """Give the median wall time of a command over a few runs, a first run left out."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _RUN, *arguments], cwd=ROOT, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> int:
    """Time and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    common_arguments(parser)
    options = parser.parse_args()
    read = ["read", "--published", "2019-04-25", *map(str, ARTICLES)]
    timed = {
        "tidende --help": seconds(["--help"]),
        "tidende read, two articles": seconds(read),
        "tidende read --json, two articles": seconds(["read", "--json", *read[1:]]),
    }
    rows = [[name, f"{value:.2f} s"] for name, value in timed.items()]
    body = table(["command", f"median of {RUNS}"], rows)
    print(json.dumps(timed, indent=1) if options.json else body)
    if options.scoreboard:
        post(
            "Speed", f"one machine with {os.cpu_count()} cores, a fresh process each time", body, options.date
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
