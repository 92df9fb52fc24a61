"""Turn finished drafts into events: one value a slot, every telling kept, ids by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tidende.entities import Cast
from tidende.events.drafts import Draft, Telling
from tidende.parse.types import Parsed
from tidende.records import Attribute, Bounds, DateValue, Duration, Event, Quote, Told

_SLOTS = ("place", "venue", "date", "count", "ordinal", "duration", "planned_duration", "theme", "outcome")
_INEXACT = "counted"  # the slot of numbers told inexactly, which stand in the row of the count
_DETAILS = ("format", "part")
_EXPECTED = ("place", "date")
_FINENESS = ("minute", "day", "week", "month", "season", "quarter", "period", "year", "decade")


def close(
    parsed: Parsed, cast: Cast, drafts: Sequence[Draft], main: Draft | None, quotes: Sequence[Quote]
) -> list[Event]:
    """Give the events of an article in order of first telling."""
    events: list[Event] = []
    taken: dict[str, int] = {}
    for draft in drafts:
        _tell_there(draft, cast)
        identifier = _identifier(draft)
        taken[identifier] = taken.get(identifier, 0) + 1
        if taken[identifier] > 1:
            identifier = f"{identifier}:{taken[identifier]}"
        values = {slot: _value(slot, draft, cast) for slot in (*_SLOTS, _INEXACT)}
        events.append(
            Event(
                id=identifier,
                type=draft.frame.type,
                mode=draft.frame.mode or None,
                actors=list(draft.actors),
                recipients=list(draft.recipients),
                modality=draft.modality,
                claimed_by=draft.claimed_by,
                main=draft is main,
                evidence=draft.evidence,
                attributes=_attributes(parsed, draft, values),
                missing=_missing(parsed, draft, values),
                quotes=_quotes(draft, quotes),
                **{slot: value for slot, value in values.items() if value is not None},
            )
        )
    return events


def _tell_there(draft: Draft, cast: Cast) -> None:
    """Tell of an act on a place that it is done there.

    Where in a state that is attacked, nobody told.
    """
    places = [cast.entity(identifier) for identifier in draft.recipients]
    types = ("place",) if draft.frame.armed else ("place", "country")
    if (
        not draft.frame.there
        or draft.slots.get("place")
        or [place.type in types for place in places] != [True]
    ):
        return
    (place,) = places
    for evidence in place.evidence:
        if any(
            evidence.part == told.part and told.start <= evidence.start and evidence.end <= told.end
            for told in draft.evidence
        ):
            draft.tell("place", place.id, evidence)


def _identifier(draft: Draft) -> str:
    """Build an id that depends on what happened: type, parties, and how often or when."""
    parties = (
        "+".join(sorted(draft.parties))
        if draft.frame.symmetric
        else ("+".join(sorted(draft.actors)) + ">" + "+".join(sorted(draft.recipients)))
    )
    value = _finest([telling.value for telling in draft.slots.get("date", [])])
    fine = value is not None and value.precision in ("minute", "day", "week", "month")
    when = value.start[: 7 if fine else 4] if value is not None and value.start else ""
    bounds = draft.first("counted")
    count = draft.first("count") or (f"{bounds.min}+" if bounds is not None else "")
    return ":".join(
        filter(None, ("event", draft.frame.type.lower(), parties, f"x{count}" if count else when))
    )


def _value(slot: str, draft: Draft, cast: Cast) -> Any:
    tellings = [telling.value for telling in draft.slots.get(slot, [])]
    if not tellings:
        return None
    if slot == "date":
        return _finest(tellings)
    if slot == "place":
        # A town says more than its country.
        towns = [value for value in tellings if cast.entity(value).type == "place"]
        return (towns or tellings)[0]
    return tellings[0]


def _finest(values: Sequence[DateValue]) -> DateValue | None:
    """Give the most exact of the times told; the first among equals."""
    dated = [value for value in values if value.start is not None]
    return min(dated or values, key=lambda value: _FINENESS.index(value.precision), default=None)


def _attributes(parsed: Parsed, draft: Draft, values: dict[str, Any]) -> list[Attribute]:
    rows: list[Attribute] = []
    for slot in (*_SLOTS, *_DETAILS):
        tellings = draft.slots.get(slot, [])
        value = values.get(slot)
        if slot == "count" and not tellings:
            tellings, value = draft.slots.get(_INEXACT, []), values[_INEXACT]
        if not tellings:
            continue
        if slot in _DETAILS:
            for key in dict.fromkeys(telling.value for telling in tellings):
                # A detail is a row of its own, named by what it says.
                told = [Telling(True, t.evidence) for t in tellings if t.value == key]
                rows.append(_row(parsed, key, True, told))
        else:
            rows.append(_row(parsed, slot, value, tellings))
    for key in dict.fromkeys(telling.value for telling in draft.slots.get("planned", [])):
        if all(row.name != key for row in rows):
            told = [Telling("planned", t.evidence) for t in draft.slots["planned"] if t.value == key]
            rows.append(_row(parsed, key, "planned", told))
    return rows


def _row(parsed: Parsed, name: str, value: Any, tellings: Sequence[Telling]) -> Attribute:
    return Attribute(
        name=name,
        value=_plain(value),
        told=[
            Told(article=parsed.article.id, value=_plain(telling.value), evidence=telling.evidence)
            for telling in tellings
        ],
    )


def _plain(value: Any) -> Any:
    """Give a value as JSON holds it."""
    return value.model_dump() if isinstance(value, Bounds | DateValue | Duration) else value


def _missing(parsed: Parsed, draft: Draft, values: dict[str, Any]) -> dict[str, str]:
    """Say why the slots that readers expect are empty."""
    missing: dict[str, str] = {}
    if not draft.actors:
        missing["actors"] = "no actor in the sentences that tell it"
    for slot in _EXPECTED:
        if values[slot] is None:
            missing[slot] = f"no {slot} in the sentences that tell it"
            if slot == "date" and parsed.article.published is None:
                missing[slot] += "; publication date unknown"
        elif slot in draft.why and values[slot].start is None:
            missing[slot] = draft.why[slot]
    return missing


def _quotes(draft: Draft, quotes: Sequence[Quote]) -> list[str]:
    """Give the quotes in whose characters the act is told."""
    return [
        quote.id
        for quote in quotes
        if any(
            evidence.part == quote.versions[0].evidence.part
            and evidence.start <= quote.versions[0].evidence.start
            and quote.versions[0].evidence.end <= evidence.end
            for evidence in draft.evidence
        )
        and draft.claimed_by is not None
        and quote.speaker == draft.claimed_by
    ]
