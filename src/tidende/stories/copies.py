"""Find wire copies and new versions of one page, and who is a witness of his own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tidende.errors import ModelError
from tidende.parse.vectors import load_encoder
from tidende.records import Article, Evidence, Reading
from tidende.stories.signature import text_digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_SHINGLE = 4  # words
_COPIED = 0.8  # share of the shorter text that the longer one has
_REUSED = 0.25  # share from which on two texts have passages in common
_CREDITED = 0.5  # share that suffices where both name one agency
_WORD = re.compile(r"\w+")
# Cosine from which on two paragraphs say the same: 93 in 100 translated lines of NTREX dev, part A, lie above
# it, and fewer than 1 in 100 lines of another article have one above it.
_SAME = 0.5
# Of an article that are compared by vectors, at least and at most. Two reporters at one summit tell much the
# same in as many short paragraphs: fewer tell nothing.
_PARAGRAPHS = (8, 14)
# Share of neighbours in the same order in both; 98 in 100 translations of NTREX dev, part A, have more.
_IN_ORDER = 0.9
_LEAST_WORDS = 5  # of a paragraph
Share = Literal["copy", "part", "credit"]


@dataclass(frozen=True)
class Print:
    """One article with what its text is compared by."""

    article: Article

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Give the runs of four words that it prints."""
        words = _WORD.findall(self.article.text.lower())
        return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))

    @cached_property
    def credits(self) -> frozenset[str]:
        """Give the agencies that it names as its sources."""
        return frozenset(credit.casefold() for credit in self.article.credits)

    @cached_property
    def paragraphs(self) -> list[str]:
        """Give the first paragraphs that are no headings and not short."""
        article = self.article
        sources = {"text": article.text, "title": article.title or ""}
        texts = (sources[b.part][b.start : b.end] for b in article.blocks if b.kind in ("lead", "body"))
        return [text for text in texts if len(text.split()) >= _LEAST_WORDS][: _PARAGRAPHS[1]]

    @cached_property
    def vectors(self) -> Vectors:
        """Give the vectors of these paragraphs."""
        return load_encoder().told(self.paragraphs)


@dataclass
class _Found:
    version: int | None = None
    copy_of: str | None = None
    reuses: list[str] = field(default_factory=list)
    credited: bool = False

    def changes(self, article: Article) -> dict[str, object]:
        changes: dict[str, object] = {}
        if self.version is not None and article.version == 1:
            changes["version"] = self.version
        copied = article.copy_of or self.copy_of
        if copied is not None:
            changes |= {"copy_of": copied, "independence": "copy"}
        elif self.reuses:
            changes |= {"reuses": self.reuses, "independence": "partial"}
        elif self.credited:
            changes["independence"] = "unknown"
        return changes


def with_copies(readings: Sequence[Reading]) -> list[Reading]:
    """Mark what is no witness of its own, or may be none, and new versions of one page.

    An article copies another of the story (`copy_of`), has passages of some (`reuses`), or names the same
    agency as another and tells it otherwise (`independence` unknown).

    The earlier article by publication, then by order, is the original.
    """
    order = sorted(range(len(readings)), key=lambda i: (_published(readings[i].article), i))
    prints = [Print(reading.article) for reading in readings]
    found = [_Found() for _ in readings]
    for place, late in enumerate(order):
        article = readings[late].article
        earlier = order[:place]
        same_page = [i for i in earlier if article.url and readings[i].article.url == article.url]
        if same_page:
            found[late].version = 1 + len(same_page)
        for i in earlier:
            if i in same_page or found[i].copy_of is not None:
                continue
            match shared(prints[i], prints[late]):
                case "copy":
                    found[late].copy_of = readings[i].article.id
                    break
                case "part":
                    found[late].reuses.append(readings[i].article.id)
                case "credit":
                    found[late].credited = found[i].credited = True
    return [
        reading.model_copy(update={"article": reading.article.model_copy(update=changes)})
        if (changes := one.changes(reading.article))
        else reading
        for reading, one in zip(readings, found, strict=True)
    ]


def shared(a: Print, b: Print) -> Share | None:
    """Tell what two articles have in common: the text ("copy"), passages ("part"), an agency ("credit").

    In one language runs of words are compared (Broder 1997: On the resemblance and containment of documents),
    across languages paragraphs by their vectors.
    """
    credit = bool(a.credits & b.credits)
    if a.article.language == b.article.language:
        share, even = _contained(a.shingles, b.shingles)
    else:
        share, even = _aligned(a, b)
    if even and share > (_CREDITED if credit else _COPIED):
        return "copy"
    if share > _REUSED and (a.article.language == b.article.language or credit):
        return "part"
    return "credit" if credit else None


def _published(article: Article) -> str:
    return article.published or "~"  # undated articles come after the dated ones


def _contained(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> tuple[float, bool]:
    """Give the share of the shorter text's runs that the longer one has, and whether lengths are alike."""
    shorter, longer = sorted((a, b), key=len)
    return len(shorter & longer) / max(len(shorter), 1), 2 * len(shorter) >= len(longer)


def _aligned(a: Print, b: Print) -> tuple[float, bool]:
    """Give the share of the longer article's paragraphs that the other has in its language, in order."""
    shorter, longer = sorted((a, b), key=lambda one: len(one.paragraphs))
    # what is less than half as long is no copy, and few paragraphs tell nothing
    even = 2 * len(shorter.paragraphs) >= len(longer.paragraphs)
    if len(shorter.paragraphs) < _PARAGRAPHS[0] or not even:
        return 0.0, False
    try:
        cosines = shorter.vectors @ longer.vectors.T
    except ModelError:
        return 0.0, False
    pairs = sorted(
        ((float(cosines[i, j]), i, j) for i in range(len(cosines)) for j in range(cosines.shape[1])),
        reverse=True,
    )
    left: dict[int, int] = {}
    for cosine, i, j in pairs:
        if cosine < _SAME:
            break
        if i not in left and j not in left.values():
            left[i] = j
    places = [left[i] for i in sorted(left)]
    rising = sum(one < other for one, other in pairwise(places))
    if rising < _IN_ORDER * (len(places) - 1):
        return 0.0, False  # the same news in another order: told by somebody else
    return len(left) / len(longer.paragraphs), even


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
