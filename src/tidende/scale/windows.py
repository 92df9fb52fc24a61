"""Stories by windows of days: the articles of each are grouped on the cluster, and joined as they are kept.

Two reports of one story lie few days apart, so that articles of one window are near those of the next only at
the border. What is grouped on a worker is final where nothing that the desk holds is near; the rest is
grouped anew with what it is near to, as an article that comes alone is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tidende.filing.compared import grouped, signed
from tidende.filing.shapes import Due, Part
from tidende.stories.signature import publication_day

if TYPE_CHECKING:
    from dask.distributed import Client, Future

_MOST = 250  # articles of a window that are filed in one go
_HELD = 1_000  # articles that wait for others of their windows
_OUT = 2  # windows that are being grouped
_PATIENCE = 120.0  # seconds for the cluster to group one; else it is done here
_UNDATED = -1
Groups = tuple[list[list[int]], list[tuple[int, int]]]  # stories, and pairs that may tell one


def windowed(due: Iterable[Due], *, client: Client, days: int) -> Iterator[Part]:
    """Gather articles by windows of so many days, and give those of each with the stories they make.

    Where another article comes under a name that is waiting, those that wait are given first: the first of
    a name keeps it.
    """
    held: dict[int, list[Due]] = {}
    out: deque[_Sent] = deque()
    names: set[str] = set()

    def sent(most: int) -> Iterator[Part]:
        """Send the largest windows until no more than so many wait; give what is grouped."""
        while held and sum(map(len, held.values())) > most:
            window = max(held, key=lambda one: (len(held[one]), -one))
            out.append(_Sent(held.pop(window), client))
            while len(out) > _OUT:
                yield out.popleft().part()

    for one in due:
        if one.read.reading is None:  # set aside
            continue
        name = one.article.id.rpartition("/")[2]
        if name in names:
            yield from sent(0)
            while out:
                yield out.popleft().part()
            names.clear()
        names.add(name)
        day = publication_day(one.source)
        window = _UNDATED if day is None else day.toordinal() // days
        held.setdefault(window, []).append(one)
        if len(held[window]) >= _MOST:
            out.append(_Sent(held.pop(window), client))
        while len(out) > _OUT:
            yield out.popleft().part()
        yield from sent(_HELD)
    yield from sent(0)
    while out:
        yield out.popleft().part()


class _Sent:
    """The articles of a window that a worker groups."""

    def __init__(self, due: Sequence[Due], client: Client) -> None:
        self._due = due
        self._signatures = [_signature(one) for one in due]
        self._future: Future | None
        try:
            self._future = client.submit(grouped, self._signatures, pure=False, retries=2)
        except Exception:  # the cluster is lost: whoever reads on it will tell
            self._future = None

    def part(self) -> Part:
        """Wait for the stories; where the cluster gives none, group here."""
        return Part(self._due, *self._groups())

    def _groups(self) -> Groups:
        if self._future is not None:
            try:
                told: Groups = self._future.result(timeout=_PATIENCE)
            except Exception:  # whatever a worker died of: nothing is lost, it takes longer
                self._future.cancel()
            else:
                return told
        return grouped(self._signatures)


def _signature(due: Due) -> str:
    assert due.read.reading is not None
    return (due.read.signed or signed(due.read.reading, due.read.vector))[0]
