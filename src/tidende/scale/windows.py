"""Stories by windows of days: the articles of each are grouped on the cluster, and joined as they are kept.

Two reports of one story lie few days apart, so that articles of one window are near those of the next only at
the border. What is grouped on a worker is final where nothing that the desk holds is near; the rest is
grouped anew with what it is near to, as an article that comes alone is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tidende.errors import ClusterError
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
    a name keeps it. Where the cluster is lost, what was read is given before that is told.
    """
    held: dict[int, list[Due]] = {}
    out: deque[_Sent] = deque()
    names: set[str] = set()

    lost: ClusterError | None = None

    def send(window: int) -> None:
        out.append(_Sent(held.pop(window), client if lost is None else None))

    def first() -> Part:
        part = out.popleft().part(wait=lost is None)
        names.difference_update(map(_name, part.due))
        return part

    def sent(most: int) -> Iterator[Part]:
        """Send the largest windows until no more than so many wait; give what is grouped."""
        while held and sum(map(len, held.values())) > most:
            window = max(held, key=lambda one: (len(held[one]), -one))
            send(window)
        while len(out) > _OUT:
            yield first()

    def rest() -> Iterator[Part]:
        yield from sent(0)
        while out:
            yield first()

    try:
        for one in due:
            if one.read.reading is None:  # set aside
                continue
            if _name(one) in names:
                yield from rest()
            names.add(_name(one))
            day = publication_day(one.source)
            window = _UNDATED if day is None else day.toordinal() // days
            held.setdefault(window, []).append(one)
            if len(held[window]) >= _MOST:
                send(window)
            yield from sent(_HELD)
    except ClusterError as error:
        lost = error
    yield from rest()
    if lost is not None:
        raise lost


class _Sent:
    """The articles of a window that a worker groups; without a client they are grouped here."""

    def __init__(self, due: Sequence[Due], client: Client | None) -> None:
        self._due = due
        self._signatures = [_signature(one) for one in due]
        self._future: Future | None = None
        if client is not None:
            with suppress(Exception):  # the cluster is lost: whoever reads on it will tell
                self._future = client.submit(grouped, self._signatures, pure=False, retries=2)

    def part(self, *, wait: bool) -> Part:
        """Give the articles with the stories that the cluster found, if it is to be waited for."""
        return Part(self._due, *self._groups(wait))

    def _groups(self, wait: bool) -> Groups:
        if wait and self._future is not None:
            try:
                told: Groups = self._future.result(timeout=_PATIENCE)
                return told
            except Exception:  # whatever a worker died of, or a cluster that is lost
                self._future = None
        return grouped(self._signatures)


def _name(due: Due) -> str:
    """Give that by which two ids may be one: a file is named by its name alone, or by its path."""
    return due.article.id.rpartition("/")[2]


def _signature(due: Due) -> str:
    assert due.read.reading is not None
    return (due.read.signed or signed(due.read.reading, due.read.vector))[0]
