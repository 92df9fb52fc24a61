"""Events as items of ninjs 3.0, the IPTC's News in JSON."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from tidende.export.facts import View, article_iri, iri
from tidende.records import Event, Record

_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}
_ROOMS = {"person": "people", "organisation": "organisations", "country": "places", "place": "places"}


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write a JSON array with one item of type "event" for each event of each record.

    Dates are left out where the articles tell none. What ninjs has no field for (whether the event
    happened, whether the articles agree) are subjects with their relation named.
    """
    items = [_item(view, event) for view in map(View.of, records) for event in view.record.events]
    stream.write(json.dumps(items, ensure_ascii=False, indent=1).encode() + b"\n")


def _item(view: View, event: Event) -> dict[str, Any]:
    item: dict[str, Any] = {
        "standard": _STANDARD,
        "uri": f"{iri(view.record.id)}:{iri(event.id).removeprefix('urn:tidende:')}",
        "type": "event",
        "language": "en",
        "title": view.title_of(event),
        "eventDetails": {},
        "events": [{"id": event.id, "uri": iri(event.id), "name": view.title_of(event), "rel": "same"}],
        "subjects": [
            {"name": event.type, "rel": "type", "literal": f"PLOVER:{event.type}"},
            {"name": event.modality, "rel": "modality"},
            {"name": event.agreement, "rel": "agreement"},
        ],
        "descriptions": [
            {
                "role": f"evidence-{view.language(piece) or 'und'}",
                "contentType": "text/plain",
                "value": piece.text,
            }
            for piece in event.evidence
        ],
        "infoSources": [
            {"name": article.outlet or article.id, "uri": article_iri(article), "role": "told"}
            for article in view.tellers(event.evidence)
        ],
    }
    if event.date is not None and event.date.start is not None:
        last = event.date.end or event.date.start
        item["eventDetails"]["dates"] = {
            "expectedStartDate": event.date.start[:10],
            "expectedEndDate": last[:10],
        }
    told = [(party, "actor") for party in event.actors] + [(party, "recipient") for party in event.recipients]
    told += [(place, "place") for place in (event.place, event.venue) if place]
    for party, relation in told:
        entity = view.entities.get(party)
        room = "subjects" if entity is None else _ROOMS.get(entity.type, "subjects")
        item.setdefault(room, []).append({"name": view.name(party), "rel": relation, "uri": iri(party)})
    return item
