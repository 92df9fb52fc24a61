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
  | (?<=[\s»”])[{_HYPHENS}][a-z\u00df-\u00ff]{{3,}}{_IN_WORD}                     # "Doom" -spillet
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
_SIBILANTS = frozenset("sxz") | {"ß"}  # an apostrophe after them is a genitive
_AFTER_OPEN = frozenset(',/)]»”".;')
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
    cutter = _Cutter(text, end, _lists(language))
    quoted = False  # inside single quotation marks an apostrophe at the end of a word closes them
    before = ""
    position = start
    while match := _TOKEN.search(text, position, end):
        first, last = match.span()
        kind = text[last - 1]
        if last < end and not text[last].isspace():
            if kind.isdecimal():
                last = cutter.number_end(first, last, before)
            elif kind.isalpha():
                last = cutter.word_end(first, last, before, quoted=quoted)
        if kind in _SINGLE and last - first == 1:
            quoted = not quoted and last < end and text[last].isalnum()
        token = Token(first, last, text[first:last], text[first:last].lower())
        yield token
        before = token.lower
        position = last


@dataclass(frozen=True, slots=True)
class _Cutter:
    """A text up to `end`, and the lists that say what belongs to a token; `before` is the token before it."""

    text: str
    end: int
    lists: _Lists

    def word_end(self, first: int, last: int, before: str, *, quoted: bool) -> int:
        """Give the end of a word with the dot, hyphen or apostrophe that belongs to it."""
        mark = self.text[last]
        word = self.text[first:last].lower()
        if mark == ".":
            longer = _dotted_abbreviation(self.text, first, last, self.end, self.lists.abbreviations)
            if longer > last:
                return longer
            number = before[-1:].isdecimal() or _NUMBER_AFTER.match(self.text, last + 1, self.end)
            initial = last - first == 1 and self.text[first].isupper()
            return last + bool(initial or (number and word in self.lists.before_numbers))
        if not self._stands_open(last + 1):
            return last
        clipped = word[-1] in _SIBILANTS or f"{word}'" in self.lists.clipped
        if mark in _HYPHENS:
            return last + (not self.text[first:last].isupper())  # "EU- og ...": a name stays one
        return last + (mark in _APOSTROPHES and not quoted and clipped)

    def number_end(self, first: int, last: int, before: str) -> int:
        """Give the end of a number with the dot of an ordinal, the end of a range or a hyphen."""
        text = self.text
        if text[last] == ".":
            digits = last - first
            short = self.lists.ordinals and text[first:last].isdecimal() and digits <= _MOST_DIGITS
            return last + (short and self._is_ordinal(last + 1, before, digits))
        if text[last] in _HYPHENS:
            if self.lists.ranges and (more := _RANGE.match(text, last, self.end)):
                return more.end()
            return last + self._stands_open(last + 1)
        return last

    def _is_ordinal(self, at: int, before: str, digits: int) -> bool:
        """Tell whether a number whose dot ends at `at` is an ordinal: "25. april", "im 6. Stock"."""
        text, lists = self.text, self.lists
        if text[at : at + 1] in ("-", "–"):
            return text[at + 1 : at + 2].isdecimal()
        match = _WORD_AFTER.match(text, at, self.end)
        if match is None:
            return before[:-1].isdecimal() and before.endswith(".")
        lower = match[1].lower()
        if match[1][0].islower() or lower in lists.months or before in _BEFORE_ITEMS:
            return True
        noun = before in lists.definite or (lists.before_nouns and digits < _MOST_DIGITS)
        return noun and lower not in lists.openers

    def _stands_open(self, at: int) -> bool:
        """Tell whether nothing of a word follows."""
        return at >= self.end or self.text[at].isspace() or self.text[at] in _AFTER_OPEN


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
