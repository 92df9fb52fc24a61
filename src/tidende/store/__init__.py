"""What a desk is kept in: one protocol, back-ends chosen by file name or URL."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.errors import MissingExtra, UsageError
from tidende.store.protocol import Correction, Filing, Kept, KeptRecord, Store
from tidende.store.sql.copying import copy_store

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Correction",
    "Filing",
    "Kept",
    "KeptRecord",
    "Store",
    "copy_store",
    "default_location",
    "open_store",
]

DESK = "TIDENDE_DESK"  # the environment variable that names the desk
_FILE = "tidende.db"

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)


def default_location() -> str:
    """Give the desk meant where none is named: $TIDENDE_DESK, else a file in the user's data folder."""
    told = os.environ.get(DESK)
    if told:
        return told
    from platformdirs import user_data_path

    return str(user_data_path("tidende", appauthor=False) / _FILE)


def open_store(location: str | Path, *, create: bool = False) -> Store:
    """Open the store at a location: a file name, or a URL.

    A URL is `sqlite:///home/me/tidende.db`, or `postgresql://USER@HOST:PORT/DATABASE` as libpq reads it, with
    `?schema=NAME` where a database holds several desks. `create` makes a desk where there is none. Raise
    `StoreError` where it cannot be opened, `UsageError` for a URL that names no back-end, `MissingExtra`
    where the package for one is not installed.
    """
    found = _URL.fullmatch(str(location))
    kind, rest = (found[1].lower(), found[2]) if found else ("sqlite", str(location))
    if kind not in _BACK_ENDS:
        raise UsageError(f"no store of this kind: {kind} (there is: {', '.join(sorted(_BACK_ENDS))})")
    if not rest:
        raise UsageError("a desk needs the name of a file" if kind == "sqlite" else "a desk needs a database")
    return _BACK_ENDS[kind](rest, create)


def _sqlite(rest: str, create: bool) -> Store:
    from tidende.store.sqlite import SqliteStore

    return SqliteStore(Path(rest), create=create)


def _postgresql(rest: str, create: bool) -> Store:
    try:
        from tidende.store.postgres import PostgresStore
    except ImportError as error:
        raise MissingExtra("a desk in PostgreSQL", "postgres") from error
    return PostgresStore(f"postgresql://{rest}", create=create)


_BACK_ENDS: dict[str, Callable[[str, bool], Store]] = {
    "postgres": _postgresql,
    "postgresql": _postgresql,
    "sqlite": _sqlite,
}
