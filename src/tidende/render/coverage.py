"""Set facts against articles in the reader's words: the table of who tells what."""

from __future__ import annotations

from dataclasses import dataclass

from tidende.coverage import Cell, Row, coverage
from tidende.render.layout import capital
from tidende.render.people import shown_beside, speaker
from tidende.render.view import View

_LONG = 110  # characters of a fact's name in the table
_PARTS = ("place", "venue", "date", "duration", "planned_duration", "count", "ordinal", "theme", "outcome")
_KINDS = ("event", "attribute", "quote", "role")  # claims stand in the words of their articles elsewhere


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as the reader is told it, with a cell for each article; `part` is "" for the fact itself."""

    about: str
    part: str
    text: str
    cells: tuple[Cell, ...]


def covered(view: View) -> list[Line]:
    """Give the facts that articles could share, the main event with its details first, then by tellers.

    Left out are claims, details of other events, and what one article alone paraphrases. A record of one
    article has no lines.
    """
    if view.total < 2:
        return []
    rows = [row for row in coverage(view.record) if row.kind in _KINDS]
    rows.sort(key=lambda row: _order(view, row))
    lines: dict[str, Line] = {}
    for row in rows:
        line = Line(row.about, row.part, _text(view, row), row.cells)
        # two posts may have one name in the reader's language: that which most articles tell stands
        key = line.text if row.kind == "role" else f"{row.about} {row.part} {line.text}"
        known = lines.get(key)
        if line.text and (known is None or _tellers(known) < _tellers(line)):
            lines[key] = line
    return list(lines.values())


def _tellers(line: Line) -> int:
    return sum(cell.stand == "tells" for cell in line.cells)


def _order(view: View, row: Row) -> tuple[int, int]:
    """Order facts by kind, other events by how many tell them; what is equal stays in its order."""
    if view.main is not None and row.about == view.main.id:
        return 0, 0
    return 1 + max(0, _KINDS.index(row.kind) - 1), -len(row.tellers) if row.kind == "event" else 0


def _text(view: View, row: Row) -> str:
    """Name a fact, "" for one that the table leaves out."""
    if row.kind == "event":
        event = view.events[row.about]
        when = view.words.time(event.date) if event.date is not None and event is not view.main else ""
        return view.clip(f"{view.short(event)}; {when}" if when else view.short(event), _LONG)
    if row.kind == "attribute":
        if view.main is None or row.about != view.main.id or row.part not in _PARTS:
            return ""
        places = [piece for cell in row.cells for piece in cell.evidence]
        rows = [one for one in view.main.attributes if one.name == row.part]
        value = next(one.value for one in rows if any(told.evidence in places for told in one.told))
        return f"{capital(view.words.label('attributes', row.part))}: {view.value(row.part, value)}"
    if row.kind == "quote":
        quote = next(one for one in view.record.quotes if one.id == row.about)
        if not shown_beside(view, quote):
            return ""
        return f"{speaker(view, quote)}: {view.quoted(view.said(quote.versions[0]), _LONG)}"
    role = next(one for one in view.record.roles if one.id == row.about)
    if view.is_vague(role):
        return ""
    return f"{view.name(role.holder)}: {view.post(role)}"
