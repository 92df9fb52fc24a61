"""Read a corpus on a Dask cluster: partitions out, readings back in order, bounded on both sides."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.desk import Desk
from tidende.errors import ClusterError, InputError, ReadingFailed, SetAside, TidendeError
from tidende.filing.shapes import Added, Read
from tidende.filing.version import reader
from tidende.records import Article, Reading
from tidende.scale.limits import LIMITS, Limits
from tidende.scale.shelf import Shelf, key_of
from tidende.scale.sources import stream
from tidende.scale.windows import windowed
from tidende.scale.worker import Answer, Given, read_partition, version

if TYPE_CHECKING:
    from dask.distributed import Client, Future

OnError = Callable[[TidendeError], None]
Watch = Callable[[Iterator[Read]], Iterator[Read]]
_RETRIES = 2  # of a partition that a worker raised an exception over
_LOOK = 5.0  # seconds between two looks at whether anybody is still there
_ASKED = 5.0  # seconds for which the number of threads is believed


def read_corpus(
    sources: Iterable[str | Path],
    client: Client,
    *,
    published: str | None = None,
    keep: str | Path | None = None,
    on_error: OnError | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Read]:
    """Read the articles of sources on a cluster; give what was read of each, in order.

    See `tidende.scale.stream` for the sources and `published`. `client` is one of `dask.distributed`; its
    workers have the same Tidende installed. With `keep`, the name of a folder, finished partitions are kept
    there, and a run that was stopped goes on where it was. What is wrong without stopping goes to
    `on_error`, or is raised: an `InputError` for a bad input, `SetAside` for an article over which a process
    of reading died. Raise `ClusterError` where the cluster cannot be asked or is lost.
    """
    found = stream(sources, published=published)
    return read_articles(_passed(found, on_error), client, keep=keep, on_error=on_error, limits=limits)


def add_corpus(
    desk: Desk,
    sources: Iterable[str | Path],
    client: Client,
    *,
    published: str | None = None,
    on_error: OnError | None = None,
    limits: Limits = LIMITS,
    watch: Watch = iter,
    days: int | None = None,
) -> Added:
    """Read the articles of sources on a cluster and keep them in a desk; see `read_corpus`.

    The desk is the same as if one process had read them. Articles that it has are not sent; so a run
    that was stopped goes on where it was. `watch` is given what is read and passes it on. With `days` the
    articles of each so many days are grouped on the cluster, and joined with the others as they are kept.
    """

    def read(articles: Iterable[Article]) -> Iterator[Read]:
        return watch(read_articles(articles, client, on_error=on_error, limits=limits))

    gather = None if days is None else partial(windowed, client=client, days=days)
    return desk.add_articles(_passed(stream(sources, published=published), on_error), read, gather)


def read_articles(
    articles: Iterable[Article],
    client: Client,
    *,
    keep: str | Path | None = None,
    on_error: OnError | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Read]:
    """Read articles on a cluster, each once, and give what was read in their order; see `read_corpus`."""
    run = _Run(client, limits, on_error, None if keep is None else Shelf(Path(keep)))
    try:
        yield from run.read(articles)
    finally:
        run.end()


@dataclass(slots=True)
class _Partition:
    """Some articles that are read together, as JSON with their lengths, and where they are read."""

    ids: list[str] = field(default_factory=list)
    articles: list[Given] = field(default_factory=list)
    future: Future | None = None
    again: bool = False  # whether one article is being tried once more

    def cut(self, start: int, end: int) -> _Partition:
        return _Partition(self.ids[start:end], self.articles[start:end])


class _Run:
    """One corpus on its way through a cluster."""

    def __init__(self, client: Client, limits: Limits, on_error: OnError | None, shelf: Shelf | None) -> None:
        self._client = client
        self._limits = limits
        self._on_error = on_error
        self._shelf = shelf
        self._out: deque[_Partition | Read] = deque()  # in order; what the shelf had needs no reading
        self._told: set[str] = set()
        self._address = str(client.scheduler.address) if client.scheduler is not None else "the cluster"
        self._most = 0
        self._counted = 0.0

    def read(self, articles: Iterable[Article]) -> Iterator[Read]:
        """Keep as many partitions out as are allowed, and give back the first as soon as it is read."""
        self._greet()
        more = self._partitions(articles)
        ended = False
        while not ended or self._out:
            while not ended and len(self._out) < self._window():
                partition = next(more, None)
                ended = partition is None
                if partition is not None:
                    self._out.append(partition)
                    if isinstance(partition, _Partition):
                        self._send(partition)
            if self._out:
                first = self._out.popleft()
                yield from [first] if isinstance(first, Read) else self._read(first)

    def end(self) -> None:
        """Take back what is still out."""
        out = [one.future for one in self._out if isinstance(one, _Partition) and one.future is not None]
        self._out.clear()
        if out and self._client.status == "running":
            self._client.cancel(out)

    def _partitions(self, articles: Iterable[Article]) -> Iterator[_Partition | Read]:
        own, size = _Partition(), 0
        for article in articles:
            told = article.model_dump_json()
            length = len(article.text)
            key = key_of(told) if self._shelf is not None else ""
            kept = self._shelf is not None and key in self._shelf
            full = len(own.ids) >= self._limits.articles or size + length > self._limits.characters
            if own.ids and (kept or full):
                yield own
                own, size = _Partition(), 0
            if kept and self._shelf is not None:
                yield self._shelf.read(key)
                continue
            own.ids.append(article.id)
            own.articles.append((told, length))
            size += length
        if own.ids:
            yield own

    def _send(self, partition: _Partition) -> None:
        try:
            # a key of its own: what was read once is filed, and never asked for again
            partition.future = self._client.submit(
                read_partition, partition.articles, self._limits, pure=False, retries=_RETRIES
            )
        except Exception as error:
            raise self._lost(error) from error

    def _read(self, partition: _Partition) -> list[Read]:
        """Wait for a partition; what workers die over is halved until it is known which article it was."""
        from dask.distributed import KilledWorker

        try:
            answers = self._wait(partition)
        except KilledWorker:
            count = len(partition.ids)
            if count == 1 and not partition.again:  # others on the same worker may have been at fault
                self._send(partition)
                partition.again = True
                return self._read(partition)
            if count == 1:
                problem = "set aside: workers died over it"
                self._tell(SetAside(partition.ids[0], problem))
                return [Read(None)]
            found: list[Read] = []
            for half in (partition.cut(0, count // 2), partition.cut(count // 2, count)):
                self._send(half)  # one after the other: what dies with a worker has been there by chance
                found += self._read(half)
            return found
        read = [self._made(name, answer) for name, answer in zip(partition.ids, answers, strict=True)]
        if self._shelf is not None:
            self._shelf.keep([key_of(told) for told, _ in partition.articles], read)
        return read

    def _wait(self, partition: _Partition) -> list[Answer]:
        from dask.distributed import KilledWorker

        assert partition.future is not None
        alone = 0.0
        while True:
            try:
                answers: list[Answer] = partition.future.result(timeout=_LOOK)
            except KilledWorker:
                raise
            except TimeoutError as error:
                if partition.future.status == "error":  # the partition's own
                    raise self._lost(error) from error
                alone = alone + _LOOK if not self._threads() else 0.0
                if alone > self._limits.patience:
                    raise ClusterError(self._address, "no worker is left; run it again to go on") from error
            except Exception as error:
                raise self._lost(error) from error
            else:
                partition.future.release()
                return answers

    def _made(self, name: str, answer: Answer) -> Read:
        for about, problem in answer.errors:
            self._tell(ReadingFailed(about, problem) if about else TidendeError(problem))
        if answer.reading is None:
            self._tell(SetAside(name, f"set aside: {answer.fault}"))
            return Read(None)
        reading = Reading.model_validate_json(answer.reading)
        return Read(reading, answer.vector, answer.reader, answer.signed)

    def _tell(self, error: TidendeError) -> None:
        if self._on_error is None:
            raise error
        if str(error) not in self._told:  # each process of reading tells of a damaged model
            self._told.add(str(error))
            self._on_error(error)

    def _greet(self) -> None:
        """Look whether there are workers, and whether they read as this process would."""
        try:
            self._client.wait_for_workers(1, timeout=self._limits.patience)
            versions = self._client.run(version, on_error="return")
        except Exception as error:
            if not self._threads():
                raise ClusterError(self._address, "no worker") from error
            raise self._lost(error) from error
        for worker, told in sorted(versions.items()):
            if isinstance(told, ImportError):
                raise ClusterError(worker, "no Tidende on this worker")
            if isinstance(told, str) and told != reader():
                raise ClusterError(worker, f"another Tidende on this worker ({told}; here {reader()})")

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:  # whatever a connection that is gone may raise
            raise self._lost(error) from error

    def _window(self) -> int:
        """Give how many partitions may be out."""
        if time.monotonic() - self._counted > _ASKED:
            self._most = max(2, self._limits.ahead * self._threads())
            self._counted = time.monotonic()
        return self._most

    def _lost(self, error: Exception) -> ClusterError:
        problem = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        if self._client.status != "running":
            problem = "the cluster is lost"
        return ClusterError(self._address, f"{problem}; run it again to go on")


def _passed(found: Iterable[Article | InputError], on_error: OnError | None) -> Iterator[Article]:
    """Let articles pass, and tell of errors."""
    for one in found:
        if isinstance(one, Article):
            yield one
        elif on_error is None:
            raise one
        else:
            on_error(one)
