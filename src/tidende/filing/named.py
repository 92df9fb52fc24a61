"""Look up whom and what the words of a question may name, and in which stories these are told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Protocol

from tidende.answers import Archive
from tidende.answers.names import Names
from tidende.entities.shape import shape_key
from tidende.languages.lists import READ_IN_FULL
from tidende.parse.genitive import strip_genitive

_LONGEST = 6  # words of a name
_MARKS = "?!.,:;\"'()[]«»“”„‘’‚"
_TYPES = ("person", "organisation", "place", "country", "other")
_HELD = 4096
_FIRST = 8  # stories in which the names of one are looked up


class Told(Protocol):
    """A desk, as far as names are looked up in it."""

    def entities(self, name: str) -> list[str]:
        """Give the ids of who or what is printed so or has this id."""

    def stories_with(self, entity: str) -> set[str]:
        """Give the ids of the stories in which an id is told of."""


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
            found, some = told_in(desk, span, ids_of(desk, span), printing)
            every |= found
            few |= some
            if found and not covered.intersection(range(first, last)):
                names.append(found)
                covered.update(range(first, last))
    whole = all(n in covered for n in range(1, len(words)) if words[n][:1].isupper() or lowered)
    if printed is not None and not whole:
        found, some = told_in(desk, "", ids_like(spans, printed()), printing)
        every |= found
        few |= some
    return NamedIn(names, every, few, bool(names) and whole)


def told_of(desk: Told, name: str, printed: Callable[[], Iterable[tuple[str, str]]]) -> set[str]:
    """Give the stories that tell of all whom a name may mean, by its sound where it is not printed so."""
    words = " ".join(name.split())
    return stories_with_any(desk, ids_of(desk, words)) or stories_with_any(desk, ids_like([words], printed()))


def told_in(
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


def stories_with_any(desk: Told, ids: Iterable[str]) -> set[str]:
    """Give the stories in which any of these ids is told of."""
    return {story for one in dict.fromkeys(ids) for story in desk.stories_with(one)}


def ids_of(desk: Told, span: str) -> Iterator[str]:
    """Give the ids that words may mean: as they are printed, by the lists, by the sound of a whole name."""
    for form in _forms(span):
        yield from desk.entities(form)
    yield from _listed(span)


def ids_like(spans: Iterable[str], printed: Iterable[tuple[str, str]]) -> set[str]:
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
