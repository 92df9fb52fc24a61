"""Measure at scale: how fast articles are read, what filing costs in small and large desks, and a cluster.

Usage: python benchmarks/scale.py [--part read|desk|cluster|faults|same ...] [--size N] [--every SECONDS]
[--quick] [--json] [--scoreboard]

`read`: `read_each` in processes of their own, with one thread, with two, and as two processes; articles and
words a second, and the memory held. `desk`: the processor seconds of adding an article to desks of 1,000,
10,000 and 100,000 (`scale_desk`). `cluster`: a Dask cluster of one worker and of two against one process, by
the size of partitions. `faults`: a cluster of which a worker is killed every twenty seconds, and once the
scheduler: what is lost, what is there twice, what differs from one process. `same`: the development set filed
by one process and by a cluster, in SQLite and in PostgreSQL: what differs, record by record. Without --part
all are measured. Articles are the NTREX documents of the tests in six languages (`scale_rows`).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import scale_cluster
import scale_desk
from scale_rows import ROUND, rows, words
from scoring import ROOT, Json, common_arguments, post, table
from tidende.desk import Desk
from tidende.records import Article

PARTS = ("read", "desk", "cluster", "faults", "same")
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 4  # in which articles are added to a desk of each size
DAY, LENGTH = 300_000, 400  # articles, words of each
WINDOW = 28  # days that are grouped at once
WINDOWS = "an archive of four years"
GROWTH = "cost at the largest desk against the smallest"
_READ = """
import json, sys, time
from tidende.desk import read_each
from tidende.records import Article
from tidende.rings import look_seldom
from memory import peak
look_seldom()  # as the commands do
articles = [Article.model_validate_json(line) for line in open(sys.argv[1], encoding="utf-8")]
list(read_each(articles[:12]))  # the model and the word lists of all languages are loaded
rounds = []
for _ in range(int(sys.argv[2])):
    began, worked = time.perf_counter(), time.process_time()
    for one in read_each(articles, together=20_000):
        pass
    rounds.append((time.perf_counter() - began, time.process_time() - worked))
print(json.dumps([*sorted(rounds)[len(rounds) // 2], peak()]))
"""


def read_part(quick: bool) -> Json:
    """Read the same articles on one thread, on two, and in two processes: the median of three rounds."""
    given = rows(12 if quick else ROUND)
    found: Json = {"articles": len(given), "words": words(given)}
    with tempfile.TemporaryDirectory() as folder:
        for name, threads, processes in (("one core", 1, 1), ("two threads", 2, 1), ("two processes", 1, 2)):
            files = [_written(Path(folder) / f"{n}.jsonl", given[n::processes]) for n in range(processes)]
            running = [_reading(file, threads, 1 if quick else 3) for file in files]
            told = [json.loads(one.communicate()[0]) for one in running]
            wall = max(one[0] for one in told)
            found[name] = {
                "articles a second": len(given) / wall,
                "words a second": found["words"] / wall,
                "processor seconds an article": sum(one[1] for one in told) / len(given),
                "memory, MiB": sum(one[2] for one in told),
            }
    return found


def _written(path: Path, given: list[Json]) -> Path:
    from tidende.ingest import lay_out

    with path.open("w", encoding="utf-8") as file:
        for row in given:
            title, blocks = lay_out(row["text"], None)
            file.write(Article(**{**row, "title": title, "blocks": blocks}).model_dump_json() + "\n")
    return path


def _reading(path: Path, threads: int, rounds: int) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT / "benchmarks"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "TIDENDE_THREADS": str(threads), "PYTHONPATH": paths}
    return subprocess.Popen(
        [sys.executable, "-c", _READ, str(path), str(rounds)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def desk_part(quick: bool) -> Json:
    """Add to desks of growing size, to each in turn: so a machine that is slow for a while is so for all."""
    found: Json = {}
    sizes = SIZES[: 2 if quick else 3]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        path = Path(folder) / "desk.db"
        filler = scale_desk.Sampler(1)
        desks = {}
        for size in sizes:
            with Desk(path, create=True) as desk:
                filled = scale_desk.fill(desk, size, filler)
            found[str(size)] = {"filling": filled, "bytes": path.stat().st_size}
            copied = shutil.copy(path, path.with_name(f"{size}.db"))
            desks[size] = held.enter_context(Desk(copied))
        rounds: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
        for number in range(1 if quick else ROUNDS):
            for size, desk in desks.items():
                sampler = scale_desk.Sampler(size + 7 + number)
                rounds[size].append(scale_desk.cost(desk, sampler))
    for size, costs_of in rounds.items():
        told = {name: statistics.mean(one[name] for one in costs_of) for name in costs_of[0]}
        found[str(size)] |= told | {"first": costs_of[0]["first"]}
    costs = [found[str(size)]["seconds"] for size in SIZES if str(size) in found]
    found[GROWTH] = costs[-1] / costs[0]
    found[WINDOWS] = scale_desk.archive(400 if quick else 2_000, WINDOW)
    return found


def _bodies(found: Json) -> dict[str, str]:
    """Lay the figures out, by the sections of the scoreboard."""
    parts: dict[str, str] = {}
    if told := found.get("read"):
        names = ("one core", "two threads", "two processes")
        head = ["reading", "articles/s", "words/s", "processor s an article", "memory, MiB"]
        lines = [
            [name, *(f"{value:.3g}" if value < 100 else f"{value:,.0f}" for value in told[name].values())]
            for name in names
        ]
        parts["reading"] = table(head, lines)
    if told := found.get("desk"):
        head = [
            "articles in the desk",
            "ms to add one (processor)",
            "clock",
            "first after opening",
            "MiB",
            "pairs joined, %",
        ]
        lines = [
            [
                f"{int(size):,}",
                *(f"{1000 * row[k]:.1f}" for k in ("seconds", "wall", "first")),
                f"{row['bytes'] / 2**20:,.0f}",
                f"{100 * row['joined']:.0f}",
            ]
            for size, row in told.items()
            if size.isdigit()
        ]
        parts["filing"] = table(head, lines) + f"\n\nThe {GROWTH}: {told[GROWTH]:.2f}."
        costs = {name: value for name, value in told[WINDOWS].items() if name != "different"}
        parts["filing by windows"] = (
            table(
                [f"{WINDOWS}, windows of {WINDOW} days", "ms an article (processor)"],
                [[name, f"{1000 * value:.1f}"] for name, value in costs.items()],
            )
            + f"\n\nArticles in another story: {told[WINDOWS]['different']:.0f}."
        )
    if told := found.get("cluster"):
        parts["a cluster"] = scale_cluster.speeds(told)
    if told := found.get("faults"):
        parts["faults"] = scale_cluster.losses(told)
    if told := found.get("same"):
        parts["the same records"] = scale_cluster.sameness(told)
    if "read" in found and "desk" in found:
        parts["a day of world news"] = table([f"{DAY:,} articles", "sum", "result"], day(found))
    return parts


def day(found: Json) -> list[list[str]]:
    """Compute what a day of world news needs from what was measured: rows of what, sum and result.

    docs/explanation/scale.md explains them.
    """
    one = found["read"]["one core"]
    own = found["read"]["words"] / found["read"]["articles"]
    reading = one["processor seconds an article"] * LENGTH / own
    largest = max(int(size) for size in found["desk"] if size.isdigit())
    filing = found["desk"][str(largest)]["seconds"]
    size = found["desk"][str(largest)]["bytes"] / largest
    read, filed = DAY * reading, DAY * filing
    measured = f"{one['processor seconds an article']:.3f} s x {LENGTH} / {own:.0f} words"
    return [
        [f"reading {LENGTH} words", measured, f"{reading:.3f} s"],
        ["reading, in all", f"{DAY:,} x {reading:.3f} s", f"{read / 3600:.1f} hours of a processor"],
        ["cores that read as fast as news comes", f"{read:,.0f} s / 86,400 s", f"{math.ceil(read / 86400)}"],
        ["cores that read the day within an hour", f"{read:,.0f} s / 3,600 s", f"{math.ceil(read / 3600)}"],
        ["filing, in one process", f"{DAY:,} x {filing:.3f} s", f"{filed / 3600:.1f} hours"],
        ["workers that it keeps up with", f"{reading:.3f} s / {filing:.3f} s", f"{reading / filing:.0f}"],
        ["memory of a process that reads", "", f"{one['memory, MiB'] / 1024:.1f} GiB"],
        ["disk, short articles", f"{DAY:,} x {size / 1000:.0f} kB", f"{DAY * size / 10**9:.1f} GB"],
    ]


def main() -> int:
    """Measure the parts asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="measure this part (may be given again)"
    )
    parser.add_argument("--size", type=int, help="articles of `cluster` and `faults`, documents of `same`")
    parser.add_argument(
        "--every",
        type=float,
        default=scale_cluster.EVERY,
        help="seconds between two kills (busy machine: more)",
    )
    parser.add_argument("--quick", action="store_true", help="fewer articles, and no desk of 100,000")
    common_arguments(parser)
    options = parser.parse_args()
    quick, size = options.quick, options.size
    # ended from outside, it ends what it started, too
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    measures: dict[str, Callable[[], Json]] = {
        "read": lambda: read_part(quick),
        "desk": lambda: desk_part(quick),
        "cluster": lambda: scale_cluster.cluster_part(size, quick),
        "faults": lambda: scale_cluster.faults_part(size, quick, options.every),
        "same": lambda: scale_cluster.same_part(size, quick),
    }
    found: Json = {}
    for part in options.part or PARTS:
        began = time.perf_counter()
        found[part] = measures[part]()
        print(f"scale: {part} took {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    bodies = _bodies(found)
    print(json.dumps(found, indent=1) if options.json else "\n\n".join(bodies.values()))
    if options.scoreboard:
        for name, body in bodies.items():
            post(f"Many articles: {name}", f"one machine with {os.cpu_count()} cores", body, options.date)
    return int(any(scale_cluster.wrong(found[part]) for part in found))


if __name__ == "__main__":
    raise SystemExit(main())
