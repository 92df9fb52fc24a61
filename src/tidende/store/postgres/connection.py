"""The connection to a server: queries, transactions, and one writer at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Error

from tidende.errors import StoreError
from tidende.store.postgres import schema
from tidende.store.postgres.address import read_address
from tidende.store.postgres.signs import GivenText, HeldText
from tidende.store.postgres.troubles import refused, wrong
from tidende.store.sql.database import Database, Row

_PATIENCE = 120  # seconds to wait for another process that writes
_LOCKS = 0x54494445  # "TIDE": the room in which a desk's lock has its number, that of its schema
_DEPTH = 200  # how far down the index of vectors is asked
_OLDEST = 150000


class Connection(Database):
    """Hold a connection; what the server says is told as a `StoreError` that names where the desk is.

    A connection that is lost between two transactions is made anew.
    """

    by_id = "left(id, 200), id"
    names_of = (
        "select string_agg(name, chr(10) order by place) from names"
        " where article = a.key and place is not null"
    )

    def __init__(self, url: str, *, create: bool) -> None:
        self._address = read_address(url)
        self._held = self._changed = False
        self.writable = True
        self._extras: set[str] = set()
        self._db = self._connected()
        try:
            self._prepare(create)
        except Error as error:
            self._db.close()
            raise self._error(wrong(error)) from error
        except BaseException:
            self._db.close()
            raise

    @property
    def location(self) -> str:
        """Give the URL, without a password."""
        return self._address.location

    def revision(self) -> str:
        """Give what changes whenever something is kept, by any process."""
        return str(self._one("select revision from desk"))

    def close(self) -> None:
        """Let go of the connection."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one lock for writing; undo everything where the block is left by an exception."""
        if not self.writable:
            raise self._error("cannot be written")
        self._asked("select 1")  # a connection that was lost is made anew
        try:
            with self._db.transaction():
                self._lock()
                self._held, self._changed = True, False
                yield
                if self._changed:
                    self._db.execute("update desk set revision = revision + 1")
        except BaseException as error:
            self.rollbacks += 1
            if isinstance(error, Error):
                raise self._error(wrong(error)) from error
            raise
        finally:
            self._held = False

    def _lock(self) -> None:
        """Wait until no other process writes to this desk, and keep it so until the transaction ends."""
        self._db.execute(f"set local lock_timeout = '{_PATIENCE}s'".encode())
        self._db.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", (_LOCKS, self._address.schema))
        self._db.execute("set local lock_timeout = 0")

    def _connected(self) -> schema.Db:
        try:
            db = psycopg.connect(self._address.conninfo, autocommit=True, client_encoding="utf8")
        except Error as error:
            raise self._error(refused(error, self._address)) from None  # libpq may quote the URL
        db.adapters.register_dumper(str, HeldText)
        for kind in ("text", "varchar"):
            db.adapters.register_loader(kind, GivenText)
        try:
            if db.info.server_version < _OLDEST:
                raise self._error(
                    f"PostgreSQL 15 or later is needed, this is {db.info.server_version // 10000}"
                )
            encoding = db.info.parameter_status("server_encoding")
            if encoding != "UTF8":
                raise self._error(f"the database holds {encoding}, not UTF8: createdb -E UTF8 -T template0")
            schema.use(db, self._address.schema)
            db.execute(f"set hnsw.ef_search = {_DEPTH}".encode())
            # the planner holds reading every row for cheap, for it does not count what it costs to fetch and
            # unpack the words of each: there is an index for whatever is asked of many articles
            db.execute("set enable_seqscan = off")
            db.execute("set jit = off")
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, create: bool) -> None:
        """Make the desk, or the tables that it lacks, or tell why it cannot be had."""
        found = schema.tables(self._db, self._address.schema)
        if found is not None and not schema.may_use(self._db, self._address.schema):
            raise self._error(f"no right to use the schema {self._address.schema}")
        version, known = schema.version_of(self._db, self._address.schema), len(schema.STEPS)
        if not version and not create:
            if found:
                raise self._error("a schema of another program, no desk")
            raise self._error("no such desk (tidende add makes one)")
        if version > known:
            raise self._error(
                f"written by a newer Tidende (version {version} of a desk; this one knows {known})"
            )
        if version:
            self.writable = self._may_write()
        if version < known:
            if not self.writable:
                raise self._error("of an older version, and cannot be written: open it once where it can be")
            self._migrate(found)
        if create and not self.writable:
            raise self._error("cannot be written")
        self._extras = schema.equipped(self._db, self._address.schema)
        if create:
            self._equip()

    def _may_write(self) -> bool:
        return bool(
            self._one(
                "select has_table_privilege('articles', 'insert') and has_table_privilege('desk', 'update')"
                " and not pg_is_in_recovery() and current_setting('default_transaction_read_only') = 'off'"
            )
        )

    def _migrate(self, found: int | None) -> None:
        with self.writing():
            if found is None:
                schema.make_schema(self._db, self._address.schema)
            # another process may have been here meanwhile
            version = schema.version_of(self._db, self._address.schema)
            if not version and schema.tables(self._db, self._address.schema):
                raise self._error("a schema of another program, no desk")
            schema.migrate(self._db, self._address.schema)

    def _equip(self) -> None:
        """Use what the server has beside itself, from now on, for what is kept already too."""
        for name, installed in schema.offered(self._db):
            if name not in self._extras:
                try:
                    with self.writing():
                        if name not in schema.equipped(self._db, self._address.schema):
                            schema.equip(self._db, self._address.schema, name, installed)
                            self._equipped(name)
                except StoreError:
                    continue  # it may be used by those who have the right; nothing is lost without
                schema.use(self._db, self._address.schema)
                self._extras.add(name)

    def _equipped(self, name: str) -> None:
        """Fill what an extension brought from what is kept."""

    def _run(self, sql: str, values: Sequence[Any] = ()) -> None:
        self._changed = True
        self._asked(sql, values)

    def _run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._changed = True
        try:
            with self._db.cursor() as cursor:
                cursor.executemany(_marked(sql), rows)
        except Error as error:
            raise self._error(wrong(error)) from error

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        self._changed = True
        try:
            with self._db.cursor() as cursor, cursor.copy(f"copy {table} from stdin".encode()) as copy:
                for row in rows:
                    copy.write_row(row)
        except Error as error:
            raise self._error(wrong(error)) from error

    def _counted(self) -> None:
        self._rows("select setval(pg_get_serial_sequence('articles', 'key'), max(key)) from articles")

    def _made(self, sql: str, values: Sequence[Any]) -> int:
        self._changed = True
        return int(self._asked(sql, values).fetchall()[0][0])

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return self._asked(sql, values).fetchall()

    def _rows_in(self, sql: str, values: Collection[str]) -> list[Row]:
        listed = list(dict.fromkeys(values))
        return self._rows(sql.format("select unnest(?::text[])"), (listed,)) if listed else []

    def _rows_of(self, sql: str, keys: Sequence[int]) -> list[Row]:
        return self._rows(sql.format("select unnest(?::bigint[])"), (list(keys),))

    def _asked(self, sql: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Row]:
        try:
            return self._db.execute(_marked(sql), values)
        except Error as error:
            if not self._db.closed or self._held:
                raise self._error(wrong(error)) from error
        self._db = self._connected()
        try:
            return self._db.execute(_marked(sql), values)
        except Error as error:
            raise self._error(wrong(error)) from error


def _marked(sql: str) -> bytes:
    """Write a query with the marks of psycopg for values."""
    return sql.replace("%", "%%").replace("?", "%s").encode()
