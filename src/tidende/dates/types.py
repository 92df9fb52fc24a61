"""What `dates` gives: times, lengths and numbers as values with their place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tidende.records import DateValue, Duration, Part

# What a time hangs on: its own words, the day of publication, a year that the text told before.
AnchorKind = Literal["words", "publication", "text", ""]
Approximation = Literal["", "nearly", "about", "over", "least", "under", "most"]


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression: its value as an interval with a precision, and where it stands.

    `why` says why the bounds are null ("publication date unknown"), else "". `anchor` is what the value
    hangs on, `approximation` the kind of a word such as "around" before it. `governor` is the index of the
    token of the sentence, a verb or noun, that the words hang on in the tree, -1 where no tree tells.
    """

    part: Part
    start: int
    end: int
    sentence: int
    value: DateValue
    why: str = ""
    anchor: AnchorKind = ""
    approximation: Approximation = ""
    governor: int = -1


@dataclass(frozen=True, slots=True)
class Length:
    """One duration ("nearly two hours"), as an interval in minutes; `governor` as in `Time`."""

    part: Part
    start: int
    end: int
    sentence: int
    value: Duration
    approximation: Approximation = ""
    governor: int = -1


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `kind` is count ("three times", "four meetings"), ordinal ("first time"),
    quantity ("130 kilometres", `unit` an English unit name) or plain.

    `noun` is the lower-case word counted, "" for frequencies ("three times") and plain numbers; `governor`
    as in `Time`.
    """

    part: Part
    start: int
    end: int
    sentence: int
    kind: str
    minimum: float | None
    maximum: float | None
    unit: str = ""
    noun: str = ""
    approximation: Approximation = ""
    governor: int = -1


@dataclass(frozen=True, slots=True)
class Timeline:
    """All times, lengths and numbers of one article, each list in order of appearance."""

    times: tuple[Time, ...]
    lengths: tuple[Length, ...]
    numbers: tuple[Number, ...]
