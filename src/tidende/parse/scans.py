"""Read the words of a scanned text as they were printed: "m0te" is "mote", "Trurnp" the Trump of other lines.

Only a text that a scanner left traces in is read so: digits inside words that are known with letters there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tidende.languages.lists import word_list
from tidende.parse.view import Edit, Names
from tidende.parse.wordforms import Words, words_of

_WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*")
_DIGIT_INSIDE = re.compile(r"[^\W\d_]+[015][^\W\d_A-Z]+")
_FEWEST = 4  # words with a digit in them, and others that one sign parts from a known word
_SHORTEST = 4
_SHORTEST_NAME = 5


@cache
def _misread() -> tuple[tuple[str, str], ...]:
    return tuple((seen, meant) for seen, meant in word_list("common", "print")["misread"])


class Scan:
    """The words of one article, and which of them a scanner misread."""

    def __init__(self, text: str, language: str, names: Names) -> None:
        self._language = language
        self._names = names
        self._counts = Counter(_WORD.findall(text))
        digits = sum(bool(_DIGIT_INSIDE.fullmatch(word)) for word in self._counts)
        self.is_scanned = bool(digits) and digits + self._misread_words() >= _FEWEST

    @property
    def _words(self) -> Words:
        return words_of(self._language)

    def _misread_words(self) -> int:
        """Count the words that are unknown and one sign from a known word."""
        return sum(not self._is_sound(word) and bool(self._known(word)) for word in self._counts)

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Yield the edits of `text[start:end]`."""
        for match in _WORD.finditer(text, start, end):
            word = match[0]
            if self._is_sound(word):
                continue
            meant = self._known(word) or self._repeated(word)
            if meant:
                yield Edit(match.start(), match.end(), meant)

    def _is_sound(self, word: str) -> bool:
        lower = word.lower()
        if self._words.knows(lower) or (len(word) < _SHORTEST and word.isalpha()) or word.isdigit():
            return True
        if word.isalpha() and (self._counts[word] > 1 or self._words.compound(lower)):
            return True
        return word[0].isupper() and word.isalpha() and self._names.knows(word, self._language)

    def _known(self, word: str) -> str:
        """Give the one known word that a word was misread from, "" for none or several."""
        found = {one for one in _others(word) if one.isalpha() and self._words.knows(one.lower())}
        return next(iter(found)) if len(found) == 1 else ""

    def _repeated(self, word: str) -> str:
        """Give the name that the article prints more than once and that a word was misread from."""
        if len(word) < _SHORTEST_NAME:
            return ""
        found = {one for one in _others(word) if one[:1].isupper() and self._counts[one] > 1}
        return next(iter(found)) if len(found) == 1 else ""


def _others(word: str) -> Iterator[str]:
    """Yield what a word may have been, one sign misread."""
    lower = word.lower()
    for seen, meant in _misread():
        at = lower.find(seen)
        while at >= 0:
            put = meant.upper() if at == 0 and word[:1].isupper() else meant
            yield word[:at] + put + word[at + len(seen) :]
            at = lower.find(seen, at + 1)
