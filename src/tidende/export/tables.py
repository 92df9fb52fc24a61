"""One table of all facts: events, quotes, roles, claims and differences, a row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from tidende.export.facts import Fact, View, evidence_of
from tidende.records import Claim, Difference, Evidence, Quote, Record, Role

COLUMNS = (
    "story",
    "story_title",
    "kind",
    "id",
    "type",
    "mode",
    "subject_ids",
    "subjects",
    "object_ids",
    "objects",
    "place_id",
    "place",
    "start",
    "end",
    "precision",
    "count",
    "value",
    "unit",
    "modality",
    "claimed_by",
    "main",
    "agreement",
    "articles",
    "outlets",
    "urls",
    "languages",
    "evidence",
)
_BETWEEN = " | "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write the table as CSV in UTF-8, several values of a cell parted by " | ".

    A cell that a spreadsheet would take for a formula is led by an apostrophe.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for row in table(records):
        rows.writerow([_cell(row[column]) for column in COLUMNS])
    text.flush()
    text.detach()


def table(records: list[Record]) -> Iterator[dict[str, Any]]:
    """Give the rows, with a value for each of `COLUMNS`: lists stay lists, evidence stays whole."""
    for record in records:
        view = View.of(record)
        for kind, facts in (
            ("event", record.events),
            ("quote", record.quotes),
            ("role", record.roles),
            ("claim", record.claims),
            ("difference", record.differences),
        ):
            for fact in facts:
                yield _row(view, kind, fact)


def _row(view: View, kind: str, fact: Fact) -> dict[str, Any]:
    evidence = evidence_of(fact)
    tellers = view.tellers(evidence)
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "story": view.record.id,
        "story_title": view.record.title,
        "kind": kind,
        "subject_ids": [],
        "object_ids": [],
        "articles": [article.id for article in tellers],
        "outlets": list(dict.fromkeys(article.outlet for article in tellers if article.outlet)),
        "urls": [article.url for article in tellers if article.url],
        "languages": list(dict.fromkeys(article.language for article in tellers)),
        "evidence": evidence,
    }
    row |= _own(fact)
    row["subjects"] = view.names(row["subject_ids"])
    row["objects"] = view.names(row["object_ids"])
    if row["place_id"] is not None:
        row["place"] = view.name(row["place_id"])
    return row


def _own(fact: Fact) -> dict[str, Any]:
    """Give what only one kind of fact has."""
    if isinstance(fact, Difference):
        values = [str(value.value) for value in fact.values]
        return {
            "id": f"{fact.about}#{fact.attribute}",
            "type": fact.attribute,
            "subject_ids": [fact.about],
            "value": _BETWEEN.join(values),
            "agreement": "differ",
        }
    shared: dict[str, Any] = {"id": fact.id, "agreement": fact.agreement}
    if isinstance(fact, Quote):
        return shared | {
            "type": fact.kind,
            "subject_ids": [fact.speaker] if fact.speaker else [],
            "object_ids": [fact.addressee] if fact.addressee else [],
        }
    if isinstance(fact, Role):
        return shared | {
            "type": fact.role,
            "mode": fact.qualifier,
            "subject_ids": [fact.holder],
            "object_ids": [fact.of] if fact.of else [],
        }
    if fact.date is not None:
        shared |= {"start": fact.date.start, "end": fact.date.end, "precision": fact.date.precision}
    if isinstance(fact, Claim):
        return shared | {
            "type": fact.kind,
            "subject_ids": [fact.subject] if fact.subject else [],
            "value": None if fact.value is None else str(fact.value),
            "unit": fact.unit,
        }
    return shared | {
        "type": fact.type,
        "mode": fact.mode,
        "subject_ids": fact.actors,
        "object_ids": fact.recipients,
        "place_id": fact.place,
        "count": fact.count,
        "modality": fact.modality,
        "claimed_by": fact.claimed_by,
        "main": fact.main,
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = _BETWEEN.join(item.text if isinstance(item, Evidence) else str(item) for item in value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
