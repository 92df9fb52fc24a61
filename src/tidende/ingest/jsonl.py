"""Articles as JSON lines: one object a line, read one line at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from tidende.errors import EmptyInput, InputError, MalformedInput, OversizeInput
from tidende.ingest.decode import decode, refuse_binary
from tidende.ingest.draft import LARGEST_TEXT, Draft, shown

_LONGEST_LINE = 6 * LARGEST_TEXT  # bytes; a character escaped as \uXXXX takes six
_OPTIONAL = ("title", "published", "outlet", "url", "language")
_TYPE_NAMES = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}


def read_jsonl(name: str, stream: BinaryIO) -> Iterator[Draft | InputError]:
    """Give the article or the error of each non-empty line, in order.

    Only one line at a time is held. Raise `BinaryInput` where the file is no text, `EmptyInput` where
    no line holds anything.
    """
    first = stream.readline(_LONGEST_LINE)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = decode(name, first + stream.read())
        lines: Iterable[bytes] = (line.encode("utf-8", "surrogatepass") for line in text.split("\n"))
    else:
        first = first.removeprefix(codecs.BOM_UTF8)
        refuse_binary(name, first)
        lines = _lines(first, stream)
    empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        empty = False
        try:
            yield _article(name, number, line)
        except InputError as error:
            yield error
    if empty:
        raise EmptyInput(name, "no article in it")


def looks_like_jsonl(text: str) -> bool:
    """Tell whether at least half of the non-empty lines of a text are JSON objects."""
    lines = [line for line in text.split("\n") if line.strip()]
    objects = 0
    for line in lines:
        if line.lstrip().startswith("{"):
            try:
                objects += isinstance(json.loads(line), dict)
            except (ValueError, RecursionError):
                continue
    return 0 < objects >= 0.5 * len(lines)


def _lines(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    line = first
    while line:
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(_LONGEST_LINE)
        yield line
        line = stream.readline(_LONGEST_LINE)


def _article(name: str, number: int, line: bytes) -> Draft:
    if len(line) >= _LONGEST_LINE:
        raise OversizeInput(name, f"a line of more than {_LONGEST_LINE:,} bytes", line=number)
    try:
        fields = json.loads(line.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as error:
        raise MalformedInput(name, "damaged UTF-8: not every byte is text", line=number) from error
    except RecursionError as error:
        raise MalformedInput(name, "broken JSON: nested too deeply", line=number) from error
    except ValueError as error:
        what = (
            f"{error.msg} (column {error.colno})" if isinstance(error, json.JSONDecodeError) else str(error)
        )
        raise MalformedInput(name, f"broken JSON: {what}", line=number) from error
    return read_fields(name, number, fields)


def read_fields(name: str, number: int | None, fields: Any) -> Draft:
    """Make a draft of the fields of an article: `id` and `text`, and those that may be missing.

    `number` is the line they stand in. Raise `MalformedInput` for a field that is missing or is of the
    wrong type.
    """
    if not isinstance(fields, dict):
        raise MalformedInput(name, f"not a JSON object but {_type_name(fields)}", line=number)
    for key in ("id", "text"):
        if key not in fields:
            raise MalformedInput(name, f"no {shown(key)} in it", line=number)
        if not isinstance(fields[key], str):
            raise MalformedInput(name, f"{key}: not a string but {_type_name(fields[key])}", line=number)
    if not fields["id"].strip():
        raise MalformedInput(name, "id: empty", line=number)
    optional = {key: _optional(name, number, fields, key) for key in _OPTIONAL}
    return Draft(
        name,
        number,
        fields["id"],
        fields["text"],
        title=optional["title"],
        published=optional["published"],
        outlet=optional["outlet"],
        url=optional["url"],
        language=optional["language"],
        item=number is None,
    )


def _optional(name: str, number: int | None, fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise MalformedInput(name, f"{key}: not a string but {_type_name(value)}", line=number)
    return value if value and value.strip() else None


def _type_name(value: object) -> str:
    return _TYPE_NAMES.get(type(value), "a number")
