"""Desks of any size for `scale.py`: ready-made readings with sampled words and vectors, nothing is encoded.

The readings are those of the twelve NTREX documents of the tests in six languages, cut to their first
paragraphs and read by rules once. Each of six hundred sampled texts has their longer words exchanged for
others of the same length, so that offsets hold. A story takes a text and a centre near one of two hundred
topics; its reports lie around that, in thirty days: the window in which a new article is compared holds most
of a desk of any size.
"""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import ntrex_rules
from scoring import ROOT
from tidende.desk import Desk
from tidende.filing.compared import grouped, signed
from tidende.filing.file import file_part, fingerprint, prepare, readdressed
from tidende.filing.shapes import Added, Due, Part, Read
from tidende.filing.version import reader
from tidende.ingest import lay_out
from tidende.reading import read_article
from tidende.records import Article, Reading
from tidende.store import Filing
from tidende.stories.embed import projected
from tidende.stories.signature import Signature, signature, text_digest
from tidende.stories.signs import Sign

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

DAYS = 30
ARCHIVE = 1_500  # days of an archive of four years
ADDED = 100  # articles that are timed at each size
TEXTS = 600
_AT_ONCE = 5_000  # articles in one transaction
_FIRST = date(2018, 9, 1)
_TOPICS, _WIDTH = 200, 384
_SIZES = (1, 1, 1, 1, 2, 2, 3, 5, 9, 20)  # reports of a story
_CHARACTERS = 900
_WORD = re.compile(r"[^\W\d_]{5,}")
_PRINTED = frozenset({"text", "title", "name", "names", "speaker_text"})


@dataclass(frozen=True)
class Base:
    """One sampled text, and what it is compared by."""

    number: int
    reading: Reading
    signature: Signature


@dataclass(frozen=True)
class Report:
    """One article of a sampled story."""

    base: Base
    story: int
    article: Article
    vector: Vector

    @property
    def bytes(self) -> bytes:
        """Give the vector as a desk keeps it."""
        return self.vector.astype("<f4").tobytes()

    def reading(self) -> Reading:
        """Give the reading, under the article's own id."""
        own = self.article.model_copy(update={"id": self.base.reading.article.id})
        reading = self.base.reading.model_copy(update={"article": own})
        return readdressed(reading, self.article.id)


class Sampler:
    """Sample stories of so many days, the same for a seed."""

    def __init__(self, seed: int, days: int = DAYS) -> None:
        import numpy as np

        self._seed = seed
        self._days = days
        self._number = 0
        self._stories = 0
        self._draw = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self._topics = _unit(np.random.default_rng(1).standard_normal((_TOPICS, _WIDTH)))

    def story(self, size: int | None = None) -> list[Report]:
        """Sample the reports of one story."""
        self._stories += 1
        base = texts()[self._draw.randrange(TEXTS)]
        topic = self._topics[self._draw.randrange(_TOPICS)]
        centre = _unit(0.5 * topic + 0.87 * _unit(self._noise.standard_normal(_WIDTH)))
        day = self._draw.randrange(self._days)
        found = []
        for _ in range(size or self._draw.choice(_SIZES)):
            vector = _unit(0.85 * centre + 0.53 * _unit(self._noise.standard_normal(_WIDTH)))
            published = _FIRST + timedelta(days=min(self._days - 1, day + self._draw.randrange(3)))
            self._number += 1
            name = f"{self._seed}-{self._number}"
            article = base.reading.article.model_copy(
                update={
                    "id": name,
                    "text": f"{base.reading.article.text} {name}",
                    "published": published.isoformat(),
                    "url": f"https://news.example/{name}",
                }
            )
            found.append(Report(base, self._stories, article, vector))
        return found


def fill(desk: Desk, size: int, sampler: Sampler) -> float:
    """Bring a desk to a size in few transactions, without looking for neighbours; give the seconds.

    What stands in the tables then is what filing one by one would have put there.
    """
    began = time.process_time()
    held = len(desk.store.marks())
    while held < size:
        held += _fill(desk, min(size - held, _AT_ONCE), sampler)
    return time.process_time() - began


def _fill(desk: Desk, size: int, sampler: Sampler) -> int:
    held = 0
    with desk.store.writing():
        while held < size:
            filings = _filings(sampler.story()[: size - held])
            first = min(filings, key=lambda one: (one.source.published or "", one.digest, one.id))
            for number, filing in enumerate(filings):
                desk.store.put(filing)
                desk.store.link(filing.id, [one.id for one in filings[:number]])
            desk.store.assign({first.names[0]: [one.id for one in filings]})
            held += len(filings)
    return held


def cost(desk: Desk, sampler: Sampler) -> dict[str, float]:
    """Time the adding of articles one by one, two of each of their stories.

    `seconds` are the processor's an article, `wall` those of the clock, `first` what the first took (it loads
    what adding needs), `joined` the share of stories that were put together.
    """
    given = [report for _ in range(ADDED // 2) for report in sampler.story(2)]
    readings = [report.reading() for report in given]
    seconds, walls = [], []
    for report, reading in zip(given, readings, strict=True):
        began, wall = time.process_time(), time.perf_counter()
        added = desk.add_readings([reading], [report.bytes])
        seconds.append(time.process_time() - began)
        walls.append(time.perf_counter() - wall)
        if added.new != [report.article.id]:
            raise AssertionError(f"{report.article.id} was not new")
    homes = {one.id: one.story for one in desk.store.kept([report.article.id for report in given])}
    pairs = zip(given[::2], given[1::2], strict=True)
    joined = [homes[one.article.id] == homes[other.article.id] for one, other in pairs]
    return {
        "seconds": statistics.mean(seconds[1:]),
        "wall": statistics.median(walls[1:]),
        "first": seconds[0],
        "joined": statistics.mean(joined),
    }


def archive(size: int, days: int) -> dict[str, float]:
    """File an archive of years one by one and by windows of days; give the processor's seconds an article.

    `compared by` is what a worker takes to find what an article is compared by, `grouping` to group the
    windows; `one by one` has the first of them in it. `different` counts the articles in another story.
    """
    sampler = Sampler(3, ARCHIVE)
    reports: list[Report] = []
    while len(reports) < size:
        reports += sampler.story()
    reports.sort(key=lambda one: one.article.published or "")
    read = [(one.reading(), one.bytes) for one in reports]
    with tempfile.TemporaryDirectory() as folder:
        with Desk(f"{folder}/one.db", create=True) as desk:
            began = time.process_time()
            for reading, vector in read:
                desk.add_readings([reading], [vector])
            found = {"one by one": time.process_time() - began}
            wanted = {one.id: one.story for one in desk.store.kept()}
        began = time.process_time()
        windows: dict[int, list[Due]] = {}
        for reading, vector in read:
            article = reading.article
            one = Read(reading, vector, reader(), signed(reading, vector))
            window = date.fromisoformat(article.published or "").toordinal() // days
            windows.setdefault(window, []).append(Due(article, article.id, article, one))
        found["compared by"] = time.process_time() - began
        began = time.process_time()
        parts = [Part(due, *grouped([_signature(one) for one in due])) for _, due in sorted(windows.items())]
        found["grouping"] = time.process_time() - began
        with Desk(f"{folder}/windows.db", create=True) as desk:
            began = time.process_time()
            for part in parts:
                file_part(desk.store, part, Added())
            found["by windows"] = time.process_time() - began
            held = {one.id: one.story for one in desk.store.kept()}
    found = {name: seconds / len(read) for name, seconds in found.items()}
    return found | {"different": sum(held[name] != story for name, story in wanted.items())}


def _signature(due: Due) -> str:
    assert due.read.signed is not None
    return due.read.signed[0]


@cache
def texts() -> tuple[Base, ...]:
    """Sample the texts: each a reading with its longer words exchanged."""
    read = _readings()
    words: dict[tuple[int, bool], list[str]] = {}
    for reading in read:
        for word in sorted(set(_WORD.findall(reading.article.text))):
            words.setdefault((len(word), word[0].isupper()), []).append(word)
    draw = random.Random(7)
    found = []
    for number in range(TEXTS):
        reading = _exchanged(read[number % len(read)], words, draw)
        found.append(Base(number, reading, signature(reading)))
    return tuple(found)


def _readings() -> list[Reading]:
    data = ntrex_rules.load(ROOT / "tests" / "data" / "ntrex")
    found = []
    for language, articles in data.texts.items():
        for document in articles:
            lines = [line["text"] for line in articles[document]["lines"]]
            text = ""
            while lines and len(text) < _CHARACTERS:
                text += lines.pop(0) + "\n"
            title, blocks = lay_out(text, None)
            article = Article(id=document, text=text, title=title, blocks=blocks, language=language)
            found.append(read_article(article, None))
    return found


def _exchanged(reading: Reading, words: dict[tuple[int, bool], list[str]], draw: random.Random) -> Reading:
    """Give a reading of other words; its entities, but for states and the like, are others too."""
    chosen: dict[str, str] = {}
    mark = f"-{draw.randrange(10**6)}"

    def other(found: re.Match[str]) -> str:
        word = found.group()
        if word not in chosen:
            chosen[word] = draw.choice(words.get((len(word), word[0].isupper()), [word]))
        return chosen[word]

    def new(value: Any, printed: bool) -> Any:
        if isinstance(value, dict):
            return {key: new(own, printed or key in _PRINTED) for key, own in value.items()}
        if isinstance(value, list):
            return [new(own, printed) for own in value]
        if not isinstance(value, str):
            return value
        if re.match(r"(?:person|organisation|place|other):", value):
            return value + mark
        return _WORD.sub(other, value) if printed else value

    fields = new(reading.model_dump(), False)
    for event in fields["events"]:
        event["main"] = False  # the main event would make all stories of a text one
    return Reading.model_validate(fields)


def _filings(reports: list[Report]) -> list[Filing]:
    """Prepare reports as `prepare` does, what it takes of their text being known."""
    import numpy as np

    turned = projected(np.stack([report.vector for report in reports]).astype(np.float32))
    found = []
    for report, row in zip(reports, turned, strict=True):
        article = report.article
        digest = text_digest(article)
        own = replace(
            report.base.signature,
            **_signs_of(report.base.signature, report.story),
            digest=digest,
            url=article.url or "",
            day=date.fromisoformat(article.published or ""),
            vector=row.astype(np.float16).tobytes(),
        )
        base = _prepared(report.base.number)
        found.append(
            replace(
                base,
                source=article,
                reading=report.base.reading.model_copy(update={"article": article}),
                given=article.id,
                fingerprint=fingerprint(article),
                digest=digest,
                day=own.day.toordinal() if own.day else None,
                ties=(f"text:{digest}", f"url:{article.url}"),
                names=(f"story:{digest[:12]}", f"story:{digest[12:24]}"),
                vector=report.bytes,
                turned=row.astype(np.float16).astype("<f4").tobytes(),
                signature=own.to_json(),
            )
        )
    return found


def _signs_of(base: Signature, story: int) -> dict[str, Any]:
    """Give a story signs of its own: what it shares with others of its text is what general news shares."""

    def own(table: Mapping[Sign, Any]) -> dict[Sign, Any]:
        return {
            (kind, f"{key}{story}" if n % 8 else key): value
            for n, ((kind, key), value) in enumerate(table.items())
        }

    return {name: own(getattr(base, name)) for name in ("names", "prints", "words", "shown")}


@cache
def _prepared(base: int) -> Filing:
    reading = texts()[base].reading
    return prepare(reading.article, reading, "", reader(), b"")


def _unit(rows: NDArray[Any]) -> Vector:
    import numpy as np

    unit: Vector = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)
    return unit
