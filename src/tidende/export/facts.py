"""What every export asks of a record: names of ids, where they live on the web, and who tells what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from tidende.records import (
    Article,
    Claim,
    Difference,
    Entity,
    EntityType,
    Event,
    Evidence,
    Quote,
    Record,
    Role,
)

_WIKIDATA = re.compile(r"Q[1-9]\d*")


class _Told(Protocol):
    """Anything of a record that points at the characters it was read from."""

    @property
    def evidence(self) -> list[Evidence]: ...


@dataclass(frozen=True, slots=True)
class View:
    """A record with its articles and entities by their ids."""

    record: Record
    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]

    @classmethod
    def of(cls, record: Record) -> View:
        """Index a record."""
        return cls(
            record,
            {article.id: article for article in record.articles},
            {entity.id: entity for entity in record.entities},
        )

    def name(self, entity_id: str) -> str:
        """Give the name of an entity, the id where the record has none."""
        entity = self.entities.get(entity_id)
        return entity.name if entity is not None else entity_id

    def names(self, ids: Iterable[str]) -> list[str]:
        """Give the names of entities, in order."""
        return [self.name(entity_id) for entity_id in ids]

    def kind(self, entity_id: str) -> EntityType | None:
        """Give the type of an entity, None where the record has no such entity."""
        entity = self.entities.get(entity_id)
        return None if entity is None else entity.type

    def language(self, evidence: Evidence) -> str | None:
        """Give the language that a piece of evidence is printed in, None where it is unknown."""
        article = self.articles.get(evidence.article)
        return None if article is None or article.language == "und" else article.language

    def tellers(self, evidence: Iterable[Evidence]) -> list[Article]:
        """Give the articles that the evidence stands in, each once, in order."""
        ids = dict.fromkeys(piece.article for piece in evidence)
        return [self.articles[article_id] for article_id in ids if article_id in self.articles]

    def title_of(self, event: Event) -> str:
        """Name an event in a line: its parties, its act, whom it is aimed at."""
        act = event.type.lower() if event.mode is None else f"{event.type.lower()} ({event.mode})"
        parties = ", ".join(self.names(event.actors)) or "?"
        aimed = ", ".join(self.names(event.recipients))
        return f"{parties}: {act}" + (f" → {aimed}" if aimed else "")


def evidence_of(fact: _Told | Quote | Difference) -> list[Evidence]:
    """Give the evidence of an entity, role, event, quote, claim or difference, in order."""
    if isinstance(fact, Quote):
        return [version.evidence for version in fact.versions]
    if isinstance(fact, Difference):
        return [piece for value in fact.values for piece in value.evidence]
    return fact.evidence


def iri(thing_id: str) -> str:
    """Give the address of a thing: Wikidata's where the id is one of Wikidata's, else a name of our own."""
    if _WIKIDATA.fullmatch(thing_id):
        return f"http://www.wikidata.org/entity/{thing_id}"
    return "urn:tidende:" + quote(thing_id, safe=":-._~+,()@;=!*'")


def article_iri(article: Article) -> str:
    """Give the address of an article: its own where it is one of the web, else a name of our own."""
    url = article.url or ""
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", url):
        return url
    return iri(f"article:{article.id}")


def day(value: str | None) -> str | None:
    """Give the day of an ISO date or time."""
    return None if value is None else value[:10]


def sorted_ids(ids: Iterable[str]) -> Sequence[str]:
    """Give each id once, in order of the alphabet."""
    return sorted(set(ids))


Fact = Role | Event | Quote | Claim | Difference
