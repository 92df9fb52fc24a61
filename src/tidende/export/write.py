"""Put a file in its place in one step, so that nobody ever reads half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tidende.errors import OutputError


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes become the file `path` when the block ends well.

    Where the block fails, what stood at `path` stays. A device or a pipe is written to directly. Raise
    `OutputError` where the system refuses.
    """
    path = (
        path.resolve() if path.is_symlink() else path
    )  # the file that a link names is replaced, not the link
    if path.is_dir():
        raise OutputError(f"{path}: it is a folder")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
