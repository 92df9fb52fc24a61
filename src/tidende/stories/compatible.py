"""Tell whether two values of one slot can both hold, which is the more exact, and which conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import inf
from typing import Any, Literal

from tidende.entities.gazetteer import Entry, load
from tidende.entities.register import plain_slug
from tidende.entities.shape import shape_key
from tidende.languages.lists import word_list
from tidende.records import Bounds, DateValue, Duration, Entity

Fit = Literal["same", "apart", "clash"]
# Slots that hold one value at a time: two that cannot both hold are a difference. Of the others
# (a theme, a format) several can hold, and each is a row of its own.
SINGLE = ("place", "venue", "date", "count", "ordinal", "duration", "planned_duration", "outcome")
_SLACK = 1.1  # "an hour" and "65 minutes" are told of one length
_OPEN_START, _OPEN_END = "0000", "9999"


def dates_fit(a: DateValue | None, b: DateValue | None) -> bool:
    """Tell whether two times can be one: they overlap, or one is not anchored."""
    if a is None or b is None or not (a.start or a.end) or not (b.start or b.end):
        return True
    return (a.start or _OPEN_START)[:10] <= (b.end or _OPEN_END)[:10] and (b.start or _OPEN_START)[:10] <= (
        a.end or _OPEN_END
    )[:10]


def anchored(value: DateValue | None) -> bool:
    """Tell whether a time has both bounds."""
    return value is not None and bool(value.start) and bool(value.end)


def days(a: str | None, b: str | None) -> float:
    """Give how many days lie between two bounds; endless where one is open."""
    if not a or not b:
        return inf
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def lengths_fit(a: Duration, b: Duration) -> bool:
    """Tell whether two lengths of time can be one: as intervals they meet, a tenth more or less.

    Of two that are both inexact more than an end must meet: "nearly two hours" were not "more than two".
    """
    low = max(a.min_minutes or 0.0, b.min_minutes or 0.0)
    highs = [value for value in (a.max_minutes, b.max_minutes) if value is not None]
    inexact = a.min_minutes != a.max_minutes and b.min_minutes != b.max_minutes
    return not highs or (low < min(highs) if inexact else low <= min(highs) * _SLACK)


def counts_fit(a: Any, b: Any) -> bool:
    """Tell whether two told numbers can be one: "more than three" is four, or any number above."""
    left, right = as_bounds(a), as_bounds(b)
    if left is None or right is None:
        return bool(a == b)
    highs = [bounds.max for bounds in (left, right) if bounds.max is not None]
    return not highs or max(left.min, right.min) <= min(highs)


def as_bounds(value: Any) -> Bounds | None:
    """Read a told number, exact or not, as what bounds it; None for no number."""
    if isinstance(value, int):
        return Bounds(min=value, max=value)
    if isinstance(value, Mapping) and "min" in value:
        return Bounds.model_validate(value)
    return value if isinstance(value, Bounds) else None


class Places:
    """Tell which place lies in which, by the gazetteer."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._found: dict[str, Entry | None] = {}

    def fit(self, a: str, b: str) -> Fit:
        """Compare two places: the same (or one in the other), clearly two, or nobody can say."""
        if a == b or self.within(a, b) or self.within(b, a):
            return "same"
        here, there = self._entry(a), self._entry(b)
        if here is None or there is None or not here.country or not there.country:
            return "apart"
        if _may_be_told_as(here, there) or _may_be_told_as(there, here):
            return "apart"
        towns = bool(here.population) and bool(there.population)
        return "clash" if here.country != there.country or towns else "apart"

    def within(self, inner: str, outer: str) -> bool:
        """Tell whether a place lies in a country."""
        here, there = self._entry(inner), self._entry(outer)
        if here is None or there is None or there.type != "country":
            return False
        return here.type != "country" and here.country == (there.key or there.country)

    def _entry(self, identifier: str) -> Entry | None:
        if identifier not in self._found:
            self._found[identifier] = self._look_up(identifier)
        return self._found[identifier]

    def _look_up(self, identifier: str) -> Entry | None:
        entity = self._entities.get(identifier)
        if entity is None or entity.type not in ("place", "country"):
            return None
        forms = [("en", entity.name)]
        forms += [(language, form) for language, names in entity.names.items() for form in names]
        known = [entry for language, form in forms for entry in load().entries(form, language)]
        by_id = next((entry for entry in known if entry.id == identifier), None)
        # A town without a citable id has the id of its name: the first town so called is meant.
        return by_id or next(
            (entry for entry in known if entry.type == entity.type and _is_named(identifier, entry)), None
        )


def _may_be_told_as(inner: Entry, outer: Entry) -> bool:
    """Tell whether a report may give one place where another gives the other, neither being wrong."""
    told = word_list("common", "places")
    state = outer.key or outer.country if outer.type == "country" else ""
    town = inner.name in told["told_by_city"].get(outer.name, ())
    if not state:
        return town or (inner.country in told["told_in"] and outer.name in told["told_in"][inner.country])
    own = inner.key if inner.type == "country" else inner.country
    return told["told_as"].get(own) == state or inner.name in told["told_in"].get(state, ())


def _is_named(identifier: str, entry: Entry) -> bool:
    """Tell whether an id is made of the name of an entry, as it is printed or by its sound."""
    _, _, name = identifier.partition(":")
    return name in (plain_slug(entry.name), shape_key(entry.name))


def fit(slot: str, a: Any, b: Any, places: Places) -> Fit:
    """Compare two values told for one slot of one event."""
    if a == b:
        return "same"
    if slot == "place":
        return places.fit(str(a), str(b))
    if slot == "venue":
        return "apart"
    if slot == "date":
        left, right = as_date(a), as_date(b)
        return "same" if dates_fit(left, right) else "clash"
    if slot in ("duration", "planned_duration"):
        first, second = as_duration(a), as_duration(b)
        if first is None or second is None:
            return "apart"
        return "same" if lengths_fit(first, second) else "clash"
    if slot == "count":
        return "same" if counts_fit(a, b) else "clash"
    if slot == "outcome":
        groups = word_list("common", "outcomes")["one_at_a_time"].values()
        return "clash" if any(a in keys and b in keys for keys in groups) else "apart"
    return "clash" if slot in SINGLE else "apart"


def most_exact(slot: str, values: Sequence[Any], places: Places) -> Any:
    """Choose the most exact of values that fit together, by the alphabet among equals."""
    return min(values, key=lambda value: exactness(slot, value, values, places))


def exactness(slot: str, value: Any, values: Sequence[Any], places: Places) -> tuple[float, str]:
    """Give a key that sorts values from the most exact to the least, whatever order they came in."""
    if slot == "date":
        width = date_width(as_date(value))
    elif slot in ("duration", "planned_duration"):
        width = _width(as_duration(value))
    elif slot == "count" and (told := as_bounds(value)) is not None:
        width = inf if told.max is None else float(told.max - told.min)
    elif slot == "place":
        width = float(not any(places.within(str(value), str(other)) for other in values))
    else:
        width = 0.0
    return width, str(value)


def as_date(value: Any) -> DateValue | None:
    """Read the value of an attribute as a time."""
    if isinstance(value, DateValue):
        return value
    return DateValue.model_validate(value) if isinstance(value, Mapping) and "precision" in value else None


def as_duration(value: Any) -> Duration | None:
    """Read the value of an attribute as a length of time."""
    if isinstance(value, Duration):
        return value
    known = isinstance(value, Mapping) and ("min_minutes" in value or "max_minutes" in value)
    return Duration.model_validate(value) if known else None


def date_width(value: DateValue | None) -> float:
    """Give how many days a time leaves open; endless where it is not anchored."""
    if value is None or not value.start or not value.end:
        return inf
    days = date.fromisoformat(value.end[:10]) - date.fromisoformat(value.start[:10])
    return days.days + 0.5 * (value.precision != "minute")


def _width(value: Duration | None) -> float:
    if value is None or value.min_minutes is None or value.max_minutes is None:
        return inf
    return value.max_minutes - value.min_minutes
