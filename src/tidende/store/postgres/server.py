"""The store in PostgreSQL."""

from __future__ import annotations

from tidende.store.postgres.search import Search
from tidende.store.sql.corrections import Corrections
from tidende.store.sql.notes import Notes
from tidende.store.sql.stories import Stories


class PostgresStore(Search, Stories, Corrections, Notes):
    """Keep a desk in a schema of a PostgreSQL database; see `tidende.store.Store`."""

    def damage(self) -> list[str]:
        """Say what is wrong with the desk's tables and indices, a line each."""
        return self._unfiled() + self._unindexed()
