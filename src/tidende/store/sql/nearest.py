"""The articles whose vectors are nearest to one, at a cost that hardly grows with the desk.

Of each vector the signs of its values are kept, a bit each, and of the same vector turned so that stories lie
apart. They are held in memory once they are asked for, six words and four an article, and those of a new one
are compared with all of them in one pass. What may tell its story are the articles that share most signs of
its turned vector, those first whose signs its values favour. A search compares the vectors themselves, which
lie in the file, of those that share most signs of the other. What others kept meanwhile is read when next
asked. Nothing hangs on the order in which articles came, and every back-end finds the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from tidende.store.sql.database import Database
from tidende.store.sql.signs import Signs

_FEW = 1000  # articles at least that a search compares by their whole vectors
_DEEPER = 16  # times as many articles are weighed by their signs as are asked for
_WIDER = 2  # times as many are compared by their vectors in a search
_CHUNK = 50_000  # rows that are read at once


class Nearest(Database):
    """Find the nearest articles."""

    _signs: dict[str, Signs] | None = None  # by the column that they stand in

    def like(self, turned: bytes, day: int | None, window: int, most: int) -> list[int]:
        """Give the numbers of the articles likeliest to be near a turned vector among those near in time."""
        signs = self._refreshed("turned")
        all_of_them = signs.within(day, window, most)
        if all_of_them is not None:
            return sorted(all_of_them)
        if not turned:
            return self._first(day, window, most)
        told = signs.likest(turned, day, window, most * _DEEPER, most)
        return sorted(told, key=lambda number: (-told[number], number))[:most]

    def nearest(self, vector: bytes, limit: int) -> list[tuple[str, float]]:
        """Give the articles whose vectors are nearest to one, with the cosines, the nearest first."""
        if not vector:
            return []
        most = max(limit * _WIDER, _FEW)
        keys = self._refreshed("signs").likest(vector, None, 0, max(limit * _DEEPER, _FEW), most)
        return self._scored(vector, list(keys), limit)

    def _first(self, day: int | None, window: int, most: int) -> list[int]:
        """Give the numbers of the first articles near in time by their ids."""
        within = "" if day is None else "where day is null or day between ? and ?"
        ends = () if day is None else (day - window, day + window)
        query = f"select key from articles {within} order by {self.by_id} limit ?"
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
        ids = self._rows_of("select key, id from articles where key in ({})", list(told))
        return sorted(((name, told[key]) for key, name in ids), key=_nearer)[:most]

    def _keep_signs(self, key: int, day: int | None, signs: bytes, turned: bytes) -> None:
        """Keep the signs of an article's vectors, in place of those of another reading."""
        self._run("delete from signs where article = ?", (key,))
        self._run(
            "insert into signs (article, day, signs, turned) values (?, ?, ?, ?)", (key, day, signs, turned)
        )

    def _refreshed(self, column: str) -> Signs:
        """Read what was kept since the last time."""
        self._signs = self._signs or {}
        signs = self._signs.get(column)
        if signs is None or signs.rollbacks != self.rollbacks:
            signs = self._signs[column] = Signs(self.rollbacks)
        query = (
            f"select change, article, day, {column} from signs where change > ? order by change"
            f" limit {_CHUNK}"
        )
        while rows := self._rows(query, (signs.change,)):
            signs.take(rows)
        return signs


def _nearer(one: tuple[str, float]) -> tuple[float, str]:
    return -one[1], one[0]
