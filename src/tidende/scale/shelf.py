"""Finished partitions on disk, so that a run that was stopped goes on where it was.

A partition is a file of its own; `manifest.jsonl` has a line for each that is whole, with what its articles
are known by: a digest of all that an article says and of what read it. So another order, further sources or
other partitions find again what was read before, and a newer Tidende reads anew.
"""

from __future__ import annotations

import gzip
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tidende.errors import OutputError
from tidende.export.write import written_whole
from tidende.filing.shapes import Read
from tidende.filing.version import reader
from tidende.records import Reading

_MANIFEST = "manifest.jsonl"
_NAME = 24  # hexadecimal digits of a partition's name


class Shelf:
    """Keep what was read of articles in a folder, which is made where there is none.

    Raise `OutputError` where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: dict[str, str] = {}
        self._open = lru_cache(maxsize=2)(self._opened)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            manifest = folder / _MANIFEST
            lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else []
        except OSError as error:
            raise OutputError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
        for line in lines:
            try:
                told = json.loads(line)
            except ValueError:  # the line at which a run was killed
                continue
            if (folder / told["part"]).exists():
                self._parts.update(dict.fromkeys(told["articles"], told["part"]))

    def __contains__(self, key: str) -> bool:
        return key in self._parts

    def __len__(self) -> int:
        return len(self._parts)

    def read(self, key: str) -> Read:
        """Give what was kept of an article."""
        reading, vector, by = self._open(self._parts[key])[key]
        return Read(Reading.model_validate_json(reading), b64decode(vector), by)

    def keep(self, keys: Sequence[str], read: Sequence[Read]) -> None:
        """Keep a partition; what was set aside is not kept, and is tried again."""
        rows = {
            key: (one.reading.model_dump_json(), b64encode(one.vector).decode(), one.reader)
            for key, one in zip(keys, read, strict=True)
            if one.reading is not None
        }
        if not rows:
            return
        name = f"{sha256(''.join(sorted(rows)).encode()).hexdigest()[:_NAME]}.json.gz"
        with written_whole(self._folder / name) as stream:
            stream.write(gzip.compress(json.dumps(rows).encode(), 1, mtime=0))
        line = json.dumps({"part": name, "articles": list(rows)})
        try:
            with (self._folder / _MANIFEST).open("a", encoding="utf-8") as manifest:
                # on a line of its own, also where a run was killed amid one
                manifest.write(f"\n{line}\n")
                manifest.flush()
                os.fsync(manifest.fileno())
        except OSError as error:
            raise OutputError(f"{self._folder}: {(error.strerror or str(error)).lower()}") from error
        self._parts.update(dict.fromkeys(rows, name))

    def _opened(self, name: str) -> Mapping[str, tuple[str, str, str]]:
        try:
            told: dict[str, tuple[str, str, str]] = json.loads(
                gzip.decompress((self._folder / name).read_bytes())
            )
        except (OSError, ValueError, EOFError) as error:
            raise OutputError(f"{self._folder / name}: damaged; take it away and run again") from error
        return told


def key_of(article: str) -> str:
    """Give what an article, as JSON, is known by."""
    return sha256(f"{reader()}\n{article}".encode("utf-8", "surrogatepass")).hexdigest()
