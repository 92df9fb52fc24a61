"""Records as statements of FollowTheMoney, for Aleph, OpenSanctions tools and nomenklatura."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from tidende.errors import MissingExtra
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
_WIKIDATA = re.compile(r"Q[1-9]\d*")


class _Kept(io.BytesIO):
    """Bytes that are still there when their writer has closed them."""

    def close(self) -> None:
        pass


Values = list[tuple[str, str | None, str | None]]  # property, value, language


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write statements as CSV with the columns of FollowTheMoney 4.

    Articles become `Article`, entities `Person`, `Organization`, `PublicBody` (a country), `Address` (a
    place) or `LegalEntity`, roles `UnknownLink` (with somebody) or a `position`, events `Event`, quotes
    `Note`. Ids are Wikidata's, else a hash of ours. Raise `MissingExtra` where followthemoney is not
    installed.
    """
    try:
        from followthemoney import Dataset, StatementEntity
        from followthemoney.statement.serialize import write_statements
    except ImportError as error:
        raise MissingExtra("ftm", "exports") from error
    dataset = Dataset.make({"name": DATASET, "title": "Tidende"})
    entities: dict[str, Any] = {}
    for record in records:
        for thing_id, schema, values in _things(View.of(record)):
            key = f"{schema}:{thing_id}" if schema == "Address" else thing_id
            if key not in entities:
                entities[key] = StatementEntity(dataset, {"id": ftm_id(key), "schema": schema})
            for prop, value, language in values:
                entities[key].add(prop, value, lang=language)
    statements = [statement for entity in entities.values() for statement in entity.statements]
    statements.sort(key=lambda s: (s.entity_id, s.prop, s.value, s.lang or ""))
    text = _Kept()
    write_statements(text, "csv", statements)
    stream.write(text.getvalue())


def ftm_id(thing_id: str) -> str:
    """Give an id that FollowTheMoney takes: Wikidata's own, else a hash of ours."""
    if _WIKIDATA.fullmatch(thing_id):
        return thing_id
    return f"tidende-{hashlib.sha1(thing_id.encode(), usedforsecurity=False).hexdigest()}"


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
