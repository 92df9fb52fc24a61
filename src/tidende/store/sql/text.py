"""How text is held in the tables of a desk."""

from __future__ import annotations

import zlib


def packed(text: str) -> bytes:
    """Press text for a column."""
    return zlib.compress(text.encode("utf-8"), 1)


def unpacked(data: bytes) -> str:
    """Give back what `packed` pressed."""
    return zlib.decompress(data).decode("utf-8")


def folded(form: str) -> str:
    """Bring a printed name to the form under which it is looked up."""
    return " ".join(form.split()).casefold()
