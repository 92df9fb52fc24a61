"""Turn what a template found into a length of time in minutes, or into a counted number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.dates.numerals import Amount, approximate
from tidende.dates.tokens import TIGHT, Piece

_MINUTES = {
    "second": 1 / 60,
    "minute": 1.0,
    "hour": 60.0,
    "day": 1440.0,
    "week": 10080.0,
    "month": 43830.0,
    "quarter": 131490.0,
    "year": 525960.0,
    "decade": 5259600.0,
}
_FIRST_PLAIN_YEAR, _LAST_PLAIN_YEAR = 1800, 2050
_NOT_COUNTS = frozenset("-:/.,#*+=_§")
_LENGTHS = frozenset({"length", "length_multiple"})
_NUMBERS = frozenset({"age", "frequency", "ordinal", "count", "quantity", "plain"})


@dataclass(frozen=True, slots=True)
class Count:
    """A number without its place: see `types.Number`."""

    kind: str
    minimum: float | None
    maximum: float | None
    unit: str = ""
    noun: str = ""


def is_length(rule: str) -> bool:
    """Tell whether a rule of the word lists stands for a length of time."""
    return rule in _LENGTHS


def is_number(rule: str) -> bool:
    """Tell whether a rule of the word lists stands for a number."""
    return rule in _NUMBERS


def _scaled(amount: Amount, factor: float, add: float = 0.0) -> Amount:
    low, high = amount.minimum, amount.maximum
    return Amount(
        None if low is None else round((low + add) * factor, 3),
        None if high is None else round((high + add) * factor, 3),
    )


def length(slots: Mapping[str, Any], lengthy: bool) -> Amount | None:
    """Give a length of time in minutes.

    `lengthy` tells that the words before it ask for a length, so that "a week" is one week.
    """
    if "lengthword" in slots:
        value, unit = slots["lengthword"]
        return _scaled(Amount(value, value), _MINUTES[unit])
    unit = slots["unit"]
    if unit not in _MINUTES:
        return None
    value = slots.get("number", slots.get("value"))
    amount: Amount | None = value if isinstance(value, Amount) else Amount(float(value), float(value))
    assert amount is not None
    if amount.article and not lengthy and amount.minimum == amount.maximum:
        return None
    amount = _up_to(amount, slots)
    if amount is None:
        return None
    kind = slots.get("kind")
    if kind and amount.minimum is not None:
        amount = approximate(kind, amount.minimum)
    return _scaled(amount, _MINUTES[unit], slots.get("add", 0.0))


def _up_to(amount: Amount, slots: Mapping[str, Any]) -> Amount | None:
    """Widen "two" to "two to four" where the template found a second number."""
    if "n2" not in slots:
        return amount
    if amount.minimum is None or slots["n2"] <= amount.minimum:
        return None if amount.minimum is not None else Amount(None, slots["n2"])
    return Amount(amount.minimum, slots["n2"])


def multiple(slots: Mapping[str, Any], of: Amount) -> Amount | None:
    """Resolve "more than twice as long" against the length it is compared with."""
    if of.minimum is None or of.maximum is None:
        return None
    low, high = of.minimum * slots["factor"], of.maximum * slots["factor"]
    kind = slots.get("kind")
    if kind is None:
        return Amount(low, high)
    return Amount(approximate(kind, low).minimum, approximate(kind, high).maximum)


def number(
    rule: str, slots: Mapping[str, Any], pieces: Sequence[Piece], first: int, last: int
) -> Count | None:
    """Give the number of one match; None where the digits are something else (a score, a year, a clock)."""
    if not _stands_free(pieces, first, last):
        return None
    if rule == "ordinal":
        value = float(slots["ordinal"])
        return Count("ordinal", value, value, noun="" if "times" in slots else slots.get("word", ""))
    if rule == "frequency" and "least" in slots:
        return Count("count", float(slots["least"]), None)
    if rule == "frequency" and "frequency" in slots:
        value = float(slots["frequency"])
        low = slots["number"].minimum if "number" in slots else value  # "drei- oder viermal"
        return Count("count", low, value)
    article = slots["number"].article
    amount = _up_to(slots["number"], slots)
    if amount is None or (article and rule != "age"):
        return None
    if rule == "quantity":
        return Count(
            "quantity", amount.minimum, amount.maximum, unit=slots.get("measure") or slots["currency"]
        )
    if rule == "age":
        return Count("quantity", amount.minimum, amount.maximum, unit="years old")
    if rule == "frequency":
        return None if amount.maximum == 1 else Count("count", amount.minimum, amount.maximum)
    if _looks_like_year(pieces[first:last]):
        return None
    if rule == "count":
        return Count("count", amount.minimum, amount.maximum, noun=slots["noun"])
    if first and pieces[first].number is not None and pieces[first - 1].is_capital and first > 1:
        return None
    if pieces[first].is_word and amount.minimum == amount.maximum and amount.minimum in (0, 1):
        return None
    return Count("plain", amount.minimum, amount.maximum)


def _looks_like_year(pieces: Sequence[Piece]) -> bool:
    return any(
        piece.is_digits and len(piece.text) == 4 and _FIRST_PLAIN_YEAR <= int(piece.text) <= _LAST_PLAIN_YEAR
        for piece in pieces
    )


def _stands_free(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Tell whether no mark ties the number to another one ("31-27", "11:15", "25.4.")."""
    if first and pieces[first].gap == TIGHT and pieces[first - 1].key in _NOT_COUNTS:
        return False
    if first and pieces[first].number is not None and pieces[first - 1].number is not None:
        return False
    if first > 1 and pieces[first - 1].key == "-" and pieces[first - 2].number is not None:
        return False
    if last < len(pieces) and pieces[last - 1].number is not None:
        mark = pieces[last]
        if mark.gap == TIGHT and mark.key in _NOT_COUNTS and last + 1 < len(pieces):
            return pieces[last + 1].gap != TIGHT
        if mark.number is not None:
            return False
        if mark.key == "-" and last + 1 < len(pieces) and pieces[last + 1].number is not None:
            return False
    return True
