"""Know the words of a language as they are printed: from its word lists and the lemmas of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidende.languages.lists import letters, word_list, word_set

_LISTS = (
    *("text", "speech", "calendar", "numbers", "modality", "roles", "events", "acts", "claims", "themes"),
    *("grammar", "identify"),
)
_SHORTEST_PART = 4  # letters of a known word that ends a compound
_SHORTEST_HEAD = 2
_ENDING = 4


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language by their small letters, and how each is usually printed.

    `small` are the words that running text is full of, the commonest first; `listed` those of the word lists.
    """

    printed: Mapping[str, str]
    listed: frozenset[str]
    small: Mapping[str, int]
    compounds: bool
    capitals: bool

    def knows(self, word: str) -> bool:
        """Tell whether a word, in small letters, is known as it is."""
        return word in self.printed or word in self.listed

    def compound(self, word: str) -> str:
        """Give the known word that an unknown one ends in, "" for none."""
        if not self.compounds:
            return ""
        parts = (word[cut:] for cut in range(_SHORTEST_HEAD, len(word) - _SHORTEST_PART + 1))
        return next((part for part in parts if part in self.printed), "")


@cache
def words_of(language: str) -> Words:
    """Read what is known of the words of a language, once a process.

    Where the model's lemmas are not installed only the word lists tell.
    """
    grammar = word_list(language, "grammar")
    nouns = bool(grammar["nouns_capitalised"])
    printed: dict[str, str] = {}
    for form in _cased(language):
        if form.islower() or form.lower() not in printed:
            printed[form.lower()] = form
    listed = {form.lower(): form.lower() for form in _singles(language)}
    named = frozenset(listed) | frozenset(printed)
    if not nouns:  # these lists print all words small
        printed = listed | printed
    for form, upos in _lemmas(language):
        if nouns and upos == "NOUN" and form[:1].isupper():
            printed[form.lower()] = form
        else:
            printed.setdefault(form.lower(), form.lower())
    small = {word: rank for rank, word in enumerate(word_list(language, "identify")["small_words"])}
    always = {form.lower(): form for form in word_list(language, "text")["letters"]["always_capital"]}
    printed |= {word: word for word in small} | always
    return Words(printed, named, small, bool(grammar["compounds"]), nouns)


def _lemmas(language: str) -> Iterator[tuple[str, str]]:
    """Yield the forms that treebanks list, with their parts of speech; endings and names are left out."""
    from tidende.parse.files import FOLDER
    from tidende.parse.lemmas import lexicon

    try:
        listed = lexicon(FOLDER, language).known
    except OSError:
        return
    for form, upos, _ in listed:
        if upos not in ("PROPN", "X") and form.isalpha():
            yield form, upos


def _singles(language: str) -> Iterator[str]:
    """Yield the single words of the word lists."""
    return (form for name in _LISTS for form in _forms(word_list(language, name)) if form.isalpha())


def _cased(language: str) -> Iterator[str]:
    """Yield the single words of those lists that print them as news does."""
    names = word_list(language, "names")
    tables = [names["adjectives"], names["inhabitants"], word_list(language, "calendar")]
    return (form for form in _forms(tables) if form.isalpha())


def _forms(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping | list):
        for part in node.values() if isinstance(node, Mapping) else node:
            yield from _forms(part)


@cache
def endings(language: str) -> Mapping[str, int]:
    """Count the ends of the words of a language that have no capital, of two to four letters."""
    return ends(word for word, form in words_of(language).printed.items() if form.islower())


@cache
def noun_endings(language: str) -> Mapping[str, int]:
    """Count the ends of the words of a language that have a capital."""
    return ends(word for word, form in words_of(language).printed.items() if form[:1].isupper())


def ends(words: Iterable[str]) -> Mapping[str, int]:
    """Count the ends of words, of two to four letters, and all the words under ""."""
    found: Counter[str] = Counter()
    for word in words:
        found[""] += 1
        found.update(word[-size:] for size in range(2, _ENDING + 1) if len(word) > size)
    return found


@cache
def folded(language: str, table: str) -> Mapping[str, tuple[str, ...]]:
    """Give the known words of a language by their spelling without its own letters, the commonest first.

    `table` is a list of `text.toml`: "spelt" (two letters for one) or "bare" (the letter without its mark).
    """
    pairs = letters(language, table)
    plain = str.maketrans(pairs)
    marked = frozenset(pairs)
    words = words_of(language)
    found: dict[str, list[str]] = {}
    for word in words.printed:
        if not marked.isdisjoint(word):
            found.setdefault(word.translate(plain), []).append(word)
    last = len(words.small)
    return {
        form: tuple(sorted(candidates, key=lambda one: (words.small.get(one, last), one)))
        for form, candidates in found.items()
    }


def function_words(language: str) -> frozenset[str]:
    """Give the words of a language that are no names."""
    return word_set(language, "text", "function_words")
