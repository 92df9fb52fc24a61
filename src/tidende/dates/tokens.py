"""Cut a sentence into words, numbers and marks, each with its place and the gap before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tidende.languages.lists import word_list

_DASHES = "‐‑‒–—−-"
_APOSTROPHES = "’‘ʼ'"
_SPACES = " \t\u00a0\u2009\u202f"
_DIGITS_OF_GROUP = 3
TIGHT, SPACED, BROKEN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, number or mark; `key` is what word lists are compared with.

    `gap` is TIGHT, SPACED or BROKEN (a line end before it). `number` is None for words.
    """

    start: int
    end: int
    text: str
    key: str
    gap: int
    number: float | None = None

    @property
    def is_word(self) -> bool:
        """Tell whether the piece is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Tell whether the piece begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_digits(self) -> bool:
        """Tell whether the piece is digits only, without separators."""
        return self.number is not None and self.text.isdigit()


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], str, str]:
    lists = word_list(language, "numbers")
    decimal: str = lists["decimal"]
    groups: list[str] = []
    separators = ""
    for separator in lists["thousands"]:
        marks = _SPACES if separator == " " else separator
        separators += marks
        groups.append(rf"[0-9]{{1,3}}(?:[{marks}][0-9]{{{_DIGITS_OF_GROUP}}})+(?![0-9])(?![.,][0-9]{{3}})")
    fraction = rf"(?:{re.escape(decimal)}[0-9]{{1,4}}(?![0-9]|[.,:/][0-9]))"
    number = "|".join([rf"(?:{group}){fraction}?" for group in groups] + [rf"[0-9]+{fraction}?"])
    return re.compile(rf"(?P<number>{number})|[^\W\d_]+|\S"), separators, decimal


def cut(source: str, start: int, end: int, language: str) -> list[Piece]:
    """Give the pieces of `source[start:end]`, offsets into `source`."""
    pattern, separators, decimal = _pattern(language)
    drop = str.maketrans("", "", separators.replace(decimal, ""))
    pieces: list[Piece] = []
    last = start
    for match in pattern.finditer(source, start, end):
        text = match.group()
        between = source[last : match.start()]
        gap = TIGHT if not between else SPACED if not between.strip(_SPACES) else BROKEN
        number = None
        if match.group("number") is not None:
            number = float(text.translate(drop).replace(decimal, "."))
        if len(text) == 1 and text in _DASHES:
            key = "-"
        elif len(text) == 1 and text in _APOSTROPHES:
            key = "'"
        else:
            key = text.lower()
        pieces.append(Piece(match.start(), match.end(), text, key, gap, number))
        last = match.end()
    return pieces
