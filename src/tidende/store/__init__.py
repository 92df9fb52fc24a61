"""What a desk is kept in: one protocol, back-ends chosen by file name or URL."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.errors import UsageError
from tidende.store.protocol import Correction, Filing, FindsNearest, Kept, KeptRecord, Store

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Correction",
    "Filing",
    "FindsNearest",
    "Kept",
    "KeptRecord",
    "Store",
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
    """Open the store at a location: a file name, or a URL such as `sqlite:///home/me/tidende.db`.

    `create` makes one where there is none. Raise `StoreError` where it cannot be opened, `UsageError`
    for a URL that names no back-end.
    """
    found = _URL.fullmatch(str(location))
    kind, rest = (found[1].lower(), found[2]) if found else ("sqlite", str(location))
    if kind not in _BACK_ENDS:
        raise UsageError(f"no store of this kind: {kind} (there is: {', '.join(sorted(_BACK_ENDS))})")
    if not rest:
        raise UsageError("a desk needs the name of a file")
    return _BACK_ENDS[kind](Path(rest), create)


def _sqlite(path: Path, create: bool) -> Store:
    from tidende.store.sqlite import SqliteStore

    return SqliteStore(path, create=create)


_BACK_ENDS: dict[str, Callable[[Path, bool], Store]] = {"sqlite": _sqlite}
