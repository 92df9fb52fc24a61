"""Articles and what is filed under them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import TypeVar

from pydantic import ValidationError

from tidende.records import Article, Model, Reading
from tidende.store.protocol import Filing, Kept
from tidende.store.sql.database import Row
from tidende.store.sql.nearest import Nearest
from tidende.store.sql.signs import signs_of
from tidende.store.sql.text import folded, packed, unpacked

_KEPT = """
select a.id, a.story, a.language, a.outlet, a.title, a.url, a.published, a.digest,
    ({names}), a.reader, a.stamp, a.key
from articles a"""
_EVERY_ARTICLE_HAS = ("bodies", "signatures")
_HANGS = ("bodies", "signatures", "vectors", "ties", "mentions", "forms")  # on the reading
_Kind = TypeVar("_Kind", bound=Model)
_UNFILED = ""  # the story of an article in the transaction that brings it


class Articles(Nearest):
    """Keep articles, their readings, vectors and signatures."""

    def same_text(self, fingerprint: str) -> list[tuple[str, str]]:
        """Give the articles of one text: the id that each came with, and the id under which it is kept."""
        rows = self._rows("select given, id from articles where fingerprint = ? order by id", (fingerprint,))
        return [(row[0], row[1]) for row in rows]

    def has(self, identifier: str) -> bool:
        """Tell whether an article of this id is kept."""
        return self._key(identifier) is not None

    def put(self, filing: Filing) -> None:
        """Keep a new article, or replace what is filed under a kept one of the same id."""
        article = filing.reading.article
        reading = filing.reading.model_dump_json()
        stamp = sha256(reading.encode()).hexdigest()[:16]
        key = self._key(filing.id)
        told = {
            "fingerprint": filing.fingerprint,
            "digest": filing.digest,
            "day": filing.day,
            "published": article.published,
            "language": article.language,
            "outlet": article.outlet,
            "title": article.title,
            "url": article.url,
            "reader": filing.reader,
            "stamp": stamp,
        }
        if key is None:
            columns, places = ", ".join(told), ", ".join("?" * len(told))
            key = self._made(
                f"insert into articles (id, given, story, {columns}) values (?, ?, ?, {places})"
                " returning key",
                (filing.id, filing.given, _UNFILED, *told.values()),
            )
            self._index(key, article, new=True)
            self._file(key, filing, reading)
        else:
            columns = ", ".join(f"{name} = ?" for name in told)
            self._run(f"update articles set {columns} where key = ?", (*told.values(), key))
            self._index(key, article, new=False)
            for table in _HANGS:
                self._run(f"delete from {table} where article = ?", (key,))
            # a name that an older reading gave still leads to the article
            self._run("update names set place = null where article = ?", (key,))
            given = [(key, name) for name in filing.names]
            self._run_many("delete from names where article = ? and name = ?", given)
            self._file(key, filing, reading)

    def _file(self, key: int, filing: Filing, reading: str) -> None:
        """Keep everything that hangs on the reading."""
        self._run(
            "insert into bodies values (?, ?, ?)",
            (key, packed(filing.source.model_dump_json()), packed(reading)),
        )
        self._run("insert into signatures values (?, ?)", (key, packed(filing.signature)))
        if filing.vector:
            self._keep_vector(key, filing.vector)
        self._keep_signs(key, filing.day, signs_of(filing.vector), signs_of(filing.turned))
        self._insert("ties", [(tie, key) for tie in dict.fromkeys(filing.ties)])
        self._insert("mentions", [(entity, key) for entity in filing.mentions])
        forms = {(folded(form), entity): key for entity, own in filing.mentions.items() for form in own}
        self._insert("forms", [(*one, key) for one in forms])
        names = {name: place for place, name in enumerate(filing.names)}
        self._insert("names", [(name, key, place) for name, place in names.items()])

    def _keep_vector(self, key: int, vector: bytes) -> None:
        self._run("insert into vectors values (?, ?)", (key, vector))

    def kept(self, identifiers: Collection[str] | None = None) -> list[Kept]:
        """Give articles by id, all of them for None, in order."""
        if identifiers is None:
            return self._kept()
        return self._kept("where a.id in ({})", identifiers)

    def marks(self) -> list[tuple[int, str, str]]:
        """Give number, story and stamp of every article."""
        return [(row[0], row[1], row[2]) for row in self._rows("select key, story, stamp from articles")]

    def read_by_others(self, reader: str) -> list[str]:
        """Give the articles that another than this reader read, in order of their numbers."""
        # "<>" would ask every article; an index knows what is less and what is more
        query = (
            "select key, id from articles where reader < ? union all"
            " select key, id from articles where reader > ?"
        )
        return [row[1] for row in sorted(self._rows(query, (reader, reader)))]

    def _kept(self, where: str = "", values: Collection[str] = ()) -> list[Kept]:
        """Give the articles of a condition that has a set of texts in the place of `{}`, in order."""
        query = f"{_KEPT.format(names=self.names_of)} {where}"
        return _in_order(self._rows_in(query, values) if where else self._rows(query))

    def sources(self, identifiers: Sequence[str]) -> list[Article]:
        """Give articles as they came, in the order asked for."""
        return [self._parsed(Article, text) for text in self._texts("bodies", "source", identifiers)]

    def readings(self, identifiers: Sequence[str]) -> list[Reading]:
        """Give readings, in the order asked for."""
        return [self._parsed(Reading, text) for text in self._texts("bodies", "reading", identifiers)]

    def signed(self, numbers: Sequence[int]) -> list[tuple[str, str]]:
        """Give ids and signatures of articles by their numbers, in the order asked for."""
        query = (
            "select a.key, a.id, s.signature from signatures s join articles a on a.key = s.article"
            " where s.article in ({})"
        )
        found = {row[0]: (row[1], unpacked(row[2])) for row in self._rows_of(query, numbers)}
        return [found[number] for number in numbers]

    def signatures(self, identifiers: Sequence[str]) -> list[str]:
        """Give signatures, in the order asked for."""
        return self._texts("signatures", "signature", identifiers)

    def vectors(self, identifiers: Collection[str] | None = None) -> tuple[list[str], bytes]:
        """Give ids and the vectors of these, one after the other."""
        query = "select a.id, v.vector from vectors v join articles a on a.key = v.article"
        if identifiers is None:
            rows = self._rows(f"{query} order by a.id")
        else:
            rows = sorted(self._rows_in(query + " where a.id in ({})", identifiers))
        return [row[0] for row in rows], b"".join(row[1] for row in rows)

    def tied(self, ties: Collection[str]) -> list[str]:
        """Give the articles that have one of these ties."""
        query = "select distinct a.id from ties t join articles a on a.key = t.article where t.tie in ({})"
        return sorted({row[0] for row in self._rows_in(query, ties)})

    def _unfiled(self) -> list[str]:
        """Say which articles lack what every article has."""
        found = []
        for table in _EVERY_ARTICLE_HAS:
            query = f"select id from articles where key not in (select article from {table}) order by id"
            found += [f"{row[0]}: nothing in {table}" for row in self._rows(query)]
        query = "select id from articles where story = ? order by id"
        return found + [f"{row[0]}: in no story" for row in self._rows(query, (_UNFILED,))]

    def _parsed(self, kind: type[_Kind], text: str) -> _Kind:
        try:
            return kind.model_validate_json(text)
        except ValidationError as error:
            raise self._error("read by a version with another form of records: tidende reread") from error

    def _key(self, identifier: str) -> int | None:
        key: int | None = self._one("select key from articles where id = ?", (identifier,))
        return key

    def _texts(self, table: str, column: str, identifiers: Sequence[str]) -> list[str]:
        query = f"select a.id, b.{column} from {table} b join articles a on a.key = b.article where a.id in "
        found: dict[str, bytes] = {row[0]: row[1] for row in self._rows_in(query + "({})", identifiers)}
        missing = [identifier for identifier in identifiers if identifier not in found]
        if missing:
            raise self._error(f"damaged: nothing is filed under {missing[0]!r}")
        return [unpacked(found[identifier]) for identifier in identifiers]


def _in_order(rows: Collection[Row]) -> list[Kept]:
    """Make rows of `_KEPT` what they tell, in order."""
    kept = []
    for *told, names, reader, stamp, number in rows:
        one, story, language, outlet, title, url, published, digest = told
        listed = tuple((names or "").split("\n"))
        kept.append(
            Kept(one, story, language, outlet, title, url, published, digest, listed, reader, stamp, number)
        )
    return sorted(kept, key=lambda one: one.order)
