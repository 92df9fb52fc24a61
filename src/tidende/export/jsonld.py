"""Records as one JSON-LD graph in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from tidende.export.facts import View, article_iri, evidence_of, iri
from tidende.records import Claim, Entity, Event, Evidence, Quote, Record

_CONTEXT = {"@vocab": "https://schema.org/"}  # written out: a reader needs no network to understand it
_CLASSES = {
    "person": "Person",
    "organisation": "Organization",
    "country": "Country",
    "place": "Place",
    "other": "Thing",
}
_PROPERTIES = ("modality", "agreement", "mode", "theme", "outcome", "count")


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write stories, articles, entities, events, quotes and claims, each id once.

    A thing told in several records is one node, as the first of them tells it, with the tellers of all.
    """
    nodes: dict[str, dict[str, Any]] = {}
    for record in records:
        for node in _nodes(View.of(record)):
            known = nodes.setdefault(node["@id"], node)
            if known is not node and known["@type"] == node["@type"]:
                for tellers in ("subjectOf", "citation", "appearance"):
                    known |= _joined(known, node, tellers)
    graph = {"@context": _CONTEXT, "@graph": list(nodes.values())}
    stream.write(json.dumps(graph, ensure_ascii=False, indent=1).encode() + b"\n")


def _joined(known: dict[str, Any], node: dict[str, Any], key: str) -> dict[str, Any]:
    told = [*known.get(key, []), *node.get(key, [])]
    return {key: list({item["@id"]: item for item in told}.values())} if told else {}


def _nodes(view: View) -> list[dict[str, Any]]:
    record = view.record
    nodes: list[dict[str, Any]] = [
        _node(
            iri(record.id),
            "CreativeWork",
            name=record.title,
            abstract=record.summary or None,
            inLanguage=record.languages,
            citation=[{"@id": article_iri(article)} for article in record.articles],
            about=_refs([event.id for event in record.events]),
            mentions=_refs([entity.id for entity in record.entities]),
            hasPart=_refs([quote.id for quote in record.quotes] + [claim.id for claim in record.claims]),
        )
    ]
    for article in record.articles:
        nodes.append(
            _node(
                article_iri(article),
                "NewsArticle",
                identifier=article.id,
                headline=article.title,
                url=article.url,
                datePublished=article.published,
                inLanguage=None if article.language == "und" else article.language,
                publisher=article.outlet and {"@type": "Organization", "name": article.outlet},
                creditText=", ".join(article.credits) or None,
            )
        )
    nodes += [_entity(entity) for entity in record.entities]
    nodes += [_event(view, event) for event in record.events]
    nodes += [_quote(view, quote) for quote in record.quotes]
    nodes += [_claim(view, claim) for claim in record.claims]
    return nodes


def _entity(entity: Entity) -> dict[str, Any]:
    names = [_said(form, language) for language, forms in entity.names.items() for form in forms]
    return _node(iri(entity.id), _CLASSES[entity.type], name=entity.name, alternateName=names)


def _event(view: View, event: Event) -> dict[str, Any]:
    told = [
        {"@type": "PropertyValue", "name": name, "value": getattr(event, name)}
        for name in _PROPERTIES
        if getattr(event, name) is not None
    ]
    return _node(
        iri(event.id),
        "Event",
        name=view.title_of(event),
        additionalType=f"PLOVER:{event.type}",
        startDate=event.date and event.date.start,
        endDate=event.date and event.date.end,
        eventStatus="https://schema.org/EventScheduled" if event.modality == "planned" else None,
        actor=_refs(event.actors),
        about=_refs(event.recipients),
        location=_refs([place for place in (event.place, event.venue) if place]),
        description=_words(view, event.evidence),
        subjectOf=_tellers(view, event.evidence),
        additionalProperty=told,
    )


def _quote(view: View, quote: Quote) -> dict[str, Any]:
    return _node(
        iri(quote.id),
        "Quotation",
        text=[_said(version.text, version.language) for version in quote.versions],
        spokenByCharacter=quote.speaker and {"@id": iri(quote.speaker)},
        creditText=quote.speaker_text or None,
        citation=_tellers(view, evidence_of(quote)),
    )


def _claim(view: View, claim: Claim) -> dict[str, Any]:
    return _node(
        iri(claim.id),
        "Claim",
        text=_words(view, claim.evidence),
        additionalType=claim.kind,
        about=claim.subject and {"@id": iri(claim.subject)},
        appearance=_tellers(view, claim.evidence),
    )


def _node(address: str, kind: str, **values: Any) -> dict[str, Any]:
    """Make a node of what is known: no empty values."""
    known = {key: value for key, value in values.items() if value is not None and value not in ([], "")}
    return {"@id": address, "@type": kind, **known}


def _refs(ids: list[str]) -> list[dict[str, str]]:
    return [{"@id": iri(thing)} for thing in dict.fromkeys(ids)]


def _tellers(view: View, evidence: list[Evidence]) -> list[dict[str, str]]:
    return [{"@id": article_iri(article)} for article in view.tellers(evidence)]


def _words(view: View, evidence: list[Evidence]) -> list[Any]:
    return [_said(piece.text, view.language(piece)) for piece in evidence]


def _said(text: str, language: str | None) -> Any:
    return text if language in (None, "und") else {"@value": text, "@language": language}
