"""Read the sets of articles that tell the same stories in several languages, for training and measuring.

NTREX dev      whole articles and their halves, each in a language drawn for it
ITN            short news of the front pages of Wikipedias: one story is what stands under one topic and runs
               on without a break of more than two weeks; what stands under two topics is left out
cdt-parallel   texts of about 200 words in up to five languages, without dates
Wikinews       German articles, both halves of each
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from tidende.ingest import lay_out
from tidende.records import Article

# NTREX names languages by three letters, Tidende by two where there are two.
NTREX = {
    "dan": "da",
    "nob": "nb",
    "nno": "nn",
    "swe": "sv",
    "eng": "en",
    "deu": "de",
    "fin": "fi",
    "isl": "is",
    "fao": "fo",
    "nld": "nl",
    "fra": "fr",
    "spa": "es",
    "pol": "pl",
    "rus": "ru",
    "ukr": "uk",
    "zho-CN": "zh",
}
ORIGINAL = "eng"
_BREAK = 14  # days


@dataclass(frozen=True, slots=True)
class Item:
    """One text with the story it tells."""

    story: str
    language: str
    text: str
    published: str | None = None
    outlet: str | None = None

    def article(self, known: bool = True) -> Article:
        """Make it an article; `known` gives the language too."""
        title, blocks = lay_out(self.text, None)
        return Article(
            id=sha256(f"{self.language} {self.published} {self.text}".encode()).hexdigest()[:16],
            text=self.text,
            title=title,
            language=self.language if known else "und",
            published=self.published,
            outlet=self.outlet,
            blocks=blocks,
        )


Documents = dict[str, dict[str, tuple[Item, Item, Item]]]  # by id and language


def ntrex(data: Path, part: str) -> Documents:
    """Give each document of a part in each language: the whole, the first half, the second."""
    folder = data / "ntrex"
    chosen = {row["doc_id"] for row in _table(folder / "parts.tsv") if part in ("all", row["part"])}
    stories = {row["doc_id"]: row["story_id"] for row in _table(folder / "stories.tsv")}
    found: Documents = {}
    for name, language in NTREX.items():
        for row in _rows(folder / "texts" / f"{name}.jsonl"):
            document = row["doc_id"]
            if document in chosen:
                lines = [line["text"] for line in row["lines"]]
                middle = (len(lines) + 1) // 2
                whole, first, second = (
                    Item(stories[document], language, "\n".join(own), row["published"], row["outlet"])
                    for own in (lines, lines[:middle], lines[middle:])
                )
                found.setdefault(document, {})[name] = (whole, first, second)
    return found


def drawn(documents: Documents, seed: int) -> tuple[list[Item], list[Item]]:
    """Draw for each document one of fifteen languages, and two for its halves; not English, the original."""
    draw = random.Random(seed)
    languages = [name for name in NTREX if name != ORIGINAL]
    whole, halves = [], []
    for versions in documents.values():
        whole.append(versions[draw.choice(languages)][0])
        one, other = draw.sample(languages, 2)
        halves += [versions[one][1], versions[other][2]]
    return whole, halves


def versions(documents: Documents, seed: int, number: int = 5) -> list[Item]:
    """Give each document in some languages that are drawn for it, as agencies' copies are: much alike."""
    draw = random.Random(seed)
    return [own[name][0] for own in documents.values() for name in draw.sample(list(NTREX), number)]


def alone(documents: Documents, name: str) -> tuple[list[Item], list[Item]]:
    """Give each document in one language, and its halves."""
    own = [versions[name] for versions in documents.values()]
    return [whole for whole, _, _ in own], [half for _, *halves in own for half in halves]


def itn(data: Path, *, as_given: bool = False) -> list[Item]:
    """Give the blurbs of ITN; `as_given` keeps the topics whole, and blurbs that stand under two."""
    rows = _rows(data / "clusters" / "itn-corpus" / "itn-2023-04-14.jsonl")
    topics: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        topics[row["lang"], row["text"]].add(row["topic"])
    by_topic: dict[str, list[Item]] = defaultdict(list)
    seen = set()
    for row in rows:
        key = row["lang"], row["text"]
        if as_given or (len(topics[key]) == 1 and key not in seen):
            seen.add(key)
            language = "nb" if row["lang"] == "no" else row["lang"]
            by_topic[row["topic"]].append(Item(row["topic"], language, row["text"], row["time"][:10]))
    if as_given:
        return [item for own in by_topic.values() for item in own]
    return [item for own in by_topic.values() for item in _parted(own)]


def _parted(items: Iterable[Item]) -> list[Item]:
    """Part what one topic gathers where nothing was written for long."""
    found: list[Item] = []
    number, last = 0, None
    for item in sorted(items, key=lambda item: (item.published or "", item.text)):
        day = date.fromisoformat(item.published or "")
        if last is not None and (day - last).days > _BREAK:
            number += 1
        last = day
        found.append(Item(f"{item.story} {number}", item.language, item.text, item.published))
    return found


def cdt(data: Path) -> list[Item]:
    """Give the texts of cdt-parallel, each document a story."""
    return [
        Item(row["id"], language, text)
        for row in _rows(data / "clusters" / "cdt-parallel" / "cdt-parallel.jsonl")
        for language, text in row["text"].items()
    ]


def wikinews(data: Path) -> list[Item]:
    """Give both halves of German news articles."""
    found = []
    for row in _rows(data / "text" / "de-wikinews" / "de-wikinews.jsonl"):
        lines = [line for line in row["text"].splitlines() if line.strip()]
        middle = (len(lines) + 1) // 2
        if len(lines) > 1:
            for own in (lines[:middle], lines[middle:]):
                found.append(Item(f"wikinews {row['id']}", "de", "\n".join(own), row["date"] or None))
    return found


def dev(items: Sequence[Item]) -> list[Item]:
    """Give the items of every other story, to learn from; the others are to measure on."""
    return [item for item in items if is_dev(item.story)]


def is_dev(story: str) -> bool:
    """Tell whether a story is one to learn from: chance decides, the same for all parts of one topic."""
    return sha256(story.split(maxsplit=1)[0].encode()).digest()[-1] % 2 == 0


def _table(path: Path) -> list[dict[str, str]]:
    head, *rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [dict(zip(head, row, strict=False)) for row in rows]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
