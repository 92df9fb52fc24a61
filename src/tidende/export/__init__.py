"""Records to files in the formats that other programs read: tables, graphs, calendars, newsroom items."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from tidende.errors import UsageError
from tidende.export.write import written_whole
from tidende.records import Record

__all__ = ["FORMATS", "export", "exported"]

# A format's module has a function `write(records, stream)`; it is loaded when the format is asked for.
_HOMES = {
    "csv": "tables",
    "ftm": "ftm",
    "ics": "ics",
    "jsonl": "jsonl",
    "jsonld": "jsonld",
    "ninjs": "ninjs",
    "parquet": "parquet",
    "plover": "plover",
    "turtle": "turtle",
}
FORMATS = tuple(_HOMES)


def export(records: Iterable[Record], format: str, path: str | Path) -> None:
    """Write the records to `path` in one of `FORMATS`; the file is there whole or not at all.

    The same records give the same bytes. `jsonl` also writes its JSON Schema beside the file, as
    `NAME.schema.json`. Raise `UsageError` for an unknown format, `MissingExtra` where the format's
    package is not installed, `OutputError` where the file cannot be written.
    """
    module = _module(format)
    found = list(records)
    target = Path(path)
    if format == "jsonl":
        with written_whole(target.with_name(f"{target.name}.schema.json")) as stream:
            module.write_schema(stream)
    with written_whole(target) as stream:
        module.write(found, stream)


def exported(records: Iterable[Record], format: str) -> bytes:
    """Give the bytes that `export` writes to its file."""
    stream = BytesIO()
    _module(format).write(list(records), stream)
    return stream.getvalue()


def _module(format: str) -> Any:
    if format not in _HOMES:
        raise UsageError(f"no such format: {format!r} (there are: {', '.join(FORMATS)})")
    return import_module(f"tidende.export.{_HOMES[format]}")
