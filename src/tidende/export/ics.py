"""Planned events as a calendar (RFC 5545). No planned event gives an empty calendar, which is valid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import BinaryIO

from tidende.export.facts import View, day, iri
from tidende.records import Event, Record

_LONGEST_LINE = 75  # bytes
_UNKNOWN_STAMP = "1970-01-01"


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write one entry for each planned event that has a day; one told in several records is one entry.

    The stamp of an entry is the latest day on which an article that tells it was published: there is no
    clock in it.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tidende//planned events//EN", "CALSCALE:GREGORIAN"]
    seen: set[str] = set()
    for record in records:
        view = View.of(record)
        for event in record.events:
            if is_planned(event) and event.id not in seen:
                seen.add(event.id)
                lines += _entry(view, event)
    lines.append("END:VCALENDAR")
    for line in lines:
        for folded in _folded(line):
            stream.write(folded + b"\r\n")


def is_planned(event: Event) -> bool:
    """Tell whether an event belongs in a calendar: planned, and with a day on which it begins."""
    return event.modality == "planned" and event.date is not None and event.date.start is not None


def _entry(view: View, event: Event) -> Iterator[str]:
    assert event.date is not None
    assert event.date.start is not None
    start = date.fromisoformat(event.date.start[:10])
    end = date.fromisoformat((event.date.end or event.date.start)[:10])
    tellers = view.tellers(event.evidence)
    stamp = max((day(article.published) or _UNKNOWN_STAMP for article in tellers), default=_UNKNOWN_STAMP)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(iri(event.id))}"
    yield f"DTSTAMP:{stamp.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{max(start, end) + timedelta(days=1):%Y%m%d}"  # the day after the last
    yield f"SUMMARY:{_text(view.title_of(event))}"
    if event.place is not None:
        yield f"LOCATION:{_text(view.name(event.place))}"
    told = [f"{_source(view, piece.article)}: {piece.text}" for piece in event.evidence]
    yield f"DESCRIPTION:{_text(chr(10).join(told))}"
    yield f"CATEGORIES:{event.type}"
    yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _source(view: View, article_id: str) -> str:
    article = view.articles.get(article_id)
    return article_id if article is None else article.outlet or article.id


def _text(value: str) -> str:
    """Escape a text value; control characters have no place in one."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = "\\n".join(value.splitlines())
    return "".join(character for character in value if character >= " " and character != "\x7f")


def _folded(line: str) -> Iterator[bytes]:
    """Cut a line so that none is longer than 75 bytes, and no character is cut."""
    piece = b""
    for character in line:
        code = character.encode()
        if len(piece) + len(code) > _LONGEST_LINE:
            yield piece
            piece = b" "
        piece += code
    yield piece
