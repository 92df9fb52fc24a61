"""What pages ask of a desk, and what need not be asked twice: the shelf of stories, records, headlines."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache

from fastapi import Request

from tidende.answers import Answer, Archive, ask
from tidende.answers.names import Names
from tidende.answers.question import read_question
from tidende.desk import Desk
from tidende.errors import TidendeError
from tidende.filing.named import named_in
from tidende.filing.shapes import Found
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.records import Record
from tidende.render import headline, lead
from tidende.web.shelf import Mark, Shelf, Spine, Wanted, name_in, spine_of

_RECORDS = 256  # records that are held at once
_HEADLINES = 4096
_ANSWERS = 256
_NAMES = 4096
_WHOLE = 500  # stories of a desk that a question is asked of as a whole
_MOST = 12  # stories of a larger one that it is asked of
_DEEP = 20  # articles that a search finds at least: what asks for fewer takes the first of these
_LEAST = 3  # words of a question
_PATIENCE = 0.3  # seconds for which a reader waits while another looks for what is new
_GENTLY = 10  # stories whose records are made anew at once behind the readers' backs
_PAUSE = 0.05  # seconds between these


class Library:
    """Answer from a desk, one connection a thread; what has changed in the desk is put on the shelf anew."""

    def __init__(self, location: str | None) -> None:
        self._location = location
        self._own = threading.local()
        self._lock = threading.Lock()
        self._mending = threading.Lock()
        self._shelf = Shelf()
        self._archive: tuple[Shelf, Archive] | None = None
        self._held = lru_cache(_RECORDS)(self._record)
        self._lines = lru_cache(_HEADLINES)(self._headline)
        self._called = lru_cache(_NAMES)(self._name)
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
        """Give all stories, the latest first.

        Where another thread takes long to look for what is new, the ones before.
        """
        if self.desk.revision() != self._shelf.revision and self._lock.acquire(
            timeout=_PATIENCE if self._shelf.revision else -1
        ):
            try:
                revision = self.desk.revision()
                if revision != self._shelf.revision:
                    self._shelf = self._looked(revision)
            finally:
                self._lock.release()
            if self._shelf.due and not self._mending.locked():
                threading.Thread(target=self._mend_behind, daemon=True).start()
        return self._shelf

    def chosen(self, wanted: Wanted) -> list[Spine]:
        """Give the stories that a reader wants, the latest first."""
        if self.shelf().due and wanted != Wanted():
            self._mend(pause=0.0)  # only when they are made anew, it is known which are wanted
        return self.shelf().chosen(wanted)

    def record(self, name: str) -> Record:
        """Give the record of a story as it stands now; raise `UnknownName` where there is none."""
        story = self.desk.resolve(name)
        return self._held(story, self.desk.version(story))

    def records_with(self, *entities: str, most: int) -> list[Record]:
        """Give the records of the latest stories in which all of these are told of, at most so many."""
        desk = self.desk
        told = [desk.stories_with(one) for one in entities]
        stories = set.intersection(*told) if told else set()
        ordered = [one for one in self.shelf().spines if one in stories] if stories else []
        return [self.record(one) for one in ordered[:most]]

    def search(self, query: str, most: int) -> list[Found]:
        """Find articles by words, parts of words and what they tell, the best first."""
        return self._found(self.shelf().state, query, max(most, _DEEP))[:most]

    def _search(self, _state: int, query: str, most: int) -> list[Found]:
        return self.desk.search(query, most)

    def named(self, name: str, most: int) -> Mapping[str, str]:
        """Give whom or what a name may mean: ids with the name that the latest story has."""
        shelf = self.shelf()
        found: dict[str, str] = {}
        for one in self.desk.entities(name)[:most]:
            called = shelf.names.get(one) or self._called(shelf.state, one)
            if called:
                found[one] = called
        return found

    def _name(self, _state: int, entity: str) -> str | None:
        """Give the name that the first story has for somebody who neither acts nor speaks in any."""
        for story in sorted(self.desk.stories_with(entity)):
            for _, card in self.desk.cards({story}):
                if (found := name_in(card, entity)) is not None:
                    return found
        return None

    def answer(self, question: str, language: str | None = None, today: str | None = None) -> Answer:
        """Answer a question from all stories, of a large desk from those that it names or a search finds."""
        return self._answers(self.shelf().state, question, language, today)

    def in_language(self, spines: Iterable[Spine], language: str) -> Iterator[Spine]:
        """Give stories with title and summary in a reader's language, as they stand now."""
        due = self._shelf.due
        for spine in spines:
            name, version = spine.summary.id, spine.summary.version
            if name in due:
                version = self.desk.version(name)
            elif language == "en":
                yield spine
                continue
            title, summary = self._lines(name, version, language)
            yield replace(
                spine, summary=replace(spine.summary, title=title, summary=summary, version=version)
            )

    def _record(self, story: str, version: str) -> Record:
        kept = self.desk.store.record(story)
        if kept is not None and kept.basis == version:
            return Record.model_validate_json(kept.record)
        return self.desk.show(story)

    def _headline(self, story: str, version: str, language: str) -> tuple[str, str]:
        record = self._held(story, version)
        return headline(record, language), lead(record, language)

    def _answer(self, _state: int, question: str, language: str | None, today: str | None) -> Answer:
        shelf = self._shelf
        if len(shelf.spines) > _WHOLE:
            archive = Archive([self.record(one) for one in self._asked(question)])
            return ask(archive, question, language=language, today=today)
        if self._archive is None or self._archive[0] is not shelf:
            self._archive = shelf, Archive([self.record(story) for story in shelf.spines])
        return ask(self._archive[1], question, language=language, today=today)

    def _asked(self, question: str) -> list[str]:
        """Give the stories that most of the names in a question are told in, latest first.

        Where it names nobody whom the desk knows, or somebody else too, also those that a search finds.
        """
        named = named_in(self.desk, question)
        told = dict.fromkeys(named.every, 0)
        for stories in named.names:
            for story in stories:
                told[story] += 1
        places = self._shelf.places
        found = sorted((one for one in told if one in places), key=lambda one: (-told[one], places[one]))
        if not named.whole:
            found += [one.story for one in self.search(question, _MOST)]
        return list(dict.fromkeys(found))[:_MOST]

    # --- the shelf ------------------------------------------------------------------------------

    def _looked(self, revision: str) -> Shelf:
        """Look what changed in the desk since the shelf was last put in order."""
        desk, before = self.desk, self._shelf
        marks: dict[str, list[Mark]] = {}
        for number, story, stamp in desk.store.marks():
            marks.setdefault(story, []).append((number, stamp))
        corrected = desk.corrected()
        corrections = desk.corrections()
        people = corrections != before.corrections
        if marks == before.marks and not people:
            before.revision = revision
            return before
        changed = {story for story, own in marks.items() if before.marks.get(story) != own}
        told = desk.cards(changed if before.revision else None) if changed else ()
        new = {summary.id: spine_of(summary, card) for summary, card in told}
        due = before.due | ((corrected | before.corrected) if people else set())
        spines = [spine for name in marks if (spine := new.get(name) or before.spines.get(name)) is not None]
        return Shelf.of(
            spines,
            revision=revision,
            state=before.state + 1,
            marks=marks,
            corrections=corrections,
            corrected=corrected,
            due=frozenset(one for one in due if one in marks and one not in new),
        )

    def _mend_behind(self) -> None:
        with suppress(TidendeError):  # what is wrong is told to who asks
            self._mend()

    def _mend(self, pause: float = _PAUSE) -> None:
        """Make the records anew whose people somebody corrected, and put the stories back on the shelf."""
        with self._mending:
            while due := sorted(self._shelf.due)[:_GENTLY]:
                told = {summary.id: spine_of(summary, card) for summary, card in self.desk.cards(due)}
                with self._lock:
                    self._shelf = self._shelf.mended(told, due)
                time.sleep(pause)


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
