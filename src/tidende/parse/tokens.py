"""Cut text into tokens with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidende.languages.lists import word_set
from tidende.parse.types import Token

_APOSTROPHES = "'’"
_HYPHENS = "-‐‑"
_TOKEN = re.compile(
    rf"""
    https?://[^\s<>"«»”“]+ | www\.[^\s<>"«»”“]+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+   # addresses
  | (?:[\w-]+\.)+(?:com|org|net|info|gov|edu|eu|dk|no|se|de|fi|is|uk)\b            # weather.com
  | (?:[^\W\d_]\.){{2,}}                                                         # dotted initials: U.S.
  | \d+(?:[.,:/]\d+)*(?:[{_HYPHENS}]?[^\W\d_]+)*(?:[{_APOSTROPHES}][^\W\d_]+)?   # 10.000, 12.30, 19-årig
  | \w+(?:[{_HYPHENS}{_APOSTROPHES}&/]\w+)*(?::[a-z]{{1,2}}\b)?                  # Jong-un, don't, A/S, FN:s
  | \.{{2,}} | …
  | \S
    """,
    re.VERBOSE,
)


def abbreviations(language: str) -> frozenset[str]:
    """Give the abbreviations of a language, lower case, without the final dot."""
    months = word_set(language, "calendar", "months")
    return word_set(language, "text", "abbreviations") | {form[:-1] for form in months if form.endswith(".")}


def tokenise(text: str, start: int, end: int, language: str) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]`; offsets are those of `text`.

    A dot belongs to the token before it when that is an abbreviation of the language or dotted
    initials; genitive endings stay on their word.
    """
    known = abbreviations(language)
    position = start
    while match := _TOKEN.search(text, position, end):
        first, last = match.span()
        lower = match[0].lower()
        if last < end and text[last] == "." and (lower in known or _is_initial(match[0])):
            last += 1
        elif last < end and text[last] == "." and lower[-1:].isalpha():
            last = _dotted_abbreviation(text, first, last, end, known)
        yield Token(first, last, text[first:last], text[first:last].lower())
        position = last


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word.isupper()


def _dotted_abbreviation(text: str, first: int, last: int, end: int, known: frozenset[str]) -> int:
    """Extend over an abbreviation with dots inside ("bl.a.", "f.eks."), or give `last` back."""
    limit = min(end, first + 12)
    stop = last
    for index in range(last, limit):
        character = text[index]
        if character == ".":
            if text[first:index].lower() in known:
                stop = index + 1
        elif not character.isalpha():
            break
    return stop
