"""What pages ask of a desk, and what need not be asked twice: the shelf of stories, records, headlines."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice

from fastapi import Request

from tidende.answers import Answer, Archive, ask
from tidende.answers.names import Names
from tidende.answers.question import read_question
from tidende.desk import Desk
from tidende.errors import TidendeError
from tidende.filing.shapes import Found, Summary
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.records import Record
from tidende.render import headline, lead
from tidende.web.shelf import Shelf, Spine, Wanted, spine_of

_RECORDS = 256  # records that are held at once
_HEADLINES = 4096
_ANSWERS = 256
_WHOLE = 500  # stories of a desk that a question is asked of as a whole
_FOUND = 12  # stories of a larger one that it is asked of
_NAME = 5  # words of a name in a question
_LEAST = 3  # words of a question


class Library:
    """Answer from a desk, one connection a thread; the shelf is made anew when the desk has changed."""

    def __init__(self, location: str | None) -> None:
        self._location = location
        self._own = threading.local()
        self._lock = threading.Lock()
        self._shelf = Shelf()
        self._archive: tuple[Shelf, Archive] | None = None
        self._held = lru_cache(_RECORDS)(self._record)
        self._lines = lru_cache(_HEADLINES)(self._headline)
        self._answers = lru_cache(_ANSWERS)(self._answer)
        self._found = lru_cache(_ANSWERS)(self._search)

    @property
    def desk(self) -> Desk:
        """Give this thread's desk; what goes wrong in part is left to `tidende check`."""
        desk: Desk | None = getattr(self._own, "desk", None)
        if desk is None:
            desk = self._own.desk = Desk(self._location, on_error=_passed)
        return desk

    def without_location(self, text: str) -> str:
        """Leave out of a message where the desk lies, which is no reader's business."""
        location = self.desk.store.location
        return text.replace(f" in {location}", "").replace(location, "desk")

    def shelf(self) -> Shelf:
        """Give all stories, the latest first; the ones before while another thread looks for what is new."""
        if self.desk.revision() != self._shelf.revision and self._lock.acquire(
            blocking=not self._shelf.revision
        ):
            try:
                revision = self.desk.revision()
                if revision != self._shelf.revision:
                    self._shelf = Shelf(revision, self._spines())
            finally:
                self._lock.release()
        return self._shelf

    def chosen(self, wanted: Wanted) -> list[Spine]:
        """Give the stories that a reader wants, the latest first."""
        return self.shelf().chosen(wanted)

    def record(self, name: str) -> Record:
        """Give the record of a story; raise `UnknownName` where there is none."""
        spines = self.shelf().spines
        story = name if name in spines else self.desk.resolve(name)
        spine = spines.get(story)
        return self.desk.show(story) if spine is None else self._held(story, spine.summary.version)

    def records_with(self, *entities: str, most: int) -> list[Record]:
        """Give the records of the latest stories in which all of these are told of, at most so many."""
        desk = self.desk
        told = [desk.stories_with(one) for one in entities]
        stories = set.intersection(*told) if told else set()
        ordered = [one for one in self.shelf().spines if one in stories] if stories else []
        return [self.record(one) for one in ordered[:most]]

    def search(self, query: str, most: int) -> list[Found]:
        """Find articles by words, parts of words and what they tell, the best first."""
        return self._found(self.shelf().revision, query, most)

    def _search(self, _revision: str, query: str, most: int) -> list[Found]:
        return self.desk.search(query, most)

    def named(self, name: str, most: int) -> Mapping[str, str]:
        """Give whom or what a name may mean: ids with the name that the latest story has."""
        known = self.shelf().names
        found: dict[str, str] = {}
        for one in self.desk.entities(name)[:most]:
            if one in known:
                found[one] = known[one]
            else:
                record = next(self.desk.records_with(one), None)
                entities = record.entities if record is not None else ()
                found.update({entity.id: entity.name for entity in entities if entity.id == one})
        return found

    def answer(self, question: str, language: str | None = None, today: str | None = None) -> Answer:
        """Answer a question from all stories, of a large desk from those that it names and a search finds."""
        return self._answers(self.shelf().revision, question, language, today)

    def in_language(self, spines: Iterable[Spine], language: str) -> Iterator[Spine]:
        """Give stories with title and summary in a reader's language."""
        for spine in spines:
            if language == "en":
                yield spine
                continue
            title, summary = self._lines(spine.summary.id, spine.summary.version, language)
            yield replace(spine, summary=replace(spine.summary, title=title, summary=summary))

    def _record(self, story: str, version: str) -> Record:
        kept = self.desk.store.record(story)
        if kept is not None and kept.basis == version:
            return Record.model_validate_json(kept.record)
        return self.desk.show(story)

    def _headline(self, story: str, version: str, language: str) -> tuple[str, str]:
        record = self._held(story, version)
        return headline(record, language), lead(record, language)

    def _answer(self, _revision: str, question: str, language: str | None, today: str | None) -> Answer:
        shelf = self._shelf
        if len(shelf.spines) > _WHOLE:
            archive = Archive([self.record(one) for one in islice(self._asked(question), _FOUND)])
            return ask(archive, question, language=language, today=today)
        if self._archive is None or self._archive[0] is not shelf:
            records = [self._held(story, spine.summary.version) for story, spine in shelf.spines.items()]
            self._archive = shelf, Archive(records)
        return ask(self._archive[1], question, language=language, today=today)

    def _asked(self, question: str) -> Iterator[str]:
        """Give the stories that most of the names in a question are told in, latest first, then others."""
        words = question.replace("?", " ").split()
        told: dict[str, int] = {}
        for first in range(len(words)):
            for last in range(first + 1, min(first + _NAME, len(words)) + 1):
                for one in self.desk.entities(" ".join(words[first:last]))[:1]:
                    for story in self.desk.stories_with(one):
                        told[story] = told.get(story, 0) + 1
        latest = [one for one in self._shelf.spines if one in told]
        yield from sorted(latest, key=lambda one: -told[one])
        yield from dict.fromkeys(one.story for one in self.search(question, _FOUND) if one.story not in told)

    def _spines(self) -> dict[str, Spine]:
        before = self._shelf.spines
        found: dict[str, Spine] = {}
        for summary in self.desk.stories(known={name: spine.summary for name, spine in before.items()}):
            known = before.get(summary.id)
            found[summary.id] = (
                known if known is not None and known.summary is summary else self._spine(summary)
            )
        return found

    def _spine(self, summary: Summary) -> Spine:
        kept = self.desk.store.record(summary.id)
        if kept is not None and kept.basis == summary.version:
            return spine_of(summary, kept.record)
        return spine_of(summary, self.desk.show(summary.id).model_dump_json())  # one that cannot be kept


def library_of(request: Request) -> Library:
    """Give the library that an application answers from."""
    library: Library = request.app.state.library
    return library


@lru_cache(_ANSWERS)
def may_ask(query: str) -> bool:
    """Tell whether a query may be a question: three words or more that ask, or that tell of an act."""
    words = query.casefold().split()
    if len(words) < _LEAST:
        return False
    asks = "?" in query or " ".join(words).startswith(_asking())
    return asks or read_question(query, Names(Archive([])), None, None).kind is not None


@cache
def _asking() -> tuple[str, ...]:
    """Give the words that ask, in all six languages, each with the space after it."""
    return tuple(
        f"{form.casefold()} "
        for language in READ_IN_FULL
        for forms in word_list(language, "questions")["asks"].values()
        for form in forms
    )


def _passed(_error: TidendeError) -> None:
    """Leave a fault over one article to those who keep the desk."""
