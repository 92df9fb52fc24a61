"""What tests of the desk stand on: news in several languages, and readings of it made once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import outputs
from tidende.desk import Desk
from tidende.filing.compared import vectors_of
from tidende.ingest import load
from tidende.reading import read_article
from tidende.records import Reading
from tidende.stories.embed import projected

LANGUAGES = ("da", "nb", "sv", "en", "de")


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """Sixty articles as JSONL objects: twelve documents in five languages."""
    data = outputs.ntrex_data()
    return tuple(
        {**data.article(language, document), "id": f"{document}.{language}"}
        for document in data.documents()
        for language in LANGUAGES
    )


def write(path: Path, articles: Iterable[dict[str, Any]]) -> Path:
    """Write articles as JSON lines."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in articles)
    path.write_text("".join(lines), encoding="utf-8")
    return path


@cache
def readings() -> tuple[Reading, ...]:
    """Read the sixty by rules alone: enough for filing, and soon done."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        batch = load([write(Path(folder) / "articles.jsonl", rows())])
    return tuple(read_article(article, None) for article in batch.articles)


@cache
def vectors() -> tuple[bytes, ...]:
    """Give the vectors of the sixty."""
    return tuple(vectors_of(readings()))


def story_of(desk: Desk) -> dict[str, str]:
    """Give the story of each article."""
    return {one.id: one.story for one in desk.store.kept()}


def together(desk: Desk) -> set[frozenset[str]]:
    """Give the sets of articles that are one story."""
    found: dict[str, set[str]] = {}
    for article, story in story_of(desk).items():
        found.setdefault(story, set()).add(article)
    return {frozenset(articles) for articles in found.values()}


def filled(path: Path, chosen: Iterable[int] = range(60)) -> Desk:
    """Make a desk of some of the sixty, in the order given."""
    desk = Desk(path, create=True)
    order = list(chosen)
    desk.add_readings([readings()[n] for n in order], [vectors()[n] for n in order])
    return desk


def like(desk: Desk, vector: bytes, most: int = 5) -> list[str]:
    """Give the ids of the articles that are likeliest to tell of what one of this vector tells."""
    import numpy as np

    turned = projected(np.frombuffer(vector, dtype="<f4")[None])[0].astype("<f2").astype("<f4").tobytes()
    numbers = desk.store.like(turned, None, 14, most)
    return [name for name, _ in desk.store.signed(numbers)]
