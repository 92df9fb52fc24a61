"""Tidende reads the same news in many languages and keeps one record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidende.desk import Desk, read, read_articles
    from tidende.errors import InputError, TidendeError
    from tidende.ledgers import Ledger, ledger
    from tidende.records import (
        Article,
        Claim,
        Entity,
        Event,
        Evidence,
        Quote,
        Record,
        Role,
    )
    from tidende.render import brief

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Claim",
    "Desk",
    "Entity",
    "Event",
    "Evidence",
    "InputError",
    "Ledger",
    "Quote",
    "Record",
    "Role",
    "TidendeError",
    "brief",
    "ledger",
    "read",
    "read_articles",
]

_HOMES = {
    "Desk": "tidende.desk",
    "brief": "tidende.render",
    "read": "tidende.desk",
    "read_articles": "tidende.desk",
    "InputError": "tidende.errors",
    "TidendeError": "tidende.errors",
    "Ledger": "tidende.ledgers",
    "ledger": "tidende.ledgers",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that `import tidende` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'tidende' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "tidende.records")), name)
