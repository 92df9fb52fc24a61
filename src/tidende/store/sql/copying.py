"""All that one desk keeps, into another."""

from __future__ import annotations

import json
from contextlib import nullcontext

from tidende.records import Article
from tidende.store.protocol import Store
from tidende.store.sql.articles import Articles
from tidende.store.sql.text import unpacked

_STEP = 200  # articles that are copied at once
_PARTS = ("bodies", "signatures", "ties", "links", "names", "mentions", "forms")
_WHOLE = ("corrections", "notes")


def copy_store(source: Store, target: Store) -> int:
    """Copy articles, stories, corrections and notes into a store that keeps nothing; give how many articles.

    Records are not copied, for they are made again when they are asked for. Raise `StoreError`, with
    nothing copied, where that goes wrong or the target keeps something.
    """
    if not isinstance(source, Articles) or not isinstance(target, Articles):
        raise TypeError("these stores share no tables")
    with source.writing() if source.writable else nullcontext(), target.writing():
        return _copy(source, target)


def _copy(source: Articles, target: Articles) -> int:
    for table in ("articles", *_WHOLE):
        if target._rows(f"select 1 from {table} limit 1"):
            raise target._error("not empty: a desk is copied into one that is not there yet")
    for table in _WHOLE:
        target._insert(table, source._rows(f"select * from {table}"))
    keys = [row[0] for row in source._rows("select key from articles order by key")]
    # a link may lead to an article that comes later
    later = []
    for start in range(0, len(keys), _STEP):
        part = keys[start : start + _STEP]
        ends = (part[0], part[-1])
        target._insert("articles", source._rows("select * from articles where key between ? and ?", ends))
        for table in _PARTS:
            rows = source._rows(f"select * from {table} where article between ? and ?", ends)
            if table == "links":
                later += rows
            else:
                target._insert(table, rows)
            if table == "bodies":
                for key, _, reading in rows:
                    article = json.loads(unpacked(reading))["article"]
                    target._index(key, Article.model_validate(article), new=True)
        for row in source._rows("select * from vectors where article between ? and ?", ends):
            target._keep_vector(*row)
        signs = "select article, day, signs, turned from signs where article between ? and ? order by article"
        for row in source._rows(signs, ends):
            target._keep_signs(*row)
    target._insert("links", later)
    target._counted()
    return len(keys)
