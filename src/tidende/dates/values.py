"""Turn what a template found into an interval of days, anchored at the day of publication."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from tidende.dates.holidays import days_of
from tidende.dates.types import AnchorKind
from tidende.records import Precision

# "told" is a past above a noun that the time belongs to: "invitations to the event on 12 October were sent".
Direction = Literal["past", "told", "future", "present", ""]
UNKNOWN_PUBLICATION = "publication date unknown"
AMBIGUOUS_YEAR = "year not told"

_WEEK = 7
_SATURDAY = 5
_MONTHS = 12
_FAR_BACK = timedelta(days=270)
_FAR = timedelta(days=300)
_CLOSE_BACK = timedelta(days=120)
_SOON = timedelta(days=95)
_TWO_YEARS = timedelta(days=550)
_SEASON_START = (3, 6, 9, 12)
_UNIT_PRECISION: Mapping[str, Precision] = {
    "minute": "minute",
    "hour": "minute",
    "day": "day",
    "week": "week",
    "weekend": "period",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a relative expression hangs on: the day of publication, and whether it looks ahead.

    `told` are the years that the article gave to a day and month before; `year` is the one year that it
    tells where nobody knows when it was published.
    """

    published: date | None
    direction: Direction = ""
    told: Mapping[tuple[int, int], int] = field(default_factory=dict)
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive days with a precision; `why` tells why a bound is missing, `anchor` what the days hang on."""

    start: date | None
    end: date | None
    precision: Precision
    why: str = ""
    anchor: AnchorKind = ""


class _Impossible(Exception):
    """The words make no date: 31 February, a year before the calendar."""


def resolve(rule: str, slots: Mapping[str, Any], anchor: Anchor) -> Interval | None:
    """Give the interval of one match; None where its words make no date."""
    if slots.get("ahead"):
        anchor = replace(anchor, direction="future")
    try:
        found = _RULES[rule](slots, anchor)
    except (_Impossible, ValueError, OverflowError):
        return None
    if found.anchor or (found.start is None and found.end is None):
        return found
    absolute = any(name in slots for name in ("year", "decade"))
    return replace(found, anchor="words" if absolute else "publication")


def is_time(rule: str) -> bool:
    """Tell whether a rule of the word lists stands for a time."""
    return rule in _RULES


def _unknown(precision: Precision, why: str = UNKNOWN_PUBLICATION) -> Interval:
    return Interval(None, None, precision, why)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    index = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(index, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _nearest(spans: list[tuple[date, date]], anchor: Anchor) -> tuple[date, date] | None:
    """Choose among yearly repetitions: not after publication unless the clause looks ahead."""
    assert anchor.published is not None
    past = [span for span in spans if span[0] <= anchor.published]
    future = [span for span in spans if span[1] >= anchor.published]
    soon = bool(future) and future[0][0] - anchor.published < _SOON
    if soon and anchor.direction != "past" and (not past or anchor.published - past[-1][1] > _FAR_BACK):
        # Without a verb that says so nobody leaves the year out of what happened almost a year ago.
        return future[0]
    ahead = anchor.direction == "future" and bool(future)
    if ahead and past and future[0][0] - anchor.published > _FAR:
        # What was a moment ago is not what comes next year: "after what we saw in August, they will ..."
        ahead = anchor.published - past[-1][1] > _FAR - _FAR_BACK
    if ahead:
        return future[0]
    if not past:
        return None
    behind = anchor.published - past[-1][1]
    ahead_by = future[0][0] - anchor.published if future else behind
    if anchor.direction == "" and ahead_by < behind and behind > _CLOSE_BACK:
        # No verb tells, and what comes is nearer: a guess would be a wrong year too often.
        return future[0] if behind > _FAR_BACK else None
    # A present tells of what has just been, unless what comes is nearer.
    if anchor.direction == "present" and ahead_by < behind:
        return future[0]
    return past[-1]


def _yearly(
    month: int, day: int | None, last: int | None, anchor: Anchor, weekday: int | None = None
) -> tuple[date, date] | None:
    """Choose the year of a day or month; a weekday told with it rules out years that it is not in."""
    assert anchor.published is not None
    spans: list[tuple[date, date]] = []
    for year in range(anchor.published.year - 8, anchor.published.year + 9):
        try:
            start = date(year, month, day or 1)
            spans.append((start, date(year, month, last) if last else _month_end(year, month)))
        except ValueError:
            continue
    near = [span for span in spans if abs(span[0] - anchor.published) < _TWO_YEARS]
    fitting = [span for span in near if span[0].weekday() == weekday]
    return _nearest(fitting if weekday is not None and fitting else spans, anchor)


def _date(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    month, first = slots.get("month") or slots["monthnumber"], slots["day"]
    last = slots.get("day2", first)
    precision: Precision = "day" if last == first else "period"
    if last < first:
        raise _Impossible
    if "year" in slots:
        return Interval(date(slots["year"], month, first), date(slots["year"], month, last), precision)
    date(2000, month, last)
    told = anchor.told.get((month, first), anchor.year if anchor.published is None else None)
    if told is not None and anchor.direction != "future":
        return Interval(date(told, month, first), date(told, month, last), precision, anchor="text")
    if anchor.published is None:
        return _unknown(precision)
    span = _yearly(month, first, last, anchor, slots.get("weekday"))
    return Interval(*span, precision) if span else _unknown(precision, AMBIGUOUS_YEAR)


def _month(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    month = slots["month"]
    precision: Precision = "month"
    if "year" in slots:
        span: tuple[date, date] | None = (date(slots["year"], month, 1), _month_end(slots["year"], month))
    elif anchor.published is None and anchor.year is not None and not {"offset", "dir"} & slots.keys():
        span = (date(anchor.year, month, 1), _month_end(anchor.year, month))
        return replace(_third(Interval(*span, precision), slots), anchor="text")
    elif anchor.published is None:
        return _unknown(precision)
    elif "offset" in slots:
        year = anchor.published.year + slots["offset"]
        span = (date(year, month, 1), _month_end(year, month))
    elif slots.get("dir") == "past":
        before = date(anchor.published.year, anchor.published.month, 1)
        year = before.year if month < before.month else before.year - 1
        span = (date(year, month, 1), _month_end(year, month))
    elif slots.get("dir") == "future":
        year = anchor.published.year + (month <= anchor.published.month)
        span = (date(year, month, 1), _month_end(year, month))
    else:
        span = _yearly(month, None, None, anchor)
    if span is None:
        return _unknown(precision, AMBIGUOUS_YEAR)
    return _third(Interval(*span, precision), slots)


def _third(interval: Interval, slots: Mapping[str, Any]) -> Interval:
    """Cut a third ("early", "mid-", "late") or a half out of an interval."""
    parts = 2 if slots.get("half") else 3
    part = slots.get("half") or slots.get("third")
    if not part or interval.start is None or interval.end is None:
        return interval
    if parts == 2 and (interval.start.month, interval.end.month) == (1, _MONTHS):
        first = interval.start.replace(month=1 if part == 1 else 7)
        return Interval(first, _month_end(first.year, first.month + 5), "period")
    days = (interval.end - interval.start).days + 1
    first = interval.start + timedelta(days=days * (part - 1) // parts)
    last = interval.start + timedelta(days=days * part // parts - 1)
    return Interval(first, max(first, last), "period")


def _year(slots: Mapping[str, Any], _: Anchor) -> Interval:
    year = slots["year"]
    return _third(Interval(date(year, 1, 1), date(year, 12, 31), "year"), slots)


def _year_range(slots: Mapping[str, Any], _: Anchor) -> Interval:
    first, last = slots["year"], slots["year2"]
    if last < 100:
        last += first // 100 * 100
    if last <= first:
        raise _Impossible
    return Interval(date(first, 1, 1), date(last, 12, 31), "period")


def _decade(slots: Mapping[str, Any], _: Anchor) -> Interval:
    first = slots["decade"]
    return _third(Interval(date(first, 1, 1), date(first + 9, 12, 31), "decade"), slots)


def _season_span(season: int, year: int) -> tuple[date, date]:
    """Give a season of the northern calendar; winter belongs to the year in which it ends."""
    month = _SEASON_START[season]
    start = date(year - (month == _MONTHS), month, 1)
    end = _add_months(start, 2)
    return start, _month_end(end.year, end.month)


def _season(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    season = slots["season"]
    if "year" in slots:
        return Interval(*_season_span(season, slots["year"]), "season")
    if anchor.published is None:
        return _unknown("season")
    if "offset" in slots:
        return Interval(*_season_span(season, anchor.published.year + slots["offset"]), "season")
    years = range(anchor.published.year - 1, anchor.published.year + 3)
    spans = [_season_span(season, year) for year in years]
    if slots.get("dir") == "future":
        return Interval(*next(span for span in spans if span[0] > anchor.published), "season")
    if slots.get("dir") == "past":
        return Interval(*[span for span in spans if span[1] < anchor.published][-1], "season")
    span = _nearest(spans, replace(anchor, direction=anchor.direction or "past"))
    return Interval(*span, "season") if span else _unknown("season", AMBIGUOUS_YEAR)


def _holiday(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    holiday: str = slots["holiday"]
    first, last = days_of(holiday, 2000)
    precision: Precision = "day" if first == last else "period"
    if "year" in slots:
        return Interval(*days_of(holiday, slots["year"]), precision)
    if anchor.published is None:
        return _unknown(precision)
    year = anchor.published.year
    if "offset" in slots:
        return Interval(*days_of(holiday, year + slots["offset"]), precision)
    spans = [days_of(holiday, each) for each in range(year - 2, year + 3)]
    if slots.get("dir") == "future":
        return Interval(*next(span for span in spans if span[0] > anchor.published), precision)
    if slots.get("dir") == "past":
        return Interval(*[span for span in spans if span[1] < anchor.published][-1], precision)
    # Without a verb that tells, the feast that is much nearer is meant.
    span = _nearest(spans, replace(anchor, direction=anchor.direction or "present"))
    return Interval(*span, precision) if span else _unknown(precision, AMBIGUOUS_YEAR)


def _quarter(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    number = int(slots.get("ordinal") or slots["n"])
    if not 1 <= number <= 4:
        raise _Impossible
    if "year" in slots:
        return Interval(*_quarter_span(slots["year"], number), "quarter")
    if anchor.published is None:
        return _unknown("quarter")
    year = anchor.published.year
    if "offset" in slots:
        return Interval(*_quarter_span(year + slots["offset"], number), "quarter")
    span = _nearest([_quarter_span(each, number) for each in range(year - 2, year + 3)], anchor)
    return Interval(*span, "quarter") if span else _unknown("quarter", AMBIGUOUS_YEAR)


def _quarter_span(year: int, number: int) -> tuple[date, date]:
    return date(year, number * 3 - 2, 1), _month_end(year, number * 3)


def _nth(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    """Count weekdays, days or weeks within a month; -1 is the last of them."""
    month = _month({name: slots[name] for name in ("month", "year") if name in slots}, anchor)
    unit = slots.get("unit", "day")
    if unit not in ("day", "week"):
        raise _Impossible
    precision: Precision = "day" if unit == "day" else "week"
    if month.start is None or month.end is None:
        return _unknown(precision, month.why)
    days = [month.start + timedelta(days=index) for index in range((month.end - month.start).days + 1)]
    if "weekday" in slots:
        days = [day for day in days if day.weekday() == slots["weekday"]]
    elif unit == "week":
        # Like a week of ISO 8601, a week belongs to the month that holds its Thursday.
        days = [day - timedelta(days=3) for day in days if day.weekday() == 3]
    nth: int = slots["ordinal"]
    if not (nth == -1 or 1 <= nth <= len(days)):
        raise _Impossible
    first = days[nth if nth < 0 else nth - 1]
    return Interval(first, first + timedelta(days=_WEEK - 1) if unit == "week" else first, precision)


def _unit_span(unit: str, day: date, offset: int) -> tuple[date, date]:
    """Give the calendar unit that holds a day, moved by so many units."""
    if unit in ("minute", "hour", "day"):
        moved = day + timedelta(days=offset if unit == "day" else 0)
        return moved, moved
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
        return monday, monday + timedelta(days=_WEEK - 1)
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - _SATURDAY) % _WEEK) + timedelta(weeks=offset)
        return saturday, saturday + timedelta(days=1)
    if unit == "month":
        first = _add_months(day.replace(day=1), offset)
        return first, _month_end(first.year, first.month)
    if unit == "quarter":
        first = _add_months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * offset)
        last = _add_months(first, 2)
        return first, _month_end(last.year, last.month)
    if unit == "year":
        return date(day.year + offset, 1, 1), date(day.year + offset, 12, 31)
    if unit == "decade":
        first_year = day.year // 10 * 10 + 10 * offset
        return date(first_year, 1, 1), date(first_year + 9, 12, 31)
    raise _Impossible


def _unit(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    unit = slots["unit"]
    if unit not in _UNIT_PRECISION or unit in ("minute", "hour", "day"):
        raise _Impossible
    precision: Precision = "period" if slots.get("third") or slots.get("half") else _UNIT_PRECISION[unit]
    if anchor.published is None:
        return _unknown(precision)
    offset = slots["offset"]
    if unit == "weekend" and offset == 0 and anchor.direction == "future":
        offset = 0 if anchor.published.weekday() >= _SATURDAY else 1
    elif unit == "weekend" and offset < 0 and anchor.published.weekday() < _SATURDAY:
        offset += 1
    return _third(Interval(*_unit_span(unit, anchor.published, offset), precision), slots)


def _unit_earlier(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    if anchor.published is None:
        return _unknown("period" if slots["unit"] != "day" else "day")
    start, _ = _unit_span(slots["unit"], anchor.published, 0)
    return Interval(start, anchor.published, "day" if slots["unit"] == "day" else "period")


def _unit_later(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    if anchor.published is None:
        return _unknown("period" if slots["unit"] != "day" else "day")
    _, end = _unit_span(slots["unit"], anchor.published, 0)
    return Interval(anchor.published, end, "day" if slots["unit"] == "day" else "period")


def _moved(day: date, number: float, unit: str) -> date:
    if unit in ("minute", "hour", "second"):
        hours = number * {"hour": 1.0, "minute": 1 / 60, "second": 1 / 3600}[unit]
        return day + timedelta(days=round(hours / 24))
    if unit in ("day", "week"):
        return day + timedelta(days=round(number * (1 if unit == "day" else _WEEK)))
    months = {"month": 1, "quarter": 3, "year": _MONTHS, "decade": 10 * _MONTHS}.get(unit)
    if months is None:
        raise _Impossible
    return _add_months(day, round(number * months))


def _units_past(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    if anchor.published is None:
        return _unknown("period")
    start = _moved(anchor.published, -slots.get("n", 1), slots["unit"])
    if slots.get("calendar"):
        # Words that mean the last calendar unit or the last twelve months: an interval that holds both.
        start, _ = _unit_span(slots["unit"], anchor.published, -1)
    return Interval(start, anchor.published, "period")


def _units_next(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    if anchor.published is None:
        return _unknown("period")
    return Interval(anchor.published, _moved(anchor.published, slots.get("n", 1), slots["unit"]), "period")


def _ago(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    return _distance(slots, anchor, -1)


def _ahead(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    return _distance(slots, anchor, 1)


def _distance(slots: Mapping[str, Any], anchor: Anchor, sign: int) -> Interval:
    """Move from publication; the result is the calendar day, week, month or year that is hit."""
    unit, number = slots["unit"], slots.get("n", 1)
    if unit in ("second", "minute", "hour"):
        if number > 12:
            raise _Impossible
        precision: Precision = "day"
    else:
        precision = _UNIT_PRECISION[unit]
    if anchor.published is None:
        return _unknown(precision)
    if precision == "day" and unit != "day":
        return Interval(anchor.published, anchor.published, "day")
    moved = _moved(anchor.published, sign * number, unit)
    return Interval(*_unit_span(unit, moved, 0), precision)


def _day(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    if anchor.published is None:
        return _unknown("day")
    day = anchor.published + timedelta(days=slots["offset"])
    return Interval(day, day, "day")


def _weekday(slots: Mapping[str, Any], anchor: Anchor) -> Interval:
    if anchor.published is None:
        return _unknown("day")
    day = _find_weekday(slots, anchor.published, anchor.direction)
    start = day - timedelta(days=1) if slots.get("night") else day
    return Interval(start, day, "day" if start == day else "period")


def _find_weekday(slots: Mapping[str, Any], published: date, direction: Direction) -> date:
    weekday: int = slots["weekday"]
    if "week" in slots:
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=slots["week"])
        return monday + timedelta(days=weekday)
    back = (published.weekday() - weekday) % _WEEK
    told = slots.get("dir")
    if told == "past":
        return published - timedelta(days=back or _WEEK)
    if told == "next":
        return published + timedelta(days=_WEEK - back)
    # A present tells of what comes, or of what has just been.
    ahead = direction == "future" or (direction == "present" and back > 1)
    if told == "future" or ahead:
        return published + timedelta(days=(_WEEK - back) % _WEEK)
    return published - timedelta(days=back)


_RULES = {
    "date": _date,
    "numeric_date": _date,
    "month": _month,
    "month_bare": _month,
    "nth": _nth,
    "year": _year,
    "year_bare": _year,
    "year_range": _year_range,
    "decade": _decade,
    "season": _season,
    "quarter": _quarter,
    "holiday": _holiday,
    "unit": _unit,
    "unit_earlier": _unit_earlier,
    "unit_later": _unit_later,
    "units_past": _units_past,
    "units_next": _units_next,
    "ago": _ago,
    "ahead": _ahead,
    "day": _day,
    "weekday": _weekday,
}
# Rules whose value hangs on whether their clause looks ahead.
DIRECTED = frozenset(
    {"date", "numeric_date", "month", "month_bare", "nth", "season", "quarter", "unit", "weekday", "holiday"}
)
