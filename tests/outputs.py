"""What `tidende read --json` prints for the articles of this repository, each read once for all tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ntrex
import ntrex_rules
import scoring
import seeds

DATA = Path(__file__).parent / "data"
PUBLISHED = "2019-04-25"
LANGUAGES = tuple(ntrex_rules.LANGUAGES)
NAMES = ("seeds", *LANGUAGES, "mixed")


@cache
def ntrex_data() -> ntrex_rules.Data:
    return ntrex_rules.load(DATA / "ntrex")


@cache
def _tried(read: Callable[[], dict[str, Any]]) -> dict[str, Any] | scoring.ReadFailed:
    # a failure is kept too: a hundred tests should not wait for it a hundred times
    try:
        return read()
    except scoring.ReadFailed as failure:
        return failure


def _once(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    result = _tried(read)
    if isinstance(result, scoring.ReadFailed):
        raise scoring.ReadFailed(str(result))
    return result


def _read_ntrex() -> dict[str, Any]:
    return ntrex.read_all(ntrex_data(), LANGUAGES, ntrex_data().documents())


def ntrex_outputs() -> dict[str, Any]:
    """Every language in a run of its own, and "mixed"."""
    return _once(_read_ntrex)


def seeds_output() -> dict[str, Any]:
    return _once(seeds.read_seeds)


def output(name: str) -> dict[str, Any]:
    return seeds_output() if name == "seeds" else ntrex_outputs()[name]


def mixed_articles() -> list[dict[str, Any]]:
    """The twelve documents, each in one language."""
    data = ntrex_data()
    return [data.article(language, d) for d, language in ntrex.mixed(data, data.documents()).items()]


def articles(name: str) -> list[dict[str, Any]]:
    """The inputs behind an output, as JSONL objects."""
    if name == "seeds":
        return [{"id": path.name, "text": path.read_text(encoding="utf-8")} for path in seeds.ARTICLES]
    if name == "mixed":
        return mixed_articles()
    return [ntrex_data().article(name, document) for document in ntrex_data().documents()]


def read_bytes(rows: list[dict[str, Any]], *options: str, hash_seed: str | None = None) -> bytes:
    """Read JSONL objects in a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return scoring.read_bytes([*options, path], hash_seed=hash_seed)
