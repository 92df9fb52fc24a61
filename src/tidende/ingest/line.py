"""One line of an article on its way in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one non-empty line; `heading` is None where nothing but the words tells."""

    start: int
    end: int
    after_blank: bool
    heading: bool | None = None
