"""The labelled times and numbers of `tests/data/dates`, and how what is read is held against them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from scoring import ROOT, Figure, Json, share

SET = ROOT / "tests" / "data" / "dates"
SETS = ("ntrex", "wikinews")
LANGUAGES = ("da", "nb", "nn", "sv", "en", "de")
_SLACK = timedelta(days=1)  # "the past month" begins on the day of the month or on the next
_VAGUE = 0.5  # "late April" must share half of its days with what is read

Span = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled sentence; offsets are code points of `text`."""

    name: str
    language: str
    published: date | None
    half: str
    text: str
    times: tuple[Json, ...]
    numbers: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class ReadTime:
    """One time as a reader gives it, offsets into the sentence."""

    start: int
    end: int
    value: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """One length or number as read; a length is in minutes."""

    start: int
    end: int
    kind: str
    unit: str
    value: tuple[float | None, float | None]
    text: str = ""


@dataclass
class Tally:
    """Counts of one language, and a line of text for each thing that is not right."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


FIGURES = (
    Figure("times found", share("found", "times"), ("found", "times")),
    Figure("right value, of those found", share("right", "found"), ("right", "found")),
    Figure("wrong year, of those found", share("wrong year", "found"), ("wrong year", "found")),
    Figure("times read that are none", share("extra", "read"), ("extra", "read")),
)
NUMBER_FIGURES = (
    Figure("numbers and lengths found", share("numbers found", "numbers"), ("numbers found", "numbers")),
    Figure(
        "right value and unit, of those found",
        share("numbers right", "numbers found"),
        ("numbers right", "numbers found"),
    ),
)


def load(name: str, *, data: Path = SET) -> list[Row]:
    """Read one labelled file."""
    lines = (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_row(json.loads(line)) for line in lines]


def _row(row: Json) -> Row:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    return Row(
        f"{row['document']}:{row['line']}",
        row["language"],
        published,
        row["half"],
        row["text"],
        tuple(row["times"]),
        tuple(row.get("numbers", ())),
    )


def score_times(row: Row, read: Sequence[ReadTime], tally: Tally, *, within: bool = False) -> None:
    """Count what of a sentence's times is found, right, and too much.

    With `within` a single day inside the interval is right too, for readers that give no intervals.
    """
    counts = tally.counts
    for gold in row.times:
        hits = [time for time in read if time.start < gold["end"] and gold["start"] < time.end]
        if gold.get("optional"):
            continue
        counts["times"] += 1
        if not hits:
            tally.notes.append(_note("missed", row, gold["text"], gold["values"]))
            continue
        counts["found"] += 1
        if any(
            _is_right(time.value, gold) or ((within or gold.get("within")) and _is_within(time.value, gold))
            for time in hits
        ):
            counts["right"] += 1
            continue
        wrong = [time for time in hits if not _years_meet(time.value, gold["values"])]
        counts["wrong year"] += bool(wrong)
        tally.notes.append(
            _note(
                "wrong year" if wrong else "wrong",
                row,
                gold["text"],
                gold["values"],
                [(t.text, t.value) for t in hits],
            )
        )
    for time in read:
        counts["read"] += 1
        if not any(time.start < gold["end"] and gold["start"] < time.end for gold in row.times):
            counts["extra"] += 1
            tally.notes.append(_note("extra", row, time.text, time.value))


def score_numbers(row: Row, read: Sequence[ReadNumber], tally: Tally) -> None:
    """Count what of a sentence's labelled numbers is found and right; others are not looked at."""
    for gold in row.numbers:
        tally.counts["numbers"] += 1
        hits = [one for one in read if one.start < gold["end"] and gold["start"] < one.end]
        if not hits:
            tally.notes.append(_note("missed number", row, gold["text"], gold["values"]))
            continue
        tally.counts["numbers found"] += 1
        if any(_number_is_right(one, gold) for one in hits):
            tally.counts["numbers right"] += 1
        else:
            told = [(one.text, one.kind, one.unit, one.value) for one in hits]
            tally.notes.append(
                _note("wrong number", row, gold["text"], (gold["kind"], gold["unit"], gold["values"]), told)
            )


def _note(what: str, row: Row, *told: object) -> str:
    return f"{what}: {row.language} {row.name} ({row.half}) {' | '.join(map(str, told))} | {row.text[:160]}"


def days(value: Span) -> tuple[date, date]:
    """Give an interval's bounds as days, an open one far out."""
    start, end = value
    return (
        date.fromisoformat(start) if start else date.min,
        date.fromisoformat(end) if end else date.max,
    )


def _is_right(value: Span, gold: Json) -> bool:
    """Tell whether an interval is one of those expected; without any, it must have no bounds."""
    if not gold["values"]:
        return value == (None, None)
    if value == (None, None):
        return False
    return any(
        _same(days(value), days((start, end)), bool(gold.get("vague"))) for start, end in gold["values"]
    )


def _is_within(value: Span, gold: Json) -> bool:
    low, high = days(value)
    return any(days((a, b))[0] <= low <= high <= days((a, b))[1] for a, b in gold["values"])


def _same(value: tuple[date, date], gold: tuple[date, date], vague: bool) -> bool:
    if vague:
        shared = (min(value[1], gold[1]) - max(value[0], gold[0])).days + 1
        whole = (max(value[1], gold[1]) - min(value[0], gold[0])).days + 1
        return shared / whole >= _VAGUE
    if gold[0] == gold[1] or (gold[1] - gold[0]).days < 7:
        return value == gold
    return _near(value[0], gold[0]) and _near(value[1], gold[1])


def _near(one: date, other: date) -> bool:
    return one == other or (
        date.min not in (one, other) and date.max not in (one, other) and abs(one - other) <= _SLACK
    )


def _years_meet(value: Span, golds: Sequence[Sequence[str | None]]) -> bool:
    if value == (None, None) or not golds:
        return True
    low, high = (day.year for day in days(value))
    return any(low <= days((a, b))[1].year and days((a, b))[0].year <= high for a, b in golds)


def _number_is_right(one: ReadNumber, gold: Json) -> bool:
    if one.kind != gold["kind"] or (gold["kind"] == "quantity" and one.unit != gold["unit"]):
        return False
    return any(_fits(one.value, low, high, kind) for low, high, kind in gold["values"])


def _fits(value: tuple[float | None, float | None], low: float, high: float, kind: str) -> bool:
    """Compare with a number and its approximation: "over", "most", "about", "nearly", "exact"."""
    least, most = value
    if kind == "over":
        return least is not None and _close(least, low) and most is None
    if kind == "most":
        return most is not None and _close(most, high) and (least is None or least < most)
    if least is None or most is None:
        return False
    if kind == "nearly":
        return _close(most, high) and 0.5 * high < least < most
    if kind == "about":
        return 0.5 * low < least < low and high < most < 1.5 * high
    return _close(least, low) and _close(most, high)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def by_language(rows: Sequence[Row], half: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of each language in one half, or in both for ""."""
    for language in LANGUAGES:
        chosen = [row for row in rows if row.language == language and half in ("", row.half)]
        if chosen:
            yield language, chosen
