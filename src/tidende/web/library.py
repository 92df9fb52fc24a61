"""What pages ask of a desk, and what need not be asked twice: the shelf of stories, records, headlines."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tidende.answers import Archive
from tidende.desk import Desk
from tidende.errors import TidendeError
from tidende.filing.shapes import Summary
from tidende.records import Record
from tidende.render import headline, lead

_RECORDS = 256  # records that are held at once
_HEADLINES = 4096


@dataclass(frozen=True, slots=True)
class Spine:
    """One story on the shelf: its summary and what it can be chosen by.

    `actors` are ids of who acts, is acted upon or speaks, with their names; `kinds` types of events;
    `witnesses` counts the articles that copy no other.
    """

    summary: Summary
    actors: dict[str, str]
    countries: dict[str, str]
    kinds: frozenset[str]
    witnesses: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader chooses stories by; an empty field chooses nothing."""

    actor: str = ""
    country: str = ""
    kind: str = ""
    told_in: str = ""
    since: str = ""
    until: str = ""

    def has(self, spine: Spine) -> bool:
        """Tell whether a story is among those that are wanted."""
        one = spine.summary
        last, first = (one.last or "")[:10], (one.first or "")[:10]
        return (
            (not self.actor or self.actor in spine.actors)
            and (not self.country or self.country in spine.countries)
            and (not self.kind or self.kind in spine.kinds)
            and (not self.told_in or self.told_in in one.languages)
            and (not self.since or last >= self.since)
            and (not self.until or ("" < first <= self.until))
        )


class Library:
    """Answer from a desk, one connection a thread; the shelf is made anew when the desk has changed."""

    def __init__(self, location: str | None) -> None:
        self._location = location
        self._own = threading.local()
        self._lock = threading.Lock()
        self._revision = ""
        self._shelf: list[Spine] = []
        self._archive: Archive | None = None
        self._archived = ""
        self._known: dict[tuple[str, str], Spine] = {}
        self._held = lru_cache(_RECORDS)(self._record)
        self._lines = lru_cache(_HEADLINES)(self._headline)

    @property
    def desk(self) -> Desk:
        """Give this thread's desk; what goes wrong in part is left to `tidende check`."""
        desk: Desk | None = getattr(self._own, "desk", None)
        if desk is None:
            desk = self._own.desk = Desk(self._location, on_error=_passed)
        return desk

    def shelf(self) -> list[Spine]:
        """Give all stories, the latest first."""
        revision = self.desk.revision()
        if revision != self._revision:
            with self._lock:
                if revision != self._revision:
                    self._shelf = [self._spine(summary) for summary in self.desk.stories()]
                    known = {(spine.summary.id, spine.summary.version): spine for spine in self._shelf}
                    self._known, self._revision = known, revision
        return self._shelf

    def chosen(self, wanted: Wanted) -> list[Spine]:
        """Give the stories that a reader wants, the latest first."""
        return [spine for spine in self.shelf() if wanted.has(spine)]

    def record(self, name: str) -> Record:
        """Give the record of a story; raise `UnknownName` where there is none."""
        story = self.desk.resolve(name)
        for spine in self.shelf():
            if spine.summary.id == story:
                return self._held(story, spine.summary.version)
        return self.desk.show(story)

    def archive(self, stories: Collection[str] | None = None) -> Archive:
        """Give what stories tell as one body of facts; of all of them it is kept until the desk changes."""
        if stories is not None:
            return Archive([self.record(story) for story in sorted(stories)])
        shelf = self.shelf()
        if self._archive is None or self._archived != self._revision:
            records = [self._held(spine.summary.id, spine.summary.version) for spine in shelf]
            self._archive, self._archived = Archive(records), self._revision
        return self._archive

    def in_language(self, spines: Iterable[Spine], language: str) -> Iterator[Spine]:
        """Give stories with title and summary in a reader's language."""
        for spine in spines:
            if language == "en":
                yield spine
                continue
            title, summary = self._lines(spine.summary.id, spine.summary.version, language)
            yield replace(spine, summary=replace(spine.summary, title=title, summary=summary))

    def _record(self, story: str, _version: str) -> Record:
        return self.desk.show(story)

    def _headline(self, story: str, version: str, language: str) -> tuple[str, str]:
        record = self._held(story, version)
        return headline(record, language), lead(record, language)

    def _spine(self, summary: Summary) -> Spine:
        known = self._known.get((summary.id, summary.version))
        if known is not None:
            return known
        record = self.desk.show(summary.id)
        acting = {one for event in record.events for one in (*event.actors, *event.recipients)}
        acting |= {quote.speaker for quote in record.quotes if quote.speaker}
        actors = {one.id: one.name for one in record.entities if one.named and one.id in acting}
        countries = {one.id: one.name for one in record.entities if one.type == "country"}
        kinds = frozenset(event.type for event in record.events)
        witnesses = sum(article.copy_of is None for article in record.articles)
        return Spine(summary, actors, countries, kinds, witnesses)


def _passed(_error: TidendeError) -> None:
    """Leave a fault over one article to those who keep the desk."""
