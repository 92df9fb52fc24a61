"""The table of all facts as Parquet: lists as lists, evidence with its offsets."""

from __future__ import annotations

from typing import BinaryIO

from tidende.errors import MissingExtra
from tidende.export.tables import COLUMNS, table
from tidende.records import Record

_LISTS = ("subject_ids", "subjects", "object_ids", "objects", "articles", "outlets", "urls", "languages")


def write(records: list[Record], stream: BinaryIO) -> None:
    """Write the rows of `tidende.export.tables` with pyarrow.

    Raise `MissingExtra` where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("parquet", "exports") from error
    text = pyarrow.string()
    evidence = pyarrow.struct(
        [
            ("article", text),
            ("part", text),
            ("start", pyarrow.int64()),
            ("end", pyarrow.int64()),
            ("text", text),
        ]
    )
    types = dict.fromkeys(COLUMNS, text) | dict.fromkeys(_LISTS, pyarrow.list_(text))
    types |= {"count": pyarrow.int64(), "main": pyarrow.bool_(), "evidence": pyarrow.list_(evidence)}
    rows = [row | {"evidence": [piece.model_dump() for piece in row["evidence"]]} for row in table(records)]
    schema = pyarrow.schema(list(types.items()))
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), stream)
