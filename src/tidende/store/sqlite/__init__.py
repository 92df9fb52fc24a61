"""A desk in one file: SQLite in WAL mode, safe for several processes at once."""

from tidende.store.sqlite.file import SqliteStore

__all__ = ["SqliteStore"]
