"""Set facts against articles: which article tells a fact, which tells it otherwise, which is silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tidende.records import Difference, Event, Evidence, Record

Stand = Literal["tells", "otherwise", "silent"]
FactKind = Literal["event", "attribute", "role", "quote", "claim"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How one article stands to a fact, and where it tells it; nowhere, if it is silent."""

    article: str
    stand: Stand
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One fact with a cell for each article of the record, in its order.

    `about` is the id of the event, role, quote or claim; `part` names an attribute of an
    event, "" for the fact itself.
    """

    kind: FactKind
    about: str
    part: str
    cells: tuple[Cell, ...]

    @property
    def tellers(self) -> tuple[str, ...]:
        """Give the articles that tell the fact."""
        return tuple(cell.article for cell in self.cells if cell.stand == "tells")


def coverage(record: Record) -> list[Row]:
    """Give a row for each fact of a record: events with their attributes, roles, quotes, claims.

    An article tells a fact otherwise where a difference of the record sets it against those that tell it,
    also where it has brought an earlier figure up to date.
    """
    articles = [article.id for article in record.articles]
    apart = [*record.differences, *record.updates]
    rows: list[Row] = []
    for event in record.events:
        yes, no = _happened(event, apart)
        rows.append(Row("event", event.id, "", _cells(articles, yes, no)))
        rows += _attributes(event, articles, apart)
    for role in record.roles:
        against = _against(apart, role.holder, "role", role.evidence)
        rows.append(Row("role", role.id, "", _cells(articles, role.evidence, against)))
    for quote in record.quotes:
        told = [version.evidence for version in quote.versions]
        rows.append(Row("quote", quote.id, "", _cells(articles, told)))
    ids = {claim.id for claim in record.claims}
    of_claims = [difference for difference in apart if difference.about in ids]
    for claim in record.claims:
        against = _others(of_claims, claim.evidence)
        rows.append(Row("claim", claim.id, "", _cells(articles, claim.evidence, against)))
    return rows


def _happened(event: Event, apart: Iterable[Difference]) -> tuple[list[Evidence], list[Evidence]]:
    """Part those who tell an event from those who deny it."""
    no = [
        piece
        for difference in apart
        if (difference.about, difference.attribute) == (event.id, "modality")
        for value in difference.values
        if value.value == "denied"
        for piece in value.evidence
    ]
    return [piece for piece in event.evidence if piece not in no], no


def _attributes(event: Event, articles: list[str], apart: Iterable[Difference]) -> Iterator[Row]:
    for row in event.attributes:
        told = [one.evidence for one in row.told]
        own = [d for d in apart if (d.about, d.attribute) == (event.id, row.name)]
        yes = told
        if row.agreement == "differ":
            held = [value.evidence for d in own for value in d.values if value.value == row.value]
            yes = held[0] if held else [one.evidence for one in row.told if one.value == row.value]
        yield Row("attribute", event.id, row.name, _cells(articles, yes, [*told, *_others(own, yes)]))


def _against(apart: Iterable[Difference], about: str, attribute: str, yes: list[Evidence]) -> list[Evidence]:
    return _others((d for d in apart if (d.about, d.attribute) == (about, attribute)), yes)


def _others(apart: Iterable[Difference], yes: Iterable[Evidence]) -> list[Evidence]:
    """Give the evidence of the values that stand against what some evidence tells."""
    known = list(yes)
    return [
        piece
        for difference in apart
        if any(piece in known for value in difference.values for piece in value.evidence)
        for value in difference.values
        if not any(piece in known for piece in value.evidence)
        for piece in value.evidence
    ]


def _cells(articles: list[str], yes: Iterable[Evidence], no: Iterable[Evidence] = ()) -> tuple[Cell, ...]:
    told, against = list(yes), list(no)
    cells = []
    for article in articles:
        own = tuple(piece for piece in told if piece.article == article)
        other = tuple(piece for piece in against if piece.article == article and piece not in told)
        stand: Stand = "tells" if own else "otherwise" if other else "silent"
        cells.append(Cell(article, stand, own or other))
    return tuple(cells)
