"""What runs on a worker: partitions of articles, through processes of reading that stay from task to task."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.scale.child import Told, receive, send
from tidende.scale.limits import Limits

_LOOK = 0.5  # seconds between two looks at how much memory a process holds
_SLOW = 10  # how much longer the clock may run than the processor
Given = tuple[str, int]  # an article as JSON, and how many characters it has
_TRIES = 2  # processes that may die over an article: the first may have been killed from outside


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a worker tells of one article: its reading as JSON, or why it was set aside (`fault`).

    `signed` is what it is compared by.
    """

    reading: str | None
    vector: bytes = b""
    reader: str = ""
    errors: tuple[Told, ...] = ()
    signed: tuple[str, bytes] | None = None
    fault: str | None = None


def read_partition(articles: list[Given], limits: Limits) -> list[Answer]:
    """Read articles, each given as JSON with its length in characters; one answer each, in order."""
    child = _borrow()
    try:
        return [
            answer for batch in _batches(articles, limits.together) for answer in _read(child, batch, limits)
        ]
    except BaseException:
        child.end()
        raise
    finally:
        with _lock:
            _idle.append(child)


def version() -> str:
    """Tell which Tidende, with which model, a worker has."""
    from tidende.filing.version import reader

    return reader()


class Child:
    """A process of `tidende.scale.child`, started when it is first needed and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def read(self, batch: Sequence[Given], limits: Limits) -> list[Answer]:
        """Read articles together; raise `Died` when the process has gone, `OSError` where none can be had."""
        if self._process is None:
            self._start()
            try:
                self._wait(limits.start, limits)
            except Died as death:
                raise OSError(f"no process of reading on a worker: {death}") from death
        process = self._process
        assert process is not None
        assert process.stdin is not None
        try:
            send(process.stdin, [article for article, _ in batch])
        except OSError as error:
            raise self._died() from error
        rows = self._wait(limits.time_for(sum(length for _, length in batch)), limits)
        return [
            Answer(reading, vector, reader, tuple(errors), told)
            for reading, vector, reader, errors, told in rows
        ]

    def end(self) -> None:
        """Kill the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # what was not sent any more
                    if stream is not None:
                        stream.close()

    def _start(self) -> None:
        # one thread each: a worker has as many of these processes as it has threads of its own
        environment = {**os.environ, "TIDENDE_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tidende.scale.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def _wait(self, seconds: float, limits: Limits) -> Any:
        """Wait for an answer, and watch the process meanwhile."""
        began, worked = time.monotonic(), self._held()[0]
        while True:
            try:
                answer = self._answers.get(timeout=_LOOK)
            except queue.Empty:
                now, memory = self._held()
                if memory > limits.memory:
                    self.end()
                    problem = f"reading it takes {memory:,} MiB"
                elif now - worked > seconds or time.monotonic() - began > _SLOW * seconds:
                    self.end()
                    problem = f"not read in {seconds:g} seconds"
                else:
                    continue
                raise Died(problem, certain=True) from None
            if answer is None:
                raise self._died()
            return answer

    def _held(self) -> tuple[float, int]:
        """Give the processor seconds that the process has had, and the MiB that it holds."""
        import psutil

        assert self._process is not None
        try:
            process = psutil.Process(self._process.pid)
            times = process.cpu_times()
            return times.user + times.system, int(process.memory_info().rss) >> 20
        except psutil.Error:  # it has just ended
            return 0.0, 0

    def _died(self) -> Died:
        process = self._process
        status = process.wait() if process is not None else 0
        self.end()
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        return Died(f"the process that read it {how}")


class Died(Exception):
    """A process of reading has gone; `certain` tells that the article was at fault and nobody else."""

    def __init__(self, problem: str, *, certain: bool = False) -> None:
        self.certain = certain
        super().__init__(problem)


def _batches(articles: Sequence[Given], characters: int) -> Iterator[Sequence[Given]]:
    """Cut a partition into batches that have at least so many characters, the last one left out."""
    start, size = 0, 0
    for n, (_, length) in enumerate(articles, 1):
        size += length
        if size >= characters or n == len(articles):
            yield articles[start:n]
            start, size = n, 0


def _read(child: Child, batch: Sequence[Given], limits: Limits) -> list[Answer]:
    """Read a batch; where a process dies over it, read each of its articles alone."""
    if len(batch) > 1:
        try:
            return child.read(batch, limits)
        except Died:
            return [answer for one in batch for answer in _read(child, [one], limits)]
    problem = ""
    for _ in range(_TRIES):
        try:
            return child.read(batch, limits)
        except Died as death:
            problem = str(death)
            if death.certain:
                break
    return [Answer(None, fault=problem)]


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[Any]) -> None:
    """Pass on what a process answers; None when it has gone."""
    assert process.stdout is not None
    try:
        while True:
            answers.put(receive(process.stdout))
    except (EOFError, OSError, ValueError):
        answers.put(None)


_lock = threading.Lock()
_idle: list[Child] = []  # not at work now, the one used last at the end


def _borrow() -> Child:
    with _lock:
        return _idle.pop() if _idle else Child()


@atexit.register
def _end_all() -> None:
    with _lock:
        for child in _idle:
            child.end()
