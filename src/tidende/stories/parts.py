"""Join the readings of the parts of one article in different languages: one cast, one list of facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tidende.records import Article, Block, Entity, Event, Evidence, Quote, Reading, Role
from tidende.stories.identity import merged_entities, renamed, same_people

Place = tuple[bool, int, int]


def join_parts(article: Article, own: Reading, others: Sequence[Reading], apart: Sequence[Block]) -> Reading:
    """Give one reading of an article: `own` as its own language reads it, but for the paragraphs `apart`.

    What `others` read there, each in the language of its paragraphs, stands in their place. A surname in one
    part is the person of that name in another, and a speaker whom a paragraph alone names by a pronoun or a
    post is the one that the article knows. The article's own language says which event is the main one, if it
    tells any.
    """
    kept = _without(own, apart)
    names = same_people([kept, *others])
    kept, full, *parts = [renamed(reading, names) for reading in (kept, own, *others)]
    everybody = [entity for part in (full, *parts) for entity in part.entities]
    people = {entity.id for entity in everybody if entity.named and entity.type == "person"}
    quotes = [_spoken(quote, full.quotes, people) for part in parts for quote in part.quotes]
    roles = _ordered([role for part in (kept, *parts) for role in part.roles], _first)
    quotes = _ordered([*kept.quotes, *quotes], _said)
    events = _events([kept, *parts])
    claims = _ordered([claim for part in (kept, *parts) for claim in part.claims], _first)
    entities = merged_entities([kept, *parts])
    missing = {quote.speaker for quote in quotes} - {entity.id for entity in entities}
    entities += [entity for entity in full.entities if entity.id in missing]
    return Reading(
        article=article,
        entities=sorted(entities, key=lambda entity: _place(entity.evidence[0])),
        roles=roles,
        events=events,
        quotes=quotes,
        claims=claims,
    )


def _without(reading: Reading, apart: Sequence[Block]) -> Reading:
    """Give a reading without what it tells in some paragraphs; who is named elsewhere or used stays."""

    def inside(evidence: Evidence) -> bool:
        return any(b.part == evidence.part and b.start <= evidence.start < b.end for b in apart)

    def left(fact: Any) -> Any:
        evidence = [piece for piece in fact.evidence if not inside(piece)]
        return fact.model_copy(update={"evidence": evidence}) if evidence else None

    quotes = [quote for quote in reading.quotes if not inside(quote.versions[0].evidence)]
    events = [event for event in reading.events if not inside(event.evidence[0])]
    roles = [role for role in map(left, reading.roles) if role is not None]
    claims = [claim for claim in reading.claims if not inside(claim.evidence[0])]
    used = {i for event in events for i in (*event.actors, *event.recipients, event.place, event.venue)}
    used |= {event.claimed_by for event in events} | {claim.subject for claim in claims}
    used |= {i for quote in quotes for i in (quote.speaker, quote.addressee)}
    used |= {i for role in roles for i in (role.holder, role.of)}
    entities: list[Entity] = []
    for entity in reading.entities:
        rest = left(entity)
        if rest is not None or entity.id in used:
            entities.append(_printed(rest) if rest is not None else entity)
    return reading.model_copy(
        update={"entities": entities, "roles": roles, "events": events, "quotes": quotes, "claims": claims}
    )


def _printed(entity: Entity) -> Entity:
    """Give an entity without the forms that none of its mentions shows."""
    shown = {evidence.text for evidence in entity.evidence}
    names = {language: [one for one in forms if one in shown] for language, forms in entity.names.items()}
    return entity.model_copy(update={"names": names if any(names.values()) else entity.names})


def _spoken(quote: Quote, known: Sequence[Quote], people: set[str]) -> Quote:
    """Give a quote the person who speaks where the whole article was read, if its own reading names none."""
    if quote.speaker in people:
        return quote
    place = quote.versions[0].evidence
    for other in known:
        theirs = other.versions[0].evidence
        overlaps = place.part == theirs.part and place.start < theirs.end and theirs.start < place.end
        if overlaps and other.speaker in people:
            return quote.model_copy(update={"speaker": other.speaker})
    return quote


def _events(parts: Sequence[Reading]) -> list[Event]:
    settled = any(event.main for event in parts[0].events)
    own = list(parts[0].events)
    for part in parts[1:]:
        for event in part.events:
            own.append(event.model_copy(update={"main": event.main and not settled}))
            settled = settled or event.main
    return _ordered(own, _first)


def _ordered(facts: Sequence[Any], place: Callable[[Any], Place]) -> list[Any]:
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


def _place(evidence: Evidence) -> Place:
    return evidence.part == "text", evidence.start, evidence.end


def _first(fact: Any) -> Place:
    return min(_place(evidence) for evidence in fact.evidence)


def _said(quote: Quote) -> Place:
    return _place(quote.versions[0].evidence)
