"""Lay out when things happened: a scale of time with a dot for each event, those of one time stacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_WIDTH = 640
_STEP = 12  # from one dot to the next
_MARGIN = 14
_BELOW = 20  # for the years under the line
_TICKS = 8
_HIGHEST = 12  # dots above each other; those of one time that are more stand beside them


@dataclass(frozen=True, slots=True)
class Dot:
    """One event on the scale: which of those given, and where it stands."""

    at: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of time: dots, and years or months with their places; no dots where there is no scale."""

    width: int
    height: int
    line: int
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[int, str], ...]


def scale(days: Sequence[str]) -> Scale:
    """Give a scale for ISO days, in order; none for fewer than two different ones."""
    known = [_day(day) for day in days]
    ordered = [day for day in known if day is not None]
    if len(set(ordered)) < 2:
        return Scale(_WIDTH, 0, 0, (), ())
    first, last = min(ordered), max(ordered)
    places = (_WIDTH - 2 * _MARGIN) // _STEP
    stacked: Counter[int] = Counter()
    columns: list[tuple[int, int, int]] = []
    for at, day in enumerate(known):
        if day is not None:
            wanted = round((day - first).days / (last - first).days * places)
            column = min(range(places + 1), key=lambda one: (stacked[one] >= _HIGHEST, abs(one - wanted)))
            columns.append((at, column, stacked[column]))
            stacked[column] += 1
    line = _MARGIN + _STEP * max(stacked.values())
    dots = tuple(
        Dot(at, _MARGIN + column * _STEP, line - _STEP // 2 - 2 - level * _STEP)
        for at, column, level in columns
    )
    ticks = tuple((_MARGIN + round(share * places * _STEP), name) for share, name in _ticks(first, last))
    return Scale(_WIDTH, line + _BELOW, line, dots, ticks)


def _ticks(first: date, last: date) -> list[tuple[float, str]]:
    """Name the years between two days, the months where that is less than two years, else the two days."""
    span = (last - first).days
    if span >= 730:
        every = -(-(last.year - first.year) // _TICKS)
        days = [(date(year, 1, 1), str(year)) for year in range(first.year + 1, last.year + 1, every)]
    elif span >= 60:
        months = range(first.year * 12 + first.month, last.year * 12 + last.month)
        every = -(-len(months) // _TICKS)
        days = [(date(m // 12, m % 12 + 1, 1), f"{m // 12}-{m % 12 + 1:02}") for m in months[::every]]
    else:
        days = [(first, first.isoformat()), (last, last.isoformat())]
    return [((day - first).days / span, name) for day, name in days]


def _day(day: str) -> date | None:
    try:
        return date.fromisoformat(day[:10])
    except ValueError:
        return None
