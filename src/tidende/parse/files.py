"""Open the files of the model, and know a damaged one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

from tidende.errors import ModelError

FOLDER = Path(__file__).with_name("model")
FORMAT = 1
NETWORK = "parser.onnx"
ENDS = "ends.npy"  # the weights of `tidende.parse.ends`
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder of model files that are whole, and what `labels.json` tells of them."""

    folder: Path
    labels: dict[str, tuple[str, ...]]
    sizes: dict[str, Any]
    special: dict[str, int]
    ends: bool  # `ends.npy` is there, and was learned from this very network


@cache
def check(folder: Path = FOLDER) -> ModelFiles:
    """Check the files of the model that reads, once a process, and read what `labels.json` tells.

    Raise `ModelError` as `verify` does.
    """
    manifest = verify(folder)
    described = _json(folder / "labels.json")
    labels = {kind: tuple(classes) for kind, classes in described["labels"].items()}
    return ModelFiles(
        folder,
        labels,
        described["sizes"],
        described["special"],
        ENDS in manifest["files"] and manifest.get("ends_of") == manifest["files"][NETWORK]["sha256"],
    )


def verify(folder: Path) -> dict[str, Any]:
    """Compare each file of a folder with its size and SHA-256 in the manifest there; give the manifest.

    Raise `ModelError`, naming the file, where one is missing, cut short or changed.
    """
    manifest = _json(folder / _MANIFEST)
    if manifest.get("format") != FORMAT:
        raise ModelError(folder / _MANIFEST, f"of format {manifest.get('format')}, not {FORMAT}")
    for name, told in manifest["files"].items():
        path = folder / name
        try:
            with path.open("rb") as file:
                same = path.stat().st_size == told["bytes"] and (
                    file_digest(file, "sha256").hexdigest() == told["sha256"]
                )
        except OSError as error:
            raise ModelError(path, (error.strerror or str(error)).lower()) from error
        if not same:
            raise ModelError(path, "damaged (its checksum differs): install tidende again")
    return manifest


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(path, (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise ModelError(path, "damaged (not JSON): install tidende again") from error
    return found
