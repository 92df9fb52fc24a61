"""Set facts against articles: who tells a fact, who tells it otherwise, who is silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from tidende.records import Event, Evidence, Role
from tidende.render.layout import capital
from tidende.render.view import View

Stand = Literal["tells", "otherwise", "silent"]

_LONG = 110  # characters of a fact's name in the table
_PARTS = ("place", "venue", "date", "duration", "planned_duration", "count", "ordinal", "theme", "outcome")


@dataclass(frozen=True, slots=True)
class Cell:
    """How one article stands to a fact, and where it tells it."""

    article: str
    stand: Stand
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, as the reader is told it, with a cell for each article in the order of the record.

    `about` is the id of the fact in the record; `part` tells a detail of it, "" for the fact itself.
    """

    about: str
    part: str
    text: str
    cells: tuple[Cell, ...]


def coverage(view: View) -> list[Row]:
    """Give the facts that articles could share, the main event with its details first.

    Events, posts, quotes word for word and those of several articles, and the values of a difference. What
    one article alone paraphrases is left out. A record of one article has no rows.
    """
    if view.total < 2:
        return []
    found = list(_events(view))
    for quote in view.record.quotes:
        if len(quote.versions) > 1 or quote.kind != "indirect":
            speaker = view.name(quote.speaker) if quote.speaker else quote.speaker_text
            text = f"{capital(speaker)}: {view.quoted(quote.versions[0].text, _LONG)}"
            told = [version.evidence for version in quote.versions]
            found.append(Row(quote.id, "", text, _cells(view, told)))
    for holder, roles in view.roles.items():
        found += _posts(view, holder, roles)
    return found


def _events(view: View) -> Iterator[Row]:
    events = sorted(view.record.events, key=lambda event: (event is not view.main, -_tellers(event.evidence)))
    for event in events:
        yield Row(event.id, "", view.clip(_named(view, event), _LONG), _cells(view, event.evidence))
        for row in event.attributes if event is view.main else ():
            if row.name not in _PARTS:
                continue
            yes = [told for told in row.told if row.agreement != "differ" or told.value == row.told[0].value]
            no = [told.evidence for told in row.told if told not in yes]
            text = f"{capital(view.words.label('attributes', row.name))}: {view.value(row.name, row.value)}"
            yield Row(event.id, row.name, text, _cells(view, [told.evidence for told in yes], no))


def _named(view: View, event: Event) -> str:
    """Name an event: what happened between whom, and when."""
    when = view.words.time(event.date) if event.date is not None and event is not view.main else ""
    return f"{view.short(event)}; {when}" if when else view.short(event)


def _posts(view: View, holder: str, roles: Sequence[Role]) -> Iterator[Row]:
    name = view.name(holder)
    for role in roles:
        rivals = [one for one in roles if one is not role and "differ" == one.agreement == role.agreement]
        no = chain.from_iterable(one.evidence for one in rivals)
        text = f"{name}: {view.role(role.role, role.of)}"
        yield Row(role.id, "", text, _cells(view, role.evidence, no))


def _cells(view: View, yes: Iterable[Evidence], no: Iterable[Evidence] = ()) -> tuple[Cell, ...]:
    told, against = list(yes), list(no)
    cells = []
    for article in view.record.articles:
        own = tuple(piece for piece in told if piece.article == article.id)
        other = tuple(piece for piece in against if piece.article == article.id)
        stand: Stand = "tells" if own else "otherwise" if other else "silent"
        cells.append(Cell(article.id, stand, own or other))
    return tuple(cells)


def _tellers(evidence: Iterable[Evidence]) -> int:
    return len({piece.article for piece in evidence})
