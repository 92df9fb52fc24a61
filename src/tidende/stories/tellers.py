"""Tell on whose word each article tells an event, and from when it writes."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.records import AsOf, Event, Evidence, Reading, Teller
from tidende.stories.copies import Witnesses

_PLANNED = "planned"


def tellers(told: Sequence[tuple[Reading, Event]]) -> list[Teller]:
    """Give for each article who says there that the event happened, in the order given.

    A source is who is told to claim it, or the speaker of the quotes that alone tell it.
    """
    rows: dict[str, Teller] = {}
    for reading, event in told:
        source = event.claimed_by or _speaker(reading, event)
        known = rows.get(reading.article.id)
        if known is None:
            rows[reading.article.id] = Teller(
                article=reading.article.id, source=source, via=list(reading.article.credits)
            )
        elif known.source != source:
            rows[reading.article.id] = known.model_copy(update={"source": None})
    return list(rows.values())


def one_source(rows: Sequence[Teller], witnesses: Witnesses) -> str | None:
    """Give whose word alone several independent articles rest on; None for one article or several sources."""
    sources = {row.source for row in rows}
    if witnesses.count([row.article for row in rows]) < 2 or len(sources) != 1:
        return None
    return next(iter(sources))


def _speaker(reading: Reading, event: Event) -> str | None:
    """Give who speaks wherever an article tells an event, if that is one and the same."""
    speakers = {
        next((quote.speaker for quote in reading.quotes if _within(piece, quote.versions[0].evidence)), None)
        for piece in event.evidence
    }
    return speakers.pop() if len(speakers) == 1 else None


def _within(piece: Evidence, outer: Evidence) -> bool:
    return piece.part == outer.part and outer.start <= piece.start and piece.end <= outer.end


def as_of(main: Event | None, told: Sequence[tuple[Reading, Event]]) -> list[AsOf]:
    """Tell of each article whether it writes before the main event, while a part is to come, or after it."""
    if main is None:
        return []
    rows: dict[str, AsOf] = {}
    for reading, event in told:
        before = event.modality in (_PLANNED, "possible")
        to_come = [row for row in event.attributes if row.value == _PLANNED]
        known = rows.get(reading.article.id)
        row = AsOf(
            article=reading.article.id,
            event=main.id,
            stage="before" if before else "during" if to_come else "after",
            published=reading.article.published,
            to_come=[row.name for row in to_come],
            evidence=[one.evidence for row in to_come for one in row.told] or event.evidence[:1],
        )
        # what has happened by one telling of an article has happened for it
        if known is None or (known.stage == "before" and row.stage != "before"):
            rows[reading.article.id] = row
    return list(rows.values())
