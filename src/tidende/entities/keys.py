"""Make the readable part of the ids of things that no table knows."""

from __future__ import annotations

from tidende.entities.shape import shape_key
from tidende.languages.lists import word_set


def slug(name: str) -> str:
    """Give the key of a name without the English article that some papers print before it."""
    first, _, rest = name.partition(" ")
    bare = rest if rest and first.lower() in word_set("common", "names", "articles") else name
    return shape_key(bare)
