"""What a desk answers with, beside records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tidende.records import Article, Evidence, Reading

FoundBy = Literal["words", "parts", "meaning"]


@dataclass(frozen=True, slots=True)
class Added:
    """Tell what adding did: the ids of articles that are new, told more of, or known already."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """Hold what was read of one article, and which Tidende read it; `reading` is None where it was set aside.

    `vector` is little-endian float32, empty where the encoder is damaged. `signed` is what the article is
    compared by, where whoever read it took that too.
    """

    reading: Reading | None
    vector: bytes = b""
    reader: str = ""
    signed: tuple[str, bytes] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Due:
    """Hold an article that is read and not yet filed: as it came, its id in the desk, and as it is kept."""

    article: Article
    identifier: str
    source: Article
    read: Read


@dataclass(frozen=True, slots=True)
class Part:
    """Hold articles that are filed in one go.

    `stories` are those that they make among themselves, and `pairs` what may tell one story, by places.
    """

    due: Sequence[Due]
    stories: Sequence[Sequence[int]] = ()
    pairs: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Tell of one article of a story."""

    id: str
    language: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Tell of one story: what it is about, and its articles by publication.

    `version` changes when what it tells does; `added` is the number of the article that came last.
    """

    id: str
    title: str
    summary: str
    languages: list[str]
    first: str | None
    last: str | None
    articles: list[Line]
    version: str
    added: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hold an article that a search found, by what, and the words that show it."""

    article: str
    story: str
    title: str | None
    language: str
    outlet: str | None
    published: str | None
    by: list[FoundBy]
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Checked:
    """Tell what was checked, and what is wrong, a line each."""

    articles: int
    stories: int
    evidence: int
    problems: list[str]
