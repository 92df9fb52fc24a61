"""Events as linked data in Turtle: SEM for what happened, GAF for the words that tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from tidende.export.facts import View, article_iri, day, iri, sorted_ids
from tidende.records import Article, Entity, Evidence, Record

_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "tidende": "urn:tidende:term:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CLASSES = {"country": "sem:Place", "place": "sem:Place", "person": "sem:Actor", "organisation": "sem:Actor"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")

Triple = tuple[str, str, str]


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write each event, entity and article once, and for each event and entity the mentions that denote it.

    A mention is the article's address with the characters it covers (RFC 5147: `#char=12,40`). An event
    told in several records is one event with all their mentions.
    """
    for prefix, address in _PREFIXES.items():
        stream.write(f"@prefix {prefix}: <{address}> .\n".encode())
    found: dict[str, dict[str, dict[str, None]]] = {}
    for record in records:
        for subject, predicate, value in _triples(View.of(record)):
            found.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    for subject, told in found.items():
        lines = [f"  {predicate} {', '.join(values)}" for predicate, values in told.items()]
        stream.write(f"\n{subject}\n".encode() + " ;\n".join(lines).encode() + b" .\n")


def _triples(view: View) -> Iterator[Triple]:
    for article in view.record.articles:
        yield from _article(article)
    for entity in view.record.entities:
        yield from _entity(view, entity)
    for event in view.record.events:
        subject = _iri(iri(event.id))
        yield subject, "a", "sem:Event"
        yield subject, "rdfs:label", _literal(view.title_of(event), "en")
        yield subject, "sem:eventType", f"tidende:{event.type}"
        if event.mode is not None:
            yield subject, "tidende:mode", _literal(event.mode)
        yield subject, "tidende:modality", _literal(event.modality)
        yield subject, "tidende:agreement", _literal(event.agreement)
        yield subject, "dcterms:isPartOf", _iri(iri(view.record.id))
        for party in sorted_ids(event.actors):
            yield subject, "sem:hasActor", _iri(iri(party))
        for party in sorted_ids(event.recipients):
            yield subject, "sem:hasActor", _iri(iri(party))
            yield subject, "tidende:recipient", _iri(iri(party))
        for place in filter(None, (event.place, event.venue)):
            yield subject, "sem:hasPlace", _iri(iri(place))
        if event.date is not None and event.date.start is not None:
            yield subject, "sem:hasBeginTimeStamp", _literal(event.date.start, kind="xsd:date")
        if event.date is not None and event.date.end is not None:
            yield subject, "sem:hasEndTimeStamp", _literal(event.date.end, kind="xsd:date")
        if event.claimed_by is not None:
            yield subject, "tidende:claimedBy", _iri(iri(event.claimed_by))
        yield from _mentions(view, subject, event.evidence)


def _article(article: Article) -> Iterator[Triple]:
    subject = _iri(article_iri(article))
    yield subject, "a", "tidende:Article"
    if article.title:
        yield subject, "dcterms:title", _literal(article.title, article.language)
    if article.published:
        yield subject, "dcterms:date", _literal(day(article.published) or "", kind="xsd:date")
    if article.outlet:
        yield subject, "dcterms:publisher", _literal(article.outlet)
    if article.language != "und":
        yield subject, "dcterms:language", _literal(article.language)
    yield subject, "dcterms:identifier", _literal(article.id)


def _entity(view: View, entity: Entity) -> Iterator[Triple]:
    subject = _iri(iri(entity.id))
    yield subject, "a", _CLASSES.get(entity.type, "sem:Actor")
    yield subject, "rdfs:label", _literal(entity.name, "en")
    for language, forms in entity.names.items():
        for form in forms:
            yield subject, "rdfs:label", _literal(form, language)
    yield from _mentions(view, subject, entity.evidence)


def _mentions(view: View, subject: str, evidence: Iterable[Evidence]) -> Iterator[Triple]:
    for piece in evidence:
        article = view.articles.get(piece.article)
        if article is None:
            continue
        place = "char" if piece.part == "text" else "title-char"
        mention = _iri(f"{article_iri(article).split('#')[0]}#{place}={piece.start},{piece.end}")
        yield subject, "gaf:denotedBy", mention
        yield mention, "rdf:value", _literal(piece.text, article.language)
        yield mention, "dcterms:isPartOf", _iri(article_iri(article))


def _iri(address: str) -> str:
    return f"<{address}>"


def _literal(value: str, language: str | None = None, *, kind: str | None = None) -> str:
    text = "".join(_ESCAPES.get(character) or _shown(character) for character in value)
    if kind is not None:
        return f'"{text}"^^{kind}'
    if language is not None and language != "und" and _LANGUAGE.fullmatch(language):
        return f'"{text}"@{language.lower()}'
    return f'"{text}"'


def _shown(character: str) -> str:
    return character if character >= " " and character != "\x7f" else f"\\u{ord(character):04X}"
