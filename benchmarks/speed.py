"""Time what somebody waits for: the help, a first article, both articles; and how much memory reading takes.

Each in a fresh process, which has to load everything.

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
HELP = "help, processor seconds"
FIRST = "first article, processor seconds"
MEMORY = "memory of reading, MiB"
# What the gate holds: machines differ, so this is well above what is promised of an idle one (0.3 and 1.5 s).
LIMITS = {HELP: 1.0, FIRST: 5.0, MEMORY: 600.0}
_RUN = "from tidende.cli import main; main()"
_WATCHED = (
    "import atexit, sys; from memory import peak; "
    "atexit.register(lambda: print('peak', peak(), file=sys.stderr)); " + _RUN
)


def seconds(arguments: list[str]) -> float:
    """Give the median wall time of a command over a few runs, a first run left out."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _RUN, *arguments], cwd=ROOT, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def memory(arguments: list[str]) -> float:
    """Give the most memory in MiB that a command held at once; 0 where the system does not tell."""
    path = os.pathsep.join(filter(None, [str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    )
    return float(done.stderr.rsplit("peak ", 1)[1])


def work(arguments: list[str]) -> float:
    """Give the seconds that processors worked for a command, whatever else the machine does."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        cwd=ROOT,
        env={**os.environ, "TIDENDE_THREADS": "1"},
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def quick() -> dict[str, float]:
    """Give what the gate holds, measured once each, the commands having run before."""
    read = ["read", "--published", "2019-04-25", *map(str, ARTICLES)]
    held = memory(read)
    return {HELP: work(["--help"]), FIRST: work(read[:-1]), MEMORY: held}


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
        "tidende read, one article": seconds(read[:-1]),
        "tidende read, two articles": seconds(read),
        "tidende read --json, two articles": seconds(["read", "--json", *read[1:]]),
    }
    held = memory(read)
    rows = [[name, f"{value:.2f} s"] for name, value in timed.items()]
    rows.append(["memory of tidende read, two articles", f"{held:.0f} MiB"])
    body = table(["command", f"median of {RUNS}"], rows)
    print(json.dumps({**timed, MEMORY: held}, indent=1) if options.json else body)
    if options.scoreboard:
        post(
            "Speed", f"one machine with {os.cpu_count()} cores, a fresh process each time", body, options.date
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
