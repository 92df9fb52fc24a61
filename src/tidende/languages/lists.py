"""Load a language's word lists: one folder of TOML files, the same names in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from tidende.errors import LanguageError

READ_IN_FULL = ("da", "nb", "nn", "sv", "en", "de")


@cache
def word_list(language: str, name: str) -> Mapping[str, Any]:
    """Give the tables of `languages/<language>/<name>.toml`.

    Raise `LanguageError` where the folder or file is missing or is not TOML. Do not change
    the mapping: it is shared by the whole process.
    """
    path = files("tidende.languages") / language / f"{name}.toml"
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LanguageError(f"no word list {name}.toml for language {language!r}") from error
    except tomli.TOMLDecodeError as error:
        raise LanguageError(f"{language}/{name}.toml: {error}") from error


@cache
def word_set(language: str, name: str, *keys: str) -> frozenset[str]:
    """Give the forms of one list, or of all lists of one table, in lower case, as a set.

    `keys` is the path into the file: `word_set("da", "text", "pronouns", "he")`. A missing
    path gives the empty set only if the whole table is missing its last key.
    """
    node: Any = word_list(language, name)
    for key in keys[:-1]:
        node = node[key]
    node = node.get(keys[-1], []) if keys else node
    return frozenset(form.lower() for form in _forms(node))


def letters(language: str, table: str) -> dict[str, str]:
    """Give the letters of a language that wires and keyboards lack, and what is printed for each.

    `table` is "spelt" (two letters for one) or "bare" (the letter without its mark).
    """
    rows: list[str] = word_list(language, "text")["letters"][table]
    return dict(row.split() for row in rows)


def _forms(node: Any) -> Iterator[str]:
    """Yield the forms of a list or table, also of lists of lists such as the months; no switches."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list):
        for part in node.values() if isinstance(node, Mapping) else node:
            yield from _forms(part)
