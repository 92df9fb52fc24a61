"""Find wire copies and new versions of one page, and who is a witness of his own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tidende.records import Article, Evidence, Reading
from tidende.stories.signature import text_digest

_SHINGLE = 4  # words
_COPIED = 0.8  # share of the shorter text's shingles that the longer one has
_WORD = re.compile(r"\w+")


def with_copies(readings: Sequence[Reading]) -> list[Reading]:
    """Mark articles that copy another of the story (`copy_of`), and new versions of one page.

    The earlier article by publication, then by order, is the original. Near-identical: the same
    language, and more than four in five of the shorter text's four-word shingles are shared
    (Broder 1997: On the resemblance and containment of documents).
    """
    order = sorted(range(len(readings)), key=lambda i: (_published(readings[i].article), i))
    shingles = [_shingles(reading.article) for reading in readings]
    changes: dict[int, dict[str, object]] = {}
    for place, late in enumerate(order):
        article = readings[late].article
        earlier = order[:place]
        same_page = [i for i in earlier if article.url and readings[i].article.url == article.url]
        if same_page and article.version == 1:
            changes.setdefault(late, {})["version"] = 1 + len(same_page)
        originals = (
            i
            for i in earlier
            if i not in same_page
            and "copy_of" not in changes.get(i, {})
            and readings[i].article.language == article.language
            and _contained(shingles[i], shingles[late])
        )
        original = next(originals, None)
        if original is not None and article.copy_of is None:
            changes.setdefault(late, {})["copy_of"] = readings[original].article.id
    return [
        reading.model_copy(update={"article": reading.article.model_copy(update=changes[i])})
        if i in changes
        else reading
        for i, reading in enumerate(readings)
    ]


def _published(article: Article) -> str:
    return article.published or "~"  # undated articles come after the dated ones


def _shingles(article: Article) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(article.text.lower())
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))


def _contained(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return 2 * len(shorter) >= len(longer) and len(shorter & longer) > _COPIED * len(shorter)


class Witnesses:
    """Tell how many independent articles stand behind a fact: a copy is its original over again."""

    def __init__(self, articles: Sequence[Article]) -> None:
        pages: dict[str, str] = {}
        self._behind: Mapping[str, str] = {
            article.id: article.copy_of or pages.setdefault(article.url or article.id, article.id)
            for article in articles
        }

    def of(self, article: str) -> str:
        """Give the article that stands behind an article: itself, if it is no copy."""
        return self._behind.get(article, article)

    def count(self, articles: Sequence[str]) -> int:
        """Count the independent articles among some."""
        return len({self.of(article) for article in articles})

    def behind(self, evidence: Sequence[Evidence]) -> int:
        """Count the independent articles that evidence is from."""
        return self.count([piece.article for piece in evidence])


def canonical(readings: Sequence[Reading]) -> list[Reading]:
    """Order readings by themselves, whatever the order of the input: by publication, then text."""
    return sorted(
        readings,
        key=lambda reading: (_published(reading.article), text_digest(reading.article), reading.article.id),
    )
