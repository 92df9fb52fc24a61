"""Read one article from its text, the way `tidende read` does."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tidende.ingest import load
from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Reading

Act = tuple[str, list[str], list[str]]


def readings_of(rows: list[dict[str, Any]]) -> list[Reading]:
    """Read articles given as lines of JSON would give them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
        batch = load([path])
    assert not batch.errors, batch.errors
    return [read_article(article, load_model()) for article in batch.articles]


def reading_of(identifier: str, text: str, **fields: str) -> Reading:
    """Read one article."""
    (reading,) = readings_of([{"id": identifier, "text": text, **fields}])
    return reading


def acts_of(text: str, language: str) -> list[Act]:
    """Give the events of an article of 1 October 2018: type, names of actors, names of recipients."""
    reading = reading_of("one", text, language=language, published="2018-10-01")
    names = {entity.id: entity.name for entity in reading.entities}
    return [
        (event.type, [names[i] for i in event.actors], [names[i] for i in event.recipients])
        for event in reading.events
    ]
