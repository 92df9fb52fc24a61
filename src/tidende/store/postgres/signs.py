"""Text that PostgreSQL takes: every sign but U+0000, which is held as two others."""

from __future__ import annotations

import re
from typing import Any

from psycopg.types.string import StrDumper, TextLoader

_ESCAPE = "\ufffe"  # no character, so nothing that is printed
_HELD = {"\0": f"{_ESCAPE}0", _ESCAPE: f"{_ESCAPE}1"}
_GIVEN = {held: sign for sign, held in _HELD.items()}
_OUT = re.compile(f"[\0{_ESCAPE}]")
_BACK = re.compile(f"{_ESCAPE}[01]")


def held(text: str) -> str:
    """Give text as it is held."""
    return _OUT.sub(lambda found: _HELD[found[0]], text) if "\0" in text or _ESCAPE in text else text


def given(text: str) -> str:
    """Give back what `held` made."""
    return _BACK.sub(lambda found: _GIVEN[found[0]], text) if _ESCAPE in text else text


class HeldText(StrDumper):
    """Send text as it is held."""

    def dump(self, obj: str) -> Any:
        """Turn text into what is sent."""
        return super().dump(held(obj))


class GivenText(TextLoader):
    """Read text back."""

    def load(self, data: Any) -> str:
        """Turn what is read into text."""
        text = super().load(data)
        return given(text if isinstance(text, str) else text.decode("utf-8"))
