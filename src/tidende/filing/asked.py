"""Tell in which stories what a question names is told of, so that not all of a desk need be read for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from tidende.answers import Archive
from tidende.answers.names import Names
from tidende.entities.shape import shape_key
from tidende.languages.lists import READ_IN_FULL
from tidende.parse.genitive import strip_genitive

_LONGEST = 6  # words of a name
_MARKS = "?!.,:;\"'()[]«»“”„‘’‚"
_TYPES = ("person", "organisation", "place", "country", "other")


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
    a name is one that the desk knows.
    """

    names: list[set[str]]
    every: set[str]
    whole: bool


def named_in(desk: Told, question: str) -> NamedIn:
    """Look up the names in a question, in whatever of the six languages it is asked."""
    words = [word for part in question.split() if (word := part.strip(_MARKS))]
    capital = [word[:1].isupper() for word in words]
    lowered = not any(capital[1:])  # nobody writes capitals in "who is putin"
    names: list[set[str]] = []
    every: set[str] = set()
    covered: set[int] = set()
    for first in range(len(words)):
        if not (capital[first] or lowered):
            continue
        for last in range(min(first + _LONGEST, len(words)), first, -1):
            found = _stories(desk, " ".join(words[first:last]))
            every |= found
            if found and not covered.intersection(range(first, last)):
                names.append(found)
                covered.update(range(first, last))
    known = all(n in covered for n in range(1, len(words)) if capital[n])
    return NamedIn(names, every, bool(names) and known and not lowered)


def _stories(desk: Told, span: str) -> set[str]:
    found: set[str] = set()
    for one in dict.fromkeys(_ids(desk, span)):
        found |= desk.stories_with(one)
    return found


def _ids(desk: Told, span: str) -> Iterator[str]:
    """Give the ids that words may mean: as they are printed, by the lists, by the sound of a whole name."""
    for form in _forms(span):
        yield from desk.entities(form)
    yield from _listed(span)


@lru_cache(4096)
def _forms(span: str) -> tuple[str, ...]:
    """Give words as they stand and without the genitive ending of each language."""
    return tuple(dict.fromkeys((span, *(strip_genitive(span, language) for language in READ_IN_FULL))))


@lru_cache(4096)
def _listed(span: str) -> tuple[str, ...]:
    names = Names(Archive([]))
    found = [one for language in READ_IN_FULL for one in names.listed(span, language)]
    if " " in span:
        found += [f"{kind}:{shape_key(form)}" for form in _forms(span) for kind in _TYPES]
    return tuple(dict.fromkeys(found))
