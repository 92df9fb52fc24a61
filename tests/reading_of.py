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
