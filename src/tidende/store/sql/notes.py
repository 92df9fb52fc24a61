"""What others keep beside the articles."""

from __future__ import annotations

from tidende.store.sql.database import Database
from tidende.store.sql.text import packed, unpacked


class Notes(Database):
    """Keep notes by name."""

    def note(self, name: str) -> str | None:
        """Give a note by its name, None where there is none."""
        found: bytes | None = self._one("select note from notes where name = ?", (name,))
        return None if found is None else unpacked(found)

    def keep_note(self, name: str, note: str) -> None:
        """Keep a note, in place of one of the same name."""
        self._run("delete from notes where name = ?", (name,))
        self._run("insert into notes values (?, ?)", (name, packed(note)))
