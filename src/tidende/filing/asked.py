"""Tell in which stories what a question names is told of, so that not all of a desk need be read for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Protocol

from pydantic import BaseModel, Field

from tidende.answers import Archive
from tidende.answers.names import Names
from tidende.answers.question import Asked, Party, read_question
from tidende.entities.shape import shape_key
from tidende.languages.lists import READ_IN_FULL
from tidende.parse.genitive import strip_genitive
from tidende.records import EntityType, Evidence, Role

_LONGEST = 6  # words of a name
_MARKS = "?!.,:;\"'()[]«»“”„‘’‚"
_TYPES = ("person", "organisation", "place", "country", "other")
_HELD = 4096


class Told(Protocol):
    """A desk, as far as names are looked up in it."""

    def entities(self, name: str) -> list[str]:
        """Give the ids of who or what is printed so or has this id."""

    def stories_with(self, entity: str) -> set[str]:
        """Give the ids of the stories in which an id is told of."""


@dataclass(frozen=True, slots=True)
class NamedIn:
    """Hold the stories that tell of each name of a question.

    `every` are those of all that its words may mean; `whole` tells whether every word that may be (part of)
    a name is one that the desk prints or the lists know.
    """

    names: list[set[str]]
    every: set[str]
    whole: bool


def named_in(
    desk: Told, question: str, printed: Callable[[], Iterable[tuple[str, str]]] | None = None
) -> NamedIn:
    """Look up the names in a question, in whatever of the six languages it is asked.

    `printed` gives every printed form with its id; these are compared by their sound where a word that may be
    a name is not found otherwise.
    """
    words = [word for part in question.split() if (word := part.strip(_MARKS))]
    lowered = not any(word[:1].isupper() for word in words[1:])  # nobody writes capitals in "who is putin"
    names: list[set[str]] = []
    every: set[str] = set()
    covered: set[int] = set()
    spans: list[str] = []
    for first, word in enumerate(words):
        if not (word[:1].isupper() or lowered):
            continue
        for last in range(min(first + _LONGEST, len(words)), first, -1):
            span = " ".join(words[first:last])
            spans.append(span)
            found = _stories(desk, _ids(desk, span))
            every |= found
            if found and not covered.intersection(range(first, last)):
                names.append(found)
                covered.update(range(first, last))
    whole = all(n in covered for n in range(1, len(words)) if words[n][:1].isupper() or lowered)
    if printed is not None and not whole:
        every |= _stories(desk, _like(spans, printed()))
    return NamedIn(names, every, bool(names) and whole)


def told_of(desk: Told, name: str, printed: Callable[[], Iterable[tuple[str, str]]]) -> set[str]:
    """Give the stories that tell of all whom a name may mean, by its sound where it is not printed so."""
    words = " ".join(name.split())
    return _stories(desk, _ids(desk, words)) or _stories(desk, _like([words], printed()))


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


def names_of(records: Iterable[str]) -> Names:
    """Index the names of records that are given as JSON."""
    told: Sequence[object] = [_Named.model_validate_json(one) for one in records]
    return Names(Archive(told))  # type: ignore[arg-type]


def stories_of(
    desk: Told, names: Names, question: str, language: str | None, today: str | None
) -> set[str] | None:
    """Give the stories that can answer a question whose names are known, None where it may be any.

    What answers has everybody in it who takes part or speaks, or is spoken to or of.
    """
    asked = read_question(question, names, language, date.fromisoformat(today) if today else None)
    if asked.kind is None:
        return set()
    sides = [_stories(desk, party.ids) for party in _needed(asked)]
    if not sides:
        return None
    return set().union(*sides) if asked.kind == "role" else reduce(set.intersection, sides)


def _needed(asked: Asked) -> list[Party]:
    addressee = [asked.addressee] if asked.addressee else []
    return [*asked.parties, *asked.topics, *addressee]
