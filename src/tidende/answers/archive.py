"""Hold the records of a desk as one body of facts: things joined by their ids, and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tidende.ledgers import Ledger, ledger
from tidende.records import (
    Agreement,
    Article,
    Difference,
    Entity,
    Event,
    Evidence,
    Quote,
    QuoteVersion,
    Record,
    Role,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One quote and the id of the story that it stands in."""

    story: str
    quote: Quote


class Archive:
    """Look up what records tell, whichever of them tells it.

    Keep one for several questions: what is joined is joined once, when it is first asked for.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = list(records)

    @classmethod
    def of(cls, records: Archive | Sequence[Record]) -> Archive:
        """Give records as an archive."""
        return records if isinstance(records, Archive) else cls(records)

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Give every article by its id."""
        return {article.id: article for record in self.records for article in record.articles}

    @cached_property
    def book(self) -> Ledger:
        """Give the ledger of all records."""
        return ledger(self.records)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Give every entity by its id, with the forms and mentions of all records."""
        found: dict[str, list[Entity]] = {}
        for record in self.records:
            for entity in record.entities:
                found.setdefault(entity.id, []).append(entity)
        return {identifier: _joined(same) for identifier, same in found.items()}

    @cached_property
    def roles(self) -> list[Role]:
        """Give every role told, each once, with the evidence of all records."""
        found: dict[str, list[Role]] = {}
        for record in self.records:
            for role in record.roles:
                found.setdefault(role.id, []).append(role)
        return [
            same[0].model_copy(
                update={
                    "labels": {language: text for role in same for language, text in role.labels.items()},
                    "evidence": [piece for role in same for piece in role.evidence],
                    "agreement": _agreement(same),
                }
            )
            for same in found.values()
        ]

    @cached_property
    def statements(self) -> list[Statement]:
        """Give every quote with the story it stands in."""
        return [Statement(record.id, quote) for record in self.records for quote in record.quotes]

    @cached_property
    def differences(self) -> list[tuple[Record, Difference]]:
        """Give every difference with its record."""
        return [(record, one) for record in self.records for one in record.differences]

    def event(self, record: Record, identifier: str) -> Event | None:
        """Give an event of a record by its id, None where there is none."""
        return next((event for event in record.events if event.id == identifier), None)

    def mentioned_in(self, entity: str, version: QuoteVersion) -> list[Evidence]:
        """Give the mentions of an entity inside the words of a quote as one article prints it."""
        spans = version.spans or [version.evidence]
        return [piece for piece in self._mentions(entity, version.article) if _inside(piece, spans)]

    def _mentions(self, entity: str, article: str) -> list[Evidence]:
        return self._by_article.get((entity, article), [])

    @cached_property
    def _by_article(self) -> dict[tuple[str, str], list[Evidence]]:
        found: dict[tuple[str, str], list[Evidence]] = {}
        for entity in self.entities.values():
            for piece in entity.evidence:
                found.setdefault((entity.id, piece.article), []).append(piece)
        return found


def _agreement(same: Sequence[Role]) -> Agreement:
    if any(role.agreement == "differ" for role in same):
        return "differ"
    told = {piece.article for role in same for piece in role.evidence}
    return "agree" if len(same) > 1 and len(told) > 1 else same[0].agreement


def _joined(same: Sequence[Entity]) -> Entity:
    """Join what several records know of one entity."""
    if len(same) == 1:
        return same[0]
    names: dict[str, list[str]] = {}
    for entity in same:
        for language, forms in entity.names.items():
            kept = names.setdefault(language, [])
            kept += [form for form in forms if form not in kept]
    return same[0].model_copy(
        update={"names": names, "evidence": [piece for entity in same for piece in entity.evidence]}
    )


def _inside(piece: Evidence, spans: Iterable[Evidence]) -> bool:
    return any(
        piece.part == span.part and span.start <= piece.start and piece.end <= span.end for span in spans
    )
