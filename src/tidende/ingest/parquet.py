"""Articles in a Parquet file: one a row, with the columns that a line of JSON lines has as fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from tidende.errors import EmptyInput, InputError, MalformedInput, MissingExtra, UnsupportedInput
from tidende.ingest.draft import Draft
from tidende.ingest.jsonl import read_fields

_COLUMNS = ("id", "text", "title", "published", "outlet", "url", "language")
_ROWS = 64  # that are held at once


def read_parquet(name: str, stream: BinaryIO) -> Iterator[Draft | InputError]:
    """Give the article or the error of each row, in order; `line` is the number of the row.

    `published` may be text, a date or a timestamp; other columns than those of an article are not read. Raise
    `UnsupportedInput` where pyarrow is not installed, `MalformedInput` where the file is damaged or lacks
    a column, `EmptyInput` where it has no row.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UnsupportedInput(name, str(MissingExtra("Parquet", "exports"))) from error
    number = 0
    try:
        file = parquet.ParquetFile(stream)
        columns = [column for column in _COLUMNS if column in file.schema_arrow.names]
        for column in ("id", "text"):
            if column not in columns:
                raise MalformedInput(name, f"no column {column!r}")
        for batch in file.iter_batches(_ROWS, columns=columns):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield read_fields(name, number, {key: _plain(value) for key, value in row.items()})
                except InputError as error:
                    yield error
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        problem = " ".join(str(error).split())[:80] or type(error).__name__
        raise MalformedInput(name, f"broken Parquet after row {number}: {problem}") from error
    if not number:
        raise EmptyInput(name, "no article in it")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
