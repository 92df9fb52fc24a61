"""The ledger: what actors have to do with each other over time, counts told beside events known.

Reports of one event are one entry, in whatever story and language they stand. Nothing is guessed: two
tellings are one event only if their parties, times and places say so, or the ordinal and the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from tidende.records import DateValue, Event, EventType, Evidence, Model, Record

_SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
_SLOTS = ("place", "venue", "date", "duration", "ordinal", "theme", "outcome", "mode")
_ENDLESS = 10**6
_DAYS_OF_A_MONTH = 31
_DAYS_OF_A_VISIT = 4  # acts that are no meetings are one only if told of the same few days


class Entry(Model):
    """Hold one event as the ledger counts it, with the stories and articles that tell it.

    `main_in` are the stories that are about this event.
    """

    id: str
    event: Event
    stories: list[str]
    main_in: list[str]
    articles: list[str]


class Sum(Model):
    """Set a told count beside the events known: `entry` tells it, `known` are the entries it adds up.

    `gap` is what is told and not known: 0 where the sum is closed, negative where more are known than told.
    """

    entry: str
    parties: list[str]
    told: int
    period: DateValue | None = None
    known: list[str]
    gap: int
    articles: list[str]
    evidence: list[Evidence]


class Account(Model):
    """Hold what one actor does, or two actors do with each other: ids of entries in order of time.

    `counts` are entries by type, told counts left out. `first` and `last` are the first and the last meeting
    that is known to have happened, None where none has a date.
    """

    parties: list[str]
    entries: list[str]
    counts: dict[EventType, int]
    sums: list[Sum]
    first: str | None = None
    last: str | None = None
    articles: list[str]


class Ledger(Model):
    """Hold every entry in order of time, and the accounts of actors and of pairs of actors."""

    entries: list[Entry]
    sums: list[Sum]
    actors: list[Account]
    pairs: list[Account]

    @cached_property
    def _places(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _pairs(self) -> dict[tuple[str, ...], Account]:
        return {tuple(account.parties): account for account in self.pairs}

    def entry(self, identifier: str) -> Entry:
        """Give an entry by its id; raise `KeyError` for an unknown one."""
        return self._places[identifier]

    def of(self, actor: str) -> Account | None:
        """Give the account of one actor, None where no event names it."""
        return next((account for account in self.actors if account.parties == [actor]), None)

    def between(self, one: str, other: str) -> Account | None:
        """Give the account of two actors, None where no event joins them."""
        return self._pairs.get(tuple(sorted({one, other})))


def ledger(records: Sequence[Record]) -> Ledger:
    """Enter the events of records by who takes part: actors and pairs of actors over time.

    Entries, and the events of each account, are in order of time, undated ones last; accounts are in order of
    their ids. Unnamed groups ("protesters") have no account, since those of two stories are not the same.
    """
    entries = _entries(records)
    met: dict[str, list[Entry]] = {}  # the meetings of each, in order
    for entry in entries:
        if entry.event.type == "CONSULT" and happened(entry.event):
            for one in parties(entry.event):
                met.setdefault(one, []).append(entry)
    days = {
        article.id: article.published[:10]
        for record in records
        for article in record.articles
        if article.published
    }
    sums = {entry.id: found for entry in entries if (found := _sum(entry, met, days)) is not None}
    named = {entity.id for record in records for entity in record.entities if entity.named}
    actors: dict[tuple[str, ...], list[Entry]] = {}
    pairs: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        for actor in parties(entry.event):
            if actor in named:
                actors.setdefault((actor,), []).append(entry)
        for pair in _pairs(entry.event):
            if named.issuperset(pair):
                pairs.setdefault(pair, []).append(entry)
    return Ledger(
        entries=entries,
        sums=list(sums.values()),
        actors=[_account(who, actors[who], sums) for who in sorted(actors)],
        pairs=[_account(who, pairs[who], sums) for who in sorted(pairs)],
    )


def parties(event: Event) -> list[str]:
    """Give everybody who takes part in an event, each once, actors first."""
    return list(dict.fromkeys((*event.actors, *event.recipients)))


def by_time(event: Event) -> tuple[bool, str, str]:
    """Give a key that sorts events by their time, those without one last."""
    start = event.date.start if event.date else None
    end = event.date.end if event.date else None
    return (start is None and end is None, start or end or "", end or "")


def happened(event: Event) -> bool:
    """Tell whether an event is told as a thing that happened, once."""
    return event.modality == "happened" and not event.is_counted


def _pairs(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the pairs that an event joins: of an act towards somebody, each actor with each recipient."""
    found: Iterable[tuple[str, str]] = combinations(parties(event), 2)
    if event.type not in _SYMMETRIC and event.recipients:
        found = ((actor, other) for actor in event.actors for other in event.recipients)
    yield from dict.fromkeys((min(pair), max(pair)) for pair in found if pair[0] != pair[1])


def _account(who: tuple[str, ...], entries: Sequence[Entry], sums: Mapping[str, Sum]) -> Account:
    counts: dict[EventType, int] = {}
    for entry in entries:
        if not entry.event.is_counted:
            counts[entry.event.type] = counts.get(entry.event.type, 0) + 1
    met = [entry for entry in entries if entry.event.type == "CONSULT" and happened(entry.event)]
    dated = [entry for entry in met if not by_time(entry.event)[0]]
    first = next((entry for entry in met if entry.event.ordinal == 1), dated[0] if dated else None)
    last = max(dated, key=lambda entry: by_time(entry.event)[2] or by_time(entry.event)[1], default=None)
    return Account(
        parties=list(who),
        entries=[entry.id for entry in entries],
        counts=counts,
        sums=[sums[entry.id] for entry in entries if entry.id in sums],
        first=first.id if first and len(who) > 1 else None,
        last=last.id if last and len(who) > 1 else None,
        articles=list(dict.fromkeys(article for entry in entries for article in entry.articles)),
    )


# --- counts -------------------------------------------------------------------------------------


def _sum(told: Entry, met: Mapping[str, Sequence[Entry]], days: Mapping[str, str]) -> Sum | None:
    """Set a told count beside the dated meetings of the same parties within its period.

    `met` are the meetings of each party, `days` when articles were published.
    """
    event, who = told.event, set(parties(told.event))
    if event.count is None or event.type != "CONSULT" or event.modality != "happened" or len(who) < 2:
        return None
    known = [
        entry
        for entry in min((met.get(one, ()) for one in sorted(who)), key=len)
        if (entry.event.mode == event.mode or "visit" not in (entry.event.mode, event.mode))
        and who <= set(parties(entry.event))
        and _within(entry, told, days)
    ]
    return Sum(
        entry=told.id,
        parties=parties(event),
        told=event.count,
        period=event.date,
        known=[entry.id for entry in known],
        gap=event.count - len(known),
        articles=told.articles,
        evidence=event.evidence,
    )


def _within(entry: Entry, told: Entry, published: Mapping[str, str]) -> bool:
    """Tell whether a count can have been told of an event: it lies in the period, and before the telling."""
    when, period = entry.event.date, told.event.date
    if when is None or when.start is None or when.end is None:
        return False
    days = [published[one] for one in told.articles if one in published]
    if days and when.start[:10] > max(days):
        return False
    start, end = (period.start, period.end) if period else (None, None)
    if start is None and end is None:  # "earlier" does not count the meeting that the story is about
        return not set(entry.main_in) & set(told.stories)
    return (start is None or when.end >= start) and (end is None or when.start <= end)


def _place(piece: Evidence) -> tuple[str, str, int, int]:
    return piece.article, piece.part, piece.start, piece.end


# --- one event, told in several stories ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Telling:
    """One event as one story tells it, and its place among all."""

    number: int
    story: str
    event: Event


def _entries(records: Sequence[Record]) -> list[Entry]:
    """Enter each event once; events of one record are apart, for reconciling has decided that."""
    told = [
        _Telling(number, record.id, event)
        for number, (record, event) in enumerate((r, e) for r in records for e in r.events)
    ]
    groups: list[_Group] = []
    near: dict[tuple[object, ...], dict[object, list[_Group]]] = {}
    for one in sorted(told, key=lambda one: _exactness(one.event)):
        alike = near.setdefault(_kind(one.event), {})
        keys = list(_keys(one.event))
        close = {id(group): group for key in keys for group in alike.get(key, ())}
        fitting = [group for group in close.values() if group.takes(one)]
        if len(fitting) == 1:
            fitting[0].add(one)
            continue
        group = _Group(one)  # none fits, or nobody can say which
        groups.append(group)
        for key in _keys(one.event, first=True):
            alike.setdefault(key, []).append(group)
    found = [sorted(group.tellings, key=lambda one: one.number) for group in groups]
    found.sort(key=lambda group: (by_time(_best(group)), group[0].number))
    taken: dict[str, int] = {}
    return [_entry(group, taken) for group in found]


class _Group:
    """Hold tellings of one event, each way it is told compared but once."""

    def __init__(self, first: _Telling) -> None:
        self.tellings: list[_Telling] = []
        self._stories: set[str] = set()
        self._told: dict[tuple[object, ...], Event] = {}
        self.add(first)

    def takes(self, one: _Telling) -> bool:
        """Tell whether a telling fits all that are here, of other stories."""
        return one.story not in self._stories and all(_one(one.event, own) for own in self._told.values())

    def add(self, one: _Telling) -> None:
        event, when = one.event, one.event.date
        self.tellings.append(one)
        self._stories.add(one.story)
        span = (when.start, when.end) if when else None
        told = (event.ordinal, span, event.modality, event.mode, event.theme, frozenset(places(event)))
        self._told.setdefault(told, event)


def _keys(event: Event, *, first: bool = False) -> Iterator[object]:
    """Yield what a telling must share with the `first` of a group, which is at least as exact: see `_one`."""
    when, width = event.date, _days(event.date)
    if event.is_counted:
        yield (when.start, when.end) if when else None
        return
    if event.type == "CONSULT":
        if event.ordinal is not None:
            yield "ordinal", event.ordinal
        if first or width > _DAYS_OF_A_MONTH:
            yield from (("place", place) for place in places(event))
    if when is None or width > (_DAYS_OF_A_MONTH if event.type == "CONSULT" else _DAYS_OF_A_VISIT):
        return
    bounds = [date.fromisoformat(day[:10]).toordinal() for day in (when.start, when.end) if day]
    yield from range(min(bounds), max(bounds) + 1)


def _kind(event: Event) -> tuple[object, ...]:
    sides: tuple[object, ...] = (frozenset(event.actors), frozenset(event.recipients))
    if event.type in _SYMMETRIC:
        sides = (frozenset(parties(event)),)
    bounds = event.counted and (event.counted.min, event.counted.max)
    return (event.type, event.count, bounds, *sides)


def _exactness(event: Event) -> tuple[int, bool]:
    return _days(event.date), not places(event)


def _entry(group: Sequence[_Telling], taken: dict[str, int]) -> Entry:
    best = _best(group)
    pieces = {_place(piece): piece for one in group for piece in one.event.evidence}
    taken[best.id] = taken.get(best.id, 0) + 1
    identifier = best.id if taken[best.id] == 1 else f"{best.id}#{taken[best.id]}"
    update: dict[str, object] = {"evidence": list(pieces.values())}
    for slot in _SLOTS:
        values = [value for one in group if (value := getattr(one.event, slot)) is not None]
        if getattr(best, slot) is None and values:
            update[slot] = values[0]
    return Entry(
        id=identifier,
        event=best.model_copy(update=update),
        stories=list(dict.fromkeys(one.story for one in group)),
        main_in=[one.story for one in group if one.event.main],
        articles=list(dict.fromkeys(piece.article for piece in pieces.values())),
    )


def _best(group: Sequence[_Telling]) -> Event:
    """Choose the telling that knows most: it happened, most others bear out its time, it is exact."""
    dates = [one.event.date for one in group if _days(one.event.date) < _ENDLESS]

    def poverty(event: Event) -> tuple[bool, bool, bool, int, bool]:
        borne_out = 2 * sum(_overlap(event.date, other) for other in dates) > len(dates)
        return event.modality != "happened", not borne_out, not event.main, *_exactness(event)

    return min((one.event for one in group), key=poverty)


def _one(a: Event, b: Event) -> bool:
    """Tell whether two tellings of one kind of act by the same parties are of one event."""
    if a.ordinal is not None and b.ordinal is not None and a.ordinal != b.ordinal:
        return False
    if a.is_counted:
        return a.date == b.date or (a.date is not None and b.date is not None and _same_span(a.date, b.date))
    if a.type == "CONSULT" and a.ordinal is not None and a.ordinal == b.ordinal and places(a) & places(b):
        return "denied" not in (a.modality, b.modality)  # their first meeting is one, however it is dated
    if not _overlap(a.date, b.date):
        return False
    wide = max(_days(a.date), _days(b.date))
    if a.modality != b.modality and (a.modality == "denied" or b.modality == "denied" or wide > 1):
        return False
    if a.type != "CONSULT":
        modes = {event.mode for event in (a, b)} - {None}
        themes = {event.theme for event in (a, b)} - {None}
        return wide <= _DAYS_OF_A_VISIT and len(modes) < 2 and len(themes) < 2
    if wide <= 1:
        return True  # on one day; a town is told by one, its country by the other
    here, there = places(a), places(b)
    if here and there:
        return bool(here & there)
    return wide <= _DAYS_OF_A_MONTH or (a.ordinal is not None and a.ordinal == b.ordinal)


def places(event: Event) -> set[str]:
    """Give every place that anybody tells for an event."""
    told = {str(one.value) for row in event.attributes if row.name in ("place", "venue") for one in row.told}
    return told | {place for place in (event.place, event.venue) if place}


def _same_span(a: DateValue, b: DateValue) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def _overlap(a: DateValue | None, b: DateValue | None) -> bool:
    """Tell whether two times are anchored and share a day."""
    if a is None or b is None or not (a.start and a.end and b.start and b.end):
        return False
    return a.start[:10] <= b.end[:10] and b.start[:10] <= a.end[:10]


def _days(value: DateValue | None) -> int:
    """Give the length of a time in days, more than any where it is not anchored."""
    if value is None or not value.start or not value.end:
        return _ENDLESS
    try:
        return (date.fromisoformat(value.end[:10]) - date.fromisoformat(value.start[:10])).days + 1
    except ValueError:
        return _ENDLESS
