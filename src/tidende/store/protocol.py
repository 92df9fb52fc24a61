"""What every store can do, and the plain values that go in and out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from tidende.records import Article, Reading

CorrectionKind = Literal["merge", "split", "same-person", "not-same"]


@dataclass(frozen=True, slots=True)
class Filing:
    """Hold an article with all that is filed under it.

    `given` is the id it came with and `fingerprint` a digest of what it says. `ties` are
    what puts articles into one story without comparing, `names` the ids of stories that it can give.
    `day` is the publication day as a proleptic ordinal. `mentions` maps the ids of entities to their
    printed forms. `vector` is what a search compares, and `turned` the same turned so that stories lie apart;
    both are little-endian float32. `signature` is text that `filing` alone understands.
    """

    source: Article
    reading: Reading
    given: str
    fingerprint: str
    reader: str
    digest: str
    day: int | None
    ties: tuple[str, ...]
    names: tuple[str, ...]
    mentions: Mapping[str, tuple[str, ...]]
    vector: bytes
    turned: bytes
    signature: str

    @property
    def id(self) -> str:
        """Give the id under which the article is kept."""
        return self.reading.article.id


@dataclass(frozen=True, slots=True)
class Kept:
    """Tell of an article that is kept, without its text.

    `stamp` changes when its reading does; `number` grows with every article that comes.
    """

    id: str
    story: str
    language: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    digest: str
    names: tuple[str, ...]
    reader: str
    stamp: str
    number: int

    @property
    def order(self) -> tuple[str, str, str]:
        """Give what articles are ordered by: publication (undated last), then text, then id."""
        return self.published or "~", self.digest, self.id


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Hold a record that was made before, and `basis`: what it was made of."""

    basis: str
    title: str
    summary: str
    record: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold what somebody decided, who and when; `left` and `right` are ids of articles or entities."""

    number: int
    kind: CorrectionKind
    left: tuple[str, ...]
    right: tuple[str, ...]
    who: str
    when: str
    undone_by: str | None = None
    undone_when: str | None = None


class Store(Protocol):
    """Keep articles, readings, stories and corrections; every method raises `StoreError` where it cannot.

    What is written inside one `writing()` is kept as a whole or not at all, and no other process
    writes meanwhile. Reading needs no transaction.
    """

    @property
    def location(self) -> str:
        """Give the file name or URL."""

    @property
    def writable(self) -> bool:
        """Tell whether anything can be written."""

    def revision(self) -> str:
        """Give what changes whenever something is kept, by any process."""

    def writing(self) -> AbstractContextManager[None]:
        """Open a transaction for writing; wait for other writers."""

    def close(self) -> None:
        """Let go of the file or connection."""

    # articles

    def same_text(self, fingerprint: str) -> list[tuple[str, str]]:
        """Give the articles of one text: the id that each came with, and the id under which it is kept."""

    def has(self, identifier: str) -> bool:
        """Tell whether an article of this id is kept."""

    def put(self, filing: Filing) -> None:
        """Keep a new article, or replace what is filed under a kept one of the same id."""

    def kept(self, identifiers: Collection[str] | None = None) -> list[Kept]:
        """Give articles by id, all of them for None, in the order of `Kept.order`."""

    def marks(self) -> list[tuple[int, str, str]]:
        """Give number, story and stamp of every article: what tells at little cost which stories changed."""

    def read_by_others(self, reader: str) -> list[str]:
        """Give the articles that another than this reader read, at a cost that grows with these alone."""

    def sources(self, identifiers: Sequence[str]) -> list[Article]:
        """Give articles as they came, in the order asked for."""

    def readings(self, identifiers: Sequence[str]) -> list[Reading]:
        """Give readings, in the order asked for."""

    # what stories are made by

    def tied(self, ties: Collection[str]) -> list[str]:
        """Give the articles that have one of these ties."""

    def like(self, turned: bytes, day: int | None, window: int, most: int) -> list[int]:
        """Give the numbers of the articles likeliest to be near a turned vector among those near in time.

        The likeliest come first.

        Near in time are those at most `window` days apart, those without a day, and all for no day.
        Where there are fewer than `most` all are given, in no order, those without a vector too. Without
        a vector the first by their ids are given.
        """

    def signed(self, numbers: Sequence[int]) -> list[tuple[str, str]]:
        """Give ids and signatures of articles by their numbers, in the order asked for."""

    def signatures(self, identifiers: Sequence[str]) -> list[str]:
        """Give signatures, in the order asked for."""

    def vectors(self, identifiers: Collection[str] | None = None) -> tuple[list[str], bytes]:
        """Give ids and the vectors of these, one after the other; articles without a vector are left out."""

    def nearest(self, vector: bytes, limit: int) -> list[tuple[str, float]]:
        """Give the articles whose vectors are nearest to one, with the cosines, the nearest first.

        Meant for search: a back-end may answer by an index that overlooks some far down the list.
        """

    def link(self, identifier: str, others: Collection[str]) -> None:
        """Keep which articles may tell one story with an article, in place of what was kept of it."""

    def linked(self, identifiers: Collection[str]) -> set[str]:
        """Give the articles that may tell one story with one of these."""

    def assign(self, stories: Mapping[str, Sequence[str]]) -> None:
        """Put articles into stories: the id of each story with its articles."""

    def members(self, stories: Collection[str]) -> list[Kept]:
        """Give the articles of stories, in the order of `Kept.order`."""

    def named(self, name: str) -> list[Kept]:
        """Give the articles that give a story this name, or once gave it, those that do now first."""

    def record(self, story: str) -> KeptRecord | None:
        """Give the record that was last made of a story."""

    def keep_record(self, story: str, record: KeptRecord) -> None:
        """Keep the record made of a story."""

    def cards(self, stories: Collection[str]) -> dict[str, tuple[str, str]]:
        """Give the cards of stories that have one, each with the `basis` of the record it is of."""

    def keep_card(self, story: str, basis: str, card: str) -> None:
        """Keep the card of the record made of a story."""

    def forget_records(self) -> None:
        """Forget all records and cards; they can be made again."""

    def stories_with(self, entities: Collection[str]) -> set[str]:
        """Give the stories in which one of these entities is told of."""

    def entities_called(self, form: str) -> list[str]:
        """Give the ids of entities that are printed so, or have this id; case does not count."""

    def stories_printing(self, form: str) -> list[tuple[str, str]]:
        """Give the ids that a form stands for, each with every story that prints it; case does not count."""

    def printed(self) -> list[tuple[str, str]]:
        """Give every printed form of a name, folded, with the id that it stands for; each pair once."""

    # search

    def find_words(self, words: Sequence[str], *, every: bool, limit: int) -> list[str]:
        """Give the articles that hold the words (phrases of words), the best first; `every`: all of them."""

    def find_parts(self, parts: Sequence[str], limit: int) -> list[str]:
        """Give the articles that hold all of these parts of words (three characters or more), best first."""

    # corrections

    def correct(
        self, kind: CorrectionKind, left: Sequence[str], right: Sequence[str], who: str, when: str
    ) -> int:
        """Keep a correction and give its number."""

    def corrections(self) -> list[Correction]:
        """Give all corrections in the order they were made, those undone too."""

    def undo(self, number: int, who: str, when: str) -> None:
        """Mark a correction as undone."""

    # notes of others: where a watch stands, which alerts were told

    def note(self, name: str) -> str | None:
        """Give a note by its name, None where there is none."""

    def keep_note(self, name: str, note: str) -> None:
        """Keep a note, in place of one of the same name."""

    # the store itself

    def damage(self) -> list[str]:
        """Say what is wrong with the store itself, a line each."""
