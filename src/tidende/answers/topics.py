"""Tell whether a text speaks of what a question names, in whatever language either is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from tidende.entities.shape import letters, shape_key
from tidende.languages.lists import READ_IN_FULL, word_list

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_STEM = 5  # letters that two forms of one word share at least
_SHARE = 0.6  # and of the longer form, so much
_INSIDE = 5  # letters of a word that may be part of a compound


def speaks_of(text: str, language: str, words: Iterable[str], asked_in: str) -> bool:
    """Tell whether a text has every one of these words, or a word for it.

    A word is there as another form of itself, as a part of a compound, as a like word of the other
    language ("sanksjoner", "sanctions"), or as any word of the same theme.
    """
    found = [match[0].lower() for match in _WORD.finditer(text)]
    return all(_has(found, text.lower(), language, word.lower(), asked_in) for word in words)


def _has(found: Sequence[str], text: str, language: str, word: str, asked_in: str) -> bool:
    for theme in _themes_of(word, asked_in):
        if any(_begins(one, form) for form in _forms(theme, language) for one in (text, *found)):
            return True
    key = shape_key(word)
    for one in found:
        if one == word or _alike(letters(one), letters(word)) or _alike(shape_key(one), key):
            return True
        if language == asked_in and len(word) >= _INSIDE and word in one:
            return True
    return False


def _alike(one: str, other: str) -> bool:
    shared = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return shared >= _STEM and shared >= _SHARE * max(len(one), len(other))


def _begins(word: str, form: str) -> bool:
    return form in word if " " in form else word.startswith(form)


@cache
def _themes_of(word: str, language: str) -> tuple[str, ...]:
    if language not in READ_IN_FULL:
        return ()
    themes = word_list(language, "themes")["themes"]
    return tuple(key for key, forms in themes.items() if any(word.startswith(form) for form in forms))


def _forms(theme: str, language: str) -> Sequence[str]:
    if language not in READ_IN_FULL:
        return ()
    forms: Sequence[str] = word_list(language, "themes")["themes"].get(theme, ())
    return forms
