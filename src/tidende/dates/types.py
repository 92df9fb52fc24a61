"""What `dates` gives: times, lengths and numbers as values with their place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from tidende.records import DateValue, Duration, Part


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression: its value as an interval with a precision, and where it stands.

    `why` says why the bounds are null ("publication date unknown"), else "".
    """

    part: Part
    start: int
    end: int
    sentence: int
    value: DateValue
    why: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """One duration ("nearly two hours"), as an interval in minutes."""

    part: Part
    start: int
    end: int
    sentence: int
    value: Duration


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `kind` is count ("three times", "four meetings"), ordinal ("first time"),
    quantity ("130 kilometres", `unit` an English unit name) or plain.

    `noun` is the lower-case word counted, "" for frequencies ("three times") and plain numbers.
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


@dataclass(frozen=True, slots=True)
class Timeline:
    """All times, lengths and numbers of one article, each list in order of appearance."""

    times: tuple[Time, ...]
    lengths: tuple[Length, ...]
    numbers: tuple[Number, ...]
