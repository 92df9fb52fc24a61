"""Tell whether a text speaks of what a question names, in whatever language either is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from tidende.entities.shape import letters, shape_key
from tidende.languages.lists import READ_IN_FULL, word_list

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_SHORTEST = 4  # letters of a word that another may be a longer form of
_LONGEST_ENDING = 4
_STEM = 5  # letters that two forms of one word share at least, where both have endings
_SHARE = 0.75  # and so much of the longer: "policy" is no form of "police"
_INSIDE = 5  # letters of a word that may be part of a compound


def speaks_of(text: str, language: str, words: Iterable[str], asked_in: str) -> bool:
    """Tell whether a text has every one of these words, or a word for it.

    A word is there as another form of itself, as a part of a compound, as a like word of the other
    language ("sanksjoner", "sanctions"), or as any word of the same theme.
    """
    found = [match[0].lower() for match in _WORD.finditer(text)]
    return all(_has(found, text.lower(), language, word.lower(), asked_in) for word in words)


def _has(found: Sequence[str], text: str, language: str, word: str, asked_in: str) -> bool:
    for theme in themes_of(word, asked_in):
        if any(_begins(one, form) for form in _forms(theme, language) for one in (text, *found)):
            return True
    key = shape_key(word)
    shortest = _SHORTEST if language == asked_in else _STEM  # small words of one begin words of another
    for one in found:
        if one == word or any(
            _alike(*pair, shortest) for pair in ((letters(one), letters(word)), (shape_key(one), key))
        ):
            return True
        if language == asked_in and len(word) >= _INSIDE and word in one:
            return True
    return False


def _alike(one: str, other: str, shortest: int) -> bool:
    """Tell whether two words can be forms of one: they differ only in their ends."""
    short, long = sorted((one, other), key=len)
    shared = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if shared == len(short):
        return shared >= shortest and len(long) - shared <= _LONGEST_ENDING
    return shared >= _STEM and shared > _SHARE * len(long)


def _begins(word: str, form: str) -> bool:
    return form in word if " " in form else word.startswith(form)


@cache
def themes_of(word: str, language: str) -> tuple[str, ...]:
    """Give the themes that a word in lower case tells of in a language."""
    if language not in READ_IN_FULL:
        return ()
    themes = word_list(language, "themes")["themes"]
    return tuple(key for key, forms in themes.items() if any(word.startswith(form) for form in forms))


def _forms(theme: str, language: str) -> Sequence[str]:
    if language not in READ_IN_FULL:
        return ()
    forms: Sequence[str] = word_list(language, "themes")["themes"].get(theme, ())
    return forms
