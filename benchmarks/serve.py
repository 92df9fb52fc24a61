"""Load the page as fifty readers would, on a desk of ten thousand stories, and tell how long they wait.

Usage: python benchmarks/serve.py [--stories 10000] [--readers 50] [--seconds 30] [--desk FILE] [--fresh]
       [--json] [--scoreboard]

The stories are the two articles of `examples/` and the twelve documents of `tests/data/ntrex`, read once and
then varied: names, ids, words and days of each are its own, its places in the text are not. Nothing is read
while the clock runs. `tidende serve` is a process of its own; every reader asks for a page each two seconds.
Readers and server share the processors of one machine. The desk is kept (`build/serve.db`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import ntrex_rules
from scoring import ROOT, common_arguments, post, table
from tidende.desk import Desk
from tidende.filing.corrected import People
from tidende.filing.file import prepare
from tidende.filing.make import basis
from tidende.filing.version import reader
from tidende.ingest import load
from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Reading, Record
from tidende.store import Filing, KeptRecord
from tidende.stories import reconcile

DATA = ROOT / "tests" / "data" / "ntrex"
TOLD_IN = (("da",), ("nb",), ("en",), ("sv", "de"), ("da", "nb", "sv", "en"))  # languages of one story
EVERY = 2.0  # seconds from one page to the next of a reader
MIX = {"story": 60, "search": 30, "front": 10}  # of a hundred pages
ONE_BY_ONE = 60  # pages of a kind that are asked for alone, to tell the processor time of one
AIM = 200  # milliseconds in which nineteen of twenty pages should be there
_BATCH = 250
_WORD = re.compile(r"[^\W\d_]{4,}")
_DAY = re.compile(r"\b(20\d\d|19\d\d)-(\d\d)-(\d\d)")
_TURNED = str.maketrans("bcdfghjklmnpqrstvwxz", "cdfghjklmnpqrstvwxzb")
_HEADER = re.compile(rb"content-length: (\d+)", re.IGNORECASE)

# --- a desk --------------------------------------------------------------------------------------


def templates() -> Iterator[tuple[list[Filing], Record]]:
    """Read the stories that all others are made of, each with its record."""
    from tempfile import TemporaryDirectory

    data = ntrex_rules.load(DATA)
    languages = sorted({one for row in TOLD_IN for one in row})
    rows = [(document, language) for document in data.documents() for language in languages]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        told = ({**data.article(code, name), "id": f"{name}.{code}"} for name, code in rows)
        path.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
        articles = load([path]).articles
    seeds = load(sorted((ROOT / "examples" / "vladivostok").glob("*.txt")), published="2019-04-25").articles
    model = load_model()
    read = {one.id: read_article(one, model) for one in (*articles, *seeds)}
    stories = [[f"{name}.{code}" for code in codes] for name in data.documents() for codes in TOLD_IN]
    for story in [*stories, [one.id for one in seeds]]:
        readings = [read[one] for one in story]
        yield [_filing(one) for one in readings], reconcile(readings)


def _filing(reading: Reading) -> Filing:
    from tidende.filing.compared import vectors_of

    return prepare(reading.article, reading, reading.article.id, reader(), vectors_of([reading])[0])


class Variant:
    """Tell one story as another: other people, other ids, other days, in texts of the same length."""

    def __init__(self, record: Record, number: int, turn: int) -> None:
        people = [one for one in record.entities if one.named and one.type in ("person", "organisation")]
        words = {
            word
            for one in people
            for own in one.names.values()
            for form in own
            for word in _WORD.findall(form)
        }
        self.number = number
        self._turn = turn
        self._words = re.compile(rf"(?:(?<=\\n)|\b)({_any(words)})")  # JSON writes a line's end as \n
        known = [one.id for one in people] if turn else []
        self._ids = re.compile(rf"({_any(known)})(?!\w)")
        self._articles = {one.id: f"{number}.{one.id}" for one in record.articles}
        self._days = timedelta(days=number % 3000)

    def told(self, text: str) -> str:
        """Tell JSON of a record or a reading otherwise."""
        for old, new in self._articles.items():
            text = text.replace(json.dumps(old, ensure_ascii=False), json.dumps(new, ensure_ascii=False))
        text = self._words.sub(self._turned, text) if self._turn else text
        text = self._ids.sub(rf"\g<1>{self._turn:03}", text)
        return _DAY.sub(self._moved, text)

    def _turned(self, match: re.Match[str]) -> str:
        word = match.group()
        place = 1 + self._turn % (len(word) - 1)
        for _ in range(1 + self._turn // (len(word) - 1)):
            word = word[:place] + word[place:].translate(_TURNED)
        return word

    def _moved(self, match: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(match.group()) - self._days).isoformat()
        except ValueError:
            return match.group()


def _any(forms: Iterable[str]) -> str:
    """Match any of these, the longest first; nothing where there is none."""
    return "|".join(sorted(map(re.escape, forms), key=lambda one: (-len(one), one))) or r"(?!)"


def fill(path: Path, stories: int) -> None:
    """Make a desk of so many stories."""
    made = list(templates())
    draw = random.Random(13)
    with Desk(path, create=True) as desk:
        for first in range(0, stories, _BATCH):
            with desk.store.writing():
                for number in range(first, min(first + _BATCH, stories)):
                    filings, record = made[number % len(made)]
                    _keep(desk, Variant(record, number, number // len(made)), filings, record, draw)
            print(f"serve: {min(first + _BATCH, stories)} stories", file=sys.stderr)


def _keep(
    desk: Desk, variant: Variant, filings: Sequence[Filing], record: Record, draw: random.Random
) -> None:
    """Keep a variant with its articles as if they had been grouped and reconciled."""
    import numpy as np

    story = f"story:{sha256(str(variant.number).encode()).hexdigest()[:12]}"
    for filing in filings:
        reading = Reading.model_validate_json(variant.told(filing.reading.model_dump_json()))
        mark = sha256(f"{variant.number} {reading.article.id}".encode()).hexdigest()
        noise = np.random.default_rng(draw.randrange(2**32)).normal(0, 0.03, len(filing.vector) // 4)
        vector = (np.frombuffer(filing.vector, dtype="<f4") + noise).astype("<f4")
        desk.store.put(
            replace(
                filing,
                source=reading.article,
                reading=reading,
                given=reading.article.id,
                fingerprint=mark,
                digest=mark,
                day=date.fromisoformat((reading.article.published or "2019-01-01")[:10]).toordinal(),
                ties=(f"text:{mark}",),
                names=(story,),
                mentions={
                    one.id: tuple({form: 0 for own in one.names.values() for form in own})
                    if one.named
                    else ()
                    for one in reading.entities
                },
                vector=(vector / np.linalg.norm(vector)).astype("<f4").tobytes(),
            )
        )
        desk.store.assign({story: [*(one.id for one in desk.store.members([story])), reading.article.id]})
    kept = desk.store.members([story])
    told = Record.model_validate_json(variant.told(record.model_dump_json())).model_copy(update={"id": story})
    known = KeptRecord(basis(kept, People()), told.title, told.summary, told.model_dump_json())
    desk.store.keep_record(story, known)


# --- a server and its readers --------------------------------------------------------------------


@contextmanager
def serving(desk: Path) -> Iterator[tuple[int, int]]:
    """Run `tidende serve` in a process of its own; give its port and its number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["serve", "--desk", str(desk), "--port", str(port)]
    process = subprocess.Popen([sys.executable, "-m", "tidende.cli", *command], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            time.sleep(0.1)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit(f"serve: ended with {process.returncode}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def busy(pid: int) -> float:
    """Give the processor seconds of a process (Linux; elsewhere 0)."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


class Reader:
    """One who reads: a connection that stays open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._way: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str) -> tuple[float, int, int]:
        """Ask for a page; give seconds, status and bytes."""
        started = time.perf_counter()
        if self._way is None:
            self._way = await asyncio.open_connection("127.0.0.1", self._port, limit=2**22)
        back, to = self._way
        to.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{self._port}\r\n\r\n".encode())
        head = await back.readuntil(b"\r\n\r\n")
        length = _HEADER.search(head)
        body = await back.readexactly(int(length.group(1)) if length else 0)
        return time.perf_counter() - started, int(head.split(b" ", 2)[1]), len(body)

    async def leave(self) -> None:
        """Close the connection."""
        if self._way is not None:
            self._way[1].close()


def pages(desk: Path, draw: random.Random) -> dict[str, list[str]]:
    """Give addresses of each kind of page."""
    with Desk(desk) as open_desk:
        ids = [one.id for one in draw.sample(open_desk.stories(), 2000)]
        names, words = [], []
        for record in open_desk.records(ids[:150]):
            names += [one.name for one in record.entities if one.named]
            words += _WORD.findall(record.articles[0].text)
    asked = [*draw.sample(names, 200), *(" ".join(draw.sample(words, 2)) for _ in range(200))]
    asked += [f"What did {one} say?" for one in draw.sample(names, 50)]
    front = ["/", "/?lang=da", "/?kind=CONSULT", "/?told_in=sv&lang=nb", "/?page=7"]
    return {
        "story": [f"/story/{quote(one)}" for one in ids],
        "search": [f"/search?q={quote(one)}" for one in asked],
        "front": front,
    }


async def load_with(
    port: int, chosen: dict[str, list[str]], readers: int, seconds: float
) -> dict[str, list[tuple[float, int, int]]]:
    """Let readers ask for pages; give what each kind took."""
    told: dict[str, list[tuple[float, int, int]]] = {kind: [] for kind in chosen}

    async def read(number: int) -> None:
        draw, reader_ = random.Random(number), Reader(port)
        await asyncio.sleep(EVERY * number / readers)
        ends = time.perf_counter() + seconds
        while (started := time.perf_counter()) < ends:
            (kind,) = draw.choices(list(MIX), list(MIX.values()))
            told[kind].append(await reader_.ask(draw.choice(chosen[kind])))
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - started)))
        await reader_.leave()

    await asyncio.gather(*(read(number) for number in range(readers)))
    return told


async def alone(port: int, pid: int, paths: Sequence[str]) -> tuple[float, float]:
    """Ask for pages one after the other; give the median milliseconds, and those of the processor a page."""
    reader_, times = Reader(port), []
    before = busy(pid)
    for path in paths:
        times.append((await reader_.ask(path))[0])
    spent = busy(pid) - before
    await reader_.leave()
    return 1000 * statistics.median(times), 1000 * spent / len(paths)


def measured(desk: Path, readers: int, seconds: float) -> dict[str, dict[str, float]]:
    """Serve a desk and load it; give the figures of each kind of page, and of all."""
    draw = random.Random(7)
    chosen = pages(desk, draw)
    figures: dict[str, dict[str, float]] = {}
    with serving(desk) as (port, pid):
        started = time.perf_counter()
        asyncio.run(alone(port, pid, ["/"]))
        print(f"serve: the first page after {time.perf_counter() - started:.1f} s", file=sys.stderr)
        singles = {}
        for kind, paths in chosen.items():
            asyncio.run(alone(port, pid, draw.sample(paths, min(5, len(paths)))))  # what is made once is made
            singles[kind] = asyncio.run(alone(port, pid, draw.choices(paths, k=ONE_BY_ONE)))
        before = busy(pid)
        told = asyncio.run(load_with(port, chosen, readers, seconds))
        spent = busy(pid) - before
    everything = [one for own in told.values() for one in own]
    for kind, own in {**told, "all": everything}.items():
        times = sorted(1000 * one[0] for one in own)
        figures[kind] = {
            "pages": len(own),
            "failed": sum(one[1] != 200 for one in own),
            "p50": times[len(times) // 2],
            "p95": times[int(len(times) * 0.95)],
            "most": times[-1],
            "kB": statistics.mean(one[2] for one in own) / 1000,
        }
        if kind in singles:
            figures[kind] |= {"alone": singles[kind][0], "processor": singles[kind][1]}
    figures["all"]["processor"] = 1000 * spent / len(everything)
    return figures


def _cell(row: dict[str, float], key: str) -> str:
    return f"{row[key]:.1f}" if key == "processor" else f"{row[key]:.0f}" if key in row else ""


def main() -> int:
    """Fill a desk where there is none, serve it, and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--desk", type=Path, default=ROOT / "build" / "serve.db")
    parser.add_argument("--fresh", action="store_true", help="make the desk anew")
    common_arguments(parser)
    options = parser.parse_args()
    if options.fresh:
        for old in options.desk.parent.glob(f"{options.desk.name}*"):
            old.unlink()
    if not options.desk.exists():
        options.desk.parent.mkdir(exist_ok=True)
        fill(options.desk, options.stories)
    figures = measured(options.desk, options.readers, options.seconds)
    head = ["page", "pages", "p50 ms", "p95 ms", "most ms", "failed", "kB", "alone ms", "processor ms"]
    keys = ("pages", "p50", "p95", "most", "failed", "kB", "alone", "processor")
    rows = [[kind, *(_cell(row, key) for key in keys)] for kind, row in figures.items()]
    body = table(head, rows)
    print(json.dumps(figures, indent=1) if options.json else body)
    if options.scoreboard:
        where = f"{options.stories} stories, {options.readers} readers, a page each {EVERY:.0f} s"
        post("Pages under load", where, body, options.date)
    worst = max(figures["story"]["p95"], figures["search"]["p95"])
    return int(worst >= AIM or bool(figures["all"]["failed"]))


if __name__ == "__main__":
    raise SystemExit(main())
