"""Draw how many acts of cooperation and of conflict are told of each year, or month of one year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tidende.ledgers import Entry
from tidende.records import COOPERATIVE

_WIDTH, _HEIGHT = 640.0, 120.0
_MOST = 24  # periods that a chart can hold; the latest are shown
_WIDEST = 48.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: its name, where it stands, and for each kind of act the height and the count."""

    name: str
    x: float
    width: float
    up: float
    down: float
    cooperative: int
    conflictual: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over a middle line: cooperation above it, conflict below."""

    width: float
    height: float
    middle: float
    bars: tuple[Bar, ...]


def chart(entries: Iterable[Entry]) -> Chart:
    """Count dated events that are not denied; a chart of fewer than two periods has no bars."""
    days = [
        (entry.event.date.start[:7], entry.event.type in COOPERATIVE)
        for entry in entries
        if entry.event.modality != "denied" and entry.event.date is not None and entry.event.date.start
    ]
    length = 4 if len({day[:4] for day, _ in days}) > 1 else 7
    counts = Counter((day[:length], kind) for day, kind in days)
    periods = sorted({period for period, _ in counts})[-_MOST:]
    if len(periods) < 2:
        return Chart(_WIDTH, 0.0, 0.0, ())
    most = max(counts.values())
    step = min(_WIDTH / len(periods), _WIDEST * 1.4)
    middle = _HEIGHT / 2
    bars = tuple(
        Bar(
            period,
            round(number * step, 1),
            round(step * 0.7, 1),
            round(counts[period, True] / most * (middle - 4), 1),
            round(counts[period, False] / most * (middle - 4), 1),
            counts[period, True],
            counts[period, False],
        )
        for number, period in enumerate(periods)
    )
    return Chart(_WIDTH, _HEIGHT + 16, middle, bars)
