"""The main job: sources in, one record a story out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tidende.errors import InputError
from tidende.ingest import load
from tidende.reading import read_article
from tidende.records import Article, Record
from tidende.stories import group, reconcile


def read(
    *sources: str | Path,
    published: str | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> list[Record]:
    """Read files, folders or "-" (standard input) and give one record a story.

    `published` (ISO date) is the publication date of articles that carry none of their own.
    A bad input raises its `InputError` after nothing else is lost: pass `on_error` to be told
    of each instead and get the records of all the rest.
    """
    batch = load(sources, published=published)
    for error in batch.errors:
        if on_error is None:
            raise error
        on_error(error)
    return read_articles(batch.articles)


def read_articles(articles: Iterable[Article]) -> list[Record]:
    """Read articles that are in memory already and give one record a story."""
    readings = [read_article(article) for article in articles]
    return [reconcile(story) for story in group(readings)]
