"""Records as files in the nine formats of `tidende export`, for other programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from tidende.errors import UnknownName
from tidende.export import FORMATS, exported
from tidende.records import Record
from tidende.web.api import PROBLEMS, Problem
from tidende.web.library import library_of
from tidende.web.shelf import Wanted

MOST = 100  # stories in a file; `tidende export` writes any number
_FOUND = 50  # articles whose stories a search carries out
_LONGEST = 60
_ODD = re.compile(r"[^a-z0-9]+")
_KINDS = {  # format: media type, and how the name of a file ends
    "csv": ("text/csv; charset=utf-8", "csv"),
    "ftm": ("text/csv; charset=utf-8", "statements.csv"),
    "ics": ("text/calendar; charset=utf-8", "ics"),
    "jsonl": ("application/x-ndjson", "jsonl"),
    "jsonld": ("application/ld+json", "jsonld"),
    "ninjs": ("application/json", "ninjs.json"),
    "parquet": ("application/vnd.apache.parquet", "parquet"),
    "plover": ("text/tab-separated-values; charset=utf-8", "plover.tsv"),
    "turtle": ("text/turtle; charset=utf-8", "ttl"),
}
Format = Literal["csv", "ftm", "ics", "jsonl", "jsonld", "ninjs", "parquet", "plover", "turtle"]

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file",
        "content": {
            kind: {} if "json" in kind else {"schema": {"type": "string", "format": "binary"}}
            for kind, _ in _KINDS.values()
        },
    },
    501: {
        "model": Problem,
        "content": {"application/problem+json": {}},
        "description": "The format needs a package that is not installed here",
    },
}
router = APIRouter(prefix="/api/v1", responses={**PROBLEMS, **_FILE}, default_response_class=Response)


@router.get("/stories/export/{format}")
def stories(
    request: Request,
    format: Format,
    wanted: Annotated[Wanted, Depends()],
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many stories.")] = MOST,
) -> Response:
    """Give the latest stories as a file; choose as in the list of stories."""
    library = library_of(request)
    records = [library.record(spine.summary.id) for spine in library.chosen(wanted)[:limit]]
    return _file(records, format, "stories")


@router.get("/stories/{story:path}/export/{format}")
def story(request: Request, story: str, format: Format) -> Response:
    """Give one story as a file."""
    record = library_of(request).record(story)
    return _file([record], format, record.title)


@router.get("/entities/{entity:path}/export/{format}")
def entity(request: Request, entity: str, format: Format) -> Response:
    """Give the latest stories that tell of somebody or something as a file, by its id."""
    library = library_of(request)
    records = library.records_with(entity, most=MOST)
    if not records:
        raise UnknownName(f"no entity {entity!r}")
    names = (one.name for record in records for one in record.entities if one.id == entity)
    return _file(records, format, next(names, ""))


@router.get("/search/export/{format}")
def search(
    request: Request, format: Format, q: Annotated[str, Query(min_length=1, max_length=2000)]
) -> Response:
    """Give the stories that a search finds as a file, the best first."""
    library = library_of(request)
    found = dict.fromkeys(one.story for one in library.search(q, _FOUND))
    return _file([library.record(one) for one in found], format, q)


def formats() -> tuple[str, ...]:
    """Give the formats that can be written here: Parquet needs a package of its own."""
    return tuple(one for one in FORMATS if one != "parquet" or find_spec("pyarrow") is not None)


def file_name(title: str, format: str) -> str:
    """Name a file by a title: letters of ASCII, digits and hyphens alone, whatever the title holds."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return f"tidende-{_ODD.sub('-', plain)[:_LONGEST].strip('-') or 'story'}.{_KINDS[format][1]}"


def _file(records: Iterable[Record], format: str, title: str) -> Response:
    disposition = f'attachment; filename="{file_name(title, format)}"'
    headers = {"content-disposition": disposition}
    return Response(exported(records, format), headers=headers, media_type=_KINDS[format][0])
