"""The articles that `scale.py` and its parts are measured with, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import ntrex_rules
from scoring import ROOT, SHARED, Json

SMALL = ROOT / "tests" / "data" / "ntrex"
LARGE = SHARED / "data" / "ntrex"
ROUND = 72  # articles: twelve documents in six languages
_STEPS = (0, 1, 3)  # which languages a document comes in, counted from its own: every two stand side by side


def rows(count: int) -> list[Json]:
    """Give so many articles of the small set, different ones: further rounds add a line to each text."""
    data = ntrex_rules.load(SMALL)
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


def development(count: int | None = None) -> list[Json]:
    """Give the documents of part A, all or so many, each in three languages: three articles of a story.

    They come by language, so that the articles of a story are far apart. The small set is taken where
    the large one is not there.
    """
    data = ntrex_rules.load(LARGE if LARGE.exists() else SMALL)
    languages = list(data.texts)
    found = []
    for number, document in enumerate(data.documents("A")[:count]):
        for step in _STEPS:
            language = languages[(number + step) % len(languages)]
            found.append({**data.article(language, document), "id": f"{document}.{language}"})
    return sorted(found, key=lambda row: str(row["id"]).rsplit(".", 1)[1])


def words(articles: Iterable[Json]) -> int:
    """Count words as print does."""
    return sum(len(row["text"].split()) for row in articles)


def written(given: Iterable[Json], path: Path) -> Path:
    """Write articles as JSON lines."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in given)
    path.write_text("".join(lines), encoding="utf-8")
    return path
