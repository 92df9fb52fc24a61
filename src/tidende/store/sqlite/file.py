"""The store in one file."""

from __future__ import annotations

from tidende.store.sql.corrections import Corrections
from tidende.store.sql.notes import Notes
from tidende.store.sql.stories import Stories
from tidende.store.sqlite.search import Search


class SqliteStore(Search, Stories, Corrections, Notes):
    """Keep a desk in one SQLite file; see `tidende.store.Store`."""

    def damage(self) -> list[str]:
        """Say what is wrong with the file itself, a line each."""
        found = [row[0] for row in self._rows("pragma integrity_check(20)") if row[0] != "ok"]
        found += [
            f"{row[0]}: row {row[1]} points at nothing" for row in self._rows("pragma foreign_key_check")
        ]
        found += self._unfiled()
        for table in ("words", "parts"):
            query = f"select id from articles where key not in (select id from {table}_docsize) order by id"
            found += [f"{row[0]}: not in the index of {table}" for row in self._rows(query)]
        return found
