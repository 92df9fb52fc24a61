"""Measure at scale: how fast articles are read, what filing costs in small and large desks, and a cluster.

Usage: python benchmarks/scale.py [--part read|desk|cluster|faults ...] [--quick] [--json] [--scoreboard]

`read`: `read_each` in processes of their own, with one thread, with two, and as two processes; articles and
words a second, and the memory held. `desk`: the processor seconds of adding an article to desks of 1,000,
10,000 and 100,000 (`scale_desk`). `cluster`: a Dask cluster of one worker and of two against one process, by
the size of partitions. `faults`: the same with a worker killed every twenty seconds. Without --part all are
measured. Articles are the NTREX documents of the tests in six languages.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ntrex_rules
import scale_desk
from scoring import ROOT, Json, common_arguments, post, table
from tidende.desk import Desk
from tidende.records import Article

PARTS = ("read", "desk", "cluster", "faults")
SIZES = (1_000, 10_000, 100_000)
ROUND = 72  # articles: twelve documents in six languages
DAY, LENGTH = 300_000, 400  # articles, words of each
EVERY = 20.0  # seconds between two kills
GROWTH = "cost at the largest desk against the smallest"
_READ = """
import json, sys, time
from tidende.desk import read_each
from tidende.records import Article
from memory import peak
articles = [Article.model_validate_json(line) for line in open(sys.argv[1], encoding="utf-8")]
list(read_each(articles[:12]))  # the model and the word lists of all languages are loaded
began, worked = time.perf_counter(), time.process_time()
for one in read_each(articles, together=20_000):
    pass
print(json.dumps([time.perf_counter() - began, time.process_time() - worked, peak()]))
"""


def rows(count: int) -> list[Json]:
    """Give so many articles as JSON lines, different ones: further rounds add a line to each text."""
    data = ntrex_rules.load(ROOT / "tests" / "data" / "ntrex")
    own = [
        {**data.article(language, document), "language": language, "id": f"{document}.{language}"}
        for document in data.documents()
        for language in data.texts
    ]
    found = []
    for number in range(count):
        row = dict(own[number % len(own)])
        if number >= len(own):
            row["id"] = f"{row['id']}.{number // len(own)}"
            row["text"] = f"{row['text']}\n{row['id']}"
        found.append(row)
    return found


def words(articles: Iterable[Json]) -> int:
    """Count words as print does."""
    return sum(len(row["text"].split()) for row in articles)


def read_part(quick: bool) -> Json:
    """Read the same articles on one thread, on two, and in two processes."""
    given = rows(12 if quick else ROUND)
    found: Json = {"articles": len(given), "words": words(given)}
    with tempfile.TemporaryDirectory() as folder:
        for name, threads, processes in (("one core", 1, 1), ("two threads", 2, 1), ("two processes", 1, 2)):
            files = [_written(Path(folder) / f"{n}.jsonl", given[n::processes]) for n in range(processes)]
            running = [_reading(file, threads) for file in files]
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


def _reading(path: Path, threads: int) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT / "benchmarks"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "TIDENDE_THREADS": str(threads), "PYTHONPATH": paths}
    return subprocess.Popen(
        [sys.executable, "-c", _READ, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    )


def desk_part(quick: bool) -> Json:
    """Add to desks of growing size."""
    found: Json = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        filler = scale_desk.Sampler(1)
        for size in SIZES[: 2 if quick else 3]:
            with Desk(path, create=True) as desk:
                filled = scale_desk.fill(desk, size, filler)
            with Desk(path) as desk:
                found[str(size)] = scale_desk.cost(desk, scale_desk.Sampler(size + 7))
            found[str(size)] |= {"filling": filled, "bytes": path.stat().st_size}
    costs = [found[str(size)]["seconds"] for size in SIZES if str(size) in found]
    found[GROWTH] = costs[-1] / costs[0]
    return found


def cluster_part(quick: bool) -> Json:
    """Fill desks by clusters, and one by this process."""
    given = rows(12 if quick else ROUND)
    found: Json = {}
    wanted: dict[str, str] = {}

    def one_process(desk: Desk, path: Path) -> None:
        desk.add(path)

    runs: list[tuple[str, int, int]] = [("one worker", 1, 8), ("two workers", 2, 8)]
    runs += (
        [] if quick else [("two workers, partitions of 1", 2, 1), ("two workers, partitions of 24", 2, 24)]
    )
    found["one process"], wanted = _timed(given, one_process)
    for name, workers, size in runs:
        with _cluster(workers) as client:
            from tidende.scale import Limits, add_corpus, read_corpus

            list(
                read_corpus([_jsonl(rows(2 * workers))], client, limits=Limits(articles=1))
            )  # models are loaded

            def on_cluster(desk: Desk, path: Path, client: Any = client, size: int = size) -> None:
                add_corpus(desk, [path], client, limits=Limits(articles=size))

            found[name], stories = _timed(given, on_cluster)
            found[name]["same stories as one process"] = stories == wanted
    return found


def faults_part(quick: bool) -> Json:
    """Fill a desk while workers are killed, one every `EVERY` seconds."""
    given = rows(ROUND if quick else 4 * ROUND)
    killed: list[int] = []
    errors: list[str] = []
    with _cluster(2) as client, tempfile.TemporaryDirectory() as folder:
        from tidende.scale import Limits, add_corpus

        ended = threading.Event()

        def kill() -> None:
            while not ended.wait(5.0 if quick else EVERY):
                told = client.run(os.getpid, on_error="return")
                alive = sorted(pid for pid in told.values() if isinstance(pid, int) and pid not in killed)
                if alive:
                    killed.append(alive[len(killed) % len(alive)])
                    os.kill(killed[-1], 9)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        began = time.perf_counter()
        with Desk(Path(folder) / "desk.db", create=True) as desk:
            told = lambda error: errors.append(str(error))  # noqa: E731
            added = add_corpus(desk, [_jsonl(given)], client, on_error=told, limits=Limits(articles=2))
            seconds = time.perf_counter() - began
            ended.set()
            killer.join()
            kept = {one.id for one in desk.store.kept()}
        ids = [row["id"] for row in given]
        return {
            "articles": len(ids),
            "seconds": seconds,
            "workers killed": len(killed),
            "lost": len(set(ids) - kept),
            "twice": len(added.new) - len(set(added.new)) + len(kept - set(ids)),
            "set aside": len(errors),
        }


@contextmanager
def _cluster(workers: int) -> Iterator[Any]:
    import dask
    from dask.distributed import LocalCluster

    from tidende.scale import connected

    path = os.pathsep.join(filter(None, sys.path))
    with (
        dask.config.set({"distributed.worker.daemon": True}),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            silence_logs=50,
            env={"PYTHONPATH": path},
        ) as cluster,
        connected(cluster.scheduler_address) as client,
    ):
        client.wait_for_workers(workers)
        yield client


def _jsonl(given: list[Json]) -> Path:
    path = ROOT / "build" / "scale.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given), encoding="utf-8")
    return path


def _timed(given: list[Json], add: Callable[[Desk, Path], None]) -> tuple[Json, dict[str, str]]:
    """Fill a desk; give what it took, and the story of each article."""
    path = _jsonl(given)
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "desk.db", create=True) as desk:
        began = time.perf_counter()
        add(desk, path)
        seconds = time.perf_counter() - began
        stories = {one.id: one.story for one in desk.store.kept()}
    return {
        "articles a second": len(given) / seconds,
        "words a second": words(given) / seconds,
        "kept": len(stories),
    }, stories


def _body(found: Json) -> str:
    """Lay the figures out."""
    parts: list[str] = []
    if told := found.get("read"):
        names = ("one core", "two threads", "two processes")
        head = ["reading", "articles/s", "words/s", "processor s an article", "memory, MiB"]
        lines = [
            [name, *(f"{value:.3g}" if value < 100 else f"{value:,.0f}" for value in told[name].values())]
            for name in names
        ]
        parts.append(table(head, lines))
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
            if size != GROWTH
        ]
        parts.append(table(head, lines) + f"\n\nThe {GROWTH}: {told[GROWTH]:.2f}.")
    if told := found.get("cluster"):
        head = ["filling a desk", "articles/s", "words/s", "the same stories"]
        lines = [
            [
                name,
                f"{row['articles a second']:.2f}",
                f"{row['words a second']:,.0f}",
                {True: "yes", False: "NO"}.get(row.get("same stories as one process", ""), "-"),
            ]
            for name, row in told.items()
        ]
        parts.append(table(head, lines))
    if told := found.get("faults"):
        parts.append(table(list(told), [[f"{value:.0f}" for value in told.values()]]))
    if "read" in found and "desk" in found:
        parts.append(table(["a day of world news", ""], [[name, told] for name, told in day(found).items()]))
    return "\n\n".join(parts)


def day(found: Json) -> dict[str, str]:
    """Compute what a day of world news needs from what was measured (docs/explanation/scale.md)."""
    one = found["read"]["one core"]
    own = found["read"]["words"] / found["read"]["articles"]
    reading = one["processor seconds an article"] * LENGTH / own
    largest = max(int(size) for size in found["desk"] if size != GROWTH)
    filing = found["desk"][str(largest)]["seconds"]
    size = found["desk"][str(largest)]["bytes"] / largest
    return {
        f"articles of {LENGTH} words": f"{DAY:,}",
        "processor hours to read them": f"{DAY * reading / 3600:.1f}",
        "cores that read them in a day": f"{math.ceil(DAY * reading / 86400)}",
        "cores that read them in an hour": f"{math.ceil(DAY * reading / 3600)}",
        "hours to file them, one process": f"{DAY * filing / 3600:.1f}",
        "workers that one filing process keeps up with": f"{reading / filing:.0f}",
        "disk, GiB": f"{DAY * size / 2**30:.1f}",
    }


def main() -> int:
    """Measure the parts asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--part", choices=PARTS, action="append", help="measure this part (may be given again)"
    )
    parser.add_argument("--quick", action="store_true", help="fewer articles, and no desk of 100,000")
    common_arguments(parser)
    options = parser.parse_args()
    measures = {"read": read_part, "desk": desk_part, "cluster": cluster_part, "faults": faults_part}
    found = {}
    for part in options.part or PARTS:
        began = time.perf_counter()
        found[part] = measures[part](options.quick)
        print(f"scale: {part} took {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    body = _body(found)
    print(json.dumps(found, indent=1) if options.json else body)
    if options.scoreboard:
        post("Many articles", f"one machine with {os.cpu_count()} cores", body, options.date)
    faults = found.get("faults", {})
    return int(bool(faults.get("lost") or faults.get("twice")))


if __name__ == "__main__":
    raise SystemExit(main())
