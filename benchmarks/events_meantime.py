"""Score dates and parties of the political events that Tidende reads in MEANTIME (Wikinews on business).

MEANTIME marks every event, of any kind; Tidende reads political ones only, so nothing is said of recall. An
event that is read has its parties right if one event of MEANTIME in the same sentence has them all as
participants, and its date right if the time that MEANTIME links to an event of the sentence shares a day with
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dates_others import meantime
from dates_set import Row
from matching import any_like, forms_of
from ntrex import Tallies
from scoring import Figure, Json, share

FIGURES = (
    Figure(
        "parties right, of events in a marked sentence", share("parties", "events"), ("parties", "events")
    ),
    Figure("one party right", share("party", "events"), ("party", "events")),
    Figure("date right, of events that both date", share("date", "dated"), ("date", "dated")),
)
_WITHIN = ("IS_INCLUDED", "SIMULTANEOUS", "INCLUDES")


@dataclass(frozen=True)
class Marked:
    """One event of MEANTIME: where its word begins, its participants' words, the days linked to it."""

    start: int
    participants: tuple[str, ...]
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Document:
    """One document: its text as one article, and what is marked in it."""

    name: str
    text: str
    published: str
    marked: tuple[Marked, ...]


def documents(shared: Path) -> Iterator[Document]:
    """Yield the documents that have a date of publication."""
    folder = shared / "data" / "events" / "meantime-en" / "intra_cross-doc_annotation"
    paths = {path.stem: path for path in folder.glob("*/*.xml")}
    for row in meantime(shared):
        name = row.name.removeprefix("meantime:")
        root = ElementTree.parse(paths[name]).getroot()
        yield Document(name, row.text, str(row.published), tuple(_marked(root, row)))


def _marked(root: Any, row: Row) -> Iterator[Marked]:
    """Yield the events of a document; its tokens stand in the text in their order."""
    words: dict[str, tuple[int, str]] = {}
    position = 0
    for token in root.iter("token"):
        word = token.text or ""
        position = row.text.index(word, position)
        words[token.get("t_id")] = (position, word)
        position += len(word)
    anchors = {
        markable.get("m_id"): [words[anchor.get("t_id")] for anchor in markable.iter("token_anchor")]
        for markable in root.find("Markables")
    }
    times = {(time["start"], time["end"]): time.get("values", []) for time in row.times}
    days = {}
    for identifier, tokens in anchors.items():
        if tokens:
            days[identifier] = times.get((tokens[0][0], tokens[-1][0] + len(tokens[-1][1])), [])
    who: dict[str, list[str]] = {}
    when: dict[str, list[tuple[str, str]]] = {}
    for link in root.find("Relations"):
        source, target = link.find("source"), link.find("target")
        if source is None or target is None:
            continue
        ends = (source.get("m_id"), target.get("m_id"))
        if link.tag == "HAS_PARTICIPANT":
            who.setdefault(ends[0], []).append(" ".join(word for _, word in anchors.get(ends[1], [])))
        elif link.tag == "TLINK" and link.get("reltype") in _WITHIN:
            for event, time in (ends, ends[::-1]):
                when.setdefault(event, []).extend((day[0], day[1]) for day in days.get(time, []))
    for markable in root.iter("EVENT_MENTION"):
        identifier = markable.get("m_id")
        if anchors[identifier]:
            yield Marked(
                anchors[identifier][0][0], tuple(who.get(identifier, ())), tuple(when.get(identifier, ()))
            )


def score(found: Sequence[Document], records: dict[str, Json]) -> Tallies:
    """Score what was read of each document: `tallies["MEANTIME"][document]`."""
    return {"MEANTIME": {document.name: _score_one(document, records[document.name]) for document in found}}


def _score_one(document: Document, record: Json) -> Counter[str]:
    counts: Counter[str] = Counter()
    entities = {entity["id"]: entity for entity in record["entities"]}
    for event in record["events"]:
        told = [row for row in event["evidence"] if row["article"] == document.name]
        near = [m for m in document.marked if any(row["start"] <= m.start < row["end"] for row in told)]
        if not any(m.participants for m in near):
            continue
        ours = [entities[i] for i in (*event["actors"], *event["recipients"]) if i in entities]
        held = [
            [any(any_like(forms_of(entity), [name]) for name in m.participants) for entity in ours]
            for m in near
        ]
        counts.update(events=1, parties=any(all(row) for row in held), party=any(any(row) for row in held))
        when = event.get("date") or {}
        days = [day for m in near for day in m.days]
        if when.get("start") and days:
            counts["dated"] += 1
            counts["date"] += any(a <= (when["end"] or when["start"]) and when["start"] <= b for a, b in days)
    return counts
