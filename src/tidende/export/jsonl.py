"""JSON lines: one record a line, as `tidende read --json` prints it, and the schema of a line."""

from __future__ import annotations

import json
from typing import BinaryIO

from tidende.records import Record


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write one record a line."""
    for record in records:
        stream.write(record.model_dump_json().encode() + b"\n")


def write_schema(stream: BinaryIO) -> None:
    """Write the JSON Schema (2020-12) of a line."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Record.model_json_schema(mode="serialization"),
    }
    stream.write(json.dumps(schema, indent=2, ensure_ascii=False).encode() + b"\n")
