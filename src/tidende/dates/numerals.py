"""Read numbers: digits, number words, scales ("20 million") and approximators ("nearly two")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tidende.dates.tokens import BROKEN, Piece
from tidende.languages.lists import word_list

_NEAR = 0.85
_ABOUT = 0.15
_HUNDRED = 100
_PLACES = 6
_DIGITS_OF_ORDINAL = 3
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

Phrase = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as an interval; a null bound is open. `article` marks "a", "en" read as one."""

    minimum: float | None
    maximum: float | None
    article: bool = False


def phrase(form: str) -> Phrase:
    """Cut a form of a word list into keys; a capital in the list must be one in the text."""
    keys: list[tuple[str, bool]] = []
    word = ""
    for character in form + " ":
        if character.isalnum():
            word += character
            continue
        if word:
            keys.append((word.lower(), word[0].isupper()))
            word = ""
        if not character.isspace():
            keys.append(("'" if character in "'’" else character, False))
    return tuple(keys)


def follows(pieces: Sequence[Piece], position: int, words: Phrase) -> bool:
    """Tell whether a phrase stands at a position."""
    if position + len(words) > len(pieces):
        return False
    for offset, (key, capital) in enumerate(words):
        piece = pieces[position + offset]
        if piece.key != key or (capital and not piece.is_capital) or (offset and piece.gap == BROKEN):
            return False
    return True


class Phrases:
    """A list of phrases with values, found by their first word."""

    def __init__(self, entries: Iterator[tuple[str, Any]]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, Any]]] = {}
        for form, value in entries:
            words = phrase(form)
            if words:
                self._by_first.setdefault(words[0][0], []).append((words, value))

    @property
    def openers(self) -> frozenset[str]:
        """Give the first words of all phrases."""
        return frozenset(self._by_first)

    def at(self, pieces: Sequence[Piece], position: int) -> list[tuple[Any, int]]:
        """Give (value, end) of each phrase at a position."""
        found = self._by_first.get(pieces[position].key)
        if not found:
            return []
        return [(value, position + len(words)) for words, value in found if follows(pieces, position, words)]


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language."""

    words: Mapping[str, float]
    articles: frozenset[str]
    scales: Mapping[str, float]
    joiners: frozenset[str]
    approximators: Phrases
    ordinals: Mapping[str, int]
    ordinal_marks: tuple[Phrase, ...]

    @property
    def openers(self) -> frozenset[str]:
        """Give the words that a number can begin with."""
        return frozenset((*self.words, *self.ordinals)) | self.approximators.openers


def compounds(lists: Mapping[str, Any]) -> dict[str, float]:
    """Build every number word below a thousand that the patterns of a language give."""
    ones: list[list[str]] = lists["ones"]
    tens: list[list[str]] = lists["tens"]
    words: dict[str, float] = {}
    for value, forms in enumerate(ones):
        words.update(dict.fromkeys(forms, float(value)))
    for index, forms in enumerate(tens):
        words.update(dict.fromkeys(forms, float((index + 2) * 10)))
    for pattern in lists["compound"]:
        for index, ten_forms in enumerate(tens):
            for one, one_forms in enumerate([lists["one_in_compound"], *ones[2:10]], start=1):
                for ten in ten_forms:
                    for form in one_forms:
                        word = pattern.replace("{ten}", ten).replace("{one}", form)
                        words.setdefault(word, float((index + 2) * 10 + one))
    for form in lists["hundred_in_compound"]:
        for one, one_forms in enumerate(ones[1:20], start=1):
            for one_form in one_forms:
                words.setdefault(one_form + form, float(one * _HUNDRED))
    return words


@cache
def numerals(language: str) -> Numerals:
    """Give the number words of a language, built once."""
    lists = word_list(language, "numbers")
    approximators = ((form, kind) for kind, forms in lists["approximators"].items() for form in forms)
    return Numerals(
        words=compounds(lists),
        articles=frozenset(lists["article"]),
        scales={
            form.lower().rstrip("."): _SCALES[scale]
            for scale, forms in lists["scales"].items()
            for form in forms
        },
        joiners=frozenset(lists["joiners"]),
        approximators=Phrases(approximators),
        ordinals={form: value for value, forms in enumerate(lists["ordinals"], start=1) for form in forms},
        ordinal_marks=tuple(phrase(mark) for mark in lists["ordinal_marks"]),
    )


def read_number(table: Numerals, pieces: Sequence[Piece], position: int) -> tuple[float, int, bool] | None:
    """Read the longest number at a position: value, end, and whether it is only an article."""
    first = pieces[position]
    index = position + 1
    article = False
    if first.number is not None:
        value = first.number
    elif first.key in table.words:
        value = table.words[first.key]
        article = first.key in table.articles
        index, value = _read_words(table, pieces, index, value)
    elif first.key in table.scales:
        return None
    else:
        return None
    while index < len(pieces) and pieces[index].key in table.scales and pieces[index].gap != BROKEN:
        scale = table.scales[pieces[index].key]
        index += 1
        value *= scale
        article = False
        index, value = _read_rest(table, pieces, index, value, scale)
    if article and index > position + 1:
        article = False
    return value, index, article


def _read_words(table: Numerals, pieces: Sequence[Piece], index: int, value: float) -> tuple[int, float]:
    """Go on after a ten with its unit: "twenty-two", "tjugo två"."""
    if not (20 <= value < _HUNDRED and value % 10 == 0):
        return index, value
    ahead = index + 1 if index < len(pieces) and pieces[index].key == "-" else index
    if ahead < len(pieces) and pieces[ahead].gap != BROKEN:
        one = table.words.get(pieces[ahead].key)
        if one is not None and 1 <= one <= 9 and pieces[ahead].key not in table.articles:
            return ahead + 1, value + one
    return index, value


def _read_rest(
    table: Numerals, pieces: Sequence[Piece], index: int, value: float, scale: float
) -> tuple[int, float]:
    """Go on after a scale with the rest in words: "two hundred and fifty"."""
    ahead = index + 1 if index < len(pieces) and pieces[index].key in table.joiners else index
    if ahead >= len(pieces) or pieces[ahead].key in table.articles or pieces[ahead].gap == BROKEN:
        return index, value
    rest = table.words.get(pieces[ahead].key)
    if rest is None or not 0 < rest < scale or pieces[ahead].key in table.scales:
        return index, value
    end, rest = _read_words(table, pieces, ahead + 1, rest)
    return end, value + rest


def approximate(kind: str, value: float) -> Amount:
    """Turn "nearly", "about", "over", "under", "least" or "most" a value into an interval."""
    if kind == "nearly":
        return Amount(round(value * _NEAR, _PLACES), value)
    if kind == "about":
        return Amount(round(value * (1 - _ABOUT), _PLACES), round(value * (1 + _ABOUT), _PLACES))
    if kind in ("over", "least"):
        return Amount(value, None)
    return Amount(None, value)


def read_amount(table: Numerals, pieces: Sequence[Piece], position: int) -> Iterator[tuple[Amount, int]]:
    """Give each reading of a number, with or without approximator, at a position."""
    plain = read_number(table, pieces, position)
    if plain is not None:
        value, end, article = plain
        yield Amount(value, value, article), end
    for kind, ahead in table.approximators.at(pieces, position):
        if ahead < len(pieces) and pieces[ahead].gap != BROKEN:
            after = read_number(table, pieces, ahead)
            if after is not None:
                yield replace(approximate(kind, after[0]), article=after[2]), after[1]


def read_ordinal(table: Numerals, pieces: Sequence[Piece], position: int) -> Iterator[tuple[int, int]]:
    """Give each reading of an ordinal at a position: words, or digits with the mark of the language."""
    piece = pieces[position]
    if piece.key in table.ordinals:
        yield table.ordinals[piece.key], position + 1
    if piece.is_digits and len(piece.text) <= _DIGITS_OF_ORDINAL:
        for mark in table.ordinal_marks:
            if follows(pieces, position + 1, mark) and pieces[position + 1].gap == 0:
                yield int(piece.text), position + 1 + len(mark)
