"""Find the days of a holiday in a year: Christmas, Easter and what hangs on it, Midsummer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from tidende.languages.lists import word_list

_WEEK = 7
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def easter_sunday(year: int) -> date:
    """Give Easter Sunday of the western churches, by the rule of Gauss as Meeus and Butcher write it."""
    century, rest = divmod(year, 100)
    leaps, over = divmod(century, 4)
    moon = (19 * (year % 19) + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * over + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * days) // 451
    month, day = divmod(moon + days - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def days_of(holiday: str, year: int) -> tuple[date, date]:
    """Give the first and last day of a holiday; what goes over New Year is of the year in which it begins.

    Raise `KeyError` for a holiday that `languages/common/holidays.toml` does not have.
    """
    first, _, last = word_list("common", "holidays")[holiday].partition("/")
    start = _day(first, year)
    end = _day(last, year) if last else start
    return (start, end) if end >= start else (start, _day(last, year + 1))


def _day(told: str, year: int) -> date:
    if told.startswith("easter"):
        return easter_sunday(year) + timedelta(days=int(told.removeprefix("easter")))
    weekday, _, day = told.rpartition(" ")
    month, number = map(int, day.removeprefix("-").split("-"))
    found = date(year, month, number)
    if not weekday:
        return found
    ahead = (_WEEKDAYS.index(weekday) - found.weekday()) % _WEEK
    return found + timedelta(days=ahead - (_WEEK if day.startswith("-") and ahead else 0))
