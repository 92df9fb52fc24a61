"""Open networks on onnxruntime: one setting of threads for all of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from tidende.errors import ModelError

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")

THREADS = "TIDENDE_THREADS"


def threads() -> int:
    """Give how many threads a network computes on: what `TIDENDE_THREADS` says, else all the machine's."""
    told = os.environ.get(THREADS, "")
    return int(told) if told.isdigit() and int(told) else os.cpu_count() or 1


def open_session(path: Path, *, alone: bool = False) -> Any:
    """Open the network in a file; raise `ModelError` where the runtime cannot.

    Our networks are in their files as the runtime would rearrange them: it need not look for what to do.
    `alone` computes on the thread that asks, for `side_by_side`.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1 if alone else threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    except Exception as error:  # the runtime has exceptions of its own for each kind of trouble
        raise ModelError(path, f"cannot be opened: {error}") from error


def side_by_side(run: Callable[[_Given], _Found], given: Sequence[_Given], most: int) -> Iterator[_Found]:
    """Run over all that is given on at most `most` threads, the last first; yield what is found, in order.

    The runtime lets other threads go on while it computes: two batches side by side on a thread each take
    less time than one after the other on two threads, which wait for each other at every product.
    """
    if min(most, len(given)) < 2:
        yield from map(run, given)
        return
    with ThreadPoolExecutor(min(most, len(given))) as pool:
        waiting = [pool.submit(run, one) for one in reversed(given)]
        for one in reversed(waiting):
            yield one.result()


def grouped(lengths: Sequence[int], most: int, *, equal: bool = False) -> Iterator[list[int]]:
    """Group the numbers of rows of like length (of one length, where `equal`), in order of length.

    A group holds at most `most` pieces, padding counted; a longer row stands alone.
    """
    group: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda at: (lengths[at], at)):
        other = equal and bool(group) and lengths[number] != lengths[group[0]]
        if group and (other or lengths[number] * (len(group) + 1) > most):
            yield group
            group = []
        group.append(number)
    if group:
        yield group
