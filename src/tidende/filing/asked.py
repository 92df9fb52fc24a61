"""Tell in which stories what a question names is told of, so that not all of a desk need be read for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import groupby, islice
from operator import itemgetter
from typing import Protocol

from pydantic import BaseModel, Field

from tidende.answers import Archive
from tidende.answers.names import Names
from tidende.answers.question import Asked, Party
from tidende.answers.topics import themes_of
from tidende.entities.shape import shape_key
from tidende.filing.shapes import Summary
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.parse.genitive import strip_genitive
from tidende.records import EntityType, Evidence, Role
from tidende.store import Store

_LONGEST = 6  # words of a name
_MARKS = "?!.,:;\"'()[]«»“”„‘’‚"
_TYPES = ("person", "organisation", "place", "country", "other")
_HELD = 4096
_FIRST = 8  # stories in which the names of one are looked up
_PART = 4  # letters that two forms of a word begin with alike
MANY = 50  # stories that are read as they are; of more it is looked first which of them tell of the act
_MOST = 2_000  # articles that hold a word


class Told(Protocol):
    """A desk, as far as names are looked up in it."""

    def entities(self, name: str) -> list[str]:
        """Give the ids of who or what is printed so or has this id."""

    def stories_with(self, entity: str) -> set[str]:
        """Give the ids of the stories in which an id is told of."""


NOT_OF_EVENTS = ("said", "identity", "role", "differ")  # kinds of questions that other things answer
_OF_SOMEBODY = ("identity", "how_often")  # kinds of questions that ask of somebody, or of nothing


class Opened(Told, Protocol):
    """A desk whose store and records are looked into as well."""

    store: Store

    def told(self, stories: Collection[str]) -> Iterator[tuple[Summary, str]]:
        """Give summaries of stories, each with its record as JSON."""


@dataclass(frozen=True, slots=True)
class NamedIn:
    """Hold the stories that tell of each name of a question.

    `every` are those of all that its words may mean, `few` enough of these to know what its words may stand
    for: a country that thousands of stories tell of has its names in the first of them. `whole` tells whether
    every word that may be (part of) a name is one that the desk prints or the lists know.
    """

    names: list[set[str]]
    every: set[str]
    few: set[str]
    whole: bool


def named_in(
    desk: Told,
    question: str,
    printed: Callable[[], Iterable[tuple[str, str]]] | None = None,
    printing: Callable[[str], Iterable[tuple[str, str]]] | None = None,
) -> NamedIn:
    """Look up the names in a question, in whatever of the six languages it is asked.

    `printed` gives every printed form with its id; these are compared by their sound where a word that may be
    a name is not found otherwise. `printing` gives the ids that a form stands for with the stories that print
    it; without it `few` is empty.
    """
    words = [word for part in question.split() if (word := part.strip(_MARKS))]
    lowered = not any(word[:1].isupper() for word in words[1:])  # nobody writes capitals in "who is putin"
    names: list[set[str]] = []
    every: set[str] = set()
    few: set[str] = set()
    covered: set[int] = set()
    spans: list[str] = []
    for first, word in enumerate(words):
        if not (word[:1].isupper() or lowered):
            continue
        for last in range(min(first + _LONGEST, len(words)), first, -1):
            span = " ".join(words[first:last])
            spans.append(span)
            found, some = _told(desk, span, _ids(desk, span), printing)
            every |= found
            few |= some
            if found and not covered.intersection(range(first, last)):
                names.append(found)
                covered.update(range(first, last))
    whole = all(n in covered for n in range(1, len(words)) if words[n][:1].isupper() or lowered)
    if printed is not None and not whole:
        found, some = _told(desk, "", _like(spans, printed()), printing)
        every |= found
        few |= some
    return NamedIn(names, every, few, bool(names) and whole)


def told_of(desk: Told, name: str, printed: Callable[[], Iterable[tuple[str, str]]]) -> set[str]:
    """Give the stories that tell of all whom a name may mean, by its sound where it is not printed so."""
    words = " ".join(name.split())
    return _stories(desk, _ids(desk, words)) or _stories(desk, _like([words], printed()))


def between(desk: Opened, names: Sequence[str], language: str) -> set[str]:
    """Give the stories that can tell what those who bear some names have to do with each other.

    Where each name means one, the stories that tell of all of them, and the first of each, which say how he
    is called; else those of any.
    """
    printed, printing = desk.store.printed, desk.store.stories_printing
    every: set[str] = set()
    few: set[str] = set()
    for name in names:
        words = " ".join(name.split())
        found, some = _told(desk, words, _ids(desk, words), printing)
        if not found:
            found, some = _told(desk, words, _like([words], printed()), printing)
        every |= found
        few |= some
    known = names_of(record for _, record in desk.told(few))
    meant = [known.meant_in(name, language) for name in names]
    if any(len(ids) != 1 for ids in meant):
        return every
    stories = set.intersection(*(desk.stories_with(ids[0]) for ids in meant))
    if len(stories) > MANY:
        who = {ids[0] for ids in meant}
        stories = {
            summary.id
            for summary, record in desk.told(stories)
            if _of_all(_Acts.model_validate_json(record), who)
        }
    return stories | few


def _told(
    desk: Told, span: str, ids: Iterable[str], printing: Callable[[str], Iterable[tuple[str, str]]] | None
) -> tuple[set[str], set[str]]:
    """Give all stories of ids that words may mean, and the first of each id and of each form of each id."""
    every: set[str] = set()
    few: set[str] = set()
    for one in dict.fromkeys(ids):
        found = desk.stories_with(one)
        every |= found
        few.update(sorted(found)[:_FIRST])
    if printing is None:
        return every, set()
    if every and span:
        for form in _forms(span):
            for _, rows in groupby(printing(form), key=itemgetter(0)):
                few.update(story for _, story in islice(rows, _FIRST))
    return every, few


def _stories(desk: Told, ids: Iterable[str]) -> set[str]:
    return {story for one in dict.fromkeys(ids) for story in desk.stories_with(one)}


def _ids(desk: Told, span: str) -> Iterator[str]:
    """Give the ids that words may mean: as they are printed, by the lists, by the sound of a whole name."""
    for form in _forms(span):
        yield from desk.entities(form)
    yield from _listed(span)


def _like(spans: Iterable[str], printed: Iterable[tuple[str, str]]) -> set[str]:
    """Give the ids of whom some words may name by their sound: in full, or by first or last name."""
    keys = {key for span in spans for form in _forms(span) if len(key := shape_key(form)) > 1}
    found = set()
    for form, entity in printed:
        parts = shape_key(form).split("-")
        ends = {"-".join(parts[:n]) for n in range(1, len(parts) + 1)}
        if not keys.isdisjoint(ends | {"-".join(parts[n:]) for n in range(1, len(parts))}):
            found.add(entity)
    return found


@lru_cache(_HELD)
def _forms(span: str) -> tuple[str, ...]:
    """Give words as they stand and without the genitive ending of each language."""
    return tuple(dict.fromkeys((span, *(strip_genitive(span, language) for language in READ_IN_FULL))))


@lru_cache(_HELD)
def _listed(span: str) -> tuple[str, ...]:
    names = Names(Archive([]))
    found = [one for language in READ_IN_FULL for one in names.listed(span, language)]
    if " " in span:
        found += [f"{kind}:{shape_key(form)}" for form in _forms(span) for kind in _TYPES]
    return tuple(dict.fromkeys(found))


# --- what names need of a record, which is soon read ----------------------------------------------


class _Entity(BaseModel):
    id: str
    type: EntityType
    named: bool
    name: str
    names: dict[str, list[str]]
    evidence: list[Evidence] = Field(default=[], validation_alias=" ")  # passed over


class _Named(BaseModel):
    id: str
    entities: list[_Entity]
    roles: list[Role]
    articles: list[None] = Field(default=[], validation_alias=" ")


class NamesOfSome(Names):
    """Index the names of some records; `posts` tells whether it was asked who holds a post."""

    posts = False

    def holders(self, role: str, of: Sequence[str]) -> tuple[str, ...]:
        """Give who holds a post as far as these records tell."""
        self.posts = True
        return super().holders(role, of)


def names_of(records: Iterable[str]) -> NamesOfSome:
    """Index the names of records that are given as JSON."""
    told: Sequence[object] = [_Named.model_validate_json(one) for one in records]
    return NamesOfSome(Archive(told))  # type: ignore[arg-type]


def stories_of(
    desk: Told, question: str, asked: Asked, holding: Callable[[str], set[str]] | None = None
) -> set[str] | None:
    """Give the stories that can answer a question whose names are known, None where it may be any.

    What answers has everybody in it who takes part or speaks, or is spoken to or of; where nobody known is
    named, every name that nobody bears stands in its words: `holding` gives the stories that
    hold such a word.
    """
    if asked.kind is None:
        return set()
    sides = [_stories(desk, party.ids) for party in _needed(asked)]
    if not sides:
        if asked.kind in _OF_SOMEBODY or (asked.kind == "role" and asked.rest):
            return set()
        strange = [word for word in asked.rest if holding is not None and _is_strange(word, question, asked)]
        return reduce(set.intersection, map(holding, strange)) if holding and strange else None
    return set().union(*sides) if asked.kind == "role" else reduce(set.intersection, sides)


class _Event(BaseModel):
    actors: list[str]
    recipients: list[str]


class _Events(BaseModel):
    events: list[_Event]


class _Quote(BaseModel):
    speaker: str | None = None


class _Role(BaseModel):
    holder: str
    of: str | None = None


class _Acts(_Events):
    quotes: list[_Quote]
    roles: list[_Role]


def _of_all(told: _Acts, who: set[str]) -> bool:
    """Tell whether a record has an event or a post that joins all of these, or words of one of them."""
    return (
        any(who <= {*event.actors, *event.recipients} for event in told.events)
        or any({role.holder, role.of} == who for role in told.roles)
        or any(quote.speaker in who for quote in told.quotes)
    )


def acting_in(records: Iterable[tuple[str, str]], asked: Asked) -> set[str]:
    """Give the stories, of these with their records as JSON, that have an event of all who are asked for."""
    found = set()
    for story, record in records:
        for event in _Events.model_validate_json(record).events:
            everybody = {*event.actors, *event.recipients}
            if all(not everybody.isdisjoint(party.ids) for party in asked.parties):
                found.add(story)
                break
    return found


def _is_strange(word: str, question: str, asked: Asked) -> bool:
    """Tell whether a word is a name that nobody bears: written as names are, and a word for no theme."""
    capitals = not word_list(asked.language, "grammar")["nouns_capitalised"]
    return (
        capitals
        and word[:1].isupper()
        and not question.startswith(word)
        and not themes_of(word.lower(), asked.language)
    )


def holding_word(store: Store, word: str) -> set[str]:
    """Give the stories of the articles that hold a word, or one that begins like it."""
    found = store.find_words([word], every=True, limit=_MOST)
    found += store.find_parts([word[:_PART]], _MOST) if len(word) >= _PART else []
    return {one.story for one in store.kept(found)} if found else set()


def _needed(asked: Asked) -> list[Party]:
    addressee = [asked.addressee] if asked.addressee else []
    return [*asked.parties, *asked.topics, *addressee]
