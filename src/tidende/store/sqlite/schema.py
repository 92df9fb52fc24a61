"""The tables of a desk, and the steps by which a desk of an older version becomes one of this.

Texts and readings stand apart from what is asked of all articles at once, so that listing a desk
reads little. The indices of words hold no text of their own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from tidende.store.sql.earlier import turned_signs
from tidende.store.sql.signs import signs_of
from tidende.store.sql.text import folded, unpacked

APPLICATION = 0x54494445  # "TIDE": how a desk is known from another program's database

_ARTICLES = """
create table articles (
    key integer primary key,
    id text not null unique,
    given text not null,
    fingerprint text not null,
    digest text not null,
    day integer,
    published text,
    language text not null,
    outlet text,
    title text,
    url text,
    reader text not null,
    stamp text not null,
    story text not null
);
create index articles_fingerprint on articles (fingerprint);
create index articles_day on articles (day);
create index articles_story on articles (story);
create table bodies (
    article integer primary key references articles (key),
    source blob not null,
    reading blob not null
);
create table vectors (article integer primary key references articles (key), vector blob not null);
create table signatures (article integer primary key references articles (key), signature blob not null);
create table ties (
    tie text not null, article integer not null references articles (key), primary key (tie, article)
) without rowid;
create table links (
    article integer not null references articles (key),
    other integer not null references articles (key),
    primary key (article, other)
) without rowid;
create index links_other on links (other);
create table names (
    name text not null,
    article integer not null references articles (key),
    place integer,  -- null: the article gave this name once, by an older reading
    primary key (name, article)
) without rowid;
create index names_article on names (article);
create table mentions (
    entity text not null, article integer not null references articles (key), primary key (entity, article)
) without rowid;
create index mentions_article on mentions (article);
create table records (
    story text primary key,
    basis text not null,
    title text not null,
    summary text not null,
    record blob not null
) without rowid;
create table corrections (
    number integer primary key autoincrement,
    kind text not null,
    left_ids text not null,
    right_ids text not null,
    who text not null,
    "when" text not null,
    undone_by text,
    undone_when text
);
"""

_SEARCH = """
create table forms (
    form text not null, entity text not null, article integer not null references articles (key),
    primary key (form, entity, article)
) without rowid;
create index forms_article on forms (article);
create virtual table words using fts5 (title, text, content = '', tokenize = "unicode61 remove_diacritics 0");
create virtual table parts using fts5 (title, text, content = '', tokenize = "trigram");
"""


_SIGNS = """
create table signs (
    change integer primary key autoincrement,  -- grows with every reading that is filed
    article integer not null unique references articles (key),
    day integer,
    signs blob not null
);
create index ties_article on ties (article);
"""

# not without rowid: there a row of more than a quarter of a page lies apart
_CARDS = "create table cards (story text primary key, basis text not null, card blob not null);\n"

_NOTES = "create table notes (name text primary key, note blob not null) without rowid;\n"


def index_text(db: sqlite3.Connection, key: int, title: str | None, text: str) -> None:
    """Enter the words of an article, once: what an article says never changes."""
    for table in ("words", "parts"):
        db.execute(f"insert into {table} (rowid, title, text) values (?, ?, ?)", (key, title or "", text))


def _make_articles(db: sqlite3.Connection) -> None:
    _each(db, _ARTICLES)


def _make_search(db: sqlite3.Connection) -> None:
    """Add the indices of words and names, and fill them from what is kept."""
    _each(db, _SEARCH)
    for key, body in db.execute("select article, reading from bodies order by article"):
        reading = json.loads(unpacked(body))
        index_text(db, key, reading["article"]["title"], reading["article"]["text"])
        for entity in reading["entities"]:
            forms = {folded(form) for own in entity["names"].values() for form in own}
            db.executemany(
                "insert or ignore into forms values (?, ?, ?)",
                [(form, entity["id"], key) for form in forms if entity["named"]],
            )


def _make_notes(db: sqlite3.Connection) -> None:
    """Add what others keep beside the articles: where a watch stands, which alerts were told."""
    _each(db, _NOTES)


def _make_signs(db: sqlite3.Connection) -> None:
    """Add what keeps the cost of filing level: the signs of vectors, and a way from articles to ties."""
    _each(db, _SIGNS)
    query = "select key, day, vector from articles left join vectors on article = key order by key"
    db.executemany(
        "insert into signs (article, day, signs) values (?, ?, ?)",
        ((key, day, signs_of(vector or b"")) for key, day, vector in db.execute(query)),
    )


def _make_readers(db: sqlite3.Connection) -> None:
    """Add what finds the articles that another version read without asking all."""
    db.execute("create index articles_reader on articles (reader)")


def _make_cards(db: sqlite3.Connection) -> None:
    """Add what is read of a record where a question only chooses; each is made when first asked for."""
    _each(db, _CARDS)


def _make_turned(db: sqlite3.Connection) -> None:
    """Add what stories are found by: the signs of vectors turned so that stories lie apart."""
    db.execute("alter table signs add column turned blob not null default x''")
    query = "select article, signature from signatures order by article"
    db.executemany(
        "update signs set turned = ? where article = ?",
        ((turned_signs(signature), article) for article, signature in db.execute(query)),
    )


def _each(db: sqlite3.Connection, script: str) -> None:
    # executescript would end the transaction that the steps stand in
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _make_articles,
    _make_search,
    _make_notes,
    _make_signs,
    _make_readers,
    _make_cards,
    _make_turned,
)
VERSION = len(STEPS)


def version_of(db: sqlite3.Connection) -> int:
    """Give the version of an open desk, 0 where nothing has been made yet."""
    return int(db.execute("pragma user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, version: int = VERSION) -> None:
    """Take every step that a desk lacks, all or none; the caller holds the transaction."""
    for number in range(version_of(db), version):
        STEPS[number](db)
    db.execute(f"pragma application_id = {APPLICATION}")
    db.execute(f"pragma user_version = {version}")
