"""The open file: queries, transactions, and what is wrong with it in words."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tidende.errors import StoreError
from tidende.records import Article
from tidende.store.sql.database import Database, Row
from tidende.store.sqlite.schema import APPLICATION, VERSION, index_text, migrate, version_of

_PATIENCE = 120.0  # seconds to wait for another process that writes
_PAUSE = 0.02
_CACHE = 65_536  # KiB of the file that are held in memory at most: what some two hundred articles touch
_WRITTEN = 4_000  # pages that are written aside before they are brought to their places
_MANY = 500  # values in one query, below the least limit of SQLite (999)


class Connection(Database):
    """Hold a desk's file open; what SQLite says is told as a `StoreError` that names the file."""

    names_of = (
        "select group_concat(name, char(10)) from"
        " (select name from names where article = a.key and place is not null order by place)"
    )

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path = path
        self._db, self.writable = self._open(create)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    @property
    def location(self) -> str:
        """Give the name of the file."""
        return str(self._path)

    def revision(self) -> str:
        """Give what changes whenever something is kept, by any process."""
        files = [self._path, self._path.with_name(f"{self._path.name}-wal")]
        told = [file.stat() for file in files if file.exists()]
        return " ".join(f"{one.st_mtime_ns} {one.st_size}" for one in told)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one lock for writing; undo everything where the block is left by an exception."""
        if not self.writable:
            raise self._error("cannot be written")
        self._run("begin immediate")
        try:
            yield
            self._run("commit")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("rollback")
                self.rollbacks += 1
            raise

    def _open(self, create: bool) -> tuple[sqlite3.Connection, bool]:
        """Open the file for writing, or where that cannot be, for reading."""
        try:
            there = self._path.exists()
            if not there and not create:
                raise self._error("no such desk (tidende add makes one)")
            if there and not self._path.is_file():
                raise self._error("not a file")
            if create:
                self._path.parent.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            problem = (
                error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            ).lower()
            raise self._error(f"cannot be opened: {problem}") from error
        last: sqlite3.Error | None = None
        wanted = (
            f"mode={'rwc' if create else 'rw'}",
            *(("mode=ro", "mode=ro&immutable=1") if not create else ()),
        )
        for mode in wanted:
            try:
                db = self._connected(mode)
            except sqlite3.OperationalError as error:
                last = error
                continue
            except sqlite3.DatabaseError as error:
                raise self._translated(error) from error
            return db, mode.startswith("mode=rw")
        assert last is not None
        raise self._error("cannot be written" if create else f"cannot be opened ({last})") from last

    def _connected(self, mode: str) -> sqlite3.Connection:
        """Connect, and touch the file, for only then SQLite says whether it can be had."""
        name = quote(str(self._path.absolute()))
        db = sqlite3.connect(f"file:{name}?{mode}", uri=True, timeout=_PATIENCE, isolation_level=None)
        try:
            db.execute("pragma query_only").fetchone()
            tables = db.execute("select count(*) from sqlite_master").fetchone()[0]
            application = db.execute("pragma application_id").fetchone()[0]
            if application != APPLICATION and (tables or application):
                raise self._error("a database of another program, no desk")
            if mode.startswith("mode=rw"):
                self._write_ahead(db)
        except BaseException:
            db.close()
            raise
        return db

    def _write_ahead(self, db: sqlite3.Connection) -> None:
        """Turn to WAL mode; two processes that do so at once get no wait from SQLite itself."""
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                db.execute("pragma journal_mode = wal")
                # a commit is on the disk before it is told
                db.execute("pragma synchronous = full")
                db.execute(f"pragma cache_size = -{_CACHE}")
                # in a large desk nearly every page has a place of its own: the more are brought at once,
                # the more of them are those that each article writes again
                db.execute(f"pragma wal_autocheckpoint = {_WRITTEN}")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)

    def _prepare(self) -> None:
        """Make the tables that the file lacks."""
        version = self._one("pragma user_version")
        if version > VERSION:
            raise self._error(
                f"written by a newer Tidende (version {version} of a desk; this one knows {VERSION})"
            )
        if version == VERSION:
            return
        if not self.writable:
            raise self._error("of an older version, and cannot be written: open it once where it can be")
        with self.writing():
            try:
                if version_of(self._db) < VERSION:  # another process may have been here meanwhile
                    migrate(self._db)
            except sqlite3.Error as error:
                raise self._translated(error) from error

    def _run(self, sql: str, values: Sequence[Any] = ()) -> None:
        try:
            self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            self._db.executemany(sql, rows)
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            self._run_many(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)

    def _made(self, sql: str, values: Sequence[Any]) -> int:
        return int(self._rows(sql, values)[0][0])

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._translated(error) from error

    def _rows_in(self, sql: str, values: Collection[str]) -> list[Row]:
        """Ask with a set of values in the place of `{}`, in as many queries as it takes."""
        found: list[Row] = []
        listed = list(dict.fromkeys(values))
        for start in range(0, len(listed), _MANY):
            part = listed[start : start + _MANY]
            found += self._rows(sql.format(",".join("?" * len(part))), part)
        return found

    def _rows_of(self, sql: str, keys: Sequence[int]) -> list[Row]:
        return self._rows(sql.format("select value from json_each(?)"), (json.dumps(keys),))

    def _index(self, key: int, article: Article, *, new: bool) -> None:
        if new:  # what an article says never changes
            try:
                index_text(self._db, key, article.title, article.text)
            except sqlite3.Error as error:
                raise self._translated(error) from error

    def _translated(self, error: sqlite3.Error) -> StoreError:
        """Say what SQLite found, in words."""
        text = str(error)
        if "not a database" in text:
            return self._error("no desk: not a database")
        if "malformed" in text or "corrupt" in text:
            return self._error("damaged: take a copy that is whole, or add the articles to a new desk")
        if "readonly" in text or "read-only" in text:
            return self._error("cannot be written")
        if "locked" in text:
            return self._error("another process has been writing for too long")
        if "full" in text:
            return self._error("the disk is full")
        return self._error(text)
