"""The articles whose vectors are nearest to one, at a cost that hardly grows with the desk.

Of each vector the signs of its values are kept, a bit each. They are held in memory, six words an article,
and those of a new article are compared with all of them in one pass; the articles that share most are then
compared by their whole vectors. What others kept meanwhile is read when next asked.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tidende.store.sql.database import Row
from tidende.store.sqlite.connection import Connection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEW = 1000  # articles at least that a search compares by their whole vectors
_WIDER = 4  # times as many articles are compared by their vectors as are asked for
_UNDATED = -1
_WORD = 8  # bytes
_CHUNK = 50_000  # rows that are read at once


class Nearest(Connection):
    """Find the nearest articles; see `tidende.store.FindsNearest`."""

    _signs: _Signs | None = None

    def like(self, vector: bytes, day: int | None, window: int, most: int) -> list[str]:
        """Give the articles nearest to a vector among those near in time, the nearest first."""
        import numpy as np

        signs = self._refreshed()
        within = signs.within(day, window)
        if int(within.sum()) <= most:
            return self._named(signs.keys(np.flatnonzero(within)))
        if not vector:
            query = (
                "select id from articles where ?1 is null or day is null or day between ?1 - ?2 and ?1 + ?2"
            )
            return [row[0] for row in self._rows(f"{query} order by id limit ?3", (day, window, most))]
        keys = signs.likest(signs_of(vector), within, most * _WIDER)
        return [one for one, _ in self._scored(vector, keys)[:most]]

    def nearest(self, vector: bytes, limit: int) -> list[tuple[str, float]]:
        """Give the articles whose vectors are nearest to one, with the cosines, the nearest first."""
        if not vector:
            return []
        signs = self._refreshed()
        keys = signs.likest(signs_of(vector), signs.within(None, 0), max(limit * _WIDER, _FEW))
        return self._scored(vector, keys)[:limit]

    def _scored(self, vector: bytes, keys: list[int]) -> list[tuple[str, float]]:
        """Give articles by their keys with the cosines of their vectors to one, the nearest first."""
        import numpy as np

        query = (
            "select a.id, v.vector from vectors v join articles a on a.key = v.article"
            " where a.key in (select value from json_each(?))"
        )
        rows = sorted(self._rows(query, (json.dumps(keys),)))
        if not rows:
            return []
        matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
        scores = matrix @ np.frombuffer(vector, dtype="<f4")
        return [(rows[n][0], float(scores[n])) for n in np.argsort(-scores, kind="stable")]

    def _keep_signs(self, key: int, day: int | None, vector: bytes) -> None:
        """Keep the signs of an article's vector, in place of those of another reading."""
        self._run("delete from signs where article = ?", (key,))
        self._run(
            "insert into signs (article, day, signs) values (?, ?, ?)",
            (key, day, signs_of(vector) if vector else b""),
        )

    def _named(self, keys: list[int]) -> list[str]:
        query = "select id from articles where key in (select value from json_each(?))"
        return sorted(row[0] for row in self._rows(query, (json.dumps(keys),)))

    def _refreshed(self) -> _Signs:
        """Read what was kept since the last time."""
        if self._signs is None or self._signs.rollbacks != self.rollbacks:
            self._signs = _Signs(self.rollbacks)
        query = (
            f"select change, article, day, signs from signs where change > ? order by change limit {_CHUNK}"
        )
        while rows := self._rows(query, (self._signs.change,)):
            self._signs.take(rows)
        return self._signs


class _Signs:
    """The signs of all vectors: [words, articles] with room for more, and the days."""

    def __init__(self, rollbacks: int) -> None:
        import numpy as np

        self.change = 0  # the latest that is here
        self.rollbacks = rollbacks  # of the connection; what was read before one may not have come to be
        self._count = 0
        self._keys: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._days: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._known: NDArray[np.bool_] = np.zeros(0, dtype=bool)  # whether there is a vector
        self._words: NDArray[np.uint64] = np.zeros((0, 0), dtype=np.uint64)

    def take(self, rows: list[Row]) -> None:
        """Enter rows of the table, some of articles that are here with an older reading."""
        import numpy as np

        self.change = rows[-1][0]
        width = max(len(row[3]) for row in rows) // _WORD
        self._make_room(len(rows), width)
        keys = np.array([row[1] for row in rows], dtype=np.int64)
        old = keys <= (self._keys[: self._count].max() if self._count else -1)
        places = np.arange(self._count, self._count + len(rows))
        for n in np.flatnonzero(old):
            places[n] = np.flatnonzero(self._keys[: self._count] == keys[n])[0]
        new = np.flatnonzero(~old)
        places[new] = np.arange(self._count, self._count + len(new))
        self._count += len(new)
        full = len(self._words) * _WORD
        signs = b"".join(row[3] if len(row[3]) == full else bytes(full) for row in rows)
        self._keys[places] = keys
        self._days[places] = [_UNDATED if row[2] is None else row[2] for row in rows]
        self._known[places] = [len(row[3]) == full > 0 for row in rows]
        self._words[:, places] = np.frombuffer(signs, dtype="<u8").reshape(len(rows), -1).T

    def within(self, day: int | None, window: int) -> NDArray[np.bool_]:
        """Tell of each article whether it is near in time; an undated one always is."""
        import numpy as np

        days = self._days[: self._count]
        if day is None:
            return np.ones(self._count, dtype=bool)
        near: NDArray[np.bool_] = (np.abs(days - day) <= window) | (days == _UNDATED)
        return near

    def likest(self, signs: bytes, within: NDArray[np.bool_], most: int) -> list[int]:
        """Give the keys of those articles that share most signs, more where they share as many."""
        import numpy as np

        if len(signs) != len(self._words) * _WORD:
            return []
        unlike = np.zeros(self._count, dtype=np.uint16)
        for word, own in zip(np.frombuffer(signs, dtype="<u8"), self._words, strict=True):
            unlike += np.bitwise_count(own[: self._count] ^ word)
        unlike[~(within & self._known[: self._count])] = np.iinfo(np.uint16).max
        if most < self._count:
            last = min(int(np.partition(unlike, most - 1)[most - 1]), np.iinfo(np.uint16).max - 1)
        else:
            last = np.iinfo(np.uint16).max - 1
        return self.keys(np.flatnonzero(unlike <= last))

    def keys(self, places: NDArray[np.intp]) -> list[int]:
        """Give the keys of articles by their places."""
        found: list[int] = self._keys[: self._count][places].tolist()
        return found

    def _make_room(self, rows: int, width: int) -> None:
        import numpy as np

        if not len(self._words) and width:
            self._words = np.zeros((width, len(self._keys)), dtype=np.uint64)
        room = len(self._keys)
        if self._count + rows <= room:
            return
        more = max(rows, room // 2)

        def longer(array: Any) -> Any:
            return np.concatenate([array, np.zeros((*array.shape[:-1], more), dtype=array.dtype)], axis=-1)

        self._keys, self._days, self._known = longer(self._keys), longer(self._days), longer(self._known)
        self._words = longer(self._words)


def signs_of(vector: bytes) -> bytes:
    """Give the signs of a vector's values, a bit each, in whole words of eight bytes."""
    import numpy as np

    bits = np.packbits(np.frombuffer(vector, dtype="<f4") > 0).tobytes()
    return bits.ljust(-(-len(bits) // _WORD) * _WORD, b"\0")
