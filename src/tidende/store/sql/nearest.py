"""The articles whose vectors are nearest to one, at a cost that hardly grows with the desk.

Of each vector the signs of its values are kept, a bit each. They are held in memory, six words an article,
and those of a new article are compared with all of them in one pass. Of those that share most, the ones whose
signs its values favour are compared by their whole vectors, which lie in the file. What others kept meanwhile
is read when next asked. Nothing hangs on the order in which articles came, and every back-end finds the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from tidende.store.sql.database import Database, Row
from tidende.store.sql.signs import Signs, signs_of

_FEW = 1000  # articles at least that a search compares by their whole vectors
_DEEPER = 16  # times as many articles are weighed by their signs as are asked for
_WIDER = 2  # times as many are compared by their vectors
_CHUNK = 50_000  # rows that are read at once


class Nearest(Database):
    """Find the nearest articles."""

    _signs: Signs | None = None

    def like(self, vector: bytes, day: int | None, window: int, most: int) -> list[str]:
        """Give the articles nearest to a vector among those near in time, the nearest first."""
        signs = self._refreshed()
        all_of_them = signs.within(day, window, most)
        if all_of_them is not None:
            return sorted(name for _, name in self._ids(all_of_them))
        if not vector:
            return self._first(day, window, most)
        keys = signs.likest(vector, day, window, most * _DEEPER, most * _WIDER)
        return [one for one, _ in self._scored(vector, keys, most)]

    def nearest(self, vector: bytes, limit: int) -> list[tuple[str, float]]:
        """Give the articles whose vectors are nearest to one, with the cosines, the nearest first."""
        if not vector:
            return []
        most = max(limit * _WIDER, _FEW)
        keys = self._refreshed().likest(vector, None, 0, max(limit * _DEEPER, _FEW), most)
        return self._scored(vector, keys, limit)

    def _first(self, day: int | None, window: int, most: int) -> list[str]:
        """Give the first articles near in time by their ids."""
        within = "" if day is None else "where day is null or day between ? and ?"
        ends = () if day is None else (day - window, day + window)
        query = f"select id from articles {within} order by {self.by_id} limit ?"
        return [row[0] for row in self._rows(query, (*ends, most))]

    def _scored(self, vector: bytes, keys: Sequence[int], most: int) -> list[tuple[str, float]]:
        """Give the nearest of some articles with the cosines of their vectors to one, the nearest first."""
        import numpy as np

        rows = self._rows_of("select article, vector from vectors where article in ({})", keys)
        if not rows:
            return []
        matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
        # each row by itself: a product of matrices rounds by where a row stands
        scores = (matrix * np.frombuffer(vector, dtype="<f4")).sum(axis=1)
        least = np.partition(scores, -most)[-most] if most < len(rows) else scores.min()
        told = {rows[n][0]: float(scores[n]) for n in np.flatnonzero(scores >= least)}
        found = sorted(((name, told[key]) for key, name in self._ids(list(told))), key=_nearer)
        return found[:most]

    def _keep_signs(self, key: int, day: int | None, vector: bytes) -> None:
        """Keep the signs of an article's vector, in place of those of another reading."""
        self._run("delete from signs where article = ?", (key,))
        self._run(
            "insert into signs (article, day, signs) values (?, ?, ?)",
            (key, day, signs_of(vector) if vector else b""),
        )

    def _ids(self, keys: Sequence[int]) -> list[Row]:
        return self._rows_of("select key, id from articles where key in ({})", keys)

    def _refreshed(self) -> Signs:
        """Read what was kept since the last time."""
        if self._signs is None or self._signs.rollbacks != self.rollbacks:
            self._signs = Signs(self.rollbacks)
        query = (
            f"select change, article, day, signs from signs where change > ? order by change limit {_CHUNK}"
        )
        while rows := self._rows(query, (self._signs.change,)):
            self._signs.take(rows)
        return self._signs


def _nearer(one: tuple[str, float]) -> tuple[float, str]:
    return -one[1], one[0]
