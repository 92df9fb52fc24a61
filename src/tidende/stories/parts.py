"""Join the readings of the parts of one article that are in different languages: one cast, one list of facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tidende.records import Article, Event, Evidence, Quote, Reading, Role
from tidende.stories.identity import merged_entities, renamed, same_people


def join_parts(article: Article, readings: Sequence[Reading]) -> Reading:
    """Give one reading of an article, whose parts were read each in its own language, the article's own first.

    A surname in one part is the person of that name in another. What the article's own language tells comes
    first where two parts tell the same; it alone says which event is the main one, if it tells any.
    """
    names = same_people(readings)
    parts = [renamed(reading, names) for reading in readings]
    entities = sorted(merged_entities(parts), key=lambda entity: _place(entity.evidence[0]))
    return Reading(
        article=article,
        entities=entities,
        roles=_ordered([role for part in parts for role in part.roles], _first),
        events=_events(parts),
        quotes=_ordered([quote for part in parts for quote in part.quotes], _said),
        claims=_ordered([claim for part in parts for claim in part.claims], _first),
    )


def _events(parts: Sequence[Reading]) -> list[Event]:
    settled = any(event.main for event in parts[0].events)
    own = list(parts[0].events)
    for part in parts[1:]:
        for event in part.events:
            own.append(event.model_copy(update={"main": event.main and not settled}))
            settled = settled or event.main
    return _ordered(own, _first)


def _ordered(facts: Sequence[Any], place: Callable[[Any], tuple[bool, int, int]]) -> list[Any]:
    """Give facts in order of appearance, those of one id as one with the evidence of all."""
    found: dict[str, Any] = {}
    for fact in facts:
        known = found.get(fact.id)
        if known is None:
            found[fact.id] = fact
        elif isinstance(fact, Role | Event):
            pieces = {(e.part, e.start, e.end): e for e in (*known.evidence, *fact.evidence)}
            ordered = sorted(pieces.values(), key=_place)
            found[fact.id] = known.model_copy(update={"evidence": ordered})
    return sorted(found.values(), key=place)


def _place(evidence: Evidence) -> tuple[bool, int, int]:
    return evidence.part == "text", evidence.start, evidence.end


def _first(fact: Any) -> tuple[bool, int, int]:
    return min(_place(evidence) for evidence in fact.evidence)


def _said(quote: Quote) -> tuple[bool, int, int]:
    return _place(quote.versions[0].evidence)
