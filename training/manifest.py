"""Set down which files a folder of the model holds, so that the reader knows a damaged one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from tidende.parse.files import FORMAT

_NAME = "manifest.json"


def write(folder: Path, names: Iterable[str], made_of: dict[str, Any]) -> dict[str, Any]:
    """Write the manifest of a folder: size and SHA-256 of each file, and what it was made of; give it."""
    told = {"format": FORMAT, "files": _described(folder, names), **made_of}
    return _write(folder / _NAME, told)


def add(folder: Path, names: Iterable[str], **made_of: Any) -> dict[str, Any]:
    """Put further files into the manifest of a folder, or what they are now; give it."""
    told = read(folder) | made_of
    told["files"].update(_described(folder, names))
    return _write(folder / _NAME, told)


def read(folder: Path) -> dict[str, Any]:
    """Read the manifest of a folder."""
    told: dict[str, Any] = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    return told


def _described(folder: Path, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    data = {name: (folder / name).read_bytes() for name in names}
    return {name: {"bytes": len(own), "sha256": sha256(own).hexdigest()} for name, own in data.items()}


def _write(path: Path, told: dict[str, Any]) -> dict[str, Any]:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return told
