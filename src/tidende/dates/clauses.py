"""Tell whether the clause around a time expression looks ahead or back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tidende.dates.numerals import Phrases
from tidende.dates.tokens import Piece
from tidende.dates.values import Direction
from tidende.languages.lists import word_list

_MARKS = frozenset(',;:()–—-"“”„«»…!?')
_WORDS_BESIDE_FRONTED = 2


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that open a clause or make it look ahead or back; `apart` may stand around a verb."""

    openers: frozenset[str]
    future: Phrases
    past: frozenset[str]
    joiners: frozenset[str]
    apart: tuple[tuple[str, ...], ...]


@cache
def cues(language: str) -> Cues:
    """Give the cues of a language, built once."""
    calendar = word_list(language, "calendar")
    return Cues(
        openers=frozenset(calendar["clause_openers"]),
        future=Phrases((form, "") for form in calendar["future"]),
        past=frozenset(calendar["past"]),
        joiners=frozenset(calendar["and"]),
        apart=tuple(tuple(form.lower().split()) for form in calendar["future"] if " " in form),
    )


def direction(pieces: Sequence[Piece], first: int, last: int, table: Cues) -> Direction:
    """Look for cues in the clause that holds the pieces `[first:last]`.

    A time that stands alone before its clause ("On Tuesday, he will ...") takes the clause after it.
    """
    start = first
    while start > 0 and not _opens(pieces, start - 1, table):
        start -= 1
    end = last
    while end < len(pieces) and not _opens(pieces, end, table):
        end += 1
    if (first - start) + (end - last) <= _WORDS_BESIDE_FRONTED and end < len(pieces):
        end += 1
        while end < len(pieces) and not _opens(pieces, end, table):
            end += 1
    found = _nearest_cue(pieces, [*range(first - 1, start - 1, -1), *range(last, end)], table)
    while not found and start > 0 and pieces[start - 1].key in table.joiners:
        earlier = start - 1
        while earlier > 0 and not _opens(pieces, earlier - 1, table):
            earlier -= 1
        found = _nearest_cue(pieces, [*range(start - 2, earlier - 1, -1)], table)
        start = earlier
    return found


def _nearest_cue(pieces: Sequence[Piece], order: Sequence[int], table: Cues) -> Direction:
    for index in order:
        if table.future.at(pieces, index):
            return "future"
        if pieces[index].key in table.past and not _inside_future(pieces, index, table):
            return "past"
    return ""


def _inside_future(pieces: Sequence[Piece], index: int, table: Cues) -> bool:
    """Tell whether a word only looks back on its own: "are set", "kommer att"."""
    return any(
        end > index for first in range(max(0, index - 2), index) for _, end in table.future.at(pieces, first)
    )


def _opens(pieces: Sequence[Piece], index: int, table: Cues) -> bool:
    piece = pieces[index]
    if piece.key in _MARKS:
        return not (piece.key == "-" and piece.gap == 0)
    return piece.key in table.openers
