"""Desks filled in other ways for `scale.py`: by clusters, by clusters that are killed, in PostgreSQL.

What each way has to give is what one process gives in a file: the same stories, and records that are the same
to the last offset.
"""

from __future__ import annotations

import importlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clusters import Machines, local
from scale_rows import ROUND, development, rows, words, written
from scoring import ROOT, Json, table
from tidende.desk import Desk, read_each
from tidende.errors import ClusterError, TidendeError
from tidende.filing.shapes import Read
from tidende.records import Article
from tidende.scale import Limits, add_corpus, connected, read_corpus

EVERY = 20.0  # seconds between two kills of workers
_FAULTY = 2  # articles of a partition while workers are killed: some are finished between two kills
_WARM = 6  # articles for each worker before the clock runs: models and word lists are loaded
_NAMED = 20  # differences that are named
_TRIES = 10  # commands until a corpus must be filed
_RUNS = (  # workers, articles of a partition
    ("one worker", 1, 8),
    ("two workers", 2, 8),
    ("two workers, partitions of 1", 2, 1),
    ("two workers, partitions of 24", 2, 24),
)
_WRONG = ("lost", "twice", "damaged", "different")  # of which there must be none
Add = Callable[[Desk, Path], object]
Held = tuple[dict[str, str], dict[str, Json]]  # the story of each article, the record of each story


def cluster_part(size: int | None, quick: bool) -> Json:
    """Fill desks by clusters of one worker and of two, and one by this process."""
    given = rows(size or (12 if quick else ROUND))
    found: Json = {"articles": len(given), "words": words(given)}
    list(read_each([Article(**row) for row in given[:_WARM]], together=20_000))
    found["one process"], wanted = _timed(given, lambda desk, path: desk.add(path))
    runs = [("one worker", 1, 8), ("two workers", 2, 8)]
    runs += (
        [] if quick else [("two workers, partitions of 1", 2, 1), ("two workers, partitions of 24", 2, 24)]
    )
    for name, workers, together in runs:
        with (
            TemporaryDirectory() as folder,
            local(workers) as cluster,
            connected(cluster.scheduler_address) as client,
        ):
            client.wait_for_workers(workers)
            warm = written(rows(_WARM * workers), Path(folder) / "warm.jsonl")
            list(read_corpus([warm], client, limits=Limits(articles=1)))
            limits = Limits(articles=together)

            def add(desk: Desk, path: Path, client: Any = client, limits: Limits = limits) -> None:
                add_corpus(desk, [path], client, limits=limits)

            found[name], held = _timed(given, add)
            found[name]["different"] = len(differences(wanted, held))
            found[name]["memory, MiB"] = max(client.run(_memory).values())
    return found


def faults_part(size: int | None, quick: bool, every: float = EVERY) -> Json:
    """Fill a desk while a worker is killed every so many seconds, and once the scheduler.

    Workers that were killed are replaced at once. Where the scheduler is killed, when half of the articles
    are filed, the command ends and is given again; so it is where articles were set aside.
    """
    given = rows(size or (ROUND if quick else 4 * ROUND))
    aside: list[str] = []
    counts = {"workers killed": 0, "schedulers killed": 0, "commands": 0}
    with TemporaryDirectory() as name, Machines(Path(name), 2) as machines:
        folder = Path(name)
        path = written(given, folder / "given.jsonl")
        ended, calm = threading.Event(), threading.Lock()

        def kill() -> None:
            while not ended.wait(every):
                with calm:  # not while all is started anew
                    machines.replace_worker(counts["workers killed"])
                counts["workers killed"] += 1
                _say(f"{counts['workers killed']} workers killed")

        def filed(done: Iterator[Read]) -> Iterator[Read]:
            with Desk(folder / "desk.db") as own:
                before = len(own.store.kept())
            for count, one in enumerate(done, before):
                if count >= len(given) // 2 and not counts["schedulers killed"]:
                    counts["schedulers killed"] += 1
                    machines.kill_scheduler()
                    _say(f"scheduler killed, {count} articles filed")
                yield one

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        began = time.perf_counter()
        try:
            with Desk(folder / "desk.db", create=True) as desk:
                while counts["commands"] < _TRIES:
                    counts["commands"] += 1
                    try:
                        with connected(machines.address) as client:
                            errors: list[str] = []
                            told = lambda error: errors.append(str(error))  # noqa: B023, E731
                            limits = Limits(articles=_FAULTY)
                            add_corpus(desk, [path], client, on_error=told, limits=limits, watch=filed)
                        aside += errors
                        if not errors:
                            break
                    except ClusterError as error:
                        _say(str(error))
                        with calm:
                            machines.stop()
                            machines.start()
                seconds = time.perf_counter() - began
                ended.set()
                held = held_by(desk)
                problems = desk.check().problems
        finally:
            ended.set()
            killer.join()
    _say(f"filed in {seconds:.0f} s; now in one process")
    wanted = _timed(given, lambda desk, path: desk.add(path))[1]
    ids = {row["id"] for row in given}
    for line in (different := differences(wanted, held))[:_NAMED] + aside[:_NAMED]:
        _say(line)
    return {
        "articles": len(ids),
        "seconds": seconds,
        **counts,
        "lost": len(ids - held[0].keys()),
        "twice": len(held[0].keys() - ids),
        "set aside and read again": len(aside),
        "damaged": len(problems),
        "records": len(wanted[1]),
        "different": len(different),
    }


def same_part(size: int | None, quick: bool) -> Json:
    """File the development set in both stores, by this process and by a cluster, and compare."""
    given = development(size or (4 if quick else None))
    found: Json = {"articles": len(given), "documents": len({row["id"].rsplit(".", 1)[0] for row in given})}
    alone: Add = lambda desk, path: desk.add(path)  # noqa: E731
    with (
        TemporaryDirectory() as folder,
        local(2) as cluster,
        connected(cluster.scheduler_address) as client,
    ):
        client.wait_for_workers(2)
        fresh = _postgres()

        def shared(desk: Desk, path: Path) -> None:
            add_corpus(desk, [path], client, limits=Limits(articles=5))

        def windows(desk: Desk, path: Path, days: int = 3) -> None:
            add_corpus(desk, [path], client, limits=Limits(articles=5), days=days)

        wide = partial(windows, days=60)
        path = written(given, Path(folder) / "given.jsonl")
        ways: list[tuple[str, str | None, Add]] = [
            ("one process, SQLite", f"{folder}/one.db", alone),
            ("one process, PostgreSQL", fresh(), alone),
            ("two workers, SQLite", f"{folder}/two.db", shared),
            ("two workers, PostgreSQL", fresh(), shared),
            ("two workers, windows of 3 days", f"{folder}/three.db", windows),
            ("two workers, windows of 60 days", f"{folder}/sixty.db", wide),
        ]
        wanted: Held | None = None
        for name, place, add in ways:
            if place is None:
                _say(f"{name}: left out, no PostgreSQL here")
                continue
            with Desk(place, create=True) as desk:
                add(desk, path)
                held = held_by(desk)
            wanted = wanted or held
            different = differences(wanted, held)
            for line in different[:_NAMED]:
                _say(f"{name}: {line}")
            found[name] = {"kept": len(held[0]), "records": len(held[1]), "different": len(different)}
            _say(f"{name}: {found[name]}")
    return found


def speeds(told: Json) -> str:
    """Lay out what `cluster_part` found."""
    head = ["filling a desk", "articles/s", "words/s", "values that differ", "MiB a worker"]
    lines = [
        [
            name,
            f"{row['articles a second']:.2f}",
            f"{row['words a second']:,.0f}",
            *(str(row.get(key, "-")) for key in ("different", "memory, MiB")),
        ]
        for name, row in told.items()
        if isinstance(row, dict)
    ]
    return f"{told['articles']} articles of {told['words']:,} words.\n\n{table(head, lines)}"


def losses(told: Json) -> str:
    """Lay out what `faults_part` found."""
    return table(["faults", ""], [[name, f"{value:.0f}"] for name, value in told.items()])


def sameness(told: Json) -> str:
    """Lay out what `same_part` found."""
    head = ["the development set", "articles kept", "records", "values that differ"]
    lines = [[name, *map(str, row.values())] for name, row in told.items() if isinstance(row, dict)]
    return f"{told['documents']} documents, {told['articles']} articles.\n\n{table(head, lines)}"


def wrong(told: Json) -> bool:
    """Tell whether something was lost, doubled or different in what a part found."""
    rows = [told, *(row for row in told.values() if isinstance(row, dict))]
    return any(
        row.get(name) for row in rows for name in ("lost", "twice", "damaged", "set aside", "different")
    )


def differences(one: Held, other: Held) -> list[str]:
    """Name what differs: articles that one desk has, their stories, and records value by value."""
    found = [f"article {name} is in one desk only" for name in sorted(one[0].keys() ^ other[0].keys())]
    found += [
        f"article {name} is in the stories {one[0][name]} and {other[0][name]}"
        for name in sorted(one[0].keys() & other[0].keys())
        if one[0][name] != other[0][name]
    ]
    for name in sorted(one[1].keys() | other[1].keys()):
        if name not in one[1] or name not in other[1]:
            found.append(f"record {name} is in one desk only")
        else:
            found += _unlike(f"record {name}", one[1][name], other[1][name])
    return found


def _unlike(place: str, one: Any, other: Any) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _unlike(f"{place}.{key}", one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (own, theirs) in enumerate(zip(one, other, strict=True)):
            yield from _unlike(f"{place}[{number}]", own, theirs)
    elif one != other:
        yield f"{place}: {one!r:.100} and {other!r:.100}"


def _memory() -> int:
    """Give what a worker and its process of reading hold, in MiB."""
    import psutil

    worker = psutil.Process()
    return sum(int(one.memory_info().rss) for one in (worker, *worker.children())) >> 20


def held_by(desk: Desk) -> Held:
    """Give what two desks are compared by: the story of each article, and the records."""
    stories = {one.id: one.story for one in desk.store.kept()}
    return stories, {record.id: record.model_dump() for record in desk.records()}


def _timed(given: list[Json], add: Add) -> tuple[Json, Held]:
    """Fill a desk; give what it took, and what it holds then."""
    with TemporaryDirectory() as folder:
        path = written(given, Path(folder) / "given.jsonl")
        with Desk(Path(folder) / "desk.db", create=True, on_error=_tell) as desk:
            began = time.perf_counter()
            add(desk, path)
            seconds = time.perf_counter() - began
            held = held_by(desk)
    return {
        "seconds": seconds,
        "articles a second": len(given) / seconds,
        "words a second": words(given) / seconds,
    }, held


def _postgres() -> Callable[[], str | None]:
    """Give a function that names desks in the server of the tests; None where there is no PostgreSQL."""
    sys.path.append(str(ROOT / "tests"))
    servers = importlib.import_module("servers")
    kinds = servers.here()
    return servers.server(kinds[0]).fresh if kinds else lambda: None


def _tell(error: TidendeError) -> None:
    _say(str(error))


def _say(line: str) -> None:
    print(f"scale: {line}", file=sys.stderr, flush=True)
