"""The tables of a desk in PostgreSQL, and the steps by which a desk of an older version becomes one of this.

They are those of a desk in SQLite, in a schema of their own, with text compared by its code points. What
may be long (ids, addresses, names as printed) is looked up by hash, for a B-tree takes 2,700 bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg import Connection as Link
from psycopg.sql import SQL, Identifier

Db = Link[tuple[Any, ...]]

_TABLES = """
create table desk (version integer not null, revision bigint not null);
insert into desk values (0, 0);
create table articles (
    key bigint generated always as identity primary key,
    id text collate "C" not null,
    given text collate "C" not null,
    fingerprint text collate "C" not null,
    digest text collate "C" not null,
    day integer,
    published text collate "C",
    language text collate "C" not null,
    outlet text collate "C",
    title text collate "C",
    url text collate "C",
    reader text collate "C" not null,
    stamp text collate "C" not null,
    story text collate "C" not null,
    exclude using hash (id with =)
);
create index articles_fingerprint on articles (fingerprint);
create index articles_day on articles (day);
create index articles_story on articles using hash (story);
create table bodies (
    article bigint primary key references articles (key),
    source bytea not null,
    reading bytea not null
);
create table signatures (article bigint primary key references articles (key), signature bytea not null);
create table vectors (article bigint primary key references articles (key), vector bytea not null);
create table ties (tie text collate "C" not null, article bigint not null references articles (key));
create index ties_tie on ties using hash (tie);
create index ties_article on ties (article);
create table links (
    article bigint not null references articles (key),
    other bigint not null references articles (key),
    primary key (article, other)
);
create index links_other on links (other);
create table names (
    name text collate "C" not null,
    article bigint not null references articles (key),
    place integer
);
create index names_name on names using hash (name);
create index names_article on names (article);
create table mentions (entity text collate "C" not null, article bigint not null references articles (key));
create index mentions_entity on mentions using hash (entity);
create index mentions_article on mentions (article);
create table forms (
    form text collate "C" not null,
    entity text collate "C" not null,
    article bigint not null references articles (key)
);
create index forms_form on forms using hash (form);
create index forms_article on forms (article);
create table records (
    story text collate "C" not null,
    basis text collate "C" not null,
    title text collate "C" not null,
    summary text collate "C" not null,
    record bytea not null,
    exclude using hash (story with =)
);
create table corrections (
    number bigint primary key,
    kind text collate "C" not null,
    left_ids text collate "C" not null,
    right_ids text collate "C" not null,
    who text collate "C" not null,
    "when" text collate "C" not null,
    undone_by text collate "C",
    undone_when text collate "C"
);
create table notes (name text collate "C" not null, note bytea not null, exclude using hash (name with =));
create table searched (
    article bigint primary key references articles (key),
    words tsvector not null,
    letters text collate "C" not null
);
alter table searched alter column words set storage external;
create index searched_words on searched using gin (words)
"""

# What a server may have beside itself. Without pg_trgm parts of words are looked for in all texts, without
# pgvector vectors are compared here; the answers are the same.
TRIGRAMS, VECTORS = "pg_trgm", "vector"
DIMENSIONS = 384  # of an article's vector; one of another length is kept, and compared here
_EXTRAS = {
    TRIGRAMS: "create index searched_letters on searched using gin (letters gin_trgm_ops)",
    VECTORS: (
        "drop table if exists meanings;"
        "create table meanings"
        f" (article bigint primary key references articles (key), meaning vector({DIMENSIONS}) not null);"
        "create index meanings_meaning on meanings using hnsw (meaning vector_cosine_ops)"
    ),
}
_MARKS = {TRIGRAMS: "searched_letters", VECTORS: "meanings_meaning"}

_OFFERED = """
select v.name, e.oid is not null
from pg_available_extensions a
join pg_available_extension_versions v on v.name = a.name and v.version = a.default_version
left join pg_extension e on e.extname = v.name
where v.name = any(%s) and (
    e.oid is not null
    or (select usesuper from pg_user where usename = current_user)
    or v.trusted and has_database_privilege(current_database(), 'create'))
order by v.name
"""


def _make_tables(db: Db) -> None:
    _each(db, _TABLES)


STEPS: tuple[Callable[[Db], None], ...] = (_make_tables,)


def version_of(db: Db, schema: str) -> int:
    """Give the version of the desk in a schema, 0 where nothing has been made yet."""
    return int(_one(db, "select version from desk")) if _is_there(db, schema, "desk") else 0


def tables(db: Db, schema: str) -> int | None:
    """Give how many tables a schema has, None where there is no such schema."""
    found = _one(db, "select oid from pg_namespace where nspname = %s", schema)
    if found is None:
        return None
    return int(_one(db, "select count(*) from pg_class where relkind = 'r' and relnamespace = %s", found))


def may_use(db: Db, schema: str) -> bool:
    """Tell whether this user may look into a schema that is there."""
    return bool(_one(db, "select has_schema_privilege(%s, 'usage')", schema))


def make_schema(db: Db, schema: str) -> None:
    """Make the schema where a desk is to be."""
    db.execute(SQL("create schema if not exists {}").format(Identifier(schema)))


def migrate(db: Db, schema: str) -> None:
    """Take every step that a desk lacks, all or none; the caller holds the transaction."""
    for step in STEPS[version_of(db, schema) :]:
        step(db)
    db.execute("update desk set version = %s", (len(STEPS),))


def use(db: Db, schema: str) -> None:
    """Look for tables in the schema, and for what extensions bring wherever these are."""
    rows = db.execute(
        "select distinct n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace"
        " where e.extname = any(%s) order by 1",
        ([*_EXTRAS],),
    )
    places = [Identifier(place) for place in (schema, *(row[0] for row in rows))]
    db.execute(SQL("set search_path to {}").format(SQL(", ").join(places)))


def equipped(db: Db, schema: str) -> set[str]:
    """Give the extensions that a desk uses."""
    return {name for name, mark in _MARKS.items() if _is_there(db, schema, mark)}


def offered(db: Db) -> list[tuple[str, bool]]:
    """Give the extensions that this user may use here, and whether each is installed in the database."""
    return [(name, installed) for name, installed in db.execute(_OFFERED, ([*_EXTRAS],))]


def equip(db: Db, schema: str, name: str, installed: bool) -> None:
    """Let a desk use an extension; the caller holds the transaction."""
    if not installed:
        public = _one(
            db,
            "select has_schema_privilege(oid, 'create') from pg_namespace where nspname = 'public'",
        )
        home = Identifier("public" if public else schema)
        db.execute(SQL("create extension if not exists {} schema {}").format(Identifier(name), home))
        use(db, schema)
    _each(db, _EXTRAS[name])


def _is_there(db: Db, schema: str, name: str) -> bool:
    found = _one(
        db,
        "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = %s and c.relname = %s",
        schema,
        name,
    )
    return found is not None


def _each(db: Db, script: str) -> None:
    for statement in script.split(";\n" if ";\n" in script else ";"):
        db.execute(statement.encode())


def _one(db: Db, sql: str, *values: object) -> Any:
    row = db.execute(sql.encode(), values or None).fetchone()
    return row[0] if row else None
