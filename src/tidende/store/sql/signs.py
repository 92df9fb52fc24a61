"""The signs of all vectors of a desk, held in memory in the order of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tidende.store.sql.database import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = 8  # bytes
_UNDATED = 2**31 - 1  # the day of an article without one: after all others
_LOOSE = 2_000  # articles that may stand behind the others, out of their order, before all are sorted
_SHARE = 8  # and in a large desk so great a part of it


def signs_of(vector: bytes) -> bytes:
    """Give the signs of a vector's values, a bit each, in whole words of eight bytes; none of no vector."""
    import numpy as np

    if not vector:
        return b""
    bits = np.packbits(np.frombuffer(vector, dtype="<f4") > 0).tobytes()
    return bits.ljust(-(-len(bits) // _WORD) * _WORD, b"\0")


class Signs:
    """Hold keys, days and signs ([words, articles]) of articles, with room for more.

    Sorted by days but for those that came last, so that what is asked of some weeks reads these weeks only.
    `change` is the latest that is here, `rollbacks` those of the connection: what was read before one may not
    have come to be.
    """

    def __init__(self, rollbacks: int) -> None:
        import numpy as np

        self.change = 0
        self.rollbacks = rollbacks
        self._count = self._sorted = 0
        self._highest = -1  # key
        self._keys: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._days: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._here: NDArray[np.bool_] = np.zeros(0, dtype=bool)  # false: filed anew since, stands elsewhere
        self._known: NDArray[np.bool_] = np.zeros(0, dtype=bool)  # whether there is a vector
        self._words: NDArray[np.uint64] = np.zeros((0, 0), dtype=np.uint64)

    def take(self, rows: Sequence[Row]) -> None:
        """Enter rows (change, key, day, signs), some of articles that are here with an older reading."""
        import numpy as np

        self.change = rows[-1][0]
        keys = np.array([row[1] for row in rows], dtype=np.int64)
        self._make_room(len(rows), max(len(row[3]) for row in rows) // _WORD)
        if keys.min() <= self._highest:
            self._here[: self._count] &= ~np.isin(self._keys[: self._count], keys)
        self._highest = max(self._highest, int(keys.max()))
        new = slice(self._count, self._count + len(rows))
        full = len(self._words) * _WORD
        signs = b"".join(row[3] if len(row[3]) == full else bytes(full) for row in rows)
        self._keys[new] = keys
        self._days[new] = [_UNDATED if row[2] is None else row[2] for row in rows]
        self._here[new] = True
        self._known[new] = [len(row[3]) == full > 0 for row in rows]
        self._words[:, new] = np.frombuffer(signs, dtype="<u8").reshape(len(rows), -1).T
        self._count = new.stop
        if self._count - self._sorted > max(_LOOSE, self._sorted // _SHARE):
            self._sort()

    def within(self, day: int | None, window: int, most: int) -> list[int] | None:
        """Give the keys of the articles that are near in time, None where there are `most` or more.

        An undated article is near all.
        """
        import numpy as np

        near_in = list(self._near(day, window))
        if sum(int(np.count_nonzero(near)) for _, near in near_in) >= most:
            return None
        parts = [part.start + np.flatnonzero(near) for part, near in near_in]
        found: list[int] = self._keys[np.concatenate(parts)].tolist()
        return found

    def likest(self, vector: bytes, day: int | None, window: int, among: int, most: int) -> dict[int, float]:
        """Give the keys of the likeliest near in time, `most` of them or more where some are as likely.

        Of the `among` that share most signs with a vector they are those whose signs its values favour most,
        which is told of each: a sign that is not shared counts by how great the value is.
        """
        import numpy as np

        signs = signs_of(vector)
        if len(signs) != len(self._words) * _WORD:
            return {}
        places = self._sharing(signs, day, window, among)
        rows = np.ascontiguousarray(self._words[:, places].T).astype("<u8", copy=False).view(np.uint8)
        values = np.frombuffer(vector, dtype="<f4")
        # each row by itself: a product of matrices rounds by where a row stands
        favour = (np.unpackbits(rows, axis=1, count=len(values)) * values).sum(axis=1)
        if len(places) > most:
            best = np.flatnonzero(favour >= np.partition(favour, -most)[-most])
            places, favour = places[best], favour[best]
        return dict(zip(self._keys[places].tolist(), favour.tolist(), strict=True))

    def _sharing(self, signs: bytes, day: int | None, window: int, most: int) -> NDArray[np.intp]:
        """Give the places of those near in time that share most signs, more where they share as many."""
        import numpy as np

        asked = np.frombuffer(signs, dtype="<u8")
        far = len(signs) * 8 + 1  # farther than any two vectors are
        parts: list[tuple[int, NDArray[np.uint16]]] = []
        for part, near in self._near(day, window):
            unlike = np.zeros(part.stop - part.start, dtype=np.uint16)
            for word, own in zip(asked, self._words, strict=True):
                unlike += np.bitwise_count(own[part] ^ word)
            unlike[~(near & self._known[part])] = far
            parts.append((part.start, unlike))
        shared = np.cumsum(sum(np.bincount(unlike, minlength=far + 1) for _, unlike in parts))
        last = min(int(np.searchsorted(shared, most)), far - 1)
        return np.concatenate([start + np.flatnonzero(unlike <= last) for start, unlike in parts])

    def _near(self, day: int | None, window: int) -> Iterator[tuple[slice, NDArray[np.bool_]]]:
        """Yield parts of the arrays, and which of their articles are here and near in time."""
        import numpy as np

        if day is None:
            yield slice(0, self._count), self._here[: self._count]
            return
        days = self._days[: self._count]
        bounds = (day - window, day + window + 1, _UNDATED)
        first, last, undated = np.searchsorted(days[: self._sorted], bounds).tolist()
        for part in (slice(first, last), slice(undated, self._sorted)):
            yield part, self._here[part]
        loose = slice(self._sorted, self._count)
        near = (np.abs(days[loose].astype(np.int64) - day) <= window) | (days[loose] == _UNDATED)
        yield loose, self._here[loose] & near

    def _sort(self) -> None:
        """Bring all into the order of days, without those that stand elsewhere."""
        import numpy as np

        places = np.flatnonzero(self._here[: self._count])
        order = places[np.argsort(self._days[places], kind="stable")]
        self._count = self._sorted = len(order)
        for own in (self._keys, self._days, self._here, self._known, *self._words):
            own[: len(order)] = own[order]

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

        self._keys, self._days = longer(self._keys), longer(self._days)
        self._here, self._known = longer(self._here), longer(self._known)
        self._words = longer(self._words)
