"""Records as statements of FollowTheMoney, for Aleph, OpenSanctions tools and nomenklatura."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from tidende.export.facts import View, article_iri, day
from tidende.records import Article, Entity, Event, Quote, Record, Role

DATASET = "tidende"
_SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "country": "PublicBody",  # a state that acts
    "place": "Address",
    "other": "LegalEntity",
}
COLUMNS = (
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
)
_ID = "id"
_TYPES = {
    **dict.fromkeys(("name", "alias"), "name"),
    **dict.fromkeys(("title", "publisher", "role", "position", "keywords", "recordId"), "string"),
    **dict.fromkeys(("summary", "description"), "text"),
    **dict.fromkeys(("publishedAt", "startDate", "endDate"), "date"),
    **dict.fromkeys(("subject", "object", "entity", "involved", "addressEntity", "proof"), "entity"),
    "sourceUrl": "url",
    "language": "language",
    "wikidataId": "identifier",
    **dict.fromkeys(("full", "location"), "address"),
    _ID: "id",
}
_LANGUAGES = {"da": "dan", "nb": "nor", "nn": "nor", "sv": "swe", "en": "eng", "de": "deu"}
_WIKIDATA = re.compile(r"Q[1-9]\d*")


Value = tuple[str, str, str]  # property, value, language or ""
Values = list[tuple[str, str | None, str | None]]  # property, value, language


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write statements as CSV with the columns of FollowTheMoney 4.

    Articles become `Article`, entities `Person`, `Organization`, `PublicBody` (a country), `Address` (a
    place) or `LegalEntity`, roles `UnknownLink` (with somebody) or a `position`, events `Event`, quotes
    `Note`. Ids are Wikidata's, else a hash of ours.
    """
    things: dict[str, tuple[str, set[Value]]] = {}
    for record in records:
        for thing_id, schema, values in _things(View.of(record)):
            key = f"{schema}:{thing_id}" if schema == "Address" else thing_id
            known = things.setdefault(ftm_id(key), (schema, set()))[1]
            known.update(_cleaned(prop, value, language) for prop, value, language in values if value)
            known -= {each for each in known if not each[1]}
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    rows = csv.writer(text, dialect=csv.unix_dialect)
    rows.writerow(COLUMNS)
    for entity_id, (schema, told) in sorted(things.items()):
        rows.writerows(_statements(entity_id, schema, told))
    text.flush()
    text.detach()


def _statements(entity_id: str, schema: str, told: set[Value]) -> list[list[str]]:
    """Give an entity's statements, and the one of its id, which bears the mark of all others."""
    marks = {value: _mark(entity_id, *value) for value in told}
    whole = "".join(mark + "\x1e" for mark in sorted(marks.values()))
    checked = (_ID, _sha1(entity_id + whole), "")
    marks[checked] = _mark(entity_id, *checked)
    return [
        # canonical id, id, property, its type, schema, value, set, origin, language, original, and so on
        [
            *(entity_id, entity_id, prop, _TYPES[prop], schema, value, DATASET, "", language),
            *("", "f", "", "", marks[prop, value, language]),
        ]
        for prop, value, language in sorted(marks)
    ]


def _cleaned(prop: str, value: str, language: str | None) -> Value:
    kind = _TYPES[prop]
    words = " ".join(value.split())
    if kind == "language":
        return prop, _LANGUAGES.get(value, ""), ""
    words = "".join(sign for sign in words if sign.isprintable())
    return prop, words, _LANGUAGES.get(language or "", "") if kind in ("name", "string", "text") else ""


def _mark(entity_id: str, prop: str, value: str, language: str) -> str:
    """Give a statement's id as FollowTheMoney makes it."""
    return _sha1(f"{DATASET}.{entity_id}.{prop}.{value}" + (f"@{language}" if language else ""))


def _sha1(words: str) -> str:
    return hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest()


def ftm_id(thing_id: str) -> str:
    """Give an id that FollowTheMoney takes: Wikidata's own, else a hash of ours."""
    if _WIKIDATA.fullmatch(thing_id):
        return thing_id
    return f"tidende-{_sha1(thing_id)}"


def _things(view: View) -> Iterator[tuple[str, str, Values]]:
    for article in view.record.articles:
        yield _article_id(article), "Article", _article(article)
    for entity in view.record.entities:
        yield entity.id, _SCHEMATA[entity.type], _entity(entity)
    for role in view.record.roles:
        yield from _role(view, role)
    for event in view.record.events:
        yield event.id, "Event", _event(view, event)
    for quote in view.record.quotes:
        yield quote.id, "Note", _quote(view, quote)


def _article_id(article: Article) -> str:
    return f"article:{article_iri(article)}"


def _article(article: Article) -> Values:
    return [
        ("title", article.title or article.id, article.language),
        ("publishedAt", day(article.published), None),
        ("sourceUrl", article.url, None),
        ("publisher", article.outlet, None),
        ("language", article.language, None),
    ]


def _entity(entity: Entity) -> Values:
    values: Values = [("name", entity.name, None)]
    values += [("alias", form, language) for language, forms in entity.names.items() for form in forms]
    if entity.type == "place":
        values.append(("full", entity.name, None))
    if _WIKIDATA.fullmatch(entity.id):
        values.append(("wikidataId", entity.id, None))
    return values


def _role(view: View, role: Role) -> Iterator[tuple[str, str, Values]]:
    name = role.role if role.qualifier is None else f"{role.qualifier} {role.role}"
    holder = view.entities.get(role.holder)
    if role.of is not None and role.of in view.entities and holder is not None:
        values: Values = [
            ("subject", _ref(view, role.holder), None),
            ("object", _ref(view, role.of), None),
            ("role", name, None),
        ]
        values += [("summary", piece.text, view.language(piece)) for piece in role.evidence]
        yield role.id, "UnknownLink", values
    elif holder is not None and holder.type == "person":
        yield holder.id, "Person", [("position", name, None)]


def _event(view: View, event: Event) -> Values:
    values: Values = [
        ("name", view.title_of(event), None),
        ("startDate", None if event.date is None else event.date.start, None),
        ("endDate", None if event.date is None else event.date.end, None),
        ("keywords", event.type, None),
        ("keywords", event.mode, None),
        ("keywords", event.modality, None),
        ("recordId", event.id, None),
    ]
    values += [("location", view.name(place), None) for place in (event.place, event.venue) if place]
    if event.place is not None and view.kind(event.place) == "place":
        values.append(("addressEntity", _ref(view, event.place), None))
    values += [("involved", _ref(view, party), None) for party in (*event.actors, *event.recipients)]
    values += [("description", piece.text, view.language(piece)) for piece in event.evidence]
    values += [("proof", ftm_id(_article_id(article)), None) for article in view.tellers(event.evidence)]
    return values


def _quote(view: View, quote: Quote) -> Values:
    values: Values = [("name", f"{quote.speaker_text}: {quote.kind} quote", None)]
    if quote.speaker is not None:
        values.append(("entity", _ref(view, quote.speaker), None))
    values += [("description", version.text, version.language) for version in quote.versions]
    evidence = [version.evidence for version in quote.versions]
    values += [("proof", ftm_id(_article_id(article)), None) for article in view.tellers(evidence)]
    return values


def _ref(view: View, thing_id: str) -> str:
    return ftm_id(f"Address:{thing_id}" if view.kind(thing_id) == "place" else thing_id)
