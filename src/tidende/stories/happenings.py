"""Make one event of what several articles tell of it, every slot with its tellers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.languages.lists import word_list
from tidende.records import (
    Agreement,
    Attribute,
    Bounds,
    Difference,
    DifferenceValue,
    Event,
    Evidence,
    Told,
)
from tidende.stories.compatible import (
    SINGLE,
    Places,
    as_bounds,
    as_date,
    as_duration,
    date_width,
    exactness,
    fit,
    most_exact,
)
from tidende.stories.copies import Witnesses
from tidende.stories.coreference import strongest
from tidende.stories.editions import Editions
from tidende.stories.facts import difference

_LENGTHS = ("duration", "planned_duration")
_LONG = 31  # days: a longer time is no day on which something happened, but one in which is counted
_Parts = Mapping[tuple[str, int, int], frozenset[str]]
_SLOTS = ("place", "venue", "date", "count", "ordinal", "duration", "planned_duration", "theme", "outcome")


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold what is known of the story while its facts are joined.

    `order` gives the place of each article in it, `people` the ids of persons.
    """

    order: Mapping[str, int]
    witnesses: Witnesses
    places: Places
    people: Collection[str]
    editions: Editions


def merged_event(
    events: Sequence[Event], identifier: str, setting: Setting
) -> tuple[Event, list[Difference], list[Difference]]:
    """Join what articles tell of one event; give what they tell otherwise, and what a later one corrects.

    Each slot holds the most exact of the values that fit; a slot is `missing` only if no article
    fills it.
    """
    modality = strongest([event.modality for event in events])
    # who says that it did not happen says nothing of where and when it did
    tellings = [event for event in events if event.modality != "denied" or modality == "denied"]
    attributes, differences, updates = _attributes(tellings, identifier, setting)
    slots: dict[str, Any] = {}
    for slot in _SLOTS:
        row = next((row for row in attributes if row.name == slot), None)
        if row is not None:
            slots[slot] = _typed(slot, row.value)
    evidence: dict[tuple[str, str, int, int], Evidence] = {}
    for event in tellings:  # who says that it did not happen stands in the difference
        for piece in event.evidence:
            evidence.setdefault((piece.article, piece.part, piece.start, piece.end), piece)
    actors, recipients = _parties(events, setting.people)
    dispute = _dispute(events, identifier, setting)
    differences += dispute
    voices = [event.claimed_by for event in events if event.modality == modality]
    merged = events[0].model_copy(
        update={
            "id": identifier,
            "mode": _commonest([event.mode for event in events if event.mode]),
            "contexts": list(dict.fromkeys(context for event in events for context in event.contexts)),
            "actors": actors,
            "recipients": recipients,
            **{slot: slots.get(slot) for slot in _SLOTS},
            "counted": _counted(attributes) if slots.get("count") is None else None,
            "modality": modality,
            "claimed_by": None if None in voices else voices[0],
            "agreement": "differ"
            if dispute
            else _agreement([piece.article for piece in evidence.values()], setting.witnesses),
            "evidence": sorted(evidence.values(), key=lambda e: (setting.order[e.article], *_place(e))),
            "attributes": attributes,
            "missing": _missing(events, slots),
        }
    )
    return merged, differences, updates


def _dispute(events: Sequence[Event], identifier: str, setting: Setting) -> list[Difference]:
    """Set those who tell that an event happened beside those who tell that it did not."""
    sides = {told: [e for e in events if e.modality == told] for told in ("happened", "denied")}
    if not all(sides.values()):
        return []
    values = [
        DifferenceValue(
            value=told,
            articles=list(dict.fromkeys(piece.article for event in rows for piece in event.evidence)),
            evidence=[piece for event in rows for piece in event.evidence],
        )
        for told, rows in sides.items()
    ]
    values.sort(key=lambda value: min(setting.order[article] for article in value.articles))
    return [Difference(about=identifier, attribute="modality", values=values)]


def _commonest(values: Sequence[str]) -> str | None:
    return min(values, key=lambda value: (-values.count(value), value), default=None)


def event_key(events: Sequence[Event], setting: Setting) -> str:
    """Name an event by what it is: type, parties, how often or when; the same in every article."""
    actors, recipients = _parties(events, setting.people)
    inexact = next((f"{event.counted.min}+" for event in events if event.counted is not None), None)
    count = next((event.count for event in events if event.count is not None), inexact)
    dates = [event.date for event in events if event.date is not None]
    value = as_date(most_exact("date", dates, setting.places)) if dates else None
    when = _common(value.start, value.end) if value is not None and value.start else ""
    sides = "+".join(sorted(actors)) + (f">{'+'.join(sorted(recipients))}" if recipients else "")
    told = f"x{count}" if count is not None else when
    return ":".join(filter(None, ("event", events[0].type.lower(), sides, told)))


def _common(start: str, end: str | None) -> str:
    """Give the day, month or year in which a time lies, the year of its start where it is longer."""
    sizes = (size for size in (10, 7, 4) if end and start[:size] == end[:size])
    return start[: next(sizes, 4)]


def _parties(events: Sequence[Event], people: Collection[str]) -> tuple[list[str], list[str]]:
    """Give the parties of the article that names most people, not only the states they act for."""
    best = max(events, key=lambda event: sum(i in people for i in (*event.actors, *event.recipients)))
    return list(best.actors), list(best.recipients)


def _place(piece: Evidence) -> tuple[bool, int, int]:
    return piece.part == "text", piece.start, piece.end


def _agreement(articles: Sequence[str], witnesses: Witnesses) -> Agreement:
    return "agree" if witnesses.count(articles) > 1 else "only"


def _missing(events: Sequence[Event], slots: Mapping[str, Any]) -> dict[str, str]:
    """Keep the reasons for slots that nobody fills, or fills with a time that nobody can anchor."""
    missing: dict[str, str] = {}
    for event in events:
        for slot, reason in event.missing.items():
            value = slots.get(slot)
            adrift = slot == "date" and value is not None and not value.start and not value.end
            if value is None or (adrift and event.date is not None):
                missing.setdefault(slot, reason)
    return missing


def _typed(slot: str, value: Any) -> Any:
    if slot == "date":
        return as_date(value)
    if slot in ("duration", "planned_duration"):
        return as_duration(value)
    if slot == "count":
        return value if isinstance(value, int) else None  # what is told inexactly is `counted`
    return value


def _counted(attributes: Sequence[Attribute]) -> Bounds | None:
    """Give what bounds the number that is told, where nobody tells it exactly."""
    return next((as_bounds(row.value) for row in attributes if row.name == "count"), None)


def _attributes(
    events: Sequence[Event], identifier: str, setting: Setting
) -> tuple[list[Attribute], list[Difference], list[Difference]]:
    """Give a row for each slot and detail; values that can hold side by side have rows of their own."""
    order, witnesses, places = setting.order, setting.witnesses, setting.places
    told: dict[str, list[Told]] = {}
    for event in events:
        for row in event.attributes:
            kept = told.setdefault(row.name, [])
            kept += [one for one in row.told if one not in kept]
    parts = _parts(events)
    rank = {name: n for n, name in enumerate(_SLOTS)}
    rows: list[Attribute] = []
    differences: list[Difference] = []
    updates: list[Difference] = []
    for name in sorted(told, key=lambda name: rank.get(name, len(rank))):
        tellings = sorted(told[name], key=lambda one: (order[one.article], *_place(one.evidence)))
        groups = _grouped(name, tellings, places, parts)
        groups, old = _corrected(name, groups, setting)
        updates += [_difference(identifier, name, pair, places) for pair in old]
        tellings = [one for one in tellings if any(one in group for group in groups)]
        if name in SINGLE and _clash(name, groups, witnesses, places, parts):
            rows.append(_row(name, tellings, groups[0], "differ", places))
            differences.append(_difference(identifier, name, groups, places))
        else:
            for group in groups:
                agreement = _agreement([one.article for one in group], witnesses)
                rows.append(_row(name, group, group, agreement, places))
    return rows, differences, updates


def _corrected(
    name: str, groups: list[list[Told]], setting: Setting
) -> tuple[list[list[Told]], list[tuple[list[Told], list[Told]]]]:
    """Take out what all its tellers have printed otherwise since; give each such value with the later one."""
    left, old = list(groups), []
    for group in groups if name in SINGLE else ():
        for other in groups:
            corrects = other is not group and all(
                any(
                    setting.editions.later(one.article, later.article)
                    and fit(name, one.value, later.value, setting.places) == "clash"
                    for later in other
                )
                for one in group
            )
            if corrects:
                left = [kept for kept in left if kept is not group]
                old.append((group, other))
                break
    return left, old


def _parts(events: Sequence[Event]) -> _Parts:
    """Give what else tells a length or an ordinal from others, by the sentence that it stands in.

    Of a length that is the part it is told of ("the first part lasted an hour"), of an ordinal the period in
    which is counted ("their third meeting this year").
    """
    keys = frozenset(word_list("en", "events")["part"])
    found: dict[tuple[str, int, int], frozenset[str]] = {}
    for event in events:
        told = [(row.name, one) for row in event.attributes for one in row.told]
        named = [(name, one.evidence) for name, one in told if name in keys]
        dates = [(as_date(one.value), one.evidence) for name, one in told if name == "date"]
        periods = [
            (f"{when.start}/{when.end}", place) for when, place in dates if when and date_width(when) > _LONG
        ]
        for name, one in told:
            beside = named if name in _LENGTHS else periods if name == "ordinal" else ()
            for key, place in beside:
                if any(_holds(piece, place) and _holds(piece, one.evidence) for piece in event.evidence):
                    at = one.evidence.article, one.evidence.start, one.evidence.end
                    found[at] = found.get(at, frozenset()) | {key}
    return found


def _holds(piece: Evidence, inner: Evidence) -> bool:
    return (
        (piece.article, piece.part) == (inner.article, inner.part)
        and piece.start <= inner.start
        and inner.end <= piece.end
    )


def _part_of(told: Told, parts: _Parts) -> frozenset[str]:
    return parts.get((told.article, told.evidence.start, told.evidence.end), frozenset())


def _grouped(name: str, tellings: Sequence[Told], places: Places, parts: _Parts) -> list[list[Told]]:
    """Sort tellings into groups whose values fit together, the best attested group first.

    Exact values gather the vaguer ones, so that the groups do not hang on the order of tellings.
    """
    values = [one.value for one in tellings]
    groups: list[list[int]] = []
    for n in sorted(range(len(values)), key=lambda n: exactness(name, values[n], values, places)):
        for group in groups:
            if all(fit(name, values[n], values[other], places) == "same" for other in group):
                group.append(n)
                break
        else:
            groups.append([n])
    found = [[tellings[n] for n in sorted(group)] for group in groups]
    if name in SINGLE:
        # what is told of the whole is the value, before what is told of a part
        return sorted(
            found,
            key=lambda group: (
                all(_part_of(one, parts) for one in group),
                -len({one.article for one in group}),
            ),
        )
    return sorted(found, key=lambda group: tellings.index(group[0]))


def _clash(
    name: str, groups: Sequence[Sequence[Told]], witnesses: Witnesses, places: Places, parts: _Parts
) -> bool:
    """Tell whether two articles tell values that cannot both hold, and neither tells both."""
    for i, left in enumerate(groups):
        for right in groups[i + 1 :]:
            apart = not {witnesses.of(one.article) for one in left} & {
                witnesses.of(one.article) for one in right
            }
            if apart and any(
                fit(name, a.value, b.value, places) == "clash" and _part_of(a, parts) == _part_of(b, parts)
                for a in left
                for b in right
            ):
                return True
    return False


def _row(
    name: str, tellings: Sequence[Told], best: Sequence[Told], agreement: Agreement, places: Places
) -> Attribute:
    return Attribute(
        name=name,
        value=most_exact(name, [one.value for one in best], places),
        agreement=agreement,
        told=list(tellings),
    )


def _difference(identifier: str, name: str, groups: Sequence[Sequence[Told]], places: Places) -> Difference:
    told = (
        (most_exact(name, [one.value for one in group], places), [one.evidence for one in group])
        for group in groups
    )
    return difference(identifier, name, told)
