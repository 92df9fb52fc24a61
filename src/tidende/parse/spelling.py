"""Give words the letters back that a wire or a keyboard lacked: "moede" is "møde" where nothing else fits.

Only an article that is spelt so throughout is read so: hardly any of the language's own letters, and several
words that are known only with them. A word that is known as it stands is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidende.languages.lists import letters
from tidende.parse.view import Edit, Names
from tidende.parse.wordforms import Words, folded, function_words, words_of

TABLES = ("spelt", "bare")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3  # words known only with the letters that the article lacks
_TIMES = 10  # as many such words as there are with them
_SHORTEST_TAIL = 4
_DOUBLED = frozenset("aeiouy")


def tables(text: str, language: str) -> tuple[str, ...]:
    """Give the ways in which an article is spelt, what explains more words first; () for the usual one."""
    marks = frozenset(letters(language, "bare"))
    words = {word.lower() for word in _WORD.findall(text)}
    needed = max(_FEWEST, _TIMES * sum(not marks.isdisjoint(word) for word in words))
    if not marks or len(words) < needed:
        return ()
    known = words_of(language)
    unknown = [word for word in words if not known.knows(word)]
    hits = {table: sum(word in folded(language, table) for word in unknown) for table in TABLES}
    if sum(hits.values()) < needed:
        return ()
    return tuple(sorted(TABLES, key=lambda table: (-hits[table], table)))


class Speller:
    """Find the words of one article that were spelt without letters of their own."""

    def __init__(self, language: str, names: Names, ways: tuple[str, ...]) -> None:
        self._language = language
        self._names = names
        self._words: Words = words_of(language)
        self._ways = [folded(language, table) for table in ways]
        self._closed = function_words(language)
        self._spelt = ways[:1] == ("spelt",)
        self._pairs = [(plain, letter) for letter, plain in letters(language, "spelt").items()]
        self._found: dict[str, str] = {}

    def edits(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Yield the edits of `text[start:end]`."""
        for match in _WORD.finditer(text, start, end):
            word = match[0]
            if word not in self._found:
                self._found[word] = self._meant(word)
            if self._found[word] != word:
                yield Edit(match.start(), match.end(), self._found[word])

    def _meant(self, word: str) -> str:
        lower = word.lower()
        if len(word) == 1 and word != lower:
            return word  # "plan A"
        candidates = [one for way in self._ways for one in way.get(lower, ())]
        if self._words.knows(lower):
            best = self._clear(candidates)
            usual = best in self._words.small or best in self._words.listed
            rare = lower not in self._words.listed and lower not in self._words.small
            return _like(best, word) if usual and rare else word
        if word[0].isupper():
            if self._names.knows(word, self._language):
                return word
            name = self._names.spelt(word, self._language)
            if name:
                return name
        best = self._clear(candidates)
        if candidates:
            return _like(best, word) if best else word
        found = self._compound(lower)
        if found == lower and self._spelt and (word.islower() or self._words.capitals):
            found = self._by_letters(lower)
        return word if found == lower else _like(found, word)

    def _clear(self, candidates: list[str]) -> str:
        """Give the one candidate that is meant, "" where several may be."""
        for known in (self._words.small, self._closed, self._words.listed, candidates):
            fitting = dict.fromkeys(one for one in candidates if one in known)
            if fitting:
                return next(iter(fitting)) if len(fitting) == 1 or known is self._words.small else ""
        return ""

    def _compound(self, lower: str) -> str:
        """Give an unknown word with the letters of the two known words that make it."""
        if not self._words.compounds:
            return lower
        for cut in range(2, len(lower) - _SHORTEST_TAIL + 1):
            tail = self._part(lower[cut:])
            head = lower[:cut]
            linked = head.endswith("s") and not self._part(head)
            first = self._part(head[:-1] if linked else head)
            if tail and len(first) > 1 and first + tail != lower:
                return first + ("s" if linked else "") + tail
        return lower

    def _part(self, part: str) -> str:
        """Give a part of a compound as the language spells it, "" where it is no word."""
        if self._words.knows(part):
            return part
        return self._clear([one for way in self._ways for one in way.get(part, ())])

    def _by_letters(self, lower: str) -> str:
        """Give a word with every pair of letters read as one, where no vowel goes before the pair."""
        found, at = "", 0
        while at < len(lower):
            pair = next((p for p in self._pairs if lower.startswith(p[0], at) and len(p[0]) > 1), None)
            free = at == 0 or lower[at - 1] not in _DOUBLED | {"q"}
            if pair is not None and free and pair[0] != "ss":
                found += pair[1]
                at += len(pair[0])
            else:
                found += lower[at]
                at += 1
        return found


def _like(found: str, printed: str) -> str:
    """Give a word the capitals of the printed one."""
    if printed.isupper() and len(printed) > 1:
        return found.upper()
    return (
        found[:1].upper() + found[1:]
        if printed[0].isupper()
        else found.lower()
        if printed.islower()
        else found
    )
