"""The store in one file."""

from __future__ import annotations

from tidende.store.sqlite.articles import Articles
from tidende.store.sqlite.corrections import Corrections
from tidende.store.sqlite.notes import Notes
from tidende.store.sqlite.search import Search
from tidende.store.sqlite.stories import Stories

_EVERY_ARTICLE_HAS = ("bodies", "signatures")


class SqliteStore(Articles, Stories, Search, Corrections, Notes):
    """Keep a desk in one SQLite file; see `tidende.store.Store`."""

    def damage(self) -> list[str]:
        """Say what is wrong with the file itself, a line each."""
        found = [row[0] for row in self._rows("pragma integrity_check(20)") if row[0] != "ok"]
        found += [
            f"{row[0]}: row {row[1]} points at nothing" for row in self._rows("pragma foreign_key_check")
        ]
        for table in _EVERY_ARTICLE_HAS:
            query = f"select id from articles where key not in (select article from {table}) order by id"
            found += [f"{row[0]}: nothing in {table}" for row in self._rows(query)]
        for table in ("words", "parts"):
            query = f"select id from articles where key not in (select id from {table}_docsize) order by id"
            found += [f"{row[0]}: not in the index of {table}" for row in self._rows(query)]
        found += [f"{row[0]}: in no story" for row in self._rows("select id from articles where story = ''")]
        return found
