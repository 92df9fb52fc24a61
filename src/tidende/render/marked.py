"""Show an article with what was read from it marked: its paragraphs in pieces, each with its facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tidende.records import Article, Evidence, Record
from tidende.render.locate import Places


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that belong to the same facts: `kinds` of name, quote and event; ids in `facts`."""

    text: str
    kinds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number (0 for a title of its own), what kind of block it is, its pieces."""

    number: int
    kind: str
    pieces: tuple[Piece, ...]


_Span = tuple[int, int, str, str]  # start, end, kind, id


def paragraphs(record: Record, article: Article, places: Places) -> list[Paragraph]:
    """Give the paragraphs of an article in order; their pieces put together are the text as printed."""
    spans = list(_spans(record, article.id))
    found = []
    inside = any(block.part == "title" for block in article.blocks)
    if article.title and not inside and not any(block.kind == "title" for block in article.blocks):
        own = [span[1:] for span in spans if span[0] == "title"]
        found.append(Paragraph(0, "title", _pieces(article.title, 0, len(article.title), own)))
    for block in article.blocks:
        source = article.text if block.part == "text" else (article.title or "")
        own = [span[1:] for span in spans if span[0] == block.part]
        here = Evidence(article=article.id, part=block.part, start=block.start, end=block.end, text="")
        found.append(
            Paragraph(places.paragraph(here), block.kind, _pieces(source, block.start, block.end, own))
        )
    return found


def _spans(record: Record, article: str) -> Iterator[tuple[str, int, int, str, str]]:
    def of(evidence: Evidence, kind: str, identifier: str) -> Iterator[tuple[str, int, int, str, str]]:
        if evidence.article == article:
            yield evidence.part, evidence.start, evidence.end, kind, identifier

    for entity in record.entities:
        for evidence in entity.evidence if entity.named else ():
            yield from of(evidence, "name", entity.id)
    for quote in record.quotes:
        for version in quote.versions:
            for span in version.spans or [version.evidence]:
                yield from of(span, "quote", quote.id)
    for event in record.events:
        for evidence in event.evidence:
            yield from of(evidence, "event", event.id)


def _pieces(source: str, start: int, end: int, spans: list[_Span]) -> tuple[Piece, ...]:
    """Cut `source[start:end]` wherever a span begins or ends."""
    own = [span for span in spans if span[0] < end and span[1] > start]
    edges = sorted({start, end, *(min(max(edge, start), end) for span in own for edge in span[:2])})
    found = []
    for left, right in pairwise(edges):
        over = [span for span in own if span[0] <= left and right <= span[1]]
        kinds = tuple(sorted({kind for _, _, kind, _ in over}))
        facts = tuple(dict.fromkeys(identifier for *_, identifier in over))
        found.append(Piece(source[left:right], kinds, facts))
    return tuple(found)
