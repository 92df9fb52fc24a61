"""Say which Tidende read an article, so that a newer one knows what to read again."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from tidende import __version__
from tidende.parse import files, vectors


@cache
def reader(model: bool = True) -> str:
    """Name what reads: the version of Tidende and of the files of its model; by rules alone without one."""
    if not model:
        return f"{__version__} rules"
    return f"{__version__} {_digest(files.FOLDER)} {_digest(vectors.FOLDER)}"


def _digest(folder: Path) -> str:
    try:
        return sha256((folder / "manifest.json").read_bytes()).hexdigest()[:8]
    except OSError:
        return "none"
