"""Articles by the words in them, whole or in part, and by what they tell."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from tidende.records import Article
from tidende.store.postgres import words as written
from tidende.store.postgres.connection import Connection
from tidende.store.postgres.schema import DIMENSIONS, VECTORS
from tidende.store.sql.articles import Articles

_MANY = 5_000  # articles that are ranked at most, the latest; and words are counted in up to so many
_SOME = 400  # articles that the rarest words have to bring before the others are not asked for
# how much a word in the title counts, beside one in the text (the weights D, C, B, A of PostgreSQL)
_WEIGHTS = "{0.333, 0.333, 0.333, 1.0}"
_STEM = 0.1  # how much a word counts that stands there in another form
_RANKED = """
with asked as materialized (
    select exact::tsquery, stems::tsquery, worth, ?::float4[] as weights
    from unnest(?::text[], ?::text[], ?::float8[]) as q (exact, stems, worth)
), holding as materialized (
    -- by itself, for in the order of articles all would be read until there are enough
    select s.article from searched s where s.words @@ ?::tsquery
), found as materialized (
    -- `|| ''` makes the words anew, which are else fetched again for each word that is asked for
    select s.article, s.words || '' as words
    from (select article from holding order by article desc limit ?) h join searched s using (article)
)
select a.id from found s join articles a on a.key = s.article
order by (
    select sum(q.worth * (ts_rank(q.weights, s.words, q.exact)
        + case when s.words @@ q.stems then ? else 0 end)) from asked q
) / ln(3 + length(s.words)) desc, a.id limit ?
"""
_COUNTED = """
select (select count(*) from (select from searched s where s.words @@ q.query::tsquery limit ?) found)
from unnest(?::text[]) with ordinality as q (query, place) order by q.place
"""


class Search(Connection, Articles):
    """Ask the indices: whole words in any form, any three letters in a row, and vectors."""

    def find_words(self, words: Sequence[str], *, every: bool, limit: int) -> list[str]:
        """Give the articles that hold the words, in this form or another of six languages, the best first."""
        asked = [word for word in map(written.exact, words) if word]
        if not asked or (every and len(asked) < len(words)):
            return []
        stems = self._stems(asked)
        queries = [written.either((word, *stems[word])) for word in asked]
        worth = self._worth(queries)
        chosen = written.both(queries) if every else written.either(_rarest(queries, worth))
        told = [written.either(stems[word]) for word in asked]
        weighed = [value for value, _ in worth]
        return [
            row[0]
            for row in self._rows(_RANKED, (_WEIGHTS, asked, told, weighed, chosen, _MANY, _STEM, limit))
        ]

    def find_parts(self, parts: Sequence[str], limit: int) -> list[str]:
        """Give the articles that hold all of these parts of words, those first in which they fill most."""
        asked = [part.lower() for part in parts]
        if not asked:
            return []
        like = " and ".join("s.letters like ?" for _ in asked)
        filled = " + ".join("length(s.letters) - length(replace(s.letters, ?, ''))" for _ in asked)
        rows = self._rows(
            f"select a.id from (select * from searched s where {like} order by s.article desc limit ?) s"
            f" join articles a on a.key = s.article order by ({filled})::float8 / length(s.letters) desc,"
            " a.id limit ?",
            (*(f"%{_escaped(part)}%" for part in asked), _MANY, *asked, limit),
        )
        return [row[0] for row in rows]

    def nearest(self, vector: bytes, limit: int) -> list[tuple[str, float]]:
        """Give the articles whose vectors are nearest to one, with the cosines, the nearest first."""
        told = _vector(vector)
        if VECTORS not in self._extras or told is None:
            return super().nearest(vector, limit)
        rows = self._rows(
            "select a.id, 1 - f.far from (select article, meaning <=> ?::vector as far from meanings"
            " order by meaning <=> ?::vector limit ?) f join articles a on a.key = f.article"
            " order by f.far, a.id",
            (told, told, limit),
        )
        return [(row[0], float(row[1])) for row in rows]

    def _index(self, key: int, article: Article, *, new: bool) -> None:
        """Enter the words of an article; its language, and so its stems, may become known later."""
        placed, forms = written.placed(article.title, article.text)
        stemmer = written.STEMMERS.get(article.language)
        stems = self._stemmed(stemmer, forms) if stemmer else []
        if not new:
            for table in ("searched", *(["meanings"] if VECTORS in self._extras else [])):
                self._run(f"delete from {table} where article = ?", (key,))
        self._run(
            "insert into searched values (?, ?::tsvector || array_to_tsvector(?::text[]), ?)",
            (key, placed, stems, written.letters(article.title, article.text)),
        )

    def _keep_vector(self, key: int, vector: bytes) -> None:
        super()._keep_vector(key, vector)
        told = _vector(vector)
        if VECTORS in self._extras and told is not None:
            self._run("insert into meanings values (?, ?::vector)", (key, told))

    def _equipped(self, name: str) -> None:
        if name == VECTORS:
            for key, vector in self._rows("select article, vector from vectors order by article"):
                told = _vector(vector)
                if told is not None:
                    self._run("insert into meanings values (?, ?::vector)", (key, told))

    def _unindexed(self) -> list[str]:
        """Say which articles are not in the indices, and which indices are broken."""
        wanted = ["searched"] + (["meanings"] if VECTORS in self._extras else [])
        found = []
        for table in wanted:
            among = (
                ""
                if table == "searched"
                else f" and key in (select article from vectors where length(vector) = {4 * DIMENSIONS})"
            )
            query = (
                f"select id from articles where key not in (select article from {table}){among} order by id"
            )
            found += [f"{row[0]}: not in the index of {table}" for row in self._rows(query)]
        query = (
            "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
            " where c.relnamespace = current_schema()::regnamespace and not i.indisvalid order by 1"
        )
        return found + [f"the index {row[0]} is broken: reindex it" for row in self._rows(query)]

    def _stemmed(self, stemmer: str, forms: Sequence[str]) -> list[str]:
        rows = self._rows(
            "select distinct stem from unnest(?::text[]) form,"
            " unnest(ts_lexize(?::regdictionary, form)) stem",
            (list(forms), stemmer),
        )
        return sorted(written.stemmed(stemmer, row[0]) for row in rows)

    def _stems(self, asked: Sequence[str]) -> dict[str, list[str]]:
        """Give the tsqueries of the stems of each single word that is asked for, in every language."""
        single = [word for word in asked if " " not in word]
        stemmers = sorted(set(written.STEMMERS.values()))
        rows = self._rows(
            "select word, stemmer, stem from unnest(?::text[]) word, unnest(?::text[]) stemmer,"
            " unnest(ts_lexize(stemmer::regdictionary, trim(word, ''''))) stem order by word, stemmer",
            (single, stemmers),
        )
        found: dict[str, list[str]] = {word: [] for word in asked}
        for word, stemmer, stem in rows:
            found[word].append(written.quoted(written.stemmed(stemmer, stem)))
        return found

    def _worth(self, queries: Sequence[str]) -> list[tuple[float, int]]:
        """Give what each word tells apart, as BM25 has it, and how many articles hold it."""
        if len(queries) < 2:
            return [(1.0, 0)] * len(queries)
        every = self._one("select count(*) from articles")
        most = max(_MANY, every // 2 + 1)
        counts = [row[0] for row in self._rows(_COUNTED, (most, list(queries)))]
        return [(max(log((every - n + 0.5) / (n + 0.5)), 1e-6), n) for n in counts]


def _rarest(queries: Sequence[str], worth: Sequence[tuple[float, int]]) -> list[str]:
    """Give the words that are looked up where any will do: the rarest, until these bring enough."""
    chosen: list[str] = []
    brought = 0
    for (_, count), query in sorted(zip(worth, queries, strict=True), key=lambda one: (one[0][1], one[1])):
        if brought >= _SOME:
            break
        chosen.append(query)
        brought += count
    return chosen


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _vector(vector: bytes) -> str | None:
    """Write a vector as pgvector reads it, None for one of another length."""
    import numpy as np

    values = np.frombuffer(vector, dtype="<f4")
    return f"[{','.join(map(str, values.tolist()))}]" if len(values) == DIMENSIONS else None
