"""Mend what printing and copying did to a text, in any language: edits of a view, none of the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tidende.languages.lists import word_set
from tidende.parse.view import Edit
from tidende.parse.wordforms import Words, words_of

_SHY = "\u00ad"
_UNSEEN = r"\u00ad\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff"
_LINE = r"[^\S\r\n\u2028\u2029]*(?:\r\n|[\r\n\u2028\u2029])\s*"
_DAMAGE = re.compile(
    rf"""
    (?P<cut>(?<=[^\W\d_])[{_SHY}\-‐]{_LINE}(?=[^\W\d_]))    # presi-/denten
  | (?P<line>{_LINE})
  | (?P<unseen>[{_UNSEEN}]+)
  | (?P<joined>[\ufb00-\ufb06\u0132\u0133\u01c4-\u01cc])        # ligatures
  | (?P<apart>[^\W\d_][\u0300-\u036f]+)                         # a letter and its mark, printed apart
  | (?P<wide>(?<=\S)[^\S\r\n]{{2,}}(?=\S))
  | (?P<hard>(?<=[^\W\d_.,])[\u00a0\u2002-\u200a\u202f](?=[^\W\d_]))
    """,
    re.VERBOSE,
)
_GLUED = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=([^\W\d_]{2,}|[^\W\d_](?=\s)))")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<![\w.,])(?:[1lI]9[\dOolI]{2}|2[0Oo][\dOolI]{2})(?![\w,.]*\d)(?!\w)")
_DIGITS = str.maketrans("OolI", "0011")


def worn(text: str) -> bool:
    """Tell at a glance whether a text of one line may need mending."""
    return _DAMAGE.search(text) is not None


def mended(text: str, start: int, end: int, language: str) -> Iterator[Edit]:
    """Yield the edits that mend `text[start:end]`, a block: its lines joined, what is not seen left out.

    A hyphen at a line's end goes where the word without it is known or nothing tells, and stays where the
    next line opens with a capital or with a word that follows hyphens left open ("ind- og udland").
    """
    for match in _DAMAGE.finditer(text, start, end):
        kind = match.lastgroup
        put = " "
        if kind == "cut":
            put = _hyphen(text, match, words_of(language), word_set(language, "text", "conjunctions", "and"))
        elif kind == "unseen":
            put = ""
        elif kind == "joined":
            put = unicodedata.normalize("NFKC", match[0])
        elif kind == "apart":
            put = unicodedata.normalize("NFC", match[0])
        yield Edit(match.start(), match.end(), put)


def _hyphen(text: str, match: re.Match[str], words: Words, joining: frozenset[str]) -> str:
    before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _WORD_AFTER.match(text, match.end())
    if before is None or after is None or match[0].startswith(_SHY):
        return ""
    if after[0].lower() in joining:
        return "- "
    if after[0][0].isupper() or (before[0].isupper() and len(before[0]) > 1):
        return "-"
    joined = (before[0] + after[0]).lower()
    apart = f"{before[0]}-{after[0]}"
    return "-" if not words.knows(joined) and apart in text else ""


def spaced(text: str, start: int, end: int, language: str) -> Iterator[Edit]:
    """Yield the edits that set sentences apart ("Kim.Han sa") and mend years ("2O19").

    A full stop ends a sentence where a small word stands before it and one that opens sentences behind it.
    """
    openers = word_set(language, "text", "function_words")
    for match in _GLUED.finditer(text, start, end):
        before = _WORD_BEFORE.search(text, start, match.start())
        after = match[1]
        opens = after[0].isupper() and (after[1:].islower() or len(after) == 1) and after.lower() in openers
        if before is not None and before[0][1:].islower() and len(before[0]) > 2 and opens:
            yield Edit(match.end(), match.end(), " ")
    for match in _YEAR.finditer(text, start, end):
        if not match[0].isdigit() and sum(sign.isdigit() for sign in match[0]) > 1:
            yield Edit(match.start(), match.end(), match[0].translate(_DIGITS))
