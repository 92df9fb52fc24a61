"""Open networks on onnxruntime: one setting of threads for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tidende.errors import ModelError

THREADS = "TIDENDE_THREADS"


def threads() -> int:
    """Give how many threads a network computes on: what `TIDENDE_THREADS` says, else all the machine's."""
    told = os.environ.get(THREADS, "")
    return int(told) if told.isdigit() and int(told) else os.cpu_count() or 1


def open_session(path: Path, *, arranged: bool = False) -> Any:
    """Open the network in a file; raise `ModelError` where the runtime cannot.

    `arranged` tells that the file holds the network as the runtime would rearrange it, so that it need not
    look for what to do, which is half the time of opening it.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if arranged:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    except Exception as error:  # the runtime has exceptions of its own for each kind of trouble
        raise ModelError(path, f"cannot be opened: {error}") from error


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
