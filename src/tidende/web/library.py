"""What pages ask of a desk, and what need not be asked twice: the shelf of stories, records, headlines."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from fastapi import Request

from tidende.answers import Answer, Archive, ask
from tidende.desk import Desk
from tidende.errors import TidendeError
from tidende.filing.shapes import Summary
from tidende.records import Record
from tidende.render import headline, lead

_RECORDS = 256  # records that are held at once
_HEADLINES = 4096
_WHOLE = 2000  # stories of a desk that a question is asked of as a whole
_FOUND = 100  # articles of a larger one whose stories it is asked of


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
        self._shelf: dict[str, Spine] = {}
        self._archive: Archive | None = None
        self._archived = ""
        self._held = lru_cache(_RECORDS)(self._record)
        self._lines = lru_cache(_HEADLINES)(self._headline)

    @property
    def desk(self) -> Desk:
        """Give this thread's desk; what goes wrong in part is left to `tidende check`."""
        desk: Desk | None = getattr(self._own, "desk", None)
        if desk is None:
            desk = self._own.desk = Desk(self._location, on_error=_passed)
        return desk

    def shelf(self) -> dict[str, Spine]:
        """Give all stories by their ids, the latest first."""
        revision = self.desk.revision()
        if revision != self._revision:
            with self._lock:
                if revision != self._revision:
                    self._shelf = {one.id: self._spine(one) for one in self.desk.stories()}
                    self._revision = revision
        return self._shelf

    def chosen(self, wanted: Wanted) -> list[Spine]:
        """Give the stories that a reader wants, the latest first."""
        return [spine for spine in self.shelf().values() if wanted.has(spine)]

    def record(self, name: str) -> Record:
        """Give the record of a story; raise `UnknownName` where there is none."""
        story = self.desk.resolve(name)
        spine = self.shelf().get(story)
        return self.desk.show(story) if spine is None else self._held(story, spine.summary.version)

    def answer(self, question: str, language: str | None = None, today: str | None = None) -> Answer:
        """Answer a question from all stories, of a large desk from those that a search finds."""
        shelf = self.shelf()
        if len(shelf) > _WHOLE:
            found = {one.story for one in self.desk.search(question, _FOUND)}
            archive = Archive([self.record(story) for story in sorted(found)])
            return ask(archive, question, language=language, today=today)
        if self._archive is None or self._archived != self._revision:
            records = [self._held(story, spine.summary.version) for story, spine in shelf.items()]
            self._archive, self._archived = Archive(records), self._revision
        return ask(self._archive, question, language=language, today=today)

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
        known = self._shelf.get(summary.id)
        if known is not None and known.summary == summary:
            return known
        record = self.desk.show(summary.id)
        acting = {one for event in record.events for one in (*event.actors, *event.recipients)}
        acting |= {quote.speaker for quote in record.quotes if quote.speaker}
        actors = {one.id: one.name for one in record.entities if one.named and one.id in acting}
        countries = {one.id: one.name for one in record.entities if one.type == "country"}
        kinds = frozenset(event.type for event in record.events)
        witnesses = sum(article.copy_of is None for article in record.articles)
        return Spine(summary, actors, countries, kinds, witnesses)


def library_of(request: Request) -> Library:
    """Give the library that an application answers from."""
    library: Library = request.app.state.library
    return library


def _passed(_error: TidendeError) -> None:
    """Leave a fault over one article to those who keep the desk."""
