"""Load the word lists of a conversion; words are data, not code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(name: str) -> dict[str, frozenset[str]]:
    """Give the lists of `<name>.toml` beside this file, by key."""
    with Path(__file__).with_name(f"{name}.toml").open("rb") as file:
        return {key: frozenset(values) for key, values in tomllib.load(file).items()}
