"""The process that reads for a worker: batches of articles in, readings out, the model loaded once.

It is a process of its own so that an article over which it dies, hangs or takes all memory costs that
process alone: the worker sees which article it was, and starts another. What comes in and goes out are
pickles between the two, each with its length before it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
from collections.abc import Iterator
from typing import IO, Any

from tidende.errors import InputError, ModelError, TidendeError
from tidende.records import Article

_LENGTH = struct.Struct(">Q")
Told = tuple[str, str]  # the name of what an error is about, "" where it is no article; and what is wrong


def main() -> None:
    """Read the batches that come on standard input until it ends, and answer each on standard output.

    A batch is a list of articles as JSON, and is read together; its answer has a row for each.
    """
    from tidende.desk import read_each
    from tidende.filing.compared import signed
    from tidende.filing.version import reader
    from tidende.parse import load_model
    from tidende.parse.vectors import load_encoder
    from tidende.rings import look_seldom

    look_seldom()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    errors: list[TidendeError] = []
    with contextlib.suppress(ModelError):  # told with the first article
        load_model()
        load_encoder()
    try:
        send(answers, reader())
        for batch in _batches(sys.stdin.buffer):
            rows = []
            for one in read_each(batch, errors.append, together=sum(len(each.text) for each in batch)):
                reading = one.reading.model_dump_json() if one.reading is not None else None
                told = signed(one.reading, one.vector) if one.reading is not None else None
                rows.append((reading, one.vector, one.reader, [_told(error) for error in errors], told))
                errors.clear()
            send(answers, rows)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)  # the worker has gone


def send(stream: IO[bytes], value: Any) -> None:
    """Write one value."""
    data = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value; raise `EOFError` where the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def _batches(stream: IO[bytes]) -> Iterator[list[Article]]:
    while True:
        try:
            yield [Article.model_validate_json(told) for told in receive(stream)]
        except EOFError:
            return


def _told(error: TidendeError) -> Told:
    return (error.name, error.problem) if isinstance(error, InputError) else ("", str(error))


if __name__ == "__main__":
    main()
