"""Keep what people have decided about two ids, one thing or two: that stands above every score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tidende.errors import UsageError


class Judgement(StrEnum):
    """Say what a person decided about two ids; `UNSURE` means looked at and left open."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(slots=True)
class Judgements:
    """The decisions of people about pairs of ids.

    What is the same as a third is the same; what differs from one of a set differs from all of it. Each
    decision is kept as it was made, so that taking one back undoes what followed from it and nothing else.
    """

    _pairs: dict[tuple[str, str], Judgement] = field(default_factory=dict)

    def judge(self, one: str, other: str, judgement: Judgement) -> None:
        """Keep a decision about two ids; a later one about the same two takes its place.

        Raise UsageError where it contradicts what follows from the others.
        """
        if one == other:
            raise UsageError(f"{one} was given twice: a judgement is about two ids")
        pair = _pair(one, other)
        others = Judgements({known: told for known, told in self._pairs.items() if known != pair})
        follows = others.of(one, other)
        if judgement is not Judgement.UNSURE and follows not in (None, Judgement.UNSURE, judgement):
            raise UsageError(f"{one} and {other} cannot be {judgement}: other judgements make them {follows}")
        self._pairs = {**others._pairs, pair: judgement}

    def forget(self, one: str, other: str) -> None:
        """Take back the decision about two ids; nothing happens where there is none."""
        self._pairs.pop(_pair(one, other), None)

    def of(self, one: str, other: str) -> Judgement | None:
        """Give what was decided about two ids, or follows from it; None where nothing does."""
        left, right = self._same(one), self._same(other)
        if other in left:
            return Judgement.SAME
        if any(
            told is Judgement.DIFFERENT and (a in left) != (b in left) and {a, b} <= left | right
            for (a, b), told in self._pairs.items()
        ):
            return Judgement.DIFFERENT
        return self._pairs.get(_pair(one, other))

    def canonical(self, identifier: str) -> str:
        """Give the id that stands for all that are the same: a Wikidata id first, then by the alphabet."""
        return min(self._same(identifier), key=lambda one: (not one[1:].isdigit() or one[:1] != "Q", one))

    def told(self) -> Mapping[tuple[str, str], Judgement]:
        """Give every decision as it was made, by the two ids in order of the alphabet."""
        return dict(sorted(self._pairs.items()))

    def _same(self, identifier: str) -> frozenset[str]:
        found, todo = {identifier}, [identifier]
        while todo:
            for other in self._beside(todo.pop()):
                if other not in found:
                    found.add(other)
                    todo.append(other)
        return frozenset(found)

    def _beside(self, identifier: str) -> Iterator[str]:
        for (a, b), told in self._pairs.items():
            if told is Judgement.SAME and identifier in (a, b):
                yield b if a == identifier else a


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
