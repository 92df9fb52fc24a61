"""Join the entities of a story's articles: one id for one person or thing, everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tidende.entities.gazetteer import load
from tidende.entities.judgement import Judgement, Judgements
from tidende.entities.match import PrintedName, compare
from tidende.entities.shape import marked, same_key, shape_key
from tidende.records import Attribute, Claim, Entity, Event, Evidence, Quote, Reading, Role

Rename = Callable[[str | None], str | None]


def merged_entities(readings: Sequence[Reading]) -> list[Entity]:
    """Join entities by id: forms by language, mentions in the order of articles, then of the text."""
    found: dict[str, list[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            found.setdefault(entity.id, []).append(entity)
    return [_one_entity(rows) for rows in found.values()]


def _one_entity(rows: Sequence[Entity]) -> Entity:
    names: dict[str, dict[str, None]] = {}
    evidence: dict[tuple[str, str, int, int], Evidence] = {}
    for row in rows:
        for language, forms in row.names.items():
            names.setdefault(language, {}).update(dict.fromkeys(forms))
        for piece in row.evidence:
            evidence.setdefault((piece.article, piece.part, piece.start, piece.end), piece)
    articles = {piece.article: n for n, piece in reversed(list(enumerate(evidence.values())))}
    ordered = sorted(evidence.values(), key=lambda e: (articles[e.article], e.part == "text", e.start, e.end))
    types = Counter(row.type for row in rows)
    return Entity(
        id=rows[0].id,
        type=min(types, key=lambda kind: (-types[kind], kind)),
        named=any(row.named for row in rows),
        name=_name(rows),
        names={language: list(forms) for language, forms in names.items()},
        evidence=ordered,
    )


def _name(rows: Sequence[Entity]) -> str:
    """Choose the name that most articles give, a fuller one before a shorter, English before others.

    A person keeps the marks that any article prints: José, not Jose.
    """
    counts = Counter(row.name for row in rows)
    english = {form for row in rows for form in row.names.get("en", ())}
    longest = max(len(name.split()) for name in counts)
    fullest = [name for name in counts if rows[0].type != "person" or len(name.split()) == longest]
    best = min(fullest, key=lambda name: (name not in english, -counts[name], name))
    return marked(best, sorted(counts)) if rows[0].type == "person" else best


def same_people(readings: Sequence[Reading], judgements: Judgements | None = None) -> dict[str, str]:
    """Find ids that mean a person who has a better id in another article of the story.

    A full name joins the same name under another id (a missing initial, an id from the gazetteer);
    a surname, also one of several words, joins the one person of the story who bears it, unless an article
    keeps the two apart. Two Wikidata ids never join. What people have judged goes before all that.
    """
    judged = judgements or Judgements()
    people: dict[str, Entity] = {}
    for reading in readings:
        for entity in reading.entities:
            if entity.type == "person" and entity.named:
                known = people.get(entity.id)
                people[entity.id] = entity if known is None else _one_entity([known, entity])
    keys = {identifier: _keys(entity) for identifier, entity in people.items()}
    full = {i: [key for key in found if "-" in key] for i, found in keys.items()}
    casts = [{entity.id for entity in reading.entities} for reading in readings]
    rename: dict[str, str] = {}
    order = sorted(people, key=lambda i: (not _is_wikidata(i), -max(map(len, keys[i]), default=0), i))
    for place, identifier in enumerate(order):
        if _is_wikidata(identifier):
            continue
        better = order[:place]
        matches: list[str] = []
        if full[identifier]:
            matches = [
                i
                for i in better
                if any(same_key(a, b) for a in full[i] for b in full[identifier])
                and _may_be_one(people[i], people[identifier])
            ]
        surname = not full[identifier] or (not matches and not _has_given_name(people[identifier]))
        if surname:
            matches = [
                i
                for i in better
                if full[i]
                and keys[identifier] & _ends(full[i])
                and not any(i in cast and identifier in cast for cast in casts)
            ]
            # a surname that another person without a fuller name bears too is nobody's alone
        told = {i: judged.of(i, identifier) for i in better}
        matches = [i for i in matches if told[i] is not Judgement.DIFFERENT]
        matches = [i for i in better if told[i] is Judgement.SAME] or matches
        matches = list(dict.fromkeys(rename.get(i, i) for i in matches))
        if len(matches) == 1:
            rename[identifier] = matches[0]
    return rename


def _may_be_one(one: Entity, other: Entity) -> bool:
    """Tell whether full names of both, as their languages spell them, can be one person's."""
    left, right = (
        [
            PrintedName(form, language, "person")
            for language, forms in entity.names.items()
            for form in forms
            if " " in form
        ]
        for entity in (one, other)
    )
    return not left or not right or any(compare(a, b).same for a in left for b in right)


def _has_given_name(entity: Entity) -> bool:
    """Tell whether a name opens with a given name, and is no surname of two words: "Lund Svindal"."""
    return entity.name.split()[0].lower() in load().given_names


def _is_wikidata(identifier: str) -> bool:
    return identifier[:1] == "Q" and identifier[1:].isdigit()


def _keys(entity: Entity) -> frozenset[str]:
    forms = [entity.name, *(form for forms in entity.names.values() for form in forms)]
    return frozenset(key for key in map(shape_key, forms) if key)


def _ends(keys: Iterable[str]) -> set[str]:
    """Give what a person may be called for short: the last part of the name, or all after the first."""
    return {
        "-".join(parts[start:])
        for key in keys
        for parts in [key.split("-")]
        for start in range(1, len(parts))
    }


def renamed(reading: Reading, names: Mapping[str, str]) -> Reading:
    """Give a reading with ids replaced wherever they stand."""
    if not names:
        return reading

    def new(identifier: str | None) -> str | None:
        return names.get(identifier, identifier) if identifier else identifier

    entities: dict[str, list[Entity]] = defaultdict(list)
    for entity in reading.entities:
        identifier = names.get(entity.id, entity.id)
        entities[identifier].append(entity.model_copy(update={"id": identifier}))
    return reading.model_copy(
        update={
            "entities": [_one_entity(rows) for rows in entities.values()],
            "roles": [_renamed_role(role, new) for role in reading.roles],
            "events": [_renamed_event(event, new, names) for event in reading.events],
            "quotes": [_renamed_quote(quote, new) for quote in reading.quotes],
            "claims": [_renamed_claim(claim, new) for claim in reading.claims],
        }
    )


def _renamed_role(role: Role, new: Rename) -> Role:
    return role.model_copy(update={"holder": new(role.holder), "of": new(role.of)})


def _renamed_quote(quote: Quote, new: Rename) -> Quote:
    return quote.model_copy(update={"speaker": new(quote.speaker), "addressee": new(quote.addressee)})


def _renamed_claim(claim: Claim, new: Rename) -> Claim:
    return claim.model_copy(update={"subject": new(claim.subject)})


def _renamed_event(event: Event, new: Rename, names: Mapping[str, str]) -> Event:
    attributes = [
        Attribute(
            name=row.name,
            value=_renamed_value(row.value, names),
            agreement=row.agreement,
            told=[told.model_copy(update={"value": _renamed_value(told.value, names)}) for told in row.told],
        )
        for row in event.attributes
    ]
    return event.model_copy(
        update={
            "actors": list(dict.fromkeys(names.get(i, i) for i in event.actors)),
            "recipients": list(dict.fromkeys(names.get(i, i) for i in event.recipients)),
            "place": new(event.place),
            "venue": new(event.venue),
            "claimed_by": new(event.claimed_by),
            "attributes": attributes,
        }
    )


def _renamed_value(value: Any, names: Mapping[str, str]) -> Any:
    """Replace ids in the value of an attribute; what is no id stays."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed_value(one, names) for one in value]
    return value
