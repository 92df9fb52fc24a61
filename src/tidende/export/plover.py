"""Events in the columns of POLECAT, the PLOVER data set: tab-separated, one event a row."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from tidende.export.facts import View, day
from tidende.records import EntityType, Event, Record

# The columns of POLECAT's weekly files, in their order; what Tidende does not know stays empty.
POLECAT = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
OWN = (
    "Story ID",
    "Modality",
    "Claimed By",
    "Agreement",
    "Actor IDs",
    "Recipient IDs",
    "End Date",
    "Evidence",
)
_QUADS = {
    "Verbal Cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "Material Cooperation": ("COOPERATE", "AID", "RETREAT"),
    "Verbal Conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "Material Conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
_QUAD = {event_type: quad for quad, types in _QUADS.items() for event_type in types}
_BETWEEN = "; "


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write a row for each event of each record: POLECAT's columns, then our own.

    Events that are planned, possible or denied are rows too: `Modality` tells them apart.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    rows = csv.DictWriter(
        text,
        POLECAT + OWN,
        restval="",
        delimiter="\t",
        lineterminator="\n",
        quoting=csv.QUOTE_MINIMAL,
    )
    rows.writeheader()
    for record in records:
        view = View.of(record)
        for event in record.events:
            rows.writerow({key: _plain(value) for key, value in _row(view, event).items() if value})
    text.flush()
    text.detach()


def _row(view: View, event: Event) -> dict[str, str | None]:
    tellers = view.tellers(event.evidence)
    published = sorted(filter(None, (day(article.published) for article in tellers)))
    row: dict[str, str | None] = {
        "Event ID": event.id,
        "Event Date": None if event.date is None else event.date.start,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Quad Code": _QUAD[event.type],
        "Contexts": _BETWEEN.join(event.contexts),
        "Placename": None if event.place is None else view.name(event.place),
        "Raw Placename": None if event.place is None else _printed(view, [event.place]),
        "Source": _BETWEEN.join(article.outlet or article.id for article in tellers),
        "Publication Date": published[0] if published else None,
        "Story People": _all_of(view, "person"),
        "Story Organizations": _all_of(view, "organisation"),
        "Story Locations": _BETWEEN.join(filter(None, (_all_of(view, "country"), _all_of(view, "place")))),
        "Language": _BETWEEN.join(dict.fromkeys(article.language for article in tellers)),
        "Story ID": view.record.id,
        "Modality": event.modality,
        "Claimed By": event.claimed_by and view.name(event.claimed_by),
        "Agreement": event.agreement,
        "Actor IDs": _BETWEEN.join(event.actors),
        "Recipient IDs": _BETWEEN.join(event.recipients),
        "End Date": None if event.date is None else event.date.end,
        "Evidence": _BETWEEN.join(piece.text for piece in event.evidence),
    }
    if event.place is not None and view.kind(event.place) == "country":
        row["Country"] = row["Placename"]
    for who, ids in (("Actor", event.actors), ("Recipient", event.recipients)):
        row[f"{who} Name"] = _BETWEEN.join(view.names(ids))
        row[f"{who} Name Raw"] = _printed(view, ids)
        row[f"{who} Country"] = _BETWEEN.join(
            view.name(party)
            for party in ids
            if party in view.entities and view.entities[party].type == "country"
        )
        row[f"{who} Title"] = _BETWEEN.join(
            dict.fromkeys(role.role for role in view.record.roles for party in ids if role.holder == party)
        )
    return row


def _printed(view: View, ids: list[str]) -> str:
    """Give the first printed form of each entity."""
    forms = [view.entities[party].evidence for party in ids if party in view.entities]
    return _BETWEEN.join(pieces[0].text for pieces in forms if pieces)


def _all_of(view: View, kind: EntityType) -> str:
    return _BETWEEN.join(
        entity.name for entity in view.record.entities if entity.type == kind and entity.named
    )


def _plain(value: str | None) -> str:
    """Fold line ends and tabs, which readers of tab-separated files do not expect in a cell."""
    return " ".join((value or "").split())
