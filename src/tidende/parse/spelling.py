"""Give words the letters back that a wire or a keyboard lacked: "moede" is "møde" where nothing else can be meant.

Only an article that is spelt so throughout is read so: none of the language's own letters (or next to none) and
several words that are known only with them. A word that is known as it stands is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidende.languages.lists import word_list
from tidende.parse.view import Edit, Names
from tidende.parse.wordforms import Words, folded, words_of

TABLES = ("spelt", "bare")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3  # words known only with the letters that the article lacks
_TIMES = 10  # as many such words as there are with them
_SHORTEST_TAIL = 4
_DOUBLED = frozenset("aeiouy")


def tables(text: str, language: str) -> tuple[str, ...]:
    """Give the ways in which an article is spelt, the one that explains more words first; () for the usual one."""
    pairs = word_list(language, "text")["bare"]
    words = {word.lower() for word in _WORD.findall(text)}
    letters = frozenset(letter for letter, _ in pairs)
    marked = sum(not letters.isdisjoint(word) for word in words)
    known = words_of(language)
    unknown = [word for word in words if not known.knows(word)]
    hits = {table: sum(word in folded(language, table) for word in unknown) for table in TABLES}
    needed = max(_FEWEST, _TIMES * marked)
    ranked = sorted(TABLES, key=lambda table: (-hits[table], table))
    return tuple(ranked) if sum(hits.values()) >= needed else ()


class Speller:
    """Find the words of one article that were spelt without letters of their own."""

    def __init__(self, language: str, names: Names, ways: tuple[str, ...]) -> None:
        self._language = language
        self._names = names
        self._words: Words = words_of(language)
        self._ways = [folded(language, table) for table in ways]
        self._spelt = ways[:1] == ("spelt",)
        self._pairs = [(plain, letter) for letter, plain in word_list(language, "text")["spelt"]]
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
        candidates = [one for way in self._ways for one in way.get(lower, ())]
        if self._words.knows(lower):
            usual = candidates and candidates[0] in self._words.small
            rare = lower not in self._words.listed and lower not in self._words.small
            return _like(candidates[0], word) if usual and rare else word
        if word[0].isupper():
            if self._names.knows(word, self._language):
                return word
            name = self._names.spelt(word, self._language)
            if name:
                return name
        if candidates:
            clear = len(candidates) == 1 or candidates[0] in self._words.small
            return _like(candidates[0], word) if clear else word
        return _like(self._compound(lower), word)

    def _compound(self, lower: str) -> str:
        """Give an unknown word with the letters of the known word that ends it, and of what stands before."""
        if self._words.compounds:
            for cut in range(2, len(lower) - _SHORTEST_TAIL + 1):
                tail = lower[cut:]
                found = next((way[tail] for way in self._ways if tail in way), ())
                if self._words.knows(tail) or len(found) == 1:
                    head = lower[:cut].removesuffix("s") if lower[:cut] not in self._words.printed else lower[:cut]
                    heads = next((way[head] for way in self._ways if head in way), ())
                    spelt = heads[0] + lower[len(head) : cut] if len(heads) == 1 else lower[:cut]
                    return spelt + (tail if self._words.knows(tail) else found[0])
        return self._by_letters(lower) if self._spelt else lower

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
    return found[:1].upper() + found[1:] if printed[0].isupper() else found.lower() if printed.islower() else found
