"""Cut text into tokens with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Token

_APOSTROPHES = "'’"
_HYPHENS = "-‐‑"
_IN_WORD = rf"(?:[{_HYPHENS}{_APOSTROPHES}´&]\w+|/\w{{1,2}}(?!\w))*"  # Jong-un, don't, AT&T, A/S
_TOKEN = re.compile(
    rf"""
    https?://[^\s<>"«»”“]*[^\s<>"«»”“.,;:!?')\]] | www\.[^\s<>"«»”“]*[^\s<>"«»”“.,;:!?')\]]  # addresses
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | [@\#]\w+(?:\.\w+)*                            # me@here.dk, @handle
  | (?:[\w-]+\.)+(?:com|org|net|info|gov|edu|eu|dk|no|se|de|fi|is|fo|gl|uk|fr|nl|ru|ch|tv|io|nu|pdf|html?)\b
  | (?:[^\W\d_]\.){{2,}} | [^\W\d_](?:\.[^\W\d_])+(?!\w)                         # dotted initials: U.S., t.ex
  | \d+(?:[.,:/]\d+)*(?:[{_HYPHENS}]?[^\W\d_]+)*(?:[{_APOSTROPHES}][^\W\d_]+)?   # 10.000, 12.30, 19-årig
  | \w+{_IN_WORD}(?::[a-z]{{1,2}}\b)?                                            # FN:s
  | (?<=[\s»”])[{_HYPHENS}][^\W\d_A-ZÆØÅÄÖÜ]{{3,}}{_IN_WORD}                     # "Doom" -spillet
  | (?<!\S)[:;]-?[()](?!\w)                                                      # :-)
  | ``|''|[!?]{{2,}}|([-.=*_~<>§\#+])\1+                                         # -- ... §§
  | \S
    """,
    re.VERBOSE,
)
_RANGE = re.compile(rf"[{_HYPHENS}](\d+(?:[.,:/]\d+)*)(?!\w|[{_HYPHENS}])")
_WORD_AFTER = re.compile(r"\s+([^\W\d_][\w-]*)")
_NUMBER_AFTER = re.compile(r"\s*\d")
_MOST_DIGITS = 3  # a number of more digits is a year or an amount, no rank or day
_LONGEST_ABBREVIATION = 14
_SINGLE = frozenset("'‘’")
_SIBILANTS = frozenset("sxzß")  # an apostrophe after them is a genitive
_AFTER_OPEN = frozenset(",/)]»”\".;")
_BEFORE_ITEMS = frozenset({"", ".", "!", "?", "..."})  # a number after them counts the items of a list


@dataclass(frozen=True, slots=True)
class _Lists:
    """What a language says about its tokens."""

    abbreviations: frozenset[str]
    before_numbers: frozenset[str]
    months: frozenset[str]
    definite: frozenset[str]
    openers: frozenset[str]
    clipped: frozenset[str]
    ordinals: bool
    before_nouns: bool
    ranges: bool


@cache
def _lists(language: str) -> _Lists:
    words = word_list(language, "words")
    months = word_set(language, "calendar", "months")
    dotted = {form[:-1] for form in months if form.endswith(".")}
    return _Lists(
        word_set(language, "text", "abbreviations"),
        word_set(language, "words", "before_numbers") | dotted,
        months,
        word_set(language, "grammar", "definite"),
        word_set(language, "text", "function_words"),
        word_set(language, "words", "clipped"),
        bool(word_list(language, "text")["ordinal_dot"]),
        bool(words["ordinals_before_nouns"]),
        bool(words["ranges"]),
    )


def abbreviations(language: str) -> frozenset[str]:
    """Give the abbreviations of a language, lower case, without the final dot."""
    return _lists(language).abbreviations


def tokenise(text: str, start: int, end: int, language: str) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]`; offsets are those of `text`.

    A dot belongs to the token before it when that is an abbreviation of the language, dotted initials or an
    ordinal; so do genitive endings, and the hyphen of a word cut short ("for- og etternavn").
    """
    lists = _lists(language)
    quoted = False  # inside single quotation marks an apostrophe at the end of a word closes them
    before = ""
    position = start
    while match := _TOKEN.search(text, position, end):
        first, last = match.span()
        kind = text[last - 1]
        if last < end and not text[last].isspace():
            if kind.isdecimal():
                last = _number_end(text, first, last, end, before, lists)
            elif kind.isalpha():
                last = _word_end(text, first, last, end, before, lists, quoted=quoted)
        if kind in _SINGLE and last - first == 1:
            quoted = not quoted and last < end and text[last].isalnum()
        token = Token(first, last, text[first:last], text[first:last].lower())
        yield token
        before = token.lower
        position = last


def _word_end(text: str, first: int, last: int, end: int, before: str, lists: _Lists, *, quoted: bool) -> int:
    """Give the end of a word with the dot, hyphen or apostrophe that belongs to it."""
    mark = text[last]
    word = text[first:last].lower()
    if mark == ".":
        longer = _dotted_abbreviation(text, first, last, end, lists.abbreviations)
        if longer > last or (last - first == 1 and text[first].isupper()):
            return max(longer, last + 1)
        if word in lists.before_numbers and (before[-1:].isdecimal() or _NUMBER_AFTER.match(text, last + 1, end)):
            return last + 1
    elif not _stands_open(text, last + 1, end):
        return last
    elif mark in _HYPHENS:
        return last + 1
    elif mark in _APOSTROPHES and not quoted and (word[-1] in _SIBILANTS or f"{word}'" in lists.clipped):
        return last + 1
    return last


def _number_end(text: str, first: int, last: int, end: int, before: str, lists: _Lists) -> int:
    """Give the end of a number with the dot of an ordinal, the end of a range or a hyphen."""
    if text[last] == ".":
        ordinal = lists.ordinals and text[first:last].isdecimal() and last - first <= _MOST_DIGITS
        return last + (ordinal and _is_ordinal(text, last + 1, end, before, lists, last - first))
    if text[last] in _HYPHENS:
        if lists.ranges and (more := _RANGE.match(text, last, end)):
            return more.end()
        return last + (text[last - 2 : last - 1] != "-" and _stands_open(text, last + 1, end))
    return last


def _is_ordinal(text: str, at: int, end: int, before: str, lists: _Lists, digits: int) -> bool:
    """Tell whether a number whose dot ends at `at` is an ordinal: "25. april", "im 6. Stock", "2. Forslag"."""
    if text[at : at + 1] in ("-", "–"):
        return text[at + 1 : at + 2].isdecimal()
    match = _WORD_AFTER.match(text, at, end)
    if match is None:
        return before[:-1].isdecimal() and before.endswith(".")
    word = match[1]
    lower = word.lower()
    if word[0].islower() or lower in lists.months or before in _BEFORE_ITEMS:
        return True
    if before in lists.definite:
        return lower not in lists.openers
    return lists.before_nouns and digits < _MOST_DIGITS and lower not in lists.openers


def _stands_open(text: str, at: int, end: int) -> bool:
    """Tell whether nothing of a word follows."""
    return at >= end or text[at].isspace() or text[at] in _AFTER_OPEN


def _dotted_abbreviation(text: str, first: int, last: int, end: int, known: frozenset[str]) -> int:
    """Extend over an abbreviation and its dots ("bl.a.", "f.eks.", "t.ex"), or give `last` back."""
    stop = last
    index = last
    while index < min(end, first + _LONGEST_ABBREVIATION):
        if text[index] == ".":
            if text[first:index].lower() in known:
                stop = index + 1
        elif not text[index].isalpha():
            break
        index += 1
    whole = index < end and not text[index].isalnum()
    if index > stop and text[index - 1] != "." and whole and text[first:index].lower() in known:
        stop = index
    return stop
