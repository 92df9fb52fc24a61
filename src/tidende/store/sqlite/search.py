"""Articles by the words in them, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.store.sqlite.connection import Connection

_TITLE = 3.0  # how much more a word in the title counts


class Search(Connection):
    """Ask the two indices: whole words with their accents, and any three characters in a row."""

    def find_words(self, words: Sequence[str], *, every: bool, limit: int) -> list[str]:
        """Give the articles that hold the words (phrases of words), the best first."""
        return self._found("words", words, " AND " if every else " OR ", limit)

    def find_parts(self, parts: Sequence[str], limit: int) -> list[str]:
        """Give the articles that hold all of these parts of words, the best first."""
        return self._found("parts", parts, " AND ", limit)

    def _found(self, table: str, asked: Sequence[str], joint: str, limit: int) -> list[str]:
        if not asked:
            return []
        # quoted, nothing in it is an operator of FTS5
        match = joint.join('"' + one.replace('"', '""').replace("\0", " ") + '"' for one in asked)
        rows = self._rows(
            f"select a.id from {table} f join articles a on a.key = f.rowid where {table} match ?"
            f" order by bm25({table}, {_TITLE}, 1.0), a.id limit ?",
            (match, limit),
        )
        return [row[0] for row in rows]
